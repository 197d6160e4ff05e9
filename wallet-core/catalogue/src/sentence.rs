use crate::Lang;

/// A code a row, for each language what happened and what to do now; `then` says the latter with
/// other rows.
macro_rules! sentences {
    ($( $code:literal
        fr $fr:literal $($fr_next:literal)?
        en $en:literal $($en_next:literal)?
        $(then $next:ident)?; )*) => {
        &[$( Sentence {
            code: $code,
            fr: $crate::Said { happened: $fr, next: $($fr_next)? $($next.fr)? },
            en: $crate::Said { happened: $en, next: $($en_next)? $($next.en)? },
        }, )*]
    };
}

mod bindings;
mod catalogue;
mod cbor;
mod cli;
mod crypto;
mod holder;
mod holder_presentation;
mod issuer;
mod mdoc;
mod proximity;
mod reader;
mod store;
mod trust;

/// The two sentences of an error code.
#[derive(Debug, Clone, Copy)]
pub struct Sentence {
    /// The code's name.
    pub code: &'static str,
    fr: Said,
    en: Said,
}

/// What is said to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    /// What happened, and what it means.
    pub happened: &'static str,
    /// What to do now.
    pub next: &'static str,
}

impl Sentence {
    /// The two sentences in `lang`.
    pub const fn said(&self, lang: Lang) -> Said {
        match lang {
            Lang::French => self.fr,
            Lang::English => self.en,
        }
    }
}

/// The sentences of the code of this name.
pub fn sentence(code: &str) -> Option<&'static Sentence> {
    sentences().find(|sentence| sentence.code == code)
}

/// Every code's sentences, by crate.
pub fn sentences() -> impl Iterator<Item = &'static Sentence> {
    TABLES.iter().copied().flatten()
}

static TABLES: &[&[Sentence]] = &[
    cbor::SENTENCES,
    crypto::SENTENCES,
    trust::SENTENCES,
    catalogue::SENTENCES,
    mdoc::SENTENCES,
    proximity::SENTENCES,
    issuer::SENTENCES,
    store::SENTENCES,
    reader::SENTENCES,
    holder::SENTENCES,
    holder_presentation::SENTENCES,
    cli::SENTENCES,
    bindings::SENTENCES,
];

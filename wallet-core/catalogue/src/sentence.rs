use crate::Lang;

mod catalogue;
mod cbor;

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
    TABLES.iter().copied().flatten().find(|sentence| sentence.code == code)
}

static TABLES: &[&[Sentence]] = &[cbor::SENTENCES, catalogue::SENTENCES];

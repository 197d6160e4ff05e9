use std::time::{Duration, SystemTime, UNIX_EPOCH};

use coffret_catalogue::{self as catalogue, Lang, Territory, document_type};
use coffret_cbor::Timestamp;
use coffret_mdoc as mdoc;

use crate::call::caught;
use crate::error::{Boundary, Result};

/// Words in both languages.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Label {
    /// In French, the first language.
    pub fr: String,
    /// In English.
    pub en: String,
}

impl Label {
    pub(crate) fn of(words: impl Fn(Lang) -> String) -> Label {
        Label { fr: words(Lang::French), en: words(Lang::English) }
    }

    /// Where an issuer is; none where its certificate does not say.
    pub(crate) fn of_place(territory: Territory<'_>) -> Option<Label> {
        Some(Label { fr: territory.label(Lang::French)?, en: territory.label(Lang::English)? })
    }
}

impl From<coffret_catalogue::Label> for Label {
    fn from(label: coffret_catalogue::Label) -> Self {
        Label::of(|lang| label.text(lang).to_owned())
    }
}

/// A stable code, and what a person is told of it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ErrorCode {
    /// The message of the error, such as `pin-wrong`: what a program compares.
    pub name: String,
    /// What a person quotes, such as `CW-703`.
    pub number: String,
    /// The specification and clause that set the rule.
    pub clause: String,
    /// What happened, and what it means.
    pub happened: Label,
    /// What to do now.
    pub next: Label,
}

/// Every code that a call, a finding or an outcome of this library can have.
///
/// # Errors
/// A fault of this library.
#[uniffi::export]
pub fn codes() -> Result<Vec<ErrorCode>> {
    caught(|| {
        macro_rules! codes {
            ($($error:ty)*) => {
                [$(<$error>::ALL.iter().map(|rule| rule.code()).collect::<Vec<_>>()),*].concat()
            };
        }
        let codes = codes! {
            coffret_cbor::Error coffret_crypto::Error coffret_trust::Error coffret_mdoc::Error
            coffret_store::Error coffret_proximity::Error coffret_holder::Error
            coffret_reader::Error Boundary
        };
        Ok(codes.into_iter().map(ErrorCode::from).collect())
    })
}

impl From<coffret_code::Code> for ErrorCode {
    fn from(code: coffret_code::Code) -> Self {
        let sentence = coffret_catalogue::sentence(code.name);
        let said = |lang| sentence.map(|sentence| sentence.said(lang));
        let words = |which: fn(coffret_catalogue::Said) -> &'static str| {
            Label::of(|lang| said(lang).map_or("", which).to_owned())
        };
        ErrorCode {
            name: code.name.to_owned(),
            number: code.to_string(),
            clause: code.clause.to_owned(),
            happened: words(|said| said.happened),
            next: words(|said| said.next),
        }
    }
}

/// A reason to ask.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Purpose {
    /// What a reader asks by.
    pub id: String,
    /// What people call it.
    pub label: Label,
    /// The document type asked for.
    pub doc_type: String,
}

impl From<&coffret_catalogue::Purpose> for Purpose {
    fn from(purpose: &coffret_catalogue::Purpose) -> Self {
        Purpose {
            id: purpose.id.to_owned(),
            label: purpose.label.into(),
            doc_type: purpose.doc_type.to_owned(),
        }
    }
}

/// Every purpose of the catalogue, in the order offered.
///
/// # Errors
/// A fault of this library.
#[uniffi::export]
pub fn purposes() -> Result<Vec<Purpose>> {
    caught(|| Ok(coffret_catalogue::purposes().iter().map(Purpose::from).collect()))
}

/// What people call a document type; its own name where the catalogue does not know it.
pub(crate) fn type_label(doc_type: &str) -> Label {
    let known = document_type(doc_type);
    known.map_or_else(|| Label::of(|_| doc_type.to_owned()), |known| known.label.into())
}

/// What people call an element; its own name where the catalogue does not know it.
pub(crate) fn element_label(doc_type: &str, namespace: &str, id: &str) -> Label {
    let row = document_type(doc_type).and_then(|known| known.element(namespace, id));
    Label::of(|lang| row.map_or_else(|| id.to_owned(), |row| row.label(id, lang).into_owned()))
}

/// What people call what is sent for an element: another may answer it.
pub(crate) fn sent_label(
    doc_type: &str,
    asked: &mdoc::ElementName,
    answer: &mdoc::ElementName,
) -> Label {
    let name =
        |name: &mdoc::ElementName| element_label(doc_type, &name.namespace, &name.identifier);
    let (asked, answer) = (name(asked), name(answer));
    Label {
        fr: catalogue::sent(&asked.fr, &answer.fr, Lang::French),
        en: catalogue::sent(&asked.en, &answer.en, Lang::English),
    }
}

/// What people call a reader that nobody trusted knows.
pub(crate) fn stranger_label(name: Option<&str>) -> Label {
    Label::of(|lang| catalogue::stranger(name, lang))
}

/// An element by name.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ElementName {
    /// Its namespace.
    pub namespace: String,
    /// Its identifier there.
    pub identifier: String,
}

impl From<&mdoc::ElementName> for ElementName {
    fn from(name: &mdoc::ElementName) -> Self {
        ElementName { namespace: name.namespace.clone(), identifier: name.identifier.clone() }
    }
}

impl From<ElementName> for mdoc::ElementName {
    fn from(name: ElementName) -> Self {
        mdoc::ElementName { namespace: name.namespace, identifier: name.identifier }
    }
}

/// A rule that was broken, and where.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Finding {
    /// The name of its code.
    pub code: String,
    /// The element that breaks it, where it is one's.
    pub element: Option<ElementName>,
}

impl Finding {
    pub(crate) fn new(code: coffret_code::Code, element: Option<&mdoc::ElementName>) -> Finding {
        Finding { code: code.name.to_owned(), element: element.map(ElementName::from) }
    }
}

pub(crate) fn code_names(rules: &[coffret_trust::Error]) -> Vec<String> {
    rules.iter().map(|rule| rule.code().name.to_owned()).collect()
}

/// Whole seconds: what the core counts in.
pub(crate) fn timestamp(time: SystemTime) -> Result<Timestamp> {
    let seconds = match time.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_secs()).ok(),
        Err(before) => i64::try_from(before.duration().as_secs()).ok().map(|before| -before),
    };
    let time = seconds.and_then(Timestamp::from_unix);
    time.ok_or_else(|| coffret_cbor::Error::OutOfRange.into())
}

pub(crate) fn system_time(time: Timestamp) -> SystemTime {
    let seconds = Duration::from_secs(time.unix().unsigned_abs());
    if time.unix() < 0 { UNIX_EPOCH - seconds } else { UNIX_EPOCH + seconds }
}

/// 16 bytes for any that are told apart.
pub(crate) fn digest(bytes: &[u8]) -> [u8; 16] {
    let mut short = [0; 16];
    let digest = coffret_crypto::Hash::Sha256.digest(bytes);
    short.iter_mut().zip(digest).for_each(|(byte, digested)| *byte = digested);
    short
}

macro_rules! ids {
    ($( $(#[$doc:meta])* $name:ident; )*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, PartialEq, Eq)]
            pub struct $name(pub String);

            uniffi::custom_newtype!($name, String);

            impl $name {
                pub(crate) fn of(id: impl ToString) -> $name {
                    $name(id.to_string())
                }

                /// The bytes of the id; none for what is nobody's.
                pub(crate) fn bytes(&self) -> Option<[u8; 16]> {
                    data_encoding::HEXLOWER.decode(self.0.as_bytes()).ok()?.try_into().ok()
                }
            }
        )*
    };
}

ids! {
    /// A document in the wallet: 32 hexadecimal digits, which say nothing of it.
    DocumentId;
    /// A person whose documents the wallet holds: 32 hexadecimal digits.
    PersonId;
    /// Trust data in the wallet: 32 hexadecimal digits.
    TrustId;
    /// A key in a keystore: 32 hexadecimal digits, which say nothing of it.
    KeyId;
}

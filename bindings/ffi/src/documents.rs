use std::time::SystemTime;

use coffret_catalogue::{self as catalogue, document_type};
use coffret_cbor::{Encoded, Value};
use coffret_holder as holder;
use coffret_mdoc::{self as mdoc, NameSpaces};

use crate::consent::NumberEnd;
use crate::error::Result;
use crate::words::{
    DocumentId, ElementName, Finding, Label, PersonId, TrustId, element_label, system_time,
    timestamp, type_label,
};

/// What a listing says of a document.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Card {
    /// The document.
    pub id: DocumentId,
    /// Its type.
    pub doc_type: String,
    /// What people call the type.
    pub label: Label,
    /// Whose it is.
    pub person: PersonId,
    /// Whether it is a specimen, worth nothing: say so wherever it is shown.
    pub specimen: bool,
    /// The issuer's country: two letters (ISO 3166-1).
    pub issuer_country: Option<String>,
    /// The issuer's state or province, spelled as its certificate spells it.
    pub issuer_state: Option<String>,
    /// Both, as people call them: `Québec, Canada`. Say it wherever the document is shown.
    pub issuer_place: Option<Label>,
    /// The issuer's name, by the certificate that signed.
    pub issuer_name: Option<String>,
    /// The name of the root that vouched for the issuer when the document was added.
    pub issuer_authority: Option<String>,
    /// From when to when it is valid; where the document says itself that it ends before, until then.
    pub validity: Validity,
    /// Whether it is valid at the time of the listing, by both.
    pub state: DocumentState,
    /// Its copies, and what is left of them.
    pub copies: Copies,
}

/// From when to when a document is valid (ISO 18013-5 §9.1.2.4).
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Validity {
    /// When it was signed.
    pub signed: SystemTime,
    /// The first moment.
    pub from: SystemTime,
    /// The last moment.
    pub until: SystemTime,
}

/// Whether a document is valid, as of its dates.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum DocumentState {
    /// For more than 60 days.
    Valid,
    /// For so many days more, 60 at most; 0 is until today.
    Expiring {
        /// Days of the calendar, in UTC.
        days: i64,
    },
    /// No longer.
    Expired,
    /// Not yet.
    NotYetValid,
}

/// The copies of a document, and what is left of them.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Copies {
    /// Whether each is shown once only.
    pub one_time: bool,
    /// How many there have been.
    pub all: u64,
    /// How many may still be shown, and have not expired.
    pub left: u64,
    /// How often the one that was shown most was shown.
    pub uses: u64,
}

impl Card {
    pub(crate) fn new(card: holder::Card, now: SystemTime) -> Result<Card> {
        Ok(Card {
            id: DocumentId::of(card.id),
            label: type_label(&card.doc_type),
            person: PersonId::of(card.person),
            specimen: card.specimen,
            state: card.state(timestamp(now)?).into(),
            validity: card.validity.into(),
            copies: Copies {
                one_time: card.copies.reuse == holder::Reuse::OneTime,
                all: card.copies.all,
                left: card.copies.left,
                uses: card.copies.uses,
            },
            doc_type: card.doc_type,
            issuer_place: Label::of_place(card.issuer.territory()),
            issuer_country: card.issuer.country,
            issuer_state: card.issuer.state,
            issuer_name: card.issuer.name,
            issuer_authority: card.issuer.authority,
        })
    }
}

impl From<holder::Validity> for Validity {
    fn from(validity: holder::Validity) -> Self {
        Validity {
            signed: system_time(validity.signed),
            from: system_time(validity.from),
            until: system_time(validity.until),
        }
    }
}

impl From<holder::State> for DocumentState {
    fn from(state: holder::State) -> Self {
        match state {
            holder::State::Valid => DocumentState::Valid,
            holder::State::Expiring { days } => DocumentState::Expiring { days },
            holder::State::Expired => DocumentState::Expired,
            holder::State::NotYetValid => DocumentState::NotYetValid,
        }
    }
}

/// A document, with what it says. It prints none of it.
#[derive(Clone, uniffi::Record)]
#[uniffi::export(Debug)]
pub struct Document {
    /// What a listing says of it.
    pub card: Card,
    /// What it says, in the order of the issuer.
    pub elements: Vec<Element>,
    /// Why a reader that trusts whom the wallet trusts would not accept it now.
    pub errors: Vec<Finding>,
    /// Deviations that do no harm.
    pub warnings: Vec<Finding>,
}

impl Document {
    pub(crate) fn new(document: holder::Document, now: SystemTime) -> Result<Document> {
        let verdict = document.verdict();
        Ok(Document {
            elements: elements(&document.card.doc_type, document.elements()),
            errors: findings(verdict.errors()),
            warnings: findings(verdict.warnings()),
            card: Card::new(document.card, now)?,
        })
    }
}

pub(crate) fn findings(findings: &[mdoc::Finding]) -> Vec<Finding> {
    let found = findings.iter();
    found.map(|found| Finding::new(found.rule.code(), found.element.as_ref())).collect()
}

/// One thing that a document says. It prints none of it.
#[derive(Clone, uniffi::Record)]
#[uniffi::export(Debug)]
pub struct Element {
    /// Its name.
    pub name: ElementName,
    /// What people call it.
    pub label: Label,
    /// The heading that it stands under; nothing where the catalogue does not know it.
    pub group: Option<Label>,
    /// Whether its value is shown with the document, or once it is touched.
    pub exposure: Exposure,
    /// Its value as people write it.
    pub text: Label,
    /// A portrait or a signature: JPEG or JPEG 2000.
    pub image: Option<Vec<u8>>,
    /// Its value in CBOR.
    pub cbor: Vec<u8>,
    /// What to say beside it wherever it is shown, when the device says it and the issuer does not: it
    /// proves nothing of its holder. Nothing of what the issuer says.
    pub said_by_device: Option<Label>,
}

/// When a value is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Exposure {
    /// With the document.
    Open,
    /// Once touched: numbers, and what is nobody else's business.
    OnTouch,
}

impl From<catalogue::Exposure> for Exposure {
    fn from(exposure: catalogue::Exposure) -> Self {
        match exposure {
            catalogue::Exposure::Open => Exposure::Open,
            catalogue::Exposure::OnTouch => Exposure::OnTouch,
        }
    }
}

pub(crate) fn elements(doc_type: &str, elements: &NameSpaces<Value>) -> Vec<Element> {
    let known = document_type(doc_type);
    let element = |(namespace, id, value): (&str, &str, &Value)| {
        let row = known.and_then(|known| known.element(namespace, id));
        let cbor = Encoded::from(value).into_bytes();
        Element {
            name: ElementName { namespace: namespace.to_owned(), identifier: id.to_owned() },
            label: element_label(doc_type, namespace, id),
            group: row.map(|row| row.group.label().into()),
            exposure: row.map_or(Exposure::OnTouch, |row| row.exposure.into()),
            text: Label::of(|lang| row.map_or_else(|| plain(value), |row| row.show(value, lang))),
            image: match (row.map(|row| row.kind), value) {
                (
                    Some(catalogue::ElementType::Image | catalogue::ElementType::SmallImage),
                    Value::Bytes(image),
                ) => Some(image.clone()),
                _ => None,
            },
            cbor,
            said_by_device: None,
        }
    };
    elements.iter().map(element).collect()
}

/// The same of what the device says, each marked as such.
pub(crate) fn device_elements(doc_type: &str, said: &NameSpaces<Value>) -> Vec<Element> {
    let mark = Some(Label::from(catalogue::SAID_BY_DEVICE));
    let elements = elements(doc_type, said).into_iter();
    elements.map(|element| Element { said_by_device: mark.clone(), ..element }).collect()
}

/// A value of which nothing is known: its text, if it is one.
fn plain(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        _ => String::new(),
    }
}

/// What the wallet made of what an issuer handed over.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum Added {
    /// It holds these documents, each once.
    Held {
        /// In the order given.
        documents: Vec<DocumentId>,
    },
    /// It holds none of it: every reason.
    Refused {
        /// By credential.
        refusals: Vec<Refusal>,
    },
}

/// A rule that one credential breaks.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Refusal {
    /// The credential's place among those given, from 0.
    pub credential: u64,
    /// The rule, and where it is broken.
    pub finding: Finding,
}

impl From<holder::Refusal> for Refusal {
    fn from(refusal: holder::Refusal) -> Self {
        Refusal {
            credential: refusal.credential as u64,
            finding: Finding::new(refusal.rule.code(), refusal.element.as_ref()),
        }
    }
}

/// Someone whose documents the wallet holds. It prints no name.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug)]
pub struct Person {
    /// The person.
    pub id: PersonId,
    /// What the person is called here.
    pub name: Option<String>,
    /// Whether that is the wallet's own holder.
    pub own: bool,
    /// Whether the person is invented: all documents of theirs are specimens.
    pub specimen: bool,
    /// How many documents are this person's.
    pub documents: u64,
}

impl From<holder::Person> for Person {
    fn from(person: holder::Person) -> Self {
        Person {
            id: PersonId::of(person.id),
            name: person.name,
            own: person.whose == holder::Whose::Holder,
            specimen: person.whose == holder::Whose::Nobody,
            documents: person.documents as u64,
        }
    }
}

/// What someone had better know before standing at a counter.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum Notice {
    /// A document expires soon.
    Expiring {
        /// Which.
        document: DocumentId,
        /// How soon that is said to be: each is a new notice.
        within: NoticePeriod,
        /// In so many days of the calendar, in UTC; 0 is today.
        days: i64,
    },
    /// A document has expired.
    Expired {
        /// Which.
        document: DocumentId,
    },
    /// No copy of a document is left to be shown: ask its issuer for more.
    NoCopies {
        /// Which.
        document: DocumentId,
    },
    /// A copy was shown more than once: readers that compare would know it again.
    Reused {
        /// Which.
        document: DocumentId,
        /// How often.
        uses: u64,
    },
    /// A trusted certificate has expired, or a newer registry of readers is due.
    TrustOld {
        /// Which trust data.
        trust: TrustId,
    },
}

/// When the end of a document's validity is announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum NoticePeriod {
    /// 60 days before.
    SixtyDays,
    /// 30 days before.
    ThirtyDays,
    /// 7 days before.
    SevenDays,
}

impl From<holder::Notice> for Notice {
    fn from(notice: holder::Notice) -> Self {
        match notice {
            holder::Notice::Expiring { document, within, days } => {
                Notice::Expiring { document: DocumentId::of(document), within: within.into(), days }
            }
            holder::Notice::Expired { document } => {
                Notice::Expired { document: DocumentId::of(document) }
            }
            holder::Notice::NoCopies { document } => {
                Notice::NoCopies { document: DocumentId::of(document) }
            }
            holder::Notice::Reused { document, uses } => {
                Notice::Reused { document: DocumentId::of(document), uses }
            }
            holder::Notice::TrustOld { trust } => Notice::TrustOld { trust: TrustId::of(trust) },
        }
    }
}

impl From<holder::Within> for NoticePeriod {
    fn from(within: holder::Within) -> Self {
        match within {
            holder::Within::SixtyDays => NoticePeriod::SixtyDays,
            holder::Within::ThirtyDays => NoticePeriod::ThirtyDays,
            holder::Within::SevenDays => NoticePeriod::SevenDays,
        }
    }
}

/// What prints as its name alone, in a log or a message: it holds what is nobody's business.
macro_rules! opaque {
    ($($name:ident)*) => {
        $(impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "([…])"))
            }
        })*
    };
}

pub(crate) use opaque;

opaque! { Document Element Person NumberEnd }

/// A record that does not read. It disables itself only.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct UnreadableRecord {
    /// What it is a record of.
    pub kind: RecordKind,
    /// The document that can be removed by it, where it is one's.
    pub document: Option<DocumentId>,
    /// Why, by the name of its code: a later version has written it, or it is damaged.
    pub code: String,
}

/// What a record is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum RecordKind {
    /// The settings: they are as if never set.
    Settings,
    /// The people: documents stay, whose they are is not said.
    People,
    /// A document, or the last of its copies that did read: it is neither shown nor presented.
    Document,
    /// A copy of a document: the others are shown in its place.
    Copy,
    /// The private key of a copy, where the wallet itself is the keystore: that copy is given up.
    Key,
    /// Trust data: nobody is trusted for it.
    Trust,
    /// An entry of the log: what it says is not known, only its number.
    LogEntry,
    /// The log's head: the log goes on, its length and last link counted again from its entries.
    LogHead,
    /// The log's key: another signs from then on.
    LogKey,
}

impl From<holder::Unreadable> for UnreadableRecord {
    fn from(found: holder::Unreadable) -> Self {
        let kind = match found.kind {
            holder::RecordKind::Settings => RecordKind::Settings,
            holder::RecordKind::People => RecordKind::People,
            holder::RecordKind::Document => RecordKind::Document,
            holder::RecordKind::Copy => RecordKind::Copy,
            holder::RecordKind::Key => RecordKind::Key,
            holder::RecordKind::Trust => RecordKind::Trust,
            holder::RecordKind::LogEntry => RecordKind::LogEntry,
            holder::RecordKind::LogHead => RecordKind::LogHead,
            holder::RecordKind::LogKey => RecordKind::LogKey,
        };
        let document = (kind == RecordKind::Document)
            .then(|| DocumentId::of(holder::DocumentId::from(found.id)));
        UnreadableRecord { kind, document, code: found.rule.code().name.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_device_says_is_marked_and_what_the_issuer_says_is_not() {
        let licence = "org.iso.18013.5.1.mDL";
        let said = [("org.iso.18013.5.1", "family_name", Value::from("Tremblay"))];
        let said: NameSpaces<Value> = said.into_iter().collect();
        assert!(elements(licence, &said).iter().all(|element| element.said_by_device.is_none()));
        let marked = device_elements(licence, &said);
        let marks: Vec<_> = marked.iter().map(|element| element.said_by_device.clone()).collect();
        assert_eq!(marks, [Some(Label::from(catalogue::SAID_BY_DEVICE))]);
    }
}

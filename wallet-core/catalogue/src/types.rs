use std::borrow::Cow;
use std::fmt;

use coffret_cbor::{TAG_FULL_DATE, TAG_TDATE, Value};

use crate::{ElementId, Error, Label, Lang, Meaning, check, meets, show};

mod aamva;
mod codes;
mod etatcivil;
mod mdl;
mod mvrc;
mod photo_id;
mod pid;
mod places;
mod ramq;
mod rows;
mod saaq;

pub(crate) use places::{COUNTRIES, OTHER_SPELLINGS, SUBDIVISIONS};

/// The longest text of an element, in characters (ISO 18013-5 §7.2.1).
pub const TEXT_LIMIT: usize = 150;
/// The largest small image, in bytes: a portrait that one QR sequence carries within seconds.
pub const SMALL_IMAGE_LIMIT: usize = 3_000;

/// Every document type of the catalogue, Québec's first.
pub fn document_types() -> &'static [&'static DocumentType] {
    static TYPES: &[&DocumentType] =
        &[&mdl::TYPE, &ramq::TYPE, &etatcivil::TYPE, &pid::TYPE, &photo_id::TYPE, &mvrc::TYPE];
    TYPES
}

/// The document type of this identifier, or of one of its other spellings.
pub fn document_type(id: &str) -> Option<&'static DocumentType> {
    let spelled = |known: &&&DocumentType| known.id == id || known.aliases.contains(&id);
    document_types().iter().find(spelled).copied()
}

/// The row of an element of a document: that of its type, else that of any type which has the
/// namespace. A national licence under a type of its own still has ISO's `expiry_date`.
pub fn element(doc_type: &str, namespace: &str, id: &str) -> Option<&'static Element> {
    let known = document_type(doc_type).and_then(|known| known.element(namespace, id));
    known.or_else(|| document_types().iter().find_map(|known| known.element(namespace, id)))
}

/// The row by which the dates of an element are read: its own, else that of an element of the same name
/// that says when a document ends or begins, or its holder was born. What is called `expiry_date` under
/// a namespace that nobody here knows is read as one by whoever looks at it.
pub fn dated(doc_type: &str, namespace: &str, id: &str) -> Option<&'static Element> {
    element(doc_type, namespace, id).or_else(|| {
        let namespaces = document_types().iter().flat_map(|known| known.namespaces);
        let mut rows = namespaces.flat_map(|namespace| namespace.elements);
        rows.find(|row| {
            let of_all = [Meaning::Expires, Meaning::Issued, Meaning::Born];
            row.name.matches(id) && row.meaning.is_some_and(|meaning| of_all.contains(&meaning))
        })
    })
}

/// A document type: `DocType = tstr` (ISO 18013-5 §8.3.1).
#[derive(Debug, Clone, Copy)]
pub struct DocumentType {
    /// The identifier that is signed.
    pub id: &'static str,
    /// Other spellings seen in the wild.
    pub aliases: &'static [&'static str],
    /// What people call it.
    pub label: Label,
    /// Said where the law lets people refuse it to a reader that is not registered for a purpose
    /// of it.
    pub refusable: Option<Label>,
    /// What the certificates of its signers are for.
    pub signers: KeyPurposes,
    /// The number that tells one document from another of its type: the end of it is shown where a
    /// person has two.
    pub number: ElementId,
    /// Its namespaces, in the order shown.
    pub namespaces: &'static [Namespace],
}

/// The key purposes of the certificates that sign documents of a type: the extended key usage that
/// its profile gives them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyPurposes {
    /// The object identifiers, with dots; one of them is enough.
    pub named: &'static [&'static str],
    /// Whether a certificate without them signs no such document; elsewhere that is only said.
    pub presence: Presence,
}

/// mdlDS (ISO/IEC 18013-5 §B.1.4).
pub const MDL_SIGNER: &str = "1.0.18013.5.1.2";
/// mdocDS (ISO/IEC TS 23220-4), of documents that are no licence.
const MDOC_SIGNER: &str = "1.0.23220.4.1.2";
/// id-eudi-iso-pid-kp-DS (PID Rulebook of the ARF 1.4); no registry has it.
const PID_SIGNER: &str = "1.3.130.2.0.0.1.2";

impl KeyPurposes {
    /// Of the driver's licence.
    pub const LICENCE: KeyPurposes =
        KeyPurposes { named: &[MDL_SIGNER], presence: Presence::Mandatory };
    /// Of the documents that Québec issues by the same profile.
    const QUEBEC: KeyPurposes =
        KeyPurposes { named: &[MDL_SIGNER, MDOC_SIGNER], presence: Presence::Mandatory };
    /// Of a type whose profile leaves them open (EU age proofs have none at all), or that the
    /// catalogue does not know.
    pub const OPEN: KeyPurposes =
        KeyPurposes { named: &[MDL_SIGNER, MDOC_SIGNER, PID_SIGNER], presence: Presence::Optional };

    /// Of the signers of this document type, which the catalogue may not know.
    pub fn of(doc_type: &str) -> KeyPurposes {
        document_type(doc_type).map_or(KeyPurposes::OPEN, |known| known.signers)
    }
}

/// mdlReaderAuth (ISO/IEC 18013-5 §B.1.7).
pub const MDL_READER: &str = "1.0.18013.5.1.6";
/// Whose certificates sign requests, and no document of any type: the licence's, mdocReaderAuth
/// (ISO/IEC TS 23220-4) and that of the PID Rulebook.
pub const READER_PURPOSES: [&str; 3] = [MDL_READER, "1.0.23220.4.1.6", "1.3.130.2.0.0.1.6"];

impl DocumentType {
    /// The row of an element; a family's row for each of its members (`age_over_18`).
    pub fn element(&self, namespace: &str, id: &str) -> Option<&'static Element> {
        let namespace = self.namespaces.iter().find(|known| known.id == namespace)?;
        namespace.elements.iter().find(|element| element.name.matches(id))
    }

    /// The mandatory elements, each with its namespace, of which `held` says no.
    ///
    /// An optional namespace asks for its mandatory elements once one of its elements is held.
    pub fn missing(
        &self,
        held: impl Fn(&str, &str) -> bool,
    ) -> Vec<(&'static str, &'static Element)> {
        let has = |namespace: &Namespace, element: &Element| match element.name {
            Name::One(id) => held(namespace.id, id),
            Name::Numbered(_) | Name::Suffixed(_) => false,
        };
        let used = |namespace: &&Namespace| {
            namespace.presence == Presence::Mandatory
                || namespace.elements.iter().any(|element| has(namespace, element))
        };
        let mut missing = Vec::new();
        for namespace in self.namespaces.iter().filter(used) {
            for element in namespace.elements {
                if element.presence == Presence::Mandatory && !has(namespace, element) {
                    missing.push((namespace.id, element));
                }
            }
        }
        missing
    }
}

/// A namespace of a document type: `NameSpace = tstr` (ISO 18013-5 §8.3.1).
#[derive(Debug, Clone, Copy)]
pub struct Namespace {
    /// The identifier that is signed.
    pub id: &'static str,
    /// Whether a document of the type has it always.
    pub presence: Presence,
    /// Its elements, in the order shown. The first that matches an identifier is its row.
    pub elements: &'static [Element],
}

/// Whether a part is always there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Always.
    Mandatory,
    /// Where the issuer has it.
    Optional,
}

/// A data element: `DataElementIdentifier = tstr` and what is known of its value.
#[derive(Debug, Clone, Copy)]
pub struct Element {
    /// The identifier, or the family of identifiers.
    pub name: Name,
    /// Whether a document always has it.
    pub presence: Presence,
    /// The type of its value.
    pub kind: ElementType,
    /// What the date that it is says of the document.
    pub meaning: Option<Meaning>,
    /// Where it is shown.
    pub group: Group,
    /// Whether its value is shown before it is touched.
    pub exposure: Exposure,
    /// In a family's label, `{}` stands for the rest of the identifier.
    label: Label,
}

impl Element {
    /// What people call it; `id` is the identifier that was signed.
    pub fn label(&self, id: &str, lang: Lang) -> Cow<'static, str> {
        let label = self.label.text(lang);
        match self.name {
            Name::One(_) => Cow::Borrowed(label),
            Name::Numbered(prefix) | Name::Suffixed(prefix) => {
                Cow::Owned(label.replace("{}", id.strip_prefix(prefix).unwrap_or(id)))
            }
        }
    }

    /// Whether an issuer may sign `value` as this element.
    ///
    /// # Errors
    /// The first rule that it breaks.
    pub fn check(&self, value: &Value) -> Result<(), Error> {
        check::check(&self.kind, value)
    }

    /// Whether `value` is of use to whoever needs this element: a picture that draws, a text that is not
    /// blank, a date that can be read. It asks less than [`Element::check`].
    pub fn meets(&self, value: &Value) -> bool {
        meets::meets(&self.kind, value)
    }

    /// What an issuer had better look at, in a value that may be signed.
    pub fn warning(&self, value: &Value) -> Option<Error> {
        check::warning(&self.kind, value)
    }

    /// The value as people write it. A value of another type than the element's is shown as it is.
    pub fn show(&self, value: &Value, lang: Lang) -> String {
        show::show(&self.kind, value, lang)
    }
}

/// The identifiers that a row stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    /// This one.
    One(&'static str),
    /// This prefix and two digits: `age_over_NN`.
    Numbered(&'static str),
    /// This prefix and more: `biometric_template_xx`.
    Suffixed(&'static str),
}

impl Name {
    /// Whether `id` is one of them.
    pub fn matches(self, id: &str) -> bool {
        match self {
            Name::One(name) => id == name,
            Name::Numbered(prefix) => id.strip_prefix(prefix).is_some_and(|number| {
                number.len() == 2 && number.bytes().all(|digit| digit.is_ascii_digit())
            }),
            Name::Suffixed(prefix) => id.strip_prefix(prefix).is_some_and(|rest| !rest.is_empty()),
        }
    }
}

impl fmt::Display for Name {
    /// As specifications write it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Name::One(name) => f.write_str(name),
            Name::Numbered(prefix) => write!(f, "{prefix}NN"),
            Name::Suffixed(prefix) => write!(f, "{prefix}xx"),
        }
    }
}

/// The type of an element's value.
#[derive(Debug, Clone, Copy)]
pub enum ElementType {
    /// `tstr` of at most [`TEXT_LIMIT`] characters.
    Text(Shape),
    /// `tstr`, one of these codes.
    TextChoice(&'static [Choice<&'static str>]),
    /// `tstr` as [`ElementType::Text`]; these codes have a label, others may be.
    OpenTextChoice(Shape, &'static [Choice<&'static str>]),
    /// `tstr`, a time of the day: `HH:MM`.
    Time,
    /// `uint`.
    Unsigned,
    /// `uint`, one of these codes.
    UnsignedChoice(&'static [Choice<u64>]),
    /// `bool`.
    Boolean,
    /// `bstr`.
    Bytes,
    /// `bstr`: a JPEG or JPEG 2000.
    Image,
    /// `bstr`: a JPEG of at most [`SMALL_IMAGE_LIMIT`] bytes.
    SmallImage,
    /// `full-date = #6.1004(tstr)`.
    FullDate,
    /// `tdate = #6.0(tstr)`
    DateTime,
    /// `tdate / full-date`
    FullDateOrDateTime,
    /// `[* T]`.
    List(&'static ElementType),
    /// `{ tstr => any }` with these fields; others may be.
    Record(&'static [Field]),
    /// Any type: its specification leaves it to the issuer.
    Any,
}

impl ElementType {
    /// The value, with each text that stands where a date is due turned into that date.
    ///
    /// For data written without CBOR's types. Nothing is checked: [`Element::check`] does.
    pub fn read(&self, value: Value) -> Value {
        match (self, value) {
            (ElementType::FullDate, Value::Text(text)) => tagged(TAG_FULL_DATE, text),
            (ElementType::DateTime, Value::Text(text)) => tagged(TAG_TDATE, text),
            (ElementType::FullDateOrDateTime, Value::Text(text)) => {
                let tag = if text.contains('T') { TAG_TDATE } else { TAG_FULL_DATE };
                tagged(tag, text)
            }
            (ElementType::List(kind), Value::Array(items)) => {
                Value::Array(items.into_iter().map(|item| kind.read(item)).collect())
            }
            (ElementType::Record(fields), Value::Map(pairs)) => {
                let pairs = pairs.into_iter().map(|(key, value)| {
                    let field = fields.iter().find(|field| field.names(&key));
                    let value = match field {
                        Some(field) => field.kind.read(value),
                        None => value,
                    };
                    (key, value)
                });
                Value::Map(pairs.collect())
            }
            (_, value) => value,
        }
    }
}

fn tagged(number: u64, text: String) -> Value {
    Value::Tag(number, Box::new(Value::Text(text)))
}

/// What a text looks like.
///
/// In a pattern, `A` is a capital letter, `9` a digit, `*` either; anything else is itself.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// Any text.
    Free,
    /// Any text; an issuer is warned of characters outside Latin-1 (ISO 18013-5 §7.2.1).
    Latin1,
    /// This pattern and no other.
    Exactly(&'static str),
    /// Any text; one that fits the pattern without its separators is shown with them.
    Grouped(&'static str),
    /// A health insurance number, shown in three groups; an issuer is warned by [`crate::nam`].
    Nam,
}

/// A code and what it means.
#[derive(Debug, Clone, Copy)]
pub struct Choice<T> {
    /// The code.
    pub code: T,
    /// What it means.
    pub label: Label,
}

/// A field of a structure.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its key.
    pub name: &'static str,
    /// Whether the structure always has it.
    pub presence: Presence,
    /// The type of its value.
    pub kind: ElementType,
    /// What people call it.
    pub label: Label,
    /// What the date that it is says of the structure.
    pub meaning: Option<Meaning>,
}

impl Field {
    pub(crate) fn names(&self, key: &Value) -> bool {
        matches!(key, Value::Text(text) if text == self.name)
    }
}

/// Where an element is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Group {
    /// Who the person is.
    Person,
    /// How old the person is.
    Age,
    /// What the person looks like.
    Appearance,
    /// Where the person lives.
    Address,
    /// What the person may drive.
    Driving,
    /// The person's parents.
    Parents,
    /// The vehicle.
    Vehicle,
    /// The document, its number, dates and issuer.
    Document,
}

impl Group {
    /// Its heading.
    pub const fn label(self) -> Label {
        match self {
            Group::Person => Label { fr: "Identité", en: "Identity" },
            Group::Age => Label { fr: "Âge", en: "Age" },
            Group::Appearance => Label { fr: "Apparence", en: "Appearance" },
            Group::Address => Label { fr: "Adresse", en: "Address" },
            Group::Driving => Label { fr: "Conduite", en: "Driving" },
            Group::Parents => Label { fr: "Parents", en: "Parents" },
            Group::Vehicle => Label { fr: "Véhicule", en: "Vehicle" },
            Group::Document => Label { fr: "Document", en: "Document" },
        }
    }
}

/// When a value is shown on the holder's own screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exposure {
    /// With the document.
    Open,
    /// Once touched: numbers, and what is nobody else's business.
    OnTouch,
}

#[cfg(test)]
mod tests;

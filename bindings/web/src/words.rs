use coffret_catalogue::{self as catalogue, Label, Lang, Name, document_type};
use coffret_cbor::Timestamp;
use coffret_code::Code;
use coffret_mdoc::ElementName;
use serde::Serialize;

/// Words in both languages.
#[derive(PartialEq, Serialize)]
pub(crate) struct Words {
    fr: String,
    en: String,
}

impl Words {
    pub(crate) fn of(words: impl Fn(Lang) -> String) -> Words {
        Words { fr: words(Lang::French), en: words(Lang::English) }
    }

    /// Where an issuer is; none where its certificate does not say.
    pub(crate) fn of_place(territory: catalogue::Territory<'_>) -> Option<Words> {
        Some(Words { fr: territory.label(Lang::French)?, en: territory.label(Lang::English)? })
    }
}

impl From<Label> for Words {
    fn from(label: Label) -> Words {
        Words::of(|lang| label.text(lang).to_owned())
    }
}

/// A stable code, and what a person is told of it.
#[derive(PartialEq, Serialize)]
pub(crate) struct Reason {
    code: &'static str,
    number: String,
    happened: Words,
    next: Words,
    document: Option<Words>,
    element: Option<Words>,
}

impl Reason {
    /// A rule that a document breaks, or an element of it.
    pub(crate) fn of(code: Code, doc_type: Option<&str>, element: Option<&ElementName>) -> Reason {
        let said = |lang| catalogue::sentence(code.name).map(|sentence| sentence.said(lang));
        let words = |which: fn(catalogue::Said) -> &'static str| {
            Words::of(|lang| said(lang).map_or("", which).to_owned())
        };
        Reason {
            code: code.name,
            number: code.to_string(),
            happened: words(|said| said.happened),
            next: words(|said| said.next),
            document: doc_type.map(type_label),
            element: element.map(|name| element_label(doc_type.unwrap_or_default(), name)),
        }
    }
}

macro_rules! reason {
    ($($error:ty)*) => {
        $(impl From<$error> for Reason {
            fn from(error: $error) -> Reason {
                Reason::of(error.code(), None, None)
            }
        })*
    };
}

reason! {
    coffret_cbor::Error
    coffret_crypto::Error
    coffret_proximity::Error
    coffret_reader::Error
    coffret_trust::Error
}

/// What people call a document type. One that the catalogue does not know has no words: its name is
/// another's, and could say anything.
pub(crate) fn type_label(doc_type: &str) -> Words {
    document_type(doc_type).map_or(UNKNOWN_TYPE, |known| known.label).into()
}

/// What people call an element; as with types, only what the catalogue knows.
pub(crate) fn element_label(doc_type: &str, name: &ElementName) -> Words {
    let id = &name.identifier;
    let row = document_type(doc_type).and_then(|known| known.element(&name.namespace, id));
    row.map_or(UNKNOWN_ELEMENT.into(), |row| Words::of(|lang| row.label(id, lang).into_owned()))
}

const UNKNOWN_TYPE: Label = Label { fr: "Document inconnu", en: "Unknown document" };
const UNKNOWN_ELEMENT: Label = Label { fr: "Renseignement inconnu", en: "Unknown item" };

/// A reason to ask.
#[derive(Serialize)]
pub(crate) struct Purpose {
    id: &'static str,
    label: Words,
    document: Words,
    /// Wallets warn of a reader that is not registered for it.
    registered: bool,
}

pub(crate) fn purposes() -> Vec<Purpose> {
    let purpose = |purpose: &catalogue::Purpose| Purpose {
        id: purpose.id,
        label: purpose.label.into(),
        document: type_label(purpose.doc_type),
        registered: purpose.asker == catalogue::Asker::Registered,
    };
    catalogue::purposes().iter().map(purpose).collect()
}

/// What can be asked of a document.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DocumentType {
    doc_type: &'static str,
    label: Words,
    groups: Vec<Group>,
}

#[derive(Serialize)]
struct Group {
    label: Words,
    elements: Vec<Element>,
}

#[derive(Serialize)]
struct Element {
    namespace: &'static str,
    id: &'static str,
    label: Words,
}

pub(crate) fn document_types() -> Vec<DocumentType> {
    catalogue::document_types().iter().map(|known| document(known)).collect()
}

fn document(known: &catalogue::DocumentType) -> DocumentType {
    let mut groups: Vec<(catalogue::Group, Group)> = Vec::new();
    for namespace in known.namespaces {
        for element in namespace.elements {
            let rows = identifiers(namespace.id, element.name).into_iter().map(|id| Element {
                namespace: namespace.id,
                id,
                label: Words::of(|lang| element.label(id, lang).into_owned()),
            });
            match groups.iter_mut().find(|(group, _)| *group == element.group) {
                Some((_, group)) => group.elements.extend(rows),
                None => {
                    let label = element.group.label().into();
                    groups.push((element.group, Group { label, elements: rows.collect() }));
                }
            }
        }
    }
    let groups = groups.into_iter().map(|(_, group)| group);
    DocumentType {
        doc_type: known.id,
        label: known.label.into(),
        groups: groups.filter(|group| !group.elements.is_empty()).collect(),
    }
}

/// Those that a row stands for; of a family, those that a purpose asks for.
fn identifiers(namespace: &str, name: Name) -> Vec<&'static str> {
    if let Name::One(id) = name {
        return vec![id];
    }
    let needs = catalogue::purposes().iter().flat_map(|purpose| purpose.needs);
    let elements = needs.flat_map(|need| need.alternatives);
    let family = elements.filter(|element| element.namespace == namespace);
    let mut ids: Vec<_> = family.map(|element| element.id).filter(|id| name.matches(id)).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

pub(crate) fn millis(time: Timestamp) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "exact for 285,000 years")]
    let seconds = time.unix() as f64;
    seconds * 1000.0
}

/// Whole seconds: what the core counts in.
pub(crate) fn timestamp(millis: f64) -> Result<Timestamp, coffret_cbor::Error> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "what is out of range is the nearest, and no time"
    )]
    let seconds = (millis / 1000.0).floor() as i64;
    Timestamp::from_unix(seconds).ok_or(coffret_cbor::Error::OutOfRange)
}

#[cfg(test)]
mod tests {
    use coffret_mdoc::ElementName;

    use super::{element_label, type_label};

    const MDL: &str = "org.iso.18013.5.1.mDL";

    #[test]
    fn what_another_calls_something_is_not_said() {
        let name = ElementName::new("org.iso.18013.5.1", "Erreur\u{a0}: le document est valide");
        assert_eq!(element_label(MDL, &name).fr, "Renseignement inconnu");
        assert_eq!(element_label("Le document est valide", &name).en, "Unknown item");
        assert_eq!(type_label("Le document est valide").fr, "Document inconnu");
        let known = ElementName::new("org.iso.18013.5.1", "family_name");
        assert_eq!(element_label(MDL, &known).fr, "Nom de famille");
    }
}

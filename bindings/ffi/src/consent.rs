use coffret_holder as holder;
use coffret_trust::{ReaderVerdict, Retention, VerifiedReader};

use crate::documents::{DocumentState, Exposure, Validity};
use crate::error::{CoffretError, Result};
use crate::words::{
    DocumentId, ElementName, Label, PersonId, Purpose, code_names, element_label, sent_label,
    stranger_label, type_label,
};

/// What a person is asked before anything is shown. It holds names, no value: those are in the
/// wallet's documents.
#[derive(Debug, Clone, uniffi::Record)]
pub struct Consent {
    /// Who asks.
    pub reader: ReaderStanding,
    /// What to call who asks, its own word for itself being quoted.
    pub title: Label,
    /// What to think of who asks for this.
    pub risk: Risk,
    /// What is asked, a document each.
    pub documents: Vec<DocumentConsent>,
    /// Everything asked for that the preselected documents hold, whoever asks, unless that can only
    /// be refused.
    pub everything: Approval,
    /// What the purpose needs of the documents that are preselected.
    pub required: Approval,
}

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum ReaderStanding {
    /// It does not say who it is.
    Anonymous,
    /// It says who it is, and nobody trusted knows it.
    Untrusted {
        /// What it calls itself.
        name: Option<String>,
        /// The names of the codes of what its certificate does not follow.
        warnings: Vec<String>,
    },
    /// A trusted authority says who it is.
    Verified {
        /// The common name of its certificate.
        name: Option<String>,
        /// What the registry of readers says of it, if it is there.
        registration: Option<Registration>,
        /// The names of the codes of what its certificate does not follow.
        warnings: Vec<String>,
    },
    /// Its proof is not good: it can only be refused.
    Invalid {
        /// The names of the codes of every rule broken.
        errors: Vec<String>,
    },
}

/// What the registry says of a reader.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Registration {
    /// Its name.
    pub name: Label,
    /// The ids of the purposes that it is registered for.
    pub purposes: Vec<String>,
    /// Whether it keeps what it is shown.
    pub kept: bool,
    /// The URL of the page that says what for.
    pub privacy: Option<String>,
}

/// What to think of a request: who and what together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Risk {
    /// By a registered reader: its name and its purposes are known.
    Registered,
    /// By another, for what anyone may ask, without keeping the photo: nothing to warn of.
    Neutral,
    /// By another, for more than that: everything is off.
    Unknown,
    /// By a reader whose proof is not good: it can only be refused.
    Invalid,
}

/// What is asked of one document.
#[derive(Debug, Clone, uniffi::Record)]
pub struct DocumentConsent {
    /// Its type.
    pub doc_type: String,
    /// What people call the type.
    pub label: Label,
    /// Why.
    pub purpose: Option<Purpose>,
    /// Said where the law lets people refuse this document to this reader.
    pub refusable: Option<Label>,
    /// The elements, as if no document held any.
    pub elements: Vec<ElementConsent>,
    /// The documents that can answer: real ones before specimens, the person's own before those of
    /// others, valid ones before those that have expired.
    pub candidates: Vec<Candidate>,
    /// The documents of which no copy is left to show: ask their issuer for more.
    pub used_up: Vec<DocumentId>,
    /// How many more documents of the type are held, which come after these and are not offered.
    pub unoffered: u64,
    /// The candidate to begin with. It is never another person's, never a specimen, and never one
    /// that has expired or is not valid yet: those are sent by the person's own choice only.
    pub preselected: Option<DocumentId>,
}

/// A document that can answer.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct Candidate {
    /// The document.
    pub document: DocumentId,
    /// Whose it is.
    pub person: PersonId,
    /// Whether that is the holder of the wallet.
    pub own: bool,
    /// Whether it is a specimen, worth nothing.
    pub specimen: bool,
    /// Whether the copy that would be sent is valid now.
    pub state: DocumentState,
    /// From when to when that copy is valid.
    pub validity: Validity,
    /// The end of its number, which tells it from another of this person's.
    pub number: Option<NumberEnd>,
    /// The elements, in the order of [`DocumentConsent::elements`].
    pub elements: Vec<ElementConsent>,
}

/// The last characters of a document's number. It prints none of them.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug)]
pub struct NumberEnd {
    /// Four of them, or half of a short number.
    pub text: String,
}

/// What is asked of one element.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct ElementConsent {
    /// As asked.
    pub asked: ElementName,
    /// What people call it.
    pub label: Label,
    /// What people call what would be sent: *18 ans et plus, montré par 21 ans et plus*. Nothing where
    /// nothing is held that answers.
    pub sent: Option<Label>,
    /// What would be shown: the same element, or for an age the one that answers it. Nothing where
    /// nothing is held that answers.
    pub answer: Option<ElementName>,
    /// Whether the purpose needs it.
    pub need: Need,
    /// Whether the reader says that it keeps it.
    pub kept: bool,
    /// Whether its value is shown before it is touched.
    pub exposure: Exposure,
}

/// Whether a purpose needs an element.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum Need {
    /// It does: on.
    Required,
    /// There is no purpose that could: off.
    Optional,
    /// It does not, or another element is enough: off.
    NotNeeded {
        /// Says so.
        why: Label,
    },
}

/// What a person lets go. Without an element it is a refusal.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Approval {
    /// A document each.
    pub choices: Vec<Choice>,
}

/// One document of an approval.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Choice {
    /// Which of [`Consent::documents`] it answers, from 0.
    pub request: u64,
    /// One of the candidates there. The same may answer several requests, once each.
    pub document: DocumentId,
    /// The elements, by the names they are shown by: [`ElementConsent::answer`].
    pub elements: Vec<ElementName>,
}

impl From<holder::Consent> for Consent {
    fn from(consent: holder::Consent) -> Self {
        Consent {
            everything: consent.everything().into(),
            required: consent.required().into(),
            title: title(&consent.reader),
            reader: consent.reader.into(),
            risk: match consent.risk {
                holder::Risk::Registered => Risk::Registered,
                holder::Risk::Neutral => Risk::Neutral,
                holder::Risk::Unknown => Risk::Unknown,
                holder::Risk::Invalid => Risk::Invalid,
            },
            documents: consent.documents.into_iter().map(DocumentConsent::from).collect(),
        }
    }
}

fn title(reader: &ReaderVerdict) -> Label {
    match reader {
        ReaderVerdict::Verified(VerifiedReader { registration: Some(known), .. }) => {
            Label { fr: known.name_fr.clone(), en: known.name_en.clone() }
        }
        ReaderVerdict::Verified(VerifiedReader { name: Some(name), .. }) => {
            Label { fr: name.clone(), en: name.clone() }
        }
        ReaderVerdict::Untrusted { name, .. } => stranger_label(name.as_deref()),
        ReaderVerdict::None | ReaderVerdict::Verified(_) | ReaderVerdict::Invalid { .. } => {
            stranger_label(None)
        }
    }
}

impl From<ReaderVerdict> for ReaderStanding {
    fn from(verdict: ReaderVerdict) -> Self {
        match verdict {
            ReaderVerdict::None => ReaderStanding::Anonymous,
            ReaderVerdict::Untrusted { name, warnings } => {
                ReaderStanding::Untrusted { name, warnings: code_names(&warnings) }
            }
            ReaderVerdict::Verified(reader) => ReaderStanding::Verified {
                name: reader.name,
                registration: reader.registration.map(Registration::from),
                warnings: code_names(&reader.warnings),
            },
            ReaderVerdict::Invalid { errors } => {
                ReaderStanding::Invalid { errors: code_names(&errors) }
            }
        }
    }
}

impl From<coffret_trust::Registration> for Registration {
    fn from(registration: coffret_trust::Registration) -> Self {
        Registration {
            name: Label { fr: registration.name_fr, en: registration.name_en },
            purposes: registration.purposes,
            kept: registration.retention == Retention::Kept,
            privacy: registration.privacy,
        }
    }
}

impl From<holder::DocumentConsent> for DocumentConsent {
    fn from(document: holder::DocumentConsent) -> Self {
        let doc_type = document.doc_type;
        let elements = |elements: Vec<holder::ElementConsent>| {
            elements.into_iter().map(|element| ElementConsent::new(&doc_type, element)).collect()
        };
        let candidate = |candidate: holder::Candidate| Candidate {
            document: DocumentId::of(candidate.document),
            person: PersonId::of(candidate.person),
            own: candidate.whose == holder::Whose::Holder,
            specimen: candidate.specimen,
            state: candidate.state.into(),
            validity: candidate.validity.into(),
            number: candidate.number.map(|end| NumberEnd { text: end.as_str().to_owned() }),
            elements: elements(candidate.elements),
        };
        DocumentConsent {
            label: type_label(&doc_type),
            purpose: document.purpose.map(Purpose::from),
            refusable: document.refusable.map(Label::from),
            elements: elements(document.elements),
            candidates: document.candidates.into_iter().map(candidate).collect(),
            used_up: document.used_up.into_iter().map(DocumentId::of).collect(),
            unoffered: document.unoffered as u64,
            preselected: document.preselected.map(DocumentId::of),
            doc_type,
        }
    }
}

impl ElementConsent {
    fn new(doc_type: &str, element: holder::ElementConsent) -> ElementConsent {
        let asked = &element.asked;
        ElementConsent {
            label: element_label(doc_type, &asked.namespace, &asked.identifier),
            sent: element.answer.as_ref().map(|answer| sent_label(doc_type, asked, answer)),
            asked: asked.into(),
            answer: element.answer.as_ref().map(ElementName::from),
            need: match element.need {
                holder::Need::Required => Need::Required,
                holder::Need::Optional => Need::Optional,
                holder::Need::NotNeeded(why) => Need::NotNeeded { why: why.into() },
            },
            kept: element.retention == Retention::Kept,
            exposure: element.exposure.into(),
        }
    }
}

impl From<holder::Approval> for Approval {
    fn from(approval: holder::Approval) -> Self {
        let choice = |choice: holder::Choice| Choice {
            request: choice.request as u64,
            document: DocumentId::of(choice.document),
            elements: choice.elements.iter().map(ElementName::from).collect(),
        };
        Approval { choices: approval.choices.into_iter().map(choice).collect() }
    }
}

impl TryFrom<Approval> for holder::Approval {
    type Error = CoffretError;

    /// What is no id or no place was not offered.
    fn try_from(approval: Approval) -> Result<holder::Approval> {
        let choice = |choice: Choice| {
            Some(holder::Choice {
                request: usize::try_from(choice.request).ok()?,
                document: choice.document.bytes()?.into(),
                elements: choice.elements.into_iter().map(Into::into).collect(),
            })
        };
        let choices: Option<_> = approval.choices.into_iter().map(choice).collect();
        let choices = choices.ok_or(holder::Error::NotOffered)?;
        Ok(holder::Approval { choices })
    }
}

#[cfg(test)]
mod tests;

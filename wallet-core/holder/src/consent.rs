mod approval;
mod caution;
mod number;
mod purpose;

use coffret_catalogue::{Exposure, Label, Purpose, document_type};
use coffret_cbor::Timestamp;
use coffret_mdoc::{DeviceRequest, ElementName, IntentToRetain, ItemsRequest, Outline};
use coffret_trust::{ReaderVerdict, Registration, Retention};

pub use self::approval::{Approval, Choice, Lapsed};
pub use self::number::NumberEnd;
use crate::excerpt::Excerpt;
use crate::{DocumentId, Error, PersonId, State, Validity, Whose};

/// What a person is asked before anything is shown: who asks, why, whose document, which elements,
/// and whether they are kept.
///
/// It is a function of the request, the judgement of the reader, the catalogue and what is held. It
/// holds names. The one value in it is the [end of a document's number](NumberEnd); the others are in
/// [`Wallet::document`](crate::Wallet::document).
#[derive(Debug, Clone)]
pub struct Consent {
    /// Who asks.
    pub reader: ReaderVerdict,
    /// What to think of who asks for this.
    pub risk: Risk,
    /// What is asked, a document each.
    pub documents: Vec<DocumentConsent>,
}

/// What to think of a request: who and what together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Risk {
    /// By a registered reader: who it is and what it is registered for are known. Whether that
    /// justifies a document, its [`purpose`](DocumentConsent::purpose) says.
    Registered,
    /// By another, for what anyone may ask, without keeping the photo: nothing to warn of.
    Neutral,
    /// By another, for more than that: everything is off.
    Unknown,
    /// By a reader whose proof is not good: it can only be refused.
    Invalid,
}

/// What is asked of one document.
#[derive(Debug, Clone)]
pub struct DocumentConsent {
    /// Its type.
    pub doc_type: String,
    /// Why: of the reader's purposes for this type the smallest that covers the request, else the
    /// one with the fewest elements beyond it. `None` where it has none.
    pub purpose: Option<&'static Purpose>,
    /// Said where the law lets people refuse this document to this reader.
    pub refusable: Option<Label>,
    /// The elements, as if no document held any.
    pub elements: Vec<ElementConsent>,
    /// The documents that can answer: real ones before specimens, the person's own before those of
    /// others, valid ones before those that have expired.
    pub candidates: Vec<Candidate>,
    /// The candidate to begin with. It is never another person's, never a specimen, and never one
    /// that has expired or is not valid yet: those are sent by the person's own choice only.
    pub preselected: Option<DocumentId>,
    /// The documents of which no copy is left to show: their issuer gives more.
    pub used_up: Vec<DocumentId>,
    /// How many more documents of the type are held, which come after these and are not offered:
    /// nobody reads a list of more than 32.
    pub unoffered: usize,
}

/// How many documents of one type are looked at, be they used up.
pub(crate) const MOST_OFFERED: usize = 32;

impl DocumentConsent {
    /// Whether a copy is what is missing: no document answers, and one would.
    pub fn is_used_up(&self) -> bool {
        self.candidates.is_empty() && !self.used_up.is_empty()
    }

    /// What this document would answer; nothing where it is no candidate.
    pub fn candidate(&self, document: DocumentId) -> Option<&Candidate> {
        self.candidates.iter().find(|candidate| candidate.document == document)
    }
}

/// A document that can answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Which.
    pub document: DocumentId,
    /// Whose.
    pub person: PersonId,
    /// Whether that is the holder of the wallet.
    pub whose: Whose,
    /// Whether it is a specimen, worth nothing.
    pub specimen: bool,
    /// Whether the copy that would be sent is valid now.
    pub state: State,
    /// From when to when that copy is valid; where the document says itself that it ends before,
    /// until then.
    pub validity: Validity,
    /// The end of its number, which tells it from another of this person's; `None` where it has
    /// none.
    pub number: Option<NumberEnd>,
    /// The elements, in the order of [`DocumentConsent::elements`].
    pub elements: Vec<ElementConsent>,
}

impl Candidate {
    /// Whether it may be sent without being chosen among others: the holder's own, real and valid.
    fn is_plain(&self) -> bool {
        self.whose == Whose::Holder && !self.specimen && self.state.is_valid()
    }
}

/// What is asked of one element.
#[derive(Debug, Clone, PartialEq)]
pub struct ElementConsent {
    /// As asked.
    pub asked: ElementName,
    /// What would be shown: the same element, or for an age the one that answers it. `None` where
    /// nothing is held that answers.
    pub answer: Option<ElementName>,
    /// Whether the purpose needs it.
    pub need: Need,
    /// Whether the reader says that it keeps it, here or in its registration.
    pub retention: Retention,
    /// Whether its value is shown before it is touched.
    pub exposure: Exposure,
}

/// Whether a purpose needs an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It does: on.
    Required,
    /// There is no purpose that could: off.
    Optional,
    /// It does not, or another element is enough, or the reader's purposes are for other documents:
    /// off, and this says so.
    NotNeeded(Label),
}

/// A document as consent looks at it.
pub(crate) struct Holding {
    pub(crate) document: DocumentId,
    pub(crate) person: PersonId,
    pub(crate) whose: Whose,
    pub(crate) specimen: bool,
    /// What would be shown of it, if a copy is left.
    pub(crate) next: Option<NextCopy>,
}

/// The copy that would be shown, without having been read.
pub(crate) struct NextCopy {
    pub(crate) validity: Validity,
    pub(crate) excerpt: Excerpt,
    pub(crate) outline: Outline,
}

/// The documents of a type.
#[derive(Default)]
pub(crate) struct Holdings {
    /// The preferred first, [`MOST_OFFERED`] at most.
    pub(crate) first: Vec<Holding>,
    /// How many more there are.
    pub(crate) more: usize,
}

impl Consent {
    /// `held` gives the documents of a type.
    pub(crate) fn new(
        request: &DeviceRequest,
        reader: ReaderVerdict,
        now: Timestamp,
        mut held: impl FnMut(&str) -> Result<Holdings, Error>,
    ) -> Result<Consent, Error> {
        let requests: Vec<_> =
            request.doc_requests().iter().map(|request| request.items()).collect();
        let registration = registration(&reader);
        let purposes: Vec<_> =
            requests.iter().map(|items| purpose::choose(items, registration)).collect();
        let keeps_portrait = requests.iter().any(|items| caution::keeps_portrait(items));
        let risk = match (&reader, registration) {
            (ReaderVerdict::Invalid { .. }, _) => Risk::Invalid,
            (_, Some(_)) => Risk::Registered,
            // Anyone may look at the photo beside an age; to keep it is more.
            _ if purposes.iter().all(Option::is_some) && !keeps_portrait => Risk::Neutral,
            _ => Risk::Unknown,
        };
        let mut documents = Vec::new();
        for (items, purpose) in requests.into_iter().zip(purposes) {
            let asking = Asking {
                items,
                purpose: purpose.filter(|_| matches!(risk, Risk::Registered | Risk::Neutral)),
                registration,
                now,
            };
            documents.push(asking.of(&held(&items.doc_type)?));
        }
        let mut consent = Consent { reader, risk, documents };
        consent.preselect(|_, candidate| candidate.is_plain());
        Ok(consent)
    }

    /// Takes documents back of which no copy can be shown after all.
    pub(crate) fn withdraw(&mut self, documents: &[DocumentId]) {
        for asked in &mut self.documents {
            let is_gone = |candidate: &Candidate| documents.contains(&candidate.document);
            let gone = asked.candidates.iter().filter(|candidate| is_gone(candidate));
            asked.used_up.extend(gone.map(|candidate| candidate.document));
            asked.candidates.retain(|candidate| !is_gone(candidate));
            asked.preselected = asked.preselected.filter(|id| !documents.contains(id));
        }
        self.preselect(|_, candidate| candidate.is_plain());
    }

    /// Preselects the first candidate that `fits` where none is. A reader that asks twice for one type
    /// may mean two documents; where only one fits, it answers both.
    fn preselect(&mut self, fits: impl Fn(&DocumentConsent, &Candidate) -> bool) {
        let taken = self.documents.iter().filter_map(|asked| asked.preselected);
        let mut taken: Vec<_> = taken.collect();
        for asked in self.documents.iter_mut().filter(|asked| asked.preselected.is_none()) {
            let fitting = || asked.candidates.iter().filter(|candidate| fits(asked, candidate));
            let untaken = fitting().find(|candidate| !taken.contains(&candidate.document));
            let chosen = untaken.or_else(|| fitting().next()).map(|candidate| candidate.document);
            asked.preselected = chosen;
            taken.extend(chosen);
        }
    }
}

fn registration(reader: &ReaderVerdict) -> Option<&Registration> {
    match reader {
        ReaderVerdict::Verified(reader) => reader.registration.as_ref(),
        _ => None,
    }
}

/// The request for one document, and what justifies it.
struct Asking<'a> {
    items: &'a ItemsRequest,
    purpose: Option<&'static Purpose>,
    registration: Option<&'a Registration>,
    now: Timestamp,
}

impl Asking<'_> {
    fn of(&self, held: &Holdings) -> DocumentConsent {
        let doc_type = &self.items.doc_type;
        let refusable = document_type(doc_type).and_then(|known| known.refusable);
        let mut candidates: Vec<_> =
            held.first.iter().filter_map(|holding| self.candidate(holding)).collect();
        let used_up = held.first.iter().filter(|holding| holding.next.is_none());
        candidates.sort_by_key(|candidate| {
            (candidate.specimen, candidate.whose, !candidate.state.is_valid())
        });
        DocumentConsent {
            doc_type: doc_type.clone(),
            purpose: self.purpose.filter(|purpose| purpose.doc_type == *doc_type),
            refusable: refusable.filter(|_| !purpose::registered_for(self.registration, doc_type)),
            elements: self.elements(None),
            preselected: None,
            candidates,
            used_up: used_up.map(|holding| holding.document).collect(),
            unoffered: held.more,
        }
    }

    fn candidate(&self, holding: &Holding) -> Option<Candidate> {
        let NextCopy { validity, excerpt, outline } = holding.next.as_ref()?;
        let (validity, taken_until) = excerpt.cut(*validity);
        Some(Candidate {
            document: holding.document,
            person: holding.person,
            whose: holding.whose,
            specimen: holding.specimen,
            state: State::at(self.now, validity, taken_until),
            validity,
            number: excerpt.number.clone(),
            elements: self.elements(Some(outline)),
        })
    }

    fn elements(&self, held: Option<&Outline>) -> Vec<ElementConsent> {
        let asked = self.items.name_spaces.iter();
        let answers: Vec<_> = asked
            .map(|(namespace, id, intent)| {
                let answer = held.and_then(|held| held.answering(namespace, id));
                (ElementName::new(namespace, id), answer, *intent)
            })
            .collect();
        let held = |namespace: &str, id: &str| {
            answers.iter().find_map(|(asked, answer, _)| {
                let is_it = asked.namespace == namespace && asked.identifier == id;
                is_it.then_some(answer.is_some())
            })
        };
        let needed = self.purpose.map(|purpose| {
            (purpose.not_needed, purpose::needed(purpose, &self.items.doc_type, held))
        });
        let element = |(asked, answer, intent): &(ElementName, Option<ElementName>, _)| {
            let shown = answer.as_ref().unwrap_or(asked);
            let row = document_type(&self.items.doc_type)
                .and_then(|known| known.element(&shown.namespace, &shown.identifier));
            ElementConsent {
                asked: asked.clone(),
                answer: answer.clone(),
                need: match &needed {
                    None => Need::Optional,
                    Some((_, needed)) if needed.contains(asked) => Need::Required,
                    Some((not_needed, _)) => Need::NotNeeded(*not_needed),
                },
                retention: self.retention(*intent),
                exposure: row.map_or(Exposure::OnTouch, |row| row.exposure),
            }
        };
        answers.iter().map(element).collect()
    }

    fn retention(&self, intent: IntentToRetain) -> Retention {
        let registered = self.registration.map(|registration| registration.retention);
        match (intent, registered) {
            (IntentToRetain::NotRetained, None | Some(Retention::NotKept)) => Retention::NotKept,
            _ => Retention::Kept,
        }
    }
}

#[cfg(test)]
mod tests;

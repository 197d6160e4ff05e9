use coffret_catalogue::{Caution, is_portrait};
use coffret_mdoc::{ElementName, IntentToRetain, ItemsRequest};
use coffret_trust::{Error as TrustError, ReaderVerdict, Retention};

use super::{Approval, Candidate, Consent, Risk};
use crate::{DocumentId, State};

/// Whether the person's photo is asked for, to be kept.
pub(super) fn keeps_portrait(items: &ItemsRequest) -> bool {
    let mut asked = items.name_spaces.iter();
    asked.any(|(_, id, intent)| is_portrait(id) && *intent == IntentToRetain::Retained)
}

impl Consent {
    /// What is to be said before `approval` is given, each once: of the reader first, then of what
    /// would be sent.
    pub fn cautions(&self, approval: &Approval) -> Vec<Caution> {
        let mut cautions = self.of_reader();
        let sent = || approval.choices.iter().filter(|choice| !choice.elements.is_empty());
        for choice in sent() {
            let Some(asked) = self.documents.get(choice.request) else { continue };
            let chosen = asked.candidate(choice.document);
            cautions.extend(chosen.into_iter().flat_map(Candidate::cautions));
            let portraits = self.portraits(choice.document);
            let mut elements = sent().flat_map(|choice| &choice.elements);
            if !portraits.is_empty() && !elements.any(|element| portraits.contains(&element)) {
                cautions.push(Caution::PortraitWithheld);
            }
        }
        let mut said = Vec::new();
        for caution in cautions {
            if !said.contains(&caution) {
                said.push(caution);
            }
        }
        said
    }

    /// What would show the photo of a document, wherever it is asked for: a reader may ask for it in one
    /// request, and for an age of the same document in another.
    fn portraits(&self, document: DocumentId) -> Vec<&ElementName> {
        let candidates = self.documents.iter().filter_map(|asked| asked.candidate(document));
        let elements = candidates.flat_map(|candidate| &candidate.elements);
        let portraits = elements.filter(|element| is_portrait(&element.asked.identifier));
        portraits.filter_map(|portrait| portrait.answer.as_ref()).collect()
    }

    fn of_reader(&self) -> Vec<Caution> {
        let is_stale = match &self.reader {
            ReaderVerdict::Verified(reader) => reader.warnings.contains(&TrustError::RegistryStale),
            _ => false,
        };
        let is_unknown = self.risk == Risk::Unknown;
        let mut elements = self.documents.iter().flat_map(|asked| &asked.elements);
        let keeps_portrait = elements.any(|element| {
            is_portrait(&element.asked.identifier) && element.retention == Retention::Kept
        });
        let cautions = [
            is_unknown.then_some(Caution::Unjustified),
            (is_unknown && keeps_portrait).then_some(Caution::KeepsPortrait),
            is_stale.then_some(Caution::RegistryStale),
        ];
        cautions.into_iter().flatten().collect()
    }
}

impl Candidate {
    fn cautions(&self) -> Vec<Caution> {
        let of_state = match self.state {
            State::Expired => Some(Caution::Expired),
            State::NotYetValid => Some(Caution::NotYetValid),
            State::Valid | State::Expiring { .. } => None,
        };
        of_state.into_iter().chain(self.specimen.then_some(Caution::Specimen)).collect()
    }
}

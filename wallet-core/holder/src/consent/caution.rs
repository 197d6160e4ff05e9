use coffret_catalogue::{Caution, is_portrait};
use coffret_mdoc::{IntentToRetain, ItemsRequest};
use coffret_trust::{Error as TrustError, ReaderVerdict, Retention};

use super::{Approval, Candidate, Choice, Consent, Risk};
use crate::State;

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
        for choice in approval.choices.iter().filter(|choice| !choice.elements.is_empty()) {
            let asked = self.documents.get(choice.request).into_iter();
            let mut candidates = asked.flat_map(|asked| &asked.candidates);
            let chosen = candidates.find(|candidate| candidate.document == choice.document);
            cautions.extend(chosen.into_iter().flat_map(|candidate| candidate.cautions(choice)));
        }
        let mut said = Vec::new();
        for caution in cautions {
            if !said.contains(&caution) {
                said.push(caution);
            }
        }
        said
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
    fn cautions(&self, choice: &Choice) -> Vec<Caution> {
        let of_state = match self.state {
            State::Expired => Some(Caution::Expired),
            State::NotYetValid => Some(Caution::NotYetValid),
            State::Valid | State::Expiring { .. } => None,
        };
        let asked = self.elements.iter().filter(|element| is_portrait(&element.asked.identifier));
        let portraits: Vec<_> = asked.filter_map(|element| element.answer.as_ref()).collect();
        let is_withheld = !portraits.is_empty()
            && !portraits.iter().any(|portrait| choice.elements.contains(portrait));
        let cautions = [
            of_state,
            self.specimen.then_some(Caution::Specimen),
            is_withheld.then_some(Caution::PortraitWithheld),
        ];
        cautions.into_iter().flatten().collect()
    }
}

use coffret_mdoc::ElementName;

use super::{Candidate, Consent, ElementConsent, Need, Risk};
use crate::{DocumentId, Error, Whose};

/// What a person lets go, made from a [`Consent`]. Without an element it is a refusal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Approval {
    /// A document each.
    pub choices: Vec<Choice>,
}

/// What becomes, without a person, of a document that has expired or is not valid yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lapsed {
    /// It stays.
    Kept,
    /// It is sent where no valid one answers.
    Sent,
}

/// One document of an approval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Which of [`Consent::documents`] it answers, from 0.
    pub request: usize,
    /// One of the candidates there. The same may answer several requests, once each.
    pub document: DocumentId,
    /// The elements, by the names they are shown by: [`ElementConsent::answer`].
    pub elements: Vec<ElementName>,
}

impl Consent {
    /// Everything asked for that the preselected documents hold, whoever asks, unless that can only
    /// be refused.
    pub fn everything(&self) -> Approval {
        if self.risk == Risk::Invalid {
            return Approval::default();
        }
        self.of_preselected(|_| true)
    }

    /// What the purpose needs of the documents that are preselected.
    pub fn required(&self) -> Approval {
        self.of_preselected(|element| element.need == Need::Required)
    }

    /// The same consent for a script, whose owner has chosen beforehand what a person chooses on a
    /// screen: where no document is preselected, the first that is not another person's is. Those
    /// that have expired or are not valid yet only where `lapsed` says so, and a specimen only where
    /// no real document is held: an invented person's data never leaves in place of the owner's.
    #[must_use]
    pub fn chosen_beforehand(mut self, lapsed: Lapsed) -> Consent {
        self.preselect(|asked, candidate| {
            let is_own = |candidate: &Candidate| candidate.whose != Whose::Other;
            let mut own = asked.candidates.iter().filter(|candidate| is_own(candidate));
            let is_for_none = !(candidate.specimen && own.any(|other| !other.specimen));
            let is_in_time = candidate.state.is_valid() || lapsed == Lapsed::Sent;
            is_own(candidate) && is_for_none && is_in_time
        });
        self
    }

    fn of_preselected(&self, chosen: impl Fn(&ElementConsent) -> bool) -> Approval {
        let choices = self.documents.iter().enumerate().filter_map(|(request, document)| {
            Some(document.candidate(document.preselected?)?.choice(request, &chosen))
        });
        Approval { choices: choices.collect() }
    }

    /// The choices that show something, proven to be among what was offered.
    pub(crate) fn approved(&self, approval: Approval) -> Result<Vec<Choice>, Error> {
        let mut choices = approval.choices;
        choices.retain(|choice| !choice.elements.is_empty());
        if self.risk == Risk::Invalid && !choices.is_empty() {
            return Err(Error::InvalidReader);
        }
        let mut rest = choices.as_slice();
        while let Some((choice, others)) = rest.split_first() {
            let again = |other: &Choice| other.request == choice.request;
            let asked = self.documents.get(choice.request);
            if asked.is_some_and(|asked| asked.used_up.contains(&choice.document)) {
                return Err(Error::NoCopyLeft);
            }
            if others.iter().any(again) || !self.offers(choice) {
                return Err(Error::NotOffered);
            }
            rest = others;
        }
        Ok(choices)
    }

    fn offers(&self, choice: &Choice) -> bool {
        let asked = self.documents.get(choice.request);
        asked.and_then(|asked| asked.candidate(choice.document)).is_some_and(|candidate| {
            let answers = |name: &ElementName| {
                candidate.elements.iter().any(|element| element.answer.as_ref() == Some(name))
            };
            choice.elements.iter().all(answers)
        })
    }
}

impl Candidate {
    /// The answers to these elements, each once: one age may answer two.
    fn choice(&self, request: usize, chosen: impl Fn(&ElementConsent) -> bool) -> Choice {
        let mut elements: Vec<ElementName> = Vec::new();
        for element in self.elements.iter().filter(|element| chosen(element)) {
            elements.extend(element.answer.clone().filter(|answer| !elements.contains(answer)));
        }
        Choice { request, document: self.document, elements }
    }
}

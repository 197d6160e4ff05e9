use coffret_mdoc::ElementName;

use super::{Candidate, Consent, ElementConsent, Need, Risk};
use crate::{DocumentId, Error};

/// What a person lets go, made from a [`Consent`]. Without an element it is a refusal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Approval {
    /// A document each.
    pub choices: Vec<Choice>,
}

/// One document of an approval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Which of [`Consent::documents`] it answers, from 0.
    pub request: usize,
    /// One of the candidates there. A document answers one request.
    pub document: DocumentId,
    /// The elements, by the names they are shown by: [`ElementConsent::answer`].
    pub elements: Vec<ElementName>,
}

impl Consent {
    /// Everything asked for that is held, whoever asks, unless that can only be refused.
    pub fn everything(&self) -> Approval {
        let mut choices: Vec<Choice> = Vec::new();
        if self.risk == Risk::Invalid {
            return Approval { choices };
        }
        for (request, document) in self.documents.iter().enumerate() {
            let free = |candidate: &&Candidate| {
                choices.iter().all(|choice| choice.document != candidate.document)
            };
            let candidate = document.candidates.iter().find(free);
            choices.extend(candidate.map(|candidate| candidate.choice(request, |_| true)));
        }
        Approval { choices }
    }

    /// What the purpose needs of the documents that are preselected.
    pub fn required(&self) -> Approval {
        let choices = self.documents.iter().enumerate().filter_map(|(request, document)| {
            let preselected =
                |candidate: &&Candidate| document.preselected == Some(candidate.document);
            let candidate = document.candidates.iter().find(preselected)?;
            Some(candidate.choice(request, |element| element.need == Need::Required))
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
            let again = |other: &Choice| {
                other.request == choice.request || other.document == choice.document
            };
            if others.iter().any(again) || !self.offers(choice) {
                return Err(Error::NotOffered);
            }
            rest = others;
        }
        Ok(choices)
    }

    fn offers(&self, choice: &Choice) -> bool {
        let candidates = self.documents.get(choice.request).map(|document| &document.candidates);
        let mut candidates = candidates.into_iter().flatten();
        candidates.find(|candidate| candidate.document == choice.document).is_some_and(
            |candidate| {
                let answers = |name: &ElementName| {
                    candidate.elements.iter().any(|element| element.answer.as_ref() == Some(name))
                };
                choice.elements.iter().all(answers)
            },
        )
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

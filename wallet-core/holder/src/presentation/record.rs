//! What the log says of a presentation.

use coffret_cbor::Timestamp;
use coffret_store::Changes;
use coffret_trust::ReaderVerdict;
use rand_core::CryptoRng;

use super::Outcome;
use super::asking::Asking;
use crate::consent::{DocumentConsent, ElementConsent};
use crate::log::{self, Entry, Reader, Standing};
use crate::{Choice, Error, Wallet};

impl Wallet {
    /// Records what became of a request, in one commit with the changes that go with it.
    pub(super) fn record_answer(
        &mut self,
        changes: Changes,
        asking: &Asking,
        outcome: Outcome,
        rng: &mut dyn CryptoRng,
    ) -> Result<(), Error> {
        let document = |(request, document): (usize, &DocumentConsent)| {
            let mut pending = asking.pending.iter().map(|pending| &pending.choice);
            logged(document, pending.find(|choice| choice.request == request))
        };
        let entry = Entry {
            time: asking.since,
            reader: Some(reader(&asking.consent.reader)),
            documents: asking.consent.documents.iter().enumerate().map(document).collect(),
            outcome: outcome.into(),
            evidence: Some(asking.evidence.clone()),
        };
        let changes = self.append(changes, &entry, rng)?;
        self.commit(changes.essential(), rng)
    }

    /// Records that somebody came who could not be understood. The outcome is the error, or the
    /// store's.
    pub(super) fn record_failure(
        &mut self,
        error: Error,
        now: Timestamp,
        rng: &mut dyn CryptoRng,
    ) -> Outcome {
        let outcome = Outcome::Failed(error);
        let entry = Entry {
            time: now,
            reader: None,
            documents: Vec::new(),
            outcome: outcome.into(),
            evidence: None,
        };
        let changes = self.append(Changes::default(), &entry, rng);
        let recorded = changes.and_then(|changes| self.commit(changes.essential(), rng));
        recorded_as(outcome, recorded)
    }
}

/// An outcome without an answer, unless it could not be recorded. An entry that the platform's
/// secrets do not know of yet is in the log.
pub(super) fn recorded_as(outcome: Outcome, recorded: Result<(), Error>) -> Outcome {
    match recorded {
        Ok(()) | Err(Error::Store(coffret_store::Error::SecretsBehind)) => outcome,
        Err(error) => Outcome::Failed(error),
    }
}

impl From<Outcome> for log::Outcome {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Shared => log::Outcome::Shared,
            Outcome::Refused => log::Outcome::Refused,
            Outcome::Unanswered => log::Outcome::Unanswered,
            Outcome::Failed(error) => log::Outcome::Failed { code: error.code().name.to_owned() },
        }
    }
}

fn reader(verdict: &ReaderVerdict) -> Reader {
    let (standing, name, registration) = match verdict {
        ReaderVerdict::None => (Standing::None, &None, None),
        ReaderVerdict::Untrusted { name, .. } => (Standing::Untrusted, name, None),
        ReaderVerdict::Verified(reader) => {
            (Standing::Verified, &reader.name, reader.registration.as_ref())
        }
        ReaderVerdict::Invalid { .. } => (Standing::Invalid, &None, None),
    };
    let registered = registration.map(|known| (known.name_fr.clone(), known.name_en.clone()));
    Reader { standing, name: name.clone(), registered }
}

fn logged(document: &DocumentConsent, choice: Option<&Choice>) -> log::Document {
    let chosen = choice.and_then(|choice| document.candidate(choice.document));
    let elements = chosen.map_or(&document.elements, |candidate| &candidate.elements);
    let shown = |element: &ElementConsent| {
        let answer = element.answer.as_ref()?;
        choice?.elements.contains(answer).then(|| answer.identifier.clone())
    };
    let element = |element: &ElementConsent| log::Element {
        asked: element.asked.clone(),
        retention: element.retention,
        shown: shown(element),
    };
    log::Document {
        doc_type: document.doc_type.clone(),
        purpose: document.purpose.map(|purpose| purpose.id.to_owned()),
        elements: elements.iter().map(element).collect(),
    }
}

use coffret_cbor::Timestamp;
use coffret_crypto::{KeyOutcome, KeyRef};
use coffret_mdoc::{
    Approved, DeviceAuthMethod, DeviceRequest, DeviceResponse, Document, SessionTranscript,
    Unauthenticated,
};
use coffret_proximity::Status;
use coffret_store::{Changes, Error as Store};
use rand_core::CryptoRng;

use super::link::Link;
use super::record::recorded_as;
use super::{Effect, Event, Outcome, State, Stepped, over};
use crate::log::Evidence;
use crate::records::CopyId;
use crate::{Choice, Consent, Error, Wallet};

/// A request that is not answered yet.
#[derive(Debug)]
pub(super) struct Asking {
    /// When it came.
    pub(super) since: Timestamp,
    link: Link,
    pub(super) evidence: Evidence,
    pub(super) consent: Consent,
    /// What the keystore was asked for; nothing while the person is.
    pub(super) pending: Vec<Pending>,
}

/// A document of the answer whose key is not used yet.
#[derive(Debug)]
pub(super) struct Pending {
    pub(super) choice: Choice,
    copy: CopyId,
    key: KeyRef,
    document: Unauthenticated,
}

/// What an event comes to.
enum Turn {
    /// The request is still not answered.
    Stay(Vec<Effect>),
    /// The answer: these documents, those of [`Asking::pending`], or none.
    Answer(Vec<Document>),
    /// The end without an answer.
    End(Option<Effect>, Outcome),
}

impl Wallet {
    /// Reads a request and asks the person; `transcript` is the one that readers sign for.
    pub(super) fn met(
        &mut self,
        mut link: Link,
        transcript: &SessionTranscript,
        request: &[u8],
        now: Timestamp,
        rng: &mut dyn CryptoRng,
    ) -> (State, Vec<Effect>) {
        match self.consider(transcript, request, now) {
            Ok(consent) => {
                let wake = link.expires().map(Effect::WakeAt);
                let ask = Effect::Ask(Box::new(consent.clone()));
                let evidence =
                    Evidence { request: request.to_vec(), transcript: transcript.tagged().clone() };
                let pending = Vec::new();
                let asking = Asking { since: now, link, evidence, consent, pending };
                (State::Asking(Box::new(asking)), wake.into_iter().chain([ask]).collect())
            }
            Err(error) => {
                let rule = match error {
                    Error::Mdoc(rule) => Some(rule),
                    _ => None,
                };
                let outcome = self.record_failure(error, now, rng);
                over(link.refuse(&DeviceResponse::refusing(rule)), outcome)
            }
        }
    }

    fn consider(
        &self,
        transcript: &SessionTranscript,
        request: &[u8],
        now: Timestamp,
    ) -> Result<Consent, Error> {
        let request = DeviceRequest::parse(request)?;
        let reader = request.reader(transcript, self.trust(), now);
        let held = |doc_type: &str| self.holdings(doc_type, now);
        Consent::new(&request, reader, now, held)
    }

    pub(super) fn asking(
        &mut self,
        mut asking: Box<Asking>,
        event: Event,
        method: DeviceAuthMethod,
        now: Timestamp,
        rng: &mut dyn CryptoRng,
    ) -> Stepped {
        let (state, effects) = match self.turn(&mut asking, event, method, now, rng) {
            Err(error) => return (State::Asking(asking), Err(error)),
            Ok(Turn::Stay(effects)) => (State::Asking(asking), effects),
            Ok(Turn::Answer(documents)) => self.answer(*asking, documents, rng),
            Ok(Turn::End(send, outcome)) => {
                asking.pending.clear();
                let recorded = self.record_answer(Changes::default(), &asking, outcome, rng);
                over(send, recorded_as(outcome, recorded))
            }
        };
        (state, Ok(effects))
    }

    fn turn(
        &mut self,
        asking: &mut Asking,
        event: Event,
        method: DeviceAuthMethod,
        now: Timestamp,
        rng: &mut dyn CryptoRng,
    ) -> Result<Turn, Error> {
        if asking.link.is_over(now) {
            return Ok(Turn::End(None, Outcome::Unanswered));
        }
        match event {
            Event::Approved(approval) if asking.pending.is_empty() => {
                let choices = asking.consent.approved(approval)?;
                if choices.is_empty() {
                    return Ok(Turn::Answer(Vec::new()));
                }
                self.prepare(asking, &choices, method, now)
            }
            Event::Refused => {
                asking.pending.clear();
                Ok(Turn::Answer(Vec::new()))
            }
            Event::KeysDone(outcomes) if !asking.pending.is_empty() => {
                self.keys_done(asking, outcomes, method, now, rng)
            }
            Event::Received(bytes) => {
                let (send, outcome) = asking.link.receive(&bytes)?;
                Ok(Turn::End(send, outcome))
            }
            Event::Closed => Ok(Turn::End(None, Outcome::Unanswered)),
            Event::GivenUp => {
                let told = asking.link.end(Status::Termination);
                Ok(Turn::End(told, Outcome::Unanswered))
            }
            Event::Tick => Ok(Turn::Stay(Vec::new())),
            Event::Approved(_) | Event::KeysDone(_) => Err(Error::NotNow),
        }
    }

    /// Asks the keystore to prove what was approved, of the next copy of each document. Where a document
    /// has none that can be shown, since another presentation has shown it meanwhile or since it does
    /// not read, the person is asked again for what is left.
    fn prepare(
        &self,
        asking: &mut Asking,
        choices: &[Choice],
        method: DeviceAuthMethod,
        now: Timestamp,
    ) -> Result<Turn, Error> {
        let transcript = asking.link.transcript().ok_or(Error::NotNow)?;
        let (mut pending, mut gone) = (Vec::new(), Vec::new());
        for choice in choices {
            let Some(copy) = self.copy(choice.document, now)? else {
                gone.push(choice.document);
                continue;
            };
            let approved = Approved { elements: choice.elements.clone(), ..Approved::default() };
            let document =
                Unauthenticated::new(&copy.issuer_signed, &approved, transcript, method)?;
            let choice = choice.clone();
            pending.push(Pending { choice, copy: copy.id, key: copy.key, document });
        }
        if gone.is_empty() {
            asking.pending = pending;
            return Ok(Turn::Stay(vec![asking.use_keys()]));
        }
        asking.consent.withdraw(&gone);
        Ok(asking.ask_again())
    }

    fn keys_done(
        &mut self,
        asking: &mut Asking,
        outcomes: Vec<KeyOutcome>,
        method: DeviceAuthMethod,
        now: Timestamp,
        rng: &mut dyn CryptoRng,
    ) -> Result<Turn, Error> {
        if outcomes.len() != asking.pending.len() {
            return Err(Error::PresentationKeys);
        }
        if outcomes.contains(&KeyOutcome::Declined) {
            return Ok(asking.ask_again());
        }
        let done = || asking.pending.iter().zip(&outcomes);
        let gone = done().filter(|(_, outcome)| **outcome == KeyOutcome::Gone);
        let gone: Vec<_> = gone.map(|(pending, _)| pending).collect();
        if !gone.is_empty() {
            let changes = gone.iter().try_fold(Changes::default(), |changes, pending| {
                self.lose_copy(changes, pending.choice.document, pending.copy)
            })?;
            self.commit_step(changes.essential(), rng)?;
            return self.prepare_again(asking, method, now);
        }
        // Another presentation may have shown the same copy meanwhile.
        for pending in &asking.pending {
            let next = self.copy(pending.choice.document, now)?;
            if next.is_none_or(|next| next.id != pending.copy) {
                return self.prepare_again(asking, method, now);
            }
        }
        let documents = asking.pending.iter().zip(outcomes);
        let documents =
            documents.map(|(pending, outcome)| Ok(pending.document.authenticate(outcome)?));
        Ok(Turn::Answer(documents.collect::<Result<_, Error>>()?))
    }

    fn prepare_again(
        &self,
        asking: &mut Asking,
        method: DeviceAuthMethod,
        now: Timestamp,
    ) -> Result<Turn, Error> {
        let choices: Vec<_> = asking.pending.iter().map(|pending| pending.choice.clone()).collect();
        self.prepare(asking, &choices, method, now)
    }

    /// Seals the response, records it, and lets it go.
    fn answer(
        &mut self,
        mut asking: Asking,
        documents: Vec<Document>,
        rng: &mut dyn CryptoRng,
    ) -> (State, Vec<Effect>) {
        let outcome = if documents.is_empty() { Outcome::Refused } else { Outcome::Shared };
        let response = DeviceResponse::new(documents).encoded();
        let sealed = asking.link.answer(response.as_bytes());
        let recorded = sealed.and_then(|effect| {
            let used = asking.pending.iter().try_fold(Changes::default(), |changes, pending| {
                self.use_copy(changes, pending.choice.document, pending.copy)
            })?;
            self.record_answer(used, &asking, outcome, rng)?;
            Ok(effect)
        });
        match recorded {
            Ok(effect) => (State::Answered(asking.link, outcome), vec![effect]),
            // A session seals once: what is not let go ends it.
            Err(error) => {
                over(asking.link.end(Status::Termination), Outcome::Failed(unsent(error)))
            }
        }
    }
}

/// What stopped an answer. Where the log may have it all the same, what matters to the person is that
/// nothing left.
fn unsent(error: Error) -> Error {
    match error {
        Error::Store(Store::SecretsBehind | Store::Unconfirmed) => Error::NotSent,
        error => error,
    }
}

impl Asking {
    fn use_keys(&self) -> Effect {
        let tasks = self.pending.iter().map(|pending| pending.document.task(pending.key));
        Effect::UseKeys(tasks.collect())
    }

    fn ask_again(&mut self) -> Turn {
        self.pending.clear();
        Turn::Stay(vec![Effect::Ask(Box::new(self.consent.clone()))])
    }
}

use std::collections::VecDeque;

use coffret_cbor::Timestamp;
use coffret_code::Code;
use coffret_crypto::KeyOutcome;
use coffret_holder::{Approval, Consent, Effect, Engage, Event, Presentation, Wallet};
use coffret_mdoc::DeviceAuthMethod;
use rand_core::CryptoRng;

use crate::clock::{Clock, Deadline};
use crate::error::{About, Failure, Reason};
use crate::wallet::failure;

/// Who answers a consent, while there is time.
pub(crate) trait Decide: FnMut(&Consent, Deadline) -> Result<Approval, Failure> {}

impl<F: FnMut(&Consent, Deadline) -> Result<Approval, Failure>> Decide for F {}

/// A wallet in somebody's hand: the consent is answered and the keys are used at once, and what is
/// left is for the link.
pub(crate) struct Bearer<'w, D> {
    wallet: &'w mut Wallet,
    method: DeviceAuthMethod,
    decide: D,
    clock: Clock,
    rng: &'w mut dyn CryptoRng,
    presentation: Option<Presentation>,
    /// When the reader's code can no longer be answered.
    expires: Option<Timestamp>,
    decided: Option<Decided>,
}

/// What was asked, what was answered, and why it could not be given after all.
pub(crate) struct Decided {
    pub(crate) consent: Consent,
    pub(crate) approval: Approval,
    pub(crate) errors: Vec<Reason>,
}

impl<'w, D: Decide> Bearer<'w, D> {
    pub(crate) fn new(
        wallet: &'w mut Wallet,
        method: DeviceAuthMethod,
        decide: D,
        clock: Clock,
        rng: &'w mut dyn CryptoRng,
    ) -> Bearer<'w, D> {
        Bearer {
            wallet,
            method,
            decide,
            clock,
            rng,
            presentation: None,
            expires: None,
            decided: None,
        }
    }

    /// Begins a presentation.
    pub(crate) fn engage(&mut self, how: Engage<'_>) -> Result<Vec<Effect>, Failure> {
        let begun = self.wallet.present(how, self.method, self.clock.now()?, self.rng);
        let (presentation, effects) = begun.map_err(|error| failure(error, About::Whole))?;
        self.presentation = Some(presentation);
        (self.expires, self.decided) = (None, None);
        self.settled(effects)
    }

    pub(crate) fn step(&mut self, event: Event) -> Result<Vec<Effect>, Failure> {
        let now = self.clock.now()?;
        let effects = self.advance(event, now).map_err(|error| failure(error, About::Whole))?;
        self.settled(effects)
    }

    /// What the person was asked and has answered.
    pub(crate) fn decided(&self) -> Option<&Decided> {
        self.decided.as_ref()
    }

    fn advance(
        &mut self,
        event: Event,
        now: Timestamp,
    ) -> Result<Vec<Effect>, coffret_holder::Error> {
        match &mut self.presentation {
            Some(presentation) => self.wallet.step(presentation, event, now, self.rng),
            None => Err(coffret_holder::Error::NotNow),
        }
    }

    /// The effects that are left once the person and the keys have done their part.
    fn settled(&mut self, effects: Vec<Effect>) -> Result<Vec<Effect>, Failure> {
        let (mut left, mut rest) = (Vec::new(), VecDeque::from(effects));
        while let Some(effect) = rest.pop_front() {
            let event = match effect {
                Effect::Ask(consent) => self.answer(*consent)?,
                Effect::UseKeys(tasks) => {
                    let outcomes: Result<Vec<KeyOutcome>, _> =
                        tasks.iter().map(|task| self.wallet.perform(task, self.rng)).collect();
                    Event::KeysDone(outcomes.map_err(|error| failure(error, About::Whole))?)
                }
                Effect::WakeAt(expires) => {
                    self.expires = Some(expires);
                    continue;
                }
                effect => {
                    left.push(effect);
                    continue;
                }
            };
            // The person may have taken longer than the reader's code lives.
            let now = self.clock.now()?;
            match self.advance(event, now) {
                Ok(effects) => {
                    rest.extend(effects);
                    if self.expires.is_some_and(|expires| now >= expires) {
                        self.regret(coffret_proximity::Error::CodeExpired.code());
                    }
                }
                // Nothing was used up. What cannot be given is refused.
                Err(error) => {
                    let refused = self.advance(Event::Refused, now);
                    rest.extend(refused.map_err(|error| failure(error, About::Whole))?);
                    self.regret(error.code());
                }
            }
        }
        Ok(left)
    }

    /// Why what was answered could not be given.
    fn regret(&mut self, code: Code) {
        if let Some(decided) = &mut self.decided {
            decided.errors.push(Reason::new(code, About::Whole));
        }
    }

    fn answer(&mut self, consent: Consent) -> Result<Event, Failure> {
        let until = Deadline::new(self.clock, self.expires);
        let (approval, event, errors) = match (self.decide)(&consent, until) {
            Ok(approval) if approval.choices.iter().all(|choice| choice.elements.is_empty()) => {
                (approval, Event::Refused, Vec::new())
            }
            Ok(approval) => (approval.clone(), Event::Approved(approval), Vec::new()),
            // Nobody has answered. What is too late is said to be so once the wallet knows it.
            Err(failure) => {
                let errors = if until.is_over()? { Vec::new() } else { failure.reasons };
                (Approval::default(), Event::GivenUp, errors)
            }
        };
        self.decided = Some(Decided { consent, approval, errors });
        Ok(event)
    }
}

#[cfg(test)]
mod tests;

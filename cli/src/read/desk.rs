use coffret_cbor::Timestamp;
use coffret_crypto::{KeyOutcome, KeyRef};
use coffret_issuer::Identity;
use coffret_reader::{Ask, Effect, Event, Reader, ReaderIdentity, Reading, Start};
use coffret_trust::Trust;
use rand_core::CryptoRng;

use crate::error::{About, Failure};

/// A reader whose key is in memory: what is asked of the key is done at once.
pub(crate) struct Desk<'i> {
    reader: Reader,
    identity: Option<&'i Identity>,
}

impl<'i> Desk<'i> {
    pub(crate) fn new(
        trust: Trust,
        identity: Option<&'i Identity>,
        rng: &mut dyn CryptoRng,
    ) -> Desk<'i> {
        let shown = identity.map(|identity| ReaderIdentity {
            key: KeyRef::random(rng),
            certificate: identity.certificate().clone(),
        });
        Desk { reader: Reader::new(trust, shown), identity }
    }

    /// What is asked cannot be, or not of this wallet.
    pub(crate) fn start(
        &self,
        ask: &Ask,
        how: Start<'_>,
        now: Timestamp,
        rng: &mut dyn CryptoRng,
    ) -> Result<(Reading, Vec<Effect>), Failure> {
        let started = self.reader.start(ask, how, now, rng);
        let (mut reading, effects) =
            started.map_err(|error| Failure::unusable(error, About::Whole))?;
        let effects = self.settled(&mut reading, effects, now)?;
        Ok((reading, effects))
    }

    pub(crate) fn step(
        &self,
        reading: &mut Reading,
        event: Event,
        now: Timestamp,
    ) -> Result<Vec<Effect>, Failure> {
        let effects = self.reader.step(reading, event, now);
        let effects = effects.map_err(|error| Failure::refused(error, About::Whole))?;
        self.settled(reading, effects, now)
    }

    /// The effects that are left once the key has done its part.
    fn settled(
        &self,
        reading: &mut Reading,
        effects: Vec<Effect>,
        now: Timestamp,
    ) -> Result<Vec<Effect>, Failure> {
        let mut left = Vec::new();
        for effect in effects {
            match effect {
                Effect::UseKeys(tasks) => {
                    let key = self.identity.map(Identity::key);
                    let perform = |task| key.map_or(KeyOutcome::Gone, |key| key.perform(task));
                    let outcomes = tasks.iter().map(perform).collect();
                    left.extend(self.step(reading, Event::KeysDone(outcomes), now)?);
                }
                effect => left.push(effect),
            }
        }
        Ok(left)
    }
}

use coffret_cbor::Timestamp;
use coffret_holder::{Consent, Effect as Given, Engage, Event as Turn, Wallet};
use coffret_mdoc::DeviceAuthMethod;
use coffret_proximity::DeviceEngagement;
use coffret_reader::{Effect, Event, Outcome, Start};
use rand_core::CryptoRng;

use super::astray;
use super::cast::Counter;
use super::place::Place;
use crate::clock::Clock;
use crate::error::Failure;
use crate::present::Bearer;

/// One session from engagement to end, both sides in this program. `name` begins the names of the
/// files in which its messages are kept.
pub(super) fn hold(
    counter: &Counter<'_>,
    wallet: &mut Wallet,
    name: &str,
    place: &Place,
    now: Timestamp,
    rng: &mut dyn CryptoRng,
) -> Result<Outcome, Failure> {
    let mut count = 0;
    let mut keep = |side: &str, message: &[u8]| {
        count += 1;
        place.keep(&format!("{name}-{count}-{side}.cbor"), message)
    };
    let mut reader_rng = crate::randomness()?;
    let approve = |consent: &Consent, _| Ok(consent.required());
    let mut bearer = Bearer::new(wallet, DeviceAuthMethod::Mac, approve, Clock::Stopped(now), rng);
    let effects = bearer.engage(Engage::Device)?;
    let engagement = effects.into_iter().find_map(|effect| match effect {
        Given::Show(engagement) => Some(engagement),
        _ => None,
    });
    let engagement = engagement.ok_or_else(astray)?;
    let engagement = DeviceEngagement::from_uri(&engagement).map_err(|_| astray())?;
    let how = Start::Engagement(&engagement);
    let (mut reading, mut asked) = counter.desk.start(&counter.ask, how, now, &mut reader_rng)?;
    loop {
        let (mut answers, mut ended) = (Vec::new(), None);
        for effect in asked {
            match effect {
                Effect::Send(message) => {
                    keep("reader", &message)?;
                    answers.extend(bearer.step(Turn::Received(message))?);
                }
                Effect::Ended(outcome) => ended = Some(outcome),
                _ => {}
            }
        }
        if let Some(outcome) = ended {
            return Ok(outcome);
        }
        asked = Vec::new();
        for effect in answers {
            if let Given::Send(message) = effect {
                keep("wallet", &message)?;
                asked.extend(counter.desk.step(&mut reading, Event::Received(message), now)?);
            }
        }
        if asked.is_empty() {
            return Err(astray());
        }
    }
}

//! How many codes an answer takes over the QR link, by the code that shows it and the code that reads it.

use coffret_proximity::{Answering, Collected, Collector, Invited, Inviting, ReaderCode};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::licence::{Answer, Licence};

/// Answers for a mean.
pub const TRIALS: u32 = 100;

/// The mean of some answers.
pub struct Codes {
    /// The bytes of the answer, encrypted.
    pub fragments: usize,
    /// Codes that were read.
    pub read: f64,
    /// Codes that were shown until then.
    pub shown: f64,
}

/// Shows an answer, of whose codes this share is never read, until it is whole.
pub fn shown(licence: &Licence, answer: &Answer, lost: f64) -> Codes {
    let mut rng = ChaCha20Rng::from_seed([17; 32]);
    let (invited, code) = invited(licence, answer, &mut rng);
    let mut total = Codes { fragments: 0, read: 0.0, shown: 0.0 };
    for _ in 0..TRIALS {
        let answering = Answering::new(&code, licence.now, &mut rng).unwrap();
        let mut frames = answering.answer(&answer.response).unwrap();
        total.fragments = frames.fragments();
        // As a screen does: one round, again and again.
        let round: Vec<String> = frames.round().collect();
        let mut collector = invited.collector();
        for frame in round.iter().cycle() {
            total.shown += 1.0;
            if f64::from(rng.next_u32()) < lost * f64::from(u32::MAX) {
                continue;
            }
            total.read += 1.0;
            if let Collected::Whole(_) = collector.receive(frame).unwrap() {
                break;
            }
        }
    }
    let mean = |sum: f64| sum / f64::from(TRIALS);
    Codes { read: mean(total.read), shown: mean(total.shown), ..total }
}

fn invited(licence: &Licence, answer: &Answer, rng: &mut ChaCha20Rng) -> (Invited, ReaderCode) {
    let inviting = Inviting::new(licence.now, rng).unwrap();
    let (invited, frames) = inviting.invite(answer.request.encoded().as_bytes()).unwrap();
    let mut collector = Collector::of_codes();
    for frame in frames {
        if let Collected::Whole(message) = collector.receive(&frame).unwrap() {
            return (invited, ReaderCode::parse(&message).unwrap());
        }
    }
    unreachable!("frames have no end")
}

use std::path::PathBuf;

use coffret_cbor::Timestamp;
use coffret_holder::{Effect as Given, Engage, Event as Turn};
use coffret_proximity::{Collected, Collector, Frames, ReaderCode};
use coffret_reader::{Effect, Event, Outcome, Reading, Start};
use rand_core::CryptoRng;

use super::astray;
use super::cast::Counter;
use super::place::Place;
use crate::error::Failure;
use crate::link::qr::{self, Side};
use crate::present::{Bearer, Decide};

/// A reader that has shown its code and waits for an answer.
pub(super) struct Invitation<'c> {
    counter: &'c Counter<'c>,
    reading: Reading,
    /// Pictures of its code.
    pub(super) drawn: usize,
}

/// What became of the wallet's pictures.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) drawn: usize,
    pub(super) lost: usize,
}

/// One picture of so many is lost, wherever it is.
const LOST: usize = 3;
/// Halves of the message that are drawn: an animation goes on, but so long something else is wrong.
const ROUNDS: usize = 32;

/// The reader's code, drawn.
pub(super) fn invite<'c>(
    counter: &'c Counter<'_>,
    place: &Place,
    now: Timestamp,
    rng: &mut dyn CryptoRng,
) -> Result<Invitation<'c>, Failure> {
    let (reading, effects) = counter.desk.start(&counter.ask, Start::Code, now, rng)?;
    let code = effects.into_iter().find_map(|effect| match effect {
        Effect::Show(code) => Some(code),
        _ => None,
    });
    let mut code = code.ok_or_else(astray)?;
    let drawn = qr::show(&place.pictures(), Side::Reader, &mut code)?.len();
    Ok(Invitation { counter, reading, drawn })
}

/// The code is read from its pictures, the person approves, and there is an answer to show.
pub(super) fn accept(
    bearer: &mut Bearer<'_, impl Decide>,
    place: &Place,
) -> Result<Frames, Failure> {
    let mut collector = Collector::of_codes();
    let pictures = qr::pictures(&place.pictures(), Side::Reader).map_err(|_| astray())?;
    let code = pictures.iter().flat_map(|picture| qr::read(picture)).find_map(|frame| {
        match collector.receive(&frame) {
            Ok(Collected::Whole(code)) => Some(code),
            _ => None,
        }
    });
    let code = code.ok_or_else(astray)?;
    place.keep("age-reader-code.cbor", &code)?;
    let code = ReaderCode::parse(&code).map_err(|_| astray())?;
    let effects = bearer.engage(Engage::Reader(&code))?;
    let answer = effects.into_iter().find_map(|effect| match effect {
        Given::Animate(answer) => Some(answer),
        _ => None,
    });
    bearer.step(Turn::Closed)?;
    answer.ok_or_else(astray)
}

/// The answer is drawn, round after round, and the reader reads what is left of it, the last first,
/// until it has enough.
pub(super) fn scan(
    invitation: &mut Invitation<'_>,
    mut answer: Frames,
    place: &Place,
    now: Timestamp,
) -> Result<(Seen, Outcome), Failure> {
    let mut seen = Seen::default();
    let round = answer.fragments().div_ceil(2);
    for _ in 0..ROUNDS {
        let mut pictures: Vec<PathBuf> = Vec::new();
        for frame in answer.by_ref().take(round) {
            seen.drawn += 1;
            let path = qr::draw(&place.pictures(), Side::Wallet, seen.drawn, &frame)?;
            if seen.drawn.is_multiple_of(LOST) {
                seen.lost += 1;
            } else {
                pictures.push(path);
            }
        }
        for frame in pictures.iter().rev().flat_map(|picture| qr::read(picture)) {
            let desk = &invitation.counter.desk;
            for effect in desk.step(&mut invitation.reading, Event::Frame(frame), now)? {
                if let Effect::Ended(outcome) = effect {
                    return Ok((seen, outcome));
                }
            }
        }
    }
    Err(astray())
}

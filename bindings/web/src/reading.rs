use std::rc::Rc;

use coffret_cbor::Timestamp;
use coffret_crypto::{KeyOutcome, KeyTask};
use coffret_reader::{self as reader, Ask, Event, Start};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::shown::Outcome;
use crate::words::{millis, timestamp};
use crate::{Effects, given, randomness, thrown};

/// One reading, from the request to the outcome: each call is an event, and gives what is to be done. To give
/// it up is to free it.
#[wasm_bindgen]
pub struct Reading {
    reader: Rc<reader::Reader>,
    machine: reader::Reading,
    /// What is to be done first.
    first: Vec<reader::Effect>,
}

/// What is to be done.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
enum Effect {
    /// Sign each with the reader's key.
    Sign { messages: Vec<serde_bytes::ByteBuf> },
    /// Show the reader's code: one frame, or several in turn.
    Show { frames: Vec<String> },
    /// Say how much of the holder's code has been read.
    Progress { have: usize, of: usize },
    /// Come back then.
    WakeAt { time: f64 },
    /// It is over.
    Ended { outcome: Box<Outcome> },
}

impl Reading {
    pub(crate) fn start(
        reader: &Rc<reader::Reader>,
        ask: &Ask,
        now: Timestamp,
    ) -> Result<Reading, JsValue> {
        let started = reader.start(ask, Start::Code, now, &mut randomness());
        let (machine, first) = started.map_err(thrown)?;
        Ok(Reading { reader: Rc::clone(reader), machine, first })
    }

    fn step(&mut self, event: Event, now: f64) -> Result<Effects, JsValue> {
        let now = timestamp(now).map_err(thrown)?;
        let effects = self.reader.step(&mut self.machine, event, now).map_err(thrown)?;
        written(effects)
    }
}

#[wasm_bindgen]
impl Reading {
    /// What is to be done first; nothing when asked again.
    ///
    /// # Errors
    /// None.
    pub fn begin(&mut self) -> Result<Effects, JsValue> {
        written(std::mem::take(&mut self.first))
    }

    /// The reader's key has signed, in the order of the messages: r ‖ s, or the 64 bytes of Ed25519.
    ///
    /// # Errors
    /// A signature is not of the certificate's key, or none is awaited. The reading is as it was.
    pub fn signed(
        &mut self,
        signatures: Vec<js_sys::Uint8Array>,
        now: f64,
    ) -> Result<Effects, JsValue> {
        let signatures = signatures.iter().map(|signature| signature.to_vec().into());
        self.step(Event::KeysDone(signatures.map(KeyOutcome::Signature).collect()), now)
    }

    /// The text of a QR code that the camera saw. What is another's, or no good, leads to no effect; what is
    /// the holder's always to one.
    ///
    /// # Errors
    /// No code is shown yet.
    pub fn frame(&mut self, text: String, now: f64) -> Result<Effects, JsValue> {
        self.step(Event::Frame(text), now)
    }

    /// Time has passed.
    ///
    /// # Errors
    /// The time is none.
    pub fn tick(&mut self, now: f64) -> Result<Effects, JsValue> {
        self.step(Event::Tick, now)
    }
}

fn written(effects: Vec<reader::Effect>) -> Result<Effects, JsValue> {
    given(&effects.into_iter().filter_map(effect).collect::<Vec<_>>())
}

/// Over pictures nothing is sent.
fn effect(effect: reader::Effect) -> Option<Effect> {
    Some(match effect {
        reader::Effect::UseKeys(tasks) => {
            let messages = tasks.into_iter().filter_map(|task| match task {
                KeyTask::Sign { message, .. } => Some(serde_bytes::ByteBuf::from(message)),
                KeyTask::Create { .. } | KeyTask::Agree { .. } | KeyTask::Delete { .. } => None,
            });
            Effect::Sign { messages: messages.collect() }
        }
        reader::Effect::Send(_) => return None,
        reader::Effect::Show(mut frames) => Effect::Show { frames: frames.round().collect() },
        reader::Effect::Progress { have, of } => Effect::Progress { have, of },
        reader::Effect::WakeAt(time) => Effect::WakeAt { time: millis(time) },
        reader::Effect::Ended(outcome) => Effect::Ended { outcome: Box::new(outcome.into()) },
    })
}

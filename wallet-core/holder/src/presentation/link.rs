use coffret_cbor::Timestamp;
use coffret_mdoc::{DeviceResponse, SessionTranscript};
use coffret_proximity::{Answering, Session, Status};

use super::{Effect, Outcome};
use crate::Error;

/// What joins holder and reader once they have met.
#[derive(Debug)]
pub(super) enum Link {
    /// A session, by messages both ways (ISO 18013-5 §9.1.1).
    Session(Box<Session>),
    /// The reader's code, answered once, until then (QR link).
    Code(Option<Box<Answering>>, Timestamp),
}

impl Link {
    /// What documents are bound to; nothing once a reader's code is answered.
    pub(super) fn transcript(&self) -> Option<&SessionTranscript> {
        match self {
            Link::Session(session) => Some(session.transcript()),
            Link::Code(answering, _) => answering.as_deref().map(Answering::transcript),
        }
    }

    /// Until when it can be answered.
    pub(super) fn expires(&self) -> Option<Timestamp> {
        match self {
            Link::Session(_) => None,
            Link::Code(_, until) => Some(*until),
        }
    }

    pub(super) fn is_over(&self, now: Timestamp) -> bool {
        self.expires().is_some_and(|expires| now >= expires)
    }

    /// The encrypted response, to leave once it is recorded. An error has used the link up.
    pub(super) fn answer(&mut self, response: &[u8]) -> Result<Effect, Error> {
        Ok(match self {
            Link::Session(session) => Effect::Send(session.seal(response)?),
            Link::Code(answering, _) => {
                Effect::Animate(answering.take().ok_or(Error::NotNow)?.answer(response)?)
            }
        })
    }

    /// A message of the reader where none is expected but the end: what to send back, and how it
    /// went.
    ///
    /// # Errors
    /// [`Error::NotNow`] where readers send no messages; the link is as it was.
    pub(super) fn receive(&mut self, message: &[u8]) -> Result<(Option<Effect>, Outcome), Error> {
        let Link::Session(session) = self else { return Err(Error::NotNow) };
        Ok(match session.open(message) {
            Ok(message) if message.status.is_some() => (None, Outcome::Unanswered),
            Ok(_) => (Some(Effect::Send(session.end(Status::Termination))), Outcome::Unanswered),
            Err(error) => {
                let status = error.status().map(|status| Effect::Send(session.end(status)));
                (status, Outcome::Failed(error.into()))
            }
        })
    }

    /// Answers a request that is not taken, where the reader can be told: over the QR link nothing
    /// is answered before the person acts.
    pub(super) fn refuse(&mut self, response: &DeviceResponse) -> Option<Effect> {
        match self {
            Link::Session(session) => {
                let sealed = session.seal_last(response.encoded().as_bytes());
                Some(Effect::Send(sealed.unwrap_or_else(|_| session.end(Status::Termination))))
            }
            Link::Code(..) => self.end(Status::Termination),
        }
    }

    /// Tells the reader that it is over, where it can be told.
    pub(super) fn end(&mut self, status: Status) -> Option<Effect> {
        match self {
            Link::Session(session) => Some(Effect::Send(session.end(status))),
            Link::Code(answering, _) => {
                *answering = None;
                None
            }
        }
    }
}

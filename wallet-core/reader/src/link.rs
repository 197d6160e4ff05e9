use coffret_cbor::Timestamp;
use coffret_crypto::{PrivateKey, Wiped};
use coffret_mdoc::{DeviceRequest, SessionTranscript};
use coffret_proximity::{
    Collected, Collector, Establishing, Invited, Inviting, Message, Session, Status,
};
use rand_core::CryptoRng;

use crate::{Effect, Error, Event, Start};

/// How the two sides meet, before the request is known.
pub(crate) enum Meeting {
    Engagement(Box<Establishing>),
    Code(Box<Inviting>),
}

impl Meeting {
    pub(crate) fn new(
        how: Start<'_>,
        now: Timestamp,
        rng: &mut dyn CryptoRng,
    ) -> Result<Meeting, Error> {
        Ok(match how {
            Start::Engagement(engagement) => {
                Meeting::Engagement(Box::new(Establishing::new(engagement, rng)?))
            }
            Start::Code => Meeting::Code(Box::new(Inviting::new(now, rng)?)),
        })
    }

    /// What the reader signs its request for.
    pub(crate) fn transcript(&self) -> &SessionTranscript {
        match self {
            Meeting::Engagement(establishing) => establishing.transcript(),
            Meeting::Code(inviting) => inviting.transcript(),
        }
    }

    pub(crate) fn expires(&self) -> Option<Timestamp> {
        match self {
            Meeting::Engagement(_) => None,
            Meeting::Code(inviting) => Some(inviting.expires()),
        }
    }

    /// What the answer comes by, and what carries the request.
    pub(crate) fn ask(self, request: &DeviceRequest) -> Result<(Link, Effect), Error> {
        let encoded = request.encoded();
        Ok(match self {
            Meeting::Engagement(establishing) => {
                let (session, message) = establishing.establish(encoded.as_bytes())?;
                (Link::Session(Box::new(session)), Effect::Send(message))
            }
            Meeting::Code(inviting) => {
                let (invited, frames) = inviting.invite(encoded.as_bytes())?;
                let collector = invited.collector();
                (Link::Code { invited: Box::new(invited), collector }, Effect::Show(frames))
            }
        })
    }
}

/// What an answer comes by.
pub(crate) enum Link {
    Session(Box<Session>),
    Code { invited: Box<Invited>, collector: Collector },
}

/// What an event brought.
pub(crate) enum Heard {
    /// Nothing that matters.
    Nothing,
    /// A part of an answer.
    Part { have: usize, of: usize },
    /// A `DeviceResponse`, and what to tell the other side now.
    Answer { response: Wiped, transcript: Box<SessionTranscript>, end: Option<Vec<u8>> },
    /// No answer, nor will there be one.
    End { rule: Error, end: Option<Vec<u8>> },
}

impl Link {
    pub(crate) fn expires(&self) -> Option<Timestamp> {
        match self {
            Link::Session(_) => None,
            Link::Code { invited, .. } => Some(invited.expires()),
        }
    }

    /// What a device's MAC is checked with.
    pub(crate) fn e_reader_key(&self) -> Option<&PrivateKey> {
        match self {
            Link::Session(session) => session.e_reader_key(),
            Link::Code { invited, .. } => Some(invited.e_reader_key()),
        }
    }

    /// What tells the holder that it is over, where it can be told.
    pub(crate) fn end(&mut self) -> Option<Vec<u8>> {
        match self {
            Link::Session(session) => Some(session.end(Status::Termination)),
            Link::Code { .. } => None,
        }
    }

    /// # Errors
    /// [`Error::OutOfTurn`] for what does not come by this link.
    pub(crate) fn hear(&mut self, event: Event, now: Timestamp) -> Result<Heard, Error> {
        match (self, event) {
            (Link::Session(session), Event::Received(message)) => Ok(receive(session, &message)),
            (Link::Code { invited, collector }, Event::Frame(frame)) => {
                Ok(match collector.receive(&frame) {
                    Ok(Collected::Whole(answer)) => match invited.open(&answer, now) {
                        Ok((transcript, response)) => {
                            Heard::Answer { response, transcript: Box::new(transcript), end: None }
                        }
                        Err(_) => Heard::Nothing,
                    },
                    Ok(Collected::Part { have, of }) => Heard::Part { have, of },
                    Ok(Collected::Foreign) | Err(_) => Heard::Nothing,
                })
            }
            _ => Err(Error::OutOfTurn),
        }
    }
}

fn receive(session: &mut Session, message: &[u8]) -> Heard {
    match session.open(message) {
        Ok(Message { data: Some(response), status }) => Heard::Answer {
            response,
            transcript: Box::new(session.transcript().clone()),
            end: status.is_none().then(|| session.end(Status::Termination)),
        },
        Ok(Message { data: None, .. }) => Heard::End { rule: Error::Closed, end: None },
        Err(rule) => {
            Heard::End { rule: rule.into(), end: rule.status().map(|why| session.end(why)) }
        }
    }
}

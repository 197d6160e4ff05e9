use std::fmt;
use std::mem;

use coffret_cbor::Timestamp;
use coffret_crypto::{KeyOutcome, KeyRef, KeyTask};
use coffret_mdoc::{Binding, Check, DeviceRequest, DocRequest, UnsignedRequest};
use coffret_proximity::{DeviceEngagement, Frames};
use coffret_trust::{Certificate, Trust};
use rand_core::CryptoRng;

use crate::ask::{Judged, Question, readable};
use crate::link::{Heard, Link, Meeting};
use crate::verdict::answered;
use crate::{Answer, Ask, Error, Verdict};

/// Who reads: whom it trusts, and who it says it is.
pub struct Reader {
    trust: Trust,
    identity: Option<ReaderIdentity>,
}

/// What a reader shows of itself: requests are signed under it.
#[derive(Debug, Clone)]
pub struct ReaderIdentity {
    /// The key, in the keystore that does its [`KeyTask`]s.
    pub key: KeyRef,
    /// Its certificate.
    pub certificate: Certificate,
}

/// Who begins.
#[derive(Debug, Clone, Copy)]
pub enum Start<'a> {
    /// The holder has shown its engagement (ISO 18013-5's order).
    Engagement(&'a DeviceEngagement),
    /// The reader shows its code (the QR link).
    Code,
}

/// What happens to a reading.
pub enum Event {
    /// The keystore has done the tasks of [`Effect::UseKeys`], in their order.
    KeysDone(Vec<KeyOutcome>),
    /// A message of the link.
    Received(Vec<u8>),
    /// The text of a QR code.
    Frame(String),
    /// The link is closed: nothing more is heard of the holder, nor heard by it.
    Closed,
    /// The person at the reader gives up. The holder is told, where there is a session.
    GivenUp,
    /// Time has passed.
    Tick,
}

/// What a reading asks of the world.
#[derive(Debug)]
pub enum Effect {
    /// Have these done.
    UseKeys(Vec<KeyTask>),
    /// Send this message over the link.
    Send(Vec<u8>),
    /// Show the reader's code.
    Show(Frames),
    /// Say how much of the holder's code has been read.
    Progress {
        /// Fragments read.
        have: usize,
        /// Fragments in all.
        of: usize,
    },
    /// Come back with an [`Event::Tick`] then.
    WakeAt(Timestamp),
    /// It is over: its keys are wiped.
    Ended(Outcome),
}

/// How a reading ends.
#[derive(Debug)]
pub enum Outcome {
    /// With an answer.
    Read {
        /// What is to be thought of it.
        verdict: Verdict,
        /// What it answers of what was asked, in the order asked.
        answers: Vec<Answer>,
    },
    /// With an answer that shows nothing: the holder will not, or has nothing to show.
    Refused,
    /// Without an answer, and why.
    Unanswered(Error),
}

/// One reading, from the request to the verdict.
pub struct Reading {
    judged: Judged,
    questions: Vec<Question>,
    stage: Stage,
}

enum Stage {
    /// The reader's key is to sign what it asks.
    Signing { meeting: Meeting, requests: Vec<UnsignedRequest> },
    /// The holder is to answer.
    Waiting { link: Link, request: DeviceRequest },
    /// Nothing more is to come.
    Over,
}

impl Reader {
    /// A reader that trusts these issuers and is `identity`, or does not say who it is.
    pub fn new(trust: Trust, identity: Option<ReaderIdentity>) -> Reader {
        Reader { trust, identity }
    }

    /// Begins to ask.
    ///
    /// # Errors
    /// [`Error::TooManyAges`]; [`Error::Mdoc`] for a request that no wallet would read, or a
    /// certificate whose key does not sign; [`Error::Proximity`] for an engagement whose key is of
    /// no use. With its signatures a request may be too large yet: the reading then ends.
    pub fn start(
        &self,
        ask: &Ask,
        how: Start<'_>,
        now: Timestamp,
        rng: &mut dyn CryptoRng,
    ) -> Result<(Reading, Vec<Effect>), Error> {
        let request = ask.request()?;
        let meeting = Meeting::new(how, now, rng)?;
        let mut effects: Vec<_> = meeting.expires().map(Effect::WakeAt).into_iter().collect();
        let stage = match &self.identity {
            None => {
                let (link, effect) = meeting.ask(&request)?;
                effects.push(effect);
                Stage::Waiting { link, request }
            }
            Some(ReaderIdentity { key, certificate }) => {
                let transcript = meeting.transcript();
                let asked = request.doc_requests().iter().map(DocRequest::items);
                let unsigned =
                    asked.map(|items| UnsignedRequest::new(items, transcript, certificate));
                let requests: Vec<_> = unsigned.collect::<Result<_, _>>()?;
                let tasks = requests.iter().map(|request| request.task(*key));
                effects.push(Effect::UseKeys(tasks.collect()));
                Stage::Signing { meeting, requests }
            }
        };
        Ok((Reading { judged: ask.judged(), questions: ask.questions(), stage }, effects))
    }

    /// Takes one event. What comes after the end is passed over.
    ///
    /// A holder's code that does not decrypt, or is of another session, is as if it had not been
    /// seen; the first that decrypts is the answer, good or not. Over any other link, the first
    /// message that is not as it should be is the end.
    ///
    /// # Errors
    /// [`Error::OutOfTurn`]; [`Error::Mdoc`] when the key has not signed, which may be tried again.
    /// The reading is as it was.
    pub fn step(
        &self,
        reading: &mut Reading,
        event: Event,
        now: Timestamp,
    ) -> Result<Vec<Effect>, Error> {
        let stage = mem::replace(&mut reading.stage, Stage::Over);
        let (next, effects) = self.advance(stage, reading, event, now);
        reading.stage = next;
        effects
    }

    fn advance(
        &self,
        stage: Stage,
        Reading { judged, questions, .. }: &Reading,
        event: Event,
        now: Timestamp,
    ) -> (Stage, Result<Vec<Effect>, Error>) {
        match (stage, event) {
            (Stage::Over, _) => (Stage::Over, Ok(Vec::new())),
            (stage, _) if stage.expires().is_some_and(|expires| expires <= now) => {
                over(None, Outcome::Unanswered(coffret_proximity::Error::CodeExpired.into()))
            }
            (stage, Event::Tick) => (stage, Ok(Vec::new())),
            (_, Event::Closed) => over(None, Outcome::Unanswered(Error::Closed)),
            (stage, Event::GivenUp) => over(stage.end(), Outcome::Unanswered(Error::GivenUp)),
            (Stage::Signing { meeting, requests }, Event::KeysDone(outcomes)) => {
                match signed(&requests, outcomes) {
                    Ok(requests) => {
                        let asked = readable(requests)
                            .and_then(|request| Ok((meeting.ask(&request)?, request)));
                        match asked {
                            Ok(((link, effect), request)) => {
                                (Stage::Waiting { link, request }, Ok(vec![effect]))
                            }
                            Err(rule) => over(None, Outcome::Unanswered(rule)),
                        }
                    }
                    Err(rule) => (Stage::Signing { meeting, requests }, Err(rule)),
                }
            }
            (Stage::Waiting { mut link, request }, event) => match link.hear(event, now) {
                Ok(Heard::Nothing) => (Stage::Waiting { link, request }, Ok(Vec::new())),
                Ok(Heard::Part { have, of }) => {
                    (Stage::Waiting { link, request }, Ok(vec![Effect::Progress { have, of }]))
                }
                Ok(Heard::Answer { response, transcript, end }) => {
                    let e_reader_key = link.e_reader_key();
                    let binding = Binding::Session { transcript: Some(&transcript), e_reader_key };
                    let request = Some(&request);
                    let check = Check { trust: &self.trust, now, binding, request };
                    over(end, answered(&response, *judged, questions, &check))
                }
                Ok(Heard::End { rule, end }) => over(end, Outcome::Unanswered(rule)),
                Err(rule) => (Stage::Waiting { link, request }, Err(rule)),
            },
            (stage, _) => (stage, Err(Error::OutOfTurn)),
        }
    }
}

/// The end, which the other side is told of where it can be.
fn over(end: Option<Vec<u8>>, outcome: Outcome) -> (Stage, Result<Vec<Effect>, Error>) {
    let end = end.map(Effect::Send).into_iter();
    (Stage::Over, Ok(end.chain([Effect::Ended(outcome)]).collect()))
}

/// What the reader's key has signed.
fn signed(
    requests: &[UnsignedRequest],
    outcomes: Vec<KeyOutcome>,
) -> Result<Vec<DocRequest>, Error> {
    if requests.len() != outcomes.len() {
        return Err(coffret_mdoc::Error::KeyOutcome.into());
    }
    let signed = requests.iter().zip(outcomes).map(|(request, outcome)| request.sign(outcome));
    Ok(signed.collect::<Result<_, _>>()?)
}

impl Stage {
    fn expires(&self) -> Option<Timestamp> {
        match self {
            Stage::Signing { meeting, .. } => meeting.expires(),
            Stage::Waiting { link, .. } => link.expires(),
            Stage::Over => None,
        }
    }

    /// What tells the holder that it is over, where it can be told.
    fn end(self) -> Option<Vec<u8>> {
        match self {
            Stage::Waiting { mut link, .. } => link.end(),
            Stage::Signing { .. } | Stage::Over => None,
        }
    }
}

impl fmt::Debug for Reading {
    /// How far it has come.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.stage {
            Stage::Signing { .. } => "Reading(signing)",
            Stage::Waiting { .. } => "Reading(waiting)",
            Stage::Over => "Reading(over)",
        })
    }
}

impl fmt::Debug for Reader {
    /// Whether it says who it is.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.identity.is_some() {
            "Reader(identified)"
        } else {
            "Reader(anonymous)"
        })
    }
}

impl fmt::Debug for Event {
    /// What kind it is.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Event::KeysDone(_) => "KeysDone([…])",
            Event::Received(_) => "Received([…])",
            Event::Frame(_) => "Frame([…])",
            Event::Closed => "Closed",
            Event::GivenUp => "GivenUp",
            Event::Tick => "Tick",
        })
    }
}

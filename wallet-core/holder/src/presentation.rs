mod asking;
mod link;
mod record;

use coffret_catalogue::Caution;
use coffret_cbor::Timestamp;
use coffret_crypto::{KeyOutcome, KeyTask};
use coffret_mdoc::DeviceAuthMethod;
use coffret_proximity::{Answering, Engaged, Frames, ReaderCode, Status};
use rand_core::CryptoRng;

use self::asking::Asking;
use self::link::Link;
use crate::{Approval, Consent, Error, Wallet};

/// How holder and reader meet.
#[derive(Debug, Clone, Copy)]
pub enum Engage<'a> {
    /// The holder shows its engagement (ISO 18013-5's order).
    Device,
    /// The holder has read the reader's code (QR link).
    Reader(&'a ReaderCode),
}

/// What has happened outside.
#[derive(Debug)]
pub enum Event {
    /// A message of the reader.
    Received(Vec<u8>),
    /// The person lets this go.
    Approved(Approval),
    /// The person lets nothing go.
    Refused,
    /// What became of [`Effect::UseKeys`], in order.
    KeysDone(Vec<KeyOutcome>),
    /// The link is closed: nothing more is heard of the reader, nor heard by it.
    Closed,
    /// The person leaves. The reader is told, where there is a session.
    GivenUp,
    /// Time has passed.
    Tick,
}

/// What is to be done outside.
#[derive(Debug)]
pub enum Effect {
    /// Show this engagement: `mdoc:` and base64url.
    Show(String),
    /// Show these frames, in turn, until the end.
    Animate(Frames),
    /// Send this message. To send it again, send the same bytes.
    Send(Vec<u8>),
    /// Ask the person.
    Ask(Box<Consent>),
    /// Have the keystore do this.
    UseKeys(Vec<KeyTask>),
    /// Give [`Event::Tick`] at this time.
    WakeAt(Timestamp),
    /// It is over.
    Ended(Outcome),
}

/// How a presentation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// At least one element was shown.
    Shared,
    /// An answer without a document was given.
    Refused,
    /// It ended before an answer.
    Unanswered,
    /// Something failed before an answer.
    Failed(Error),
}

/// One presentation, from meeting a reader to the end of the session: events in, effects out.
///
/// §1. *Meeting.* By the holder's engagement (ISO 18013-5, §8.2) or by the reader's code (QR link).
/// The request is read, its reader judged, and the person asked.
///
/// §2. *Answering.* What was approved is sent, and nothing else. A refusal, nothing approved and
/// nothing held give the same plaintext, and only after the person acts. A reader whose proof is
/// not good can only be refused. There is one response.
///
/// §3. *Once.* A copy is chosen in memory, its key used, the response sealed in memory; then one
/// commit says that the copy is used and what the log says of it; only then do bytes leave. What
/// fails before that uses nothing up. What fails there ends the presentation; it may leave a copy
/// used and an entry for an answer that did not leave ([`Error::NotSent`]), never an answer without
/// them.
#[derive(Debug)]
pub struct Presentation {
    state: State,
    method: DeviceAuthMethod,
}

impl Presentation {
    /// What is to be said before `approval` is given, while the person is asked: see
    /// [`Consent::cautions`].
    ///
    /// # Errors
    /// [`Error::NotNow`] where nobody is asked yet, or any more. An empty list would say that there is
    /// nothing to warn of.
    pub fn cautions(&self, approval: &Approval) -> Result<Vec<Caution>, Error> {
        match &self.state {
            State::Asking(asking) => Ok(asking.consent.cautions(approval)),
            State::Waiting(_) | State::Answered(..) | State::Over => Err(Error::NotNow),
        }
    }
}

/// What it waits for.
#[derive(Debug, Default)]
enum State {
    /// A reader.
    Waiting(Box<Engaged>),
    /// The person, then the keystore.
    Asking(Box<Asking>),
    /// The end of the session, after the answer.
    Answered(Link, Outcome),
    #[default]
    Over,
}

/// The state after an event, and the effects, or why there are none.
type Stepped = (State, Result<Vec<Effect>, Error>);

impl Wallet {
    /// Begins a presentation.
    ///
    /// # Errors
    /// [`Error::Proximity`] for a reader's code that cannot be answered, or no longer.
    pub fn present(
        &mut self,
        how: Engage<'_>,
        method: DeviceAuthMethod,
        now: Timestamp,
        rng: &mut dyn CryptoRng,
    ) -> Result<(Presentation, Vec<Effect>), Error> {
        let (state, effects) = match how {
            Engage::Device => {
                let engaged = Engaged::new(rng)?;
                let uri = engaged.engagement().to_uri();
                (State::Waiting(Box::new(engaged)), vec![Effect::Show(uri)])
            }
            Engage::Reader(code) => {
                let answering = Answering::new(code, now, rng)?;
                let until = answering.until();
                let link = Link::Code(Some(Box::new(answering)), until);
                self.met(link, code.transcript(), code.request(), now, rng)
            }
        };
        Ok((Presentation { state, method }, effects))
    }

    /// Takes an event. What comes after the end is passed over.
    ///
    /// # Errors
    /// The presentation is then as it was: [`Error::NotNow`] for an event that it does not wait
    /// for; [`Error::NotOffered`], [`Error::InvalidReader`] or [`Error::NoCopyLeft`] for an
    /// approval; [`Error::Mdoc`] for a proof that cannot be made, [`MacNotPossible`] among them;
    /// [`Error::PresentationKeys`] for outcomes of other tasks; [`Error::Store`].
    ///
    /// [`MacNotPossible`]: coffret_mdoc::Error::MacNotPossible
    pub fn step(
        &mut self,
        presentation: &mut Presentation,
        event: Event,
        now: Timestamp,
        rng: &mut dyn CryptoRng,
    ) -> Result<Vec<Effect>, Error> {
        let (state, result) = match std::mem::take(&mut presentation.state) {
            State::Waiting(engaged) => self.waiting(engaged, event, now, rng),
            State::Asking(asking) => self.asking(asking, event, presentation.method, now, rng),
            State::Answered(link, outcome) => answered(link, outcome, event, now),
            State::Over => (State::Over, Ok(Vec::new())),
        };
        presentation.state = state;
        result
    }

    fn waiting(
        &mut self,
        engaged: Box<Engaged>,
        event: Event,
        now: Timestamp,
        rng: &mut dyn CryptoRng,
    ) -> Stepped {
        let (state, effects) = match event {
            Event::Received(bytes) => match engaged.establish(&bytes) {
                Ok((session, request)) => {
                    let transcript = session.transcript().clone();
                    self.met(Link::Session(Box::new(session)), &transcript, &request, now, rng)
                }
                Err(error) => {
                    let send = error.status().map(|status| Effect::Send(status.message()));
                    let outcome = self.record_failure(error.into(), now, rng);
                    over(send, outcome)
                }
            },
            Event::Closed | Event::GivenUp | Event::Refused => over(None, Outcome::Unanswered),
            Event::Tick => (State::Waiting(engaged), Vec::new()),
            Event::Approved(_) | Event::KeysDone(_) => {
                return (State::Waiting(engaged), Err(Error::NotNow));
            }
        };
        (state, Ok(effects))
    }
}

/// The answer is given: what follows cannot change the outcome.
fn answered(mut link: Link, outcome: Outcome, event: Event, now: Timestamp) -> Stepped {
    let (state, effects) = match event {
        Event::Received(bytes) => match link.receive(&bytes) {
            Ok((send, _)) => over(send, outcome),
            Err(error) => return (State::Answered(link, outcome), Err(error)),
        },
        Event::Closed => over(None, outcome),
        Event::GivenUp => over(link.end(Status::Termination), outcome),
        Event::Tick if link.is_over(now) => over(None, outcome),
        Event::Tick => (State::Answered(link, outcome), Vec::new()),
        Event::Approved(_) | Event::Refused | Event::KeysDone(_) => {
            return (State::Answered(link, outcome), Err(Error::NotNow));
        }
    };
    (state, Ok(effects))
}

fn over(send: Option<Effect>, outcome: Outcome) -> (State, Vec<Effect>) {
    (State::Over, send.into_iter().chain([Effect::Ended(outcome)]).collect())
}

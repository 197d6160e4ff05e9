//! A purpose becomes a request, a response becomes a verdict.
//!
//! A [`Reader`] starts a [`Reading`] with what it [asks](Ask) and takes one [`Event`] after another,
//! each of which causes [`Effect`]s, until one says how it [ended](Outcome). Values and portraits are
//! in the accepted arms of its [`Verdict`] alone. There is no I/O and no store here, and the reader's
//! key is used elsewhere, by [`Effect::UseKeys`]: the same code serves the command line, the apps and
//! the browser.
//!
//! # The rules of a reading
//! What it asks of a response beyond that every document is good; the errors cite these sections.
//!
//! 1. *Ages.* To a purpose's need that is a yes or no, the answer is yes. An age may answer for
//!    another that is not shown: for 18, 21 and yes is yes, 16 and no is no.
//! 2. *Needs.* A need of which one alternative is a mandatory element of the document's type must be
//!    met, by any of its alternatives. Only the issuer meets it, with a value of the element's type: a
//!    picture that draws, a text that is not blank, a date that can be read. Of what a document permits,
//!    such as categories of vehicles, something is in force. What else is not shown is reported, and
//!    does no harm.
//!    A free request has no needs: its documents are judged and what they say is not, so that it is
//!    [unjudged](Verdict::Unjudged) and never accepted.
//! 3. *Turns.* An event that is not awaited changes nothing.
//!
//! ```
//! use coffret_cbor::Timestamp;
//! use coffret_reader::{Ask, Effect, Event, Outcome, Reader, Start};
//! use coffret_trust::Trust;
//! # use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
//! # let mut rng = ChaCha20Rng::from_seed([0; 32]);
//! # let now = Timestamp::parse("2026-11-22T12:00:00Z")?;
//!
//! let reader = Reader::new(Trust::new(), None);
//! let ask = Ask::purpose("age-18")?;
//! let (mut reading, effects) = reader.start(&ask, Start::Code, now, &mut rng)?;
//! assert!(matches!(effects.as_slice(), [Effect::WakeAt(_), Effect::Show(_)]));
//!
//! let effects = reader.step(&mut reading, Event::GivenUp, now)?;
//! assert!(matches!(effects.as_slice(), [Effect::Ended(Outcome::Unanswered(_))]));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod ask;
mod error;
mod link;
mod reading;
mod verdict;

pub use ask::Ask;
pub use error::Error;
pub use reading::{Effect, Event, Outcome, Reader, ReaderIdentity, Reading, Start};
pub use verdict::{Answer, Finding, Given, Rejection, Source, Verdict, judge};

//! How a holder and a reader meet and talk: engagement, session, and the QR link.
//!
//! - ISO 18013-5's order, over any link: the holder is [`Engaged`], the reader reads its
//!   [`DeviceEngagement`] and is [`Establishing`]; both then have a [`Session`].
//! - The reader first, over two QR codes: the reader is [`Inviting`] and, once its request is signed,
//!   [`Invited`]; the holder reads its [`ReaderCode`] and is [`Answering`], once. [`Frames`] are what
//!   is shown, a [`Collector`] puts together what is seen.
//!
//! Both yield the `SessionTranscript` that requests and documents are bound to. It draws, scans and
//! sends nothing itself, and neither asks nor answers: requests and responses are bytes here.
//!
//! ```
//! use coffret_proximity::{DeviceEngagement, Engaged, Establishing, Status};
//! # use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
//! # let mut rng = ChaCha20Rng::from_seed([0; 32]);
//!
//! let holder = Engaged::new(&mut rng)?;
//! let shown = holder.engagement().to_uri();
//!
//! let scanned = DeviceEngagement::from_uri(&shown)?;
//! let (mut reader, sent) = Establishing::new(&scanned, &mut rng)?.establish(b"the request")?;
//!
//! let (mut holder, request) = holder.establish(&sent)?;
//! assert_eq!(*request, b"the request");
//! assert_eq!(holder.transcript(), reader.transcript());
//!
//! let answer = reader.open(&holder.seal(b"the response")?)?;
//! assert_eq!(answer.data.unwrap().as_slice(), b"the response");
//!
//! let ended = holder.open(&reader.end(Status::Termination))?;
//! assert_eq!(ended.status, Some(Status::Termination));
//! # Ok::<(), coffret_proximity::Error>(())
//! ```

mod channel;
mod engagement;
mod error;
mod establish;
mod frames;
mod hello;
mod reader_first;
mod session;

pub use engagement::DeviceEngagement;
pub use error::Error;
pub use establish::{Engaged, Establishing};
pub use frames::{Collected, Collector, Frames};
pub use hello::ReaderCode;
pub use reader_first::{Answering, Invited, Inviting};
pub use session::{Message, Session, SessionData, Status};

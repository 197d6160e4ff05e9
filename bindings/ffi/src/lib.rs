//! The wallet and the reader for Kotlin and Swift: `coffret-holder` and `coffret-reader` as they are,
//! through UniFFI.
//!
//! Objects are synchronous, a presentation and a reading take events and give effects, what private
//! keys are to do leaves as data, and time is an argument. The one thing that is called back is
//! [`PlatformSecrets`]. What is here is wrapped by the Kotlin library and the Swift package beside
//! this crate: apps use those.
//!
//! # The rules of the boundary
//! The errors cite these sections.
//!
//! 1. *States.* A call that does not fit the state of its object changes nothing. Any thread may
//!    call any object; calls on one object are made one at a time. What is closed stays so.
//! 2. *Inside.* While the core calls [`PlatformSecrets`], the same thread cannot call the core, but
//!    for its words ([`codes`], [`purposes`]): that is an error, not a deadlock.
//! 3. *Faults.* A panic is one code, and closes the objects whose state it was changing. The store is
//!    as the last call that returned has left it.
//! 4. *Errors.* A [`CoffretError`] is a kind and the name of a stable code; no value, no text of the
//!    app's own exceptions travels in it.
//! 5. *Secrets.* What the core makes of a PIN, a slot or a secret is wiped. UniFFI's own buffers, in
//!    which they cross, are not, nor are the app's.

mod call;
mod consent;
mod documents;
mod error;
mod frames;
mod keys;
mod log;
mod presentation;
mod reader;
mod secrets;
#[cfg(feature = "testing")]
mod testing;
mod trust;
mod wallet;
mod words;

pub use consent::*;
pub use documents::*;
pub use error::{Boundary, CoffretError};
pub use frames::*;
pub use keys::*;
pub use log::*;
pub use presentation::*;
pub use reader::*;
pub use secrets::*;
#[cfg(feature = "testing")]
pub use testing::*;
pub use trust::*;
pub use wallet::*;
pub use words::*;

uniffi::setup_scaffolding!();

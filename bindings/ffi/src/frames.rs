use std::sync::Arc;
use std::time::SystemTime;

use coffret_proximity as proximity;

use crate::call::{Guarded, call};
use crate::error::{Boundary, Result};
use crate::words::system_time;

/// One message as QR codes to show in turn, twelve a second, without end (QR link §4).
#[derive(uniffi::Object)]
pub struct Frames(Guarded<proximity::Frames>);

impl From<proximity::Frames> for Frames {
    fn from(frames: proximity::Frames) -> Self {
        Frames(Guarded::new(frames))
    }
}

#[uniffi::export]
impl Frames {
    /// How many fragments the message is in: about as many frames, any of them, are enough.
    ///
    /// # Errors
    /// A fault of this library.
    pub fn fragments(&self) -> Result<u64> {
        self.0.call(|frames| Ok(frames.fragments() as u64))
    }

    /// The text of the next QR code: upper case, for the alphanumeric mode.
    ///
    /// # Errors
    /// A fault of this library.
    pub fn next(&self) -> Result<String> {
        self.0.call(|frames| frames.next().ok_or(Boundary::Panicked.into()))
    }
}

/// A reader's code, read and not answered yet.
#[derive(uniffi::Object)]
pub struct ReaderCode(pub(crate) proximity::ReaderCode);

#[uniffi::export]
impl ReaderCode {
    /// When it expires, by the reader’s clock, which may differ from this device’s.
    ///
    /// # Errors
    /// A fault of this library.
    pub fn expires(&self) -> Result<SystemTime> {
        call(|| Ok(system_time(self.0.expires())))
    }
}

/// Puts a reader's code together from the frames that a camera reads, in any order, any number of
/// times, some of them lost.
#[derive(uniffi::Object)]
pub struct CodeScanner(Guarded<proximity::Collector>);

/// What became of a frame.
#[derive(uniffi::Enum)]
pub enum Scanned {
    /// It is no reader's code, or no good: as if it had not been seen.
    Foreign,
    /// The code is not whole yet.
    Part {
        /// Fragments known, or as good as known.
        have: u64,
        /// Fragments in the code.
        of: u64,
    },
    /// The code.
    Whole {
        /// To be answered.
        code: Arc<ReaderCode>,
    },
}

#[uniffi::export]
impl CodeScanner {
    /// A scanner that has seen nothing.
    ///
    /// # Errors
    /// A fault of this library.
    #[uniffi::constructor]
    pub fn new() -> Result<CodeScanner> {
        call(|| Ok(CodeScanner(Guarded::new(proximity::Collector::of_codes()))))
    }

    /// Takes the text of a QR code. Frames that are no good are as if they had not been seen.
    ///
    /// # Errors
    /// What is wrong with a code that is whole.
    pub fn receive(&self, frame: String) -> Result<Scanned> {
        self.0.call(|collector| {
            Ok(match collector.receive(&frame) {
                Ok(proximity::Collected::Part { have, of }) => {
                    Scanned::Part { have: have as u64, of: of as u64 }
                }
                Ok(proximity::Collected::Whole(code)) => {
                    let code = proximity::ReaderCode::parse(&code)?;
                    Scanned::Whole { code: Arc::new(ReaderCode(code)) }
                }
                Ok(proximity::Collected::Foreign) | Err(_) => Scanned::Foreign,
            })
        })
    }
}

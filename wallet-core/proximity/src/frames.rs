use std::fmt;

use ur::bytewords::{self, Style};
use ur::fountain::Encoder;

use crate::Error;
use crate::hello::ReaderHello;

mod collect;
mod fountain;

pub use collect::{Collected, Collector};

/// Bytes in a message: a response with several full portraits; minutes of frames already.
const MAX_MESSAGE: usize = 256 << 10;

/// Fragments of a message: what their mixing costs grows with the square.
const MAX_FRAGMENTS: usize = 1024;

/// Bytes in a fragment of ours. A frame with it fills a QR code of 77 modules a side at the lowest
/// level of correction, the largest that a poor camera still reads (`docs/performance.md`).
const FRAGMENT: usize = 337;

/// Frames of a round for each fragment.
const REDUNDANCY: usize = 2;

/// Characters of a frame: what the largest QR code holds (ISO/IEC 18004 Table 7, 40-L).
const MAX_FRAME: usize = 4296;

/// The type of a reader's code.
const CODE: &str = "x-mdoc-reader";

/// The type of the answers to a reader's code.
fn answer_type(hello: &ReaderHello) -> String {
    let ident = hello.ident().map(|byte| format!("{byte:02x}"));
    format!("x-mdoc-{}", ident.concat())
}

/// One message as QR codes to show in turn, twelve a second, without end: upper case, for the
/// alphanumeric mode.
///
/// The first [`Frames::fragments`] are the message itself; the others are mixed from it, so that
/// about as many of any of them are enough. A message of one fragment is one frame, always the
/// same.
///
/// ```text
/// UR:X-MDOC-READER/…                       a message of one fragment
/// UR:X-MDOC-0123456789ABCDEF/12-9/…        the 12th frame of one of nine
/// ```
/// QR link §4; BCR-2020-005
pub struct Frames {
    frame_type: String,
    form: Form,
}

enum Form {
    Single(String),
    Fountain(Encoder),
}

impl Frames {
    pub(crate) fn of_code(message: &[u8]) -> Result<Frames, Error> {
        Frames::new(CODE.to_owned(), message, FRAGMENT)
    }

    pub(crate) fn of_answer(hello: &ReaderHello, message: &[u8]) -> Result<Frames, Error> {
        if hello.max_message.is_some_and(|max| message.len() > max.get()) {
            return Err(Error::MessageSize);
        }
        let fragment = hello.max_fragment.map_or(FRAGMENT, |max| FRAGMENT.min(max.get()));
        Frames::new(answer_type(hello), message, fragment)
    }

    fn new(frame_type: String, message: &[u8], fragment: usize) -> Result<Frames, Error> {
        if message.len() > MAX_MESSAGE {
            return Err(Error::MessageSize);
        }
        if message.len() > fragment * MAX_FRAGMENTS {
            return Err(Error::TooManyFragments);
        }
        let form = match Encoder::new(message, fragment) {
            Ok(encoder) if encoder.fragment_count() > 1 => Form::Fountain(encoder),
            Ok(_) => Form::Single(bytewords::encode(message, Style::Minimal)),
            Err(_) => return Err(Error::MessageSize),
        };
        Ok(Frames { frame_type, form })
    }

    /// A round of frames, to be shown again and again: twice as many as there are fragments, so that
    /// half of them may be lost; of a message of one fragment, its one frame.
    pub fn round(&mut self) -> impl Iterator<Item = String> {
        let count = match self.fragments() {
            1 => 1,
            several => several * REDUNDANCY,
        };
        self.take(count)
    }

    /// How many fragments the message is in.
    pub fn fragments(&self) -> usize {
        match &self.form {
            Form::Single(_) => 1,
            Form::Fountain(encoder) => encoder.fragment_count(),
        }
    }
}

impl Iterator for Frames {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        let content = match &mut self.form {
            Form::Single(body) => body.clone(),
            Form::Fountain(encoder) => {
                let part = minicbor::to_vec(encoder.next_part()).ok()?;
                let body = bytewords::encode(&part, Style::Minimal);
                format!("{}-{}/{body}", encoder.current_sequence(), encoder.fragment_count())
            }
        };
        Some(format!("ur:{}/{content}", self.frame_type).to_ascii_uppercase())
    }
}

impl fmt::Debug for Frames {
    /// How many fragments.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Frames({} fragments)", self.fragments())
    }
}

use std::fmt;

use ur::bytewords::{self, Style};

use super::fountain::{Part, Reassembly};
use super::{CODE, MAX_FRAME, answer_type};
use crate::Error;
use crate::hello::ReaderHello;

/// Messages being put together at once: the one that is shown, and whatever passes before the
/// camera.
const MAX_REASSEMBLIES: usize = 4;

/// Puts messages together from the frames that a camera reads, in any order, any number of times,
/// some of them lost.
///
/// It holds at most four messages in part; a fifth takes the place of the one that has waited
/// longest for a frame. No error ends it: frames that are no good are as if they had not been seen.
pub struct Collector {
    frame_type: String,
    /// The one last added to comes first.
    reassemblies: Vec<Reassembly>,
}

/// What became of a frame.
#[derive(Clone, PartialEq, Eq)]
pub enum Collected {
    /// It is of another session, or no frame at all.
    Foreign,
    /// Its message is not whole yet.
    Part {
        /// Fragments known, or as good as known.
        have: usize,
        /// Fragments in the message.
        of: usize,
    },
    /// Its message, which is forgotten here.
    Whole(Vec<u8>),
}

impl fmt::Debug for Collected {
    /// How much.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Collected::Foreign => f.write_str("Foreign"),
            Collected::Part { have, of } => write!(f, "Part({have} of {of})"),
            Collected::Whole(message) => write!(f, "Whole({} bytes)", message.len()),
        }
    }
}

impl Collector {
    /// For readers' codes: see [`ReaderCode::parse`](crate::ReaderCode::parse).
    pub fn of_codes() -> Collector {
        Collector { frame_type: CODE.to_owned(), reassemblies: Vec::new() }
    }

    pub(crate) fn of_answers(hello: &ReaderHello) -> Collector {
        Collector { frame_type: answer_type(hello), reassemblies: Vec::new() }
    }

    /// Takes the text of a QR code, in upper or lower case.
    ///
    /// # Errors
    /// [`Error::FrameMalformed`], [`Error::MessageSize`], [`Error::TooManyFragments`];
    /// [`Error::MessageCorrupt`] when the message was whole and not what its frames announced.
    pub fn receive(&mut self, frame: &str) -> Result<Collected, Error> {
        if frame.len() > MAX_FRAME {
            return Ok(Collected::Foreign);
        }
        let frame = frame.to_ascii_lowercase();
        let Some(content) = self.content(&frame) else { return Ok(Collected::Foreign) };
        match content.rsplit_once('/') {
            None => decode(content).map(Collected::Whole),
            Some((place, body)) => self.add(Part::parse(place, &decode(body)?)?),
        }
    }

    /// What follows the type, if it is ours.
    fn content<'f>(&self, frame: &'f str) -> Option<&'f str> {
        frame.strip_prefix("ur:")?.strip_prefix(&self.frame_type)?.strip_prefix('/')
    }

    fn add(&mut self, part: Part) -> Result<Collected, Error> {
        let known = self.reassemblies.iter().position(|known| known.is_of(&part));
        let mut reassembly = match known {
            Some(place) => self.reassemblies.remove(place),
            None => Reassembly::new(&part),
        };
        reassembly.add(part);
        if reassembly.is_whole() {
            return reassembly.message().map(Collected::Whole);
        }
        let (have, of) = reassembly.progress();
        self.reassemblies.insert(0, reassembly);
        self.reassemblies.truncate(MAX_REASSEMBLIES);
        Ok(Collected::Part { have, of })
    }
}

impl fmt::Debug for Collector {
    /// How many messages.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Collector({} messages)", self.reassemblies.len())
    }
}

/// Bytewords, with their checksum (BCR-2020-012), of some bytes.
fn decode(body: &str) -> Result<Vec<u8>, Error> {
    let bytes = bytewords::decode(body, Style::Minimal).ok();
    bytes.filter(|bytes| !bytes.is_empty()).ok_or(Error::FrameMalformed)
}

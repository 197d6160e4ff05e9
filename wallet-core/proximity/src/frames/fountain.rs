//! Putting a message together from mixed fragments.
//!
//! Which fragments a part mixes is `ur`'s to say; the solving is ours. `ur`'s own decoder keeps
//! every part that it cannot use yet, however many come, and uses a part only when all but one of
//! its fragments are known. Elimination keeps no more parts than there are fragments, and needs no
//! more than are independent.

use std::collections::BTreeMap;

use coffret_cbor::Item;
use crc::{CRC_32_ISO_HDLC, Crc};

use super::{MAX_FRAGMENTS, MAX_MESSAGE};
use crate::Error;

/// What a frame says of its message: the same in all frames of one.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Announced {
    fragments: usize,
    length: usize,
    checksum: u32,
}

/// One frame's content.
///
/// ```cddl
/// Part = [sequence: 1..4294967295, fragments: 1..1024, length: 1..262144, checksum: uint .size 4,
///         data: bstr]
/// ```
/// QR link §4; BCR-2024-001
pub(super) struct Part {
    announced: Announced,
    row: Row,
}

/// Some fragments mixed: their exclusive or.
struct Row {
    mix: Mix,
    data: Vec<u8>,
}

/// Which ones, a bit each.
#[derive(Clone, Copy, Default)]
struct Mix([u64; MAX_FRAGMENTS / 64]);

impl Part {
    /// Reads a part, and holds it against `place`, `sequence-fragments`, and the limits before
    /// anything is allocated by what it announces.
    pub(super) fn parse(place: &str, bytes: &[u8]) -> Result<Part, Error> {
        let malformed = |_: coffret_cbor::Error| Error::FrameMalformed;
        let parts = Item::parse(bytes).and_then(Item::array).and_then(|array| array.exactly());
        let [sequence, fragments, length, checksum, data] = parts.map_err(malformed)?;
        let number = |item: Item<'_>| {
            u32::try_from(item.unsigned().map_err(malformed)?).map_err(|_| Error::FrameMalformed)
        };
        let (sequence, checksum) = (number(sequence)?, number(checksum)?);
        let (fragments, length) = (number(fragments)? as usize, number(length)? as usize);
        if length > MAX_MESSAGE {
            return Err(Error::MessageSize);
        }
        if fragments > MAX_FRAGMENTS {
            return Err(Error::TooManyFragments);
        }
        let data = data.byte_string().map_err(malformed)?.into_owned();
        let is_one = sequence > 0 && fragments > 0 && length > 0;
        if !is_one
            || data.len() != length.div_ceil(fragments)
            || place != format!("{sequence}-{fragments}")
        {
            return Err(Error::FrameMalformed);
        }
        let part = minicbor::decode::<ur::fountain::Part>(bytes);
        let mix = part.map_err(|_| Error::FrameMalformed)?.indexes().into_iter().collect();
        Ok(Part { announced: Announced { fragments, length, checksum }, row: Row { mix, data } })
    }
}

/// A message in part, kept solved as far as it can be.
pub(super) struct Reassembly {
    announced: Announced,
    /// Each by the first fragment in it, which is in no later one.
    rows: BTreeMap<usize, Row>,
}

impl Reassembly {
    pub(super) fn new(part: &Part) -> Reassembly {
        Reassembly { announced: part.announced, rows: BTreeMap::new() }
    }

    pub(super) fn is_of(&self, part: &Part) -> bool {
        self.announced == part.announced
    }

    /// Takes what the part says that the others do not say already.
    pub(super) fn add(&mut self, part: Part) {
        let mut row = part.row;
        while let Some(first) = row.mix.places().next() {
            match self.rows.get(&first) {
                Some(known) => row.xor(known),
                None => {
                    self.rows.insert(first, row);
                    return;
                }
            }
        }
    }

    /// Fragments known, or as good as known, of how many.
    pub(super) fn progress(&self) -> (usize, usize) {
        (self.rows.len(), self.announced.fragments)
    }

    pub(super) fn is_whole(&self) -> bool {
        self.rows.len() == self.announced.fragments
    }

    /// The message of a whole one.
    pub(super) fn message(mut self) -> Result<Vec<u8>, Error> {
        let mut solved: BTreeMap<usize, Row> = BTreeMap::new();
        while let Some((place, mut row)) = self.rows.pop_last() {
            for later in row.mix.places().skip(1) {
                if let Some(fragment) = solved.get(&later) {
                    row.xor(fragment);
                }
            }
            solved.insert(place, row);
        }
        let mut message: Vec<u8> = solved.into_values().flat_map(|row| row.data).collect();
        let padding = message.split_off(self.announced.length.min(message.len()));
        let is_padded = padding.iter().all(|byte| *byte == 0);
        let checksum = Crc::<u32>::new(&CRC_32_ISO_HDLC).checksum(&message);
        if is_padded && checksum == self.announced.checksum {
            Ok(message)
        } else {
            Err(Error::MessageCorrupt)
        }
    }
}

impl Row {
    fn xor(&mut self, other: &Row) {
        self.mix.0.iter_mut().zip(&other.mix.0).for_each(|(own, other)| *own ^= other);
        self.data.iter_mut().zip(&other.data).for_each(|(own, other)| *own ^= other);
    }
}

impl Mix {
    /// The places of its fragments, in order.
    fn places(self) -> impl Iterator<Item = usize> {
        let words = self.0.into_iter().zip((0..).step_by(64));
        words.flat_map(|(word, start)| {
            (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| start + bit)
        })
    }
}

impl FromIterator<usize> for Mix {
    fn from_iter<I: IntoIterator<Item = usize>>(places: I) -> Mix {
        let mut mix = Mix::default();
        for place in places {
            if let Some(word) = mix.0.get_mut(place / 64) {
                *word |= 1 << (place % 64);
            }
        }
        mix
    }
}

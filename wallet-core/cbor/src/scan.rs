use std::borrow::Cow;

use crate::{Encoded, Error, Item};

/// The bounds on one received data item, all checked before anything is allocated.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Arrays, maps, tags and chunked strings around an item.
    pub depth: u16,
    /// The same within one map key.
    pub key_depth: u16,
    /// Data items in all, chunks included.
    pub items: u32,
    /// Bytes in one string, its chunks together.
    pub string: usize,
    /// Bytes in all.
    pub total: usize,
}

impl Limits {
    /// What one message between a wallet and a reader may cost: a response with several documents
    /// and their portraits is well under 1 MiB and 5,000 items; ISO 18013-5's own structures nest
    /// 8 deep, and a data element may bring some depth of its own. Its keys are text and integers;
    /// one that nests is copied once for each level to be compared, hence few levels.
    pub const MESSAGE: Limits =
        Limits { depth: 32, key_depth: 4, items: 1 << 17, string: 4 << 20, total: 8 << 20 };
}

pub(crate) const UNSIGNED: u8 = 0;
pub(crate) const NEGATIVE: u8 = 1;
pub(crate) const BYTES: u8 = 2;
pub(crate) const TEXT: u8 = 3;
pub(crate) const ARRAY: u8 = 4;
pub(crate) const MAP: u8 = 5;
pub(crate) const TAG: u8 = 6;
pub(crate) const SIMPLE: u8 = 7;

pub(crate) const FALSE: u8 = 20;
pub(crate) const TRUE: u8 = 21;
pub(crate) const NULL: u8 = 22;
const BREAK: u8 = 0xff;

/// The first bytes of a data item (RFC 8949 §3).
#[derive(Debug, Clone, Copy)]
pub struct Head {
    pub(crate) major: u8,
    /// Additional information: what tells a simple value from a float, how many bytes the argument
    /// has, or that the length is indefinite.
    pub info: u8,
    /// A number, a length, a count, or the bits of a float.
    pub argument: u64,
    /// The length of the head itself.
    pub(crate) len: usize,
}

impl Head {
    pub(crate) fn read(bytes: &[u8]) -> Result<Head, Error> {
        let (&first, rest) = bytes.split_first().ok_or(Error::Truncated)?;
        let (major, info) = (first >> 5, first & 0x1f);
        let follows = match info {
            0..=23 => 0,
            24..=27 => 1 << (info - 24),
            31 if matches!(major, BYTES | TEXT | ARRAY | MAP | SIMPLE) => 0,
            _ => return Err(Error::Reserved),
        };
        let argument = rest.get(..follows).ok_or(Error::Truncated)?;
        let argument = match follows {
            0 => u64::from(info),
            _ => argument.iter().fold(0, |sum, &byte| (sum << 8) | u64::from(byte)),
        };
        Ok(Head { major, info, argument, len: 1 + follows })
    }

    /// Whether the length is not said: members follow up to a break.
    pub fn is_indefinite(self) -> bool {
        self.info == 31
    }

    /// Whether no shorter one would say the same.
    pub fn is_shortest(self) -> bool {
        match self.len {
            1 => true,
            2 => self.argument > 23,
            3 => self.argument > 0xff,
            5 => self.argument > 0xffff,
            _ => self.argument > 0xffff_ffff,
        }
    }
}

/// Where the first data item of `bytes` ends, which a scan has found well-formed.
pub(crate) fn end(bytes: &[u8]) -> Result<usize, Error> {
    let head = Head::read(bytes)?;
    let mut at = head.len;
    let inner = match (head.major, head.is_indefinite()) {
        (BYTES | TEXT | ARRAY | MAP, true) => {
            while !at_break(bytes, at) {
                at += end(bytes.get(at..).ok_or(Error::Truncated)?)?;
            }
            return Ok(at + 1);
        }
        (BYTES | TEXT, false) => {
            return usize::try_from(head.argument)
                .map(|len| at + len)
                .map_err(|_| Error::Truncated);
        }
        (ARRAY, false) => head.argument,
        (MAP, false) => head.argument.saturating_mul(2),
        (TAG, _) => 1,
        _ => 0,
    };
    for _ in 0..inner {
        at += end(bytes.get(at..).ok_or(Error::Truncated)?)?;
    }
    Ok(at)
}

pub(crate) fn at_break(bytes: &[u8], at: usize) -> bool {
    bytes.get(at) == Some(&BREAK)
}

/// Proves that `bytes` are exactly one well-formed data item within `limits`, without duplicate
/// keys.
pub(crate) fn scan(bytes: &[u8], limits: &Limits) -> Result<(), Error> {
    if bytes.len() > limits.total {
        return Err(Error::TooLarge);
    }
    let mut scan = Scan { bytes, at: 0, items: 0, limits };
    scan.item(0)?;
    if scan.at == bytes.len() { Ok(()) } else { Err(Error::TrailingBytes) }
}

struct Scan<'b> {
    bytes: &'b [u8],
    at: usize,
    items: u32,
    limits: &'b Limits,
}

impl<'b> Scan<'b> {
    fn item(&mut self, depth: u16) -> Result<(), Error> {
        let head = self.head()?;
        match head.major {
            BYTES | TEXT => self.string(head, depth),
            ARRAY => self.each(head, depth, |scan, depth| scan.item(depth)),
            MAP => {
                let mut keys = Vec::new();
                self.each(head, depth, |scan, depth| {
                    let start = scan.at;
                    scan.item(scan.key_depth(depth))?;
                    keys.push(canonical(scan.bytes.get(start..scan.at).unwrap_or_default()));
                    scan.item(depth)
                })?;
                keys.sort_unstable();
                if keys.is_sorted_by(|a, b| a < b) { Ok(()) } else { Err(Error::DuplicateKey) }
            }
            TAG => self.item(self.deeper(depth)?),
            SIMPLE if head.is_indefinite() => Err(Error::UnexpectedBreak),
            SIMPLE if head.info == 24 && head.argument < 32 => Err(Error::ReservedSimple),
            _ => Ok(()),
        }
    }

    fn head(&mut self) -> Result<Head, Error> {
        self.items += 1;
        if self.items > self.limits.items {
            return Err(Error::TooManyItems);
        }
        let head = Head::read(self.bytes.get(self.at..).unwrap_or_default())?;
        self.at += head.len;
        Ok(head)
    }

    fn deeper(&self, depth: u16) -> Result<u16, Error> {
        if depth < self.limits.depth { Ok(depth + 1) } else { Err(Error::TooDeep) }
    }

    /// A depth from which `Limits::key_depth` is left, or less.
    fn key_depth(&self, depth: u16) -> u16 {
        depth.max(self.limits.depth.saturating_sub(self.limits.key_depth))
    }

    /// The members of an array or a map, counted or up to the break.
    fn each(
        &mut self,
        head: Head,
        depth: u16,
        mut member: impl FnMut(&mut Self, u16) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let depth = self.deeper(depth)?;
        if head.is_indefinite() {
            while !at_break(self.bytes, self.at) {
                member(self, depth)?;
            }
            self.at += 1;
        } else {
            for _ in 0..head.argument {
                member(self, depth)?;
            }
        }
        Ok(())
    }

    fn string(&mut self, head: Head, depth: u16) -> Result<(), Error> {
        let mut left = self.limits.string;
        if !head.is_indefinite() {
            return self.chunk(head, &mut left);
        }
        self.deeper(depth)?;
        while !at_break(self.bytes, self.at) {
            let chunk = self.head()?;
            if chunk.major != head.major || chunk.is_indefinite() {
                return Err(Error::WrongChunk);
            }
            self.chunk(chunk, &mut left)?;
        }
        self.at += 1;
        Ok(())
    }

    fn chunk(&mut self, head: Head, left: &mut usize) -> Result<(), Error> {
        let len = usize::try_from(head.argument).map_err(|_| Error::StringTooLong)?;
        *left = left.checked_sub(len).ok_or(Error::StringTooLong)?;
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let content = rest.get(..len).ok_or(Error::Truncated)?;
        if head.major == TEXT && std::str::from_utf8(content).is_err() {
            return Err(Error::InvalidUtf8);
        }
        self.at += len;
        Ok(())
    }
}

/// A key as the deterministic encoding writes it, so that two spellings of one key are equal.
fn canonical(key: &[u8]) -> Cow<'_, [u8]> {
    match Head::read(key) {
        Ok(head)
            if matches!(head.major, UNSIGNED | NEGATIVE | BYTES | TEXT)
                && !head.is_indefinite()
                && head.is_shortest() =>
        {
            Cow::Borrowed(key)
        }
        _ => Cow::Owned(Encoded::from(&Item::scanned(key).value()).into_bytes()),
    }
}

use std::mem;

use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::{FullDate, Item, TAG_EMBEDDED, TAG_FULL_DATE, TAG_TDATE, Timestamp, Value, scan};

/// Exactly one data item, to be sent: deterministic (RFC 8949 §4.2.1) but for parts that are kept
/// as received.
///
/// Built from the leaves up, so that a half-written item cannot exist. It may hold a key: it is
/// wiped when dropped, as is each part that went into it.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Encoded(Vec<u8>);

impl Encoded {
    /// `null`
    pub fn null() -> Encoded {
        head(scan::SIMPLE, u64::from(scan::NULL))
    }

    /// `bstr`
    pub fn bytes(bytes: &[u8]) -> Encoded {
        head(scan::BYTES, bytes.len() as u64).followed_by([bytes])
    }

    /// `[* any]`
    pub fn array(items: impl IntoIterator<Item = Encoded>) -> Encoded {
        let items: Vec<_> = items.into_iter().collect();
        head(scan::ARRAY, items.len() as u64).followed_by(items.iter().map(Encoded::as_bytes))
    }

    /// `{* any => any}`, sorted by the bytes of the keys; of a key given twice the first stays.
    pub fn map<K: Into<Encoded>>(pairs: impl IntoIterator<Item = (K, Encoded)>) -> Encoded {
        let mut pairs: Vec<_> = pairs.into_iter().map(|(key, value)| (key.into(), value)).collect();
        pairs.sort_by(|(a, _), (b, _)| a.0.cmp(&b.0));
        pairs.dedup_by(|(later, _), (first, _)| later == first);
        let members = pairs.iter().flat_map(|(key, value)| [key.as_bytes(), value.as_bytes()]);
        head(scan::MAP, pairs.len() as u64).followed_by(members)
    }

    /// `#6.number(item)`
    pub fn tag(number: u64, item: Encoded) -> Encoded {
        head(scan::TAG, number).followed_by([item.as_bytes()])
    }

    /// `#6.24(bstr .cbor item)`
    pub fn embedded(item: &Encoded) -> Encoded {
        Encoded::tag(TAG_EMBEDDED, Encoded::bytes(&item.0))
    }

    /// The bytes to send.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The bytes to send.
    pub fn into_bytes(mut self) -> Vec<u8> {
        mem::take(&mut self.0)
    }

    /// The same item, to be read.
    pub fn as_item(&self) -> Item<'_> {
        Item::scanned(&self.0)
    }

    /// At once and elsewhere: bytes that grow in place are moved, and left behind unwiped.
    fn followed_by<'a>(
        &self,
        parts: impl IntoIterator<Item = &'a [u8], IntoIter: Clone>,
    ) -> Encoded {
        let parts = parts.into_iter();
        let length = self.0.len() + parts.clone().map(<[u8]>::len).sum::<usize>();
        let mut whole = Vec::with_capacity(length);
        whole.extend_from_slice(&self.0);
        parts.for_each(|part| whole.extend_from_slice(part));
        Encoded(whole)
    }
}

impl From<&str> for Encoded {
    fn from(text: &str) -> Self {
        head(scan::TEXT, text.len() as u64).followed_by([text.as_bytes()])
    }
}

impl From<u64> for Encoded {
    fn from(integer: u64) -> Self {
        head(scan::UNSIGNED, integer)
    }
}

impl From<i64> for Encoded {
    fn from(integer: i64) -> Self {
        match u64::try_from(integer) {
            Ok(unsigned) => head(scan::UNSIGNED, unsigned),
            Err(_) => head(scan::NEGATIVE, integer.unsigned_abs() - 1),
        }
    }
}

impl From<bool> for Encoded {
    fn from(value: bool) -> Self {
        head(scan::SIMPLE, u64::from(if value { scan::TRUE } else { scan::FALSE }))
    }
}

impl From<FullDate> for Encoded {
    fn from(date: FullDate) -> Self {
        Encoded::tag(TAG_FULL_DATE, date.to_string().as_str().into())
    }
}

impl From<Timestamp> for Encoded {
    fn from(time: Timestamp) -> Self {
        Encoded::tag(TAG_TDATE, time.to_string().as_str().into())
    }
}

impl From<Item<'_>> for Encoded {
    /// The item's bytes as received.
    fn from(item: Item<'_>) -> Self {
        Encoded(item.bytes().to_vec())
    }
}

impl From<&Value> for Encoded {
    fn from(value: &Value) -> Self {
        match value {
            Value::Unsigned(integer) => head(scan::UNSIGNED, *integer),
            Value::Negative(integer) => head(scan::NEGATIVE, *integer),
            Value::Bytes(bytes) => Encoded::bytes(bytes),
            Value::Text(text) => text.as_str().into(),
            Value::Array(items) => Encoded::array(items.iter().map(Encoded::from)),
            Value::Map(pairs) => {
                Encoded::map(pairs.iter().map(|(key, value)| (Encoded::from(key), value.into())))
            }
            Value::Tag(number, inner) => Encoded::tag(*number, inner.as_ref().into()),
            Value::Bool(value) => (*value).into(),
            Value::Null => Encoded::null(),
            Value::Simple(simple) => head(scan::SIMPLE, u64::from(simple.number())),
            Value::Float(float) => shortest_float(*float),
        }
    }
}

impl std::fmt::Debug for Encoded {
    /// The kind and the length: an item may hold personal data.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Encoded({:?}, {} bytes)", self.as_item().kind(), self.0.len())
    }
}

/// The shortest head (RFC 8949 §4.2.1).
fn head(major: u8, argument: u64) -> Encoded {
    let bytes = argument.to_be_bytes();
    let (info, follows) = match argument {
        0..=23 => (argument as u8, 0),
        24..=0xff => (24, 1),
        0x100..=0xffff => (25, 2),
        0x1_0000..=0xffff_ffff => (26, 4),
        _ => (27, 8),
    };
    Encoded(vec![major << 5 | info]).followed_by([bytes.get(8 - follows..).unwrap_or_default()])
}

/// The shortest float that holds the value; every NaN is `f97e00` (RFC 8949 §4.2.2).
fn shortest_float(float: f64) -> Encoded {
    let single = float as f32;
    if float.is_nan() {
        Encoded(vec![0xf9, 0x7e, 0x00])
    } else if let Some(half) = exact_half(float) {
        Encoded(vec![0xf9]).followed_by([&half.to_be_bytes()[..]])
    } else if f64::from(single) == float {
        Encoded(vec![0xfa]).followed_by([&single.to_be_bytes()[..]])
    } else {
        Encoded(vec![0xfb]).followed_by([&float.to_be_bytes()[..]])
    }
}

/// The half-precision bits of a number that has them.
fn exact_half(float: f64) -> Option<u16> {
    let magnitude = float.abs();
    let sign = if float.is_sign_negative() { 0x8000 } else { 0 };
    let exponent = (magnitude.to_bits() >> 52) as i64 - 1023;
    let bits = match exponent {
        _ if magnitude.is_infinite() => 0x7c00,
        ..-14 => {
            let units = magnitude * 2f64.powi(24);
            (units.fract() == 0.0).then_some(units as u16)?
        }
        -14..=15 => {
            let mantissa = magnitude.to_bits() & ((1 << 52) - 1);
            (mantissa.trailing_zeros() >= 42).then_some(())?;
            ((exponent + 15) as u16) << 10 | (mantissa >> 42) as u16
        }
        _ => return None,
    };
    Some(sign | bits)
}

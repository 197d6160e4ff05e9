use std::fmt;
use std::ops::Deref;

use crate::{Encoded, Error, Item};

/// A type that reads itself from a received data item.
pub trait Decode: Sized {
    /// The rules that the type's reading can break.
    type Error: From<Error>;

    /// Reads the value.
    ///
    /// # Errors
    /// The rule that the item breaks.
    fn decode(item: Item<'_>) -> Result<Self, Self::Error>;
}

/// A value and the bytes it was read from.
///
/// What was signed or digested is what arrived: digests and signatures are taken of
/// [`Received::bytes`], never of a re-encoding.
#[derive(Clone, PartialEq, Eq)]
pub struct Received<T> {
    value: T,
    bytes: Vec<u8>,
}

impl<T: Decode> Received<T> {
    /// Reads one data item that is the whole input.
    ///
    /// # Errors
    /// The rule that the bytes break.
    pub fn parse(bytes: &[u8]) -> Result<Received<T>, T::Error> {
        Received::item(Item::parse(bytes)?)
    }

    /// Keeps the item's bytes.
    ///
    /// # Errors
    /// The rule that the item breaks.
    pub fn item(item: Item<'_>) -> Result<Received<T>, T::Error> {
        Ok(Received { value: T::decode(item)?, bytes: item.bytes().to_vec() })
    }

    /// Reads `#6.24(bstr .cbor T)` and keeps the whole of it, tag and heads as received.
    ///
    /// # Errors
    /// The rule that the item, or the one inside, breaks.
    pub fn embedded(item: Item<'_>) -> Result<Received<T>, T::Error> {
        let inner = item.embedded()?;
        Ok(Received { value: T::decode(Item::parse(&inner)?)?, bytes: item.bytes().to_vec() })
    }
}

impl<T> Received<T> {
    /// The bytes as received.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The bytes as received, to be sent on.
    pub fn encoded(&self) -> Encoded {
        Encoded::from(Item::scanned(&self.bytes))
    }
}

impl<T> Deref for Received<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for Received<T> {
    /// The value, which guards itself; of the bytes the length.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Received({:?}, {} bytes)", self.value, self.bytes.len())
    }
}

use std::fmt;

use crate::{Decode, Error, Item};

/// Any data item, taken apart. Two spellings of one item are equal, but for maps in another order
/// and for NaN, which equals nothing.
#[derive(Clone, PartialEq)]
pub enum Value {
    /// An unsigned integer.
    Unsigned(u64),
    /// The negative integer −1 − n, as n.
    Negative(u64),
    /// A byte string.
    Bytes(Vec<u8>),
    /// A text string.
    Text(String),
    /// An array.
    Array(Vec<Value>),
    /// A map, in the order received.
    Map(Vec<(Value, Value)>),
    /// A tagged data item.
    Tag(u64, Box<Value>),
    /// False or true.
    Bool(bool),
    /// Null.
    Null,
    /// Any other simple value. Never read by [`Decode`].
    Simple(Simple),
    /// A floating-point number.
    Float(f64),
}

/// A simple value that is not false, true or null (RFC 8949 §3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Simple(pub(crate) u8);

impl Simple {
    /// `undefined`
    pub const UNDEFINED: Simple = Simple(23);

    /// The simple value of this number, if it may have one: 0 to 19, 23, 32 and up.
    pub fn new(number: u8) -> Option<Simple> {
        matches!(number, 0..=19 | 23 | 32..).then_some(Simple(number))
    }

    /// Its number.
    pub fn number(self) -> u8 {
        self.0
    }
}

impl Decode for Value {
    type Error = Error;

    /// # Errors
    /// [`Error::SimpleValue`] where any part is a simple value other than false, true and null.
    fn decode(item: Item<'_>) -> Result<Value, Error> {
        item.plain().map(Item::value)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.to_owned())
    }
}

impl fmt::Debug for Value {
    /// `[…]`: a value may be personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[…]")
    }
}

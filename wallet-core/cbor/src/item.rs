use std::borrow::Cow;

use crate::scan::{self, Head, Limits};
use crate::{Error, Simple, TAG_EMBEDDED, Value};

/// Exactly one well-formed data item, as received. Two are equal when their bytes are.
///
/// Reading one never fails for its form, only where it is not what the reader expects.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Item<'b> {
    bytes: &'b [u8],
}

/// What a data item is (RFC 8949 §3.1, §3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An unsigned integer.
    Unsigned,
    /// A negative integer.
    Negative,
    /// A byte string.
    Bytes,
    /// A text string.
    Text,
    /// An array.
    Array,
    /// A map.
    Map,
    /// A tagged data item.
    Tag,
    /// False or true.
    Bool,
    /// Null.
    Null,
    /// Any other simple value, undefined included.
    Simple,
    /// A floating-point number of 16, 32 or 64 bits.
    Float,
}

impl<'b> Item<'b> {
    /// Proves that `bytes` are one data item within [`Limits::MESSAGE`].
    ///
    /// # Errors
    /// The rule that the bytes break.
    pub fn parse(bytes: &'b [u8]) -> Result<Item<'b>, Error> {
        Item::parse_within(bytes, &Limits::MESSAGE)
    }

    /// As [`Item::parse`], within other limits.
    ///
    /// # Errors
    /// The rule that the bytes break.
    pub fn parse_within(bytes: &'b [u8], limits: &Limits) -> Result<Item<'b>, Error> {
        scan::scan(bytes, limits)?;
        Ok(Item { bytes })
    }

    /// An item that a scan has found well-formed.
    pub(crate) fn scanned(bytes: &'b [u8]) -> Item<'b> {
        Item { bytes }
    }

    /// The bytes, as received.
    pub fn bytes(self) -> &'b [u8] {
        self.bytes
    }

    /// What the item is.
    pub fn kind(self) -> Kind {
        let head = self.head();
        match head.major {
            scan::UNSIGNED => Kind::Unsigned,
            scan::NEGATIVE => Kind::Negative,
            scan::BYTES => Kind::Bytes,
            scan::TEXT => Kind::Text,
            scan::ARRAY => Kind::Array,
            scan::MAP => Kind::Map,
            scan::TAG => Kind::Tag,
            _ => match head.info {
                scan::FALSE | scan::TRUE => Kind::Bool,
                scan::NULL => Kind::Null,
                25..=27 => Kind::Float,
                _ => Kind::Simple,
            },
        }
    }

    /// `uint`
    ///
    /// # Errors
    /// [`Error::WrongType`]
    pub fn unsigned(self) -> Result<u64, Error> {
        self.expect(Kind::Unsigned).map(|head| head.argument)
    }

    /// `int`, within 64 bits.
    ///
    /// # Errors
    /// [`Error::WrongType`], [`Error::OutOfRange`]
    pub fn integer(self) -> Result<i64, Error> {
        let head = self.head();
        let magnitude = i64::try_from(head.argument).map_err(|_| Error::OutOfRange);
        match self.kind() {
            Kind::Unsigned => magnitude,
            Kind::Negative => Ok(-1 - magnitude?),
            _ => Err(self.not_expected()),
        }
    }

    /// `bstr`, its chunks joined.
    ///
    /// # Errors
    /// [`Error::WrongType`]
    pub fn byte_string(self) -> Result<Cow<'b, [u8]>, Error> {
        let head = self.expect(Kind::Bytes)?;
        Ok(self.content(head))
    }

    /// `tstr`, its chunks joined.
    ///
    /// # Errors
    /// [`Error::WrongType`]
    pub fn text(self) -> Result<Cow<'b, str>, Error> {
        let head = self.expect(Kind::Text)?;
        match self.content(head) {
            Cow::Borrowed(text) => std::str::from_utf8(text).map(Cow::Borrowed).ok(),
            Cow::Owned(text) => String::from_utf8(text).map(Cow::Owned).ok(),
        }
        .ok_or(Error::InvalidUtf8)
    }

    /// `bool`
    ///
    /// # Errors
    /// [`Error::WrongType`], [`Error::SimpleValue`]
    pub fn boolean(self) -> Result<bool, Error> {
        self.expect(Kind::Bool).map(|head| head.info == scan::TRUE)
    }

    /// Whether it is `null`.
    pub fn is_null(self) -> bool {
        self.kind() == Kind::Null
    }

    /// `[* any]`
    ///
    /// # Errors
    /// [`Error::WrongType`]
    pub fn array(self) -> Result<Array<'b>, Error> {
        let head = self.expect(Kind::Array)?;
        Ok(Array { members: self.members(head, 1) })
    }

    /// `{* any => any}`
    ///
    /// # Errors
    /// [`Error::WrongType`]
    pub fn map(self) -> Result<Map<'b>, Error> {
        let head = self.expect(Kind::Map)?;
        Ok(Map { members: self.members(head, 2) })
    }

    /// `#6`: the tag's number and what it tags.
    ///
    /// # Errors
    /// [`Error::WrongType`]
    pub fn tag(self) -> Result<(u64, Item<'b>), Error> {
        let head = self.expect(Kind::Tag)?;
        Ok((head.argument, Item { bytes: self.after(head) }))
    }

    /// What the tag `number` tags.
    ///
    /// # Errors
    /// [`Error::WrongTag`] where there is another tag, or none.
    pub fn tagged(self, number: u64) -> Result<Item<'b>, Error> {
        match self.tag() {
            Ok((found, inner)) if found == number => Ok(inner),
            _ => Err(Error::WrongTag),
        }
    }

    /// The bytes inside `#6.24(bstr)`, not yet read.
    ///
    /// # Errors
    /// [`Error::WrongTag`], [`Error::WrongType`]
    pub fn embedded(self) -> Result<Cow<'b, [u8]>, Error> {
        self.tagged(TAG_EMBEDDED)?.byte_string()
    }

    /// The whole item, any simple value and `undefined` included.
    pub fn value(self) -> Value {
        let head = self.head();
        match self.kind() {
            Kind::Unsigned => Value::Unsigned(head.argument),
            Kind::Negative => Value::Negative(head.argument),
            Kind::Bytes => Value::Bytes(self.content(head).into_owned()),
            Kind::Text => Value::Text(String::from_utf8_lossy(&self.content(head)).into_owned()),
            Kind::Array => {
                Value::Array(Array { members: self.members(head, 1) }.map(Item::value).collect())
            }
            Kind::Map => Value::Map(
                Map { members: self.members(head, 2) }
                    .map(|(key, value)| (key.value(), value.value()))
                    .collect(),
            ),
            Kind::Tag => {
                Value::Tag(head.argument, Box::new(Item { bytes: self.after(head) }.value()))
            }
            Kind::Bool => Value::Bool(head.info == scan::TRUE),
            Kind::Null => Value::Null,
            Kind::Simple => Value::Simple(Simple(head.argument as u8)),
            Kind::Float => Value::Float(float(head)),
        }
    }

    /// The parts of a string of indefinite length, each a string itself.
    ///
    /// # Errors
    /// [`Error::WrongType`]
    pub fn chunks(self) -> Result<Array<'b>, Error> {
        let head = self.head();
        match self.kind() {
            Kind::Bytes | Kind::Text if head.is_indefinite() => {
                Ok(Array { members: self.members(head, 1) })
            }
            _ => Err(Error::WrongType),
        }
    }

    /// The item, if no part of it is undefined or a simple value other than false, true and null.
    ///
    /// # Errors
    /// [`Error::SimpleValue`]
    pub fn plain(self) -> Result<Item<'b>, Error> {
        let head = self.head();
        let is_plain = match self.kind() {
            Kind::Simple => false,
            Kind::Array => self.members(head, 1).all(|member| member.plain().is_ok()),
            Kind::Map => self.members(head, 2).all(|member| member.plain().is_ok()),
            Kind::Tag => Item { bytes: self.after(head) }.plain().is_ok(),
            _ => true,
        };
        if is_plain { Ok(self) } else { Err(Error::SimpleValue) }
    }

    /// How the item begins: what deterministic encoding would have made shorter is seen here.
    pub fn head(self) -> Head {
        const NULL: Head = Head { major: scan::SIMPLE, info: scan::NULL, argument: 22, len: 1 };
        Head::read(self.bytes).unwrap_or(NULL)
    }

    fn expect(self, kind: Kind) -> Result<Head, Error> {
        if self.kind() == kind { Ok(self.head()) } else { Err(self.not_expected()) }
    }

    fn not_expected(self) -> Error {
        if self.kind() == Kind::Simple { Error::SimpleValue } else { Error::WrongType }
    }

    fn after(self, head: Head) -> &'b [u8] {
        self.bytes.get(head.len..).unwrap_or_default()
    }

    fn members(self, head: Head, each: u64) -> Members<'b> {
        let left = (!head.is_indefinite()).then(|| head.argument.saturating_mul(each));
        Members { rest: self.after(head), left }
    }

    fn content(self, head: Head) -> Cow<'b, [u8]> {
        match self.chunks() {
            Ok(chunks) => Cow::Owned(
                chunks.map(|chunk| chunk.after(chunk.head())).collect::<Vec<_>>().concat(),
            ),
            Err(_) => Cow::Borrowed(self.after(head)),
        }
    }
}

impl std::fmt::Debug for Item<'_> {
    /// The kind and the length: an item may hold personal data.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Item({:?}, {} bytes)", self.kind(), self.bytes.len())
    }
}

/// The items of one array, one map (keys and values in turn) or one chunked string.
#[derive(Clone, Copy)]
struct Members<'b> {
    rest: &'b [u8],
    /// `None` up to a break.
    left: Option<u64>,
}

impl<'b> Iterator for Members<'b> {
    type Item = Item<'b>;

    fn next(&mut self) -> Option<Item<'b>> {
        match &mut self.left {
            None if scan::at_break(self.rest, 0) => return None,
            None => {}
            Some(left) => *left = left.checked_sub(1)?,
        }
        let (item, rest) = self.rest.split_at_checked(scan::end(self.rest).ok()?)?;
        self.rest = rest;
        Some(Item { bytes: item })
    }
}

/// The items of an array, or the parts of a string, in order.
#[derive(Clone, Copy)]
pub struct Array<'b> {
    members: Members<'b>,
}

impl<'b> Array<'b> {
    /// The items, when there are exactly `N`.
    ///
    /// # Errors
    /// [`Error::WrongType`]
    pub fn exactly<const N: usize>(self) -> Result<[Item<'b>; N], Error> {
        let items: Vec<_> = self.take(N + 1).collect();
        items.try_into().map_err(|_| Error::WrongType)
    }
}

impl<'b> Iterator for Array<'b> {
    type Item = Item<'b>;

    fn next(&mut self) -> Option<Item<'b>> {
        self.members.next()
    }
}

/// The pairs of a map, in the order received.
#[derive(Clone, Copy)]
pub struct Map<'b> {
    members: Members<'b>,
}

impl<'b> Map<'b> {
    /// The value beside `key`.
    pub fn get(self, key: impl Key) -> Option<Item<'b>> {
        self.into_iter().find(|(found, _)| key.is(*found)).map(|(_, value)| value)
    }

    /// The value beside each of these keys, `None` where there is none. The map is walked once, and by
    /// [`get`](Map::get) once for each key: for what is read by the thousand.
    pub fn fields<const N: usize>(self, keys: [&str; N]) -> [Option<Item<'b>>; N] {
        let mut found = [None; N];
        for (key, value) in self {
            let Ok(key) = key.text() else { continue };
            let place = found.iter_mut().zip(keys).find(|(_, named)| *named == key);
            place.into_iter().for_each(|(place, _)| *place = Some(value));
        }
        found
    }

    /// The value beside `key`.
    ///
    /// # Errors
    /// [`Error::MissingKey`]
    pub fn require(self, key: impl Key) -> Result<Item<'b>, Error> {
        self.get(key).ok_or(Error::MissingKey)
    }
}

impl<'b> Iterator for Map<'b> {
    type Item = (Item<'b>, Item<'b>);

    fn next(&mut self) -> Option<Self::Item> {
        Some((self.members.next()?, self.members.next()?))
    }
}

/// What a specification uses as map keys: text (`&str`) or an integer (`i64`).
pub trait Key {
    /// Whether `item` is this key.
    fn is(&self, item: Item<'_>) -> bool;
}

impl Key for &str {
    fn is(&self, item: Item<'_>) -> bool {
        item.text().is_ok_and(|text| text == *self)
    }
}

impl Key for i64 {
    fn is(&self, item: Item<'_>) -> bool {
        item.integer().is_ok_and(|integer| integer == *self)
    }
}

fn float(head: Head) -> f64 {
    match head.info {
        25 => half(head.argument as u16),
        26 => f64::from(f32::from_bits(head.argument as u32)),
        _ => f64::from_bits(head.argument),
    }
}

/// RFC 8949 Appendix D.
fn half(bits: u16) -> f64 {
    let (exponent, mantissa) = (i32::from(bits >> 10 & 0x1f), f64::from(bits & 0x3ff));
    let magnitude = match exponent {
        0 => mantissa * 2f64.powi(-24),
        31 if mantissa == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (mantissa + 1024.0) * 2f64.powi(exponent - 25),
    };
    if bits & 0x8000 == 0 { magnitude } else { -magnitude }
}

//! CBOR as a wallet needs it: received within limits, kept as received, sent deterministically.
//!
//! [`Item::parse`] proves in one pass that received bytes are one well-formed data item within
//! [`Limits`], before anything is allocated by what the input claims; from then on an [`Item`] is
//! read without copies. [`Received`] keeps the bytes beside the value, because what was signed or
//! digested is what arrived. [`Encoded`] is what we send: RFC 8949 §4.2.1, shortest heads, sorted
//! keys. Longer heads and indefinite lengths are read, since real issuers send them, never written.
//!
//! It is not a serialisation framework: a type reads itself from an [`Item`] by [`Decode`] and
//! writes itself as an [`Encoded`].
//!
//! ```
//! use coffret_cbor::{Encoded, Item};
//!
//! let request = Encoded::map([("version", Encoded::from("1.0")), ("status", Encoded::from(0u64))]);
//! assert_eq!(request.as_bytes(), b"\xa2\x66status\x00\x67version\x631.0");
//!
//! let map = Item::parse(request.as_bytes())?.map()?;
//! assert_eq!(map.require("version")?.text()?, "1.0");
//! assert!(map.get("documents").is_none());
//! # Ok::<(), coffret_cbor::Error>(())
//! ```

mod date;
mod encode;
mod error;
mod item;
mod received;
mod scan;
mod value;

pub use date::{FullDate, Timestamp};
pub use encode::Encoded;
pub use error::Error;
pub use item::{Array, Item, Key, Kind, Map};
pub use received::{Decode, Received};
pub use scan::{Head, Limits};
pub use value::{Simple, Value};

/// The tag of an embedded data item, `#6.24(bstr)` (RFC 8949 §3.4.5.1).
pub const TAG_EMBEDDED: u64 = 24;
/// The tag of a date and time as text, `#6.0(tstr)` (RFC 8949 §3.4.1).
pub const TAG_TDATE: u64 = 0;
/// The tag of a date without a time, `#6.1004(tstr)` (RFC 8943).
pub const TAG_FULL_DATE: u64 = 1004;

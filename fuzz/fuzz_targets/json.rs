//! The command line's JSON form of values, both ways: from JSON text, and from CBOR.
#![no_main]

use coffret_cbor::{Encoded, Item, Value};
use libfuzzer_sys::fuzz_target;

use crate::json::Strings;

mod error {
    /// What the form asks of the program that it is part of.
    #[derive(Debug)]
    pub(crate) enum Error {
        JsonForm,
    }
}
#[rustfmt::skip] // Its tests are beside it there.
#[path = "../../cli/src/json.rs"]
mod json;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(json) = serde_json::from_slice(bytes) {
        for strings in [Strings::Dates, Strings::Text] {
            if let Ok(value) = json::read(&json, strings) {
                comes_back(&value);
            }
        }
    }
    if let Ok(item) = Item::parse(bytes) {
        comes_back(&item.value());
    }
});

/// Through text, as between two programs. Bytes are compared: one NaN is not another.
fn comes_back(value: &Value) {
    let text = json::write(value).to_string();
    // Spelled out, what was read may be deeper than the library reads.
    let Ok(json) = serde_json::from_str(&text) else { return };
    let back = json::read(&json, Strings::Dates).expect("what we write can be read");
    assert_eq!(Encoded::from(&back), Encoded::from(value), "{text}");
}

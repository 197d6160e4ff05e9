//! Any CBOR: what is read is sent on in its one deterministic form.
#![no_main]

use coffret_cbor::{Encoded, Item};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(item) = Item::parse(bytes) else { return };
    let sent = Encoded::from(&item.value());
    // Compared as bytes, since a NaN equals nothing.
    let again = Item::parse(sent.as_bytes()).map(|item| Encoded::from(&item.value()));
    assert_eq!(again, Ok(sent));
});

//! What both sides of a session receive: nothing that the other has not encrypted.
#![no_main]

use coffret_cbor::Item;
use coffret_fuzz::rng;
use coffret_proximity::{Engaged, Error, Establishing};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // Keys are slow, and what is not CBOR gets no further than this.
    if Item::parse(bytes).is_err() {
        return;
    }
    let holder = || Engaged::new(&mut rng()).expect("a new key");
    assert!(holder().establish(bytes).is_err());

    let reader = Establishing::new(holder().engagement(), &mut rng()).expect("a good engagement");
    let (mut reader, request) = reader.establish(b"request").expect("a short request");
    let (mut holder, _) = holder().establish(&request).expect("a good request");
    for session in [&mut holder, &mut reader] {
        match session.open(bytes) {
            Ok(message) => assert!(message.data.is_none() && message.status.is_some()),
            Err(error) => assert_ne!(error, Error::SessionOver),
        }
        assert_eq!(session.seal(b"more"), Err(Error::SessionOver));
    }
});

//! What an issuer hands over.
#![no_main]

use coffret_cbor::Encoded;
use coffret_fuzz::read;
use coffret_mdoc::{IssuerSigned, MobileSecurityObject};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(received) = IssuerSigned::parse(bytes) {
        let sent = Encoded::from(&received);
        let again = IssuerSigned::parse(sent.as_bytes()).expect("what we send can be read");
        assert_eq!(Encoded::from(&again), sent);
    }
    read::<MobileSecurityObject>(bytes);
});

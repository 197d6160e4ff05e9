//! COSE_Sign1, COSE_Mac0 and COSE_Key.
#![no_main]

use coffret_cbor::Item;
use coffret_crypto::cose::{Mac0, Sign1};
use coffret_crypto::{Curve, PublicKey};
use coffret_fuzz::read;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Some(message) = read::<Sign1>(bytes) {
        // A key that has signed none of the vectors: Ed25519 from RFC 8032 §7.1, test 3.
        const KEY: [u8; 32] = *b"\xfc\x51\xcd\x8e\x62\x18\xa1\xa3\x8d\xa4\x7e\xd0\x02\x30\xf0\x58\
                                 \x08\x16\xed\x13\xba\x33\x03\xac\x5d\xeb\x91\x15\x48\x90\x80\x25";
        let key = PublicKey::from_point(Curve::Ed25519, &KEY).expect("a key");
        assert!(message.verify(&key, b"").is_err());
    }
    read::<Mac0>(bytes);
    if let Ok(Ok(key)) = Item::parse(bytes).map(PublicKey::from_cose) {
        assert_eq!(PublicKey::from_cose(key.to_cose().as_item()), Ok(key));
    }
});

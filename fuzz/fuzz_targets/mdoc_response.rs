//! A holder's answer, judged where nobody is trusted: no document of it is valid.
#![no_main]

use coffret_fuzz::now;
use coffret_mdoc::{Binding, Check, DeviceResponse, Handover, SessionTranscript, verify};
use coffret_trust::Trust;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(received) = DeviceResponse::parse(bytes) else { return };
    let sent = received.encoded();
    let again = DeviceResponse::parse(sent.as_bytes()).expect("what we send can be read");
    assert_eq!(again.encoded(), sent);
    let transcript = SessionTranscript::new(None, None, &Handover::Qr).expect("a transcript");
    let session = Binding::Session { transcript: Some(&transcript), e_reader_key: None };
    for binding in [Binding::IssuerOnly, session] {
        let check = Check { trust: &Trust::new(), now: now(), binding, request: None };
        for document in verify(&received, &check).documents {
            assert!(document.into_verified().is_err());
        }
    }
});

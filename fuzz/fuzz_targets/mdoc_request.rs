//! A reader's request, judged for a reader whom nobody vouches for.
#![no_main]

use coffret_fuzz::{now, read};
use coffret_mdoc::{DeviceRequest, Handover, ItemsRequest, SessionTranscript};
use coffret_trust::{ReaderVerdict, Trust};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    read::<ItemsRequest>(bytes);
    let Ok(received) = DeviceRequest::parse(bytes) else { return };
    let sent = received.encoded();
    let again = DeviceRequest::parse(sent.as_bytes()).expect("what we send can be read");
    assert_eq!(again.encoded(), sent);
    let transcript = SessionTranscript::new(None, None, &Handover::Qr).expect("a transcript");
    let verdict = received.reader(&transcript, &Trust::new(), now());
    assert!(!matches!(verdict, ReaderVerdict::Verified { .. }));
});

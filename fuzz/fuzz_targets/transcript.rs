//! What binds an answer to a session.
#![no_main]

use coffret_mdoc::SessionTranscript;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(received) = SessionTranscript::parse(bytes) else { return };
    assert_eq!(SessionTranscript::parse(received.tagged().as_bytes()), Ok(received));
});

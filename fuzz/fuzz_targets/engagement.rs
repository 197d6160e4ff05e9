//! What a holder shows, and the reader that meets it.
#![no_main]

use coffret_fuzz::rng;
use coffret_proximity::{DeviceEngagement, Establishing};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = str::from_utf8(bytes) {
        let _ = DeviceEngagement::from_uri(text);
    }
    let Ok(received) = DeviceEngagement::parse(bytes) else { return };
    assert_eq!(DeviceEngagement::from_uri(&received.to_uri()), Ok(received.clone()));
    let _ = Establishing::new(&received, &mut rng());
});

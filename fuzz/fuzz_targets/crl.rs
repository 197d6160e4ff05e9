//! Revocation lists.
#![no_main]

use coffret_trust::Trust;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = Trust::new().add_crl(bytes);
});

//! The registry of readers: its contents, and the signed message that nobody vouches for.
#![no_main]

use coffret_fuzz::{now, read};
use coffret_trust::{Registry, Trust};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    read::<Registry>(bytes);
    assert!(Trust::new().add_registry(bytes, now()).is_err());
});

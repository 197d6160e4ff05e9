use std::time::{Duration, SystemTime, UNIX_EPOCH};

use coffret_ffi::{BootTime, Reader};

use crate::place::{PIN, Place, boot};
use crate::refused;

/// Before the year 0, and after the year 9999.
fn absurd() -> [SystemTime; 2] {
    let span = Duration::from_secs(400_000_000_000);
    [UNIX_EPOCH - span, UNIX_EPOCH + span]
}

#[test]
fn a_time_out_of_range_is_an_error_and_no_panic() {
    let place = Place::new();
    let wallet = place.made();
    for now in absurd() {
        assert_eq!(refused(wallet.documents(now)), "cbor-out-of-range");
        assert_eq!(refused(wallet.notices(now)), "cbor-out-of-range");
        assert_eq!(refused(wallet.verify_log(now)), "cbor-out-of-range");
        assert_eq!(refused(wallet.add(vec![0xa0], now)), "cbor-out-of-range");
    }
    assert!(Reader::new(Vec::new(), None, UNIX_EPOCH).is_ok());
}

#[test]
fn any_time_of_this_boot_will_do() {
    let place = Place::new();
    let wallet = place.made();
    let last = BootTime { boot: Vec::new(), seconds: u64::MAX, wall: Some(u64::MAX) };
    assert!(wallet.is_auto_lock_due(boot(), last.clone()).unwrap());
    wallet.lock().unwrap();
    wallet.attempts(last.clone()).unwrap();
    wallet.unlock(PIN.to_owned(), last).unwrap();
}

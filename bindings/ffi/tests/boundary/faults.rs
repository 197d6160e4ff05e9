//! `Wallet::panic` is there with the feature `testing`.

use coffret_ffi::CoffretError;

use crate::place::{PIN, Place, boot, now};
use crate::refused;

#[test]
fn a_panic_is_one_code_and_closes_the_wallet() {
    let place = Place::new();
    let wallet = place.made();
    assert!(matches!(wallet.panic(), Err(error @ CoffretError::Internal(_))
        if error.to_string() == "internal-fault"));
    assert_eq!(refused(wallet.state()), "object-closed");
    assert_eq!(refused(wallet.panic()), "object-closed");
}

#[test]
fn after_a_panic_the_store_is_as_the_last_call_has_left_it() {
    let place = Place::new();
    let wallet = place.made();
    let person = wallet.add_person("Une personne".to_owned()).unwrap();
    let _ = wallet.panic();

    // The wallet that panicked is not dropped: what it held is free all the same.
    let again = place.open();
    again.unlock(PIN.to_owned(), boot()).unwrap();
    assert!(again.people().unwrap().iter().any(|found| found.id == person));
    assert!(again.verify_log(now()).is_ok());
}

#[test]
fn a_panic_of_the_app_s_secrets_is_caught_too() {
    let place = Place::new();
    place.interrupt(|| panic!("the app's"));
    assert_eq!(refused(place.try_open().map(drop)), "internal-fault");
}

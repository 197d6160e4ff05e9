use std::sync::Arc;

use coffret_ffi::{
    Ask, CodeScanner, CoffretError, DeviceAuth, Engage, HolderEvent, Reader, ReaderEvent, Scanned,
    SecretsError, Start, WalletState, open_export,
};

use crate::place::{PIN, Place, boot, now};
use crate::refused;

#[test]
fn a_wallet_goes_from_new_to_open_to_locked_to_closed() {
    let place = Place::new();
    let wallet = place.open();
    assert_eq!(wallet.state().unwrap(), WalletState::New);
    assert_eq!(refused(wallet.unlock(PIN.to_owned(), boot())), "wallet-not-locked");
    assert_eq!(refused(wallet.attempts(boot())), "wallet-not-locked");
    assert_eq!(refused(wallet.documents(now())), "wallet-not-open");
    assert_eq!(refused(wallet.erase()), "wallet-not-open");
    wallet.lock().unwrap();
    assert_eq!(wallet.state().unwrap(), WalletState::New);

    wallet.create(PIN.to_owned()).unwrap();
    assert_eq!(wallet.state().unwrap(), WalletState::Open);
    assert_eq!(refused(wallet.create(PIN.to_owned())), "wallet-made-already");
    assert_eq!(refused(wallet.unlock(PIN.to_owned(), boot())), "wallet-not-locked");
    assert_eq!(wallet.documents(now()).unwrap(), []);

    wallet.lock().unwrap();
    assert_eq!(wallet.state().unwrap(), WalletState::Locked);
    assert_eq!(refused(wallet.documents(now())), "wallet-not-open");
    assert!(matches!(
        wallet.unlock("000001".to_owned(), boot()),
        Err(error @ CoffretError::Pin(_)) if error.to_string() == "pin-wrong"
    ));
    assert_eq!(wallet.state().unwrap(), WalletState::Locked);
    wallet.unlock(PIN.to_owned(), boot()).unwrap();

    wallet.close().unwrap();
    wallet.close().unwrap();
    assert_eq!(refused(wallet.state()), "object-closed");
    assert_eq!(refused(wallet.lock()), "object-closed");
    assert_eq!(refused(wallet.create(PIN.to_owned())), "object-closed");
    assert_eq!(place.open().state().unwrap(), WalletState::Locked);
}

#[test]
fn a_pin_that_is_not_taken_changes_nothing() {
    let place = Place::new();
    let wallet = place.open();
    for pin in ["", "12345", "123456", "abcdef"] {
        assert!(matches!(wallet.create(pin.to_owned()), Err(CoffretError::Pin(_))), "{pin}");
        assert_eq!(wallet.state().unwrap(), WalletState::New);
    }
}

#[test]
fn an_erased_wallet_is_closed_and_gone() {
    let place = Place::new();
    let wallet = place.made();
    wallet.erase().unwrap();
    assert_eq!(refused(wallet.state()), "object-closed");
    assert_eq!(place.open().state().unwrap(), WalletState::New);
}

#[test]
fn a_folder_s_wallet_is_one_object_s_at_a_time() {
    let place = Place::new();
    let wallet = place.made();
    assert!(matches!(place.try_open(), Err(CoffretError::Storage(_))));
    wallet.close().unwrap();
    place.open();
}

#[test]
fn a_presentation_outlives_a_lock_and_not_its_wallet() {
    let place = Place::new();
    let wallet = Arc::new(place.made());
    let present = || Arc::clone(&wallet).present(Engage::Device, DeviceAuth::Mac, now());
    let presentation = present().unwrap().presentation;

    wallet.lock().unwrap();
    assert_eq!(refused(presentation.step(HolderEvent::Tick, now())), "wallet-not-open");
    assert_eq!(refused(present().map(drop)), "wallet-not-open");
    wallet.close().unwrap();
    assert_eq!(refused(presentation.step(HolderEvent::Tick, now())), "object-closed");
}

#[test]
fn a_reading_passes_over_what_comes_after_the_end() {
    let reader = Arc::new(Reader::new(Vec::new(), None, now()).unwrap());
    let ask = Ask::Purpose { id: "pharmacy".to_owned() };
    let reading = reader.start(ask, Start::Code, now()).unwrap().reading;
    assert_eq!(reading.step(ReaderEvent::Closed, now()).unwrap().len(), 1);
    assert!(reading.step(ReaderEvent::Tick, now()).unwrap().is_empty());
}

#[test]
fn a_foreign_frame_is_no_error() {
    let scanner = CodeScanner::new().unwrap();
    for frame in ["", "mdoc:", "UR:BYTES/1-2/AA", "\u{0}"] {
        assert!(matches!(scanner.receive(frame.to_owned()), Ok(Scanned::Foreign)), "{frame}");
    }
}

#[test]
fn a_wallet_is_erased_without_its_pin() {
    let place = Place::new();
    drop(place.made());
    place.erase().unwrap();
    assert_eq!(place.open().state().unwrap(), WalletState::New);
}

#[test]
fn what_cannot_be_erased_can_be_erased_again() {
    let place = Place::new();
    let wallet = place.made();
    place.interrupt(|| Err(SecretsError::Unavailable));
    assert_eq!(refused(wallet.erase()), "secrets-unavailable");
    assert_eq!(refused(wallet.state()), "object-closed");
    place.interrupt(|| Ok(()));
    place.erase().unwrap();
    assert_eq!(place.open().state().unwrap(), WalletState::New);
}

#[test]
fn what_cannot_be_made_leaves_nothing() {
    let place = Place::new();
    let wallet = place.open();
    place.interrupt(|| Err(SecretsError::Unavailable));
    assert_eq!(refused(wallet.create(PIN.to_owned())), "secrets-unavailable");
    assert_eq!(refused(wallet.state()), "object-closed");
    place.interrupt(|| Ok(()));
    assert_eq!(place.open().state().unwrap(), WalletState::New);
}

#[test]
fn a_presentation_is_over_with_its_wallet() {
    let place = Place::new();
    let wallet = Arc::new(place.made());
    let begun = Arc::clone(&wallet).present(Engage::Device, DeviceAuth::Signature, now()).unwrap();
    wallet.close().unwrap();
    for _ in 0..2 {
        let refusal = begun.presentation.step(HolderEvent::GivenUp, now()).map(drop);
        assert_eq!(refused(refusal), "object-closed");
    }
}

#[test]
fn an_export_is_opened_by_its_passphrase_alone() {
    let place = Place::new();
    let export = place.made().export("cinq mots bien à moi".to_owned(), now()).unwrap();
    assert!(!open_export(export.clone(), "cinq mots bien à moi".to_owned()).unwrap().is_empty());
    assert_eq!(refused(open_export(export, "cinq mots".to_owned())), "export-sealed");
    assert_eq!(refused(open_export(vec![0], "cinq mots".to_owned())), "export-form");
}

/// Whoever holds an open wallet shows that it is theirs; the last wrong PIN closes it.
#[test]
fn the_pin_of_an_open_wallet_is_confirmed() {
    let place = Place::new();
    let wallet = place.open();
    assert_eq!(refused(wallet.confirm_pin(PIN.to_owned(), boot())), "wallet-not-open");
    wallet.create(PIN.to_owned()).unwrap();
    wallet.confirm_pin(PIN.to_owned(), boot()).unwrap();
    assert_eq!(refused(wallet.confirm_pin("12".to_owned(), boot())), "pin-form");
    let obvious = wallet.change_pin(PIN.to_owned(), "123456".to_owned(), boot());
    assert_eq!(refused(obvious), "pin-obvious");
    assert_eq!(wallet.attempts(boot()).unwrap().left, 16, "neither is a try");
    let wrong = wallet.change_pin("000001".to_owned(), "918273".to_owned(), boot());
    assert_eq!(refused(wrong), "pin-wrong");
    wallet.change_pin(PIN.to_owned(), "918273".to_owned(), boot()).unwrap();
    let mut later = boot();
    for left in (1..16).rev() {
        assert_eq!(refused(wallet.confirm_pin(PIN.to_owned(), later.clone())), "pin-wrong");
        assert_eq!(wallet.attempts(later.clone()).unwrap().left, left);
        later.seconds += 100_000;
    }
    assert_eq!(refused(wallet.confirm_pin(PIN.to_owned(), later.clone())), "pin-tries-exhausted");
    assert_eq!(refused(wallet.confirm_pin("918273".to_owned(), later)), "object-closed");
    assert_eq!(refused(place.try_open().map(drop)), "pin-tries-exhausted");
}

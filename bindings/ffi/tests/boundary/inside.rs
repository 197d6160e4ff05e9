use std::sync::{Arc, Mutex};

use coffret_ffi::{CodeScanner, CoffretError, SecretsError, WalletState, codes};

use crate::place::{PIN, Place, boot};
use crate::refused;

#[test]
fn the_app_s_secrets_cannot_call_the_wallet_back() {
    let place = Place::new();
    let wallet = Arc::new(place.made());
    let said = Arc::new(Mutex::new(Vec::new()));
    let (inner, told) = (Arc::clone(&wallet), Arc::clone(&said));
    place.interrupt(move || {
        let mut told = told.lock().unwrap();
        told.push(refused(inner.state()));
        told.push(refused(inner.lock()));
        told.push(refused(inner.close()));
        told.push(refused(CodeScanner::new()));
        assert!(codes().is_ok(), "what does not change is said");
        Ok(())
    });
    wallet.set_auto_lock(60).unwrap();

    let said = said.lock().unwrap();
    assert!(said.len() >= 4);
    assert!(said.iter().all(|code| code == "call-from-inside"), "{said:?}");
}

#[test]
fn after_a_call_from_inside_all_is_as_before() {
    let place = Place::new();
    let wallet = place.made();
    place.interrupt(|| {
        assert_eq!(refused(CodeScanner::new()), "call-from-inside");
        Ok(())
    });
    wallet.set_auto_lock(60).unwrap();
    assert!(CodeScanner::new().is_ok());
    assert_eq!(wallet.state().unwrap(), WalletState::Open);
}

#[test]
fn secrets_that_are_not_to_be_had_are_a_code_of_the_store() {
    let place = Place::new();
    place.interrupt(|| Err(SecretsError::Unavailable));
    assert!(matches!(place.try_open(), Err(CoffretError::Storage(_))));
    assert_eq!(refused(place.try_open().map(drop)), "secrets-unavailable");

    place.interrupt(|| Ok(()));
    let wallet = place.made();
    wallet.lock().unwrap();
    place.interrupt(|| Err(SecretsError::Unavailable));
    assert_eq!(refused(wallet.unlock(PIN.to_owned(), boot())), "secrets-unavailable");
    place.interrupt(|| Ok(()));
    wallet.unlock(PIN.to_owned(), boot()).unwrap();
}

use std::sync::Arc;

use coffret_ffi::{Curve, DocumentId, KeyId, KeyOutcome, KeyTask, PersonId, SoftwareKeys, TrustId};

use crate::place::{Place, now};
use crate::refused;

/// Nobody's: none, too short, too long, no digits, a stranger's.
const IDS: [&str; 5] = [
    "",
    "00",
    "000000000000000000000000000000000000",
    "\u{e9}g000000000000000000000000000000",
    "00112233445566778899aabbccddeeff",
];

#[test]
fn an_id_that_is_nobody_s_is_unknown() {
    let place = Place::new();
    let wallet = place.made();
    for id in IDS {
        let (document, person) = (DocumentId(id.to_owned()), PersonId(id.to_owned()));
        assert_eq!(refused(wallet.document(document.clone(), now())), "document-unknown");
        assert_eq!(refused(wallet.remove(document.clone())), "document-unknown");
        let assigned = refused(wallet.assign(document, person.clone()));
        assert!(["document-unknown", "person-unknown"].contains(&assigned.as_str()));
        assert_eq!(refused(wallet.set_holder(person.clone())), "person-unknown");
        assert_eq!(refused(wallet.rename_person(person, "Autre".to_owned())), "person-unknown");
        assert_eq!(refused(wallet.remove_trust(TrustId(id.to_owned()))), "trust-data-unknown");
    }
}

#[test]
fn a_key_that_is_nobody_s_is_gone() {
    let place = Place::new();
    let wallet = place.made();
    let keys = SoftwareKeys::new().unwrap();
    let tasks = || {
        let sign = |id: &str| KeyTask::Sign { key: KeyId(id.to_owned()), message: vec![1] };
        IDS.into_iter().map(sign).collect::<Vec<_>>()
    };
    for outcomes in [wallet.perform(tasks()).unwrap(), keys.perform(tasks()).unwrap()] {
        wallet.new_keys(IDS.len() as u8, Curve::P256).unwrap();
        assert_eq!(refused(wallet.keys_ready(outcomes)), "key-not-made", "nothing was signed");
    }
}

#[test]
fn an_outcome_of_the_core_s_keystore_is_handed_back_once() {
    let place = Place::new();
    let wallet = place.made();
    let made = wallet.perform(wallet.new_keys(1, Curve::P256).unwrap()).unwrap();
    let [KeyOutcome::Software { outcome }] = made.as_slice() else { panic!("{made:?}") };
    let copy = vec![KeyOutcome::Software { outcome: Arc::clone(outcome) }];
    assert_eq!(wallet.keys_ready(made).unwrap().len(), 1);
    wallet.new_keys(1, Curve::P256).unwrap();
    assert_eq!(refused(wallet.keys_ready(copy)), "key-outcome-spent");
}

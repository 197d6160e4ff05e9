use coffret_crypto::{
    Algorithm, Attestation, Curve, KeyOutcome, KeyPolicy, KeyRef, KeyTask, PrivateKey, verify,
};
use coffret_holder::{Error, Reuse};

use crate::story::{ABANDONED, KEYS, MDL, P256, Story};

#[test]
fn unused_keys_survive_and_are_used_once() {
    let (mut story, mut wallet) = Story::begin();
    let keys = story.keys(&mut wallet, 2);
    let mut wallet = story.reopen(wallet);
    for key in &keys {
        let licence = story.issue("adulte", MDL, std::slice::from_ref(key), Reuse::OneTime);
        wallet.add(&licence, story.now, &mut story.rng).unwrap();
    }
    let wallet = story.reopen(wallet);
    assert_eq!(wallet.documents(story.now).unwrap()[0].copies.all, 2);
}

#[test]
fn a_keystore_that_makes_some_gives_those() {
    let (mut story, mut wallet) = Story::begin();
    let tasks = wallet.new_keys(3, P256, &mut story.rng).unwrap();
    let made = wallet.perform(&tasks[1], &mut story.rng).unwrap();
    let KeyOutcome::Created(public, _) = &made else { panic!("{made:?}") };
    let public = public.clone();
    let outcomes = vec![KeyOutcome::Declined, made, KeyOutcome::Gone];
    assert_eq!(wallet.keys_ready(outcomes, &mut story.rng), Ok(vec![public.clone()]));
    let others = vec![deletion(&tasks[0]), deletion(&tasks[2])];
    assert_eq!(wallet.abandoned_keys(), Ok(others), "they may be there all the same");
    let licence = story.issue("adulte", MDL, &[public], Reuse::Reusable);
    wallet.add(&licence, story.now, &mut story.rng).unwrap();
}

/// What was made is not left behind, whenever the wallet is closed.
#[test]
fn keys_that_were_not_finished_are_destroyed() {
    let (mut story, mut wallet) = Story::begin();
    let ready = story.keys(&mut wallet, 1);
    let tasks = wallet.new_keys(2, P256, &mut story.rng).unwrap();
    let outcome = wallet.perform(&tasks[1], &mut story.rng).unwrap();
    assert!(matches!(outcome, KeyOutcome::Created(..)), "{outcome:?}");
    assert_eq!(wallet.abandoned_keys(), Ok(vec![]), "they are waited for");

    let mut wallet = story.reopen(wallet);
    let asked: Vec<_> = tasks.iter().map(deletion).collect();
    assert_eq!(wallet.abandoned_keys(), Ok(asked));
    assert_eq!(story.destroy_keys(&mut wallet), 1, "the other was not made");
    assert_eq!(wallet.abandoned_keys(), Ok(vec![]));
    let licence = story.issue("adulte", MDL, &ready, Reuse::Reusable);
    wallet.add(&licence, story.now, &mut story.rng).unwrap();
    drop(wallet);
    let store = story.store();
    assert_eq!([KEYS, ABANDONED].map(|table| store.all(table).unwrap().len()), [1, 0]);
}

/// An issuer that fails leaves none behind; others wait on.
#[test]
fn keys_that_no_credential_comes_for_are_given_up() {
    let (mut story, mut wallet) = Story::begin();
    let keys = story.keys(&mut wallet, 3);
    let licence = story.issue("adulte", MDL, &keys[..1], Reuse::Reusable);
    wallet.add(&licence, story.now, &mut story.rng).unwrap();

    wallet.abandon_keys(&keys[..2], &mut story.rng).unwrap();
    wallet.abandon_keys(&keys[..2], &mut story.rng).unwrap();
    assert_eq!(wallet.abandoned_keys().unwrap().len(), 1, "the document keeps its key");
    assert_eq!(story.destroy_keys(&mut wallet), 1);

    let mut wallet = story.reopen(wallet);
    let refused = story.issue("adulte", MDL, &keys[1..2], Reuse::Reusable);
    assert!(wallet.add(&refused, story.now, &mut story.rng).is_err(), "its key is given up");
    let licence = story.issue("adulte", MDL, &keys[2..], Reuse::Reusable);
    wallet.add(&licence, story.now, &mut story.rng).unwrap();
}

#[test]
fn keys_that_are_asked_for_again_are_abandoned() {
    let (mut story, mut wallet) = Story::begin();
    let first = wallet.new_keys(1, P256, &mut story.rng).unwrap();
    let second = wallet.new_keys(1, P256, &mut story.rng).unwrap();
    assert_eq!(wallet.abandoned_keys(), Ok(vec![deletion(&first[0])]));
    wallet.keys_ready(vec![KeyOutcome::Declined], &mut story.rng).unwrap_err();
    let made = wallet.perform(&second[0], &mut story.rng).unwrap();
    wallet.keys_ready(vec![made], &mut story.rng).unwrap();
    assert_eq!(wallet.abandoned_keys(), Ok(vec![deletion(&first[0])]));
}

#[test]
fn a_keystore_that_does_not_destroy_is_asked_again() {
    let (mut story, mut wallet) = Story::begin();
    let tasks = wallet.new_keys(4, P256, &mut story.rng).unwrap();
    let mut wallet = story.reopen(wallet);
    wallet.abandoned_keys().unwrap();
    let short = wallet.keys_deleted(vec![KeyOutcome::Deleted], &mut story.rng);
    assert_eq!(short, Err(Error::KeyTasks));
    let failed = KeyOutcome::Failed(coffret_crypto::Error::AgreementMismatch);
    let outcomes = vec![KeyOutcome::Deleted, KeyOutcome::Declined, KeyOutcome::Gone, failed];
    wallet.keys_deleted(outcomes, &mut story.rng).unwrap();
    let again = wallet.keys_deleted([0; 4].map(|_| KeyOutcome::Deleted).into(), &mut story.rng);
    assert_eq!(again, Err(Error::KeyTasks), "nothing is asked for");
    let left = vec![deletion(&tasks[1]), deletion(&tasks[3])];
    assert_eq!(story.reopen(wallet).abandoned_keys(), Ok(left));
}

fn deletion(task: &KeyTask) -> KeyTask {
    let KeyTask::Create { key, .. } = task else { panic!("{task:?}") };
    KeyTask::Delete { key: *key }
}

#[test]
fn outcomes_are_those_of_the_tasks() {
    let (mut story, mut wallet) = Story::begin();
    let unasked = wallet.keys_ready(vec![KeyOutcome::Declined], &mut story.rng);
    assert_eq!(unasked, Err(Error::KeyTasks));
    wallet.new_keys(2, P256, &mut story.rng).unwrap();
    for (outcomes, rule) in [
        (vec![KeyOutcome::Declined], Error::KeyTasks),
        (vec![KeyOutcome::Declined, KeyOutcome::Deleted], Error::KeyTasks),
        (vec![KeyOutcome::Declined, KeyOutcome::Declined], Error::NoKeys),
    ] {
        assert_eq!(wallet.keys_ready(outcomes, &mut story.rng), Err(rule));
    }
}

#[test]
fn software_keys_do_what_is_asked_after_a_restart_too() {
    let (mut story, mut wallet) = Story::begin();
    let key = KeyRef::random(&mut story.rng);
    let create = KeyTask::Create { key, policy: P256 };
    let made = wallet.perform(&create, &mut story.rng).unwrap();
    let KeyOutcome::Created(public, Attestation::Software) = made else { panic!("{made:?}") };
    let peer = PrivateKey::generate(Curve::P256, &mut story.rng);
    let stranger = PrivateKey::generate(Curve::P384, &mut story.rng);
    let mut wallet = story.reopen(wallet);
    let mut perform = |task: &KeyTask| wallet.perform(task, &mut story.rng).unwrap();

    assert_eq!(perform(&create), KeyOutcome::Declined, "a name is one key's");
    let signed = perform(&KeyTask::Sign { key, message: b"Bonjour".to_vec() });
    let KeyOutcome::Signature(signature) = signed else { panic!("{signed:?}") };
    assert_eq!(verify(&public, Algorithm::Es256, b"Bonjour", signature.as_bytes()), Ok(()));

    let agree = |peer: &PrivateKey| KeyTask::Agree { key, peer: peer.public_key() };
    let shared = KeyOutcome::Secret(peer.agree(&public).unwrap());
    assert_eq!(perform(&agree(&peer)), shared);
    let mismatch = KeyOutcome::Failed(coffret_crypto::Error::AgreementMismatch);
    assert_eq!(perform(&agree(&stranger)), mismatch);

    assert_eq!(perform(&KeyTask::Delete { key }), KeyOutcome::Deleted);
    assert_eq!(perform(&KeyTask::Delete { key }), KeyOutcome::Gone);
    assert_eq!(perform(&agree(&peer)), KeyOutcome::Gone);
}

#[test]
fn keys_are_on_the_curve_that_is_asked_for() {
    let (mut story, mut wallet) = Story::begin();
    for curve in [Curve::P256, Curve::P384, Curve::P521, Curve::Ed25519] {
        let tasks = wallet.new_keys(1, KeyPolicy { curve }, &mut story.rng).unwrap();
        let outcome = wallet.perform(&tasks[0], &mut story.rng).unwrap();
        let keys = wallet.keys_ready(vec![outcome], &mut story.rng).unwrap();
        assert_eq!(keys[0].curve(), curve);
        let licence = story.issue("adulte", MDL, &keys, Reuse::Reusable);
        wallet.add(&licence, story.now, &mut story.rng).unwrap();
    }
    assert_eq!(wallet.documents(story.now).unwrap()[0].copies.all, 4);
}

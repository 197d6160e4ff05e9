use coffret_crypto::{
    Algorithm, Attestation, Curve, KeyOutcome, KeyPolicy, KeyRef, KeyTask, PrivateKey, verify,
};
use coffret_holder::{Error, Reuse};

use crate::story::{MDL, P256, Story};

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
    let tasks = wallet.new_keys(3, P256, &mut story.rng);
    let made = wallet.perform(&tasks[1], &mut story.rng).unwrap();
    let KeyOutcome::Created(public, _) = &made else { panic!("{made:?}") };
    let public = public.clone();
    let outcomes = vec![KeyOutcome::Declined, made, KeyOutcome::Gone];
    assert_eq!(wallet.keys_ready(outcomes, &mut story.rng), Ok(vec![public.clone()]));
    let licence = story.issue("adulte", MDL, &[public], Reuse::Reusable);
    wallet.add(&licence, story.now, &mut story.rng).unwrap();
}

#[test]
fn outcomes_are_those_of_the_tasks() {
    let (mut story, mut wallet) = Story::begin();
    let unasked = wallet.keys_ready(vec![KeyOutcome::Declined], &mut story.rng);
    assert_eq!(unasked, Err(Error::KeyTasks));
    wallet.new_keys(2, P256, &mut story.rng);
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
    assert_eq!(verify(&public, Algorithm::Es256, b"Bonjour", &signature), Ok(()));

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
        let tasks = wallet.new_keys(1, KeyPolicy { curve }, &mut story.rng);
        let outcome = wallet.perform(&tasks[0], &mut story.rng).unwrap();
        let keys = wallet.keys_ready(vec![outcome], &mut story.rng).unwrap();
        assert_eq!(keys[0].curve(), curve);
        let licence = story.issue("adulte", MDL, &keys, Reuse::Reusable);
        wallet.add(&licence, story.now, &mut story.rng).unwrap();
    }
    assert_eq!(wallet.documents(story.now).unwrap()[0].copies.all, 4);
}

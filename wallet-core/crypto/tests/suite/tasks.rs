//! Key tasks, done by keys in memory.

use coffret_crypto::{
    Attestation, Curve, Error, KeyOutcome, KeyPolicy, KeyRef, KeyTask, PrivateKey, PublicKey,
    SoftwareKeys, verify,
};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

#[test]
fn create_sign_agree_delete() {
    let mut rng = ChaCha20Rng::from_seed([1; 32]);
    let mut keys = SoftwareKeys::default();
    let key = KeyRef::random(&mut rng);
    let peer = PrivateKey::generate(Curve::P256, &mut rng);

    let create = KeyTask::Create { key, policy: KeyPolicy { curve: Curve::P256 } };
    let KeyOutcome::Created(public, Attestation::Software) = keys.execute(&create, &mut rng) else {
        panic!("no key");
    };
    let sign = KeyTask::Sign { key, message: b"message".to_vec() };
    let KeyOutcome::Signature(signature) = keys.execute(&sign, &mut rng) else {
        panic!("no signature");
    };
    verify(&public, Curve::P256.algorithm().unwrap(), b"message", signature.as_bytes()).unwrap();

    let agree = KeyTask::Agree { key, peer: peer.public_key() };
    let secret = peer.agree(&public).unwrap();
    assert_eq!(keys.execute(&agree, &mut rng), KeyOutcome::Secret(secret));

    let delete = KeyTask::Delete { key };
    assert_eq!(keys.execute(&delete, &mut rng), KeyOutcome::Deleted);
    for task in [sign, agree, delete] {
        assert_eq!(keys.execute(&task, &mut rng), KeyOutcome::Gone);
    }
}

/// A second key under the name of the first would destroy it.
#[test]
fn a_name_is_for_one_key() {
    let mut rng = ChaCha20Rng::from_seed([1; 32]);
    let mut keys = SoftwareKeys::default();
    let own = PrivateKey::generate(Curve::P256, &mut rng);
    let peer = PrivateKey::generate(Curve::P256, &mut rng);
    let secret = peer.agree(&own.public_key()).unwrap();
    let key = keys.insert(own, &mut rng);
    let create = KeyTask::Create { key, policy: KeyPolicy { curve: Curve::P256 } };
    assert_eq!(keys.execute(&create, &mut rng), KeyOutcome::Declined);
    let agree = KeyTask::Agree { key, peer: peer.public_key() };
    assert_eq!(keys.execute(&agree, &mut rng), KeyOutcome::Secret(secret));
}

#[test]
fn what_cannot_be_done_says_why() {
    let mut rng = ChaCha20Rng::from_seed([1; 32]);
    let mut keys = SoftwareKeys::default();
    let [signing, agreeing] = [Curve::Ed25519, Curve::X25519].map(|curve| {
        let private = PrivateKey::generate(curve, &mut rng);
        keys.insert(private, &mut rng)
    });
    let peer = PrivateKey::generate(Curve::P256, &mut rng).public_key();
    let hostile = PublicKey::from_point(Curve::X25519, &[0; 32]).unwrap();
    for (task, why) in [
        (KeyTask::Sign { key: agreeing, message: Vec::new() }, Error::AlgorithmMismatch),
        (KeyTask::Agree { key: agreeing, peer: peer.clone() }, Error::AgreementMismatch),
        (KeyTask::Agree { key: agreeing, peer: hostile }, Error::ZeroSecret),
        (KeyTask::Agree { key: signing, peer }, Error::AgreementMismatch),
    ] {
        assert_eq!(keys.execute(&task, &mut rng), KeyOutcome::Failed(why));
    }
}

/// A key in hand does what keys do; making and destroying is for who keeps it. Its name is kept as
/// bytes.
#[test]
fn a_key_does_its_own_tasks_only() {
    let mut rng = ChaCha20Rng::from_seed([3; 32]);
    let private = PrivateKey::generate(Curve::P256, &mut rng);
    let key = KeyRef::random(&mut rng);
    assert_eq!(KeyRef::from(*key.as_bytes()), key);
    let sign = KeyTask::Sign { key, message: b"message".to_vec() };
    assert!(matches!(private.perform(&sign), KeyOutcome::Signature(_)));
    let create = KeyTask::Create { key, policy: KeyPolicy { curve: Curve::P256 } };
    for task in [create, KeyTask::Delete { key }] {
        assert_eq!(private.perform(&task), KeyOutcome::Declined);
    }
}

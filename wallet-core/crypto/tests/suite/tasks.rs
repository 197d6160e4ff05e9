//! Key tasks, done by keys in memory.

use coffret_crypto::{
    Attestation, Curve, KeyOutcome, KeyPolicy, KeyRef, KeyTask, PrivateKey, SoftwareKeys, verify,
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
    verify(&public, Curve::P256.algorithm().unwrap(), b"message", &signature).unwrap();

    let agree = KeyTask::Agree { key, peer: peer.public_key() };
    let secret = peer.agree(&public).unwrap();
    assert_eq!(keys.execute(&agree, &mut rng), KeyOutcome::Secret(secret));

    let delete = KeyTask::Delete { key };
    assert_eq!(keys.execute(&delete, &mut rng), KeyOutcome::Deleted);
    for task in [sign, agree, delete] {
        assert_eq!(keys.execute(&task, &mut rng), KeyOutcome::Gone);
    }
}

#[test]
fn what_a_key_is_not_for_is_declined() {
    let mut rng = ChaCha20Rng::from_seed([1; 32]);
    let mut keys = SoftwareKeys::default();
    let [signing, agreeing] = [Curve::Ed25519, Curve::X25519].map(|curve| {
        let key = KeyRef::random(&mut rng);
        keys.insert(key, PrivateKey::generate(curve, &mut rng));
        key
    });
    let peer = PrivateKey::generate(Curve::P256, &mut rng).public_key();
    for task in [
        KeyTask::Sign { key: agreeing, message: Vec::new() },
        KeyTask::Agree { key: agreeing, peer: peer.clone() },
        KeyTask::Agree { key: signing, peer },
    ] {
        assert_eq!(keys.execute(&task, &mut rng), KeyOutcome::Declined);
    }
}

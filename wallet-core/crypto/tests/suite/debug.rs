//! `Debug` of every type that holds a secret, or what tells a holder apart, shows neither.

use std::fmt::Debug;

use coffret_crypto::cose::{Mac0, Payload, Unsigned};
use coffret_crypto::{
    Algorithm, Attestation, Curve, Error, KeyOutcome, KeyTask, PrivateKey, SharedSecret,
    SoftwareKeys, SymmetricKey,
};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

#[test]
fn nothing_is_shown() {
    let mut rng = ChaCha20Rng::from_seed([1; 32]);
    let own = PrivateKey::generate(Curve::P256, &mut rng);
    let public = own.public_key();
    let symmetric = || SymmetricKey::from([0xab; 32]);
    let payload = || Payload::Embedded(b"MARKED");
    let secret = || SharedSecret::new(Curve::P256, vec![0xab; 32]).unwrap();
    let mut keys = SoftwareKeys::default();
    let key = keys.insert(PrivateKey::generate(Curve::P256, &mut rng), &mut rng);

    let shown: Vec<(Box<dyn Debug>, &str)> = vec![
        (Box::new(public.clone()), "PublicKey(P256, […])"),
        (Box::new(PrivateKey::generate(Curve::P521, &mut rng)), "PrivateKey([…])"),
        (Box::new(secret()), "SharedSecret([…])"),
        (Box::new(symmetric()), "SymmetricKey([…])"),
        (
            Box::new(Unsigned::new(Algorithm::Es256, &[], payload(), b"").sign(&own).unwrap()),
            "Sign1([…])",
        ),
        (Box::new(Unsigned::new(Algorithm::Es256, &[], payload(), b"")), "Unsigned([…])"),
        (Box::new(Mac0::new(&symmetric(), payload(), b"")), "Mac0([…])"),
        (Box::new(KeyTask::Sign { key, message: b"MARKED".to_vec() }), "Sign([…])"),
        (Box::new(KeyTask::Agree { key, peer: public.clone() }), "Agree([…])"),
        (Box::new(KeyOutcome::Created(public, Attestation::Software)), "Created([…])"),
        (Box::new(KeyOutcome::Signature(b"MARKED".to_vec().into())), "Signature([…])"),
        (Box::new(KeyOutcome::Secret(secret())), "Secret([…])"),
        (Box::new(KeyOutcome::Failed(Error::ZeroSecret)), "Failed(ZeroSecret)"),
        (Box::new(keys), "SoftwareKeys(1)"),
    ];
    for (value, expected) in shown {
        assert_eq!(format!("{value:?}"), expected);
        assert_eq!(format!("{value:#?}"), expected);
    }
}

#[test]
fn errors_are_names_and_numbers() {
    for error in Error::ALL {
        let code = error.code();
        assert!((201..300).contains(&code.number));
        assert_eq!(error.to_string(), format!("{} ({code}, {})", code.name, code.clause));
    }
}

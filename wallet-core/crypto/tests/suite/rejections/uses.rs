use coffret_crypto::aead::open;
use coffret_crypto::password::Cost;
use coffret_crypto::{
    Algorithm, Curve, Error, Hash, PrivateKey, PublicKey, SharedSecret, SymmetricKey, verify,
    verify_x509,
};

use super::{Breach, key};

pub(super) fn breaches() -> Vec<Breach> {
    let (p256, p384) = (key(Curve::P256), key(Curve::P384));
    let (ed25519, x25519) = (key(Curve::Ed25519), key(Curve::X25519));
    let signature = p256.sign(Algorithm::Es256, b"message").unwrap();
    let der = p256.sign_x509(Algorithm::Es256, b"message").unwrap();
    let verify = |algorithm, message, signature: &[u8]| {
        verify(&p256.public_key(), algorithm, message, signature)
    };
    let verify_der =
        |hash, signature: &[u8]| verify_x509(&p256.public_key(), hash, b"message", signature);
    let mismatch = Error::AlgorithmMismatch;
    let zero = PublicKey::from_point(Curve::X25519, &[0; 32]).unwrap();
    let agree = |own: &PrivateKey, peer: &PrivateKey| own.agree(&peer.public_key()).map(drop);
    let symmetric = SymmetricKey::from([1; 32]);
    let secret = |curve, length| SharedSecret::new(curve, vec![1; length]).map(drop);
    let cost = |memory_kib, passes| Cost::new(memory_kib, passes).map(drop);
    let zeros = |curve, length| SharedSecret::new(curve, vec![0; length]).map(drop);
    vec![
        ("ES384 by P-256", mismatch, p256.sign(Algorithm::Es384, b"").map(drop)),
        ("EdDSA by X25519", mismatch, x25519.sign(Algorithm::EdDsa, b"").map(drop)),
        ("certificate by X25519", mismatch, x25519.sign_x509(Algorithm::EdDsa, b"").map(drop)),
        ("ES384 of P-256", mismatch, verify(Algorithm::Es384, b"message", &signature)),
        (
            "SHA-256 of Ed25519",
            mismatch,
            verify_x509(&ed25519.public_key(), Hash::Sha256, b"", &[0; 64]),
        ),
        ("certificate of X25519", mismatch, verify_x509(&zero, Hash::Sha512, b"", &[0; 64])),
        ("another message", Error::InvalidSignature, verify(Algorithm::Es256, b"", &signature)),
        ("DER in COSE", Error::InvalidSignature, verify(Algorithm::Es256, b"message", &der)),
        ("empty signature", Error::InvalidSignature, verify(Algorithm::Es256, b"message", b"")),
        ("r ‖ s in X.509", Error::InvalidSignature, verify_der(Hash::Sha256, &signature)),
        ("another hash", Error::InvalidSignature, verify_der(Hash::Sha384, &der)),
        ("P-256 with P-384", Error::AgreementMismatch, agree(&p256, &p384)),
        ("Ed25519 with itself", Error::AgreementMismatch, agree(&ed25519, &ed25519)),
        ("X25519 with zero", Error::ZeroSecret, x25519.agree(&zero).map(drop)),
        ("a keystore's secret, empty", Error::AgreementMismatch, secret(Curve::P256, 0)),
        ("a keystore's secret, short", Error::AgreementMismatch, secret(Curve::P521, 65)),
        ("a keystore's secret, long", Error::AgreementMismatch, secret(Curve::X25519, 33)),
        ("a keystore's secret on Ed25519", Error::AgreementMismatch, secret(Curve::Ed25519, 32)),
        ("a keystore's secret of zeros", Error::ZeroSecret, zeros(Curve::P256, 32)),
        ("ciphertext too short", Error::Aead, open(&symmetric, &[0; 12], b"", &[0; 15]).map(drop)),
        ("ciphertext of zeros", Error::Aead, open(&symmetric, &[0; 12], b"", &[0; 16]).map(drop)),
        ("less memory than Argon2 takes", Error::PasswordCost, cost(7, 1)),
        ("no pass", Error::PasswordCost, cost(8, 0)),
        ("more memory than is spent", Error::PasswordCost, cost((1 << 20) + 1, 1)),
        ("more passes than are spent", Error::PasswordCost, cost(8, 11)),
    ]
}

//! The arithmetic of P-256 and SHA-256, as the crates that have it offer it.

use std::hint::black_box;

use getrandom::SysRng;
use getrandom::rand_core::UnwrapErr;

/// One crate’s arithmetic.
pub(crate) trait Backend {
    type Key;
    type Public;
    type Secret;
    type Peer;

    /// A new key that signs.
    fn generate() -> (Self::Key, Self::Public);
    fn sign(key: &Self::Key, message: &[u8]) -> [u8; 64];
    fn verify(public: &Self::Public, message: &[u8], signature: &[u8; 64]) -> bool;
    /// A new key that agrees on a secret, once.
    fn ephemeral() -> (Self::Secret, Self::Peer);
    fn agree(secret: Self::Secret, peer: &Self::Peer);
    fn hash(bytes: &[u8]);
}

/// RustCrypto’s, which has had more than one form.
macro_rules! rust_crypto {
    ($(#[$doc:meta])* $name:ident, $p256:ident, $sha2:ident, $new:expr) => {
        $(#[$doc])*
        pub(crate) struct $name;

        impl Backend for $name {
            type Key = $p256::ecdsa::SigningKey;
            type Public = $p256::ecdsa::VerifyingKey;
            type Secret = $p256::SecretKey;
            type Peer = $p256::PublicKey;

            fn generate() -> (Self::Key, Self::Public) {
                let secret: $p256::SecretKey = ($new)();
                let key = $p256::ecdsa::SigningKey::from(&secret);
                let public = *key.verifying_key();
                (key, public)
            }

            fn sign(key: &Self::Key, message: &[u8]) -> [u8; 64] {
                use $p256::ecdsa::signature::Signer;
                let signature: $p256::ecdsa::Signature = key.sign(message);
                signature.to_bytes().into()
            }

            fn verify(public: &Self::Public, message: &[u8], signature: &[u8; 64]) -> bool {
                use $p256::ecdsa::signature::Verifier;
                let signature = $p256::ecdsa::Signature::from_slice(signature);
                public.verify(message, &signature.unwrap()).is_ok()
            }

            fn ephemeral() -> (Self::Secret, Self::Peer) {
                let secret: $p256::SecretKey = ($new)();
                let public = secret.public_key();
                (secret, public)
            }

            fn agree(secret: Self::Secret, peer: &Self::Peer) {
                black_box($p256::ecdh::diffie_hellman(
                    secret.to_nonzero_scalar(),
                    peer.as_affine(),
                ));
            }

            fn hash(bytes: &[u8]) {
                use $sha2::Digest;
                black_box($sha2::Sha256::digest(bytes));
            }
        }
    };
}

rust_crypto!(
    /// What we sign with everywhere, and verify with where graviola cannot: with tables for signing.
    P256,
    p256,
    sha2,
    || p256::elliptic_curve::Generate::generate_from_rng(&mut UnwrapErr(SysRng))
);

rust_crypto!(
    /// What isomdl 0.2.0 is built on: an older version, without tables.
    P256Peer,
    p256_peer,
    sha2_peer,
    || p256_peer::SecretKey::random(&mut p256_peer::elliptic_curve::rand_core::OsRng)
);

/// Assembler, of which we use the verification alone.
pub(crate) struct Graviola;

impl Backend for Graviola {
    type Key = graviola::signing::ecdsa::SigningKey<graviola::signing::ecdsa::P256>;
    type Public = graviola::signing::ecdsa::VerifyingKey<graviola::signing::ecdsa::P256>;
    type Secret = graviola::key_agreement::p256::PrivateKey;
    type Peer = graviola::key_agreement::p256::PublicKey;

    fn generate() -> (Self::Key, Self::Public) {
        use graviola::signing::ecdsa::{P256, SigningKey, VerifyingKey};

        let key = SigningKey::<P256>::generate().unwrap();
        let point = key.private_key.public_key_uncompressed();
        let public = VerifyingKey::from_x962_uncompressed(&point).unwrap();
        (key, public)
    }

    fn sign(key: &Self::Key, message: &[u8]) -> [u8; 64] {
        let mut signature = [0; 64];
        key.sign::<graviola::hashing::Sha256>(&[message], &mut signature).unwrap();
        signature
    }

    fn verify(public: &Self::Public, message: &[u8], signature: &[u8; 64]) -> bool {
        public.verify::<graviola::hashing::Sha256>(&[message], signature).is_ok()
    }

    fn ephemeral() -> (Self::Secret, Self::Peer) {
        let secret = Self::Secret::new_random().unwrap();
        let peer = Self::Peer::from_x962_uncompressed(&secret.public_key_uncompressed());
        (secret, peer.unwrap())
    }

    fn agree(secret: Self::Secret, peer: &Self::Peer) {
        black_box(secret.diffie_hellman(peer).map_err(|_| ()).unwrap());
    }

    fn hash(bytes: &[u8]) {
        use graviola::hashing::{Hash, HashContext, Sha256};

        let mut context = Sha256::new();
        context.update(bytes);
        black_box(context.finish());
    }
}

/// What the program does where graviola can: its verification, and the rest as everywhere.
pub(crate) struct AsOurs;

impl Backend for AsOurs {
    type Key = <P256 as Backend>::Key;
    type Public = <Graviola as Backend>::Public;
    type Secret = <P256 as Backend>::Secret;
    type Peer = <P256 as Backend>::Peer;

    fn generate() -> (Self::Key, Self::Public) {
        let (key, public) = P256::generate();
        let point = p256::PublicKey::from(&public).to_sec1_bytes();
        (key, Self::Public::from_x962_uncompressed(&point).unwrap())
    }

    fn sign(key: &Self::Key, message: &[u8]) -> [u8; 64] {
        P256::sign(key, message)
    }

    fn verify(public: &Self::Public, message: &[u8], signature: &[u8; 64]) -> bool {
        Graviola::verify(public, message, signature)
    }

    fn ephemeral() -> (Self::Secret, Self::Peer) {
        P256::ephemeral()
    }

    fn agree(secret: Self::Secret, peer: &Self::Peer) {
        P256::agree(secret, peer);
    }

    fn hash(bytes: &[u8]) {
        P256::hash(bytes);
    }
}

//! The signatures on certificates and revocation lists, over the one verification function of
//! `coffret-crypto`.

use coffret_crypto::{Curve, Hash, PublicKey};
use rustls_pki_types::{AlgorithmIdentifier, alg_id};

use crate::Error;

#[cfg(test)]
thread_local! {
    /// How many signatures this test has had verified.
    pub(crate) static VERIFIED: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// A key and a hash that go together on a certificate (ISO 18013-5 §B.1.1; RFC 5758 §3.2, RFC 8410
/// §3), and the content of their AlgorithmIdentifier. Real authorities sign with P-256 and SHA-384,
/// and with P-521 and SHA-256.
const SCHEMES: [(Curve, Hash, AlgorithmIdentifier); 10] = [
    (Curve::P256, Hash::Sha256, alg_id::ECDSA_SHA256),
    (Curve::P256, Hash::Sha384, alg_id::ECDSA_SHA384),
    (Curve::P256, Hash::Sha512, alg_id::ECDSA_SHA512),
    (Curve::P384, Hash::Sha256, alg_id::ECDSA_SHA256),
    (Curve::P384, Hash::Sha384, alg_id::ECDSA_SHA384),
    (Curve::P384, Hash::Sha512, alg_id::ECDSA_SHA512),
    (Curve::P521, Hash::Sha256, alg_id::ECDSA_SHA256),
    (Curve::P521, Hash::Sha384, alg_id::ECDSA_SHA384),
    (Curve::P521, Hash::Sha512, alg_id::ECDSA_SHA512),
    (Curve::Ed25519, Hash::Sha512, alg_id::ED25519),
];

/// Verifies `signature` by the content of its AlgorithmIdentifier.
pub(crate) fn verify(
    key: &PublicKey,
    algorithm: &[u8],
    message: &[u8],
    signature: &[u8],
) -> Result<(), Error> {
    #[cfg(test)]
    VERIFIED.set(VERIFIED.get() + 1);
    let (_, hash, _) = SCHEMES
        .iter()
        .find(|(curve, _, scheme)| *curve == key.curve() && scheme.as_ref() == algorithm)
        .ok_or(Error::SignatureAlgorithm)?;
    Ok(coffret_crypto::verify_x509(key, *hash, message, signature)?)
}

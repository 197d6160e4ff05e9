//! The signatures on certificates and revocation lists: one table, for `webpki` and for us, over
//! the one verification function of `coffret-crypto`.

use coffret_crypto::{Curve, Hash, PublicKey};
use rustls_pki_types::{
    AlgorithmIdentifier, InvalidSignature, SignatureVerificationAlgorithm, alg_id,
};

use crate::Error;

/// A key and a hash that go together on a certificate (ISO 18013-5 §B.1.1; RFC 5758 §3.2, RFC 8410
/// §3). Real authorities sign with P-256 and SHA-384, and with P-521 and SHA-256.
#[derive(Debug)]
struct Scheme {
    curve: Curve,
    hash: Hash,
    key: AlgorithmIdentifier,
    signature: AlgorithmIdentifier,
}

const fn ecdsa(curve: Curve, key: AlgorithmIdentifier) -> [Scheme; 3] {
    [
        Scheme { curve, hash: Hash::Sha256, key, signature: alg_id::ECDSA_SHA256 },
        Scheme { curve, hash: Hash::Sha384, key, signature: alg_id::ECDSA_SHA384 },
        Scheme { curve, hash: Hash::Sha512, key, signature: alg_id::ECDSA_SHA512 },
    ]
}

static P256: [Scheme; 3] = ecdsa(Curve::P256, alg_id::ECDSA_P256);
static P384: [Scheme; 3] = ecdsa(Curve::P384, alg_id::ECDSA_P384);
static P521: [Scheme; 3] = ecdsa(Curve::P521, alg_id::ECDSA_P521);
static ED25519: Scheme = Scheme {
    curve: Curve::Ed25519,
    hash: Hash::Sha512,
    key: alg_id::ED25519,
    signature: alg_id::ED25519,
};

/// Every scheme, the usual ones first.
static SCHEMES: [&Scheme; 10] = [
    &P256[0], &P384[1], &P521[2], &ED25519, &P256[1], &P256[2], &P384[0], &P384[2], &P521[0],
    &P521[1],
];

/// The same, for `webpki`.
pub(crate) static SUPPORTED: &[&dyn SignatureVerificationAlgorithm] = &[
    SCHEMES[0], SCHEMES[1], SCHEMES[2], SCHEMES[3], SCHEMES[4], SCHEMES[5], SCHEMES[6], SCHEMES[7],
    SCHEMES[8], SCHEMES[9],
];

/// Verifies `signature` by the content of its AlgorithmIdentifier.
pub(crate) fn verify(
    key: &PublicKey,
    algorithm: &[u8],
    message: &[u8],
    signature: &[u8],
) -> Result<(), Error> {
    let scheme = SCHEMES
        .iter()
        .find(|scheme| scheme.curve == key.curve() && scheme.signature.as_ref() == algorithm)
        .ok_or(Error::SignatureAlgorithm)?;
    Ok(coffret_crypto::verify_x509(key, scheme.hash, message, signature)?)
}

impl SignatureVerificationAlgorithm for Scheme {
    fn verify_signature(
        &self,
        public_key: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), InvalidSignature> {
        PublicKey::from_point(self.curve, public_key)
            .and_then(|key| coffret_crypto::verify_x509(&key, self.hash, message, signature))
            .map_err(|_| InvalidSignature)
    }

    fn public_key_alg_id(&self) -> AlgorithmIdentifier {
        self.key
    }

    fn signature_alg_id(&self) -> AlgorithmIdentifier {
        self.signature
    }
}

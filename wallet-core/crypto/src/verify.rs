use std::borrow::Cow;

use crate::algorithm::{Algorithm, Hash, KeyType};
use crate::key::{Point, PublicKey};
use crate::sign::fixed_signature;
use crate::signature::hazmat::PrehashVerifier;
use crate::{Error, assembler};

/// Verifies a signature in the form of COSE: r ‖ s at full length (RFC 9053 §2.1), or the 64 bytes
/// of RFC 8032.
///
/// # Errors
/// [`Error::AlgorithmMismatch`], [`Error::InvalidSignature`]
pub fn verify(
    key: &PublicKey,
    algorithm: Algorithm,
    message: &[u8],
    signature: &[u8],
) -> Result<(), Error> {
    if !algorithm.fits(key.curve()) {
        return Err(Error::AlgorithmMismatch);
    }
    check(key, algorithm.hash(), message, signature, Form::Fixed)
}

/// Verifies a signature in the form of X.509: the DER of ECDSA-Sig-Value (RFC 5480, Appendix A),
/// or the 64 bytes of RFC 8410 §6.
///
/// Certificates name curve and hash apart, so that P-256 goes with SHA-384 too. Ed25519 takes
/// [`Hash::Sha512`] alone.
///
/// # Errors
/// [`Error::AlgorithmMismatch`], [`Error::InvalidSignature`]
pub fn verify_x509(
    key: &PublicKey,
    hash: Hash,
    message: &[u8],
    signature: &[u8],
) -> Result<(), Error> {
    check(key, hash, message, signature, Form::Der)
}

/// How the two integers of an ECDSA signature are written.
#[derive(Clone, Copy)]
pub(crate) enum Form {
    /// r ‖ s, each as long as the curve's order.
    Fixed,
    /// ECDSA-Sig-Value.
    Der,
}

/// The one place where signatures are verified.
fn check(
    key: &PublicKey,
    hash: Hash,
    message: &[u8],
    signature: &[u8],
    form: Form,
) -> Result<(), Error> {
    let curve = key.curve();
    let fixed = match (form, curve.key_type()) {
        (Form::Der, KeyType::Ec2) => Cow::Owned(fixed_signature(curve, signature)?),
        (Form::Fixed, _) | (Form::Der, KeyType::Okp) => Cow::Borrowed(signature),
    };
    match assembler::verify(key, hash, message, &fixed) {
        Some(is_valid) => valid(is_valid),
        None => portable(key, hash, message, &fixed),
    }
}

macro_rules! ecdsa {
    ($curve:ident, $point:expr, $digest:expr, $signature:expr) => {
        $curve::ecdsa::Signature::from_slice($signature).is_ok_and(|signature| {
            $curve::ecdsa::VerifyingKey::from($point).verify_prehash($digest, &signature).is_ok()
        })
    };
}

/// What the crates of the curves say of a signature in the form of COSE.
pub(crate) fn portable(
    key: &PublicKey,
    hash: Hash,
    message: &[u8],
    signature: &[u8],
) -> Result<(), Error> {
    let digest = || hash.digest(message);
    valid(match &key.0 {
        Point::P256(point) => ecdsa!(p256, point, &digest(), signature),
        Point::P384(point) => ecdsa!(p384, point, &digest(), signature),
        Point::P521(point) => ecdsa!(p521, point, &digest(), signature),
        Point::Ed25519(point) if hash == Hash::Sha512 => {
            ed25519_dalek::Signature::from_slice(signature)
                .is_ok_and(|signature| point.verify_strict(message, &signature).is_ok())
        }
        Point::Ed25519(_) | Point::X25519(_) => return Err(Error::AlgorithmMismatch),
    })
}

fn valid(is_valid: bool) -> Result<(), Error> {
    if is_valid { Ok(()) } else { Err(Error::InvalidSignature) }
}

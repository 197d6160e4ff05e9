use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::Error;
use crate::pkcs8::ObjectIdentifier;

/// A curve that keys are on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Curve {
    /// NIST P-256: signatures and key agreement.
    P256,
    /// NIST P-384: signatures and key agreement.
    P384,
    /// NIST P-521: signatures and key agreement.
    P521,
    /// Edwards25519: signatures.
    Ed25519,
    /// Curve25519: key agreement.
    X25519,
}

impl Curve {
    pub(crate) const ALL: [Curve; 5] =
        [Curve::P256, Curve::P384, Curve::P521, Curve::Ed25519, Curve::X25519];

    /// The algorithm that keys on this curve sign with.
    ///
    /// # Errors
    /// [`Error::AlgorithmMismatch`] for a curve whose keys do not sign.
    pub const fn algorithm(self) -> Result<Algorithm, Error> {
        match self {
            Curve::P256 => Ok(Algorithm::Es256),
            Curve::P384 => Ok(Algorithm::Es384),
            Curve::P521 => Ok(Algorithm::Es512),
            Curve::Ed25519 => Ok(Algorithm::EdDsa),
            Curve::X25519 => Err(Error::AlgorithmMismatch),
        }
    }

    pub(crate) const fn key_type(self) -> KeyType {
        match self {
            Curve::P256 | Curve::P384 | Curve::P521 => KeyType::Ec2,
            Curve::Ed25519 | Curve::X25519 => KeyType::Okp,
        }
    }

    pub(crate) const fn names(self) -> &'static Names {
        match self {
            Curve::P256 => &P256,
            Curve::P384 => &P384,
            Curve::P521 => &P521,
            Curve::Ed25519 => &ED25519,
            Curve::X25519 => &X25519,
        }
    }

    /// The curve of type `key_type` whose names satisfy `is`.
    pub(crate) fn find(key_type: KeyType, is: impl Fn(&Names) -> bool) -> Result<Curve, Error> {
        let found = Curve::ALL.into_iter().find(|curve| is(curve.names()));
        match found {
            Some(curve) if curve.key_type() == key_type => Ok(curve),
            Some(_) => Err(Error::MalformedKey),
            None => Err(Error::UnsupportedCurve),
        }
    }
}

/// A signature algorithm, with the one curve it goes with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// ECDSA with SHA-256 on P-256.
    Es256,
    /// ECDSA with SHA-384 on P-384.
    Es384,
    /// ECDSA with SHA-512 on P-521.
    Es512,
    /// Ed25519.
    EdDsa,
}

impl Algorithm {
    /// Whether keys on `curve` sign with it.
    pub(crate) fn fits(self, curve: Curve) -> bool {
        curve.algorithm() == Ok(self)
    }

    /// The COSE identifier that is sent (RFC 9053 §2).
    pub(crate) const fn id(self) -> i64 {
        match self {
            Algorithm::Es256 => -7,
            Algorithm::Es384 => -35,
            Algorithm::Es512 => -36,
            Algorithm::EdDsa => -8,
        }
    }

    /// The algorithm of an identifier received: those sent, and the fully specified ones of
    /// RFC 9864 §2 (ESP256, ESP384, ESP512, Ed25519), which mean the same here.
    pub(crate) const fn from_id(id: i64) -> Result<Algorithm, Error> {
        match id {
            -7 | -9 => Ok(Algorithm::Es256),
            -35 | -51 => Ok(Algorithm::Es384),
            -36 | -52 => Ok(Algorithm::Es512),
            -8 | -19 => Ok(Algorithm::EdDsa),
            _ => Err(Error::UnsupportedAlgorithm),
        }
    }

    pub(crate) const fn hash(self) -> Hash {
        match self {
            Algorithm::Es256 => Hash::Sha256,
            Algorithm::Es384 => Hash::Sha384,
            Algorithm::Es512 | Algorithm::EdDsa => Hash::Sha512,
        }
    }
}

/// A hash function (FIPS 180-4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hash {
    /// SHA-256, 32 bytes.
    Sha256,
    /// SHA-384, 48 bytes.
    Sha384,
    /// SHA-512, 64 bytes.
    Sha512,
}

impl Hash {
    /// SHA-256, whose length is known.
    pub fn sha256(message: &[u8]) -> [u8; 32] {
        Sha256::digest(message).into()
    }

    /// The digest of `message`.
    pub fn digest(self, message: &[u8]) -> Vec<u8> {
        match self {
            Hash::Sha256 => Sha256::digest(message).to_vec(),
            Hash::Sha384 => Sha384::digest(message).to_vec(),
            Hash::Sha512 => Sha512::digest(message).to_vec(),
        }
    }
}

/// The key types of RFC 9053 §7 that the curves belong to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyType {
    /// An x and a y coordinate.
    Ec2,
    /// An x coordinate alone.
    Okp,
}

/// How a curve is named, and how its points are written.
pub(crate) struct Names {
    /// `crv` of a COSE_Key (RFC 9053 §7.1, Table 18).
    pub(crate) cose: i64,
    /// `crv` of a JWK (RFC 7518 §6.2.1.1, RFC 8037 §2).
    pub(crate) jwk: &'static str,
    /// The namedCurve of id-ecPublicKey (RFC 5480 §2.1.1.1), or the algorithm (RFC 8410 §3).
    pub(crate) oid: ObjectIdentifier,
    /// Bytes in a coordinate, and in a private key.
    pub(crate) length: usize,
}

static P256: Names = Names {
    cose: 1,
    jwk: "P-256",
    oid: ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7"),
    length: 32,
};

static P384: Names =
    Names { cose: 2, jwk: "P-384", oid: ObjectIdentifier::new_unwrap("1.3.132.0.34"), length: 48 };

static P521: Names =
    Names { cose: 3, jwk: "P-521", oid: ObjectIdentifier::new_unwrap("1.3.132.0.35"), length: 66 };

static ED25519: Names =
    Names { cose: 6, jwk: "Ed25519", oid: ObjectIdentifier::new_unwrap("1.3.101.112"), length: 32 };

static X25519: Names =
    Names { cose: 4, jwk: "X25519", oid: ObjectIdentifier::new_unwrap("1.3.101.110"), length: 32 };

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_algorithm_fits_one_curve() {
        for algorithm in [Algorithm::Es256, Algorithm::Es384, Algorithm::Es512, Algorithm::EdDsa] {
            assert_eq!(Curve::ALL.iter().filter(|curve| algorithm.fits(**curve)).count(), 1);
            assert_eq!(Algorithm::from_id(algorithm.id()), Ok(algorithm));
        }
    }

    #[test]
    fn fully_specified_identifiers_are_read() {
        let ids = [-9, -51, -52, -19].map(Algorithm::from_id);
        let read = [Algorithm::Es256, Algorithm::Es384, Algorithm::Es512, Algorithm::EdDsa];
        assert_eq!(ids, read.map(Ok));
        // RS256, ES256K, Ed448 (RFC 8812, RFC 9864).
        for id in [-257, -47, -53] {
            assert_eq!(Algorithm::from_id(id), Err(Error::UnsupportedAlgorithm));
        }
    }
}

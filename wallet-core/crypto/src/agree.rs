use std::fmt;

use hkdf::{Hkdf, HmacImpl};
use hmac::Hmac;
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::elliptic_curve::ecdh::diffie_hellman;
use crate::key::{Point, PrivateKey, PublicKey, Secret};
use crate::{Curve, Error};

macro_rules! ecdh {
    ($own:expr, $peer:expr) => {
        diffie_hellman($own.as_nonzero_scalar(), $peer.as_affine()).raw_secret_bytes().to_vec()
    };
}

impl PrivateKey {
    /// What two parties agree on: the x coordinate of the shared point (NIST SP 800-56A
    /// §5.7.1.2), or X25519 (RFC 7748 §6.1).
    ///
    /// # Errors
    /// [`Error::AgreementMismatch`], [`Error::ZeroSecret`]
    pub fn agree(&self, peer: &PublicKey) -> Result<SharedSecret, Error> {
        let secret = match (&self.0, &peer.0) {
            (Secret::P256(own), Point::P256(peer)) => ecdh!(own, peer),
            (Secret::P384(own), Point::P384(peer)) => ecdh!(own, peer),
            (Secret::P521(own), Point::P521(peer)) => ecdh!(own, peer),
            (Secret::X25519(own), Point::X25519(peer)) => {
                let shared = own.diffie_hellman(peer);
                if !shared.was_contributory() {
                    return Err(Error::ZeroSecret);
                }
                shared.as_bytes().to_vec()
            }
            _ => return Err(Error::AgreementMismatch),
        };
        Ok(SharedSecret(secret))
    }
}

/// What two parties have agreed on. Keys are derived from it; its bytes are not shown.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct SharedSecret(pub(crate) Vec<u8>);

impl SharedSecret {
    /// What a keystore has agreed on with keys on `curve`: as many bytes as a coordinate has.
    ///
    /// Zeros are refused on every curve: no honest agreement comes to them, a keystore that failed
    /// may.
    ///
    /// # Errors
    /// [`Error::AgreementMismatch`] where keys on `curve` do not agree, or not on so many bytes;
    /// [`Error::ZeroSecret`]
    pub fn new(curve: Curve, secret: Vec<u8>) -> Result<SharedSecret, Error> {
        let secret = SharedSecret(secret);
        if curve == Curve::Ed25519 || secret.0.len() != curve.names().length {
            return Err(Error::AgreementMismatch);
        }
        let zero = secret.0.ct_eq(&vec![0; secret.0.len()]);
        if zero.into() { Err(Error::ZeroSecret) } else { Ok(secret) }
    }

    /// HKDF with SHA-256 (RFC 5869); each key has its own `info`.
    pub fn derive(&self, salt: &[u8], info: &[u8]) -> SymmetricKey {
        let mut key = SymmetricKey([0; 32]);
        hkdf(Some(salt), &self.0, info, &mut key.0);
        key
    }
}

/// A key of 256 bits: for HMAC with SHA-256, and for [`aead`](crate::aead).
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct SymmetricKey(pub(crate) [u8; 32]);

impl SymmetricKey {
    /// Another key for each `info`: HKDF with SHA-256 and no salt (RFC 5869).
    pub fn derive(&self, info: &[u8]) -> SymmetricKey {
        let mut key = SymmetricKey([0; 32]);
        hkdf(None, &self.0, info, &mut key.0);
        key
    }

    /// HMAC with SHA-256 (RFC 2104).
    pub fn tag(&self, message: &[u8]) -> [u8; 32] {
        // By hkdf's trait: HMAC takes a key of any length, and hmac's own trait returns an error.
        let mut hmac = <Hmac<Sha256> as HmacImpl>::new_from_slice(&self.0);
        hmac.update(message);
        hmac.finalize().into()
    }

    /// Compares the whole tag, in constant time.
    pub(crate) fn verify_tag(&self, message: &[u8], tag: &[u8]) -> Result<(), Error> {
        let same = self.tag(message).ct_eq(tag);
        if same.into() { Ok(()) } else { Err(Error::InvalidMac) }
    }
}

impl From<[u8; 32]> for SymmetricKey {
    fn from(key: [u8; 32]) -> Self {
        SymmetricKey(key)
    }
}

/// `N` bytes by which those who have seen `public`, a key in the form in which it was sent, know
/// each other: HKDF with SHA-256 and no salt (RFC 5869; ISO 18013-5 §8.3.3.1.1.3).
pub fn ident<const N: usize>(public: &[u8], info: &[u8]) -> [u8; N] {
    let mut ident = [0; N];
    hkdf(None, public, info, &mut ident);
    ident
}

/// Fills `key` in its place, so that no copy of it is left.
#[expect(clippy::expect_used, reason = "a key or an identifier is within the 255 blocks allowed")]
fn hkdf(salt: Option<&[u8]>, secret: &[u8], info: &[u8], key: &mut [u8]) {
    Hkdf::<Sha256>::new(salt, secret).expand(info, key).expect("255 blocks");
}

macro_rules! secret {
    ($name:ident) => {
        impl PartialEq for $name {
            /// In constant time.
            fn eq(&self, other: &Self) -> bool {
                self.0.ct_eq(&other.0).into()
            }
        }

        impl Eq for $name {}

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "([…])"))
            }
        }
    };
}

secret!(SharedSecret);
secret!(SymmetricKey);

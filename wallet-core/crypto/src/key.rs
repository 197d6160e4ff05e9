use std::fmt;

use rand_core::CryptoRng;
use zeroize::{ZeroizeOnDrop, Zeroizing};

use crate::algorithm::{Curve, KeyType};
use crate::elliptic_curve::Generate;
use crate::elliptic_curve::sec1::ToSec1Point;
use crate::{Error, Wiped};

/// A public key: a point of its curve, read from and written as a COSE_Key, a JWK or an X.509
/// SubjectPublicKeyInfo.
///
/// On X25519 it is any 32 bytes, as RFC 7748 §5 has it; those of small order are refused by [`PrivateKey::agree`].
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey(pub(crate) Point);

#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Point {
    P256(p256::PublicKey),
    P384(p384::PublicKey),
    P521(p521::PublicKey),
    Ed25519(ed25519_dalek::VerifyingKey),
    X25519(x25519_dalek::PublicKey),
}

impl PublicKey {
    /// Reads the content of a SubjectPublicKeyInfo's bit string: on P-256, P-384 and P-521 a point
    /// in the form of SEC 1 §2.3.3, compressed or not; on Ed25519 and X25519 the 32 bytes of
    /// RFC 8032 and RFC 7748.
    ///
    /// # Errors
    /// [`Error::MalformedKey`], [`Error::NotOnCurve`]
    pub fn from_point(curve: Curve, bytes: &[u8]) -> Result<PublicKey, Error> {
        let length = curve.names().length;
        let expected = match (curve.key_type(), bytes.first()) {
            (KeyType::Okp, _) => length,
            (KeyType::Ec2, Some(4)) => 1 + 2 * length,
            (KeyType::Ec2, Some(2 | 3)) => 1 + length,
            (KeyType::Ec2, _) => return Err(Error::MalformedKey),
        };
        if bytes.len() != expected {
            return Err(Error::MalformedKey);
        }
        let point = match curve {
            Curve::P256 => p256::PublicKey::from_sec1_bytes(bytes).ok().map(Point::P256),
            Curve::P384 => p384::PublicKey::from_sec1_bytes(bytes).ok().map(Point::P384),
            Curve::P521 => p521::PublicKey::from_sec1_bytes(bytes).ok().map(Point::P521),
            Curve::Ed25519 => edwards(bytes).map(Point::Ed25519),
            Curve::X25519 => montgomery(bytes).map(Point::X25519),
        };
        point.map(PublicKey).ok_or(Error::NotOnCurve)
    }

    /// What [`PublicKey::from_point`] reads, not compressed.
    pub(crate) fn to_point(&self) -> Vec<u8> {
        match &self.0 {
            Point::P256(point) => point.to_sec1_point(false).as_bytes().to_vec(),
            Point::P384(point) => point.to_sec1_point(false).as_bytes().to_vec(),
            Point::P521(point) => point.to_sec1_point(false).as_bytes().to_vec(),
            Point::Ed25519(point) => point.as_bytes().to_vec(),
            Point::X25519(point) => point.as_bytes().to_vec(),
        }
    }

    /// The curve it is on.
    pub fn curve(&self) -> Curve {
        match self.0 {
            Point::P256(_) => Curve::P256,
            Point::P384(_) => Curve::P384,
            Point::P521(_) => Curve::P521,
            Point::Ed25519(_) => Curve::Ed25519,
            Point::X25519(_) => Curve::X25519,
        }
    }

    pub(crate) fn from_coordinates(
        curve: Curve,
        x: &[u8],
        y: Option<Y<'_>>,
    ) -> Result<PublicKey, Error> {
        let length = curve.names().length;
        let bytes = match (curve.key_type(), y) {
            (KeyType::Okp, None) => x.to_vec(),
            (KeyType::Ec2, Some(Y::Coordinate(y))) if x.len() == length => [&[4], x, y].concat(),
            (KeyType::Ec2, Some(Y::Odd)) => [&[3], x].concat(),
            (KeyType::Ec2, Some(Y::Even)) => [&[2], x].concat(),
            _ => return Err(Error::MalformedKey),
        };
        PublicKey::from_point(curve, &bytes)
    }

    /// x, and y where the key type has one.
    pub(crate) fn coordinates(&self) -> (Vec<u8>, Option<Vec<u8>>) {
        let mut point = self.to_point();
        match self.curve().key_type() {
            KeyType::Okp => (point, None),
            KeyType::Ec2 => {
                let y = point.split_off(1 + self.curve().names().length);
                (point.split_off(1), Some(y))
            }
        }
    }
}

/// The y coordinate as received: in full, or which of the two there are.
pub(crate) enum Y<'a> {
    Coordinate(&'a [u8]),
    Odd,
    Even,
}

/// RFC 8032 §5.1.3, which allows one encoding for each point. A key of small order would verify
/// signatures that nobody made.
fn edwards(bytes: &[u8]) -> Option<ed25519_dalek::VerifyingKey> {
    let key = ed25519_dalek::VerifyingKey::from_bytes(bytes.try_into().ok()?).ok()?;
    let canonical = key.to_edwards().compress().as_bytes() == bytes;
    (canonical && !key.is_weak()).then_some(key)
}

/// RFC 7748 §5, which allows any 32 bytes.
fn montgomery(bytes: &[u8]) -> Option<x25519_dalek::PublicKey> {
    <[u8; 32]>::try_from(bytes).ok().map(Into::into)
}

impl fmt::Debug for PublicKey {
    /// The curve: a device's public key tells its holder apart.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({:?}, […])", self.curve())
    }
}

/// A private key in memory. It is wiped when dropped.
pub struct PrivateKey(pub(crate) Secret);

/// Every variant wipes itself.
pub(crate) enum Secret {
    P256(p256::ecdsa::SigningKey),
    P384(p384::ecdsa::SigningKey),
    P521(p521::ecdsa::SigningKey),
    Ed25519(ed25519_dalek::SigningKey),
    X25519(x25519_dalek::StaticSecret),
}

impl ZeroizeOnDrop for PrivateKey {}

impl PrivateKey {
    /// A new key.
    pub fn generate(curve: Curve, rng: &mut dyn CryptoRng) -> PrivateKey {
        let mut seed = Zeroizing::new([0; 32]);
        PrivateKey(match curve {
            Curve::P256 => Secret::P256(Generate::generate_from_rng(rng)),
            Curve::P384 => Secret::P384(Generate::generate_from_rng(rng)),
            Curve::P521 => Secret::P521(Generate::generate_from_rng(rng)),
            Curve::Ed25519 => {
                rng.fill_bytes(seed.as_mut());
                Secret::Ed25519((&*seed).into())
            }
            Curve::X25519 => {
                rng.fill_bytes(seed.as_mut());
                Secret::X25519((*seed).into())
            }
        })
    }

    /// The scalar, big-endian, or the seed of RFC 8032 and RFC 7748.
    pub(crate) fn from_bytes(curve: Curve, bytes: &[u8]) -> Result<PrivateKey, Error> {
        if bytes.len() != curve.names().length {
            return Err(Error::MalformedKey);
        }
        let secret = match curve {
            Curve::P256 => p256::ecdsa::SigningKey::from_slice(bytes).ok().map(Secret::P256),
            Curve::P384 => p384::ecdsa::SigningKey::from_slice(bytes).ok().map(Secret::P384),
            Curve::P521 => p521::ecdsa::SigningKey::from_slice(bytes).ok().map(Secret::P521),
            Curve::Ed25519 => bytes.try_into().ok().map(Secret::Ed25519),
            Curve::X25519 => {
                <[u8; 32]>::try_from(bytes).ok().map(|seed| Secret::X25519(seed.into()))
            }
        };
        secret.map(PrivateKey).ok_or(Error::MalformedKey)
    }

    pub(crate) fn to_bytes(&self) -> Wiped {
        Wiped::from(match &self.0 {
            Secret::P256(key) => Zeroizing::new(key.to_bytes()).to_vec(),
            Secret::P384(key) => Zeroizing::new(key.to_bytes()).to_vec(),
            Secret::P521(key) => Zeroizing::new(key.to_bytes()).to_vec(),
            Secret::Ed25519(key) => key.as_bytes().to_vec(),
            Secret::X25519(key) => key.as_bytes().to_vec(),
        })
    }

    /// The public key that goes with it.
    pub fn public_key(&self) -> PublicKey {
        PublicKey(match &self.0 {
            Secret::P256(key) => Point::P256(key.verifying_key().into()),
            Secret::P384(key) => Point::P384(key.verifying_key().into()),
            Secret::P521(key) => Point::P521(key.verifying_key().into()),
            Secret::Ed25519(key) => Point::Ed25519(key.verifying_key()),
            Secret::X25519(key) => Point::X25519(key.into()),
        })
    }

    /// The key itself, if it is the private half of `public`.
    pub(crate) fn paired_with(self, public: &PublicKey) -> Result<PrivateKey, Error> {
        if self.public_key() == *public { Ok(self) } else { Err(Error::KeyPairMismatch) }
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrivateKey([…])")
    }
}

//! Keys and signatures as certificates and key files have them.

use p256::ecdsa::signature::Signer;
use p256::pkcs8::der::asn1::OctetStringRef;
use p256::pkcs8::der::{Decode, Encode};
use p256::pkcs8::{
    AlgorithmIdentifierRef, EncodePrivateKey, LineEnding, ObjectIdentifier, PrivateKeyInfoRef,
    SecretDocument, SubjectPublicKeyInfoRef,
};
use zeroize::Zeroizing;

use crate::Error;
use crate::algorithm::{Algorithm, Curve, KeyType};
use crate::key::{PrivateKey, PublicKey, Secret};

/// id-ecPublicKey, whose parameters name the curve (RFC 5480 §2.1.1).
const EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
/// id-X448 and id-Ed448 (RFC 8410 §3): curves, but not ours.
const CURVES_448: [ObjectIdentifier; 2] =
    [ObjectIdentifier::new_unwrap("1.3.101.111"), ObjectIdentifier::new_unwrap("1.3.101.113")];
const PEM_LABEL: &str = "PRIVATE KEY";

impl PublicKey {
    /// Reads the DER of a SubjectPublicKeyInfo (RFC 5480 §2, RFC 8410 §4).
    ///
    /// # Errors
    /// [`Error::MalformedKey`], [`Error::UnsupportedKeyType`], [`Error::UnsupportedCurve`],
    /// [`Error::NotOnCurve`]
    pub fn from_spki(der: &[u8]) -> Result<PublicKey, Error> {
        let info = SubjectPublicKeyInfoRef::try_from(der).map_err(|_| Error::MalformedKey)?;
        let point = info.subject_public_key.as_bytes().ok_or(Error::MalformedKey)?;
        PublicKey::from_sec1(curve(&info.algorithm)?, point)
    }

    /// The DER of a SubjectPublicKeyInfo, the point not compressed.
    pub fn to_spki(&self) -> Vec<u8> {
        [self.curve().names().spki, &self.to_sec1()].concat()
    }
}

impl PrivateKey {
    /// Reads PKCS #8 (RFC 5958) in PEM, not encrypted.
    ///
    /// # Errors
    /// [`Error::MalformedKey`], [`Error::UnsupportedKeyType`], [`Error::UnsupportedCurve`],
    /// [`Error::KeyPairMismatch`]
    pub fn from_pkcs8_pem(pem: &str) -> Result<PrivateKey, Error> {
        let (label, der) = SecretDocument::from_pem(pem).map_err(|_| Error::MalformedKey)?;
        if label != PEM_LABEL {
            return Err(Error::MalformedKey);
        }
        let info = PrivateKeyInfoRef::from_der(der.as_bytes()).map_err(|_| Error::MalformedKey)?;
        let secret = match curve(&info.algorithm)? {
            Curve::P256 => p256::SecretKey::try_from(info).map(|key| Secret::P256(key.into())),
            Curve::P384 => p384::SecretKey::try_from(info).map(|key| Secret::P384(key.into())),
            Curve::P521 => p521::SecretKey::try_from(info).map(|key| Secret::P521(key.into())),
            curve @ (Curve::Ed25519 | Curve::X25519) => return okp(curve, &info),
        };
        secret.map(PrivateKey).map_err(|_| Error::MalformedKey)
    }

    /// What [`PrivateKey::from_pkcs8_pem`] reads, and OpenSSL too.
    ///
    /// # Errors
    /// [`Error::MalformedKey`], which no key that was read or generated is.
    pub fn to_pkcs8_pem(&self) -> Result<Zeroizing<String>, Error> {
        match &self.0 {
            Secret::P256(key) => key.to_pkcs8_pem(LineEnding::LF),
            Secret::P384(key) => key.to_pkcs8_pem(LineEnding::LF),
            Secret::P521(key) => key.to_pkcs8_pem(LineEnding::LF),
            Secret::Ed25519(_) | Secret::X25519(_) => self.okp_pem(),
        }
        .map_err(|_| Error::MalformedKey)
    }

    /// Version 1, without the public key: OpenSSL 3.0 does not read version 2.
    fn okp_pem(&self) -> p256::pkcs8::Result<Zeroizing<String>> {
        let algorithm =
            AlgorithmIdentifierRef { oid: self.public_key().curve().names().oid, parameters: None };
        let seed = self.to_bytes();
        let seed = Zeroizing::new(OctetStringRef::new(&seed)?.to_der()?);
        let info = PrivateKeyInfoRef::new(algorithm, OctetStringRef::new(&seed)?);
        Ok(SecretDocument::encode_msg(&info)?.to_pem(PEM_LABEL, LineEnding::LF)?)
    }

    /// A signature as [`verify_x509`](crate::verify_x509) has it: the DER of ECDSA-Sig-Value, or
    /// Ed25519's 64 bytes.
    ///
    /// # Errors
    /// [`Error::AlgorithmMismatch`]
    pub fn sign_x509(&self, algorithm: Algorithm, message: &[u8]) -> Result<Vec<u8>, Error> {
        match (&self.0, algorithm) {
            (Secret::P256(key), Algorithm::Es256) => {
                let signature: p256::ecdsa::DerSignature = key.sign(message);
                Ok(signature.as_bytes().to_vec())
            }
            (Secret::P384(key), Algorithm::Es384) => {
                let signature: p384::ecdsa::DerSignature = key.sign(message);
                Ok(signature.as_bytes().to_vec())
            }
            (Secret::P521(key), Algorithm::Es512) => {
                let signature: p521::ecdsa::DerSignature = key.sign(message);
                Ok(signature.as_bytes().to_vec())
            }
            _ => self.sign(algorithm, message),
        }
    }
}

/// A seed in two octet strings, and perhaps the public key (RFC 8410 §7).
fn okp(curve: Curve, info: &PrivateKeyInfoRef<'_>) -> Result<PrivateKey, Error> {
    let seed = <&OctetStringRef>::from_der(info.private_key.as_bytes());
    let key = PrivateKey::from_bytes(curve, seed.map_err(|_| Error::MalformedKey)?.as_bytes())?;
    match info.public_key {
        Some(public) => key.paired_with(&PublicKey::from_sec1(curve, public.raw_bytes())?),
        None => Ok(key),
    }
}

/// The curve that an AlgorithmIdentifier names.
fn curve(algorithm: &AlgorithmIdentifierRef<'_>) -> Result<Curve, Error> {
    if algorithm.oid == EC_PUBLIC_KEY {
        // Parameters that spell the curve out are forbidden (RFC 5480 §2.1.1), yet seen.
        let named = algorithm.parameters_oid().map_err(|_| Error::UnsupportedCurve)?;
        return Curve::find(KeyType::Ec2, |names| names.oid == named);
    }
    match Curve::find(KeyType::Okp, |names| names.oid == algorithm.oid) {
        Ok(_) if algorithm.parameters.is_some() => Err(Error::MalformedKey),
        Ok(curve) => Ok(curve),
        Err(_) if CURVES_448.contains(&algorithm.oid) => Err(Error::UnsupportedCurve),
        Err(_) => Err(Error::UnsupportedKeyType),
    }
}

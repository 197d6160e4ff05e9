//! Keys as certificates and key files have them.

use sec1::EcPrivateKey;
use zeroize::Zeroizing;

use crate::Error;
use crate::algorithm::{Curve, KeyType};
use crate::key::{PrivateKey, PublicKey, Secret};
use crate::pkcs8::der::asn1::{AnyRef, BitStringRef, OctetStringRef};
use crate::pkcs8::der::{Decode, Encode};
use crate::pkcs8::{
    self, AlgorithmIdentifierRef, EncodePrivateKey, LineEnding, ObjectIdentifier,
    PrivateKeyInfoRef, SecretDocument, SubjectPublicKeyInfoRef,
};

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
        PublicKey::from_point(curve(&info.algorithm)?, point)
    }

    /// The DER of a SubjectPublicKeyInfo, the point not compressed.
    #[expect(clippy::expect_used, reason = "DER fails beyond 256 MiB alone")]
    pub fn to_spki(&self) -> Vec<u8> {
        let point = self.to_point();
        BitStringRef::from_bytes(&point)
            .and_then(|subject_public_key| {
                let algorithm = identifier(self.curve());
                SubjectPublicKeyInfoRef { algorithm, subject_public_key }.to_der()
            })
            .expect("a short key")
    }
}

impl PrivateKey {
    /// Reads PKCS #8 (RFC 5958) in PEM, not encrypted.
    ///
    /// # Errors
    /// [`Error::MalformedKey`], [`Error::UnsupportedKeyType`], [`Error::UnsupportedCurve`],
    /// [`Error::NotOnCurve`], [`Error::KeyPairMismatch`]
    pub fn from_pkcs8_pem(pem: &str) -> Result<PrivateKey, Error> {
        let (label, der) = SecretDocument::from_pem(pem).map_err(|_| Error::MalformedKey)?;
        if label != PEM_LABEL {
            return Err(Error::MalformedKey);
        }
        let info = PrivateKeyInfoRef::from_der(der.as_bytes()).map_err(|_| Error::MalformedKey)?;
        let curve = curve(&info.algorithm)?;
        let inner = info.private_key.as_bytes();
        let (secret, inner_public) = match curve.key_type() {
            KeyType::Ec2 => sec1(curve, inner)?,
            KeyType::Okp => (seed(inner)?, None),
        };
        let outer_public = info.public_key.map(|public| public.raw_bytes());
        [inner_public, outer_public]
            .into_iter()
            .flatten()
            .try_fold(PrivateKey::from_bytes(curve, secret)?, |key, public| {
                key.paired_with(&PublicKey::from_point(curve, public)?)
            })
    }

    /// What [`PrivateKey::from_pkcs8_pem`] reads, and OpenSSL too.
    #[expect(clippy::expect_used, reason = "DER and PEM fail beyond 256 MiB alone")]
    pub fn to_pkcs8_pem(&self) -> Zeroizing<String> {
        match &self.0 {
            Secret::P256(key) => key.to_pkcs8_pem(LineEnding::LF),
            Secret::P384(key) => key.to_pkcs8_pem(LineEnding::LF),
            Secret::P521(key) => key.to_pkcs8_pem(LineEnding::LF),
            Secret::Ed25519(_) | Secret::X25519(_) => self.okp_pem(),
        }
        .expect("a short key")
    }

    /// Version 1, without the public key: OpenSSL 3.0 does not read version 2.
    fn okp_pem(&self) -> pkcs8::Result<Zeroizing<String>> {
        let seed = self.to_bytes();
        let seed = Zeroizing::new(OctetStringRef::new(&seed)?.to_der()?);
        let algorithm = identifier(self.public_key().curve());
        let info = PrivateKeyInfoRef::new(algorithm, OctetStringRef::new(&seed)?);
        Ok(SecretDocument::encode_msg(&info)?.to_pem(PEM_LABEL, LineEnding::LF)?)
    }
}

/// The scalar, and perhaps the public key, of an ECPrivateKey (RFC 5915 §3). It may repeat the
/// curve.
fn sec1(curve: Curve, der: &[u8]) -> Result<(&[u8], Option<&[u8]>), Error> {
    let key = EcPrivateKey::from_der(der).map_err(|_| Error::MalformedKey)?;
    match key.parameters.and_then(|parameters| parameters.named_curve()) {
        Some(named) if named != curve.names().oid => Err(Error::MalformedKey),
        _ => Ok((key.private_key, key.public_key)),
    }
}

/// The seed in a CurvePrivateKey (RFC 8410 §7).
fn seed(der: &[u8]) -> Result<&[u8], Error> {
    let seed = <&OctetStringRef>::from_der(der).map_err(|_| Error::MalformedKey)?;
    Ok(seed.as_bytes())
}

/// The AlgorithmIdentifier that names a curve.
fn identifier(curve: Curve) -> AlgorithmIdentifierRef<'static> {
    let oid = &curve.names().oid;
    match curve.key_type() {
        KeyType::Ec2 => {
            AlgorithmIdentifierRef { oid: EC_PUBLIC_KEY, parameters: Some(AnyRef::from(oid)) }
        }
        KeyType::Okp => AlgorithmIdentifierRef { oid: *oid, parameters: None },
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

use std::time::Duration;

use coffret_cbor::Timestamp;
use coffret_crypto::{Algorithm, PrivateKey, PublicKey};
use coffret_trust::Certificate;
use der::asn1::{Any, BitString, ObjectIdentifier};
use der::{DateTime, Decode, Encode, Sequence, Tag};
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::certificate::Version;
use x509_cert::ext::Extensions;
use x509_cert::name::{Name, RdnSequence, RelativeDistinguishedName};
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};
use x509_cert::time::{Time, Validity};

use crate::Error;

/// What a certificate says.
pub(crate) struct Statement {
    pub(crate) serial: SerialNumber,
    pub(crate) issuer: Name,
    pub(crate) validity: Validity,
    pub(crate) subject: Name,
    pub(crate) key: SubjectPublicKeyInfoOwned,
    pub(crate) extensions: Extensions,
}

/// ```text
/// TBSCertificate ::= SEQUENCE {
///     version         [0] EXPLICIT Version,
///     serialNumber        CertificateSerialNumber,
///     signature           AlgorithmIdentifier,
///     issuer              Name,
///     validity            Validity,
///     subject             Name,
///     subjectPublicKeyInfo SubjectPublicKeyInfo,
///     extensions      [3] EXPLICIT Extensions }
/// ```
/// (RFC 5280 §4.1; `x509-cert` does not let its own be built.)
#[derive(Sequence)]
struct TbsCertificate {
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT")]
    version: Version,
    serial: SerialNumber,
    signature: AlgorithmIdentifierOwned,
    issuer: Name,
    validity: Validity,
    subject: Name,
    key: SubjectPublicKeyInfoOwned,
    #[asn1(context_specific = "3", tag_mode = "EXPLICIT")]
    extensions: Extensions,
}

/// ```text
/// Certificate ::= SEQUENCE {
///     tbsCertificate     TBSCertificate,
///     signatureAlgorithm AlgorithmIdentifier,
///     signature          BIT STRING }
/// ```
#[derive(Sequence)]
struct SignedCertificate {
    tbs: TbsCertificate,
    algorithm: AlgorithmIdentifierOwned,
    signature: BitString,
}

impl Statement {
    /// The certificate, signed by the issuer's key.
    pub(crate) fn certify(self, issuer: &PrivateKey) -> Result<Certificate, Error> {
        let algorithm = issuer.public_key().curve().algorithm()?;
        let signature = algorithm_identifier(algorithm);
        let tbs = TbsCertificate {
            version: Version::V3,
            serial: self.serial,
            signature: signature.clone(),
            issuer: self.issuer,
            validity: self.validity,
            subject: self.subject,
            key: self.key,
            extensions: self.extensions,
        };
        let signed = issuer.sign_x509(algorithm, &tbs.to_der()?)?;
        let signature = (signature, BitString::from_bytes(&signed)?);
        let signed = SignedCertificate { tbs, algorithm: signature.0, signature: signature.1 };
        Ok(Certificate::parse(&signed.to_der()?)?)
    }
}

pub(crate) fn algorithm_identifier(algorithm: Algorithm) -> AlgorithmIdentifierOwned {
    AlgorithmIdentifierOwned { oid: oid(algorithm), parameters: None }
}

/// RFC 5758 §3.2, RFC 8410 §3.
const fn oid(algorithm: Algorithm) -> ObjectIdentifier {
    match algorithm {
        Algorithm::Es256 => ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2"),
        Algorithm::Es384 => ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.3"),
        Algorithm::Es512 => ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.4"),
        Algorithm::EdDsa => ObjectIdentifier::new_unwrap("1.3.101.112"),
    }
}

pub(crate) fn key_info(key: &PublicKey) -> Result<SubjectPublicKeyInfoOwned, Error> {
    Ok(SubjectPublicKeyInfoOwned::from_der(&key.to_spki())?)
}

/// From the first second of a day to the last second of the day before `days` days later.
pub(crate) fn whole_days(first: Timestamp, days: i32) -> Result<Validity, Error> {
    let start = first.date().start();
    let end = start.plus_days(days).unix() - 1;
    Ok(Validity::new(time(start.unix())?, time(end)?))
}

fn time(unix: i64) -> Result<Time, Error> {
    let seconds = u64::try_from(unix).unwrap_or_default();
    Ok(DateTime::from_unix_duration(Duration::from_secs(seconds))?.into())
}

/// RFC 5280, Appendix A.1: ub-common-name.
const MAX_COMMON_NAME: usize = 64;
const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
const COUNTRY: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.6");
const STATE_OR_PROVINCE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.8");

/// The subject with Québec's country and province (ISO 3166-2).
pub(crate) fn in_quebec(common_name: &str) -> Result<Name, Error> {
    if common_name.is_empty() || common_name.chars().count() > MAX_COMMON_NAME {
        return Err(Error::CommonName);
    }
    let mut name = RdnSequence::default();
    for (oid, tag, text) in [
        (COUNTRY, Tag::PrintableString, crate::COUNTRY),
        (STATE_OR_PROVINCE, Tag::Utf8String, crate::JURISDICTION),
        (COMMON_NAME, Tag::Utf8String, common_name),
    ] {
        let mut attribute = RelativeDistinguishedName::default();
        attribute.insert(AttributeTypeAndValue { oid, value: Any::new(tag, text.as_bytes())? })?;
        name.push(attribute);
    }
    Ok(Name::from_der(&name.to_der()?)?)
}

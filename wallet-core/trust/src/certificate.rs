use std::fmt;
use std::sync::Arc;

use coffret_catalogue::Territory;
use coffret_cbor::Timestamp;
use coffret_crypto::PublicKey;
use der::asn1::{AnyRef, ObjectIdentifier};
use der::oid::AssociatedOid;
use der::pem::{self, LineEnding};
use der::{Decode, Encode, ErrorKind, Reader, SliceReader};
use x509_cert::certificate::{CertificateInner, Raw, TbsCertificateInner};
use x509_cert::name::Name;
use x509_cert::time::Time;

use crate::memo::Memo;
use crate::name::{self, ComparedName};
use crate::{Begun, Error, Filed, MAX_CERTIFICATE, MAX_CHAIN, plain_name, signature};

/// An X.509 certificate, and its DER as received.
///
/// It is read as real issuers write it: a key on a curve that the product does not use, a serial
/// number of any length and a broken extension are errors of whoever asks for them, not of reading.
#[derive(Clone)]
pub struct Certificate(Arc<Parsed>);

struct Parsed {
    der: Vec<u8>,
    x509: CertificateInner<Raw>,
    key: Result<PublicKey, coffret_crypto::Error>,
    /// Which keys verify the signature, and which do not.
    verified: Memo<PublicKey, Result<(), Error>>,
    not_before: Timestamp,
    not_after: Timestamp,
    country: Option<String>,
    state: Option<String>,
    common_name: Option<String>,
    subject: ComparedName,
    issuer: ComparedName,
}

impl Certificate {
    /// Reads one certificate that is the whole input.
    ///
    /// # Errors
    /// [`Error::CertificateTooLarge`], [`Error::MalformedCertificate`]
    pub fn parse(der: &[u8]) -> Result<Certificate, Error> {
        if der.len() > MAX_CERTIFICATE {
            return Err(Error::CertificateTooLarge);
        }
        Certificate::read(der).map_err(|_| Error::MalformedCertificate)
    }

    /// Reads a file: one certificate in DER, or every one of a PEM file; sections of other kinds are
    /// passed over.
    ///
    /// # Errors
    /// [`Error::NoCertificate`], or the first error of [`Certificate::parse`].
    pub fn parse_file(file: impl AsRef<[u8]>) -> Result<Vec<Certificate>, Error> {
        match Filed::certificates(file.as_ref()).collect::<Result<Vec<_>, _>>()? {
            none if none.is_empty() => Err(Error::NoCertificate),
            some => Ok(some),
        }
    }

    fn read(der: &[u8]) -> der::Result<Certificate> {
        let x509 = CertificateInner::<Raw>::from_der(der)?;
        let tbs = x509.tbs_certificate();
        let key = PublicKey::from_spki(&tbs.subject_public_key_info().to_der()?);
        let subject = tbs.subject();
        Ok(Certificate(Arc::new(Parsed {
            der: der.to_vec(),
            key,
            verified: Memo::default(),
            not_before: moment(tbs.validity().not_before)?,
            not_after: moment(tbs.validity().not_after)?,
            country: attribute(subject, COUNTRY),
            state: attribute(subject, STATE_OR_PROVINCE),
            common_name: common_name(subject),
            subject: ComparedName::from(subject),
            issuer: ComparedName::from(tbs.issuer()),
            x509,
        })))
    }

    /// The bytes as received.
    pub fn der(&self) -> &[u8] {
        &self.0.der
    }

    /// It alone in PEM (RFC 7468 §5), whatever its file held beside it.
    ///
    /// # Errors
    /// None: the label is one, and the size is bounded.
    pub fn to_pem(&self) -> Result<String, Error> {
        let pem = pem::encode_string("CERTIFICATE", LineEnding::LF, self.der());
        pem.map_err(|_| Error::MalformedCertificate)
    }

    /// The subject's key.
    ///
    /// # Errors
    /// [`Error::Crypto`] for a key that the product does not use, or that is none.
    pub fn public_key(&self) -> Result<&PublicKey, Error> {
        self.0.key.as_ref().map_err(|error| Error::Crypto(*error))
    }

    /// The first second of validity.
    pub fn not_before(&self) -> Timestamp {
        self.0.not_before
    }

    /// The last second of validity.
    pub fn not_after(&self) -> Timestamp {
        self.0.not_after
    }

    /// Whether `time` is within the validity, both ends included (RFC 5280 §4.1.2.5).
    pub fn is_valid_at(&self, time: Timestamp) -> bool {
        (self.not_before()..=self.not_after()).contains(&time)
    }

    /// Whether its validity has begun, by a clock that may be slow.
    pub(crate) fn begun(&self, now: Timestamp) -> Begun {
        Begun::at(self.not_before(), now)
    }

    /// The subject's countryName.
    pub fn country(&self) -> Option<&str> {
        self.0.country.as_deref()
    }

    /// The subject's stateOrProvinceName.
    pub fn state(&self) -> Option<&str> {
        self.0.state.as_deref()
    }

    /// The subject's country and state or province.
    pub fn territory(&self) -> Territory<'_> {
        Territory { country: self.country(), state: self.state() }
    }

    /// The subject's commonName, as it can be shown: see [`plain_name`].
    pub fn common_name(&self) -> Option<&str> {
        self.0.common_name.as_deref()
    }

    /// The subject, as RFC 4514 writes it.
    pub fn subject(&self) -> String {
        self.tbs().subject().to_string()
    }

    /// The issuer, as RFC 4514 writes it.
    pub fn issuer(&self) -> String {
        self.tbs().issuer().to_string()
    }

    /// The serial number: big-endian, two's complement, of any length.
    pub fn serial(&self) -> &[u8] {
        self.tbs().serial_number().as_bytes()
    }

    /// The extensions, in order.
    pub fn extensions(&self) -> impl Iterator<Item = Extension> + '_ {
        self.tbs().extensions().into_iter().flatten().map(|extension| Extension {
            oid: extension.extn_id.to_string(),
            critical: extension.critical,
        })
    }

    pub(crate) fn subject_name(&self) -> &ComparedName {
        &self.0.subject
    }

    pub(crate) fn issuer_name(&self) -> &ComparedName {
        &self.0.issuer
    }

    pub(crate) fn tbs(&self) -> &TbsCertificateInner<Raw> {
        self.0.x509.tbs_certificate()
    }

    /// One extension, and whether it is critical.
    pub(crate) fn extension<'a, T>(&'a self) -> Result<Option<(bool, T)>, Error>
    where
        T: Decode<'a> + AssociatedOid,
    {
        self.tbs().get_extension::<T>().map_err(|_| Error::MalformedExtension)
    }

    pub(crate) fn has_extension(&self, oid: ObjectIdentifier) -> bool {
        self.tbs().extensions().into_iter().flatten().any(|extension| extension.extn_id == oid)
    }

    /// Whether `issuer` has the name of this certificate's issuer and the key that signed it.
    pub(crate) fn is_issued_by(&self, issuer: &Certificate) -> bool {
        self.issuer_name() == issuer.subject_name()
            && issuer.public_key().is_ok_and(|key| self.is_signed_by(key))
    }

    /// Whether its own key signed this certificate.
    pub(crate) fn is_signed_by_itself(&self) -> bool {
        self.public_key().is_ok_and(|key| self.is_signed_by(key))
    }

    /// Whether `key` signed this certificate, whatever names and dates say.
    pub(crate) fn is_signed_by(&self, key: &PublicKey) -> bool {
        self.verify(key).is_ok()
    }

    /// Verifies the signature by this key, once for each key: a certificate is on many paths, and a
    /// signature costs more than all the rest.
    ///
    /// # Errors
    /// [`Error::SignatureAlgorithm`], also where the signed and the unsigned algorithm differ (RFC 5280
    /// §4.1.1.2); [`Error::Crypto`]; [`Error::MalformedCertificate`].
    pub(crate) fn verify(&self, key: &PublicKey) -> Result<(), Error> {
        self.0.verified.get_or(key, || self.verify_signature(key))
    }

    fn verify_signature(&self, key: &PublicKey) -> Result<(), Error> {
        let (message, algorithm) = self.signed().map_err(|_| Error::MalformedCertificate)?;
        if self.tbs().signature() != self.0.x509.signature_algorithm() {
            return Err(Error::SignatureAlgorithm);
        }
        // A signature is whole bytes. With unused bits, one signature would have two encodings.
        let signature = self.0.x509.signature().as_bytes();
        let signature = signature.ok_or(coffret_crypto::Error::InvalidSignature)?;
        signature::verify(key, algorithm, message, signature)
    }

    /// Whether both certificates have the same key.
    ///
    /// Keys are compared as points, because one point has two encodings, compressed and not: the
    /// published key of the specimens would not be recognised in the other one. Keys that the product
    /// does not use are compared by their bytes.
    pub(crate) fn has_key_of(&self, other: &Certificate) -> bool {
        match (self.public_key(), other.public_key()) {
            (Ok(own), Ok(others)) => own == others,
            _ => self.tbs().subject_public_key_info() == other.tbs().subject_public_key_info(),
        }
    }

    /// Whether subject and issuer have the same name (RFC 5280 §3.2). Below a root, such a certificate
    /// is for a new key of its issuer.
    pub(crate) fn is_self_issued(&self) -> bool {
        self.subject_name() == self.issuer_name()
    }

    /// The TBSCertificate and the content of the AlgorithmIdentifier, both as received: the signature
    /// is over these bytes, and a re-encoding could differ.
    fn signed(&self) -> der::Result<(&[u8], &[u8])> {
        let mut fields = SliceReader::new(AnyRef::from_der(self.der())?.value())?;
        Ok((fields.tlv_bytes()?, AnyRef::decode(&mut fields)?.value()))
    }
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.der() == other.der()
    }
}

impl Eq for Certificate {}

impl fmt::Debug for Certificate {
    /// The length: a certificate may name a person.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Certificate({} bytes)", self.der().len())
    }
}

/// What an extension is called, not what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// Its object identifier, with dots.
    pub oid: String,
    /// Whether a verifier that does not understand it has to refuse the certificate.
    pub critical: bool,
}

/// The certificates beside a signature: the signer's own, then those that may lead to an anchor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    leaf: Certificate,
    rest: Vec<Certificate>,
}

impl Chain {
    /// Reads the certificates of an `x5chain`, the signer's first (RFC 9360 §2).
    ///
    /// # Errors
    /// [`Error::NoCertificate`], [`Error::ChainTooLong`], or that of a certificate.
    pub fn parse<'a>(x5chain: impl IntoIterator<Item = &'a [u8]>) -> Result<Chain, Error> {
        let mut certificates = x5chain.into_iter();
        let leaf = Certificate::parse(certificates.next().ok_or(Error::NoCertificate)?)?;
        let rest: Vec<_> = certificates
            .by_ref()
            .take(MAX_CHAIN - 1)
            .map(Certificate::parse)
            .collect::<Result<_, _>>()?;
        match certificates.next() {
            None => Ok(Chain { leaf, rest }),
            Some(_) => Err(Error::ChainTooLong),
        }
    }

    /// The signer's certificate.
    pub fn leaf(&self) -> &Certificate {
        &self.leaf
    }

    /// The same, of other copies of the certificates.
    pub(crate) fn map(&self, mut copy: impl FnMut(&Certificate) -> Certificate) -> Chain {
        Chain { leaf: copy(&self.leaf), rest: self.rest.iter().map(copy).collect() }
    }

    /// The others, in the order received.
    pub(crate) fn rest(&self) -> &[Certificate] {
        &self.rest
    }
}

/// RFC 5280, Appendix A.1.
const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
const COUNTRY: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.6");
const STATE_OR_PROVINCE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.8");

/// The commonName of a name, as it can be shown.
pub(crate) fn common_name(name: &Name) -> Option<String> {
    attribute(name, COMMON_NAME).as_deref().and_then(plain_name)
}

fn attribute(name: &Name, oid: ObjectIdentifier) -> Option<String> {
    let attribute = name.iter().find(|attribute| attribute.oid == oid)?;
    name::text(&attribute.value)
}

/// Both end with the year 9999.
pub(crate) fn moment(time: Time) -> der::Result<Timestamp> {
    let seconds = i64::try_from(time.to_unix_duration().as_secs()).ok();
    seconds.and_then(Timestamp::from_unix).ok_or_else(|| ErrorKind::DateTime.into())
}

use coffret_cbor::Timestamp;
use coffret_crypto::{Algorithm, Curve, PrivateKey, PublicKey};
use coffret_trust::{
    Certificate, ReaderSubject, RegisteredReader, Registration, Registry, SPECIMEN_ROOT,
};
use der::Decode;
use der::asn1::{Ia5String, ObjectIdentifier};
use der::referenced::OwnedToRef;
use rand_core::CryptoRng;
use x509_cert::Certificate as Encoded;
use x509_cert::ext::pkix::crl::dp::DistributionPoint;
use x509_cert::ext::pkix::name::{DistributionPointName, GeneralName};
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, CrlDistributionPoints, ExtendedKeyUsage,
    IssuerAltName, KeyUsage, KeyUsages, SubjectKeyIdentifier,
};
use x509_cert::ext::{Extension, ToExtension};
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use zeroize::Zeroizing;

use crate::Error;
use crate::certify::{Statement, in_quebec, key_info, whole_days};

/// Everybody that a story needs: who issues, who asks, and who says who may ask for what. By ISO
/// 18013-5 Annex B, for tests: the keys are in memory.
#[derive(Debug)]
pub struct Pki {
    /// The issuing authority's root (IACA).
    pub issuer: Identity,
    /// Its document signer.
    pub document_signer: Identity,
    /// The root of the readers' authority.
    pub reader_authority: Identity,
    /// Its reader.
    pub reader: Identity,
    /// Who signs the registry of readers.
    pub registrar: Identity,
    /// The signed registry, with the one reader in it.
    pub readers: Vec<u8>,
}

/// A certificate and its private key.
#[derive(Debug)]
pub struct Identity {
    certificate: Certificate,
    key: PrivateKey,
}

/// Whole days, under what Annex B allows (7305, 457 and 1187).
const ROOT_DAYS: i32 = 3652;
const DOCUMENT_SIGNER_DAYS: i32 = 456;
const READER_DAYS: i32 = 1186;
/// Long enough for a test that is left lying about.
const REGISTRY_DAYS: i32 = 90;

/// The common name of a document signer that is no specimen's.
pub const DOCUMENT_SIGNER_NAME: &str = "Coffret test document signer";
const ISSUER_NAME: &str = "Coffret test IACA";
const READER_AUTHORITY_NAME: &str = "Coffret test reader authority";
const REGISTRAR_NAME: &str = "Coffret test registrar";
/// A name that is nobody's (RFC 2606 §3).
const CONTACT: &str = "https://coffret.example/";
const CRL: &str = "https://coffret.example/crl";

impl Pki {
    /// New keys and certificates, and a registry with the reader in it. A certificate is valid from
    /// the day before, so that documents may be signed as of the day (whole UTC days).
    ///
    /// # Errors
    /// [`Error::CommonName`] for a reader's French name that a certificate does not take.
    pub fn generate(
        reader: Registration,
        now: Timestamp,
        rng: &mut dyn CryptoRng,
    ) -> Result<Pki, Error> {
        let issuer = Identity::root(ISSUER_NAME, now, rng)?;
        let document_signer =
            issuer.document_signer(DOCUMENT_SIGNER_NAME, Algorithm::Es256, now, rng)?;
        let reader_authority = Identity::root(READER_AUTHORITY_NAME, now, rng)?;
        let registered = reader_authority.reader(&reader.name_fr, now, rng)?;
        let registrar = Identity::registrar(now, rng)?;
        let issued = now.date().start();
        let registry = Registry {
            issued,
            next_update: issued.plus_days(REGISTRY_DAYS),
            readers: vec![RegisteredReader {
                authority: reader_authority.certificate.clone(),
                subject: ReaderSubject::of(&registered.certificate)?,
                registration: reader,
            }],
        };
        let readers = registry.sign(&registrar.certificate, &registrar.key)?;
        Ok(Pki {
            issuer,
            document_signer,
            reader_authority,
            reader: registered,
            registrar,
            readers,
        })
    }
}

impl Identity {
    /// The root of the specimens. Its key is published: whatever it signs is worth nothing.
    ///
    /// # Errors
    /// None: both are part of the program.
    pub fn specimen_root() -> Result<Identity, Error> {
        Identity::from_pem(SPECIMEN_ROOT, include_str!("specimen-root.key"))
    }

    /// Reads a certificate, the first in its file, and its private key (PKCS #8).
    ///
    /// # Errors
    /// [`Error::KeyMismatch`], [`Error::Trust`], [`Error::Crypto`]
    pub fn from_pem(certificate: &str, key: &str) -> Result<Identity, Error> {
        let certificate = Certificate::parse_file(certificate)?.swap_remove(0);
        let key = PrivateKey::from_pkcs8_pem(key)?;
        if certificate.public_key() != Ok(&key.public_key()) {
            return Err(Error::KeyMismatch);
        }
        Ok(Identity { certificate, key })
    }

    /// The certificate in PEM.
    ///
    /// # Errors
    /// [`Error::Trust`], which no certificate that was read or made is.
    pub fn certificate_pem(&self) -> Result<String, Error> {
        Ok(self.certificate.to_pem()?)
    }

    /// The private key in PEM (PKCS #8).
    pub fn key_pem(&self) -> Zeroizing<String> {
        self.key.to_pkcs8_pem()
    }

    /// The certificate.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// The private key.
    pub fn key(&self) -> &PrivateKey {
        &self.key
    }

    /// A new document signer under this root (ISO 18013-5 §B.1.4).
    ///
    /// # Errors
    /// [`Error::CommonName`]
    pub fn document_signer(
        &self,
        name: &str,
        algorithm: Algorithm,
        now: Timestamp,
        rng: &mut dyn CryptoRng,
    ) -> Result<Identity, Error> {
        let key = PrivateKey::generate(curve(algorithm), rng);
        self.certify(in_quebec(name)?, key, DOCUMENT_SIGNING, DOCUMENT_SIGNER_DAYS, now, rng)
    }

    /// A new reader under this root (ISO 18013-5 §B.1.7).
    ///
    /// # Errors
    /// [`Error::CommonName`]
    pub fn reader(
        &self,
        name: &str,
        now: Timestamp,
        rng: &mut dyn CryptoRng,
    ) -> Result<Identity, Error> {
        let key = PrivateKey::generate(Curve::P256, rng);
        self.certify(in_quebec(name)?, key, READER_AUTHENTICATION, READER_DAYS, now, rng)
    }

    /// A root by ISO 18013-5 §B.1.2.
    fn root(name: &str, now: Timestamp, rng: &mut dyn CryptoRng) -> Result<Identity, Error> {
        let key = PrivateKey::generate(Curve::P256, rng);
        let certificate =
            root(name, &key, now.plus_days(-1), ROOT_DAYS, SerialNumber::generate(rng))?;
        Ok(Identity { certificate, key })
    }

    /// Whose certificate is trusted as it is.
    fn registrar(now: Timestamp, rng: &mut dyn CryptoRng) -> Result<Identity, Error> {
        let key = PrivateKey::generate(Curve::P256, rng);
        let subject = in_quebec(REGISTRAR_NAME)?;
        let statement = Statement {
            serial: SerialNumber::generate(rng),
            issuer: subject.clone(),
            validity: whole_days(now.plus_days(-1), ROOT_DAYS)?,
            key: key_info(&key.public_key())?,
            extensions: vec![
                extension(true, &KeyUsage(KeyUsages::DigitalSignature.into()))?,
                extension(false, &subject_key_identifier(&key.public_key())?)?,
            ],
            subject,
        };
        Ok(Identity { certificate: statement.certify(&key)?, key })
    }

    fn certify(
        &self,
        subject: Name,
        key: PrivateKey,
        purpose: ObjectIdentifier,
        days: i32,
        now: Timestamp,
        rng: &mut dyn CryptoRng,
    ) -> Result<Identity, Error> {
        let authority = key_info(&self.key.public_key())?;
        let authority = AuthorityKeyIdentifier::try_from(authority.owned_to_ref())?;
        let statement = Statement {
            serial: SerialNumber::generate(rng),
            issuer: Encoded::from_der(self.certificate.der())?.tbs_certificate().subject().clone(),
            validity: whole_days(now.plus_days(-1), days)?,
            subject,
            key: key_info(&key.public_key())?,
            extensions: vec![
                extension(false, &authority)?,
                extension(false, &subject_key_identifier(&key.public_key())?)?,
                extension(true, &KeyUsage(KeyUsages::DigitalSignature.into()))?,
                extension(false, &contact()?)?,
                extension(true, &ExtendedKeyUsage(vec![purpose]))?,
                extension(false, &crl()?)?,
            ],
        };
        Ok(Identity { certificate: statement.certify(&self.key)?, key })
    }
}

fn root(
    name: &str,
    key: &PrivateKey,
    first: Timestamp,
    days: i32,
    serial: SerialNumber,
) -> Result<Certificate, Error> {
    let subject = in_quebec(name)?;
    let statement = Statement {
        serial,
        issuer: subject.clone(),
        validity: whole_days(first, days)?,
        subject,
        key: key_info(&key.public_key())?,
        extensions: vec![
            extension(false, &subject_key_identifier(&key.public_key())?)?,
            extension(true, &KeyUsage(KeyUsages::KeyCertSign | KeyUsages::CRLSign))?,
            extension(false, &contact()?)?,
            extension(true, &BasicConstraints { ca: true, path_len_constraint: Some(0) })?,
            extension(false, &crl()?)?,
        ],
    };
    statement.certify(key)
}

/// mdlDS (ISO 18013-5 §B.1.4).
const DOCUMENT_SIGNING: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.0.18013.5.1.2");
/// mdlReaderAuth (ISO 18013-5 §B.1.7).
const READER_AUTHENTICATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.0.18013.5.1.6");

const fn curve(algorithm: Algorithm) -> Curve {
    match algorithm {
        Algorithm::Es256 => Curve::P256,
        Algorithm::Es384 => Curve::P384,
        Algorithm::Es512 => Curve::P521,
        Algorithm::EdDsa => Curve::Ed25519,
    }
}

pub(crate) fn extension<'a, T>(critical: bool, value: &'a T) -> Result<Extension, Error>
where
    (bool, &'a T): ToExtension<Error = der::Error>,
{
    Ok((critical, value).to_extension(&Name::default(), &[])?)
}

fn subject_key_identifier(key: &PublicKey) -> Result<SubjectKeyIdentifier, Error> {
    Ok(SubjectKeyIdentifier::try_from(key_info(key)?.owned_to_ref())?)
}

fn uri(uri: &str) -> Result<GeneralName, Error> {
    Ok(GeneralName::UniformResourceIdentifier(Ia5String::new(uri)?))
}

fn contact() -> Result<IssuerAltName, Error> {
    Ok(IssuerAltName(vec![uri(CONTACT)?]))
}

fn crl() -> Result<CrlDistributionPoints, Error> {
    let name = DistributionPointName::FullName(vec![uri(CRL)?]);
    Ok(CrlDistributionPoints(vec![DistributionPoint {
        distribution_point: Some(name),
        reasons: None,
        crl_issuer: None,
    }]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The root that `coffret-trust` knows is this one, by its published key.
    #[test]
    fn the_specimen_root_is_reproducible() {
        const NAME: &str = "SPÉCIMEN, sans valeur — Coffret specimen root";
        let key = PrivateKey::from_pkcs8_pem(include_str!("specimen-root.key")).unwrap();
        let first = Timestamp::parse("2026-01-01T00:00:00Z").unwrap();
        let serial = SerialNumber::new(b"Coffret specimens 1").unwrap();
        let certificate = root(NAME, &key, first, 7305, serial).unwrap();
        let made = Identity { certificate, key };
        assert_eq!(made.certificate_pem().unwrap(), SPECIMEN_ROOT);
    }
}

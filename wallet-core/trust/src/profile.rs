use coffret_catalogue::{MDL_READER, MDL_SIGNER};
use coffret_cbor::Timestamp;
use der::Decode;
use der::asn1::ObjectIdentifier;
use der::flagset::FlagSet;
use der::oid::AssociatedOid;
use der::referenced::OwnedToRef;
use x509_cert::certificate::Version;
use x509_cert::ext::pkix::name::{DistributionPointName, GeneralName};
use x509_cert::ext::pkix::{
    BasicConstraints, CrlDistributionPoints, ExtendedKeyUsage, IssuerAltName, KeyUsage, KeyUsages,
    SubjectKeyIdentifier,
};

use crate::extension::AuthorityKey;
use crate::{Certificate, Error};

/// The certificates that ISO 18013-5 Annex B describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// The root of an issuing authority (IACA), §B.1.2.
    IssuerRoot,
    /// A document signer, §B.1.4.
    DocumentSigner,
    /// The root of a readers' authority: Annex B leaves it free but for what its readers need.
    ReaderRoot,
    /// A reader, §B.1.7.
    Reader,
}

impl Certificate {
    /// The profile that the certificate claims by its purpose or its being an authority.
    pub fn profile(&self) -> Option<Profile> {
        let purposes = self.purposes().unwrap_or_default();
        if purposes.contains(&DOCUMENT_SIGNING) {
            Some(Profile::DocumentSigner)
        } else if purposes.contains(&READER_AUTHENTICATION) {
            Some(Profile::Reader)
        } else if !self.is_authority().unwrap_or_default() {
            None
        } else if self.country().is_some() {
            Some(Profile::IssuerRoot)
        } else {
            Some(Profile::ReaderRoot)
        }
    }

    /// The rules of a profile that the certificate does not follow. None of them costs trust: real
    /// issuers deviate.
    pub fn deviations(&self, profile: Profile) -> Vec<Error> {
        let followed = profile.rules().iter().filter(|(_, is_followed)| !is_followed(self));
        followed.map(|(rule, _)| *rule).collect()
    }

    /// The key purposes of the extended key usage; none where there is no such extension.
    pub(crate) fn purposes(&self) -> Result<Vec<ObjectIdentifier>, Error> {
        let usage = self.extension::<ExtendedKeyUsage>()?;
        Ok(usage.map(|(_, usage)| usage.0).unwrap_or_default())
    }

    /// Whether there is a key usage, and it allows this one.
    pub(crate) fn allows(&self, usage: KeyUsages) -> Result<bool, Error> {
        Ok(self.extension::<KeyUsage>()?.is_some_and(|(_, allowed)| allowed.0.contains(usage)))
    }

    pub(crate) fn is_version_3(&self) -> bool {
        self.tbs().version() == Version::V3
    }

    pub(crate) fn is_authority(&self) -> Result<bool, Error> {
        Ok(self.extension::<BasicConstraints>()?.is_some_and(|(_, constraints)| constraints.ca))
    }
}

/// mdlDS (ISO 18013-5 §B.1.4).
const DOCUMENT_SIGNING: ObjectIdentifier = ObjectIdentifier::new_unwrap(MDL_SIGNER);
/// mdlReaderAuth (ISO 18013-5 §B.1.7).
const READER_AUTHENTICATION: ObjectIdentifier = ObjectIdentifier::new_unwrap(MDL_READER);

/// The octets of a serial number (ISO 18013-5 §B.1.1, RFC 5280 §4.1.2.2).
const MAX_SERIAL: usize = 20;
/// Days in any twenty years (ISO 18013-5 §B.1.2).
const ISSUER_ROOT_DAYS: i32 = 7305;
/// ISO 18013-5 §B.1.4.
const DOCUMENT_SIGNER_DAYS: i32 = 457;
/// ISO 18013-5 §B.1.7.
const READER_DAYS: i32 = 1187;

type Rule = (Error, fn(&Certificate) -> bool);

impl Profile {
    fn rules(self) -> &'static [Rule] {
        match self {
            Profile::IssuerRoot => &[
                (Error::Version, Certificate::is_version_3),
                (Error::SerialNumber, has_short_positive_serial),
                (Error::ValidityTooLong, |root| lasts_at_most(root, ISSUER_ROOT_DAYS)),
                (Error::SubjectCountry, names_country),
                (Error::SubjectCommonName, names_itself),
                (Error::SubjectKeyIdentifier, identifies_its_key),
                (Error::KeyUsageProfile, |root| uses_key_only_for(root, SIGNS_CERTIFICATES)),
                (Error::IssuerAlternativeName, names_contact),
                (Error::BasicConstraintsProfile, ends_paths),
                (Error::CrlDistributionPoint, names_crl),
                (Error::ForbiddenExtension, extends_as_allowed),
                (Error::SignatureAlgorithm, is_signed_as_known),
                (Error::NotSelfSigned, signs_itself),
            ],
            Profile::DocumentSigner => &[
                (Error::Version, Certificate::is_version_3),
                (Error::SerialNumber, has_short_positive_serial),
                (Error::ValidityTooLong, |signer| lasts_at_most(signer, DOCUMENT_SIGNER_DAYS)),
                (Error::SubjectCountry, names_country),
                (Error::SubjectCommonName, names_itself),
                (Error::AuthorityKeyIdentifier, identifies_issuer_key),
                (Error::SubjectKeyIdentifier, identifies_its_key),
                (Error::KeyUsageProfile, |signer| uses_key_only_for(signer, SIGNS_MESSAGES)),
                (Error::IssuerAlternativeName, names_contact),
                (Error::ExtendedKeyUsageProfile, |signer| is_only_for(signer, DOCUMENT_SIGNING)),
                (Error::CrlDistributionPoint, names_crl),
                (Error::ForbiddenExtension, extends_as_allowed),
            ],
            Profile::ReaderRoot => &[
                (Error::Version, Certificate::is_version_3),
                (Error::SerialNumber, has_short_positive_serial),
                (Error::SubjectCommonName, names_itself),
                (Error::SubjectKeyIdentifier, identifies_its_key),
                (Error::ForbiddenExtension, extends_as_allowed),
                (Error::SignatureAlgorithm, is_signed_as_known),
                (Error::NotSelfSigned, signs_itself),
            ],
            Profile::Reader => &[
                (Error::Version, Certificate::is_version_3),
                (Error::SerialNumber, has_short_positive_serial),
                (Error::ValidityTooLong, |reader| lasts_at_most(reader, READER_DAYS)),
                (Error::SubjectCommonName, names_itself),
                (Error::AuthorityKeyIdentifier, identifies_issuer_key),
                (Error::SubjectKeyIdentifier, identifies_its_key),
                (Error::KeyUsageProfile, |reader| uses_key_only_for(reader, SIGNS_MESSAGES)),
                (Error::ExtendedKeyUsageProfile, |reader| {
                    is_only_for(reader, READER_AUTHENTICATION)
                }),
                (Error::CrlDistributionPoint, names_crl),
                (Error::ForbiddenExtension, extends_as_allowed),
            ],
        }
    }
}

fn has_short_positive_serial(certificate: &Certificate) -> bool {
    let serial = certificate.serial();
    let negative = serial.first().is_none_or(|first| first & 0x80 != 0);
    !negative && serial != [0] && serial.len() <= MAX_SERIAL
}

fn lasts_at_most(certificate: &Certificate, days: i32) -> bool {
    certificate.not_after() <= Timestamp::plus_days(certificate.not_before(), days)
}

fn names_country(certificate: &Certificate) -> bool {
    let is_code = |country: &str| {
        country.len() == 2 && country.bytes().all(|letter| letter.is_ascii_uppercase())
    };
    certificate.country().is_some_and(is_code)
}

fn names_itself(certificate: &Certificate) -> bool {
    certificate.common_name().is_some_and(|name| !name.is_empty())
}

fn identifies_its_key(certificate: &Certificate) -> bool {
    let key = certificate.tbs().subject_public_key_info();
    let expected = SubjectKeyIdentifier::try_from(key.owned_to_ref()).ok();
    present::<SubjectKeyIdentifier>(certificate).map(|(_, found)| found) == expected
}

fn identifies_issuer_key(certificate: &Certificate) -> bool {
    present::<AuthorityKey>(certificate).is_some_and(|(_, authority)| authority.0.is_some())
}

const SIGNS_MESSAGES: &[KeyUsages] = &[KeyUsages::DigitalSignature];
const SIGNS_CERTIFICATES: &[KeyUsages] = &[KeyUsages::KeyCertSign, KeyUsages::CRLSign];

fn uses_key_only_for(certificate: &Certificate, usages: &[KeyUsages]) -> bool {
    let usages = usages.iter().fold(FlagSet::default(), |all, usage| all | *usage);
    present(certificate) == Some((true, KeyUsage(usages)))
}

fn is_only_for(certificate: &Certificate, purpose: ObjectIdentifier) -> bool {
    present(certificate) == Some((true, ExtendedKeyUsage(vec![purpose])))
}

fn names_contact(certificate: &Certificate) -> bool {
    let is_contact = |name: &GeneralName| {
        matches!(name, GeneralName::Rfc822Name(_) | GeneralName::UniformResourceIdentifier(_))
    };
    present::<IssuerAltName>(certificate).is_some_and(|(_, names)| names.0.iter().any(is_contact))
}

fn ends_paths(certificate: &Certificate) -> bool {
    let expected = BasicConstraints { ca: true, path_len_constraint: Some(0) };
    present(certificate) == Some((true, expected))
}

fn names_crl(certificate: &Certificate) -> bool {
    let is_uri = |name: &GeneralName| matches!(name, GeneralName::UniformResourceIdentifier(_));
    present::<CrlDistributionPoints>(certificate).is_some_and(|(_, points)| {
        let is_plain = !points.0.is_empty();
        is_plain
            && points.0.iter().all(|point| {
                point.reasons.is_none()
                    && point.crl_issuer.is_none()
                    && matches!(&point.distribution_point,
                        Some(DistributionPointName::FullName(names)) if names.iter().any(is_uri))
            })
    })
}

/// Policy mappings, name constraints, policy constraints, inhibit any policy, freshest CRL.
const FORBIDDEN: [ObjectIdentifier; 5] = [
    ObjectIdentifier::new_unwrap("2.5.29.33"),
    ObjectIdentifier::new_unwrap("2.5.29.30"),
    ObjectIdentifier::new_unwrap("2.5.29.36"),
    ObjectIdentifier::new_unwrap("2.5.29.54"),
    ObjectIdentifier::new_unwrap("2.5.29.46"),
];

fn extends_as_allowed(certificate: &Certificate) -> bool {
    !FORBIDDEN.iter().any(|oid| certificate.has_extension(*oid))
}

/// Whether the signature can be verified, given a key that can.
fn is_signed_as_known(root: &Certificate) -> bool {
    verified_by_itself(root) != Some(Err(Error::SignatureAlgorithm))
}

/// Whether the root's own key verifies its signature. Names are not compared, because an authority
/// may write its name differently as issuer and as subject. A signature that cannot be verified here
/// may be good, so it breaks another rule than this one.
fn signs_itself(root: &Certificate) -> bool {
    matches!(verified_by_itself(root), None | Some(Ok(()) | Err(Error::SignatureAlgorithm)))
}

/// `None` for a key that the product does not use: [`Certificate::public_key`] reports that.
fn verified_by_itself(root: &Certificate) -> Option<Result<(), Error>> {
    root.public_key().ok().map(|key| root.verify(key))
}

/// An extension that occurs once and can be read.
fn present<'a, T: Decode<'a> + AssociatedOid>(certificate: &'a Certificate) -> Option<(bool, T)> {
    certificate.extension().ok().flatten()
}

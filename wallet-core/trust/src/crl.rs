use std::collections::{BTreeSet, HashSet};
use std::fmt;
use std::sync::Arc;

use coffret_cbor::Timestamp;
use coffret_crypto::PublicKey;
use der::asn1::{AnyRef, BitStringRef, ContextSpecific, ObjectIdentifier, OctetString};
use der::oid::AssociatedOid;
use der::pem::{self, LineEnding};
use der::{Decode, Encode, ErrorKind, Reader, SliceReader, Tag, TagNumber};
use x509_cert::certificate::Raw;
use x509_cert::crl::RevokedCert;
use x509_cert::ext::pkix::crl::dp::IssuingDistributionPoint;
use x509_cert::ext::pkix::name::{DistributionPointName, GeneralName};
use x509_cert::ext::pkix::{BaseCrlNumber, CrlDistributionPoints, CrlNumber, SubjectKeyIdentifier};
use x509_cert::ext::{Extension, Extensions};
use x509_cert::name::Name;
use x509_cert::time::Time;

use crate::certificate::{common_name, moment};
use crate::extension::AuthorityKey;
use crate::file::is_pem;
use crate::memo::Memo;
use crate::name::ComparedName;
use crate::{Certificate, Error, Filed, MAX_CRL, signature};

/// The label of a list in PEM (RFC 7468 §6).
pub(crate) const PEM_LABEL: &str = "X509 CRL";

/// A revocation list. Whose it is, nothing proves: what it revokes counts in a
/// [`Trust`](crate::Trust), where its issuer's key verifies it.
#[derive(Clone)]
pub struct Crl(Arc<Parsed>);

struct Parsed {
    /// TBSCertList, the content of its AlgorithmIdentifier, and the signature, as received.
    signed: Vec<u8>,
    algorithm: Vec<u8>,
    signature: Vec<u8>,
    /// Which keys verify it. Every path is checked against every list, and a signature over a long
    /// list costs more than all the rest.
    verified: Memo<PublicKey, Result<(), Error>>,
    issuer: Name,
    issuer_name: ComparedName,
    authority_key: Option<OctetString>,
    number: Option<Vec<u8>>,
    this_update: Timestamp,
    next_update: Option<Timestamp>,
    scope: Option<IssuingDistributionPoint>,
    revoked: BTreeSet<Vec<u8>>,
}

impl fmt::Debug for Crl {
    /// How many certificates are on it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Crl({} revoked)", self.revoked())
    }
}

impl Crl {
    /// Reads a file: one list in DER, or every one of a PEM file; sections of other kinds are passed
    /// over.
    ///
    /// # Errors
    /// [`Error::CrlTooLarge`], [`Error::MalformedCrl`], [`Error::NoCrl`], [`Error::CrlDelta`],
    /// [`Error::CrlIndirect`], [`Error::CrlCriticalUnknown`]; then none of the file is read.
    pub fn parse_file(file: &[u8]) -> Result<Vec<Crl>, Error> {
        match Filed::lists(file).collect::<Result<Vec<_>, _>>()? {
            none if none.is_empty() && is_pem(file) => Err(Error::NoCrl),
            none if none.is_empty() => Err(Error::MalformedCrl),
            some => Ok(some),
        }
    }

    /// Reads a complete, direct list (RFC 5280 §5).
    ///
    /// It may be of version 1, without extensions, and without a next update: issuers must not make
    /// such lists, but what they revoke is revoked. A list that only changes another one, or that
    /// names certificates of other issuers, is refused for what it is: taken for a complete list of
    /// its issuer, it would clear every certificate that it does not name.
    pub(crate) fn parse(der: &[u8]) -> Result<Crl, Error> {
        if der.len() > MAX_CRL {
            return Err(Error::CrlTooLarge);
        }
        let (mut list, extensions, of_entries) = read(der).map_err(|_| Error::MalformedCrl)?;
        of_entries.iter().try_for_each(check_entry)?;
        let mut seen = HashSet::new();
        for extension in &extensions {
            // Two numbers or two scopes: which one would count?
            if !seen.insert(extension.extn_id) {
                return Err(Error::MalformedCrl);
            }
            list.take(extension)?;
        }
        Ok(Crl(Arc::new(list)))
    }

    /// It alone in PEM (RFC 7468 §6), whatever its file held beside it.
    ///
    /// # Errors
    /// None: the label is one, and the size is bounded.
    pub fn to_pem(&self) -> Result<String, Error> {
        let Parsed { signed, algorithm, signature, .. } = &*self.0;
        let der = || {
            let algorithm = AnyRef::new(Tag::Sequence, algorithm)?.to_der()?;
            let signature = BitStringRef::from_bytes(signature)?.to_der()?;
            let list = [signed.as_slice(), &algorithm, &signature].concat();
            AnyRef::new(Tag::Sequence, &list)?.to_der()
        };
        let der: Vec<u8> = der().map_err(|_| Error::MalformedCrl)?;
        pem::encode_string(PEM_LABEL, LineEnding::LF, &der).map_err(|_| Error::MalformedCrl)
    }

    /// Whether both are the same list, byte for byte.
    pub(crate) fn is(&self, other: &Crl) -> bool {
        self.0.signed == other.0.signed && self.0.signature == other.0.signature
    }

    /// Who says to have issued it, as RFC 4514 writes it.
    pub fn issuer(&self) -> String {
        self.0.issuer.to_string()
    }

    /// The issuer's commonName, as it can be shown.
    pub fn issuer_common_name(&self) -> Option<String> {
        common_name(&self.0.issuer)
    }

    pub(crate) fn issuer_name(&self) -> &ComparedName {
        &self.0.issuer_name
    }

    /// The cRLNumber: big-endian, of any length.
    pub fn number(&self) -> Option<&[u8]> {
        self.0.number.as_deref()
    }

    /// How many certificates are on it.
    pub fn revoked(&self) -> usize {
        self.0.revoked.len()
    }

    pub(crate) fn is_signed_by(&self, key: &PublicKey) -> bool {
        self.verify(key).is_ok()
    }

    /// Verifies the signature by this key, once for each key.
    ///
    /// # Errors
    /// [`Error::SignatureAlgorithm`], [`Error::Crypto`]
    pub(crate) fn verify(&self, key: &PublicKey) -> Result<(), Error> {
        let Parsed { signed, algorithm, signature, verified, .. } = &*self.0;
        verified.get_or(key, || signature::verify(key, algorithm, signed, signature))
    }

    /// Whether the list says that this certificate's key signed it; `None` where one of them does
    /// not say.
    pub(crate) fn names_key_of(&self, issuer: &Certificate) -> Option<bool> {
        let own = issuer.extension::<SubjectKeyIdentifier>().ok().flatten()?.1;
        Some(*self.0.authority_key.as_ref()? == own.0)
    }

    /// The same of whoever issued this certificate.
    pub(crate) fn names_issuer_key_of(&self, subject: &Certificate) -> Option<bool> {
        let named = subject.extension::<AuthorityKey>().ok().flatten()?.1;
        Some(*self.0.authority_key.as_ref()? == named.0?)
    }

    /// When it was issued.
    pub fn this_update(&self) -> Timestamp {
        self.0.this_update
    }

    /// When there will be a newer one, where it says.
    pub fn next_update(&self) -> Option<Timestamp> {
        self.0.next_update
    }

    /// Whether it is issued at the moment.
    pub fn is_issued(&self, now: Timestamp) -> bool {
        self.this_update() <= now
    }

    /// Whether a newer one is due at the moment.
    pub fn is_stale(&self, now: Timestamp) -> bool {
        self.next_update().is_some_and(|next| next <= now)
    }

    /// Whether this list stands in the place of `other`, of the same issuer and the same scope: by
    /// number or by date it is the newer one, and by neither it is the older (RFC 5280 §5.2.3).
    ///
    /// An authority that starts its numbers again issues newer lists with smaller numbers. Where number
    /// and date disagree, or only one list has a number, neither replaces the other and both count.
    pub(crate) fn replaces(&self, other: &Crl) -> bool {
        let (one, other) = (&*self.0, &*other.0);
        let number =
            |list: &Parsed| list.number.as_ref().map(|digits| (digits.len(), digits.clone()));
        let (numbers, dates) = ((number(one), number(other)), (one.this_update, other.this_update));
        one.scope == other.scope
            && one.number.is_some() == other.number.is_some()
            && numbers.0 >= numbers.1
            && dates.0 >= dates.1
            && (numbers.0 > numbers.1 || dates.0 > dates.1)
    }

    /// Whether the list revokes this certificate of its issuer.
    pub(crate) fn revokes(&self, subject: &Certificate) -> bool {
        self.is_of_class(subject) && self.0.revoked.contains(subject.serial())
    }

    /// Whether a certificate of its issuer that is not on the list is not revoked: the list is for
    /// every reason, and for the distribution point of the certificate (RFC 5280 §6.3.3 b, d).
    pub(crate) fn covers(&self, subject: &Certificate) -> bool {
        let Some(scope) = &self.0.scope else { return true };
        let is_here = || match &scope.distribution_point {
            None => true,
            Some(DistributionPointName::FullName(here)) => {
                points(subject).iter().any(|name| here.contains(name))
            }
            Some(DistributionPointName::NameRelativeToCRLIssuer(_)) => false,
        };
        self.is_of_class(subject) && scope.only_some_reasons.is_none() && is_here()
    }

    /// Whether the list is for certificates at all, and not for attribute certificates, which nobody
    /// here has.
    pub(crate) fn is_for_certificates(&self) -> bool {
        !self.0.scope.as_ref().is_some_and(|scope| scope.only_contains_attribute_certs)
    }

    /// Whether the list is for certificates of authorities, of others, or of both, as this one is.
    fn is_of_class(&self, subject: &Certificate) -> bool {
        let Some(scope) = &self.0.scope else { return true };
        let is_left_out = match subject.is_authority() {
            Ok(true) => scope.only_contains_user_certs,
            _ => scope.only_contains_ca_certs,
        };
        self.is_for_certificates() && !is_left_out
    }
}

/// Where the certificate says that lists are published.
fn points(subject: &Certificate) -> Vec<GeneralName> {
    let points = subject.extension::<CrlDistributionPoints>().ok().flatten();
    let points = points.into_iter().flat_map(|(_, points)| points.0);
    let names = points.filter_map(|point| match point.distribution_point {
        Some(DistributionPointName::FullName(names)) => Some(names),
        _ => None,
    });
    names.flatten().collect()
}

/// The list as it is without extensions, its extensions, and those of its entries that matter.
///
/// ```text
/// CertificateList ::= SEQUENCE { tbsCertList, signatureAlgorithm, signatureValue }
/// TBSCertList ::= SEQUENCE { version OPTIONAL, signature, issuer, thisUpdate,
///     nextUpdate OPTIONAL, revokedCertificates OPTIONAL, crlExtensions [0] OPTIONAL }
/// ```
fn read(der: &[u8]) -> der::Result<(Parsed, Extensions, Extensions)> {
    let mut list = SliceReader::new(AnyRef::from_der(der)?.value())?;
    let signed = list.tlv_bytes()?;
    let algorithm = AnyRef::decode(&mut list)?;
    let signature = BitStringRef::decode(&mut list)?;
    list.finish()?;

    let mut fields = SliceReader::new(AnyRef::from_der(signed)?.value())?;
    // Version 2 is written as 1, and version 1 is not written at all (RFC 5280 §5.1.2.1).
    if Option::<u8>::decode(&mut fields)?.is_some_and(|version| version != 1) {
        return Err(ErrorKind::Failed.into());
    }
    // What is signed names the same algorithm as what is not (RFC 5280 §5.1.1.2).
    if AnyRef::decode(&mut fields)? != algorithm {
        return Err(ErrorKind::Failed.into());
    }
    let issuer = Name::decode(&mut fields)?;
    let this_update = moment(Time::decode(&mut fields)?)?;
    let next_update = Option::<Time>::decode(&mut fields)?.map(moment).transpose()?;
    let revoked = Option::<Vec<RevokedCert<Raw>>>::decode(&mut fields)?.unwrap_or_default();
    let extensions = ContextSpecific::<Extensions>::decode_explicit(&mut fields, TagNumber(0))?;
    fields.finish()?;

    let extensions = extensions.map(|found| found.value).unwrap_or_default();
    let of_entries = revoked.iter().filter_map(|entry| entry.crl_entry_extensions.as_ref());
    let matters = |one: &&Extension| one.critical || one.extn_id == CERTIFICATE_ISSUER;
    let of_entries = of_entries.flatten().filter(matters).cloned().collect();
    // A signature is whole bytes.
    let signature = signature.as_bytes().ok_or(ErrorKind::Failed)?;
    let parsed = Parsed {
        signed: signed.to_vec(),
        algorithm: algorithm.value().to_vec(),
        signature: signature.to_vec(),
        verified: Memo::default(),
        issuer_name: ComparedName::from(&issuer),
        issuer,
        authority_key: None,
        number: None,
        this_update,
        next_update,
        scope: None,
        revoked: revoked.iter().map(|entry| entry.serial_number.as_bytes().to_vec()).collect(),
    };
    Ok((parsed, extensions, of_entries))
}

impl Parsed {
    /// Heeds an extension of the list. An unknown critical one makes the list unusable (RFC 5280 §5.2).
    fn take(&mut self, extension: &Extension) -> Result<(), Error> {
        let value = extension.extn_value.as_bytes();
        match extension.extn_id {
            AuthorityKey::OID => self.authority_key = decoded::<AuthorityKey>(value)?.0,
            CrlNumber::OID => {
                self.number = Some(decoded::<CrlNumber>(value)?.0.as_bytes().to_vec())
            }
            BaseCrlNumber::OID => return Err(Error::CrlDelta),
            ISSUING_POINT => {
                let scope: IssuingDistributionPoint = decoded(value)?;
                if scope.indirect_crl {
                    return Err(Error::CrlIndirect);
                }
                self.scope = Some(scope);
            }
            _ if extension.critical => return Err(Error::CrlCriticalUnknown),
            _ => {}
        }
        Ok(())
    }
}

/// Checks an extension of an entry. An unknown critical one makes the whole list unusable (RFC 5280
/// §5.3), and none of them says anything of the list itself.
fn check_entry(extension: &Extension) -> Result<(), Error> {
    match extension.extn_id {
        REASON | INVALIDITY_DATE => Ok(()),
        CERTIFICATE_ISSUER => Err(Error::CrlIndirect),
        _ => Err(Error::CrlCriticalUnknown),
    }
}

fn decoded<'a, T: Decode<'a>>(der: &'a [u8]) -> Result<T, Error> {
    T::from_der(der).map_err(|_| Error::MalformedCrl)
}

/// RFC 5280 §5.2.5; `x509-cert` has another identifier for it.
const ISSUING_POINT: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.28");
/// The extensions of an entry (RFC 5280 §5.3). Reason and invalidity date change nothing here.
const REASON: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.21");
const INVALIDITY_DATE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.24");
const CERTIFICATE_ISSUER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.29");

#[cfg(test)]
mod tests {
    use coffret_test_vectors::forge::{List, ROOT, key};

    use super::*;

    #[test]
    fn a_signature_is_verified_once_for_each_key() {
        let list = Crl::parse(&List::of_issuer_root(&[]).der(&key(ROOT))).unwrap();
        let root = key(ROOT).public_key();
        // A verdict that a second verification would not give.
        let _ = list.0.verified.get_or(&root, || Err(Error::CrlSignature));
        assert_eq!(list.verify(&root), Err(Error::CrlSignature));
    }
}

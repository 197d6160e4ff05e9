//! The extensions that paths are judged by, and what a critical one asks of a verifier.

use std::collections::HashSet;

use der::asn1::{AnyRef, ContextSpecific, ObjectIdentifier, OctetString};
use der::oid::AssociatedOid;
use der::{Decode, DecodeValue, FixedTag, Header, Reader, Tag, TagNumber};
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, CertificatePolicies, CrlDistributionPoints,
    ExtendedKeyUsage, IssuerAltName, KeyUsage, NameConstraints, SubjectAltName,
    SubjectKeyIdentifier,
};

use crate::{Certificate, Error};

/// The key identifier of an authorityKeyIdentifier (RFC 5280 §4.2.1.1).
///
/// The other fields are passed over. One of them is the serial number of the issuer's certificate,
/// and a real root has one of 32 bytes, which a strict reader of serial numbers refuses.
pub(crate) struct AuthorityKey(pub(crate) Option<OctetString>);

impl AssociatedOid for AuthorityKey {
    const OID: ObjectIdentifier = AuthorityKeyIdentifier::OID;
}

impl FixedTag for AuthorityKey {
    const TAG: Tag = Tag::Sequence;
}

impl<'a> DecodeValue<'a> for AuthorityKey {
    type Error = der::Error;

    fn decode_value<R: Reader<'a>>(reader: &mut R, _: Header) -> der::Result<Self> {
        let key = ContextSpecific::<OctetString>::decode_implicit(reader, TagNumber(0))?;
        while !reader.is_finished() {
            AnyRef::decode(reader)?;
        }
        Ok(AuthorityKey(key.map(|field| field.value)))
    }
}

type Read = fn(&[u8]) -> bool;

/// The kinds of extension that are understood, and a reader of each.
///
/// Policies ask nothing of a path that every policy is good for (RFC 5280 §6.1.1 c); mappings and
/// constraints of policies would, so they stay unknown. The issuer's alternative name asks nothing of
/// a verifier either.
const UNDERSTOOD: [(ObjectIdentifier, Read); 10] = [
    understood::<KeyUsage>(),
    understood::<ExtendedKeyUsage>(),
    understood::<BasicConstraints>(),
    understood::<NameConstraints>(),
    understood::<SubjectKeyIdentifier>(),
    understood::<AuthorityKey>(),
    understood::<SubjectAltName>(),
    understood::<IssuerAltName>(),
    understood::<CrlDistributionPoints>(),
    understood::<CertificatePolicies>(),
];

const fn understood<T: AssociatedOid + for<'a> Decode<'a>>() -> (ObjectIdentifier, Read) {
    (T::OID, |der| T::from_der(der).is_ok())
}

impl Certificate {
    /// Whether every critical extension is of a kind that paths are judged by.
    ///
    /// # Errors
    /// [`Error::MalformedExtension`] for a critical extension that cannot be read, because a verifier
    /// has to process it; and for two extensions of one kind, because two verifiers could each heed
    /// another one (RFC 5280 §4.2).
    pub(crate) fn is_understood(&self) -> Result<bool, Error> {
        let extensions = || self.tbs().extensions().into_iter().flatten();
        let mut seen = HashSet::new();
        if !extensions().all(|extension| seen.insert(extension.extn_id)) {
            return Err(Error::MalformedExtension);
        }
        let mut all_known = true;
        for extension in extensions().filter(|extension| extension.critical) {
            match UNDERSTOOD.iter().find(|(oid, _)| *oid == extension.extn_id) {
                None => all_known = false,
                Some((_, reads)) if reads(extension.extn_value.as_bytes()) => {}
                Some(_) => return Err(Error::MalformedExtension),
            }
        }
        Ok(all_known)
    }
}

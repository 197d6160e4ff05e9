//! Names that an authority may certify (RFC 5280 §4.2.1.10; §6.1.3 b, c).

use der::asn1::{Ia5String, ObjectIdentifier};
use x509_cert::ext::pkix::constraints::name::GeneralSubtree;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{NameConstraints, SubjectAltName};

use crate::name::ComparedName;
use crate::{Certificate, Error};

/// Whether `constraints` allow every name of a certificate.
///
/// What cannot be processed must be refused: a name of a kind that is constrained and cannot be
/// compared here, and any name where a distance is bounded.
pub(crate) fn allow(
    constraints: &NameConstraints,
    certificate: &Certificate,
) -> Result<bool, Error> {
    let permitted = constraints.permitted_subtrees.as_deref().unwrap_or_default();
    let excluded = constraints.excluded_subtrees.as_deref().unwrap_or_default();
    if permitted.iter().chain(excluded).any(|tree| tree.minimum != 0 || tree.maximum.is_some()) {
        return Ok(false);
    }
    let is_allowed = |name: &GeneralName| {
        let places = |trees: &[GeneralSubtree]| -> Vec<Place> {
            trees.iter().map(|tree| place(name, &tree.base)).collect()
        };
        let (permitted, excluded) = (places(permitted), places(excluded));
        let is_unclear = permitted.iter().chain(&excluded).any(|place| *place == Place::Unclear);
        let is_left_out =
            permitted.contains(&Place::Outside) && !permitted.contains(&Place::Inside);
        !is_unclear && !is_left_out && !excluded.contains(&Place::Inside)
    };
    Ok(names(certificate)?.iter().all(is_allowed))
}

/// The subject where there is one, the alternative names, or else the subject's e-mail addresses.
fn names(certificate: &Certificate) -> Result<Vec<GeneralName>, Error> {
    let subject = certificate.tbs().subject();
    let alternative = certificate.extension::<SubjectAltName>()?;
    let mut names = match alternative {
        Some((_, names)) => names.0,
        None => {
            let addresses = subject.iter().filter(|attribute| attribute.oid == EMAIL_ADDRESS);
            let addresses = addresses.map(|attribute| attribute.value.decode_as::<Ia5String>());
            let addresses = addresses.map(|address| address.map(GeneralName::Rfc822Name));
            addresses.collect::<Result<_, _>>().map_err(|_| Error::MalformedCertificate)?
        }
    };
    if !subject.is_empty() {
        names.push(GeneralName::DirectoryName(subject.clone()));
    }
    Ok(names)
}

/// RFC 5280 §4.1.2.6.
const EMAIL_ADDRESS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.1");

/// Where a name is, seen from a subtree.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// It is of another kind than the subtree, which says nothing of it.
    Elsewhere,
    Outside,
    Inside,
    /// It is of the same kind, and cannot be compared.
    Unclear,
}

fn place(name: &GeneralName, base: &GeneralName) -> Place {
    use GeneralName::{
        DirectoryName, DnsName, EdiPartyName, IpAddress, OtherName, RegisteredId, Rfc822Name,
        UniformResourceIdentifier,
    };
    let is_inside = match (name, base) {
        (DirectoryName(name), DirectoryName(base)) => {
            Some(ComparedName::from(name).starts_with(&ComparedName::from(base)))
        }
        (DnsName(name), DnsName(base)) => Some(is_below(name.as_str(), base.as_str())),
        (Rfc822Name(name), Rfc822Name(base)) => is_mailbox_in(name.as_str(), base.as_str()),
        (UniformResourceIdentifier(name), UniformResourceIdentifier(base)) => {
            host(name.as_str()).map(|host| is_host_in(host, base.as_str()))
        }
        (IpAddress(name), IpAddress(base)) => is_address_in(name.as_bytes(), base.as_bytes()),
        (OtherName(_), OtherName(_))
        | (EdiPartyName(_), EdiPartyName(_))
        | (RegisteredId(_), RegisteredId(_)) => None,
        _ => return Place::Elsewhere,
    };
    match is_inside {
        Some(true) => Place::Inside,
        Some(false) => Place::Outside,
        None => Place::Unclear,
    }
}

/// Whether a DNS name is `base`, or has labels before it.
fn is_below(name: &str, base: &str) -> bool {
    let (name, base) = (name.to_ascii_lowercase(), base.to_ascii_lowercase());
    match name.strip_suffix(base.trim_start_matches('.')) {
        Some(labels) => base.is_empty() || labels.is_empty() || labels.ends_with('.'),
        None => false,
    }
}

/// Whether a host is the one that is named, or, after a full stop, one below it.
fn is_host_in(host: &str, base: &str) -> bool {
    match base.strip_prefix('.') {
        Some(domain) => is_below(host, domain) && !host.eq_ignore_ascii_case(domain),
        None => host.eq_ignore_ascii_case(base),
    }
}

/// A base is one mailbox, or the host or the domain of many.
fn is_mailbox_in(mailbox: &str, base: &str) -> Option<bool> {
    let (local, host) = mailbox.rsplit_once('@')?;
    Some(match base.rsplit_once('@') {
        Some((other, at)) => local == other && host.eq_ignore_ascii_case(at),
        None => is_host_in(host, base),
    })
}

/// The host of a URI; `None` where it has none, or an address.
fn host(uri: &str) -> Option<&str> {
    let (_, rest) = uri.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    let host = host.split(':').next()?;
    let is_name = !host.is_empty() && !host.starts_with('[') && host.contains(char::is_alphabetic);
    is_name.then_some(host)
}

/// A base is an address and a mask of the same length.
fn is_address_in(address: &[u8], base: &[u8]) -> Option<bool> {
    match (address.len(), base.len()) {
        (4, 8) | (16, 32) => {}
        // Of the other version of the protocol.
        (4, 32) | (16, 8) => return Some(false),
        _ => return None,
    }
    let (network, mask) = base.split_at_checked(address.len())?;
    let mut bytes = address.iter().zip(network).zip(mask);
    Some(bytes.all(|((byte, network), mask)| byte & mask == network & mask))
}

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
///
/// # Errors
/// [`Error::ChainTooLong`] where that takes more than the comparisons left.
pub(crate) fn allow(
    constraints: &NameConstraints,
    certificate: &Certificate,
    comparisons: &mut usize,
) -> Result<bool, Error> {
    let trees = |trees: &Option<Vec<GeneralSubtree>>| -> Vec<GeneralSubtree> {
        trees.clone().unwrap_or_default()
    };
    let (permitted, excluded) =
        (trees(&constraints.permitted_subtrees), trees(&constraints.excluded_subtrees));
    if permitted.iter().chain(&excluded).any(|tree| tree.minimum != 0 || tree.maximum.is_some()) {
        return Ok(false);
    }
    let names = names(certificate)?;
    let pairs = names.len().saturating_mul(permitted.len() + excluded.len());
    *comparisons = comparisons.checked_sub(pairs).ok_or(Error::ChainTooLong)?;

    let bases = |trees: Vec<GeneralSubtree>| -> Vec<Name> {
        trees.into_iter().map(|tree| Name::from(tree.base)).collect()
    };
    let (permitted, excluded) = (bases(permitted), bases(excluded));
    let is_allowed = |name: GeneralName| {
        let name = Name::from(name);
        let places = |bases: &[Name]| -> Vec<Place> {
            bases.iter().map(|base| place(&name, base)).collect()
        };
        let (permitted, excluded) = (places(&permitted), places(&excluded));
        let is_unclear = permitted.iter().chain(&excluded).any(|place| *place == Place::Unclear);
        let is_left_out =
            permitted.contains(&Place::Outside) && !permitted.contains(&Place::Inside);
        !is_unclear && !is_left_out && !excluded.contains(&Place::Inside)
    };
    Ok(names.into_iter().all(is_allowed))
}

/// A name or a base, in the form in which it is compared.
enum Name {
    Directory(ComparedName),
    Other(GeneralName),
}

impl From<GeneralName> for Name {
    fn from(name: GeneralName) -> Name {
        match name {
            GeneralName::DirectoryName(name) => Name::Directory(ComparedName::from(&name)),
            other => Name::Other(other),
        }
    }
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

fn place(name: &Name, base: &Name) -> Place {
    use GeneralName::{
        DirectoryName, DnsName, EdiPartyName, IpAddress, OtherName, RegisteredId, Rfc822Name,
        UniformResourceIdentifier,
    };
    let is_inside = match (name, base) {
        (Name::Directory(name), Name::Directory(base)) => name.is_below(base),
        (Name::Other(name), Name::Other(base)) => match (name, base) {
            (DnsName(name), DnsName(base)) => is_dns_name_in(name.as_str(), base.as_str()),
            (Rfc822Name(name), Rfc822Name(base)) => is_mailbox_in(name.as_str(), base.as_str()),
            (UniformResourceIdentifier(name), UniformResourceIdentifier(base)) => {
                host(name.as_str()).and_then(|host| is_host_in(host, base.as_str()))
            }
            (IpAddress(name), IpAddress(base)) => is_address_in(name.as_bytes(), base.as_bytes()),
            (DirectoryName(_), DirectoryName(_))
            | (OtherName(_), OtherName(_))
            | (EdiPartyName(_), EdiPartyName(_))
            | (RegisteredId(_), RegisteredId(_)) => None,
            _ => return Place::Elsewhere,
        },
        _ => return Place::Elsewhere,
    };
    match is_inside {
        Some(true) => Place::Inside,
        Some(false) => Place::Outside,
        None => Place::Unclear,
    }
}

/// Whether the text is a host's name: labels of letters, digits and hyphens.
///
/// A full stop at the end, a wildcard, a percent sign or another script makes two spellings of one host.
/// Compared letter by letter, the second spelling would be outside an excluded subtree.
fn is_host_name(text: &str) -> bool {
    let is_sign = |sign: u8| sign.is_ascii_alphanumeric() || sign == b'-' || sign == b'_';
    text.split('.').all(|label| !label.is_empty() && label.bytes().all(is_sign))
}

/// Whether a host has labels before those of a domain.
fn is_below(host: &str, domain: &str) -> bool {
    let (host, domain) = (host.to_ascii_lowercase(), domain.to_ascii_lowercase());
    host.strip_suffix(&domain).is_some_and(|labels| labels.ends_with('.'))
}

/// Whether a DNS name is `base`, or has labels before it. Every name is below an empty base.
///
/// Some issuers write a base with a full stop before it, which RFC 5280 gives no meaning: most verifiers
/// take it for the names below. Whether it has the domain itself is left unclear.
fn is_dns_name_in(name: &str, base: &str) -> Option<bool> {
    let domain = base.strip_prefix('.').unwrap_or(base);
    if !is_host_name(name) || !(base.is_empty() || is_host_name(domain)) {
        return None;
    }
    match (base.is_empty(), name.eq_ignore_ascii_case(domain)) {
        (true, _) => Some(true),
        (false, true) => (domain == base).then_some(true),
        (false, false) => Some(is_below(name, domain)),
    }
}

/// Whether a host is the one that is named, or, where the base begins with a full stop, one below it.
fn is_host_in(host: &str, base: &str) -> Option<bool> {
    let domain = base.strip_prefix('.').unwrap_or(base);
    if !is_host_name(host) || !is_host_name(domain) {
        return None;
    }
    Some(if domain == base { host.eq_ignore_ascii_case(base) } else { is_below(host, domain) })
}

/// A base is one mailbox, or the host or the domain of many.
fn is_mailbox_in(mailbox: &str, base: &str) -> Option<bool> {
    let (local, host) = mailbox.rsplit_once('@').filter(|(local, _)| !local.is_empty())?;
    match base.rsplit_once('@') {
        None => is_host_in(host, base),
        Some((other, at)) if !other.is_empty() && is_host_name(host) && is_host_name(at) => {
            Some(local == other && host.eq_ignore_ascii_case(at))
        }
        Some(_) => None,
    }
}

/// The host of a URI; `None` where it has none, or an address, whose last label begins with a digit.
fn host(uri: &str) -> Option<&str> {
    let (scheme, rest) = uri.split_once("://")?;
    if !scheme.bytes().all(|sign| sign.is_ascii_alphanumeric() || b"+-.".contains(&sign)) {
        return None;
    }
    let authority = rest.split(['/', '?', '#']).next()?;
    // Browsers take a backslash for a slash, and so another host than RFC 3986 does.
    let authority = Some(authority).filter(|authority| !authority.contains('\\'))?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    let last = host.rsplit('.').next()?;
    last.starts_with(|sign: char| sign.is_ascii_alphabetic()).then_some(host)
}

/// A base is an address and a mask of the same length, which is ones and then zeros (RFC 4632 §3.1).
fn is_address_in(address: &[u8], base: &[u8]) -> Option<bool> {
    let (network, mask) = match base.len() {
        8 | 32 => base.split_at_checked(base.len() / 2)?,
        _ => return None,
    };
    let bits = mask.iter().fold(0, |bits, byte| bits << 8 | u128::from(*byte));
    let width = mask.len() as u32 * 8;
    if bits != 0 && bits.count_ones() + bits.trailing_zeros() != width {
        return None;
    }
    match address.len() {
        length if length == network.len() => {
            let mut bytes = address.iter().zip(network).zip(mask);
            Some(bytes.all(|((byte, network), mask)| byte & mask == network & mask))
        }
        // Of the other version of the protocol.
        4 | 16 => Some(false),
        _ => None,
    }
}

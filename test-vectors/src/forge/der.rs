//! DER, and the values of extensions, written without a library: a forger has to be able to write
//! what no library would.

use coffret_cbor::Timestamp;
use coffret_crypto::{PrivateKey, PublicKey};
use der::Decode;
use der::asn1::ObjectIdentifier;
use der::referenced::OwnedToRef;
use x509_cert::ext::pkix::SubjectKeyIdentifier;
use x509_cert::spki::SubjectPublicKeyInfoOwned;

use super::{COUNTRY, PRINTABLE, UTF8};

/// One element, of up to 65,535 bytes.
pub fn tlv(tag: u8, value: &[u8]) -> Vec<u8> {
    let length = match value.len() {
        short @ ..0x80 => vec![short as u8],
        long @ ..0x100 => vec![0x81, long as u8],
        longer => vec![0x82, (longer >> 8) as u8, longer as u8],
    };
    [&[tag], length.as_slice(), value].concat()
}

/// SEQUENCE
pub fn sequence(items: &[Vec<u8>]) -> Vec<u8> {
    tlv(0x30, &items.concat())
}

/// OCTET STRING
pub fn octets(bytes: &[u8]) -> Vec<u8> {
    tlv(4, bytes)
}

pub(super) fn oid(oid: &str) -> Vec<u8> {
    tlv(6, ObjectIdentifier::new(oid).unwrap().as_bytes())
}

pub(super) fn extension((id, critical, value): &(&str, bool, Vec<u8>)) -> Vec<u8> {
    let critical = if *critical { tlv(1, &[0xff]) } else { Vec::new() };
    sequence(&[oid(id), critical, octets(value)])
}

/// The attributes in order, in UTF-8 but for the country.
pub fn distinguished_name(attributes: &[(&str, &str)]) -> Vec<u8> {
    name(attributes, UTF8)
}

/// The attributes in order: the country in printable characters, the others in strings of this kind.
pub(super) fn name(attributes: &[(&str, &str)], strings: u8) -> Vec<u8> {
    let attribute = |(id, text): &(&str, &str)| {
        let tag = if *id == COUNTRY { PRINTABLE } else { strings };
        tlv(0x31, &sequence(&[oid(id), tlv(tag, text.as_bytes())]))
    };
    sequence(&attributes.iter().map(attribute).collect::<Vec<_>>())
}

/// `YYMMDDhhmmssZ`, which RFC 5280 wants up to 2049.
pub(super) fn utc(time: Timestamp) -> Vec<u8> {
    let digits: String =
        time.to_string().chars().filter(|sign| sign.is_ascii_digit() || *sign == 'Z').collect();
    tlv(0x17, &digits.as_bytes()[2..])
}

/// A key usage: a bit string of one byte.
pub fn usage(bits: u8, unused: u8) -> Vec<u8> {
    tlv(3, &[unused, bits])
}

/// An extended key usage.
pub fn purposes(oids: &[&str]) -> Vec<u8> {
    sequence(&oids.iter().map(|purpose| oid(purpose)).collect::<Vec<_>>())
}

/// Basic constraints of an authority, and how many may be below it.
pub fn authority(longest: Option<u8>) -> Vec<u8> {
    let longest = longest.map(|longest| tlv(2, &[longest])).unwrap_or_default();
    sequence(&[tlv(1, &[0xff]), longest])
}

/// One general name: 1 is an e-mail address, 2 a DNS name, 6 a URI.
pub fn general_names(kind: u8, text: &str) -> Vec<u8> {
    sequence(&[tlv(0x80 | kind, text.as_bytes())])
}

/// One CRL distribution point, by such a name.
pub fn crl_points(kind: u8, text: &str) -> Vec<u8> {
    let full_name = tlv(0xa0, &tlv(0x80 | kind, text.as_bytes()));
    sequence(&[sequence(&[tlv(0xa0, &full_name)])])
}

/// An authority key identifier.
pub fn authority_key(key: &PrivateKey) -> Vec<u8> {
    sequence(&[tlv(0x80, &key_identifier(&key.public_key()))])
}

pub(super) fn key_identifier(key: &PublicKey) -> Vec<u8> {
    let info = SubjectPublicKeyInfoOwned::from_der(&key.to_spki()).unwrap();
    SubjectKeyIdentifier::try_from(info.owned_to_ref()).unwrap().0.as_bytes().to_vec()
}

//! Certificates and revocation lists of any kind, good and bad: a good draft, one thing changed.

#![allow(dead_code, unreachable_pub, reason = "each test file takes what it needs")]

use coffret_cbor::Timestamp;
use coffret_crypto::{Algorithm, Curve, PrivateKey, PublicKey};
use coffret_trust::Certificate;
use der::Decode;
use der::asn1::ObjectIdentifier;
use der::referenced::OwnedToRef;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use x509_cert::ext::pkix::SubjectKeyIdentifier;
use x509_cert::spki::SubjectPublicKeyInfoOwned;

pub const BASIC_CONSTRAINTS: &str = "2.5.29.19";
pub const KEY_USAGE: &str = "2.5.29.15";
pub const EXTENDED_KEY_USAGE: &str = "2.5.29.37";
pub const SUBJECT_KEY: &str = "2.5.29.14";
pub const AUTHORITY_KEY: &str = "2.5.29.35";
pub const ISSUER_ALTERNATIVE_NAME: &str = "2.5.29.18";
pub const SUBJECT_ALTERNATIVE_NAME: &str = "2.5.29.17";
pub const CRL_POINTS: &str = "2.5.29.31";
pub const NAME_CONSTRAINTS: &str = "2.5.29.30";

pub const COUNTRY: &str = "2.5.4.6";
pub const STATE: &str = "2.5.4.8";
pub const COMMON_NAME: &str = "2.5.4.3";

const EC_SHA256: &str = "1.2.840.10045.4.3.2";
const EC_SHA384: &str = "1.2.840.10045.4.3.3";
const EC_SHA512: &str = "1.2.840.10045.4.3.4";
const ED25519: &str = "1.3.101.112";

/// The clock of these tests.
pub fn now() -> Timestamp {
    time("2026-11-22T12:00:00Z")
}

pub fn time(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

/// The same key for the same number.
pub fn key(number: u8) -> PrivateKey {
    key_on(Curve::P256, number)
}

pub fn key_on(curve: Curve, number: u8) -> PrivateKey {
    PrivateKey::generate(curve, &mut ChaCha20Rng::from_seed([number; 32]))
}

/// The keys of the drafts.
pub const ROOT: u8 = 1;
pub const LEAF: u8 = 2;
pub const BETWEEN: u8 = 3;
pub const OTHER: u8 = 4;

#[derive(Clone)]
pub struct Draft {
    pub version: u8,
    pub serial: Vec<u8>,
    pub issuer: Vec<(&'static str, &'static str)>,
    pub not_before: Timestamp,
    pub not_after: Timestamp,
    pub subject: Vec<(&'static str, &'static str)>,
    pub spki: Vec<u8>,
    /// Object identifier, criticality, DER.
    pub extensions: Vec<(&'static str, bool, Vec<u8>)>,
    pub after_signature: Vec<u8>,
}

const ROOT_NAME: [(&str, &str); 3] =
    [(COUNTRY, "CA"), (STATE, "CA-QC"), (COMMON_NAME, "Test root")];
const READER_ROOT_NAME: [(&str, &str); 1] = [(COMMON_NAME, "Test reader root")];

impl Draft {
    fn new(subject: &[(&'static str, &'static str)], key: &PrivateKey) -> Draft {
        Draft {
            version: 3,
            serial: vec![0x11; 16],
            issuer: ROOT_NAME.to_vec(),
            not_before: time("2026-11-01T00:00:00Z"),
            not_after: time("2027-11-01T00:00:00Z"),
            subject: subject.to_vec(),
            spki: key.public_key().to_spki(),
            extensions: vec![(SUBJECT_KEY, false, octets(&key_identifier(&key.public_key())))],
            after_signature: Vec::new(),
        }
    }

    pub fn issuer_root() -> Draft {
        Draft { not_after: time("2036-11-01T00:00:00Z"), ..Draft::new(&ROOT_NAME, &key(ROOT)) }
            .with(KEY_USAGE, true, usage(0b0000_0110, 1))
            .with(BASIC_CONSTRAINTS, true, authority(Some(0)))
            .with(ISSUER_ALTERNATIVE_NAME, false, general_names(6, "https://root.example"))
            .with(CRL_POINTS, false, crl_points(6, "https://root.example/crl"))
    }

    pub fn document_signer() -> Draft {
        let subject = [(COUNTRY, "CA"), (STATE, "CA-QC"), (COMMON_NAME, "Test signer")];
        Draft::new(&subject, &key(LEAF))
            .with(AUTHORITY_KEY, false, authority_key(&key(ROOT)))
            .with(KEY_USAGE, true, usage(0b1000_0000, 7))
            .with(EXTENDED_KEY_USAGE, true, purposes(&["1.0.18013.5.1.2"]))
            .with(ISSUER_ALTERNATIVE_NAME, false, general_names(1, "root@root.example"))
            .with(CRL_POINTS, false, crl_points(6, "https://root.example/crl"))
    }

    pub fn reader_root() -> Draft {
        let root = Draft::new(&READER_ROOT_NAME, &key(ROOT));
        Draft { issuer: READER_ROOT_NAME.to_vec(), ..root }
            .with(KEY_USAGE, true, usage(0b0000_0110, 1))
            .with(BASIC_CONSTRAINTS, true, authority(None))
    }

    pub fn reader() -> Draft {
        let reader = Draft::new(&[(COMMON_NAME, "Test reader")], &key(LEAF));
        Draft { issuer: READER_ROOT_NAME.to_vec(), ..reader }
            .with(AUTHORITY_KEY, false, authority_key(&key(ROOT)))
            .with(KEY_USAGE, true, usage(0b1000_0000, 7))
            .with(EXTENDED_KEY_USAGE, true, purposes(&["1.0.18013.5.1.6"]))
            .with(CRL_POINTS, false, crl_points(6, "https://root.example/crl"))
    }

    /// Who signs registries, trusted as it is.
    pub fn registrar() -> Draft {
        Draft::new(&[(COMMON_NAME, "Test registrar")], &key(OTHER)).with(
            KEY_USAGE,
            true,
            usage(0b1000_0000, 7),
        )
    }

    /// An authority under [`Draft::reader_root`], and what it issues names it.
    pub fn between() -> Draft {
        let between = Draft::new(&BETWEEN_NAME, &key(BETWEEN));
        Draft { issuer: READER_ROOT_NAME.to_vec(), ..between }
            .with(AUTHORITY_KEY, false, authority_key(&key(ROOT)))
            .with(KEY_USAGE, true, usage(0b0000_0110, 1))
            .with(BASIC_CONSTRAINTS, true, authority(Some(0)))
    }

    /// The draft, issued by [`Draft::between`].
    pub fn under_between(self) -> Draft {
        Draft { issuer: BETWEEN_NAME.to_vec(), ..self }.with(
            AUTHORITY_KEY,
            false,
            authority_key(&key(BETWEEN)),
        )
    }

    /// In place of the one there, or after the others.
    pub fn with(mut self, oid: &'static str, critical: bool, value: Vec<u8>) -> Draft {
        let extension = (oid, critical, value);
        match self.extensions.iter_mut().find(|(found, ..)| *found == oid) {
            Some(found) => *found = extension,
            None => self.extensions.push(extension),
        }
        self
    }

    pub fn without(mut self, oid: &str) -> Draft {
        self.extensions.retain(|(found, ..)| *found != oid);
        self
    }

    pub fn der(&self, issuer: &PrivateKey) -> Vec<u8> {
        let (algorithm, oid) = algorithm(issuer);
        let signature = sequence(&[tlv(6, &oid_bytes(oid))]);
        let validity = sequence(&[utc(self.not_before), utc(self.not_after)]);
        let extensions: Vec<_> = self.extensions.iter().map(extension).collect();
        let mut fields = vec![tlv(0xa0, &tlv(2, &[self.version - 1]))];
        fields.extend([
            tlv(2, &self.serial),
            signature.clone(),
            name(&self.issuer),
            validity,
            name(&self.subject),
            self.spki.clone(),
        ]);
        if !extensions.is_empty() {
            fields.push(tlv(0xa3, &sequence(&extensions)));
        }
        signed(sequence(&fields), algorithm, signature, issuer, &self.after_signature)
    }

    pub fn certificate(&self, issuer: &PrivateKey) -> Certificate {
        Certificate::parse(&self.der(issuer)).unwrap()
    }
}

const BETWEEN_NAME: [(&str, &str); 1] = [(COMMON_NAME, "Test reader authority")];

#[derive(Clone)]
pub struct List {
    pub issuer: Vec<(&'static str, &'static str)>,
    pub next_update: Option<Timestamp>,
    pub revoked: Vec<Vec<u8>>,
    pub extensions: Vec<(&'static str, bool, Vec<u8>)>,
}

impl List {
    /// Of [`Draft::issuer_root`], from the first of the month to the end of the year.
    pub fn of_issuer_root(revoked: &[&[u8]]) -> List {
        List {
            issuer: ROOT_NAME.to_vec(),
            next_update: Some(time("2026-12-31T00:00:00Z")),
            revoked: revoked.iter().map(|serial| serial.to_vec()).collect(),
            extensions: vec![
                (AUTHORITY_KEY, false, authority_key(&key(ROOT))),
                ("2.5.29.20", false, tlv(2, &[1])),
            ],
        }
    }

    pub fn der(&self, issuer: &PrivateKey) -> Vec<u8> {
        let (algorithm, oid) = algorithm(issuer);
        let signature = sequence(&[tlv(6, &oid_bytes(oid))]);
        let revoked: Vec<_> = self
            .revoked
            .iter()
            .map(|serial| sequence(&[tlv(2, serial), utc(time("2026-11-10T00:00:00Z"))]))
            .collect();
        let extensions: Vec<_> = self.extensions.iter().map(extension).collect();
        let mut fields = vec![
            tlv(2, &[1]),
            signature.clone(),
            name(&self.issuer),
            utc(time("2026-11-01T00:00:00Z")),
        ];
        fields.extend(self.next_update.map(utc));
        if !revoked.is_empty() {
            fields.push(sequence(&revoked));
        }
        fields.push(tlv(0xa0, &sequence(&extensions)));
        signed(sequence(&fields), algorithm, signature, issuer, &[])
    }
}

fn signed(
    tbs: Vec<u8>,
    algorithm: Algorithm,
    identifier: Vec<u8>,
    issuer: &PrivateKey,
    after: &[u8],
) -> Vec<u8> {
    let value = issuer.sign_x509(algorithm, &tbs).unwrap();
    let value = tlv(3, &[&[0], value.as_slice()].concat());
    [sequence(&[tbs, identifier, value]), after.to_vec()].concat()
}

fn algorithm(key: &PrivateKey) -> (Algorithm, &'static str) {
    let algorithm = key.public_key().curve().algorithm().unwrap();
    let oid = match algorithm {
        Algorithm::Es256 => EC_SHA256,
        Algorithm::Es384 => EC_SHA384,
        Algorithm::Es512 => EC_SHA512,
        Algorithm::EdDsa => ED25519,
    };
    (algorithm, oid)
}

pub fn tlv(tag: u8, value: &[u8]) -> Vec<u8> {
    let length = match value.len() {
        short @ ..0x80 => vec![short as u8],
        long @ ..0x100 => vec![0x81, long as u8],
        longer => vec![0x82, (longer >> 8) as u8, longer as u8],
    };
    [&[tag], length.as_slice(), value].concat()
}

pub fn sequence(items: &[Vec<u8>]) -> Vec<u8> {
    tlv(0x30, &items.concat())
}

pub fn octets(bytes: &[u8]) -> Vec<u8> {
    tlv(4, bytes)
}

fn oid_bytes(oid: &str) -> Vec<u8> {
    ObjectIdentifier::new(oid).unwrap().as_bytes().to_vec()
}

fn extension((oid, critical, value): &(&'static str, bool, Vec<u8>)) -> Vec<u8> {
    let critical = if *critical { tlv(1, &[0xff]) } else { Vec::new() };
    sequence(&[tlv(6, &oid_bytes(oid)), critical, octets(value)])
}

pub fn name(attributes: &[(&str, &str)]) -> Vec<u8> {
    let attributes: Vec<_> = attributes
        .iter()
        .map(|(oid, text)| {
            let tag = if *oid == COUNTRY { 0x13 } else { 0x0c };
            tlv(0x31, &sequence(&[tlv(6, &oid_bytes(oid)), tlv(tag, text.as_bytes())]))
        })
        .collect();
    sequence(&attributes)
}

/// `YYMMDDhhmmssZ`, which RFC 5280 wants up to 2049.
fn utc(time: Timestamp) -> Vec<u8> {
    let digits: String =
        time.to_string().chars().filter(|sign| sign.is_ascii_digit() || *sign == 'Z').collect();
    tlv(0x17, &digits.as_bytes()[2..])
}

/// A bit string of one byte.
pub fn usage(bits: u8, unused: u8) -> Vec<u8> {
    tlv(3, &[unused, bits])
}

pub fn purposes(oids: &[&str]) -> Vec<u8> {
    sequence(&oids.iter().map(|oid| tlv(6, &oid_bytes(oid))).collect::<Vec<_>>())
}

/// Basic constraints of an authority.
pub fn authority(longest: Option<u8>) -> Vec<u8> {
    let longest = longest.map(|longest| tlv(2, &[longest])).unwrap_or_default();
    sequence(&[tlv(1, &[0xff]), longest])
}

/// One general name: 1 is an e-mail address, 2 a DNS name, 6 a URI.
pub fn general_names(kind: u8, text: &str) -> Vec<u8> {
    sequence(&[tlv(0x80 | kind, text.as_bytes())])
}

pub fn crl_points(kind: u8, text: &str) -> Vec<u8> {
    let full_name = tlv(0xa0, &tlv(0x80 | kind, text.as_bytes()));
    sequence(&[sequence(&[tlv(0xa0, &full_name)])])
}

pub fn authority_key(key: &PrivateKey) -> Vec<u8> {
    sequence(&[tlv(0x80, &key_identifier(&key.public_key()))])
}

fn key_identifier(key: &PublicKey) -> Vec<u8> {
    let info = SubjectPublicKeyInfoOwned::from_der(&key.to_spki()).unwrap();
    SubjectKeyIdentifier::try_from(info.owned_to_ref()).unwrap().0.as_bytes().to_vec()
}

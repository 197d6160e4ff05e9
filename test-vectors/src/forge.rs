//! Certificates and revocation lists of any kind, good and bad: a good draft, one thing changed.

mod der;

use coffret_cbor::Timestamp;
use coffret_crypto::{Algorithm, Curve, PrivateKey, PublicKey};
use coffret_trust::Certificate;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

pub use self::der::{
    authority, authority_key, crl_points, distinguished_name, general_names, octets, purposes,
    sequence, tlv, usage,
};
use self::der::{extension, key_identifier, name, oid, utc};

/// basicConstraints
pub const BASIC_CONSTRAINTS: &str = "2.5.29.19";
/// keyUsage
pub const KEY_USAGE: &str = "2.5.29.15";
/// extKeyUsage
pub const EXTENDED_KEY_USAGE: &str = "2.5.29.37";
/// subjectKeyIdentifier
pub const SUBJECT_KEY: &str = "2.5.29.14";
/// authorityKeyIdentifier
pub const AUTHORITY_KEY: &str = "2.5.29.35";
/// issuerAltName
pub const ISSUER_ALTERNATIVE_NAME: &str = "2.5.29.18";
/// subjectAltName
pub const SUBJECT_ALTERNATIVE_NAME: &str = "2.5.29.17";
/// cRLDistributionPoints
pub const CRL_POINTS: &str = "2.5.29.31";
/// cRLNumber
pub const CRL_NUMBER: &str = "2.5.29.20";
/// issuingDistributionPoint
pub const ISSUING_POINT: &str = "2.5.29.28";
/// certificatePolicies
pub const POLICIES: &str = "2.5.29.32";
/// nameConstraints
pub const NAME_CONSTRAINTS: &str = "2.5.29.30";

/// countryName
pub const COUNTRY: &str = "2.5.4.6";
/// stateOrProvinceName
pub const STATE: &str = "2.5.4.8";
/// commonName
pub const COMMON_NAME: &str = "2.5.4.3";

/// The tag of a UTF8String.
pub const UTF8: u8 = 0x0c;
/// The tag of a PrintableString.
pub const PRINTABLE: u8 = 0x13;

const EC_SHA256: &str = "1.2.840.10045.4.3.2";
const EC_SHA384: &str = "1.2.840.10045.4.3.3";
const EC_SHA512: &str = "1.2.840.10045.4.3.4";
const ED25519: &str = "1.3.101.112";

/// A moment when every draft is valid.
pub fn now() -> Timestamp {
    time("2026-11-22T12:00:00Z")
}

/// A moment as RFC 3339 writes it.
pub fn time(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

/// The P-256 key of this number, always the same.
pub fn key(number: u8) -> PrivateKey {
    key_on(Curve::P256, number)
}

/// The key of this number on a curve.
pub fn key_on(curve: Curve, number: u8) -> PrivateKey {
    PrivateKey::generate(curve, &mut ChaCha20Rng::from_seed([number; 32]))
}

/// The number of the key of [`Draft::issuer_root`] and [`Draft::reader_root`].
pub const ROOT: u8 = 1;
/// Of [`Draft::document_signer`] and [`Draft::reader`].
pub const LEAF: u8 = 2;
/// Of [`Draft::between`].
pub const BETWEEN: u8 = 3;
/// Of [`Draft::registrar`], and of whoever has nothing to say.
pub const OTHER: u8 = 4;

/// A certificate to be: good as it is made, and every part can be changed.
#[derive(Clone)]
pub struct Draft {
    /// As it is written; in DER it is one less.
    pub version: u8,
    /// Big-endian, two's complement.
    pub serial: Vec<u8>,
    /// Object identifiers of attributes and their texts.
    pub issuer: Vec<(&'static str, &'static str)>,
    /// The kind of string of the issuer's texts: [`UTF8`] or [`PRINTABLE`].
    pub issuer_strings: u8,
    /// The first second of validity.
    pub not_before: Timestamp,
    /// The last second of validity.
    pub not_after: Timestamp,
    /// Object identifiers of attributes and their texts.
    pub subject: Vec<(&'static str, &'static str)>,
    /// SubjectPublicKeyInfo in DER.
    pub spki: Vec<u8>,
    /// Object identifier, criticality, DER.
    pub extensions: Vec<(&'static str, bool, Vec<u8>)>,
}

const ROOT_NAME: [(&str, &str); 3] =
    [(COUNTRY, "CA"), (STATE, "CA-QC"), (COMMON_NAME, "Test root")];
const READER_ROOT_NAME: [(&str, &str); 1] = [(COMMON_NAME, "Test reader root")];
const BETWEEN_NAME: [(&str, &str); 1] = [(COMMON_NAME, "Test reader authority")];

impl Draft {
    fn new(subject: &[(&'static str, &'static str)], key: &PrivateKey) -> Draft {
        Draft {
            version: 3,
            serial: vec![0x11; 16],
            issuer: ROOT_NAME.to_vec(),
            issuer_strings: UTF8,
            not_before: time("2026-11-01T00:00:00Z"),
            not_after: time("2027-11-01T00:00:00Z"),
            subject: subject.to_vec(),
            spki: Vec::new(),
            extensions: Vec::new(),
        }
        .of(&key.public_key())
    }

    /// An issuing authority's, by ISO 18013-5 §B.1.2.
    pub fn issuer_root() -> Draft {
        Draft { not_after: time("2036-11-01T00:00:00Z"), ..Draft::new(&ROOT_NAME, &key(ROOT)) }
            .with(KEY_USAGE, true, usage(0b0000_0110, 1))
            .with(BASIC_CONSTRAINTS, true, authority(Some(0)))
            .with(ISSUER_ALTERNATIVE_NAME, false, general_names(6, "https://root.example"))
            .with(CRL_POINTS, false, crl_points(6, "https://root.example/crl"))
    }

    /// A document signer's under [`Draft::issuer_root`], by ISO 18013-5 §B.1.4.
    pub fn document_signer() -> Draft {
        let subject = [(COUNTRY, "CA"), (STATE, "CA-QC"), (COMMON_NAME, "Test signer")];
        Draft::new(&subject, &key(LEAF))
            .with(AUTHORITY_KEY, false, authority_key(&key(ROOT)))
            .with(KEY_USAGE, true, usage(0b1000_0000, 7))
            .with(EXTENDED_KEY_USAGE, true, purposes(&["1.0.18013.5.1.2"]))
            .with(ISSUER_ALTERNATIVE_NAME, false, general_names(1, "root@root.example"))
            .with(CRL_POINTS, false, crl_points(6, "https://root.example/crl"))
    }

    /// A readers' authority's.
    pub fn reader_root() -> Draft {
        let root = Draft::new(&READER_ROOT_NAME, &key(ROOT));
        Draft { issuer: READER_ROOT_NAME.to_vec(), ..root }
            .with(KEY_USAGE, true, usage(0b0000_0110, 1))
            .with(BASIC_CONSTRAINTS, true, authority(None))
    }

    /// A reader's under [`Draft::reader_root`], by ISO 18013-5 §B.1.7.
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

    /// An authority under [`Draft::reader_root`].
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

    /// The draft of another key, which its subject key identifier names.
    pub fn of(self, key: &PublicKey) -> Draft {
        Draft { spki: key.to_spki(), ..self }.with(SUBJECT_KEY, false, octets(&key_identifier(key)))
    }

    /// The draft of a key on P-256 that says it is on a curve that nobody knows.
    pub fn on_unknown_curve(mut self) -> Draft {
        const P256: &[u8] = b"\x2a\x86\x48\xce\x3d\x03\x01\x07";
        let curve = self.spki.windows(P256.len()).position(|bytes| bytes == P256).unwrap();
        self.spki[curve + P256.len() - 1] = 0x09;
        self
    }

    /// The draft of the same key on P-256, its point written in the compressed form.
    pub fn compressed(mut self) -> Draft {
        let at = self.spki.len() - 65;
        let (x, y) = (self.spki[at + 1..at + 33].to_vec(), self.spki[at + 64]);
        let point = [vec![0, 2 | (y & 1)], x].concat();
        // Its head is the tag, the length and the AlgorithmIdentifier.
        self.spki = sequence(&[self.spki[2..23].to_vec(), tlv(3, &point)]);
        self
    }

    /// With the extension: in place of the one there, or after the others.
    pub fn with(mut self, oid: &'static str, critical: bool, value: Vec<u8>) -> Draft {
        put(&mut self.extensions, (oid, critical, value));
        self
    }

    /// Without the extension.
    pub fn without(mut self, oid: &str) -> Draft {
        self.extensions.retain(|(found, ..)| *found != oid);
        self
    }

    /// Signed by this key, whatever it says of its issuer.
    pub fn der(&self, issuer: &PrivateKey) -> Vec<u8> {
        let (algorithm, signature) = algorithm(issuer);
        let extensions: Vec<_> = self.extensions.iter().map(extension).collect();
        let mut fields = vec![
            tlv(0xa0, &tlv(2, &[self.version - 1])),
            tlv(2, &self.serial),
            signature.clone(),
            name(&self.issuer, self.issuer_strings),
            sequence(&[utc(self.not_before), utc(self.not_after)]),
            name(&self.subject, UTF8),
            self.spki.clone(),
        ];
        if !extensions.is_empty() {
            fields.push(tlv(0xa3, &sequence(&extensions)));
        }
        signed(sequence(&fields), algorithm, signature, issuer)
    }

    /// The same, read.
    pub fn certificate(&self, issuer: &PrivateKey) -> Certificate {
        Certificate::parse(&self.der(issuer)).unwrap()
    }
}

/// A revocation list to be.
#[derive(Clone)]
pub struct List {
    /// As it is written; 1 is not written.
    pub version: u8,
    /// Object identifiers of attributes and their texts.
    pub issuer: Vec<(&'static str, &'static str)>,
    /// The kind of string of the issuer's texts: [`UTF8`] or [`PRINTABLE`].
    pub issuer_strings: u8,
    /// When it was issued.
    pub this_update: Timestamp,
    /// When the next list comes.
    pub next_update: Option<Timestamp>,
    /// The serial numbers that are on it.
    pub revoked: Vec<Vec<u8>>,
    /// Of each entry: object identifier, criticality, DER.
    pub entry_extensions: Vec<(&'static str, bool, Vec<u8>)>,
    /// Object identifier, criticality, DER.
    pub extensions: Vec<(&'static str, bool, Vec<u8>)>,
}

impl List {
    /// Of [`Draft::issuer_root`], from the first of the month to the end of the year.
    pub fn of_issuer_root(revoked: &[&[u8]]) -> List {
        List {
            version: 2,
            issuer: ROOT_NAME.to_vec(),
            issuer_strings: UTF8,
            this_update: time("2026-11-01T00:00:00Z"),
            next_update: Some(time("2026-12-31T00:00:00Z")),
            revoked: revoked.iter().map(|serial| serial.to_vec()).collect(),
            entry_extensions: Vec::new(),
            extensions: vec![
                (AUTHORITY_KEY, false, authority_key(&key(ROOT))),
                (CRL_NUMBER, false, tlv(2, &[1])),
            ],
        }
    }

    /// With this number, big-endian.
    pub fn numbered(self, number: &[u8]) -> List {
        self.with(CRL_NUMBER, false, tlv(2, number))
    }

    /// With the extension: in place of the one there, or after the others.
    pub fn with(mut self, oid: &'static str, critical: bool, value: Vec<u8>) -> List {
        put(&mut self.extensions, (oid, critical, value));
        self
    }

    /// Without the extension.
    pub fn without(mut self, oid: &str) -> List {
        self.extensions.retain(|(found, ..)| *found != oid);
        self
    }

    /// Of [`Draft::reader_root`], for the same time.
    pub fn of_reader_root(revoked: &[&[u8]]) -> List {
        List { issuer: READER_ROOT_NAME.to_vec(), ..List::of_issuer_root(revoked) }
    }

    /// Signed by this key.
    pub fn der(&self, issuer: &PrivateKey) -> Vec<u8> {
        let (algorithm, signature) = algorithm(issuer);
        let written = |extensions: &[Ext]| match extensions {
            [] => Vec::new(),
            some => sequence(&some.iter().map(extension).collect::<Vec<_>>()),
        };
        let entry = |serial: &Vec<u8>| {
            let since = utc(time("2026-11-10T00:00:00Z"));
            sequence(&[tlv(2, serial), since, written(&self.entry_extensions)])
        };
        let revoked: Vec<_> = self.revoked.iter().map(entry).collect();
        let version = if self.version == 1 { Vec::new() } else { tlv(2, &[self.version - 1]) };
        let mut fields = vec![
            version,
            signature.clone(),
            name(&self.issuer, self.issuer_strings),
            utc(self.this_update),
        ];
        fields.extend(self.next_update.map(utc));
        if !revoked.is_empty() {
            fields.push(sequence(&revoked));
        }
        if !self.extensions.is_empty() {
            fields.push(tlv(0xa0, &written(&self.extensions)));
        }
        signed(sequence(&fields), algorithm, signature, issuer)
    }
}

/// The first of these signed things whose signature ends with a bit that is not set, with that bit
/// said to be unused.
pub fn with_unused_bit(mut signed: impl Iterator<Item = Vec<u8>>) -> Vec<u8> {
    let mut der = signed.find(|der| der.last().is_some_and(|last| last & 1 == 0)).unwrap();
    let is_start = |at: &usize| der[*at..].starts_with(&[3, (der.len() - at - 2) as u8, 0, 0x30]);
    let at = (der.len() - 80..der.len() - 60).find(is_start).unwrap();
    der[at + 2] = 1;
    der
}

type Ext = (&'static str, bool, Vec<u8>);

/// In place of the one there, or after the others.
fn put(extensions: &mut Vec<Ext>, extension: Ext) {
    match extensions.iter_mut().find(|(found, ..)| *found == extension.0) {
        Some(found) => *found = extension,
        None => extensions.push(extension),
    }
}

fn signed(
    content: Vec<u8>,
    algorithm: Algorithm,
    identifier: Vec<u8>,
    issuer: &PrivateKey,
) -> Vec<u8> {
    let signature = issuer.sign_x509(algorithm, &content).unwrap();
    let signature = tlv(3, &[&[0], signature.as_slice()].concat());
    sequence(&[content, identifier, signature])
}

/// The algorithm of a key, and its AlgorithmIdentifier.
fn algorithm(key: &PrivateKey) -> (Algorithm, Vec<u8>) {
    let algorithm = key.public_key().curve().algorithm().unwrap();
    let identifier = match algorithm {
        Algorithm::Es256 => EC_SHA256,
        Algorithm::Es384 => EC_SHA384,
        Algorithm::Es512 => EC_SHA512,
        Algorithm::EdDsa => ED25519,
    };
    (algorithm, sequence(&[oid(identifier)]))
}

//! Who issued a certificate, by name: new keys of one name, and spellings of one name.

use coffret_test_vectors::forge::*;

use super::{Judged, Scene, long_root, refused, root, scene, signer, valid};

pub(super) const TABLES: [&[Judged]; 2] = [RENEWED, NAMES];

/// Authorities that certify a new key of their own: nobody is added to the path (RFC 5280 §4.2.1.9).
const RENEWED: &[Judged] = &[
    valid("a root's new key, by its old one", || {
        let signer = by(BETWEEN, &ROOT_NAME);
        scene("document-signer", &root(), vec![signer, link(BETWEEN).der(&key(ROOT))])
    }),
    valid("a root's second new key, by its first", || {
        let first = link(BETWEEN).der(&key(ROOT));
        let second = link(OTHER).with(AUTHORITY_KEY, false, authority_key(&key(BETWEEN)));
        let chain = vec![by(OTHER, &ROOT_NAME), second.der(&key(BETWEEN)), first];
        scene("document-signer", &root(), chain)
    }),
    valid("the new key of an authority that allows none below it", || {
        let first = Draft { issuer: root().subject, ..Draft::between() };
        let second = Draft { issuer: first.subject.clone(), ..first.clone() }
            .of(&key(OTHER).public_key())
            .with(AUTHORITY_KEY, false, authority_key(&key(BETWEEN)));
        let signer = by(OTHER, &first.subject);
        let chain = vec![signer, second.der(&key(BETWEEN)), first.der(&key(ROOT))];
        scene("document-signer", &one_below(), chain)
    })
    .warned(&["basic-constraints-profile"]),
    valid("a root's new key, whose name it may not certify for others", || {
        let signer = by(BETWEEN, &ROOT_NAME);
        let chain = vec![signer, link(BETWEEN).der(&key(ROOT))];
        scene("document-signer", &certifying("Test signer"), chain)
    })
    .warned(&["certificate-extension-forbidden"]),
    refused(&["name-constraint-violated"], "a signer of the root's name", || {
        let signer = Draft { subject: ROOT_NAME.to_vec(), ..signer() };
        scene("document-signer", &certifying("Test signer"), vec![signer.der(&key(ROOT))])
    })
    .warned(&["certificate-extension-forbidden"]),
    refused(&["path-length-exceeded"], "an authority under a root's new key", || {
        let first = link(BETWEEN).der(&key(ROOT));
        let second = Draft { issuer: root().subject, subject: SECOND.to_vec(), ..Draft::between() }
            .of(&key(OTHER).public_key())
            .with(AUTHORITY_KEY, false, authority_key(&key(BETWEEN)));
        let chain = vec![by(OTHER, SECOND), second.der(&key(BETWEEN)), first];
        scene("document-signer", &root(), chain)
    }),
];

pub(super) const ROOT_NAME: [(&str, &str); 3] =
    [(COUNTRY, "CA"), (STATE, "CA-QC"), (COMMON_NAME, "Test root")];
pub(super) const SECOND: &[(&str, &str)] = &[(COMMON_NAME, "Second")];

/// The root's certificate of another key, by its first.
pub(super) fn link(number: u8) -> Draft {
    let link = Draft { issuer: root().subject, ..root() }.of(&key(number).public_key());
    link.with(AUTHORITY_KEY, false, authority_key(&key(ROOT)))
}

/// A root that may certify this one name.
fn certifying(common: &str) -> Draft {
    let name = [(COUNTRY, "CA"), (STATE, "CA-QC"), (COMMON_NAME, common)];
    let directory = tlv(0xa4, &distinguished_name(&name));
    root().with(NAME_CONSTRAINTS, true, sequence(&[tlv(0xa0, &sequence(&[directory]))]))
}

fn one_below() -> Draft {
    root().with(BASIC_CONSTRAINTS, true, authority(Some(1)))
}

/// A signer by the key of this number, of an issuer with this name.
pub(super) fn by(number: u8, issuer: &[(&'static str, &'static str)]) -> Vec<u8> {
    let signer = Draft { issuer: issuer.to_vec(), ..signer() };
    signer.with(AUTHORITY_KEY, false, authority_key(&key(number))).der(&key(number))
}

/// Names that are one by RFC 5280 §7.1, and names that are two.
const NAMES: &[Judged] = &[
    valid("a name in another kind of string", || {
        let signer = Draft { issuer_strings: PRINTABLE, ..signer() };
        scene("document-signer", &root(), vec![signer.der(&key(ROOT))])
    }),
    valid("an authority's name in another kind of string", || {
        let between = Draft { issuer: root().subject, ..Draft::between() };
        let signer = Draft { issuer_strings: PRINTABLE, ..signer().under_between() };
        let chain = vec![signer.der(&key(BETWEEN)), between.der(&key(ROOT))];
        scene("document-signer", &long_root(), chain)
    })
    .warned(&["basic-constraints-profile"]),
    valid("a name in capitals, with more spaces", || {
        named_by(vec![(COUNTRY, "CA"), (STATE, "ca-qc"), (COMMON_NAME, " TEST   Root ")])
    }),
    valid("a name with its accents apart", || {
        let name = |common| vec![(COUNTRY, "CA"), (STATE, "CA-QC"), (COMMON_NAME, common)];
        let root = Draft { subject: name("Autorité"), ..root() };
        let signer = Draft { issuer: name("Autorite\u{301}"), ..signer() };
        scene("document-signer", &root, vec![signer.der(&key(ROOT))])
    }),
    valid("a name with an accent in printable characters, which have none", || {
        let name = || vec![(COUNTRY, "CA"), (STATE, "CA-QC"), (COMMON_NAME, "Autorité")];
        let root = Draft { subject: name(), ..root() };
        let signer = Draft { issuer: name(), issuer_strings: PRINTABLE, ..signer() };
        scene("document-signer", &root, vec![signer.der(&key(ROOT))])
    }),
    refused(&["untrusted-issuer"], "a name without its spaces", || {
        named_by(vec![(COUNTRY, "CA"), (STATE, "CA-QC"), (COMMON_NAME, "Testroot")])
    }),
    refused(&["untrusted-issuer"], "a name in another order", || {
        named_by(vec![(STATE, "CA-QC"), (COUNTRY, "CA"), (COMMON_NAME, "Test root")])
    }),
    refused(&["untrusted-issuer"], "a part of a name", || {
        named_by(vec![(COUNTRY, "CA"), (STATE, "CA-QC")])
    }),
];

fn named_by(issuer: Vec<(&'static str, &'static str)>) -> Scene {
    scene("document-signer", &root(), vec![Draft { issuer, ..signer() }.der(&key(ROOT))])
}

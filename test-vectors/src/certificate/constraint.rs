//! Names that a root may certify, of each kind.

use coffret_test_vectors::forge::*;

use super::{Scene, root, signer, signer_under};
use crate::case::Case;

pub(super) fn cases() -> impl Iterator<Item = Case> {
    let allowed = ALLOWED.iter().map(|row| (row, Case::valid(&format!("a constraint: {}", row.0))));
    let refused =
        REFUSED.iter().map(|row| (row, Case::refused(&format!("{RULE}: {}", row.0), &[RULE])));
    let cases = allowed
        .chain(refused)
        .map(|((_, constraints, names), case)| scene(constraints(), names).play(case, WARNINGS));
    let kind = Case::refused(&format!("{RULE}: an attribute of another kind"), &[RULE]);
    let many = "certificate-chain-too-long";
    let many = Case::refused(&format!("{many}: 600 names and 600 constraints"), &[many]);
    let other_kind = other_kind().play(kind, &[&["subject-country"], WARNINGS].concat());
    cases.chain([other_kind, many_names().play(many, WARNINGS)])
}

const WARNINGS: &[&str] = &["certificate-extension-forbidden"];

/// A root that may not certify a common name that is no text.
fn other_kind() -> Scene {
    // OCTET STRING, in place of the text of a common name.
    let attribute = sequence(&[tlv(6, &[0x55, 4, 3]), octets(b"Test signer")]);
    let base = tlv(0xa4, &sequence(&[tlv(0x31, &attribute)]));
    let signer = Draft { subject: vec![(COMMON_NAME, "Test signer")], ..signer() };
    let root = Draft { subject: vec![(COMMON_NAME, "Test root")], ..root() };
    signer_under(&root.with(NAME_CONSTRAINTS, true, excluded(&[base])), signer)
}

/// More names and constraints than are compared with one another.
fn many_names() -> Scene {
    scene(permitted(&vec![dns("a.example"); 600]), &[(DNS, b"a.example".as_slice()); 600])
}

const RULE: &str = "name-constraint-violated";

type Row = (&'static str, fn() -> Vec<u8>, &'static [(u8, &'static [u8])]);

/// A signer with these alternative names, under a root with these constraints.
fn scene(constraints: Vec<u8>, names: &[(u8, &[u8])]) -> Scene {
    let root = root().with(NAME_CONSTRAINTS, true, constraints);
    let names: Vec<_> = names.iter().map(|(kind, name)| tlv(0x80 | kind, name)).collect();
    let signer = match names.as_slice() {
        [] => signer(),
        names => signer().with(SUBJECT_ALTERNATIVE_NAME, false, sequence(names)),
    };
    signer_under(&root, signer)
}

fn permitted(bases: &[Vec<u8>]) -> Vec<u8> {
    sequence(&[tlv(0xa0, &trees(bases))])
}

fn excluded(bases: &[Vec<u8>]) -> Vec<u8> {
    sequence(&[tlv(0xa1, &trees(bases))])
}

fn trees(bases: &[Vec<u8>]) -> Vec<u8> {
    bases.iter().map(|base| sequence(std::slice::from_ref(base))).collect::<Vec<_>>().concat()
}

fn email(text: &str) -> Vec<u8> {
    tlv(0x80 | EMAIL, text.as_bytes())
}

fn dns(text: &str) -> Vec<u8> {
    tlv(0x80 | DNS, text.as_bytes())
}

fn uri(text: &str) -> Vec<u8> {
    tlv(0x80 | URI, text.as_bytes())
}

fn address(bytes: &[u8]) -> Vec<u8> {
    tlv(0x80 | IP, bytes)
}

fn directory(name: &[(&str, &str)]) -> Vec<u8> {
    tlv(0xa4, &distinguished_name(name))
}

const EMAIL: u8 = 1;
const DNS: u8 = 2;
const URI: u8 = 6;
const IP: u8 = 7;
const REGISTERED: u8 = 8;

const ALLOWED: &[Row] = &[
    ("a DNS name below", || permitted(&[dns("example.com")]), &[(DNS, b"DS.Example.com")]),
    ("a name of another kind", || permitted(&[dns("example.com")]), &[(EMAIL, b"a@b.example")]),
    ("one of two", || permitted(&[dns("a.example"), dns("b.example")]), &[(DNS, b"b.example")]),
    ("a mailbox", || permitted(&[email("ds@root.example")]), &[(EMAIL, b"ds@ROOT.example")]),
    ("a mailbox on a host", || permitted(&[email("root.example")]), &[(EMAIL, b"ds@root.example")]),
    ("a mailbox in a domain", || permitted(&[email(".example")]), &[(EMAIL, b"ds@root.example")]),
    (
        "the host of a URI",
        || permitted(&[uri("root.example")]),
        &[(URI, b"https://root.example:1/a")],
    ),
    ("an address", || permitted(&[address(&[10, 0, 0, 0, 255, 0, 0, 0])]), &[(IP, &[10, 1, 2, 3])]),
    ("an address of six", || excluded(&[address(&[0; 8])]), &[(IP, &[0; 16])]),
    ("the subject", || permitted(&[directory(&[(COUNTRY, "CA"), (STATE, "ca-qc")])]), &[]),
    ("a subject elsewhere than excluded", || excluded(&[directory(&[(COUNTRY, "US")])]), &[]),
    ("a name below a domain", || permitted(&[dns(".example")]), &[(DNS, b"ds.example")]),
    ("any DNS name", || permitted(&[dns("")]), &[(DNS, b"ds.example")]),
    (
        "the host of a URI in a domain",
        || permitted(&[uri(".example")]),
        &[(URI, b"https://ds@root.example/")],
    ),
    (
        "the host of a URI, outside its domain",
        || excluded(&[uri(".root.example")]),
        &[(URI, b"https://root.example")],
    ),
    ("an address in every network", || permitted(&[address(&[0; 8])]), &[(IP, &[10, 1, 2, 3])]),
    ("nothing", || sequence(&[]), &[(DNS, b"ds.example.com")]),
];

const REFUSED: &[Row] = &[
    ("a DNS name that ends alike", || permitted(&[dns("example.com")]), &[(DNS, b"anexample.com")]),
    ("an excluded DNS name", || excluded(&[dns("example.com")]), &[(DNS, b"ds.example.com")]),
    (
        "the second of two names",
        || permitted(&[dns("b.example")]),
        &[(DNS, b"b.example"), (DNS, b"c.example")],
    ),
    ("another mailbox", || permitted(&[email("ds@root.example")]), &[(EMAIL, b"d@root.example")]),
    (
        "a mailbox on another host",
        || permitted(&[email("root.example")]),
        &[(EMAIL, b"d@a.root.example")],
    ),
    ("a mailbox on a domain itself", || permitted(&[email(".example")]), &[(EMAIL, b"ds@example")]),
    (
        "a mailbox without a host",
        || permitted(&[email("root.example")]),
        &[(EMAIL, b"root.example")],
    ),
    (
        "another host behind a name",
        || permitted(&[uri("root.example")]),
        &[(URI, b"https://root.example@other.example/")],
    ),
    ("a URI without a host", || excluded(&[uri("root.example")]), &[(URI, b"urn:root.example")]),
    (
        "an address of another network",
        || permitted(&[address(&[10, 0, 0, 0, 255, 0, 0, 0])]),
        &[(IP, &[11, 1, 2, 3])],
    ),
    ("an address of no length", || excluded(&[address(&[0; 8])]), &[(IP, &[1, 2, 3])]),
    (
        "a subject of another place",
        || permitted(&[directory(&[(COUNTRY, "CA"), (STATE, "CA-ON")])]),
        &[],
    ),
    ("an excluded subject", || excluded(&[directory(&[(COUNTRY, "CA")])]), &[]),
    (
        "a kind that is not compared",
        || excluded(&[tlv(0x80 | REGISTERED, &[42, 3])]),
        &[(REGISTERED, &[42, 3, 4])],
    ),
    ("a full stop at the end", || excluded(&[dns("a.example")]), &[(DNS, b"a.example.")]),
    (
        "a constraint with a full stop at its end",
        || excluded(&[dns("a.example.")]),
        &[(DNS, b"a.example")],
    ),
    ("a wildcard", || excluded(&[dns("a.example")]), &[(DNS, b"*.example")]),
    ("a domain itself", || permitted(&[dns(".a.example")]), &[(DNS, b"a.example")]),
    ("an excluded domain itself", || excluded(&[dns(".a.example")]), &[(DNS, b"a.example")]),
    ("an empty constraint of mailboxes", || excluded(&[email("")]), &[(EMAIL, b"ds@root.example")]),
    ("a host's full stop", || excluded(&[email("a.example")]), &[(EMAIL, b"ds@a.example.")]),
    ("a mailbox of no name", || excluded(&[email("@a.example")]), &[(EMAIL, b"@b.example")]),
    ("a mailbox without a mailbox", || permitted(&[email("a.example")]), &[(EMAIL, b"@a.example")]),
    ("a constraint without one", || excluded(&[email("@a.example")]), &[(EMAIL, b"ds@a.example")]),
    ("an empty constraint of URIs", || excluded(&[uri("")]), &[(URI, b"https://root.example")]),
    ("a URI's full stop", || excluded(&[uri("a.example")]), &[(URI, b"https://a.example./")]),
    ("a URI's percent sign", || excluded(&[uri("a.example")]), &[(URI, b"https://%61.example/")]),
    (
        "a URI's backslash",
        || excluded(&[uri("a.example")]),
        &[(URI, b"https://a.example\\@b.example/")],
    ),
    ("a URI's address", || excluded(&[uri("a.example")]), &[(URI, b"https://0x7f.1/")]),
    ("a URI in a URN", || excluded(&[uri("a.example")]), &[(URI, b"data:,a://b.example")]),
    (
        "a mask with a hole",
        || excluded(&[address(&[10, 0, 0, 1, 255, 0, 0, 255])]),
        &[(IP, &[10, 1, 2, 3])],
    ),
    ("a distance", || sequence(&[tlv(0xa0, &sequence(&[dns("example"), tlv(0x80, &[1])]))]), &[]),
];

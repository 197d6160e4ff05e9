//! Every vector gets the verdict that it says it must, and every rule has one.

#![cfg(test)]

use std::collections::BTreeSet;

use coffret_test_vectors::judge::{FILES, Found, cases, judge};

fn read(file: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    std::fs::read_to_string(path).unwrap()
}

/// Runs every case of a file.
fn run(file: &str) {
    let cases = cases(&read(file));
    assert!(!cases.is_empty());
    for case in &cases {
        let expected = Found::expected(&case["expect"]);
        assert_eq!(expected.codes.is_empty(), case["expect"]["valid"], "{file}: {}", case["name"]);
        assert_eq!(judge(file, case), expected, "{file}: {}", case["name"]);
    }
    println!("{file}: {} cases", cases.len());
}

macro_rules! run {
    ($($name:ident $file:literal)*) => {
        $(#[test]
        fn $name() {
            run($file);
        })*

        #[test]
        fn every_file_is_run() {
            assert_eq!(FILES, [$($file),*]);
        }
    };
}

run! {
    cbor "cbor.json"
    cose "cose.json"
    certificate_paths "certificates.json"
    registries "registries.json"
    documents "documents.json"
    requests "requests.json"
    sessions "sessions.json"
    qr_link "qr-link.json"
}

/// Rules that no received message alone can break, and the tests that have them.
const ELSEWHERE: [(&str, &str); 4] = [
    ("element-not-held", "coffret-issuer, tests/presentation.rs: approving what is not there"),
    ("key-outcome", "coffret-issuer, tests/presentation.rs: another task's outcome"),
    ("password-cost", "coffret-crypto, tests/suite/password.rs: bounds of a cost that is recorded"),
    ("mac-not-possible", "coffret-issuer, tests/presentation.rs: keys on two curves"),
];

#[test]
fn every_rule_has_a_vector() {
    let mut shown = BTreeSet::new();
    for file in FILES {
        for case in cases(&read(file)) {
            for member in ["codes", "warnings"] {
                let codes = case["expect"][member].as_array().into_iter().flatten();
                shown.extend(codes.map(|code| code.as_str().unwrap().to_owned()));
            }
        }
    }
    let rules = coffret_cbor::Error::ALL.iter().map(|rule| rule.code().name);
    let rules = rules.chain(coffret_crypto::Error::ALL.iter().map(|rule| rule.code().name));
    let rules = rules.chain(coffret_trust::Error::ALL.iter().map(|rule| rule.code().name));
    let rules = rules.chain(coffret_mdoc::Error::ALL.iter().map(|rule| rule.code().name));
    let rules = rules.chain(coffret_proximity::Error::ALL.iter().map(|rule| rule.code().name));
    let without: Vec<_> = rules
        .filter(|rule| !shown.contains(*rule))
        .filter(|rule| !ELSEWHERE.iter().any(|(elsewhere, _)| elsewhere == rule))
        .collect();
    assert!(without.is_empty(), "rules without a vector: {without:?}");
}

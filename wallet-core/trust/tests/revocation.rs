//! Revocation lists, where there are any.

#![cfg(test)]

mod forge;

use coffret_cbor::Timestamp;
use coffret_trust::{Chain, Error, MAX_CRL, Purpose, SignerVerdict, Trust};
use forge::*;

fn judge(root: &Draft, lists: &[Vec<u8>], at: Timestamp) -> SignerVerdict {
    let mut trust = Trust::new();
    trust.add_anchor(root.certificate(&key(ROOT)), Purpose::Issuer).unwrap();
    for list in lists {
        trust.add_crl(list).unwrap();
    }
    let signer = Draft::document_signer().certificate(&key(ROOT));
    trust.signer(&Chain::parse([signer.der()]).unwrap(), at)
}

fn list(revoked: &[&[u8]]) -> List {
    List::of_issuer_root(revoked)
}

fn signer_serial() -> Vec<u8> {
    Draft::document_signer().serial
}

#[test]
fn what_is_not_listed_is_not_revoked() {
    let lists = [list(&[]), list(&[&[1], &[2]])].map(|list| list.der(&key(ROOT)));
    let verdict = judge(&Draft::issuer_root(), &lists, now());
    assert_eq!((verdict.errors, verdict.warnings), (vec![], vec![]));
}

#[test]
fn a_revoked_signer_is_not_trusted() {
    let lists = [list(&[&signer_serial()]).der(&key(ROOT))];
    let verdict = judge(&Draft::issuer_root(), &lists, now());
    assert_eq!((verdict.errors, verdict.trusted_by), (vec![Error::Revoked], None));
}

#[test]
fn a_list_that_is_stale_is_a_warning_and_still_revokes() {
    let late = time("2027-01-01T00:00:00Z");
    let verdict = judge(&Draft::issuer_root(), &[list(&[]).der(&key(ROOT))], late);
    assert_eq!((verdict.errors, verdict.warnings), (vec![], vec![Error::CrlStale]));
    let lists = [list(&[&signer_serial()]).der(&key(ROOT))];
    let verdict = judge(&Draft::issuer_root(), &lists, late);
    assert_eq!((verdict.errors, verdict.warnings), (vec![Error::Revoked], vec![Error::CrlStale]));
}

#[test]
fn a_list_is_the_issuers() {
    let lists = [list(&[]).der(&key(OTHER))];
    let verdict = judge(&Draft::issuer_root(), &lists, now());
    assert_eq!((verdict.errors, verdict.trusted_by), (vec![Error::CrlSignature], None));

    // Another issuer's list says nothing of this one's signers.
    let other = List { issuer: vec![(COMMON_NAME, "Other")], ..list(&[&signer_serial()]) };
    assert_eq!(judge(&Draft::issuer_root(), &[other.der(&key(OTHER))], now()).errors, []);
}

#[test]
fn a_list_is_by_a_key_for_lists() {
    let root = Draft::issuer_root().with(KEY_USAGE, true, usage(0b0000_0100, 2));
    assert_eq!(judge(&root, &[], now()).errors, []);
    let lists = [list(&[]).der(&key(ROOT))];
    assert_eq!(judge(&root, &lists, now()).errors, [Error::CrlKeyUsage]);
}

#[test]
fn a_list_is_whole_and_says_when_the_next_comes() {
    let mut trust = Trust::new();
    assert_eq!(trust.add_crl(b"\x30\x00"), Err(Error::MalformedCrl));
    let last = List { next_update: None, ..list(&[]) };
    assert_eq!(trust.add_crl(&last.der(&key(ROOT))), Err(Error::MalformedCrl));
    let mut delta = list(&[]);
    delta.extensions.push(("2.5.29.27", true, tlv(2, &[1])));
    assert_eq!(trust.add_crl(&delta.der(&key(ROOT))), Err(Error::MalformedCrl));
    assert_eq!(trust.add_crl(&vec![0x30; MAX_CRL + 1]), Err(Error::CrlTooLarge));
}

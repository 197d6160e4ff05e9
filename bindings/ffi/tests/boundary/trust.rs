use coffret_ffi::{Reader, TrustData, TrustKind};
use coffret_test_vectors::forge::{Draft, List, ROOT, key};
use data_encoding::BASE64;

use crate::place::{Place, now};
use crate::refused;

fn section(label: &str, der: &[u8]) -> String {
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", BASE64.encode(der))
}

fn data(kind: TrustKind, content: impl Into<Vec<u8>>) -> TrustData {
    TrustData { kind, content: content.into(), doc_types: Vec::new() }
}

/// Of an app that gives such a file, the list would count for nothing, or the authority would be
/// trusted without it.
#[test]
fn a_file_of_certificates_and_lists_brings_both_or_neither() {
    let root = section("CERTIFICATE", &Draft::issuer_root().der(&key(ROOT)));
    let list = List::of_issuer_root(&[]).der(&key(ROOT));
    let place = Place::new();
    let wallet = place.made();
    for kind in
        [TrustKind::Issuers, TrustKind::Readers, TrustKind::Specimens, TrustKind::Registrars]
    {
        let import = |data| wallet.import_trust(data, "both.pem".to_owned(), now());
        let cut = data(kind, root.clone() + &section("X509 CRL", &list[..40]));
        assert_eq!(refused(import(cut.clone())), "crl-malformed");
        assert_eq!(refused(Reader::new(vec![cut], None, now())), "crl-malformed");
        assert_eq!(wallet.trust_list().unwrap(), []);

        let both = data(kind, section("X509 CRL", &list) + &root);
        assert!(Reader::new(vec![both.clone()], None, now()).is_ok());
        let ids = import(both).unwrap();
        let held = wallet.trust_list().unwrap();
        let held: Vec<_> = held.into_iter().map(|entry| (entry.id, entry.kind)).collect();
        let kinds = [Some(kind), Some(TrustKind::RevocationLists)];
        assert_eq!(held, ids.iter().cloned().zip(kinds).collect::<Vec<_>>());
        ids.into_iter().for_each(|id| wallet.remove_trust(id).unwrap());
    }
}

#[test]
fn a_file_in_der_is_one_thing() {
    let root = Draft::issuer_root().der(&key(ROOT));
    let list = List::of_issuer_root(&[]).der(&key(ROOT));
    let wallet = Place::new();
    let wallet = wallet.made();
    let import = |kind, der: &[u8]| wallet.import_trust(data(kind, der), String::new(), now());
    assert_eq!(import(TrustKind::Issuers, &root).unwrap().len(), 1);
    assert_eq!(import(TrustKind::RevocationLists, &list).unwrap().len(), 1);
    assert_eq!(refused(import(TrustKind::Issuers, &list)), "certificate-missing");
    assert_eq!(refused(import(TrustKind::RevocationLists, &root)), "crl-malformed");
}

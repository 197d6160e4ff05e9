//! Revocation lists.

use coffret_test_vectors::forge::{List, ROOT, key};
use data_encoding::HEXLOWER;
use serde_json::json;

use super::inspect;
use crate::program::{Folder, NOW, codes, list_pem};

#[test]
fn a_revocation_list_is_read_in_every_form() {
    let folder = Folder::with_pki();
    let list = List::of_issuer_root(&[&[1, 2], &[3]]).numbered(&[7]);
    let der = list.der(&key(ROOT));
    folder.write("list.crl", &der);
    folder.write("list.hex", HEXLOWER.encode(&der));
    folder.write("list.pem", list_pem(&der));
    for subject in ["list.crl", "list.hex", "list.pem"] {
        let found = inspect(&folder, subject).ends(0).json();
        assert_eq!(found["kind"], "revocation list", "{subject}");
        let facts = json!({
            "issuer": "CN=Test root,ST=CA-QC,C=CA",
            "crlNumber": "07",
            "thisUpdate": list.this_update.to_string(),
            "nextUpdate": list.next_update.unwrap().to_string(),
            "revoked": "2",
        });
        assert_eq!(found["facts"], facts);
        assert_eq!(codes(&found["warnings"]), [""; 0]);
    }

    let said = folder.run(&["inspect", "list.crl", "--lang", "fr"]).ends(0).stdout;
    for (label, value) in [
        ("Émetteur", "CN=Test root,ST=CA-QC,C=CA"),
        ("Numéro de la liste", "07"),
        ("Émise le", &list.this_update.to_string()),
        ("Prochaine liste", &list.next_update.unwrap().to_string()),
        ("Certificats révoqués", "2"),
    ] {
        let is_row = |line: &str| {
            line.trim().strip_prefix(label).is_some_and(|rest| rest.trim_start() == value)
        };
        assert!(said.lines().any(is_row), "{label}: {said}");
    }
    assert!(said.contains("RFC 5280 §5"), "{said}");

    let both = folder.text("pki/iaca.pem") + &list_pem(&der) + &list_pem(&der);
    folder.write("both.pem", &both);
    let things = inspect(&folder, "both.pem").ends(0).json()["things"].take();
    let kinds: Vec<_> = things.as_array().unwrap().iter().map(|thing| &thing["kind"]).collect();
    assert_eq!(kinds, ["certificate", "revocation list", "revocation list"]);
    for more in [list_pem(b"0"), list_pem(&der[..9])] {
        folder.write("both.pem", both.clone() + &more);
        assert_eq!(inspect(&folder, "both.pem").ends(2).codes(), ["crl-malformed"]);
    }
    folder.write("cut.crl", &der[..40]);
    assert_eq!(inspect(&folder, "cut.crl").ends(2).codes(), ["crl-malformed"]);
    assert_eq!(inspect(&folder, "30").ends(0).json()["kind"], "CBOR", "-17 begins likewise");
}

#[test]
fn a_revocation_list_that_is_old_or_of_no_use_is_said_to_be() {
    let folder = Folder::new();
    let list = || List::of_issuer_root(&[]);
    let open = List { next_update: None, ..list() };
    let delta = || list().with("2.5.29.27", true, vec![2, 1, 1]);
    for (list, now, exit, member, code) in [
        (list(), "2036-01-01T00:00:00Z", 0, "warnings", "crl-stale"),
        (list(), "2016-01-01T00:00:00Z", 0, "warnings", "crl-not-yet-issued"),
        (open, NOW, 0, "warnings", "crl-next-update-missing"),
        (delta(), NOW, 1, "errors", "crl-delta"),
    ] {
        folder.write("list.crl", list.der(&key(ROOT)));
        let found = folder.json(&["inspect", "list.crl", "--now", now]).ends(exit).json();
        assert_eq!(found["kind"], "revocation list", "{code}");
        assert_eq!(codes(&found[member]), [code]);
    }
    let pem = list_pem(&delta().der(&key(ROOT)));
    folder.write("delta.pem", &pem);
    assert_eq!(codes(&inspect(&folder, "delta.pem").ends(1).json()["errors"]), ["crl-delta"]);
    folder.write("two.pem", pem + &list_pem(&list().der(&key(ROOT))));
    let things = inspect(&folder, "two.pem").ends(1).json()["things"].take();
    let errors = [0, 1].map(|place| codes(&things[place]["errors"]));
    assert_eq!(errors, [vec!["crl-delta".to_owned()], vec![]], "each by itself");
}

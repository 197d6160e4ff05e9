//! Whom the wallet trusts.

use coffret_test_vectors::forge::{List, ROOT, key};
use serde_json::{Value as Json, json};

use crate::holder::{new_wallet, text};
use crate::program::{CARD, Folder, card, list_pem};

fn trust(folder: &Folder) -> Vec<Json> {
    folder.wallet(&["trust", "list"]).ends(0).json()["trust"].as_array().unwrap().clone()
}

fn wallet_with_pki() -> Folder {
    let folder = new_wallet();
    folder.run(&["pki", "pki"]).ends(0);
    folder
}

#[test]
fn certificates_are_trusted_for_a_purpose() {
    let folder = wallet_with_pki();
    folder.wallet(&["trust", "add", "pki/iaca.pem"]).ends(0);
    for (file, purpose) in [("iaca", "specimen"), ("reader-ca", "reader"), ("registry", "registry")]
    {
        let file = format!("pki/{file}.pem");
        let added = folder.wallet(&["trust", "add", &file, "--purpose", purpose]).ends(0).json();
        assert_eq!(added["trust"][0]["purpose"], purpose);
    }
    let purposes: Vec<_> = trust(&folder).iter().map(|entry| entry["purpose"].clone()).collect();
    assert_eq!(purposes, ["issuer", "specimen", "reader", "registry"]);
    let ran = folder.wallet(&["trust", "add", "pki/iaca.pem", "--purpose", "friend"]).ends(2);
    assert_eq!(ran.codes(), ["usage"]);
}

#[test]
fn an_entry_has_its_source_and_its_age() {
    let folder = wallet_with_pki();
    folder.wallet(&["trust", "add", "pki/iaca.pem"]).ends(0);
    let list = [&["trust", "list", "--lang", "fr"][..], &crate::holder::WALLET].concat();
    let said = folder.run_with(&list, &[("TZ", "XXX-13")], b"").ends(0).stdout;
    assert!(said.contains("ajoutée le 23 novembre 2026"), "in local time: {said}");
    let later = ["trust", "list", "--now", "2026-12-02T13:00:00Z"];
    let entry = folder.wallet(&later).ends(0).json()["trust"][0].clone();
    assert_eq!(entry["source"], "pki/iaca.pem");
    assert_eq!(entry["added"], "2026-11-22T12:00:00Z");
    assert_eq!(entry["ageDays"], 10);
    assert_eq!(entry["anchors"], 1);
    assert_eq!(entry["warnings"], json!([]));
    let said = folder.told(&["trust", "list", "--lang", "fr"]).ends(0).stdout;
    assert!(said.contains("Émetteurs de documents"), "{said}");
    assert!(said.contains("ajoutée le 22 novembre 2026"), "{said}");
}

#[test]
fn an_authority_may_be_trusted_for_some_types_only() {
    let folder = wallet_with_pki();
    let licence = "org.iso.18013.5.1.mDL";
    folder.wallet(&["trust", "add", "pki/iaca.pem"]).ends(0);
    assert_eq!(trust(&folder)[0]["docTypes"], json!(null));
    let limited = ["trust", "add", "pki/iaca.pem", "--type", licence];
    folder.wallet(&limited).ends(0);
    assert_eq!(trust(&folder).len(), 1, "what is said last of a file counts");
    assert_eq!(trust(&folder)[0]["docTypes"], json!([licence]));
    let said = folder.told(&["trust", "list", "--lang", "en"]).ends(0).stdout;
    assert!(said.contains("Only for: Driver’s licence"), "{said}");
    let again = folder.told(&["trust", "add", "pki/iaca.pem", "--lang", "en"]).ends(0).stdout;
    assert!(again.contains("Only for: Driver’s licence"), "added again, the limit stays: {again}");

    folder.credentials(1, &card(), &[]);
    assert_eq!(folder.wallet(&["add", "card.cbor"]).ends(1).codes(), ["authority-not-for-type"]);
    folder.wallet(&[&limited[..], &["--type", CARD]].concat()).ends(0);
    folder.wallet(&["add", "card.cbor"]).ends(0);

    let readers = ["trust", "add", "pki/reader-ca.pem", "--purpose", "reader", "--type", CARD];
    assert_eq!(folder.wallet(&readers).ends(2).codes(), ["usage"]);
}

#[test]
fn revocation_lists_are_kept_and_heeded() {
    let folder = wallet_with_pki();
    folder.wallet(&["trust", "add", "pki/iaca.pem"]).ends(0);
    let list = folder.read("pki/ds-revoked.crl");
    folder.write("list.pem", list_pem(&list));
    folder.write("list.hex", data_encoding::HEXLOWER.encode(&list));
    for file in ["pki/ds-revoked.crl", "list.pem", "list.hex"] {
        let added = folder.wallet(&["trust", "add", file]).ends(0).json()["trust"][0].clone();
        assert_eq!(added["purpose"], "revoked", "{file}");
        assert_eq!(added["names"], json!(["Coffret test IACA"]));
        assert_eq!(added["until"], "2027-02-18T23:59:59Z");
        folder.credentials(1, &card(), &[]);
        assert_eq!(folder.wallet(&["add", "card.cbor"]).ends(1).codes(), ["certificate-revoked"]);
        let id = added["id"].as_str().unwrap();
        folder.wallet(&["trust", "remove", id]).ends(0);
        folder.wallet(&["add", "card.cbor"]).ends(0);
    }
    folder.write("cut.crl", &list[..40]);
    assert_eq!(folder.wallet(&["trust", "add", "cut.crl"]).ends(1).codes(), ["crl-malformed"]);
    folder.wallet(&["trust", "add", "list.hex"]).ends(0);
    folder.wallet(&["trust", "add", "list.hex"]).ends(0);
    let lists = trust(&folder).iter().filter(|entry| entry["purpose"] == "revoked").count();
    assert_eq!(lists, 1, "the same again is one");
    let said = folder.told(&["trust", "list", "--lang", "fr"]).ends(0).stdout;
    assert!(said.contains("Liste de révocation · Coffret test IACA"), "{said}");
}

/// A file of an authority and a list that revokes the signer of the card.
fn both(folder: &Folder) -> String {
    folder.text("pki/iaca.pem") + &list_pem(&folder.read("pki/ds-revoked.crl"))
}

const BROKEN: &str = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";

#[test]
fn a_file_of_certificates_and_lists_brings_both() {
    let folder = wallet_with_pki();
    // Text before the first section may begin as DER does, and the order is the publisher's.
    let list_first = list_pem(&folder.read("pki/ds-revoked.crl")) + &folder.text("pki/iaca.pem");
    let ascii = both(&folder).into_bytes();
    let latin = [&b"Qu\xe9bec\n"[..], &ascii].concat();
    for file in [[&b"0 Coffret\n"[..], &ascii].concat(), list_first.into_bytes(), latin] {
        folder.write("both.pem", file);
        for _ in 0..2 {
            let licence = ["trust", "add", "both.pem", "--type", CARD];
            let added = folder.wallet(&licence).ends(0).json()["trust"].clone();
            let said = |entry: &Json| [&entry["purpose"], &entry["docTypes"]].map(Json::clone);
            assert_eq!(said(&added[0]), [json!("issuer"), json!([CARD])]);
            assert_eq!(said(&added[1]), [json!("revoked"), json!(null)]);
            assert_eq!(trust(&folder).len(), 2, "the same again is one");
        }
        folder.credentials(1, &card(), &[]);
        assert_eq!(folder.wallet(&["add", "card.cbor"]).ends(1).codes(), ["certificate-revoked"]);
        let told = folder.told(&["trust", "add", "both.pem", "--lang", "fr"]).ends(0).stdout;
        for said in ["Émetteurs de documents · Coffret", "Liste de révocation · Coffret"] {
            assert!(told.contains(said), "{told}");
        }
        for entry in trust(&folder) {
            folder.wallet(&["trust", "remove", text(&entry["id"])]).ends(0);
        }
    }
}

#[test]
fn of_a_file_with_a_part_that_is_refused_nothing_is_added() {
    let folder = wallet_with_pki();
    let (both, iaca) = (both(&folder), folder.text("pki/iaca.pem"));
    let delta = List::of_issuer_root(&[]).with("2.5.29.27", true, vec![2, 1, 1]);
    let delta = list_pem(&delta.der(&key(ROOT)));
    let lists = list_pem(&folder.read("pki/ds-revoked.crl"));
    for (file, code) in [
        (format!("{iaca}{delta}"), "crl-delta"),
        (format!("{delta}{both}"), "crl-delta"),
        (both.clone() + &list_pem(b"0"), "crl-malformed"),
        (format!("{BROKEN}{lists}"), "certificate-malformed"),
    ] {
        folder.write("file.pem", file);
        let ran = folder.wallet(&["trust", "add", "file.pem"]).ends(1);
        assert_eq!(ran.codes(), [code]);
        assert_eq!(ran.json()["errors"][0]["given"], "file.pem");
        assert_eq!(trust(&folder), [json!(null); 0], "{code}");
    }
}

#[test]
fn a_certificate_that_cannot_be_used_is_said_beside_what_is_trusted_already() {
    let folder = wallet_with_pki();
    folder.wallet(&["trust", "add", "pki/iaca.pem"]).ends(0);
    let iaca = folder.text("pki/iaca.pem");
    folder.write("more.pem", iaca + BROKEN);
    for _ in 0..2 {
        let added = folder.wallet(&["trust", "add", "more.pem"]).ends(0).json()["trust"][0].take();
        assert_eq!(crate::program::codes(&added["warnings"]), ["certificate-malformed"]);
        assert_eq!(added["warnings"][0]["given"], "more.pem (2)");
    }
    let told = folder.told(&["trust", "add", "more.pem"]).ends(0).stdout;
    assert!(told.contains("certificate-malformed") && told.contains("more.pem (2)"), "{told}");
}

#[test]
fn a_certificate_in_der_is_trusted_as_in_pem() {
    let folder = wallet_with_pki();
    let base64: String =
        folder.text("pki/iaca.pem").lines().filter(|line| !line.starts_with('-')).collect();
    folder.write("iaca.der", data_encoding::BASE64.decode(base64.as_bytes()).unwrap());
    for file in ["iaca.der", "pki/iaca.pem"] {
        let added = folder.wallet(&["trust", "add", file]).ends(0).json()["trust"][0].take();
        assert_eq!((&added["purpose"], &added["anchors"]), (&json!("issuer"), &json!(1)));
    }
    folder.credentials(1, &card(), &[]);
    folder.wallet(&["add", "card.cbor"]).ends(0);
}

#[test]
fn the_registry_stands_on_its_registrar() {
    let folder = wallet_with_pki();
    let ran = folder.wallet(&["trust", "add", "pki/readers.cose"]).ends(1);
    assert_eq!(ran.codes(), ["registry-untrusted"]);
    folder.wallet(&["trust", "add", "pki/registry.pem", "--purpose", "registry"]).ends(0);
    folder.wallet(&["trust", "add", "pki/readers.cose"]).ends(0);
    assert_eq!(trust(&folder)[1]["purpose"], "readers");
}

#[test]
fn what_holds_nothing_to_trust_is_refused() {
    let folder = wallet_with_pki();
    folder.write("text", "nothing at all");
    assert_eq!(folder.wallet(&["trust", "add", "none"]).ends(2).codes(), ["file-unreadable"]);
    let ran = folder.wallet(&["trust", "add", "text"]);
    assert!([1, 2].contains(&ran.exit) && ran.codes().len() == 1, "{:?}", ran.codes());
    let ran = folder.wallet(&["trust", "add", "pki/iaca.key"]).ends(1);
    assert_eq!(ran.codes(), ["certificate-missing"]);
    assert_eq!(trust(&folder).len(), 0);
}

#[test]
fn trust_is_withdrawn() {
    let folder = wallet_with_pki();
    folder.wallet(&["trust", "add", "pki/iaca.pem"]).ends(0);
    let id = text(&trust(&folder)[0]["id"]).to_owned();
    let ran = folder.wallet(&["trust", "remove", "zz"]).ends(2);
    assert_eq!(ran.codes(), ["trust-data-unknown"]);
    assert_eq!(folder.wallet(&["trust", "remove", &id[..8]]).ends(0).json()["removed"], id);
    assert_eq!(trust(&folder).len(), 0);
    let said = folder.told(&["trust", "list"]).ends(0).stdout;
    assert!(said.contains("Nobody is trusted"), "{said}");
}

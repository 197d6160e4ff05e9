use coffret_cbor::{Item, Kind};
use coffret_crypto::PrivateKey;
use coffret_test_vectors::forge::{COMMON_NAME, COUNTRY, Draft, ROOT, STATE, key};
use serde_json::json;

use crate::program::{CARD, Folder, card, card_with, codes};

#[test]
fn one_key_gives_a_map_and_several_an_array() {
    let folder = Folder::with_pki();
    for (count, kind) in [(1, Kind::Map), (3, Kind::Array)] {
        folder.device_keys(count);
        let ran = folder.issue(&card(), &[]).ends(0);
        assert_eq!(ran.stderr, "");
        assert_eq!(ran.json()["count"], count);
        assert_eq!(Item::parse(&folder.read("card.cbor")).unwrap().kind(), kind);
        let verified = ["verify", "--issuer-only", "--trust", "pki/iaca.pem", "card.cbor"];
        let verdict = folder.json(&verified).ends(0).json();
        assert_eq!(verdict["documents"].as_array().unwrap().len(), count);
    }
}

#[test]
fn what_is_issued_is_what_was_given() {
    let folder = Folder::with_pki();
    folder.device_keys(1);
    let mut data = card();
    data["autre.1"] = json!({
        "text": {"text": "2020-01-01"},
        "also text": "2020-01-01",
        "date": {"tag": 1004, "value": "2020-01-01"},
        "bytes": {"bytes": "AQID"},
        "list": [1, -1, 1.5, null, true, {"int": "18446744073709551615"}],
    });
    folder.issue(&data, &[]).ends(0);
    let verified = ["verify", "--issuer-only", "--trust", "pki/iaca.pem", "card.cbor"];
    let elements = folder.json(&verified).ends(0).json()["documents"][0]["elements"].take();
    assert_eq!(elements[CARD], card()[CARD], "the catalogue's dates are dates");
    assert_eq!(
        elements["autre.1"],
        json!({
            "text": {"text": "2020-01-01"},
            "also text": {"text": "2020-01-01"},
            "date": "2020-01-01",
            "bytes": {"bytes": "AQID"},
            "list": [1, -1, 1.5, null, true, {"int": "18446744073709551615"}],
        })
    );
}

#[test]
fn validity_is_in_whole_days() {
    let folder = Folder::with_pki();
    folder.device_keys(1);
    let ran = folder.issue(&card(), &["--days", "30", "--one-time"]).ends(0);
    assert_eq!(
        ran.json()["validity"],
        json!({
            "signed": "2026-11-22T00:00:00Z",
            "from": "2026-11-22T00:00:00Z",
            "until": "2026-12-22T00:00:00Z",
        })
    );
    assert_eq!(ran.json()["oneTime"], true);
    let bytes = folder.read("card.cbor");
    let credential = Item::parse(&bytes).unwrap().map().unwrap();
    assert_eq!(credential.require("oneTime").unwrap().boolean(), Ok(true));
}

#[test]
fn the_three_algorithms_are_under_one_root() {
    let folder = Folder::with_pki();
    folder.device_keys(1);
    for (name, curve) in [("ES256", "P256"), ("ES384", "P384"), ("EdDSA", "Ed25519")] {
        folder.issue(&card(), &["--alg", name]).ends(0);
        let verified = ["verify", "--issuer-only", "--trust", "pki/iaca.pem", "card.cbor"];
        folder.json(&verified).ends(0);
        let signer = folder.json(&["inspect", "card.cbor"]).ends(0).json();
        let algorithm = match curve {
            "P256" => "<<{1: -7}>>",
            "P384" => "<<{1: -35}>>",
            _ => "<<{1: -8}>>",
        };
        assert!(signer["diagnostic"].as_str().unwrap().contains(algorithm), "{name}");
    }
}

#[test]
fn every_fault_is_named_with_its_element_and_nothing_is_written() {
    let folder = Folder::with_pki();
    folder.device_keys(1);
    for (data, code, element) in [
        (card_with("birth_date", json!(2004)), "element-wrong-type", "birth_date"),
        (card_with("birth_date", json!("2004-02-30")), "element-not-a-date", "birth_date"),
        (card_with("birth_date", json!("2062-01-01")), "issue-date-in-future", "birth_date"),
        (card_with("issue_date", json!("2027-01-01")), "issue-date-in-future", "issue_date"),
        (card_with("expiry_date", json!("2026-11-21")), "issue-expiry-passed", "expiry_date"),
        (card_with("issuing_country", json!("FR")), "issuing-country-mismatch", "issuing_country"),
        (
            card_with("issuing_jurisdiction", json!("CA-ON")),
            "issuing-jurisdiction-mismatch",
            "issuing_jurisdiction",
        ),
    ] {
        let ran = folder.issue(&data, &[]).ends(1);
        let errors = ran.json()["errors"].take();
        let position = codes(&errors).iter().position(|found| found == code);
        let position = position.unwrap_or_else(|| panic!("{code}: {errors}"));
        assert_eq!(errors[position]["element"], format!("{CARD}/{element}"));
        assert!(ran.stderr.contains(code), "{}", ran.stderr);
    }
    let mut data = card();
    data[CARD].as_object_mut().unwrap().retain(|id, _| id != "sex" && id != "expiry_date");
    let ran = folder.issue(&data, &[]).ends(1);
    assert_eq!(ran.codes(), ["element-missing", "element-missing"]);
    assert!(!folder.path("card.cbor").exists());
}

/// A card of Québec's that another state signs is refused by every verifier, so nobody is handed one.
#[test]
fn a_card_of_quebec_is_not_issued_elsewhere() {
    let folder = Folder::with_pki();
    folder.device_keys(1);
    let signer = PrivateKey::from_pkcs8_pem(&folder.text("pki/ds.key")).unwrap();
    let subject = vec![(COUNTRY, "US"), (STATE, "US-UT"), (COMMON_NAME, "Test signer")];
    let draft = Draft { subject, ..Draft::document_signer() }.of(&signer.public_key());
    let der = data_encoding::BASE64.encode(&draft.der(&key(ROOT)));
    let pem = format!("-----BEGIN CERTIFICATE-----\n{der}\n-----END CERTIFICATE-----\n");
    folder.write("pki/ds.pem", pem);
    let mut data = card_with("issuing_country", json!("US"));
    data[CARD]["issuing_jurisdiction"] = json!("US-UT");
    let ran = folder.issue(&data, &[]).ends(1);
    assert_eq!(ran.codes(), ["issue-reserved-to-another-territory"]);
    assert_eq!(ran.json()["errors"][0]["element"], json!(null), "the document as a whole");
    assert!(!folder.path("card.cbor").exists());
}

/// One more copy than a wallet takes.
#[test]
fn what_no_wallet_would_take_is_not_handed_over() {
    let folder = Folder::with_pki();
    folder.device_keys(256);
    assert_eq!(folder.issue(&card(), &[]).ends(1).codes(), ["credential-too-many"]);
    assert!(!folder.path("card.cbor").exists());
}

#[test]
fn a_doubtful_number_is_a_warning() {
    let folder = Folder::with_pki();
    folder.device_keys(1);
    let data = card_with("health_insurance_number", json!("TREM04121935"));
    let ran = folder.issue(&data, &[]).ends(0);
    assert_eq!(codes(&ran.json()["warnings"]), ["nam-check-digit"]);
}

/// The signature says until when a copy is good, the card until when it is.
#[test]
fn a_card_ends_on_its_own_date_whatever_its_signature_says() {
    let folder = Folder::with_pki();
    folder.device_keys(1);
    let ran = folder.issue(&card_with("expiry_date", json!("2026-12-01")), &[]).ends(0);
    assert_eq!(codes(&ran.json()["warnings"]), ["validity-outlives-expiry"]);
    let verify = ["verify", "--issuer-only", "--trust", "pki/iaca.pem", "card.cbor", "--now"];
    let at = |now| folder.json(&[&verify[..], &[now]].concat());
    at("2026-12-02T23:59:59Z").ends(0);
    let verdict = at("2026-12-03T00:00:00Z").ends(1).json();
    assert_eq!(codes(&verdict["documents"][0]["errors"]), ["expiry-date-passed"]);
    let inspected = folder.json(&["inspect", "card.cbor", "--now", "2026-12-03T00:00:00Z"]);
    assert_eq!(codes(&inspected.ends(0).json()["warnings"]), ["expiry-date-passed"]);
}

#[test]
fn one_key_twice_is_refused() {
    let folder = Folder::with_pki();
    let key = folder.device_keys(1).remove(0).public_key().to_jwk();
    folder.write("keys.json", json!({"keys": [key, key]}).to_string());
    assert_eq!(folder.issue(&card(), &[]).ends(1).codes(), ["device-key-repeated"]);
}

#[test]
fn unreadable_input_is_said_to_be() {
    let folder = Folder::with_pki();
    let private = folder.device_keys(1).remove(0).to_jwk();
    let private = format!(r#"{{"keys":[{}]}}"#, *private);
    for (file, content, code) in [
        ("data.json", "{".to_owned(), "json-malformed"),
        ("data.json", r#"{"a.1": {"b": 1}, "a.1": {"c": 1}}"#.to_owned(), "json-malformed"),
        ("data.json", r#"{"a.1": {"b": {"c": 1, "c": 2}}}"#.to_owned(), "json-malformed"),
        ("keys.json", r#"{"keys": [], "keys": []}"#.to_owned(), "json-malformed"),
        ("data.json", "[]".to_owned(), "data-form"),
        ("data.json", r#"{"a.1": 1}"#.to_owned(), "data-form"),
        ("data.json", r#"{"a.1": {"b": {"bytes": "?"}}}"#.to_owned(), "json-form"),
        ("keys.json", "{}".to_owned(), "keys-form"),
        ("keys.json", r#"{"keys":[]}"#.to_owned(), "keys-form"),
        ("keys.json", r#"{"keys":[{}]}"#.to_owned(), "key-malformed"),
        ("keys.json", private, "private-key-exposed"),
    ] {
        folder.device_keys(1);
        folder.write("data.json", card().to_string());
        folder.write(file, &content);
        let arguments = ["issue", "--type", CARD, "--data", "data.json", "--pki", "pki"];
        let files = ["--keys", "keys.json", "--out", "card.cbor"];
        let ran = folder.json(&[&arguments[..], &files].concat()).ends(2);
        assert_eq!(ran.codes(), [code], "{content}");
        assert_eq!(ran.json()["errors"][0]["given"], file);
    }
}

#[test]
fn a_pki_that_is_not_there_or_not_whole_is_said_to_be() {
    let folder = Folder::new();
    folder.device_keys(1);
    assert_eq!(folder.issue(&card(), &[]).ends(2).codes(), ["file-unreadable"]);

    let folder = Folder::with_pki();
    folder.device_keys(1);
    folder.write("pki/ds.key", folder.read("pki/iaca.key"));
    assert_eq!(folder.issue(&card(), &[]).ends(2).codes(), ["pki-key-mismatch"]);

    folder.write("pki/ds.pem", folder.read("pki/ds-es384.pem"));
    folder.write("pki/ds.key", folder.read("pki/ds-es384.key"));
    let ran = folder.issue(&card(), &["--alg", "ES256"]).ends(2);
    assert_eq!(ran.codes(), ["algorithm-key-mismatch"]);
}

#[test]
fn people_are_told_what_was_done() {
    let folder = Folder::with_pki();
    folder.device_keys(2);
    folder.write("data.json", card().to_string());
    let arguments = ["issue", "--type", CARD, "--data", "data.json", "--pki", "pki"];
    let files = ["--keys", "keys.json", "--out", "card.cbor"];
    let ran = folder.run(&[&arguments[..], &files].concat()).ends(0);
    assert!(ran.stdout.starts_with("Issued"), "{}", ran.stdout);
    assert!(ran.stdout.contains("2 copies, valid until November 22, 2027"), "{}", ran.stdout);
}

#[test]
fn a_file_that_is_there_stays_as_it_is() {
    let folder = Folder::with_pki();
    folder.device_keys(1);
    folder.write("data.json", card().to_string());
    folder.write("card.cbor", "mine");
    let arguments = ["issue", "--type", CARD, "--data", "data.json", "--pki", "pki"];
    let files = ["--keys", "keys.json", "--out", "card.cbor"];
    let ran = folder.json(&[&arguments[..], &files].concat()).ends(2);
    assert_eq!(ran.codes(), ["file-exists"]);
    assert_eq!(folder.text("card.cbor"), "mine");
}

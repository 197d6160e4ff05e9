//! Keys, and documents: added, listed, shown, removed, expiring.

use serde_json::json;

use crate::holder::{WALLET, new_wallet, text, trusting_wallet, wallet_with_card};
use crate::program::{CARD, card, card_with};

#[test]
fn keys_are_public_and_survive() {
    let folder = trusting_wallet();
    folder.credentials(2, &card(), &[]);
    let keys: serde_json::Value = serde_json::from_str(&folder.text("keys.json")).unwrap();
    let keys = keys["keys"].as_array().unwrap();
    assert_eq!(keys.len(), 2);
    for key in keys {
        assert_eq!((&key["kty"], &key["crv"]), (&json!("EC"), &json!("P-256")));
        assert!(key.get("d").is_none());
    }
    folder.wallet(&["add", "card.cbor"]).ends(0);
    for count in ["0", "256", "-1"] {
        assert_eq!(folder.wallet(&["keys", "--count", count]).ends(2).codes(), ["usage"]);
    }
}

#[test]
fn people_see_the_keys_as_well() {
    let said = new_wallet().told(&["keys", "--count", "2", "--lang", "fr"]).ends(0).stdout;
    let keys: Vec<serde_json::Value> =
        said.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    assert_eq!(keys.len(), 2, "{said}");
    assert!(keys.iter().all(|key| key["kty"] == "EC" && key.get("d").is_none()), "{said}");
}

#[test]
fn a_key_takes_one_credential() {
    let folder = trusting_wallet();
    folder.credentials(1, &card(), &[]);
    folder.wallet(&["add", "card.cbor"]).ends(0);
    assert_eq!(folder.wallet(&["add", "card.cbor"]).ends(1).codes(), ["credential-already-held"]);
    folder.issue(&card_with("given_name", json!("Zoé")), &[]).ends(0);
    assert_eq!(folder.wallet(&["add", "card.cbor"]).ends(1).codes(), ["credential-key-used"]);
    assert_eq!(folder.documents().len(), 1);
}

#[test]
fn copies_of_one_document_are_one_document() {
    let folder = wallet_with_card(3, &["--one-time"]);
    let documents = folder.documents();
    assert_eq!(documents.len(), 1);
    assert_eq!(documents[0]["copies"], json!({"oneTime": true, "all": 3, "left": 3, "uses": 0}));
}

#[test]
fn what_is_refused_has_every_reason_once() {
    let folder = new_wallet();
    folder.run(&["pki", "pki"]).ends(0);
    folder.device_keys(2);
    folder.issue(&card(), &[]).ends(0);
    let ran = folder.wallet(&["add", "card.cbor"]).ends(1);
    let codes = ran.codes();
    for code in ["untrusted-issuer", "credential-key-foreign"] {
        assert_eq!(codes.iter().filter(|known| *known == code).count(), 1, "{codes:?}");
    }
    assert_eq!(ran.json()["errors"][0]["given"], "card.cbor");
    assert_eq!(folder.documents().len(), 0);
}

#[test]
fn an_expired_document_is_not_added() {
    let folder = trusting_wallet();
    folder.credentials(1, &card(), &["--days", "3"]);
    let late = ["--now", "2026-12-22T12:00:00Z", "add", "card.cbor"];
    assert_eq!(folder.wallet(&late).ends(1).codes(), ["document-expired"]);
}

#[test]
fn a_file_that_is_no_credential_is_unreadable() {
    let folder = trusting_wallet();
    folder.write("map", [0xa0]);
    folder.write("cut", [0xa1]);
    assert_eq!(folder.wallet(&["add", "map"]).ends(2).codes(), ["credential-form"]);
    assert_eq!(folder.wallet(&["add", "cut"]).ends(2).codes().len(), 1);
    assert_eq!(folder.wallet(&["add", "none"]).ends(2).codes(), ["file-unreadable"]);
    assert_eq!(folder.wallet(&["add"]).ends(2).codes(), ["usage"]);
}

#[test]
fn each_file_is_taken_whole_or_not_at_all() {
    let folder = trusting_wallet();
    folder.credentials(1, &card(), &[]);
    folder.write("map", [0xa0]);
    let ran = folder.wallet(&["add", "map", "card.cbor"]).ends(2);
    assert_eq!(ran.codes(), ["credential-form"]);
    assert_eq!(ran.json()["documents"].as_array().unwrap().len(), 1);
    assert_eq!(folder.documents().len(), 1);
}

#[test]
fn what_is_listed_says_what_an_app_needs() {
    let folder = wallet_with_card(1, &["--days", "100"]);
    let document = folder.documents().remove(0);
    assert_eq!(document["docType"], CARD);
    assert_eq!(document["specimen"], false);
    assert_eq!(document["state"], "valid");
    let issuer = json!({
        "country": "CA",
        "state": "CA-QC",
        "name": "Coffret test document signer",
        "authority": "Coffret test IACA",
    });
    assert_eq!(document["issuer"], issuer);
    assert_eq!(document["validity"]["until"], "2027-03-02T00:00:00Z");
    assert_eq!(document["person"]["name"], "Émilie Tremblay");
    assert_eq!(text(&document["id"]).len(), 32);
}

#[test]
fn people_see_cards_in_their_language() {
    let folder = wallet_with_card(2, &["--days", "30", "--one-time"]);
    for (lang, said) in [
        (
            "fr",
            &[
                "Émilie Tremblay",
                "Carte d’assurance maladie",
                "Expire dans 30\u{a0}jours, le 22 décembre 2026",
                "Exemplaires à usage unique\u{a0}: 2 sur 2",
            ][..],
        ),
        (
            "en",
            &[
                "Émilie Tremblay",
                "Health insurance card",
                "Expires in 30\u{a0}days, on December 22, 2026",
                "One-time copies: 2 of 2",
            ][..],
        ),
    ] {
        let ran = folder.told(&["list", "--lang", lang]).ends(0);
        for said in said {
            assert!(ran.stdout.contains(said), "{said}: {}", ran.stdout);
        }
        assert!(!ran.stdout.contains("TREM"), "no number in a list");
    }
    // What was never shown was not used up, though it can be shown no more.
    let late = ["list", "--now", "2027-02-01T12:00:00Z"];
    let copies = folder.wallet(&late).ends(0).json()["documents"][0]["copies"].take();
    assert_eq!((&copies["left"], &copies["expired"]), (&json!(0), &json!(2)));
    let said = folder.told(&[&late[..], &["--lang", "fr"]].concat()).ends(0).stdout;
    assert!(said.contains("Exemplaires expirés sans avoir servi\u{a0}: 2"), "{said}");
    assert!(!said.contains("Plus d’exemplaire"), "{said}");
    let empty = new_wallet().told(&["list", "--lang", "fr"]).ends(0);
    assert!(empty.stdout.contains("Aucun document"), "{}", empty.stdout);
}

#[test]
fn a_document_is_shown_with_its_numbers_hidden() {
    let folder = wallet_with_card(1, &[]);
    let id = text(&folder.documents()[0]["id"]).to_owned();
    let shown = folder.told(&["show", &id[..8], "--lang", "fr"]).ends(0).stdout;
    assert!(shown.contains("Numéro d’assurance maladie"), "{shown}");
    assert!(shown.contains("Émilie"), "{shown}");
    assert!(!shown.contains("0412"), "{shown}");
    let shown = folder.told(&["show", &id, "--reveal"]).ends(0).stdout;
    assert!(shown.contains("TREM 0412 1925"), "{shown}");

    let json = folder.wallet(&["show", &id]).ends(0).json();
    let document = &json["document"];
    assert_eq!(document["id"], id);
    assert_eq!(document["elements"][CARD]["health_insurance_number"], "TREM04121925");
    assert_eq!(document["elements"][CARD]["birth_date"], "2004-12-19");
    assert_eq!(document["errors"], json!([]));
}

#[test]
fn an_id_names_one_document() {
    let folder = wallet_with_card(1, &[]);
    for command in ["show", "remove"] {
        for id in ["", "zz", "00000000000000000000000000000000"] {
            let ran = folder.wallet(&[command, id]).ends(2);
            assert_eq!(ran.codes(), ["document-unknown"], "{command} {id}");
        }
    }
    assert_eq!(folder.documents().len(), 1);
}

#[test]
fn a_document_is_removed_and_its_key_with_it() {
    let folder = wallet_with_card(1, &[]);
    let id = text(&folder.documents()[0]["id"]).to_owned();
    assert_eq!(folder.wallet(&["remove", &id[..6]]).ends(0).json()["removed"], id);
    assert_eq!(folder.documents().len(), 0);
    let ran = folder.wallet(&["add", "card.cbor"]).ends(1);
    assert_eq!(ran.codes(), ["credential-key-foreign"]);
}

#[test]
fn what_expires_is_announced_at_60_30_and_7_days() {
    let folder = wallet_with_card(1, &["--days", "100"]);
    for (now, kind, within, days) in [
        ("2026-12-31T12:00:00Z", None, json!(null), json!(null)),
        ("2027-01-01T12:00:00Z", Some("expiring"), json!(60), json!(60)),
        ("2027-01-31T12:00:00Z", Some("expiring"), json!(30), json!(30)),
        ("2027-02-23T12:00:00Z", Some("expiring"), json!(7), json!(7)),
        ("2027-03-01T12:00:00Z", Some("expiring"), json!(7), json!(1)),
        ("2027-03-03T12:00:00Z", Some("expired"), json!(null), json!(null)),
    ] {
        let json = folder.wallet(&["notices", "--now", now]).ends(0).json();
        let notices = json["notices"].as_array().unwrap();
        let notice = notices.iter().find(|notice| notice["kind"] != "no-copies");
        assert_eq!(notice.map(|notice| text(&notice["kind"])), kind, "{now}");
        if let Some(notice) = notice {
            assert_eq!((&notice["within"], &notice["days"]), (&within, &days), "{now}");
            assert_eq!(notice["document"], folder.documents()[0]["id"]);
        }
    }
    let now = ["notices", "--now", "2027-03-01T12:00:00Z"];
    let french = folder.run(&[&["--lang", "fr"], &now[..], &WALLET].concat()).ends(0).stdout;
    assert!(french.contains("Carte d’assurance maladie"), "{french}");
    assert!(french.contains("expire demain"), "{french}");
    assert!(folder.told(&["notices"]).ends(0).stdout.contains("Nothing to report."));
}

/// A card that has ended is said to have, whatever the copy in the phone says: readers look at both.
#[test]
fn a_document_that_has_ended_by_its_own_date_is_expired() {
    let folder = trusting_wallet();
    folder.credentials(1, &card_with("expiry_date", json!("2026-12-10")), &["--days", "300"]);
    folder.wallet(&["add", "card.cbor"]).ends(0);
    for (now, state, days, notice) in [
        ("2026-11-22T12:00:00Z", "expiring", json!(18), "expiring"),
        ("2026-12-11T23:59:59Z", "expiring", json!(0), "expiring"),
        ("2026-12-12T00:00:00Z", "expired", json!(null), "expired"),
    ] {
        let listed = folder.wallet(&["list", "--now", now]).ends(0).json();
        let document = &listed["documents"][0];
        assert_eq!((&document["state"], &document["days"]), (&json!(state), &days), "{now}");
        assert_eq!(document["validity"]["until"], "2026-12-10T23:59:59Z");
        let notices = folder.wallet(&["notices", "--now", now]).ends(0).json();
        assert_eq!(notices["notices"][0]["kind"], notice, "{now}");
    }
    let late = ["list", "--lang", "fr", "--now", "2026-12-22T12:00:00Z"];
    let said = folder.told(&late).ends(0).stdout;
    assert!(said.contains("Expiré depuis le 10 décembre 2026"), "{said}");
}

//! The activity log: what it says, that it is sound, what is left of what is deleted.

use serde_json::{Value as Json, json};

use crate::holder::{new_wallet, text};
use crate::link::{LICENCE, equipped, present, read, talk};
use crate::program::Folder;

fn entries(folder: &Folder) -> Vec<Json> {
    folder.wallet(&["log"]).ends(0).json()["entries"].as_array().unwrap().clone()
}

/// A wallet that has shown an age and refused to say more.
fn after_two_requests() -> Folder {
    let folder = equipped();
    for (approve, purpose) in [("required", "age-18"), ("none", "identity")] {
        let present = present(&["--link", "stdio", "--approve", approve]);
        talk(&folder, &present, &read(&["--link", "stdio", "--purpose", purpose]));
    }
    folder
}

#[test]
fn who_asked_for_what_and_how_it_ended() {
    let folder = after_two_requests();
    let entries = entries(&folder);
    let outcomes: Vec<_> =
        entries.iter().map(|entry| (&entry["id"], text(&entry["outcome"]))).collect();
    assert_eq!(outcomes, [(&json!(1), "refused"), (&json!(0), "shared")], "the newest first");
    let shared = &entries[1];
    assert_eq!(shared["reader"]["standing"], "none");
    assert_eq!(shared["time"], "2026-11-22T12:00:00Z");
    let document = &shared["documents"][0];
    assert_eq!((&document["docType"], &document["purpose"]), (&json!(LICENCE), &json!("age-18")));
    let shown: Vec<_> = document["elements"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|element| element["shown"].as_str())
        .collect();
    assert_eq!(shown, ["portrait", "age_over_18"]);

    let said = folder.told(&["log", "--lang", "fr"]).ends(0).stdout;
    for words in ["22 novembre 2026", "Partagé", "Refusé", "Demandeur inconnu", "18 ans et plus"]
    {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(!said.contains("Tremblay"), "no value is in it");

    let said = [&["log", "--lang", "fr"][..], &crate::holder::WALLET].concat();
    let said = folder.run_with(&said, &[("TZ", "XXX13")], b"").ends(0).stdout;
    for words in ["21 novembre 2026", "23\u{a0}h\u{a0}00\n"] {
        assert!(said.contains(words), "in local time, {words}: {said}");
    }
    let list = [&["list"][..], &crate::holder::WALLET].concat();
    let said = |zone| folder.run_with(&list, &[("TZ", zone)], b"").ends(0).stdout;
    assert_eq!(said("XXX13"), said("XXX-13"), "a whole day is that day everywhere");
}

#[test]
fn what_is_deleted_leaves_its_link() {
    let folder = after_two_requests();
    assert_eq!(folder.wallet(&["log", "delete", "0"]).ends(0).json(), json!({"deleted": [0]}));
    assert_eq!(entries(&folder).len(), 1);
    let verified = folder.wallet(&["log", "--verify"]).ends(0).json();
    assert_eq!((&verified["entries"], &verified["deleted"]), (&json!(1), &json!(1)));
    assert_eq!(folder.wallet(&["log", "delete", "all"]).ends(0).json(), json!({"deleted": [1]}));
    let verified = folder.wallet(&["log", "--verify"]).ends(0).json();
    assert_eq!((&verified["entries"], &verified["deleted"]), (&json!(0), &json!(2)));
}

#[test]
fn a_new_log_is_empty_and_sound() {
    let folder = new_wallet();
    assert_eq!(folder.wallet(&["log"]).ends(0).json(), json!({"entries": []}));
    let verified = folder.wallet(&["log", "--verify"]).ends(0).json();
    assert_eq!(verified["valid"], true);
    assert_eq!((&verified["entries"], &verified["deleted"]), (&json!(0), &json!(0)));
    assert_eq!(verified["key"]["kty"], "EC");
    let said = folder.told(&["log", "--lang", "fr"]).ends(0).stdout;
    assert!(said.contains("Personne n’a encore rien demandé."), "{said}");
}

#[test]
fn what_is_not_in_the_log_is_not_deleted() {
    let folder = new_wallet();
    assert_eq!(folder.wallet(&["log", "delete", "7"]).ends(2).codes(), ["log-entry-unknown"]);
    assert_eq!(folder.wallet(&["log", "delete", "x"]).ends(2).codes(), ["usage"]);
    assert_eq!(folder.wallet(&["log", "delete", "all"]).ends(0).json(), json!({"deleted": []}));
}

#[test]
fn a_part_of_the_log_is_asked_for() {
    let folder = equipped();
    let present = present(&["--link", "stdio", "--approve", "none"]);
    for signed in [&["--reader-pki", "pki"][..], &[]] {
        let read = read(&[&["--link", "stdio", "--purpose", "age-18"], signed].concat());
        talk(&folder, &present, &read);
    }
    let ids = |arguments: &[&str]| -> Vec<Json> {
        let ran = folder.wallet(&[&["log"], arguments].concat()).ends(0).json();
        ran["entries"].as_array().unwrap().iter().map(|entry| entry["id"].clone()).collect()
    };
    let all = ids(&[]);
    assert_eq!(all, [json!(1), json!(0)]);
    assert_eq!(ids(&["--limit", "1"]), all[..1]);
    assert!(ids(&["--limit", "0"]).is_empty());
    let name = folder.wallet(&["log"]).ends(0).json()["entries"][1]["reader"]["name"].clone();
    let name = name.as_str().unwrap().to_uppercase();
    assert_eq!(ids(&["--reader", &name]), all[1..]);
    assert!(ids(&["--reader", "nobody"]).is_empty());
    for (since, found) in [
        ("2026-11-22", 2),
        ("2026-11-22T12:00:00Z", 2),
        ("2026-11-22T12:00:01Z", 0),
        ("2026-11-23", 0),
    ] {
        assert_eq!(ids(&["--since", since]).len(), found, "{since}");
    }
    for wrong in [&["--since", "hier"][..], &["--limit", "-1"], &["--verify", "--limit", "1"]] {
        let ran = folder.wallet(&[&["log"], wrong].concat()).ends(2);
        assert_eq!(ran.codes(), ["usage"], "{wrong:?}");
    }
    let said = folder.told(&["log", "--reader", "nobody", "--lang", "fr"]).ends(0).stdout;
    assert!(said.contains("Aucune entrée ne correspond."), "{said}");
}

use serde_json::{Value as Json, json};

use super::*;

fn people(folder: &Folder) -> Vec<Json> {
    let listed = folder.wallet(&["person", "list"]).ends(0).json();
    listed["people"].as_array().unwrap().clone()
}

#[test]
fn people_are_listed_renamed_made_one_and_forgotten() {
    let folder = wallet_with_card(1, &[]);
    assert!(folder.told(&["person", "list"]).ends(0).stdout.contains("you"));
    let mut other = card();
    other[CARD]["given_name"] = "Rose".into();
    folder.credentials(1, &other, &[]);
    folder.wallet(&["add", "card.cbor"]).ends(0);
    let known = people(&folder);
    let said = |person: &Json| (person["me"].clone(), person["documents"].clone());
    assert_eq!(
        known.iter().map(said).collect::<Vec<_>>(),
        [(json!(true), json!(1)), (json!(false), json!(1))]
    );
    let [own, other] = [0, 1].map(|place| text(&known[place]["id"]).to_owned());

    let renamed = folder.wallet(&["person", "rename", &other[..8], "Grand-maman"]).ends(0).json();
    assert_eq!(renamed["person"]["name"], "Grand-maman");
    folder.wallet(&["person", "me", &other]).ends(0);
    assert_eq!(people(&folder)[0]["id"], other);
    let kept = folder.wallet(&["person", "delete", &own]).ends(1);
    assert_eq!(kept.codes(), ["person-has-documents"]);

    let merged = folder.wallet(&["person", "merge", &own, &other]).ends(0).json();
    assert_eq!(
        (&merged["person"]["id"], &merged["person"]["documents"]),
        (&json!(other), &json!(2))
    );
    assert_eq!(people(&folder).len(), 1);
    for document in folder.documents() {
        assert_eq!(document["person"]["id"], other);
        folder.wallet(&["remove", text(&document["id"])]).ends(0);
    }
    assert!(people(&folder).is_empty(), "they go with the last document");
    let gone = folder.wallet(&["person", "delete", &other]).ends(2);
    assert_eq!(gone.codes(), ["person-unknown"]);
    assert!(folder.told(&["person", "list"]).ends(0).stdout.contains("Nobody"));
}

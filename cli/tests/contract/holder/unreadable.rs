//! Records that do not read: they are listed, they stop nothing, and what lacks them says so.

use coffret_catalogue::{Lang, sentence};
use coffret_store::{Changes, RecordId, Store, Table};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::{Value as Json, json};

use crate::holder::{text, unlocked, wallet_with_card};
use crate::link::{equipped, present, read, talk};
use crate::program::Folder;

const DOCUMENTS: Table = Table(3);
const COPIES: Table = Table(4);
const PEOPLE: Table = Table(2);
const LOG: Table = Table(8);

/// One that a later version has written, say: it is not passed over in silence, and can be removed.
#[test]
fn a_document_that_does_not_read_is_listed() {
    let folder = wallet_with_card(1, &[]);
    let id = text(&folder.documents()[0]["id"]).to_owned();
    write(&folder, |store| {
        let documents = Table(3);
        let record = store.ids(documents)[0];
        Changes::default().put(documents, record, None, LATER.to_vec())
    });

    let listed = folder.wallet(&["list"]).ends(0).json();
    assert_eq!(listed["documents"], json!([]));
    let unreadable = json!([{"kind": "document", "id": id, "code": "wallet-record-form"}]);
    assert_eq!(listed["unreadable"], unreadable);
    let said = folder.told(&["list", "--lang", "fr"]).ends(0).stdout;
    assert!(said.contains("✗ Document") && said.contains(&id[..8]), "{said}");
    let why = sentence("wallet-record-form").unwrap().said(Lang::French);
    assert!(said.contains(why.happened) && said.contains(why.next), "{said}");
    assert!(!said.contains("Aucun document"), "{said}");
    folder.wallet(&["remove", &id]).ends(0);
    assert_eq!(folder.wallet(&["list"]).ends(0).json(), json!({"documents": []}));
}

#[test]
fn a_head_of_the_log_that_does_not_read_is_listed() {
    let folder = wallet_with_card(1, &[]);
    write(&folder, |_| Changes::default().note(LATER.to_vec()));
    let listed = folder.wallet(&["list"]).ends(0).json();
    let id = "0".repeat(32);
    let unreadable = json!([{"kind": "log-head", "id": id, "code": "wallet-record-form"}]);
    assert_eq!(listed["unreadable"], unreadable);
    assert_eq!(listed["documents"].as_array().map(Vec::len), Some(1));
    let said = folder.told(&["list", "--lang", "fr"]).ends(0).stdout;
    assert!(said.contains("✗ Sceau du journal"), "{said}");
}

/// `[7, {}]`: a form that nobody has written yet.
const LATER: &[u8] = b"\x82\x07\xa0";

/// Changes the store of the wallet, past the wallet.
fn write(folder: &Folder, changes: impl FnOnce(&Store) -> Changes) {
    let mut store = unlocked(folder);
    let changes = changes(&store);
    store.commit(changes, &mut ChaCha20Rng::from_seed([1; 32])).unwrap();
}

/// The same for the record of a table at a place.
fn spoil(folder: &Folder, table: Table, place: usize) -> RecordId {
    let mut spoilt = None;
    write(folder, |store| {
        let id = store.ids(table)[place];
        spoilt = Some(id);
        let term = (table == LOG).then(|| (place as u64).to_be_bytes());
        Changes::default().put(table, id, term.as_ref().map(|term| &term[..]), LATER.to_vec())
    });
    spoilt.unwrap()
}

/// A wallet with two documents that has refused three requests.
fn after_three_requests() -> Folder {
    let folder = equipped();
    for _ in 0..3 {
        let present = present(&["--link", "stdio", "--approve", "none"]);
        talk(&folder, &present, &read(&["--link", "stdio", "--purpose", "age-18"]));
    }
    folder
}

/// `log --verify`: how many entries are there, deleted, unreadable.
fn verified(folder: &Folder) -> [Json; 3] {
    let verified = folder.wallet(&["log", "--verify"]).ends(0).json();
    assert_eq!(verified["valid"], true);
    ["entries", "deleted", "unreadable"].map(|count| verified[count].clone())
}

#[test]
fn an_entry_of_the_log_that_does_not_read_is_counted() {
    let folder = after_three_requests();
    assert_eq!(verified(&folder), [3, 0, 0]);
    let whole = folder.told(&["log", "--verify", "--lang", "fr"]).ends(0).stdout;
    assert!(whole.contains("Le journal est intact"), "{whole}");
    assert!(!whole.contains("garde sa place") && whole.contains("Illisibles  0"), "{whole}");
    let log = folder.wallet(&["log"]).ends(0).json();
    assert!(log.get("unreadable").is_none());

    spoil(&folder, LOG, 0);
    assert_eq!(verified(&folder), [2, 0, 1]);
    let said = folder.told(&["log", "--verify", "--lang", "fr"]).ends(0).stdout;
    for words in ["Ce qui se lit du journal est intact", "Illisibles  1", "garde sa place"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(!said.contains("Le journal est intact"), "{said}");
    let said = folder.told(&["log", "--verify", "--lang", "en"]).ends(0).stdout;
    assert!(said.contains("Unreadable  1") && said.contains("keeps its place"), "{said}");

    let log = folder.wallet(&["log"]).ends(0).json();
    let ids: Vec<_> = log["entries"].as_array().unwrap().iter().map(|entry| &entry["id"]).collect();
    assert_eq!((ids, &log["unreadable"]), (vec![&json!(2), &json!(1)], &json!(1)));
    let said = folder.told(&["log", "--lang", "fr"]).ends(0).stdout;
    assert!(said.contains("Entrées illisibles\u{a0}: 1"), "{said}");

    let deleted = folder.wallet(&["log", "delete", "1"]).ends(0).json();
    assert_eq!(deleted, json!({"deleted": [1]}));
    assert_eq!(verified(&folder), [1, 1, 1]);
    let deleted = folder.told(&["log", "delete", "all", "--lang", "fr"]).ends(0).stdout;
    assert!(deleted.contains("Entrées illisibles, non supprimées\u{a0}: 1"), "{deleted}");
    assert_eq!(verified(&folder), [0, 2, 1]);
    let deleted = folder.wallet(&["log", "delete", "all"]).ends(0).json();
    assert_eq!(deleted, json!({"deleted": [], "unreadable": 1}));
    let said = folder.told(&["log", "--lang", "fr"]).ends(0).stdout;
    assert!(!said.contains("Personne n’a encore rien demandé."), "somebody has: {said}");
    let said = folder.told(&["log", "--reader", "x", "--lang", "fr"]).ends(0).stdout;
    assert!(said.contains("Aucune entrée ne correspond."), "{said}");
    assert!(said.contains("Entrées illisibles\u{a0}: 1"), "{said}");
}

/// What the person takes along is said to lack what it lacks, here and where it is read.
#[test]
fn an_export_says_what_it_lacks() {
    let folder = after_three_requests();
    folder.write("words", "quatre mots dits ensemble");
    let export =
        |file: &str| folder.wallet(&["export", file, "--passphrase-file", "words"]).ends(0).json();
    let inspect = |file: &str, more: &[&str]| {
        let command = ["inspect", file, "--passphrase-file", "words"];
        folder.run(&[&command[..], more].concat()).ends(0)
    };
    let whole = export("whole");
    assert_eq!((&whole["complete"], &whole["unreadable"]), (&json!(true), &json!([])));
    let facts = |file: &str| inspect(file, &["--json"]).json()["facts"].clone();
    let of_log = json!({"logEntries": "3", "logDeleted": "0", "logUnreadable": "0"});
    assert_eq!(facts("whole"), of_log);

    for (table, place) in [(DOCUMENTS, 0), (PEOPLE, 0), (LOG, 1), (LOG, 2)] {
        spoil(&folder, table, place);
    }
    let partial = export("partial");
    assert_eq!(partial["complete"], false);
    let found = partial["unreadable"].as_array().unwrap();
    let kinds: Vec<_> = found.iter().map(|found| text(&found["kind"])).collect();
    assert_eq!(kinds, ["people", "document", "log", "log"]);
    assert!(found.iter().all(|found| found["code"] == "wallet-record-form"));
    assert_eq!(partial["unreadable"], folder.wallet(&["list"]).ends(0).json()["unreadable"]);
    let facts = facts("partial");
    let lacks = ["documentsUnreadable", "peopleUnreadable", "logEntries", "logUnreadable"];
    assert_eq!(lacks.map(|fact| text(&facts[fact])), ["1", "1", "1", "2"]);
    let said = inspect("partial", &["--lang", "fr"]).stdout;
    for words in ["Documents absents, illisibles   1", "Personnes absentes, illisibles  1"] {
        assert!(said.contains(words), "{words}: {said}");
    }

    let said = |file: &str, lang: &str| {
        let command = ["export", file, "--passphrase-file", "words", "--lang", lang];
        folder.told(&command).ends(0).stdout
    };
    let french = said("french", "fr");
    for words in ["L’export est incomplet", "Document           1", "Entrée du journal  2"] {
        assert!(french.contains(words), "{words}: {french}");
    }
    let english = said("english", "en");
    for words in ["The export is incomplete", "Entry of the log  2", "coffret list"] {
        assert!(english.contains(words), "{words}: {english}");
    }
}

/// A card whose copies do not read is of no use: it is listed as what does not read, and can be removed.
#[test]
fn a_document_without_a_copy_that_reads_is_not_listed_as_valid() {
    let folder = wallet_with_card(2, &[]);
    let id = text(&folder.documents()[0]["id"]).to_owned();
    spoil(&folder, COPIES, 0);
    let listed = folder.wallet(&["list"]).ends(0).json();
    assert_eq!(listed["documents"].as_array().map(Vec::len), Some(1), "the other copy reads");
    assert_eq!(listed["unreadable"][0]["kind"], "copy");
    folder.write("words", "quatre mots dits ensemble");
    let export = folder.wallet(&["export", "out", "--passphrase-file", "words"]).ends(0).json();
    assert_eq!(export["complete"], true, "it has the document by its other copy");

    spoil(&folder, COPIES, 1);
    let listed = folder.wallet(&["list"]).ends(0).json();
    assert_eq!(listed["documents"], json!([]));
    assert_eq!(listed["unreadable"][0]["id"], json!(id));
    let said = folder.told(&["list", "--lang", "fr"]).ends(0).stdout;
    assert!(said.contains("✗ Document") && !said.contains("Valide jusqu’au"), "{said}");
    let export = folder.wallet(&["export", "less", "--passphrase-file", "words"]).ends(0).json();
    assert_eq!(export["complete"], false);
    folder.wallet(&["remove", &id[..8]]).ends(0);
    assert_eq!(folder.wallet(&["list"]).ends(0).json(), json!({"documents": []}));
}

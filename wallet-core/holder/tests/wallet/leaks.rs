//! What a thief of the files reads: nothing that was issued, nobody's name, no type, no PIN.

use std::collections::HashMap;
use std::fs;

use coffret_catalogue::specimens;
use coffret_cbor::{Encoded, Value};
use coffret_holder::{Reuse, TrustData, Wallet};
use coffret_store::Table;
use coffret_trust::Purpose;

use crate::story::{MDL, P256, PIN, Story};

/// Shorter ones stand in any file by chance.
const SHORTEST: usize = 6;

/// Every value of every specimen that cannot be there by chance, as it is encoded, and in a
/// portrait its middle.
fn values() -> Vec<(String, Vec<u8>)> {
    let mut values = Vec::new();
    for document in specimens().iter().flat_map(|person| person.documents) {
        values.push(("type".to_owned(), document.doc_type.as_bytes().to_vec()));
        for (namespace, id, value) in document.elements() {
            values.push(("namespace".to_owned(), namespace.as_bytes().to_vec()));
            values.push(("identifier".to_owned(), id.as_bytes().to_vec()));
            values.extend(parts(&value).into_iter().map(|part| (id.to_owned(), part)));
        }
    }
    values.retain(|(_, value)| value.len() >= SHORTEST);
    values
}

fn parts(value: &Value) -> Vec<Vec<u8>> {
    match value {
        Value::Text(text) => vec![text.as_bytes().to_vec()],
        Value::Bytes(bytes) => vec![bytes[bytes.len() / 2..][..32].to_vec()],
        Value::Array(items) => items.iter().flat_map(parts).collect(),
        Value::Map(pairs) => pairs.iter().flat_map(|(_, value)| parts(value)).collect(),
        Value::Tag(_, inner) => parts(inner),
        _ => Vec::new(),
    }
}

#[test]
fn the_files_say_nothing() {
    let (mut story, mut wallet) = Story::begin();
    let readers = story.pki.readers.clone();
    let registrar = story.pki.registrar.certificate_pem().unwrap();
    for data in
        [TrustData::Anchors(registrar.as_bytes(), Purpose::Registry), TrustData::Registry(&readers)]
    {
        wallet.import_trust(data, "source.pem", story.now, &mut story.rng).unwrap();
    }
    let mut keys = story.keys(&mut wallet, 1);
    for person in specimens() {
        for document in person.documents {
            let id = story.add(&mut wallet, person.id, document.doc_type, 1, Reuse::OneTime);
            wallet.document(id, story.now).unwrap();
        }
    }
    let someone = wallet.add_person("Grand-maman", &mut story.rng).unwrap();
    let ids: Vec<_> = wallet.documents(story.now).unwrap().iter().map(|card| card.id).collect();
    wallet.assign(ids[0], someone, &mut story.rng).unwrap();
    wallet.remove(ids[1], &mut story.rng).unwrap();
    wallet.new_keys(1, P256, &mut story.rng).unwrap();

    let mut marks = values();
    let searched = marks.len();
    marks.push(("PIN".to_owned(), PIN.as_bytes().to_vec()));
    marks.push(("source".to_owned(), b"source.pem".to_vec()));
    marks.push(("person".to_owned(), b"Grand-maman".to_vec()));
    marks.push(("registered".to_owned(), b"Pharmacie".to_vec()));
    marks.push(("key".to_owned(), b"PRIVATE KEY".to_vec()));
    marks.push(("key".to_owned(), Encoded::into_bytes(keys.remove(0).to_cose())));
    marks.push(("id".to_owned(), ids[0].to_string().into_bytes()));
    let mut starts: HashMap<&[u8], Vec<&(String, Vec<u8>)>> = HashMap::new();
    for mark in &marks {
        starts.entry(&mark.1[..SHORTEST]).or_default().push(mark);
    }
    let mut bytes = 0;
    for open in [true, false] {
        if !open {
            wallet = story.reopen(wallet);
        }
        for file in fs::read_dir(story.folder()).unwrap() {
            let path = file.unwrap().path();
            let content = fs::read(&path).unwrap();
            bytes += content.len();
            for (place, window) in content.windows(SHORTEST).enumerate() {
                for (what, mark) in starts.get(window).into_iter().flatten() {
                    let found = content[place..].starts_with(mark);
                    assert!(!found, "{what} in {}", path.display());
                }
            }
        }
    }
    drop(wallet);
    println!("{searched} values, none in {bytes} bytes");
}

/// What a person removes is not in the files from then on, not even sealed, though the wallet stays
/// open.
#[test]
fn nothing_is_left_of_what_a_person_removes() {
    let [people, copies, keys, trust, log] = [2, 4, 6, 7, 8].map(Table);
    type Removal = fn(&mut Story, &mut Wallet);
    let removals: [(&str, Table, Removal); 6] = [
        ("a document", copies, |story, wallet| {
            let id = wallet.documents(story.now).unwrap()[0].id;
            wallet.remove(id, &mut story.rng).unwrap();
        }),
        ("a key", keys, |story, wallet| {
            let id = wallet.documents(story.now).unwrap()[0].id;
            wallet.remove(id, &mut story.rng).unwrap();
            assert_eq!(story.destroy_keys(wallet), 1);
        }),
        ("an entry of the log", log, |story, wallet| {
            wallet.delete_log(&[0], &mut story.rng).unwrap();
        }),
        ("an authority", trust, |story, wallet| {
            let id = wallet.trust_list()[0].id;
            wallet.remove_trust(id, &mut story.rng).unwrap();
        }),
        ("a person", people, |story, wallet| {
            let id = wallet.people().unwrap()[1].id;
            wallet.delete_person(id, &mut story.rng).unwrap();
        }),
        ("one of two people", people, |story, wallet| {
            let people = wallet.people().unwrap();
            wallet.merge_people(people[1].id, people[0].id, &mut story.rng).unwrap();
        }),
    ];
    for (what, table, remove) in removals {
        let (mut story, mut wallet) = Story::begin();
        story.add(&mut wallet, "adulte", MDL, 1, Reuse::Reusable);
        wallet.add_person("Grand-maman", &mut story.rng).unwrap();
        crate::behind::an_entry(&mut story, &mut wallet);
        drop(wallet);
        let first = story.store().ids(table)[0];
        let file = rusqlite::Connection::open(story.folder().join("store")).unwrap();
        let body = "SELECT g FROM a WHERE b = ?1 AND c = ?2";
        let body: Vec<u8> =
            file.query_row(body, (table.0, first.as_bytes()), |row| row.get(0)).unwrap();
        drop(file);
        let is_left = |story: &Story| {
            let files = fs::read_dir(story.folder()).unwrap().map(|file| file.unwrap().path());
            let mut files = files.map(|file| fs::read(file).unwrap());
            files.any(|bytes| bytes.windows(16).any(|window| window == &body[..16]))
        };
        assert!(is_left(&story), "{what}");
        let mut wallet = Wallet::open(story.store()).unwrap();
        remove(&mut story, &mut wallet);
        assert!(!is_left(&story), "{what}");
    }
}

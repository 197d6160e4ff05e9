//! Three documents issued, checked, held and shown, by commands.

use coffret_catalogue::{Specimen, SpecimenDocument, specimen};
use coffret_cbor::Value;
use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value as Json, json};

use crate::program::{Folder, Ran};
use crate::search::Search;

pub(crate) const PIN: &str = "294817";

/// What each command about the wallet takes.
const WALLET: [&str; 6] = ["--wallet", "wallet", "--pin-file", "pin", "--secrets", "file:secrets"];

/// The person whose documents they are.
pub(crate) fn person() -> &'static Specimen {
    specimen("adulte").unwrap()
}

/// A PKI, and a wallet that trusts it and holds the person's documents.
pub(crate) fn held() -> (Folder, Vec<Ran>) {
    let folder = Folder::new();
    let mut said = vec![folder.run(&["pki", "pki"]).ends(0)];
    folder.write("pin", PIN);
    said.push(of_wallet(&folder, &["init"]).ends(0));
    for [file, purpose] in [
        ["pki/iaca.pem", "issuer"],
        ["pki/reader-ca.pem", "reader"],
        ["pki/registry.pem", "registry"],
        ["pki/readers.cose", "registry"],
    ] {
        said.push(of_wallet(&folder, &["trust", "add", file, "--purpose", purpose]).ends(0));
    }
    said.extend(person().documents.iter().flat_map(|document| issued(&folder, document, &[])));
    (folder, said)
}

/// A document, issued for a new key and added.
pub(crate) fn issued(folder: &Folder, document: &SpecimenDocument, more: &[&str]) -> [Ran; 2] {
    let keys = of_wallet(folder, &["--json", "keys", "--count", "1"]).ends(0);
    folder.write("keys.json", &keys.stdout);
    let mut data = json!({});
    for (namespace, id, value) in document.elements() {
        data[namespace][id] = form(&value);
    }
    folder.write("data.json", data.to_string());
    let issue = ["issue", "--type", document.doc_type, "--data", "data.json", "--pki", "pki"];
    let files = ["--keys", "keys.json", "--out", "credential"];
    let _ = std::fs::remove_file(folder.path("credential"));
    let issued = folder.run(&[&issue[..], &files, more].concat()).ends(0);
    [issued, of_wallet(folder, &["add", "credential"]).ends(0)]
}

/// A command upon the wallet.
pub(crate) fn of_wallet(folder: &Folder, arguments: &[&str]) -> Ran {
    folder.run(&[arguments, &WALLET].concat())
}

/// A presentation in ISO's order, over pipes: what the holder and the reader say of it.
pub(crate) fn by_pipe(folder: &Folder) -> [Ran; 2] {
    let present = ["present", "--link", "stdio", "--approve", "all", "--result", "presented.json"];
    folder.converse(&[&present[..], &WALLET].concat(), &read(&["--link", "stdio"]))
}

/// The same by QR pictures in a folder, the reader first.
pub(crate) fn by_qr(folder: &Folder) -> [Ran; 2] {
    let link = ["--link", "qr:codes", "--wait", "120"];
    let present = ["present", "--approve", "all", "--result", "presented.json"];
    folder.both(&[&present[..], &link, &WALLET].concat(), &read(&link))
}

fn read<'a>(link: &[&'a str]) -> Vec<&'a str> {
    let ask = ["--json", "read", "--purpose", "identity", "--trust", "pki/iaca.pem"];
    let who = ["--reader-pki", "pki", "--result", "verdict.json"];
    [&ask[..], &who, link].concat()
}

/// Every value of the person's documents that is long enough to be found, and not the issuer's own.
pub(crate) fn values() -> Search {
    let mut search = Search::default();
    for document in person().documents {
        for (_, id, value) in document.elements().filter(|(_, id, _)| !id.starts_with("issuing_")) {
            look_for(&mut search, id, &value);
        }
    }
    search
}

pub(crate) fn look_for(search: &mut Search, id: &str, value: &Value) {
    match value {
        Value::Text(text) => search.text(text),
        Value::Bytes(bytes) => search.bytes(bytes, id),
        Value::Tag(_, inner) => look_for(search, id, inner),
        Value::Array(items) => items.iter().for_each(|item| look_for(search, id, item)),
        Value::Map(pairs) => pairs.iter().for_each(|(_, item)| look_for(search, id, item)),
        _ => {}
    }
}

/// A value as `issue` reads it.
fn form(value: &Value) -> Json {
    match value {
        Value::Text(text) => json!(text),
        Value::Unsigned(number) => json!(number),
        Value::Bool(truth) => json!(truth),
        Value::Bytes(bytes) => json!({"bytes": BASE64URL_NOPAD.encode(bytes)}),
        Value::Tag(_, inner) => form(inner),
        Value::Array(items) => items.iter().map(form).collect(),
        Value::Map(pairs) => {
            let text = |key: &Value| match key {
                Value::Text(text) => text.clone(),
                _ => unreachable!("the catalogue's records have names"),
            };
            Json::Object(pairs.iter().map(|(key, value)| (text(key), form(value))).collect())
        }
        _ => unreachable!("no other kind of value in the catalogue's specimens"),
    }
}

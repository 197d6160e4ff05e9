//! `present` and `read`, each at an end of a link.

mod lines;
pub(crate) mod pictures;
#[cfg(unix)]
mod terminal;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::Child;
use std::sync::OnceLock;
use std::thread;

use serde_json::{Value as Json, json};

use crate::holder::WALLET;
use crate::program::{CARD, Folder, Ran, card};

pub(crate) const LICENCE: &str = "org.iso.18013.5.1.mDL";
pub(crate) const ISO: &str = "org.iso.18013.5.1";

/// A licence with two ages, as a person writes it.
fn licence() -> Json {
    let example = fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/permis.json")).unwrap();
    let mut licence: Json = serde_json::from_slice(&example).unwrap();
    licence[ISO]["age_over_18"] = true.into();
    licence[ISO]["age_over_65"] = false.into();
    licence
}

/// A folder with a PKI, and a wallet that trusts it and has a licence and a health card. It is made
/// once: it takes the command line a dozen times the cost of a PIN.
pub(crate) fn equipped() -> Folder {
    static FIRST: OnceLock<Folder> = OnceLock::new();
    let first = FIRST.get_or_init(|| {
        let folder = crate::holder::trusting_wallet();
        folder.wallet(&["trust", "add", "pki/registry.pem", "--purpose", "registry"]).ends(0);
        folder.wallet(&["trust", "add", "pki/readers.cose"]).ends(0);
        let mut own = card();
        own[CARD]["family_name_birth"] = licence()[ISO]["family_name"].take();
        own[CARD]["birth_date"] = licence()[ISO]["birth_date"].take();
        for (doc_type, data) in [(LICENCE, licence()), (CARD, own)] {
            let keys = folder.wallet(&["keys", "--count", "1"]).ends(0).stdout;
            folder.write("keys.json", keys);
            folder.write("data.json", data.to_string());
            let issue = ["issue", "--type", doc_type, "--data", "data.json", "--pki", "pki"];
            let files = ["--keys", "keys.json", "--out", doc_type];
            folder.run(&[&issue[..], &files].concat()).ends(0);
            folder.wallet(&["add", doc_type]).ends(0);
        }
        folder
    });
    first.copy()
}

pub(crate) fn present<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["--json", "present"], more, &WALLET].concat()
}

pub(crate) fn read<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["--json", "read", "--trust", "pki/iaca.pem"], more].concat()
}

/// What the two programs did, and the lines that went between them.
pub(crate) struct Talk {
    pub(crate) present: Ran,
    pub(crate) read: Ran,
    from_wallet: Vec<String>,
    from_reader: Vec<String>,
}

/// Both commands, each the other's standard input and output.
pub(crate) fn talk(folder: &Folder, present: &[&str], read: &[&str]) -> Talk {
    let (mut wallet, mut reader) = (folder.spawn(present, &[]), folder.spawn(read, &[]));
    let to_reader = carry(&mut wallet, &mut reader);
    let to_wallet = carry(&mut reader, &mut wallet);
    let (from_wallet, from_reader) = (to_reader.join().unwrap(), to_wallet.join().unwrap());
    Talk { present: Ran::of(wallet), read: Ran::of(reader), from_wallet, from_reader }
}

/// Carries lines until there are no more, and keeps them.
fn carry(from: &mut Child, to: &mut Child) -> thread::JoinHandle<Vec<String>> {
    let (output, mut input) = (from.stdout.take().unwrap(), to.stdin.take().unwrap());
    thread::spawn(move || {
        let mut lines = Vec::new();
        for line in BufReader::new(output).lines() {
            let line = line.unwrap();
            // The other side may have ended.
            let _ = writeln!(input, "{line}");
            lines.push(line);
        }
        lines
    })
}

/// The result of a command whose standard output is taken.
fn result(ran: &Ran) -> Json {
    let last = ran.stderr.lines().last().unwrap_or_else(|| panic!("nothing said"));
    serde_json::from_str(last).unwrap_or_else(|_| panic!("no result: {}", ran.stderr))
}

/// The elements that a wallet says it has shown, of one document.
fn shown(sent: &Json) -> Vec<String> {
    let elements = elements(&sent["documents"]);
    let elements = elements.as_object().unwrap().values().flat_map(|ids| ids.as_array().unwrap());
    let mut shown: Vec<_> = elements.map(|id| id.as_str().unwrap().to_owned()).collect();
    shown.sort();
    shown
}

/// The elements of a result, of one document.
fn elements(documents: &Json) -> Json {
    assert_eq!(documents.as_array().unwrap().len(), 1, "{documents}");
    documents[0]["elements"].clone()
}

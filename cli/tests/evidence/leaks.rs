//! No value reaches the store's files in the clear, nor what is printed for developers.

use std::fs;

use crate::program::Folder;
use crate::search::{Search, files};
use crate::story::{self, PIN, by_pipe, by_qr, held, look_for, of_wallet, person};

/// Values, and what would tell a thief which documents are held, of what, for whom.
fn secrets() -> Search {
    let mut search = Search::default();
    search.text(PIN);
    for document in person().documents {
        search.text(document.doc_type);
        for (namespace, id, value) in document.elements() {
            search.text(namespace);
            search.text(id);
            look_for(&mut search, id, &value);
        }
    }
    for word in ["Autorité", "identity", "SPÉCIMEN", "BEGIN CERTIFICATE", "deviceKey"] {
        search.text(word);
    }
    search
}

fn tells_nothing(folder: &Folder, names: &[&str]) {
    let secrets = secrets();
    for name in names {
        let path = folder.path(name);
        let files = if path.is_dir() { files(&path) } else { vec![path] };
        assert!(!files.is_empty(), "{name} is empty");
        for file in files {
            let found = &secrets.found_in(&fs::read(&file).unwrap());
            assert!(found.is_empty(), "{} tells {found:?}", file.display());
        }
    }
}

#[test]
fn a_wallet_tells_nothing() {
    let (folder, mut said) = held();
    let credential = fs::read(folder.path("credential")).unwrap();
    let control = secrets().found_in(&credential).len();
    assert!(control > 30, "the last credential, in the clear, has {control} of them");
    let listed = of_wallet(&folder, &["--json", "list"]).ends(0);
    let values = story::values();
    assert!(!values.found_in(&listed.stdout).is_empty(), "whose they are is shown");

    for ends in [by_pipe(&folder), by_qr(&folder)] {
        said.extend(ends.map(|ran| ran.ends(0)));
        assert_eq!(folder.json("verdict.json")["valid"], true);
    }
    folder.write("passphrase", "une phrase assez longue");
    let export = ["export", "export", "--passphrase-file", "passphrase"];
    let asked: [&[&str]; 6] =
        [&["notices"], &["log"], &["log", "--verify"], &["trust", "list"], &["list"], &export];
    for arguments in asked {
        said.push(of_wallet(&folder, arguments).ends(0));
    }
    // What is refused says why, and not of what.
    let mut altered = credential;
    *altered.last_mut().unwrap() ^= 1;
    folder.write("altered", altered);
    said.push(of_wallet(&folder, &["add", "altered"]).ends(1));
    said.push(of_wallet(&folder, &["show", "00"]).ends(2));
    folder.write("pin", "000000");
    said.push(of_wallet(&folder, &["list"]).ends(1));
    tells_nothing(&folder, &["wallet", "secrets", "export"]);

    for ran in &said {
        let found = values.found_in(&ran.stderr);
        assert!(found.is_empty(), "{found:?} in: {}", String::from_utf8_lossy(&ran.stderr));
    }
}

#[test]
fn a_demo_tells_nothing() {
    let folder = Folder::new();
    let ran = folder.run(&["demo", "--out", "out"]).ends(0);
    tells_nothing(&folder, &["out/wallet"]);
    let values = story::values();
    for message in files(&folder.path("out/messages")) {
        let found = values.found_in(&fs::read(&message).unwrap());
        assert!(found.is_empty(), "{} tells {found:?}", message.display());
    }
    let found = values.found_in(&ran.stderr);
    assert!(found.is_empty(), "{found:?} in: {}", String::from_utf8_lossy(&ran.stderr));
}

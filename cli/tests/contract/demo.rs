use std::fs;
use std::thread;

use serde_json::json;

use crate::link::pictures::{pictures, second_decoder};
use crate::program::{Folder, Ran};

const SCENES: [&str; 9] = [
    "wallet",
    "issue",
    "add",
    "ask",
    "consent",
    "answer",
    "health-card",
    "birth-certificate",
    "files",
];

/// The demo, whose temporary folder is one of ours.
fn demo(folder: &Folder, arguments: &[&str], lang: &str) -> Ran {
    let temporary = folder.path("temporary");
    fs::create_dir_all(&temporary).unwrap();
    let variables = [("TMPDIR", temporary.to_str().unwrap()), ("LC_ALL", lang)];
    folder.run_with(&[&["demo"], arguments].concat(), &variables, b"")
}

#[test]
fn the_story_is_told_to_programs() {
    let folder = Folder::new();
    let told = demo(&folder, &["--json"], "fr_CA").ends(0);
    assert_eq!(told.stderr, "", "nobody looks: no progress");
    let told = told.json();
    let steps = told["steps"].as_array().unwrap();
    let scenes: Vec<_> = steps.iter().map(|step| step["step"].as_str().unwrap()).collect();
    assert_eq!(scenes, SCENES);
    assert!(steps.iter().all(|step| step["milliseconds"].is_u64()));
    let verdicts = told["verdicts"].as_array().unwrap();
    let types: Vec<_> = verdicts
        .iter()
        .map(|verdict| verdict["documents"][0]["docType"].as_str().unwrap())
        .collect();
    assert_eq!(
        types,
        ["org.iso.18013.5.1.mDL", "ca.qc.gouv.ramq.cam.1", "ca.qc.gouv.etatcivil.naissance.1"]
    );
    assert!(verdicts.iter().all(|verdict| verdict["valid"] == true));
    let age = &verdicts[0]["documents"][0]["elements"];
    assert_eq!(age["org.iso.18013.5.1"], json!({"age_over_18": true}));
    assert_eq!(age["ca.qc.gouv.saaq.1"].as_object().unwrap().len(), 1, "the small portrait alone");
    assert_eq!(told["out"], json!(null));
    assert_eq!(fs::read_dir(folder.path("temporary")).unwrap().count(), 0, "nothing is left");
}

#[test]
fn the_story_is_told_to_people_in_their_language() {
    let folder = Folder::new();
    for (lang, words) in [
        (
            "fr_CA",
            ["Permis de conduire", "Petite photo", "ACCEPTÉ", "TREM 8553 1211", "12 mars 1985"],
        ),
        (
            "en_CA",
            ["Driver’s licence", "Small photo", "ACCEPTED", "TREM 8553 1211", "March 12, 1985"],
        ),
    ] {
        let told = demo(&folder, &[], lang).ends(0).stdout;
        for words in words {
            assert!(told.contains(words), "{words}: {told}");
        }
        assert!(!told.contains("SPÉCIMEN"), "accepted, and without value: {told}");
        assert!(!told.contains('\u{1b}'), "no terminal: no colour");
        assert!(told.lines().all(|line| line == line.trim_end()), "{told}");
    }
}

#[test]
fn what_it_leaves_can_be_looked_at() {
    let folder = Folder::new();
    let told = demo(&folder, &["--json", "--out", "kept"], "en_CA").ends(0).json();
    assert_eq!(told["out"], "kept");
    let drawn = folder.path("kept/pictures");
    let frames =
        |side| pictures(&drawn, side).iter().map(|path| second_decoder(path)).collect::<Vec<_>>();
    assert!(frames("reader-").iter().all(|frame| frame.starts_with("UR:X-MDOC-READER/")));
    assert!(frames("wallet-").len() > 8);
    let messages: Vec<_> = fs::read_dir(folder.path("kept/messages")).unwrap().collect();
    assert_eq!(messages.len(), 1 + 3 + 3, "a reader's code; twice request, response, status");
    for message in messages {
        folder.run(&["inspect", message.unwrap().path().to_str().unwrap()]).ends(0);
    }
    assert!(folder.path("kept/wallet").is_dir());

    let again = demo(&folder, &["--json", "--out", "kept"], "en_CA").ends(2);
    assert_eq!(again.codes(), ["file-exists"]);
}

#[cfg(unix)]
#[test]
fn stopped_it_leaves_nothing() {
    let folder = Folder::new();
    let temporary = folder.path("temporary");
    fs::create_dir_all(&temporary).unwrap();
    let entries = || fs::read_dir(&temporary).unwrap().count();
    let variables = [("TMPDIR", temporary.to_str().unwrap()), ("LC_ALL", "en_CA")];
    let child = folder.spawn(&["demo", "--json"], &variables);
    while entries() == 0 {
        thread::yield_now();
    }
    crate::program::signal(&child, "INT");
    let stopped = Ran::of(child).ends(130);
    assert_eq!(stopped.codes(), ["interrupted"]);
    assert_eq!(entries(), 0);
}

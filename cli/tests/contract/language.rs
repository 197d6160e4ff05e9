//! What holds for every command: languages, help, wrong use, readers who leave.

use std::process::{Command, Stdio};

use crate::program::Folder;

#[test]
fn the_language_is_asked_for_else_the_system_s_else_french() {
    let folder = Folder::new();
    let (french, english) = ("Portefeuille", "A digital identity wallet");
    for (arguments, variables, expected) in [
        (&["--help"][..], &[("LC_ALL", ""), ("LC_MESSAGES", ""), ("LANG", "C.UTF-8")][..], french),
        (&["--help"], &[("LC_ALL", ""), ("LC_MESSAGES", ""), ("LANG", "en_CA.UTF-8")], english),
        (&["--help"], &[("LC_ALL", ""), ("LC_MESSAGES", "fr_CA"), ("LANG", "en_CA")], french),
        (&["--help"], &[("LC_ALL", "en"), ("LC_MESSAGES", "fr_CA"), ("LANG", "fr_CA")], english),
        (&["--lang", "fr", "--help"], &[("LC_ALL", "en")], french),
        (&["--help", "--lang=en"], &[("LC_ALL", "fr_CA")], english),
    ] {
        let ran = folder.run_with(arguments, variables, b"").ends(0);
        assert!(ran.stdout.starts_with(expected), "{arguments:?} {variables:?}: {}", ran.stdout);
    }
}

#[test]
fn each_command_shows_an_example() {
    let folder = Folder::new();
    for command in [
        "demo",
        "pki",
        "issue",
        "verify",
        "inspect",
        "init",
        "pin",
        "erase",
        "keys",
        "trust add",
        "trust list",
        "trust remove",
        "add",
        "list",
        "show",
        "remove",
        "notices",
        "log",
        "log delete",
        "export",
        "present",
        "read",
    ] {
        for (lang, word) in [("fr", "Exemple"), ("en", "Example")] {
            let words: Vec<_> = command.split(' ').collect();
            let asked = [&["--lang", lang], &words[..], &["--help"]].concat();
            let said = folder.run(&asked).ends(0).stdout;
            assert!(said.contains(word), "{said}");
            assert!(said.contains(&format!("coffret {command}")), "{said}");
        }
    }
}

#[test]
fn wrong_use_says_what_is_not_understood() {
    let folder = Folder::new();
    for (arguments, given) in [
        (&["presnt"][..], "presnt"),
        (&["verify"], "<FILE>"),
        (&["verify", "--unheard-of", "file"], "--unheard-of"),
        (&["verify", "--lang", "de", "file"], "--lang <fr|en> de"),
        (&["verify", "--now", "tomorrow", "file"], "--now <RFC3339> tomorrow"),
    ] {
        let ran = folder.json(arguments).ends(2);
        assert_eq!(ran.codes(), ["usage"]);
        assert_eq!(ran.json()["errors"][0]["given"], given);
        assert!(ran.stderr.contains(given), "{}", ran.stderr);
        assert_eq!(folder.run(arguments).ends(2).stdout, "");
    }
    let nothing = Command::new(env!("CARGO_BIN_EXE_coffret")).output().unwrap();
    assert_eq!(nothing.status.code(), Some(2));
}

#[test]
fn a_reader_who_leaves_is_no_failure() {
    let large = "80".repeat(100_000);
    let large = format!("9a000186a0{large}");
    let folder = Folder::new();
    folder.write("large", large);
    let mut child = Command::new(env!("CARGO_BIN_EXE_coffret"))
        .args(["inspect", "large"])
        .current_dir(folder.path(""))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty());
}

//! What is taken along to be read elsewhere.

use coffret_cbor::Item;
use coffret_holder::export;

use serde_json::json;

use crate::holder::{WALLET, trusting_wallet, wallet_with_card};
use crate::program::{CARD, NOW, card};

const PASSPHRASE: &str = "quatre mots dits ensemble";

#[test]
fn an_export_is_read_with_its_passphrase_and_says_what_it_is_not() {
    let folder = wallet_with_card(1, &[]);
    folder.write("words", PASSPHRASE);
    let command = ["export", "out", "--passphrase-file", "words"];
    let ran = folder.wallet(&command).ends(0).json();
    assert_eq!((&ran["presentable"], &ran["complete"]), (&json!(false), &json!(true)));
    #[cfg(unix)]
    assert_eq!(mode(&folder.path("out")), 0o600);
    let sealed = folder.read("out");
    for said in ["Tremblay", "TREM", CARD] {
        assert!(!sealed.windows(said.len()).any(|window| window == said.as_bytes()), "{said}");
    }
    let content = export::open(&sealed, PASSPHRASE).unwrap();
    let content = Item::parse(&content).unwrap().map().unwrap();
    assert_eq!(content.require("documents").unwrap().array().unwrap().count(), 1);
    assert!(export::open(&sealed, "quatre mots dits ensembl").is_err());

    let known = folder.json(&["inspect", "out"]).ends(0).json();
    assert_eq!(known["kind"], "wallet export");
    let opened = folder.json(&["inspect", "out", "--passphrase-file", "words"]).ends(0).json();
    assert_eq!(opened["facts"]["logEntries"], "0");
    assert!(opened["value"]["documents"][0]["elements"][CARD].is_object());
    let wrong = folder.json(&["inspect", "out", "--passphrase-file", "pin"]).ends(1);
    assert_eq!(wrong.codes(), ["export-sealed"]);

    assert_eq!(folder.wallet(&command).ends(2).codes(), ["file-exists"]);
    let french = ["export", "again", "--passphrase-file", "words", "--lang", "fr"];
    let said = folder.run(&[&french[..], &WALLET].concat()).ends(0).stdout;
    assert!(said.contains("il ne peut pas être présenté"), "{said}");
}

#[cfg(unix)]
fn mode(path: &std::path::Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_short_passphrase_is_refused() {
    let folder = wallet_with_card(1, &[]);
    folder.write("words", "trop court\nla suite n’y est pas");
    let ran = folder.wallet(&["export", "out", "--passphrase-file", "words"]).ends(1);
    assert_eq!(ran.codes(), ["export-passphrase-short"]);
    assert!(!folder.path("out").exists());
}

/// A limit on files stands for a full disk; what the wallet itself writes is within it.
#[test]
#[cfg(target_os = "linux")]
fn an_export_that_cannot_be_finished_leaves_nothing() {
    let folder = trusting_wallet();
    let mut data = card();
    data["ca.coffret.test"] = json!({"blob": {"bytes": "A".repeat(80_000)}});
    folder.credentials(1, &data, &[]);
    folder.wallet(&["add", "card.cbor"]).ends(0);
    folder.wallet(&["log", "--verify"]).ends(0);
    folder.write("words", PASSPHRASE);
    let script = r#"trap "" XFSZ; ulimit -f 32; exec "$0" "$@""#;
    let mut command = std::process::Command::new("sh");
    command.args(["-c", script, env!("CARGO_BIN_EXE_coffret"), "--json", "--now", NOW]);
    command.args(["export", "out", "--passphrase-file", "words"]).args(WALLET);
    let ran = command.current_dir(folder.path(".")).output().unwrap();
    let said = String::from_utf8_lossy(&ran.stdout);
    assert_eq!(ran.status.code(), Some(2), "{said}");
    assert!(said.contains("file-unwritable"), "{said}");
    assert!(!folder.path("out").exists());
    folder.wallet(&["export", "out", "--passphrase-file", "words"]).ends(0);
}

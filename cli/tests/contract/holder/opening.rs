//! Making a wallet, opening it, changing its PIN, erasing it.

use std::fs;

use coffret_catalogue::Lang;
use coffret_store::{BootTime, Pin};

use crate::holder::{PIN, WALLET, locked, new_wallet};
use crate::program::Folder;

/// A command for each way to open a wallet.
const COMMANDS: [&[&str]; 11] = [
    &["pin", "--new-pin-file", "pin"],
    &["erase"],
    &["keys", "--count", "1"],
    &["trust", "list"],
    &["trust", "remove", "00"],
    &["list"],
    &["show", "00"],
    &["remove", "00"],
    &["notices"],
    &["log"],
    &["log", "delete", "all"],
];

#[test]
fn a_wallet_is_made_once() {
    let folder = new_wallet();
    let made = fs::read_dir(folder.path("wallet")).unwrap().count();
    assert!(made > 0);
    assert_eq!(folder.wallet(&["init"]).ends(2).codes(), ["wallet-exists"]);
    assert_eq!(folder.documents().len(), 0, "it was not touched");
}

#[test]
fn the_place_is_said() {
    let folder = Folder::new();
    folder.write("pin", PIN);
    let made = folder.wallet(&["init"]).ends(0).json();
    assert_eq!(made["wallet"], folder.path("wallet").display().to_string());
}

#[test]
fn a_bad_pin_makes_no_wallet() {
    let folder = Folder::new();
    for (pin, code) in [
        ("12345", "pin-form"),
        ("48291x", "pin-form"),
        (" 482915", "pin-form"),
        ("", "pin-form"),
        ("123456", "pin-obvious"),
        ("000000", "pin-obvious"),
    ] {
        folder.write("pin", pin);
        assert_eq!(folder.wallet(&["init"]).ends(1).codes(), [code], "{pin}");
        assert_eq!(folder.wallet(&["list"]).ends(2).codes(), ["wallet-missing"]);
    }
}

#[test]
fn there_is_no_wallet_unless_one_is_made() {
    let folder = Folder::new();
    folder.write("pin", PIN);
    for command in COMMANDS {
        assert_eq!(folder.wallet(command).ends(2).codes(), ["wallet-missing"], "{command:?}");
        assert!(!folder.path("wallet").exists(), "{command:?}");
        assert!(!folder.path("secrets").exists(), "{command:?}");
    }
}

#[test]
fn a_wrong_pin_opens_nothing() {
    for command in COMMANDS {
        let folder = new_wallet();
        folder.write("pin", "482916");
        let ran = folder.wallet(command).ends(1);
        assert_eq!(ran.codes(), ["pin-wrong"], "{command:?}");
        assert_eq!(ran.json()["errors"][0]["triesLeft"], 15);
        assert_eq!(ran.json()["errors"][0]["waitSeconds"], 0);
        folder.write("pin", PIN);
        assert_eq!(folder.documents().len(), 0);
    }
}

#[test]
fn tries_are_counted_across_processes_whatever_the_date() {
    let folder = new_wallet();
    folder.write("pin", "482916");
    for left in [15, 14, 13, 12, 11] {
        let ran = folder.wallet(&["list"]).ends(1);
        assert_eq!(ran.json()["errors"][0]["triesLeft"], left);
    }
    folder.write("pin", PIN);
    for now in ["2026-11-22T12:00:00Z", "2036-11-22T12:00:00Z"] {
        let ran = folder.wallet(&["list", "--now", now]).ends(1);
        assert_eq!(ran.codes(), ["pin-wait"]);
        let wait = ran.json()["errors"][0]["waitSeconds"].as_u64().unwrap();
        assert!((1..=60).contains(&wait), "{wait}");
    }
    for (lang, said) in
        [("en", "Next try in 1\u{a0}min, "), ("fr", "Prochain essai dans 1\u{a0}min, ")]
    {
        let ran = folder.told(&["list", "--lang", lang]).ends(1);
        assert!(ran.stderr.contains(said), "{}", ran.stderr);
    }
}

#[test]
fn the_right_pin_forgets_the_wrong_ones() {
    let folder = new_wallet();
    folder.write("wrong", "482916");
    let wrong = ["list", "--wallet", "wallet", "--secrets", "file:secrets", "--pin-file", "wrong"];
    for _ in 0..2 {
        for left in [15, 14] {
            assert_eq!(folder.json(&wrong).ends(1).json()["errors"][0]["triesLeft"], left);
        }
        folder.documents();
    }
}

#[test]
fn the_first_line_is_the_pin() {
    let folder = new_wallet();
    for pin in ["482915", "482915\n", "482915\r\n", "482915\nsomething else\n"] {
        folder.write("pin", pin);
        folder.wallet(&["list"]).ends(0);
    }
    folder.write("pin", [0xff, 0xfe]);
    assert_eq!(folder.wallet(&["list"]).ends(2).codes(), ["file-not-text"]);
    fs::remove_file(folder.path("pin")).unwrap();
    assert_eq!(folder.wallet(&["list"]).ends(2).codes(), ["file-unreadable"]);
}

#[test]
fn the_pin_changes() {
    let folder = new_wallet();
    folder.write("new", "730164\n");
    folder.write("obvious", "111111\n");
    let ran = folder.wallet(&["pin", "--new-pin-file", "obvious"]).ends(1);
    assert_eq!(ran.codes(), ["pin-obvious"]);
    folder.wallet(&["pin", "--new-pin-file", "new"]).ends(0);
    assert_eq!(folder.wallet(&["list"]).ends(1).codes(), ["pin-wrong"]);
    folder.write("pin", "730164\n");
    folder.wallet(&["list"]).ends(0);
}

#[test]
fn erasing_leaves_nothing_and_makes_room() {
    let folder = new_wallet();
    assert_eq!(folder.wallet(&["erase"]).ends(0).json()["erased"], true);
    assert!(!folder.path("secrets").exists());
    assert_eq!(folder.wallet(&["list"]).ends(2).codes(), ["wallet-missing"]);
    folder.wallet(&["init"]).ends(0);
}

#[test]
fn what_no_pin_opens_any_more_can_still_be_erased() {
    let folder = new_wallet();
    let wrong = Pin::parse("482916").unwrap();
    for boot in 0..16 {
        // After a reboot, a week later.
        let boot = BootTime { boot: [boot; 16], seconds: 7 * 24 * 60 * 60, wall: None };
        assert!(locked(&folder).unlock(&wrong, boot).is_err());
    }
    assert_eq!(folder.wallet(&["list"]).ends(1).codes(), ["pin-tries-exhausted"]);
    assert_eq!(folder.wallet(&["init"]).ends(1).codes(), ["pin-tries-exhausted"]);
    let told = folder.told(&["init", "--lang", "fr"]).ends(1).stderr;
    assert!(told.contains("coffret erase, puis coffret init"), "{told}");
    folder.wallet(&["erase"]).ends(0);
    folder.wallet(&["init"]).ends(0);
}

#[test]
fn the_secrets_are_those_of_the_wallet_or_it_stays_shut() {
    let folder = new_wallet();
    let own = folder.read("secrets");
    fs::rename(folder.path("wallet"), folder.path("first")).unwrap();
    fs::remove_file(folder.path("secrets")).unwrap();
    folder.wallet(&["init"]).ends(0);
    folder.write("secrets", own);
    let ran = folder.wallet(&["list"]).ends(1);
    assert_eq!(ran.codes(), ["secrets-of-another-wallet"]);
    fs::remove_file(folder.path("secrets")).unwrap();
    assert_eq!(folder.wallet(&["list"]).ends(2).codes(), ["secrets-missing"]);
}

#[test]
fn where_the_secrets_are_is_said_in_two_ways() {
    let folder = new_wallet();
    for secrets in ["nowhere", "file:", "http:there"] {
        let arguments = ["list", "--wallet", "wallet", "--pin-file", "pin", "--secrets", secrets];
        assert_eq!(folder.json(&arguments).ends(2).codes(), ["usage"], "{secrets}");
    }
}

#[test]
fn the_wallet_s_own_files_are_no_place_for_its_secrets() {
    let folder = Folder::new();
    folder.write("pin", PIN);
    let refused = |command, path: &str| {
        let secrets = format!("file:{path}");
        let arguments = [command, "--wallet", "wallet", "--pin-file", "pin", "--secrets", &secrets];
        let ran = folder.json(&arguments).ends(2);
        assert_eq!(ran.codes(), ["secrets-over-wallet-file"], "{command} {path}");
    };
    let paths = [
        "wallet/store",
        "wallet/store-wal",
        "wallet/store-shm",
        "wallet/store-journal",
        "wallet/lock",
        "wallet/lock.next",
        "wallet/STORE",
        "./wallet/../wallet//store.next",
        &folder.path("wallet/store").display().to_string(),
    ];
    paths.iter().for_each(|path| refused("init", path));
    assert!(!folder.path("wallet").exists());
    folder.wallet(&["init"]).ends(0);
    let store = folder.read("wallet/store");
    paths.iter().for_each(|path| refused("list", path));
    #[cfg(unix)]
    for (link, to) in [("folder", "wallet"), ("file", "wallet/store")] {
        std::os::unix::fs::symlink(folder.path(to), folder.path(link)).unwrap();
        refused("erase", if link == "file" { link } else { "folder/store" });
    }
    assert_eq!(folder.read("wallet/store"), store);
    let inside =
        ["--json", "init", "--wallet", "other", "--pin-file", "pin", "--secrets", "file:other/key"];
    folder.run(&inside).ends(0);
}

#[test]
#[cfg(target_os = "linux")]
fn the_default_place_is_the_system_s() {
    let folder = Folder::new();
    folder.write("pin", PIN);
    let data = folder.path("data").display().to_string();
    let arguments = ["--json", "init", "--pin-file", "pin", "--secrets", "file:secrets"];
    folder.run_with(&arguments, &[("XDG_DATA_HOME", &data)], b"").ends(0);
    assert!(folder.path("data/coffret").is_dir());
}

#[test]
fn options_stand_on_either_side_of_the_action() {
    let folder = new_wallet();
    let before = [&["--json", "trust"], &WALLET[..], &["list"]].concat();
    folder.run(&before).ends(0);
}

#[test]
fn a_wallet_remembers_where_its_secrets_are() {
    let folder = new_wallet();
    // This one, and not the one that it is a copy of.
    folder.documents();
    fs::create_dir(folder.path("elsewhere")).unwrap();
    fs::rename(folder.path("wallet"), folder.path("elsewhere/moved")).unwrap();
    let list = |wallet: &str| folder.json(&["list", "--wallet", wallet, "--pin-file", "pin"]);
    list("elsewhere/moved").ends(0);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(folder.path("elsewhere/moved"), folder.path("link")).unwrap();
        list("link").ends(0);
    }
    let place = format!("file {}\n", folder.path("secrets").display());
    assert_eq!(folder.read("elsewhere/moved/secrets-place"), place.as_bytes(), "from any folder");

    // Where they are now is remembered from now on.
    fs::rename(folder.path("secrets"), folder.path("other")).unwrap();
    let ran = list("elsewhere/moved").ends(2);
    assert_eq!(ran.codes(), ["secrets-missing"]);
    assert_eq!(ran.json()["errors"][0]["given"], folder.path("secrets").display().to_string());
    let given = ["--wallet", "elsewhere/moved", "--pin-file", "pin", "--secrets", "file:other"];
    folder.json(&[&["list"], &given[..]].concat()).ends(0);
    list("elsewhere/moved").ends(0);
    folder.json(&[&["erase"], &given[..]].concat()).ends(0);
    assert!(!folder.path("elsewhere/moved/secrets-place").exists());
}

#[test]
fn secrets_without_a_file_have_a_way_out() {
    let folder = new_wallet();
    assert_eq!(
        folder.wallet(&["secrets", "erase", "--yes"]).ends(2).codes(),
        ["wallet-file-there"]
    );
    let lose: [&dyn Fn(); 2] = [&|| fs::remove_file(folder.path("wallet/store")).unwrap(), &|| {
        fs::remove_dir_all(folder.path("wallet")).unwrap()
    }];
    for lose in lose {
        lose();
        for command in [&["list"][..], &["init"], &["erase"]] {
            assert_eq!(folder.wallet(command).ends(2).codes(), ["wallet-file-missing"]);
        }
        let told = folder.told(&["list", "--lang", "fr"]).ends(2);
        assert!(told.stderr.contains("coffret secrets erase"), "{}", told.stderr);
        let asked = folder.wallet(&["secrets", "erase"]).ends(2);
        assert_eq!(asked.codes(), ["terminal-missing"]);
        assert_eq!(folder.wallet(&["secrets", "erase", "--yes"]).ends(0).json()["erased"], true);
        assert!(!folder.path("secrets").exists());
        let ran = folder.wallet(&["secrets", "erase", "--yes"]).ends(2);
        assert_eq!(ran.codes(), ["wallet-missing"]);
        folder.wallet(&["init"]).ends(0);
    }
}

#[test]
fn a_file_without_its_secrets_has_a_way_out() {
    let folder = new_wallet();
    fs::copy(folder.path("secrets"), folder.path("older")).unwrap();
    folder.wallet(&["keys"]).ends(0);
    fs::rename(folder.path("secrets"), folder.path("copy")).unwrap();
    let told = folder.told(&["list", "--lang", "fr"]).ends(2);
    assert!(told.stderr.contains("coffret secrets restore FICHIER"), "{}", told.stderr);
    let restore = |file| folder.wallet(&["secrets", "restore", file]);
    assert_eq!(restore("nothing").ends(2).codes(), ["file-unreadable"]);
    assert_eq!(restore("older").ends(1).codes(), ["secrets-older"]);
    assert_eq!(restore("pin").ends(1).codes(), ["secrets-malformed"]);
    assert_eq!(restore("copy").ends(0).json()["restored"], true);
    folder.wallet(&["list"]).ends(0);

    // Where there is no copy, what no PIN opens any more is erased by whoever says so: each error on the
    // way names the next command.
    fs::remove_file(folder.path("secrets")).unwrap();
    for command in ["list", "init", "erase"] {
        let told = folder.told(&[command, "--lang", "fr"]).ends(2).stderr;
        assert!(told.contains("secrets-missing"), "{told}");
        assert!(
            told.contains("sans copie\u{a0}: coffret erase --yes, puis coffret init"),
            "{told}"
        );
    }
    folder.wallet(&["erase", "--yes"]).ends(0);
    folder.wallet(&["init"]).ends(0);
    folder.write("pin", "482916");
    assert_eq!(folder.wallet(&["erase", "--yes"]).ends(1).codes(), ["pin-wrong"]);
}

/// Before anything else is tried, a person is told how to have the wallet back.
#[test]
fn erasing_is_never_the_first_advice() {
    for sentence in coffret_catalogue::sentences() {
        for (lang, erase) in [(Lang::French, "effac"), (Lang::English, "erase")] {
            let next = sentence.said(lang).next.to_lowercase();
            let first = next.split(['.', ',', ';', ':']).next().unwrap_or_default();
            let is_about_erasing = ["erased-file-left"].contains(&sentence.code);
            assert!(is_about_erasing || !first.contains(erase), "{}: {first}", sentence.code);
        }
    }
}

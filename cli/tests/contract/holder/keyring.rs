//! The secrets where nothing is said of them: in the system's keyring, if it has one.

use crate::holder::PIN;
use crate::program::Folder;

#[test]
#[cfg(target_os = "linux")]
fn without_a_keyring_the_other_way_is_named() {
    let folder = Folder::new();
    folder.write("pin", PIN);
    let nowhere = [("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere"), ("LC_ALL", "en")];
    let arguments = ["--json", "init", "--wallet", "wallet", "--pin-file", "pin"];
    let ran = folder.run_with(&arguments, &nowhere, b"").ends(2);
    assert_eq!(ran.codes(), ["keyring-missing"]);
    assert!(ran.stderr.contains("--secrets file:PATH"), "{}", ran.stderr);
}

#[test]
fn the_keyring_has_the_secrets_until_they_are_erased() {
    if std::env::var_os("COFFRET_TEST_KEYRING").is_none() {
        println!("skipped: no keyring to write to (cargo xtask test secret-service)");
        return;
    }
    let folder = Folder::new();
    folder.write("pin", PIN);
    folder.write("wrong", "482916");
    let command = |name, pin, more: &[&str]| {
        let place: &[&str] = if more.contains(&"--wallet") { &[] } else { &["--wallet", "wallet"] };
        folder.json(&[&[name, "--pin-file", pin], place, more].concat())
    };
    command("init", "pin", &[]).ends(0);
    assert_eq!(command("list", "wrong", &[]).ends(1).codes(), ["pin-wrong"]);
    command("list", "pin", &[]).ends(0);
    command("list", "pin", &["--secrets", "keyring"]).ends(0);
    let elsewhere = command("list", "pin", &["--secrets", "file:secrets"]).ends(2);
    assert_eq!(elsewhere.codes(), ["secrets-missing"]);
    // Wherever the folder is, and whatever leads to it.
    std::fs::rename(folder.path("wallet"), folder.path("moved")).unwrap();
    command("list", "pin", &["--wallet", "moved"]).ends(0);
    let meanwhile = command("init", "pin", &[]).ends(0);
    assert_eq!(meanwhile.json()["wallet"], folder.path("wallet").display().to_string());
    command("erase", "pin", &[]).ends(0);
    // An empty folder stays, with the lock of whoever uses it.
    std::fs::remove_dir_all(folder.path("wallet")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path("moved"), folder.path("wallet")).unwrap();
    #[cfg(not(unix))]
    std::fs::rename(folder.path("moved"), folder.path("wallet")).unwrap();
    command("list", "pin", &[]).ends(0);
    command("erase", "pin", &[]).ends(0);
    assert_eq!(command("list", "pin", &[]).ends(2).codes(), ["wallet-missing"]);
}

use std::fs;

use crate::program::{Folder, NOW};

const FILES: [&str; 16] = [
    "iaca.pem",
    "iaca.key",
    "ds.pem",
    "ds.key",
    "reader-ca.pem",
    "reader-ca.key",
    "reader.pem",
    "reader.key",
    "registry.pem",
    "registry.key",
    "ds-es384.pem",
    "ds-es384.key",
    "ds-eddsa.pem",
    "ds-eddsa.key",
    "readers.cose",
    "ds-revoked.crl",
];

#[test]
fn it_makes_the_files_of_the_contract() {
    let folder = Folder::new();
    let ran = folder.json(&["pki", "test"]).ends(0);
    assert_eq!(ran.stderr, "");
    assert_eq!(ran.json()["files"], serde_json::json!(FILES));
    for file in FILES {
        assert!(folder.path("test").join(file).is_file(), "{file}");
    }
    for file in ["iaca", "ds", "ds-es384", "ds-eddsa"] {
        let certificate = format!("test/{file}.pem");
        let found = folder.json(&["inspect", &certificate]).ends(0).json();
        assert_eq!(found["warnings"].as_array().unwrap().len(), 0, "{file}: {found}");
        let subject = found["facts"]["subject"].as_str().unwrap();
        assert!(subject.contains("C=CA") && subject.contains("ST=CA-QC"), "{subject}");
    }
}

#[cfg(unix)]
#[test]
fn only_their_owner_reads_the_keys() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::with_pki();
    for file in FILES.iter().filter(|file| file.ends_with(".key")) {
        let mode = fs::metadata(folder.path("pki").join(file)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
        assert!(folder.text(&format!("pki/{file}")).starts_with("-----BEGIN PRIVATE KEY-----"));
    }
}

#[test]
fn the_reader_is_registered_for_the_purposes_given() {
    let folder = Folder::new();
    folder.run(&["pki", "test", "--purposes", "age-18,pharmacy"]).ends(0);
    let found = folder.json(&["inspect", "test/readers.cose"]).ends(0).json();
    assert_eq!(found["kind"], "reader registry");
    let diagnostic = found["diagnostic"].as_str().unwrap();
    assert!(diagnostic.contains(r#""purposes": ["age-18", "pharmacy"]"#), "{diagnostic}");
}

#[test]
fn nothing_is_replaced() {
    let folder = Folder::new();
    fs::create_dir(folder.path("test")).unwrap();
    folder.write("test/readers.cose", "mine");
    let ran = folder.json(&["pki", "test"]).ends(2);
    assert_eq!(ran.codes(), ["file-exists"]);
    assert_eq!(folder.text("test/readers.cose"), "mine");
    assert!(!folder.path("test/iaca.pem").exists(), "and nothing else is written");
}

#[test]
fn a_purpose_that_there_is_not_is_refused() {
    let folder = Folder::new();
    let ran = folder.json(&["pki", "test", "--purposes", "age-18,curiosity"]).ends(2);
    assert_eq!(ran.codes(), ["purpose-unknown"]);
    assert_eq!(ran.json()["errors"][0]["given"], "curiosity");
    assert!(!folder.path("test").exists());
}

#[test]
fn a_folder_that_cannot_be_made_is_refused() {
    let folder = Folder::new();
    folder.write("file", "");
    assert_eq!(folder.json(&["pki", "file/test"]).ends(2).codes(), ["file-unwritable"]);
}

#[test]
fn certificates_begin_a_day_early() {
    let folder = Folder::new();
    folder.run(&["pki", "test", "--now", NOW]).ends(0);
    let found = folder.json(&["inspect", "test/ds.pem"]).ends(0).json();
    assert_eq!(found["facts"]["notBefore"], "2026-11-21T00:00:00Z");
}

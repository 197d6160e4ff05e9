//! One suite for everything that keeps a slot.

use std::fs;
use std::path::PathBuf;

use coffret_store::{Cost, KeyFile, MemorySecrets, Opened, PlatformSecrets};

use crate::place::{BOOT, Place, Said, other_pin, pin, rng, some_records};

/// `secrets` always makes the same slot, empty at first.
fn suite(name: &str, secrets: impl Fn() -> Box<dyn PlatformSecrets>) {
    let read = || secrets().load().unwrap().map(|slot| slot.to_vec());
    let all_bytes: Vec<u8> = (0..=255).collect();
    secrets().delete().unwrap();
    assert_eq!(read(), None, "{name}");
    for slot in [&all_bytes[..], b"\0", b"", &all_bytes[..200]] {
        secrets().replace(slot).unwrap();
        assert_eq!(read().as_deref(), Some(slot), "{name}");
    }
    secrets().delete().unwrap();
    secrets().delete().unwrap();
    assert_eq!(read(), None, "{name}");

    let place = Place::new(&format!("platform-{name}"));
    let open = || coffret_store::open(&place.folder, secrets()).unwrap();
    let Opened::New(blank) = open() else { panic!("{name}: something is there") };
    let mut store = blank.create(&pin(), Cost::MIN, &mut rng(1)).unwrap();
    some_records(&mut store, &mut rng(2));
    store.change_pin(&other_pin(), Cost::MIN, &mut rng(3)).unwrap();
    let said = Said::by(&store).unwrap();
    drop(store);
    let Opened::Locked(locked) = open() else { panic!("{name}: nothing is there") };
    let (locked, _) = locked.unlock(&pin(), BOOT).unwrap_err();
    assert_eq!(locked.attempts(BOOT).left, 15, "{name}");
    drop(locked);
    let Opened::Locked(locked) = open() else { panic!("{name}: nothing is there") };
    assert_eq!(locked.attempts(BOOT).left, 15, "{name}");
    let store = locked.unlock(&other_pin(), BOOT).unwrap();
    assert_eq!(Said::by(&store).unwrap(), said, "{name}");
    store.erase().unwrap();
    assert_eq!(read(), None, "{name}");
}

#[test]
fn memory() {
    let secrets = MemorySecrets::default();
    suite("memory", || Box::new(secrets.clone()));
}

#[test]
fn key_file() {
    let place = Place::new("key-file");
    fs::create_dir_all(&place.folder).unwrap();
    suite("key-file", || Box::new(KeyFile::new(place.folder.join("key"))));
}

#[test]
#[cfg(feature = "keyring")]
fn keyring() {
    if std::env::var_os("COFFRET_TEST_KEYRING").is_none() {
        println!("skipped: no keyring to write to (cargo xtask test secret-service)");
        return;
    }
    let account = format!("test {}", std::process::id());
    suite("keyring", || Box::new(coffret_store::Keyring::new(&account)));
}

#[test]
fn a_key_file_is_its_owners_and_leaves_nothing_beside_it() {
    let place = Place::new("key-file-alone");
    fs::create_dir_all(&place.folder).unwrap();
    let path = place.folder.join("key");
    let names = || -> Vec<PathBuf> {
        fs::read_dir(&place.folder).unwrap().map(|entry| entry.unwrap().path()).collect()
    };
    KeyFile::new(&path).replace(b"slot").unwrap();
    assert_eq!(names(), std::slice::from_ref(&path));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
    // What a process that was stopped while it wrote has left.
    fs::write(place.folder.join("key.next"), b"a longer slot that is not whole").unwrap();
    assert_eq!(KeyFile::new(&path).load().unwrap().unwrap().to_vec(), b"slot");
    KeyFile::new(&path).replace(b"next").unwrap();
    assert_eq!(KeyFile::new(&path).load().unwrap().unwrap().to_vec(), b"next");
    fs::write(place.folder.join("key.next"), b"left").unwrap();
    KeyFile::new(&path).delete().unwrap();
    assert!(names().is_empty());
}

//! One suite for everything that keeps a slot.

use std::fs;
use std::path::PathBuf;

use coffret_store::{Cost, Error, KeyFile, MemorySecrets, Opened, PlatformSecrets};

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
    store.change_pin(&pin(), &other_pin(), Cost::MIN, BOOT, &mut rng(3)).unwrap();
    let said = Said::by(&store).unwrap();
    drop(store);
    let Opened::Locked(locked) = open() else { panic!("{name}: nothing is there") };
    let (mut locked, _) = locked.unlock(&pin(), BOOT).unwrap_err();
    assert_eq!(locked.attempts(BOOT).left, 15, "{name}");
    drop(locked);
    let Opened::Locked(mut locked) = open() else { panic!("{name}: nothing is there") };
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

/// What was left, and may be read by others, does not become the slot's file.
#[test]
#[cfg(unix)]
fn a_key_file_is_its_owners_whatever_was_left() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new("key-file-left");
    fs::create_dir_all(&place.folder).unwrap();
    let (path, next) = (place.folder.join("key"), place.folder.join("key.next"));
    fs::write(&next, b"left").unwrap();
    fs::set_permissions(&next, fs::Permissions::from_mode(0o666)).unwrap();
    let left = fs::File::open(&next).unwrap();
    KeyFile::new(&path).replace(b"slot").unwrap();
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(std::io::read_to_string(left).unwrap(), "left", "whoever has it open reads no slot");
}

#[test]
#[cfg(unix)]
fn nothing_but_a_file_is_read_replaced_or_removed() {
    use std::os::unix::fs::symlink;
    let place = Place::new("key-file-link");
    fs::create_dir_all(&place.folder).unwrap();
    let (path, target) = (place.folder.join("key"), place.folder.join("target"));
    KeyFile::new(&target).replace(b"slot").unwrap();
    let key = KeyFile::new(&path);
    let refused = Error::NotAKeyFile;
    for spoiled in [&path, &place.folder.join("key.next")] {
        for to in [&target, &place.folder.join("nowhere"), &place.folder] {
            symlink(to, spoiled).unwrap();
            assert_eq!(key.replace(b"next"), Err(refused));
            assert_eq!(key.delete(), Err(refused));
            assert_eq!(key.load().is_err(), spoiled == &path);
            assert!(spoiled.is_symlink());
            fs::remove_file(spoiled).unwrap();
        }
        fs::create_dir(spoiled).unwrap();
        assert_eq!(key.replace(b"next"), Err(refused));
        assert_eq!(key.delete(), Err(refused));
        fs::remove_dir(spoiled).unwrap();
    }
    assert_eq!(KeyFile::new(&target).load().unwrap().unwrap().to_vec(), b"slot");
}

/// A write that is cut off anywhere leaves the slot of before or the next one; a file of before, which
/// is the slot itself, is read; and no slot stays in the file once another took its place.
#[test]
fn a_key_file_has_a_whole_page_at_every_moment() {
    let place = Place::new("key-file-pages");
    fs::create_dir_all(&place.folder).unwrap();
    let path = place.folder.join("key");
    let key = KeyFile::new(&path);
    let load = || key.load().map(|slot| slot.unwrap().to_vec());
    fs::write(&path, b"slot of before").unwrap();
    assert_eq!(load().unwrap(), b"slot of before");
    key.replace(b"one").unwrap();
    let length = fs::metadata(&path).unwrap().len();
    for (former, next) in [(b"one", b"two"), (b"two", b"six")] {
        let before = fs::read(&path).unwrap();
        key.replace(next).unwrap();
        let after = fs::read(&path).unwrap();
        assert!(!after.windows(3).any(|bytes| bytes == former), "what was given up is gone");
        // Either page is written first: cut off after so many bytes of each.
        let half = before.len() / 2;
        for (first, second) in [(0, half), (half, 0)] {
            for cut in (0..=half).step_by(64) {
                let mut torn = before.clone();
                torn[first..first + cut].copy_from_slice(&after[first..first + cut]);
                fs::write(&path, &torn).unwrap();
                assert!([&former[..], next].contains(&&load().unwrap()[..]), "{first} {cut}");
                torn[first..first + half].copy_from_slice(&after[first..first + half]);
                torn[second..second + cut].copy_from_slice(&after[second..second + cut]);
                fs::write(&path, &torn).unwrap();
                let whole = load().unwrap();
                assert!([&former[..], next].contains(&&whole[..]), "{second} {cut}");
            }
        }
        fs::write(&path, &after).unwrap();
    }
    assert_eq!(fs::metadata(&path).unwrap().len(), length, "it takes no more room");
    let mut neither = fs::read(&path).unwrap();
    let (first, second) = (100, neither.len() / 2 + 100);
    (neither[first], neither[second]) = (1, 1);
    fs::write(&path, neither).unwrap();
    assert_eq!(load(), Err(Error::SecretsMalformed));
}

/// After a write that was cut off between its pages, one page alone has the newest slot: the next
/// write begins with the other. The page that is written first has the lower number.
#[test]
fn the_only_page_with_the_newest_slot_is_written_last() {
    let place = Place::new("key-file-order");
    fs::create_dir_all(&place.folder).unwrap();
    let path = place.folder.join("key");
    let key = KeyFile::new(&path);
    let written = |slot: &[u8]| {
        key.replace(slot).unwrap();
        fs::read(&path).unwrap()
    };
    let (former, next) = (written(b"one"), written(b"two"));
    let half = former.len() / 2;
    for newest in [0, half] {
        let mut cut = former.clone();
        cut[newest..newest + half].copy_from_slice(&next[newest..newest + half]);
        fs::write(&path, &cut).unwrap();
        assert_eq!(key.load().unwrap().unwrap().as_slice(), b"two");
        let after = written(b"six");
        let number = |page: usize| &after[page + 8..page + 16];
        assert!(number(half - newest) < number(newest), "{newest}");
    }
}

//! The files say nothing of what is in them.

use std::fs;

use coffret_cbor::Item;
use coffret_store::{Changes, Cost, KeyFile, Opened, PlatformSecrets};

use crate::place::{BOOT, ONE, Place, TWO, id, pin, rng, some_records};

const SECRETS: [&str; 4] = ["Tremblay-Bouchard", "org.iso.18013.5.1.mDL", "TREM04121925", "190673"];

#[test]
fn no_plaintext_term_or_pin_is_in_any_file() {
    let place = Place::new("leak");
    fs::create_dir_all(&place.folder).unwrap();
    let secrets = || Box::new(KeyFile::new(place.folder.join("key")));
    let Opened::New(blank) = coffret_store::open(&place.folder, secrets()).unwrap() else {
        panic!("something is there")
    };
    let mut store = blank.create(&pin(), Cost::MIN, &mut rng(1)).unwrap();
    let mut rng = rng(2);
    let check = |state: &str| {
        let files = place.files().0;
        assert!(files.len() >= 2, "{state}");
        for (path, bytes) in files {
            for secret in SECRETS {
                let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
                assert!(!found, "{state}: {secret} is in {}", path.display());
            }
        }
    };
    let mut changes = Changes::default().note(SECRETS[0].into());
    for (n, secret) in (0..).zip(SECRETS) {
        let plaintext = secret.repeat(500).into_bytes();
        changes = changes.put(ONE, id(n), Some(secret.as_bytes()), plaintext);
        changes = changes.put(TWO, id(n), Some(secret.as_bytes()), secret.into());
    }
    store.commit(changes, &mut rng).unwrap();
    check("written");
    store.commit(Changes::default().delete(ONE, id(1)), &mut rng).unwrap();
    check("deleted");
    store.change_pin(&pin(), &pin(), Cost::MIN, BOOT, &mut rng).unwrap();
    check("folded");
    let store = store.lock().unlock(&pin(), BOOT).unwrap();
    check("unlocked");
    drop(store);
    check("closed");
}

/// Equal records and terms do not look alike, and lengths are few.
#[test]
fn what_is_the_same_is_not_seen_to_be() {
    let (mut place, mut store) = Place::made("alike");
    let mut changes = Changes::default();
    for n in 0..100 {
        let plaintext = vec![b'a'; 1000 + usize::from(n)];
        changes = changes.put(if n % 2 == 0 { ONE } else { TWO }, id(n), Some(b"Rose"), plaintext);
    }
    store.commit(changes, &mut place.rng).unwrap();
    drop(store);
    let connection = place.edit();
    let count = |what: &str| -> u32 {
        let query = format!("SELECT count(DISTINCT {what}) FROM a");
        connection.query_row(&query, [], |row| row.get(0)).unwrap()
    };
    assert_eq!((count("g"), count("f"), count("substr(g, 1, 16)")), (100, 100, 100));
    assert_eq!(count("length(g)"), 3, "1024, 1088 and 1152 bytes");
    assert_eq!(count("e"), 2, "a term of two tables is two");
}

/// Not even sealed. What only makes way for something newer goes when the store is closed; a process
/// that is killed leaves that to the next.
#[test]
fn nothing_is_left_of_a_deleted_record() {
    let (mut place, mut store) = Place::made("deleted");
    some_records(&mut store, &mut place.rng);
    drop(store);
    let body = |place: &Place, row: u32| -> Vec<u8> {
        place.edit().query_row("SELECT g FROM a WHERE a = ?1", [row], |row| row.get(0)).unwrap()
    };
    let bodies = [body(&place, 2), body(&place, 3)];
    let left = |place: &Place| {
        let files = place.files().0;
        let is_in = |body: &Vec<u8>| {
            let part = &body[..8];
            files.values().any(|bytes| bytes.windows(part.len()).any(|window| window == part))
        };
        bodies.iter().filter(|body| is_in(body)).count()
    };
    assert_eq!(left(&place), 2);
    let (whole, slot) = (place.files(), place.slot());
    let changes = || Changes::default().delete(ONE, id(2)).delete(TWO, id(1));

    let mut store = place.unlocked().unwrap();
    store.commit(changes().erasing(), &mut place.rng).unwrap();
    assert_eq!(left(&place), 0, "at once");
    drop(store);

    for is_locked in [false, true] {
        whole.restore(&place.folder);
        place.restore_slot(&slot);
        let mut store = place.unlocked().unwrap();
        store.commit(changes(), &mut place.rng).unwrap();
        assert_eq!(left(&place), 2);
        let killed = place.files();
        let locked = if is_locked {
            Some(store.lock())
        } else {
            drop(store);
            None
        };
        assert_eq!(left(&place), 0);
        drop(locked);
        killed.restore(&place.folder);
        let store = place.unlocked().unwrap();
        assert_eq!(left(&place), 0);
        drop(store);
    }
}

/// A change of PIN takes the secret of before out of the key file; a transaction leaves it as it is.
#[test]
fn no_secret_that_was_given_up_is_in_the_key_file() {
    let place = Place::new("given-up");
    fs::create_dir_all(&place.folder).unwrap();
    let file = place.folder.join("key");
    let secrets = || Box::new(KeyFile::new(&file));
    let Opened::New(blank) = coffret_store::open(&place.folder, secrets()).unwrap() else {
        panic!("something is there")
    };
    let mut store = blank.create(&pin(), Cost::MIN, &mut rng(1)).unwrap();
    let secret = || {
        let slot = secrets().load().unwrap().unwrap();
        let items = Item::parse(&slot).unwrap().array().unwrap();
        items.into_iter().nth(2).unwrap().byte_string().unwrap().into_owned()
    };
    let is_in_file = |secret: &[u8]| {
        fs::read(&file).unwrap().windows(secret.len()).any(|window| window == secret)
    };
    let mut rng = rng(2);
    for n in 0..4 {
        let before = secret();
        store.commit(Changes::default().put(ONE, id(n), None, b"Rose".to_vec()), &mut rng).unwrap();
        assert_eq!(secret(), before);
        store.change_pin(&pin(), &pin(), Cost::MIN, BOOT, &mut rng).unwrap();
        assert!(secret() != before && !is_in_file(&before));
    }
}

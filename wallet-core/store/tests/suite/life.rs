//! A store from its making to its end.

use coffret_store::{Changes, Cost, Error, Opened};

use crate::place::{BOOT, ONE, Place, Said, TERM, TWO, id, other_pin, pin, rng, some_records};

#[test]
fn records_are_there_after_reopening() {
    let (mut place, mut store) = Place::made("reopening");
    some_records(&mut store, &mut place.rng);
    let said = Said::by(&store).unwrap();
    assert_eq!(
        said.records[..3],
        [
            (ONE, id(1), b"Bonne nuit".to_vec()),
            (ONE, id(2), b"Bonsoir".to_vec()),
            (ONE, id(3), Vec::new()),
        ],
        "a record that is replaced keeps its place"
    );
    assert_eq!(said.found, [id(1), id(3)]);
    assert_eq!(said.note, b"two");
    drop(store);
    assert_eq!(Said::by(&place.unlocked().unwrap()).unwrap(), said);
}

#[test]
fn a_term_is_looked_up_in_its_table_alone() {
    let (mut place, mut store) = Place::made("terms");
    some_records(&mut store, &mut place.rng);
    assert_eq!(store.find(TWO, TERM), [id(1)]);
    assert_eq!(store.find(ONE, b"rose"), []);
    let changes = Changes::default().put(ONE, id(1), None, b"Bonjour".to_vec());
    store.commit(changes, &mut place.rng).unwrap();
    assert_eq!(store.find(ONE, TERM), [id(3)]);
}

#[test]
fn a_record_goes_and_comes_back() {
    let (mut place, mut store) = Place::made("coming-and-going");
    some_records(&mut store, &mut place.rng);
    let changes = Changes::default().delete(ONE, id(1)).delete(ONE, id(9));
    store.commit(changes, &mut place.rng).unwrap();
    assert_eq!(store.read(ONE, id(1)).unwrap(), None);
    let changes = Changes::default().put(ONE, id(1), None, b"Rebonjour".to_vec());
    store.commit(changes, &mut place.rng).unwrap();
    drop(store);
    let said = Said::by(&place.unlocked().unwrap()).unwrap();
    assert_eq!(said.records[2], (ONE, id(1), b"Rebonjour".to_vec()));
}

#[test]
fn the_last_word_on_a_record_stands() {
    let (mut place, mut store) = Place::made("last-word");
    let changes = Changes::default()
        .put(ONE, id(1), None, b"one".to_vec())
        .put(ONE, id(2), None, b"two".to_vec())
        .delete(ONE, id(2))
        .put(ONE, id(3), None, b"three".to_vec())
        .put(ONE, id(1), None, b"four".to_vec());
    assert_eq!(format!("{changes:?}"), "Changes(3 records, […])");
    store.commit(changes, &mut place.rng).unwrap();
    drop(store);
    let said = Said::by(&place.unlocked().unwrap()).unwrap();
    let expected = [(ONE, id(3), b"three".to_vec()), (ONE, id(1), b"four".to_vec())];
    assert_eq!(said.records, expected, "in the order of the last words");
}

#[test]
fn locking_needs_the_pin_again() {
    let (mut place, mut store) = Place::made("locking");
    some_records(&mut store, &mut place.rng);
    let said = Said::by(&store).unwrap();
    let (locked, error) = store.lock().unlock(&other_pin(), BOOT).unwrap_err();
    assert_eq!(error, Error::WrongPin);
    let store = locked.unlock(&pin(), BOOT).unwrap();
    assert_eq!(Said::by(&store).unwrap(), said);
}

#[test]
fn a_changed_pin_opens_and_the_former_does_not() {
    let (mut place, mut store) = Place::made("changed-pin");
    some_records(&mut store, &mut place.rng);
    let said = Said::by(&store).unwrap();
    store.change_pin(&pin(), &other_pin(), Cost::MIN, BOOT, &mut place.rng).unwrap();
    assert_eq!(Said::by(&store).unwrap(), said);
    some_records(&mut store, &mut place.rng);
    drop(store);
    let (locked, error) = place.locked().unwrap().unlock(&pin(), BOOT).unwrap_err();
    assert_eq!(error, Error::WrongPin);
    let store = locked.unlock(&other_pin(), BOOT).unwrap();
    assert_eq!(Said::by(&store).unwrap(), said);
}

#[test]
fn a_changed_pin_leaves_no_log() {
    let (mut place, mut store) = Place::made("no-log");
    let put = Changes::default().put(ONE, id(1), None, b"Bonjour".to_vec());
    store.commit(put, &mut place.rng).unwrap();
    let log = place.folder.join("store-wal");
    assert!(log.metadata().unwrap().len() > 0);
    store.change_pin(&pin(), &other_pin(), Cost::MIN, BOOT, &mut place.rng).unwrap();
    assert_eq!(log.metadata().unwrap().len(), 0);
}

#[test]
fn nothing_is_left_of_an_erased_store() {
    let (place, store) = Place::made("erased");
    // What other programs that know SQLite's files may leave beside them.
    for name in ["store-shm", "store-journal"] {
        std::fs::write(place.folder.join(name), b"left").unwrap();
    }
    store.erase().unwrap();
    assert_eq!(place.slot(), None);
    assert!(place.files().0.is_empty());
    let store = place.blank().unwrap().create(&pin(), Cost::MIN, &mut rng(2)).unwrap();
    drop(store);
    coffret_store::erase(&place.folder, &place.secrets).unwrap();
    assert_eq!(place.slot(), None);
    assert!(matches!(place.open(), Ok(Opened::New(_))));
}

#[test]
fn looking_makes_nothing() {
    let place = Place::new("looking");
    assert!(matches!(place.open(), Ok(Opened::New(_))));
    assert!(!place.folder.exists());
}

#[test]
#[cfg(unix)]
fn the_owner_alone_may_read() {
    use std::os::unix::fs::PermissionsExt;
    let (mut place, mut store) = Place::made("modes");
    some_records(&mut store, &mut place.rng);
    for (name, mode) in [("", 0o700), ("store", 0o600), ("store-wal", 0o600), ("lock", 0o600)] {
        let permissions = place.folder.join(name).metadata().unwrap().permissions();
        assert_eq!(permissions.mode() & 0o777, mode, "{name}");
    }
}

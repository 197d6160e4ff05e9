//! On a full disk a store opens, counts tries, is read, and takes what is essential: the record of
//! answers, removals, a change of PIN, its end. What is not essential is refused, and said to be.

use std::path::Path;

use coffret_store::{
    BootTime, Changes, Cost, Error, KeyFile, Locked, Opened, Pin, RecordId, Store, Table,
};

use crate::power::Watched;
use crate::rng;
use crate::work::folder_of_child;

const LETTERS: Table = Table(1);
const LOG: Table = Table(2);
const BOOT: BootTime = BootTime { boot: [7; 16], seconds: 1000, wall: None };
const PINS: [&str; 2] = ["190673", "376091"];

fn pin(which: usize) -> Pin {
    Pin::parse(PINS[which]).unwrap()
}

fn name(n: u8) -> RecordId {
    RecordId::from([n; 16])
}

fn opened(folder: &Path) -> Opened {
    coffret_store::open(&folder.join("store"), Box::new(KeyFile::new(folder.join("key")))).unwrap()
}

fn locked(folder: &Path) -> Locked {
    match opened(folder) {
        Opened::Locked(locked) => locked,
        Opened::New(_) => panic!("there is no store"),
    }
}

fn unlocked(locked: Locked, which: usize) -> Store {
    locked.unlock(&pin(which), BOOT).map_err(|(_, error)| error).unwrap()
}

/// As many as a person may give in a day, each with its evidence.
const ANSWERS: u8 = 12;

/// Everything at once, in a process for which the disk is full.
#[test]
fn worker() {
    let Some(folder) = folder_of_child() else { return };
    let mut rng = rng(3);
    let (locked, error) = locked(&folder).unlock(&pin(1), BOOT).unwrap_err();
    assert_eq!(error, Error::WrongPin);
    let mut store = unlocked(locked, 0);
    assert_eq!(store.all(LETTERS).unwrap().len(), 9);

    let letter = |n| Changes::default().put(LETTERS, name(n), None, vec![n; 40_000]);
    assert_eq!(store.commit(letter(10), &mut rng), Err(Error::DiskFull));
    for n in 0..ANSWERS {
        let entry = Changes::default().put(LOG, name(n), None, vec![n; 6_000]);
        store.commit(entry.essential(), &mut rng).unwrap();
    }
    let removal = Changes::default().delete(LETTERS, name(1)).essential();
    store.commit(removal, &mut rng).unwrap();
    store.change_pin(&pin(0), &pin(1), Cost::MIN, BOOT, &mut rng).unwrap();
    assert_eq!(store.commit(letter(11), &mut rng), Err(Error::DiskFull));
}

/// The same, at the end.
#[test]
fn erasing_worker() {
    let Some(folder) = folder_of_child() else { return };
    unlocked(locked(&folder), 1).erase().unwrap();
}

#[test]
fn what_is_essential_needs_no_room() {
    let Some(watched) = Watched::new("full") else { return };
    let Opened::New(blank) = opened(watched.folder()) else { panic!("there is a store") };
    let mut store = blank.create(&pin(0), Cost::MIN, &mut rng(1)).unwrap();
    for n in 1..10 {
        let put = Changes::default().put(LETTERS, name(n), None, vec![n; 40_000]);
        store.commit(put, &mut rng(n)).unwrap();
    }
    drop(store);
    let run = |worker: &str| {
        let done = watched.child(worker, &[("FAULTS_ROOM", 0)]).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    run("full::worker");
    let store = unlocked(locked(watched.folder()), 1);
    assert_eq!(store.ids(LETTERS), (2..10).map(name).collect::<Vec<_>>());
    assert_eq!(store.ids(LOG).len(), usize::from(ANSWERS));
    drop(store);
    run("full::erasing_worker");
    assert!(matches!(opened(watched.folder()), Opened::New(_)));
}

//! What is said of a write is true. Each operation on the files is made to fail in turn, once or
//! from then on; then the store is opened again and compared with what was said.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;

use coffret_store::{
    BootTime, Changes, Cost, Error, KeyFile, Locked, Opened, Pin, PlatformSecrets, RecordId, Store,
    Table,
};

use crate::power::Watched;
use crate::rng;
use crate::work::folder_of_child;

const NOTES: Table = Table(1);
const BOOT: BootTime = BootTime { boot: [7; 16], seconds: 1000, wall: None };
const PINS: [&str; 2] = ["190673", "376091"];

fn pin(which: usize) -> Pin {
    Pin::parse(PINS[which]).unwrap()
}

fn note(n: u8) -> RecordId {
    RecordId::from([n; 16])
}

/// What is asked of a store, in this order.
const STEPS: [Step; 9] = [
    Step::Make,
    Step::Write(1, b"one"),
    Step::Write(2, b"one"),
    Step::Write(1, b"two"),
    Step::Unlock,
    Step::ChangePin,
    Step::Delete(2),
    Step::Write(3, b"one"),
    Step::Erase,
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Make,
    Write(u8, &'static [u8]),
    Delete(u8),
    Unlock,
    ChangePin,
    Erase,
}

/// What is in a folder: the PIN and the notes, or nothing.
type State = Option<(usize, BTreeSet<(u8, Vec<u8>)>)>;

impl Step {
    /// What there is after it is done.
    fn after(self, state: &State) -> State {
        let (mut pin, mut notes) = state.clone().unwrap_or_default();
        match self {
            Step::Make | Step::Unlock => {}
            Step::Write(n, bytes) => {
                notes.retain(|(other, _)| *other != n);
                notes.insert((n, bytes.to_vec()));
            }
            Step::Delete(n) => notes.retain(|(other, _)| *other != n),
            Step::ChangePin => pin = 1,
            Step::Erase => return None,
        }
        Some((pin, notes))
    }
}

/// Takes the steps, whatever becomes of each, and says what it was told. The last one may leave it
/// without a store.
#[test]
fn worker() {
    let Some(folder) = folder_of_child() else { return };
    let mut rng = rng(5);
    let mut made = None;
    for (n, step) in STEPS.into_iter().enumerate() {
        let done = match (step, made.take()) {
            (Step::Make, _) => make(&folder).map(|store| made = Some(store)),
            (_, None) => return,
            (Step::Erase, Some(store)) => store.erase(),
            (Step::Unlock, Some(store)) => {
                let (store, done) = relocked(store);
                made = store;
                done
            }
            (step, Some(mut store)) => {
                let done = match step {
                    Step::Write(n, bytes) => store.commit(
                        Changes::default().put(NOTES, note(n), None, bytes.to_vec()),
                        &mut rng,
                    ),
                    Step::Delete(n) => {
                        store.commit(Changes::default().delete(NOTES, note(n)), &mut rng)
                    }
                    _ => store.change_pin(&pin(0), &pin(1), Cost::MIN, BOOT, &mut rng),
                };
                made = Some(store);
                done
            }
        };
        let said = done.map_or_else(|error| error.code().name, |()| "done");
        io::stderr().write_all(format!("said {n} {said}\n").as_bytes()).unwrap();
    }
}

fn make(folder: &Path) -> Result<Store, Error> {
    match opened(folder)? {
        Opened::New(blank) => blank.create(&pin(0), Cost::MIN, &mut rng(4)),
        Opened::Locked(_) => panic!("there is a store already"),
    }
}

fn opened(folder: &Path) -> Result<Opened, Error> {
    coffret_store::open(&folder.join("store"), Box::new(KeyFile::new(folder.join("key"))))
}

/// Two tries: the right PIN is refused only while something fails.
fn relocked(store: Store) -> (Option<Store>, Result<(), Error>) {
    let unlock = |locked: Locked| locked.unlock(&pin(0), BOOT);
    match unlock(store.lock()).or_else(|(locked, _)| unlock(locked)) {
        Ok(store) => (Some(store), Ok(())),
        Err((_, error)) => (None, Err(error)),
    }
}

/// What the store says once nothing fails any more. What was left of an erased one can be removed.
fn found(folder: &Path, lines: &str) -> State {
    let locked = match opened(folder) {
        Ok(Opened::Locked(locked)) => locked,
        Ok(Opened::New(_)) => return None,
        Err(error) => {
            assert_eq!(error, Error::SecretsMissing);
            assert!(lines.ends_with("erased-file-left\n"), "{lines}");
            coffret_store::erase(&folder.join("store"), &KeyFile::new(folder.join("key"))).unwrap();
            assert!(matches!(opened(folder), Ok(Opened::New(_))));
            return None;
        }
    };
    let (which, store) = match locked.unlock(&pin(0), BOOT) {
        Ok(store) => (0, store),
        Err((locked, error)) => {
            assert_eq!(error, Error::WrongPin);
            (1, locked.unlock(&pin(1), BOOT).map_err(|(_, error)| error).unwrap())
        }
    };
    let notes = store.all(NOTES).unwrap().into_iter();
    Some((which, notes.map(|(id, bytes)| (id.as_bytes()[0], bytes.to_vec())).collect()))
}

/// What there may be after what was said: one state, unless it was said that nobody knows.
fn said(lines: &str) -> Vec<State> {
    let mut states: Vec<State> = vec![None];
    for line in lines.lines() {
        let words: Vec<_> = line.split(' ').collect();
        let ["said", n, code] = words[..] else { panic!("{lines}") };
        let step = STEPS[n.parse::<usize>().unwrap()];
        let after = step.after(&states[0]);
        match code {
            // What was done stands on what the store held for certain.
            "done" | "saved-secrets-behind" | "erased-file-left" => states = vec![after],
            "write-unconfirmed" => states.push(after),
            "disk-full" | "wallet-file-unavailable" | "secrets-unavailable" => {}
            _ => panic!("{step:?}: {code}"),
        }
    }
    states
}

const EIO: usize = 5;
const ENOSPC: usize = 28;

#[test]
fn what_was_said_is_what_is_there() {
    let Some(watched) = Watched::new("truth") else { return };
    let work = |settings: &[(&str, usize)]| {
        watched.clear();
        let child = watched.child("truth::worker", settings).output().unwrap();
        let lines = String::from_utf8(child.stderr).unwrap();
        assert!(child.status.success(), "{settings:?}: {lines}");
        lines
    };
    let lines = work(&[]);
    assert_eq!(lines.matches(" done\n").count(), STEPS.len(), "{lines}");
    // Attempts that find nothing, such as to remove a file that is not there, are no operations.
    let attempts = watched.operations().len() + 64;
    let mut codes = BTreeSet::new();
    for (error, count) in [(EIO, 1), (EIO, 4), (EIO, 1000), (ENOSPC, 1), (ENOSPC, 1000)] {
        for n in 1..=attempts {
            let settings = [("FAULTS_FAIL", n), ("FAULTS_FAILS", count), ("FAULTS_ERROR", error)];
            let lines = work(&settings);
            let (said, found) = (said(&lines), found(watched.folder(), &lines));
            assert!(said.contains(&found), "{settings:?}: {lines}{found:?} is there");
            codes
                .extend(lines.lines().filter_map(|line| line.rsplit(' ').next()).map(String::from));
        }
    }
    println!("{attempts} operations; said: {codes:?}");
    for code in ["saved-secrets-behind", "write-unconfirmed", "erased-file-left"] {
        assert!(codes.contains(code), "{code} was never said");
    }
}

/// What is done where the secrets or the file are missing.
#[test]
fn secrets_worker() {
    let Some(folder) = folder_of_child() else { return };
    let (store, key) = (folder.join("store"), KeyFile::new(folder.join("key")));
    let copy = folder.join("copy");
    let done = if copy.exists() {
        let copy = KeyFile::new(copy).load();
        copy.and_then(|copy| coffret_store::restore_secrets(&store, &key, &copy.unwrap()))
    } else {
        coffret_store::erase_secrets(&store, &key)
    };
    let said = done.map_or_else(|error| error.code().name, |()| "done");
    io::stderr().write_all(format!("said {said}\n").as_bytes()).unwrap();
}

/// Restored or erased, secrets are there or gone as it was said; what failed can be done again.
#[test]
fn what_was_said_of_secrets_is_so() {
    let Some(watched) = Watched::new("truth-secrets") else { return };
    let folder = watched.folder().to_owned();
    let (store, key) = (folder.join("store"), folder.join("key"));
    for restores in [true, false] {
        let prepare = || {
            watched.clear();
            drop(make(&folder).unwrap());
            if restores {
                std::fs::rename(&key, folder.join("copy")).unwrap();
            } else {
                std::fs::remove_dir_all(&store).unwrap();
            }
        };
        let work = |settings: &[(&str, usize)]| {
            prepare();
            let child = watched.child("truth::secrets_worker", settings).output().unwrap();
            String::from_utf8(child.stderr).unwrap()
        };
        let is_so = || match opened(&folder) {
            Ok(Opened::Locked(locked)) => restores && locked.unlock(&pin(0), BOOT).is_ok(),
            Ok(Opened::New(_)) => !restores,
            Err(_) => false,
        };
        assert_eq!(work(&[]), "said done\n");
        assert!(is_so());
        let attempts = watched.operations().len() + 16;
        let mut failed = 0;
        for (error, count) in [(EIO, 1), (EIO, 1000), (ENOSPC, 1000)] {
            for n in 1..=attempts {
                let settings =
                    [("FAULTS_FAIL", n), ("FAULTS_FAILS", count), ("FAULTS_ERROR", error)];
                let said = work(&settings);
                if said != "said done\n" {
                    failed += 1;
                    let again = watched.child("truth::secrets_worker", &[]).output().unwrap();
                    // Where it was done after all, there is nothing to restore or erase any more.
                    let again = String::from_utf8(again.stderr).unwrap();
                    assert!(again == "said done\n" || is_so(), "{settings:?}: {said}{again}");
                }
                assert!(is_so(), "{settings:?}: {said}");
            }
        }
        assert!(failed > 0);
    }
}

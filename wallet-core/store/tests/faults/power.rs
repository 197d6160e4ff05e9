//! The power goes after each operation on the files, and whatever was not synced is lost, or not,
//! or in part. Or the disk is full.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use coffret_store::Error;
use rand_chacha::rand_core::Rng;

use crate::files::{Fate, Operation, left, operations, recorder};
use crate::work::{Work, child, folder_of_child};
use crate::{Place, rng};

/// Where a worker says which copies it has handed over: in the recorder's log, in its place among
/// the operations.
const HANDED_OVER: &str = "handed-over";

/// Works for a while. When the disk is full it says so, and nothing is handed over any more.
#[test]
fn worker() {
    let Some(folder) = folder_of_child() else { return };
    let mut handed_over = fs::File::options();
    let handed_over = handed_over.append(true).create(true).open(folder.join(HANDED_OVER));
    let mut handed_over = handed_over.unwrap();
    let mut hand_over = |copy: u32| handed_over.write_all(&copy.to_be_bytes());
    let mut work = || -> Result<(), Error> {
        let mut work = Work::open(&folder, rng(7))?;
        for _ in 0..STEPS {
            let copy = work.step()?;
            copy.map_or(Ok(()), &mut hand_over).map_err(|_| Error::DiskFull)?;
        }
        Ok(())
    };
    if let Err(error) = work() {
        assert!([Error::DiskFull, Error::SecretsBehind].contains(&error), "{error}");
    }
}

/// Two rounds of copies, a change of PIN, and the beginning of a third.
const STEPS: usize = 12;

/// A worker in an empty folder or in what another has left, watched.
pub(crate) struct Watched {
    place: Place,
    recorder: PathBuf,
    log: PathBuf,
}

impl Watched {
    /// `None`, and why on standard output, where files cannot be watched.
    pub(crate) fn new(name: &str) -> Option<Watched> {
        let place = Place::new(name);
        let log = place.folder.with_extension("log");
        match recorder(&place.folder) {
            Ok(recorder) => Some(Watched { place, recorder, log }),
            Err(why) => {
                println!("skipped: {why}");
                None
            }
        }
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.place.folder
    }

    pub(crate) fn clear(&self) {
        fs::remove_dir_all(self.folder()).unwrap();
        fs::create_dir_all(self.folder().join("store")).unwrap();
        let _ = fs::remove_file(&self.log);
    }

    /// Runs the worker under the recorder's `settings`; the exit code is the recorder's own where
    /// it stopped the process.
    fn work(&self, settings: &[(&str, usize)]) -> Option<i32> {
        self.child("power::worker", settings).stdout(Stdio::null()).status().unwrap().code()
    }

    /// The test `name` in a process of its own, under the recorder's `settings`.
    pub(crate) fn child(&self, name: &str, settings: &[(&str, usize)]) -> Command {
        let mut child = child(name, self.folder());
        child.env("LD_PRELOAD", &self.recorder);
        child.env("FAULTS_FOLDER", self.folder()).env("FAULTS_LOG", &self.log);
        child.envs(settings.iter().map(|(name, value)| (name, value.to_string())));
        child
    }

    pub(crate) fn operations(&self) -> Vec<Operation> {
        operations(&self.log)
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.log);
        let _ = fs::remove_file(&self.recorder);
    }
}

/// What was handed over before the power went: seen by another, so never lost.
fn handed_over(operations: &[Operation]) -> BTreeSet<u32> {
    let created = operations.iter().find_map(|operation| match operation {
        Operation::Create { file, name } if name == HANDED_OVER => Some(file),
        _ => None,
    });
    let Some(of) = created else { return BTreeSet::new() };
    let copies = operations.iter().filter_map(|operation| match operation {
        Operation::Write { file, bytes, .. } if file == of => {
            Some(u32::from_be_bytes(bytes[..].try_into().unwrap()))
        }
        _ => None,
    });
    let all: Vec<_> = copies.collect();
    let once: BTreeSet<_> = all.iter().copied().collect();
    assert_eq!(all.len(), once.len(), "handed over twice: {all:?}");
    once
}

/// Opens what is left, looks, and goes on: nothing is handed over again.
fn go_on(folder: &Path, before: &BTreeSet<u32>, state: &str) {
    let mut work = Work::open(folder, rng(8)).unwrap_or_else(|error| panic!("{state}: {error}"));
    work.check(before);
    let mut after = before.clone();
    for _ in 0..2 {
        if let Some(copy) = work.step().unwrap() {
            assert!(after.insert(copy), "{state}: copy {copy} is handed over again");
        }
    }
    drop(work);
    Work::open(folder, rng(9)).unwrap().check(&after);
}

fn restore(folder: &Path, files: &BTreeMap<String, Vec<u8>>) {
    fs::remove_dir_all(folder).unwrap();
    fs::create_dir_all(folder.join("store")).unwrap();
    for (name, bytes) in files {
        fs::write(folder.join(name), bytes).unwrap();
    }
}

/// How the power may go: everything that was not synced is lost; nothing is; and some of it, for
/// each of so many seeds.
const SEEDS: u8 = 3;

fn lose_power_after_each(watched: &Watched, operations: &[Operation]) -> usize {
    let mut states = BTreeSet::new();
    for n in 0..=operations.len() {
        let (before, _) = operations.split_at(n);
        let handed_over = handed_over(before);
        for seed in 0..2 + SEEDS {
            let mut random = rng(seed);
            let fate = || match (seed, random.next_u32() % 3) {
                (0, _) => Fate::Lost,
                (1, _) => Fate::Kept,
                (_, 0) => Fate::Lost,
                (_, 1) => Fate::Kept,
                _ => Fate::Torn(random.next_u32() as u8),
            };
            let mut files = left(before, fate);
            files.remove(HANDED_OVER);
            if states.insert((handed_over.clone(), files.clone())) {
                restore(watched.folder(), &files);
                go_on(watched.folder(), &handed_over, &format!("operation {n}, seed {seed}"));
            }
        }
    }
    states.len()
}

#[test]
fn the_power_goes_after_any_operation() {
    let Some(watched) = Watched::new("power") else { return };
    assert_eq!(watched.work(&[]), Some(0));
    let operations = watched.operations();
    let states = lose_power_after_each(&watched, &operations);
    println!("{} operations, {states} states", operations.len());
}

/// Each answer waits for the disk twice: for the file, then for the slot.
#[test]
fn a_copy_is_handed_over_after_two_syncs() {
    let Some(watched) = Watched::new("syncs") else { return };
    assert_eq!(watched.work(&[]), Some(0));
    let operations = watched.operations();
    let is_handed_over = |n: &usize| {
        let before = |n| handed_over(operations.get(..n).unwrap_or_default()).len();
        before(*n) < before(n + 1)
    };
    let moments: Vec<_> = (0..operations.len()).filter(is_handed_over).collect();
    let syncs = |from: usize, to: usize| {
        let is_sync = |operation: &&Operation| {
            matches!(operation, Operation::Sync { .. } | Operation::SyncFolder { .. })
        };
        operations[from..to].iter().filter(is_sync).count()
    };
    // The second, third and fourth copy of the first round.
    let counted = moments.windows(2).take(3).map(|between| syncs(between[0], between[1]));
    assert_eq!(counted.collect::<Vec<_>>(), [2, 2, 2]);
}

/// What a killed process has written and not synced is read by the next, which must not build on it
/// before it is durable.
#[test]
fn the_power_goes_after_a_process_was_killed() {
    let Some(watched) = Watched::new("killed-power") else { return };
    assert_eq!(watched.work(&[]), Some(0));
    let all = watched.operations().len();
    let mut states = 0;
    let mut moments = rng(10);
    let mut stop = 1;
    while stop < all {
        watched.clear();
        assert_eq!(watched.work(&[("FAULTS_STOP", stop)]), Some(99));
        let first = watched.operations().len();
        assert_eq!(watched.work(&[("FAULTS_STOP", 24)]), Some(99), "stopped at {stop}");
        let operations = watched.operations();
        for n in first..=operations.len() {
            let (before, _) = operations.split_at(n);
            let handed_over = handed_over(before);
            let mut files = left(before, || Fate::Lost);
            files.remove(HANDED_OVER);
            restore(watched.folder(), &files);
            go_on(watched.folder(), &handed_over, &format!("stopped at {stop}, operation {n}"));
            states += 1;
        }
        stop += 1 + (moments.next_u32() % 16) as usize;
    }
    println!("{states} states");
}

/// The disk takes so many bytes and no more: the worker is told so, and goes on once there is room.
#[test]
fn the_disk_is_full() {
    let Some(watched) = Watched::new("disk-full") else { return };
    assert_eq!(watched.work(&[]), Some(0));
    let written = watched.operations().into_iter().map(|operation| match operation {
        Operation::Write { bytes, .. } => bytes.len(),
        _ => 0,
    });
    let written: usize = written.sum();
    let mut times = 0;
    let mut room = 0;
    let mut steps = rng(11);
    while room < written {
        watched.clear();
        assert_eq!(watched.work(&[("FAULTS_ROOM", room)]), Some(0), "room for {room} bytes");
        let handed_over = handed_over(&watched.operations());
        go_on(watched.folder(), &handed_over, &format!("room for {room} bytes"));
        room += 1 + (steps.next_u32() % 4096) as usize;
        times += 1;
    }
    println!("full {times} times");
}

//! A process is killed at a random moment, again and again.

use std::collections::BTreeSet;
use std::hint;
use std::io::{self, BufRead, BufReader, Write};
use std::process::{self, Stdio};

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::work::{Work, child, folder_of_child};
use crate::{Place, rng};

/// Works until it is killed, and says on standard error which copies it has handed over.
#[test]
fn worker() {
    let Some(folder) = folder_of_child() else { return };
    // Each worker draws other numbers. Two changes of the PIN to one secret, which chance does not make, read
    // as a store that was put back.
    let numbers = ChaCha20Rng::seed_from_u64(process::id().into());
    let mut work = Work::open(&folder, numbers).unwrap();
    loop {
        if let Some(copy) = work.step().unwrap() {
            // One write: a pipe takes it in whole or not at all.
            io::stderr().write_all(format!("copy {copy}\n").as_bytes()).unwrap();
        }
    }
}

/// 100 times, or as often as `COFFRET_KILLS` says.
#[test]
fn what_was_acknowledged_is_there_and_nothing_is_used_twice() {
    let kills = std::env::var("COFFRET_KILLS").map_or(100, |kills| kills.parse().unwrap());
    let place = Place::new("crash");
    let mut moments = rng(6);
    let mut handed_over = BTreeSet::new();
    for _ in 0..kills {
        let mut child = child("crash::worker", &place.folder)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        // A moment after so many copies, or while the store is being opened or made.
        let mut fault = String::new();
        let mut hand_over = |line: io::Result<String>| {
            let line = line.unwrap();
            let Some(copy) = line.strip_prefix("copy ") else {
                fault += &format!("{line}\n");
                return;
            };
            let copy: u32 = copy.parse().unwrap();
            assert!(handed_over.insert(copy), "copy {copy} was handed over twice");
        };
        lines.by_ref().take((moments.next_u32() % 8) as usize).for_each(&mut hand_over);
        for _ in 0..moments.next_u32() % 400_000 {
            hint::spin_loop();
        }
        child.kill().unwrap();
        lines.for_each(&mut hand_over);
        child.wait().unwrap();
        assert!(fault.is_empty(), "the worker failed: {fault}");
        // Not by opening: the next process does that, and may be killed in it.
    }
    Work::open(&place.folder, rng(5)).unwrap().check(&handed_over);
    println!("{kills} kills, {} copies handed over", handed_over.len());
    assert!(handed_over.len() > kills);
}

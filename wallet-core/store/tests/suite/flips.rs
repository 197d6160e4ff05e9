//! Each byte of a small store changed in turn: what is then said is what was said before, or an
//! error.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use coffret_store::{Changes, Cost, Error, PlatformSecrets};
use rand_chacha::rand_core::Rng;

use crate::place::{BOOT, ONE, Place, Said, TERM, id, pin, rng, some_records};

/// How often each answer was given.
type Answers = BTreeMap<String, usize>;

fn answer(place: &Place, said: &Said) -> String {
    match place.unlocked().and_then(|store| Said::by(&store)) {
        Ok(now) => {
            assert!(now == *said, "another content was accepted");
            "accepted".to_owned()
        }
        Err(error) => error.code().name.to_owned(),
    }
}

/// Flips one bit of each byte of a file.
fn flip_file(place: &Place, path: &Path, said: &Said, answers: &mut Answers) {
    let mut bits = rng(9);
    let whole = place.files();
    for at in 0..path.metadata().unwrap().len() {
        let bit = 1 << (bits.next_u32() % 8);
        let flip = || {
            let mut file = File::options().read(true).write(true).open(path).unwrap();
            let mut byte = [0];
            file.seek(SeekFrom::Start(at)).unwrap();
            file.read_exact(&mut byte).unwrap();
            file.seek(SeekFrom::Start(at)).unwrap();
            file.write_all(&[byte[0] ^ bit]).unwrap();
        };
        flip();
        *answers.entry(answer(place, said)).or_default() += 1;
        flip();
        assert!(place.files() == whole, "byte {at}: opening wrote to the file");
    }
}

#[test]
fn of_the_database() {
    let (mut place, mut store) = Place::made("flip-database");
    some_records(&mut store, &mut place.rng);
    // All of it comes from the log to the file.
    store.change_pin(&pin(), &pin(), Cost::MIN, BOOT, &mut place.rng).unwrap();
    let said = Said::by(&store).unwrap();
    drop(store);
    let mut answers = Answers::new();
    flip_file(&place, &place.database(), &said, &mut answers);
    println!("{answers:?}");
    assert!(answers["accepted"] < answers.values().sum());
}

#[test]
fn of_the_log() {
    let (mut place, mut store) = Place::made("flip-log");
    let changes = Changes::default().put(ONE, id(1), Some(TERM), b"Bonjour".to_vec());
    store.commit(changes, &mut place.rng).unwrap();
    let said = Said::by(&store).unwrap();
    // As a process that is killed leaves it.
    let files = place.files();
    drop(store);
    files.restore(&place.folder);
    let mut answers = Answers::new();
    flip_file(&place, &place.folder.join("store-wal"), &said, &mut answers);
    println!("{answers:?}");
    assert!(answers["wallet-file-older"] > answers.get("accepted").copied().unwrap_or_default());
}

/// Every bit of the slot.
#[test]
fn of_the_slot() {
    let (mut place, mut store) = Place::made("flip-slot");
    some_records(&mut store, &mut place.rng);
    let said = Said::by(&store).unwrap();
    drop(store);
    let slot = place.slot().unwrap();
    let mut answers = Answers::new();
    for bit in 0..slot.len() * 8 {
        let mut flipped = slot.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        place.secrets.replace(&flipped).unwrap();
        *answers.entry(answer(&place, &said)).or_default() += 1;
    }
    println!("{answers:?}");
    // The tries are all that nothing vouches for.
    assert!(answers["accepted"] < 16);
    assert!(answers.contains_key(Error::SecretsMalformed.code().name));
}

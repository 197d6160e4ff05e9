//! Files of every format so far are read; those of a later one are not (`tampering`).

use std::fs;
use std::path::PathBuf;

use coffret_store::Cost;

use crate::place::{BOOT, Place, Said, pin, some_records};

fn kept() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/format-1")
}

#[test]
fn a_file_of_format_1_opens() {
    let place = Place::new("format-1");
    fs::create_dir_all(&place.folder).unwrap();
    fs::copy(kept().join("store"), place.database()).unwrap();
    place.restore_slot(&Some(fs::read(kept().join("slot")).unwrap()));
    let store = place.unlocked().unwrap();
    let (_place, expected) = of_today("format-1-expected");
    assert_eq!(Said::by(&store).unwrap(), expected);
}

fn of_today(name: &str) -> (Place, Said) {
    let (mut place, mut store) = Place::made(name);
    some_records(&mut store, &mut place.rng);
    store.change_pin(&pin(), &pin(), Cost::MIN, BOOT, &mut place.rng).unwrap();
    let said = Said::by(&store).unwrap();
    (place, said)
}

#[test]
#[ignore = "writes the file that the test above reads: once a format, before it is released"]
fn keep_a_file_of_today() {
    let (place, _) = of_today("format-today");
    fs::create_dir_all(kept()).unwrap();
    fs::copy(place.database(), kept().join("store")).unwrap();
    fs::write(kept().join("slot"), place.slot().unwrap()).unwrap();
}

//! `Debug` of what holds secrets shows none, and an error shows its code alone.

use std::fmt::Debug;

use coffret_store::{Changes, Error, KeyFile, MemorySecrets, Opened};

use crate::place::{ONE, Place, id, pin};

#[test]
fn nothing_is_shown() {
    let place = Place::new("debug");
    let blank = place.open().unwrap();
    let store = place.blank().unwrap();
    let store = store.create(&pin(), coffret_store::Cost::MIN, &mut crate::place::rng(1)).unwrap();
    let shown = |value: &dyn Debug| format!("{value:?}");
    assert_eq!(shown(&pin()), "Pin([…])");
    assert_eq!(shown(&blank), "New(Blank([…]))");
    assert_eq!(shown(&store), "Store([…])");
    assert_eq!(shown(&Opened::Locked(store.lock())), "Locked(Locked([…]))");
    assert_eq!(shown(&MemorySecrets::default()), "MemorySecrets([…])");
    let key_file = KeyFile::new(place.folder.join("key"));
    assert_eq!(shown(&key_file), format!("KeyFile {{ path: {:?} }}", place.folder.join("key")));
    let changes = Changes::default().put(ONE, id(1), Some(b"Rose"), b"Bonjour".to_vec());
    assert_eq!(shown(&changes), "Changes(1 records, […])");
    assert_eq!(Error::WrongPin.to_string(), "pin-wrong (CW-703, Coffret store §3)");
}

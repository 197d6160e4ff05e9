//! A file that was edited by someone who knows its form and has no keys.

use coffret_store::Error;
use rusqlite::Connection;

use crate::place::{Place, Said, some_records};

/// What is done to the file of [`some_records`], and what the store then says: on opening, on
/// unlocking, or on reading.
const EDITS: &[(&str, &str, Error)] = &[
    ("delete", "DELETE FROM a WHERE a = 2", Error::RowsChanged),
    (
        "duplicate",
        "INSERT INTO a SELECT 9, b, c, d, e, f, g FROM a WHERE a = 2",
        Error::RowsChanged,
    ),
    (
        "another name",
        "INSERT INTO a SELECT 9, b, zeroblob(16), d, e, f, g FROM a WHERE a = 2",
        Error::RowsChanged,
    ),
    ("another table", "UPDATE a SET b = 2 WHERE a = 2", Error::RowsChanged),
    ("another place", "UPDATE a SET a = 9 WHERE a = 2", Error::RowsChanged),
    ("another revision", "UPDATE a SET d = 9 WHERE a = 2", Error::RowsChanged),
    ("no term", "UPDATE a SET e = NULL WHERE a = 4", Error::RowsChanged),
    ("a term", "UPDATE a SET e = zeroblob(16) WHERE a = 2", Error::RowsChanged),
    ("another seal", "UPDATE a SET f = zeroblob(28) WHERE a = 2", Error::RowsChanged),
    ("a short seal", "UPDATE a SET f = zeroblob(27) WHERE a = 2", Error::Altered),
    ("another body", "UPDATE a SET g = zeroblob(8) WHERE a = 2", Error::Altered),
    ("no body", "UPDATE a SET g = NULL WHERE a = 2", Error::Altered),
    (
        "swapped bodies",
        "UPDATE a SET g = (SELECT g FROM a AS b WHERE b.a = 5 - a.a) WHERE a IN (2, 3)",
        Error::Altered,
    ),
    ("no header", "DELETE FROM b", Error::Altered),
    ("another epoch", "UPDATE b SET d = d + 1", Error::Altered),
    ("an earlier epoch", "UPDATE b SET d = d - 1", Error::Altered),
    ("another header", "UPDATE b SET f = zeroblob(200)", Error::Altered),
    ("another store", "UPDATE b SET b = zeroblob(16)", Error::OtherSecrets),
    ("another secret", "UPDATE b SET c = zeroblob(16)", Error::RolledBack),
    ("a later secret", "UPDATE b SET c = zeroblob(16), d = 9", Error::SecretsOlder),
    ("an index", "CREATE INDEX c ON a (c)", Error::Altered),
    ("a trigger", "CREATE TRIGGER c AFTER INSERT ON a BEGIN DELETE FROM a; END", Error::Altered),
    ("no table", "DROP TABLE a", Error::Altered),
    ("no format", "PRAGMA user_version = 0", Error::Altered),
    ("a later format", "PRAGMA user_version = 2", Error::NewerFormat),
    ("another journal", "PRAGMA journal_mode = DELETE", Error::Altered),
];

#[test]
fn each_edit_is_refused_and_left_alone() {
    let (mut place, mut store) = Place::made("edits");
    some_records(&mut store, &mut place.rng);
    drop(store);
    let (files, slot) = (place.files(), place.slot());
    for (name, edit, expected) in EDITS {
        place.edit().execute_batch(edit).unwrap();
        let edited = place.files();
        let said = place.unlocked().and_then(|store| Said::by(&store));
        assert_eq!(said, Err(*expected), "{name}");
        assert!(place.files() == edited, "{name}: the file was written");
        assert!(place.slot() == slot, "{name}: the slot was written");
        files.restore(&place.folder);
    }
    assert!(place.unlocked().is_ok());
    println!("{} edits", EDITS.len());
}

#[test]
fn a_row_pasted_back_is_refused() {
    let (mut place, mut store) = Place::made("pasted-back");
    some_records(&mut store, &mut place.rng);
    drop(store);
    let read = |connection: &Connection| {
        let row = connection.query_row("SELECT d, f, g FROM a WHERE a = 1", [], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?, row.get::<_, Vec<u8>>(2)?))
        });
        row.unwrap()
    };
    let former = read(&place.edit());
    let mut store = place.unlocked().unwrap();
    some_records(&mut store, &mut place.rng);
    drop(store);
    let edit = place.edit();
    assert_ne!(read(&edit), former);
    edit.execute("UPDATE a SET d = ?1, f = ?2, g = ?3 WHERE a = 1", former).unwrap();
    drop(edit);
    assert_eq!(place.unlocked().unwrap_err(), Error::RowsChanged);
}

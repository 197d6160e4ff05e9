use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use super::*;
use crate::database::Database;
use crate::header::Header;
use crate::rows::{Keys, Rows};
use crate::slot::Slot;
use crate::{Pin, RecordId, Table};

/// A step that moves every record, and leaves a trace.
const NEXT: &str =
    "CREATE TABLE c (a INTEGER PRIMARY KEY, b INT, c BLOB, d INT, e BLOB, f BLOB, g BLOB) STRICT;
     INSERT INTO c SELECT * FROM a;
     DROP TABLE a;
     ALTER TABLE c RENAME TO a;
     CREATE INDEX d ON a (e);";

fn steps() -> [&'static str; 2] {
    [STEPS[0], NEXT]
}

fn kept() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/format-1")
}

fn slot() -> Slot {
    Slot::decode(&fs::read(kept().join("slot")).unwrap()).unwrap()
}

/// A copy of the file of form 1, removed when dropped.
struct Copy(PathBuf);

impl Copy {
    fn new() -> Copy {
        // Tests run side by side.
        static COPIES: AtomicU32 = AtomicU32::new(0);
        let number = COPIES.fetch_add(1, Ordering::Relaxed);
        let folder = format!("coffret-store-migrate-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(folder);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        fs::copy(kept().join("store"), folder.join("store")).unwrap();
        Copy(folder)
    }

    fn database(&self) -> PathBuf {
        self.0.join("store")
    }

    /// What a process that was stopped would leave.
    fn files(&self) -> [Vec<u8>; 2] {
        ["store", "store-wal"].map(|name| fs::read(self.0.join(name)).unwrap_or_default())
    }

    fn restore(&self, [database, log]: [&[u8]; 2]) {
        fs::write(self.database(), database).unwrap();
        fs::write(self.0.join("store-wal"), log).unwrap();
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn keys(header: &Header) -> Keys {
    let pin = Pin::parse("190673").unwrap();
    Keys::new(header.wrap.open(&pin, &slot().secret).unwrap())
}

/// Every record, by the sum and the seals; and the number of the last step.
fn open(path: &Path, steps: &[&str], keys: &Keys) -> (Vec<(Table, RecordId, Vec<u8>)>, u32) {
    let mut slot = slot();
    let (database, header) = Database::open(path, steps, |header| header.open(&mut slot)).unwrap();
    let rows = Rows::new(database.rows().unwrap(), &header.sum, keys).unwrap();
    let tables = [Table(1), Table(2)];
    let rows = tables.iter().flat_map(|table| rows.table(*table)).map(|row| {
        let body = database.bodies().unwrap().read(row.place).unwrap();
        (row.table, row.id, row.open(body, keys).unwrap().to_vec())
    });
    let rows = rows.collect();
    drop(database);
    let connection = Connection::open(path).unwrap();
    (rows, connection.pragma_query_value(None, VERSION, |row| row.get(0)).unwrap())
}

fn refused(path: &Path, steps: &[&str]) -> Error {
    let mut slot = slot();
    Database::open(path, steps, |header| header.open(&mut slot)).map(drop).unwrap_err()
}

/// The keys, and what is read without the next step.
fn today() -> (Keys, Vec<(Table, RecordId, Vec<u8>)>) {
    let copy = Copy::new();
    let (_, header) =
        Database::open(&copy.database(), STEPS, |header| header.open(&mut slot())).unwrap();
    let keys = keys(&header);
    let (rows, version) = open(&copy.database(), STEPS, &keys);
    assert_eq!((rows.len(), version), (4, 1));
    (keys, rows)
}

#[test]
fn a_file_of_an_earlier_form_takes_the_steps_it_lacks() {
    let (keys, rows) = today();
    let copy = Copy::new();
    for _ in 0..2 {
        assert_eq!(open(&copy.database(), &steps(), &keys), (rows.clone(), 2));
    }
    assert_eq!(refused(&copy.database(), STEPS), Error::NewerFormat);
    Connection::open(copy.database()).unwrap().execute_batch("DROP INDEX d").unwrap();
    assert_eq!(refused(&copy.database(), &steps()), Error::Altered, "not what the steps make");
}

/// Not even in part: a step may write more than SQLite keeps in memory of itself.
#[test]
fn a_file_that_is_refused_takes_no_step() {
    let large = "CREATE TABLE c (a BLOB) STRICT; INSERT INTO c VALUES (zeroblob(8000000));";
    let copy = Copy::new();
    let before = copy.files();
    let mut newer = slot();
    newer.at.epoch += 1;
    let steps = [STEPS[0], large];
    let refused = Database::open(&copy.database(), &steps, |header| header.open(&mut newer));
    assert_eq!(refused.map(drop).unwrap_err(), Error::RolledBack);
    assert!(copy.files() == before);
}

#[test]
fn a_step_that_fails_is_not_taken() {
    let (keys, rows) = today();
    let copy = Copy::new();
    let before = copy.files();
    let failing = [NEXT, "SELECT nothing;"].concat();
    assert_eq!(refused(&copy.database(), &[STEPS[0], &failing]), Error::Altered);
    assert!(copy.files() == before);
    assert_eq!(open(&copy.database(), STEPS, &keys), (rows, 1));
}

/// Stopped before the end of the transaction, and after each part of what it writes.
#[test]
fn a_process_that_is_stopped_leaves_one_form_or_the_other() {
    let (keys, rows) = today();
    let copy = Copy::new();
    let mut stopped = copy.files();
    let mut slot = slot();
    let (migrated, _) = Database::open(&copy.database(), &steps(), |header| {
        stopped = copy.files();
        header.open(&mut slot)
    })
    .unwrap();
    let [database, log] = copy.files();
    drop(migrated);
    assert!(log.len() > stopped[1].len());

    let left = Copy::new();
    left.restore([&stopped[0], &stopped[1]]);
    assert_eq!(open(&left.database(), STEPS, &keys), (rows.clone(), 1));
    let mut former = Vec::new();
    for length in (0..log.len()).step_by(256).chain([log.len()]) {
        left.restore([&database, &log[..length]]);
        former.push(Database::open(&left.database(), STEPS, |_| Ok(())).is_ok());
        assert_eq!(open(&left.database(), &steps(), &keys), (rows.clone(), 2), "{length} bytes");
    }
    former.dedup();
    assert_eq!(former, [true, false], "the former form until the whole log is there");
}

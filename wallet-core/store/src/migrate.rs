//! The formats of the file.

use rusqlite::Connection;

/// The steps from each format to the next; the first makes a file of nothing.
///
/// Names say nothing. In `a`, a row a record: place, table, id, revision, blind index of its term,
/// seal, body. In `b`, one row, the header: store, secret, epoch, seal, body.
const STEPS: [&[&str]; 1] = [&[
    "CREATE TABLE a (a INTEGER PRIMARY KEY, b INT, c BLOB, d INT, e BLOB, f BLOB, g BLOB) STRICT",
    "CREATE TABLE b (a INTEGER PRIMARY KEY, b BLOB, c BLOB, d INT, e BLOB, f BLOB) STRICT",
]];

/// The format that is written.
pub(crate) const FORMAT: u32 = STEPS.len() as u32;

/// What SQLite keeps the format as.
const VERSION: &str = "user_version";

/// Takes every step.
pub(crate) fn create(connection: &Connection) -> rusqlite::Result<()> {
    STEPS.iter().copied().flatten().try_for_each(|step| connection.execute_batch(step))?;
    connection.pragma_update(None, VERSION, FORMAT)
}

pub(crate) fn format(connection: &Connection) -> rusqlite::Result<u32> {
    connection.pragma_query_value(None, VERSION, |row| row.get(0))
}

/// Whether the file has the tables of the last format, and nothing else that SQLite would act on.
pub(crate) fn is_as_created(connection: &Connection) -> rusqlite::Result<bool> {
    let mut tables = connection.prepare("SELECT sql FROM sqlite_schema ORDER BY rowid")?;
    let tables = tables.query_map([], |row| row.get::<_, String>(0))?;
    let tables = tables.collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(tables.iter().eq(STEPS.iter().copied().flatten()))
}

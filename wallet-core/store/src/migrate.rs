//! The forms of the file, and how each becomes the next.

use rusqlite::Connection;

use crate::Error;
use crate::database::refused;

/// Each takes a file from one form to the next, the first from nothing. What has been released is
/// not changed: the next form is one more step.
///
/// A step is taken before the PIN: it may move what is there, and changes nothing that a row is
/// sealed with or counted by.
///
/// Names say nothing. In `a`, a row a record: place, table, id, revision, blind index of its term,
/// seal, body. In `b`, one row, the header: store, secret, epoch, seal, body.
pub(crate) const STEPS: &[&str] = &[
    "CREATE TABLE a (a INTEGER PRIMARY KEY, b INT, c BLOB, d INT, e BLOB, f BLOB, g BLOB) STRICT;
     CREATE TABLE b (a INTEGER PRIMARY KEY, b BLOB, c BLOB, d INT, e BLOB, f BLOB) STRICT;",
];

/// What SQLite keeps the number of the last step as.
const VERSION: &str = "user_version";

/// Takes the steps that a file has not taken. It is for the caller to undo them, in one
/// transaction, if the file turns out not to be sound.
///
/// # Errors
/// [`Error::NewerFormat`]; [`Error::Altered`] for anything that the steps so far have not made, and
/// that SQLite would act on.
pub(crate) fn migrate(connection: &Connection, steps: &[&str]) -> Result<(), Error> {
    let version = connection.pragma_query_value(None, VERSION, |row| row.get(0));
    let version = version.map(|version: u32| version as usize).map_err(refused)?;
    let taken = steps.get(..version).ok_or(Error::NewerFormat)?;
    if schema(connection).map_err(refused)? != made_by(taken).map_err(refused)? {
        return Err(Error::Altered);
    }
    let mut left = (1..).zip(steps).skip(version);
    left.try_for_each(|(number, step): (u32, _)| {
        connection.execute_batch(step)?;
        connection.pragma_update(None, VERSION, number)
    })
    .map_err(refused)
}

fn made_by(steps: &[&str]) -> rusqlite::Result<Vec<Option<String>>> {
    let connection = Connection::open_in_memory()?;
    steps.iter().try_for_each(|step| connection.execute_batch(step))?;
    schema(&connection)
}

/// The statements that have made what is there; `None` for an index that came with a table.
fn schema(connection: &Connection) -> rusqlite::Result<Vec<Option<String>>> {
    let mut schema = connection.prepare("SELECT sql FROM sqlite_schema ORDER BY rowid")?;
    schema.query_map([], |row| row.get(0))?.collect()
}

#[cfg(test)]
mod tests;

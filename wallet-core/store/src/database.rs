//! The file: SQLite, one process at a time, each transaction durable before it is said to be done.

use std::cell::Cell;
use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, Statement, TransactionBehavior};

use crate::header::SealedHeader;
use crate::migrate::{STEPS, migrate};
use crate::rows::Row;
use crate::seal::Sealed;
use crate::{Error, RecordId, Table};

/// What was removed or replaced is in its log until that is [folded](Database::fold), at the latest
/// when the file is closed.
pub(crate) struct Database {
    connection: Connection,
    /// Whether anything was written since the log was folded.
    is_behind: Cell<bool>,
}

/// Reads the bodies of rows.
pub(crate) struct Bodies<'d>(Statement<'d>);

impl Bodies<'_> {
    pub(crate) fn read(&mut self, place: i64) -> Result<Vec<u8>, Error> {
        self.0.query_row([place], |row| row.get(0)).map_err(refused)
    }
}

/// One row to write.
pub(crate) enum Edit {
    /// With its body, in place of any that is there.
    Put(Row, Vec<u8>),
    /// Of the row that is there.
    Delete(Row),
}

impl Database {
    fn connected(path: &Path) -> Result<Database, Error> {
        let connection = connect(path).map_err(refused)?;
        Ok(Database { connection, is_behind: Cell::new(false) })
    }

    /// Makes the tables and the first header in an empty file.
    pub(crate) fn create(path: &Path, header: &SealedHeader) -> Result<Database, Error> {
        let mut database = Database::connected(path)?;
        database.connection.execute_batch("PRAGMA journal_mode = WAL").map_err(refused)?;
        let transaction = database.connection.transaction().map_err(refused)?;
        migrate(&transaction, STEPS)?;
        put_header(&transaction, header).map_err(refused)?;
        transaction.commit().map_err(refused)?;
        Ok(database)
    }

    /// Opens a file, of the last form or on its way there by `steps`. Nothing is written unless its
    /// header is accepted.
    ///
    /// # Errors
    /// [`Error::NewerFormat`], [`Error::Altered`], [`Error::FileUnavailable`]; what `accept` says.
    pub(crate) fn open<T>(
        path: &Path,
        steps: &[&str],
        accept: impl FnOnce(SealedHeader) -> Result<T, Error>,
    ) -> Result<(Database, T), Error> {
        let mut database = Database::connected(path)?;
        let transaction = database.connection.transaction().map_err(refused)?;
        migrate(&transaction, steps)?;
        let journal = transaction.pragma_query_value(None, "journal_mode", |row| row.get(0));
        let journal: String = journal.map_err(refused)?;
        if journal != "wal" {
            return Err(Error::Altered);
        }
        let accepted = accept(header(&transaction).map_err(refused)?)?;
        transaction.commit().map_err(refused)?;
        Ok((database, accepted))
    }

    /// Every row, without the bodies, which are the large part of the file.
    pub(crate) fn rows(&self) -> Result<Vec<Row>, Error> {
        let rows = || -> rusqlite::Result<_> {
            let mut rows = self.connection.prepare("SELECT a, b, c, d, e, f FROM a ORDER BY a")?;
            let rows = rows.query_map([], |row| {
                Ok(Row {
                    place: row.get(0)?,
                    table: Table(row.get(1)?),
                    id: RecordId::from(row.get::<_, [u8; 16]>(2)?),
                    revision: row.get(3)?,
                    term: row.get(4)?,
                    seal: row.get(5)?,
                })
            })?;
            rows.collect::<rusqlite::Result<_>>()
        };
        rows().map_err(refused)
    }

    /// What reads the bodies of rows, however many.
    pub(crate) fn bodies(&self) -> Result<Bodies<'_>, Error> {
        self.connection.prepare("SELECT g FROM a WHERE a = ?1").map(Bodies).map_err(refused)
    }

    /// One transaction.
    ///
    /// # Errors
    /// [`Error::Unconfirmed`] where all of it may be there, or nothing; after any other, nothing is.
    pub(crate) fn write(&mut self, edits: &[Edit], header: &SealedHeader) -> Result<(), Error> {
        let write = |connection: &mut Connection| {
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            for edit in edits {
                match edit {
                    Edit::Put(row, body) => transaction.execute(
                        "REPLACE INTO a VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                        (
                            row.place,
                            row.table.0,
                            row.id.as_bytes(),
                            row.revision,
                            row.term,
                            row.seal,
                            body,
                        ),
                    )?,
                    Edit::Delete(row) => {
                        transaction.execute("DELETE FROM a WHERE a = ?1", [row.place])?
                    }
                };
            }
            put_header(&transaction, header)?;
            Ok(transaction.commit())
        };
        self.is_behind.set(true);
        match write(&mut self.connection).map_err(refused)?.map_err(refused) {
            // Where the disk fails as the log is synced, the whole transaction may be in the log,
            // and the next process would read it. Emptying the log takes it out. A full disk does
            // not get as far as the log's last page.
            Err(Error::FileUnavailable) => {
                Err(if self.fold().is_ok() { Error::FileUnavailable } else { Error::Unconfirmed })
            }
            written => written,
        }
    }

    /// Makes what was read durable, and empties the log, which has what the file no longer says.
    pub(crate) fn fold(&self) -> Result<(), Error> {
        let fold = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        fold.map_err(refused)?;
        self.is_behind.set(false);
        Ok(())
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if self.is_behind.get() {
            // What was written stands in the log too.
            let _ = self.fold();
        }
    }
}

fn header(connection: &Connection) -> rusqlite::Result<SealedHeader> {
    connection.query_row("SELECT b, c, d, e, f FROM b WHERE a = 1", [], |row| {
        Ok(SealedHeader {
            store: row.get(0)?,
            secret: row.get(1)?,
            epoch: row.get(2)?,
            sealed: Sealed { seal: row.get(3)?, body: row.get(4)? },
        })
    })
}

fn put_header(connection: &Connection, header: &SealedHeader) -> rusqlite::Result<usize> {
    connection.execute(
        "REPLACE INTO b VALUES (1, ?1, ?2, ?3, ?4, ?5)",
        (header.store, header.secret, header.epoch, header.sealed.seal, &header.sealed.body),
    )
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    for (setting, on) in [
        // What a file may make SQLite do.
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        // A file that is refused is left as it is.
        (DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true),
    ] {
        connection.set_db_config(setting, on)?;
    }
    connection.execute_batch(
        "PRAGMA locking_mode = EXCLUSIVE; -- before anything is read: no shared memory
         PRAGMA synchronous = FULL;
         PRAGMA fullfsync = ON;
         PRAGMA checkpoint_fullfsync = ON;
         PRAGMA secure_delete = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_spill = OFF; -- what is undone was not written
         PRAGMA cell_size_check = ON;",
    )?;
    Ok(connection)
}

pub(crate) fn refused(error: rusqlite::Error) -> Error {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => Error::DiskFull,
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::InUse,
        Some(
            ErrorCode::CannotOpen
            | ErrorCode::PermissionDenied
            | ErrorCode::ReadOnly
            | ErrorCode::SystemIoFailure
            | ErrorCode::OutOfMemory
            | ErrorCode::NoLargeFileSupport,
        ) => Error::FileUnavailable,
        // Everything else is a file that says what no store writes.
        _ => Error::Altered,
    }
}

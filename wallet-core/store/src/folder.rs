//! The store's files.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::Error;

/// What the files in a store's folder are called, whichever of them are there.
pub const FILES: [&str; 6] = [DATABASE, LOG, "store-shm", "store-journal", RESERVE, LOCK];

const DATABASE: &str = "store";
/// SQLite's write-ahead log, which has what is not in the database itself yet.
const LOG: &str = "store-wal";
const LOCK: &str = "lock";
/// Zeros, whose room goes to what has to be written when the disk is full.
const RESERVE: &str = "reserve";

/// Some twenty entries of the log, or removals, on a disk that stays full.
const RESERVED: u64 = 1 << 20;
/// What is given back at a time: an entry with its evidence, and the pages that it changes.
const RELEASED: u64 = 128 << 10;

/// The folder that a store is in: its database, the database's log, and the file that one process
/// at a time locks.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(path: &Path) -> Folder {
        Folder(path.to_owned())
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.0.join(DATABASE)
    }

    pub(crate) fn has_database(&self) -> Result<bool, Error> {
        self.database().try_exists().map_err(refused)
    }

    /// What the one process that has the store holds.
    ///
    /// # Errors
    /// [`Error::InUse`], [`Error::DiskFull`], [`Error::FileUnavailable`]
    pub(crate) fn lock(&self) -> Result<File, Error> {
        let file = private().truncate(false).open(self.0.join(LOCK)).map_err(refused)?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(Error::InUse),
            Err(TryLockError::Error(error)) => Err(refused(error)),
        }
    }

    /// The same, where there is a folder.
    ///
    /// # Errors
    /// [`Error::FileMissing`] in one that never had a store.
    pub(crate) fn lock_again(&self) -> Result<Option<File>, Error> {
        let is_there = |path: &Path| path.try_exists().map_err(refused);
        if !is_there(&self.0)? {
            return Ok(None);
        }
        if !is_there(&self.0.join(LOCK))? && !self.has_database()? {
            return Err(Error::FileMissing);
        }
        self.lock().map(Some)
    }

    pub(crate) fn create(&self) -> Result<(), Error> {
        let mut folder = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
        folder.recursive(true).create(&self.0).map_err(refused)
    }

    /// An empty database file.
    pub(crate) fn create_database(&self) -> Result<(), Error> {
        private().truncate(true).open(self.database()).map_err(refused)?;
        Ok(())
    }

    /// Sets room aside for a full disk, where there is room: all of it or none, so that the last of a
    /// disk is not taken from whoever needs it now.
    pub(crate) fn set_aside(&self) {
        let path = self.0.join(RESERVE);
        let fill = || {
            let mut file = private().truncate(false).open(&path)?;
            let length = file.seek(SeekFrom::End(0))?;
            // Zeros that are written take their room, a longer length alone does not.
            let missing = usize::try_from(RESERVED.saturating_sub(length)).unwrap_or_default();
            file.write_all(&vec![0; missing]).inspect_err(|_| drop(file.set_len(length)))
        };
        // What cannot be set aside is missed only once the disk is full.
        let _ = fill();
    }

    /// Gives back some of what was set aside; whether there was any.
    pub(crate) fn release(&self) -> bool {
        let release = || {
            let file = File::options().write(true).open(self.0.join(RESERVE))?;
            let length = file.metadata()?.len();
            file.set_len(length.saturating_sub(RELEASED)).map(|()| length > 0)
        };
        release().unwrap_or(false)
    }

    /// Whether the database's log has anything in it.
    pub(crate) fn has_log(&self) -> bool {
        fs::metadata(self.0.join(LOG)).is_ok_and(|log| log.len() > 0)
    }

    /// Makes the database's log durable as it is.
    pub(crate) fn sync_log(&self) -> Result<(), Error> {
        match File::options().write(true).open(self.0.join(LOG)) {
            Ok(log) => log.sync_all().map_err(refused),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            Err(error) => Err(refused(error)),
        }
    }

    /// Removes the database and its logs. The lock stays: someone may be waiting for it.
    pub(crate) fn remove_database(&self) -> Result<(), Error> {
        for name in FILES.iter().filter(|name| **name != LOCK) {
            remove(&self.0.join(name)).map_err(refused)?;
        }
        if self.0.exists() { sync(&self.0).map_err(refused) } else { Ok(()) }
    }

    /// Whether the database is shorter than its own first page says (SQLite file format §1.3).
    pub(crate) fn is_truncated(&self) -> bool {
        let shorter = || -> Option<bool> {
            let mut file = File::open(self.database()).ok()?;
            let length = file.metadata().ok()?.len();
            let mut start = [0; 32];
            if file.read_exact(&mut start).is_err() {
                return Some(true);
            }
            let page = match u16::from_be_bytes([start[16], start[17]]) {
                1 => 0x1_0000,
                page => u64::from(page),
            };
            let pages = u32::from_be_bytes([start[28], start[29], start[30], start[31]]);
            Some(length < page * u64::from(pages))
        };
        shorter().unwrap_or(false)
    }
}

/// Opens a file that its owner alone may read, made where there is none.
pub(crate) fn private() -> OpenOptions {
    let mut options = File::options();
    options.write(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Removes a file, where there is one.
pub(crate) fn remove(file: &Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

/// Makes the names in a folder durable. Windows keeps them in its own log.
pub(crate) fn sync(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

fn refused(error: io::Error) -> Error {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Error::DiskFull,
        _ => Error::FileUnavailable,
    }
}

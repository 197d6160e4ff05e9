use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::folder::{private, remove, sync};
use crate::{Error, PlatformSecrets};

/// A slot in a file that its owner alone may read, best on another disk than the store's.
///
/// Whoever can write both files can put both back to an earlier state unnoticed, tries of the PIN
/// included. A link at its path is neither followed nor replaced: [`Error::NotAKeyFile`].
#[derive(Debug, Clone)]
pub struct KeyFile {
    path: PathBuf,
}

impl KeyFile {
    /// The slot in the file at `path`, whose folder is there.
    pub fn new(path: impl Into<PathBuf>) -> KeyFile {
        KeyFile { path: path.into() }
    }

    /// Where the next slot is written before it takes the place of the file.
    fn next(&self) -> PathBuf {
        let mut name = self.path.clone().into_os_string();
        name.push(".next");
        name.into()
    }

    /// That nothing but a file is written over or removed.
    fn is_own(&self) -> Result<(), Error> {
        is_file(&self.path).and(is_file(&self.next())).map(drop)
    }

    fn folder(&self) -> &Path {
        match self.path.parent() {
            Some(parent) if parent != Path::new("") => parent,
            _ => Path::new("."),
        }
    }
}

impl PlatformSecrets for KeyFile {
    fn load(&self) -> Result<Option<Zeroizing<Vec<u8>>>, Error> {
        if !is_file(&self.path)? {
            return Ok(None);
        }
        let file = File::open(&self.path).map_err(refused)?;
        let mut slot = Zeroizing::new(Vec::with_capacity(MAX_SLOT));
        file.take(MAX_SLOT as u64).read_to_end(&mut slot).map_err(refused)?;
        Ok(Some(slot))
    }

    fn replace(&self, slot: &[u8]) -> Result<(), Error> {
        self.is_own()?;
        let write = || {
            // One that was left may be open to others: it is not written over.
            remove(&self.next())?;
            let mut file = private().create_new(true).open(self.next())?;
            file.write_all(slot)?;
            file.sync_all()?;
            fs::rename(self.next(), &self.path)?;
            sync(self.folder())
        };
        write().map_err(refused)
    }

    fn delete(&self) -> Result<(), Error> {
        self.is_own()?;
        for path in [&self.path, &self.next()] {
            remove(path).map_err(refused)?;
        }
        sync(self.folder()).map_err(refused)
    }
}

/// Several times a slot, so that a wrong file costs no memory.
const MAX_SLOT: usize = 4096;

/// Whether there is a file, and nothing else.
fn is_file(path: &Path) -> Result<bool, Error> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_file() => Ok(true),
        Ok(_) => Err(Error::NotAKeyFile),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(refused(error)),
    }
}

fn refused(error: io::Error) -> Error {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Error::DiskFull,
        _ => Error::SecretsUnavailable,
    }
}

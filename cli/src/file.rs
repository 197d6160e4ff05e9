//! What the command line writes beside what it prints.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use crate::error::{Error, Failure};

/// Who may read a file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    Everyone,
    Owner,
}

/// Writes a file that is not there yet, all of it or nothing: one that could not be finished is removed.
pub(crate) fn create(path: &Path, access: Access, content: &[u8]) -> Result<(), Failure> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    if access == Access::Owner {
        owner_only(&mut options);
    }
    let written = options.open(path).and_then(|mut file| {
        // A disk may say only here that it is full.
        let written = file.write_all(content).and_then(|()| file.sync_all());
        written.inspect_err(|_| drop(fs::remove_file(path)))
    });
    written.map_err(|error| {
        let is_there = error.kind() == ErrorKind::AlreadyExists;
        let error = if is_there { Error::FileExists } else { Error::FileUnwritable };
        Failure::unusable(error, path)
    })
}

#[cfg(unix)]
fn owner_only(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600);
}

/// Elsewhere the folder says who may read.
#[cfg(not(unix))]
fn owner_only(_: &mut OpenOptions) {}

//! `coffret`, as a stranger runs it, and a folder for its files.

use std::cell::Cell;
use std::env::{self, consts::EXE_SUFFIX};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{self, Command, ExitStatus};

use coffret_issuer::Identity;
use serde_json::Value as Json;

use crate::party::Fault;

/// The program beside this one, and a new folder, which goes when this is dropped.
pub(crate) struct Coffret {
    program: PathBuf,
    folder: PathBuf,
    /// Names given so far.
    fresh: Cell<u32>,
}

/// What `coffret pki` has made.
pub(crate) struct Pki {
    pub(crate) folder: PathBuf,
    /// In PEM.
    pub(crate) root: String,
    pub(crate) signer: Identity,
    /// In PEM.
    pub(crate) reader_root: String,
    pub(crate) reader: Identity,
}

impl Coffret {
    pub(crate) fn new() -> Result<Coffret, Fault> {
        let program = env::current_exe()?.with_file_name(format!("coffret{EXE_SUFFIX}"));
        let folder = env::temp_dir().join(format!("coffret-interop-{}", process::id()));
        fs::create_dir(&folder)?;
        Ok(Coffret { program, folder, fresh: Cell::new(0) })
    }

    /// `coffret --json`
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.arg("--json");
        command
    }

    /// Runs `coffret --json`.
    ///
    /// # Errors
    /// As [`judged`].
    pub(crate) fn run(&self, arguments: &[&str]) -> Result<Json, Fault> {
        let output = self.command().args(arguments).output()?;
        judged(output.status, serde_json::from_slice(&output.stdout)?)
    }

    /// New keys and certificates in a folder of this name.
    pub(crate) fn pki(&self, name: &str) -> Result<Pki, Fault> {
        let folder = self.folder.join(name);
        self.run(&["pki", &folder.to_string_lossy()])?;
        Ok(Pki {
            root: fs::read_to_string(folder.join("iaca.pem"))?,
            signer: identity(&folder, "ds")?,
            reader_root: fs::read_to_string(folder.join("reader-ca.pem"))?,
            reader: identity(&folder, "reader")?,
            folder,
        })
    }

    /// Where something new of this name is to be.
    pub(crate) fn fresh(&self, name: &str) -> String {
        self.fresh.set(self.fresh.get() + 1);
        self.path(&format!("{name}-{}", self.fresh.get()))
    }

    /// Where a file of this name is to be.
    pub(crate) fn path(&self, name: &str) -> String {
        self.folder.join(name).to_string_lossy().into_owned()
    }

    /// Writes a file, and says where it is.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> Result<String, Fault> {
        let path = self.path(name);
        fs::write(&path, content)?;
        Ok(path)
    }
}

impl Drop for Coffret {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// What `coffret` has done.
///
/// # Errors
/// A refusal, of what is wrong or unreadable, with the codes of its reasons, separated by commas.
pub(crate) fn judged(status: ExitStatus, json: Json) -> Result<Json, Fault> {
    const DONE: i32 = 0;
    const REFUSED: i32 = 1;
    const UNREADABLE: i32 = 2;
    let documents = json["documents"].as_array().into_iter().flatten();
    let errors = documents.chain([&json]).filter_map(|part| part["errors"].as_array());
    let codes: Vec<_> = errors.flatten().filter_map(|error| error["code"].as_str()).collect();
    match status.code() {
        Some(DONE) => Ok(json),
        Some(REFUSED | UNREADABLE) => Err(Fault::Refused(codes.join(", "))),
        _ => Err(Fault::Failed(format!("coffret: {status}, {}", codes.join(", ")))),
    }
}

fn identity(folder: &Path, stem: &str) -> Result<Identity, Fault> {
    let read = |extension| fs::read_to_string(folder.join(stem).with_extension(extension));
    Ok(Identity::from_pem(&read("pem")?, &read("key")?)?)
}

//! What a process did to a folder's files, and what of it a power loss may leave.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// One operation, as `files.c` writes it down.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Operation {
    Create { file: u64, name: String },
    Write { file: u64, at: usize, bytes: Vec<u8> },
    Truncate { file: u64, length: usize },
    Sync { file: u64 },
    Rename { from: String, to: String },
    Unlink { name: String },
    SyncFolder { name: String },
}

/// What becomes of an operation that was not synced.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    Lost,
    Kept,
    /// Of a write, so much out of 256.
    Torn(u8),
}

/// The recorder, built where there are a C compiler and a dynamic linker to load it first.
///
/// # Errors
/// Why it cannot be.
pub(crate) fn recorder(folder: &Path) -> Result<std::path::PathBuf, String> {
    if !cfg!(all(target_os = "linux", target_pointer_width = "64")) {
        return Err("files are watched on Linux of 64 bits alone".to_owned());
    }
    let built = folder.with_extension("so");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults/files.c");
    let mut compiler = Command::new(std::env::var_os("CC").unwrap_or("cc".into()));
    compiler.args(["-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-o"]);
    match compiler.arg(&built).arg(source).status() {
        Ok(status) if status.success() => Ok(built),
        Ok(status) => panic!("files.c: {status}"),
        Err(error) => Err(format!("there is no C compiler: {error}")),
    }
}

/// Reads the recorder's log.
pub(crate) fn operations(log: &Path) -> Vec<Operation> {
    let log = fs::read(log).unwrap();
    let mut rest = &log[..];
    let mut operations = Vec::new();
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let line = std::str::from_utf8(&rest[..end]).unwrap();
        rest = &rest[end + 1..];
        let number = |text: &str| text.parse::<u64>().unwrap();
        let operation = match *line.split(' ').collect::<Vec<_>>() {
            ["create", file, name] => {
                Operation::Create { file: number(file), name: name.to_owned() }
            }
            ["write", file, at, length] => {
                let (bytes, after) = rest.split_at(number(length) as usize);
                rest = after;
                let at = number(at) as usize;
                Operation::Write { file: number(file), at, bytes: bytes.to_vec() }
            }
            ["truncate", file, length] => {
                Operation::Truncate { file: number(file), length: number(length) as usize }
            }
            ["sync", file] => Operation::Sync { file: number(file) },
            ["rename", from, to] => Operation::Rename { from: from.into(), to: to.into() },
            ["unlink", name] => Operation::Unlink { name: name.to_owned() },
            ["sync-folder", name] => Operation::SyncFolder { name: name.to_owned() },
            _ => panic!("{line}"),
        };
        operations.push(operation);
    }
    operations
}

/// The files of a folder that was empty, after `operations` and a power loss. What was synced is
/// there; `fate` is asked of everything else.
pub(crate) fn left(
    operations: &[Operation],
    mut fate: impl FnMut() -> Fate,
) -> BTreeMap<String, Vec<u8>> {
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    let mut files: Vec<Vec<u8>> = Vec::new();
    // A number is given again once its file is gone.
    let mut numbers: BTreeMap<u64, usize> = BTreeMap::new();
    for (n, operation) in operations.iter().enumerate() {
        let later = &operations[n + 1..];
        let mut becomes = |is_synced: bool| if is_synced { Fate::Kept } else { fate() };
        let is_folder_synced = |of: &str| {
            let (folder, _) = of.rsplit_once('/').unwrap_or_default();
            later.contains(&Operation::SyncFolder { name: folder.to_owned() })
        };
        let is_synced = |of: u64| {
            let sync = later.iter().find_map(|operation| match operation {
                Operation::Sync { file } if *file == of => Some(true),
                Operation::Create { file, .. } if *file == of => Some(false),
                _ => None,
            });
            sync.unwrap_or(false)
        };
        match operation {
            Operation::Create { file, name } => {
                numbers.insert(*file, files.len());
                if becomes(is_folder_synced(name)) != Fate::Lost {
                    names.insert(name, files.len());
                }
                files.push(Vec::new());
            }
            Operation::Write { file, at, bytes } => {
                let kept = match becomes(is_synced(*file)) {
                    Fate::Lost => continue,
                    Fate::Kept => bytes.len(),
                    Fate::Torn(part) => bytes.len() * usize::from(part) / 256,
                };
                let content = &mut files[numbers[file]];
                content.resize(content.len().max(at + kept), 0);
                content[*at..at + kept].copy_from_slice(&bytes[..kept]);
            }
            Operation::Truncate { file, length } => {
                if becomes(is_synced(*file)) != Fate::Lost {
                    files[numbers[file]].resize(*length, 0);
                }
            }
            Operation::Rename { from, to } => {
                let is_kept = becomes(is_folder_synced(to)) != Fate::Lost;
                if let Some(file) = names.get(from.as_str()).copied().filter(|_| is_kept) {
                    names.remove(from.as_str());
                    names.insert(to, file);
                }
            }
            Operation::Unlink { name } => {
                if becomes(is_folder_synced(name)) != Fate::Lost {
                    names.remove(name.as_str());
                }
            }
            Operation::Sync { .. } | Operation::SyncFolder { .. } => {}
        }
    }
    names.into_iter().map(|(name, file)| (name.to_owned(), files[file].clone())).collect()
}

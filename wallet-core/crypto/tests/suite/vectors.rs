//! Finds the vectors that are kept beside the project.

use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER_PERMISSIVE;

/// The folder `vectors/<name>` of `$COFFRET_SHARED`, else of `../shared`; `None`, saying so, where
/// there is none.
pub(crate) fn folder(name: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var_os("COFFRET_SHARED").map_or(beside, PathBuf::from);
    let folder = shared.join("vectors").join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    println!(
        "skipped: no {}; set COFFRET_SHARED to the folder that holds vectors/",
        folder.display()
    );
    None
}

pub(crate) fn json(path: &Path) -> serde_json::Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

pub(crate) fn hex(text: &serde_json::Value) -> Vec<u8> {
    HEXLOWER_PERMISSIVE.decode(text.as_str().unwrap().as_bytes()).unwrap()
}

//! The vectors that lie beside the project: `$COFFRET_SHARED`, else `../shared`.

use std::path::PathBuf;

use data_encoding::HEXLOWER;
use serde_json::Value;

/// A file of `vectors/cbor`, or `None` and a line that says so.
pub(crate) fn vectors(file: &str) -> Option<Value> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let shared = std::env::var_os("COFFRET_SHARED").map_or(PathBuf::from(beside), PathBuf::from);
    let path = shared.join("vectors/cbor").join(file);
    let Ok(text) = std::fs::read(&path) else {
        println!("skipped: {} is not there", path.display());
        return None;
    };
    Some(serde_json::from_slice(&text).unwrap())
}

/// The `hex` of a vector.
pub(crate) fn bytes(vector: &Value) -> Vec<u8> {
    HEXLOWER.decode(vector["hex"].as_str().unwrap().as_bytes()).unwrap()
}

//! Other people's credentials, at `$COFFRET_SHARED` or beside the repository.

use std::path::PathBuf;

use data_encoding::HEXLOWER_PERMISSIVE;
use serde_json::Value;

/// A JSON file of `vectors/`, or nothing where that folder is not: the caller's test then says so.
pub(crate) fn vectors(name: &str) -> Option<Value> {
    let beside = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared"));
    let root = std::env::var_os("COFFRET_SHARED").map_or_else(beside, PathBuf::from);
    if !root.is_dir() {
        println!("skipped: {name} needs the vectors of $COFFRET_SHARED");
        return None;
    }
    let file = std::fs::read_to_string(root.join("vectors").join(name)).expect(name);
    Some(serde_json::from_str(&file).expect(name))
}

/// The bytes of a member written in hexadecimal.
pub(crate) fn hex(object: &Value, member: &str) -> Vec<u8> {
    let text = object[member].as_str().unwrap_or_else(|| panic!("no member {member}"));
    HEXLOWER_PERMISSIVE.decode(text.as_bytes()).expect(member)
}

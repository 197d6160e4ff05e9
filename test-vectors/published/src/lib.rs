//! Finds what other people have published: vectors, credentials, presentations.
//!
//! None of it is in the repository. It is at `$COFFRET_SHARED`, else in `../shared` beside it;
//! where there is neither, a test says that it skips, and with `CI=true` it fails.

use std::io::Write;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER_PERMISSIVE;
use serde_json::Value;

/// The folder that holds `vectors/` and `peers/`, wherever the tests look for it.
fn shared() -> PathBuf {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    std::env::var_os("COFFRET_SHARED").map_or(beside, PathBuf::from)
}

/// A folder or file of `vectors/`.
///
/// # Panics
/// Where there is none, and `CI=true`.
pub fn path(name: &str) -> Option<PathBuf> {
    let path = shared().join("vectors").join(name);
    if path.exists() {
        return Some(path);
    }
    let skipped = format!("skipped: {} is not there; set COFFRET_SHARED", path.display());
    assert!(std::env::var_os("CI").is_none_or(|ci| ci != "true"), "{skipped}");
    // Past the test harness, which keeps what a passing test prints to itself.
    let _ = std::io::stderr().write_all(format!("\n{skipped}\n").as_bytes());
    None
}

/// A JSON file of `vectors/`.
///
/// # Panics
/// As [`path`], and for a file that is not JSON.
pub fn json(name: &str) -> Option<Value> {
    Some(read(&path(name)?))
}

/// A JSON file.
///
/// # Panics
/// For a file that is not there, or not JSON.
#[expect(clippy::panic, reason = "a test has nothing to fall back on")]
pub fn read(path: &Path) -> Value {
    let text = std::fs::read(path);
    let json = text.map_err(|error| error.to_string());
    let json = json.and_then(|text| serde_json::from_slice(&text).map_err(|e| e.to_string()));
    json.unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Bytes written in hexadecimal.
///
/// # Panics
/// For anything else.
#[expect(clippy::panic, reason = "a test has nothing to fall back on")]
pub fn hex(text: &Value) -> Vec<u8> {
    let bytes = text.as_str().map(|text| HEXLOWER_PERMISSIVE.decode(text.as_bytes()));
    bytes.and_then(Result::ok).unwrap_or_else(|| panic!("not hexadecimal: {text}"))
}

//! The Kotlin and the Swift that UniFFI writes: in the workspace's own `target`, where their builds look, and
//! never committed.

use std::{fs, io, path::Path};

use crate::shell::Shell;

pub(super) const LANGUAGES: [&str; 2] = ["kotlin", "swift"];

/// Where the tests' builds find what was generated.
pub(super) const TESTED: &str = "target/bindings";

/// Where an app's does: code of one library asks for no more than it has.
pub(super) const SHIPPED: &str = "target/bindings/shipped";

/// Writes what calls a library, into a folder of its language. Files that are as they were stay, so that
/// whoever compiles them need not do it again.
pub(super) fn write(shell: &Shell, library: &Path, folder: &str, language: &str) -> bool {
    let fresh = shell.tools().join("bindings").join(language);
    let _ = fs::remove_dir_all(&fresh);
    let bindgen = shell.target().join("debug/coffret-bindgen");
    let line = [
        &bindgen.to_string_lossy(),
        "generate",
        &library.to_string_lossy(),
        "--language",
        language,
        "--no-format",
        "--out-dir",
        &fresh.to_string_lossy(),
    ];
    let place = shell.root().join(folder).join(language);
    shell.run(&line, &[]) && mirrored(&fresh, &place).is_ok()
}

/// Makes `to` what `from` is.
fn mirrored(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(to)? {
        let entry = entry?;
        let kept = from.join(entry.file_name());
        match entry.file_type()?.is_dir() {
            _ if kept.exists() => {}
            true => fs::remove_dir_all(entry.path())?,
            false => fs::remove_file(entry.path())?,
        }
    }
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (fresh, place) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type()?.is_dir() {
            mirrored(&fresh, &place)?;
            continue;
        }
        let text = portable(&fresh)?;
        if fs::read_to_string(&place).ok().as_ref() != Some(&text) {
            println!("{}", place.display());
            fs::write(&place, text)?;
        }
    }
    Ok(())
}

/// A file as every platform can read it: a module map names modules that Apple alone has.
fn portable(file: &Path) -> io::Result<String> {
    let text = fs::read_to_string(file)?;
    if file.extension().is_none_or(|extension| extension != "modulemap") {
        return Ok(text);
    }
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("use "));
    Ok(lines.flat_map(|line| [line, "\n"]).collect())
}

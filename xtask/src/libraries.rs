//! Other people's libraries, once compiled: kept in the user's cache, so that a new clone need not compile
//! them again. The project's own code never is, and every test passes without them: cargo compares what it
//! finds with what it wants, and compiles what is missing or differs.

use std::{
    collections::HashSet,
    ffi::OsStr,
    fs::{self, File},
    hash::{DefaultHasher, Hash, Hasher},
    io,
    path::{Path, PathBuf},
};

use crate::shell::Shell;

/// Where cargo puts what it compiles, under the target folder.
const PROFILES: &[&str] = &[
    "debug",
    "shipped",
    "wasm32-unknown-unknown/shipped",
    "aarch64-linux-android/shipped",
    "x86_64-linux-android/shipped",
];

/// How many versions are kept: a branch or two, and what was before.
const VERSIONS: usize = 3;

/// Adds what is kept and not there yet to the target folder.
pub(crate) fn take(shell: &Shell) {
    let Some(kept) = place(shell).filter(|kept| kept.is_dir()) else { return };
    println!("taking compiled libraries from {}", kept.display());
    for profile in PROFILES {
        // Where it fails, cargo compiles.
        let _ = copy(&kept.join(profile), &shell.target().join(profile));
    }
}

/// Keeps what is not kept yet.
pub(crate) fn keep(shell: &Shell) {
    let Some(kept) = place(shell) else { return };
    for profile in PROFILES {
        // Where it fails, less is kept: the next clone compiles more.
        let _ = copy(&shell.target().join(profile), &kept.join(profile));
    }
    let _ = forget(shell.cache(), &kept);
}

/// For one compiler and one list of versions: cargo looks no further into a library of the registry.
fn place(shell: &Shell) -> Option<PathBuf> {
    let mut hasher = DefaultHasher::new();
    shell.output(&["rustc", "--version", "--verbose"])?.hash(&mut hasher);
    fs::read(shell.root().join("Cargo.lock")).ok()?.hash(&mut hasher);
    Some(shell.cache().join(format!("{NAME}{:016x}", hasher.finish())))
}

const NAME: &str = "libraries-";

/// Copies the entries of other people's packages that are not there yet.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    // `.fingerprint` alone names packages: `serde-0123456789abcdef`. Elsewhere the hash tells whose a file is.
    let mut others = HashSet::new();
    for entry in fs::read_dir(from.join(".fingerprint"))? {
        let name = entry?.file_name();
        let is_own = ["coffret", "xtask"].iter().any(|own| name.to_string_lossy().starts_with(own));
        others.extend(hash(&name).filter(|_| !is_own));
    }
    // Cargo takes an entry for whole once its fingerprint is there.
    for part in ["build", "deps", ".fingerprint"] {
        let (from, to) = (from.join(part), to.join(part));
        fs::create_dir_all(&to)?;
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            let place = to.join(entry.file_name());
            let is_others = hash(&entry.file_name()).is_some_and(|hash| others.contains(&hash));
            if is_others && !place.exists() {
                copy_tree(&entry.path(), &place)?;
            }
        }
    }
    Ok(())
}

/// That of `libserde-0123456789abcdef.rlib`.
fn hash(name: &OsStr) -> Option<String> {
    let (_, end) = name.to_str()?.rsplit_once('-')?;
    end.split('.').next().filter(|hash| hash.len() == 16).map(str::to_owned)
}

/// With the times at which files were changed: cargo compares them.
fn copy_tree(from: &Path, to: &Path) -> io::Result<()> {
    let data = fs::metadata(from)?;
    if data.is_dir() {
        fs::create_dir_all(to)?;
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            copy_tree(&entry.path(), &to.join(entry.file_name()))?;
        }
        return Ok(());
    }
    // Under its name only once it is whole, whoever stops this.
    let part = to.with_added_extension("part");
    fs::copy(from, &part)?;
    File::options().write(true).open(&part)?.set_modified(data.modified()?)?;
    fs::rename(part, to)
}

/// Deletes all versions but the newest.
fn forget(cache: &Path, newest: &Path) -> io::Result<()> {
    File::open(newest)?.set_modified(std::time::SystemTime::now())?;
    let mut versions = Vec::new();
    for entry in fs::read_dir(cache)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(NAME) {
            versions.push((entry.metadata()?.modified()?, entry.path()));
        }
    }
    versions.sort();
    versions.iter().rev().skip(VERSIONS).try_for_each(|(_, folder)| fs::remove_dir_all(folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_others_made_is_copied() -> io::Result<()> {
        let place = std::env::temp_dir().join(format!("xtask-libraries-{}", std::process::id()));
        let (from, to) = (place.join("from"), place.join("to"));
        let hash = |letter: &str| letter.repeat(16);
        let (theirs, ours, test) = (hash("a"), hash("b"), hash("c"));
        let files = [
            format!(".fingerprint/serde-{theirs}/lib-serde"),
            format!("deps/libserde-{theirs}.rlib"),
            format!("build/serde-{theirs}/output"),
            format!(".fingerprint/coffret-cbor-{ours}/lib-coffret_cbor"),
            format!("deps/libcoffret_cbor-{ours}.rlib"),
            format!(".fingerprint/coffret-cbor-{test}/test-integration-test-suite"),
            format!("deps/suite-{test}"),
        ];
        for file in &files {
            fs::create_dir_all(from.join(file).parent().unwrap())?;
            fs::write(from.join(file), file)?;
        }
        copy(&from, &to)?;
        let copied = files.iter().filter(|file| to.join(file).exists()).count();
        assert_eq!(copied, 3, "what serde is, and nothing else");
        let changed = |folder: &Path| fs::metadata(folder.join(&files[1])).unwrap().modified();
        assert_eq!(changed(&from)?, changed(&to)?);
        fs::remove_dir_all(place)
    }
}

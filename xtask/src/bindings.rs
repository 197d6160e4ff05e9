//! `cargo xtask bindings` and `cargo xtask xcframework`: what the Kotlin library and the Swift package stand
//! on.

mod elf;
mod generated;
mod shipped;
mod sizes;
mod surface;
mod xcframework;

pub(crate) use xcframework::run as xcframework;

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::path::{Path, PathBuf};

use crate::{
    report::Report,
    shell::{Line, Shell},
};

/// The library that the tests of the bindings load, and what reads it. Built together: alone, each would have
/// other features of what they share.
const BUILD: Line = &[
    "cargo",
    "build",
    "--package",
    "coffret-ffi",
    "--features",
    "coffret-ffi/testing",
    "--package",
    "coffret-bindgen",
];

/// Nothing when the options are not its own.
pub(crate) fn run(shell: &Shell, options: &[&str]) -> Option<Report> {
    let mut report = Report::default();
    match options {
        [] => {
            report.add("bindings", "library", || Ok(shell.run(BUILD, &[])));
            for language in generated::LANGUAGES {
                let library = library(&shell.target().join("debug"));
                report.add("bindings", language, || {
                    Ok(generated::write(shell, &library, generated::TESTED, language))
                });
            }
        }
        ["--api", options @ ..] => {
            let keep = surface::Keep::of(options)?;
            report.add(
                "bindings",
                "api",
                || Ok(shell.run(BUILD, &[]) && surface::run(shell, keep)),
            );
        }
        ["--release", names @ ..] => shipped::run(shell, names, &mut report)?,
        _ => return None,
    }
    Some(report)
}

/// The name of a library that is loaded.
fn library(folder: &Path) -> PathBuf {
    folder.join(format!("{DLL_PREFIX}coffret_ffi{DLL_SUFFIX}"))
}

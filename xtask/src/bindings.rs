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

use crate::{lane::BUILD, report::Report, shell::Shell};

/// Nothing when the options are not its own.
pub(crate) fn run(shell: &Shell, options: &[&str]) -> Option<Report> {
    let mut report = Report::default();
    match options {
        [] => {
            report.add(shell, "bindings", "library", || Ok(shell.run(BUILD, &[])));
            for language in generated::LANGUAGES {
                let library = library(&shell.target().join("debug"));
                report.add(shell, "bindings", language, || {
                    Ok(generated::write(shell, &library, generated::TESTED, language))
                });
            }
        }
        ["--api", options @ ..] => {
            let keep = surface::Keep::of(options)?;
            report.add(shell, "bindings", "api", || {
                Ok(shell.run(BUILD, &[]) && surface::run(shell, keep))
            });
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

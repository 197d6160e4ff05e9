//! What people and continuous integration run.
//!
//! ```text
//! cargo xtask test [lane…]                     the lanes of tests; all of them when none is named
//! cargo xtask pictures                         draws docs/*.svg anew, from what a terminal shows
//! cargo xtask vectors [--check]                writes test-vectors/, or says whether it is up to date
//! cargo xtask bindings                         the Kotlin and the Swift that call the core, and their library
//! cargo xtask bindings --api [--check]         writes bindings/api.txt, or says whether all of it is in use
//! cargo xtask bindings --release [platform…]   the libraries that apps ship, and what they are made of
//! cargo xtask xcframework                      the same for Apple's platforms; on a Mac
//! cargo xtask reader                           makes the verifier's page, and serves it on this machine
//! cargo xtask fuzz [--seconds N] [target…]     the fuzz targets, N seconds each (default 120)
//! ```
//!
//! They set up what they need under `target/tools`. System packages are installed as root or with
//! `CI=true`; otherwise the tests that need them are skipped, and the table at the end says how to
//! enable them. With `CI=true` a skip is a failure.

mod bindings;
mod fuzz;
mod lane;
mod need;
mod picture;
mod report;
mod shell;

use std::{env, process::ExitCode};

use lane::LANES;
use report::Report;
use shell::Shell;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let Some(shell) = Shell::of_this_build() else {
        eprintln!("run it as `cargo xtask`");
        return ExitCode::from(2);
    };
    let report = match arguments.as_slice() {
        ["test", lanes @ ..] => test(&shell, lanes),
        ["pictures"] => Some(picture::run(&shell)),
        ["vectors", options @ ..] => return vectors(&shell, options),
        ["bindings", options @ ..] => bindings::run(&shell, options),
        ["reader"] => reader(&shell),
        ["xcframework"] => return bindings::xcframework(&shell),
        ["fuzz", "--seconds", seconds, targets @ ..] => fuzz::run(&shell, seconds, targets),
        ["fuzz", targets @ ..] => fuzz::run(&shell, "120", targets),
        _ => None,
    };
    report.map_or_else(usage, Report::close)
}

/// Nothing when a name is not a lane's.
fn test(shell: &Shell, names: &[&str]) -> Option<Report> {
    let known = |name: &&str| LANES.iter().any(|lane| lane.name == *name);
    if !names.iter().all(known) {
        return None;
    }
    let mut report = Report::default();
    for lane in LANES.iter().filter(|lane| names.is_empty() || names.contains(&lane.name)) {
        println!("== {}: {}", lane.name, lane.proves);
        for step in lane.steps {
            report.add(lane.name, step.name, || {
                need::meet_all(shell, step.needs)?;
                Ok(shell.all(step.commands, step.environment))
            });
        }
    }
    Some(report)
}

/// Serves until it is stopped.
fn reader(shell: &Shell) -> Option<Report> {
    let mut report = Report::default();
    report.add("reader", "page", || {
        need::meet_all(shell, lane::PAGE_NEEDS)?;
        let serve: &[&str] = &["node", "{root}/reader-web/serve.mjs", lane::SITE, "8080"];
        Ok(shell.all(lane::PAGE, &[]) && shell.run(serve, &[]))
    });
    Some(report)
}

fn vectors(shell: &Shell, options: &[&str]) -> ExitCode {
    let line = [lane::VECTORS, options].concat();
    if shell.run(&line, &[]) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn usage() -> ExitCode {
    eprintln!("usage: cargo xtask test [lane…]");
    for lane in LANES {
        eprintln!("           {:<14} {}", lane.name, lane.proves);
    }
    eprintln!("       cargo xtask pictures");
    eprintln!("       cargo xtask vectors [--check]");
    eprintln!("       cargo xtask bindings");
    eprintln!("       cargo xtask bindings --api [--check]");
    eprintln!(
        "       cargo xtask bindings --release [desktop] [aarch64-linux-android] [x86_64-linux-android]"
    );
    eprintln!("       cargo xtask xcframework");
    eprintln!("       cargo xtask reader");
    eprintln!("       cargo xtask fuzz [--seconds N] [target…]");
    ExitCode::from(2)
}

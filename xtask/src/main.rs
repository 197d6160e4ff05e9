//! What people and continuous integration run.
//!
//! ```text
//! cargo xtask test [lane…]                     the lanes of tests; all of them when none is named
//! cargo xtask test --changed                   the lanes that changes not yet committed can reach
//! cargo xtask pictures                         draws docs/*.svg anew, from what a terminal shows
//! cargo xtask vectors [--check]                writes test-vectors/, or says whether it is up to date
//! cargo xtask bindings                         the Kotlin and the Swift that call the core, and their library
//! cargo xtask bindings --api [--check]         writes bindings/api.txt, or says whether all of it is in use
//! cargo xtask bindings --release [platform…]   the libraries that apps ship, and what they are made of
//! cargo xtask xcframework                      the same for Apple's platforms; on a Mac
//! cargo xtask reader                           makes the verifier's page, and serves it on this machine
//! cargo xtask bench [--quick]                  what things cost, beside a peer; writes docs/performance.md
//! cargo xtask bench --instructions [--check]   counts the instructions of six paths, or says what has grown
//! cargo xtask fuzz [--seconds N] [target…]     the fuzz targets, N seconds each (default 120)
//! ```
//!
//! They set up what they need. Tools, and the libraries of others once compiled, are kept in the user's cache
//! (`~/.cache/coffret`), where the next clone finds them. System packages are installed as root or with
//! `CI=true`; otherwise the tests that need them are skipped, and the table at the end says how to
//! enable them. With `CI=true` a skip is a failure.

mod bench;
mod bindings;
mod fuzz;
mod lane;
mod libraries;
mod need;
mod picture;
mod report;
mod shell;

use std::{env, iter, process::ExitCode, sync::Mutex, thread};

use lane::{Build, LANES, Lane, Track, When};
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
        ["test", "--changed"] => changed(&shell),
        ["test", lanes @ ..] => named(lanes).map(|lanes| test(&shell, &lanes)),
        ["pictures"] => Some(picture::run(&shell)),
        ["vectors", options @ ..] => return vectors(&shell, options),
        ["bindings", options @ ..] => bindings::run(&shell, options),
        ["bench", options @ ..] => bench::run(&shell, options),
        ["reader"] => reader(&shell),
        ["xcframework"] => return bindings::xcframework(&shell),
        ["fuzz", "--seconds", seconds, targets @ ..] => fuzz::run(&shell, seconds, targets),
        ["fuzz", targets @ ..] => fuzz::run(&shell, "120", targets),
        _ => None,
    };
    report.map_or_else(usage, Report::close)
}

/// Nothing when a name is not a lane's; when there is no name, all lanes that do not wait for theirs.
fn named(names: &[&str]) -> Option<Vec<&'static Lane>> {
    let is_known = |name: &&str| LANES.iter().any(|lane| lane.name == *name);
    let lanes = LANES.iter().filter(|lane| match names {
        [] => lane.when == When::Always,
        names => names.contains(&lane.name),
    });
    names.iter().all(is_known).then(|| lanes.collect())
}

/// Runs the lanes that read a file which is not as it was committed.
fn changed(shell: &Shell) -> Option<Report> {
    let status = shell.output(&["git", "status", "--porcelain", "--untracked-files=all"])?;
    // `XY path`, or `R  old -> new`: a file that moved changed in two places.
    let files = || status.lines().filter_map(|line| line.get(3..)).flat_map(|it| it.split(" -> "));
    let is_reached = |lane: &&Lane| files().any(|file| lane.reads(file.trim_matches('"')));
    let lanes = LANES.iter().filter(|lane| lane.when == When::Always);
    let (reached, left): (Vec<&Lane>, Vec<&Lane>) = lanes.partition(is_reached);
    for lane in left {
        println!("left out: {}, which no change reaches", lane.name);
    }
    for lane in LANES.iter().filter(|lane| lane.when == When::Named) {
        println!("left out: {}, which runs by its name only", lane.name);
    }
    Some(test(shell, &reached))
}

/// Builds what the lanes share, then runs two lanes at a time, but for those that compile Rust.
fn test(shell: &Shell, lanes: &[&Lane]) -> Report {
    libraries::take(shell);
    let mut report = Report::default();
    let mut builds: Vec<&Build> = Vec::new();
    for build in lanes.iter().flat_map(|lane| lane.built) {
        if !builds.contains(&build) {
            builds.push(build);
        }
    }
    for build in builds {
        report.add(shell, "build", build.name, || Ok(shell.run(build.command, &[])));
    }
    if !report.is_well() {
        return report;
    }
    let (cargo, beside): (Vec<&Lane>, Vec<&Lane>) =
        lanes.iter().partition(|lane| lane.track == Track::Cargo);
    if lanes.len() == 1 || beside.is_empty() {
        report.append(run(shell, lanes.iter().copied()));
    } else {
        // Those that compile Rust wait for each other; whoever is free takes one of the others.
        let beside = Mutex::new(beside.into_iter());
        let next = || beside.lock().ok()?.next();
        thread::scope(|scope| {
            let apart = shell.apart();
            let other = scope.spawn(move || run(&apart, iter::from_fn(next)));
            report.append(run(&shell.apart(), cargo.into_iter().chain(iter::from_fn(next))));
            match other.join() {
                Ok(rows) => report.append(rows),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        });
    }
    libraries::keep(shell);
    report
}

fn run<'a>(shell: &Shell, lanes: impl Iterator<Item = &'a Lane>) -> Report {
    let mut report = Report::default();
    for lane in lanes {
        shell.say(&format!("== {}: {}", lane.name, lane.proves));
        for step in lane.steps {
            report.add(shell, lane.name, step.name, || {
                need::meet_all(shell, step.needs)?;
                Ok(shell.all(step.commands, step.environment))
            });
        }
    }
    report
}

/// Serves until it is stopped.
fn reader(shell: &Shell) -> Option<Report> {
    let mut report = Report::default();
    report.add(shell, "reader", "page", || {
        need::meet_all(shell, lane::PAGE_NEEDS)?;
        let serve: &[&str] = &["node", "{root}/reader-web/serve.mjs", lane::SITE, "8080"];
        let is_made = shell.run(lane::BUILD, &[]) && shell.all(lane::PAGE, &[]);
        Ok(is_made && shell.run(serve, &[]))
    });
    Some(report)
}

fn vectors(shell: &Shell, options: &[&str]) -> ExitCode {
    let line = [&[lane::VECTORS], options].concat();
    if shell.run(lane::BUILD, &[]) && shell.run(&line, &[]) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn usage() -> ExitCode {
    eprintln!("usage: cargo xtask test --changed");
    eprintln!("       cargo xtask test [lane…]");
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
    eprintln!("       cargo xtask bench [--quick]");
    eprintln!("       cargo xtask bench --instructions [--check]");
    eprintln!("       cargo xtask reader");
    eprintln!("       cargo xtask fuzz [--seconds N] [target…]");
    ExitCode::from(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lane_that_is_long_to_build_waits_for_its_name() {
        let names = |asked: &[&str]| {
            let lanes = named(asked)?.into_iter();
            Some(lanes.map(|lane| lane.name).collect::<Vec<_>>())
        };
        assert!(!names(&[]).unwrap().contains(&"instructions"));
        assert_eq!(names(&["instructions"]), Some(vec!["instructions"]));
        assert_eq!(names(&["instruction"]), None);
    }
}

//! `cargo xtask fuzz`: every target of `fuzz/fuzz_targets`, one after the other.

use std::fs;

use crate::{
    need::{self, CARGO_FUZZ},
    report::Report,
    shell::{Line, Shell},
};

/// Nothing when there is no target of a given name, or the time is not a number.
pub(crate) fn run(shell: &Shell, seconds: &str, names: &[&str]) -> Option<Report> {
    let seconds: u32 = seconds.parse().ok()?;
    let targets = targets(shell);
    if targets.is_empty() || !names.iter().all(|name| targets.iter().any(|target| target == name)) {
        return None;
    }
    let mut report = Report::default();
    report.add(shell, "fuzz", "corpus", || Ok(shell.run(SEED, &[])));
    for target in
        targets.iter().filter(|target| names.is_empty() || names.contains(&target.as_str()))
    {
        report.add(shell, "fuzz", target, || {
            need::meet_all(shell, &[&CARGO_FUZZ])?;
            Ok(fuzz(shell, target, seconds))
        });
    }
    Some(report)
}

/// Fills `fuzz/corpus` from the vectors.
const SEED: Line =
    &["cargo", "run", "--quiet", "--manifest-path", "fuzz/Cargo.toml", "--example", "seed"];

fn fuzz(shell: &Shell, target: &str, seconds: u32) -> bool {
    let time = format!("-max_total_time={seconds}");
    shell.run(&["cargo", "+nightly", "fuzz", "run", target, "--", &time], &[])
}

fn targets(shell: &Shell) -> Vec<String> {
    let folder = shell.root().join("fuzz/fuzz_targets");
    let mut targets: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.path().file_stem()?.to_str().map(str::to_owned))
        .collect();
    targets.sort();
    targets
}

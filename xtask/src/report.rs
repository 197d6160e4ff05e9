//! The table at the end.

use std::{process::ExitCode, time::Duration, time::Instant};

use crate::shell::{Shell, unattended};

/// Why a test did not run, and the one command that lets it.
pub(crate) struct Skip {
    pub(crate) reason: String,
    pub(crate) enable: String,
}

/// How many of the last lines of a test that failed are shown once more after the table.
const LAST: usize = 60;

/// Results, in the order in which they came.
#[derive(Default)]
pub(crate) struct Report {
    rows: Vec<Row>,
}

struct Row {
    lane: String,
    step: String,
    result: Result<bool, Skip>,
    time: Duration,
    compilations: usize,
    /// All that the test printed, where it failed.
    words: Vec<u8>,
}

impl Report {
    /// Runs a test, which says whether it passed, and takes its result.
    pub(crate) fn add(
        &mut self,
        shell: &Shell,
        lane: &str,
        step: &str,
        test: impl FnOnce() -> Result<bool, Skip>,
    ) {
        // Said at once even where the words of the commands are held back: long work shows progress.
        println!("-- {lane} {step}");
        let start = Instant::now();
        let result = test();
        let mut row = Row {
            lane: lane.to_owned(),
            step: step.to_owned(),
            result,
            time: start.elapsed(),
            compilations: shell.compilations(),
            words: Vec::new(),
        };
        shell.say(&format!("-- {lane} {step}: {}, {:.1} s\n", row.word(), row.time.as_secs_f64()));
        let words = shell.told();
        if row.word() == "FAIL" {
            row.words = words;
        }
        self.rows.push(row);
    }

    /// Whether nothing failed so far.
    pub(crate) fn is_well(&self) -> bool {
        self.rows.iter().all(|row| row.word() != "FAIL")
    }

    /// Takes over another's rows.
    pub(crate) fn append(&mut self, other: Report) {
        self.rows.extend(other.rows);
    }

    /// Prints the table and what failed tests said last, and says whether all is well. With `CI=true` a skip is not.
    pub(crate) fn close(self) -> ExitCode {
        for row in &self.rows {
            println!(
                "{:<14} {:<14} {:<4} {:>7.1} s {:>5} compiled",
                row.lane,
                row.step,
                row.word(),
                row.time.as_secs_f64(),
                row.compilations,
            );
            if let Err(skip) = &row.result {
                println!("               {}; to enable it: {}", skip.reason, skip.enable);
            }
        }
        for row in self.rows.iter().filter(|row| row.word() == "FAIL") {
            println!("\n-- {} {} failed; it said last:", row.lane, row.step);
            let words = String::from_utf8_lossy(&row.words);
            let lines: Vec<&str> = words.lines().collect();
            let last = lines.len().saturating_sub(LAST);
            println!("{}\n", lines.get(last..).unwrap_or_default().join("\n"));
        }
        let count = |word| self.rows.iter().filter(|row| row.word() == word).count();
        let (passed, failed, skipped) = (count("pass"), count("FAIL"), count("skip"));
        if skipped > 0 && unattended() {
            println!("CI=true: a skip is a failure");
        }
        println!("{passed} passed, {failed} failed, {skipped} skipped");
        let well = failed == 0 && (skipped == 0 || !unattended());
        if well { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

impl Row {
    fn word(&self) -> &'static str {
        match self.result {
            Ok(true) => "pass",
            Ok(false) => "FAIL",
            Err(_) => "skip",
        }
    }
}

//! The table at the end.

use std::{process::ExitCode, time::Duration, time::Instant};

use crate::shell::{Shell, unattended};

/// Why a test did not run, and the one command that lets it.
pub(crate) struct Skip {
    pub(crate) reason: String,
    pub(crate) enable: String,
}

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
        let row = Row {
            lane: lane.to_owned(),
            step: step.to_owned(),
            result,
            time: start.elapsed(),
            compilations: shell.compilations(),
        };
        shell.say(&format!("-- {lane} {step}: {}, {:.1} s\n", row.word(), row.time.as_secs_f64()));
        shell.told();
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

    /// Prints the table, and says whether all is well. With `CI=true` a skip is not.
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

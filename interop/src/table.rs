//! The matrix as it is printed.

use std::fmt;

use crate::matrix::{Column, Outcome};
use crate::row::{Row, Subject};

/// One subject of a lane; below it the reasons, and what failed.
pub(crate) struct Table<'a> {
    subject: &'static Subject,
    columns: Vec<(&'a str, &'a [Outcome])>,
}

impl<'a> Table<'a> {
    /// `None` where no peer speaks of the subject.
    pub(crate) fn new(subject: &'static Subject, columns: &'a [Column]) -> Option<Table<'a>> {
        let columns: Vec<_> = columns
            .iter()
            .filter_map(|column| {
                let mut outcomes = column.outcomes.iter();
                let (_, own) = outcomes.find(|(own, _)| own.title == subject.title)?;
                Some((column.title.as_str(), own.as_slice()))
            })
            .collect();
        (!columns.is_empty()).then_some(Table { subject, columns })
    }

    fn outcomes(&self) -> impl Iterator<Item = (&'a str, &'static Row, &'a Outcome)> {
        self.columns.iter().flat_map(|(title, outcomes)| {
            self.subject.rows.iter().zip(*outcomes).map(|(row, outcome)| (*title, row, outcome))
        })
    }

    /// Each once, in the order in which they come.
    fn reasons(&self) -> Vec<&'static str> {
        let mut reasons = Vec::new();
        for (.., outcome) in self.outcomes() {
            match outcome {
                Outcome::Empty(reason) if !reasons.contains(reason) => reasons.push(*reason),
                _ => {}
            }
        }
        reasons
    }
}

impl fmt::Display for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const HAND_OVER: usize = 39;
        const MEANS: usize = 25;
        let reasons = self.reasons();
        let titles = self.columns.iter().map(|(title, _)| format!("{title}  "));
        let titles = titles.collect::<String>();
        let head = format!("{:<HAND_OVER$}{:<MEANS$}{titles}", self.subject.title, "");
        writeln!(f, "{}", head.trim_end())?;
        for (index, row) in self.subject.rows.iter().enumerate() {
            let words = self.columns.iter().map(|(title, outcomes)| {
                let word = match outcomes.get(index) {
                    Some(Outcome::Passed) => "pass".to_owned(),
                    Some(Outcome::Empty(reason)) => {
                        let note = reasons.iter().position(|other| other == reason);
                        note.map_or_else(String::new, |note| format!("({})", note + 1))
                    }
                    Some(Outcome::Failed(_)) | None => "FAIL".to_owned(),
                };
                format!("{word:<0$}  ", title.chars().count())
            });
            let words = words.collect::<String>();
            let line = format!("{:<HAND_OVER$}{:<MEANS$}{words}", row.to_string(), row.means());
            writeln!(f, "{}", line.trim_end())?;
        }
        for (note, reason) in reasons.iter().enumerate() {
            writeln!(f, "({}) {reason}", note + 1)?;
        }
        for (title, row, outcome) in self.outcomes() {
            if let Outcome::Failed(why) = outcome {
                writeln!(f, "FAIL {title}: {row} ({}): {why}", row.means())?;
            }
        }
        Ok(())
    }
}

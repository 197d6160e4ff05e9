//! The matrix of a lane: every peer in every row that it speaks of.

use std::path::Path;

use serde_json::json;

use crate::cell::Sides;
use crate::coffret::Pki;
use crate::driver::Driver;
use crate::ours::Ours;
use crate::party::{Fault, Side};
use crate::peers::{Known, Peer};
use crate::row::{Row, Subject};
use crate::theirs::Theirs;

/// One peer's part of the matrix.
pub(crate) struct Column {
    /// Its name and version, as it gives them.
    pub(crate) title: String,
    /// An outcome for each row of each subject that it speaks of.
    pub(crate) outcomes: Vec<(&'static Subject, Vec<Outcome>)>,
    /// Reasons that no cell has.
    pub(crate) idle: Vec<&'static str>,
}

/// What became of a cell.
#[derive(Debug, PartialEq)]
pub(crate) enum Outcome {
    Passed,
    /// It is empty, for this reason.
    Empty(&'static str),
    Failed(String),
}

impl Column {
    /// Runs every cell.
    ///
    /// # Errors
    /// Why the peer cannot take part at all.
    pub(crate) fn run(
        peer: &'static Peer,
        tools: &Path,
        ours: Ours<'_>,
        strangers: &Pki,
    ) -> Result<Column, Fault> {
        let mut driver = Driver::start(peer, tools)?;
        let itself = driver.ask("describe", json!({}))?;
        let word = |member: &str| itself[member].as_str().unwrap_or_default().to_owned();
        let title = format!("{} {}", word("peer"), word("version"));
        let theirs = Theirs::new(driver, peer.authority, ours.pki, ours.now)?;
        let mut sides = Sides { ours, theirs, strangers };
        let mut outcomes = Vec::new();
        for subject in peer.speaks {
            let run = |row: &Row| Outcome::new(sides.run(*row), row, peer.known);
            outcomes.push((subject, subject.rows.iter().map(run).collect::<Vec<_>>()));
        }
        let is_shown = |reason: &&str| {
            let mut all = outcomes.iter().flat_map(|(_, outcomes)| outcomes);
            all.any(|outcome| matches!(outcome, Outcome::Empty(shown) if shown == reason))
        };
        let reasons = peer.known.iter().map(|known| known.reason);
        let idle = reasons.filter(|reason| !is_shown(reason)).collect();
        Ok(Column { title, outcomes, idle })
    }
}

impl Outcome {
    /// A reason holds for what the peer does, and only as long as it shows.
    fn new(result: Result<(), String>, row: &Row, known: &'static [Known]) -> Outcome {
        let steps = row.steps();
        let is_theirs =
            |known: &&Known| known.steps.iter().any(|step| steps.contains(&(Side::Theirs, *step)));
        let mut known = known.iter().filter(is_theirs);
        match result {
            Ok(()) => match known.next() {
                None => Outcome::Passed,
                Some(known) => Outcome::Failed(format!("passes, in spite of: {}", known.reason)),
            },
            Err(why) => match known.find(|known| why.contains(known.shows)) {
                None => Outcome::Failed(why),
                Some(known) => Outcome::Empty(known.reason),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use coffret_mdoc::DeviceAuthMethod::{Mac, Signature};

    use super::*;
    use crate::row::Step;

    const KNOWN: &[Known] = &[Known {
        steps: &[Step::Present(Mac)],
        shows: "device-mac",
        reason: "its MACs are wrong",
    }];

    fn outcome(
        result: Result<(), &str>,
        holder: Side,
        method: coffret_mdoc::DeviceAuthMethod,
    ) -> Outcome {
        let (issuer, verifier) = (Side::Ours, Side::Ours);
        let row = Row::Document { issuer, holder: Some((holder, method)), verifier };
        Outcome::new(result.map_err(str::to_owned), &row, KNOWN)
    }

    #[test]
    fn a_reason_holds_where_it_shows() {
        let why = "we verify: refused: device-mac";
        let failed = Outcome::Failed(why.to_owned());
        assert_eq!(outcome(Err(why), Side::Theirs, Mac), Outcome::Empty(KNOWN[0].reason));
        assert_eq!(outcome(Err(why), Side::Theirs, Signature), failed, "of another method");
        assert_eq!(outcome(Err(why), Side::Ours, Mac), failed, "of our doing");
    }

    #[test]
    fn a_reason_excuses_nothing_else() {
        let why = "we verify: refused: digest-mismatch";
        assert_eq!(outcome(Err(why), Side::Theirs, Mac), Outcome::Failed(why.to_owned()));
    }

    #[test]
    fn a_reason_does_not_outlive_its_cause() {
        assert!(matches!(outcome(Ok(()), Side::Theirs, Mac), Outcome::Failed(_)));
        assert_eq!(outcome(Ok(()), Side::Theirs, Signature), Outcome::Passed);
    }
}

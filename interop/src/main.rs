//! Other people's implementations driven against ours, both ways: see README.md.
//!
//! ```text
//! coffret-interop TOOLS LANE
//! ```
//!
//! `cargo xtask test LANE` sets the lane's peers up in the folder `TOOLS`, builds `coffret`, which
//! this program finds beside itself, and runs it. It prints a matrix, in which every cell is a
//! result or a reason, and fails unless all is well.

#![expect(
    clippy::indexing_slicing,
    reason = "of JSON values by member names alone: one that is not there is null"
)]

mod cell;
mod coffret;
mod conversation;
mod driver;
mod lines;
mod matrix;
mod ours;
mod party;
mod peers;
mod row;
mod session;
mod specimen;
mod table;
mod theirs;

use std::env;
use std::path::Path;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use coffret_cbor::Timestamp;

use crate::coffret::Coffret;
use crate::matrix::{Column, Outcome};
use crate::ours::Ours;
use crate::party::Fault;
use crate::peers::{PEERS, Peer};
use crate::row::SUBJECTS;
use crate::table::Table;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (tools, lane) = match arguments.as_slice() {
        [tools, lane] => (Path::new(tools), lane),
        _ => return usage(),
    };
    let peers: Vec<_> = PEERS.iter().filter(|peer| peer.lane == lane).collect();
    if peers.is_empty() {
        return usage();
    }
    match run(tools, &peers) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(fault) => {
            eprintln!("our own side {fault}");
            ExitCode::FAILURE
        }
    }
}

/// Prints the matrix and says how much has failed: cells, reasons that none has, whole peers.
fn run(tools: &Path, peers: &[&'static Peer]) -> Result<usize, Fault> {
    let coffret = &Coffret::new()?;
    let (pki, strangers, now) = (&coffret.pki("pki")?, &coffret.pki("strangers")?, now()?);

    let (mut columns, mut absent) = (Vec::new(), Vec::new());
    for peer in peers {
        match Column::run(peer, tools, Ours::new(coffret, pki, now), strangers) {
            Ok(column) => columns.push(column),
            Err(fault) => absent.push((peer.name, fault)),
        }
    }
    for table in SUBJECTS.iter().filter_map(|s| Table::new(s, &columns)) {
        println!("{table}");
    }
    for (name, fault) in &absent {
        println!("FAIL {name}: {fault}");
    }
    let mut idle = 0;
    for Column { title, idle: reasons, .. } in &columns {
        for reason in reasons {
            println!("FAIL {title}: no cell is empty because {reason}");
            idle += 1;
        }
    }
    let outcomes = || columns.iter().flat_map(|column| &column.outcomes).flat_map(|(_, own)| own);
    let count = |is: fn(&Outcome) -> bool| outcomes().filter(|outcome| is(outcome)).count();
    let passed = count(|outcome| *outcome == Outcome::Passed);
    let empty = count(|outcome| matches!(outcome, Outcome::Empty(_)));
    let failed = count(|outcome| matches!(outcome, Outcome::Failed(_)));
    let failed = failed + absent.len() + idle;
    println!("{empty} empty, each with its reason");
    println!("{passed} passed, {failed} failed");
    Ok(failed)
}

/// Peers go by the system's clock; so do we.
fn now() -> Result<Timestamp, Fault> {
    let seconds = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs())?;
    let now = Timestamp::from_unix(seconds);
    now.ok_or_else(|| Fault::Failed("the clock is beyond the year 9999".to_owned()))
}

fn usage() -> ExitCode {
    eprintln!("usage: coffret-interop TOOLS LANE");
    for peer in PEERS {
        eprintln!("       {:<7} {}", peer.lane, peer.name);
    }
    ExitCode::from(2)
}

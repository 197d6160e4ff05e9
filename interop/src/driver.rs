//! A peer's process, which answers a JSON object a line.

use std::fs::File;
use std::path::Path;
use std::process::Command;

use serde_json::{Value as Json, json};

use crate::lines::Lines;
use crate::party::Fault;
use crate::peers::Peer;

/// A driver (see README.md), running until it is dropped.
pub(crate) struct Driver(Lines);

impl Driver {
    /// Begins the peer's program. What it says beside its answers goes to `<peer>.log`.
    pub(crate) fn start(peer: &Peer, tools: &Path) -> Result<Driver, Fault> {
        let mut words = peer.command.iter().map(|word| {
            let word = word.replace("{tools}", &tools.to_string_lossy());
            word.replace("{interop}", env!("CARGO_MANIFEST_DIR"))
        });
        let program = words.next().unwrap_or_default();
        let log = File::create(tools.join(peer.name).with_extension("log"))?;
        Ok(Driver(Lines::start(Command::new(program).args(words).stderr(log))?))
    }

    /// Asks one question and waits for its answer.
    pub(crate) fn ask(&mut self, verb: &str, mut question: Json) -> Result<Json, Fault> {
        question["verb"] = json!(verb);
        self.0.say(&question.to_string())?;
        let Some(line) = self.0.hear()? else {
            return Err(Fault::Failed("the driver has ended".to_owned()));
        };
        let mut answer: Json = serde_json::from_str(&line)?;
        let text = |answer: &Json| answer.as_str().map(str::to_owned);
        if let Some(refusal) = answer.get("refused").and_then(text) {
            return Err(Fault::Refused(refusal));
        }
        if let Some(failure) = answer.get("failed").and_then(text) {
            return Err(Fault::Failed(failure));
        }
        match answer.get_mut("done") {
            Some(done) => Ok(done.take()),
            None => Err(Fault::Failed(format!("not an answer: {line}"))),
        }
    }
}

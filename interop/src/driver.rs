//! A peer's process, which answers a JSON object a line.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use serde_json::{Value as Json, json};

use crate::party::Fault;
use crate::peers::Peer;

/// A virtual machine takes seconds to begin; no answer takes long.
const PATIENCE: Duration = Duration::from_secs(60);

/// A driver (see README.md), running until it is dropped.
pub(crate) struct Driver {
    process: Child,
    questions: ChildStdin,
    answers: Receiver<String>,
}

impl Driver {
    /// Begins the peer's program. What it says beside its answers goes to `<peer>.log`.
    pub(crate) fn start(peer: &Peer, tools: &Path) -> Result<Driver, Fault> {
        let mut words = peer.command.iter().map(|word| {
            let word = word.replace("{tools}", &tools.to_string_lossy());
            word.replace("{interop}", env!("CARGO_MANIFEST_DIR"))
        });
        let program = words.next().unwrap_or_default();
        let mut process = Command::new(program)
            .args(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(File::create(tools.join(peer.name).with_extension("log"))?)
            .spawn()?;
        let (Some(questions), Some(output)) = (process.stdin.take(), process.stdout.take()) else {
            return Err(Fault::Failed("the driver has no streams".to_owned()));
        };
        let (sender, answers) = mpsc::channel();
        thread::spawn(move || {
            let lines = BufReader::new(output).lines().map_while(Result::ok);
            // Whoever asked may have gone.
            lines.map(|line| sender.send(line)).find(Result::is_err)
        });
        Ok(Driver { process, questions, answers })
    }

    /// Asks one question and waits for its answer.
    pub(crate) fn ask(&mut self, verb: &str, mut question: Json) -> Result<Json, Fault> {
        question["verb"] = json!(verb);
        writeln!(self.questions, "{question}")?;
        let Ok(line) = self.answers.recv_timeout(PATIENCE) else {
            // A late answer would be taken for that of the next question.
            let _ = self.process.kill();
            return Err(Fault::Failed("the driver does not answer".to_owned()));
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

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

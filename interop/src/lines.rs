//! A process that speaks in lines: a peer's driver, or `coffret` at the end of a pipe.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use crate::party::Fault;

/// A virtual machine takes seconds to begin; no answer takes long.
const PATIENCE: Duration = Duration::from_secs(300);

/// Running until it is dropped.
pub(crate) struct Lines {
    process: Child,
    input: Option<ChildStdin>,
    output: Receiver<String>,
}

impl Lines {
    pub(crate) fn start(command: &mut Command) -> Result<Lines, Fault> {
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let input = process.stdin.take();
        let Some(output) = process.stdout.take() else {
            return Err(Fault::Failed("the process has no output".to_owned()));
        };
        let (sender, received) = mpsc::channel();
        thread::spawn(move || {
            let lines = BufReader::new(output).lines().map_while(Result::ok);
            // Whoever asked may have gone.
            lines.map(|line| sender.send(line)).find(Result::is_err)
        });
        Ok(Lines { process, input, output: received })
    }

    pub(crate) fn say(&mut self, line: &str) -> Result<(), Fault> {
        match &mut self.input {
            Some(input) => Ok(writeln!(input, "{line}")?),
            None => Err(Fault::Failed("its input has ended".to_owned())),
        }
    }

    /// The next line; none after the last.
    ///
    /// # Errors
    /// It says nothing, and is ended for it: a late line would be taken for the next.
    pub(crate) fn hear(&mut self) -> Result<Option<String>, Fault> {
        match self.output.recv_timeout(PATIENCE) {
            Ok(line) => Ok(Some(line)),
            Err(RecvTimeoutError::Disconnected) => Ok(None),
            Err(RecvTimeoutError::Timeout) => {
                let _ = self.process.kill();
                Err(Fault::Failed("the process does not answer".to_owned()))
            }
        }
    }

    /// Ends its input, and waits until it has ended too.
    pub(crate) fn end(&mut self) -> Result<ExitStatus, Fault> {
        self.input = None;
        while self.hear()?.is_some() {}
        Ok(self.process.wait()?)
    }
}

impl Drop for Lines {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

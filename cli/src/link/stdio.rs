//! One message a line: the wallet's engagement as `mdoc:…`, then hexadecimal CBOR both ways.

use std::io::{self, BufRead, Read, Write};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};

use crate::error::Failure;
use crate::interrupt;

/// Characters of a line: the largest message, in hexadecimal.
const MAX_LINE: u64 = 16 << 20;

/// What comes next.
pub(crate) enum Next {
    /// A message; empty, which none is, where the line is not hexadecimal.
    Message(Vec<u8>),
    /// The other side has ended, or written what is no line.
    End,
    /// The person wants the command to end.
    Interrupted,
}

/// Between two looks whether the person wants the command to end.
const PAUSE: Duration = Duration::from_millis(200);

/// The next message of the other side.
pub(crate) fn next() -> Next {
    match line() {
        Ok(Some(line)) => {
            let message = HEXLOWER_PERMISSIVE.decode(line.as_bytes());
            Next::Message(message.unwrap_or_default())
        }
        Ok(None) => Next::End,
        Err(_) => Next::Interrupted,
    }
}

/// The next line of the other side; none once it has ended, or written what is no line.
///
/// # Errors
/// [`Error::Interrupted`](crate::error::Error::Interrupted).
pub(crate) fn line() -> Result<Option<String>, Failure> {
    let (sender, lines) = mpsc::channel();
    // What waits for a line cannot be told to stop: it is left to itself.
    thread::spawn(move || sender.send(read_line()));
    loop {
        let heard = lines.recv_timeout(PAUSE);
        if let Ok(Some(line)) = heard {
            return Ok(Some(line));
        }
        // Before the end is believed: Ctrl-C ends both sides of a pipe.
        interrupt::check()?;
        if heard != Err(RecvTimeoutError::Timeout) {
            return Ok(None);
        }
    }
}

fn read_line() -> Option<String> {
    let mut input = io::stdin().lock();
    loop {
        let mut line = String::new();
        match (&mut input).take(MAX_LINE).read_line(&mut line) {
            Ok(length) if length > 0 => {}
            _ => return None,
        }
        if !line.trim().is_empty() {
            return Some(line.trim().to_owned());
        }
    }
}

pub(crate) fn send(message: &[u8]) {
    write(&HEXLOWER.encode(message));
}

/// A line, at once: the other side waits for it. If it has gone, so has its next line.
pub(crate) fn write(line: &str) {
    let mut output = io::stdout().lock();
    let _ = writeln!(output, "{line}").and_then(|()| output.flush());
}

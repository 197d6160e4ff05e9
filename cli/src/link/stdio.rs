//! One message a line: the wallet's engagement as `mdoc:…`, then hexadecimal CBOR both ways.

use std::io::{self, BufRead, Read, Write};

use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};

/// Characters of a line: the largest message, in hexadecimal.
const MAX_LINE: u64 = 16 << 20;

/// The next line of the other side; none once it has ended, or written what is no message.
pub(crate) fn line() -> Option<String> {
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

/// The message of the next line; empty, which no message is, where it is not hexadecimal.
pub(crate) fn message() -> Option<Vec<u8>> {
    let line = line()?;
    Some(HEXLOWER_PERMISSIVE.decode(line.as_bytes()).unwrap_or_default())
}

pub(crate) fn send(message: &[u8]) {
    write(&HEXLOWER.encode(message));
}

/// A line, at once: the other side waits for it. If it has gone, so has its next line.
pub(crate) fn write(line: &str) {
    let mut output = io::stdout().lock();
    let _ = writeln!(output, "{line}").and_then(|()| output.flush());
}

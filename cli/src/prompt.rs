//! What is asked of the person, on the terminal itself: standard input may be a document.

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use coffret_catalogue::{Label, Lang};
use zeroize::Zeroizing;

use crate::clock::Deadline;
use crate::error::{About, Error, Failure};
use crate::interrupt;
use crate::output::{COLON, Text, print_text};

#[cfg(not(windows))]
const INPUT: &str = "/dev/tty";
#[cfg(not(windows))]
const OUTPUT: &str = "/dev/tty";
#[cfg(windows)]
const INPUT: &str = "CONIN$";
#[cfg(windows)]
const OUTPUT: &str = "CONOUT$";

/// Answers that mean yes; anything else is a no.
const YES: [&str; 4] = ["o", "oui", "y", "yes"];
const YES_OR_NO: Label = Label { fr: "(o/n)", en: "(y/n)" };
const AGAIN: Label = Label { fr: "Encore une fois", en: "Once more" };

/// Between two looks at the clock.
const PAUSE: Duration = Duration::from_millis(200);

/// The terminal that the program was started from.
pub(crate) struct Terminal {
    input: File,
    output: File,
    lang: Lang,
}

impl Terminal {
    /// The terminal, where there is one.
    pub(crate) fn open(lang: Lang) -> Result<Terminal, Failure> {
        let input = File::open(INPUT).map_err(missing)?;
        let output = OpenOptions::new().write(true).open(OUTPUT).map_err(missing)?;
        Ok(Terminal { input, output, lang })
    }

    pub(crate) fn show(&mut self, text: &Text) {
        print_text(&mut self.output, text);
    }

    /// The answer to a question, without the line's end.
    ///
    /// # Errors
    /// [`CodeExpired`](coffret_proximity::Error::CodeExpired) for one of a reader that is no longer
    /// there to be answered; [`Error::Interrupted`].
    pub(crate) fn ask(&mut self, question: &str, until: Deadline) -> Result<String, Failure> {
        let asked = write!(self.output, "{question}{} ", COLON.text(self.lang));
        let asked = asked.and_then(|()| self.output.flush());
        let input = asked.and_then(|()| self.input.try_clone()).map_err(missing)?;
        let (sender, answers) = mpsc::channel();
        // What waits for a line cannot be told to stop: it is left to itself.
        thread::spawn(move || sender.send(line(&input)));
        loop {
            match answers.recv_timeout(PAUSE) {
                Ok(answer) => return answer.map_err(missing),
                Err(RecvTimeoutError::Timeout) if !until.is_over()? => {
                    interrupt::check().inspect_err(|_| drop(writeln!(&self.output)))?;
                }
                Err(_) => {
                    let _ = writeln!(self.output);
                    let expired = coffret_proximity::Error::CodeExpired;
                    return Err(Failure::refused(expired, About::Whole));
                }
            }
        }
    }

    /// Goes on if the person says yes.
    pub(crate) fn confirm(&mut self, question: &str) -> Result<(), Failure> {
        let question = format!("{question} {}", YES_OR_NO.text(self.lang));
        let answer = self.ask(&question, Deadline::NEVER)?.to_lowercase();
        let is_confirmed = YES.contains(&answer.as_str());
        let refused = || Failure::refused(Error::NotConfirmed, About::Whole);
        is_confirmed.then_some(()).ok_or_else(refused)
    }

    /// A secret, which is not shown as it is typed.
    pub(crate) fn secret(&mut self, question: Label) -> Result<Zeroizing<String>, Failure> {
        let question = format!("{}{} ", question.text(self.lang), COLON.text(self.lang));
        rpassword::prompt_password(question).map(Zeroizing::new).map_err(missing)
    }

    /// A new secret, typed twice.
    pub(crate) fn new_secret(&mut self, question: Label) -> Result<Zeroizing<String>, Failure> {
        let secret = self.secret(question)?;
        let is_same = *secret == *self.secret(AGAIN)?;
        let refused = || Failure::refused(Error::SecretsDiffer, About::Whole);
        is_same.then_some(secret).ok_or_else(refused)
    }
}

/// A terminal hands over one line at a time: nothing of the next is lost.
fn line(input: &File) -> io::Result<String> {
    let mut line = String::new();
    BufReader::new(input).read_line(&mut line)?;
    Ok(line.trim().to_owned())
}

/// Nobody is there, or whoever was has left.
fn missing(error: io::Error) -> Failure {
    match error.kind() {
        ErrorKind::Interrupted | ErrorKind::UnexpectedEof => {
            Failure::refused(Error::NotConfirmed, About::Whole)
        }
        _ => Failure::unusable(Error::NoTerminal, About::Whole),
    }
}

#[cfg(test)]
#[cfg(unix)]
pub(crate) mod tests {
    use std::io::PipeWriter;
    use std::os::fd::OwnedFd;
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::time::{SystemTime, UNIX_EPOCH};

    use coffret_cbor::Timestamp;

    use super::*;
    use crate::clock::Clock;

    /// A second later each time that it is read.
    fn hurried() -> SystemTime {
        static TIME: AtomicU64 = AtomicU64::new(1);
        UNIX_EPOCH + Duration::from_secs(TIME.fetch_add(1, Ordering::Relaxed))
    }

    /// A terminal that nobody sees, and its keyboard.
    pub(crate) fn terminal() -> (Terminal, PipeWriter) {
        let (input, keyboard) = io::pipe().unwrap();
        let output = OpenOptions::new().write(true).open("/dev/null").unwrap();
        let input = File::from(OwnedFd::from(input));
        (Terminal { input, output, lang: Lang::French }, keyboard)
    }

    #[test]
    fn a_question_is_over_when_it_is_too_late() {
        let (mut terminal, mut keyboard) = terminal();
        let until = |at| Deadline::new(Clock::Running(hurried), at);
        keyboard.write_all(b" p \n").unwrap();
        assert_eq!(terminal.ask("Partager", until(None)).unwrap(), "p");
        let late = terminal.ask("Partager", until(Timestamp::from_unix(1))).unwrap_err();
        let expired = Failure::refused(coffret_proximity::Error::CodeExpired, About::Whole);
        assert_eq!((late.exit, late.reasons), (expired.exit, expired.reasons));
    }
}

//! What is asked of the person, on the terminal itself: standard input may be a document.

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, ErrorKind, Write};

use coffret_catalogue::{Label, Lang};
use zeroize::Zeroizing;

use crate::error::{About, Error, Failure};
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

/// The terminal that the program was started from.
pub(crate) struct Terminal {
    input: BufReader<File>,
    output: File,
    lang: Lang,
}

impl Terminal {
    /// The terminal, where there is one.
    pub(crate) fn open(lang: Lang) -> Result<Terminal, Failure> {
        let input = File::open(INPUT).map_err(missing)?;
        let output = OpenOptions::new().write(true).open(OUTPUT).map_err(missing)?;
        Ok(Terminal { input: BufReader::new(input), output, lang })
    }

    pub(crate) fn show(&mut self, text: &Text) {
        print_text(&mut self.output, text);
    }

    /// The answer to a question, without the line's end.
    pub(crate) fn ask(&mut self, question: &str) -> Result<String, Failure> {
        let mut answer = String::new();
        let asked = write!(self.output, "{question}{} ", COLON.text(self.lang))
            .and_then(|()| self.output.flush());
        asked.and_then(|()| self.input.read_line(&mut answer)).map_err(missing)?;
        Ok(answer.trim().to_owned())
    }

    /// Goes on if the person says yes.
    pub(crate) fn confirm(&mut self, question: &str) -> Result<(), Failure> {
        let question = format!("{question} {}", YES_OR_NO.text(self.lang));
        let answer = self.ask(&question)?.to_lowercase();
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

/// Nobody is there, or whoever was has left.
fn missing(error: io::Error) -> Failure {
    match error.kind() {
        ErrorKind::Interrupted | ErrorKind::UnexpectedEof => {
            Failure::refused(Error::NotConfirmed, About::Whole)
        }
        _ => Failure::unusable(Error::NoTerminal, About::Whole),
    }
}

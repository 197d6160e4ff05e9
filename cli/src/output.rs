//! What a command prints: for people on a terminal, or one JSON object for programs.

use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use coffret_catalogue::{Label, Lang};
use serde_json::{Map, Value as Json};

use crate::error::{Error, Exit, Failure, Reason};

/// What a command has to say once it has ended.
pub(crate) struct Report {
    pub(crate) exit: Exit,
    /// For programs: an object.
    pub(crate) json: Json,
    /// For people, coloured as it is printed.
    pub(crate) text: Text,
}

/// Who reads what is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Audience {
    People(Lang),
    /// One JSON object; the messages in it are in a language all the same.
    Programs(Lang),
}

/// Where a command's result goes.
#[derive(Debug)]
pub(crate) struct Destination<'a> {
    pub(crate) stream: Stream,
    /// For programs, in place of the stream or beside it.
    pub(crate) file: Option<ResultFile<'a>>,
}

/// A file for a result that is still to come. An earlier one is gone from it.
#[derive(Debug)]
pub(crate) struct ResultFile<'a> {
    path: &'a Path,
    file: File,
}

impl<'a> ResultFile<'a> {
    pub(crate) fn create(path: &'a Path) -> Result<ResultFile<'a>, Failure> {
        let file = File::create(path);
        let file = file.map_err(|_| Failure::unusable(Error::FileUnwritable, path))?;
        Ok(ResultFile { path, file })
    }

    fn write(&self, text: &str) -> Result<(), Failure> {
        let written = (&self.file).write_all(text.as_bytes());
        written.map_err(|_| Failure::unusable(Error::FileUnwritable, self.path))
    }
}

/// What carries the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stream {
    /// Standard output.
    Output,
    /// Standard error, for programs always and as its last line: standard output is not free.
    Error,
}

impl Destination<'_> {
    pub(crate) const OUTPUT: Destination<'static> =
        Destination { stream: Stream::Output, file: None };
}

impl Audience {
    pub(crate) fn report(self, report: &Report, to: &Destination<'_>) -> ExitCode {
        match (self, to.stream) {
            (Audience::People(_), Stream::Output) => print_text(&mut io::stdout(), &report.text),
            (Audience::People(_), Stream::Error) => print_text(&mut io::stderr(), &report.text),
            (Audience::Programs(_), _) => {}
        }
        self.result(&report.json, report.exit, to)
    }

    /// The reasons for people always, on standard error; for programs in one object.
    pub(crate) fn failure(
        self,
        failure: &Failure,
        mut json: Map<String, Json>,
        to: &Destination<'_>,
    ) -> ExitCode {
        self.reasons(failure);
        json.extend([("errors".to_owned(), reasons_json(&failure.reasons, self.lang()))]);
        self.result(&Json::Object(json), failure.exit, to)
    }

    /// What is for programs. What was done is done: a file that cannot hold it changes nothing.
    fn result(self, json: &Json, exit: Exit, to: &Destination<'_>) -> ExitCode {
        let whole = format!("{json:#}\n");
        let unwritten = to.file.as_ref().map(|file| file.write(&whole)).and_then(Result::err);
        if let Some(failure) = &unwritten {
            self.reasons(failure);
        }
        match (self, to.stream) {
            (Audience::Programs(_), Stream::Output) => print(io::stdout(), &whole),
            (_, Stream::Error) if to.file.is_none() => print(io::stderr(), &format!("{json}\n")),
            _ if unwritten.is_some() => print(io::stderr(), &format!("{json}\n")),
            _ => {}
        }
        ExitCode::from(exit as u8)
    }

    fn reasons(self, failure: &Failure) {
        let mut text = Text::default();
        reasons(&mut text, Colour::Red, &failure.reasons, self.lang());
        print_text(&mut io::stderr(), &text);
    }

    fn lang(self) -> Lang {
        let (Audience::People(lang) | Audience::Programs(lang)) = self;
        lang
    }
}

pub(crate) fn print_text(to: &mut (impl Write + IsTerminal), text: &Text) {
    let painted = text.painted(is_coloured(to));
    print(to, &painted);
}

/// Whoever reads may have gone: that is no error of ours.
fn print(mut to: impl Write, text: &str) {
    let _ = to.write_all(text.as_bytes()).and_then(|()| to.flush());
}

/// Colour is for terminals, unless the person does not want it (<https://no-color.org>).
fn is_coloured(to: &impl IsTerminal) -> bool {
    let is_unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let is_dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
    to.is_terminal() && !is_unwanted && !is_dumb
}

/// French sets a space before it.
pub(crate) const COLON: Label = Label { fr: "\u{a0}:", en: ":" };

/// What a colour says, never alone: the words say it too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Colour {
    Plain,
    Strong,
    Faint,
    Green,
    /// Of what is good and judged by nobody: to be read.
    Neutral,
    Orange,
    Red,
}

impl Colour {
    /// ECMA-48 §8.3.117.
    fn code(self) -> &'static str {
        match self {
            Colour::Plain => "0",
            Colour::Strong => "1",
            Colour::Faint => "2",
            Colour::Green => "1;32",
            Colour::Neutral => "1;38;5;75",
            Colour::Orange => "1;38;5;208",
            Colour::Red => "1;31",
        }
    }
}

/// Text whose parts have colours.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Text(Vec<(Colour, String)>);

impl Text {
    pub(crate) fn add(&mut self, colour: Colour, part: impl Into<String>) -> &mut Text {
        self.0.push((colour, part.into()));
        self
    }

    pub(crate) fn line(&mut self, colour: Colour, part: impl Into<String>) -> &mut Text {
        self.add(colour, part).add(Colour::Plain, "\n")
    }

    pub(crate) fn append(&mut self, other: Text) -> &mut Text {
        self.0.extend(other.0);
        self
    }

    /// The same, each line further to the right.
    pub(crate) fn indented(self, columns: usize) -> Text {
        let margin = " ".repeat(columns);
        let mut text = Text::default();
        let mut is_new = true;
        for (colour, part) in self.0 {
            if is_new && !part.is_empty() && part != "\n" {
                text.add(Colour::Plain, margin.as_str());
            }
            is_new = part == "\n" || (is_new && part.is_empty());
            text.add(colour, part);
        }
        text
    }

    /// A name, in a column of `width`, and what goes by it, whatever line breaks are in either.
    pub(crate) fn row(&mut self, indent: usize, name: &str, width: usize, value: &str) {
        let (name, value) = (one_line(name), one_line(value));
        let gap = " ".repeat((width + 2).saturating_sub(name.chars().count()));
        let indent = " ".repeat(indent);
        self.add(Colour::Faint, format!("{indent}{name}{gap}")).line(Colour::Plain, value);
    }

    fn painted(&self, is_coloured: bool) -> String {
        let parts = self.0.iter().map(|(colour, part)| {
            // Text that was received moves no cursor.
            let part: String = part.chars().map(visible).collect();
            match colour {
                _ if !is_coloured => part,
                Colour::Plain => part,
                colour => format!("\x1b[{}m{part}\x1b[0m", colour.code()),
            }
        });
        parts.collect()
    }
}

pub(crate) fn one_line(text: &str) -> String {
    text.replace('\n', " ")
}

fn visible(c: char) -> char {
    let is_bidi = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if (c.is_control() && c != '\n') || is_bidi { char::REPLACEMENT_CHARACTER } else { c }
}

/// Each reason: its sentences, then its reference.
pub(crate) fn reasons(text: &mut Text, colour: Colour, reasons: &[Reason], lang: Lang) {
    for reason in reasons {
        let sign = if colour == Colour::Red { "✗ " } else { "! " };
        for (place, sentence) in reason.sentences(lang).into_iter().enumerate() {
            let margin = if place == 0 { (colour, sign) } else { (Colour::Plain, "  ") };
            text.add(margin.0, margin.1).line(Colour::Plain, sentence);
        }
        if let Some(detail) = reason.detail(lang) {
            text.line(Colour::Strong, format!("  {detail}"));
        }
        text.line(Colour::Faint, format!("  {}", one_line(&reason.reference())));
    }
}

pub(crate) fn reasons_json(reasons: &[Reason], lang: Lang) -> Json {
    reasons.iter().map(|reason| reason.to_json(lang)).collect()
}

/// A report of what was done.
pub(crate) fn done(text: Text, json: Json) -> Report {
    Report { exit: Exit::Done, json, text }
}

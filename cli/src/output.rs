//! What a command prints: for people on a terminal, or one JSON object for programs.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use coffret_catalogue::Lang;
use serde_json::{Map, Value as Json};

use crate::error::{Exit, Failure, Reason};

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

impl Audience {
    pub(crate) fn report(self, report: &Report) -> ExitCode {
        match self {
            Audience::People(_) => print_text(io::stdout(), &report.text),
            Audience::Programs(_) => print(io::stdout(), &format!("{:#}\n", report.json)),
        }
        ExitCode::from(report.exit as u8)
    }

    /// The reasons for people always, on standard error; for programs in one object.
    pub(crate) fn failure(self, failure: &Failure, mut json: Map<String, Json>) -> ExitCode {
        let (Audience::People(lang) | Audience::Programs(lang)) = self;
        let mut text = Text::default();
        reasons(&mut text, Colour::Red, &failure.reasons, lang);
        print_text(io::stderr(), &text);
        if let Audience::Programs(_) = self {
            json.extend([("errors".to_owned(), reasons_json(&failure.reasons, lang))]);
            print(io::stdout(), &format!("{:#}\n", Json::Object(json)));
        }
        ExitCode::from(failure.exit as u8)
    }
}

fn print_text(to: impl Write + IsTerminal, text: &Text) {
    let painted = text.painted(is_coloured(&to));
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

/// What a colour says, never alone: the words say it too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Colour {
    Plain,
    Strong,
    Faint,
    Green,
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
            Colour::Orange => "1;38;5;208",
            Colour::Red => "1;31",
        }
    }
}

/// Text whose parts have colours.
#[derive(Debug, Default)]
pub(crate) struct Text(Vec<(Colour, String)>);

impl Text {
    pub(crate) fn add(&mut self, colour: Colour, part: impl Into<String>) -> &mut Text {
        self.0.push((colour, part.into()));
        self
    }

    pub(crate) fn line(&mut self, colour: Colour, part: impl Into<String>) -> &mut Text {
        self.add(colour, part).add(Colour::Plain, "\n")
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

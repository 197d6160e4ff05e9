//! `coffret`, the command line: what the core does, on a desktop, for people and for scripts.
//!
//! Each command is a file: its arguments, and `run`, which gives a [`Report`] or a [`Failure`].
//! Nothing is printed before the command has ended, so that `--json` gives one object whatever
//! happens.

mod boot;
mod card;
mod clock;
mod consent;
mod demo;
mod diagnostic;
mod error;
mod file;
mod help;
mod holder;
mod input;
mod inspect;
mod interrupt;
mod issue;
mod json;
mod link;
mod output;
mod picture;
mod pki;
mod present;
mod progress;
mod prompt;
mod read;
mod trusted;
mod verify;
mod wallet;

use std::process::ExitCode;
use std::time::SystemTime;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use coffret_catalogue::Lang;
use coffret_cbor::Timestamp;
use getrandom::SysRng;
use rand_core::{CryptoRng, TryRng, UnwrapErr};
use serde_json::{Map, Value as Json};

use crate::clock::Clock;
use crate::error::{About, Error, Failure};
use crate::link::LinkArguments;
use crate::output::{Audience, Destination, Report, ResultFile, Stream};

#[derive(Parser)]
#[command(name = "coffret", version)]
struct Arguments {
    #[arg(long, global = true)]
    json: bool,
    /// Read by [`help::language`] before the others, whose help is in it.
    #[arg(long, global = true, value_name = "fr|en", value_parser = ["fr", "en"], hide_possible_values = true)]
    lang: Option<String>,
    #[arg(long, global = true, value_name = "RFC3339", value_parser = Timestamp::parse)]
    now: Option<Timestamp>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Demo(demo::Demo),
    Pki(pki::Pki),
    Issue(issue::Issue),
    Verify(verify::Verify),
    Inspect(inspect::Inspect),
    Init(holder::Init),
    Pin(holder::NewPin),
    Erase(holder::Erase),
    Secrets(holder::Secrets),
    Keys(holder::Keys),
    Trust(holder::Trust),
    Add(holder::Add),
    List(holder::List),
    Show(holder::Show),
    Remove(holder::Remove),
    Person(holder::Person),
    Notices(holder::Notices),
    Log(holder::Log),
    Export(holder::Export),
    Present(present::Present),
    Read(read::Read),
}

/// What a command is told beside its arguments.
#[derive(Clone, Copy)]
pub(crate) struct Context {
    pub(crate) lang: Lang,
    /// When the command began.
    pub(crate) now: Timestamp,
    /// For what does not end at once.
    pub(crate) clock: Clock,
}

impl Command {
    fn run(&self, context: Context) -> Result<Report, Failure> {
        match self {
            Command::Pki(pki) => pki.run(context),
            Command::Issue(issue) => issue.run(context),
            Command::Verify(verify) => verify.run(context),
            Command::Inspect(inspect) => inspect.run(context),
            Command::Init(init) => init.run(context),
            Command::Pin(pin) => pin.run(context),
            Command::Erase(erase) => erase.run(context),
            Command::Secrets(secrets) => secrets.run(context),
            Command::Keys(keys) => keys.run(context),
            Command::Trust(trust) => trust.run(context),
            Command::Add(add) => add.run(context),
            Command::List(list) => list.run(context),
            Command::Show(show) => show.run(context),
            Command::Remove(remove) => remove.run(context),
            Command::Person(person) => person.run(context),
            Command::Notices(notices) => notices.run(context),
            Command::Log(log) => log.run(context),
            Command::Export(export) => export.run(context),
            Command::Present(present) => present.run(context),
            Command::Read(read) => read.run(context),
            Command::Demo(demo) => demo.run(context),
        }
    }

    fn link(&self) -> Option<&LinkArguments> {
        match self {
            Command::Present(present) => Some(&present.link),
            Command::Read(read) => Some(&read.link),
            _ => None,
        }
    }

    /// What a failure says beside its reasons.
    fn nothing(&self) -> Map<String, Json> {
        match self {
            Command::Verify(_) | Command::Read(_) => Map::from_iter([
                ("valid".to_owned(), false.into()),
                ("documents".to_owned(), Json::Array(Vec::new())),
            ]),
            Command::Log(log) if log.is_verification() => {
                Map::from_iter([("valid".to_owned(), false.into())])
            }
            _ => Map::new(),
        }
    }
}

fn main() -> ExitCode {
    let lang = help::language();
    let audience = |json| if json { Audience::Programs(lang) } else { Audience::People(lang) };
    let command = help::localised(Arguments::command(), lang);
    let parsed =
        command.try_get_matches().and_then(|matches| Arguments::from_arg_matches(&matches));
    let arguments = match parsed {
        Ok(arguments) => arguments,
        Err(error) if is_help(&error) => {
            let _ = error.print();
            return ExitCode::from(error.exit_code().unsigned_abs() as u8);
        }
        Err(error) => {
            let is_json = std::env::args_os().any(|argument| argument == "--json");
            let failure = Failure::unusable(Error::Usage, misused(&error).as_str());
            return audience(is_json).failure(&failure, Map::new(), &Destination::OUTPUT);
        }
    };
    let audience = audience(arguments.json);
    let command = arguments.command;
    let clock = arguments.now.map_or(Clock::Running(SystemTime::now), Clock::Stopped);
    let stream = command.link().map_or(Stream::Output, LinkArguments::stream);
    let mut to = Destination { stream, file: None };
    // Before anything is shown to anybody: afterwards it is too late to fail.
    let file = command.link().and_then(LinkArguments::result).map(ResultFile::create).transpose();
    let ran = file.and_then(|file| {
        to.file = file;
        command.run(Context { lang, now: clock.now()?, clock })
    });
    match ran {
        Ok(report) => audience.report(&report, &to),
        Err(failure) => audience.failure(&failure, command.nothing(), &to),
    }
}

/// What was asked for, or shown to who has given no command at all.
fn is_help(error: &clap::Error) -> bool {
    error.exit_code() == 0 || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
}

/// The words of the command that are not understood, or are missing.
fn misused(error: &clap::Error) -> String {
    const KINDS: [ContextKind; 3] =
        [ContextKind::InvalidSubcommand, ContextKind::InvalidArg, ContextKind::InvalidValue];
    let words = KINDS.iter().filter_map(|kind| error.get(*kind)).map(ContextValue::to_string);
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The generator of the operating system, which gives something or never will.
pub(crate) fn randomness() -> Result<impl CryptoRng, Failure> {
    let is_there = SysRng.try_next_u64().is_ok();
    let missing = || Failure::unusable(Error::NoRandomness, About::Whole);
    is_there.then_some(UnwrapErr(SysRng)).ok_or_else(missing)
}

//! The help, as data in both languages, given to the commands before they are parsed.

mod arguments;
mod commands;

use clap::{Arg, ArgAction, Command};
use coffret_catalogue::{Label, Lang};

use self::arguments::{GENERAL_HELP, HELP, WALLET_HELP};
use self::commands::ABOUT;

/// The language of `--lang`, else the system's, else French (POSIX: `LC_ALL`, `LC_MESSAGES`,
/// `LANG`).
pub(crate) fn language() -> Lang {
    let mut arguments = std::env::args().skip_while(|argument| !argument.starts_with("--lang"));
    let asked = arguments.next().and_then(|argument| match argument.split_once('=') {
        Some((_, value)) => Some(value.to_owned()),
        None => arguments.next(),
    });
    let variables = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter();
    let system = || variables.filter_map(|name| std::env::var(name).ok()).find(|v| !v.is_empty());
    match asked.or_else(system) {
        Some(language) if language.starts_with("en") => Lang::English,
        _ => Lang::French,
    }
}

/// The command with its help in `lang`.
pub(crate) fn localised(command: Command, lang: Lang) -> Command {
    explained(command, "", lang)
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(
            general(Arg::new("help").short('h').long("help").global(true), lang)
                .action(ArgAction::Help),
        )
        .arg(
            general(Arg::new("version").short('V').long("version"), lang)
                .action(ArgAction::Version),
        )
}

/// A command, known by the words that call it, with all that is under it.
fn explained(command: Command, called: &str, lang: Lang) -> Command {
    let row = ABOUT.iter().find(|(words, ..)| *words == called);
    let command = match row {
        Some((_, about, example)) => command.about(about.text(lang)).after_help(example.text(lang)),
        None => command,
    };
    command
        .subcommand_help_heading(COMMANDS.text(lang))
        .subcommand_value_name(COMMAND.text(lang))
        .help_template(TEMPLATE.text(lang))
        .mut_args(|argument| argument_of(argument, called, lang))
        .mut_subcommands(|command| {
            let called = format!("{called} {}", command.get_name());
            explained(command, called.trim(), lang)
        })
}

fn argument_of(argument: Arg, command: &str, lang: Lang) -> Arg {
    let id = argument.get_id().as_str();
    if GENERAL_HELP.iter().any(|(known, _)| *known == id) {
        return general(argument, lang);
    }
    if let Some((_, help)) = WALLET_HELP.iter().find(|(known, _)| *known == id) {
        return argument.help_heading(WALLET.text(lang)).help(help.text(lang));
    }
    let row = HELP.iter().find(|(of, known, _)| *known == id && (*of == command || of.is_empty()));
    let Some((_, _, help)) = row else { return argument };
    let heading = if argument.is_positional() { ARGUMENTS } else { OPTIONS };
    argument.help_heading(heading.text(lang)).help(help.text(lang))
}

fn general(argument: Arg, lang: Lang) -> Arg {
    let row = GENERAL_HELP.iter().find(|(id, _)| argument.get_id() == id);
    let Some((_, help)) = row else { return argument };
    argument.help_heading(GENERAL.text(lang)).help(help.text(lang))
}

/// A colon follows each heading.
const COMMANDS: Label = Label { fr: "Commandes\u{a0}", en: "Commands" };
const ARGUMENTS: Label = Label { fr: "Arguments\u{a0}", en: "Arguments" };
const OPTIONS: Label = Label { fr: "Options\u{a0}", en: "Options" };
const GENERAL: Label = Label { fr: "Options générales\u{a0}", en: "General options" };
const WALLET: Label = Label { fr: "Portefeuille\u{a0}", en: "Wallet" };
const COMMAND: Label = Label { fr: "COMMANDE", en: "COMMAND" };
const TEMPLATE: Label = Label {
    fr: "{about}\n\nUtilisation\u{a0}: {usage}\n\n{all-args}{after-help}",
    en: "{about}\n\nUsage: {usage}\n\n{all-args}{after-help}",
};

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::Arguments;

    #[test]
    fn every_command_and_argument_is_explained_in_both_languages() {
        for lang in [Lang::French, Lang::English] {
            let command = localised(Arguments::command(), lang);
            command.clone().debug_assert();
            is_explained(&command);
        }
    }

    fn is_explained(command: &Command) {
        assert!(command.get_about().is_some(), "{}", command.get_name());
        assert!(command.get_after_help().is_some(), "{}", command.get_name());
        for argument in command.get_arguments() {
            let about = (command.get_name(), argument.get_id());
            assert!(argument.get_help().is_some(), "{about:?}");
        }
        command.get_subcommands().for_each(is_explained);
    }
}

//! The help, as data in both languages, given to the commands before they are parsed.

use clap::{Arg, ArgAction, Command};
use coffret_catalogue::{Label, Lang};

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
    described(command, lang)
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(Arg::new("help").short('h').long("help").global(true).action(ArgAction::Help))
        .arg(Arg::new("version").short('V').long("version").action(ArgAction::Version))
        .subcommand_help_heading(COMMANDS.text(lang))
        .subcommand_value_name(COMMAND.text(lang))
        .help_template(TEMPLATE.text(lang))
        .mut_args(|argument| explained(argument, "", lang))
        .mut_subcommands(|command| {
            let name = command.get_name().to_owned();
            described(command, lang)
                .help_template(TEMPLATE.text(lang))
                .mut_args(|argument| explained(argument, &name, lang))
        })
}

fn described(command: Command, lang: Lang) -> Command {
    let row = ABOUT.iter().find(|(name, ..)| *name == command.get_name());
    match row {
        Some((_, about, example)) => command.about(about.text(lang)).after_help(example.text(lang)),
        None => command,
    }
}

fn explained(argument: Arg, command: &str, lang: Lang) -> Arg {
    let id = argument.get_id().as_str();
    let row = HELP.iter().find(|(of, known, _)| *known == id && (*of == command || of.is_empty()));
    let Some((of, _, help)) = row else { return argument };
    let heading = match (of.is_empty(), argument.is_positional()) {
        (true, _) if argument.get_id() != "raw" => GENERAL,
        (_, true) => ARGUMENTS,
        _ => OPTIONS,
    };
    argument.help_heading(heading.text(lang)).help(help.text(lang))
}

/// A colon follows each heading.
const COMMANDS: Label = Label { fr: "Commandes\u{a0}", en: "Commands" };
const ARGUMENTS: Label = Label { fr: "Arguments\u{a0}", en: "Arguments" };
const OPTIONS: Label = Label { fr: "Options\u{a0}", en: "Options" };
const GENERAL: Label = Label { fr: "Options générales\u{a0}", en: "General options" };
const COMMAND: Label = Label { fr: "COMMANDE", en: "COMMAND" };
const TEMPLATE: Label = Label {
    fr: "{about}\n\nUtilisation\u{a0}: {usage}\n\n{all-args}{after-help}",
    en: "{about}\n\nUsage: {usage}\n\n{all-args}{after-help}",
};

/// A command, what it does, an example of its use.
const ABOUT: [(&str, Label, Label); 5] = [
    (
        "coffret",
        Label {
            fr: "Portefeuille d’identité numérique\u{a0}: émettre, vérifier et examiner des \
                 documents ISO 18013-5.",
            en: "A digital identity wallet: issue, verify and inspect ISO 18013-5 documents.",
        },
        Label {
            fr: "Codes de sortie\u{a0}: 0 fait ou valide; 1 non valide ou refusé; 2 mauvaise \
                 utilisation ou entrée illisible.\n«\u{a0}coffret COMMANDE --help\u{a0}» donne un exemple.",
            en: "Exit codes: 0 done or valid; 1 not valid or refused; 2 wrong use or unreadable \
                 input.\n“coffret COMMAND --help” shows an example.",
        },
    ),
    (
        "pki",
        Label {
            fr: "Crée dans un dossier de quoi faire des essais\u{a0}: autorités, signataire de \
                 documents, lecteur et registre.",
            en: "Makes what tests need in a folder: authorities, document signer, reader and \
                 registry.",
        },
        Label {
            fr: "Exemple\u{a0}: coffret pki essai --purposes age-18,pharmacy",
            en: "Example: coffret pki test --purposes age-18,pharmacy",
        },
    ),
    (
        "issue",
        Label {
            fr: "Émet un document pour chaque clé d’appareil.",
            en: "Issues a document for each device key.",
        },
        Label {
            fr: "Exemple\u{a0}: coffret issue --type ca.qc.gouv.ramq.cam.1 --data carte.json \\\n         \
                 --pki essai --keys cles.json --out carte.cbor",
            en: "Example: coffret issue --type ca.qc.gouv.ramq.cam.1 --data card.json \\\n         \
                 --pki test --keys keys.json --out card.cbor",
        },
    ),
    (
        "verify",
        Label {
            fr: "Vérifie une présentation, ou un document tel qu’il est émis.",
            en: "Verifies a presentation, or a document as it is issued.",
        },
        Label {
            fr: "Exemple\u{a0}: coffret verify --trust essai/iaca.pem --issuer-only carte.cbor",
            en: "Example: coffret verify --trust test/iaca.pem --issuer-only card.cbor",
        },
    ),
    (
        "inspect",
        Label {
            fr: "Dit ce qu’est une chose, la montre en détail, et dit ce qui n’y va pas.",
            en: "Says what a thing is, shows it in detail, and says what is wrong with it.",
        },
        Label {
            fr: "Exemples\u{a0}: coffret inspect carte.cbor\n           coffret inspect essai/ds.pem\n           \
                 coffret inspect a10126",
            en: "Examples: coffret inspect card.cbor\n          coffret inspect test/ds.pem\n          \
                 coffret inspect a10126",
        },
    ),
];

/// The command (none for all), the argument, what it is.
const HELP: [(&str, &str, Label); 27] = [
    (
        "",
        "json",
        Label {
            fr: "Un seul objet JSON sur la sortie standard",
            en: "One JSON object on standard output",
        },
    ),
    (
        "",
        "lang",
        Label {
            fr: "Langue; sinon celle du système, sinon le français",
            en: "Language; else the system’s, else French",
        },
    ),
    (
        "",
        "now",
        Label {
            fr: "L’heure qu’il est, au lieu de celle du système",
            en: "The time, in place of the system’s",
        },
    ),
    ("", "help", Label { fr: "Cette aide", en: "This help" }),
    ("", "version", Label { fr: "La version", en: "The version" }),
    (
        "",
        "raw",
        Label {
            fr: "Le fichier est binaire, même s’il semble du texte",
            en: "The file is binary, even if it looks like text",
        },
    ),
    (
        "pki",
        "dir",
        Label {
            fr: "Dossier à créer ou à remplir; rien n’y est remplacé",
            en: "Folder to make or fill; nothing in it is replaced",
        },
    ),
    (
        "pki",
        "purposes",
        Label {
            fr: "Fins pour lesquelles le lecteur est inscrit au registre; toutes, par défaut",
            en: "Purposes that the reader is registered for; all, by default",
        },
    ),
    ("issue", "doc_type", Label { fr: "Type de document", en: "Document type" }),
    (
        "issue",
        "data",
        Label {
            fr: "Données\u{a0}: {espace: {élément: valeur}}",
            en: "Data: {namespace: {element: value}}",
        },
    ),
    (
        "issue",
        "pki",
        Label {
            fr: "Dossier fait par «\u{a0}coffret pki\u{a0}»",
            en: "Folder made by “coffret pki”",
        },
    ),
    (
        "issue",
        "keys",
        Label {
            fr: "Clés publiques des appareils\u{a0}: {\"keys\": [JWK…]}",
            en: "The devices’ public keys: {\"keys\": [JWK…]}",
        },
    ),
    (
        "issue",
        "alg",
        Label {
            fr: "Algorithme de la signature; par défaut, celui de ds.pem",
            en: "Algorithm of the signature; by default, that of ds.pem",
        },
    ),
    ("issue", "days", Label { fr: "Jours de validité", en: "Days of validity" }),
    (
        "issue",
        "one_time",
        Label {
            fr: "Chaque exemplaire ne servira qu’une fois",
            en: "Each copy is to be used once",
        },
    ),
    ("issue", "out", Label { fr: "Fichier à écrire", en: "File to write" }),
    (
        "verify",
        "trust",
        Label {
            fr: "Racines d’émetteurs à reconnaître (PEM)",
            en: "Issuers’ roots to trust (PEM)",
        },
    ),
    (
        "verify",
        "signer",
        Label {
            fr: "Signataires à reconnaître par leur certificat même (PEM)",
            en: "Signers to trust by their very certificate (PEM)",
        },
    ),
    (
        "verify",
        "crl",
        Label {
            fr: "Liste de certificats révoqués (DER)",
            en: "List of revoked certificates (DER)",
        },
    ),
    (
        "verify",
        "transcript",
        Label {
            fr: "SessionTranscript de la présentation",
            en: "SessionTranscript of the presentation",
        },
    ),
    (
        "verify",
        "reader_key",
        Label {
            fr: "Clé privée éphémère du lecteur (JWK), qu’il faut pour un MAC",
            en: "The reader’s private ephemeral key (JWK), which a MAC needs",
        },
    ),
    (
        "verify",
        "request",
        Label {
            fr: "DeviceRequest, pour comparer ce qui est reçu à ce qui a été demandé",
            en: "DeviceRequest, to compare what is received with what was asked",
        },
    ),
    (
        "verify",
        "issuer_only",
        Label {
            fr: "Ne vérifier que la part de l’émetteur", en: "Verify the issuer’s part only"
        },
    ),
    (
        "verify",
        "show_invalid",
        Label {
            fr: "Montrer aussi les éléments d’un document non valide",
            en: "Show the elements of an invalid document too",
        },
    ),
    (
        "verify",
        "file",
        Label {
            fr: "Fichier, ou «\u{a0}-\u{a0}»\u{a0}: CBOR, en hexadécimal ou en base64url s’il y a lieu",
            en: "File, or “-”: CBOR, in hexadecimal or base64url where it is",
        },
    ),
    (
        "inspect",
        "subject",
        Label {
            fr: "Fichier, «\u{a0}-\u{a0}», ou la chose même en texte",
            en: "File, “-”, or the thing itself in text",
        },
    ),
    (
        "inspect",
        "full",
        Label {
            fr: "Montrer les longues suites d’octets en entier",
            en: "Show long byte strings whole",
        },
    ),
];

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
            for command in std::iter::once(&command).chain(command.get_subcommands()) {
                assert!(command.get_about().is_some(), "{}", command.get_name());
                assert!(command.get_after_help().is_some(), "{}", command.get_name());
                for argument in command.get_arguments() {
                    let about = (command.get_name(), argument.get_id());
                    assert!(argument.get_help().is_some(), "{about:?}");
                }
            }
        }
    }
}

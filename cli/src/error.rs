//! What the command line refuses, and how it says so.
//!
//! The clauses that its own codes quote: §1 use, §2 input files, §3 the JSON form of values,
//! §4 `issue`, §5 what is written, §6 `verify`, §7 the wallet, §8
//! `present`, `read` and their links, §9 `demo`.

use std::time::{Duration, SystemTime};

use coffret_catalogue::{Label, Lang, sentence};
use coffret_code::Code;
use coffret_mdoc::{ElementName, Finding};
use coffret_store::Attempts;
use serde_json::Value as Json;
use time::OffsetDateTime;

use crate::clock::{local, time_of_day};
use crate::output::COLON;

coffret_code::rules! {
    /// What the command line itself refuses.
    pub(crate) enum Error {
        /// A command, option or value that there is not, or one too few.
        Usage = (901, "usage", "Coffret command line §1"),
        /// A file that is not there or may not be read.
        FileUnreadable = (902, "file-unreadable", "Coffret command line §2"),
        /// A file beyond [`MAX_FILE`](crate::input::MAX_FILE).
        FileTooLarge = (903, "file-too-large", "Coffret command line §2"),
        /// Standard input named for two files.
        StandardInputTwice = (904, "standard-input-twice", "Coffret command line §2"),
        /// An odd number of hexadecimal digits.
        OddHex = (905, "hex-odd", "Coffret command line §2"),
        /// Characters of base64url whose number or last bits are not.
        Base64url = (906, "base64url-malformed", "RFC 4648 §5"),
        /// A PEM file that is no text.
        NotText = (907, "file-not-text", "RFC 7468 §3"),
        /// A file that is no JSON.
        NotJson = (908, "json-malformed", "RFC 8259 §2"),
        /// JSON that is not the form of a CBOR value.
        JsonForm = (909, "json-form", "Coffret command line §3"),
        /// A file of keys that is not `{"keys":[JWK…]}`, or has none.
        KeysForm = (910, "keys-form", "Coffret command line §4"),
        /// Data that is not `{namespace: {element: value}}`.
        DataForm = (911, "data-form", "Coffret command line §4"),
        /// A file that is there already.
        FileExists = (912, "file-exists", "Coffret command line §5"),
        /// A file that cannot be written.
        FileUnwritable = (913, "file-unwritable", "Coffret command line §5"),
        /// No randomness from the system.
        NoRandomness = (915, "randomness-missing", "Coffret command line §5"),
        /// A credential where a response is expected.
        IssuerOnlyMissing = (916, "issuer-only-missing", "Coffret command line §6"),
        /// A system clock before 1970 or after 9999.
        Clock = (917, "clock-unusable", "Coffret command line §1"),
        /// Something to ask, and nobody at a terminal.
        NoTerminal = (918, "terminal-missing", "Coffret command line §1"),
        /// A person who did not say yes.
        NotConfirmed = (919, "not-confirmed", "Coffret command line §7"),
        /// A new secret that was typed otherwise the second time.
        SecretsDiffer = (920, "typed-secrets-differ", "Coffret command line §7"),
        /// No wallet where one is expected.
        WalletMissing = (921, "wallet-missing", "Coffret command line §7"),
        /// A wallet where a new one was to be.
        WalletExists = (922, "wallet-exists", "Coffret command line §7"),
        /// A system that does not say how long ago it was started.
        NoBootClock = (923, "boot-clock-missing", "Coffret command line §7"),
        /// No keyring that this program can speak to.
        NoKeyring = (924, "keyring-missing", "Coffret command line §7"),
        /// A picture where bytes are expected.
        Picture = (925, "file-is-picture", "Coffret command line §2"),
        /// PEM where bytes are expected.
        Pem = (926, "file-is-pem", "Coffret command line §2"),
        /// Secrets to be kept in a file that is the wallet's own.
        SecretsOverWallet = (927, "secrets-over-wallet-file", "Coffret command line §7"),

        /// Nobody at the other end of the link, or nobody any more.
        LinkSilent = (950, "link-silent", "Coffret command line §8"),
        /// A text that no QR code is large enough for.
        CodeTooLong = (951, "code-too-long", "ISO/IEC 18004 §6.4.10"),
        /// A file of what to ask that is not `{"docRequests":[…]}`.
        RequestForm = (952, "request-form", "Coffret command line §8"),
        /// An answer without a document.
        NothingShown = (953, "nothing-shown", "Coffret command line §8"),
        /// A demonstration that did not go as it is told.
        DemoAstray = (954, "demo-astray", "Coffret command line §9"),
        /// A command that the person stopped.
        Interrupted = (955, "interrupted", "Coffret command line §1"),
        ..
        /// CBOR.
        Cbor(coffret_cbor::Error),
        /// A key.
        Crypto(coffret_crypto::Error),
        /// A certificate.
        Trust(coffret_trust::Error),
        /// A document.
        Mdoc(coffret_mdoc::Error),
        /// An issuance.
        Issuer(coffret_issuer::Error),
        /// The sealed store.
        Store(coffret_store::Error),
        /// The wallet.
        Holder(coffret_holder::Error),
        /// An engagement, a session or the frames of the QR link.
        Proximity(coffret_proximity::Error),
        /// A reading.
        Reader(coffret_reader::Error),
    }
}

/// The process's exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// Done, or valid.
    Done = 0,
    /// Not valid, or refused.
    Refused = 1,
    /// Wrong use, or unreadable input.
    Unusable = 2,
    /// Stopped by the person; as shells have it.
    Interrupted = 130,
}

/// Why a command has not done what it was asked.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    pub(crate) reasons: Vec<Reason>,
}

impl Failure {
    /// Something is not right with how the command was used, or with a file.
    pub(crate) fn unusable(error: impl Into<Error>, about: impl Into<About>) -> Failure {
        Failure { exit: Exit::Unusable, reasons: vec![Reason::new(error.into().code(), about)] }
    }

    /// Several at once: the worst of their exits, every reason.
    pub(crate) fn all(failures: Vec<Failure>) -> Failure {
        let exit = failures.iter().map(|failure| failure.exit).max().unwrap_or(Exit::Done);
        Failure { exit, reasons: failures.into_iter().flat_map(|each| each.reasons).collect() }
    }

    /// What was asked is refused.
    pub(crate) fn refused(error: impl Into<Error>, about: impl Into<About>) -> Failure {
        Failure { exit: Exit::Refused, reasons: vec![Reason::new(error.into().code(), about)] }
    }
}

/// A rule that was broken, and by what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reason {
    code: Code,
    about: About,
}

/// What broke a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum About {
    /// What the command is about.
    Whole,
    /// A file or a value, as it was given.
    Given(String),
    /// An element.
    Element(ElementName),
    /// The PIN of a wallet.
    Tries(Tries),
}

/// The commands that the second sentence of a code speaks of, the first to be tried first.
const WAYS_OUT: [(&str, Label); 3] = [
    (
        "secrets-missing",
        Label {
            fr: "coffret secrets restore FICHIER; sans copie\u{a0}: coffret erase --yes, puis coffret init",
            en: "coffret secrets restore FILE; without a copy: coffret erase --yes, then coffret init",
        },
    ),
    (
        "pin-tries-exhausted",
        Label { fr: "coffret erase, puis coffret init", en: "coffret erase, then coffret init" },
    ),
    ("wallet-file-missing", Label { fr: "coffret secrets erase", en: "coffret secrets erase" }),
];

/// How often a PIN may still be tried, and from when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tries {
    left: u8,
    wait: Duration,
    /// On the system's clock, where there is something to wait for.
    from: Option<OffsetDateTime>,
}

const TRIES_LEFT: Label = Label { fr: "Essais restants", en: "Tries left" };
const NEXT_TRY: Label = Label { fr: "Prochain essai dans", en: "Next try in" };
const MINUTES: Label = Label { fr: "min", en: "min" };

impl Tries {
    pub(crate) fn new(attempts: Attempts, now: SystemTime) -> Tries {
        let wait = Duration::from_secs(attempts.wait);
        let from = || Some(local(now.checked_add(wait)?.into()));
        Tries { left: attempts.left, wait, from: (!wait.is_zero()).then(from).flatten() }
    }

    fn line(&self, lang: Lang) -> String {
        let left = format!("{}{} {}", TRIES_LEFT.text(lang), COLON.text(lang), self.left);
        let Some(from) = self.from else { return left };
        let minutes = self.wait.as_secs().div_ceil(60);
        let next = format!("{} {minutes}\u{a0}{}", NEXT_TRY.text(lang), MINUTES.text(lang));
        format!("{left} · {next}, {}", time_of_day(from, lang))
    }
}

impl From<Tries> for About {
    fn from(tries: Tries) -> Self {
        About::Tries(tries)
    }
}

impl From<&std::path::Path> for About {
    fn from(path: &std::path::Path) -> Self {
        About::Given(path.display().to_string())
    }
}

impl From<&str> for About {
    fn from(given: &str) -> Self {
        About::Given(given.to_owned())
    }
}

impl From<Option<ElementName>> for About {
    fn from(element: Option<ElementName>) -> Self {
        element.map_or(About::Whole, About::Element)
    }
}

impl From<&Finding> for Reason {
    fn from(finding: &Finding) -> Self {
        Reason::new(finding.rule.code(), finding.element.clone())
    }
}

impl Reason {
    pub(crate) fn new(code: Code, about: impl Into<About>) -> Reason {
        Reason { code, about: about.into() }
    }

    /// `{"code", "number", "clause", "message", ? "given", ? "element", ? "triesLeft",
    /// ? "waitSeconds"}`
    pub(crate) fn to_json(&self, lang: Lang) -> Json {
        let about = match &self.about {
            About::Whole => vec![],
            About::Given(given) => vec![("given", given.as_str().into())],
            About::Element(element) => vec![("element", element.to_string().into())],
            About::Tries(tries) => {
                vec![("triesLeft", tries.left.into()), ("waitSeconds", tries.wait.as_secs().into())]
            }
        };
        let members = [
            ("code", Json::from(self.code.name)),
            ("number", self.code.to_string().into()),
            ("clause", self.code.clause.into()),
            ("message", self.sentences(lang).join(" ").into()),
        ];
        let members = members.into_iter().chain(about);
        members.map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// What there is to know beside the sentences: the tries that are left, or the command that is
    /// the way out.
    pub(crate) fn detail(&self, lang: Lang) -> Option<String> {
        match &self.about {
            About::Tries(tries) => Some(tries.line(lang)),
            About::Whole | About::Given(_) | About::Element(_) => {
                let mut ways_out = WAYS_OUT.iter().filter(|(code, _)| *code == self.code.name);
                ways_out.next().map(|(_, command)| command.text(lang).to_owned())
            }
        }
    }

    /// What happened, and what to do now.
    pub(crate) fn sentences(&self, lang: Lang) -> Vec<&'static str> {
        match sentence(self.code.name) {
            Some(sentence) => {
                let said = sentence.said(lang);
                vec![said.happened, said.next]
            }
            None => vec![self.code.name],
        }
    }

    /// `CW-514 digest-mismatch · ISO 18013-5 §9.3.1 · org.iso.18013.5.1/portrait`
    pub(crate) fn reference(&self) -> String {
        let Code { name, clause, .. } = self.code;
        let about = match &self.about {
            About::Whole | About::Tries(_) => String::new(),
            About::Given(given) => format!(" · {given}"),
            About::Element(element) => format!(" · {element}"),
        };
        format!("{} {name} · {clause}{about}", self.code)
    }
}

#[cfg(test)]
mod tests;

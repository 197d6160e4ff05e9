//! What the command line refuses, and how it says so.
//!
//! The clauses that its own codes quote: §1 use, §2 input files, §3 the JSON form of values,
//! §4 `issue`, §5 what is written, §6 `verify`.

use coffret_catalogue::{Lang, sentence};
use coffret_code::Code;
use coffret_mdoc::{ElementName, Finding};
use serde_json::Value as Json;

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
        /// A purpose that the catalogue does not have.
        UnknownPurpose = (914, "purpose-unknown", "Coffret command line §5"),
        /// No randomness from the system.
        NoRandomness = (915, "randomness-missing", "Coffret command line §5"),
        /// A credential where a response is expected.
        IssuerOnlyMissing = (916, "issuer-only-missing", "Coffret command line §6"),
        /// A system clock before 1970 or after 9999.
        Clock = (917, "clock-unusable", "Coffret command line §1"),
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
    }
}

/// The process's exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done, or valid.
    Done = 0,
    /// Not valid, or refused.
    Refused = 1,
    /// Wrong use, or unreadable input.
    Unusable = 2,
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

    /// `{"code", "number", "clause", "message", ? "given", ? "element"}`
    pub(crate) fn to_json(&self, lang: Lang) -> Json {
        let about = match &self.about {
            About::Whole => None,
            About::Given(given) => Some(("given", given.clone())),
            About::Element(element) => Some(("element", element.to_string())),
        };
        let members = [
            ("code", self.code.name.to_owned()),
            ("number", self.code.to_string()),
            ("clause", self.code.clause.to_owned()),
            ("message", self.sentences(lang).join(" ")),
        ];
        let members = members.into_iter().chain(about);
        members.map(|(name, value)| (name.to_owned(), Json::from(value))).collect()
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
            About::Whole => String::new(),
            About::Given(given) => format!(" · {given}"),
            About::Element(element) => format!(" · {element}"),
        };
        format!("{} {name} · {clause}{about}", self.code)
    }
}

#[cfg(test)]
mod tests;

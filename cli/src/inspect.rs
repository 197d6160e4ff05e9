//! `coffret inspect`: what a thing is, what is in it, and which rules it breaks.

mod certificate;
mod kinds;
mod list;

use std::path::{Path, PathBuf};

use clap::Args;
use coffret_catalogue::{Label, Lang};
use coffret_cbor::{Item, Map};
use coffret_crypto::{PrivateKey, PublicKey};
use coffret_holder::{RecordKind, export, log};
use coffret_proximity::{Collected, Collector};
use coffret_trust::Filed;
use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value as Json, json};

use crate::Context;
use crate::diagnostic::{ByteStrings, diagnostic};
use crate::error::{About, Error, Exit, Failure, Reason};
use crate::input;
use crate::json::write;
use crate::output::{Colour, Report, Text, reasons, reasons_json};
use crate::wallet::{failure, first_line};

#[derive(Args)]
pub(crate) struct Inspect {
    #[arg(value_name = "FILE|TEXT")]
    subject: PathBuf,
    #[arg(long)]
    full: bool,
    #[arg(long)]
    raw: bool,
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

/// What was found out about a thing.
pub(crate) struct Findings {
    /// A name as its specification has it, and the clause.
    kind: &'static str,
    clause: &'static str,
    facts: Vec<(Fact, String)>,
    /// The thing as CBOR, where it is.
    cbor: Option<Vec<u8>>,
    errors: Vec<Reason>,
    warnings: Vec<Reason>,
}

/// A line about a thing, under its name in JSON and its label for people.
pub(crate) struct Fact {
    name: &'static str,
    label: Label,
}

impl Fact {
    const fn new(name: &'static str, fr: &'static str, en: &'static str) -> Fact {
        Fact { name, label: Label { fr, en } }
    }
}

impl Findings {
    fn new(kind: &'static str, clause: &'static str) -> Findings {
        Findings {
            kind,
            clause,
            facts: Vec::new(),
            cbor: None,
            errors: Vec::new(),
            warnings: Vec::new(),
        }
    }

    fn fact(mut self, fact: Fact, value: impl Into<String>) -> Findings {
        self.facts.push((fact, value.into()));
        self
    }

    /// The rule that a reading broke, if it did.
    fn judged<T>(mut self, read: Result<T, impl Into<Error>>) -> Findings {
        self.errors.extend(read.err().map(|error| Reason::new(error.into().code(), About::Whole)));
        self
    }
}

const FAULTLESS: Label = Label { fr: "Aucune règle enfreinte", en: "No rule broken" };
const BYTES: Label = Label { fr: "octets", en: "bytes" };

impl Inspect {
    pub(crate) fn run(&self, context: Context) -> Result<Report, Failure> {
        let things = self.things(context)?;
        let mut text = Text::default();
        for thing in &things {
            self.print(&mut text, thing, context.lang)?;
        }
        let is_broken = things.iter().any(|thing| !thing.errors.is_empty());
        let json: Vec<_> = things.iter().map(|thing| thing.to_json(context.lang)).collect();
        let json = match <[Json; 1]>::try_from(json) {
            Ok([only]) => only,
            Err(several) => json!({"things": several}),
        };
        Ok(Report { exit: if is_broken { Exit::Refused } else { Exit::Done }, json, text })
    }

    /// One thing, or each certificate and revocation list of a PEM file.
    fn things(&self, context: Context) -> Result<Vec<Findings>, Failure> {
        let bytes = self.bytes()?;
        if self.raw {
            return Ok(vec![self.binary(bytes, context)?]);
        }
        let text = std::str::from_utf8(&bytes).unwrap_or_default().trim();
        let thing = match written(text) {
            Written::Engagement(base64url) => {
                let engagement = BASE64URL_NOPAD.decode(base64url.as_bytes());
                self.binary(engagement.map_err(|_| self.unusable(Error::Base64url))?, context)?
            }
            Written::UrPart(part) => ur_part(part, text),
            Written::PrivateKey => {
                let key = PrivateKey::from_pkcs8_pem(text).map_err(|error| self.unusable(error))?;
                private_key("RFC 5958", &key)
            }
            Written::Pem => {
                let things = Filed::read(&bytes);
                if things.is_empty() {
                    return Err(self.unusable(coffret_trust::Error::NoCertificate));
                }
                return things.into_iter().map(|thing| self.filed(thing, context)).collect();
            }
            Written::Jwk(jwk) => jwk_findings(&jwk),
            Written::Bytes => {
                let decoded = match input::spelled(&bytes) {
                    // Most likely a name.
                    None | Some(Err(Error::Base64url)) if !self.is_file() => {
                        Err(Error::FileUnreadable)
                    }
                    Some(Ok(spelled))
                        if !self.is_file()
                            && text.contains('/')
                            && Item::parse(&spelled).is_err() =>
                    {
                        Err(Error::FileUnreadable)
                    }
                    _ => input::decoded(bytes),
                };
                self.binary(decoded.map_err(|error| self.unusable(error))?, context)?
            }
        };
        Ok(vec![thing])
    }

    /// A file where there is one of that name, else the text itself.
    fn bytes(&self) -> Result<Vec<u8>, Failure> {
        match self.subject.to_str() {
            Some(text) if !self.is_file() => Ok(text.as_bytes().to_vec()),
            _ => input::file(&self.subject),
        }
    }

    fn is_file(&self) -> bool {
        self.subject.as_os_str() == "-" || self.subject.exists()
    }

    fn unusable(&self, error: impl Into<Error>) -> Failure {
        Failure::unusable(error, self.subject.as_path())
    }

    fn binary(&self, bytes: Vec<u8>, context: Context) -> Result<Findings, Failure> {
        if let Some(path) = &self.passphrase_file {
            return self.export(&bytes, path);
        }
        let der = Filed::read_der(&bytes).map(|thing| self.filed(thing, context));
        if let Some(Ok(findings)) = der {
            return Ok(findings);
        }
        match Item::parse(&bytes) {
            Ok(item) => {
                let findings = kinds::findings(item, context);
                Ok(Findings { cbor: Some(bytes), ..findings })
            }
            Err(error) => der.unwrap_or_else(|| Err(self.unusable(error))),
        }
    }

    /// A certificate or a revocation list.
    ///
    /// # Errors
    /// It is not well-formed.
    fn filed(&self, thing: Filed, context: Context) -> Result<Findings, Failure> {
        match thing {
            Filed::Certificate(read) => {
                let certificate = read.map_err(|error| self.unusable(error))?;
                Ok(certificate::findings(&certificate, context))
            }
            Filed::List(Err(error @ coffret_trust::Error::MalformedCrl)) => {
                Err(self.unusable(error))
            }
            Filed::List(read) => Ok(list::findings(&read, context)),
        }
    }

    /// What an export holds; the log in it is checked as anybody can.
    fn export(&self, bytes: &[u8], passphrase: &Path) -> Result<Findings, Failure> {
        let content = export::open(bytes, &first_line(passphrase)?);
        let content = content.map_err(|error| failure(error, self.subject.as_path()))?;
        let item = Item::parse_within(&content, &export::LIMITS);
        let map = item.ok().and_then(|item| item.map().ok());
        let log = map.and_then(|map| map.get("log"));
        let checked = log.map(|log| log::check(log.bytes()));
        let findings = Findings::new("wallet export", "Coffret export §1");
        let findings = Findings { cbor: Some(content.to_vec()), ..findings };
        let findings = LACKS.into_iter().fold(findings, |findings, (kind, fact)| {
            match map.map_or(0, |map| unreadable(map, kind)) {
                0 => findings,
                count => findings.fact(fact, count.to_string()),
            }
        });
        Ok(match checked {
            Some(Ok(log)) => findings
                .fact(LOG_ENTRIES, log.entries.len().to_string())
                .fact(LOG_DELETED, log.deleted.to_string())
                .fact(LOG_UNREADABLE, log.unreadable.to_string()),
            Some(read) => findings.judged(read),
            None => findings,
        })
    }

    fn print(&self, text: &mut Text, thing: &Findings, lang: Lang) -> Result<(), Failure> {
        let length =
            thing.cbor.as_ref().map(|cbor| format!(", {} {}", cbor.len(), BYTES.text(lang)));
        text.add(Colour::Strong, thing.kind);
        text.line(Colour::Faint, format!("  {}{}", thing.clause, length.unwrap_or_default()));
        text.line(Colour::Plain, "");
        let labels = thing.facts.iter().map(|(fact, _)| fact.label.text(lang));
        let width = labels.map(|label| label.chars().count()).max().unwrap_or(0);
        for (fact, value) in &thing.facts {
            text.row(2, fact.label.text(lang), width, value);
        }
        if let Some(cbor) = &thing.cbor {
            let byte_strings = if self.full { ByteStrings::Whole } else { ByteStrings::Shortened };
            let item = Item::parse(cbor).map_err(|error| Failure::unusable(error, About::Whole))?;
            text.line(Colour::Plain, diagnostic(item, byte_strings, lang));
        }
        text.line(Colour::Plain, "");
        reasons(text, Colour::Red, &thing.errors, lang);
        reasons(text, Colour::Orange, &thing.warnings, lang);
        if thing.errors.is_empty() {
            text.line(Colour::Green, FAULTLESS.text(lang));
        }
        Ok(())
    }
}

impl Findings {
    fn to_json(&self, lang: Lang) -> Json {
        let facts =
            self.facts.iter().map(|(fact, value)| (fact.name.to_owned(), value.as_str().into()));
        let mut members = serde_json::Map::from_iter([
            ("kind".to_owned(), self.kind.into()),
            ("clause".to_owned(), self.clause.into()),
            ("facts".to_owned(), facts.collect::<serde_json::Map<_, Json>>().into()),
        ]);
        if let Some(Ok(item)) = self.cbor.as_deref().map(Item::parse) {
            members.extend([
                ("length".to_owned(), item.bytes().len().into()),
                ("diagnostic".to_owned(), diagnostic(item, ByteStrings::Whole, lang).into()),
                ("value".to_owned(), write(&item.value())),
            ]);
        }
        members.extend([
            ("errors".to_owned(), reasons_json(&self.errors, lang)),
            ("warnings".to_owned(), reasons_json(&self.warnings, lang)),
        ]);
        Json::Object(members)
    }
}

/// What a text is, by how it begins.
enum Written<'t> {
    /// The URI of ISO 18013-5 §8.2.2.3.
    Engagement(&'t str),
    /// The URI of one part of a message over QR codes (BCR-2020-005).
    UrPart(&'t str),
    PrivateKey,
    Pem,
    Jwk(Json),
    Bytes,
}

fn written(text: &str) -> Written<'_> {
    if let Some((scheme, rest)) = text.split_once(':') {
        match scheme.to_ascii_lowercase().as_str() {
            "mdoc" => return Written::Engagement(rest),
            "ur" => return Written::UrPart(rest),
            _ => {}
        }
    }
    let jwk = || crate::json::parse(text.as_bytes()).ok().filter(|json| json.get("kty").is_some());
    if text.contains("-----BEGIN PRIVATE KEY-----") {
        Written::PrivateKey
    } else if text.contains(input::PEM) {
        Written::Pem
    } else {
        jwk().map_or(Written::Bytes, Written::Jwk)
    }
}

const UR_TYPE: Fact = Fact::new("type", "Type", "Type");
const UR_SEQUENCE: Fact = Fact::new("sequence", "Partie", "Part");
const LOG_ENTRIES: Fact = Fact::new("logEntries", "Entrées du journal", "Entries of the log");
const LOG_DELETED: Fact = Fact::new("logDeleted", "Entrées supprimées", "Deleted entries");
const LOG_UNREADABLE: Fact = Fact::new("logUnreadable", "Entrées illisibles", "Unreadable entries");
/// What an export lacks, since the wallet could not read it; the log says it of itself.
const LACKS: [(RecordKind, Fact); 2] = [
    (
        RecordKind::Document,
        Fact::new(
            "documentsUnreadable",
            "Documents absents, illisibles",
            "Documents missing, unreadable",
        ),
    ),
    (
        RecordKind::People,
        Fact::new(
            "peopleUnreadable",
            "Personnes absentes, illisibles",
            "People missing, unreadable",
        ),
    ),
];
const CURVE: Fact = Fact::new("curve", "Courbe", "Curve");

/// How many records of a kind did not read when the wallet was exported.
fn unreadable(content: Map<'_>, kind: RecordKind) -> usize {
    let found = content.get("unreadable").and_then(|found| found.array().ok());
    let is_of = |found: &Item<'_>| {
        let name = found.map().ok().and_then(|found| found.get("kind")?.text().ok());
        name.is_some_and(|name| name == kind.name())
    };
    found.into_iter().flatten().filter(is_of).count()
}

/// A frame of a link, whose own form is read where it is of a reader's code.
fn ur_part(part: &str, frame: &str) -> Findings {
    let mut parts = part.split('/');
    let findings = Findings::new("UR part", "BCR-2020-005");
    let findings = findings.fact(UR_TYPE, parts.next().unwrap_or_default().to_ascii_lowercase());
    let findings = match (parts.next(), parts.next()) {
        (Some(sequence), Some(_)) => findings.fact(UR_SEQUENCE, sequence),
        _ => findings,
    };
    match Collector::of_codes().receive(frame) {
        Ok(Collected::Whole(message)) => Findings { cbor: Some(message), ..findings },
        Ok(Collected::Foreign | Collected::Part { .. }) => findings,
        read => findings.judged(read),
    }
}

/// Of a private key no more than whose half it is.
fn private_key(clause: &'static str, key: &PrivateKey) -> Findings {
    Findings::new("private key", clause).fact(CURVE, curve(&key.public_key()))
}

fn jwk_findings(jwk: &Json) -> Findings {
    const CLAUSE: &str = "RFC 7517";
    if jwk.get("d").is_some() {
        return match PrivateKey::from_jwk(jwk) {
            Ok(key) => private_key(CLAUSE, &key),
            read => Findings::new("private key", CLAUSE).judged(read),
        };
    }
    match PublicKey::from_jwk(jwk) {
        Ok(key) => Findings::new("JWK", CLAUSE).fact(CURVE, curve(&key)),
        read => Findings::new("JWK", CLAUSE).judged(read),
    }
}

fn curve(key: &PublicKey) -> String {
    format!("{:?}", key.curve())
}

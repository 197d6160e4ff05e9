//! `coffret log`: who asked for what, why, and how it ended.

use clap::{Args, Subcommand};
use coffret_catalogue::{Label, Lang, document_type, purpose, sent, show_date, stranger};
use coffret_cbor::{FullDate, Timestamp};
use coffret_holder::log::{Document, Element, Entry, Outcome, Reader, Search, Standing};
use coffret_holder::{RecordKind, Wallet};
use coffret_mdoc::ElementName;
use coffret_trust::Retention;
use serde_json::{Value as Json, json};

use super::unreadable::WHY;
use crate::clock::{beginning, moment, time_of_day};
use crate::consent;
use crate::error::{About, Failure};
use crate::output::{COLON, Colour, Report, Text, done, one_line};
use crate::prompt::Terminal;
use crate::wallet::{WalletArguments, failure};
use crate::{Context, randomness};

#[derive(Args)]
pub(crate) struct Log {
    #[arg(long)]
    verify: bool,
    #[arg(long, value_name = "DATE", conflicts_with = "verify", value_parser = since)]
    since: Option<Timestamp>,
    #[arg(long, value_name = "TEXT", conflicts_with = "verify")]
    reader: Option<String>,
    #[arg(long, value_name = "N", conflicts_with = "verify")]
    limit: Option<usize>,
    #[command(subcommand)]
    action: Option<Action>,
    #[command(flatten)]
    wallet: WalletArguments,
}

#[derive(Subcommand)]
enum Action {
    Delete {
        #[arg(value_name = "ID|all")]
        entry: Which,
    },
}

/// Which entries.
#[derive(Clone, Copy)]
enum Which {
    All,
    One(u64),
}

impl std::str::FromStr for Which {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "all" { Ok(Which::All) } else { text.parse().map(Which::One) }
    }
}

const EMPTY: Label =
    Label { fr: "Personne n’a encore rien demandé.", en: "Nobody has asked for anything yet." };
const NOT_FOUND: Label = Label { fr: "Aucune entrée ne correspond.", en: "No entry matches." };
const UNREADABLE: Label = Label { fr: "Demandeur illisible", en: "Unreadable requester" };
const INVALID: Label = Label { fr: "Demandeur non valide", en: "Invalid requester" };
const SHARED: Label = Label { fr: "Partagé", en: "Shared" };
const REFUSED: Label = Label { fr: "Refusé", en: "Refused" };
const UNANSWERED: Label = Label { fr: "Sans réponse", en: "Unanswered" };
const FAILED: Label = Label { fr: "Échoué", en: "Failed" };
const NOT_SHOWN: Label = Label { fr: "non montré", en: "not shown" };
const KEPT: Label = Label { fr: "conservé", en: "kept" };
const SOUND: Label = Label {
    fr: "Le journal est intact\u{a0}: chaîne, tête et signature vérifiées.",
    en: "The log is sound: chain, head and signature verified.",
};
const SOUND_OTHERS: Label = Label {
    fr: "Ce qui se lit du journal est intact\u{a0}: chaîne, tête et signature vérifiées.",
    en: "What can be read of the log is sound: chain, head and signature verified.",
};
const PLACE_ONLY: Label = Label {
    fr: "Une entrée illisible garde sa place; ce qu’elle dit n’est ni lu ni prouvé.",
    en: "An unreadable entry keeps its place; what it says is neither read nor proven.",
};
const ILLEGIBLE: Label = Label { fr: "Illisibles", en: "Unreadable" };
const NOT_READ: Label = Label { fr: "Entrées illisibles\u{a0}: #", en: "Unreadable entries: #" };
const NOT_DELETED: Label = Label {
    fr: "Entrées illisibles, non supprimées\u{a0}: #",
    en: "Unreadable entries, not deleted: #",
};
const ENTRIES: Label = Label { fr: "Entrées", en: "Entries" };
const DELETED: Label = Label { fr: "Supprimées", en: "Deleted" };
const QUESTION: Label = Label {
    fr: "Supprimer ce que dit le journal, pour toujours?",
    en: "Delete what the log says, for ever?",
};
const DONE: Label = Label { fr: "Supprimé du journal", en: "Deleted from the log" };

/// A moment, or the beginning of a day where the person is.
fn since(text: &str) -> Result<Timestamp, coffret_cbor::Error> {
    Timestamp::parse(text).or_else(|_| FullDate::parse(text).map(beginning))
}

impl Log {
    pub(crate) fn run(&self, context: Context) -> Result<Report, Failure> {
        match self.action {
            Some(Action::Delete { entry }) => self.delete(entry, context),
            None if self.verify => self.verify(context),
            None => self.list(context),
        }
    }

    fn list(&self, context: Context) -> Result<Report, Failure> {
        let wallet = self.wallet.unlock(context)?;
        let search = Search {
            since: self.since,
            reader: self.reader.clone(),
            before: None,
            limit: self.limit,
        };
        let entries = wallet.search_log(&search).map_err(|error| self.wallet.failure(error))?;
        let mut text = Text::default();
        let mut day = None;
        for (number, entry) in &entries {
            let (date, time) = moment(entry.time);
            let time = time_of_day(time, context.lang);
            if day.replace(date) != Some(date) {
                text.line(Colour::Strong, show_date(date, context.lang));
            }
            print(&mut text, *number, entry, &time, context.lang);
        }
        // What is asked for in pages is not read as a whole for this.
        let unreadable = if self.limit.is_none() { self.unreadable(&wallet)? } else { 0 };
        print_unreadable(&mut text, NOT_READ, unreadable, context.lang);
        let is_part = search != Search::default();
        if entries.is_empty() && (is_part || unreadable == 0) {
            let said = if is_part { NOT_FOUND } else { EMPTY };
            text.line(Colour::Plain, said.text(context.lang));
        }
        let entries = entries.iter().map(|(number, entry)| entry_json(*number, entry));
        let json = json!({"entries": entries.collect::<Json>()});
        Ok(done(text, with_unreadable(json, unreadable)))
    }

    /// How many entries do not read.
    fn unreadable(&self, wallet: &Wallet) -> Result<usize, Failure> {
        let found = wallet.unreadable_of(RecordKind::LogEntry);
        Ok(found.map_err(|error| self.wallet.failure(error))?.len())
    }

    fn verify(&self, context: Context) -> Result<Report, Failure> {
        let mut wallet = self.wallet.unlock(context)?;
        let checked = wallet.verify_log(context.now, &mut randomness()?);
        let checked = checked.map_err(|error| self.wallet.failure(error))?;
        let mut text = Text::default();
        let (entries, deleted) = (checked.entries.len(), checked.deleted);
        let unreadable = checked.unreadable;
        let (colour, sound) =
            if unreadable == 0 { (Colour::Green, SOUND) } else { (Colour::Orange, SOUND_OTHERS) };
        text.line(colour, sound.text(context.lang));
        for (label, count) in [(ENTRIES, entries), (DELETED, deleted), (ILLEGIBLE, unreadable)] {
            text.row(2, label.text(context.lang), 10, &count.to_string());
        }
        if unreadable > 0 {
            text.line(Colour::Plain, PLACE_ONLY.text(context.lang));
            text.line(Colour::Faint, WHY.text(context.lang));
        }
        let json = json!({
            "valid": true,
            "entries": entries,
            "deleted": deleted,
            "unreadable": unreadable,
            "signed": checked.signed.to_string(),
            "key": checked.key.to_jwk(),
            "errors": [],
        });
        Ok(done(text, json))
    }

    fn delete(&self, which: Which, context: Context) -> Result<Report, Failure> {
        let mut wallet = self.wallet.unlock(context)?;
        let entries = wallet.log().map_err(|error| self.wallet.failure(error))?;
        let numbers: Vec<u64> = match which {
            Which::All => entries.iter().map(|(number, _)| *number).collect(),
            Which::One(number) => vec![number],
        };
        if !self.wallet.is_scripted() {
            Terminal::open(context.lang)?.confirm(QUESTION.text(context.lang))?;
        }
        wallet.delete_log(&numbers, &mut randomness()?).map_err(|error| match which {
            Which::One(number) => failure(error, number.to_string().as_str()),
            Which::All => failure(error, About::Whole),
        })?;
        let mut text = Text::default();
        text.add(Colour::Green, DONE.text(context.lang))
            .line(Colour::Plain, format!("{} {}", COLON.text(context.lang), numbers.len()));
        // Whoever deletes all believes that nothing is left.
        let left = if let Which::All = which { self.unreadable(&wallet)? } else { 0 };
        print_unreadable(&mut text, NOT_DELETED, left, context.lang);
        Ok(done(text, with_unreadable(json!({"deleted": numbers}), left)))
    }

    /// Whether the log itself is what is asked about.
    pub(crate) fn is_verification(&self) -> bool {
        self.verify
    }
}

/// Says how many entries do not read, if any.
fn print_unreadable(text: &mut Text, label: Label, count: usize, lang: Lang) {
    if count > 0 {
        text.line(Colour::Orange, label.text(lang).replace('#', &count.to_string()));
        text.line(Colour::Faint, WHY.text(lang));
    }
}

/// The same with `"unreadable"`, where there are any.
fn with_unreadable(mut json: Json, count: usize) -> Json {
    if let (Some(json), true) = (json.as_object_mut(), count > 0) {
        json.insert("unreadable".to_owned(), count.into());
    }
    json
}

fn print(text: &mut Text, number: u64, entry: &Entry, time: &str, lang: Lang) {
    let (colour, outcome) = match &entry.outcome {
        Outcome::Shared => (Colour::Green, SHARED),
        Outcome::Refused => (Colour::Plain, REFUSED),
        Outcome::Unanswered => (Colour::Plain, UNANSWERED),
        Outcome::Failed { .. } => (Colour::Orange, FAILED),
    };
    let code = match &entry.outcome {
        Outcome::Failed { code } => format!(" ({code})"),
        _ => String::new(),
    };
    text.add(Colour::Faint, format!("  {number:>3}  "))
        .add(colour, format!("{}{code}", outcome.text(lang)))
        .add(Colour::Plain, "  ")
        .add(Colour::Strong, one_line(&who(entry.reader.as_ref(), lang)))
        .line(Colour::Faint, format!("  {time}"));
    for document in &entry.documents {
        let known = document_type(&document.doc_type);
        let name = known.map_or(document.doc_type.as_str(), |known| known.label.text(lang));
        let why = document.purpose.as_deref().and_then(purpose);
        let why = why.map(|why| format!(" · {}", why.label.text(lang))).unwrap_or_default();
        text.line(Colour::Plain, format!("       {}{why}", one_line(name)));
        for element in &document.elements {
            text.line(
                Colour::Faint,
                format!("         {}", one_line(&asked(element, document, lang))),
            );
        }
    }
}

fn who(reader: Option<&Reader>, lang: Lang) -> String {
    let Some(reader) = reader else { return UNREADABLE.text(lang).to_owned() };
    let registered = reader.registered.as_ref().map(|(fr, en)| match lang {
        Lang::French => fr,
        Lang::English => en,
    });
    let name = registered.or(reader.name.as_ref());
    match (reader.standing, name) {
        (Standing::Verified, Some(name)) => name.clone(),
        (Standing::Invalid, Some(name)) => format!("{} ({name})", INVALID.text(lang)),
        (Standing::Invalid, None) => INVALID.text(lang).to_owned(),
        (_, name) => stranger(name.map(String::as_str), lang),
    }
}

/// `Prénom (conservé)`; `18 ans et plus, montré par 21 ans et plus`
fn asked(element: &Element, document: &Document, lang: Lang) -> String {
    let name = |id: &str| {
        consent::label(&document.doc_type, &ElementName::new(&element.asked.namespace, id), lang)
    };
    let asked = name(&element.asked.identifier);
    let label = match &element.shown {
        Some(shown) => sent(&asked, &name(shown), lang),
        None => asked,
    };
    let remark = match (&element.shown, element.retention) {
        (None, _) => Some(NOT_SHOWN),
        (Some(_), Retention::Kept) => Some(KEPT),
        (Some(_), Retention::NotKept) => None,
    };
    match remark {
        Some(remark) => format!("{label} ({})", remark.text(lang)),
        None => label,
    }
}

/// `{"id", "time", "reader", "documents", "outcome", ? "code"}`
fn entry_json(number: u64, entry: &Entry) -> Json {
    let (outcome, code) = match &entry.outcome {
        Outcome::Shared => ("shared", None),
        Outcome::Refused => ("refused", None),
        Outcome::Unanswered => ("unanswered", None),
        Outcome::Failed { code } => ("failed", Some(code)),
    };
    let reader = entry.reader.as_ref().map(|reader| {
        let standing = match reader.standing {
            Standing::None => "none",
            Standing::Untrusted => "untrusted",
            Standing::Verified => "verified",
            Standing::Invalid => "invalid",
        };
        let registered = reader.registered.as_ref().map(|(fr, en)| json!({"fr": fr, "en": en}));
        json!({"standing": standing, "name": reader.name, "registered": registered})
    });
    let documents = entry.documents.iter().map(|document| {
        let elements = document.elements.iter().map(|element| {
            json!({
                "namespace": element.asked.namespace,
                "element": element.asked.identifier,
                "kept": element.retention == Retention::Kept,
                "shown": element.shown,
            })
        });
        json!({
            "docType": document.doc_type,
            "purpose": document.purpose,
            "elements": elements.collect::<Json>(),
        })
    });
    json!({
        "id": number,
        "time": entry.time.to_string(),
        "reader": reader,
        "documents": documents.collect::<Json>(),
        "outcome": outcome,
        "code": code,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sent_is_named_by_what_answered() {
        let document = Document {
            doc_type: "org.iso.18013.5.1.mDL".to_owned(),
            purpose: None,
            elements: Vec::new(),
        };
        let said = |shown: Option<&str>, retention| {
            let element = Element {
                asked: ElementName::new("org.iso.18013.5.1", "age_over_18"),
                retention,
                shown: shown.map(str::to_owned),
            };
            asked(&element, &document, Lang::French)
        };
        let look = Retention::NotKept;
        assert_eq!(said(Some("age_over_18"), look), "18 ans et plus");
        assert_eq!(said(Some("age_over_21"), look), "18 ans et plus, montré par 21 ans et plus");
        let kept = said(Some("age_over_21"), Retention::Kept);
        assert_eq!(kept, "18 ans et plus, montré par 21 ans et plus (conservé)");
        assert_eq!(said(None, Retention::Kept), "18 ans et plus (non montré)");
    }
}

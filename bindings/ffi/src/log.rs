use std::time::SystemTime;

use coffret_holder::log;
use coffret_mdoc as mdoc;
use coffret_trust::Retention;

use crate::words::{
    ElementName, Label, element_label, sent_label, stranger_label, system_time, timestamp,
    type_label,
};

/// What the log says of one presentation: never a value.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct LogEntry {
    /// Its number, from 0; deleted ones are not given again.
    pub number: u64,
    /// When it was asked.
    pub time: SystemTime,
    /// Who asked; nothing where nothing could be read.
    pub reader: Option<LogReader>,
    /// What was asked.
    pub documents: Vec<LogDocument>,
    /// How it ended.
    pub outcome: LogOutcome,
}

/// Who asked.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct LogReader {
    /// What was thought of its proof then.
    pub standing: LogStanding,
    /// The common name of its certificate.
    pub name: Option<String>,
    /// Its registered name.
    pub registered: Option<Label>,
    /// What to call it, its own word for itself being quoted.
    pub title: Label,
}

/// What was thought of a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum LogStanding {
    /// It did not say who it was.
    Anonymous,
    /// It was somebody whom nobody trusted knows.
    Untrusted,
    /// It was who it said.
    Verified,
    /// Its proof was not good.
    Invalid,
}

/// What was asked of one document.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct LogDocument {
    /// Its type.
    pub doc_type: String,
    /// What people call the type.
    pub label: Label,
    /// Why: the purpose's id.
    pub purpose: Option<String>,
    /// The elements.
    pub elements: Vec<LogElement>,
}

/// What was asked of one element.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct LogElement {
    /// As asked.
    pub asked: ElementName,
    /// What people call it.
    pub label: Label,
    /// What people call what was sent: *18 ans et plus, montré par 21 ans et plus*. Nothing where
    /// nothing was.
    pub sent: Option<Label>,
    /// Whether the reader said that it keeps it.
    pub kept: bool,
    /// The identifier of the element that was shown: for an age it may be another. Nothing where
    /// none was.
    pub shown: Option<String>,
}

/// How a presentation ended.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum LogOutcome {
    /// The elements that are marked so were shown.
    Shared,
    /// Nothing was shown.
    Refused,
    /// It ended before an answer.
    Unanswered,
    /// Something failed before an answer was given.
    Failed {
        /// The name of its code.
        code: String,
    },
}

/// Which entries of the log: those that answer to everything that is said here.
#[derive(Debug, Clone, Default, PartialEq, Eq, uniffi::Record)]
pub struct LogSearch {
    /// Asked for at this time or later.
    #[uniffi(default = None)]
    pub since: Option<SystemTime>,
    /// By a reader with this in one of its names, whatever the case and the accents.
    #[uniffi(default = None)]
    pub reader: Option<String>,
    /// Of a smaller number: the page after one that ended with this.
    #[uniffi(default = None)]
    pub before: Option<u64>,
    /// So many at most.
    #[uniffi(default = None)]
    pub limit: Option<u32>,
}

impl LogSearch {
    pub(crate) fn core(self) -> crate::error::Result<log::Search> {
        Ok(log::Search {
            since: self.since.map(timestamp).transpose()?,
            reader: self.reader,
            before: self.before,
            limit: self.limit.map(|limit| limit as usize),
        })
    }
}

/// What a check of the log found: its chain, its head, the signature and the evidence are good.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct LogChecked {
    /// Entries that are there.
    pub entries: u64,
    /// Entries that were deleted, whose links stand.
    pub deleted: u64,
    /// Entries that do not read: each keeps its place, and what it says is neither read nor proven.
    /// `unreadable` of the wallet says why.
    pub unreadable: u64,
}

impl LogEntry {
    pub(crate) fn new((number, entry): (u64, log::Entry)) -> LogEntry {
        LogEntry {
            number,
            time: system_time(entry.time),
            reader: entry.reader.map(LogReader::from),
            documents: entry.documents.into_iter().map(LogDocument::from).collect(),
            outcome: match entry.outcome {
                log::Outcome::Shared => LogOutcome::Shared,
                log::Outcome::Refused => LogOutcome::Refused,
                log::Outcome::Unanswered => LogOutcome::Unanswered,
                log::Outcome::Failed { code } => LogOutcome::Failed { code },
            },
        }
    }
}

impl From<log::Reader> for LogReader {
    fn from(reader: log::Reader) -> Self {
        let called = |name: &String| Label { fr: name.clone(), en: name.clone() };
        let registered = reader.registered.map(|(fr, en)| Label { fr, en });
        let title = match (reader.standing, &registered, &reader.name) {
            (log::Standing::Verified, Some(registered), _) => registered.clone(),
            (log::Standing::Verified, None, Some(name)) => called(name),
            (_, _, name) => stranger_label(name.as_deref()),
        };
        LogReader {
            title,
            standing: match reader.standing {
                log::Standing::None => LogStanding::Anonymous,
                log::Standing::Untrusted => LogStanding::Untrusted,
                log::Standing::Verified => LogStanding::Verified,
                log::Standing::Invalid => LogStanding::Invalid,
            },
            name: reader.name,
            registered,
        }
    }
}

impl From<log::Document> for LogDocument {
    fn from(document: log::Document) -> Self {
        let doc_type = document.doc_type;
        let element = |element: log::Element| LogElement {
            label: element_label(&doc_type, &element.asked.namespace, &element.asked.identifier),
            sent: element.shown.as_ref().map(|shown| {
                let answer = mdoc::ElementName::new(&element.asked.namespace, shown);
                sent_label(&doc_type, &element.asked, &answer)
            }),
            asked: (&element.asked).into(),
            kept: element.retention == Retention::Kept,
            shown: element.shown,
        };
        LogDocument {
            label: type_label(&doc_type),
            purpose: document.purpose,
            elements: document.elements.into_iter().map(element).collect(),
            doc_type,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_names_what_answered_and_quotes_strangers() {
        let element = log::Element {
            asked: mdoc::ElementName::new("org.iso.18013.5.1", "age_over_18"),
            retention: Retention::NotKept,
            shown: Some("age_over_21".to_owned()),
        };
        let document = log::Document {
            doc_type: "org.iso.18013.5.1.mDL".to_owned(),
            purpose: None,
            elements: vec![element],
        };
        let reader =
            |standing| log::Reader { standing, name: Some("Bar".to_owned()), registered: None };
        let entry = |standing| log::Entry {
            time: coffret_cbor::Timestamp::parse("2026-11-22T12:00:00Z").unwrap(),
            reader: Some(reader(standing)),
            documents: vec![document.clone()],
            outcome: log::Outcome::Shared,
            evidence: None,
        };
        let told = |standing| LogEntry::new((0, entry(standing)));
        let sent = told(log::Standing::Untrusted).documents.remove(0).elements.remove(0).sent;
        assert_eq!(sent.unwrap().fr, "18 ans et plus, montré par 21 ans et plus");
        let title = |standing| told(standing).reader.unwrap().title.fr;
        let quoted = "Demandeur inconnu, qui se dit «\u{a0}Bar\u{a0}»";
        assert_eq!(title(log::Standing::Untrusted), quoted);
        assert_eq!(title(log::Standing::Invalid), quoted);
        assert_eq!(title(log::Standing::Verified), "Bar");
    }

    #[test]
    fn a_search_asks_for_everything_that_it_says() {
        let now = system_time(coffret_cbor::Timestamp::parse("2026-11-22T12:00:00Z").unwrap());
        let search = LogSearch {
            since: Some(now),
            reader: Some("bar".to_owned()),
            before: Some(7),
            limit: Some(3),
        };
        let asked = log::Search {
            since: Some(coffret_cbor::Timestamp::parse("2026-11-22T12:00:00Z").unwrap()),
            reader: Some("bar".to_owned()),
            before: Some(7),
            limit: Some(3),
        };
        assert_eq!(search.core().ok(), Some(asked));
    }
}

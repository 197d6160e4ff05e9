use coffret_store::{RecordId, Store, Table};

use crate::excerpt::Excerpt;
use crate::log::Head;
use crate::person::People;
use crate::records::{self, CopyId, DocumentRecord, ONLY, Record, table};
use crate::trust::TrustRecord;
use crate::{AutoLock, Error, Wallet};

/// A record that does not read. It disables itself only: the wallet is as without it, and the record
/// stays until it is removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable {
    /// What it is a record of.
    pub kind: RecordKind,
    /// The id that names it where its kind has one: of a document, a copy, trust data or a key.
    pub id: [u8; 16],
    /// [`Error::RecordForm`] where a later version has written it, else [`Error::RecordDamaged`].
    pub rule: Error,
}

/// What a record is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordKind {
    /// The settings: they are as if never set.
    Settings,
    /// The people: documents stay, whose they are is not said.
    People,
    /// A document, or the last of its copies that did read: it is neither shown nor presented.
    Document,
    /// A copy of a document: the others are shown in its place.
    Copy,
    /// The private key of a copy, where the wallet itself is the keystore: that copy is given up.
    Key,
    /// Trust data: nobody is trusted for it.
    Trust,
    /// An entry of the log: what it says is not known, only its number.
    LogEntry,
    /// The log's head: the log goes on, its length and last link counted again from its entries.
    LogHead,
    /// The log's key: another signs from then on.
    LogKey,
}

impl RecordKind {
    /// Each kind, in the order in which they are listed.
    pub const ALL: [RecordKind; 9] = [
        RecordKind::Settings,
        RecordKind::People,
        RecordKind::Document,
        RecordKind::Copy,
        RecordKind::Key,
        RecordKind::Trust,
        RecordKind::LogEntry,
        RecordKind::LogHead,
        RecordKind::LogKey,
    ];

    /// What programs call it.
    pub fn name(self) -> &'static str {
        match self {
            RecordKind::Settings => "settings",
            RecordKind::People => "people",
            RecordKind::Document => "document",
            RecordKind::Copy => "copy",
            RecordKind::Key => "key",
            RecordKind::Trust => "trust",
            RecordKind::LogEntry => "log",
            RecordKind::LogHead => "log-head",
            RecordKind::LogKey => "log-key",
        }
    }

    /// Whether an export lacks what such a record would have said. It has each document once, so it
    /// lacks no copy; settings, trust and keys are not in it.
    pub fn is_exported(self) -> bool {
        match self {
            RecordKind::People | RecordKind::Document | RecordKind::LogEntry => true,
            RecordKind::Settings
            | RecordKind::Copy
            | RecordKind::Key
            | RecordKind::Trust
            | RecordKind::LogHead
            | RecordKind::LogKey => false,
        }
    }
}

impl Wallet {
    /// The records that do not read, by kind.
    ///
    /// # Errors
    /// [`Error::Store`]
    pub fn unreadable(&self) -> Result<Vec<Unreadable>, Error> {
        let mut found = Vec::new();
        for kind in RecordKind::ALL {
            found.extend(self.unreadable_of(kind)?);
        }
        Ok(found)
    }

    /// Those of one kind. No other kind is read for it, but the copies of documents.
    ///
    /// # Errors
    /// [`Error::Store`]
    pub fn unreadable_of(&self, kind: RecordKind) -> Result<Vec<Unreadable>, Error> {
        let store = &self.store;
        let mut found = Found { kind, records: Vec::new() };
        match kind {
            RecordKind::Settings => found.look_at::<AutoLock>(store)?,
            RecordKind::People => found.look_at::<People>(store)?,
            RecordKind::Document => found.look(store, table::DOCUMENTS, |id| {
                let record: Option<DocumentRecord> = records::read(store, id)?;
                let Some(record) = record else { return Ok(()) };
                record.excerpt.as_ref().map(Excerpt::outline).transpose()?;
                self.readable_copy(&record).map(drop)
            })?,
            RecordKind::Copy => found
                .look(store, table::COPIES, |id| self.issuer_signed(CopyId::from(id)).map(drop))?,
            RecordKind::Key => self.look_at_keys(table::SOFTWARE_KEYS, &mut found)?,
            RecordKind::Trust => found.look_at::<TrustRecord>(store)?,
            RecordKind::LogEntry => found.look(store, table::LOG, |id| {
                let link = self.link_at(id)?;
                link.map_or(Ok(()), |link| link.entry().map(drop))
            })?,
            RecordKind::LogHead => {
                found.note(RecordId::from(ONLY), self.noted_head().map(drop))?;
                found.look_at::<Head>(store)?;
            }
            RecordKind::LogKey => self.look_at_keys(table::LOG_KEY, &mut found)?,
        }
        Ok(found.records)
    }

    fn look_at_keys(&self, table: Table, found: &mut Found) -> Result<(), Error> {
        found.look(&self.store, table, |id| self.private_key(table, id).map(drop))
    }
}

struct Found {
    kind: RecordKind,
    records: Vec<Unreadable>,
}

impl Found {
    fn look_at<R: Record>(&mut self, store: &Store) -> Result<(), Error> {
        self.look(store, R::TABLE, |id| records::read::<R>(store, id).map(drop))
    }

    fn look(
        &mut self,
        store: &Store,
        table: Table,
        read: impl Fn(RecordId) -> Result<(), Error>,
    ) -> Result<(), Error> {
        store.ids(table).into_iter().try_for_each(|id| self.note(id, read(id)))
    }

    fn note(&mut self, id: RecordId, read: Result<(), Error>) -> Result<(), Error> {
        match read {
            Err(rule @ (Error::RecordForm | Error::RecordDamaged)) => {
                self.records.push(Unreadable { kind: self.kind, id: *id.as_bytes(), rule });
                Ok(())
            }
            read => read,
        }
    }
}

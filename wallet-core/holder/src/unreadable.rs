use coffret_store::{Plaintext, RecordId};

use crate::log;
use crate::person::People;
use crate::records::{self, DocumentRecord, ONLY, Record, opened, sealed, table};
use crate::trust::TrustRecord;
use crate::{AutoLock, Error, Wallet};

/// A record that does not read. It disables itself only: the wallet is as without it, and the record
/// stays until it is removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable {
    /// What it is a record of.
    pub kind: RecordKind,
    /// The id that names it where its kind has one: of a document or of trust data.
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
    /// A document: it is neither shown nor presented.
    Document,
    /// Trust data: nobody is trusted for it.
    Trust,
    /// An entry of the log.
    LogEntry,
    /// The log's head: the log goes on, its length and last link counted again from its entries.
    LogHead,
}

impl Wallet {
    /// The records that do not read, by kind.
    ///
    /// # Errors
    /// [`Error::Store`]
    pub fn unreadable(&self) -> Result<Vec<Unreadable>, Error> {
        let mut found = Vec::new();
        self.look::<AutoLock>(RecordKind::Settings, &mut found)?;
        self.look::<People>(RecordKind::People, &mut found)?;
        self.look::<DocumentRecord>(RecordKind::Document, &mut found)?;
        self.look::<TrustRecord>(RecordKind::Trust, &mut found)?;
        for id in self.store.ids(table::LOG) {
            let read = self.store.read(table::LOG, id).map_err(sealed);
            note(RecordKind::LogEntry, id, read.and_then(entry), &mut found)?;
        }
        let noted = self.noted_head().map(drop);
        note(RecordKind::LogHead, RecordId::from(ONLY), noted, &mut found)?;
        self.look::<log::Head>(RecordKind::LogHead, &mut found)?;
        Ok(found)
    }

    fn look<R: Record>(&self, kind: RecordKind, found: &mut Vec<Unreadable>) -> Result<(), Error> {
        let ids = self.store.ids(R::TABLE).into_iter();
        let mut reads = ids.map(|id| (id, records::read::<R>(&self.store, id).map(drop)));
        reads.try_for_each(|(id, read)| note(kind, id, read, found))
    }
}

fn entry(record: Option<Plaintext>) -> Result<(), Error> {
    let link = record.map(|record| opened::<log::Link>(&record)).transpose()?;
    link.map_or(Ok(()), |link| link.entry().map(drop))
}

fn note(
    kind: RecordKind,
    id: RecordId,
    read: Result<(), Error>,
    found: &mut Vec<Unreadable>,
) -> Result<(), Error> {
    match read {
        Err(rule @ (Error::RecordForm | Error::RecordDamaged)) => {
            found.push(Unreadable { kind, id: *id.as_bytes(), rule });
            Ok(())
        }
        read => read,
    }
}

//! What a transaction writes.

use std::collections::BTreeMap;
use std::fmt;

use coffret_crypto::Wiped;
use rand_core::CryptoRng;

use crate::seal::random;

/// A kind of record, by a number that says nothing of it in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Table(pub u8);

/// The name of a record in its table. It says nothing of the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId([u8; 16]);

impl RecordId {
    pub(crate) const FIRST: RecordId = RecordId([0; 16]);
    pub(crate) const LAST: RecordId = RecordId([0xff; 16]);

    /// A new name.
    pub fn random(rng: &mut dyn CryptoRng) -> RecordId {
        RecordId(random(rng))
    }

    /// What the name is made of.
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl From<[u8; 16]> for RecordId {
    fn from(name: [u8; 16]) -> Self {
        RecordId(name)
    }
}

/// What [`Store::commit`](crate::Store::commit) does at once: all of it or nothing.
#[derive(Default)]
pub struct Changes {
    /// The last word on each, and its turn.
    records: BTreeMap<Record, (usize, Change)>,
    said: usize,
    note: Option<Vec<u8>>,
    pub(crate) need: Need,
    pub(crate) erases: bool,
}

/// Whether changes wait for room on the disk.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Need {
    #[default]
    Ordinary,
    /// They may use the room that was set aside.
    Essential,
}

pub(crate) type Record = (Table, RecordId);

/// `None` where the record goes.
pub(crate) type Change = Option<Put>;

pub(crate) struct Put {
    pub(crate) term: Option<Wiped>,
    pub(crate) plaintext: Wiped,
}

impl Changes {
    /// Writes a record, in its place where there is one of that name. [`Store::find`] finds it by
    /// its term.
    ///
    /// [`Store::find`]: crate::Store::find
    pub fn put(self, table: Table, id: RecordId, term: Option<&[u8]>, plaintext: Vec<u8>) -> Self {
        let term = term.map(|term| Wiped::from(term.to_vec()));
        self.with(table, id, Some(Put { term, plaintext: plaintext.into() }))
    }

    /// Removes a record, where there is one.
    pub fn delete(self, table: Table, id: RecordId) -> Self {
        self.with(table, id, None)
    }

    /// Replaces [`Store::note`](crate::Store::note).
    pub fn note(mut self, note: Vec<u8>) -> Self {
        self.note = Some(note);
        self
    }

    /// On a full disk, writes these into the room that was set aside: for what makes room, such as a
    /// removal, and for what must not be left undone, such as the record of an answer. There is about
    /// 1 MiB in all.
    pub fn essential(mut self) -> Self {
        self.need = Need::Essential;
        self
    }

    /// Leaves nothing in the files of what these remove or replace, sealed as it is, once they are
    /// committed: for what a person removes. Otherwise it may be there until the store is closed.
    pub fn erasing(mut self) -> Self {
        self.erases = true;
        self
    }

    /// The records of a table that these put or remove.
    pub fn ids(&self, table: Table) -> Vec<RecordId> {
        let ids = (table, RecordId::FIRST)..=(table, RecordId::LAST);
        self.records.range(ids).map(|((_, id), _)| *id).collect()
    }

    /// The last word on a record stands, and takes its turn.
    fn with(mut self, table: Table, id: RecordId, change: Change) -> Self {
        self.records.insert((table, id), (self.said, change));
        self.said += 1;
        self
    }

    /// Each record once, in the order in which the last word was said; and the note.
    pub(crate) fn last_words(self) -> (Vec<(Record, Change)>, Option<Vec<u8>>) {
        let mut records: Vec<_> = self.records.into_iter().collect();
        records.sort_by_key(|(_, (turn, _))| *turn);
        (records.into_iter().map(|(record, (_, change))| (record, change)).collect(), self.note)
    }
}

impl fmt::Debug for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Changes({} records, […])", self.records.len())
    }
}

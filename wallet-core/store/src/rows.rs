//! The rows of the file that hold records, as they were when the store was unlocked.

use std::collections::{BTreeMap, BTreeSet};

use coffret_crypto::{SymmetricKey, Wiped};
use rand_core::CryptoRng;

use crate::changes::Put;
use crate::seal::{Id, SEALING, Seal, Sealed, Secret, short};
use crate::{Error, RecordId, Table};

/// A row, but for its body.
#[derive(Clone)]
pub(crate) struct Row {
    /// Where it is in the order of insertion.
    pub(crate) place: i64,
    pub(crate) table: Table,
    pub(crate) id: RecordId,
    /// The epoch that wrote it.
    pub(crate) revision: u32,
    pub(crate) term: Option<Id>,
    pub(crate) seal: Seal,
}

/// Every row, by table and id. Their sum having been checked, nothing in the file can stand for another
/// row: bodies are read by place and opened with the seal that is here.
#[derive(Default)]
pub(crate) struct Rows {
    all: BTreeMap<(Table, RecordId), Row>,
    /// By term, then in the order of insertion.
    terms: BTreeSet<(Table, Id, i64, RecordId)>,
}

impl Rows {
    /// # Errors
    /// [`Error::RowsChanged`]
    pub(crate) fn new(
        rows: impl IntoIterator<Item = Row>,
        sum: &RowSum,
        keys: &Keys,
    ) -> Result<Rows, Error> {
        let (mut found, mut total) = (Rows::default(), RowSum::default());
        for row in rows {
            total.add(&row, keys);
            found.insert(row);
        }
        if total == *sum { Ok(found) } else { Err(Error::RowsChanged) }
    }

    pub(crate) fn row(&self, table: Table, id: RecordId) -> Option<&Row> {
        self.all.get(&(table, id))
    }

    /// In the order of insertion.
    pub(crate) fn table(&self, table: Table) -> Vec<&Row> {
        let ids = (table, RecordId::FIRST)..=(table, RecordId::LAST);
        let mut rows: Vec<_> = self.all.range(ids).map(|(_, row)| row).collect();
        rows.sort_by_key(|row| row.place);
        rows
    }

    /// The records of a term, in the order of insertion.
    pub(crate) fn of_term(&self, table: Table, term: Id) -> Vec<RecordId> {
        let first = (table, term, i64::MIN, RecordId::FIRST);
        let found = self.terms.range(first..=(table, term, i64::MAX, RecordId::LAST));
        found.map(|(_, _, _, id)| *id).collect()
    }

    pub(crate) fn last_place(&self) -> i64 {
        self.all.values().map(|row| row.place).max().unwrap_or_default()
    }

    pub(crate) fn insert(&mut self, row: Row) {
        self.remove(&row);
        self.terms.extend(row.indexed());
        self.all.insert((row.table, row.id), row);
    }

    pub(crate) fn remove(&mut self, row: &Row) {
        let former = self.all.remove(&(row.table, row.id));
        if let Some(indexed) = former.as_ref().and_then(Row::indexed) {
            self.terms.remove(&indexed);
        }
    }
}

impl Row {
    /// A row and its body.
    pub(crate) fn seal(
        put: &Put,
        (table, id): (Table, RecordId),
        place: i64,
        revision: u32,
        keys: &Keys,
        rng: &mut dyn CryptoRng,
    ) -> Result<(Row, Vec<u8>), Error> {
        let term = put.term.as_ref().map(|term| keys.term(table, term));
        let row = Row { place, table, id, revision, term, seal: [0; _] };
        let (key, associated_data) = (keys.record(table, id), row.associated_data());
        let Sealed { seal, body } = Sealed::new(&key, &associated_data, &put.plaintext, rng)?;
        Ok((Row { seal, ..row }, body))
    }

    fn indexed(&self) -> Option<(Table, Id, i64, RecordId)> {
        Some((self.table, self.term?, self.place, self.id))
    }

    /// # Errors
    /// [`Error::Altered`]
    pub(crate) fn open(&self, body: Vec<u8>, keys: &Keys) -> Result<Wiped, Error> {
        let key = keys.record(self.table, self.id);
        Sealed { seal: self.seal, body }.open(&key, &self.associated_data())
    }

    fn associated_data(&self) -> Vec<u8> {
        let (sealing, revision) = (SEALING.to_be_bytes(), self.revision.to_be_bytes());
        [sealing.as_slice(), &[self.table.0], self.id.as_bytes(), &revision].concat()
    }

    /// What the sum is over: the seal, and everything that its associated data do not cover.
    fn summand(&self, keys: &Keys) -> [u8; 32] {
        let term = self.term.as_ref().map(Id::as_slice).unwrap_or_default();
        let place = self.place.to_be_bytes();
        keys.sum.tag(&[&self.associated_data(), place.as_slice(), &self.seal, term].concat())
    }
}

/// The sum of a keyed value of each row, modulo 2²⁵⁶: a row is added or taken away without the
/// others.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct RowSum([u8; 32]);

impl RowSum {
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    pub(crate) fn add(&mut self, row: &Row, keys: &Keys) {
        self.plus(row.summand(keys), 0);
    }

    pub(crate) fn subtract(&mut self, row: &Row, keys: &Keys) {
        self.plus(row.summand(keys).map(|byte| !byte), 1);
    }

    fn plus(&mut self, summand: [u8; 32], mut carry: u16) {
        for (byte, other) in self.0.iter_mut().zip(summand).rev() {
            carry += u16::from(*byte) + u16::from(other);
            *byte = carry as u8;
            carry >>= 8;
        }
    }
}

impl From<[u8; 32]> for RowSum {
    fn from(sum: [u8; 32]) -> Self {
        RowSum(sum)
    }
}

/// The keys of an unlocked store, derived from its master key.
pub(crate) struct Keys {
    pub(crate) master: Secret,
    sum: SymmetricKey,
    term: SymmetricKey,
}

impl Keys {
    pub(crate) fn new(master: Secret) -> Keys {
        Keys { sum: master.derive(b"sum"), term: master.derive(b"term"), master }
    }

    /// One for each record.
    fn record(&self, table: Table, id: RecordId) -> SymmetricKey {
        self.master.derive(&[b"record".as_slice(), &[table.0], id.as_bytes()].concat())
    }

    /// A blind index: what a term is looked up by, and what says nothing of it.
    pub(crate) fn term(&self, table: Table, term: &[u8]) -> Id {
        short(self.term.tag(&[&[table.0], term].concat()))
    }
}

//! The order in which documents are offered, so that a request opens the records of those at its head
//! and of no others, however many are held.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use coffret_cbor::Timestamp;
use coffret_store::{RecordId, Store};

use crate::person::People;
use crate::records::{self, DocumentRecord};
use crate::{DocumentId, Error, Whose};

/// Of each type, the documents whose records read. It is read from all records once, when it is first
/// asked for, and follows each change.
#[derive(Default)]
pub(crate) struct Ranking(BTreeMap<String, BTreeSet<Rank>>);

/// Where a document stands among those of its type. The first is offered first.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    specimen: bool,
    whose: Whose,
    is_used_up: bool,
    /// Where the document ends by its own dates before its copies, then.
    until: Reverse<Timestamp>,
    /// Its place among all, in the order of adding.
    place: usize,
    document: DocumentId,
}

impl Ranking {
    pub(crate) fn read(store: &Store) -> Result<Ranking, Error> {
        let records = records::all::<DocumentRecord>(store)?;
        let people = People::readable(store)?;
        let mut ranking = Ranking::default();
        for (place, (id, record)) in records.iter().enumerate() {
            ranking.put(
                Rank::new((*id).into(), record, people.whose_is(record.person), place)?,
                record,
            );
        }
        Ok(ranking)
    }

    /// The documents of a type at the head of the order, and how many come after them.
    pub(crate) fn first(&self, doc_type: &str, count: usize) -> (Vec<(DocumentId, Whose)>, usize) {
        let Some(ranks) = self.0.get(doc_type) else { return Default::default() };
        let first = ranks.iter().take(count).map(|rank| (rank.document, rank.whose));
        (first.collect(), ranks.len().saturating_sub(count))
    }

    /// Takes note of what became of a document. Whose it is has not changed, nor who the people are.
    ///
    /// # Errors
    /// [`Error::UnknownDocument`] for one that was not here, or is no more: all has to be read again.
    pub(crate) fn follow(&mut self, store: &Store, id: RecordId) -> Result<(), Error> {
        let record = records::read::<DocumentRecord>(store, id)?.ok_or(Error::UnknownDocument)?;
        let ranks = self.0.get_mut(&record.doc_type).ok_or(Error::UnknownDocument)?;
        let found = ranks.iter().find(|rank| rank.document.record() == id);
        let former = found.cloned().ok_or(Error::UnknownDocument)?;
        ranks.remove(&former);
        self.put(Rank::new(former.document, &record, former.whose, former.place)?, &record);
        Ok(())
    }

    fn put(&mut self, rank: Rank, record: &DocumentRecord) {
        self.0.entry(record.doc_type.clone()).or_default().insert(rank);
    }
}

impl Rank {
    fn new(
        document: DocumentId,
        record: &DocumentRecord,
        whose: Whose,
        place: usize,
    ) -> Result<Rank, Error> {
        let (validity, _) = record.cut()?;
        Ok(Rank {
            specimen: record.specimen,
            whose,
            is_used_up: record.left() == 0,
            until: Reverse(validity.until),
            place,
            document,
        })
    }
}

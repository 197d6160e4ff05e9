use std::fmt;

use coffret_cbor::{Timestamp, Value};
use coffret_crypto::KeyRef;
use coffret_mdoc::{
    self as mdoc, Binding, Check, DeviceResponse, DocumentVerdict, IssuerSigned, NameSpaces,
};
use coffret_store::{Changes, RecordId};
use rand_core::CryptoRng;

use crate::consent::{Holding, Holdings, MOST_OFFERED, NextCopy};
use crate::excerpt::Excerpt;
use crate::person::People;
use crate::records::{self, CopyId, CopyRecord, DocumentRecord, table};
use crate::{DocumentId, Error, Issuer, PersonId, Reuse, Validity, Wallet};

/// What a listing says of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The document's id.
    pub id: DocumentId,
    /// Its type.
    pub doc_type: String,
    /// Whose it is.
    pub person: PersonId,
    /// Whether it is a specimen, worth nothing.
    pub specimen: bool,
    /// Who issued it.
    pub issuer: Issuer,
    /// Of the copy that is valid longest, of those that may be shown if there are any; where the
    /// document says itself that it ends before, until then.
    pub validity: Validity,
    /// The last moment at which a reader takes it: up to a day after the last of its validity, where
    /// that is the document's own date.
    pub taken_until: Timestamp,
    /// How many copies there are.
    pub copies: Copies,
}

/// The copies of a document, and what is left of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Copies {
    /// Whether one may be shown more than once.
    pub reuse: Reuse,
    /// How many there were, those that are used up included.
    pub all: u64,
    /// How many may still be shown, and have not expired.
    pub left: u64,
    /// How many have expired that could still be shown.
    pub expired: u64,
    /// How often the one that was shown most was shown.
    pub uses: u64,
}

/// Whether a document is valid, as of its dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// For more than 60 days.
    Valid,
    /// For so many days more, 60 at most; 0 is until today.
    Expiring {
        /// Days of the calendar, in UTC.
        days: i64,
    },
    /// No longer.
    Expired,
    /// Not yet.
    NotYetValid,
}

/// From so many days before it expires, a document is said to expire.
const EXPIRING: i64 = 60;

impl Card {
    fn new(id: DocumentId, record: DocumentRecord, now: Timestamp) -> Result<Card, Error> {
        let (validity, taken_until) = record.cut()?;
        let usable = record.usable(now);
        let left = usable.iter().filter(|copy| now <= copy.validity.until).count();
        Ok(Card {
            id,
            person: record.person,
            specimen: record.specimen,
            validity,
            taken_until,
            copies: Copies {
                reuse: record.reuse,
                all: record.given,
                left: left as u64,
                expired: (usable.len() - left) as u64,
                uses: record.uses,
            },
            doc_type: record.doc_type,
            issuer: record.issuer,
        })
    }

    /// Whether it is valid at the moment, by its dates.
    pub fn state(&self, now: Timestamp) -> State {
        State::at(now, self.validity, self.taken_until)
    }
}

impl State {
    /// While readers still take what has ended by its own date, it ends today.
    pub(crate) fn at(
        now: Timestamp,
        Validity { from, until, .. }: Validity,
        taken_until: Timestamp,
    ) -> State {
        let days = (until.date().start().unix() - now.date().start().unix()) / (24 * 60 * 60);
        let days = days.max(0);
        if now < from {
            State::NotYetValid
        } else if now > taken_until {
            State::Expired
        } else if days <= EXPIRING {
            State::Expiring { days }
        } else {
            State::Valid
        }
    }

    /// Whether a reader would take the document for valid.
    pub fn is_valid(self) -> bool {
        matches!(self, State::Valid | State::Expiring { .. })
    }
}

/// A document, with what it says.
#[derive(Clone)]
pub struct Document {
    /// What a listing says of it.
    pub card: Card,
    pub(crate) issuer_signed: IssuerSigned,
    verdict: DocumentVerdict,
    elements: NameSpaces<Value>,
}

impl Document {
    /// What the issuer says of the person.
    pub fn elements(&self) -> &NameSpaces<Value> {
        &self.elements
    }

    /// What a reader that trusts whom the wallet trusts would say of it now.
    pub fn verdict(&self) -> &DocumentVerdict {
        &self.verdict
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Document({:?}, […])", self.card)
    }
}

/// Whose a document is, and who a person is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Whose {
    /// The wallet's own holder's.
    Holder,
    /// Someone's in the holder's care.
    Other,
    /// Nobody's: the person that specimens are about is invented.
    Nobody,
}

/// One copy of a document, to be shown.
pub(crate) struct HeldCopy {
    pub(crate) id: CopyId,
    pub(crate) key: KeyRef,
    pub(crate) issuer_signed: IssuerSigned,
}

impl Wallet {
    /// What there is to know of each document without reading it, in the order of adding.
    ///
    /// # Errors
    /// [`Error::Store`]
    pub fn documents(&self, now: Timestamp) -> Result<Vec<Card>, Error> {
        let records = records::all::<DocumentRecord>(&self.store)?.into_iter();
        let card = |(id, record): (RecordId, DocumentRecord)| {
            Card::new(id.into(), self.with_excerpt(record)?, now)
        };
        records.map(card).collect()
    }

    /// A document and what it says, judged anew.
    ///
    /// # Errors
    /// [`Error::UnknownDocument`], [`Error::Store`]; [`Error::RecordForm`] or [`Error::RecordDamaged`]
    /// where it does not read, nor any copy of it
    pub fn document(&self, id: DocumentId, now: Timestamp) -> Result<Document, Error> {
        let record = self.record(id)?;
        let copies = record.usable(now).into_iter().chain(&record.copies);
        let (_, issuer_signed) = self.first_readable(copies)?.ok_or(Error::RecordDamaged)?;
        let verdict = self.judge(&record.doc_type, &issuer_signed, now)?;
        let (elements, _) = verdict.claims();
        let excerpt = Excerpt::of(&record.doc_type, &issuer_signed);
        let card = Card::new(id, DocumentRecord { excerpt: Some(excerpt), ..record }, now)?;
        Ok(Document { card, issuer_signed, verdict, elements })
    }

    /// Forgets a document with all its copies, and abandons their keys. A person whose last document it
    /// was goes too, but for the wallet's own holder while there are other people.
    ///
    /// The record of one that does not read names neither its copies nor its keys. What no other document
    /// has is its own, once all others read: until then it stays. Keys in a keystore of the platform are
    /// not known any more; without their documents they are of no use.
    ///
    /// # Errors
    /// [`Error::UnknownDocument`], [`Error::Store`]
    pub fn remove(&mut self, id: DocumentId, rng: &mut dyn CryptoRng) -> Result<(), Error> {
        let record = match self.record(id) {
            Err(Error::RecordForm | Error::RecordDamaged) => {
                let changes = Changes::default().delete(table::DOCUMENTS, id.record());
                let changes = self.remove_orphans(changes, id)?;
                return self.commit(changes.essential().erasing(), rng);
            }
            record => record?,
        };
        let mut people = People::readable(&self.store)?;
        if people.documents_of(record.person) == 1 {
            people.forget(record.person);
        }
        let changes = Changes::default().delete(table::DOCUMENTS, id.record());
        let changes = record.copies.iter().fold(people.put(changes), |changes, copy| {
            records::abandon(changes.delete(table::COPIES, copy.id.record()), copy.key)
        });
        self.commit(changes.essential().erasing(), rng)
    }

    /// Removes the copies, and abandons the keys, that are no document's but perhaps this one's.
    fn remove_orphans(&self, changes: Changes, of: DocumentId) -> Result<Changes, Error> {
        let ids = |table| self.store.ids(table).into_iter();
        let others = ids(table::DOCUMENTS).filter(|id| *id != of.record());
        let others = others.map(|id| records::read::<DocumentRecord>(&self.store, id));
        let others = records::readable(others.collect::<Result<Option<Vec<_>>, _>>())?;
        // Another that does not read either may have any of them.
        let Some(others) = others else { return Ok(changes) };
        let held: Vec<_> = others.iter().flat_map(|record| &record.copies).collect();
        let is_held = |id: &RecordId| held.iter().any(|copy| copy.id.record() == *id);
        let changes = ids(table::COPIES)
            .filter(|id| !is_held(id))
            .fold(changes, |changes, id| changes.delete(table::COPIES, id));
        let waiting = self.store.ids(table::UNUSED_KEYS);
        let is_used = |id: &RecordId| {
            let key = KeyRef::from(*id.as_bytes());
            waiting.contains(id)
                || self.making.contains(&key)
                || held.iter().any(|copy| copy.key == key)
        };
        let unused = ids(table::SOFTWARE_KEYS).filter(|id| !is_used(id));
        Ok(unused
            .fold(changes, |changes, id| records::abandon(changes, KeyRef::from(*id.as_bytes()))))
    }

    pub(crate) fn record(&self, id: DocumentId) -> Result<DocumentRecord, Error> {
        records::read(&self.store, id.record())?.ok_or(Error::UnknownDocument)
    }

    /// Where the record notes no excerpt, it is that of a copy, if one reads.
    fn with_excerpt(&self, mut record: DocumentRecord) -> Result<DocumentRecord, Error> {
        if record.excerpt.is_none() {
            let copy = self.first_readable(&record.copies)?;
            record.excerpt = copy.map(|(_, copy)| Excerpt::of(&record.doc_type, &copy));
        }
        Ok(record)
    }

    /// The documents of a type that are offered, each with what would be shown of it. No copy is read,
    /// but where an earlier form of a record makes it necessary.
    pub(crate) fn holdings(&self, doc_type: &str, now: Timestamp) -> Result<Holdings, Error> {
        let (ids, more) = self.ranking()?.first(doc_type, MOST_OFFERED);
        let mut first = Vec::new();
        for (document, whose) in ids {
            let record = self.with_excerpt(self.record(document)?)?;
            let validity = record.usable(now).first().map(|copy| copy.validity);
            let DocumentRecord { person, specimen, excerpt, .. } = record;
            let next = validity.zip(excerpt).and_then(|(validity, excerpt)| {
                // One that does not read disables its document only.
                let outline = excerpt.outline().ok()?;
                Some(NextCopy { validity, excerpt, outline })
            });
            first.push(Holding { document, person, whose, specimen, next });
        }
        Ok(Holdings { first, more })
    }

    /// The copy that is shown next, if any is left; the same one until one was used.
    pub(crate) fn copy(
        &self,
        document: DocumentId,
        now: Timestamp,
    ) -> Result<Option<HeldCopy>, Error> {
        let record = self.record(document)?;
        let next = self.first_readable(record.usable(now))?;
        Ok(next.map(|(copy, issuer_signed)| HeldCopy { id: copy.id, key: copy.key, issuer_signed }))
    }

    /// A copy that is damaged does not stop the others.
    fn first_readable<'r>(
        &self,
        copies: impl IntoIterator<Item = &'r CopyRecord>,
    ) -> Result<Option<(&'r CopyRecord, IssuerSigned)>, Error> {
        for copy in copies {
            match self.issuer_signed(copy.id) {
                Err(Error::RecordDamaged) => {}
                read => return Ok(Some((copy, read?))),
            }
        }
        Ok(None)
    }

    /// Marks a copy as shown once more.
    pub(crate) fn use_copy(
        &self,
        changes: Changes,
        document: DocumentId,
        copy: CopyId,
    ) -> Result<Changes, Error> {
        let mut record = self.record(document)?;
        record.use_copy(copy);
        Ok(record.put(changes, document))
    }

    /// Marks a copy as one whose key is gone.
    pub(crate) fn lose_copy(
        &self,
        changes: Changes,
        document: DocumentId,
        copy: CopyId,
    ) -> Result<Changes, Error> {
        let mut record = self.record(document)?;
        record.lose_copy(copy);
        Ok(record.put(changes, document))
    }

    /// Any copy by which a document can be read.
    ///
    /// # Errors
    /// [`Error::RecordDamaged`], [`Error::Store`]
    pub(crate) fn readable_copy(&self, record: &DocumentRecord) -> Result<IssuerSigned, Error> {
        let copy = self.first_readable(&record.copies)?;
        copy.map(|(_, issuer_signed)| issuer_signed).ok_or(Error::RecordDamaged)
    }

    pub(crate) fn issuer_signed(&self, copy: CopyId) -> Result<IssuerSigned, Error> {
        let bytes = self.store.read(table::COPIES, copy.record()).map_err(records::sealed)?;
        IssuerSigned::parse(&bytes.ok_or(Error::RecordDamaged)?).map_err(|_| Error::RecordDamaged)
    }

    /// What a reader would say of what an issuer hands over.
    pub(crate) fn judge(
        &self,
        doc_type: &str,
        issuer_signed: &IssuerSigned,
        now: Timestamp,
    ) -> Result<DocumentVerdict, Error> {
        let document = mdoc::Document::issued(doc_type, issuer_signed.clone());
        let check = Check { trust: self.trust(), now, binding: Binding::IssuerOnly, request: None };
        let mut verdict = mdoc::verify(&DeviceResponse::new(vec![document]), &check);
        verdict.documents.pop().ok_or(Error::RecordDamaged)
    }
}

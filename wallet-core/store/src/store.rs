//! An unlocked store.

use std::fmt;

use coffret_crypto::Wiped;
use coffret_crypto::password::Cost;
use rand_core::CryptoRng;

use crate::changes::{Changes, Need};
use crate::database::{Bodies, Edit};
use crate::header::{Header, Wrap};
use crate::rows::{Keys, Row, Rows};
use crate::seal::{Secret, random};
use crate::slot::At;
use crate::vault::Vault;
use crate::{Attempts, BootTime, Error, Locked, Pin, RecordId, Table};

/// What a record holds, wiped when dropped.
pub type Plaintext = Wiped;

/// An unlocked store: the one place where records are opened and sealed.
pub struct Store {
    pub(crate) vault: Box<Vault>,
    pub(crate) keys: Keys,
    pub(crate) rows: Rows,
}

impl Store {
    /// A record.
    ///
    /// # Errors
    /// [`Error::Altered`], [`Error::FileUnavailable`]
    pub fn read(&self, table: Table, id: RecordId) -> Result<Option<Plaintext>, Error> {
        let Some(row) = self.rows.row(table, id) else { return Ok(None) };
        self.open(row, &mut self.vault.database.bodies()?).map(Some)
    }

    /// Every record of a table, in the order of insertion.
    ///
    /// # Errors
    /// [`Error::Altered`], [`Error::FileUnavailable`]
    pub fn all(&self, table: Table) -> Result<Vec<(RecordId, Plaintext)>, Error> {
        let mut all = Vec::new();
        self.each(table, |id, record| {
            all.push((id, record?));
            Ok::<_, Error>(())
        })?;
        Ok(all)
    }

    /// Gives every record of a table, in the order of insertion, or why it does not open, to `read`.
    ///
    /// # Errors
    /// [`Error::FileUnavailable`]; what `read` says, after which no more is read.
    pub fn each<E: From<Error>>(
        &self,
        table: Table,
        mut read: impl FnMut(RecordId, Result<Plaintext, Error>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut bodies = self.vault.database.bodies()?;
        let mut rows = self.rows.table(table).into_iter();
        rows.try_for_each(|row| read(row.id, self.open(row, &mut bodies)))
    }

    /// The records of a table that were put with `term`, in the order of insertion. None is opened.
    pub fn find(&self, table: Table, term: &[u8]) -> Vec<RecordId> {
        self.rows.of_term(table, self.keys.term(table, term))
    }

    /// The names of a table's records, in the order of insertion. None is opened.
    pub fn ids(&self, table: Table) -> Vec<RecordId> {
        self.rows.table(table).into_iter().map(|row| row.id).collect()
    }

    /// The caller's own small value, sealed with the header: empty at first.
    pub fn note(&self) -> &[u8] {
        &self.vault.header.note
    }

    /// Writes all of the changes or nothing, and returns once that is durable and the slot says so.
    ///
    /// # Errors
    /// [`Error::DiskFull`], [`Error::FileUnavailable`], [`Error::SecretsUnavailable`]: nothing is
    /// written. [`Error::SecretsBehind`]: everything is, and the next transaction begins by telling
    /// the slot. [`Error::Unconfirmed`]: nobody knows before the store is opened again.
    pub fn commit(&mut self, changes: Changes, rng: &mut dyn CryptoRng) -> Result<(), Error> {
        self.vault.acknowledge()?;
        let mut header = self.next_header(rng);
        let (need, erases) = (changes.need, changes.erases);
        let (records, note) = changes.last_words();
        header.note = note.unwrap_or(header.note);
        let last_place = self.rows.last_place();
        let mut edits = Vec::with_capacity(records.len());
        for (n, (record, change)) in (1..).zip(records) {
            let former = self.rows.row(record.0, record.1);
            if let Some(former) = former {
                header.sum.subtract(former, &self.keys);
            }
            if let Some(put) = change {
                let place = former.map_or(last_place + n, |former| former.place);
                let epoch = header.at.epoch;
                let (row, body) = Row::seal(&put, record, place, epoch, &self.keys, rng)?;
                header.sum.add(&row, &self.keys);
                edits.push(Edit::Put(row, body));
            } else {
                edits.extend(former.cloned().map(Edit::Delete));
            }
        }
        let sealed = header.seal(&self.vault.slot.secret, rng)?;
        self.vault.write(&edits, &sealed, need)?;
        self.vault.header = header;
        for edit in edits {
            match edit {
                Edit::Put(row, _) => self.rows.insert(row),
                Edit::Delete(row) => self.rows.remove(&row),
            }
        }
        let settled = self.vault.settle();
        if erases {
            self.vault.forget();
        }
        settled
    }

    /// What may be tried at `boot`, of the PIN of this open store too.
    pub fn attempts(&mut self, boot: BootTime) -> Attempts {
        self.vault.anchor(boot);
        self.vault.slot.tries.attempts(boot)
    }

    /// Tries the PIN of the open store, as [`Locked::unlock`] does: the same tries, the same waits.
    /// After the last one nothing is written any more, and the store cannot be opened again: drop
    /// it.
    ///
    /// # Errors
    /// [`Error::MustWait`], which is no try; [`Error::WrongPin`]; [`Error::Destroyed`] at the last
    pub fn confirm_pin(&mut self, pin: &Pin, boot: BootTime) -> Result<(), Error> {
        self.vault.try_pin(pin, boot).map(drop)
    }

    /// Replaces the PIN, and the platform's secret with it. Whoever has found the store open does not
    /// know the PIN: it is [tried](Store::confirm_pin) first.
    ///
    /// The new secret is kept beside the old, the file moves to it in one transaction, then the
    /// old one is forgotten: a file or slot from before opens with neither PIN.
    ///
    /// # Errors
    /// As [`Store::confirm_pin`], then as [`Store::commit`].
    pub fn change_pin(
        &mut self,
        old: &Pin,
        new: &Pin,
        cost: Cost,
        boot: BootTime,
        rng: &mut dyn CryptoRng,
    ) -> Result<(), Error> {
        self.confirm_pin(old, boot)?;
        self.vault.acknowledge()?;
        let mut header = self.next_header(rng);
        let vault = &mut self.vault;
        // A change that could not be written may be there in part: the same secret opens it.
        let next = vault.slot.next.get_or_insert_with(|| Secret::random(rng));
        header.wrap = Wrap::new(&self.keys.master, new, cost, next, rng)?;
        let sealed = header.seal(next, rng)?;
        vault.tell()?;
        vault.write(&[], &sealed, Need::Essential)?;
        vault.header = header;
        if let Some(next) = vault.slot.next.take() {
            vault.slot.secret = next;
        }
        let settled = vault.settle();
        // What was wrapped under the old PIN is still in the log.
        vault.forget();
        settled
    }

    /// Forgets the keys.
    pub fn lock(self) -> Locked {
        self.vault.forget();
        Locked { vault: self.vault }
    }

    /// Erases the store, its secrets first: from then on nobody opens what is left.
    ///
    /// # Errors
    /// [`Error::SecretsUnavailable`]: nothing is erased. [`Error::FileLeft`]
    pub fn erase(self) -> Result<(), Error> {
        self.vault.erase()
    }

    fn open(&self, row: &Row, bodies: &mut Bodies<'_>) -> Result<Plaintext, Error> {
        row.open(bodies.read(row.place)?, &self.keys)
    }

    /// The header of the next state, which is this one until more is changed.
    fn next_header(&self, rng: &mut dyn CryptoRng) -> Header {
        let header = &self.vault.header;
        Header {
            store: header.store,
            at: At { epoch: header.at.epoch.saturating_add(1), tag: random(rng) },
            previous: header.at.tag,
            sum: header.sum.clone(),
            note: header.note.clone(),
            wrap: header.wrap.clone(),
        }
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Store([…])")
    }
}

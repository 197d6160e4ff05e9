//! The activity log: who asked, why, for which elements, and how it ended; never a value. The
//! reader's own signed request is kept as evidence.
//!
//! §1. An entry is sealed as one record, found by its number.
//!
//! ```cddl
//! LogRecord = { "number": uint, "inner": digest,
//!               ? "salt": bstr .size 32, ? "content": bstr .cbor Content }  ; until it is deleted
//! digest    = bstr .size 32
//! ```
//!
//! §2. Each entry commits to those before it, and says nothing of itself once its salt is gone:
//! `inner = SHA-256(salt ‖ content)`, `link = SHA-256(the link before ‖ inner)`, the first after 32
//! zero bytes. The head is the length and the last link; the store keeps it in its sealed header.
//!
//! §3. A log leaves the wallet with its head signed by a key of its own, and is checked by
//! [`check`] without the wallet. Who asked for what, and to keep what, is proven by the reader's own
//! request, signed if it signed: an entry that names a reader or an element has that evidence and
//! says the same, or the log is refused. It may say of more that it is kept: so may a registration.
//!
//! ```cddl
//! Log      = { "version": "1.0", "key": COSE_Key, "head": COSE_Sign1,  ; payload: bstr .cbor Head
//!              "entries": [* LogEntry] }
//! Head     = { "length": uint, "link": digest, "signed": tdate }
//! LogEntry = [inner: digest, salt: bstr .size 32, content: bstr .cbor Content]
//!          / [inner: digest, null, null]                   ; deleted
//!          / [null, null, null]                            ; did not read in the wallet: see §5
//! ```
//!
//! §4. A head that does not read stops no presentation. Length and last link are then counted again
//! from the entries; the store's seal proves that those are whole. A head that a later version wrote
//! is kept as a record of its own, which [`Wallet::unreadable`] lists.
//!
//! §5. An entry that does not read, because a later version wrote it or because it is damaged, stops
//! none of the others. A log that has one leaves with its place: nothing is known of it but that it
//! was there, and `link = SHA-256(the link before)`. The head is counted over the log as it leaves,
//! and signed. It proves every other entry, at its number; nobody can turn a good entry of such a log
//! into one that did not read, nor into a deleted one, without another head. A content that is whole
//! and that this version does not read leaves as it is, for whoever reads it.
//!
//! The head that the wallet keeps never leaves an entry out. While neither the head nor an entry
//! reads, the head stays as it is, and the log is counted again for each new entry.

mod chain;
mod check;
mod entry;
mod search;

use coffret_cbor::{Encoded, Timestamp};
use coffret_crypto::cose::{Payload, Unsigned};
use coffret_crypto::{Curve, PrivateKey};
use coffret_store::{Changes, RecordId};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

pub(crate) use self::chain::Head;
use self::chain::{Link, Place};
pub use self::check::{Checked, check};
pub use self::entry::{Document, Element, Entry, Evidence, Outcome, Reader, Standing};
pub use self::search::Search;
use crate::records::{self, Numbered, opened, readable, table};
use crate::{Error, Wallet};

/// Of `Log`.
const VERSION: &str = "1.0";

impl Wallet {
    /// The entries that are not deleted, each with its number, the newest first.
    ///
    /// # Errors
    /// [`Error::Store`]
    pub fn log(&self) -> Result<Vec<(u64, Entry)>, Error> {
        self.search_log(&Search::default())
    }

    /// Deletes what these entries say. That there were entries stays, so that the others can still
    /// be proven.
    ///
    /// # Errors
    /// [`Error::UnknownEntry`], [`Error::Store`]; [`Error::RecordForm`] or [`Error::RecordDamaged`]
    /// for an entry that does not read
    pub fn delete_log(&mut self, numbers: &[u64], rng: &mut dyn CryptoRng) -> Result<(), Error> {
        let mut changes = Changes::default();
        for number in numbers {
            let (id, link) = self.link(*number)?.ok_or(Error::UnknownEntry)?;
            changes = records::put(changes, id, &Link { opening: None, ..link });
        }
        self.commit(changes.essential().erasing(), rng)
    }

    /// Checks the log as somebody outside the wallet would. Entries that do not read are counted, and
    /// do not stop the check of the others.
    ///
    /// # Errors
    /// Those of [`check`]; [`Error::Store`]
    pub fn verify_log(
        &mut self,
        now: Timestamp,
        rng: &mut dyn CryptoRng,
    ) -> Result<Checked, Error> {
        check(self.exported_log(now, rng)?.as_bytes())
    }

    /// `Log`, its head signed.
    pub(crate) fn exported_log(
        &mut self,
        now: Timestamp,
        rng: &mut dyn CryptoRng,
    ) -> Result<Encoded, Error> {
        let key = self.log_key(rng)?;
        let places = self.places()?;
        // A head that commits to what does not read proves nothing to whoever reads only the others.
        let noted = self.noted_head().ok().filter(|_| places.iter().all(Option::is_some));
        exported(&noted.unwrap_or_else(|| Head::of(&places)), &places, &key, now)
    }

    /// Adds an entry, in the same commit as what it tells of.
    pub(crate) fn append(
        &self,
        changes: Changes,
        entry: &Entry,
        rng: &mut dyn CryptoRng,
    ) -> Result<Changes, Error> {
        let noted = self.noted_head();
        let places = if noted.is_ok() { Vec::new() } else { self.places()? };
        let (head, link) =
            noted.unwrap_or_else(|_| Head::of(&places)).extended(entry.content(), rng);
        let changes = records::put(changes, RecordId::random(rng), &link);
        if places.iter().any(Option::is_none) {
            // Whoever reads that entry one day would find that this head does not commit to it.
            return Ok(changes);
        }
        let changes = changes.note(head.numbered());
        Ok(match noted {
            // The later version may have said more than can be counted again.
            Err(Error::RecordForm) => {
                let later = self.store.note().to_vec();
                changes.put(table::LOG_HEADS, RecordId::random(rng), None, later)
            }
            _ => changes,
        })
    }

    /// The head in the store's header.
    ///
    /// # Errors
    /// [`Error::RecordForm`]; [`Error::RecordDamaged`] also where it is shorter than the log: entries
    /// were added by a version that could not read it.
    pub(crate) fn noted_head(&self) -> Result<Head, Error> {
        let head = match self.store.note() {
            [] => Head::default(),
            note => opened(note)?,
        };
        let is_behind = head.length < self.store.ids(table::LOG).len() as u64;
        if is_behind { Err(Error::RecordDamaged) } else { Ok(head) }
    }

    /// What the log has at each number. The order of insertion is that of the numbers: an entry that
    /// does not read is taken to follow the one before, and those that read keep their numbers.
    fn places(&self) -> Result<Vec<Place>, Error> {
        let mut places = Vec::new();
        for id in self.store.ids(table::LOG) {
            let place = readable(self.link_at(id))?;
            let number = place.as_ref().map_or(places.len(), |link| link.number as usize);
            // A later version may have left numbers out: none is given twice.
            places.resize(places.len().max(number.saturating_add(1)), None);
            if let Some(free) = places.get_mut(number) {
                *free = place;
            }
        }
        Ok(places)
    }

    fn link(&self, number: u64) -> Result<Option<(RecordId, Link)>, Error> {
        let found = self.store.find(table::LOG, &number.to_be_bytes());
        let Some(id) = found.first() else { return Ok(None) };
        Ok(self.link_at(*id)?.map(|link| (*id, link)))
    }

    /// The entry of a record.
    ///
    /// # Errors
    /// [`Error::RecordForm`]; [`Error::RecordDamaged`] also where the record is not the one that is
    /// found by its number: it would take another entry's place. [`Error::Store`]
    pub(crate) fn link_at(&self, id: RecordId) -> Result<Option<Link>, Error> {
        let Some(link) = records::read::<Link>(&self.store, id)? else { return Ok(None) };
        let found = self.store.find(table::LOG, &link.number.to_be_bytes());
        if found.first() == Some(&id) { Ok(Some(link)) } else { Err(Error::RecordDamaged) }
    }

    /// The log's own key, made when it is first needed. One that does not read stays as it is, and
    /// another signs from then on.
    fn log_key(&mut self, rng: &mut dyn CryptoRng) -> Result<PrivateKey, Error> {
        for id in self.store.ids(table::LOG_KEY) {
            if let Some(key) = readable(self.private_key(table::LOG_KEY, id))? {
                return Ok(key);
            }
        }
        let key = PrivateKey::generate(Curve::P256, rng);
        let pem: Zeroizing<String> = key.to_pkcs8_pem();
        let (id, pem) = (RecordId::random(rng), pem.as_bytes().to_vec());
        self.commit_step(Changes::default().put(table::LOG_KEY, id, None, pem), rng)?;
        Ok(key)
    }
}

/// `Log`
fn exported(
    head: &Head,
    places: &[Place],
    key: &PrivateKey,
    now: Timestamp,
) -> Result<Encoded, Error> {
    let head = head.statement(now);
    let payload = Payload::Embedded(head.as_bytes());
    let algorithm = key.public_key().curve().algorithm()?;
    let head = Unsigned::new(algorithm, &[], payload, &[]).sign(key)?;
    Ok(Encoded::map([
        ("version", VERSION.into()),
        ("key", key.public_key().to_cose()),
        ("head", (&head).into()),
        ("entries", Encoded::array(places.iter().map(chain::exported))),
    ]))
}

#[cfg(test)]
mod tests;

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
//! LogEntry = [inner: digest, (salt: bstr .size 32, content: bstr .cbor Content) // (null, null)]
//! ```
//!
//! §4. A head that does not read stops no presentation. Length and last link are then counted again
//! from the entries; the store's seal proves that those are whole. A head that a later version wrote
//! is kept as a record of its own, which [`Wallet::unreadable`] lists. If an entry does not read
//! either, 32 zero bytes stand for its inner digest: the log goes on, but its chain cannot be checked
//! any more.

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

pub(crate) use self::chain::{Head, Link};
pub use self::check::{Checked, check};
pub use self::entry::{Document, Element, Entry, Evidence, Outcome, Reader, Standing};
pub use self::search::Search;
use crate::records::{self, Numbered, ONLY, opened, table};
use crate::{Error, Wallet};

/// Of `Log`.
const VERSION: &str = "1.0";

impl Wallet {
    /// The entries that are not deleted, each with its number, the newest first.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::RecordForm`], [`Error::LogForm`]
    pub fn log(&self) -> Result<Vec<(u64, Entry)>, Error> {
        self.search_log(&Search::default())
    }

    /// Deletes what these entries say. That there were entries stays, so that the others can still
    /// be proven.
    ///
    /// # Errors
    /// [`Error::UnknownEntry`], [`Error::Store`], [`Error::RecordForm`]
    pub fn delete_log(&mut self, numbers: &[u64], rng: &mut dyn CryptoRng) -> Result<(), Error> {
        let mut changes = Changes::default();
        for number in numbers {
            let (id, link) = self.link(*number)?.ok_or(Error::UnknownEntry)?;
            changes = put(changes, id, &Link { opening: None, ..link });
        }
        self.commit(changes.essential(), rng)
    }

    /// Checks the log as somebody outside the wallet would.
    ///
    /// # Errors
    /// Those of [`check`]; [`Error::Store`], [`Error::RecordForm`]
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
        exported(&self.head()?, &self.links()?, &key, now)
    }

    /// Adds an entry, in the same commit as what it tells of.
    pub(crate) fn append(
        &self,
        changes: Changes,
        entry: &Entry,
        rng: &mut dyn CryptoRng,
    ) -> Result<Changes, Error> {
        let (head, link) = self.head()?.extended(entry.content(), rng);
        let changes = put(changes, RecordId::random(rng), &link).note(head.numbered());
        Ok(match self.noted_head() {
            // The later version may have said more than can be counted again.
            Err(Error::RecordForm) => {
                let later = self.store.note().to_vec();
                changes.put(table::LOG_HEADS, RecordId::random(rng), None, later)
            }
            _ => changes,
        })
    }

    fn head(&self) -> Result<Head, Error> {
        self.noted_head().or_else(|_| self.counted_head())
    }

    /// The head in the store's header.
    ///
    /// # Errors
    /// [`Error::RecordForm`], [`Error::RecordDamaged`]
    pub(crate) fn noted_head(&self) -> Result<Head, Error> {
        match self.store.note() {
            [] => Ok(Head::default()),
            note => opened(note),
        }
    }

    /// The head as the entries have it.
    fn counted_head(&self) -> Result<Head, Error> {
        self.store.ids(table::LOG).into_iter().try_fold(Head::default(), |head, id| {
            let Some(link) = self.link_at(id)? else { return Ok(head.followed_by(&[0; 32])) };
            // A later version may have left numbers out: none is given twice.
            let length = head.length.max(link.number);
            Ok(Head { length, ..head }.followed_by(&link.inner))
        })
    }

    fn links(&self) -> Result<Vec<Link>, Error> {
        let records = self.store.all(table::LOG).map_err(records::sealed)?.into_iter();
        let mut links: Vec<Link> =
            records.map(|(_, record)| opened(&record)).collect::<Result<_, _>>()?;
        links.sort_by_key(|link| link.number);
        Ok(links)
    }

    fn link(&self, number: u64) -> Result<Option<(RecordId, Link)>, Error> {
        let found = self.store.find(table::LOG, &number.to_be_bytes());
        let Some(id) = found.first() else { return Ok(None) };
        let record = self.store.read(table::LOG, *id).map_err(records::sealed)?;
        record.map(|record| Ok((*id, opened(&record)?))).transpose()
    }

    /// The log's own key, made when it is first needed.
    fn log_key(&mut self, rng: &mut dyn CryptoRng) -> Result<PrivateKey, Error> {
        let id = RecordId::from(ONLY);
        if let Some(record) = self.store.read(table::LOG_KEY, id)? {
            let pem = std::str::from_utf8(&record).map_err(|_| Error::RecordDamaged)?;
            return PrivateKey::from_pkcs8_pem(pem).map_err(|_| Error::RecordDamaged);
        }
        let key = PrivateKey::generate(Curve::P256, rng);
        let pem: Zeroizing<String> = key.to_pkcs8_pem();
        let changes = Changes::default().put(table::LOG_KEY, id, None, pem.as_bytes().to_vec());
        self.commit_step(changes, rng)?;
        Ok(key)
    }
}

/// `Log`
fn exported(
    head: &Head,
    links: &[Link],
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
        ("entries", Encoded::array(links.iter().map(Link::exported))),
    ]))
}

fn put(changes: Changes, id: RecordId, link: &Link) -> Changes {
    let term = link.number.to_be_bytes();
    changes.put(table::LOG, id, Some(&term), link.numbered())
}

#[cfg(test)]
mod tests;

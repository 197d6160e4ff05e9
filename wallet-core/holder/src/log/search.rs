use coffret_cbor::Timestamp;

use super::Entry;
use super::chain::Link;
use crate::person::letters;
use crate::records::{readable, table};
use crate::{Error, Wallet};

/// Which entries of the log: those that answer to everything that is said here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    /// Asked for at this time or later.
    pub since: Option<Timestamp>,
    /// By a reader with this in one of its names, whatever the case and the accents.
    pub reader: Option<String>,
    /// Of a smaller number: the page after one that ended with this.
    pub before: Option<u64>,
    /// So many at most.
    pub limit: Option<usize>,
}

impl Wallet {
    /// The entries that are searched for, the newest first. No more is read than is needed for them.
    /// One that does not read is passed over: [`Wallet::unreadable`] lists it.
    ///
    /// # Errors
    /// [`Error::Store`]
    pub fn search_log(&self, search: &Search) -> Result<Vec<(u64, Entry)>, Error> {
        let reader = search.reader.as_deref().map(letters);
        let mut found = Vec::new();
        // An entry is never moved: the order of insertion is that of the numbers.
        for id in self.store.ids(table::LOG).into_iter().rev() {
            if search.limit.is_some_and(|limit| found.len() >= limit) {
                break;
            }
            let is_before = |link: &Link| search.before.is_none_or(|before| link.number < before);
            let link = readable(self.link_at(id))?.filter(is_before);
            let Some(link) = link else { continue };
            let Some(entry) = readable(link.entry())? else { continue };
            if search.since.is_none_or(|since| entry.time >= since)
                && reader.as_deref().is_none_or(|reader| entry.is_by(reader))
            {
                found.push((link.number, entry));
            }
        }
        Ok(found)
    }
}

impl Link {
    /// What the entry says, unless that is deleted.
    ///
    /// # Errors
    /// [`Error::RecordDamaged`]
    pub(crate) fn entry(&self) -> Result<Option<Entry>, Error> {
        let entry = self.opening.as_ref().map(|(_, content)| Entry::parse(content));
        entry.transpose().map_err(|_| Error::RecordDamaged)
    }
}

impl Entry {
    /// Whether a name of the reader has these letters in it.
    fn is_by(&self, text: &str) -> bool {
        let Some(reader) = &self.reader else { return false };
        let registered = reader.registered.iter().flat_map(|(fr, en)| [fr, en]);
        reader.name.iter().chain(registered).any(|name| letters(name).contains(text))
    }
}

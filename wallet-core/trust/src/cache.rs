use std::sync::{Mutex, PoisonError};

use coffret_cbor::Timestamp;

use crate::Chain;
use crate::path::{Path, Role};

/// The paths found lately that break no rule.
///
/// A path is found again by the signer's certificate, the whole chain sent with it, its purpose (for a
/// document its type too, since an anchor may be trusted for some types only) and the generation of the
/// trust data; the anchor is part of what was found, since these determine it.
/// Any change of trust data empties the cache, and a path is forgotten when a certificate on it or a
/// revocation list is past its time.
#[derive(Default)]
pub(crate) struct Cache {
    generation: u64,
    paths: Mutex<Vec<Entry>>,
}

struct Entry {
    chain: Chain,
    /// The document's type; none of a reader.
    doc_type: Option<String>,
    generation: u64,
    path: Path,
}

/// A reader sees the signers of a few dozen authorities; a look-up compares each.
const MAX_ENTRIES: usize = 64;

impl Cache {
    /// Forgets every path: the trust data is another.
    pub(crate) fn changed(&mut self) {
        self.generation += 1;
        self.paths.get_mut().unwrap_or_else(PoisonError::into_inner).clear();
    }

    pub(crate) fn find_or(
        &self,
        chain: &Chain,
        role: Role<'_>,
        now: Timestamp,
        judge: impl FnOnce() -> Path,
    ) -> Path {
        if let Some(found) = self.find(chain, role, now) {
            return found;
        }
        let path = judge();
        if path.errors.is_empty() {
            let mut paths = self.paths.lock().unwrap_or_else(PoisonError::into_inner);
            paths.retain(|entry| {
                entry.chain != *chain || entry.doc_type.as_deref() != role.doc_type()
            });
            if paths.len() >= MAX_ENTRIES {
                paths.remove(0);
            }
            let (chain, generation) = (chain.clone(), self.generation);
            let doc_type = role.doc_type().map(str::to_owned);
            paths.push(Entry { chain, doc_type, generation, path: path.clone() });
        }
        path
    }

    fn find(&self, chain: &Chain, role: Role<'_>, now: Timestamp) -> Option<Path> {
        let paths = self.paths.lock().unwrap_or_else(PoisonError::into_inner);
        let found = paths.iter().find(|entry| {
            entry.generation == self.generation
                && entry.doc_type.as_deref() == role.doc_type()
                && entry.path.holds.contains(&now)
                && entry.chain == *chain
        })?;
        Some(found.path.clone())
    }
}

impl Clone for Cache {
    /// Empty: a copy of trust data finds its own paths.
    fn clone(&self) -> Cache {
        Cache::default()
    }
}

use std::sync::{Mutex, PoisonError};

/// What was found out for a key, so that it is not found out again.
///
/// It holds the last few: whoever sends certificates with ever new keys does not fill the memory.
pub(crate) struct Memo<K, V>(Mutex<Vec<(K, V)>>);

/// The certificates of a whole response: 16 documents, each with a chain of five. One certificate is
/// tried with far fewer keys: those under the name of its issuer, of which Arizona has three.
const MAX_ENTRIES: usize = 80;

impl<K: PartialEq + Clone, V: Clone> Memo<K, V> {
    pub(crate) fn get_or(&self, key: &K, find: impl FnOnce() -> V) -> V {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, found)) = entries.iter().find(|(known, _)| known == key) {
            return found.clone();
        }
        let found = find();
        if entries.len() >= MAX_ENTRIES {
            entries.remove(0);
        }
        entries.push((key.clone(), found.clone()));
        found
    }
}

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Memo(Mutex::default())
    }
}

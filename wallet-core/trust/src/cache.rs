use std::sync::{Mutex, PoisonError};

use coffret_cbor::Timestamp;

use crate::memo::Memo;
use crate::path::{Path, Role};
use crate::{Certificate, Chain};

/// The paths found lately.
///
/// One that breaks a rule is found again at the same moment only, which is that of a response: it may
/// have many documents, each with the same chain, made to cost as much as a path can. Any other is
/// found again as long as it holds.
///
/// A path is found again by the signer's certificate, the whole chain sent with it, its purpose (for a
/// document its type too, since an anchor may be trusted for some types only); the anchor is part of what
/// was found, since these determine it.
/// Any change of trust data empties the cache. Paths that do not hold at the moment make room for the
/// next one.
#[derive(Default)]
pub(crate) struct Cache {
    paths: Mutex<Vec<Entry>>,
    certificates: Memo<Certificate, Certificate>,
}

struct Entry {
    chain: Chain,
    /// The document's type; none of a reader.
    doc_type: Option<String>,
    path: Path,
}

/// A reader sees the signers of a few dozen authorities; a look-up compares each.
const MAX_ENTRIES: usize = 64;

impl Cache {
    /// Forgets every path: the trust data is another.
    pub(crate) fn changed(&mut self) {
        self.paths.get_mut().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// The same chain, of certificates seen lately: each of them knows which keys do not verify it.
    ///
    /// The documents of a response may have signers of their own under the same authorities. No path is
    /// found again then, and the signatures between the authorities would be verified for each.
    pub(crate) fn seen(&self, chain: &Chain) -> Chain {
        chain.map(|certificate| self.certificates.get_or(certificate, || certificate.clone()))
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
        let mut paths = self.paths.lock().unwrap_or_else(PoisonError::into_inner);
        paths.retain(|entry| entry.path.holds.contains(&now));
        if paths.len() >= MAX_ENTRIES {
            paths.remove(0);
        }
        let doc_type = role.doc_type().map(str::to_owned);
        paths.push(Entry { chain: chain.clone(), doc_type, path: path.clone() });
        path
    }

    fn find(&self, chain: &Chain, role: Role<'_>, now: Timestamp) -> Option<Path> {
        let paths = self.paths.lock().unwrap_or_else(PoisonError::into_inner);
        let found = paths.iter().find(|entry| {
            entry.doc_type.as_deref() == role.doc_type()
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

#[cfg(test)]
mod tests {
    use coffret_test_vectors::forge::{Draft, ROOT, key, now, time};

    use super::*;
    use crate::findings::Findings;
    use crate::signature::VERIFIED;
    use crate::{Error, Purpose, Trust};

    const MDL: &str = "org.iso.18013.5.1.mDL";

    fn chain(certificates: &[Vec<u8>]) -> Chain {
        Chain::parse(certificates.iter().map(Vec::as_slice)).unwrap()
    }

    #[test]
    fn a_path_that_failed_is_not_tried_again_at_that_moment() {
        let (cache, mut tried) = (Cache::default(), 0);
        let mut find = |at| {
            cache.find_or(
                &chain(&[Draft::document_signer().der(&key(ROOT))]),
                Role::DocumentSigner(MDL),
                at,
                || {
                    tried += 1;
                    let mut errors = Findings::default();
                    errors.note(Error::UntrustedIssuer);
                    let (issuers, warnings) = (Vec::new(), Findings::default());
                    Path { anchor: None, issuers, errors, warnings, holds: at..=at }
                },
            );
            tried
        };
        assert_eq!([find(now()), find(now())], [1, 1]);
        assert_eq!(find(time("2026-11-22T12:00:01Z")), 2);
        assert_eq!(cache.paths.lock().unwrap().len(), 1, "only what holds is kept");
    }

    /// The signer's certificate, and the root's own signature, which is good for a warning.
    #[test]
    fn a_signer_under_a_known_root_costs_one_signature() {
        let mut trust = Trust::new();
        let root = Draft::issuer_root().der(&key(ROOT));
        trust.add_anchor(Certificate::parse(&root).unwrap(), Purpose::Issuer).unwrap();
        let verified = |serial: u8| {
            let before = VERIFIED.get();
            let leaf = Draft { serial: vec![serial], ..Draft::document_signer() }.der(&key(ROOT));
            assert_eq!(trust.signer(&chain(&[leaf]), MDL, now()).errors, []);
            VERIFIED.get() - before
        };
        assert_eq!([1, 1, 2].map(verified), [2, 0, 1]);
    }

    /// Four authorities of the root's name, each signed by the next one: whoever sends them along has
    /// every signature verified by every key.
    #[test]
    fn a_signature_on_a_certificate_is_verified_once_for_each_key() {
        let mut trust = Trust::new();
        let root = Draft::issuer_root().der(&key(ROOT));
        trust.add_anchor(Certificate::parse(&root).unwrap(), Purpose::Issuer).unwrap();
        let keys = 10..14;
        let authorities: Vec<_> = keys
            .map(|own| Draft::issuer_root().of(&key(own).public_key()).der(&key(own + 1)))
            .collect();
        let verified = |serial: u8| {
            let before = VERIFIED.get();
            let leaf = Draft { serial: vec![serial], ..Draft::document_signer() }.der(&key(10));
            let chain = chain(&[&[leaf], &authorities[..]].concat());
            let errors = trust.signer(&chain, MDL, now()).errors;
            assert!(errors.contains(&Error::UntrustedIssuer));
            VERIFIED.get() - before
        };
        assert_eq!(verified(1), 5 + 4 + 3 + 2 + 1);
        assert_eq!(verified(1), 0);
        assert_eq!(verified(2), 5, "only what this signer's own certificate says");
    }
}

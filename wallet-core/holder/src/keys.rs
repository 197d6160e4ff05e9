use coffret_crypto::{Attestation, KeyOutcome, KeyPolicy, KeyRef, KeyTask, PrivateKey, PublicKey};
use coffret_store::{Changes, RecordId, Table};
use rand_core::CryptoRng;

use crate::records::{self, table};
use crate::{Error, Wallet};

impl Wallet {
    /// Asks for device keys, for an issuer to bind credentials to. What the keystore answers goes to
    /// [`Wallet::keys_ready`]; until then they are abandoned, but for being waited for, as are keys
    /// asked for before and not answered: the keystore has finished with those, or answers first.
    ///
    /// # Errors
    /// [`Error::Store`]
    pub fn new_keys(
        &mut self,
        count: u8,
        policy: KeyPolicy,
        rng: &mut dyn CryptoRng,
    ) -> Result<Vec<KeyTask>, Error> {
        let making: Vec<_> = (0..count).map(|_| KeyRef::random(rng)).collect();
        let abandon = |changes, key: &KeyRef| records::abandon(changes, *key);
        self.commit_step(making.iter().fold(Changes::default(), abandon), rng)?;
        self.making = making;
        Ok(self.making.iter().map(|key| KeyTask::Create { key: *key, policy }).collect())
    }

    /// Keeps the keys that were made, in the order of the tasks, until a credential comes for each.
    /// The others stay abandoned.
    ///
    /// # Errors
    /// [`Error::KeyTasks`] where there are more or fewer outcomes than tasks, or one of another
    /// task; [`Error::NoKeys`] where none was made; [`Error::Store`]
    pub fn keys_ready(
        &mut self,
        outcomes: Vec<KeyOutcome>,
        rng: &mut dyn CryptoRng,
    ) -> Result<Vec<PublicKey>, Error> {
        if outcomes.len() != self.making.len() {
            return Err(Error::KeyTasks);
        }
        let (mut changes, mut made) = (Changes::default(), Vec::new());
        for (key, outcome) in self.making.iter().zip(outcomes) {
            match outcome {
                KeyOutcome::Created(public, _) => {
                    let bytes = public.to_cose().into_bytes();
                    let id = records::of_key(*key);
                    changes = changes
                        .put(table::UNUSED_KEYS, id, Some(&bytes), bytes.clone())
                        .delete(table::ABANDONED_KEYS, id);
                    made.push(public);
                }
                KeyOutcome::Declined | KeyOutcome::Gone | KeyOutcome::Failed(_) => {}
                KeyOutcome::Signature(_) | KeyOutcome::Secret(_) | KeyOutcome::Deleted => {
                    return Err(Error::KeyTasks);
                }
            }
        }
        if made.is_empty() {
            return Err(Error::NoKeys);
        }
        self.commit(changes, rng)?;
        self.making.clear();
        Ok(made)
    }

    /// Gives up keys that wait for a credential which will not come: an issuer has failed, or will not.
    /// They are among [`Wallet::abandoned_keys`] then. Keys that wait for none are left as they are.
    ///
    /// # Errors
    /// [`Error::Store`]
    pub fn abandon_keys(
        &mut self,
        keys: &[PublicKey],
        rng: &mut dyn CryptoRng,
    ) -> Result<(), Error> {
        let waiting = keys
            .iter()
            .flat_map(|key| self.store.find(table::UNUSED_KEYS, key.to_cose().as_bytes()));
        let changes = waiting.fold(Changes::default(), |changes, id| {
            let changes = changes.delete(table::UNUSED_KEYS, id);
            records::abandon(changes, KeyRef::from(*id.as_bytes()))
        });
        self.commit(changes.essential(), rng)
    }

    /// Asks that the keys be destroyed that no document needs, or not any more: of copies that were
    /// shown for the only time, of documents that were removed, of requests for keys that were not
    /// finished. What the keystore answers goes to [`Wallet::keys_deleted`].
    ///
    /// # Errors
    /// [`Error::Store`]
    pub fn abandoned_keys(&mut self) -> Result<Vec<KeyTask>, Error> {
        // Their records are empty: whether they open says nothing of the keys.
        let abandoned = self.store.ids(table::ABANDONED_KEYS).into_iter();
        let abandoned = abandoned.map(|id| KeyRef::from(*id.as_bytes()));
        self.deleting = abandoned.filter(|key| !self.making.contains(key)).collect();
        Ok(self.deleting.iter().map(|key| KeyTask::Delete { key: *key }).collect())
    }

    /// Forgets the keys that there are no more, in the order of the tasks. The others are asked for
    /// again the next time.
    ///
    /// # Errors
    /// [`Error::KeyTasks`] where there are more or fewer outcomes than tasks; [`Error::Store`]
    pub fn keys_deleted(
        &mut self,
        outcomes: Vec<KeyOutcome>,
        rng: &mut dyn CryptoRng,
    ) -> Result<(), Error> {
        if outcomes.len() != self.deleting.len() {
            return Err(Error::KeyTasks);
        }
        let done = self.deleting.iter().zip(outcomes);
        let gone =
            done.filter(|(_, outcome)| matches!(outcome, KeyOutcome::Deleted | KeyOutcome::Gone));
        let changes = gone.fold(Changes::default(), |changes, (key, _)| {
            changes.delete(table::ABANDONED_KEYS, records::of_key(*key))
        });
        self.commit(changes.essential(), rng)?;
        self.deleting.clear();
        Ok(())
    }

    /// The keystore of desktops: does a task with private keys that are sealed records of the
    /// wallet. It asks nobody. A key whose record is damaged is gone: the document's next copy takes its
    /// place.
    ///
    /// # Errors
    /// [`Error::Store`]; what a key cannot do is in the outcome.
    pub fn perform(
        &mut self,
        task: &KeyTask,
        rng: &mut dyn CryptoRng,
    ) -> Result<KeyOutcome, Error> {
        match task {
            KeyTask::Create { key, policy } => {
                if self.has_key(*key)? {
                    return Ok(KeyOutcome::Declined);
                }
                let private = PrivateKey::generate(policy.curve, rng);
                let pem = private.to_pkcs8_pem().as_bytes().to_vec();
                let id = records::of_key(*key);
                self.commit_step(Changes::default().put(table::SOFTWARE_KEYS, id, None, pem), rng)?;
                Ok(KeyOutcome::Created(private.public_key(), Attestation::Software))
            }
            KeyTask::Sign { key, .. } | KeyTask::Agree { key, .. } => {
                let private = self.private_key(table::SOFTWARE_KEYS, records::of_key(*key));
                let private = records::readable(private)?;
                Ok(private.map_or(KeyOutcome::Gone, |private| private.perform(task)))
            }
            KeyTask::Delete { key } => {
                if !self.has_key(*key)? {
                    return Ok(KeyOutcome::Gone);
                }
                let id = records::of_key(*key);
                let changes = Changes::default().delete(table::SOFTWARE_KEYS, id);
                self.commit_step(changes.essential().erasing(), rng)?;
                Ok(KeyOutcome::Deleted)
            }
        }
    }

    /// Whether there is a record of the key, be it damaged: that key cannot be used, but it can be
    /// destroyed.
    fn has_key(&self, key: KeyRef) -> Result<bool, Error> {
        match self.private_key(table::SOFTWARE_KEYS, records::of_key(key)) {
            Err(Error::RecordDamaged) => Ok(true),
            read => Ok(read?.is_some()),
        }
    }

    /// A private key that is a record: PKCS #8 in PEM.
    ///
    /// # Errors
    /// [`Error::RecordDamaged`], [`Error::Store`]
    pub(crate) fn private_key(
        &self,
        table: Table,
        id: RecordId,
    ) -> Result<Option<PrivateKey>, Error> {
        let Some(pem) = self.store.read(table, id).map_err(records::sealed)? else {
            return Ok(None);
        };
        let pem = std::str::from_utf8(&pem).map_err(|_| Error::RecordDamaged)?;
        PrivateKey::from_pkcs8_pem(pem).map(Some).map_err(|_| Error::RecordDamaged)
    }
}

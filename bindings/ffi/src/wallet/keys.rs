//! Device keys, and what a keystore is to do.

use coffret_crypto::{KeyPolicy, KeyTask as CoreTask};

use super::Wallet;
use crate::call::randomness;
use crate::error::Result;
use crate::keys::{self, Curve, KeyOutcome, KeyTask};

#[uniffi::export]
impl Wallet {
    /// Asks for device keys, for an issuer to bind credentials to. What the keystore answers goes to
    /// [`Wallet::keys_ready`]. One request is waited for: another abandons it, be it for 0 keys, and
    /// so does locking.
    ///
    /// # Errors
    /// It is not open.
    pub fn new_keys(&self, count: u8, curve: Curve) -> Result<Vec<KeyTask>> {
        self.with(|wallet| {
            let policy = KeyPolicy { curve: curve.into() };
            Ok(keys::tasks(wallet.new_keys(count, policy, &mut randomness())?))
        })
    }

    /// Keeps the keys that were made until a credential comes for each, and gives their public keys:
    /// the DER of a SubjectPublicKeyInfo each.
    ///
    /// # Errors
    /// There are more or fewer outcomes than tasks; none was made.
    pub fn keys_ready(&self, outcomes: Vec<KeyOutcome>) -> Result<Vec<Vec<u8>>> {
        self.with(|wallet| {
            let made = wallet.keys_ready(keys::outcomes(outcomes)?, &mut randomness())?;
            Ok(made.iter().map(coffret_crypto::PublicKey::to_spki).collect())
        })
    }

    /// Gives up keys that wait for a credential which will not come, by their public keys as
    /// [`Wallet::keys_ready`] gave them. They are among [`Wallet::abandoned_keys`] then; keys that wait
    /// for none are left as they are.
    ///
    /// # Errors
    /// One of them is no public key; it is not open.
    pub fn abandon_keys(&self, public_keys: Vec<Vec<u8>>) -> Result<()> {
        self.with(|wallet| {
            let keys = public_keys.iter().map(|key| coffret_crypto::PublicKey::from_spki(key));
            let keys: Vec<_> = keys.collect::<std::result::Result<_, _>>()?;
            Ok(wallet.abandon_keys(&keys, &mut randomness())?)
        })
    }

    /// The keys that are not needed any more: what a keystore is to delete. What it answers goes to
    /// [`Wallet::keys_deleted`].
    ///
    /// # Errors
    /// It is not open.
    pub fn abandoned_keys(&self) -> Result<Vec<KeyTask>> {
        self.with(|wallet| Ok(keys::tasks(wallet.abandoned_keys()?)))
    }

    /// Forgets the keys that are deleted or gone.
    ///
    /// # Errors
    /// There are more or fewer outcomes than tasks.
    pub fn keys_deleted(&self, outcomes: Vec<KeyOutcome>) -> Result<()> {
        self.with(|wallet| Ok(wallet.keys_deleted(keys::outcomes(outcomes)?, &mut randomness())?))
    }

    /// The core's own keystore, for desktops: does tasks with private keys that are sealed records
    /// of the wallet. It asks nobody.
    ///
    /// # Errors
    /// What is wrong with a peer's key; it is not open.
    pub fn perform(&self, tasks: Vec<KeyTask>) -> Result<Vec<KeyOutcome>> {
        self.with(|wallet| {
            let tasks: Vec<_> = tasks.into_iter().map(CoreTask::try_from).collect::<Result<_>>()?;
            let done = tasks.iter().map(|task| wallet.perform(task, &mut randomness()));
            done.map(|outcome| Ok(outcome?.into())).collect()
        })
    }
}

use std::collections::HashMap;
use std::fmt;

use rand_core::CryptoRng;

use crate::{Curve, PrivateKey, PublicKey, SharedSecret};

/// The name of a key in a keystore. It says nothing of the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeyRef([u8; 16]);

impl KeyRef {
    /// A new name.
    pub fn random(rng: &mut dyn CryptoRng) -> KeyRef {
        let mut name = [0; 16];
        rng.fill_bytes(&mut name);
        KeyRef(name)
    }
}

/// What a keystore is to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyPolicy {
    /// The curve; [`Curve::algorithm`] says what its keys sign with.
    pub curve: Curve,
}

/// What is asked of the keystore that holds the private keys. It leaves as data, and its
/// [`KeyOutcome`] comes back as data: nothing waits meanwhile, not even for a person's finger.
#[derive(Clone, PartialEq, Eq)]
pub enum KeyTask {
    /// Make a key.
    Create {
        /// Its name from now on.
        key: KeyRef,
        /// What it is to be.
        policy: KeyPolicy,
    },
    /// Sign a message.
    Sign {
        /// The key to sign with.
        key: KeyRef,
        /// The message, not hashed.
        message: Vec<u8>,
    },
    /// Agree on a secret with a peer.
    Agree {
        /// The own key.
        key: KeyRef,
        /// The peer's key.
        peer: PublicKey,
    },
    /// Destroy a key.
    Delete {
        /// The key to destroy.
        key: KeyRef,
    },
}

impl fmt::Debug for KeyTask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            KeyTask::Create { .. } => "Create",
            KeyTask::Sign { .. } => "Sign([…])",
            KeyTask::Agree { .. } => "Agree([…])",
            KeyTask::Delete { .. } => "Delete",
        })
    }
}

/// What a keystore has done.
#[derive(PartialEq, Eq)]
pub enum KeyOutcome {
    /// The key is made.
    Created(PublicKey, Attestation),
    /// The signature, as [`PrivateKey::sign`] makes it.
    Signature(Vec<u8>),
    /// The secret agreed on.
    Secret(SharedSecret),
    /// The key is destroyed.
    Deleted,
    /// The person, or the keystore, would not. Nothing is used up.
    Declined,
    /// There is no such key any more.
    Gone,
}

impl fmt::Debug for KeyOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            KeyOutcome::Created(..) => "Created([…])",
            KeyOutcome::Signature(_) => "Signature([…])",
            KeyOutcome::Secret(_) => "Secret([…])",
            KeyOutcome::Deleted => "Deleted",
            KeyOutcome::Declined => "Declined",
            KeyOutcome::Gone => "Gone",
        })
    }
}

/// What a keystore says of where a key lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Attestation {
    /// In this program's memory.
    Software,
}

/// Keys in memory, for desktops and tests: the executor of [`KeyTask`]s that asks nobody.
#[derive(Default)]
pub struct SoftwareKeys(HashMap<KeyRef, PrivateKey>);

impl SoftwareKeys {
    /// Takes in a key that was made elsewhere.
    pub fn insert(&mut self, key: KeyRef, private: PrivateKey) {
        self.0.insert(key, private);
    }

    /// Does what is asked; declines what the key is not for.
    pub fn execute(&mut self, task: &KeyTask, rng: &mut dyn CryptoRng) -> KeyOutcome {
        match task {
            KeyTask::Create { key, policy } => {
                let private = PrivateKey::generate(policy.curve, rng);
                let public = private.public_key();
                self.insert(*key, private);
                KeyOutcome::Created(public, Attestation::Software)
            }
            KeyTask::Sign { key, message } => self.with(key, |private| {
                let algorithm = private.public_key().curve().algorithm()?;
                private.sign(algorithm, message).ok().map(KeyOutcome::Signature)
            }),
            KeyTask::Agree { key, peer } => {
                self.with(key, |private| private.agree(peer).ok().map(KeyOutcome::Secret))
            }
            KeyTask::Delete { key } => match self.0.remove(key) {
                Some(_) => KeyOutcome::Deleted,
                None => KeyOutcome::Gone,
            },
        }
    }

    fn with(
        &self,
        key: &KeyRef,
        does: impl FnOnce(&PrivateKey) -> Option<KeyOutcome>,
    ) -> KeyOutcome {
        match self.0.get(key) {
            Some(private) => does(private).unwrap_or(KeyOutcome::Declined),
            None => KeyOutcome::Gone,
        }
    }
}

impl fmt::Debug for SoftwareKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SoftwareKeys({})", self.0.len())
    }
}

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt;

use rand_core::CryptoRng;

use crate::{Curve, Error, PrivateKey, PublicKey, SharedSecret};

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

    /// The name, to be kept.
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl From<[u8; 16]> for KeyRef {
    /// A name that was kept.
    fn from(name: [u8; 16]) -> Self {
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
    /// Make a key. It is declined where the name is taken: a key is destroyed by `Delete` alone.
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

/// A signature as a keystore gives it: r ‖ s, or the 64 bytes of Ed25519.
///
/// One that comes from outside (`From<Vec<u8>>`) is verified by
/// [`cose::Unsigned::signed`](crate::cose::Unsigned::signed). A keystore is other people's code, and
/// only the reader would notice that another key has signed, when the copy is used up. A [`PrivateKey`]
/// of this program says which key signed what, and that is compared instead.
#[derive(Clone, PartialEq, Eq)]
pub struct Signature {
    bytes: Vec<u8>,
    own: Option<(PublicKey, Vec<u8>)>,
}

impl Signature {
    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Whether this program made it with this key over this message, in the key's own algorithm.
    pub(crate) fn is_own(&self, key: &PublicKey, message: &[u8]) -> bool {
        let own = self.own.as_ref();
        own.is_some_and(|(signer, signed)| signer == key && signed == message)
    }
}

impl From<Vec<u8>> for Signature {
    /// One that was made elsewhere.
    fn from(bytes: Vec<u8>) -> Self {
        Signature { bytes, own: None }
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signature([…])")
    }
}

/// What a keystore has done.
#[derive(PartialEq, Eq)]
pub enum KeyOutcome {
    /// The key is made.
    Created(PublicKey, Attestation),
    /// The message is signed.
    Signature(Signature),
    /// The secret agreed on.
    Secret(SharedSecret),
    /// The key is destroyed.
    Deleted,
    /// The person, or the keystore, would not. Nothing is used up.
    Declined,
    /// There is no such key any more.
    Gone,
    /// The task cannot be done, now or later: the key is not for it, or the peer's key is unfit.
    Failed(Error),
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
            KeyOutcome::Failed(error) => return write!(f, "Failed({error:?})"),
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

impl PrivateKey {
    /// Signs or agrees as a task asks, which names this key. Any other task is declined: it is for
    /// who keeps keys.
    pub fn perform(&self, task: &KeyTask) -> KeyOutcome {
        let done = match task {
            KeyTask::Sign { message, .. } => {
                let public = self.public_key();
                let algorithm = public.curve().algorithm();
                let signed = algorithm.and_then(|algorithm| self.sign(algorithm, message));
                signed.map(|bytes| {
                    let own = Some((public, message.clone()));
                    KeyOutcome::Signature(Signature { bytes, own })
                })
            }
            KeyTask::Agree { peer, .. } => self.agree(peer).map(KeyOutcome::Secret),
            KeyTask::Create { .. } | KeyTask::Delete { .. } => Ok(KeyOutcome::Declined),
        };
        done.unwrap_or_else(KeyOutcome::Failed)
    }
}

/// Keys in memory, for desktops and tests: the executor of [`KeyTask`]s that asks nobody.
#[derive(Default)]
pub struct SoftwareKeys(HashMap<KeyRef, PrivateKey>);

impl SoftwareKeys {
    /// Takes in a key that was made elsewhere, under a new name.
    pub fn insert(&mut self, private: PrivateKey, rng: &mut dyn CryptoRng) -> KeyRef {
        let key = KeyRef::random(rng);
        self.0.insert(key, private);
        key
    }

    /// Does what is asked.
    pub fn execute(&mut self, task: &KeyTask, rng: &mut dyn CryptoRng) -> KeyOutcome {
        match task {
            KeyTask::Create { key, policy } => match self.0.entry(*key) {
                Entry::Vacant(place) => {
                    let private = place.insert(PrivateKey::generate(policy.curve, rng));
                    KeyOutcome::Created(private.public_key(), Attestation::Software)
                }
                Entry::Occupied(_) => KeyOutcome::Declined,
            },
            KeyTask::Sign { key, .. } | KeyTask::Agree { key, .. } => match self.0.get(key) {
                Some(private) => private.perform(task),
                None => KeyOutcome::Gone,
            },
            KeyTask::Delete { key } => match self.0.remove(key) {
                Some(_) => KeyOutcome::Deleted,
                None => KeyOutcome::Gone,
            },
        }
    }
}

impl fmt::Debug for SoftwareKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SoftwareKeys({})", self.0.len())
    }
}

use std::sync::{Arc, Mutex, PoisonError};

use coffret_crypto::{self as crypto, Attestation, KeyPolicy, KeyRef, SharedSecret};

use crate::documents::opaque;
use crate::error::{Boundary, CoffretError, Result};
use crate::words::{KeyId, digest};

/// The curve of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Curve {
    /// NIST P-256, which every phone's keystore has: ES256 and ECDH.
    P256,
    /// NIST P-384: ES384 and ECDH.
    P384,
    /// NIST P-521: ES512 and ECDH.
    P521,
    /// Ed25519: EdDSA.
    Ed25519,
    /// X25519: agreement alone.
    X25519,
}

impl From<Curve> for crypto::Curve {
    fn from(curve: Curve) -> Self {
        match curve {
            Curve::P256 => crypto::Curve::P256,
            Curve::P384 => crypto::Curve::P384,
            Curve::P521 => crypto::Curve::P521,
            Curve::Ed25519 => crypto::Curve::Ed25519,
            Curve::X25519 => crypto::Curve::X25519,
        }
    }
}

impl From<crypto::Curve> for Curve {
    fn from(curve: crypto::Curve) -> Self {
        match curve {
            crypto::Curve::P256 => Curve::P256,
            crypto::Curve::P384 => Curve::P384,
            crypto::Curve::P521 => Curve::P521,
            crypto::Curve::Ed25519 => Curve::Ed25519,
            crypto::Curve::X25519 => Curve::X25519,
        }
    }
}

/// What the keystore that holds the private keys is to do. The outcomes go back together, in order.
#[derive(Clone, uniffi::Enum)]
pub enum KeyTask {
    /// Make a key. Declined where the name is taken.
    Create {
        /// Its name from now on.
        key: KeyId,
        /// Its curve.
        curve: Curve,
    },
    /// Sign a message, by the algorithm of the key's curve, which hashes it.
    Sign {
        /// The key.
        key: KeyId,
        /// The message.
        message: Vec<u8>,
    },
    /// Agree on a secret by ECDH.
    Agree {
        /// The own key.
        key: KeyId,
        /// The peer's public key: the DER of a SubjectPublicKeyInfo (RFC 5480 §2).
        peer: Vec<u8>,
    },
    /// Destroy a key.
    Delete {
        /// The key.
        key: KeyId,
    },
}

/// What a keystore has done. It prints nothing of it.
#[derive(uniffi::Enum)]
#[uniffi::export(Debug)]
pub enum KeyOutcome {
    /// The key is made.
    Created {
        /// Its public key: the DER of a SubjectPublicKeyInfo (RFC 5480 §2).
        public_key: Vec<u8>,
    },
    /// The message is signed.
    Signed {
        /// r ‖ s at full length (RFC 9053 §2.1), or the 64 bytes of Ed25519.
        signature: Vec<u8>,
    },
    /// The message is signed, as phones write signatures.
    SignedDer {
        /// The DER of an ECDSA-Sig-Value (RFC 5480, Appendix A).
        signature: Vec<u8>,
        /// The key's curve.
        curve: Curve,
    },
    /// The secret agreed on.
    Agreed {
        /// As many bytes as a coordinate has.
        secret: Vec<u8>,
        /// The keys' curve.
        curve: Curve,
    },
    /// The key is destroyed.
    Deleted,
    /// The person, or the keystore, would not. Nothing is used up: it may be asked again.
    Declined,
    /// There is no such key any more.
    Gone,
    /// The task cannot be done, now or later: the key is not for it.
    Failed,
    /// What the core's own keystore has done.
    Software {
        /// To be handed back as it is, once.
        outcome: Arc<SoftwareOutcome>,
    },
}

/// What the core's own keystore has done, a secret perhaps: it stays in the core.
#[derive(uniffi::Object)]
pub struct SoftwareOutcome(Mutex<Option<crypto::KeyOutcome>>);

impl From<crypto::KeyOutcome> for KeyOutcome {
    fn from(outcome: crypto::KeyOutcome) -> Self {
        KeyOutcome::Software { outcome: Arc::new(SoftwareOutcome(Mutex::new(Some(outcome)))) }
    }
}

impl From<KeyRef> for KeyId {
    fn from(key: KeyRef) -> Self {
        KeyId::of(data_encoding::HEXLOWER.encode(key.as_bytes()))
    }
}

impl From<&KeyId> for KeyRef {
    /// What the core has not named is a name all the same: of no key, or of an app's own.
    fn from(key: &KeyId) -> Self {
        KeyRef::from(key.bytes().unwrap_or_else(|| digest(key.0.as_bytes())))
    }
}

pub(crate) fn tasks(tasks: Vec<crypto::KeyTask>) -> Vec<KeyTask> {
    tasks.into_iter().map(KeyTask::from).collect()
}

pub(crate) fn outcomes(outcomes: Vec<KeyOutcome>) -> Result<Vec<crypto::KeyOutcome>> {
    outcomes.into_iter().map(KeyOutcome::read).collect()
}

impl From<crypto::KeyTask> for KeyTask {
    fn from(task: crypto::KeyTask) -> Self {
        match task {
            crypto::KeyTask::Create { key, policy } => {
                KeyTask::Create { key: key.into(), curve: policy.curve.into() }
            }
            crypto::KeyTask::Sign { key, message } => KeyTask::Sign { key: key.into(), message },
            crypto::KeyTask::Agree { key, peer } => {
                KeyTask::Agree { key: key.into(), peer: peer.to_spki() }
            }
            crypto::KeyTask::Delete { key } => KeyTask::Delete { key: key.into() },
        }
    }
}

impl TryFrom<KeyTask> for crypto::KeyTask {
    type Error = CoffretError;

    fn try_from(task: KeyTask) -> Result<crypto::KeyTask> {
        Ok(match task {
            KeyTask::Create { key, curve } => crypto::KeyTask::Create {
                key: (&key).into(),
                policy: KeyPolicy { curve: curve.into() },
            },
            KeyTask::Sign { key, message } => crypto::KeyTask::Sign { key: (&key).into(), message },
            KeyTask::Agree { key, peer } => crypto::KeyTask::Agree {
                key: (&key).into(),
                peer: crypto::PublicKey::from_spki(&peer)?,
            },
            KeyTask::Delete { key } => crypto::KeyTask::Delete { key: (&key).into() },
        })
    }
}

impl KeyOutcome {
    fn read(self) -> Result<crypto::KeyOutcome> {
        Ok(match self {
            KeyOutcome::Created { public_key } => crypto::KeyOutcome::Created(
                crypto::PublicKey::from_spki(&public_key)?,
                Attestation::Software,
            ),
            KeyOutcome::Signed { signature } => crypto::KeyOutcome::Signature(signature.into()),
            KeyOutcome::SignedDer { signature, curve } => {
                let signature = crypto::fixed_signature(curve.into(), &signature)?;
                crypto::KeyOutcome::Signature(signature.into())
            }
            KeyOutcome::Agreed { secret, curve } => {
                crypto::KeyOutcome::Secret(SharedSecret::new(curve.into(), secret)?)
            }
            KeyOutcome::Deleted => crypto::KeyOutcome::Deleted,
            KeyOutcome::Declined => crypto::KeyOutcome::Declined,
            KeyOutcome::Gone => crypto::KeyOutcome::Gone,
            KeyOutcome::Failed => crypto::KeyOutcome::Failed(crypto::Error::UnsupportedAlgorithm),
            KeyOutcome::Software { outcome } => {
                let taken = outcome.0.lock().unwrap_or_else(PoisonError::into_inner).take();
                taken.ok_or(Boundary::SpentOutcome)?
            }
        })
    }
}

opaque! { KeyOutcome }

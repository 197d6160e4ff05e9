//! Keys, signatures, key agreement, AEAD, COSE messages, key tasks.
//!
//! Received keys become a [`PublicKey`] or an error: a value of the type is a point of its curve; on
//! X25519, any 32 bytes. Every signature in the product, on a document or a certificate, is verified
//! by one function behind [`verify`] and [`verify_x509`]. [`cose`] reads and writes COSE_Sign1 and
//! COSE_Mac0. What a private key is to do leaves as a [`KeyTask`] and comes back as a
//! [`KeyOutcome`], whether the key lives in a phone's keystore or in [`SoftwareKeys`].
//!
//! It draws no randomness and knows no time, no trust and no documents; which certificate may sign
//! what is for `coffret-trust` to say.
//!
//! ```
//! use coffret_cbor::{Decode, Encoded};
//! use coffret_crypto::cose::{Payload, Sign1, Unsigned};
//! use coffret_crypto::{Algorithm, Curve, Error, PrivateKey};
//! # use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
//! # let mut rng = ChaCha20Rng::from_seed([0; 32]);
//!
//! let key = PrivateKey::generate(Curve::P256, &mut rng);
//! let unsigned = Unsigned::new(Algorithm::Es256, &[], Payload::Embedded(b"Bonjour"), b"");
//! let sent = Encoded::from(&unsigned.sign(&key)?);
//!
//! let received = Sign1::decode(sent.as_item())?;
//! received.verify(&key.public_key(), b"")?;
//! assert_eq!(received.payload(), Some(b"Bonjour".as_slice()));
//!
//! let stranger = PrivateKey::generate(Curve::P256, &mut rng).public_key();
//! assert_eq!(received.verify(&stranger, b""), Err(Error::InvalidSignature));
//! # Ok::<(), Error>(())
//! ```

pub mod aead;
mod agree;
mod algorithm;
mod assembler;
pub mod cose;
mod cose_key;
mod error;
mod jwk;
mod key;
pub mod password;
mod pkix;
mod sign;
mod task;
mod verify;
mod wiped;
#[cfg(test)]
mod wycheproof;

// The crates that all the curves are built on, in the versions that they are built on.
use p256::ecdsa::signature;
use p256::{elliptic_curve, pkcs8};

pub use agree::{SharedSecret, SymmetricKey, ident};
pub use algorithm::{Algorithm, Curve, Hash};
pub use error::Error;
pub use key::{PrivateKey, PublicKey};
pub use sign::fixed_signature;
pub use task::{Attestation, KeyOutcome, KeyPolicy, KeyRef, KeyTask, Signature, SoftwareKeys};
pub use verify::{verify, verify_x509};
pub use wiped::Wiped;

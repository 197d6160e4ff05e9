//! AES-256-GCM (NIST SP 800-38D) with nonces of 96 bits and tags of 128.

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit};

use crate::{Error, SymmetricKey, Wiped};

/// What is used once with a key.
pub type Nonce = [u8; 12];

/// Encrypts; the tag follows the ciphertext.
///
/// A nonce is used once with a key: a second use gives the key away.
///
/// # Errors
/// [`Error::Aead`] over 64 GiB.
pub fn seal(
    key: &SymmetricKey,
    nonce: &Nonce,
    associated_data: &[u8],
    plaintext: &[u8],
) -> Result<Vec<u8>, Error> {
    Aes256Gcm::new((&key.0).into())
        .encrypt(nonce.into(), Payload { msg: plaintext, aad: associated_data })
        .map_err(|_| Error::Aead)
}

/// Decrypts what [`seal`] has made.
///
/// # Errors
/// [`Error::Aead`]
pub fn open(
    key: &SymmetricKey,
    nonce: &Nonce,
    associated_data: &[u8],
    ciphertext: &[u8],
) -> Result<Wiped, Error> {
    Aes256Gcm::new((&key.0).into())
        .decrypt(nonce.into(), Payload { msg: ciphertext, aad: associated_data })
        .map(Wiped::from)
        .map_err(|_| Error::Aead)
}

//! What is in the file, sealed: AES-256-GCM over a padded plaintext.

use coffret_crypto::{SymmetricKey, Wiped, aead};
use rand_core::CryptoRng;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::Error;

/// The version of all of this, bound into what is sealed. The form of the file has a number of its
/// own, in [`migrate`](crate::migrate).
pub(crate) const SEALING: u32 = 1;

/// 32 random bytes that keys are derived from.
#[derive(Zeroize, ZeroizeOnDrop)]
pub(crate) struct Secret([u8; 32]);

impl Secret {
    pub(crate) fn random(rng: &mut dyn CryptoRng) -> Secret {
        let mut secret = Secret([0; 32]);
        rng.fill_bytes(&mut secret.0);
        secret
    }

    pub(crate) fn read(bytes: &[u8]) -> Option<Secret> {
        bytes.try_into().ok().map(Secret)
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    pub(crate) fn derive(&self, info: &[u8]) -> SymmetricKey {
        SymmetricKey::from(self.0).derive(info)
    }
}

/// A ciphertext, as long as [`padded`] says, and what opens it beside the key.
#[derive(Clone)]
pub(crate) struct Sealed {
    pub(crate) seal: Seal,
    pub(crate) body: Vec<u8>,
}

/// A nonce and a tag.
pub(crate) type Seal = [u8; NONCE + TAG];

/// 16 bytes drawn at random, or cut from a MAC.
pub(crate) type Id = [u8; 16];

pub(crate) fn random<const N: usize>(rng: &mut dyn CryptoRng) -> [u8; N] {
    let mut bytes = [0; N];
    rng.fill_bytes(&mut bytes);
    bytes
}

/// The first half of a MAC.
pub(crate) fn short(mac: [u8; 32]) -> Id {
    mac.first_chunk().copied().unwrap_or_default()
}

const NONCE: usize = 12;
const TAG: usize = 16;

impl Sealed {
    /// # Errors
    /// [`Error::Crypto`] over 64 GiB.
    pub(crate) fn new(
        key: &SymmetricKey,
        associated_data: &[u8],
        plaintext: &[u8],
        rng: &mut dyn CryptoRng,
    ) -> Result<Sealed, Error> {
        let nonce: aead::Nonce = random(rng);
        let mut body = aead::seal(key, &nonce, associated_data, &pad(plaintext))?;
        let tag = body.split_off(body.len().saturating_sub(TAG));
        let mut seal = [0; NONCE + TAG];
        seal.iter_mut().zip(nonce.iter().chain(&tag)).for_each(|(to, from)| *to = *from);
        Ok(Sealed { seal, body })
    }

    /// # Errors
    /// [`Error::Altered`]
    pub(crate) fn open(&self, key: &SymmetricKey, associated_data: &[u8]) -> Result<Wiped, Error> {
        let (nonce, tag) = self.seal.split_first_chunk().ok_or(Error::Altered)?;
        let ciphertext = [self.body.as_slice(), tag].concat();
        let padded = aead::open(key, nonce, associated_data, &ciphertext);
        unpad(padded.map_err(|_| Error::Altered)?)
    }
}

/// The plaintext, a byte 0x80, and zeros (ISO/IEC 7816-4).
fn pad(plaintext: &[u8]) -> Wiped {
    let length = padded(plaintext.len() + 1);
    let mut padded = Wiped::from(Vec::with_capacity(length));
    padded.extend_from_slice(plaintext);
    padded.push(0x80);
    padded.resize(length, 0);
    padded
}

fn unpad(mut padded: Wiped) -> Result<Wiped, Error> {
    let length = padded.iter().rposition(|byte| *byte != 0).ok_or(Error::Altered)?;
    if padded.get(length) != Some(&0x80) {
        return Err(Error::Altered);
    }
    padded.truncate(length);
    Ok(padded)
}

/// Padmé (PURBs, §4): at most an eighth more, and few different lengths.
fn padded(length: usize) -> usize {
    let exponent = length.max(2).ilog2();
    let kept = exponent.ilog2() + 1;
    let mask = (1 << (exponent - kept)) - 1;
    (length + mask) & !mask
}

#[cfg(test)]
mod tests;

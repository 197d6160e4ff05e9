use coffret_crypto::aead::{self, Nonce};
use coffret_crypto::{Hash, PrivateKey, PublicKey, SymmetricKey, Wiped};
use coffret_mdoc::SessionTranscript;

use crate::Error;

/// Which side of a session one is.
#[derive(Clone, Copy)]
pub(crate) enum Side {
    Reader,
    Device,
}

/// The keys of a session, as one side uses them (ISO 18013-5 §9.1.1.5). They are wiped when
/// dropped.
pub(crate) struct Channel {
    sealing: Way,
    opening: Way,
}

impl Channel {
    pub(crate) fn new(
        side: Side,
        own: &PrivateKey,
        peer: &PublicKey,
        transcript: &SessionTranscript,
    ) -> Result<Channel, Error> {
        let secret = own.agree(peer)?;
        let salt = Hash::Sha256.digest(transcript.tagged().as_bytes());
        let from_reader = Way { key: secret.derive(&salt, b"SKReader"), sender: 0, sent: 0 };
        let from_device = Way { key: secret.derive(&salt, b"SKDevice"), sender: 1, sent: 0 };
        let (sealing, opening) = match side {
            Side::Reader => (from_reader, from_device),
            Side::Device => (from_device, from_reader),
        };
        Ok(Channel { sealing, opening })
    }

    pub(crate) fn seal(&mut self, data: &[u8]) -> Result<Vec<u8>, Error> {
        let nonce = self.sealing.next()?;
        Ok(aead::seal(&self.sealing.key, &nonce, &[], data)?)
    }

    pub(crate) fn open(&mut self, data: &[u8]) -> Result<Wiped, Error> {
        let nonce = self.opening.next()?;
        Ok(aead::open(&self.opening.key, &nonce, &[], data)?)
    }
}

/// What one side sends under its key.
struct Way {
    key: SymmetricKey,
    sender: u8,
    /// Messages so far.
    sent: u32,
}

impl Way {
    /// The sender's identifier in 8 bytes, its counter from 1 in 4.
    fn next(&mut self) -> Result<Nonce, Error> {
        self.sent = self.sent.checked_add(1).ok_or(Error::SessionOver)?;
        let [a, b, c, d] = self.sent.to_be_bytes();
        Ok([0, 0, 0, 0, 0, 0, 0, self.sender, a, b, c, d])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_nonce_is_used_twice() {
        let mut way = Way { key: [0; 32].into(), sender: 1, sent: u32::MAX - 1 };
        assert_eq!(way.next(), Ok([0, 0, 0, 0, 0, 0, 0, 1, 255, 255, 255, 255]));
        assert_eq!(way.next(), Err(Error::SessionOver));
        assert_eq!(way.next(), Err(Error::SessionOver));
    }
}

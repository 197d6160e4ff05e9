use coffret_cbor::{Encoded, Item, Received};
use coffret_crypto::{Curve, PrivateKey, PublicKey, Wiped};
use coffret_mdoc::{Handover, SessionTranscript};
use rand_core::CryptoRng;

use crate::channel::{Channel, Side};
use crate::{DeviceEngagement, Error, Session};

/// A holder that shows its engagement and waits for a reader.
///
/// ISO 18013-5's order: engagement, then the reader's `SessionEstablishment`.
#[derive(Debug)]
pub struct Engaged {
    e_device_key: PrivateKey,
    engagement: DeviceEngagement,
}

impl Engaged {
    /// With a new key on P-256.
    ///
    /// # Errors
    /// None that a new key can cause.
    pub fn new(rng: &mut dyn CryptoRng) -> Result<Engaged, Error> {
        let e_device_key = PrivateKey::generate(Curve::P256, rng);
        let engagement = DeviceEngagement::new(&e_device_key.public_key())?;
        Ok(Engaged { e_device_key, engagement })
    }

    /// What to show.
    pub fn engagement(&self) -> &DeviceEngagement {
        &self.engagement
    }

    /// The session, and the `DeviceRequest` that began it.
    ///
    /// ```cddl
    /// SessionEstablishment = { "eReaderKey": EReaderKeyBytes, "data": bstr, * tstr => any }
    /// EReaderKeyBytes = #6.24(bstr .cbor COSE_Key)
    /// ```
    /// ISO 18013-5 §9.1.1.4
    ///
    /// # Errors
    /// What is wrong with the form or the key, or what does not decrypt. There is no session then,
    /// and no other can begin from this engagement; [`Error::status`] says what to send back.
    pub fn establish(self, session_establishment: &[u8]) -> Result<(Session, Wiped), Error> {
        let map = Item::parse(session_establishment)?.map()?;
        let e_reader_key = Received::<PublicKey>::embedded(map.require("eReaderKey")?)?;
        let data = map.require("data")?.byte_string()?;
        let transcript = transcript(&self.engagement, e_reader_key.encoded())?;
        let mut channel =
            Channel::new(Side::Device, &self.e_device_key, &e_reader_key, &transcript)?;
        let request = channel.open(&data)?;
        Ok((Session::new(transcript, None, channel), request))
    }
}

/// A reader that has read an engagement and is about to send its request.
///
/// The transcript is known before the request is: reader authentication signs it.
#[derive(Debug)]
pub struct Establishing {
    e_reader_key: Encoded,
    session: Session,
}

impl Establishing {
    /// With a new key on the curve of the engagement's.
    ///
    /// # Errors
    /// [`Error::Crypto`] for an engagement's key that does not agree on secrets.
    pub fn new(
        engagement: &DeviceEngagement,
        rng: &mut dyn CryptoRng,
    ) -> Result<Establishing, Error> {
        let peer = engagement.e_device_key();
        let key = PrivateKey::generate(peer.curve(), rng);
        let e_reader_key = Encoded::embedded(&key.public_key().to_cose());
        let transcript = transcript(engagement, e_reader_key.clone())?;
        let channel = Channel::new(Side::Reader, &key, peer, &transcript)?;
        Ok(Establishing { e_reader_key, session: Session::new(transcript, Some(key), channel) })
    }

    /// What the reader signs its request for.
    pub fn transcript(&self) -> &SessionTranscript {
        self.session.transcript()
    }

    /// The session, and the `SessionEstablishment` that carries `request`, a `DeviceRequest`.
    ///
    /// # Errors
    /// [`Error::Crypto`] over 64 GiB.
    pub fn establish(mut self, request: &[u8]) -> Result<(Session, Vec<u8>), Error> {
        let sealed = self.session.encrypt(request)?;
        let members = [("eReaderKey", self.e_reader_key), ("data", Encoded::bytes(&sealed))];
        Ok((self.session, Encoded::map(members).into_bytes()))
    }
}

fn transcript(
    engagement: &DeviceEngagement,
    e_reader_key: Encoded,
) -> Result<SessionTranscript, Error> {
    let engagement = engagement.tagged().clone();
    Ok(SessionTranscript::new(Some(engagement), Some(e_reader_key), &Handover::Qr)?)
}

//! The device and the session of one cell, fresh in each.

use std::rc::Rc;

use coffret_cbor::{Encoded, Value};
use coffret_crypto::{Curve, KeyRef, PrivateKey, PublicKey, SoftwareKeys};
use coffret_mdoc::SessionTranscript;
use rand_core::CryptoRng;
use serde_json::Value as Json;

use crate::party::Fault;

/// A holder's key.
pub(crate) struct Device {
    pub(crate) keys: SoftwareKeys,
    pub(crate) key: KeyRef,
    pub(crate) public: PublicKey,
    /// Private.
    pub(crate) jwk: Json,
}

impl Device {
    pub(crate) fn new(rng: &mut dyn CryptoRng) -> Result<Device, Fault> {
        let private = PrivateKey::generate(Curve::P256, rng);
        let (public, jwk) = (private.public_key(), private.to_jwk().parse()?);
        let mut keys = SoftwareKeys::default();
        let key = keys.insert(private, rng);
        Ok(Device { keys, key, public, jwk })
    }
}

/// A reader's ephemeral key and a transcript that holds it.
pub(crate) struct Session {
    pub(crate) reader_key: Rc<PrivateKey>,
    pub(crate) transcript: SessionTranscript,
    /// `SessionTranscript`, the bare array.
    pub(crate) bytes: Vec<u8>,
}

impl Session {
    pub(crate) fn new(rng: &mut dyn CryptoRng) -> Result<Session, Fault> {
        Session::with(Rc::new(PrivateKey::generate(Curve::P256, rng)), rng)
    }

    /// The same reader meets another device.
    pub(crate) fn another(&self, rng: &mut dyn CryptoRng) -> Result<Session, Fault> {
        Session::with(Rc::clone(&self.reader_key), rng)
    }

    fn with(reader_key: Rc<PrivateKey>, rng: &mut dyn CryptoRng) -> Result<Session, Fault> {
        let device_key = PrivateKey::generate(Curve::P256, rng).public_key();
        let parts = [engagement(&device_key), reader_key.public_key().to_cose()];
        let parts = parts.iter().map(Encoded::embedded).chain([Encoded::from(&Value::Null)]);
        let bytes = Encoded::array(parts).into_bytes();
        Ok(Session { reader_key, transcript: SessionTranscript::parse(&bytes)?, bytes })
    }
}

/// `DeviceEngagement` by QR code, without a retrieval method (ISO 18013-5 §8.2.1.1).
fn engagement(device_key: &PublicKey) -> Encoded {
    const CIPHER_SUITE: u64 = 1;
    let security = [CIPHER_SUITE.into(), Encoded::embedded(&device_key.to_cose())];
    Encoded::map([(0_u64, "1.0".into()), (1, Encoded::array(security))])
}

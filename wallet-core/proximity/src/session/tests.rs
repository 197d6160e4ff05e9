//! The session of ISO 18013-5 Annex D.

use coffret_crypto::{PrivateKey, PublicKey};
use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};

use super::*;
use crate::channel::Side;

struct AnnexD(Value);

impl AnnexD {
    fn load() -> Option<AnnexD> {
        Some(AnnexD(coffret_published::json("annex_d/annex_d.json")?))
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        coffret_published::hex(&self.0[name])
    }

    fn private(&self, name: &str) -> PrivateKey {
        let member = |part| BASE64URL_NOPAD.encode(&self.bytes(&format!("{name}_{part}")));
        let (x, y, d) = (member("x"), member("y"), member("d"));
        PrivateKey::from_jwk(&json!({"kty": "EC", "crv": "P-256", "x": x, "y": y, "d": d})).unwrap()
    }

    fn session(&self, side: Side, own: &str, peer: &PublicKey) -> Session {
        let transcript = SessionTranscript::parse(&self.bytes("session_transcript_bytes")).unwrap();
        let channel = Channel::new(side, &self.private(own), peer, &transcript).unwrap();
        Session::new(transcript, None, channel)
    }
}

#[test]
fn annex_d() {
    let Some(annex_d) = AnnexD::load() else { return };
    let device = annex_d.private("ephemeral_device_key").public_key();
    let reader = annex_d.private("ephemeral_reader_key").public_key();
    let mut holder = annex_d.session(Side::Device, "ephemeral_device_key", &reader);
    let mut reader = annex_d.session(Side::Reader, "ephemeral_reader_key", &device);

    let sent = reader.encrypt(&annex_d.bytes("device_request")).unwrap();
    let establishment = annex_d.bytes("session_establishment");
    assert!(establishment.ends_with(&sent));
    let received = holder.open(&establishment).unwrap();
    assert_eq!(*received.data.unwrap(), annex_d.bytes("device_request"));

    let sent = holder.seal(&annex_d.bytes("device_response")).unwrap();
    assert_eq!(sent, annex_d.bytes("session_data"));
    let received = reader.open(&sent).unwrap();
    assert_eq!(*received.data.unwrap(), annex_d.bytes("device_response"));

    let sent = reader.end(Status::Termination);
    assert_eq!(sent, annex_d.bytes("session_termination"));
    let received = holder.open(&sent).unwrap();
    assert_eq!((received.data, received.status), (None, Some(Status::Termination)));
    assert_eq!(holder.open(&sent).unwrap_err(), Error::SessionOver);
}

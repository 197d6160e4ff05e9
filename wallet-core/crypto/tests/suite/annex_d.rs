//! The cryptographic values of ISO 18013-5 Annex D.

use coffret_cbor::{Decode, Item};
use coffret_crypto::aead::open;
use coffret_crypto::cose::{Mac0, Sign1};
use coffret_crypto::{Algorithm, Curve, Hash, PrivateKey, PublicKey, SharedSecret, SymmetricKey};
use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};

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

    fn symmetric(&self, name: &str) -> SymmetricKey {
        <[u8; 32]>::try_from(self.bytes(name)).unwrap().into()
    }

    fn shared(&self, name: &str) -> SharedSecret {
        SharedSecret::new(Curve::P256, self.bytes(name)).unwrap()
    }

    /// The key of a certificate whose key is on P-256.
    fn certified(&self, name: &str) -> PublicKey {
        const SPKI: &[u8] = b"\x30\x59\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01";
        let der = self.bytes(name);
        let start = der.windows(SPKI.len()).position(|window| window == SPKI).unwrap();
        PublicKey::from_spki(&der[start..start + 91]).unwrap()
    }
}

#[test]
fn session_keys() {
    let Some(annex_d) = AnnexD::load() else { return };
    let device = annex_d.private("ephemeral_device_key");
    let reader = annex_d.private("ephemeral_reader_key");
    let salt = Hash::Sha256.digest(&annex_d.bytes("session_transcript_bytes"));
    assert_eq!(salt, annex_d.bytes("session_key_salt"));

    for zab in [device.agree(&reader.public_key()), reader.agree(&device.public_key())] {
        let zab = zab.unwrap();
        assert_eq!(zab, annex_d.shared("shared_secret_zab"));
        assert_eq!(zab.derive(&salt, b"SKReader"), annex_d.symmetric("sk_reader"));
        assert_eq!(zab.derive(&salt, b"SKDevice"), annex_d.symmetric("sk_device"));
    }
}

/// ISO 18013-5 §9.1.1.5: the nonce is an identifier of the sender and a counter from 1.
#[test]
fn session_data() {
    let Some(annex_d) = AnnexD::load() else { return };
    for (message, key, sender, plaintext) in [
        ("session_establishment", "sk_reader", 0, "device_request"),
        ("session_data", "sk_device", 1, "device_response"),
    ] {
        let message = annex_d.bytes(message);
        let data = Item::parse(&message).unwrap().map().unwrap().require("data").unwrap();
        let data = data.byte_string().unwrap();
        let nonce = [0, 0, 0, 0, 0, 0, 0, sender, 0, 0, 0, 1];
        let opened = open(&annex_d.symmetric(key), &nonce, b"", &data);
        assert_eq!(*opened.unwrap(), annex_d.bytes(plaintext));
    }
}

#[test]
fn issuer_signature() {
    let Some(annex_d) = AnnexD::load() else { return };
    let bytes = annex_d.bytes("issuer_auth");
    let signed = Sign1::decode(Item::parse(&bytes).unwrap()).unwrap();
    assert_eq!(signed.algorithm(), Ok(Algorithm::Es256));
    assert_eq!(signed.x5chain(), [annex_d.bytes("ds_cert")]);
    signed.verify(&annex_d.certified("ds_cert"), b"").unwrap();
}

#[test]
fn reader_signature() {
    let Some(annex_d) = AnnexD::load() else { return };
    let bytes = annex_d.bytes("reader_auth");
    let signed = Sign1::decode(Item::parse(&bytes).unwrap()).unwrap();
    assert_eq!(signed.x5chain(), [annex_d.bytes("reader_cert")]);
    let payload = annex_d.bytes("reader_authentication_bytes");
    signed.verify_detached(&annex_d.certified("reader_cert"), &payload, b"").unwrap();
}

#[test]
fn device_mac() {
    let Some(annex_d) = AnnexD::load() else { return };
    let device = annex_d.private("static_device_key");
    let reader = annex_d.private("ephemeral_reader_key");
    let salt = annex_d.bytes("session_key_salt");
    let expected = annex_d.symmetric("e_mac_key");

    for secret in [device.agree(&reader.public_key()), reader.agree(&device.public_key())] {
        let secret = secret.unwrap();
        assert_eq!(secret, annex_d.shared("mac_shared_secret"));
        assert_eq!(secret.derive(&salt, b"EMacKey"), expected);
    }

    let bytes = annex_d.bytes("device_auth_mac");
    let device_auth = Item::parse(&bytes).unwrap().map().unwrap();
    let mac = Mac0::decode(device_auth.require("deviceMac").unwrap()).unwrap();
    let payload = annex_d.bytes("device_authentication_bytes");
    mac.verify_detached(&expected, &payload, b"").unwrap();
}

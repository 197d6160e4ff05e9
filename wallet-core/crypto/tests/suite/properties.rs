//! What is written is read again, and no input is more than refused.

use coffret_cbor::{Decode, Encoded, Item};
use coffret_crypto::aead::{open, seal};
use coffret_crypto::cose::{Mac0, Payload, Sign1, Unsigned};
use coffret_crypto::{Curve, PrivateKey, PublicKey, SymmetricKey};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::Value;

fn private(curve: Curve) -> impl Strategy<Value = PrivateKey> {
    any::<[u8; 32]>()
        .prop_map(move |seed| PrivateKey::generate(curve, &mut ChaCha20Rng::from_seed(seed)))
}

fn any_private() -> impl Strategy<Value = PrivateKey> {
    prop_oneof![
        private(Curve::P256),
        private(Curve::P384),
        private(Curve::P521),
        private(Curve::Ed25519),
        private(Curve::X25519),
    ]
}

fn signing() -> impl Strategy<Value = PrivateKey> {
    prop_oneof![private(Curve::P256), private(Curve::P384), private(Curve::Ed25519)]
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), 0..64)
}

fn payload(embedded: bool, payload: &[u8]) -> Payload<'_> {
    if embedded { Payload::Embedded(payload) } else { Payload::Detached(payload) }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 32,
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn keys(own in any_private()) {
        let public = own.public_key();
        prop_assert_eq!(&PublicKey::from_cose(public.to_cose().as_item()).unwrap(), &public);
        prop_assert_eq!(&PublicKey::from_jwk(&public.to_jwk()).unwrap(), &public);
        prop_assert_eq!(&PublicKey::from_spki(&public.to_spki()).unwrap(), &public);
        let jwk: Value = own.to_jwk().parse().unwrap();
        prop_assert_eq!(&PrivateKey::from_jwk(&jwk).unwrap().public_key(), &public);
        let pem = own.to_pkcs8_pem();
        prop_assert_eq!(&PrivateKey::from_pkcs8_pem(&pem).unwrap().public_key(), &public);
    }

    /// A compressed point is the point.
    #[test]
    fn compressed_keys(own in private(Curve::P256)) {
        let public = own.public_key();
        let spki = public.to_spki();
        let (x, y) = spki[spki.len() - 64..].split_at(32);
        let compressed = Encoded::map([
            (1i64, 2i64.into()),
            (-1, 1i64.into()),
            (-2, Encoded::bytes(x)),
            (-3, (y[31] % 2 == 1).into()),
        ]);
        prop_assert_eq!(PublicKey::from_cose(compressed.as_item()).unwrap(), public);
    }

    #[test]
    fn sign1(
        own in signing(),
        chain in vec(bytes(), 0..3),
        content in bytes(),
        embedded: bool,
        aad in bytes(),
    ) {
        let algorithm = own.public_key().curve().algorithm().unwrap();
        let chain: Vec<_> = chain.iter().map(Vec::as_slice).collect();
        let unsigned = Unsigned::new(algorithm, &chain, payload(embedded, &content), &aad);
        let sent = Encoded::from(&unsigned.sign(&own).unwrap());
        let received = Sign1::decode(Item::parse(sent.as_bytes()).unwrap()).unwrap();
        let verified = match received.payload() {
            Some(payload) if payload == content => received.verify(&own.public_key(), &aad),
            _ => received.verify_detached(&own.public_key(), &content, &aad),
        };
        prop_assert_eq!(verified, Ok(()));
        prop_assert_eq!(received.payload().is_some(), embedded);
        prop_assert_eq!(received.x5chain(), chain);
        prop_assert_eq!(Encoded::from(&received), sent);
    }

    #[test]
    fn mac0(key: [u8; 32], content in bytes(), embedded: bool, aad in bytes()) {
        let key = SymmetricKey::from(key);
        let sent = Encoded::from(&Mac0::new(&key, payload(embedded, &content), &aad));
        let received = Mac0::decode(Item::parse(sent.as_bytes()).unwrap()).unwrap();
        let verified = match received.payload() {
            Some(payload) if payload == content => received.verify(&key, &aad),
            _ => received.verify_detached(&key, &content, &aad),
        };
        prop_assert_eq!(verified, Ok(()));
        prop_assert_eq!(Encoded::from(&received), sent);
    }

    #[test]
    fn sealed(key: [u8; 32], nonce: [u8; 12], aad in bytes(), plaintext in bytes()) {
        let key = SymmetricKey::from(key);
        let sealed = seal(&key, &nonce, &aad, &plaintext).unwrap();
        prop_assert_eq!(open(&key, &nonce, &aad, &sealed), Ok(plaintext.into()));
    }

    /// No bit of a signed message can change and the message still say something else.
    #[test]
    fn altered(own in private(Curve::P256), place: prop::sample::Index, bit in 0u8..8) {
        let payload = Payload::Embedded(b"payload");
        let algorithm = own.public_key().curve().algorithm().unwrap();
        let signed = Unsigned::new(algorithm, &[b"leaf"], payload, b"").sign(&own).unwrap();
        let mut bytes = Encoded::from(&signed).into_bytes();
        let place = place.index(bytes.len());
        bytes[place] ^= 1 << bit;
        let received = Item::parse(&bytes).ok().and_then(|item| Sign1::decode(item).ok());
        if let Some(received) = received
            && received.verify(&own.public_key(), b"").is_ok()
        {
            prop_assert_eq!(received.payload(), signed.payload());
        }
    }

    #[test]
    fn nothing_panics(bytes in vec(any::<u8>(), 0..256)) {
        for curve in [Curve::P256, Curve::P384, Curve::P521, Curve::Ed25519, Curve::X25519] {
            let _ = PublicKey::from_point(curve, &bytes);
        }
        let _ = PublicKey::from_spki(&bytes);
        let _ = PrivateKey::from_pkcs8_pem(&String::from_utf8_lossy(&bytes));
        let _ = open(&SymmetricKey::from([0; 32]), &[0; 12], b"", &bytes);
        if let Ok(item) = Item::parse(&bytes) {
            let _ = (PublicKey::from_cose(item), Sign1::decode(item), Mac0::decode(item));
        }
    }
}

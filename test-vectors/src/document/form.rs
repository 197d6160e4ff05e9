//! Whom the signer leads to; keys, COSE and CBOR.

use coffret_cbor::{Encoded, Simple, Value};
use coffret_crypto::{Curve, PrivateKey};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use super::{Stage, flip};
use crate::case::jwk;
use crate::plan::{NAMESPACE, member, nth, remove, set, tdate};

/// The codes, what is done, how.
pub(super) const REFUSED: [(&[&str], &str, Stage); 31] = [
    (&["untrusted-issuer"], "no anchor", |scene, _| scene.issuers.clear()),
    (&["untrusted-issuer"], "another of its name", |scene, world| {
        scene.issuers = vec![world.stranger.issuer.certificate()];
    }),
    (&["untrusted-issuer"], "an authority of readers", |scene, world| {
        scene.issuers = vec![world.pki.reader_authority.certificate()];
    }),
    (&["certificate-missing"], "no x5chain", |scene, _| {
        scene.plan.issuer_auth = |auth| *nth(auth, 1) = Value::Map(Vec::new());
    }),
    (&["certificate-malformed"], "bytes after the certificate", |scene, _| {
        scene.plan.issuer_auth = |auth| {
            if let Value::Bytes(certificate) = member(nth(auth, 1), Value::Unsigned(33)) {
                certificate.push(0);
            }
        };
    }),
    (&["unsupported-curve"], "a device key on secp256k1", |scene, _| {
        scene.plan.mso = |mso| *device_key(mso, -1) = Value::Unsigned(8);
    }),
    (&["unsupported-key-type"], "a symmetric device key", |scene, _| {
        scene.plan.mso = |mso| *device_key(mso, 1) = Value::Unsigned(4);
    }),
    (&["key-malformed"], "a coordinate of 31 bytes", |scene, _| {
        scene.plan.mso = |mso| *device_key(mso, -2) = Value::Bytes(vec![1; 31]);
    }),
    (&["point-not-on-curve"], "a coordinate changed", |scene, _| {
        scene.plan.mso = |mso| flip(device_key(mso, -2));
    }),
    (&["private-key-exposed"], "a device key with its d", |scene, _| {
        scene.plan.mso = |mso| *device_key(mso, -4) = Value::Bytes(vec![1; 32]);
    }),
    (&["unsupported-algorithm"], "RS256", |scene, _| {
        scene.plan.issuer_auth =
            |auth| *nth(auth, 0) = Value::Bytes(b"\xa1\x01\x39\x01\x00".into());
    }),
    (&["algorithm-key-mismatch"], "ES384 with a key on P-256", |scene, _| {
        scene.plan.issuer_auth = |auth| *nth(auth, 0) = Value::Bytes(b"\xa1\x01\x38\x22".into());
    }),
    (&["cose-malformed"], "an array of three", |scene, _| {
        scene.plan.issuer_auth = |auth| {
            if let Value::Array(members) = auth {
                members.pop();
            }
        };
    }),
    (&["cose-header-malformed"], "an array for a header", |scene, _| {
        scene.plan.issuer_auth = |auth| *nth(auth, 1) = Value::Array(Vec::new());
    }),
    (&["cose-header-in-both"], "alg in both headers", |scene, _| {
        scene.plan.issuer_auth =
            |auth| *member(nth(auth, 1), Value::Unsigned(1)) = Value::Negative(6);
    }),
    (&["cose-critical-unknown"], "a critical label 99", |scene, _| {
        scene.plan.issuer_auth = |auth| {
            let protected = b"\xa3\x01\x26\x02\x81\x18\x63\x18\x63\xf5";
            *nth(auth, 0) = Value::Bytes(protected.into());
        };
    }),
    (&["cose-algorithm-not-protected"], "alg moved out", |scene, _| {
        scene.plan.issuer_auth = |auth| {
            *nth(auth, 0) = Value::Bytes(Vec::new());
            *member(nth(auth, 1), Value::Unsigned(1)) = Value::Negative(6);
        };
    }),
    (&["cose-x5chain-malformed"], "an array of none", |scene, _| {
        scene.plan.issuer_auth = |auth| {
            *member(nth(auth, 1), Value::Unsigned(33)) = Value::Array(Vec::new());
        };
    }),
    (&["cose-payload-detached"], "nil for what was signed", |scene, _| {
        scene.plan.issuer_auth = |auth| *nth(auth, 2) = Value::Null;
    }),
    (&["cose-payload-embedded"], "a payload in the device's", |scene, _| {
        scene.plan.device_signed = |signed| {
            let signature = member(member(signed, "deviceAuth"), "deviceSignature");
            *nth(signature, 2) = Value::Bytes(b"payload".into());
        };
    }),
    (&["agreement-mismatch"], "a MAC with a key on P-384", |scene, world| {
        scene.mac(world);
        scene.plan.mso = |mso| {
            let mut rng = ChaCha20Rng::from_seed([3; 32]);
            let key = PrivateKey::generate(Curve::P384, &mut rng).public_key();
            set(member(mso, "deviceKeyInfo"), "deviceKey", key.to_cose().as_item().value());
        };
    }),
    (&["shared-secret-zero"], "a device key of small order", |scene, world| {
        let mut rng = ChaCha20Rng::from_seed([4; 32]);
        let key = PrivateKey::generate(Curve::X25519, &mut rng);
        scene.mac(world);
        scene.reader_key = Some(jwk(&key));
        let key = Encoded::embedded(&key.public_key().to_cose());
        scene.transcript =
            Some(Encoded::array([Encoded::null(), key, Encoded::null()]).into_bytes());
        scene.plan.mso = |mso| {
            let mut key = Value::Map(Vec::new());
            *member(&mut key, Value::Unsigned(1)) = Value::Unsigned(1);
            *member(&mut key, Value::Negative(0)) = Value::Unsigned(4);
            *member(&mut key, Value::Negative(1)) = Value::Bytes(vec![0; 32]);
            set(member(mso, "deviceKeyInfo"), "deviceKey", key);
        };
    }),
    (&["key-pair-mismatch"], "a reader's key whose halves differ", |scene, world| {
        scene.mac(world);
        let mut key = jwk(&world.e_reader_key);
        key["d"] = jwk(&world.e_device_key)["d"].clone();
        scene.reader_key = Some(key);
    }),
    (&["cbor-wrong-type"], "an element's name in bytes", |scene, _| {
        scene.plan.item = |item| set(item, "elementIdentifier", Value::Bytes(vec![1]));
    }),
    (&["cbor-wrong-tag"], "an item that is not embedded", |scene, _| {
        scene.plan.issuer_signed = |signed| {
            let items = member(member(signed, "nameSpaces"), NAMESPACE);
            *nth(items, 0) = Value::Map(Vec::new());
        };
    }),
    (&["cbor-wrong-tag"], "a date without its tag", |scene, _| {
        scene.plan.mso = |mso| set(member(mso, "validityInfo"), "signed", "2026-11-22T00:00:00Z");
    }),
    (&["cbor-missing-key"], "no digestID", |scene, _| {
        scene.plan.item = |item| remove(item, "digestID");
    }),
    (&["cbor-simple-value"], "an undefined element", |scene, _| {
        scene.plan.item = |item| set(item, "elementValue", Value::Simple(Simple::UNDEFINED));
    }),
    (&["cbor-invalid-tdate"], "a day for a moment", |scene, _| {
        scene.plan.mso = |mso| set(member(mso, "validityInfo"), "signed", tdate("2026-11-22"));
    }),
    (&["cbor-trailing-bytes"], "a byte after the response", |scene, _| {
        scene.bytes = |bytes| bytes.push(0);
    }),
    (&["cbor-truncated"], "a byte less", |scene, _| {
        scene.bytes = |bytes| {
            bytes.pop();
        };
    }),
];

fn device_key(mso: &mut Value, label: i64) -> &mut Value {
    let label = Encoded::from(label).as_item().value();
    member(member(member(mso, "deviceKeyInfo"), "deviceKey"), label)
}

//! COSE messages and keys by themselves, as other formats use them.

use coffret_cbor::{Encoded, Value};
use coffret_crypto::cose::{Mac0, Payload, Unsigned};
use coffret_crypto::{Algorithm, Curve, PrivateKey, SymmetricKey};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::json;

use crate::case::{Case, File, hex};
use crate::plan::{Edit, nth};

const CONTENT: &[u8] = "Je me souviens".as_bytes();
const AAD: &[u8] = b"aad";
const MAC_KEY: [u8; 32] = [5; 32];

pub(crate) fn file() -> File {
    let signed = [
        ("ES256", Algorithm::Es256, Curve::P256),
        ("ES384", Algorithm::Es384, Curve::P384),
        ("ES512", Algorithm::Es512, Curve::P521),
        ("EdDSA", Algorithm::EdDsa, Curve::Ed25519),
    ]
    .map(|(name, algorithm, curve)| sign1(Case::valid(name), algorithm, &key(curve), |_| {}));
    let mut cases: Vec<Case> = signed.into();
    let es256 = |case, edit| sign1(case, Algorithm::Es256, &key(Curve::P256), edit);
    cases.push(es256(
        Case::refused("signature-invalid: another payload", &["signature-invalid"]),
        |m| {
            *nth(m, 2) = Value::Bytes(b"Je me souviens pas".into());
        },
    ));
    cases.push(es256(Case::refused("signature-invalid: DER", &["signature-invalid"]), |m| {
        *nth(m, 3) = Value::Bytes(vec![0x30; 70]);
    }));
    cases.push(es256(Case::refused("signature-invalid: zeros", &["signature-invalid"]), |m| {
        *nth(m, 3) = Value::Bytes(vec![0; 64]);
    }));
    cases.push(es256(Case::valid("tag 18"), |m| *m = Value::Tag(18, Box::new(m.clone()))));
    cases.push(es256(
        Case::refused("cbor-wrong-tag: tag 17 for a signature", &["cbor-wrong-tag"]),
        |m| {
            *m = Value::Tag(17, Box::new(m.clone()));
        },
    ));
    cases.push(mac0(Case::valid("HMAC 256/256"), |_| {}));
    cases.push(mac0(Case::refused("mac-invalid: a tag cut to 16 bytes", &["mac-invalid"]), |m| {
        if let Value::Bytes(tag) = nth(m, 3) {
            tag.truncate(16);
        }
    }));
    cases.push(mac0(
        Case::refused("unsupported-algorithm: HMAC 256/64", &["unsupported-algorithm"]),
        |m| {
            *nth(m, 0) = Value::Bytes(b"\xa1\x01\x04".into());
        },
    ));
    cases.extend(KEYS.map(|(code, name, cose_key)| {
        let case = match code {
            None => Case::valid(name),
            Some(code) => Case::refused(&format!("{code}: {name}"), &[code]),
        };
        case.input("kind", "key").input("message", cose_key)
    }));
    File { name: "cose.json", about: "COSE_Sign1, COSE_Mac0 and COSE_Key by themselves.", cases }
}

fn key(curve: Curve) -> PrivateKey {
    PrivateKey::generate(curve, &mut ChaCha20Rng::from_seed([9; 32]))
}

fn sign1(case: Case, algorithm: Algorithm, key: &PrivateKey, edit: Edit) -> Case {
    let message = Unsigned::new(algorithm, &[], Payload::Embedded(CONTENT), AAD).sign(key);
    let message = Encoded::from(&message.expect("a key that fits"));
    message_case(case, "sign1", key.public_key().to_jwk(), &message, edit)
}

fn mac0(case: Case, edit: Edit) -> Case {
    let key = SymmetricKey::from(MAC_KEY);
    let message = Encoded::from(&Mac0::new(&key, Payload::Embedded(CONTENT), AAD));
    let jwk = json!({ "kty": "oct", "k": hex(&MAC_KEY) });
    message_case(case, "mac0", jwk, &message, edit)
}

fn message_case(
    case: Case,
    kind: &str,
    key: serde_json::Value,
    message: &Encoded,
    edit: Edit,
) -> Case {
    let mut message = message.as_item().value();
    edit(&mut message);
    case.input("kind", kind)
        .input("key", key)
        .input("externalAad", hex(AAD))
        .input("message", hex(Encoded::from(&message).as_bytes()))
}

/// The generator of P-256, whole, compressed and broken.
const KEYS: [(Option<&str>, &str, &str); 7] = [
    (
        None,
        "P-256",
        "a401022001215820\
         6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296\
         2258204fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
    ),
    (
        None,
        "P-256 with y's sign alone",
        "a401022001215820\
         6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c29622f5",
    ),
    (
        Some("point-not-on-curve"),
        "P-256 with another y",
        "a401022001215820\
         6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296\
         2258204fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f6",
    ),
    (
        Some("key-malformed"),
        "P-256 without y",
        "a301022001215820\
         6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
    ),
    (
        Some("key-malformed"),
        "P-256 with a zero before x",
        "a40102200121582100\
         6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c29622f5",
    ),
    (
        Some("unsupported-curve"),
        "Ed448",
        "a301012007215839\
         5fd7449b59b461fd2ce787ec616ad46a1da1342485a70e1f8a0ea75d80e96778\
         edf124769b46c7061bd6783df1e50f6cd1fa1abeafe8256180",
    ),
    (Some("unsupported-key-type"), "symmetric", "a2010420420102"),
];

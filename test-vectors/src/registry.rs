//! The signed registry of readers: taken, or why not.

use coffret_cbor::{Encoded, Value};
use coffret_crypto::PrivateKey;
use coffret_crypto::cose::{Payload, Unsigned};
use coffret_test_vectors::forge::*;

use crate::case::{Case, File, hex};
use crate::plan::{Edit, edited, map, member, nth, remove, set, tdate};

pub(crate) fn file() -> File {
    let valid = VALID.iter().map(|(name, unusable, stage)| {
        let case = Scene::play(Case::valid(name), *stage);
        if unusable.is_empty() { case } else { case.expect("unusable", *unusable) }
    });
    let refused = REFUSED.iter().map(|(code, name, stage)| {
        Scene::play(Case::refused(&format!("{code}: {name}"), &[code]), *stage)
    });
    File {
        name: "registries.json",
        about: "A signed registry of readers, received at a time.",
        cases: valid.chain(refused).collect(),
    }
}

/// A registry and everything that it is received with.
struct Scene {
    registrars: Vec<Vec<u8>>,
    held: Option<Vec<u8>>,
    now: &'static str,
    /// Whose certificate goes along, if anybody's.
    registrar: Option<Vec<u8>>,
    key: PrivateKey,
    contents: Edit,
    /// An edit of the finished bytes.
    bytes: fn(&mut Vec<u8>),
}

type Stage = fn(&mut Scene);

impl Scene {
    fn play(case: Case, stage: Stage) -> Case {
        let registrar = Draft::registrar().der(&key(OTHER));
        let mut scene = Scene {
            registrars: vec![registrar.clone()],
            held: None,
            now: "2026-11-22T12:00:00Z",
            registrar: Some(registrar),
            key: key(OTHER),
            contents: |_| {},
            bytes: |_| {},
        };
        stage(&mut scene);
        let mut received = scene.signed();
        (scene.bytes)(&mut received);
        let registrars: Vec<_> = scene.registrars.iter().map(|der| hex(der)).collect();
        case.input("registry", hex(&received))
            .input("registrars", registrars)
            .input("held", scene.held.as_deref().map(hex))
            .input("now", scene.now)
    }

    fn signed(&self) -> Vec<u8> {
        let contents = Encoded::from(&edited(contents(), self.contents));
        let chain: Vec<_> = self.registrar.iter().map(Vec::as_slice).collect();
        let algorithm = self.key.public_key().curve().algorithm().expect("a registrar signs");
        let payload = Payload::Embedded(contents.as_bytes());
        let signed = Unsigned::new(algorithm, &chain, payload, &[]).sign(&self.key);
        Encoded::from(&signed.expect("a key that fits")).into_bytes()
    }

    /// The registry is signed by another registrar, who is trusted as well as the first.
    fn by(&mut self, registrar: &Draft) {
        let registrar = registrar.der(&key(OTHER));
        self.registrars = vec![registrar.clone()];
        self.registrar = Some(registrar);
    }

    /// What is as the scene now says is already held.
    fn hold(&mut self) {
        self.held = Some(self.signed());
    }
}

/// One reader known by its subject, another under the same authority by a DNS name.
fn contents() -> Value {
    let subject = sequence(&[tlv(
        0x31,
        &sequence(&[b"\x06\x03\x55\x04\x03".to_vec(), tlv(0x0c, b"Test reader")]),
    )]);
    map([
        ("version", "1.0".into()),
        ("issued", tdate("2026-11-20T00:00:00Z")),
        ("nextUpdate", tdate("2026-12-20T00:00:00Z")),
        ("anchors", Value::Array(vec![Value::Bytes(Draft::reader_root().der(&key(ROOT)))])),
        (
            "readers",
            Value::Array(vec![
                reader(("subject", Value::Bytes(subject))),
                reader(("san", "reader.example".into())),
            ]),
        ),
    ])
}

fn reader(known_by: (&str, Value)) -> Value {
    map([
        ("anchor", Value::Unsigned(0)),
        known_by,
        ("name", map([("fr", "Pharmacie d’essai".into()), ("en", "Test pharmacy".into())])),
        ("purposes", Value::Array(vec!["pharmacy".into()])),
        ("retains", Value::Bool(true)),
        ("privacy", "https://pharmacy.example/privacy".into()),
    ])
}

fn first_reader(registry: &mut Value) -> &mut Value {
    nth(member(registry, "readers"), 0)
}

/// Name, the rules for which authorities in it cannot be used, how the scene differs.
const VALID: [(&str, &[&str], Stage); 8] = [
    ("by the registrar", &[], |_| {}),
    ("the second that it is issued", &[], |scene| scene.now = "2026-11-20T00:00:00Z"),
    ("past its next update", &[], |scene| scene.now = "2027-01-01T00:00:00Z"),
    ("in place of an older one", &[], |scene| {
        scene.hold();
        scene.contents = |registry| set(registry, "issued", tdate("2026-11-21T00:00:00Z"));
    }),
    ("the one held, again", &[], Scene::hold),
    ("without readers", &[], |scene| {
        scene.contents = |registry| {
            set(registry, "anchors", Value::Array(Vec::new()));
            set(registry, "readers", Value::Array(Vec::new()));
        };
    }),
    ("a member of a later version", &[], |scene| {
        scene.contents = |registry| {
            set(registry, "later", Value::Null);
            set(first_reader(registry), "later", Value::Null);
        };
    }),
    ("an authority on a curve that nobody knows", &["unsupported-curve"], |scene| {
        scene.contents = |registry| {
            let unusable = Draft::reader_root().on_unknown_curve().der(&key(ROOT));
            let usable = Draft::reader_root().der(&key(ROOT));
            let anchors = [unusable, usable].map(Value::Bytes);
            set(registry, "anchors", Value::Array(anchors.into()));
            set(nth(member(registry, "readers"), 1), "anchor", Value::Unsigned(1));
        };
    }),
];

/// The rule broken, what is done, how.
const REFUSED: [(&str, &str, Stage); 25] = [
    ("registry-untrusted", "nobody is trusted", |scene| scene.registrars.clear()),
    ("registry-untrusted", "the registrar's certificate, signed anew", |scene| {
        scene.registrars = vec![Draft::registrar().der(&key(ROOT))];
    }),
    ("certificate-missing", "no certificate", |scene| scene.registrar = None),
    ("signature-invalid", "by another key", |scene| scene.key = key(LEAF)),
    ("signature-invalid", "a flipped bit", |scene| {
        scene.bytes = |bytes| {
            if let Some(last) = bytes.last_mut() {
                *last ^= 1;
            }
        };
    }),
    ("issuer-certificate-not-valid", "a registrar of years ago", |scene| {
        scene.now = "2027-11-01T00:00:01Z";
    }),
    ("signer-key-usage", "a registrar's key for certificates", |scene| {
        scene.by(&Draft::registrar().with(KEY_USAGE, true, usage(0b0000_0110, 1)));
    }),
    ("signer-key-usage", "a registrar's key, not said what for", |scene| {
        scene.by(&Draft::registrar().without(KEY_USAGE));
    }),
    ("registry-not-yet-issued", "a second early", |scene| scene.now = "2026-11-19T23:59:59Z"),
    ("registry-older", "than the one held", |scene| {
        scene.hold();
        scene.contents = |registry| set(registry, "issued", tdate("2026-11-19T23:59:59Z"));
    }),
    ("registry-malformed", "version 2.0", |scene| {
        scene.contents = |registry| set(registry, "version", "2.0");
    }),
    ("registry-malformed", "the next update at once", |scene| {
        scene.contents = |registry| set(registry, "nextUpdate", tdate("2026-11-20T00:00:00Z"));
    }),
    ("registry-malformed", "an authority that is not there", |scene| {
        scene.contents = |registry| set(first_reader(registry), "anchor", Value::Unsigned(1));
    }),
    ("registry-malformed", "no purpose", |scene| {
        scene.contents =
            |registry| set(first_reader(registry), "purposes", Value::Array(Vec::new()));
    }),
    ("registry-malformed", "a reader known by two names", |scene| {
        scene.contents = |registry| set(first_reader(registry), "san", "reader.example");
    }),
    ("registry-malformed", "a reader known by none", |scene| {
        scene.contents = |registry| remove(first_reader(registry), "subject");
    }),
    ("certificate-malformed", "an authority", |scene| {
        scene.contents = |registry| {
            set(registry, "anchors", Value::Array(vec![Value::Bytes(sequence(&[]))]));
        };
    }),
    ("cbor-missing-key", "no date", |scene| {
        scene.contents = |registry| remove(registry, "issued");
    }),
    ("cbor-missing-key", "not said whether it keeps", |scene| {
        scene.contents = |registry| remove(first_reader(registry), "retains");
    }),
    ("cbor-missing-key", "no name in English", |scene| {
        scene.contents = |registry| remove(member(first_reader(registry), "name"), "en");
    }),
    ("cbor-wrong-type", "a number for a name", |scene| {
        scene.contents = |registry| {
            set(member(first_reader(registry), "name"), "fr", Value::Unsigned(1));
        };
    }),
    ("cbor-wrong-tag", "a date without its tag", |scene| {
        scene.contents = |registry| set(registry, "issued", "2026-11-20T00:00:00Z");
    }),
    ("cbor-wrong-type", "no list in it", |scene| {
        scene.contents = |registry| *registry = Value::Null
    }),
    ("cbor-trailing-bytes", "a byte follows", |scene| scene.bytes = |bytes| bytes.push(0)),
    ("cbor-truncated", "the last byte is missing", |scene| {
        scene.bytes = |bytes| {
            bytes.pop();
        };
    }),
];

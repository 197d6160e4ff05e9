//! Engagements, and what both sides of a session receive.

use coffret_cbor::Encoded;
use coffret_crypto::{Curve, Hash, PrivateKey, SymmetricKey, aead};
use data_encoding::BASE64URL_NOPAD;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::json;

use crate::case::{Case, File, hex, jwk};
use crate::world::World;

pub(crate) fn file(world: &World) -> File {
    let engagements = ENGAGEMENTS.iter().map(|(code, name, members)| {
        let engagement = engagement(world, &members(world));
        let uri = uri(&engagement);
        verdict(code, name)
            .input("kind", "engagement")
            .input("engagement", hex(engagement.as_bytes()))
            .expect_valid("uri", uri)
    });
    let uris = URIS.iter().map(|(name, change)| {
        verdict("engagement-uri", name)
            .input("kind", "uri")
            .input("uri", change(&uri(&engagement(world, &[]))))
    });
    let holder = HOLDER.iter().map(|(verdict, name, stage)| verdict.holder(world, name, *stage));
    let reader = READER.iter().map(|(verdict, name, stage)| verdict.reader(world, name, *stage));
    File {
        name: "sessions.json",
        about: "Engagements, and sessions as the holder and the reader receive them.",
        cases: engagements.chain(uris).chain(holder).chain(reader).collect(),
    }
}

fn verdict(code: &str, name: &str) -> Case {
    match code {
        "" => Case::valid(name),
        code => Case::refused(&format!("{code}: {name}"), &[code]),
    }
}

type Members = Vec<(i64, Encoded)>;
type Make = fn(&World) -> Members;
type Change = fn(&str) -> String;

/// An engagement with these members over those of a good one.
fn engagement(world: &World, members: &[(i64, Encoded)]) -> Encoded {
    let good = [(0, "1.0".into()), (1, security(1, &world.e_device_key))];
    Encoded::map(members.iter().cloned().chain(good))
}

pub(crate) fn security(suite: u64, key: &PrivateKey) -> Encoded {
    Encoded::array([suite.into(), Encoded::embedded(&key.public_key().to_cose())])
}

fn uri(engagement: &Encoded) -> String {
    format!("mdoc:{}", BASE64URL_NOPAD.encode(engagement.as_bytes()))
}

/// A key of the vectors' own on another curve than everybody's.
pub(crate) fn key_on(curve: Curve) -> PrivateKey {
    PrivateKey::generate(curve, &mut ChaCha20Rng::from_seed([curve as u8; 32]))
}

/// The rule broken, what is done, how.
const ENGAGEMENTS: [(&str, &str, Make); 15] = [
    ("", "a version and a key", |_| vec![]),
    ("", "version 1.1, with members that are not known", |_| {
        vec![(0, "1.1".into()), (5, "of the future".into()), (-1, Encoded::null())]
    }),
    ("", "by Bluetooth, and by a way that is not known", |_| {
        let bluetooth = Encoded::map([
            (0i64, Encoded::from(false)),
            (1, true.into()),
            (11, Encoded::bytes(&[0x45; 16])),
        ]);
        let way = |kind: u64, options| Encoded::array([kind.into(), 1u64.into(), options]);
        vec![(2, Encoded::array([way(2, bluetooth), way(99, "?".into())]))]
    }),
    ("", "a key on P-521", |_| vec![(1, security(1, &key_on(Curve::P521)))]),
    ("engagement-version", "2.0", |_| vec![(0, "2.0".into())]),
    ("engagement-version", "no minor version", |_| vec![(0, "1.".into())]),
    ("engagement-version", "a minor version of three parts", |_| vec![(0, "1.0.0".into())]),
    ("engagement-version", "a minor version of four digits", |_| vec![(0, "1.0000".into())]),
    ("engagement-version", "a minor version with a sign", |_| vec![(0, "1.+0".into())]),
    ("", "version 1.999", |_| vec![(0, "1.999".into())]),
    ("mdoc-empty", "no retrieval method in their array", |_| {
        vec![(2, Encoded::array(Vec::<Encoded>::new()))]
    }),
    ("cipher-suite", "2", |world| vec![(1, security(2, &world.e_device_key))]),
    ("cbor-wrong-type", "no key", |_| vec![(1, Encoded::array([1u64.into()]))]),
    ("cbor-wrong-tag", "a key that is not embedded", |world| {
        let key = world.e_device_key.public_key().to_cose();
        vec![(1, Encoded::array([1u64.into(), key]))]
    }),
    ("key-malformed", "a key without coordinates", |_| {
        let key = Encoded::map([(1i64, Encoded::from(2u64)), (-1, 1u64.into())]);
        vec![(1, Encoded::array([1u64.into(), Encoded::embedded(&key)]))]
    }),
];

/// What is done, how.
const URIS: [(&str, Change); 3] = [
    ("another scheme", |uri| uri.replace("mdoc:", "https:")),
    ("padded", |uri| format!("{uri}=")),
    ("not base64url", |uri| uri.replace("mdoc:", "mdoc:+")),
];

/// The keys of one session, and what is encrypted under them (ISO 18013-5 §9.1.1.5).
pub(crate) struct Keys([SymmetricKey; 2]);

pub(crate) const READER_SIDE: u8 = 0;
pub(crate) const DEVICE_SIDE: u8 = 1;

impl Keys {
    pub(crate) fn new(world: &World, transcript: &Encoded) -> Keys {
        let secret = world.e_device_key.agree(&world.e_reader_key.public_key()).expect("a secret");
        let salt = Hash::sha256(Encoded::embedded(transcript).as_bytes());
        Keys([b"SKReader", b"SKDevice"].map(|info| secret.derive(&salt, info)))
    }

    pub(crate) fn seal(&self, sender: u8, counter: u8, data: &[u8]) -> Vec<u8> {
        let nonce = [0, 0, 0, 0, 0, 0, 0, sender, 0, 0, 0, counter];
        aead::seal(&self.0[usize::from(sender)], &nonce, &[], data).expect("a short message")
    }
}

/// What one side receives, or the reader's request.
struct Scene {
    keys: Keys,
    establishment: Vec<(&'static str, Encoded)>,
    /// After the establishment, on the holder's side.
    messages: Vec<Encoded>,
    /// Only on the reader's.
    engagement: Members,
}

type Stage = fn(&mut Scene);

const REQUEST: &[u8] = b"a DeviceRequest";
const MORE: &[u8] = b"another";
const RESPONSE: &[u8] = b"a DeviceResponse";

fn data(sealed: &[u8]) -> Encoded {
    Encoded::map([("data", Encoded::bytes(sealed))])
}

fn status(number: u64) -> Encoded {
    Encoded::map([("status", Encoded::from(number))])
}

impl Scene {
    fn new(world: &World) -> Scene {
        let keys = Keys::new(world, &world.transcript());
        let key = Encoded::embedded(&world.e_reader_key.public_key().to_cose());
        let data = Encoded::bytes(&keys.seal(READER_SIDE, 1, REQUEST));
        let establishment = vec![("data", data), ("eReaderKey", key)];
        Scene { keys, establishment, messages: Vec::new(), engagement: Vec::new() }
    }

    fn set(&mut self, member: &'static str, value: Encoded) {
        self.establishment.retain(|(name, _)| *name != member);
        self.establishment.push((member, value));
    }

    fn request(&mut self, sealed: &[u8]) {
        self.set("data", Encoded::bytes(sealed));
    }
}

/// What must come of a session.
#[derive(Default)]
struct Verdict {
    /// The rule broken.
    code: &'static str,
    /// What the side that finds it broken sends: a status.
    sends: Option<u8>,
    /// What was decrypted first.
    data: &'static [&'static [u8]],
    /// The status received.
    ended: Option<u8>,
}

impl Verdict {
    fn holder(&self, world: &World, name: &str, stage: Stage) -> Case {
        let mut scene = Scene::new(world);
        stage(&mut scene);
        let establishment = Encoded::map(scene.establishment);
        let received = [establishment].into_iter().chain(scene.messages);
        self.case(name, received)
            .input("kind", "holder")
            .input("engagement", hex(engagement(world, &[]).as_bytes()))
            .input("deviceKey", jwk(&world.e_device_key))
            .expect_valid("transcript", hex(world.transcript().as_bytes()))
    }

    fn reader(&self, world: &World, name: &str, stage: Stage) -> Case {
        let mut scene = Scene::new(world);
        stage(&mut scene);
        let establishment = Encoded::map(scene.establishment);
        self.case(name, scene.messages)
            .input("kind", "reader")
            .input("engagement", hex(engagement(world, &scene.engagement).as_bytes()))
            .input("readerKey", jwk(&world.e_reader_key))
            .input("request", hex(REQUEST))
            .expect_valid("establishment", hex(establishment.as_bytes()))
            .expect_valid("transcript", hex(world.transcript().as_bytes()))
    }

    fn case(&self, name: &str, received: impl IntoIterator<Item = Encoded>) -> Case {
        let received: Vec<_> =
            received.into_iter().map(|message| hex(message.as_bytes())).collect();
        let data: Vec<_> = self.data.iter().map(|data| hex(data)).collect();
        verdict(self.code, name)
            .input("received", received)
            .expect("data", data)
            .expect("sends", json!(self.sends))
            .expect("ended", json!(self.ended))
    }
}

const fn good(data: &'static [&'static [u8]], ended: Option<u8>) -> Verdict {
    Verdict { code: "", sends: None, data, ended }
}

const fn bad(code: &'static str, sends: u8, data: &'static [&'static [u8]]) -> Verdict {
    Verdict { code, sends: Some(sends), data, ended: None }
}

/// An error with data beside: the other side has ended the session, and is told nothing.
const fn no_answer(data: &'static [&'static [u8]]) -> Verdict {
    Verdict { code: "session-error-with-data", sends: None, data, ended: None }
}

const HOLDER: [(Verdict, &str, Stage); 19] = [
    (good(&[REQUEST], None), "a request", |_| {}),
    (good(&[REQUEST], Some(20)), "a request, and the end", |scene| {
        scene.messages.push(status(20));
    }),
    (good(&[REQUEST], Some(10)), "the reader could not decrypt", |scene| {
        scene.messages.push(status(10));
    }),
    (good(&[REQUEST], Some(11)), "the reader could not read", |scene| {
        scene.messages.push(status(11));
    }),
    (good(&[REQUEST, MORE], Some(20)), "another request, with the end", |scene| {
        let sealed = Encoded::bytes(&scene.keys.seal(READER_SIDE, 2, MORE));
        scene.messages.push(Encoded::map([("data", sealed), ("status", 20u64.into())]));
    }),
    (good(&[REQUEST], None), "members that are not known", |scene| {
        scene.set("ofTheFuture", Encoded::null());
    }),
    (bad("aead-failed", 10, &[]), "a flipped bit", |scene| {
        let mut sealed = scene.keys.seal(READER_SIDE, 1, REQUEST);
        sealed[0] ^= 1;
        scene.request(&sealed);
    }),
    (bad("aead-failed", 10, &[]), "the reader counts from 2", |scene| {
        let sealed = scene.keys.seal(READER_SIDE, 2, REQUEST);
        scene.request(&sealed);
    }),
    (bad("aead-failed", 10, &[]), "under the device's key", |scene| {
        let sealed = scene.keys.seal(DEVICE_SIDE, 1, REQUEST);
        scene.request(&sealed);
    }),
    (bad("aead-failed", 10, &[REQUEST]), "the same message twice", |scene| {
        let sealed = scene.keys.seal(READER_SIDE, 1, REQUEST);
        scene.messages.push(data(&sealed));
    }),
    (bad("agreement-mismatch", 10, &[]), "a key on another curve", |scene| {
        let key = key_on(Curve::P384).public_key().to_cose();
        scene.set("eReaderKey", Encoded::embedded(&key));
    }),
    (bad("cbor-missing-key", 11, &[]), "no reader's key", |scene| {
        scene.establishment.retain(|(name, _)| *name == "data");
    }),
    (bad("cbor-wrong-type", 11, &[]), "data that are text", |scene| {
        scene.set("data", "a DeviceRequest".into());
    }),
    (bad("session-data-empty", 11, &[REQUEST]), "neither data nor status", |scene| {
        scene.messages.push(Encoded::map([("ofTheFuture", Encoded::null())]));
    }),
    (bad("session-status", 11, &[REQUEST]), "status 21", |scene| {
        scene.messages.push(status(21));
    }),
    (no_answer(&[REQUEST]), "another request, with an error of decryption", |scene| {
        let sealed = Encoded::bytes(&scene.keys.seal(READER_SIDE, 2, MORE));
        scene.messages.push(Encoded::map([("data", sealed), ("status", 10u64.into())]));
    }),
    (no_answer(&[REQUEST]), "another request, with an error of reading", |scene| {
        let sealed = Encoded::bytes(&scene.keys.seal(READER_SIDE, 2, MORE));
        scene.messages.push(Encoded::map([("data", sealed), ("status", 11u64.into())]));
    }),
    (
        Verdict { code: "session-over", sends: None, data: &[REQUEST], ended: Some(20) },
        "a request after the end",
        |scene| {
            let sealed = scene.keys.seal(READER_SIDE, 2, MORE);
            scene.messages.extend([status(20), data(&sealed)]);
        },
    ),
    (
        Verdict { code: "session-over", sends: None, data: &[REQUEST], ended: Some(10) },
        "the end, twice",
        |scene| scene.messages.extend([status(10), status(10)]),
    ),
];

const READER: [(Verdict, &str, Stage); 8] = [
    (good(&[RESPONSE], None), "a response", |scene| {
        scene.messages.push(data(&scene.keys.seal(DEVICE_SIDE, 1, RESPONSE)));
    }),
    (good(&[RESPONSE], Some(20)), "a response, with the end", |scene| {
        let sealed = Encoded::bytes(&scene.keys.seal(DEVICE_SIDE, 1, RESPONSE));
        scene.messages.push(Encoded::map([("data", sealed), ("status", 20u64.into())]));
    }),
    (no_answer(&[]), "a response, with an error of decryption", |scene| {
        let sealed = Encoded::bytes(&scene.keys.seal(DEVICE_SIDE, 1, RESPONSE));
        scene.messages.push(Encoded::map([("data", sealed), ("status", 10u64.into())]));
    }),
    (no_answer(&[]), "a response, with an error of reading", |scene| {
        let sealed = Encoded::bytes(&scene.keys.seal(DEVICE_SIDE, 1, RESPONSE));
        scene.messages.push(Encoded::map([("data", sealed), ("status", 11u64.into())]));
    }),
    (good(&[], Some(11)), "the holder could not read", |scene| scene.messages.push(status(11))),
    (bad("aead-failed", 10, &[]), "its own request comes back", |scene| {
        scene.messages.push(data(&scene.keys.seal(READER_SIDE, 1, REQUEST)));
    }),
    (bad("aead-failed", 10, &[]), "a response is lost", |scene| {
        scene.messages.push(data(&scene.keys.seal(DEVICE_SIDE, 2, RESPONSE)));
    }),
    (bad("agreement-mismatch", 10, &[]), "an engagement's key that only signs", |scene| {
        scene.engagement.push((1, security(1, &key_on(Curve::Ed25519))));
    }),
];

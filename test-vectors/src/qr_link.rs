//! The QR link: readers' codes, answers, frames.

use coffret_cbor::{Encoded, Item, Timestamp, Value};
use coffret_crypto::cose::{Payload, Unsigned};
use coffret_crypto::{Curve, Hash, PrivateKey, ident};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::json;
use ur::bytewords::{self, Style};

use crate::case::{Case, File, hex, jwk};
use crate::plan::{MDL, NAMESPACE, embedded, map};
use crate::session::{DEVICE_SIDE, Keys, READER_SIDE, key_on, security};
use crate::world::World;

/// Bytes in a fragment, unless the reader asks for fewer.
const FRAGMENT: usize = 337;

pub(crate) fn file(world: &World) -> File {
    let codes = CODES.iter().map(|(code, name, stage)| {
        let mut scene = Scene::new(world);
        stage(&mut scene);
        scene.code_case(verdict(&[code], name))
    });
    let curves = CURVES.iter().map(|(curve, name)| {
        let world = world_on(*curve);
        Scene::new(&world).code_case(Case::valid(name))
    });
    let answers = ANSWERS.iter().map(|(code, name, stage)| {
        let mut scene = Scene::new(world);
        stage(&mut scene);
        scene.answer_case(verdict(&[code], name))
    });
    let frames = FRAMES.iter().map(|(codes, name, frames)| {
        let (frames, mut seen): (Vec<_>, Vec<_>) = frames(&Scene::new(world)).into_iter().unzip();
        let message = seen.iter().any(|seen| seen == "whole").then(|| hex(&message()));
        // What breaks a rule is said by the rule.
        let broken = seen.iter_mut().filter(|seen| seen.is_empty());
        broken.zip(*codes).for_each(|(seen, code)| *seen = (*code).to_owned());
        verdict(codes, name)
            .input("kind", "frames")
            .input("readerKey", jwk(&world.e_reader_key))
            .input("invited", world.now.to_string())
            .input("request", hex(REQUEST))
            .input("frames", frames)
            .expect("seen", seen)
            .expect("message", json!(message))
    });
    File {
        name: "qr-link.json",
        about: "The QR link: readers' codes, the answers to them, and the frames of both.",
        cases: codes.chain([signed(world)]).chain(curves).chain(answers).chain(frames).collect(),
    }
}

fn verdict(codes: &[&str], name: &str) -> Case {
    match codes.iter().filter(|code| !code.is_empty()).copied().collect::<Vec<_>>().as_slice() {
        [] => Case::valid(name),
        codes => Case::refused(&format!("{}: {name}", codes[0]), codes),
    }
}

const REQUEST: &[u8] = b"a DeviceRequest";
const RESPONSE: &[u8] = b"a DeviceResponse";
/// `{"status": 0, "version": "1.0"}`
const REFUSAL: &[u8] = b"\xa2\x66status\x00\x67version\x631.0";

/// One reader's code, and one answer to it.
struct Scene<'w> {
    world: &'w World,
    /// Members over those of a good hello.
    hello: Vec<(i64, Encoded)>,
    /// How the hello is written.
    written: fn(Encoded) -> Encoded,
    /// What follows the hello in the code.
    request: Encoded,
    response: Vec<u8>,
    /// Seconds since the reader's invitation.
    after: i64,
    /// What is done to the code's two parts, and to the answer's.
    code: fn(&mut Vec<Encoded>),
    answer: fn(&mut Vec<Encoded>),
    sender: u8,
    /// What the holder hashes into its transcript.
    hashed: fn(&Scene<'_>) -> Encoded,
}

type Stage = fn(&mut Scene<'_>);

impl<'w> Scene<'w> {
    fn new(world: &'w World) -> Scene<'w> {
        Scene {
            world,
            hello: Vec::new(),
            written: |hello| hello,
            request: Encoded::tag(24, Encoded::bytes(REQUEST)),
            response: RESPONSE.to_vec(),
            after: 10,
            code: |_| {},
            answer: |_| {},
            sender: DEVICE_SIDE,
            hashed: |scene| scene.code(),
        }
    }

    fn now(&self) -> String {
        let now = Timestamp::from_unix(self.world.now.unix() + self.after);
        now.expect("a moment").to_string()
    }

    /// `ReaderHelloBytes`
    fn hello(&self) -> Encoded {
        let good = [
            (0i64, "1.0".into()),
            (1, security(1, &self.world.e_reader_key)),
            (2, (self.world.now.unix() + 120).into()),
        ];
        (self.written)(Encoded::embedded(&Encoded::map(self.hello.iter().cloned().chain(good))))
    }

    fn code(&self) -> Encoded {
        let mut parts = vec![self.hello(), self.request.clone()];
        (self.code)(&mut parts);
        Encoded::array(parts)
    }

    /// `DeviceEngagementBytes`
    fn engagement(&self) -> Encoded {
        let members = [(0i64, "1.0".into()), (1, security(1, &self.world.e_device_key))];
        Encoded::embedded(&Encoded::map(members))
    }

    /// What the reader signs its request for.
    fn reader_transcript(&self) -> Encoded {
        self.transcript(Encoded::null(), &self.hello())
    }

    /// What keys and documents are bound to.
    fn answer_transcript(&self) -> Encoded {
        self.transcript(self.engagement(), &(self.hashed)(self))
    }

    fn transcript(&self, engagement: Encoded, hashed: &Encoded) -> Encoded {
        let digest = Hash::sha256(hashed.as_bytes());
        let handover = Encoded::array(["coffret-qr".into(), Encoded::bytes(&digest)]);
        let key = Encoded::embedded(&self.world.e_reader_key.public_key().to_cose());
        Encoded::array([engagement, key, handover])
    }

    fn answer(&self) -> Encoded {
        let keys = Keys::new(self.world, &self.answer_transcript());
        let data = Encoded::bytes(&keys.seal(self.sender, 1, &self.response));
        let mut parts = vec![self.engagement(), Encoded::map([("data", data)])];
        (self.answer)(&mut parts);
        Encoded::array(parts)
    }

    fn code_case(&self, case: Case) -> Case {
        let (code, answer) = (self.code(), self.answer());
        let code_frames = shown("x-mdoc-reader", code.as_bytes(), FRAGMENT, 12);
        let frames = shown(&answer_type(self.world), answer.as_bytes(), self.fragment(), 12);
        let request = self.request.as_item().embedded().expect("a request");
        case.input("kind", "code")
            .input("code", hex(code.as_bytes()))
            .input("readerKey", jwk(&self.world.e_reader_key))
            .input("deviceKey", jwk(&self.world.e_device_key))
            .input("response", hex(&self.response))
            .input("now", self.now())
            .expect_valid("codeFrames", code_frames)
            .expect_valid("request", hex(&request))
            .expect_valid("readerTranscript", hex(self.reader_transcript().as_bytes()))
            .expect_valid("transcript", hex(self.answer_transcript().as_bytes()))
            .expect_valid("frames", frames)
    }

    fn answer_case(&self, case: Case) -> Case {
        case.input("kind", "answer")
            .input("readerKey", jwk(&self.world.e_reader_key))
            .input("invited", self.world.now.to_string())
            .input("request", hex(REQUEST))
            .input("answer", hex(self.answer().as_bytes()))
            .input("now", self.now())
            .expect_valid("response", hex(&self.response))
            .expect_valid("transcript", hex(self.answer_transcript().as_bytes()))
    }

    /// Bytes in a fragment of the answer.
    fn fragment(&self) -> usize {
        let options = self.hello.iter().find(|(key, _)| *key == 3);
        let options = options.map(|(_, options)| options.as_item().map().expect("options"));
        let limit = options.and_then(|options| options.get(0)).map(|limit| limit.unsigned());
        limit.map_or(FRAGMENT, |limit| limit.expect("a limit").clamp(1, FRAGMENT as u64) as usize)
    }
}

/// The same item, its head a byte longer than it need be.
fn longer(item: Encoded) -> Encoded {
    let [0xd8, 0x18, 0x58, rest @ ..] = item.as_bytes() else { panic!("a short embedded item") };
    let longer = [&[0xd8, 0x18, 0x59, 0x00], rest].concat();
    Item::parse(&longer).expect("well-formed").into()
}

/// A code whose request the reader has signed: over the transcript without an engagement.
fn signed(world: &World) -> Case {
    let mut scene = Scene::new(world);
    let reader = &world.pki.reader;
    let elements = map([(NAMESPACE, map([("age_over_18", Value::Bool(false))]))]);
    let items = embedded(&map([("docType", MDL.into()), ("nameSpaces", elements)]));
    let payload = Encoded::embedded(&Encoded::array([
        "ReaderAuthentication".into(),
        scene.reader_transcript(),
        (&items).into(),
    ]));
    let algorithm = reader.key().public_key().curve().algorithm().expect("a key that signs");
    let payload = Payload::Detached(payload.as_bytes());
    let auth = Unsigned::new(algorithm, &[reader.certificate().der()], payload, &[]);
    let auth = auth.sign(reader.key()).expect("a signature");
    let auth = Encoded::from(&auth).as_item().value();
    let requests = Value::Array(vec![map([("itemsRequest", items), ("readerAuth", auth)])]);
    let request = map([("version", "1.0".into()), ("docRequests", requests)]);
    scene.request = (&embedded(&request)).into();
    scene
        .code_case(Case::valid("a request that its reader has signed"))
        .input("authorities", json!([hex(world.pki.reader_authority.certificate().der())]))
        .expect("reader", "verified")
}

/// The curves beside P-256 that a holder may answer on.
const CURVES: [(Curve, &str); 3] = [
    (Curve::P384, "keys on P-384"),
    (Curve::P521, "keys on P-521"),
    (Curve::X25519, "keys on X25519"),
];

/// The same world, but for the keys of the session.
fn world_on(curve: Curve) -> World {
    let mut rng = ChaCha20Rng::from_seed([curve as u8; 32]);
    let world = World::new().expect("a world");
    let [e_reader_key, e_device_key] = [0; 2].map(|_| PrivateKey::generate(curve, &mut rng));
    World { e_reader_key, e_device_key, ..world }
}

/// The rule broken, what is done, how.
const CODES: [(&str, &str, Stage); 23] = [
    ("", "a reader's code", |_| {}),
    ("", "an answer in several frames", |scene| scene.response = vec![7; 2000]),
    ("", "a refusal", |scene| scene.response = REFUSAL.to_vec()),
    ("", "a reader with limits, and members that are not known", |scene| {
        let limits = [(0i64, Encoded::from(100u64)), (1, 300u64.into()), (9, Encoded::null())];
        scene.hello = vec![(3, Encoded::map(limits)), (0, "1.7".into()), (9, Encoded::null())];
    }),
    ("", "a reader that takes more than there can be", |scene| {
        let limits = [(0i64, Encoded::from(u64::MAX)), (1, u64::MAX.into())];
        scene.hello = vec![(3, Encoded::map(limits))];
    }),
    ("", "a third item beside the key", |scene| {
        let key = scene.world.e_reader_key.public_key().to_cose();
        let security = [1u64.into(), Encoded::embedded(&key), Encoded::null()];
        scene.hello = vec![(1, Encoded::array(security))];
    }),
    ("", "a hello whose head is longer than it need be", |scene| scene.written = longer),
    ("", "the same request in a longer head", |scene| {
        let longer = [&[0xd8, 0x18, 0x58, REQUEST.len() as u8], REQUEST].concat();
        scene.request = Item::parse(&longer).expect("well-formed").into();
    }),
    ("", "read by a clock two minutes behind", |scene| scene.after = -120),
    ("reader-code-expired", "read by a clock further behind", |scene| scene.after = -121),
    ("", "read at its last second, by a clock two minutes ahead", |scene| scene.after = 239),
    ("reader-code-expired", "read later, or by a clock further ahead", |scene| scene.after = 240),
    ("engagement-version", "2.0", |scene| scene.hello = vec![(0, "2.0".into())]),
    ("cipher-suite", "2", |scene| {
        scene.hello = vec![(1, security(2, &scene.world.e_reader_key))];
    }),
    ("agreement-mismatch", "a key that only signs", |scene| {
        scene.hello = vec![(1, security(1, &key_on(Curve::Ed25519)))];
    }),
    ("unsupported-curve", "a key on brainpoolP256r1", |scene| {
        let number = Encoded::bytes(&[1; 32]);
        let key = [(1i64, 2u64.into()), (-1, 256u64.into()), (-2, number.clone()), (-3, number)];
        let security = [1u64.into(), Encoded::embedded(&Encoded::map(key))];
        scene.hello = vec![(1, Encoded::array(security))];
    }),
    ("cbor-missing-key", "that does not say when it expires", |scene| {
        scene.written = |hello| {
            let hello = hello.as_item().embedded().expect("a hello").into_owned();
            let members = Item::parse(&hello).expect("a hello").map().expect("members");
            let members = members.map(|(key, value)| (Encoded::from(key), value.into()));
            Encoded::embedded(&Encoded::map(members.take(2)))
        };
    }),
    ("cbor-out-of-range", "beyond the year 9999", |scene| {
        scene.hello = vec![(2, u64::MAX.into())];
    }),
    ("cbor-out-of-range", "a fragment of no bytes", |scene| {
        scene.hello = vec![(3, Encoded::map([(0i64, Encoded::from(0u64))]))];
    }),
    ("cbor-wrong-tag", "a request that is not embedded", |scene| {
        scene.code = |parts| parts[1] = Encoded::bytes(REQUEST);
    }),
    ("cbor-wrong-type", "a third part", |scene| {
        scene.code = |parts| parts.push(Encoded::null());
    }),
    ("frames-message-size", "longer than the reader takes", |scene| {
        scene.hello = vec![(3, Encoded::map([(1i64, Encoded::from(100u64))]))];
    }),
    ("frames-too-many-fragments", "in fragments shorter than there can be", |scene| {
        scene.hello = vec![(3, Encoded::map([(0i64, Encoded::from(1u64))]))];
        scene.response = vec![7; 2000];
    }),
];

const ANSWERS: [(&str, &str, Stage); 16] = [
    ("", "an answer", |_| {}),
    ("", "a refusal", |scene| scene.response = REFUSAL.to_vec()),
    ("", "data and a status", |scene| {
        scene.answer = |parts| {
            let data = parts[1].as_item().map().and_then(|map| map.require("data"));
            let data = data.expect("data").into();
            parts[1] = Encoded::map([("data", data), ("status", 20u64.into())]);
        };
    }),
    ("", "at the last second", |scene| scene.after = 119),
    ("reader-code-expired", "two minutes later", |scene| scene.after = 120),
    ("aead-failed", "to another reader's code", |scene| {
        scene.hello = vec![(9, "another".into())];
    }),
    ("aead-failed", "to another request under this reader's hello", |scene| {
        scene.request = Encoded::tag(24, Encoded::bytes(b"another DeviceRequest"));
    }),
    ("aead-failed", "to the same request in a longer head", |scene| {
        let longer = [&[0xd8, 0x18, 0x58, REQUEST.len() as u8], REQUEST].concat();
        scene.request = Item::parse(&longer).expect("well-formed").into();
    }),
    ("aead-failed", "to a code of which only the hello is hashed", |scene| {
        scene.hashed = |scene| scene.hello();
    }),
    ("aead-failed", "under the reader's key", |scene| scene.sender = READER_SIDE),
    ("aead-failed", "another engagement, of the same key", |scene| {
        scene.answer = |parts| parts[0] = longer(parts[0].clone());
    }),
    ("agreement-mismatch", "a key on another curve than the reader's", |scene| {
        scene.answer = |parts| {
            let members = [(0i64, "1.0".into()), (1, security(1, &key_on(Curve::P384)))];
            parts[0] = Encoded::embedded(&Encoded::map(members));
        };
    }),
    ("cbor-missing-key", "a status alone", |scene| {
        scene.answer = |parts| parts[1] = Encoded::map([("status", Encoded::from(20u64))]);
    }),
    ("cbor-wrong-type", "an engagement alone", |scene| {
        scene.answer = |parts| parts.truncate(1);
    }),
    ("cbor-wrong-type", "a third part", |scene| {
        scene.answer = |parts| parts.push(Encoded::null());
    }),
    ("cbor-wrong-tag", "an engagement that is not embedded", |scene| {
        scene.answer = |parts| parts[0] = Encoded::null();
    }),
];

/// A message for frames, of no meaning.
fn message() -> Vec<u8> {
    (0..1000u32).map(|number| (number % 251) as u8).collect()
}

fn answer_type(world: &World) -> String {
    let key = Encoded::embedded(&world.e_reader_key.public_key().to_cose());
    format!("x-mdoc-{}", hex(&ident::<8>(key.as_bytes(), b"QRIdent")))
}

/// Its CRC-32.
const MESSAGE_CHECKSUM: u64 = 0x7217_46a6;

/// The first frames of a message, or its only one, by the library that the fountain is from.
fn shown(frame_type: &str, message: &[u8], fragment: usize, count: usize) -> Vec<String> {
    let mut encoder = ur::Encoder::new(message, fragment, frame_type).expect("a message");
    if encoder.fragment_count() == 1 {
        let body = bytewords::encode(message, Style::Minimal);
        return vec![format!("ur:{frame_type}/{body}").to_ascii_uppercase()];
    }
    let frame = |_| encoder.next_part().expect("a part").to_ascii_uppercase();
    (0..count).map(frame).collect()
}

/// One frame, whatever it announces.
fn frame(frame_type: &str, place: &str, header: [u64; 4], data: &[u8]) -> String {
    let part = header.map(Encoded::from).into_iter().chain([Encoded::bytes(data)]);
    let body = bytewords::encode(Encoded::array(part).as_bytes(), Style::Minimal);
    format!("ur:{frame_type}/{place}/{body}").to_ascii_uppercase()
}

/// Frames, and what becomes of each: foreign, fragments had and wanted, whole, or the rule broken.
type Seen = Vec<(String, String)>;

fn seen(frames: impl IntoIterator<Item = String>, what: &[&str]) -> Seen {
    frames.into_iter().zip(what.iter().map(|what| (*what).to_owned())).collect()
}

/// The frames of an answer, in fragments of 100 bytes.
fn answer(scene: &Scene<'_>, count: usize) -> Vec<String> {
    shown(&answer_type(scene.world), &message(), 100, count)
}

/// One frame of an answer, whatever it announces.
fn bad(scene: &Scene<'_>, place: &str, header: [u64; 4], length: usize) -> Seen {
    let frame = frame(&answer_type(scene.world), place, header, &vec![0; length]);
    seen([frame], &[""])
}

/// The header of a part of the message.
fn ours([sequence, fragments]: [u64; 2]) -> [u64; 4] {
    [sequence, fragments, 1000, MESSAGE_CHECKSUM]
}

/// The rules broken, what is seen, how.
type Frames = (&'static [&'static str], &'static str, fn(&Scene<'_>) -> Seen);

const FRAMES: [Frames; 26] = [
    (&[], "in order", |scene| {
        seen(
            answer(scene, 10),
            &["1/10", "2/10", "3/10", "4/10", "5/10", "6/10", "7/10", "8/10", "9/10", "whole"],
        )
    }),
    (&[], "in one frame, lower case", |scene| {
        let frames = shown(&answer_type(scene.world), &message(), 1000, 1);
        seen(frames.into_iter().map(|frame| frame.to_lowercase()), &["whole"])
    }),
    (&[], "in one frame of 4,297 characters, which no QR code holds", |scene| {
        let kind = answer_type(scene.world);
        let [longer, ours] =
            [vec![7; 2131], message()].map(|message| shown(&kind, &message, 4000, 1)[0].clone());
        seen([longer, ours], &["foreign", "whole"])
    }),
    (&[], "one fragment, as a part", |scene| {
        let frame = frame(&answer_type(scene.world), "1-1", ours([1, 1]), &message());
        seen([frame], &["whole"])
    }),
    (&[], "each twice", |scene| {
        let frames = shown(&answer_type(scene.world), &message(), 500, 2);
        seen(frames.into_iter().flat_map(|frame| [frame.clone(), frame]), &["1/2", "1/2", "whole"])
    }),
    (&[], "backwards", |scene| {
        let frames = shown(&answer_type(scene.world), &message(), 334, 3);
        seen(frames.into_iter().rev(), &["1/3", "2/3", "whole"])
    }),
    (&[], "mixed frames alone", |scene| {
        let frames = shown(&answer_type(scene.world), &message(), 334, 7).split_off(3);
        seen(frames, &["1/3", "2/3", "2/3", "whole"])
    }),
    (&[], "of another session, of a reader, of nobody", |scene| {
        let mut frames = shown("x-mdoc-0123456789abcdef", &message(), 1000, 1);
        frames.extend(shown("x-mdoc-reader", &message(), 1000, 1));
        frames.extend(shown("bytes", &message(), 1000, 1));
        frames.extend(["https://example.org/".to_owned(), String::new()]);
        frames.extend(shown(&answer_type(scene.world), &message(), 1000, 1));
        seen(frames, &["foreign", "foreign", "foreign", "foreign", "foreign", "whole"])
    }),
    (&[], "among four others", |scene| {
        let kind = answer_type(scene.world);
        let ours = shown(&kind, &message(), 500, 2);
        let other = |checksum: u64| frame(&kind, "1-2", [1, 2, 1000, checksum], &[0; 500]);
        let frames = [other(1), ours[0].clone(), other(2), other(3), other(4), ours[1].clone()];
        seen(frames, &["1/2", "1/2", "1/2", "1/2", "1/2", "whole"])
    }),
    (&[], "forgotten for four others", |scene| {
        let kind = answer_type(scene.world);
        let ours = shown(&kind, &message(), 500, 2);
        let other = |checksum: u64| frame(&kind, "1-2", [1, 2, 1000, checksum], &[0; 500]);
        let others = (1..=4).map(other);
        let frames = [ours[0].clone()].into_iter().chain(others).chain(ours.iter().rev().cloned());
        seen(frames, &["1/2", "1/2", "1/2", "1/2", "1/2", "1/2", "whole"])
    }),
    (&["frame-malformed"], "a letter misread", |scene| {
        let [first, second] =
            [0, 1].map(|at| shown(&answer_type(scene.world), &message(), 500, 2)[at].clone());
        let misread = format!("{}Z", &first[..first.len() - 1]);
        seen([first, misread, second], &["1/2", "", "whole"])
    }),
    (&["frame-malformed"], "another place than it says", |scene| {
        bad(scene, "2-2", [1, 2, 1000, 0], 500)
    }),
    (&["frame-malformed"], "zeros before its place", |scene| {
        bad(scene, "01-2", [1, 2, 1000, 0], 500)
    }),
    (&["frame-malformed"], "a place of 33 bits", |scene| {
        bad(scene, "4294967297-2", [(1 << 32) + 1, 2, 1000, 0], 500)
    }),
    (&["frame-malformed"], "the frame 0", |scene| bad(scene, "0-2", [0, 2, 1000, 0], 500)),
    (&["frame-malformed"], "of no fragments", |scene| bad(scene, "1-0", [1, 0, 1000, 0], 500)),
    (&["frame-malformed"], "a fragment too long", |scene| bad(scene, "1-2", [1, 2, 998, 0], 500)),
    (&["frame-malformed"], "of a message of no bytes", |scene| bad(scene, "1-1", [1, 1, 0, 0], 0)),
    (&["frame-malformed"], "no bytes in one frame", |scene| {
        let body = bytewords::encode(b"", Style::Minimal);
        seen([format!("ur:{}/{body}", answer_type(scene.world))], &[""])
    }),
    (&["frame-malformed"], "a part whose length is not said", |scene| {
        let part = [1u64, 2, 4, 0].map(Encoded::from).into_iter().chain([Encoded::bytes(b"ab")]);
        let part = part.flat_map(Encoded::into_bytes);
        let part: Vec<_> = [0x9f].into_iter().chain(part).chain([0xff]).collect();
        let body = bytewords::encode(&part, Style::Minimal);
        seen([format!("ur:{}/1-2/{body}", answer_type(scene.world))], &[""])
    }),
    (&["frame-malformed"], "no part", |scene| {
        let body = bytewords::encode(b"\x80", Style::Minimal);
        seen([format!("ur:{}/1-2/{body}", answer_type(scene.world))], &[""])
    }),
    (&["frames-message-size"], "a message of 256 KiB and a byte", |scene| {
        bad(scene, "1-1024", [1, 1024, (256 << 10) + 1, 0], 257)
    }),
    (&["frames-too-many-fragments"], "1,025 fragments", |scene| {
        bad(scene, "1-1025", [1, 1025, 2050, 0], 2)
    }),
    (&["frames-message-corrupt"], "another checksum than announced", |scene| {
        let frame = |place, sequence| {
            frame(&answer_type(scene.world), place, [sequence, 2, 1000, 1], &[7; 500])
        };
        seen([frame("1-2", 1), frame("2-2", 2), frame("2-2", 2)], &["1/2", "", "1/2"])
    }),
    (&["frames-message-corrupt"], "padding that is not zeros", |scene| {
        let kind = answer_type(scene.world);
        let part = |sequence: usize| {
            let fragments = [message(), vec![0, 1]].concat();
            let data = &fragments[(sequence - 1) * 334..sequence * 334];
            frame(&kind, &format!("{sequence}-3"), ours([sequence as u64, 3]), data)
        };
        seen([1, 2, 3].map(part), &["1/3", "2/3", ""])
    }),
    (&["frames-message-corrupt"], "one fragment by somebody else, who saw the others", |scene| {
        let kind = answer_type(scene.world);
        let [first, second] = [0, 1].map(|at| shown(&kind, &message(), 500, 2)[at].clone());
        let forged = frame(&kind, "2-2", ours([2, 2]), &[7; 500]);
        seen([first.clone(), forged, first, second], &["1/2", "", "1/2", "whole"])
    }),
];

#[cfg(test)]
mod tests;

//! The QR link: readers' codes, answers, frames.

use coffret_cbor::{Encoded, Timestamp};
use coffret_crypto::{Curve, Hash, ident};
use serde_json::json;
use ur::bytewords::{self, Style};

use crate::case::{Case, File, hex, jwk};
use crate::session::{DEVICE_SIDE, Keys, READER_SIDE, key_on, security};
use crate::world::World;

pub(crate) fn file(world: &World) -> File {
    let codes = CODES.iter().map(|(code, name, stage)| {
        let mut scene = Scene::new(world);
        stage(&mut scene);
        scene.code_case(verdict(&[code], name))
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
            .input("frames", frames)
            .expect("seen", seen)
            .expect("message", json!(message))
    });
    File {
        name: "qr-link.json",
        about: "The QR link: readers' codes, the answers to them, and the frames of both.",
        cases: codes.chain(answers).chain(frames).collect(),
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

/// One reader's code, and one answer to it.
struct Scene<'w> {
    world: &'w World,
    /// Members over those of a good hello.
    hello: Vec<(i64, Encoded)>,
    /// What follows the hello in the code.
    request: Encoded,
    response: Vec<u8>,
    /// Seconds since the reader's invitation.
    after: i64,
    /// What is done to the answer's two parts.
    answer: fn(&mut Vec<Encoded>),
    sender: u8,
}

type Stage = fn(&mut Scene<'_>);

impl<'w> Scene<'w> {
    fn new(world: &'w World) -> Scene<'w> {
        Scene {
            world,
            hello: Vec::new(),
            request: Encoded::tag(24, Encoded::bytes(REQUEST)),
            response: RESPONSE.to_vec(),
            after: 10,
            answer: |_| {},
            sender: DEVICE_SIDE,
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
        Encoded::embedded(&Encoded::map(self.hello.iter().cloned().chain(good)))
    }

    fn code(&self) -> Encoded {
        Encoded::array([self.hello(), self.request.clone()])
    }

    /// `DeviceEngagementBytes`
    fn engagement(&self) -> Encoded {
        let members = [(0i64, "1.0".into()), (1, security(1, &self.world.e_device_key))];
        Encoded::embedded(&Encoded::map(members))
    }

    fn transcript(&self, engagement: Encoded) -> Encoded {
        let digest = Hash::sha256(self.hello().as_bytes());
        let handover = Encoded::array(["coffret-qr".into(), Encoded::bytes(&digest)]);
        let key = Encoded::embedded(&self.world.e_reader_key.public_key().to_cose());
        Encoded::array([engagement, key, handover])
    }

    fn answer(&self) -> Encoded {
        let keys = Keys::new(self.world, &self.transcript(self.engagement()));
        let data = Encoded::bytes(&keys.seal(self.sender, 1, &self.response));
        let mut parts = vec![self.engagement(), Encoded::map([("data", data)])];
        (self.answer)(&mut parts);
        Encoded::array(parts)
    }

    fn code_case(&self, case: Case) -> Case {
        let answer = self.answer();
        let frames = shown(&answer_type(self.world), answer.as_bytes(), self.fragment(), 6);
        case.input("kind", "code")
            .input("code", hex(self.code().as_bytes()))
            .input("deviceKey", jwk(&self.world.e_device_key))
            .input("response", hex(&self.response))
            .input("now", self.now())
            .expect_valid("request", hex(REQUEST))
            .expect_valid("readerTranscript", hex(self.transcript(Encoded::null()).as_bytes()))
            .expect_valid("transcript", hex(self.transcript(self.engagement()).as_bytes()))
            .expect_valid("frames", frames)
    }

    fn answer_case(&self, case: Case) -> Case {
        case.input("kind", "answer")
            .input("readerKey", jwk(&self.world.e_reader_key))
            .input("invited", self.world.now.to_string())
            .input("answer", hex(self.answer().as_bytes()))
            .input("now", self.now())
            .expect_valid("response", hex(&self.response))
            .expect_valid("transcript", hex(self.transcript(self.engagement()).as_bytes()))
    }

    /// Bytes in a fragment of the answer.
    fn fragment(&self) -> usize {
        if self.hello.iter().any(|(key, _)| *key == 3) { 100 } else { 300 }
    }
}

/// The rule broken, what is done, how.
const CODES: [(&str, &str, Stage); 14] = [
    ("", "a reader's code", |_| {}),
    ("", "an answer in several frames", |scene| scene.response = vec![7; 2000]),
    ("", "a reader with limits, and members that are not known", |scene| {
        let limits = [(0i64, Encoded::from(100u64)), (1, 300u64.into()), (9, Encoded::null())];
        scene.hello = vec![(3, Encoded::map(limits)), (0, "1.7".into()), (9, Encoded::null())];
    }),
    ("reader-code-expired", "two minutes later", |scene| scene.after = 120),
    ("", "read by a clock eight minutes behind", |scene| scene.after = -480),
    ("reader-code-expired", "read by a clock further behind", |scene| scene.after = -481),
    ("engagement-version", "2.0", |scene| scene.hello = vec![(0, "2.0".into())]),
    ("cipher-suite", "2", |scene| {
        scene.hello = vec![(1, security(2, &scene.world.e_reader_key))];
    }),
    ("agreement-mismatch", "a key that only signs", |scene| {
        scene.hello = vec![(1, security(1, &key_on(Curve::Ed25519)))];
    }),
    ("cbor-out-of-range", "beyond the year 9999", |scene| {
        scene.hello = vec![(2, u64::MAX.into())];
    }),
    ("cbor-out-of-range", "a fragment of no bytes", |scene| {
        scene.hello = vec![(3, Encoded::map([(0i64, Encoded::from(0u64))]))];
    }),
    ("cbor-wrong-tag", "a request that is not embedded", |scene| {
        scene.request = Encoded::bytes(REQUEST);
    }),
    ("frames-message-size", "longer than the reader takes", |scene| {
        scene.hello = vec![(3, Encoded::map([(1i64, Encoded::from(100u64))]))];
    }),
    ("frames-too-many-fragments", "in fragments shorter than there can be", |scene| {
        scene.hello = vec![(3, Encoded::map([(0i64, Encoded::from(1u64))]))];
        scene.response = vec![7; 2000];
    }),
];

const ANSWERS: [(&str, &str, Stage); 9] = [
    ("", "an answer", |_| {}),
    ("", "at the last second", |scene| scene.after = 119),
    ("reader-code-expired", "two minutes later", |scene| scene.after = 120),
    ("aead-failed", "to another reader's code", |scene| {
        scene.hello = vec![(9, "another".into())];
    }),
    ("aead-failed", "under the reader's key", |scene| scene.sender = READER_SIDE),
    ("aead-failed", "another engagement, of the same key", |scene| {
        scene.answer = |parts| {
            let inner = parts[0].as_item().embedded().expect("an engagement").into_owned();
            let tag = Encoded::tag(24, Encoded::bytes(&inner));
            let mut longer = vec![0xd8, 0x18, 0x59, 0x00];
            longer.extend(&tag.as_bytes()[3..]);
            let item = coffret_cbor::Item::parse(&longer).expect("well-formed");
            parts[0] = item.into();
        };
    }),
    ("cbor-missing-key", "a status alone", |scene| {
        scene.answer = |parts| parts[1] = Encoded::map([("status", Encoded::from(20u64))]);
    }),
    ("cbor-wrong-type", "an engagement alone", |scene| {
        scene.answer = |parts| parts.truncate(1);
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

/// The first frames of a message, by the library that the fountain is from.
fn shown(frame_type: &str, message: &[u8], fragment: usize, count: usize) -> Vec<String> {
    let mut encoder = ur::Encoder::new(message, fragment, frame_type).expect("a message");
    let single = format!("ur:{frame_type}/{}", bytewords::encode(message, Style::Minimal));
    let frame = |_| match encoder.fragment_count() {
        1 => single.to_ascii_uppercase(),
        _ => encoder.next_part().expect("a part").to_ascii_uppercase(),
    };
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

/// The rules broken, what is seen, how.
type Frames = (&'static [&'static str], &'static str, fn(&Scene<'_>) -> Seen);

const FRAMES: [Frames; 17] = [
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
    (&["frame-malformed"], "the frame 0", |scene| bad(scene, "0-2", [0, 2, 1000, 0], 500)),
    (&["frame-malformed"], "of no fragments", |scene| bad(scene, "1-0", [1, 0, 1000, 0], 500)),
    (&["frame-malformed"], "a fragment too long", |scene| bad(scene, "1-2", [1, 2, 998, 0], 500)),
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
];

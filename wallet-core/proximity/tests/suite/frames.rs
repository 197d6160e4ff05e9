use coffret_proximity::{Collected, Collector, Error, Frames};
use ur::bytewords::{self, Style};

use crate::pair::{answer, inviting, now, rng, scanned};

/// A message in several fragments, and what collects it.
fn frames(length: usize) -> (Frames, Collector) {
    (inviting(1).invite(&vec![7; length]).unwrap().1, Collector::of_codes())
}

/// A part of a message of 1,000 zeros in 2 fragments, with one number of its header another.
fn part(place: &str, member: usize, number: u32) -> String {
    let mut header = [1, 2, 1000, CHECKSUM];
    header[member] = number;
    frame(place, header, 500)
}

/// The CRC-32 of 1,000 zeros.
const CHECKSUM: u32 = 0x060b_1780;

fn frame(place: &str, header: [u32; 4], length: usize) -> String {
    let mut encoder = minicbor::Encoder::new(Vec::new());
    encoder.array(5).unwrap();
    for number in header {
        encoder.u32(number).unwrap();
    }
    encoder.bytes(&vec![0; length]).unwrap();
    let body = bytewords::encode(&encoder.into_writer(), Style::Minimal);
    format!("ur:x-mdoc-reader/{place}/{body}")
}

fn receive(frame: &str) -> Result<Collected, Error> {
    Collector::of_codes().receive(frame)
}

#[test]
fn frames_are_for_the_alphanumeric_mode() {
    const ALPHANUMERIC: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    for (frames, fragments) in [(frames(100).0, 1), (frames(5900).0, 18)] {
        assert_eq!(frames.fragments(), fragments);
        for frame in frames.take(50) {
            assert!(frame.starts_with("UR:X-MDOC-READER/"));
            assert!(frame.chars().all(|character| ALPHANUMERIC.contains(character)));
        }
    }
}

/// A code of 77 modules holds 758 characters (ISO/IEC 18004 Table 7, 15-L).
#[test]
fn every_frame_of_the_longest_answer_fits_the_same_code() {
    let (_, code) = scanned(1, b"request");
    let answering = coffret_proximity::Answering::new(&code, now(), &mut rng(2)).unwrap();
    let longest = vec![7; (256 << 10) - 300];
    let mut frames = answering.answer(&longest).unwrap();
    assert_eq!(frames.fragments(), 778, "as many as an answer can have");
    assert_eq!(frames.round().map(|frame| frame.len()).max(), Some(758));
}

#[test]
fn a_short_message_is_one_frame() {
    let (mut frames, mut collector) = frames(100);
    let frame = frames.next().unwrap();
    assert_eq!(frames.next().as_ref(), Some(&frame));
    for frame in [frame.to_lowercase(), frame] {
        let Collected::Whole(message) = collector.receive(&frame).unwrap() else { panic!() };
        assert!(message.ends_with(&[7; 100]));
    }
}

#[test]
fn progress_is_what_is_independent() {
    let (mut frames, mut collector) = frames(5900);
    let first = frames.next().unwrap();
    for _ in 0..3 {
        assert_eq!(collector.receive(&first), Ok(Collected::Part { have: 1, of: 18 }));
    }
    let second = frames.next().unwrap();
    assert_eq!(collector.receive(&second), Ok(Collected::Part { have: 2, of: 18 }));
}

/// From the fountain alone: none of the first 18 is seen.
#[test]
fn little_more_is_needed_than_there_is() {
    let (frames, mut collector) = frames(5900);
    let needed = frames
        .skip(18)
        .take_while(|frame| !matches!(collector.receive(frame).unwrap(), Collected::Whole(_)));
    assert!(needed.count() < 30);
}

#[test]
fn other_codes_are_foreign() {
    let (_, mut frames) = inviting(1).invite(b"request").unwrap();
    let (reader, answered) = scanned(1, b"request");
    let mut other = scanned(2, b"request").0.collector();
    let answered = coffret_proximity::Answering::new(&answered, now(), &mut rng(2)).unwrap();
    let answer = answered.answer(b"response").unwrap().next().unwrap();
    assert_eq!(receive(&answer), Ok(Collected::Foreign));
    assert_eq!(other.receive(&answer), Ok(Collected::Foreign));
    assert_eq!(reader.collector().receive(&frames.next().unwrap()), Ok(Collected::Foreign));
    let poster = "https://example.org/".repeat(300);
    for text in ["", "ur:", "ur:bytes/1-9/aeaeaeae", "ur:x-mdoc-reader", "mdoc:owBj", &poster] {
        assert_eq!(receive(text), Ok(Collected::Foreign));
    }
    assert_eq!(receive(&format!("UR:X-MDOC-READER/{}", "AE".repeat(2200))), Ok(Collected::Foreign));
}

#[test]
fn the_type_of_answers_is_the_sessions() {
    let reader = inviting(1);
    let key = reader.transcript().tagged().as_item().embedded().unwrap().into_owned();
    let key = coffret_cbor::Item::parse(&key).unwrap().array().unwrap().nth(1).unwrap();
    let ident: [u8; 8] = coffret_crypto::ident(key.bytes(), b"QRIdent");
    let ident: String = ident.iter().map(|byte| format!("{byte:02X}")).collect();
    let (_, code) = scanned(1, b"request");
    let answering = coffret_proximity::Answering::new(&code, now(), &mut rng(2)).unwrap();
    let frame = answering.answer(b"response").unwrap().next().unwrap();
    assert!(frame.starts_with(&format!("UR:X-MDOC-{ident}/")));
}

#[test]
fn malformed_frames() {
    assert_eq!(receive(&part("1-2", 0, 1)), Ok(Collected::Part { have: 1, of: 2 }));
    let good = part("1-2", 0, 1);
    for (frame, what) in [
        (good.replace("/1-2/", "/2-2/"), "another place"),
        (good.replace("/1-2/", "/01-2/"), "a place with a zero before it"),
        (good.replace("/1-2/", "/1-2/1-2/"), "two places"),
        (part("0-2", 0, 0), "the frame 0"),
        (part("1-0", 1, 0), "of no fragments"),
        (part("1-3", 1, 3), "fragments too long"),
        (frame("1-1", [1, 1, 0, 0], 0), "of no length"),
        ("ur:x-mdoc-reader/aeaeaeae".to_owned(), "of no bytes"),
        (part("1-2", 2, 998), "a length of one less each"),
        (good.replace("ae", "zz"), "no bytewords"),
        (good[..good.len() - 2].to_owned(), "a checksum cut"),
        ("ur:x-mdoc-reader/1-2/".to_owned(), "nothing"),
        (format!("ur:x-mdoc-reader/1-2/{}", bytewords::encode(b"\x80", Style::Minimal)), "no part"),
        (good.replace("/1-2/", "/é/"), "no text of a frame"),
    ] {
        assert_eq!(receive(&frame), Err(Error::FrameMalformed), "{what}");
    }
}

#[test]
fn limits_come_before_the_decoder() {
    let largest = frame("1-1024", [1, 1024, 256 << 10, 0], 256);
    assert_eq!(receive(&largest), Ok(Collected::Part { have: 1, of: 1024 }));
    let longer = frame("1-1024", [1, 1024, (256 << 10) + 1, 0], 257);
    assert_eq!(receive(&longer), Err(Error::MessageSize));
    let more = frame("1-1025", [1, 1025, 256 << 10, 0], 256);
    assert_eq!(receive(&more), Err(Error::TooManyFragments));
    assert_eq!(receive(&part("1-2", 2, u32::MAX)), Err(Error::MessageSize));
    assert_eq!(receive(&part("1-4294967295", 1, u32::MAX)), Err(Error::TooManyFragments));

    assert_eq!(inviting(1).invite(&vec![0; 256 << 10]).unwrap_err(), Error::MessageSize);
    let (reader, code) = scanned(1, b"request");
    assert_eq!(answer(&reader, &code, &vec![0; 256 << 10], 1).unwrap_err(), Error::MessageSize);
    assert_eq!(answer(&reader, &code, &vec![0; 255 << 10], 1).unwrap().len() >> 10, 255);
}

/// The checksum, and the zeros that fill the last fragment.
#[test]
fn what_was_announced_is_held_to() {
    let mut collector = Collector::of_codes();
    let good = [part("1-2", 0, 1), part("2-2", 0, 2)];
    collector.receive(&good[0]).unwrap();
    assert_eq!(collector.receive(&good[1]), Ok(Collected::Whole(vec![0; 1000])));

    let wrong = |place, sequence| frame(place, [sequence, 2, 1000, 1], 500);
    collector.receive(&wrong("1-2", 1)).unwrap();
    assert_eq!(collector.receive(&wrong("2-2", 2)), Err(Error::MessageCorrupt));
    // It begins anew.
    let again = collector.receive(&wrong("1-2", 1));
    assert_eq!(again, Ok(Collected::Part { have: 1, of: 2 }));

    let message = b"\0\0\0\0\0";
    let checksum = crc::Crc::<u32>::new(&crc::CRC_32_ISO_HDLC).checksum(message);
    let mut padded = minicbor::Encoder::new(Vec::new());
    padded.array(5).unwrap().u32(2).unwrap().u32(2).unwrap().u32(5).unwrap();
    padded.u32(checksum).unwrap().bytes(b"\0\0\x01").unwrap();
    let padded = bytewords::encode(&padded.into_writer(), Style::Minimal);
    collector.receive(&frame("1-2", [1, 2, 5, checksum], 3)).unwrap();
    let padded = collector.receive(&format!("ur:x-mdoc-reader/2-2/{padded}"));
    assert_eq!(padded, Err(Error::MessageCorrupt));
}

/// A fifth message takes the place of the one that has waited longest.
#[test]
fn four_messages_at_once() {
    let message = |number: u32| frame("1-2", [1, 2, 1000, number], 500);
    let second = |number: u32| frame("2-2", [2, 2, 1000, number], 500);
    let one = Ok(Collected::Part { have: 1, of: 2 });
    let mut collector = Collector::of_codes();
    let ours = frame("1-2", [1, 2, 1000, CHECKSUM], 500);
    for number in 0..3 {
        assert_eq!(collector.receive(&message(number)), one);
        assert_eq!(collector.receive(&ours), one);
    }
    assert_eq!(format!("{collector:?}"), "Collector(4 messages)");
    for number in 3..100 {
        assert_eq!(collector.receive(&message(number)), one);
        assert_eq!(collector.receive(&ours), one);
        assert_eq!(format!("{collector:?}"), "Collector(4 messages)");
    }
    // The last four are held, the others are forgotten.
    assert_eq!(collector.receive(&second(96)), one);
    assert_eq!(collector.receive(&second(99)), Err(Error::MessageCorrupt));
    let ours = frame("2-2", [2, 2, 1000, CHECKSUM], 500);
    assert_eq!(collector.receive(&ours), Ok(Collected::Whole(vec![0; 1000])));
}

/// Messages of one length and checksum, cut otherwise, are not mixed up.
#[test]
fn a_message_cut_otherwise_is_another() {
    let mut collector = Collector::of_codes();
    collector.receive(&part("1-2", 0, 1)).unwrap();
    let thirds = frame("1-3", [1, 3, 1000, CHECKSUM], 334);
    assert_eq!(collector.receive(&thirds), Ok(Collected::Part { have: 1, of: 3 }));
    assert_eq!(collector.receive(&part("2-2", 0, 2)), Ok(Collected::Whole(vec![0; 1000])));
}

/// The vectors of BlockchainCommons/bc-ur, under our type.
#[test]
fn bc_ur() {
    let Some(vectors) = coffret_published::json("ur/bc_ur_vectors.json") else { return };
    let multipart = &vectors["multipart"];
    // Theirs is a byte string in CBOR: what says so comes before it.
    let message = coffret_published::hex(&multipart["message_hex"]);
    let whole = [b"\x59\x01\x00", message.as_slice()].concat();
    let mut collector = Collector::of_codes();
    let parts = multipart["parts"].as_array().unwrap();
    for (count, part) in (1..).zip(parts) {
        let part = part.as_str().unwrap().replace("ur:bytes/", "ur:x-mdoc-reader/");
        let expected = match count {
            9 => Collected::Whole(whole.clone()),
            have => Collected::Part { have, of: 9 },
        };
        assert_eq!(collector.receive(&part), Ok(expected));
    }

    let parts = vectors["fountain_encoder_cbor_parts"].as_array().unwrap();
    let frames: Vec<_> = (1..)
        .zip(parts)
        .map(|(sequence, part)| {
            let body = bytewords::encode(&coffret_published::hex(part), Style::Minimal);
            format!("ur:x-mdoc-reader/{sequence}-9/{body}")
        })
        .collect();
    // Whichever frames are missed first, the twenty that are published are enough.
    for start in 0..8 {
        let mut collector = Collector::of_codes();
        let whole = frames[start..].iter().map(|frame| collector.receive(frame).unwrap());
        let mut whole = whole.filter(|collected| matches!(collected, Collected::Whole(_)));
        assert_eq!(whole.next(), Some(Collected::Whole(message.clone())), "from {start}");
    }

    let single = vectors["single_part"]["ur"].as_str().unwrap();
    let single = receive(&single.replace("ur:bytes/", "ur:x-mdoc-reader/"));
    let message = coffret_published::hex(&vectors["single_part"]["message_hex"]);
    assert_eq!(single, Ok(Collected::Whole([b"\x58\x32", message.as_slice()].concat())));
}

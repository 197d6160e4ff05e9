//! Frames lost, repeated, out of order, of another message, corrupt; events in any order.

use coffret_proximity::{Answering, Collected, Collector, Engaged, Error, ReaderCode, Status};
use proptest::prelude::*;

use crate::pair::{invited, inviting, later, met, now, rng, scanned, sessions};

/// What a camera may do to what is shown.
#[derive(Debug, Clone)]
enum Seen {
    /// As many are missed, then one is seen so often.
    Frame { missed: usize, times: usize },
    /// A frame of another message of the same session.
    Other,
    /// A frame with one character another.
    Misread { at: usize, as_: char },
    /// Something else in the picture.
    Poster(String),
}

fn seen() -> impl Strategy<Value = Seen> {
    prop_oneof![
        6 => (0..4usize, 1..3usize).prop_map(|(missed, times)| Seen::Frame { missed, times }),
        1 => Just(Seen::Other),
        1 => (any::<usize>(), any::<char>()).prop_map(|(at, as_)| Seen::Misread { at, as_ }),
        1 => ".{0,80}".prop_map(Seen::Poster),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is seen of the rest, the message that comes out is one that went in.
    #[test]
    fn messages_come_through(
        response in prop::collection::vec(any::<u8>(), 0..6000),
        seen in prop::collection::vec(seen(), 0..60),
    ) {
        let (reader, code) = scanned(1, b"request");
        let answer = |response: &[u8], seed| {
            Answering::new(&code, now(), &mut rng(seed)).unwrap().answer(response).unwrap()
        };
        let (mut shown, mut other) = (answer(&response, 2), answer(&[1; 3000], 3));
        let mut collector = reader.collector();
        let open = |collected: Collected| {
            let Collected::Whole(answer) = collected else { return false };
            let (_, opened) = reader.open(&answer, now()).unwrap();
            assert!(*opened == response || *opened == [1; 3000]);
            *opened == response
        };
        for seen in seen {
            let frame = match seen {
                Seen::Frame { missed, times } => {
                    let frame = shown.nth(missed).unwrap();
                    for _ in 1..times {
                        open(collector.receive(&frame).unwrap());
                    }
                    frame
                }
                Seen::Other => other.next().unwrap(),
                Seen::Misread { at, as_ } => {
                    let mut frame: Vec<_> = shown.next().unwrap().chars().collect();
                    let at = at % frame.len();
                    frame[at] = as_;
                    frame.into_iter().collect()
                }
                Seen::Poster(text) => text,
            };
            if let Ok(collected) = collector.receive(&frame) {
                open(collected);
            }
        }
        let fragments = shown.fragments();
        let enough = shown.take(3 * fragments + 20);
        prop_assert!(enough.into_iter().any(|frame| open(collector.receive(&frame).unwrap())));
    }

    /// Elimination is done no later than the decoder of `ur`, and with the same message.
    #[test]
    fn as_the_decoder_of_ur(length in 600..6000usize, kept in any::<u64>()) {
        let (_, frames) = inviting(1).invite(&vec![5; length]).unwrap();
        let mut theirs = ur::Decoder::default();
        let mut collector = Collector::of_codes();
        let mut ours = None;
        for (number, frame) in frames.take(200).enumerate() {
            if kept >> (number % 64) & 1 == 0 {
                continue;
            }
            theirs.receive(&frame).unwrap();
            if let Collected::Whole(message) = collector.receive(&frame).unwrap() {
                ours.get_or_insert(message);
            }
            if theirs.complete() {
                prop_assert_eq!(ours, theirs.message().unwrap());
                break;
            }
        }
    }

    #[test]
    fn any_text_is_collected_or_refused(texts in prop::collection::vec(frame_like(), 0..20)) {
        let mut collector = Collector::of_codes();
        for text in texts {
            if let Ok(Collected::Part { have, of }) = collector.receive(&text) {
                prop_assert!(have < of && of <= 1024);
            }
        }
    }

    /// Two sides that say anything at any time: what is received is what was sent, in its order,
    /// or the session is over for good.
    #[test]
    fn sessions_in_any_order(events in prop::collection::vec((any::<bool>(), event()), 0..40)) {
        let (holder, reader) = sessions(1);
        let mut sides = [holder, reader];
        let mut ways: [Vec<(Vec<u8>, Vec<u8>)>; 2] = Default::default();
        let mut over = [false; 2];
        for (side, event) in events {
            let side = usize::from(side);
            match event {
                Event::Send(data) => match sides[side].seal(&data) {
                    Ok(sent) => ways[side].push((data, sent)),
                    Err(error) => assert!(over[side] && error == Error::SessionOver),
                },
                Event::Receive(at) => {
                    let way = &mut ways[1 - side];
                    if way.is_empty() {
                        continue;
                    }
                    let at = at % way.len();
                    let (data, sent) = way.remove(at);
                    match sides[side].open(&sent) {
                        Ok(message) => {
                            assert!(at == 0 && !over[side]);
                            assert_eq!(*message.data.unwrap(), data);
                        }
                        Err(error) => {
                            assert!(at > 0 || over[side]);
                            assert_eq!(over[side], error == Error::SessionOver);
                            over[side] = true;
                        }
                    }
                }
                Event::Junk(bytes) => {
                    prop_assert!(sides[side].open(&bytes).is_err());
                    over[side] = true;
                }
                Event::End => {
                    sides[side].end(Status::Termination);
                    over[side] = true;
                }
            }
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let holder = Engaged::new(&mut rng(1)).unwrap();
        prop_assert!(holder.establish(&bytes).is_err());
        prop_assert!(ReaderCode::parse(&bytes).is_err());
        prop_assert!(invited(1, b"request").0.open(&bytes, later(1)).is_err());
    }

    /// No part of an establishment or an answer can be altered.
    #[test]
    fn every_bit_counts(at in any::<prop::sample::Index>(), bit in 0..8u8) {
        let holder = Engaged::new(&mut rng(1)).unwrap();
        let (_, mut sent) = met(&holder, 1).establish(b"request").unwrap();
        let at = at.index(sent.len());
        sent[at] ^= 1 << bit;
        prop_assert!(holder.establish(&sent).is_err());
    }
}

#[derive(Debug, Clone)]
enum Event {
    Send(Vec<u8>),
    /// One of the messages that wait, not always the first.
    Receive(usize),
    Junk(Vec<u8>),
    End,
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        8 => prop::collection::vec(any::<u8>(), 0..50).prop_map(Event::Send),
        8 => prop_oneof![9 => Just(0usize), 1 => any::<usize>()].prop_map(Event::Receive),
        1 => prop::collection::vec(any::<u8>(), 0..50).prop_map(Event::Junk),
        1 => Just(Event::End),
    ]
}

/// Text that begins as a frame does, with a body that is one or not.
fn frame_like() -> impl Strategy<Value = String> {
    let numbers = (0..3000u32, 0..1100u32, 0..300_000u32, any::<u32>(), 0..600usize);
    prop_oneof![
        "ur:x-mdoc-reader/([0-9]{1,4}-[0-9]{1,4}/)?[a-z]{0,60}",
        numbers.prop_map(|(sequence, count, length, checksum, size)| {
            let mut part = minicbor::Encoder::new(Vec::new());
            let header = part.array(5).unwrap().u32(sequence).unwrap().u32(count).unwrap();
            header.u32(length).unwrap().u32(checksum).unwrap().bytes(&vec![1; size]).unwrap();
            let body = ur::bytewords::encode(&part.into_writer(), ur::bytewords::Style::Minimal);
            format!("UR:X-MDOC-READER/{sequence}-{count}/{body}")
        }),
    ]
}

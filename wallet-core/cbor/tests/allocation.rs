//! Hostile input costs bounded memory: nothing is allocated by what the input claims.

mod counting;

use coffret_cbor::{Item, Limits, Received, Value};

use crate::counting::peak;

#[test]
fn ten_bytes_that_claim_four_gigabytes_get_less_than_64_kilobytes() {
    const CLAIM: [u8; 8] = 0x1_0000_0000u64.to_be_bytes();
    let claim = |before: &[u8], head: u8| [before, &[head], &CLAIM].concat();
    let inputs = [
        ("byte string", claim(&[], 0x5b)),
        ("text", claim(&[], 0x7b)),
        ("array", claim(&[], 0x9b)),
        ("map", claim(&[], 0xbb)),
        ("array of arrays", claim(&[0x81], 0x9b)),
        ("chunk of bytes", claim(&[0x5f], 0x5b)),
        ("chunk of text", claim(&[0x7f], 0x7b)),
        ("array in an array up to a break", claim(&[0x9f], 0x9b)),
        ("map in a map up to a break", claim(&[0xbf], 0xbb)),
        ("key that is a string", claim(&[0xa1], 0x5b)),
        ("key that is a map", claim(&[0xa1], 0xbb)),
        ("tag", claim(&[0xc0], 0x9b)),
        ("arrays in arrays", [0x9a, 0xff, 0xff, 0xff, 0xff].repeat(2)),
        ("maps in maps", [0xba, 0xff, 0xff, 0xff, 0xff].repeat(2)),
        ("embedded", [&[0xd8, 0x18, 0x45][..], &[0x9a, 0xff, 0xff, 0xff, 0xff]].concat()),
        ("embedded map", [&[0xd8, 0x18, 0x46][..], &[0xba, 0xff, 0xff, 0xff, 0xff, 0]].concat()),
    ];
    for (name, mut input) in inputs {
        input.resize(10, 0);
        let (refused, cost) = peak(|| match Item::parse(&input) {
            Err(_) => true,
            Ok(item) => Received::<Value>::embedded(item).is_err(),
        });
        assert!(refused, "{name}");
        assert!(cost < 64 << 10, "{name} costs {cost} bytes");
    }
}

/// A message of `Limits::MESSAGE.items` items in the shape that costs most.
fn costly() -> Vec<(&'static str, Vec<u8>)> {
    let items = Limits::MESSAGE.items as usize;
    let up_to_a_break = |head: u8, members: Vec<u8>| [vec![head], members, vec![0xff]].concat();
    let keys = |count: usize, spell: fn(u32) -> Vec<u8>| {
        let pairs = (0..count as u32).flat_map(|key| [spell(key), vec![0]].concat());
        up_to_a_break(0xbf, pairs.collect())
    };
    let half = (items - 1) / 2;
    vec![
        ("one key again and again", keys(half, |_| vec![0])),
        (
            "short keys",
            keys(half, |key| {
                key.to_be_bytes()[1..].iter().fold(vec![0x43], |k, b| [k, vec![*b]].concat())
            }),
        ),
        ("longer heads", keys(half, |key| [&[0x1b, 0, 0, 0, 0][..], &key.to_be_bytes()].concat())),
        ("floats", keys(half, |key| [&[0xfa][..], &key.to_be_bytes()].concat())),
        ("empty arrays for keys", keys(half, |_| vec![0x80])),
        (
            "one key of many arrays",
            [&[0xa1][..], &up_to_a_break(0x9f, vec![0x80; items - 3]), &[0]].concat(),
        ),
        ("empty maps", up_to_a_break(0x9f, vec![0xa0; items - 1])),
        ("integers", up_to_a_break(0x9f, vec![0; items - 1])),
        ("chunks", up_to_a_break(0x5f, vec![0x40; items - 1])),
    ]
}

#[test]
fn a_message_costs_a_bounded_multiple_of_its_size() {
    for (name, input) in costly() {
        let (item, scan) = peak(|| Item::parse(&input));
        assert!(scan <= 64 * input.len(), "{name}: the scan of {} bytes costs {scan}", input.len());
        let Ok(item) = item else { continue };
        let (_, value) = peak(|| item.value());
        assert!(
            value <= 64 * input.len(),
            "{name}: the value of {} bytes costs {value}",
            input.len()
        );
        println!("{name}: {} bytes, scan {scan}, value {value}", input.len());
    }
}

#[test]
fn strings_cost_the_scan_nothing() {
    let portrait = [&[0x5a, 0, 0x10, 0, 0][..], &vec![0xff; 1 << 20]].concat();
    let message = [&[0x82][..], &portrait, &portrait].concat();
    let (item, cost) = peak(|| Item::parse(&message));
    assert_eq!((item.is_ok(), cost), (true, 0));
}

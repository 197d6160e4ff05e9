//! Each rule refuses what breaks it, and says so by its name.

use coffret_cbor::{Decode, Error, FullDate, Item, Limits, Received, Timestamp, Value};
use data_encoding::HEXLOWER_PERMISSIVE;

type Reading = fn(&[u8]) -> Result<(), Error>;

const SCAN: Reading = |bytes| Item::parse(bytes).map(drop);
const UNSIGNED: Reading = |bytes| Item::parse(bytes)?.unsigned().map(drop);
const INTEGER: Reading = |bytes| Item::parse(bytes)?.integer().map(drop);
const BYTES: Reading = |bytes| Item::parse(bytes)?.byte_string().map(drop);
const TEXT: Reading = |bytes| Item::parse(bytes)?.text().map(drop);
const BOOLEAN: Reading = |bytes| Item::parse(bytes)?.boolean().map(drop);
const ARRAY: Reading = |bytes| Item::parse(bytes)?.array().map(drop);
const PAIR: Reading = |bytes| Item::parse(bytes)?.array()?.exactly::<2>().map(drop);
const MAP: Reading = |bytes| Item::parse(bytes)?.map().map(drop);
const VERSION: Reading = |bytes| Item::parse(bytes)?.map()?.require("version").map(drop);
const LABEL: Reading = |bytes| Item::parse(bytes)?.map()?.require(-1).map(drop);
const TAG: Reading = |bytes| Item::parse(bytes)?.tag().map(drop);
const EMBEDDED: Reading = |bytes| Received::<Value>::embedded(Item::parse(bytes)?).map(drop);
const VALUE: Reading = |bytes| Value::decode(Item::parse(bytes)?).map(drop);
const FULL_DATE: Reading = |bytes| FullDate::decode(Item::parse(bytes)?).map(drop);
const TDATE: Reading = |bytes| Timestamp::decode(Item::parse(bytes)?).map(drop);

/// What breaks a rule, in hex.
#[rustfmt::skip]
const BROKEN: &[(Error, Reading, &str)] = &[
    // Nothing; a head; a string; an array; a map; up to a break; a tag.
    (Error::Truncated, SCAN, ""),
    (Error::Truncated, SCAN, "19 01"),
    (Error::Truncated, SCAN, "42 00"),
    (Error::Truncated, SCAN, "82 00"),
    (Error::Truncated, SCAN, "a1 00"),
    (Error::Truncated, SCAN, "5f 41 00"),
    (Error::Truncated, SCAN, "9f 00"),
    (Error::Truncated, SCAN, "bf 00 00"),
    (Error::Truncated, SCAN, "c0"),
    (Error::Truncated, EMBEDDED, "d8 18 41 82"),
    (Error::TrailingBytes, SCAN, "00 00"),
    (Error::TrailingBytes, SCAN, "82 00 00 ff"),
    (Error::TrailingBytes, SCAN, "9f ff ff"),
    (Error::TrailingBytes, EMBEDDED, "d8 18 42 00 00"),
    // Additional information 28 to 30, then 31 where nothing is of indefinite length.
    (Error::Reserved, SCAN, "1c"),
    (Error::Reserved, SCAN, "5d"),
    (Error::Reserved, SCAN, "fe"),
    (Error::Reserved, SCAN, "1f"),
    (Error::Reserved, SCAN, "3f"),
    (Error::Reserved, SCAN, "df 00"),
    (Error::ReservedSimple, SCAN, "f8 00"),
    (Error::ReservedSimple, SCAN, "f8 14"),
    (Error::ReservedSimple, SCAN, "f8 18"),
    (Error::ReservedSimple, SCAN, "f8 1f"),
    // Alone; in an array, a map and a tag of definite length; for a value in a map.
    (Error::UnexpectedBreak, SCAN, "ff"),
    (Error::UnexpectedBreak, SCAN, "82 00 ff"),
    (Error::UnexpectedBreak, SCAN, "a1 ff 00"),
    (Error::UnexpectedBreak, SCAN, "c0 ff"),
    (Error::UnexpectedBreak, SCAN, "bf 00 ff"),
    // Another type; the other kind of string; chunks in a chunk.
    (Error::WrongChunk, SCAN, "5f 00 ff"),
    (Error::WrongChunk, SCAN, "5f 61 61 ff"),
    (Error::WrongChunk, SCAN, "7f 41 61 ff"),
    (Error::WrongChunk, SCAN, "5f 5f 41 00 ff ff"),
    // A lone continuation byte; an overlong form; a surrogate; a character cut by a chunk's end.
    (Error::InvalidUtf8, SCAN, "61 80"),
    (Error::InvalidUtf8, SCAN, "62 c0 80"),
    (Error::InvalidUtf8, SCAN, "63 ed a0 80"),
    (Error::InvalidUtf8, SCAN, "7f 61 c3 61 a9 ff"),
    // The same key spelt alike; with a longer head; in chunks; as another float; as a map in
    // another order; far from the first.
    (Error::DuplicateKey, SCAN, "a2 00 00 00 00"),
    (Error::DuplicateKey, SCAN, "a2 00 00 18 00 00"),
    (Error::DuplicateKey, SCAN, "a2 17 00 18 17 00"),
    (Error::DuplicateKey, SCAN, "a2 18 ff 00 19 00ff 00"),
    (Error::DuplicateKey, SCAN, "a2 19 ffff 00 1a 0000ffff 00"),
    (Error::DuplicateKey, SCAN, "a2 1a ffffffff 00 1b 00000000ffffffff 00"),
    (Error::DuplicateKey, SCAN, "a2 00 00 1b 0000000000000000 00"),
    (Error::DuplicateKey, SCAN, "a2 20 00 38 00 00"),
    (Error::DuplicateKey, SCAN, "a2 41 61 00 58 01 61 00"),
    (Error::DuplicateKey, SCAN, "a2 61 61 00 7f 61 61 ff 00"),
    (Error::DuplicateKey, SCAN, "a2 5f ff 00 40 00"),
    (Error::DuplicateKey, SCAN, "a2 f9 3c 00 00 fb 3f f0 00 00 00 00 00 00 00"),
    (Error::DuplicateKey, SCAN, "a2 f9 7e 00 00 fa 7f c0 00 01 00"),
    (Error::DuplicateKey, SCAN, "a2 81 00 00 9f 00 ff 00"),
    (Error::DuplicateKey, SCAN, "a2 c0 00 00 d8 00 00 00"),
    (Error::DuplicateKey, SCAN, "a2 a2 01 00 02 00 00 a2 02 00 01 00 00"),
    (Error::DuplicateKey, SCAN, "bf 00 00 01 00 02 00 00 00 ff"),
    (Error::DuplicateKey, SCAN, "81 a1 00 a2 f5 00 f5 00"),
    (Error::DuplicateKey, SCAN, "a1 a2 00 00 00 00 00"),
    // The 33rd level, by each kind; a string's chunks are one; the fifth level of a key.
    (Error::TooDeep, SCAN, "81818181818181818181818181818181 81818181818181818181818181818181 81 00"),
    (Error::TooDeep, SCAN, "9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f 9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f 9f 00"),
    (Error::TooDeep, SCAN, "c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0 c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0 c0 00"),
    (Error::TooDeep, SCAN, "a100a100a100a100a100a100a100a100 a100a100a100a100a100a100a100a100 \
                            a100a100a100a100a100a100a100a100 a100a100a100a100a100a100a100a100 a100 00"),
    (Error::TooDeep, SCAN, "81818181818181818181818181818181 81818181818181818181818181818181 5fff"),
    (Error::TooDeep, SCAN, "a1 8181818181 00 00"),
    (Error::TooDeep, SCAN, "a1 a1a1a1a1a1 00 00 00 00 00 00 00"),
    // One byte more than 4 MiB: in one piece, in a chunk, in chunks together; more than a usize.
    (Error::StringTooLong, SCAN, "5a 00400001"),
    (Error::StringTooLong, SCAN, "7a 00400001"),
    (Error::StringTooLong, SCAN, "5f 5a 00400001"),
    (Error::StringTooLong, SCAN, "5f 41 00 5a 00400000"),
    (Error::StringTooLong, SCAN, "5b ffffffffffffffff"),

    (Error::WrongType, UNSIGNED, "20"),
    (Error::WrongType, UNSIGNED, "f9 3c 00"),
    (Error::WrongType, INTEGER, "61 31"),
    (Error::WrongType, INTEGER, "c2 41 01"),
    (Error::WrongType, BYTES, "60"),
    (Error::WrongType, TEXT, "40"),
    (Error::WrongType, BOOLEAN, "00"),
    (Error::WrongType, BOOLEAN, "f6"),
    (Error::WrongType, ARRAY, "a0"),
    (Error::WrongType, PAIR, "81 00"),
    (Error::WrongType, PAIR, "83 00 00 00"),
    (Error::WrongType, MAP, "80"),
    (Error::WrongType, TAG, "00"),
    (Error::WrongType, EMBEDDED, "d8 18 60"),
    (Error::WrongType, FULL_DATE, "d9 03ec 00"),
    (Error::WrongType, TDATE, "c0 00"),
    // Undefined and others, where a value is expected and inside any value.
    (Error::SimpleValue, UNSIGNED, "f7"),
    (Error::SimpleValue, INTEGER, "f7"),
    (Error::SimpleValue, BYTES, "e0"),
    (Error::SimpleValue, TEXT, "f7"),
    (Error::SimpleValue, BOOLEAN, "f7"),
    (Error::SimpleValue, ARRAY, "f8 20"),
    (Error::SimpleValue, MAP, "f8 ff"),
    (Error::SimpleValue, VALUE, "f7"),
    (Error::SimpleValue, VALUE, "f0"),
    (Error::SimpleValue, VALUE, "81 f7"),
    (Error::SimpleValue, VALUE, "a1 f7 00"),
    (Error::SimpleValue, VALUE, "a1 00 f7"),
    (Error::SimpleValue, VALUE, "c0 f7"),
    (Error::SimpleValue, EMBEDDED, "d8 18 41 f7"),
    (Error::MissingKey, VERSION, "a0"),
    (Error::MissingKey, VERSION, "a1 47 76657273696f6e 00"),
    (Error::MissingKey, LABEL, "a1 01 00"),
    (Error::OutOfRange, INTEGER, "1b 8000000000000000"),
    (Error::OutOfRange, INTEGER, "3b 8000000000000000"),
    (Error::WrongTag, EMBEDDED, "41 00"),
    (Error::WrongTag, EMBEDDED, "d8 19 41 00"),
    (Error::WrongTag, FULL_DATE, "6a 323032302d31302d3031"),
    (Error::WrongTag, FULL_DATE, "c0 6a 323032302d31302d3031"),
    (Error::WrongTag, TDATE, "74 323032302d31302d30315430303a30303a30305a"),
    (Error::WrongTag, TDATE, "d9 03ec 6a 323032302d31302d3031"),
    (Error::InvalidFullDate, FULL_DATE, "d9 03ec 6a 323032302d31332d3031"),
    (Error::InvalidTdate, TDATE, "c0 6a 323032302d31302d3031"),
];

fn hex(text: &str) -> Vec<u8> {
    HEXLOWER_PERMISSIVE.decode(text.replace(' ', "").as_bytes()).unwrap()
}

/// What breaks a rule only by its size.
fn large() -> [(Error, Vec<u8>); 4] {
    let Limits { items, total, .. } = Limits::MESSAGE;
    let array = |count: u32| [&[0x9f], vec![0; count as usize].as_slice(), &[0xff]].concat();
    let chunks = |count: u32| [&[0x5f], vec![0x40; count as usize].as_slice(), &[0xff]].concat();
    [
        (Error::TooManyItems, array(items)),
        (Error::TooManyItems, chunks(items)),
        (Error::TooManyItems, [&[0x9a, 0xff, 0xff, 0xff, 0xff][..], &array(items)].concat()),
        (Error::TooLarge, vec![0; total + 1]),
    ]
}

#[test]
fn what_breaks_a_rule_is_refused_by_it() {
    for (rule, read, input) in BROKEN {
        assert_eq!(read(&hex(input)), Err(*rule), "{input}");
    }
    for (rule, input) in large() {
        assert_eq!(SCAN(&input), Err(rule), "{} bytes", input.len());
    }
}

#[test]
fn every_rule_is_broken_by_something() {
    let broken: Vec<_> = BROKEN.iter().map(|(rule, ..)| *rule).collect();
    let large = large().map(|(rule, _)| rule);
    for rule in Error::ALL {
        assert!(broken.contains(rule) || large.contains(rule), "{rule}");
    }
}

/// One step inside the bounds on a message.
#[test]
fn what_reaches_a_bound_is_read() {
    let Limits { depth, items, string, total, key_depth } = Limits::MESSAGE;
    let nested = |head: u8, depth: u16| [vec![head; depth.into()], vec![0]].concat();
    let text =
        |length: usize| [&[0x7a], &(length as u32).to_be_bytes()[..], &vec![b'a'; length]].concat();
    let (longest, rest) = (text(string), text(total - string - 13));
    for input in [
        nested(0x81, depth),
        nested(0xc0, depth),
        [&[0xa1], &nested(0x81, key_depth)[..], &[0]].concat(),
        [&[0x9f], &vec![0; items as usize - 1][..], &[0xff]].concat(),
        [&[0x7f], &text(string - 1)[..], &[0x61, b'a', 0xff]].concat(),
        [&[0x82], &longest[..], &rest[..]].concat(),
    ] {
        assert_eq!(SCAN(&input), Ok(()), "{} bytes", input.len());
    }
}

/// What looks alike and is not the same key, and what a typed reading takes.
#[test]
fn what_breaks_no_rule_is_read() {
    #[rustfmt::skip]
    let kept: &[(Reading, &str)] = &[
        (SCAN, "a2 00 00 20 00"),
        (SCAN, "a2 41 61 00 61 61 00"),
        (SCAN, "a2 01 00 f9 3c 00 00"),
        (SCAN, "a2 f9 0000 00 f9 8000 00"),
        (SCAN, "a2 00 00 c0 00 00"),
        (SCAN, "82 a1 00 00 a1 00 00"),
        (SCAN, "f8 20"),
        (SCAN, "5f ff"),
        (SCAN, "7f 61 61 60 ff"),
        (UNSIGNED, "1b ffffffffffffffff"),
        (INTEGER, "1b 7fffffffffffffff"),
        (INTEGER, "3b 7fffffffffffffff"),
        (VALUE, "84 f4 f5 f6 f9 3c 00"),
        (VERSION, "a1 7f 64 76657273 63 696f6e ff 00"),
        (LABEL, "a1 38 00 00"),
        (EMBEDDED, "d9 0018 5f 41 82 42 00 00 ff"),
    ];
    for (read, input) in kept {
        assert_eq!(read(&hex(input)), Ok(()), "{input}");
    }
}

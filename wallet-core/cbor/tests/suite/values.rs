//! Values to test with, and the many encodings that one value has.

use std::collections::BTreeMap;

use coffret_cbor::{Encoded, Simple, Value};
use proptest::collection::vec;
use proptest::num::f64::{INFINITE, NORMAL, SUBNORMAL, ZERO};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// The same cases each time.
pub(crate) fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 512,
        rng_seed: RngSeed::Fixed(8949),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Any value but NaN, which equals nothing; maps in the order of the deterministic encoding.
pub(crate) fn every() -> impl Strategy<Value = Value> {
    let simple = any::<u8>().prop_filter_map("a simple value", Simple::new).prop_map(Value::Simple);
    let scalar = prop_oneof![9 => scalar(), 1 => simple];
    let key = scalar.clone().prop_recursive(3, 6, 2, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Value::Array),
            vec((inner.clone(), inner.clone()), 0..3).prop_map(map),
            (any::<u64>(), inner).prop_map(|(number, inner)| Value::Tag(number, Box::new(inner))),
        ]
    });
    nested(scalar, key, any::<u64>())
}

/// What this crate and others read alike: no simple values, undefined, bignums, or keys but text,
/// integers and byte strings.
pub(crate) fn common() -> impl Strategy<Value = Value> {
    let key = prop_oneof![integer(), text(), bytes()];
    nested(scalar(), key, any::<u64>().prop_filter("no bignum", |tag| !matches!(tag, 2 | 3)))
}

fn nested(
    scalar: impl Strategy<Value = Value> + Clone + 'static,
    key: impl Strategy<Value = Value> + Clone + 'static,
    tag: impl Strategy<Value = u64> + Clone + 'static,
) -> impl Strategy<Value = Value> {
    scalar.prop_recursive(5, 40, 6, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::Array),
            vec((key.clone(), inner.clone()), 0..6).prop_map(map),
            (tag.clone(), inner).prop_map(|(number, inner)| Value::Tag(number, Box::new(inner))),
        ]
    })
}

fn scalar() -> impl Strategy<Value = Value> + Clone {
    let float = prop_oneof![
        NORMAL | SUBNORMAL | ZERO | INFINITE,
        any::<f32>().prop_filter("no NaN", |float| !float.is_nan()).prop_map(f64::from),
        any::<i16>().prop_map(|integer| f64::from(integer) / 8.0),
    ];
    prop_oneof![
        integer(),
        text(),
        bytes(),
        any::<bool>().prop_map(Value::Bool),
        Just(Value::Null),
        float.prop_map(Value::Float),
    ]
}

fn integer() -> impl Strategy<Value = Value> + Clone {
    let argument = (any::<u64>(), 0..64u32).prop_map(|(integer, shift)| integer >> shift);
    prop_oneof![argument.clone().prop_map(Value::Unsigned), argument.prop_map(Value::Negative)]
}

fn text() -> impl Strategy<Value = Value> + Clone {
    ".{0,30}".prop_map(Value::Text)
}

fn bytes() -> impl Strategy<Value = Value> + Clone {
    vec(any::<u8>(), 0..300).prop_map(Value::Bytes)
}

fn map(pairs: Vec<(Value, Value)>) -> Value {
    let pairs = pairs.into_iter().map(|pair| (Encoded::from(&pair.0).into_bytes(), pair));
    Value::Map(pairs.collect::<BTreeMap<_, _>>().into_values().collect())
}

/// One of the encodings of a value: heads of any length, chunked strings, arrays and maps up to a
/// break, keys in another order. The choices are taken in turn, round and round.
pub(crate) fn spell(value: &Value, choices: &[u8]) -> Vec<u8> {
    let mut spelling = Spelling { bytes: Vec::new(), choices: choices.iter().copied().cycle() };
    spelling.value(value);
    spelling.bytes
}

struct Spelling<C> {
    bytes: Vec<u8>,
    choices: C,
}

impl<C: Iterator<Item = u8>> Spelling<C> {
    fn value(&mut self, value: &Value) {
        match value {
            Value::Unsigned(integer) => self.head(0, *integer),
            Value::Negative(integer) => self.head(1, *integer),
            Value::Bytes(bytes) => self.string(2, &[bytes]),
            Value::Text(text) => {
                let middle = text.chars().nth(2).map_or(0, char::len_utf8);
                let (start, end) = text.as_bytes().split_at(middle.min(text.len()));
                match std::str::from_utf8(start) {
                    Ok(_) => self.string(3, &[start, end]),
                    Err(_) => self.string(3, &[text.as_bytes()]),
                }
            }
            Value::Array(items) => {
                self.members(4, items.len(), |spelling| {
                    items.iter().for_each(|item| spelling.value(item));
                });
            }
            Value::Map(pairs) => {
                let first = usize::from(self.choice()) % pairs.len().max(1);
                let (end, start) = pairs.split_at(first);
                self.members(5, pairs.len(), |spelling| {
                    for (key, value) in start.iter().chain(end) {
                        spelling.value(key);
                        spelling.value(value);
                    }
                });
            }
            Value::Tag(number, inner) => {
                self.head(6, *number);
                self.value(inner);
            }
            Value::Float(float) if self.choice() < 64 => {
                self.bytes.push(0xfb);
                self.bytes.extend(float.to_be_bytes());
            }
            Value::Bool(_) | Value::Null | Value::Simple(_) | Value::Float(_) => {
                self.bytes.extend(Encoded::from(value).as_bytes());
            }
        }
    }

    fn choice(&mut self) -> u8 {
        self.choices.next().unwrap_or(0)
    }

    /// The shortest head, or a longer one.
    fn head(&mut self, major: u8, argument: u64) {
        let shortest: usize = match argument {
            0..=23 => 0,
            24..=0xff => 1,
            0x100..=0xffff => 2,
            0x1_0000..=0xffff_ffff => 4,
            _ => 8,
        };
        let follows = match self.choice() {
            longer @ 0..=3 => shortest.max(1 << longer),
            _ => shortest,
        };
        let info = if follows == 0 { argument as u8 } else { 24 + follows.ilog2() as u8 };
        self.bytes.push(major << 5 | info);
        self.bytes.extend(&argument.to_be_bytes()[8 - follows..]);
    }

    fn string(&mut self, major: u8, chunks: &[&[u8]]) {
        if self.choice() < 64 {
            self.bytes.push(major << 5 | 31);
            for chunk in chunks {
                self.chunk(major, chunk);
            }
            self.bytes.push(0xff);
        } else {
            self.chunk(major, &chunks.concat());
        }
    }

    fn chunk(&mut self, major: u8, content: &[u8]) {
        self.head(major, content.len() as u64);
        self.bytes.extend(content);
    }

    fn members(&mut self, major: u8, count: usize, write: impl FnOnce(&mut Self)) {
        if self.choice() < 64 {
            self.bytes.push(major << 5 | 31);
            write(self);
            self.bytes.push(0xff);
        } else {
            self.head(major, count as u64);
            write(self);
        }
    }
}

/// As `get` finds them one by one, in whatever order they stand, beside keys that are no text.
#[test]
fn the_fields_of_a_map_are_found_in_one_pass() {
    let bytes = b"\xa4\x61b\x02\x01\x18\x63\x61a\x01\x62no\xf6";
    let map = coffret_cbor::Item::parse(bytes).unwrap().map().unwrap();
    let keys = ["a", "missing", "b", "no"];
    let found = map.fields(keys).map(|found| found.map(|value| value.bytes()));
    assert_eq!(found, [Some(&b"\x01"[..]), None, Some(b"\x02"), Some(b"\xf6")]);
    assert_eq!(found, keys.map(|key| map.get(key).map(|value| value.bytes())));
}

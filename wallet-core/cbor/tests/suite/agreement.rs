//! Other people's readers and writers agree with ours on the common ground: no simple values,
//! undefined, bignums, duplicate keys.

use coffret_cbor::{Encoded, Error, Item, Value};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::values::{self, config, spell};

/// Another implementation, seen through our values.
struct Peer {
    name: &'static str,
    read: fn(&[u8]) -> Option<Value>,
    write: fn(&Value) -> Vec<u8>,
}

const SERDE_CBOR: Peer = Peer {
    name: "serde_cbor",
    read: |bytes| serde_cbor::from_slice(bytes).ok().map(from_serde_cbor),
    write: |value| serde_cbor::to_vec(&to_serde_cbor(value)).unwrap(),
};

const CIBORIUM: Peer = Peer {
    name: "ciborium",
    read: |mut bytes| {
        let value = ciborium::from_reader(&mut bytes).ok()?;
        bytes.is_empty().then(|| from_ciborium(value))
    },
    write: |value| {
        let mut bytes = Vec::new();
        ciborium::into_writer(&to_ciborium(value), &mut bytes).unwrap();
        bytes
    },
};

const PEERS: [Peer; 2] = [SERDE_CBOR, CIBORIUM];

/// Whether two readings are of one value, in whatever order its maps are.
fn same(ours: &Value, theirs: &Value) -> bool {
    Encoded::from(ours) == Encoded::from(theirs)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn they_read_what_we_send(value in values::common()) {
        let sent = Encoded::from(&value);
        for peer in PEERS {
            let theirs = (peer.read)(sent.as_bytes());
            prop_assert!(theirs.is_some_and(|theirs| same(&value, &theirs)), "{}", peer.name);
        }
    }

    #[test]
    fn we_read_what_they_send(value in values::common()) {
        for peer in PEERS {
            let received = (peer.write)(&value);
            let ours = Item::parse(&received).map(Item::value);
            prop_assert!(ours.is_ok_and(|ours| same(&ours, &value)), "{}", peer.name);
        }
    }

    #[test]
    fn they_read_every_encoding_as_we_do(value in values::common(), choices in vec(any::<u8>(), 1..40)) {
        let received = spell(&value, &choices);
        for peer in PEERS {
            let theirs = (peer.read)(&received);
            prop_assert!(theirs.is_some_and(|theirs| same(&value, &theirs)), "{}", peer.name);
        }
    }

    #[test]
    fn what_we_read_in_altered_bytes_they_read_too(
        value in values::common(),
        choices in vec(any::<u8>(), 1..40),
        (at, byte) in any::<(prop::sample::Index, u8)>(),
    ) {
        let mut received = spell(&value, &choices);
        let at = at.index(received.len());
        received[at] = byte;
        for peer in PEERS {
            let theirs = (peer.read)(&received);
            match Item::parse(&received).map(Item::value) {
                Ok(ours) if is_common(&ours) => {
                    prop_assert!(theirs.is_some_and(|theirs| same(&ours, &theirs)), "{}", peer.name);
                }
                Ok(_) => {}
                Err(rule) => prop_assert!(theirs.is_none() || is_ours_alone(rule), "{}: {rule}", peer.name),
            }
        }
    }
}

#[test]
fn they_read_appendix_a_as_we_do() {
    let Some(examples) = coffret_published::json("cbor/rfc8949_appendix_a.json") else { return };
    let examples =
        examples.as_array().unwrap().iter().map(|example| coffret_published::hex(&example["hex"]));
    let ours = examples.filter_map(|bytes| Some((Item::parse(&bytes).ok()?.value(), bytes)));
    let mut compared = 0;
    for (value, received) in ours.filter(|(value, _)| is_common(value)) {
        for peer in PEERS {
            let theirs = (peer.read)(&received).unwrap();
            assert!(same(&value, &theirs), "{}: {received:02x?}", peer.name);
            let sent = (peer.write)(&value);
            assert!(same(&value, &Item::parse(&sent).unwrap().value()), "{}", peer.name);
        }
        compared += 1;
    }
    println!("RFC 8949 Appendix A: {compared} examples compared with {} readers", PEERS.len());
    assert_eq!(compared, 76);
}

/// Simple values, undefined and bignums have no common reading; of other keys than these, the
/// peers' maps make something else.
fn is_common(value: &Value) -> bool {
    match value {
        Value::Simple(_) | Value::Tag(2 | 3, _) => false,
        Value::Array(items) => items.iter().all(is_common),
        Value::Tag(_, inner) => is_common(inner),
        Value::Map(pairs) => pairs.iter().all(|(key, value)| {
            let plain = matches!(
                key,
                Value::Unsigned(_) | Value::Negative(_) | Value::Text(_) | Value::Bytes(_)
            );
            plain && is_common(value)
        }),
        _ => true,
    }
}

/// What others let pass.
fn is_ours_alone(rule: Error) -> bool {
    matches!(rule, Error::DuplicateKey | Error::ReservedSimple)
}

fn integer(integer: i128) -> Value {
    match u64::try_from(integer) {
        Ok(unsigned) => Value::Unsigned(unsigned),
        Err(_) => Value::Negative(u64::try_from(-1 - integer).unwrap()),
    }
}

fn from_serde_cbor(value: serde_cbor::Value) -> Value {
    use serde_cbor::Value as Theirs;
    match value {
        Theirs::Null => Value::Null,
        Theirs::Bool(value) => Value::Bool(value),
        Theirs::Integer(value) => integer(value),
        Theirs::Float(float) => Value::Float(float),
        Theirs::Bytes(bytes) => Value::Bytes(bytes),
        Theirs::Text(text) => Value::Text(text),
        Theirs::Array(items) => Value::Array(items.into_iter().map(from_serde_cbor).collect()),
        Theirs::Map(pairs) => {
            let pairs = pairs.into_iter();
            Value::Map(pairs.map(|(k, v)| (from_serde_cbor(k), from_serde_cbor(v))).collect())
        }
        Theirs::Tag(number, inner) => Value::Tag(number, Box::new(from_serde_cbor(*inner))),
        Theirs::__Hidden => unreachable!(),
    }
}

fn to_serde_cbor(value: &Value) -> serde_cbor::Value {
    use serde_cbor::Value as Theirs;
    match value {
        Value::Unsigned(integer) => Theirs::Integer((*integer).into()),
        Value::Negative(n) => Theirs::Integer(-1 - i128::from(*n)),
        Value::Bytes(bytes) => Theirs::Bytes(bytes.clone()),
        Value::Text(text) => Theirs::Text(text.clone()),
        Value::Array(items) => Theirs::Array(items.iter().map(to_serde_cbor).collect()),
        Value::Map(pairs) => {
            Theirs::Map(pairs.iter().map(|(k, v)| (to_serde_cbor(k), to_serde_cbor(v))).collect())
        }
        Value::Tag(number, inner) => Theirs::Tag(*number, Box::new(to_serde_cbor(inner))),
        Value::Bool(value) => Theirs::Bool(*value),
        Value::Null => Theirs::Null,
        Value::Float(float) => Theirs::Float(*float),
        Value::Simple(_) => unreachable!(),
    }
}

fn from_ciborium(value: ciborium::Value) -> Value {
    use ciborium::Value as Theirs;
    match value {
        Theirs::Integer(value) => integer(value.into()),
        Theirs::Bytes(bytes) => Value::Bytes(bytes),
        Theirs::Float(float) => Value::Float(float),
        Theirs::Text(text) => Value::Text(text),
        Theirs::Bool(value) => Value::Bool(value),
        Theirs::Null => Value::Null,
        Theirs::Tag(number, inner) => Value::Tag(number, Box::new(from_ciborium(*inner))),
        Theirs::Array(items) => Value::Array(items.into_iter().map(from_ciborium).collect()),
        Theirs::Map(pairs) => {
            let pairs = pairs.into_iter();
            Value::Map(pairs.map(|(k, v)| (from_ciborium(k), from_ciborium(v))).collect())
        }
        _ => unreachable!(),
    }
}

fn to_ciborium(value: &Value) -> ciborium::Value {
    use ciborium::Value as Theirs;
    match value {
        Value::Unsigned(integer) => Theirs::Integer((*integer).into()),
        Value::Negative(n) => Theirs::Integer((-1 - i128::from(*n)).try_into().unwrap()),
        Value::Bytes(bytes) => Theirs::Bytes(bytes.clone()),
        Value::Text(text) => Theirs::Text(text.clone()),
        Value::Array(items) => Theirs::Array(items.iter().map(to_ciborium).collect()),
        Value::Map(pairs) => {
            Theirs::Map(pairs.iter().map(|(k, v)| (to_ciborium(k), to_ciborium(v))).collect())
        }
        Value::Tag(number, inner) => Theirs::Tag(*number, Box::new(to_ciborium(inner))),
        Value::Bool(value) => Theirs::Bool(*value),
        Value::Null => Theirs::Null,
        Value::Float(float) => Theirs::Float(*float),
        Value::Simple(_) => unreachable!(),
    }
}

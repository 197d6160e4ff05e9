//! RFC 8949 Appendix A (examples), Appendix F.1 (not well-formed) and encodings that are not
//! deterministic, each judged as the RFC says.

use coffret_cbor::{Encoded, Error, Item, Value};
use coffret_published::hex;
use data_encoding::HEXLOWER;
use serde_json::{Value as Json, json};

/// The vectors are those of RFC 7049, which had simple(24) in two bytes; RFC 8949 Appendix F.1 has
/// it among what is not well-formed.
const NO_LONGER_WELL_FORMED: &str = "f818";

#[test]
fn every_example_reads_as_the_value_it_stands_for() {
    let Some(examples) = coffret_published::json("cbor/rfc8949_appendix_a.json") else { return };
    let mut judged = 0;
    for example in examples.as_array().unwrap() {
        let (hex, received) = (&example["hex"], hex(&example["hex"]));
        if hex == NO_LONGER_WELL_FORMED {
            assert_eq!(Item::parse(&received), Err(Error::ReservedSimple));
            continue;
        }
        let value = Item::parse(&received).unwrap().value();
        match (example.get("decoded"), example.get("diagnostic")) {
            (Some(decoded), None) => assert_eq!(&to_json(&value), decoded, "{hex}"),
            (None, Some(Json::String(diagnostic))) => {
                assert_eq!(to_diagnostic(&value), whole(diagnostic), "{hex}");
            }
            _ => panic!("{hex} has no expected value"),
        }
        let encoded = Encoded::from(&value).into_bytes();
        assert_eq!(encoded == received, example["roundtrip"] == json!(true), "{hex}");
        assert_eq!(Encoded::from(&Item::parse(&encoded).unwrap().value()).into_bytes(), encoded);
        judged += 1;
    }
    println!("RFC 8949 Appendix A: {judged} examples read, 1 refused");
    assert_eq!(judged, 81);
}

/// JSON has no exact form of these.
#[test]
fn integers_beyond_64_bits_are_exact() {
    let two_to_the_64 = vec![1, 0, 0, 0, 0, 0, 0, 0, 0];
    let bignum = |tag| Value::Tag(tag, Box::new(Value::Bytes(two_to_the_64.clone())));
    for (hex, value) in [
        ("1bffffffffffffffff", Value::Unsigned(u64::MAX)),
        ("3bffffffffffffffff", Value::Negative(u64::MAX)),
        ("c249010000000000000000", bignum(2)),
        ("c349010000000000000000", bignum(3)),
    ] {
        let received = HEXLOWER.decode(hex.as_bytes()).unwrap();
        assert!(Item::parse(&received).unwrap().value() == value, "{hex}");
        assert_eq!(Encoded::from(&value).into_bytes(), received);
    }
}

#[test]
fn what_is_not_well_formed_is_refused() {
    let Some(file) = coffret_published::json("cbor/rfc8949_malformed_and_nondeterministic.json")
    else {
        return;
    };
    let malformed = file["not_well_formed"].as_array().unwrap();
    for vector in malformed {
        let rule = match vector["why"].as_str().unwrap() {
            // 4 GiB are claimed: the bound comes first.
            _ if hex(&vector["hex"])[1..].starts_with(&[0xff; 4]) => Error::StringTooLong,
            "end of input in a head"
            | "definite-length strings with short data"
            | "definite-length maps and arrays not closed with enough items"
            | "indefinite-length strings not closed by a break"
            | "indefinite-length maps and arrays not closed by a break" => Error::Truncated,
            "reserved additional information values"
            | "major type 0, 1, 6 with additional information 31" => Error::Reserved,
            "reserved two-byte encodings of simple values" => Error::ReservedSimple,
            "indefinite-length string chunks not of the correct type"
            | "indefinite-length string chunks not definite length" => Error::WrongChunk,
            "break on its own"
            | "break in a definite-length array, map or tag"
            | "break leading to odd number of items in map" => Error::UnexpectedBreak,
            why => panic!("{why}"),
        };
        assert_eq!(Item::parse(&hex(&vector["hex"])), Err(rule), "{}", vector["hex"]);
    }
    println!("RFC 8949 Appendix F.1: {} refused", malformed.len());
    assert_eq!(malformed.len(), 47);
}

#[test]
fn what_is_not_deterministic_is_read_and_sent_on_in_the_shortest_form() {
    let Some(file) = coffret_published::json("cbor/rfc8949_malformed_and_nondeterministic.json")
    else {
        return;
    };
    let vectors = file["well_formed_not_deterministic"].as_array().unwrap();
    for vector in vectors {
        let (hex, received) = (&vector["hex"], hex(&vector["hex"]));
        if vector["why"].as_str().unwrap().starts_with("duplicate") {
            assert_eq!(Item::parse(&received), Err(Error::DuplicateKey), "{hex}");
            continue;
        }
        let encoded = Encoded::from(&Item::parse(&received).unwrap().value());
        assert_ne!(encoded.as_bytes(), received, "{hex}");
        assert!(encoded.as_bytes().len() <= received.len(), "{hex}");
        assert_eq!(Encoded::from(&encoded.as_item().value()), encoded, "{hex}");
    }
    assert_eq!(vectors.len(), 22);
}

/// The value in JSON, as the vectors have it: whole numbers beyond 64 bits are floats.
fn to_json(value: &Value) -> Json {
    match value {
        Value::Unsigned(integer) => json!(integer),
        Value::Negative(n) => match i64::try_from(*n) {
            Ok(n) => json!(-1 - n),
            Err(_) => json!(-1.0 - *n as f64),
        },
        Value::Text(text) => json!(text),
        Value::Array(items) => items.iter().map(to_json).collect(),
        Value::Map(pairs) => pairs.iter().map(|(key, value)| (text(key), to_json(value))).collect(),
        Value::Tag(2, inner) => json!(bignum(inner)),
        Value::Tag(3, inner) => json!(-1.0 - bignum(inner)),
        Value::Bool(value) => json!(value),
        Value::Null => Json::Null,
        Value::Float(float) => json!(float),
        // Two vectors hold byte strings of ASCII, as if they were text.
        Value::Bytes(bytes) => json!(std::str::from_utf8(bytes).unwrap()),
        Value::Tag(..) | Value::Simple(_) => panic!("no JSON"),
    }
}

fn text(key: &Value) -> String {
    to_json(key).as_str().unwrap().to_owned()
}

fn bignum(inner: &Value) -> f64 {
    let Value::Bytes(bytes) = inner else { panic!("not a bignum") };
    bytes.iter().fold(0.0, |sum, byte| sum * 256.0 + f64::from(*byte))
}

/// RFC 8949 §8.
fn to_diagnostic(value: &Value) -> String {
    match value {
        Value::Bytes(bytes) => format!("h'{}'", HEXLOWER.encode(bytes)),
        Value::Map(pairs) => {
            let pairs = pairs
                .iter()
                .map(|(key, value)| format!("{}: {}", to_diagnostic(key), to_diagnostic(value)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
        }
        Value::Tag(number, inner) => format!("{number}({})", to_diagnostic(inner)),
        Value::Simple(simple) if simple.number() == 23 => "undefined".to_owned(),
        Value::Simple(simple) => format!("simple({})", simple.number()),
        Value::Float(float) if float.is_nan() => "NaN".to_owned(),
        Value::Float(float) if float.is_infinite() => {
            if *float > 0.0 { "Infinity" } else { "-Infinity" }.to_owned()
        }
        other => to_json(other).to_string(),
    }
}

/// The value does not say in which chunks a string came.
fn whole(diagnostic: &str) -> String {
    diagnostic.replace("(_ h'0102', h'030405')", "h'0102030405'")
}

//! The JSON form of CBOR values, exact both ways.
//!
//! | CBOR | JSON |
//! |---|---|
//! | text, integers within ±2⁵³, finite floats, booleans, null | themselves |
//! | full-date and tdate, by their tags | their string |
//! | text that would read as such a date | `{"text": "…"}` |
//! | byte strings | `{"bytes": "<base64url>"}` |
//! | maps with text keys, not all of them in [`RESERVED`] | objects |
//! | other maps | `{"map": [[k, v], …]}` |
//! | the rest | `{"int": "…"}`, `{"float": "NaN"}`, `{"undefined": true}`, `{"simple": n}`, `{"tag": n, "value": v}` |
//!
//! A string directly inside `{"tag": 0, …}` or `{"tag": 1004, …}` is text.

mod parse;

use coffret_cbor::{Encoded, FullDate, Simple, TAG_FULL_DATE, TAG_TDATE, Timestamp, Value as Cbor};
use data_encoding::BASE64URL_NOPAD;
use serde_json::{Map, Value as Json, json};

pub(crate) use self::parse::parse;
use crate::error::Error;

/// The keys that make an object something else than a map of its own.
const RESERVED: [&str; 9] =
    ["bytes", "float", "int", "map", "simple", "tag", "text", "undefined", "value"];

/// What JSON numbers hold exactly everywhere (RFC 8259 §6).
const MAX_EXACT: u64 = 1 << 53;

const FLOATS: [(&str, f64); 3] =
    [("NaN", f64::NAN), ("Infinity", f64::INFINITY), ("-Infinity", f64::NEG_INFINITY)];

/// How a string that is alone is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Strings {
    /// One that is a date is that date, as [`write()`] has it.
    Dates,
    /// Text, whatever it looks like: the data of an issuer, whose catalogue says what is a date.
    Text,
}

pub(crate) fn write(value: &Cbor) -> Json {
    match value {
        Cbor::Tag(tag, inner) => match inner.as_ref() {
            Cbor::Text(text) if date_tag(text) == Some(*tag) => text.as_str().into(),
            _ => spelled(value),
        },
        _ => spelled(value),
    }
}

/// The form without the short one of dates.
fn spelled(value: &Cbor) -> Json {
    match value {
        Cbor::Unsigned(integer) if *integer <= MAX_EXACT => (*integer).into(),
        Cbor::Unsigned(integer) => json!({"int": integer.to_string()}),
        Cbor::Negative(n) if *n < MAX_EXACT => (-1 - *n as i64).into(),
        Cbor::Negative(n) => json!({"int": (-1 - i128::from(*n)).to_string()}),
        Cbor::Bytes(bytes) => json!({"bytes": BASE64URL_NOPAD.encode(bytes)}),
        Cbor::Text(text) if date_tag(text).is_some() => json!({"text": text}),
        Cbor::Text(text) => text.as_str().into(),
        Cbor::Array(items) => items.iter().map(write).collect(),
        Cbor::Map(pairs) => object(pairs).unwrap_or_else(|| {
            let pairs = pairs.iter().map(|(key, value)| json!([write(key), write(value)]));
            json!({"map": pairs.collect::<Json>()})
        }),
        Cbor::Tag(tag @ (TAG_TDATE | TAG_FULL_DATE), inner) => {
            json!({"tag": tag, "value": spelled(inner)})
        }
        Cbor::Tag(tag, inner) => json!({"tag": unsigned(*tag), "value": write(inner)}),
        Cbor::Bool(value) => (*value).into(),
        Cbor::Null => Json::Null,
        Cbor::Simple(Simple::UNDEFINED) => json!({"undefined": true}),
        Cbor::Simple(simple) => json!({"simple": simple.number()}),
        Cbor::Float(float) => match FLOATS.iter().find(|(_, known)| same(*known, *float)) {
            Some((name, _)) => json!({"float": name}),
            None => (*float).into(),
        },
    }
}

fn object(pairs: &[(Cbor, Cbor)]) -> Option<Json> {
    let members = pairs.iter().map(|(key, value)| match key {
        Cbor::Text(key) => Some((key.clone(), write(value))),
        _ => None,
    });
    let object: Map<String, Json> = members.collect::<Option<_>>()?;
    (!is_reserved(&object)).then_some(Json::Object(object))
}

/// # Errors
/// [`Error::JsonForm`] for what [`write()`] would not have written, but for integers that are exact
/// all the same.
pub(crate) fn read(json: &Json, strings: Strings) -> Result<Cbor, Error> {
    read_value(json, strings).ok_or(Error::JsonForm)
}

fn read_value(json: &Json, strings: Strings) -> Option<Cbor> {
    match json {
        Json::Null => Some(Cbor::Null),
        Json::Bool(value) => Some(Cbor::Bool(*value)),
        Json::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(integer), _) => Some(Cbor::Unsigned(integer)),
            (None, Some(negative)) => Some(Cbor::Negative(negative.unsigned_abs() - 1)),
            (None, None) => number.as_f64().map(Cbor::Float),
        },
        Json::String(text) => Some(match date_tag(text).filter(|_| strings == Strings::Dates) {
            Some(tag) => Cbor::Tag(tag, Box::new(text.as_str().into())),
            None => text.as_str().into(),
        }),
        Json::Array(items) => items
            .iter()
            .map(|item| read_value(item, strings))
            .collect::<Option<_>>()
            .map(Cbor::Array),
        Json::Object(object) if is_reserved(object) => special(object, strings),
        Json::Object(object) => {
            let pairs = object
                .iter()
                .map(|(key, value)| Some((key.as_str().into(), read_value(value, strings)?)));
            pairs.collect::<Option<_>>().map(Cbor::Map)
        }
    }
}

fn special(object: &Map<String, Json>, strings: Strings) -> Option<Cbor> {
    let mut members = object.iter();
    match (members.next()?, members.next()) {
        ((key, value), None) => single(key, value, strings),
        ((first, a), Some((second, b))) if members.next().is_none() => {
            let (tag, value) = match (first.as_str(), second.as_str()) {
                ("tag", "value") => (a, b),
                ("value", "tag") => (b, a),
                _ => return None,
            };
            tagged(integer(tag)?, value, strings)
        }
        _ => None,
    }
}

fn single(key: &str, value: &Json, strings: Strings) -> Option<Cbor> {
    match (key, value) {
        ("text", Json::String(text)) => Some(text.as_str().into()),
        ("bytes", Json::String(text)) => {
            BASE64URL_NOPAD.decode(text.as_bytes()).ok().map(Cbor::Bytes)
        }
        ("int", Json::String(text)) => integer_text(text),
        ("float", Json::String(text)) => {
            let known = FLOATS.iter().find(|(name, _)| name == text);
            known.map(|(_, float)| Cbor::Float(*float))
        }
        ("undefined", Json::Bool(true)) => Some(Cbor::Simple(Simple::UNDEFINED)),
        ("simple", number) => {
            let number = u8::try_from(number.as_u64()?).ok()?;
            Simple::new(number).filter(|simple| *simple != Simple::UNDEFINED).map(Cbor::Simple)
        }
        ("map", Json::Array(pairs)) => {
            let pairs: Vec<_> =
                pairs.iter().map(|pair| read_pair(pair, strings)).collect::<Option<_>>()?;
            has_distinct_keys(&pairs).then_some(Cbor::Map(pairs))
        }
        _ => None,
    }
}

fn read_pair(pair: &Json, strings: Strings) -> Option<(Cbor, Cbor)> {
    match pair.as_array()?.as_slice() {
        [key, value] => Some((read_value(key, strings)?, read_value(value, strings)?)),
        _ => None,
    }
}

fn has_distinct_keys(pairs: &[(Cbor, Cbor)]) -> bool {
    let mut keys: Vec<_> = pairs.iter().map(|(key, _)| Encoded::from(key).into_bytes()).collect();
    keys.sort_unstable();
    keys.is_sorted_by(|a, b| a < b)
}

fn tagged(tag: u64, value: &Json, strings: Strings) -> Option<Cbor> {
    let inner = match (tag, value) {
        (TAG_TDATE | TAG_FULL_DATE, Json::String(text)) => text.as_str().into(),
        _ => read_value(value, strings)?,
    };
    Some(Cbor::Tag(tag, Box::new(inner)))
}

/// A tag's number: a JSON integer, or what stands for a large one.
fn integer(json: &Json) -> Option<u64> {
    match read_value(json, Strings::Text)? {
        Cbor::Unsigned(integer) => Some(integer),
        _ => None,
    }
}

fn unsigned(integer: u64) -> Json {
    spelled(&Cbor::Unsigned(integer))
}

/// A whole number as [`write()`] spells it: no leading zero, no plus sign.
fn integer_text(text: &str) -> Option<Cbor> {
    let number: i128 = text.parse().ok().filter(|number: &i128| number.to_string() == text)?;
    match u64::try_from(number) {
        Ok(unsigned) => Some(Cbor::Unsigned(unsigned)),
        Err(_) => u64::try_from(-1 - number).ok().map(Cbor::Negative),
    }
}

/// Whether an object stands for something else than a map of text keys. The empty map is itself.
fn is_reserved(object: &Map<String, Json>) -> bool {
    !object.is_empty() && object.keys().all(|key| RESERVED.contains(&key.as_str()))
}

/// The tag of the date that a text is.
fn date_tag(text: &str) -> Option<u64> {
    if FullDate::parse(text).is_ok() {
        Some(TAG_FULL_DATE)
    } else {
        Timestamp::parse(text).is_ok().then_some(TAG_TDATE)
    }
}

fn same(a: f64, b: f64) -> bool {
    a == b || a.is_nan() && b.is_nan()
}

#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value as Json};

use crate::error::Error;

/// Reads JSON whose objects have each name once (RFC 8259 §4, RFC 7493 §2.3).
///
/// Of two members of one name most parsers keep the last without a word: an issuer would sign a
/// document without the elements of the first.
///
/// # Errors
/// [`Error::NotJson`]
pub(crate) fn parse(text: &[u8]) -> Result<Json, Error> {
    let read: Result<Unambiguous, _> = serde_json::from_slice(text);
    read.map(|json| json.0).map_err(|_| Error::NotJson)
}

struct Unambiguous(Json);

impl<'de> Deserialize<'de> for Unambiguous {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Builder).map(Unambiguous)
    }
}

struct Builder;

impl<'de> Visitor<'de> for Builder {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut array = Vec::new();
        while let Some(Unambiguous(item)) = items.next_element()? {
            array.push(item);
        }
        Ok(Json::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Json, A::Error> {
        let (mut object, mut names) = (Map::new(), HashSet::new());
        while let Some((name, Unambiguous(value))) = members.next_entry::<String, _>()? {
            if !names.insert(name.clone()) {
                return Err(A::Error::custom("a name twice"));
            }
            object.insert(name, value);
        }
        Ok(Json::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_each_name_once_is_read_as_it_is() {
        for text in [
            "null",
            "true",
            "-3",
            "18446744073709551615",
            "0.1",
            "\"é\"",
            "[]",
            "{}",
            r#"{"b":{"a":1},"a":[{"a":1},{"a":2}],"A":null}"#,
        ] {
            let expected: Json = serde_json::from_str(text).unwrap();
            assert_eq!(parse(text.as_bytes()), Ok(expected), "{text}");
        }
    }

    #[test]
    fn a_name_twice_is_refused_however_deep_and_however_written() {
        for text in [
            r#"{"a":1,"a":1}"#,
            r#"{"a":1,"b":2,"a":{}}"#,
            r#"{"n":{"a":1,"a":2}}"#,
            r#"[{"n":[{"a":1,"\u0061":2}]}]"#,
            "{\"a\":1",
            "{} {}",
            "",
        ] {
            assert_eq!(parse(text.as_bytes()), Err(Error::NotJson), "{text}");
        }
    }
}

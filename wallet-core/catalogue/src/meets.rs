//! Whether a value that was shown is of use to whoever needs it.
//!
//! What [`crate::Element::check`] asks of issuers is stricter: a reader takes a date that is written
//! oddly, a long name and a code that is not listed, since a person can still read them.

use coffret_cbor::Value;

use crate::dates::Span;
use crate::{ElementType, Presence, check, picture};

pub(crate) fn meets(kind: &ElementType, value: &Value) -> bool {
    match (kind, value) {
        (
            ElementType::Text(_) | ElementType::TextChoice(_) | ElementType::OpenTextChoice(..),
            Value::Text(text),
        ) => !is_blank(text),
        (ElementType::Time, Value::Text(text)) => check::time(text).is_some(),
        (ElementType::Unsigned | ElementType::UnsignedChoice(_), Value::Unsigned(_))
        | (ElementType::Boolean, Value::Bool(_)) => true,
        (ElementType::Bytes, Value::Bytes(bytes)) => !bytes.is_empty(),
        (ElementType::Image | ElementType::SmallImage, Value::Bytes(image)) => {
            picture::is_jpeg(image) || picture::codestream(image).is_some()
        }
        (
            ElementType::FullDate | ElementType::DateTime | ElementType::FullDateOrDateTime,
            value,
        ) => Span::of(value).is_some(),
        (ElementType::List(kind), Value::Array(items)) => {
            !items.is_empty() && items.iter().all(|item| meets(kind, item))
        }
        (ElementType::Record(fields), Value::Map(pairs)) => fields.iter().all(|field| match pairs
            .iter()
            .find(|(key, _)| field.names(key))
        {
            Some((_, value)) => field.presence == Presence::Optional || meets(&field.kind, value),
            None => field.presence == Presence::Optional,
        }),
        (ElementType::Any, value) => *value != Value::Null,
        _ => false,
    }
}

/// Whether a person who looks at a text sees nothing.
fn is_blank(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_whitespace()
            || c.is_control()
            // Soft hyphen, invisible joiners and directions, fillers of Hangul and Braille, variation
            // selectors, byte order mark, tags.
            || matches!(
                c,
                '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
                    | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
                    | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
                    | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}'
            )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Element;
    use crate::element as row;
    use crate::picture::samples;

    fn element(id: &str) -> &'static Element {
        let namespaces = ["org.iso.18013.5.1", "ca.qc.gouv.saaq.1"];
        namespaces.iter().find_map(|ns| row("org.iso.18013.5.1.mDL", ns, id)).unwrap()
    }

    fn tag(number: u64, text: &str) -> Value {
        Value::Tag(number, Box::new(text.into()))
    }

    fn categories(of: &[Value]) -> Value {
        let one = |code: &Value| Value::Map(vec![("vehicle_category_code".into(), code.clone())]);
        Value::Array(of.iter().map(one).collect())
    }

    #[test]
    fn values_of_the_type_are_of_use() {
        for (id, value) in [
            ("family_name", "O".into()),
            ("family_name", Value::Text("é".repeat(200))),
            ("birth_date", tag(1004, "1990-02-28")),
            ("birth_date", "1990-02-28".into()),
            ("expiry_date", tag(0, "2030-02-28T00:00:00Z")),
            ("sex", Value::Unsigned(3)),
            ("age_over_18", Value::Bool(false)),
            ("portrait", Value::Bytes(samples::jpeg())),
            ("portrait", Value::Bytes(samples::jp2())),
            ("portrait_small", Value::Bytes(samples::jpeg())),
            ("licence_classes", Value::Array(vec!["5".into()])),
            ("driving_privileges", categories(&["B".into()])),
            ("biometric_template_face", Value::Bytes(vec![0])),
        ] {
            assert!(element(id).meets(&value), "{id}");
        }
    }

    #[test]
    fn other_values_are_of_none() {
        for (id, value) in [
            ("family_name", "".into()),
            ("family_name", " \u{a0}\t\u{200b}\u{feff}".into()),
            ("family_name", Value::Null),
            ("family_name", Value::Bytes(b"Tremblay".to_vec())),
            ("birth_date", tag(1004, "2023-02-29")),
            ("birth_date", "hier".into()),
            ("birth_date", Value::Unsigned(1990)),
            ("sex", "F".into()),
            ("age_over_18", Value::Unsigned(1)),
            ("age_over_18", "true".into()),
            ("portrait", Value::Bytes(Vec::new())),
            ("portrait", Value::Bytes(b"\xff\xd8\xff\xe0".to_vec())),
            ("portrait", Value::Bytes(b"SPECIMEN".to_vec())),
            ("portrait", "photo".into()),
            ("portrait_small", Value::Bytes(vec![0; 3_000])),
            ("licence_classes", Value::Array(Vec::new())),
            ("licence_classes", Value::Array(vec!["5".into(), "".into()])),
            ("driving_privileges", categories(&["B".into(), Value::Null])),
            ("driving_privileges", Value::Array(vec![Value::Map(Vec::new())])),
            ("driving_privileges", "B".into()),
            ("biometric_template_face", Value::Bytes(Vec::new())),
        ] {
            assert!(!element(id).meets(&value), "{id}");
        }
    }
}

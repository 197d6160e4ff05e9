use coffret_cbor::{FullDate, TAG_FULL_DATE, TAG_TDATE, Timestamp, Value};

use crate::{ElementType, Error, Presence, SMALL_IMAGE_LIMIT, Shape, TEXT_LIMIT, nam, picture};

/// Whether `value` is one that `kind` describes.
pub(crate) fn check(kind: &ElementType, value: &Value) -> Result<(), Error> {
    match (kind, value) {
        (ElementType::Text(shape) | ElementType::OpenTextChoice(shape, _), Value::Text(text)) => {
            within_limit(text)?;
            match shape {
                Shape::Exactly(pattern) if !fits(pattern, text) => Err(Error::WrongShape),
                _ => Ok(()),
            }
        }
        (ElementType::TextChoice(choices), Value::Text(text)) => {
            known(choices.iter().any(|choice| choice.code == text))
        }
        (ElementType::UnsignedChoice(choices), Value::Unsigned(number)) => {
            known(choices.iter().any(|choice| choice.code == *number))
        }
        (ElementType::Time, Value::Text(text)) => time(text).map(|_| ()).ok_or(Error::NotADate),
        (ElementType::FullDate, Value::Tag(TAG_FULL_DATE, date)) => full_date(date),
        (ElementType::FullDateOrDateTime, Value::Tag(TAG_FULL_DATE, date)) => full_date(date),
        (ElementType::DateTime | ElementType::FullDateOrDateTime, Value::Tag(TAG_TDATE, date)) => {
            date_time(date)
        }
        (ElementType::SmallImage, Value::Bytes(image)) if image.len() > SMALL_IMAGE_LIMIT => {
            Err(Error::ImageTooLarge)
        }
        (ElementType::SmallImage, Value::Bytes(image)) => drawn(picture::is_jpeg(image)),
        (ElementType::Image, Value::Bytes(image)) => {
            drawn(picture::is_jpeg(image) || picture::codestream(image).is_some())
        }
        (ElementType::Bytes, Value::Bytes(_))
        | (ElementType::Unsigned, Value::Unsigned(_))
        | (ElementType::Boolean, Value::Bool(_))
        | (ElementType::Any, _) => Ok(()),
        (ElementType::List(kind), Value::Array(items)) => {
            items.iter().try_for_each(|item| check(kind, item))
        }
        (ElementType::Record(fields), Value::Map(pairs)) => fields.iter().try_for_each(|field| {
            match pairs.iter().find(|(key, _)| field.names(key)) {
                Some((_, value)) => check(&field.kind, value),
                None if field.presence == Presence::Optional => Ok(()),
                None => Err(Error::MissingField),
            }
        }),
        _ => Err(Error::WrongType),
    }
}

/// What `kind` would rather not see in a value that it describes.
pub(crate) fn warning(kind: &ElementType, value: &Value) -> Option<Error> {
    match (kind, value) {
        (ElementType::Text(Shape::Nam), Value::Text(text)) => nam::check(text).err(),
        (ElementType::Text(Shape::Latin1), Value::Text(text)) => {
            text.chars().any(|c| u32::from(c) > 0xff).then_some(Error::NotLatin1)
        }
        _ => None,
    }
}

/// Whether `text` is of the form of `pattern`, as [`Shape`] writes it.
pub(crate) fn fits(pattern: &str, text: &str) -> bool {
    let mut rest = text.chars();
    pattern.chars().all(|wanted| rest.next().is_some_and(|found| fits_one(wanted, found)))
        && rest.next().is_none()
}

/// Whether `found` may stand where a pattern has `wanted`.
pub(crate) fn fits_one(wanted: char, found: char) -> bool {
    match wanted {
        'A' => found.is_ascii_uppercase(),
        '9' => found.is_ascii_digit(),
        '*' => found.is_ascii_uppercase() || found.is_ascii_digit(),
        separator => found == separator,
    }
}

/// The hour and minute of an `HH:MM`.
pub(crate) fn time(text: &str) -> Option<(u8, u8)> {
    let (hour, minute) = text.split_once(':').filter(|_| fits("99:99", text))?;
    let (hour, minute) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some((hour, minute))
}

fn drawn(is_image: bool) -> Result<(), Error> {
    if is_image { Ok(()) } else { Err(Error::NotAnImage) }
}

fn within_limit(text: &str) -> Result<(), Error> {
    if text.chars().count() > TEXT_LIMIT { Err(Error::TooLong) } else { Ok(()) }
}

fn known(listed: bool) -> Result<(), Error> {
    if listed { Ok(()) } else { Err(Error::UnknownCode) }
}

pub(crate) fn full_date(date: &Value) -> Result<(), Error> {
    let Value::Text(text) = date else { return Err(Error::WrongType) };
    FullDate::parse(text).map(|_| ()).map_err(|_| Error::NotADate)
}

pub(crate) fn date_time(date: &Value) -> Result<(), Error> {
    let Value::Text(text) = date else { return Err(Error::WrongType) };
    match Timestamp::parse(text) {
        // Readers let a fraction or an offset pass; issuers may write neither.
        Ok(moment) if moment.to_string() == *text => Ok(()),
        _ => Err(Error::NotADate),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::samples;
    use crate::{Element, document_type};

    fn element(id: &str) -> &'static Element {
        let mut namespaces = document_type("org.iso.18013.5.1.mDL").unwrap().namespaces.iter();
        namespaces.find_map(|n| n.elements.iter().find(|e| e.name.matches(id))).unwrap()
    }

    fn checked(id: &str, value: Value) -> Result<(), Error> {
        element(id).check(&element(id).kind.read(value))
    }

    /// A JPEG with so many bytes.
    fn jpeg(length: usize) -> Value {
        let mut image = samples::jpeg();
        image.resize(length, 0);
        Value::Bytes(image)
    }

    fn privilege(pairs: &[(&str, &str)]) -> Value {
        let pairs = pairs.iter().map(|&(key, value)| (key.into(), value.into()));
        Value::Array(vec![Value::Map(pairs.collect())])
    }

    #[test]
    fn good_values_pass() {
        for (id, value) in [
            ("family_name", "Tremblay".into()),
            ("birth_date", "1985-03-12".into()),
            ("issue_date", "2024-01-31".into()),
            ("issue_date", "2024-01-31T10:30:00Z".into()),
            ("portrait_capture_date", "2024-01-31T10:30:00Z".into()),
            ("issuing_country", "CA".into()),
            ("sex", Value::Unsigned(9)),
            ("height", Value::Unsigned(170)),
            ("age_over_18", Value::Bool(true)),
            ("portrait", jpeg(4_000)),
            ("portrait", Value::Bytes(samples::jp2())),
            ("portrait", Value::Bytes(samples::codestream())),
            ("portrait_small", jpeg(SMALL_IMAGE_LIMIT)),
            ("licence_conditions", Value::Array(vec!["A".into(), "K".into()])),
            ("eye_colour", "hazel".into()),
            ("licence_classes", Value::Array(vec!["5".into(), "6D".into()])),
            ("driving_privileges", privilege(&[("vehicle_category_code", "T"), ("sign", "<=")])),
        ] {
            assert_eq!(checked(id, value), Ok(()), "{id}");
        }
    }

    #[test]
    fn another_type_is_refused() {
        let text = |text: &str| Value::Text(text.to_owned());
        for (id, value) in [
            ("family_name", Value::Unsigned(1)),
            ("birth_date", Value::Unsigned(1985)),
            ("birth_date", Value::Tag(TAG_TDATE, Box::new(text("1985-03-12T00:00:00Z")))),
            ("birth_date", Value::Tag(TAG_FULL_DATE, Box::new(Value::Null))),
            ("portrait_capture_date", Value::Tag(TAG_TDATE, Box::new(Value::Null))),
            ("portrait_capture_date", Value::Tag(TAG_FULL_DATE, Box::new(text("2024-01-31")))),
            ("sex", text("M")),
            ("age_over_18", Value::Unsigned(1)),
            ("portrait", text("")),
            ("portrait_small", Value::Null),
            ("driving_privileges", text("B")),
            ("driving_privileges", Value::Array(vec![text("B")])),
            ("licence_classes", Value::Array(vec![Value::Unsigned(5)])),
        ] {
            assert_eq!(checked(id, value), Err(Error::WrongType), "{id}");
        }
        assert_eq!(element("birth_date").check(&text("1985-03-12")), Err(Error::WrongType));
    }

    #[test]
    fn a_code_is_one_of_its_list() {
        assert_eq!(checked("sex", Value::Unsigned(3)), Err(Error::UnknownCode));
        assert_eq!(checked("eye_colour", "violet".into()), Err(Error::UnknownCode));
        let classes = Value::Array(vec!["5".into(), "7".into()]);
        assert_eq!(checked("licence_classes", classes), Err(Error::UnknownCode));
    }

    #[test]
    fn a_date_is_a_day_of_the_calendar() {
        for (id, text) in [
            ("birth_date", "2023-02-29"),
            ("birth_date", "29 février"),
            ("issue_date", "2023-02-29"),
            ("issue_date", "2023-02-29T00:00:00Z"),
            ("portrait_capture_date", "2023-12-01"),
            ("portrait_capture_date", "2023-01-01T24:00:00Z"),
            ("issue_date", "2024-01-31T10:30:00.5Z"),
            ("issue_date", "2024-01-31T10:30:00+00:00"),
            ("issue_date", "2024-01-31T10:30:00-05:00"),
            ("issue_date", "2024-01-31T10:30:00z"),
        ] {
            assert_eq!(checked(id, text.into()), Err(Error::NotADate), "{text}");
        }
        let privilege = privilege(&[("vehicle_category_code", "B"), ("issue_date", "2023-02-30")]);
        assert_eq!(checked("driving_privileges", privilege), Err(Error::NotADate));
    }

    #[test]
    fn a_time_is_one_of_the_day() {
        for text in ["00:00", "23:59"] {
            assert_eq!(check(&ElementType::Time, &text.into()), Ok(()));
        }
        for text in ["24:00", "12:60", "1:30", "12:3", "12h30", "+1:30", ""] {
            assert_eq!(check(&ElementType::Time, &text.into()), Err(Error::NotADate), "{text}");
        }
    }

    #[test]
    fn a_text_is_at_most_150_characters() {
        let text = |length| Value::Text("é".repeat(length));
        assert_eq!(checked("family_name", text(TEXT_LIMIT)), Ok(()));
        assert_eq!(checked("family_name", text(TEXT_LIMIT + 1)), Err(Error::TooLong));
        let category = Value::Text("B".repeat(TEXT_LIMIT + 1));
        let privilege = Value::Map(vec![("vehicle_category_code".into(), category)]);
        let privileges = Value::Array(vec![privilege]);
        assert_eq!(checked("driving_privileges", privileges), Err(Error::TooLong));
    }

    #[test]
    fn a_country_is_two_capitals() {
        for text in ["ca", "CAN", "C", "", "C1", "ÇA"] {
            assert_eq!(checked("issuing_country", text.into()), Err(Error::WrongShape), "{text}");
        }
        assert_eq!(checked("issuing_country", "ZZ".into()), Ok(()), "a country without a label");
        let conditions = Value::Array(vec!["a".into()]);
        assert_eq!(checked("licence_conditions", conditions), Err(Error::WrongShape));
    }

    #[test]
    fn a_structure_has_its_mandatory_fields() {
        let privilege = privilege(&[("issue_date", "2020-01-01")]);
        assert_eq!(checked("driving_privileges", privilege), Err(Error::MissingField));
    }

    #[test]
    fn a_small_image_is_small() {
        let large = jpeg(SMALL_IMAGE_LIMIT + 1);
        assert_eq!(checked("portrait_small", large), Err(Error::ImageTooLarge));
    }

    #[test]
    fn an_image_is_one_that_draws() {
        for id in ["portrait", "portrait_small", "signature_usual_mark"] {
            for bytes in [&b""[..], b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"SPECIMEN"] {
                let refused = checked(id, Value::Bytes(bytes.to_vec()));
                assert_eq!(refused, Err(Error::NotAnImage), "{id}: {bytes:?}");
            }
        }
        assert_eq!(checked("portrait_small", Value::Bytes(samples::jp2())), Err(Error::NotAnImage));
        assert_eq!(checked("biometric_template_face", Value::Bytes(vec![])), Ok(()));
    }

    #[test]
    fn warnings_do_not_refuse() {
        let name = element("family_name");
        assert_eq!(name.warning(&"Nguyễn".into()), Some(Error::NotLatin1));
        assert_eq!(name.check(&"Nguyễn".into()), Ok(()));
        assert_eq!(name.warning(&"D'Amours-Lévêque".into()), None);

        let number = ElementType::Text(Shape::Nam);
        assert_eq!(warning(&number, &"TREM04121935".into()), Some(Error::NamCheckDigit));
        assert_eq!(check(&number, &"TREM04121935".into()), Ok(()));
        assert_eq!(warning(&number, &"TREM04121925".into()), None);
    }
}

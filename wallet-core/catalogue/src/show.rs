use coffret_cbor::{FullDate, TAG_FULL_DATE, TAG_TDATE, Timestamp, Value};

use crate::check::{fits_one, time};
use crate::{ElementType, Field, Label, Lang, Shape, nam};

/// `value` as people write it in `lang`. What `kind` does not describe is shown as it is.
pub(crate) fn show(kind: &ElementType, value: &Value, lang: Lang) -> String {
    match (kind, value) {
        (ElementType::Text(Shape::Grouped(pattern)), Value::Text(text)) => {
            grouped(pattern, text).unwrap_or_else(|| text.clone())
        }
        (ElementType::Text(Shape::Nam), Value::Text(text)) => {
            grouped(nam::GROUPED, text).unwrap_or_else(|| text.clone())
        }
        (
            ElementType::TextChoice(choices) | ElementType::OpenTextChoice(choices),
            Value::Text(text),
        ) => match choices.iter().find(|choice| choice.code == text) {
            Some(choice) => choice.label.text(lang).to_owned(),
            None => text.clone(),
        },
        (ElementType::UnsignedChoice(choices), Value::Unsigned(number)) => {
            match choices.iter().find(|choice| choice.code == *number) {
                Some(choice) => choice.label.text(lang).to_owned(),
                None => number.to_string(),
            }
        }
        (ElementType::Time, Value::Text(text)) => match time(text) {
            Some(time) => time_of_day(time, lang),
            None => text.clone(),
        },
        (ElementType::Image | ElementType::SmallImage, Value::Bytes(image)) => {
            format!("{} ({})", IMAGE.text(lang), size(image.len(), lang))
        }
        (ElementType::List(kind), Value::Array(items)) => {
            listed(items.iter().map(|item| show(kind, item, lang)))
        }
        (ElementType::Record(fields), Value::Map(pairs)) => record(fields, pairs, lang),
        _ => plain(value, lang),
    }
}

const IMAGE: Label = Label { fr: "image", en: "image" };
const BYTES: Label = Label { fr: "données", en: "data" };
const YES: Label = Label { fr: "Oui", en: "Yes" };
const NO: Label = Label { fr: "Non", en: "No" };
const COLON: Label = Label { fr: "\u{a0}: ", en: ": " };
const KILOBYTES: Label = Label { fr: "ko", en: "kB" };
const MONTHS: [Label; 12] = [
    Label { fr: "janvier", en: "January" },
    Label { fr: "février", en: "February" },
    Label { fr: "mars", en: "March" },
    Label { fr: "avril", en: "April" },
    Label { fr: "mai", en: "May" },
    Label { fr: "juin", en: "June" },
    Label { fr: "juillet", en: "July" },
    Label { fr: "août", en: "August" },
    Label { fr: "septembre", en: "September" },
    Label { fr: "octobre", en: "October" },
    Label { fr: "novembre", en: "November" },
    Label { fr: "décembre", en: "December" },
];

/// Any value, without knowing its type.
fn plain(value: &Value, lang: Lang) -> String {
    match value {
        Value::Unsigned(number) => number.to_string(),
        Value::Negative(number) => format!("−{}", u128::from(*number) + 1),
        Value::Bytes(bytes) => format!("{} ({})", BYTES.text(lang), size(bytes.len(), lang)),
        Value::Text(text) => text.clone(),
        Value::Array(items) => listed(items.iter().map(|item| plain(item, lang))),
        Value::Map(pairs) => record(&[], pairs, lang),
        Value::Tag(TAG_FULL_DATE | TAG_TDATE, inner) => match &**inner {
            Value::Text(text) => date(text, lang).unwrap_or_else(|| text.clone()),
            other => plain(other, lang),
        },
        Value::Tag(_, inner) => plain(inner, lang),
        Value::Bool(true) => YES.text(lang).to_owned(),
        Value::Bool(false) => NO.text(lang).to_owned(),
        Value::Null | Value::Simple(_) => "—".to_owned(),
        Value::Float(number) => number.to_string(),
    }
}

fn record(fields: &[Field], pairs: &[(Value, Value)], lang: Lang) -> String {
    listed(pairs.iter().map(|(key, value)| {
        let (label, value) = match fields.iter().find(|field| field.names(key)) {
            Some(field) => (field.label.text(lang).to_owned(), show(&field.kind, value, lang)),
            None => (plain(key, lang), plain(value, lang)),
        };
        format!("{label}{}{value}", COLON.text(lang))
    }))
}

fn listed(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join("; ")
}

/// `text` with the pattern's separators, where it fits the pattern with or without them.
fn grouped(pattern: &str, text: &str) -> Option<String> {
    let mut rest = text.chars().peekable();
    let mut grouped = String::with_capacity(pattern.len());
    for wanted in pattern.chars() {
        let separator = !matches!(wanted, 'A' | '9' | '*');
        match rest.next_if(|&found| fits_one(wanted, found)) {
            Some(found) => grouped.push(found),
            None if separator => grouped.push(wanted),
            None => return None,
        }
    }
    rest.next().is_none().then_some(grouped)
}

/// A full-date or a tdate; a time is that of UTC.
fn date(text: &str, lang: Lang) -> Option<String> {
    if let Ok(day) = FullDate::parse(text) {
        return day_of_the_year(day, lang);
    }
    let moment = Timestamp::parse(text).ok()?;
    let minutes = moment.unix().rem_euclid(24 * 60 * 60) / 60;
    let time = (u8::try_from(minutes / 60).ok()?, u8::try_from(minutes % 60).ok()?);
    Some(format!("{}, {} UTC", day_of_the_year(moment.date(), lang)?, time_of_day(time, lang)))
}

/// `1er mars 2024`, `March 1, 2024`.
fn day_of_the_year(day: FullDate, lang: Lang) -> Option<String> {
    let (year, month, day) = day.calendar();
    let month = MONTHS.get(usize::from(month.checked_sub(1)?))?.text(lang);
    Some(match (lang, day) {
        (Lang::French, 1) => format!("1er {month} {year}"),
        (Lang::French, day) => format!("{day} {month} {year}"),
        (Lang::English, day) => format!("{month} {day}, {year}"),
    })
}

/// `10 h 30`, `10:30`.
fn time_of_day((hour, minute): (u8, u8), lang: Lang) -> String {
    match lang {
        Lang::French => format!("{hour}\u{a0}h\u{a0}{minute:02}"),
        Lang::English => format!("{hour:02}:{minute:02}"),
    }
}

fn size(bytes: usize, lang: Lang) -> String {
    format!("{}\u{a0}{}", bytes.div_ceil(1_000), KILOBYTES.text(lang))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document_type;

    fn shown(doc_type: &str, namespace: &str, id: &str, value: Value) -> [String; 2] {
        let element = document_type(doc_type).unwrap().element(namespace, id).unwrap();
        let value = element.kind.read(value);
        [element.show(&value, Lang::French), element.show(&value, Lang::English)]
    }

    fn licence(id: &str, value: Value) -> [String; 2] {
        shown("org.iso.18013.5.1.mDL", "org.iso.18013.5.1", id, value)
    }

    fn card(id: &str, value: Value) -> [String; 2] {
        shown("ca.qc.gouv.ramq.cam.1", "ca.qc.gouv.ramq.cam.1", id, value)
    }

    #[test]
    fn dates_follow_the_language() {
        for (date, fr, en) in [
            ("2026-11-22", "22 novembre 2026", "November 22, 2026"),
            ("2024-03-01", "1er mars 2024", "March 1, 2024"),
            ("1996-02-29", "29 février 1996", "February 29, 1996"),
        ] {
            assert_eq!(licence("birth_date", date.into()), [fr, en]);
        }
        assert_eq!(
            licence("portrait_capture_date", "2025-02-03T15:07:30Z".into()),
            ["3 février 2025, 15\u{a0}h\u{a0}07 UTC", "February 3, 2025, 15:07 UTC"]
        );
        assert_eq!(licence("birth_date", "2023-02-29".into()), ["2023-02-29", "2023-02-29"]);
    }

    #[test]
    fn numbers_are_grouped() {
        for number in ["TREM04121925", "TREM 0412 1925"] {
            assert_eq!(card("health_insurance_number", number.into())[0], "TREM 0412 1925");
        }
        for number in ["L153117127408", "L1531-171274-08"] {
            assert_eq!(licence("document_number", number.into())[0], "L1531-171274-08");
        }
        for number in ["L15311712740", "L1531171274080", "123456789", ""] {
            assert_eq!(licence("document_number", number.into())[0], number);
        }
    }

    #[test]
    fn codes_become_words() {
        assert_eq!(card("sex", Value::Unsigned(9)), ["X", "X"]);
        assert_eq!(card("sex", Value::Unsigned(7)), ["7", "7"]);
        assert_eq!(licence("eye_colour", "brown".into()), ["Bruns", "Brown"]);
        assert_eq!(licence("eye_colour", "violet".into()), ["violet", "violet"]);
        assert_eq!(licence("age_over_18", Value::Bool(true)), ["Oui", "Yes"]);
        let classes = Value::Array(vec!["5".into(), "6D".into()]);
        assert_eq!(
            shown("org.iso.18013.5.1.mDL", "ca.qc.gouv.saaq.1", "licence_classes", classes),
            ["5 (véhicule de promenade); 6D (cyclomoteur)", "5 (passenger vehicle); 6D (moped)"]
        );
    }

    #[test]
    fn structures_are_named() {
        let privilege = Value::Map(vec![
            ("vehicle_category_code".into(), "B".into()),
            ("issue_date".into(), "2003-05-20".into()),
            ("note".into(), Value::Null),
        ]);
        assert_eq!(
            licence("driving_privileges", Value::Array(vec![privilege])),
            [
                "Catégorie\u{a0}: B (automobiles); Depuis le\u{a0}: 20 mai 2003; note\u{a0}: —",
                "Category: B (cars); Since: May 20, 2003; note: —",
            ]
        );
    }

    #[test]
    fn images_are_not_printed() {
        let image = Value::Bytes(vec![0; 2_500]);
        assert_eq!(card("portrait", image), ["image (3\u{a0}ko)", "image (3\u{a0}kB)"]);
    }

    #[test]
    fn times_follow_the_language() {
        let birth = "ca.qc.gouv.etatcivil.naissance.1";
        assert_eq!(
            shown(birth, birth, "birth_time", "09:05".into()),
            ["9\u{a0}h\u{a0}05", "09:05"]
        );
        assert_eq!(shown(birth, birth, "birth_time", "matin".into())[0], "matin");
    }

    #[test]
    fn any_value_is_shown() {
        for (value, fr) in [
            (Value::Negative(0), "−1"),
            (Value::Negative(u64::MAX), "−18446744073709551616"),
            (Value::Bytes(vec![1]), "données (1\u{a0}ko)"),
            (Value::Float(1.5), "1.5"),
            (Value::Null, "—"),
            (Value::Tag(42, Box::new(Value::Bool(false))), "Non"),
            (Value::Tag(TAG_FULL_DATE, Box::new(Value::Null)), "—"),
            (Value::Map(vec![(Value::Unsigned(1), Value::Array(vec![]))]), "1\u{a0}: "),
        ] {
            assert_eq!(show(&ElementType::Any, &value, Lang::French), fr);
        }
    }
}

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
            ElementType::TextChoice(choices) | ElementType::OpenTextChoice(_, choices),
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
            list(items, lang, |item| show(kind, item, lang))
        }
        (ElementType::Record(fields), Value::Map(pairs)) => record(fields, pairs, lang),
        _ => plain(value, lang),
    }
}

/// `1er mars 2024`, `March 1, 2024`.
pub fn show_date(day: FullDate, lang: Lang) -> String {
    let (year, month, day) = day.calendar();
    let month = MONTHS.get(usize::from(month).saturating_sub(1)).map_or("", |m| m.text(lang));
    match (lang, day) {
        (Lang::French, 1) => format!("1er {month} {year}"),
        (Lang::French, day) => format!("{day} {month} {year}"),
        (Lang::English, day) => format!("{month} {day}, {year}"),
    }
}

const IMAGE: Label = Label { fr: "image", en: "image" };
const BYTES: Label = Label { fr: "données", en: "data" };
const YES: Label = Label { fr: "Oui", en: "Yes" };
const NO: Label = Label { fr: "Non", en: "No" };
/// Said of lists of either gender.
const NOTHING: Label = Label { fr: "Aucune inscription", en: "None" };
const DECIMAL_MARK: Label = Label { fr: ",", en: "." };
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
        Value::Array(items) => list(items, lang, |item| plain(item, lang)),
        Value::Map(pairs) => record(&[], pairs, lang),
        Value::Tag(TAG_FULL_DATE | TAG_TDATE, inner) => match &**inner {
            Value::Text(text) => date(text, lang).unwrap_or_else(|| text.clone()),
            other => plain(other, lang),
        },
        Value::Tag(_, inner) => plain(inner, lang),
        Value::Bool(true) => YES.text(lang).to_owned(),
        Value::Bool(false) => NO.text(lang).to_owned(),
        Value::Null | Value::Simple(_) => "—".to_owned(),
        Value::Float(number) => number.to_string().replace('.', DECIMAL_MARK.text(lang)),
    }
}

/// `Catégorie : B; Depuis le : 20 mai 2003; Conditions : (Code : 01)`: what has parts of its own is
/// in parentheses.
fn record(fields: &[Field], pairs: &[(Value, Value)], lang: Lang) -> String {
    let pairs = pairs.iter().map(|(key, value)| {
        let (label, shown) = match fields.iter().find(|field| field.names(key)) {
            Some(field) => (field.label.text(lang).to_owned(), show(&field.kind, value, lang)),
            None => (plain(key, lang), plain(value, lang)),
        };
        let colon = COLON.text(lang);
        if has_parts(value) {
            format!("{label}{colon}({shown})")
        } else {
            format!("{label}{colon}{shown}")
        }
    });
    pairs.collect::<Vec<_>>().join("; ")
}

/// `5; 6D`; a stroke between items that have parts of their own.
fn list(items: &[Value], lang: Lang, show: impl Fn(&Value) -> String) -> String {
    if items.is_empty() {
        return NOTHING.text(lang).to_owned();
    }
    let boundary = if items.iter().any(has_parts) { " / " } else { "; " };
    items.iter().map(show).collect::<Vec<_>>().join(boundary)
}

fn has_parts(value: &Value) -> bool {
    match value {
        Value::Array(items) => !items.is_empty(),
        Value::Map(pairs) => !pairs.is_empty(),
        _ => false,
    }
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
        return Some(show_date(day, lang));
    }
    let moment = Timestamp::parse(text).ok()?;
    let minutes = moment.unix().rem_euclid(24 * 60 * 60) / 60;
    let time = (u8::try_from(minutes / 60).ok()?, u8::try_from(minutes % 60).ok()?);
    Some(format!("{}, {} UTC", show_date(moment.date(), lang), time_of_day(time, lang)))
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
        let conditions = Value::Array(vec!["A".into(), "K".into()]);
        assert_eq!(
            shown("org.iso.18013.5.1.mDL", "ca.qc.gouv.saaq.1", "licence_conditions", conditions),
            ["A (lunettes ou lentilles cornéennes); K", "A (glasses or contact lenses); K"]
        );
        assert_eq!(licence("age_over_18", Value::Bool(true)), ["Oui", "Yes"]);
        let classes = Value::Array(vec!["5".into(), "6D".into()]);
        assert_eq!(
            shown("org.iso.18013.5.1.mDL", "ca.qc.gouv.saaq.1", "licence_classes", classes),
            ["5 (véhicule de promenade); 6D (cyclomoteur)", "5 (passenger vehicle); 6D (moped)"]
        );
    }

    #[test]
    fn structures_are_named() {
        let code = Value::Map(vec![("code".into(), "01".into()), ("sign".into(), "=".into())]);
        let privilege = |category: &str, codes: &[Value]| {
            Value::Map(vec![
                ("vehicle_category_code".into(), category.into()),
                ("issue_date".into(), "2003-05-20".into()),
                ("codes".into(), Value::Array(codes.to_vec())),
                ("note".into(), Value::Null),
            ])
        };
        let privileges = Value::Array(vec![privilege("B", &[code]), privilege("Z", &[])]);
        assert_eq!(
            licence("driving_privileges", privileges),
            [
                "Catégorie\u{a0}: B (automobiles); Depuis le\u{a0}: 20 mai 2003; \
                 Conditions\u{a0}: (Code\u{a0}: 01; Signe\u{a0}: =); note\u{a0}: — / \
                 Catégorie\u{a0}: Z; Depuis le\u{a0}: 20 mai 2003; \
                 Conditions\u{a0}: Aucune inscription; note\u{a0}: —",
                "Category: B (cars); Since: May 20, 2003; \
                 Conditions: (Code: 01; Sign: =); note: — / \
                 Category: Z; Since: May 20, 2003; Conditions: None; note: —",
            ]
        );
    }

    #[test]
    fn an_empty_list_says_so() {
        let mentions = Value::Array(vec![]);
        assert_eq!(
            shown("org.iso.18013.5.1.mDL", "ca.qc.gouv.saaq.1", "licence_mentions", mentions),
            ["Aucune inscription", "None"]
        );
    }

    #[test]
    fn places_have_names() {
        for (id, code, names) in [
            ("issuing_country", "CA", ["Canada", "Canada"]),
            ("nationality", "US", ["États-Unis", "United States"]),
            ("nationality", "ZZ", ["ZZ", "ZZ"]),
            ("issuing_jurisdiction", "CA-BC", ["Colombie-Britannique", "British Columbia"]),
            ("issuing_jurisdiction", "US-LA", ["Louisiane", "Louisiana"]),
            ("issuing_jurisdiction", "JP-13", ["JP-13", "JP-13"]),
            ("un_distinguishing_sign", "CDN", ["CDN (Canada)", "CDN (Canada)"]),
        ] {
            assert_eq!(licence(id, code.into()), names);
        }
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
            (Value::Float(1.5), "1,5"),
            (Value::Null, "—"),
            (Value::Tag(42, Box::new(Value::Bool(false))), "Non"),
            (Value::Tag(TAG_FULL_DATE, Box::new(Value::Null)), "—"),
            (
                Value::Map(vec![(Value::Unsigned(1), Value::Array(vec![]))]),
                "1\u{a0}: Aucune inscription",
            ),
        ] {
            assert_eq!(show(&ElementType::Any, &value, Lang::French), fr);
        }
    }
}

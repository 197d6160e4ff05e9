//! Ages: which `age_over_MM` answers a request for `age_over_NN`, and whether ages agree (ISO 18013-5
//! §7.2.5).

use coffret_catalogue::{Meaning, dated, dates};
use coffret_cbor::{FullDate, Item, Timestamp, Value};

use crate::{ElementName, NameSpaces};

/// The NN of `age_over_NN`.
pub(crate) fn over(identifier: &str) -> Option<u8> {
    let digits = identifier.strip_prefix("age_over_")?;
    (digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| digits.parse().ok())?
}

/// Whether `age_over_MM: holder` answers the question NN.
pub(crate) fn answers(asked: u8, held: u8, holder_is_over: bool) -> bool {
    if holder_is_over { held >= asked } else { held <= asked }
}

/// The element that answers `age_over_NN`: NN itself where it is held, whatever it says; else the
/// smallest MM > NN that is true, else the largest MM < NN that is false, else none. `held` has what
/// each element says, where that is a boolean.
pub(crate) fn resolve<'a>(
    asked: u8,
    held: impl Iterator<Item = (&'a str, Option<bool>)>,
) -> Option<&'a str> {
    let (mut smallest_true, mut largest_false) = (None, None);
    for (id, is_over) in held {
        let Some(age) = over(id) else { continue };
        if age == asked {
            return Some(id);
        }
        match is_over {
            Some(is_over) if !answers(asked, age, is_over) => {}
            Some(true) => smallest_true = smallest_true.into_iter().chain([(age, id)]).min(),
            Some(false) => largest_false = largest_false.max(Some((age, id))),
            None => {}
        }
    }
    smallest_true.or(largest_false).map(|(_, id)| id)
}

/// The first element that contradicts an earlier one about the holder's age: `age_over_NN`,
/// `age_in_years`, `age_birth_year`, the date of birth.
///
/// The issuer counted ages at some moment between `signed` and `now`. A holder who has had a birthday
/// since contradicts nothing, and time zones get a day's grace.
pub fn contradiction<'d>(
    doc_type: &str,
    elements: impl Iterator<Item = (&'d str, &'d str, &'d Value)>,
    signed: Timestamp,
    now: Timestamp,
) -> Option<ElementName> {
    let (earliest, latest) = (signed.plus_days(-1).date(), now.plus_days(1).date());
    let mut known: Vec<Statement> = Vec::new();
    for (namespace, id, value) in elements {
        let age = match (over(id), id, value) {
            (Some(years), _, Value::Bool(true)) => Statement::aged(i32::from(years), ANY_AGE),
            (Some(years), _, Value::Bool(false)) => Statement::aged(0, i32::from(years) - 1),
            (None, "age_in_years", Value::Unsigned(years)) => {
                let years = i32::try_from(*years).unwrap_or(ANY_AGE).min(ANY_AGE);
                Statement::aged(years, years)
            }
            (None, "age_birth_year", Value::Unsigned(year)) => {
                let year = i32::try_from(*year).unwrap_or(i32::MAX);
                Statement::born((year, 0, 0), (year, 12, 31))
            }
            _ => {
                let dates = dates(dated(doc_type, namespace, id), value);
                let mut born = dates.iter().filter(|date| date.meaning == Some(Meaning::Born));
                let Some(span) = born.find_map(|date| date.span) else { continue };
                Statement::born(span.first_day().calendar(), span.last_day().calendar())
            }
        };
        let age = age.bounded(earliest, latest);
        if known.iter().any(|other| age.contradicts(other)) {
            return Some(ElementName::new(namespace, id));
        }
        known.push(age);
    }
    None
}

/// Older than anybody.
const ANY_AGE: i32 = 1_000;

/// Year, month and day, which need not be a day of the calendar.
type Day = (i32, u8, u8);

/// What an element says: how old the holder was when ages were counted, and so when they were born.
#[derive(Clone, Copy)]
struct Statement {
    /// The least and the greatest age in whole years.
    ages: (i32, i32),
    /// The first and the last possible day of birth.
    birth: (Day, Day),
}

impl Statement {
    fn aged(least: i32, greatest: i32) -> Statement {
        Statement { ages: (least, greatest), birth: ((i32::MIN, 0, 0), (i32::MAX, 0, 0)) }
    }

    fn born(first: Day, last: Day) -> Statement {
        Statement { ages: (0, ANY_AGE), birth: (first, last) }
    }

    /// The days of birth that its ages leave, where they were counted between two days.
    fn bounded(self, earliest: FullDate, latest: FullDate) -> Statement {
        let back = |from: FullDate, years: i32, days: u8| {
            let (year, month, day) = from.calendar();
            (year - years, month, day + days)
        };
        let (least, greatest) = self.ages;
        let (first, last) = self.birth;
        // Who is not yet one year older was born after this day, that many years ago.
        let first = first.max(back(earliest, greatest + 1, 1));
        Statement { ages: self.ages, birth: (first, last.min(back(latest, least, 0))) }
    }

    /// Whether no holder fits both.
    fn contradicts(&self, other: &Statement) -> bool {
        let apart = |a: &Statement, b: &Statement| a.ages.0 > b.ages.1 || a.birth.0 > b.birth.1;
        apart(self, other) || apart(other, self)
    }
}

/// Whether a returned element answers one of the requested ages.
pub(crate) fn is_answer<T>(
    namespace: &str,
    identifier: &str,
    value: Item<'_>,
    requested: &NameSpaces<T>,
) -> bool {
    let (Some(held), Ok(is_over)) = (over(identifier), value.boolean()) else { return false };
    requested
        .iter()
        .filter(|(asked_in, _, _)| *asked_in == namespace)
        .filter_map(|(_, id, _)| over(id))
        .any(|asked| answers(asked, held, is_over))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(asked: u8, held: &[(u8, bool)]) -> Option<String> {
        let held: Vec<_> =
            held.iter().map(|(age, is_over)| (format!("age_over_{age:02}"), *is_over)).collect();
        resolve(asked, held.iter().map(|(id, is_over)| (id.as_str(), Some(*is_over))))
            .map(str::to_owned)
    }

    #[test]
    fn the_nearest_answer_is_chosen() {
        let adult = [(14, true), (16, true), (18, true), (21, false), (65, false)];
        assert_eq!(resolved(18, &adult).as_deref(), Some("age_over_18"));
        assert_eq!(resolved(15, &adult).as_deref(), Some("age_over_16"));
        assert_eq!(resolved(21, &adult).as_deref(), Some("age_over_21"));
        assert_eq!(resolved(25, &adult).as_deref(), Some("age_over_21"));
        assert_eq!(resolved(70, &adult).as_deref(), Some("age_over_65"));
        assert_eq!(resolved(19, &adult), None, "18 says too little, 21 too much");
        assert_eq!(resolved(18, &[]), None);
        assert_eq!(resolved(18, &[(16, true)]), None);
        assert_eq!(resolved(18, &[(21, false)]), None);
        assert_eq!(resolved(18, &[(21, true), (19, true)]).as_deref(), Some("age_over_19"));
        assert_eq!(resolved(18, &[(16, false), (14, false)]).as_deref(), Some("age_over_16"));
        assert_eq!(resolved(18, &[(18, false)]).as_deref(), Some("age_over_18"));
        assert_eq!(resolved(18, &[(16, false), (21, true)]).as_deref(), Some("age_over_21"));
    }

    #[test]
    fn the_age_that_is_asked_comes_first() {
        let contradictory = [(18, false), (21, true)];
        assert_eq!(resolved(18, &contradictory).as_deref(), Some("age_over_18"));
        assert_eq!(resolved(21, &contradictory).as_deref(), Some("age_over_21"));
        let odd = [("age_over_21", Some(true)), ("age_over_18", None)];
        assert_eq!(resolve(18, odd.into_iter()), Some("age_over_18"), "whatever it says");
        assert_eq!(resolve(16, odd.into_iter()), Some("age_over_21"));
        assert_eq!(resolve(18, [("age_over_21", None)].into_iter()), None);
    }

    /// What is contradicted, where a licence says this, signed on the first day and read on the second.
    fn contradicted(elements: &[(&str, Value)], signed: &str, now: &str) -> Option<String> {
        let elements = elements.iter().map(|(id, value)| ("org.iso.18013.5.1", *id, value));
        let at = |day: &str| Timestamp::parse(&format!("{day}T00:00:00Z")).unwrap();
        let name = contradiction("org.iso.18013.5.1.mDL", elements, at(signed), at(now));
        name.map(|name| name.identifier)
    }

    fn birth(day: &str) -> (&'static str, Value) {
        ("birth_date", Value::Tag(1004, Box::new(day.into())))
    }

    #[test]
    fn ages_that_agree_contradict_nothing() {
        let is_over = |id, over| (id, Value::Bool(over));
        let years = |id, number| (id, Value::Unsigned(number));
        for elements in [
            vec![],
            vec![birth("2008-11-22")],
            vec![birth("2008-11-22"), is_over("age_over_18", true), is_over("age_over_21", false)],
            vec![is_over("age_over_16", true), is_over("age_over_18", false)],
            vec![years("age_in_years", 18), is_over("age_over_18", true), birth("2008-11-22")],
            vec![years("age_birth_year", 2008), years("age_in_years", 17), birth("2008-11-22")],
            vec![is_over("age_over_18", true), ("age_over_18x", Value::Bool(false))],
            vec![("age_over_18", Value::Unsigned(0)), is_over("age_over_21", true)],
            vec![("birth_date", "hier".into()), is_over("age_over_18", true)],
        ] {
            assert_eq!(contradicted(&elements, "2026-11-22", "2026-11-22"), None);
        }
    }

    #[test]
    fn a_birthday_since_the_signature_contradicts_nothing() {
        let no = ("age_over_18", Value::Bool(false));
        for (born, signed, now, agrees) in [
            ("2008-06-01", "2026-05-01", "2026-11-22", true),
            ("2008-06-01", "2026-06-01", "2026-11-22", true),
            ("2008-06-01", "2026-06-02", "2026-11-22", false),
            ("2008-02-29", "2026-03-01", "2026-11-22", true),
            ("2008-02-29", "2026-03-02", "2026-11-22", false),
        ] {
            let found = contradicted(&[birth(born), no.clone()], signed, now);
            assert_eq!(found.is_none(), agrees, "no, {born}, {signed}");
        }
        let yes = ("age_over_18", Value::Bool(true));
        for (born, now, agrees) in [
            ("2008-11-23", "2026-11-22", true),
            ("2008-11-24", "2026-11-22", false),
            ("2008-02-29", "2026-02-28", true),
        ] {
            let found = contradicted(&[birth(born), yes.clone()], "2026-01-01", now);
            assert_eq!(found.is_none(), agrees, "yes, {born}, {now}");
        }
    }

    #[test]
    fn ages_that_no_holder_has_contradict_each_other() {
        let is_over = |id, over| (id, Value::Bool(over));
        let years = |id, number| (id, Value::Unsigned(number));
        for (elements, named) in [
            ([is_over("age_over_21", true), is_over("age_over_18", false)], "age_over_18"),
            ([is_over("age_over_18", false), is_over("age_over_21", true)], "age_over_21"),
            ([birth("2015-01-01"), is_over("age_over_18", true)], "age_over_18"),
            ([is_over("age_over_18", true), birth("2015-01-01")], "birth_date"),
            ([birth("1950-01-01"), is_over("age_over_65", false)], "age_over_65"),
            ([birth("1950-01-01"), years("age_in_years", 30)], "age_in_years"),
            ([birth("1950-01-01"), years("age_birth_year", 1951)], "age_birth_year"),
            ([years("age_birth_year", 2015), is_over("age_over_18", true)], "age_over_18"),
            ([years("age_in_years", 17), is_over("age_over_18", true)], "age_over_18"),
            ([years("age_in_years", 18), is_over("age_over_18", false)], "age_over_18"),
            ([years("age_in_years", u64::MAX), birth("1990-01-01")], "birth_date"),
            ([("birth_date", "2015-01-01".into()), is_over("age_over_18", true)], "age_over_18"),
        ] {
            let found = contradicted(&elements, "2026-11-22", "2026-11-22");
            assert_eq!(found.as_deref(), Some(named));
        }
    }

    #[test]
    fn ages_counted_at_once_agree_however_old_the_signature_is() {
        let elements = [("age_over_21", Value::Bool(true)), ("age_over_18", Value::Bool(false))];
        assert!(contradicted(&elements, "2016-11-22", "2026-11-22").is_some());
    }

    #[test]
    fn only_two_digits_are_an_age() {
        assert_eq!(over("age_over_18"), Some(18));
        for other in ["age_over_+8", "age_over_8", "age_over_018", "age_over_NN", "age_in_years"] {
            assert_eq!(over(other), None, "{other}");
        }
    }
}

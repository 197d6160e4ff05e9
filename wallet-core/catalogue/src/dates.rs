//! The dates in what a document says, and what they mean for it.
//!
//! Reading is lenient where judging is strict. An issuer that writes `"2020-01-01"` as bare text has
//! still said that the licence ended in 2020, and a reader that only knows the proper form would show
//! it as valid.

use coffret_cbor::{FullDate, TAG_FULL_DATE, TAG_TDATE, Timestamp, Value};

use crate::check::{date_time, full_date};
use crate::{Element, ElementType};

/// What a date says of the document that it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// The last day of the document.
    Expires,
    /// The day on which it was issued, or on which what it attests was registered.
    Issued,
    /// The day on which its holder was born.
    Born,
    /// The first day of one thing that it permits, such as a category of vehicles.
    Begins,
    /// The last day of one thing that it permits.
    Lapses,
}

/// A date that was found in the value of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated {
    /// What it says of the document, where the catalogue knows.
    pub meaning: Option<Meaning>,
    /// When it is. `None`: it is no day of the calendar, or not written as a date.
    pub span: Option<Span>,
    /// Whether it is written as an issuer may write it there.
    pub form: Form,
}

/// How a date is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As an issuer may write it.
    Proper,
    /// Otherwise: as bare text, under the tag of another form, with a fraction or an offset.
    Improper,
}

/// The whole of a day, or one moment.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Span {
    first: Timestamp,
    last: Timestamp,
}

/// Days around a date in which it is taken for past, present and future alike. A date names no time
/// zone: the day that a licence ends goes on for half a day more in the Pacific than in Greenwich.
const GRACE: i32 = 1;

impl Span {
    /// Of a date however it is written, with a tag or as bare text.
    pub(crate) fn of(value: &Value) -> Option<Span> {
        text_of(value).and_then(Span::read)
    }

    fn read(text: &str) -> Option<Span> {
        let day = |day: FullDate| Span { first: day.start(), last: last_second(day) };
        FullDate::parse(text).map(day).or_else(|_| Timestamp::parse(text).map(Span::from)).ok()
    }

    /// The first day of it, in UTC.
    pub fn first_day(self) -> FullDate {
        self.first.date()
    }

    /// The last day of it, in UTC.
    pub fn last_day(self) -> FullDate {
        self.last.date()
    }

    /// The last moment of it, in UTC.
    pub fn last(self) -> Timestamp {
        self.last
    }

    /// The last moment at which it may still be that day somewhere: a day after its last in UTC.
    pub fn last_anywhere(self) -> Timestamp {
        self.last.plus_days(GRACE)
    }

    /// Whether it has passed everywhere, with a day's grace.
    pub fn is_over(self, now: Timestamp) -> bool {
        self.last_anywhere() < now
    }

    /// Whether it has begun nowhere, with a day's grace.
    pub fn is_ahead(self, now: Timestamp) -> bool {
        now.plus_days(GRACE) < self.first
    }
}

impl From<Timestamp> for Span {
    /// One moment.
    fn from(moment: Timestamp) -> Self {
        Span { first: moment, last: moment }
    }
}

impl std::fmt::Debug for Span {
    /// `[…]`: it may be a birth date.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Span([…])")
    }
}

fn last_second(day: FullDate) -> Timestamp {
    let next = day.start().plus_days(1);
    Timestamp::from_unix(next.unix() - 1).unwrap_or(next)
}

/// Every date in a value: where the element's type has one, and what is tagged as one anywhere else.
/// Of an element that the catalogue does not know, only the latter.
pub fn dates(element: Option<&Element>, value: &Value) -> Vec<Dated> {
    let mut found = Vec::new();
    match element {
        Some(element) => walk(&element.kind, element.meaning, value, &mut found),
        None => tagged(value, &mut found),
    }
    found
}

/// How much of what an element permits is in force: categories of vehicles, an endorsement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Force {
    /// Everything.
    All,
    /// Some of it has lapsed, has not begun, or has a day that cannot be read.
    Some,
    /// Nothing: that is so of all of it, or the list is empty.
    Nothing,
}

/// How much of what `element` permits is in force; `None` of an element that permits nothing.
pub fn force(element: &Element, value: &Value, now: Timestamp) -> Option<Force> {
    if !permits(element.meaning, &element.kind) {
        return None;
    }
    let (kind, each) = match (&element.kind, value) {
        (ElementType::List(kind), Value::Array(items)) => (*kind, items.as_slice()),
        (kind, value) => (kind, std::slice::from_ref(value)),
    };
    let in_force = each.iter().filter(|item| {
        let mut found = Vec::new();
        walk(kind, element.meaning, item, &mut found);
        // A day that cannot be read shows of nothing that it is in force.
        !found.iter().any(|date| match (date.meaning, date.span) {
            (Some(Meaning::Lapses), span) => span.is_none_or(|span| span.is_over(now)),
            (Some(Meaning::Begins), span) => span.is_none_or(|span| span.is_ahead(now)),
            _ => false,
        })
    });
    Some(match in_force.count() {
        0 => Force::Nothing,
        some if some < each.len() => Force::Some,
        _ => Force::All,
    })
}

/// Whether there is a date in it on which a permission begins or lapses.
fn permits(meaning: Option<Meaning>, kind: &ElementType) -> bool {
    matches!(meaning, Some(Meaning::Begins | Meaning::Lapses))
        || match kind {
            ElementType::List(kind) => permits(None, kind),
            ElementType::Record(fields) => {
                fields.iter().any(|field| permits(field.meaning, &field.kind))
            }
            _ => false,
        }
}

fn walk(kind: &ElementType, meaning: Option<Meaning>, value: &Value, found: &mut Vec<Dated>) {
    match (kind, value) {
        (
            ElementType::FullDate | ElementType::DateTime | ElementType::FullDateOrDateTime,
            value,
        ) => found.push(Dated {
            meaning,
            span: Span::of(value),
            form: form(crate::check::check(kind, value).is_ok()),
        }),
        (ElementType::List(kind), Value::Array(items)) => {
            items.iter().for_each(|item| walk(kind, meaning, item, found));
        }
        (ElementType::Record(fields), Value::Map(pairs)) => {
            for (key, value) in pairs {
                match fields.iter().find(|field| field.names(key)) {
                    Some(field) => walk(&field.kind, field.meaning, value, found),
                    None => tagged(value, found),
                }
            }
        }
        (_, value) => tagged(value, found),
    }
}

/// What says of itself that it is a date.
fn tagged(value: &Value, found: &mut Vec<Dated>) {
    match value {
        Value::Tag(tag @ (TAG_FULL_DATE | TAG_TDATE), inner) => {
            let proper = match *tag {
                TAG_FULL_DATE => full_date(inner),
                _ => date_time(inner),
            };
            found.push(Dated { meaning: None, span: Span::of(inner), form: form(proper.is_ok()) });
        }
        Value::Tag(_, inner) => tagged(inner, found),
        Value::Array(items) => items.iter().for_each(|item| tagged(item, found)),
        Value::Map(pairs) => pairs.iter().for_each(|(_, value)| tagged(value, found)),
        _ => {}
    }
}

fn form(proper: bool) -> Form {
    if proper { Form::Proper } else { Form::Improper }
}

fn text_of(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => Some(text),
        Value::Tag(_, inner) => text_of(inner),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document_type;

    const MDL: &str = "org.iso.18013.5.1.mDL";

    fn element(id: &str) -> &'static Element {
        let namespaces = document_type(MDL).unwrap().namespaces.iter();
        namespaces.flat_map(|n| n.elements).find(|element| element.name.matches(id)).unwrap()
    }

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    fn tag(number: u64, text: &str) -> Value {
        Value::Tag(number, Box::new(text.into()))
    }

    fn only(id: &str, value: &Value) -> Dated {
        let found = dates(Some(element(id)), value);
        let [only] = found.as_slice() else { panic!("{} dates", found.len()) };
        *only
    }

    fn privileges(of: &[&[(&str, Value)]]) -> Value {
        let one = |pairs: &&[(&str, Value)]| {
            Value::Map(pairs.iter().map(|(key, date)| ((*key).into(), date.clone())).collect())
        };
        Value::Array(of.iter().map(one).collect())
    }

    #[test]
    fn a_day_has_a_day_of_grace_either_way() {
        let day = Span::read("2026-11-22").unwrap();
        assert!(!day.is_over(at("2026-11-23T23:59:59Z")));
        assert!(day.is_over(at("2026-11-24T00:00:00Z")));
        assert!(!day.is_ahead(at("2026-11-21T00:00:00Z")));
        assert!(day.is_ahead(at("2026-11-20T23:59:59Z")));
        let moment = Span::read("2026-11-22T06:00:00Z").unwrap();
        assert!(!moment.is_over(at("2026-11-23T06:00:00Z")));
        assert!(moment.is_over(at("2026-11-23T06:00:01Z")));
        assert!(moment.is_ahead(at("2026-11-21T05:59:59Z")));
        assert_eq!(day.first_day(), day.last_day());
    }

    #[test]
    fn dates_at_the_ends_of_the_calendar_are_read() {
        let last = Span::read("9999-12-31").unwrap();
        assert!(!last.is_over(at("2026-11-22T12:00:00Z")));
        assert!(Span::read("0000-01-01").unwrap().is_over(at("2026-11-22T12:00:00Z")));
    }

    #[test]
    fn a_date_is_read_however_it_is_written() {
        let day = Span::read("2020-01-31");
        for (value, span, form) in [
            (tag(1004, "2020-01-31"), day, Form::Proper),
            (tag(0, "2020-01-31T00:00:00Z"), Span::read("2020-01-31T00:00:00Z"), Form::Proper),
            ("2020-01-31".into(), day, Form::Improper),
            (tag(0, "2020-01-31"), day, Form::Improper),
            (tag(99, "2020-01-31"), day, Form::Improper),
            (tag(1004, "2023-02-29"), None, Form::Improper),
            ("2023-02-29".into(), None, Form::Improper),
            (tag(1004, "31 janvier 2020"), None, Form::Improper),
            (Value::Unsigned(20200131), None, Form::Improper),
            (Value::Null, None, Form::Improper),
        ] {
            let meaning = Some(Meaning::Expires);
            assert_eq!(only("expiry_date", &value), Dated { meaning, span, form });
        }
        let fraction = only("expiry_date", &tag(0, "2020-01-31T00:00:00.5Z"));
        assert!(fraction.span.is_some() && fraction.form == Form::Improper);
    }

    #[test]
    fn dates_inside_structures_are_found() {
        let value = privileges(&[
            &[("issue_date", tag(1004, "2020-01-31")), ("expiry_date", "2023-02-29".into())],
            &[("note", tag(1004, "2023-02-29"))],
        ]);
        let found = dates(Some(element("driving_privileges")), &value);
        let meanings: Vec<_> = found.iter().map(|date| (date.meaning, date.form)).collect();
        assert_eq!(
            meanings,
            [
                (Some(Meaning::Begins), Form::Proper),
                (Some(Meaning::Lapses), Form::Improper),
                (None, Form::Improper),
            ]
        );
    }

    #[test]
    fn what_is_tagged_as_a_date_is_one_wherever_it_stands() {
        let nested = Value::Map(vec![("a".into(), Value::Array(vec![tag(1004, "2023-02-30")]))]);
        for element in [None, Some(element("height"))] {
            let found = dates(element, &Value::Tag(42, Box::new(nested.clone())));
            assert!(matches!(found.as_slice(), [Dated { span: None, form: Form::Improper, .. }]));
        }
        assert_eq!(dates(None, &"2023-02-30".into()), [], "a text that nobody calls a date");
    }

    #[test]
    fn permissions_are_in_force_from_their_first_day_to_their_last() {
        let now = at("2026-11-22T12:00:00Z");
        let force = |id: &str, value: &Value| force(element(id), value, now);
        let (past, ahead) = (tag(1004, "2026-11-20"), tag(1004, "2026-11-24"));
        let lapsed: &[_] = &[("expiry_date", past.clone())];
        let later: &[_] = &[("issue_date", ahead.clone())];
        let good: &[_] = &[("issue_date", past.clone()), ("expiry_date", ahead.clone())];
        for (of, wanted) in [
            (&[good][..], Force::All),
            (&[good, &[]], Force::All),
            (&[good, lapsed], Force::Some),
            (&[later, good], Force::Some),
            (&[lapsed, later], Force::Nothing),
            (&[good, &[("expiry_date", tag(1004, "2030/01/01"))]], Force::Some),
            (&[&[("issue_date", "hier".into())]], Force::Nothing),
            (&[], Force::Nothing),
        ] {
            assert_eq!(force("driving_privileges", &privileges(of)), Some(wanted));
        }
        let class = |pairs: &[(&str, Value)]| {
            let Value::Array(mut one) = privileges(&[pairs]) else { panic!("a list") };
            Value::Map(vec![("domestic_vehicle_class".into(), one.remove(0))])
        };
        let value = Value::Array(vec![class(lapsed), class(good)]);
        assert_eq!(force("domestic_driving_privileges", &value), Some(Force::Some));
        let hazmat = "hazmat_endorsement_expiration_date";
        assert_eq!(force(hazmat, &past), Some(Force::Nothing));
        assert_eq!(force(hazmat, &ahead), Some(Force::All));
        assert_eq!(force("expiry_date", &past), None);
        assert_eq!(force("licence_classes", &Value::Array(Vec::new())), None);
    }
}

//! full-date and tdate (RFC 8943, RFC 3339).

use coffret_cbor::{Decode, Encoded, Error, FullDate, Item, Timestamp};
use proptest::prelude::*;

use crate::values::config;

#[test]
fn a_full_date_is_a_day_of_the_calendar() {
    for text in ["0000-01-01", "1969-12-31", "1970-01-01", "2000-02-29", "2024-02-29", "9999-12-31"]
    {
        assert_eq!(FullDate::parse(text).unwrap().to_string(), text);
    }
    for text in [
        "",
        "2024",
        "2024-2-29",
        "2024-02-29Z",
        " 2024-02-29",
        "2024-02-29 ",
        "20240229",
        "2024/02/29",
        "2024-02-30",
        "2023-02-29",
        "1900-02-29",
        "2024-00-01",
        "2024-13-01",
        "2024-01-00",
        "2024-01-32",
        "+024-01-01",
        "-024-01-01",
        "2024-+1-01",
        "10000-01-01",
        "２024-01",
        "2024-01-0é",
        "2024-01-01T00:00:00Z",
    ] {
        assert_eq!(FullDate::parse(text), Err(Error::InvalidFullDate), "{text}");
    }
}

#[test]
fn a_tdate_is_a_moment() {
    #[rustfmt::skip]
    let moments = [
        ("1970-01-01T00:00:00Z", 0),
        ("1969-12-31T23:59:59Z", -1),
        ("2020-10-15T12:30:45Z", 1_602_765_045),
        ("0000-01-01T00:00:00Z", -62_167_219_200),
        ("9999-12-31T23:59:59Z", 253_402_300_799),
    ];
    for (text, unix) in moments {
        assert_eq!(Timestamp::parse(text).map(Timestamp::unix), Ok(unix), "{text}");
        assert_eq!(Timestamp::from_unix(unix).unwrap().to_string(), text);
    }
}

/// Some issuers send these; they are written without.
#[test]
fn a_fraction_and_an_offset_are_read_and_not_kept() {
    for text in [
        "2020-10-15T12:30:45.999Z",
        "2020-10-15T12:30:45.123456789012345Z",
        "2020-10-15T12:30:45+00:00",
        "2020-10-15T12:30:45-00:00",
        "2020-10-15T08:30:45-04:00",
        "2020-10-16T12:29:45+23:59",
        "2020-10-15t12:30:45z",
    ] {
        assert_eq!(Timestamp::parse(text).unwrap().to_string(), "2020-10-15T12:30:45Z", "{text}");
    }
    let leap = Timestamp::parse("2016-12-31T23:59:60Z").unwrap();
    assert_eq!(leap.to_string(), "2016-12-31T23:59:59Z");
}

#[test]
fn what_is_no_moment_is_refused() {
    for text in [
        "",
        "2020-10-15",
        "2020-10-15T12:30Z",
        "2020-10-15T12:30:45",
        "2020-10-15T12:30:45+0000",
        "2020-10-15 12:30:45Z",
        "2020-10-15x12:30:45Z",
        "20201015T123045Z",
        "2020-10-15T24:00:00Z",
        "2020-10-15T12:60:00Z",
        "2020-10-15T12:30:61Z",
        "2020-10-15T12:30:45.Z",
        "2020-10-15T12:30:45Z ",
        "2020-02-30T00:00:00Z",
        "2020-10-15T12:30:45+24:00",
        "2020-10-15T12:30:45+01:60",
        "0000-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        "10000-01-01T00:00:00Z",
    ] {
        assert_eq!(Timestamp::parse(text), Err(Error::InvalidTdate), "{text}");
    }
}

#[test]
fn both_are_written_under_their_tags() {
    let day = FullDate::parse("2020-10-15").unwrap();
    assert_eq!(Encoded::from(day).as_bytes(), b"\xd9\x03\xec\x6a2020-10-15");
    assert_eq!(Encoded::from(day.start()).as_bytes(), b"\xc0\x742020-10-15T00:00:00Z");
    let received = b"\xda\x00\x00\x03\xec\x7f\x642020\x66-10-15\xff";
    assert_eq!(FullDate::decode(Item::parse(received).unwrap()), Ok(day));
}

#[test]
fn a_moment_is_moved_by_days_within_the_years_0_to_9999() {
    let at = |text| Timestamp::parse(text).unwrap();
    assert_eq!(at("2024-02-28T10:00:00Z").plus_days(2), at("2024-03-01T10:00:00Z"));
    assert_eq!(at("2024-03-01T10:00:00Z").plus_days(-1), at("2024-02-29T10:00:00Z"));
    assert_eq!(at("1970-01-01T00:00:00Z").plus_days(i32::MAX), at("9999-12-31T23:59:59Z"));
    assert_eq!(at("1970-01-01T00:00:00Z").plus_days(i32::MIN), at("0000-01-01T00:00:00Z"));
    assert_eq!(Timestamp::from_unix(253_402_300_800), None);
    assert_eq!(Timestamp::from_unix(-62_167_219_201), None);
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_moment_survives_the_round_trip(unix in -62_167_219_200..=253_402_300_799i64) {
        let time = Timestamp::from_unix(unix).unwrap();
        prop_assert_eq!(Timestamp::decode(Encoded::from(time).as_item()), Ok(time));
        let day = time.date();
        prop_assert_eq!(FullDate::decode(Encoded::from(day).as_item()), Ok(day));
        prop_assert!(day.start() <= time && time.unix() - day.start().unix() < 86_400);
        prop_assert_eq!(day.start().date(), day);
        let (year, month, date) = day.calendar();
        prop_assert_eq!(format!("{year:04}-{month:02}-{date:02}"), day.to_string());
    }

    #[test]
    fn text_of_any_kind_never_panics(text in ".{0,24}|[0-9]{0,5}[-0-9TtZ:.+é]{0,22}") {
        if let Ok(day) = FullDate::parse(&text) {
            prop_assert_eq!(day.to_string(), text.as_str());
        }
        if let Ok(time) = Timestamp::parse(&text) {
            prop_assert_eq!(Timestamp::parse(&time.to_string()), Ok(time));
        }
    }
}

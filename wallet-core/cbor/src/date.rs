use std::fmt;

use time::format_description::well_known::Rfc3339;
use time::{Date, Month, OffsetDateTime};

use crate::{Decode, Error, Item, TAG_FULL_DATE, TAG_TDATE};

/// A day of the calendar: `full-date = #6.1004(tstr)`, written `YYYY-MM-DD` (RFC 8943).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FullDate(Date);

impl FullDate {
    /// Reads `YYYY-MM-DD`.
    ///
    /// # Errors
    /// [`Error::InvalidFullDate`] for another form, or no day of the calendar.
    pub fn parse(text: &str) -> Result<FullDate, Error> {
        Self::read(text).ok_or(Error::InvalidFullDate)
    }

    fn read(text: &str) -> Option<FullDate> {
        let number = |range: std::ops::Range<usize>| -> Option<u16> {
            let digits = text.get(range)?;
            digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
        };
        let dashes = text.get(4..5)? == "-" && text.get(7..8)? == "-";
        (text.len() == 10 && dashes).then_some(())?;
        let month = Month::try_from(number(5..7)? as u8).ok()?;
        Date::from_calendar_date(number(0..4)?.into(), month, number(8..10)? as u8)
            .ok()
            .map(FullDate)
    }

    /// The moment at which the day begins in UTC.
    pub fn start(self) -> Timestamp {
        Timestamp(self.0.midnight().assume_utc().unix_timestamp())
    }

    /// Year, month (1 to 12) and day.
    pub fn calendar(self) -> (i32, u8, u8) {
        (self.0.year(), self.0.month().into(), self.0.day())
    }
}

impl fmt::Display for FullDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.calendar();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Debug for FullDate {
    /// `[…]`: it may be a birth date.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FullDate([…])")
    }
}

impl Decode for FullDate {
    type Error = Error;

    fn decode(item: Item<'_>) -> Result<FullDate, Error> {
        FullDate::parse(&item.tagged(TAG_FULL_DATE)?.text()?)
    }
}

/// A moment in whole seconds: `tdate = #6.0(tstr)`, written `YYYY-MM-DDThh:mm:ssZ`.
///
/// A fraction or another offset is read and not kept: ISO 18013-5 §7.1 forbids issuers both, some
/// send them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// 0000-01-01T00:00:00Z
    const FIRST: i64 = -62_167_219_200;
    /// 9999-12-31T23:59:59Z
    const LAST: i64 = 253_402_300_799;

    /// Reads an RFC 3339 date and time.
    ///
    /// # Errors
    /// [`Error::InvalidTdate`] for another form, or a moment outside the years 0 to 9999 in UTC.
    pub fn parse(text: &str) -> Result<Timestamp, Error> {
        Self::read(text).ok_or(Error::InvalidTdate)
    }

    fn read(text: &str) -> Option<Timestamp> {
        // `time` lets any character stand where the grammar of RFC 3339 has a T.
        matches!(text.as_bytes().get(10)?, b'T' | b't').then_some(())?;
        let time = OffsetDateTime::parse(text, &Rfc3339).ok()?;
        Timestamp::from_unix(time.unix_timestamp())
    }

    /// The moment `seconds` after 1970-01-01T00:00:00Z, within the years 0 to 9999.
    pub fn from_unix(seconds: i64) -> Option<Timestamp> {
        (Self::FIRST..=Self::LAST).contains(&seconds).then_some(Timestamp(seconds))
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn unix(self) -> i64 {
        self.0
    }

    /// The day in UTC.
    pub fn date(self) -> FullDate {
        FullDate(self.utc().date())
    }

    /// As many whole days later, or earlier; it stops at the years 0 and 9999.
    pub fn plus_days(self, days: i32) -> Timestamp {
        const DAY: i64 = 24 * 60 * 60;
        Timestamp((self.0 + i64::from(days) * DAY).clamp(Self::FIRST, Self::LAST))
    }

    fn utc(self) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp(self.0).unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, minute, second) = self.utc().time().as_hms();
        write!(f, "{}T{hour:02}:{minute:02}:{second:02}Z", self.date())
    }
}

impl Decode for Timestamp {
    type Error = Error;

    fn decode(item: Item<'_>) -> Result<Timestamp, Error> {
        Timestamp::parse(&item.tagged(TAG_TDATE)?.text()?)
    }
}

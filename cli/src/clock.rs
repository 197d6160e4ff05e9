//! The wall clock, which `--now` stops; and how people read a time.
//!
//! A whole day is that day everywhere. Any other moment is on the system's clock.

use std::time::{SystemTime, UNIX_EPOCH};

use coffret_catalogue::{Lang, show_date};
use coffret_cbor::{FullDate, Timestamp};
use time::{OffsetDateTime, UtcOffset};

use crate::error::{About, Error, Failure};

/// What tells the time. What lasts while a person thinks is told it again at each step.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Clock {
    Stopped(Timestamp),
    Running(fn() -> SystemTime),
}

impl Clock {
    pub(crate) fn now(self) -> Result<Timestamp, Failure> {
        match self {
            Clock::Stopped(time) => Ok(time),
            Clock::Running(time) => {
                let since = time().duration_since(UNIX_EPOCH).ok();
                let seconds = since.and_then(|since| i64::try_from(since.as_secs()).ok());
                let now = seconds.and_then(Timestamp::from_unix);
                now.ok_or_else(|| Failure::unusable(Error::Clock, About::Whole))
            }
        }
    }
}

/// When it is too late for an answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadline {
    clock: Clock,
    /// Never, where there is none.
    at: Option<Timestamp>,
}

impl Deadline {
    pub(crate) const NEVER: Deadline =
        Deadline { clock: Clock::Running(SystemTime::now), at: None };

    pub(crate) fn new(clock: Clock, at: Option<Timestamp>) -> Deadline {
        Deadline { clock, at }
    }

    pub(crate) fn is_over(self) -> Result<bool, Failure> {
        let Some(at) = self.at else { return Ok(false) };
        Ok(self.clock.now()? >= at)
    }
}

/// The day that a document or a list says.
pub(crate) fn day(time: Timestamp) -> FullDate {
    if is_whole_day(time) { time.date() } else { moment(time).0 }
}

/// `22 novembre 2026`, or `22 novembre 2026, 9 h 30` where more than a day is said.
pub(crate) fn stated(time: Timestamp, lang: Lang) -> String {
    let date = show_date(day(time), lang);
    if is_whole_day(time) { date } else { format!("{date}, {}", time_of_day(moment(time).1, lang)) }
}

fn is_whole_day(time: Timestamp) -> bool {
    time.date().start() == time
}

/// When something has happened: the day, and the time.
pub(crate) fn moment(time: Timestamp) -> (FullDate, OffsetDateTime) {
    let utc = OffsetDateTime::from_unix_timestamp(time.unix());
    let there = local(utc.unwrap_or(OffsetDateTime::UNIX_EPOCH));
    let offset = i64::from(there.offset().whole_seconds());
    let day = Timestamp::from_unix(time.unix() + offset).unwrap_or(time).date();
    (day, there)
}

/// When a day begins, on the system's clock.
pub(crate) fn beginning(day: FullDate) -> Timestamp {
    let start = day.start();
    let utc = OffsetDateTime::from_unix_timestamp(start.unix());
    let offset = local(utc.unwrap_or(OffsetDateTime::UNIX_EPOCH)).offset().whole_seconds();
    Timestamp::from_unix(start.unix() - i64::from(offset)).unwrap_or(start)
}

/// On the system's clock; in universal time where the system does not say.
pub(crate) fn local(time: OffsetDateTime) -> OffsetDateTime {
    time.to_offset(UtcOffset::local_offset_at(time).unwrap_or(UtcOffset::UTC))
}

/// `9 h 05`, `09:05`, as the catalogue writes them
pub(crate) fn time_of_day(time: OffsetDateTime, lang: Lang) -> String {
    let (hour, minute) = (time.hour(), time.minute());
    let zone = if time.offset().is_utc() { " UTC" } else { "" };
    match lang {
        Lang::French => format!("{hour}\u{a0}h\u{a0}{minute:02}{zone}"),
        Lang::English => format!("{hour:02}:{minute:02}{zone}"),
    }
}

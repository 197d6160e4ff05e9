//! The wall clock, which `--now` stops.

use std::time::{SystemTime, UNIX_EPOCH};

use coffret_cbor::Timestamp;

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

//! The PIN, and how often it may be tried.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::Error;

/// 6 to 32 digits.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Pin(Box<[u8]>);

impl Pin {
    /// A PIN as typed.
    ///
    /// # Errors
    /// [`Error::PinForm`]
    pub fn parse(text: &str) -> Result<Pin, Error> {
        let is_pin = LENGTHS.contains(&text.len()) && text.bytes().all(|c| c.is_ascii_digit());
        if is_pin { Ok(Pin(text.as_bytes().into())) } else { Err(Error::PinForm) }
    }

    /// A new PIN, which is none of the first to be tried: a run (`123456`, `097531`), a repetition
    /// (`121212`), or one that many people choose.
    ///
    /// # Errors
    /// [`Error::PinForm`], [`Error::PinObvious`]
    pub fn chosen(text: &str) -> Result<Pin, Error> {
        let pin = Pin::parse(text)?;
        let obvious = pin.is_run() || pin.is_repetition() || FREQUENT.contains(&text);
        if obvious { Err(Error::PinObvious) } else { Ok(pin) }
    }

    pub(crate) fn digits(&self) -> &[u8] {
        &self.0
    }

    /// Whether each digit is as far from the one before, 0 following 9.
    fn is_run(&self) -> bool {
        let step = |pair: &[u8]| match pair {
            [a, b] => (b + 10 - a) % 10,
            _ => 0,
        };
        let mut steps = self.0.windows(2).map(step);
        let first = steps.next();
        steps.all(|step| Some(step) == first)
    }

    /// Whether it is a part of it again and again.
    fn is_repetition(&self) -> bool {
        let repeats =
            |period: usize| self.0.iter().zip(self.0.iter().skip(period)).all(|(a, b)| a == b);
        (1..=self.0.len() / 2).any(repeats)
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pin([…])")
    }
}

/// Six digits withstand the tries that there are; more than 32 are a mistake.
const LENGTHS: std::ops::RangeInclusive<usize> = 6..=32;

/// Neither run nor repetition, and chosen by many: doubled and mirrored runs, shapes on the pad,
/// even numbers, tens.
const FREQUENT: [&str; 12] = [
    "112233", "123321", "321123", "123654", "456123", "789456", "147258", "142536", "159753",
    "147852", "246810", "102030",
];

/// A moment on the clock that runs since the system was started, which people cannot set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BootTime {
    /// What the system calls this boot: another one after each.
    pub boot: [u8; 16],
    /// Whole seconds since then, those asleep included.
    pub seconds: u64,
    /// The same moment on the system's wall clock, in seconds since 1970, where it is known. Whoever
    /// can give a process a boot clock of its own (a time namespace on Linux) does not move this one,
    /// so a wait is over once both have moved.
    pub wall: Option<u64>,
}

impl BootTime {
    /// How long ago `earlier` was, by the clock that says the least. On a later boot, the clock of
    /// that boot started with it.
    fn since(&self, earlier: &BootTime) -> u64 {
        let start = if self.boot == earlier.boot { earlier.seconds } else { 0 };
        let by_wall = self.wall.zip(earlier.wall).map(|(now, then)| now.saturating_sub(then));
        self.seconds.saturating_sub(start).min(by_wall.unwrap_or(u64::MAX))
    }

    /// Whether one of the clocks is behind what it was then: it was wrong then, or is now.
    fn is_behind(&self, earlier: &BootTime) -> bool {
        let is_boot_behind = self.boot == earlier.boot && self.seconds < earlier.seconds;
        is_boot_behind || self.wall.zip(earlier.wall).is_some_and(|(now, then)| now < then)
    }
}

/// What may still be tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempts {
    /// How many tries are left.
    pub left: u8,
    /// Seconds to wait before the next; 0: it may be made now.
    pub wait: u64,
}

/// Tries since the PIN was last right.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tries {
    pub(crate) failed: u8,
    pub(crate) last: Option<BootTime>,
}

impl Tries {
    /// What may be tried at `now`. The wait after a try runs on the clock of its boot, and from
    /// the start of any later one.
    pub(crate) fn attempts(self, now: BootTime) -> Attempts {
        let left = ALL.saturating_sub(self.failed);
        let wait = usize::from(self.failed).checked_sub(1).and_then(|last| WAITS.get(last));
        let since = self.last.map_or(now.seconds, |last| now.since(&last));
        Attempts { left, wait: wait.copied().unwrap_or_default().saturating_sub(since) }
    }

    /// The same where a clock has gone back since the last try: the wait begins again now. Without
    /// this, a try at a time that was years ahead would have to be waited for until then.
    pub(crate) fn anchored(self, now: BootTime) -> Tries {
        match self.last {
            Some(last) if now.is_behind(&last) => Tries { last: Some(now), ..self },
            _ => self,
        }
    }

    /// One more.
    pub(crate) fn and(self, now: BootTime) -> Tries {
        Tries { failed: self.failed.saturating_add(1), last: Some(now) }
    }

    pub(crate) fn are_over(self) -> bool {
        self.failed >= ALL
    }
}

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// Seconds to wait after each failed try but the last. A finger slips a few times; whoever guesses
/// is held up for three hours, then three days.
const WAITS: [u64; ALL as usize - 1] = [
    0,
    0,
    0,
    0,
    MINUTE,
    MINUTE,
    5 * MINUTE,
    5 * MINUTE,
    15 * MINUTE,
    15 * MINUTE,
    HOUR,
    HOUR,
    DAY,
    DAY,
    DAY,
];

/// Tries in all: 16 of a million PINs.
const ALL: u8 = 16;

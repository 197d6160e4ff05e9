use coffret_cbor::Timestamp;

/// How many seconds ahead of the reader's clock something may begin and be good all the same, with
/// the warning [`Error::ClockSkew`](crate::Error::ClockSkew).
///
/// An issuer signs a credential and it is shown a moment later, on a tablet at a counter whose clock
/// nobody sets: a minute of difference is common, and red for it teaches clerks to try again until it
/// is green. Two minutes give a forger nothing, since what begins then is good two minutes later.
/// Nothing is tolerated at the other end: what has expired has expired.
pub const CLOCK_SKEW: i64 = 2 * 60;

/// Whether something has begun by a clock that may be slow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begun {
    /// It has.
    Yes,
    /// It begins within [`CLOCK_SKEW`].
    Almost,
    /// It begins later.
    No,
}

impl Begun {
    /// Whether what begins at `start` has begun at `now`.
    pub fn at(start: Timestamp, now: Timestamp) -> Begun {
        match start.unix().saturating_sub(now.unix()) {
            ..=0 => Begun::Yes,
            1..=CLOCK_SKEW => Begun::Almost,
            _ => Begun::No,
        }
    }
}

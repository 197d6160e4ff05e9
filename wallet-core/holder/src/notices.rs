use coffret_cbor::Timestamp;

use crate::documents::{Card, State};
use crate::{DocumentId, Error, Reuse, TrustEntry, TrustId, Wallet};

/// What someone had better know before standing at a counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// A document expires soon.
    Expiring {
        /// Which.
        document: DocumentId,
        /// How soon that is said to be.
        within: Within,
        /// In so many days of the calendar, in UTC; 0 is today.
        days: i64,
    },
    /// A document has expired.
    Expired {
        /// Which.
        document: DocumentId,
    },
    /// No copy of a document is left to be shown: ask its issuer for more.
    NoCopies {
        /// Which.
        document: DocumentId,
    },
    /// A copy was shown more than once: readers that compare would know it again.
    Reused {
        /// Which.
        document: DocumentId,
        /// How often.
        uses: u64,
    },
    /// A trusted certificate has expired, or a newer registry of readers is due.
    TrustOld {
        /// Which trust data.
        trust: TrustId,
    },
}

/// When the end of a document's validity is announced: each is a new notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Within {
    /// 60 days before.
    SixtyDays,
    /// 30 days before.
    ThirtyDays,
    /// 7 days before.
    SevenDays,
}

/// What there is to be said at a moment, of each document and then of the trust data.
pub fn notices(documents: &[Card], trust: &[TrustEntry], now: Timestamp) -> Vec<Notice> {
    let mut notices = Vec::new();
    for card in documents {
        let (document, state) = (card.id, card.state(now));
        notices.extend(match state {
            State::Expiring { days } => {
                Some(Notice::Expiring { document, within: Within::of(days), days })
            }
            State::Expired => Some(Notice::Expired { document }),
            State::Valid | State::NotYetValid => None,
        });
        let copies = card.copies;
        let none_left = copies.left == 0 && state != State::Expired;
        notices.extend(none_left.then_some(Notice::NoCopies { document }));
        let reused = copies.reuse == Reuse::Reusable && copies.uses > 1;
        notices.extend(reused.then_some(Notice::Reused { document, uses: copies.uses }));
    }
    let is_old = |entry: &&TrustEntry| entry.until.is_some_and(|until| until < now);
    notices.extend(trust.iter().filter(is_old).map(|entry| Notice::TrustOld { trust: entry.id }));
    notices
}

impl Within {
    fn of(days: i64) -> Within {
        match days {
            ..=7 => Within::SevenDays,
            8..=30 => Within::ThirtyDays,
            _ => Within::SixtyDays,
        }
    }
}

impl Wallet {
    /// What there is to be said now.
    ///
    /// # Errors
    /// [`Error::Store`]
    pub fn notices(&self, now: Timestamp) -> Result<Vec<Notice>, Error> {
        Ok(notices(&self.documents(now)?, self.trust_list(), now))
    }
}

//! What the platform keeps, and how it stands to the file.

use std::borrow::Cow;

use coffret_cbor::{Encoded, Item};
use coffret_crypto::Wiped;

use crate::pin::Tries;
use crate::seal::{Id, Secret};
use crate::{BootTime, Error};

/// What the platform keeps.
///
/// ```cddl
/// Slot = [
///     version: 1 / 2,
///     store: bstr .size 16,             ; the name of the one store it is for
///     secret: bstr .size 32 / null,     ; null once the tries of the PIN are over
///     next: bstr .size 32 / null,       ; the secret that a change of PIN is moving to
///     epoch: uint,
///     tag: bstr .size 16,               ; of the header of that epoch
///     failed: uint,                     ; tries of the PIN since it was last right
///     last: [boot: bstr .size 16, seconds: uint, wall: uint / null] / null  ; no wall in version 1
/// ]
/// ```
pub(crate) struct Slot {
    pub(crate) store: Id,
    pub(crate) secret: Secret,
    pub(crate) next: Option<Secret>,
    pub(crate) at: At,
    pub(crate) tries: Tries,
}

/// One state of the store. Each transaction makes another.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct At {
    pub(crate) epoch: u32,
    /// Random: two states of one epoch are not the same.
    pub(crate) tag: Id,
}

const VERSION: u64 = 2;

impl Slot {
    /// # Errors
    /// [`Error::SecretsMalformed`], [`Error::NewerFormat`], and [`Error::Destroyed`] where the
    /// secret is gone.
    pub(crate) fn decode(bytes: &[u8]) -> Result<Slot, Error> {
        let items = Item::parse(bytes).and_then(Item::array).map_err(malformed)?;
        let version = items.into_iter().next().ok_or(Error::SecretsMalformed)?;
        if version.unsigned().map_err(malformed)? > VERSION {
            return Err(Error::NewerFormat);
        }
        let [_, store, secret, next, epoch, tag, failed, last] =
            items.exactly().map_err(malformed)?;
        Ok(Slot {
            store: array(store)?,
            secret: optional(secret, Slot::secret)?.ok_or(Error::Destroyed)?,
            next: optional(next, Slot::secret)?,
            at: At { epoch: number(epoch)?, tag: array(tag)? },
            tries: Tries { failed: number(failed)?, last: optional(last, Slot::moment)? },
        })
    }

    fn secret(item: Item<'_>) -> Result<Secret, Error> {
        match item.byte_string().map_err(malformed)? {
            Cow::Borrowed(secret) => Secret::read(secret).ok_or(Error::SecretsMalformed),
            // In chunks, which no slot is written in: a copy of them would not be wiped.
            Cow::Owned(_) => Err(Error::SecretsMalformed),
        }
    }

    fn moment(item: Item<'_>) -> Result<BootTime, Error> {
        let items = item.array().map_err(malformed)?;
        // Version 1 has no wall clock.
        let (boot, seconds, wall) = match items.exactly() {
            Ok([boot, seconds]) => (boot, seconds, None),
            Err(_) => {
                let [boot, seconds, wall] = items.exactly().map_err(malformed)?;
                (boot, seconds, optional(wall, number)?)
            }
        };
        Ok(BootTime { boot: array(boot)?, seconds: number(seconds)?, wall })
    }

    /// Whether there has ever been a whole file.
    pub(crate) fn is_begun(&self) -> bool {
        self.at.epoch > 0
    }

    pub(crate) fn encode(&self) -> Wiped {
        self.with(Some(&self.secret), self.next.as_ref())
    }

    /// The same without what opens the store.
    pub(crate) fn destroyed(&self) -> Wiped {
        self.with(None, None)
    }

    /// Whether every secret of the one slot is in the other.
    pub(crate) fn keeps_secrets(before: &[u8], after: &[u8]) -> bool {
        let (Ok(before), Ok(after)) = (Slot::decode(before), Slot::decode(after)) else {
            return false;
        };
        before.secrets().all(|secret| after.secrets().any(|kept| kept.bytes() == secret.bytes()))
    }

    fn secrets(&self) -> impl Iterator<Item = &Secret> {
        [&self.secret].into_iter().chain(&self.next)
    }

    fn with(&self, secret: Option<&Secret>, next: Option<&Secret>) -> Wiped {
        let bytes = |secret: &Secret| Encoded::bytes(secret.bytes());
        let moment = |last: BootTime| {
            let wall = last.wall.map_or_else(Encoded::null, Encoded::from);
            Encoded::array([Encoded::bytes(&last.boot), last.seconds.into(), wall])
        };
        let slot = Encoded::array([
            VERSION.into(),
            Encoded::bytes(&self.store),
            secret.map_or_else(Encoded::null, bytes),
            next.map_or_else(Encoded::null, bytes),
            u64::from(self.at.epoch).into(),
            Encoded::bytes(&self.at.tag),
            u64::from(self.tries.failed).into(),
            self.tries.last.map_or_else(Encoded::null, moment),
        ]);
        slot.into_bytes().into()
    }
}

fn optional<T>(item: Item<'_>, read: fn(Item<'_>) -> Result<T, Error>) -> Result<Option<T>, Error> {
    if item.is_null() { Ok(None) } else { read(item).map(Some) }
}

fn array(item: Item<'_>) -> Result<Id, Error> {
    item.byte_string().map_err(malformed)?.as_ref().try_into().map_err(|_| Error::SecretsMalformed)
}

fn number<T: TryFrom<u64>>(item: Item<'_>) -> Result<T, Error> {
    let number = item.unsigned().map_err(malformed)?;
    number.try_into().map_err(|_| Error::SecretsMalformed)
}

fn malformed(_: coffret_cbor::Error) -> Error {
    Error::SecretsMalformed
}

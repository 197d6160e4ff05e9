//! The header of the file: which state this is, readable before the PIN.

use coffret_cbor::{Encoded, Item};
use coffret_crypto::SymmetricKey;
use coffret_crypto::password::{self, Cost, Salt};
use rand_core::CryptoRng;

use crate::rows::RowSum;
use crate::seal::{Id, SEALING, Sealed, Secret, random, short};
use crate::slot::{At, Slot};
use crate::{Error, Pin};

/// What makes the file honest. A record's tag proves the record, not that it is the newest, nor
/// that none is missing; the header does.
///
/// ```cddl
/// Header = [
///     tag: bstr .size 16,       ; random, of this state
///     previous: bstr .size 16,  ; of the state before
///     sum: bstr .size 32,       ; over all rows
///     note: bstr,               ; the caller's own
///     wrap: Wrap
/// ]
/// ```
///
/// It is sealed under HKDF(secret, "header"); the associated data are the sealing's version, the
/// name of the store, the name of the secret and the epoch.
pub(crate) struct Header {
    pub(crate) store: Id,
    pub(crate) at: At,
    pub(crate) previous: Id,
    pub(crate) sum: RowSum,
    pub(crate) note: Vec<u8>,
    pub(crate) wrap: Wrap,
}

/// The header as the file has it.
pub(crate) struct SealedHeader {
    pub(crate) store: Id,
    /// The name of the secret that it is sealed under, which says nothing of the secret.
    pub(crate) secret: Id,
    pub(crate) epoch: u32,
    pub(crate) sealed: Sealed,
}

impl Header {
    pub(crate) fn seal(
        &self,
        secret: &Secret,
        rng: &mut dyn CryptoRng,
    ) -> Result<SealedHeader, Error> {
        let plaintext = Encoded::array([
            Encoded::bytes(&self.at.tag),
            Encoded::bytes(&self.previous),
            Encoded::bytes(self.sum.as_bytes()),
            Encoded::bytes(&self.note),
            Encoded::from(&self.wrap),
        ]);
        let (store, name, epoch) = (self.store, name(secret), self.at.epoch);
        let associated_data = associated_data(store, name, epoch);
        let sealed = Sealed::new(&key(secret), &associated_data, plaintext.as_bytes(), rng)?;
        Ok(SealedHeader { store, secret: name, epoch, sealed })
    }
}

impl SealedHeader {
    /// # Errors
    /// [`Error::OtherSecrets`]
    pub(crate) fn is_for(&self, slot: &Slot) -> Result<(), Error> {
        if self.store == slot.store { Ok(()) } else { Err(Error::OtherSecrets) }
    }

    /// Opens the header of the state that `slot` is at, or of the one that it was on its way to.
    /// In the latter case `slot` is moved to the secret that it was on its way to, but not `at`.
    ///
    /// # Errors
    /// [`Error::OtherSecrets`], [`Error::RolledBack`], [`Error::SecretsOlder`],
    /// [`Error::Altered`], [`Error::Crypto`] for a cost out of bounds.
    pub(crate) fn open(self, slot: &mut Slot) -> Result<Header, Error> {
        self.is_for(slot)?;
        let apart =
            if self.epoch > slot.at.epoch { Error::SecretsOlder } else { Error::RolledBack };
        let next = slot.next.take();
        let secret = next.filter(|next| name(next) == self.secret);
        let has_moved = secret.is_some();
        if let Some(secret) = secret {
            slot.secret = secret;
        } else if name(&slot.secret) != self.secret {
            return Err(apart);
        }
        let associated_data = associated_data(self.store, self.secret, self.epoch);
        let plaintext = self.sealed.open(&key(&slot.secret), &associated_data)?;
        let header = self.decode(&plaintext)?;
        let is_same = header.at == slot.at && !has_moved;
        let is_following =
            self.epoch.checked_sub(1) == Some(slot.at.epoch) && header.previous == slot.at.tag;
        if is_same || is_following { Ok(header) } else { Err(apart) }
    }

    fn decode(&self, plaintext: &[u8]) -> Result<Header, Error> {
        let items = Item::parse(plaintext).and_then(Item::array).map_err(altered)?;
        let [tag, previous, sum, note, wrap] = items.exactly().map_err(altered)?;
        Ok(Header {
            store: self.store,
            at: At { epoch: self.epoch, tag: bytes(tag)? },
            previous: bytes(previous)?,
            sum: RowSum::from(bytes(sum)?),
            note: note.byte_string().map_err(altered)?.into_owned(),
            wrap: Wrap::decode(wrap)?,
        })
    }
}

/// The master key, sealed under HKDF(salt = secret, ikm = Argon2id(PIN, salt), "pin").
///
/// ```cddl
/// Wrap = [salt: bstr .size 16, memory: uint, passes: uint, seal: bstr .size 28, body: bstr]
/// ```
#[derive(Clone)]
pub(crate) struct Wrap {
    salt: Salt,
    cost: Cost,
    sealed: Sealed,
}

impl Wrap {
    pub(crate) fn new(
        master: &Secret,
        pin: &Pin,
        cost: Cost,
        secret: &Secret,
        rng: &mut dyn CryptoRng,
    ) -> Result<Wrap, Error> {
        let salt: Salt = random(rng);
        let key = key_of(pin, &salt, cost, secret)?;
        Ok(Wrap { salt, cost, sealed: Sealed::new(&key, &[], master.bytes(), rng)? })
    }

    /// # Errors
    /// [`Error::WrongPin`]
    pub(crate) fn open(&self, pin: &Pin, secret: &Secret) -> Result<Secret, Error> {
        let key = key_of(pin, &self.salt, self.cost, secret)?;
        let master = self.sealed.open(&key, &[]).map_err(|_| Error::WrongPin)?;
        Secret::read(&master).ok_or(Error::Altered)
    }

    fn decode(item: Item<'_>) -> Result<Wrap, Error> {
        let items = item.array().and_then(|items| items.exactly()).map_err(altered)?;
        let [salt, memory, passes, seal, body] = items;
        Ok(Wrap {
            salt: bytes(salt)?,
            cost: Cost::new(number(memory)?, number(passes)?)?,
            sealed: Sealed {
                seal: bytes(seal)?,
                body: body.byte_string().map_err(altered)?.into_owned(),
            },
        })
    }
}

impl From<&Wrap> for Encoded {
    fn from(wrap: &Wrap) -> Encoded {
        Encoded::array([
            Encoded::bytes(&wrap.salt),
            u64::from(wrap.cost.memory_kib()).into(),
            u64::from(wrap.cost.passes()).into(),
            Encoded::bytes(&wrap.sealed.seal),
            Encoded::bytes(&wrap.sealed.body),
        ])
    }
}

fn key_of(pin: &Pin, salt: &Salt, cost: Cost, secret: &Secret) -> Result<SymmetricKey, Error> {
    Ok(password::derive(pin.digits(), salt, cost)?.derive(secret.bytes(), b"pin"))
}

fn key(secret: &Secret) -> SymmetricKey {
    secret.derive(b"header")
}

fn name(secret: &Secret) -> Id {
    short(secret.derive(b"name").tag(&[]))
}

fn associated_data(store: Id, secret: Id, epoch: u32) -> Vec<u8> {
    [SEALING.to_be_bytes().as_slice(), &store, &secret, &epoch.to_be_bytes()].concat()
}

fn bytes<const N: usize>(item: Item<'_>) -> Result<[u8; N], Error> {
    item.byte_string().map_err(altered)?.as_ref().try_into().map_err(|_| Error::Altered)
}

fn number<T: TryFrom<u64>>(item: Item<'_>) -> Result<T, Error> {
    item.unsigned().map_err(altered)?.try_into().map_err(|_| Error::Altered)
}

fn altered(_: coffret_cbor::Error) -> Error {
    Error::Altered
}

#[cfg(test)]
mod tests;

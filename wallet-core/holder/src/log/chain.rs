use coffret_cbor::{Decode, Encoded, Item, Timestamp};
use coffret_crypto::Hash;
use coffret_store::Table;
use rand_core::CryptoRng;

use crate::Error;
use crate::records::{Numbered, Record, table};

/// SHA-256
pub(super) type Digest = [u8; 32];

/// A hundred entries a day for fifty years. An export has a place for each number up to the last, so a
/// damaged number must not ask for more places than memory has.
const MOST_ENTRIES: u64 = 2_000_000;

/// What hides the content of an entry from whoever guesses at its inner digest.
type Salt = [u8; 32];

/// The end of a chain: how many links there are, and the last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Head {
    pub(super) length: u64,
    pub(super) link: Digest,
}

/// What the log has at a number: an entry, or `None` where none reads.
pub(super) type Place = Option<Link>;

/// One entry as it is kept, deleted or not.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Link {
    pub(super) number: u64,
    pub(super) inner: Digest,
    /// The salt and the content, until they are deleted.
    pub(super) opening: Option<(Salt, Vec<u8>)>,
}

impl Head {
    /// The chain with one more entry.
    pub(super) fn extended(&self, content: Encoded, rng: &mut dyn CryptoRng) -> (Head, Link) {
        let mut salt = [0; 32];
        rng.fill_bytes(&mut salt);
        let content = content.into_bytes();
        let inner = inner(&salt, &content);
        let link = Link { number: self.length, inner, opening: Some((salt, content)) };
        (self.followed_by(&inner), link)
    }

    /// The head of a log that has these entries.
    pub(super) fn of(places: &[Place]) -> Head {
        places.iter().fold(Head::default(), |head, place| match place {
            Some(link) => head.followed_by(&link.inner),
            // Unlike any digest: what did not read can never be passed off as deleted, nor what was
            // deleted as unreadable.
            None => head.followed_by(&[]),
        })
    }

    /// The chain with one more entry, which commits to this.
    pub(super) fn followed_by(&self, committed: &[u8]) -> Head {
        let link = digest(&[&self.link, committed]);
        Head { length: self.length.saturating_add(1), link }
    }

    /// What the log's key signs.
    pub(super) fn statement(&self, signed: Timestamp) -> Encoded {
        Encoded::map([
            ("length", self.length.into()),
            ("link", Encoded::bytes(&self.link)),
            ("signed", signed.into()),
        ])
    }
}

impl Link {
    /// Whether the content, where there is one, is what the link commits to.
    pub(super) fn is_whole(&self) -> bool {
        let opening = self.opening.as_ref();
        opening.is_none_or(|(salt, content)| inner(salt, content) == self.inner)
    }
}

/// `LogEntry`
pub(super) fn exported(place: &Place) -> Encoded {
    let opening = place.as_ref().and_then(|link| link.opening.as_ref());
    let (salt, content) = match opening {
        Some((salt, content)) => (Encoded::bytes(salt), Encoded::bytes(content)),
        None => (Encoded::null(), Encoded::null()),
    };
    let inner = place.as_ref().map_or_else(Encoded::null, |link| Encoded::bytes(&link.inner));
    Encoded::array([inner, salt, content])
}

/// Reads a `LogEntry`.
pub(super) fn imported(number: u64, entry: Item<'_>) -> Result<Place, Error> {
    let [inner, salt, content] = entry.array()?.exactly()?;
    let opening = match (salt.is_null(), content.is_null()) {
        (true, true) if inner.is_null() => return Ok(None),
        (true, true) => None,
        _ => Some((bytes(salt)?, content.byte_string()?.into())),
    };
    Ok(Some(Link { number, inner: bytes(inner)?, opening }))
}

/// What an entry commits to.
pub(super) fn inner(salt: &[u8], content: &[u8]) -> Digest {
    digest(&[salt, content])
}

fn digest(parts: &[&[u8]]) -> Digest {
    let digest = Hash::Sha256.digest(&parts.concat());
    let mut array = [0; 32];
    array.copy_from_slice(&digest);
    array
}

/// `bstr .size 32`
pub(super) fn bytes(item: Item<'_>) -> Result<[u8; 32], Error> {
    <[u8; 32]>::try_from(item.byte_string()?.as_ref()).map_err(|_| Error::LogForm)
}

impl Decode for Head {
    type Error = Error;

    fn decode(item: Item<'_>) -> Result<Head, Error> {
        let map = item.map()?;
        Ok(Head { length: map.require("length")?.unsigned()?, link: bytes(map.require("link")?)? })
    }
}

impl Numbered for Head {
    const FORM: u64 = 1;

    fn encoded(&self) -> Encoded {
        Encoded::map([("length", self.length.into()), ("link", Encoded::bytes(&self.link))])
    }
}

/// One that a later version wrote, and that was set aside.
impl Record for Head {
    const TABLE: Table = table::LOG_HEADS;
}

impl Record for Link {
    const TABLE: Table = table::LOG;

    fn term(&self) -> Option<Vec<u8>> {
        Some(self.number.to_be_bytes().to_vec())
    }
}

impl Decode for Link {
    type Error = Error;

    fn decode(item: Item<'_>) -> Result<Link, Error> {
        let map = item.map()?;
        let opening = match (map.get("salt"), map.get("content")) {
            (None, None) => None,
            (Some(salt), Some(content)) => Some((bytes(salt)?, content.byte_string()?.into())),
            _ => return Err(Error::RecordDamaged),
        };
        let number = map.require("number")?.unsigned()?;
        let link = Link { number, inner: bytes(map.require("inner")?)?, opening };
        let is_sound = number < MOST_ENTRIES && link.is_whole();
        if is_sound { Ok(link) } else { Err(Error::RecordDamaged) }
    }
}

impl Numbered for Link {
    const FORM: u64 = 1;

    fn encoded(&self) -> Encoded {
        let opening = self.opening.iter().flat_map(|(salt, content)| {
            [("salt", Encoded::bytes(salt)), ("content", Encoded::bytes(content))]
        });
        let committed = [("number", self.number.into()), ("inner", Encoded::bytes(&self.inner))];
        Encoded::map(committed.into_iter().chain(opening))
    }
}

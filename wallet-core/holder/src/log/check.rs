use coffret_cbor::{Decode, Item, Limits, Timestamp};
use coffret_crypto::PublicKey;
use coffret_crypto::cose::Sign1;

use super::chain::{self, Head, Link, Place};
use super::{Entry, VERSION};
use crate::Error;

/// Ten entries a day for ten years, of the 2 KB that a request with its certificates takes.
const LIMITS: Limits = Limits { items: 1 << 20, total: 128 << 20, ..Limits::MESSAGE };

/// A log whose chain, head, signature and evidence are good.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The key that signed the head. It says which wallet; nobody vouches for it.
    pub key: PublicKey,
    /// When the head was signed.
    pub signed: Timestamp,
    /// The entries that are not deleted, each with its number, the oldest first.
    pub entries: Vec<(u64, Entry)>,
    /// How many are.
    pub deleted: usize,
    /// How many did not read: in the wallet that they left, or here, where a later version has
    /// written them. Each is proven to stand at its number, and nothing is known of what it says.
    pub unreadable: usize,
}

/// Checks a `Log` that has left its wallet: its chain, its head, the signature, and that each entry
/// says of the reader and its request what their own signed bytes say.
///
/// # Errors
/// [`Error::LogForm`], [`Error::LogSignature`], [`Error::LogLength`], [`Error::LogChain`],
/// [`Error::LogEvidence`]
pub fn check(log: &[u8]) -> Result<Checked, Error> {
    let log = Item::parse_within(log, &LIMITS).map_err(Error::from).and_then(Log::decode);
    let log = log.map_err(|_| Error::LogForm)?;
    log.head.verify(&log.key, &[]).map_err(|_| Error::LogSignature)?;
    let (head, signed) = statement(&log.head).map_err(|_| Error::LogForm)?;
    if head.length != log.places.len() as u64 {
        return Err(Error::LogLength);
    }
    if Head::of(&log.places) != head || !log.places.iter().flatten().all(Link::is_whole) {
        return Err(Error::LogChain);
    }
    let entries = Vec::new();
    let mut checked = Checked { key: log.key, signed, entries, deleted: 0, unreadable: 0 };
    for place in log.places {
        match place.map(|link| (link.number, link.entry())) {
            Some((number, Ok(Some(entry)))) => {
                entry.check_evidence()?;
                checked.entries.push((number, entry));
            }
            Some((_, Ok(None))) => checked.deleted += 1,
            Some((_, Err(_))) | None => checked.unreadable += 1,
        }
    }
    Ok(checked)
}

/// What the head says, and when it was signed.
fn statement(head: &Sign1) -> Result<(Head, Timestamp), Error> {
    let item = Item::parse(head.payload().unwrap_or_default())?;
    Ok((Head::decode(item)?, Timestamp::decode(item.map()?.require("signed")?)?))
}

/// A log as it left its wallet.
struct Log {
    key: PublicKey,
    head: Sign1,
    places: Vec<Place>,
}

impl Decode for Log {
    type Error = Error;

    fn decode(item: Item<'_>) -> Result<Log, Error> {
        let map = item.map()?;
        if map.require("version")?.text()? != VERSION {
            return Err(Error::LogForm);
        }
        let entries = map.require("entries")?.array()?;
        Ok(Log {
            key: PublicKey::from_cose(map.require("key")?)?,
            head: Sign1::decode(map.require("head")?)?,
            places: (0..)
                .zip(entries)
                .map(|(number, entry)| chain::imported(number, entry))
                .collect::<Result<_, _>>()?,
        })
    }
}

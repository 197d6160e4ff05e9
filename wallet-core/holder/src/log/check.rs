use coffret_cbor::{Decode, Item, Limits, Timestamp};
use coffret_crypto::PublicKey;
use coffret_crypto::cose::Sign1;

use super::chain::{Head, Link};
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
    if head.length != log.links.len() as u64 {
        return Err(Error::LogLength);
    }
    let chain = log.links.iter().fold(Head::default(), |head, link| head.followed_by(&link.inner));
    if chain != head || !log.links.iter().all(Link::is_whole) {
        return Err(Error::LogChain);
    }
    let mut checked = Checked { key: log.key, signed, entries: Vec::new(), deleted: 0 };
    for link in log.links {
        let Some((_, content)) = link.opening else {
            checked.deleted += 1;
            continue;
        };
        let entry = Entry::parse(&content)?;
        entry.check_evidence()?;
        checked.entries.push((link.number, entry));
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
    links: Vec<Link>,
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
            links: (0..)
                .zip(entries)
                .map(|(number, entry)| Link::imported(number, entry))
                .collect::<Result<_, _>>()?,
        })
    }
}

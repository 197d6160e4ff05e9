//! What every parser promises, for any bytes.

use std::fmt::Debug;

use coffret_cbor::{Decode, Encoded, Item, Timestamp};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};

/// Nothing is read, or a value that survives being sent on: read and written again it is the same,
/// byte for byte. It is handed back for what else its type promises.
pub fn read<T>(bytes: &[u8]) -> Option<T>
where
    T: Decode<Error: Debug>,
    for<'a> Encoded: From<&'a T>,
{
    let value = T::decode(Item::parse(bytes).ok()?).ok()?;
    let sent = Encoded::from(&value);
    let received = Item::parse(sent.as_bytes()).expect("what we send is well-formed");
    let again = T::decode(received).expect("what we send can be read");
    assert_eq!(Encoded::from(&again), sent);
    Some(value)
}

/// The moment of every judgement: Annex D's certificates are valid then.
pub fn now() -> Timestamp {
    Timestamp::from_unix(1_602_720_000).expect("2020-10-15T00:00:00Z")
}

/// Always the same keys.
pub fn rng() -> ChaCha20Rng {
    ChaCha20Rng::from_seed([0; 32])
}

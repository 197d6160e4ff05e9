//! Two sides that have met.

use coffret_cbor::Timestamp;
use coffret_proximity::{
    Answering, Collected, Collector, DeviceEngagement, Engaged, Error, Establishing, Frames,
    Invited, Inviting, ReaderCode, Session,
};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};

pub(crate) fn rng(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

pub(crate) fn now() -> Timestamp {
    Timestamp::from_unix(1_795_000_000).unwrap()
}

pub(crate) fn later(seconds: i64) -> Timestamp {
    Timestamp::from_unix(now().unix() + seconds).unwrap()
}

/// The holder's session and the reader's, the request received.
pub(crate) fn sessions(seed: u64) -> (Session, Session) {
    let holder = Engaged::new(&mut rng(seed)).unwrap();
    let (reader, sent) = met(&holder, seed).establish(b"request").unwrap();
    let (holder, request) = holder.establish(&sent).unwrap();
    assert_eq!(*request, b"request");
    (holder, reader)
}

/// A reader that has read what the holder shows.
pub(crate) fn met(holder: &Engaged, seed: u64) -> Establishing {
    let engagement = DeviceEngagement::from_uri(&holder.engagement().to_uri()).unwrap();
    Establishing::new(&engagement, &mut rng(!seed)).unwrap()
}

pub(crate) fn inviting(seed: u64) -> Inviting {
    Inviting::new(now(), &mut rng(seed)).unwrap()
}

/// What is seen of frames that are all shown once.
pub(crate) fn whole(frames: Frames, mut collector: Collector) -> Vec<u8> {
    for frame in frames.take(2000) {
        if let Collected::Whole(message) = collector.receive(&frame).unwrap() {
            return message;
        }
    }
    panic!("2,000 frames are not enough")
}

/// A reader that asks, and what its code says.
pub(crate) fn invited(seed: u64, request: &[u8]) -> (Invited, Vec<u8>) {
    let (reader, frames) = inviting(seed).invite(request).unwrap();
    (reader, whole(frames, Collector::of_codes()))
}

/// A reader that asks, and its code.
pub(crate) fn scanned(seed: u64, request: &[u8]) -> (Invited, ReaderCode) {
    let (reader, code) = invited(seed, request);
    (reader, ReaderCode::parse(&code).unwrap())
}

/// An answer, with the error of who cannot give one.
pub(crate) fn answer(
    reader: &Invited,
    code: &ReaderCode,
    response: &[u8],
    seed: u64,
) -> Result<Vec<u8>, Error> {
    let frames = Answering::new(code, now(), &mut rng(seed))?.answer(response)?;
    Ok(whole(frames, reader.collector()))
}

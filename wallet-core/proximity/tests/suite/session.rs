use coffret_cbor::{Encoded, Item};
use coffret_crypto::{Curve, Error as Crypto, PrivateKey};
use coffret_proximity::{Engaged, Error, Session, Status};

use crate::pair::{met, rng, sessions};

fn member(message: &[u8], key: &str) -> Encoded {
    Item::parse(message).unwrap().map().unwrap().require(key).unwrap().into()
}

/// Opening fails with `error`, of which the other side is told `status`, and all is over.
fn ends(mut session: Session, message: &[u8], error: Error, status: Option<Status>) {
    assert_eq!(session.open(message).unwrap_err(), error);
    assert_eq!(error.status(), status);
    assert_eq!(session.seal(b"more").unwrap_err(), Error::SessionOver);
    let (mut other, _) = sessions(1);
    let good = other.seal(b"more").unwrap();
    assert_eq!(session.open(&good).unwrap_err(), Error::SessionOver);
}

#[test]
fn messages_go_both_ways_in_order() {
    let (mut holder, mut reader) = sessions(1);
    for number in 0..5u8 {
        let sent = holder.seal(&[number; 100]).unwrap();
        assert_eq!(*reader.open(&sent).unwrap().data.unwrap(), [number; 100]);
        let sent = reader.seal(&[number]).unwrap();
        assert_eq!(*holder.open(&sent).unwrap().data.unwrap(), [number]);
    }
    assert_eq!(holder.transcript(), reader.transcript());
    let key = reader.e_reader_key().unwrap().public_key();
    assert_eq!(Some(&key), holder.transcript().e_reader_key());
    assert!(holder.e_reader_key().is_none());
}

/// The same plaintext is never the same ciphertext.
#[test]
fn sealing_is_once_a_message() {
    let (mut holder, _) = sessions(1);
    assert_ne!(holder.seal(b"response").unwrap(), holder.seal(b"response").unwrap());
}

#[test]
fn a_flipped_bit_ends_it() {
    let (mut holder, reader) = sessions(1);
    let mut sent = holder.seal(b"response").unwrap();
    *sent.last_mut().unwrap() ^= 1;
    ends(reader, &sent, Error::Crypto(Crypto::Aead), Some(Status::Encryption));
}

#[test]
fn a_message_lost_or_repeated_ends_it() {
    let (mut holder, reader) = sessions(1);
    holder.seal(b"lost").unwrap();
    let second = holder.seal(b"second").unwrap();
    ends(reader, &second, Error::Crypto(Crypto::Aead), Some(Status::Encryption));

    let (mut holder, mut reader) = sessions(1);
    let first = holder.seal(b"first").unwrap();
    reader.open(&first).unwrap();
    ends(reader, &first, Error::Crypto(Crypto::Aead), Some(Status::Encryption));
}

/// One's own message sent back is under the other key.
#[test]
fn a_reflected_message_ends_it() {
    let (mut holder, _) = sessions(1);
    let sent = holder.seal(b"response").unwrap();
    ends(holder, &sent, Error::Crypto(Crypto::Aead), Some(Status::Encryption));
}

#[test]
fn a_message_that_cannot_be_read_ends_it() {
    let wrong = |error| Error::Cbor(error);
    for (message, error) in [
        (&b""[..], wrong(coffret_cbor::Error::Truncated)),
        (b"\x80", wrong(coffret_cbor::Error::WrongType)),
        (b"\xa1\x64data\x01", wrong(coffret_cbor::Error::WrongType)),
        (b"\xa1\x66status\x20", wrong(coffret_cbor::Error::WrongType)),
        (b"\xa1\x66status\x00", Error::SessionStatus),
        (b"\xa1\x66status\x15", Error::SessionStatus),
        (b"\xa1\x66future\x15", Error::SessionDataEmpty),
        (b"\xa0", Error::SessionDataEmpty),
    ] {
        ends(sessions(1).1, message, error, Some(Status::Decoding));
    }
}

#[test]
fn a_status_ends_it() {
    for (status, number) in
        [(Status::Encryption, 10u64), (Status::Decoding, 11), (Status::Termination, 20)]
    {
        let (mut holder, mut reader) = sessions(1);
        let sent = holder.end(status);
        assert_eq!(sent, Encoded::map([("status", Encoded::from(number))]).as_bytes());
        assert_eq!(sent, status.message());
        assert_eq!(holder.seal(b"more").unwrap_err(), Error::SessionOver);

        let received = reader.open(&sent).unwrap();
        assert_eq!((received.data, received.status), (None, Some(status)));
        assert_eq!(reader.open(&sent).unwrap_err(), Error::SessionOver);
        assert_eq!(Error::SessionOver.status(), None);
        assert!(reader.e_reader_key().is_some());
    }
}

#[test]
fn a_status_may_come_with_the_last_data() {
    let (mut holder, mut reader) = sessions(1);
    let data = member(&holder.seal(b"response").unwrap(), "data");
    let sent = Encoded::map([("data", data), ("status", 20u64.into()), ("more", Encoded::null())]);
    let received = reader.open(sent.as_bytes()).unwrap();
    assert_eq!(received.data.unwrap().as_slice(), b"response");
    assert_eq!(received.status, Some(Status::Termination));
    assert_eq!(reader.seal(b"more").unwrap_err(), Error::SessionOver);
}

/// `SessionEstablishment` with one member another.
fn establish(key: &str, value: Encoded) -> Result<Vec<u8>, Error> {
    let holder = Engaged::new(&mut rng(1)).unwrap();
    let (_, sent) = met(&holder, 1).establish(b"request").unwrap();
    let good = [("eReaderKey", member(&sent, "eReaderKey")), ("data", member(&sent, "data"))];
    let sent = Encoded::map([(key, value)].into_iter().chain(good));
    holder.establish(sent.as_bytes()).map(|(_, request)| request.to_vec())
}

#[test]
fn establishment_is_whole_and_of_this_engagement() {
    assert_eq!(establish("unknown", Encoded::null()), Ok(b"request".to_vec()));
    let other_key =
        |curve| Encoded::embedded(&PrivateKey::generate(curve, &mut rng(9)).public_key().to_cose());
    let refused = establish("eReaderKey", other_key(Curve::P256)).unwrap_err();
    assert_eq!(refused, Error::Crypto(Crypto::Aead));
    let refused = establish("eReaderKey", other_key(Curve::P384)).unwrap_err();
    assert_eq!(refused, Error::Crypto(Crypto::AgreementMismatch));
    assert_eq!(refused.status(), Some(Status::Encryption));
    let refused = establish("data", Encoded::bytes(b"")).unwrap_err();
    assert_eq!(refused, Error::Crypto(Crypto::Aead));
    let refused = establish("data", Encoded::null()).unwrap_err();
    assert_eq!(refused, Error::Cbor(coffret_cbor::Error::WrongType));
    let refused = establish("eReaderKey", Encoded::null()).unwrap_err();
    assert_eq!(refused, Error::Crypto(Crypto::Cbor(coffret_cbor::Error::WrongTag)));
    assert_eq!(refused.status(), Some(Status::Decoding));
    let missing = Engaged::new(&mut rng(1)).unwrap().establish(b"\xa0").unwrap_err();
    assert_eq!(missing, Error::Cbor(coffret_cbor::Error::MissingKey));
    assert_eq!(missing.status(), Some(Status::Decoding));
}

/// The reader's key enters the transcript with the heads it came with.
#[test]
fn the_readers_key_is_kept_as_received() {
    let holder = Engaged::new(&mut rng(1)).unwrap();
    let (_, sent) = met(&holder, 1).establish(b"request").unwrap();
    let key = member(&sent, "eReaderKey");
    let (_, inner) = key.as_item().tag().unwrap();
    let longer = [b"\xd8\x18\x59\x00".as_slice(), &inner.bytes()[1..]].concat();
    let longer = Encoded::from(Item::parse(&longer).unwrap());
    let sent = Encoded::map([("eReaderKey", longer), ("data", member(&sent, "data"))]);
    // The same key, another transcript: other session keys.
    assert_eq!(holder.establish(sent.as_bytes()).unwrap_err(), Error::Crypto(Crypto::Aead));
}

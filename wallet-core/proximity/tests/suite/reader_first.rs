use coffret_cbor::{Encoded, Item, Timestamp};
use coffret_crypto::{Curve, Error as Crypto, Hash, PrivateKey};
use coffret_mdoc::Handover;
use coffret_proximity::{Answering, Error, Inviting, ReaderCode};

use crate::pair::{answer, invited, inviting, later, now, rng, scanned, whole};

/// The parts of an array.
fn parts<const N: usize>(array: &[u8]) -> [Encoded; N] {
    Item::parse(array).unwrap().array().unwrap().exactly::<N>().unwrap().map(Encoded::from)
}

/// A reader's code with these members over those of a good one.
fn code(members: impl IntoIterator<Item = (i64, Encoded)>) -> Vec<u8> {
    let (_, message) = invited(1, b"\xa0");
    let [hello, request] = parts(&message);
    let hello = hello.as_item().embedded().unwrap().into_owned();
    let good = Item::parse(&hello).unwrap().map().unwrap();
    let good = good.map(|(key, value)| (key.integer().unwrap(), value.into()));
    let hello = Encoded::map(members.into_iter().chain(good));
    Encoded::array([Encoded::embedded(&hello), request]).into_bytes()
}

fn limits(max: u64, key: i64) -> Vec<u8> {
    code([(3, Encoded::map([(key, max.into()), (9, Encoded::null())]))])
}

#[test]
fn the_reader_gets_the_answer() {
    let (reader, code) = scanned(1, b"request");
    assert_eq!(code.request(), b"request");
    assert_eq!(code.transcript(), inviting(1).transcript());
    assert_eq!((code.expires(), reader.expires()), (later(120), later(120)));

    let holder = Answering::new(&code, now(), &mut rng(2)).unwrap();
    let bound = holder.transcript().clone();
    let answer = whole(holder.answer(b"response").unwrap(), reader.collector());
    let (transcript, response) = reader.open(&answer, later(119)).unwrap();
    assert_eq!(*response, b"response");
    assert_eq!(transcript, bound);
    assert_eq!(transcript.e_reader_key(), Some(&reader.e_reader_key().public_key()));
}

#[test]
fn transcripts_are_those_of_the_specification() {
    let (reader, message) = invited(1, b"request");
    let [hello, _] = parts(&message);
    let code = ReaderCode::parse(&message).unwrap();
    let answer = answer(&reader, &code, b"response", 2).unwrap();
    let [engagement, _] = parts(&answer);
    let (transcript, _) = reader.open(&answer, now()).unwrap();

    let inner = hello.as_item().embedded().unwrap().into_owned();
    let security = Item::parse(&inner).unwrap().map().unwrap().require(1).unwrap();
    let [_, e_reader_key] = security.array().unwrap().exactly().unwrap();
    for (first, hashed, transcript) in [
        (Encoded::null(), hello.as_bytes(), inviting(1).transcript()),
        (engagement, &message, &transcript),
    ] {
        let digest = Hash::sha256(hashed);
        let handover = Encoded::array(["coffret-qr".into(), Encoded::bytes(&digest)]);
        let expected = Encoded::array([first, e_reader_key.into(), handover]);
        assert_eq!(*transcript.tagged(), Encoded::embedded(&expected));
        assert_eq!(*transcript.handover(), Handover::QrLink(digest));
    }
}

/// Whoever stands between a screen and a phone cannot change what is asked: the hello is the reader's
/// own, and the answer to another request does not decrypt.
#[test]
fn another_request_has_no_answer() {
    let (reader, message) = invited(1, b"age_over_18");
    let [hello, request] = parts(&message);
    let shown = |request: Encoded| {
        let code = Encoded::array([hello.clone(), request]);
        let code = ReaderCode::parse(code.as_bytes()).unwrap();
        let answer = answer(&reader, &code, b"response", 2).unwrap();
        reader.open(&answer, now()).map(|(_, response)| response.to_vec())
    };
    assert_eq!(shown(request).as_deref(), Ok(&b"response"[..]));
    let aead = Err(Error::Crypto(Crypto::Aead));
    assert_eq!(shown(Encoded::tag(24, Encoded::bytes(b"age_over_19"))), aead);
    // The same request in a longer head.
    let longer = Item::parse(b"\xd8\x18\x58\x0bage_over_18").unwrap();
    assert_eq!(shown(longer.into()), aead);
}

/// A phone's clock may be wrong by as long as a code is good for, whenever it scans the code.
#[test]
fn a_code_is_answered_by_clocks_that_differ() {
    let (_, code) = scanned(1, b"request");
    let until = |time| Answering::new(&code, later(time), &mut rng(2)).map(|holder| holder.until());
    for (scanned, answers_until) in [
        (-120, Some(0)),
        (-1, Some(119)),
        (0, Some(120)),
        (119, Some(239)),
        (120, Some(240)),
        (121, Some(240)),
        (239, Some(240)),
        (-121, None),
        (240, None),
        (i64::from(i32::MIN), None),
    ] {
        let expected = answers_until.map(later).ok_or(Error::CodeExpired);
        assert_eq!(until(scanned).as_ref(), expected.as_ref(), "{scanned}");
    }
}

#[test]
fn a_reader_takes_no_answer_later() {
    let (reader, code) = scanned(1, b"request");
    let answer = answer(&reader, &code, b"response", 2).unwrap();
    for (time, result) in [(-1, None), (119, None), (120, Some(Error::CodeExpired))] {
        assert_eq!(reader.open(&answer, later(time)).err(), result);
    }
}

#[test]
fn an_answer_that_fails_ends_nothing() {
    let (reader, code) = scanned(1, b"request");
    let good = answer(&reader, &code, b"response", 2).unwrap();
    let mut altered = good.clone();
    *altered.last_mut().unwrap() ^= 1;
    let [engagement, data] = parts(&good);
    let [other_engagement, _] = parts(&answer(&reader, &code, b"response", 3).unwrap());
    let swapped = Encoded::array([other_engagement, data]).into_bytes();
    let ended = Encoded::array([engagement.clone(), Encoded::map([("status", 20u64.into())])]);
    let bare = Encoded::array([
        Encoded::from(Item::parse(&engagement.as_item().embedded().unwrap()).unwrap()),
        Encoded::map([("data", Encoded::bytes(b""))]),
    ]);
    let (other, its_code) = scanned(4, b"request");
    let other_reader = answer(&other, &its_code, b"response", 2).unwrap();
    let cbor = Error::Cbor;
    for (answer, error) in [
        (altered, Error::Crypto(Crypto::Aead)),
        (swapped, Error::Crypto(Crypto::Aead)),
        (other_reader, Error::Crypto(Crypto::Aead)),
        (ended.into_bytes(), cbor(coffret_cbor::Error::MissingKey)),
        (bare.into_bytes(), cbor(coffret_cbor::Error::WrongTag)),
        (b"\x80".to_vec(), cbor(coffret_cbor::Error::WrongType)),
        (Vec::new(), cbor(coffret_cbor::Error::Truncated)),
    ] {
        assert_eq!(reader.open(&answer, now()).unwrap_err(), error);
        assert_eq!(*reader.open(&good, now()).unwrap().1, b"response");
    }
}

#[test]
fn a_code_is_whole() {
    assert!(ReaderCode::parse(&code([])).is_ok());
    let key = |curve| PrivateKey::generate(curve, &mut rng(1)).public_key().to_cose();
    let security =
        |suite: u64, curve| Encoded::array([suite.into(), Encoded::embedded(&key(curve))]);
    let cbor = Error::Cbor;
    for (code, error) in [
        (code([(0, "2.0".into())]), Error::Version),
        (code([(1, security(2, Curve::P256))]), Error::CipherSuite),
        (code([(2, (-1i64).into())]), cbor(coffret_cbor::Error::WrongType)),
        (code([(2, u64::MAX.into())]), cbor(coffret_cbor::Error::OutOfRange)),
        (code([(2, (i64::MAX as u64).into())]), cbor(coffret_cbor::Error::OutOfRange)),
        (code([(3, Encoded::null())]), cbor(coffret_cbor::Error::WrongType)),
        (limits(0, 0), cbor(coffret_cbor::Error::OutOfRange)),
        (limits(0, 1), cbor(coffret_cbor::Error::OutOfRange)),
        (b"\x81\x00".to_vec(), cbor(coffret_cbor::Error::WrongType)),
    ] {
        assert_eq!(ReaderCode::parse(&code).unwrap_err(), error);
    }
    let ed25519 = ReaderCode::parse(&code([(1, security(1, Curve::Ed25519))])).unwrap();
    let refused = Answering::new(&ed25519, now(), &mut rng(2)).unwrap_err();
    assert_eq!(refused, Error::Crypto(Crypto::AgreementMismatch));
}

#[test]
fn the_holder_takes_the_readers_curve() {
    for curve in [Curve::P384, Curve::P521, Curve::X25519] {
        let key = PrivateKey::generate(curve, &mut rng(1)).public_key().to_cose();
        let security = Encoded::array([1u64.into(), Encoded::embedded(&key)]);
        let code = ReaderCode::parse(&code([(1, security)])).unwrap();
        let holder = Answering::new(&code, now(), &mut rng(2)).unwrap();
        assert_eq!(holder.transcript().e_reader_key().unwrap().curve(), curve);
    }
}

/// The reader's key enters the transcript, and the type of the frames, with the heads it came with.
#[test]
fn the_readers_key_is_kept_as_received() {
    let key = PrivateKey::generate(Curve::P256, &mut rng(1)).public_key().to_cose();
    let longer = [b"\xd8\x18\x59\x00\x4b".as_slice(), key.as_bytes()].concat();
    let security = Encoded::array([1u64.into(), Item::parse(&longer).unwrap().into()]);
    let code = ReaderCode::parse(&code([(1, security)])).unwrap();
    let holder = Answering::new(&code, now(), &mut rng(2)).unwrap();
    for transcript in [code.transcript(), holder.transcript()] {
        let bytes = transcript.tagged().as_bytes();
        assert!(bytes.windows(longer.len()).any(|part| part == longer));
    }
    let ident: [u8; 8] = coffret_crypto::ident(&longer, b"QRIdent");
    let ident: String = ident.iter().map(|byte| format!("{byte:02X}")).collect();
    let frame = holder.answer(b"response").unwrap().next().unwrap();
    assert!(frame.starts_with(&format!("UR:X-MDOC-{ident}/")));
}

#[test]
fn the_readers_limits_are_kept() {
    let frames = |code: &[u8], length: usize| {
        let code = ReaderCode::parse(code).unwrap();
        Answering::new(&code, now(), &mut rng(2)).unwrap().answer(&vec![0; length])
    };
    let unlimited = frames(&code([]), 10_000).unwrap();
    assert_eq!(frames(&limits(1 << 20, 0), 10_000).unwrap().fragments(), unlimited.fragments());
    let smaller = frames(&limits(100, 0), 10_000).unwrap();
    assert!(smaller.fragments() > 100);
    assert!(smaller.take(200).all(|frame| frame.len() < 350));
    assert_eq!(frames(&limits(5, 0), 10_000).unwrap_err(), Error::TooManyFragments);

    // What goes around a response: the engagement, the tag, heads.
    let around = (1..).find(|length| frames(&limits(*length, 1), 1).is_ok()).unwrap() - 1;
    assert!(frames(&limits(1000 + around, 1), 1000).is_err());
    assert!(frames(&limits(1100 + around, 1), 1000).is_ok());
    assert_eq!(frames(&limits(999, 1), 1000).unwrap_err(), Error::MessageSize);
}

#[test]
fn there_is_no_code_before_1970() {
    let before = Timestamp::from_unix(-1000).unwrap();
    let refused = Inviting::new(before, &mut rng(1)).unwrap_err();
    assert_eq!(refused, Error::Cbor(coffret_cbor::Error::WrongType));
}

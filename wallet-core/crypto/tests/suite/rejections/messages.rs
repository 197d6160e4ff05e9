use coffret_cbor::{Decode, Encoded};
use coffret_crypto::cose::{Mac0, Payload, Sign1, Unsigned};
use coffret_crypto::{Algorithm, Curve, Error, SymmetricKey};

use super::{Breach, key};

pub(super) fn breaches() -> Vec<Breach> {
    [messages(), headers(), critical_headers(), certificate_chains(), verifications()].concat()
}

const ES256: &[u8] = b"\xa1\x01\x26";

/// What becomes of `[protected, unprotected, payload, proof]`.
fn read(members: impl IntoIterator<Item = Encoded>) -> Result<Sign1, Error> {
    Sign1::decode(Encoded::array(members).as_item())
}

fn empty() -> Encoded {
    Encoded::map::<i64>([])
}

fn messages() -> Vec<Breach> {
    let bytes = |bytes: &[u8]| Encoded::bytes(bytes);
    let four = || [bytes(ES256), empty(), Encoded::null(), bytes(b"")];
    let replaced = |place: usize, by: Encoded| {
        let mut members = four();
        members[place] = by;
        read(members).map(drop)
    };
    let wrong_tag = Error::Cbor(coffret_cbor::Error::WrongTag);
    let not_cbor = Error::Cbor(coffret_cbor::Error::Truncated);
    let tagged = |tag| Encoded::tag(tag, Encoded::array(four()));
    vec![
        ("map", Error::MalformedCose, Sign1::decode(empty().as_item()).map(drop)),
        ("three", Error::MalformedCose, read(four().into_iter().take(3)).map(drop)),
        ("five", Error::MalformedCose, read(four().into_iter().chain([empty()])).map(drop)),
        ("protected as map", Error::MalformedCose, replaced(0, empty())),
        ("payload as text", Error::MalformedCose, replaced(2, "payload".into())),
        ("signature as nil", Error::MalformedCose, replaced(3, Encoded::null())),
        ("Sign1 as Mac0", wrong_tag, Mac0::decode(tagged(18).as_item()).map(drop)),
        ("Mac0 as Sign1", wrong_tag, Sign1::decode(tagged(17).as_item()).map(drop)),
        ("protected cut short", not_cbor, replaced(0, bytes(b"\xa1\x01"))),
    ]
}

fn headers() -> Vec<Breach> {
    let judge = |protected: &[u8], unprotected: Encoded| {
        read([Encoded::bytes(protected), unprotected, Encoded::null(), Encoded::bytes(b"")])
            .map(drop)
    };
    let malformed = Error::MalformedHeader;
    let key_id = Encoded::map([("kid", 1i64.into())]);
    vec![
        ("protected array", malformed, judge(b"\x80", empty())),
        ("unprotected array", malformed, judge(ES256, Encoded::array([]))),
        ("label as bytes", malformed, judge(b"\xa1\x40\x01", empty())),
        (
            "label as bytes, unprotected",
            malformed,
            judge(ES256, Encoded::map([(Encoded::bytes(b""), 1i64.into())])),
        ),
        (
            "label of 65 bits",
            malformed,
            judge(b"\xa1\x3b\xff\xff\xff\xff\xff\xff\xff\xff\x01", empty()),
        ),
        ("alg in both", Error::HeaderInBoth, judge(ES256, Encoded::map([(1i64, (-7i64).into())]))),
        (
            "x5chain in both",
            Error::HeaderInBoth,
            judge(b"\xa2\x01\x26\x18\x21\x41\x00", Encoded::map([(33i64, Encoded::bytes(b""))])),
        ),
        ("kid in both", Error::HeaderInBoth, judge(b"\xa2\x01\x26\x63kid\x02", key_id.clone())),
        (
            "alg in both, of other lengths",
            Error::HeaderInBoth,
            judge(b"\xa1\x18\x01\x26", Encoded::map([(1i64, (-7i64).into())])),
        ),
    ]
}

fn critical_headers() -> Vec<Breach> {
    let judge = |protected: &[u8], unprotected: Encoded| {
        read([Encoded::bytes(protected), unprotected, Encoded::null(), Encoded::bytes(b"")])
            .map(drop)
    };
    let crit = Encoded::map([(2i64, Encoded::array([1i64.into()]))]);
    vec![
        ("crit unprotected", Error::MalformedHeader, judge(ES256, crit)),
        ("crit empty", Error::MalformedHeader, judge(b"\xa2\x01\x26\x02\x80", empty())),
        ("crit no array", Error::MalformedHeader, judge(b"\xa2\x01\x26\x02\x01", empty())),
        ("crit absent", Error::MalformedHeader, judge(b"\xa2\x01\x26\x02\x81\x04", empty())),
        ("crit kid", Error::UnknownCritical, judge(b"\xa3\x01\x26\x02\x81\x04\x04\x40", empty())),
        (
            "crit text",
            Error::UnknownCritical,
            judge(b"\xa3\x01\x26\x02\x81\x61a\x61a\x00", empty()),
        ),
    ]
}

fn certificate_chains() -> Vec<Breach> {
    let judge = |chain: Encoded| {
        let unprotected = Encoded::map([(33i64, chain)]);
        read([Encoded::bytes(ES256), unprotected, Encoded::null(), Encoded::bytes(b"")]).map(drop)
    };
    let certificate = || Encoded::bytes(b"certificate");
    vec![
        ("chain of none", Error::MalformedChain, judge(Encoded::array([]))),
        ("chain as text", Error::MalformedChain, judge("certificate".into())),
        (
            "chain with text",
            Error::MalformedChain,
            judge(Encoded::array([certificate(), "certificate".into()])),
        ),
    ]
}

fn verifications() -> Vec<Breach> {
    let (own, other) = (key(Curve::P256), key(Curve::P384));
    let (public, symmetric) = (own.public_key(), SymmetricKey::from([1; 32]));
    let signed = |payload| Unsigned::new(Algorithm::Es256, &[], payload, b"").sign(&own).unwrap();
    let (embedded, detached) = (Payload::Embedded(b"payload"), Payload::Detached(b"payload"));
    let mac = |payload| Mac0::new(&symmetric, payload, b"");
    let with_header = |protected: &[u8], unprotected: Encoded| {
        [Encoded::bytes(protected), unprotected, Encoded::bytes(b"payload"), Encoded::bytes(b"")]
    };
    let verify = |protected: &[u8], unprotected: Encoded| {
        read(with_header(protected, unprotected)).unwrap().verify(&public, b"")
    };
    let verify_mac = |protected: &[u8]| {
        let mac = Encoded::array(with_header(protected, empty()));
        Mac0::decode(mac.as_item()).unwrap().verify(&symmetric, b"")
    };
    let whole = Encoded::from(&mac(embedded));
    let [protected, headers, payload, tag] = whole.as_item().array().unwrap().exactly().unwrap();
    let tag = Encoded::bytes(&tag.byte_string().unwrap()[..16]);
    let cut_short = Encoded::array([protected.into(), headers.into(), payload.into(), tag]);
    let cut_short = Mac0::decode(cut_short.as_item()).unwrap().verify(&symmetric, b"");
    let alg = |id: i64| Encoded::map([(1i64, id.into())]);
    let unprotected = Error::AlgorithmNotProtected;
    let wrong_key = Unsigned::new(Algorithm::Es256, &[], embedded, b"").sign(&other);
    vec![
        ("signed by another curve", Error::AlgorithmMismatch, wrong_key.map(drop)),
        (
            "embedded, wanted detached",
            Error::PayloadEmbedded,
            signed(embedded).verify_detached(&public, b"payload", b""),
        ),
        (
            "detached, wanted embedded",
            Error::PayloadDetached,
            signed(detached).verify(&public, b""),
        ),
        (
            "MAC embedded, wanted detached",
            Error::PayloadEmbedded,
            mac(embedded).verify_detached(&symmetric, b"payload", b""),
        ),
        (
            "MAC detached, wanted embedded",
            Error::PayloadDetached,
            mac(detached).verify(&symmetric, b""),
        ),
        (
            "another payload",
            Error::InvalidSignature,
            signed(detached).verify_detached(&public, b"other", b""),
        ),
        ("another external AAD", Error::InvalidSignature, signed(embedded).verify(&public, b"aad")),
        (
            "MAC of another payload",
            Error::InvalidMac,
            mac(detached).verify_detached(&symmetric, b"other", b""),
        ),
        (
            "MAC with another external AAD",
            Error::InvalidMac,
            mac(embedded).verify(&symmetric, b"aad"),
        ),
        ("MAC cut short", Error::InvalidMac, cut_short),
        ("MAC empty", Error::InvalidMac, verify_mac(b"\xa1\x01\x05")),
        ("MAC by HMAC 256/64", Error::UnsupportedAlgorithm, verify_mac(b"\xa1\x01\x04")),
        ("MAC by ES256", Error::UnsupportedAlgorithm, verify_mac(ES256)),
        ("MAC without algorithm", unprotected, verify_mac(b"")),
        ("no algorithm", unprotected, verify(b"", empty())),
        ("algorithm unprotected", unprotected, verify(b"\xa0", alg(-7))),
        ("RS256", Error::UnsupportedAlgorithm, verify(b"\xa1\x01\x39\x01\x00", empty())),
        ("algorithm as text", Error::UnsupportedAlgorithm, verify(b"\xa1\x01\x65ES256", empty())),
        ("HMAC in Sign1", Error::UnsupportedAlgorithm, verify(b"\xa1\x01\x05", empty())),
        ("ES384 of P-256", Error::AlgorithmMismatch, verify(b"\xa1\x01\x38\x22", empty())),
    ]
}

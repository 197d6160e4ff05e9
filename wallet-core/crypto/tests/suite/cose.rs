//! COSE messages that are odd but allowed, and those of coset, both ways.

use coffret_cbor::{Decode, Encoded, Item};
use coffret_crypto::cose::{Mac0, Payload, Sign1, Unsigned};
use coffret_crypto::{
    Algorithm, Curve, Error, KeyOutcome, KeyRef, KeyTask, PrivateKey, PublicKey, Signature,
    SymmetricKey, verify,
};
use coset::{CborSerializable, CoseKey, HeaderBuilder, ProtectedHeader, iana};
use coset::{CoseMac0, CoseMac0Builder, CoseSign1, CoseSign1Builder};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

const AAD: &[u8] = b"external";
const PAYLOAD: &[u8] = b"payload";

fn key(curve: Curve) -> PrivateKey {
    PrivateKey::generate(curve, &mut ChaCha20Rng::from_seed([7; 32]))
}

fn read<T: Decode>(bytes: &[u8]) -> T
where
    T::Error: std::fmt::Debug,
{
    T::decode(Item::parse(bytes).unwrap()).unwrap()
}

/// The curves that sign, with coset's name of their algorithm.
const SIGNING: [(Curve, iana::Algorithm); 4] = [
    (Curve::P256, iana::Algorithm::ES256),
    (Curve::P384, iana::Algorithm::ES384),
    (Curve::P521, iana::Algorithm::ES512),
    (Curve::Ed25519, iana::Algorithm::EdDSA),
];

#[test]
fn coset_verifies_what_we_sign() {
    for (curve, id) in SIGNING {
        let (own, algorithm) = (key(curve), curve.algorithm().unwrap());
        let check =
            |signature: &[u8], data: &[u8]| verify(&own.public_key(), algorithm, data, signature);
        let sign = |payload| {
            let signed = Unsigned::new(algorithm, &[b"leaf"], payload, AAD).sign(&own).unwrap();
            CoseSign1::from_slice(Encoded::from(&signed).as_bytes()).unwrap()
        };
        let embedded = sign(Payload::Embedded(PAYLOAD));
        assert_eq!(embedded.protected.header.alg, Some(coset::Algorithm::Assigned(id)));
        assert_eq!(embedded.payload.as_deref(), Some(PAYLOAD));
        embedded.verify_signature(AAD, check).unwrap();
        let detached = sign(Payload::Detached(PAYLOAD));
        assert_eq!(detached.payload, None);
        detached.verify_detached_signature(PAYLOAD, AAD, check).unwrap();
    }
}

#[test]
fn we_verify_what_coset_signs() {
    for (curve, id) in SIGNING {
        let (own, algorithm) = (key(curve), curve.algorithm().unwrap());
        let sign = |data: &[u8]| own.sign(algorithm, data).unwrap();
        let header = || HeaderBuilder::new().algorithm(id).key_id(b"11".to_vec()).build();
        let builder = || CoseSign1Builder::new().protected(header());

        let embedded = builder().payload(PAYLOAD.to_vec()).create_signature(AAD, sign).build();
        let embedded: Sign1 = read(&embedded.to_vec().unwrap());
        assert_eq!(embedded.payload(), Some(PAYLOAD));
        embedded.verify(&own.public_key(), AAD).unwrap();

        let detached = builder().create_detached_signature(PAYLOAD, AAD, sign).build();
        let detached: Sign1 = read(&detached.to_vec().unwrap());
        detached.verify_detached(&own.public_key(), PAYLOAD, AAD).unwrap();
    }
}

#[test]
fn coset_and_we_verify_each_others_mac() {
    let symmetric = SymmetricKey::from([1; 32]);
    let ours = Encoded::from(&Mac0::new(&symmetric, Payload::Embedded(PAYLOAD), AAD));
    let ours = CoseMac0::from_slice(ours.as_bytes()).unwrap();
    let same = |tag: &[u8], data: &[u8]| if symmetric.tag(data) == tag { Ok(()) } else { Err(()) };
    ours.verify_payload_tag(AAD, || panic!(), same).unwrap();

    let header = HeaderBuilder::new().algorithm(iana::Algorithm::HMAC_256_256).build();
    let theirs = CoseMac0Builder::new()
        .protected(header)
        .payload(PAYLOAD.to_vec())
        .create_tag(AAD, |data| symmetric.tag(data).to_vec())
        .build();
    let theirs: Mac0 = read(&theirs.to_vec().unwrap());
    assert_eq!(theirs.payload(), Some(PAYLOAD));
    theirs.verify(&symmetric, AAD).unwrap();
}

/// coset builds no Mac0 over a detached payload, so its MAC_structure is compared.
#[test]
fn a_detached_mac_is_over_cosets_structure() {
    let symmetric = SymmetricKey::from([1; 32]);
    let mac = Encoded::from(&Mac0::new(&symmetric, Payload::Detached(PAYLOAD), AAD));
    let theirs = CoseMac0::from_slice(mac.as_bytes()).unwrap();
    assert_eq!(theirs.payload, None);
    let protected: ProtectedHeader = theirs.protected;
    let structure = coset::mac_structure_data(coset::MacContext::CoseMac0, protected, AAD, PAYLOAD);
    assert_eq!(symmetric.tag(&structure), *theirs.tag);
}

#[test]
fn coset_and_we_read_each_others_keys() {
    for curve in [Curve::P256, Curve::P384, Curve::P521, Curve::Ed25519, Curve::X25519] {
        let public = key(curve).public_key();
        let theirs = CoseKey::from_slice(public.to_cose().as_bytes()).unwrap();
        let again = theirs.to_vec().unwrap();
        assert_eq!(PublicKey::from_cose(Item::parse(&again).unwrap()).as_ref(), Ok(&public));
    }
}

/// x5chain as one certificate and as several, in the unprotected and in the protected header.
#[test]
fn chains() {
    let own = key(Curve::P256);
    for chain in [&[][..], &[b"leaf".as_slice()], &[b"leaf".as_slice(), b"issuer"]] {
        let unsigned = Unsigned::new(Algorithm::Es256, chain, Payload::Detached(b""), b"");
        let signed = unsigned.sign(&own).unwrap();
        assert_eq!(signed.x5chain(), chain);
        let received: Sign1 = read(Encoded::from(&signed).as_bytes());
        assert_eq!(received.x5chain(), chain);
        assert_eq!(received, signed);
    }
    for one in [Encoded::bytes(b"leaf"), Encoded::array([Encoded::bytes(b"leaf")])] {
        let protected = Encoded::map([(1i64, (-7i64).into()), (33, one)]);
        let message = message(protected.as_bytes(), b"");
        assert_eq!(read::<Sign1>(message.as_bytes()).x5chain(), [b"leaf"]);
    }
}

fn message(protected: &[u8], signature: &[u8]) -> Encoded {
    Encoded::array([
        Encoded::bytes(protected),
        Encoded::map::<i64>([]),
        Encoded::bytes(PAYLOAD),
        Encoded::bytes(signature),
    ])
}

/// The fully specified identifier, heads longer than needed, and a critical algorithm: what was
/// signed is what arrived, and what arrived is sent on.
#[test]
fn odd_headers() {
    let own = key(Curve::P256);
    for protected in
        [&b"\xa1\x01\x28"[..], b"\xb9\x00\x01\x18\x01\x38\x06", b"\xa2\x01\x26\x02\x81\x01"]
    {
        let structure = Encoded::array([
            "Signature1".into(),
            Encoded::bytes(protected),
            Encoded::bytes(AAD),
            Encoded::bytes(PAYLOAD),
        ]);
        let signature = own.sign(Algorithm::Es256, structure.as_bytes()).unwrap();
        let message = message(protected, &signature);
        let signed: Sign1 = read(Encoded::tag(18, message.clone()).as_bytes());
        signed.verify(&own.public_key(), AAD).unwrap();
        assert_eq!(Encoded::from(&signed), message);
    }
}

/// A signature that was asked of a key: over the bytes that were asked for, by that key.
#[test]
fn signed_by_the_key_that_was_asked() {
    let mut rng = ChaCha20Rng::from_seed([9; 32]);
    let (own, other) = (key(Curve::P256), PrivateKey::generate(Curve::P256, &mut rng));
    let unsigned = Unsigned::new(Algorithm::Es256, &[], Payload::Detached(PAYLOAD), AAD);
    let of = |key: &PrivateKey, message: &[u8]| {
        let task = KeyTask::Sign { key: KeyRef::from([0; 16]), message: message.to_vec() };
        let KeyOutcome::Signature(signature) = key.perform(&task) else { panic!("no signature") };
        let elsewhere = Signature::from(signature.as_bytes().to_vec());
        [signature, elsewhere]
    };
    for signature in of(&own, unsigned.to_be_signed()) {
        let signed = unsigned.clone().signed(&own.public_key(), signature).unwrap();
        signed.verify_detached(&own.public_key(), PAYLOAD, AAD).unwrap();
    }
    let wrong = [of(&other, unsigned.to_be_signed()), of(&own, PAYLOAD)].concat();
    for signature in wrong {
        let signed = unsigned.clone().signed(&own.public_key(), signature);
        assert_eq!(signed.err(), Some(Error::InvalidSignature));
    }
    let unsigned = Unsigned::new(Algorithm::Es384, &[], Payload::Detached(PAYLOAD), AAD);
    for signature in of(&own, unsigned.to_be_signed()) {
        let signed = unsigned.clone().signed(&own.public_key(), signature);
        assert_eq!(signed.err(), Some(Error::AlgorithmMismatch));
    }
}

//! Readers, and the registry that says who they are.

#![cfg(test)]

mod forge;

use coffret_cbor::{Encoded, Item, Timestamp, Value};
use coffret_crypto::cose::{Payload, Sign1, Unsigned};
use coffret_crypto::{Algorithm, PrivateKey};
use coffret_trust::{
    Certificate, Error, Purpose, ReaderSigned, ReaderSubject, ReaderVerdict, RegisteredReader,
    Registration, Registry, Retention, Trust,
};
use forge::*;
use proptest::prelude::*;

const PAYLOAD: &[u8] = b"the bytes of ReaderAuthenticationBytes";

fn sign(certificates: &[Vec<u8>], key: &PrivateKey) -> Sign1 {
    let chain: Vec<_> = certificates.iter().map(Vec::as_slice).collect();
    let message = Unsigned::new(Algorithm::Es256, &chain, Payload::Detached(PAYLOAD), &[]);
    message.sign(key).unwrap()
}

fn judge(trust: &Trust, signatures: &[&Sign1]) -> ReaderVerdict {
    let signed =
        signatures.iter().map(|signature| Some(ReaderSigned { signature, payload: PAYLOAD }));
    trust.reader(&signed.collect::<Vec<_>>(), now())
}

fn trust() -> Trust {
    let mut trust = Trust::new();
    trust.add_anchor(Draft::reader_root().certificate(&key(ROOT)), Purpose::Reader).unwrap();
    trust
}

/// The verdict on the reader as drafted, who signs as it should.
fn judge_draft(trust: &Trust, reader: &Draft) -> ReaderVerdict {
    judge(trust, &[&sign(&[reader.der(&key(ROOT))], &key(LEAF))])
}

#[track_caller]
fn invalid(verdict: ReaderVerdict, rules: &[Error]) {
    assert_eq!(verdict, ReaderVerdict::Invalid { errors: rules.to_vec() });
}

#[test]
fn a_request_may_be_unsigned() {
    assert_eq!(trust().reader(&[None, None], now()), ReaderVerdict::None);
}

#[test]
fn a_request_is_not_signed_in_part() {
    let signature = sign(&[Draft::reader().der(&key(ROOT))], &key(LEAF));
    let signed = Some(ReaderSigned { signature: &signature, payload: PAYLOAD });
    for requests in [[signed, None], [None, signed]] {
        invalid(trust().reader(&requests, now()), &[Error::PartlySigned]);
    }
}

#[test]
fn a_certified_reader_is_verified() {
    let signature = sign(&[Draft::reader().der(&key(ROOT))], &key(LEAF));
    // Once, and for each of two documents.
    for signatures in [&[&signature][..], &[&signature, &signature]] {
        let ReaderVerdict::Verified(reader) = judge(&trust(), signatures) else { panic!() };
        assert_eq!(reader.name.as_deref(), Some("Test reader"));
        assert_eq!((reader.registration, reader.warnings), (None, vec![]));
    }
    let under = Draft::reader().under_between();
    let chain = [under.der(&key(BETWEEN)), Draft::between().der(&key(ROOT))];
    let verdict = judge(&trust(), &[&sign(&chain, &key(LEAF))]);
    assert!(matches!(verdict, ReaderVerdict::Verified(_)));
}

#[test]
fn what_the_root_does_not_follow_is_a_warning() {
    let root = Draft { serial: vec![0], ..Draft::reader_root() };
    let mut trust = Trust::new();
    trust.add_anchor(root.certificate(&key(ROOT)), Purpose::Reader).unwrap();
    let ReaderVerdict::Verified(reader) = judge_draft(&trust, &Draft::reader()) else { panic!() };
    assert_eq!(reader.warnings, [Error::SerialNumber]);
}

#[test]
fn a_reader_that_nobody_certifies_is_untrusted() {
    let name = Some("Test reader".to_owned());
    let verdict = judge_draft(&Trust::new(), &Draft::reader());
    assert_eq!(verdict, ReaderVerdict::Untrusted { name: name.clone(), warnings: vec![] });

    // What its certificate is good for counts less than that nobody vouches for it.
    let verdict = judge_draft(&Trust::new(), &Draft::reader().without(EXTENDED_KEY_USAGE));
    let warnings = vec![Error::ExtendedKeyUsage, Error::ExtendedKeyUsageProfile];
    assert_eq!(verdict, ReaderVerdict::Untrusted { name, warnings });

    // An anchor for issuers is none for readers.
    let mut trust = Trust::new();
    trust.add_anchor(Draft::reader_root().certificate(&key(ROOT)), Purpose::Issuer).unwrap();
    assert!(matches!(judge_draft(&trust, &Draft::reader()), ReaderVerdict::Untrusted { .. }));
}

#[test]
fn the_signature_is_the_readers() {
    let certificate = Draft::reader().der(&key(ROOT));
    let other = sign(std::slice::from_ref(&certificate), &key(OTHER));
    invalid(judge(&trust(), &[&other]), &[Error::ReaderSignature]);
    invalid(judge(&Trust::new(), &[&other]), &[Error::ReaderSignature]);
    let good = sign(&[certificate], &key(LEAF));
    invalid(judge(&trust(), &[&good, &other]), &[Error::ReaderSignature]);

    let signed = [Some(ReaderSigned { signature: &good, payload: b"another request" })];
    invalid(trust().reader(&signed, now()), &[Error::ReaderSignature]);
    invalid(judge(&trust(), &[&sign(&[], &key(LEAF))]), &[Error::NoCertificate]);
}

#[test]
fn one_request_has_one_reader() {
    let one = sign(&[Draft::reader().der(&key(ROOT))], &key(LEAF));
    let another = Draft { serial: vec![5], ..Draft::reader() }.der(&key(ROOT));
    let another = sign(&[another], &key(LEAF));
    invalid(judge(&trust(), &[&one, &another]), &[Error::SeveralReaders]);
}

#[test]
fn a_certified_reader_with_any_fault_is_invalid() {
    let late = Draft { not_after: time("2026-11-22T00:00:00Z"), ..Draft::reader() };
    invalid(judge_draft(&trust(), &late), &[Error::Expired]);
    let early = Draft { not_before: time("2026-11-23T00:00:00Z"), ..Draft::reader() };
    invalid(judge_draft(&trust(), &early), &[Error::NotYetValid]);
    let signer = Draft::reader().with(EXTENDED_KEY_USAGE, true, purposes(&["1.0.18013.5.1.2"]));
    invalid(judge_draft(&trust(), &signer), &[Error::ExtendedKeyUsage]);
    invalid(judge_draft(&trust(), &Draft::reader().without(KEY_USAGE)), &[Error::SignerKeyUsage]);

    let issuer = vec![(COMMON_NAME, "Test reader root")];
    let list = List { issuer, ..List::of_issuer_root(&[&Draft::reader().serial]) };
    let mut trust = trust();
    trust.add_crl(&list.der(&key(ROOT))).unwrap();
    invalid(judge_draft(&trust, &Draft::reader()), &[Error::Revoked]);
}

#[test]
fn a_forged_or_expired_reader_is_invalid_whoever_knows_it() {
    let late = |draft| Draft { not_after: time("2026-11-22T00:00:00Z"), ..draft };
    invalid(judge_draft(&Trust::new(), &late(Draft::reader())), &[Error::Expired]);
    let early = Draft { not_before: time("2026-11-23T00:00:00Z"), ..Draft::reader() };
    invalid(judge_draft(&Trust::new(), &early), &[Error::NotYetValid]);
    let between = late(Draft::between()).der(&key(ROOT));
    let chain = [Draft::reader().under_between().der(&key(BETWEEN)), between];
    invalid(judge(&Trust::new(), &[&sign(&chain, &key(LEAF))]), &[Error::IssuerNotValid]);
    let forged = sign(&[Draft::reader().der(&key(OTHER))], &key(LEAF));
    invalid(judge(&trust(), &[&forged]), &[Error::CertificateSignature]);
}

#[test]
fn a_reader_is_no_document_signer_once_its_path_is_known() {
    let mut trust = trust();
    trust.add_anchor(Draft::reader_root().certificate(&key(ROOT)), Purpose::Issuer).unwrap();
    assert!(matches!(judge_draft(&trust, &Draft::reader()), ReaderVerdict::Verified(_)));
    let chain = coffret_trust::Chain::parse([Draft::reader().der(&key(ROOT)).as_slice()]).unwrap();
    assert_eq!(trust.signer(&chain, now()).errors, [Error::ExtendedKeyUsage]);
}

fn registration() -> Registration {
    Registration {
        name_fr: "Pharmacie d’essai".into(),
        name_en: "Test pharmacy".into(),
        purposes: vec!["pharmacy".into(), "age-18".into()],
        retention: Retention::Kept,
        privacy: Some("https://pharmacy.example/privacy".into()),
    }
}

fn registered(subject: ReaderSubject) -> Registry {
    let authority = Draft::reader_root().certificate(&key(ROOT));
    Registry {
        issued: time("2026-11-20T00:00:00Z"),
        next_update: time("2026-12-20T00:00:00Z"),
        readers: vec![RegisteredReader { authority, subject, registration: registration() }],
    }
}

fn registry() -> Registry {
    registered(ReaderSubject::of(&Draft::reader().certificate(&key(ROOT))).unwrap())
}

fn registrar() -> Certificate {
    Draft::registrar().certificate(&key(OTHER))
}

/// With the registrar as its only anchor.
fn add(registry: &Registry, at: Timestamp) -> Result<Trust, Error> {
    let mut trust = Trust::new();
    trust.add_anchor(registrar(), Purpose::Registry).unwrap();
    trust.add_registry(&registry.sign(&registrar(), &key(OTHER)).unwrap(), at)?;
    Ok(trust)
}

fn registration_of(trust: &Trust, reader: &Draft) -> Option<Registration> {
    match judge_draft(trust, reader) {
        ReaderVerdict::Verified(reader) => reader.registration,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_registered_reader_is_known_by_its_subject() {
    let trust = add(&registry(), now()).unwrap();
    assert_eq!(registration_of(&trust, &Draft::reader()), Some(registration()));
    let renewed = Draft { serial: vec![9], ..Draft::reader() };
    assert_eq!(registration_of(&trust, &renewed), Some(registration()));
    let neighbour = Draft { subject: vec![(COMMON_NAME, "Neighbour")], ..Draft::reader() };
    assert_eq!(registration_of(&trust, &neighbour), None);
}

#[test]
fn a_registered_reader_is_known_by_an_alternative_name() {
    let trust =
        add(&registered(ReaderSubject::AlternativeName("r.example".into())), now()).unwrap();
    for kind in [1, 2, 6] {
        let names = general_names(kind, "r.example");
        let reader = Draft::reader().with(SUBJECT_ALTERNATIVE_NAME, false, names);
        assert_eq!(registration_of(&trust, &reader), Some(registration()), "{kind}");
    }
    assert_eq!(registration_of(&trust, &Draft::reader()), None);
}

#[test]
fn a_reader_is_registered_under_its_own_authority() {
    // The same names, certified by an authority that is trusted, but is not the registered one.
    let mut trust = add(&registry(), now()).unwrap();
    let other = Draft { spki: key(BETWEEN).public_key().to_spki(), ..Draft::reader_root() };
    let other = other.without(SUBJECT_KEY).certificate(&key(BETWEEN));
    trust.add_anchor(other, Purpose::Reader).unwrap();
    let reader = Draft::reader().without(AUTHORITY_KEY).der(&key(BETWEEN));
    let ReaderVerdict::Verified(reader) = judge(&trust, &[&sign(&[reader], &key(LEAF))]) else {
        panic!()
    };
    assert_eq!(reader.registration, None);
}

#[test]
fn a_registry_is_the_trusted_registrars() {
    let signed = registry().sign(&registrar(), &key(OTHER)).unwrap();
    assert_eq!(Trust::new().add_registry(&signed, now()), Err(Error::UntrustedRegistry));
    let mut trust = Trust::new();
    trust.add_anchor(registrar(), Purpose::Reader).unwrap();
    assert_eq!(trust.add_registry(&signed, now()), Err(Error::UntrustedRegistry));

    trust.add_anchor(registrar(), Purpose::Registry).unwrap();
    assert_eq!(trust.add_registry(&signed, now()).map(|added| added.anchors), Ok(1));
    let payload = Payload::Embedded(b"\xa0");
    let nameless = Unsigned::new(Algorithm::Es256, &[], payload, &[]).sign(&key(OTHER)).unwrap();
    let nameless = Encoded::from(&nameless).into_bytes();
    assert_eq!(trust.add_registry(&nameless, now()), Err(Error::NoCertificate));
    let forged = registry().sign(&registrar(), &key(LEAF)).unwrap();
    let invalid = coffret_crypto::Error::InvalidSignature;
    assert_eq!(trust.add_registry(&forged, now()), Err(Error::Crypto(invalid)));
}

#[test]
fn the_registrar_is_valid_and_signs_messages() {
    let late = time("2027-11-02T00:00:00Z");
    assert_eq!(add(&registry(), late).unwrap_err(), Error::IssuerNotValid);

    let authority = Draft::registrar().with(KEY_USAGE, true, usage(0b0000_0110, 1));
    let authority = authority.certificate(&key(OTHER));
    let mut trust = Trust::new();
    trust.add_anchor(authority.clone(), Purpose::Registry).unwrap();
    let signed = registry().sign(&authority, &key(OTHER)).unwrap();
    assert_eq!(trust.add_registry(&signed, now()), Err(Error::SignerKeyUsage));
}

#[test]
fn a_registry_counts_from_its_date_to_a_newer_one() {
    let early = time("2026-11-19T23:59:59Z");
    assert_eq!(add(&registry(), early).unwrap_err(), Error::RegistryNotYetIssued);

    let mut trust = add(&registry(), now()).unwrap();
    let older = Registry { issued: time("2026-11-19T00:00:00Z"), readers: vec![], ..registry() };
    let older = older.sign(&registrar(), &key(OTHER)).unwrap();
    assert_eq!(trust.add_registry(&older, now()), Err(Error::RegistryOlder));
    assert_eq!(registration_of(&trust, &Draft::reader()), Some(registration()));

    // A newer one without the authority takes its readers' trust away.
    let newer = Registry { issued: time("2026-11-21T00:00:00Z"), readers: vec![], ..registry() };
    trust.add_registry(&newer.sign(&registrar(), &key(OTHER)).unwrap(), now()).unwrap();
    assert!(matches!(judge_draft(&trust, &Draft::reader()), ReaderVerdict::Untrusted { .. }));
}

#[test]
fn a_stale_registry_stands_with_a_warning() {
    let trust = add(&registry(), now()).unwrap();
    let signature = sign(&[Draft::reader().der(&key(ROOT))], &key(LEAF));
    let signed = [Some(ReaderSigned { signature: &signature, payload: PAYLOAD })];
    let ReaderVerdict::Verified(reader) = trust.reader(&signed, time("2026-12-20T00:00:00Z"))
    else {
        panic!()
    };
    assert_eq!(reader.registration, Some(registration()));
    assert_eq!(reader.warnings, [Error::RegistryStale]);
}

#[test]
fn an_authority_that_cannot_be_used_disables_its_own_readers() {
    let mut registry = registry();
    // secp256k1, as it would be named by an authority that uses it.
    let mut spki = key(BETWEEN).public_key().to_spki();
    let curve = spki.windows(8).position(|bytes| bytes == b"\x2a\x86\x48\xce\x3d\x03\x01\x07");
    spki[curve.unwrap() + 7] = 0x09;
    let authority = Draft { spki, ..Draft::reader_root() }.certificate(&key(BETWEEN));
    registry.readers.insert(0, RegisteredReader { authority, ..registry.readers[0].clone() });
    let mut trust = Trust::new();
    trust.add_anchor(registrar(), Purpose::Registry).unwrap();
    let added = trust.add_registry(&registry.sign(&registrar(), &key(OTHER)).unwrap(), now());
    let unusable = Error::Crypto(coffret_crypto::Error::UnsupportedCurve);
    assert_eq!(added.map(|added| (added.anchors, added.unusable)), Ok((1, vec![(0, unusable)])));
    assert_eq!(registration_of(&trust, &Draft::reader()), Some(registration()));
}

/// The registry in CBOR, changed and signed.
fn add_changed(change: impl Fn(&mut Vec<(Value, Value)>)) -> Result<(), Error> {
    let signed = registry().sign(&registrar(), &key(OTHER)).unwrap();
    let message = Item::parse(&signed).unwrap().array().unwrap().exactly::<4>().unwrap();
    let payload = message[2].byte_string().unwrap();
    let Value::Map(mut members) = Item::parse(&payload).unwrap().value() else { panic!() };
    change(&mut members);
    let payload = Encoded::from(&Value::Map(members)).into_bytes();
    let payload = Payload::Embedded(&payload);
    let message = Unsigned::new(Algorithm::Es256, &[registrar().der()], payload, &[]);
    let signed = Encoded::from(&message.sign(&key(OTHER)).unwrap()).into_bytes();
    let mut trust = Trust::new();
    trust.add_anchor(registrar(), Purpose::Registry).unwrap();
    trust.add_registry(&signed, now()).map(drop)
}

fn member<'a>(members: &'a mut [(Value, Value)], key: &str) -> &'a mut Value {
    &mut members.iter_mut().find(|(found, _)| *found == key.into()).unwrap().1
}

fn reader(members: &mut [(Value, Value)]) -> &mut Vec<(Value, Value)> {
    let Value::Array(readers) = member(members, "readers") else { panic!() };
    let Value::Map(reader) = &mut readers[0] else { panic!() };
    reader
}

#[test]
fn a_registry_has_its_form() {
    assert_eq!(add_changed(|_| {}), Ok(()));
    assert_eq!(add_changed(|members| members.push(("later".into(), Value::Null))), Ok(()));
    let malformed = Err(Error::MalformedRegistry);
    assert_eq!(add_changed(|members| *member(members, "version") = "2.0".into()), malformed);
    let same_day = |members: &mut Vec<_>| {
        *member(members, "nextUpdate") = member(members, "issued").clone();
    };
    assert_eq!(add_changed(same_day), malformed);
    let nowhere = |members: &mut Vec<_>| *member(reader(members), "anchor") = Value::Unsigned(1);
    assert_eq!(add_changed(nowhere), malformed);
    let aimless =
        |members: &mut Vec<_>| *member(reader(members), "purposes") = Value::Array(vec![]);
    assert_eq!(add_changed(aimless), malformed);
    let twice = |members: &mut Vec<_>| reader(members).push(("san".into(), "r.example".into()));
    assert_eq!(add_changed(twice), malformed);
    let nameless = |members: &mut Vec<_>| {
        reader(members).retain(|(key, _)| *key != Value::from("subject"));
    };
    assert_eq!(add_changed(nameless), malformed);
    let not_one = |members: &mut Vec<_>| {
        *member(members, "anchors") = Value::Array(vec![Value::Bytes(vec![0x30, 0])]);
    };
    assert_eq!(add_changed(not_one), Err(Error::MalformedCertificate));
    let incomplete = |members: &mut Vec<_>| {
        reader(members).retain(|(key, _)| *key != Value::from("retains"));
    };
    assert_eq!(add_changed(incomplete), Err(Error::Cbor(coffret_cbor::Error::MissingKey)));
}

fn any_registry() -> impl Strategy<Value = Registry> {
    let subject = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..40).prop_map(ReaderSubject::Name),
        any::<String>().prop_map(ReaderSubject::AlternativeName),
    ];
    let text = any::<String>;
    let purposes = proptest::collection::vec(text(), 1..4);
    let retention = prop_oneof![Just(Retention::Kept), Just(Retention::NotKept)];
    let registration = (text(), text(), purposes, retention, proptest::option::of(text()));
    let reader = (1..4u8, subject, registration).prop_map(|(number, subject, registration)| {
        let (name_fr, name_en, purposes, retention, privacy) = registration;
        let registration = Registration { name_fr, name_en, purposes, retention, privacy };
        let authority = Draft { serial: vec![number], ..Draft::reader_root() };
        RegisteredReader { authority: authority.certificate(&key(ROOT)), subject, registration }
    });
    let times = (0..1_000_000_000i64, 1..100_000_000i64);
    (times, proptest::collection::vec(reader, 0..5)).prop_map(|((issued, lasts), readers)| {
        let moment = |seconds| Timestamp::from_unix(seconds).unwrap();
        Registry { issued: moment(issued), next_update: moment(issued + lasts), readers }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_registry_reads_as_it_was_written(registry in any_registry()) {
        let encoded = Encoded::from(&registry);
        let read = <Registry as coffret_cbor::Decode>::decode(encoded.as_item());
        prop_assert_eq!(read, Ok(registry));
    }

    #[test]
    fn no_altered_registry_is_taken(at in any::<prop::sample::Index>(), change in 1..=255u8) {
        let mut signed = registry().sign(&registrar(), &key(OTHER)).unwrap();
        let at = at.index(signed.len());
        signed[at] ^= change;
        let mut trust = Trust::new();
        trust.add_anchor(registrar(), Purpose::Registry).unwrap();
        prop_assert!(trust.add_registry(&signed, now()).is_err());
    }
}

/// A root that took a new key under its old name does not make its readers forgers.
#[test]
fn a_namesake_of_the_authority_is_another() {
    let mut trust = Trust::new();
    let spki = key(OTHER).public_key().to_spki();
    let namesake = Draft { spki, ..Draft::reader_root() };
    let namesake = namesake.with(SUBJECT_KEY, false, octets(&[9; 20]));
    trust.add_anchor(namesake.certificate(&key(OTHER)), Purpose::Reader).unwrap();
    let verdict = judge_draft(&trust, &Draft::reader());
    assert!(matches!(verdict, ReaderVerdict::Untrusted { .. }), "{verdict:?}");
}

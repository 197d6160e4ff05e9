//! Readers, and the registry that says who they are: what `test-vectors/requests.json` and
//! `registries.json` do not show.

#![cfg(test)]

use coffret_cbor::{Encoded, Timestamp};
use coffret_crypto::cose::{Payload, Sign1, Unsigned};
use coffret_crypto::{Algorithm, PrivateKey};
use coffret_test_vectors::forge::*;
use coffret_trust::{
    Certificate, Error, Purpose, ReaderSigned, ReaderSubject, ReaderVerdict, RegisteredReader,
    Registration, Registry, Retention, Trust,
};
use proptest::prelude::*;

const MDL: &str = "org.iso.18013.5.1.mDL";

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

/// Whoever asks for a certificate chooses the name in it. It is shown beside our own words.
#[test]
fn a_reader_s_name_is_one_line_of_what_is_seen() {
    let called = |subject| Draft { subject: vec![(COMMON_NAME, subject)], ..Draft::reader() };
    for (name, plain) in [
        ("Bar\u{202e}tircsni\u{202c} du\r\n Coin", Some("Bartircsni du Coin")),
        ("\u{200b}\u{2066}", None),
    ] {
        let plain = plain.map(str::to_owned);
        let untrusted = judge_draft(&Trust::new(), &called(name));
        assert!(matches!(untrusted, ReaderVerdict::Untrusted { name, .. } if name == plain));
        let verified = judge_draft(&trust(), &called(name));
        assert!(matches!(verified, ReaderVerdict::Verified(reader) if reader.name == plain));
    }
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
}

#[test]
fn a_reader_is_no_document_signer_once_its_path_is_known() {
    let mut trust = trust();
    trust.add_anchor(Draft::reader_root().certificate(&key(ROOT)), Purpose::Issuer).unwrap();
    assert!(matches!(judge_draft(&trust, &Draft::reader()), ReaderVerdict::Verified(_)));
    let chain = coffret_trust::Chain::parse([Draft::reader().der(&key(ROOT)).as_slice()]).unwrap();
    assert_eq!(trust.signer(&chain, MDL, now()).errors, [Error::ExtendedKeyUsage]);
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
fn add(registry: &Registry) -> Result<Trust, Error> {
    let mut trust = Trust::new();
    trust.add_anchor(registrar(), Purpose::Registry).unwrap();
    trust.add_registry(&registry.sign(&registrar(), &key(OTHER)).unwrap(), now())?;
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
    let trust = add(&registry()).unwrap();
    assert_eq!(registration_of(&trust, &Draft::reader()), Some(registration()));
    let renewed = Draft { serial: vec![9], ..Draft::reader() };
    assert_eq!(registration_of(&trust, &renewed), Some(registration()));
    let neighbour = Draft { subject: vec![(COMMON_NAME, "Neighbour")], ..Draft::reader() };
    assert_eq!(registration_of(&trust, &neighbour), None);
}

#[test]
fn a_registered_reader_is_known_by_an_alternative_name() {
    let trust = add(&registered(ReaderSubject::AlternativeName("r.example".into()))).unwrap();
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
    let mut trust = add(&registry()).unwrap();
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
fn a_newer_registry_takes_the_place_of_the_one_held() {
    let mut trust = add(&registry()).unwrap();
    let older = Registry { issued: time("2026-11-19T00:00:00Z"), readers: vec![], ..registry() };
    let older = older.sign(&registrar(), &key(OTHER)).unwrap();
    assert_eq!(trust.add_registry(&older, now()), Err(Error::RegistryOlder));
    assert_eq!(registration_of(&trust, &Draft::reader()), Some(registration()));

    // Without the authority, its readers are trusted no more.
    let newer = Registry { issued: time("2026-11-21T00:00:00Z"), readers: vec![], ..registry() };
    trust.add_registry(&newer.sign(&registrar(), &key(OTHER)).unwrap(), now()).unwrap();
    assert!(matches!(judge_draft(&trust, &Draft::reader()), ReaderVerdict::Untrusted { .. }));
}

#[test]
fn an_anchor_of_another_purpose_is_no_registrar() {
    let signed = registry().sign(&registrar(), &key(OTHER)).unwrap();
    let mut trust = Trust::new();
    trust.add_anchor(registrar(), Purpose::Reader).unwrap();
    assert_eq!(trust.add_registry(&signed, now()), Err(Error::UntrustedRegistry));
    trust.add_anchor(registrar(), Purpose::Registry).unwrap();
    assert_eq!(trust.add_registry(&signed, now()).map(|added| added.anchors), Ok(1));
}

#[test]
fn an_authority_that_cannot_be_used_disables_its_own_readers() {
    let mut registry = registry();
    let authority = Draft::reader_root().on_unknown_curve().certificate(&key(ROOT));
    registry.readers.insert(0, RegisteredReader { authority, ..registry.readers[0].clone() });
    let mut trust = Trust::new();
    trust.add_anchor(registrar(), Purpose::Registry).unwrap();
    let added = trust.add_registry(&registry.sign(&registrar(), &key(OTHER)).unwrap(), now());
    let unusable = Error::Crypto(coffret_crypto::Error::UnsupportedCurve);
    assert_eq!(added.map(|added| (added.anchors, added.unusable)), Ok((1, vec![(0, unusable)])));
    assert_eq!(registration_of(&trust, &Draft::reader()), Some(registration()));
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

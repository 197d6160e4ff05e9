//! Issued, requested, presented, verified: what holds for any document and any approval.

#![cfg(test)]

mod story;

use std::collections::{BTreeMap, HashSet};

use coffret_cbor::{Encoded, Item, Value};
use coffret_crypto::{Curve, Hash, KeyOutcome};
use coffret_mdoc::{
    Approved, Days, DeviceAuthMethod, DeviceRequest, DeviceResponse, DigestAlgorithm, DocRequest,
    DocumentSigner, ElementName, Error, Handover, IntentToRetain, Issuance, IssuerSigned,
    ItemsRequest, KeyAuthorizations, NameSpaces, SessionTranscript,
};
use coffret_trust::Trust;
use proptest::prelude::*;

use story::{DOC_TYPE, NAMESPACE, Story, approved, elements, names};

#[test]
fn every_curve_signs_and_one_agrees() {
    let mut story = Story::begin();
    let cases = [
        (Curve::P256, DeviceAuthMethod::Signature),
        (Curve::P384, DeviceAuthMethod::Signature),
        (Curve::P521, DeviceAuthMethod::Signature),
        (Curve::Ed25519, DeviceAuthMethod::Signature),
        (Curve::P256, DeviceAuthMethod::Mac),
    ];
    for (curve, method) in cases {
        let (key, public) = story.device_key(curve);
        let issued = story.issue(public, &elements());
        let response = story.present(&issued, key, &approved(&["family_name"]), method);
        let verdict = story.verify(&response, None);
        assert!(verdict.is_valid(), "{curve:?} {method:?}: {verdict:?}");
        assert!(verdict.documents[0].warnings().is_empty(), "{verdict:?}");
    }
}

/// Each document with its own key, approval and proof.
#[test]
fn several_documents_in_one_response() {
    let mut story = Story::begin();
    let approvals = [
        (approved(&["family_name"]), DeviceAuthMethod::Signature),
        (approved(&["age_over_18", "given_name"]), DeviceAuthMethod::Mac),
    ];
    let documents = approvals.map(|(approved, method)| {
        let (key, public) = story.device_key(Curve::P256);
        let issued = story.issue(public, &elements());
        let document = story.unauthenticated(&issued, &approved, method).unwrap();
        let outcome = story.keys.execute(&document.task(key), &mut story.rng);
        document.authenticate(outcome).unwrap()
    });
    let verdict = story.verify(&DeviceResponse::new(documents.into()), None);
    assert!(verdict.is_valid(), "{verdict:?}");
    let shown = verdict.documents.into_iter().map(|document| document.into_verified().unwrap());
    let shown: Vec<_> = shown.map(|document| document.elements().iter().count()).collect();
    assert_eq!(shown, [1, 2]);
}

#[test]
fn a_mac_needs_keys_of_one_curve() {
    let mut story = Story::begin();
    for curve in [Curve::P384, Curve::Ed25519] {
        let (_, public) = story.device_key(curve);
        let issued = story.issue(public, &elements());
        let refused =
            story.unauthenticated(&issued, &approved(&["family_name"]), DeviceAuthMethod::Mac);
        assert_eq!(refused.err(), Some(Error::MacNotPossible), "{curve:?}");
    }
    let (_, public) = story.device_key(Curve::P256);
    let issued = story.issue(public, &elements());
    story.transcript = SessionTranscript::new(None, None, &Handover::Qr).unwrap();
    let refused =
        story.unauthenticated(&issued, &approved(&["family_name"]), DeviceAuthMethod::Mac);
    assert_eq!(refused.err(), Some(Error::MacNotPossible), "no reader's key");
}

#[test]
fn a_key_on_ed25519_agrees_on_nothing() {
    let mut story = Story::begin();
    let (_, public) = story.device_key(Curve::Ed25519);
    let issued = story.issue(public.clone(), &elements());
    let reader_key = Some(Encoded::embedded(&public.to_cose()));
    story.transcript = SessionTranscript::new(None, reader_key, &Handover::Qr).unwrap();
    let refused =
        story.unauthenticated(&issued, &approved(&["family_name"]), DeviceAuthMethod::Mac);
    assert_eq!(refused.err(), Some(Error::MacNotPossible));
}

#[test]
fn what_is_not_held_cannot_be_approved() {
    let mut story = Story::begin();
    let (_, public) = story.device_key(Curve::P256);
    let issued = story.issue(public, &elements());
    let signature = DeviceAuthMethod::Signature;
    let refused = story.unauthenticated(&issued, &approved(&["portrait"]), signature);
    assert_eq!(refused.err(), Some(Error::ElementNotHeld));
}

#[test]
fn nothing_is_not_presented() {
    let mut story = Story::begin();
    let (_, public) = story.device_key(Curve::P256);
    let issued = story.issue(public, &elements());
    let refused = story.unauthenticated(&issued, &approved(&[]), DeviceAuthMethod::Signature);
    assert_eq!(refused.err(), Some(Error::NoElements));
}

#[test]
fn an_outcome_must_be_that_of_its_task() {
    let mut story = Story::begin();
    let (key, public) = story.device_key(Curve::P256);
    let (other, _) = story.device_key(Curve::P256);
    let issued = story.issue(public, &elements());
    let document = |story: &Story, method| {
        story.unauthenticated(&issued, &approved(&["family_name"]), method).unwrap()
    };
    let signature = document(&story, DeviceAuthMethod::Signature);
    let by_another = story.keys.execute(&signature.task(other), &mut story.rng);
    assert_eq!(signature.authenticate(by_another).err(), Some(Error::KeyOutcome));

    let mac = document(&story, DeviceAuthMethod::Mac).task(key);
    let secret = story.keys.execute(&mac, &mut story.rng);
    let failed = coffret_crypto::Error::ZeroSecret;
    let failing = document(&story, DeviceAuthMethod::Mac);
    let refused = failing.authenticate(KeyOutcome::Failed(failed));
    assert_eq!(refused.err(), Some(Error::Crypto(failed)));
    let signature = document(&story, DeviceAuthMethod::Signature);
    for outcome in [secret, KeyOutcome::Declined, KeyOutcome::Gone, KeyOutcome::Deleted] {
        assert_eq!(signature.authenticate(outcome).err(), Some(Error::KeyOutcome));
    }
    let at_last = story.keys.execute(&signature.task(key), &mut story.rng);
    let response = DeviceResponse::new(vec![signature.authenticate(at_last).unwrap()]);
    assert!(story.verify(&response, None).is_valid());
}

#[test]
fn a_device_signs_what_it_is_authorised_for() {
    let mut story = Story::begin();
    let (key, public) = story.device_key(Curve::P256);
    let mut issuance = story.issuance(public, &elements());
    issuance.key_authorizations = KeyAuthorizations {
        name_spaces: vec!["ca.coffret.device".to_owned()],
        data_elements: [(NAMESPACE, "note", ())].into_iter().collect(),
    };
    let issued = story.sign(&issuance).unwrap();
    let signs = |namespace: &str, id: &str| Approved {
        elements: names(&["family_name"]),
        device_signed: [(namespace, id, Value::from("ici"))].into_iter().collect(),
    };
    for (namespace, id) in [("ca.coffret.device", "place"), (NAMESPACE, "note")] {
        let approved = signs(namespace, id);
        let response = story.present(&issued, key, &approved, DeviceAuthMethod::Signature);
        let mut verdict = story.verify(&response, None);
        assert!(verdict.is_valid(), "{verdict:?}");
        let document = verdict.documents.remove(0).into_verified().unwrap();
        assert_eq!(document.device_elements().get(namespace, id), Some(&"ici".into()));
    }
    let refused = |approved: &Approved| {
        story.unauthenticated(&issued, approved, DeviceAuthMethod::Signature).err()
    };
    assert_eq!(refused(&signs(NAMESPACE, "name")), Some(Error::DeviceKeyNotAuthorised));
}

#[test]
fn an_element_is_the_issuers_or_the_devices() {
    let mut story = Story::begin();
    let (_, public) = story.device_key(Curve::P256);
    let mut issuance = story.issuance(public, &elements());
    issuance.key_authorizations.name_spaces.push(NAMESPACE.to_owned());
    let issued = story.sign(&issuance).unwrap();
    let twice = Approved {
        elements: names(&["family_name"]),
        device_signed: [(NAMESPACE, "family_name", Value::from("Gagnon"))].into_iter().collect(),
    };
    let refused = story.unauthenticated(&issued, &twice, DeviceAuthMethod::Signature);
    assert_eq!(refused.err(), Some(Error::Repeated));
}

#[test]
fn a_signer_signs_with_its_own_key() {
    let mut story = Story::begin();
    let (_, public) = story.device_key(Curve::P256);
    let issuance = story.issuance(public, &elements());
    let signer = DocumentSigner {
        key: story.pki.reader.key(),
        certificate: story.pki.document_signer.certificate(),
    };
    let refused = issuance.sign(signer, &mut story.rng);
    assert_eq!(refused.err(), Some(Error::IssuerSignature));
}

#[test]
fn an_issuance_is_refused_for_what_it_lacks() {
    let mut story = Story::begin();
    let (_, public) = story.device_key(Curve::P256);
    let good = story.issuance(public, &elements());
    let day = |days| story.now.plus_days(days).date();
    let cases = [
        (Issuance { elements: NameSpaces::default(), ..good.clone() }, Error::Empty),
        (
            Issuance { days: Days { from: day(-1), ..good.days }, ..good.clone() },
            Error::ValidityOrder,
        ),
        (
            Issuance { days: Days { until: day(-1), ..good.days }, ..good.clone() },
            Error::ValidityOrder,
        ),
        (
            Issuance { days: Days { signed: day(-2), ..good.days }, ..good.clone() },
            Error::SignedOutsideSigner,
        ),
    ];
    for (issuance, expected) in cases {
        assert_eq!(story.sign(&issuance).err(), Some(expected));
    }
}

#[test]
fn what_is_looked_up_by_name_is_bounded() {
    let mut story = Story::begin();
    let (_, public) = story.device_key(Curve::P256);
    for (count, expected) in [(2048, None), (2049, Some(Error::TooManyElements))] {
        let many = (0..count).map(|number| format!("element_{number}"));
        let elements = many.clone().map(|id| (id, Value::Null)).collect();
        assert_eq!(story.sign(&story.issuance(public.clone(), &elements)).err(), expected);
        let many: Vec<_> = many.collect();
        let asked = many.iter().map(|id| (NAMESPACE, id.as_str(), IntentToRetain::NotRetained));
        assert_eq!(DocRequest::unsigned(&ItemsRequest::new(DOC_TYPE, asked)).err(), expected);
    }
}

#[test]
fn what_is_issued_is_kept() {
    let mut story = Story::begin();
    for hash in [Hash::Sha256, Hash::Sha384, Hash::Sha512] {
        let (_, public) = story.device_key(Curve::P256);
        let issuance = Issuance {
            digest_algorithm: DigestAlgorithm(hash),
            status: Some("https://coffret.example/status".into()),
            ..story.issuance(public.clone(), &elements())
        };
        let issued = story.sign(&issuance).unwrap();
        let received = IssuerSigned::parse(Encoded::from(&issued).as_bytes()).unwrap();
        let mso = received.mso();
        assert_eq!(*mso, *issued.mso());
        assert_eq!(mso.status, issuance.status);
        assert_eq!(mso.device_key, public);
        assert_eq!(mso.validity.signed, story.now.date().start(), "whole days in UTC");
        assert_eq!(mso.validity.until, story.now.date().start().plus_days(30));
    }
}

#[test]
fn an_age_is_answered_by_the_nearest() {
    let mut story = Story::begin();
    let (key, public) = story.device_key(Curve::P256);
    let issued = story.issue(public, &elements());
    for (asked, answer) in [
        ("age_over_18", "age_over_18"),
        ("age_over_15", "age_over_16"),
        ("age_over_40", "age_over_21"),
    ] {
        let items = ItemsRequest::new(DOC_TYPE, [(NAMESPACE, asked, IntentToRetain::NotRetained)]);
        let request = DeviceRequest::new(vec![DocRequest::unsigned(&items).unwrap()]);
        let elements = issued.answering(&items.name_spaces);
        assert_eq!(elements, names(&[answer]), "{asked}");
        let approved = Approved { elements, ..Approved::default() };
        let response = story.present(&issued, key, &approved, DeviceAuthMethod::Signature);
        let verdict = story.verify(&response, Some(&request));
        assert!(verdict.is_valid(), "{asked}: {verdict:?}");
    }
    let unanswered =
        ItemsRequest::new(DOC_TYPE, [(NAMESPACE, "age_over_19", IntentToRetain::NotRetained)]);
    assert_eq!(issued.answering(&unanswered.name_spaces), []);
}

#[test]
fn what_is_asked_and_held_is_answered() {
    let mut story = Story::begin();
    let (_, public) = story.device_key(Curve::P256);
    let issued = story.issue(public, &elements());
    let asked = [
        (NAMESPACE, "given_name"),
        (NAMESPACE, "portrait"),
        ("ca.coffret.other", "family_name"),
        (NAMESPACE, "age_over_18"),
        (NAMESPACE, "age_over_17"),
    ];
    let asked = asked.map(|(namespace, id)| (namespace, id, ())).into_iter().collect();
    assert_eq!(issued.answering(&asked), names(&["given_name", "age_over_18"]));
}

#[test]
fn a_refusal_says_nothing() {
    let story = Story::begin();
    let refusal = DeviceResponse::new(Vec::new());
    assert_eq!(refusal.encoded().as_bytes(), b"\xa2\x66status\x00\x67version\x631.0");
    let verdict = story.verify(&refusal, None);
    assert_eq!(verdict.errors[0].rule, Error::NoDocuments);
}

/// Digest ids in the order in which the elements were given.
fn digest_ids(issued: &IssuerSigned) -> Vec<u64> {
    let encoded = Encoded::from(issued);
    let namespaces = encoded.as_item().map().unwrap().require("nameSpaces").unwrap();
    let items = namespaces.map().unwrap().require(NAMESPACE).unwrap().array().unwrap();
    let id = |item: Item<'_>| {
        let inner = item.embedded().unwrap();
        let item = Item::parse(&inner).unwrap().map().unwrap();
        item.require("digestID").unwrap().unsigned().unwrap()
    };
    items.map(id).collect()
}

#[test]
fn digest_ids_say_nothing_of_the_order() {
    let mut story = Story::begin();
    let (_, public) = story.device_key(Curve::P256);
    let mut first_places = [0; 7];
    for _ in 0..700 {
        let mut ids = digest_ids(&story.issue(public.clone(), &elements()));
        first_places[ids[0] as usize] += 1;
        ids.sort_unstable();
        assert_eq!(ids, [0, 1, 2, 3, 4, 5, 6]);
    }
    assert!(first_places.iter().all(|count| (60..=140).contains(count)), "{first_places:?}");
}

/// What two copies share is in every copy: the form, the day, the values, the signer.
#[test]
fn two_copies_cannot_be_linked() {
    let mut story = Story::begin();
    let [one, other, any] = std::array::from_fn(|_| {
        let (_, public) = story.device_key(Curve::P256);
        Encoded::from(&story.issue(public, &elements())).into_bytes()
    });
    let windows = |bytes: &[u8]| -> HashSet<Vec<u8>> { bytes.windows(8).map(Vec::from).collect() };
    let in_every = windows(&any);
    for shared in windows(&one).intersection(&windows(&other)) {
        assert!(in_every.contains(shared), "{shared:02x?} links two copies");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// What is sent is what was approved: no element more, none less, each with its value.
    #[test]
    fn what_is_approved_is_what_is_sent(
        values in proptest::collection::btree_map("[a-z_]{1,12}", any::<i64>(), 1..12),
        chosen in any::<u16>(),
        method in prop_oneof![Just(DeviceAuthMethod::Signature), Just(DeviceAuthMethod::Mac)],
    ) {
        let mut story = Story::begin();
        let (key, public) = story.device_key(Curve::P256);
        let value = |number: &i64| Encoded::from(*number).as_item().value();
        let elements: BTreeMap<_, _> =
            values.iter().map(|(id, number)| (id.clone(), value(number))).collect();
        let issued = story.issue(public, &elements);
        let is_chosen = |at: &u32| chosen & (1 << at) != 0;
        let chosen: BTreeMap<_, _> = (0..)
            .zip(elements)
            .filter(|(at, _)| is_chosen(at))
            .map(|(_, element)| element)
            .collect();
        let approved = Approved {
            elements: chosen.keys().map(|id| ElementName::new(NAMESPACE, id)).collect(),
            ..Approved::default()
        };
        if chosen.is_empty() {
            let nothing = story.unauthenticated(&issued, &approved, method);
            prop_assert_eq!(nothing.err(), Some(Error::NoElements));
            return Ok(());
        }
        let response = story.present(&issued, key, &approved, method);
        let mut verdict = story.verify(&response, None);
        prop_assert!(verdict.is_valid(), "{:?}", verdict);
        let document = verdict.documents.remove(0).into_verified().unwrap();
        let sent: BTreeMap<_, _> = document
            .elements()
            .iter()
            .map(|(_, id, value)| (id.to_owned(), value.clone()))
            .collect();
        prop_assert!(sent == chosen);
    }

    /// A message with a byte changed or cut is read to something that is sent on the same, or
    /// not at all; and nothing panics.
    #[test]
    fn hostile_bytes_get_an_error(at in any::<prop::sample::Index>(), byte: u8, cut: bool) {
        let mut story = Story::begin();
        let (key, public) = story.device_key(Curve::P256);
        let issued = story.issue(public, &elements());
        let response = story.present(
            &issued,
            key,
            &approved(&["family_name", "age_over_18"]),
            DeviceAuthMethod::Signature,
        );
        let items = ItemsRequest::new(
            DOC_TYPE,
            [(NAMESPACE, "age_over_18", IntentToRetain::NotRetained)],
        );
        let request = story.ask(&items);
        let damaged = |bytes: &[u8]| {
            let (mut bytes, at) = (bytes.to_vec(), at.index(bytes.len()));
            if cut { bytes.truncate(at) } else { bytes[at] = byte }
            bytes
        };
        if let Ok(read) = DeviceResponse::parse(&damaged(response.encoded().as_bytes())) {
            let again = DeviceResponse::parse(read.encoded().as_bytes()).unwrap();
            prop_assert_eq!(again.encoded(), read.encoded());
            let _ = story.verify(&read, Some(&request));
        }
        if let Ok(read) = DeviceRequest::parse(&damaged(request.encoded().as_bytes())) {
            let again = DeviceRequest::parse(read.encoded().as_bytes()).unwrap();
            prop_assert_eq!(again.encoded(), read.encoded());
            let _ = read.reader(&story.transcript, &Trust::new(), story.now);
        }
        if let Ok(read) = IssuerSigned::parse(&damaged(Encoded::from(&issued).as_bytes())) {
            let again = IssuerSigned::parse(Encoded::from(&read).as_bytes()).unwrap();
            prop_assert_eq!(Encoded::from(&again), Encoded::from(&read));
        }
        if let Ok(read) = SessionTranscript::parse(&damaged(story.transcript.tagged().as_bytes())) {
            let again = SessionTranscript::parse(read.tagged().as_bytes()).unwrap();
            prop_assert_eq!(again, read);
        }
    }
}

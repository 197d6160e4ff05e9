//! Consent as a pure function: who asks for what, of what is held.

use std::collections::BTreeMap;

use coffret_catalogue::{Caution, specimen};
use coffret_cbor::{Timestamp, Value};
use coffret_crypto::{Curve, Hash, PrivateKey};
use coffret_issuer::Identity;
use coffret_mdoc::{
    Days, DigestAlgorithm, DocRequest, DocumentSigner, Issuance, KeyAuthorizations, NameSpaces,
};
use coffret_trust::VerifiedReader;
use proptest::prelude::*;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use super::*;

const MDL: &str = "org.iso.18013.5.1.mDL";
const ISO: &str = "org.iso.18013.5.1";
const SAAQ: &str = "ca.qc.gouv.saaq.1";
const CARD: &str = "ca.qc.gouv.ramq.cam.1";

const KEEP: IntentToRetain = IntentToRetain::Retained;
const LOOK: IntentToRetain = IntentToRetain::NotRetained;

fn document(doc_type: &str, elements: NameSpaces<Value>) -> IssuerSigned {
    let mut rng = ChaCha20Rng::from_seed([7; 32]);
    let root = Identity::specimen_root().unwrap();
    let today = Timestamp::parse("2026-11-22T12:00:00Z").unwrap().date();
    let issuance = Issuance {
        doc_type: doc_type.to_owned(),
        elements,
        device_key: PrivateKey::generate(Curve::P256, &mut rng).public_key(),
        key_authorizations: KeyAuthorizations::default(),
        digest_algorithm: DigestAlgorithm(Hash::Sha256),
        days: Days { signed: today, from: today, until: today },
        status: None,
    };
    let signer = DocumentSigner { key: root.key(), certificate: root.certificate() };
    issuance.sign(signer, &mut rng).unwrap()
}

fn licence(without: &[&str]) -> IssuerSigned {
    let mut documents = specimen("adulte").unwrap().documents.iter();
    let document = documents.find(|document| document.doc_type == MDL).unwrap();
    let elements = document.elements();
    let elements = elements.filter(|(_, id, _)| !without.contains(id));
    self::document(MDL, elements.collect())
}

fn now() -> Timestamp {
    Timestamp::parse("2026-11-22T12:00:00Z").unwrap()
}

fn held(number: u8, whose: Whose, issuer_signed: IssuerSigned) -> Holding {
    let (document, person) = ([number; 16].into(), [whose as u8; 16].into());
    let validity = Validity {
        signed: now().plus_days(-30),
        from: now().plus_days(-30),
        until: now().plus_days(365),
    };
    let copy =
        HeldCopy { id: [number; 16].into(), key: [number; 16].into(), validity, issuer_signed };
    Holding { document, person, whose, specimen: whose == Whose::Nobody, copy: Some(copy) }
}

/// The same, valid so many days from now, from the first to the last.
fn valid(from: i32, until: i32, mut holding: Holding) -> Holding {
    if let Some(copy) = &mut holding.copy {
        copy.validity.from = now().plus_days(from);
        copy.validity.until = now().plus_days(until);
    }
    holding
}

type Asked<'a> = (&'a str, &'a [(&'a str, &'a str, IntentToRetain)]);

fn request(asked: &[Asked<'_>]) -> DeviceRequest {
    let requests = asked.iter().map(|(doc_type, elements)| {
        DocRequest::unsigned(&ItemsRequest::new(doc_type, elements.iter().copied())).unwrap()
    });
    DeviceRequest::new(requests.collect())
}

fn registered(purposes: &[&str], retention: Retention) -> ReaderVerdict {
    ReaderVerdict::Verified(VerifiedReader {
        name: None,
        registration: Some(Registration {
            name_fr: "Pharmacie".to_owned(),
            name_en: "Pharmacy".to_owned(),
            purposes: purposes.iter().map(|id| (*id).to_owned()).collect(),
            retention,
            privacy: None,
        }),
        warnings: Vec::new(),
    })
}

fn verified() -> ReaderVerdict {
    ReaderVerdict::Verified(VerifiedReader { name: None, registration: None, warnings: vec![] })
}

fn untrusted() -> ReaderVerdict {
    ReaderVerdict::Untrusted { name: None, warnings: Vec::new() }
}

fn invalid() -> ReaderVerdict {
    ReaderVerdict::Invalid { errors: vec![coffret_trust::Error::ReaderSignature] }
}

/// One licence of the holder's.
fn consent(reader: ReaderVerdict, request: &DeviceRequest) -> Consent {
    with(reader, request, || vec![held(1, Whose::Holder, licence(&[]))])
}

fn with(
    reader: ReaderVerdict,
    request: &DeviceRequest,
    licences: impl Fn() -> Vec<Holding>,
) -> Consent {
    let held = |doc_type: &str| Ok(if doc_type == MDL { licences() } else { Vec::new() });
    Consent::new(request, reader, now(), held).unwrap()
}

/// By their names, in alphabetical order.
fn shown(approval: &Approval) -> Vec<&str> {
    let elements = approval.choices.iter().flat_map(|choice| &choice.elements);
    let mut shown: Vec<_> = elements.map(|name| name.identifier.as_str()).collect();
    shown.sort_unstable();
    shown
}

fn purpose_of(document: &DocumentConsent) -> Option<&'static str> {
    document.purpose.map(|purpose| purpose.id)
}

const AGE: &[(&str, &str, IntentToRetain)] =
    &[(SAAQ, "portrait_small", LOOK), (ISO, "portrait", LOOK), (ISO, "age_over_18", LOOK)];
const NAME: &[(&str, &str, IntentToRetain)] = &[(ISO, "family_name", LOOK)];
const NUMBER: &[(&str, &str, IntentToRetain)] = &[(CARD, "health_insurance_number", LOOK)];

#[test]
fn anyone_may_ask_for_an_age() {
    for reader in [ReaderVerdict::None, untrusted(), verified()] {
        let consent = consent(reader, &request(&[(MDL, AGE)]));
        assert_eq!(consent.risk, Risk::Neutral);
        assert_eq!(purpose_of(&consent.documents[0]), Some("age-18"));
        assert_eq!(shown(&consent.required()), ["age_over_18", "portrait_small"]);
        assert_eq!(shown(&consent.everything()), ["age_over_18", "portrait", "portrait_small"]);
    }
}

#[test]
fn more_than_an_age_of_an_unknown_reader_is_off() {
    let more: Vec<_> = AGE.iter().chain(NAME).copied().collect();
    for asked in [&[(MDL, more.as_slice())][..], &[(MDL, AGE), (CARD, NUMBER)]] {
        for reader in [ReaderVerdict::None, untrusted(), verified()] {
            let consent = consent(reader, &request(asked));
            assert_eq!(consent.risk, Risk::Unknown);
            for document in &consent.documents {
                assert_eq!(purpose_of(document), None);
                assert!(document.elements.iter().all(|element| element.need == Need::Optional));
            }
            assert!(shown(&consent.required()).is_empty());
            assert!(!shown(&consent.everything()).is_empty());
        }
    }
}

#[test]
fn an_invalid_reader_is_offered_nothing() {
    let consent = consent(invalid(), &request(&[(MDL, AGE)]));
    assert_eq!(consent.risk, Risk::Invalid);
    assert_eq!(consent.everything(), Approval::default());
    assert!(shown(&consent.required()).is_empty());
    let choice = Choice {
        request: 0,
        document: consent.documents[0].candidates[0].document,
        elements: vec![ElementName::new(ISO, "age_over_18")],
    };
    let approved = consent.approved(Approval { choices: vec![choice] });
    assert_eq!(approved, Err(Error::InvalidReader));
    assert_eq!(consent.approved(Approval::default()), Ok(Vec::new()), "a refusal");
}

#[test]
fn a_registered_reader_gets_what_its_purpose_needs() {
    let asked = [NAME, AGE].concat();
    let consent =
        consent(registered(&["identity"], Retention::NotKept), &request(&[(MDL, &asked)]));
    assert_eq!(consent.risk, Risk::Registered);
    let [document] = &consent.documents[..] else { panic!() };
    assert_eq!(purpose_of(document), Some("identity"));
    let need = |id: &str| {
        let mut elements = document.candidates[0].elements.iter();
        elements.find(|element| element.asked.identifier == id).unwrap().need
    };
    let not_needed = Need::NotNeeded(document.purpose.unwrap().not_needed);
    assert_eq!(need("family_name"), Need::Required);
    assert_eq!(need("portrait"), Need::Required, "the first alternative of this purpose");
    assert_eq!(need("portrait_small"), not_needed);
    assert_eq!(need("age_over_18"), not_needed);
    assert_eq!(shown(&consent.required()), ["family_name", "portrait"]);
}

#[test]
fn the_first_alternative_that_is_held_is_required() {
    let asked = request(&[(MDL, AGE)]);
    let required = |without: &[&str]| {
        let held = || vec![held(1, Whose::Holder, licence(without))];
        let consent = with(ReaderVerdict::None, &asked, held);
        let needs = consent.documents[0].candidates[0].elements.clone().into_iter();
        let needs = needs.filter(|element| element.need == Need::Required);
        let needs = needs.map(|element| (element.asked.identifier, element.answer.is_some()));
        needs.collect::<BTreeMap<_, _>>()
    };
    let with_age = |portrait: &str, is_held| {
        BTreeMap::from([("age_over_18".to_owned(), true), (portrait.to_owned(), is_held)])
    };
    assert_eq!(required(&[]), with_age("portrait_small", true));
    assert_eq!(required(&["portrait_small"]), with_age("portrait", true));
    assert_eq!(required(&["portrait_small", "portrait"]), with_age("portrait_small", false));
}

#[test]
fn the_purpose_is_the_smallest_that_covers_the_request() {
    let chosen = |purposes: &[&str], elements: &[&str]| {
        let elements: Vec<_> = elements.iter().map(|id| (CARD, *id, LOOK)).collect();
        let request = request(&[(CARD, &elements)]);
        purpose_of(&consent(registered(purposes, Retention::NotKept), &request).documents[0])
    };
    assert_eq!(chosen(&["care", "pharmacy"], &["given_name"]), Some("pharmacy"));
    assert_eq!(chosen(&["care", "pharmacy"], &["given_name", "sex"]), Some("care"));
    // Neither covers it: the one with the fewest elements beyond.
    assert_eq!(chosen(&["care", "pharmacy"], &["sex", "portrait"]), Some("care"));
    assert_eq!(chosen(&["care", "pharmacy"], &["given_name", "portrait"]), Some("pharmacy"));
    assert_eq!(chosen(&["identity"], &["given_name"]), None, "it is for a licence");
    assert_eq!(chosen(&["identity", "care"], &["portrait"]), Some("care"), "all is beyond either");
    assert_eq!(chosen(&["unknown"], &["given_name"]), None);
    let police = registered(&["traffic-stop", "identity"], Retention::NotKept);
    let consent = consent(police, &request(&[(MDL, NAME)]));
    assert_eq!(purpose_of(&consent.documents[0]), Some("identity"), "wherever they stand");
}

#[test]
fn a_registered_reader_may_ask_for_an_age_too() {
    let reader = || registered(&["pharmacy"], Retention::NotKept);
    let consent = consent(reader(), &request(&[(MDL, AGE), (CARD, NUMBER)]));
    assert_eq!(
        consent.documents.iter().map(purpose_of).collect::<Vec<_>>(),
        [Some("age-18"), Some("pharmacy")]
    );
    let more: Vec<_> = AGE.iter().chain(NAME).copied().collect();
    let consent = self::consent(reader(), &request(&[(MDL, &more)]));
    let [licence] = &consent.documents[..] else { panic!() };
    assert_eq!(purpose_of(licence), None, "a pharmacy is no reason to ask for a licence");
    let pharmacy = coffret_catalogue::purpose("pharmacy").unwrap();
    let needs = licence.elements.iter().map(|element| element.need);
    assert!(needs.into_iter().all(|need| need == Need::NotNeeded(pharmacy.not_needed)));
    assert!(shown(&consent.required()).is_empty());
}

#[test]
fn the_health_card_may_be_refused_outside_care() {
    let may_refuse = |reader, doc_type, elements| {
        let consent = consent(reader, &request(&[(doc_type, elements)]));
        consent.documents[0].refusable.is_some()
    };
    assert!(may_refuse(ReaderVerdict::None, CARD, NUMBER));
    assert!(may_refuse(invalid(), CARD, NUMBER));
    assert!(may_refuse(registered(&["identity"], Retention::NotKept), CARD, NUMBER));
    assert!(!may_refuse(registered(&["pharmacy"], Retention::NotKept), CARD, NUMBER));
    assert!(!may_refuse(registered(&["care"], Retention::NotKept), CARD, NUMBER));
    assert!(!may_refuse(ReaderVerdict::None, MDL, NAME));
}

#[test]
fn an_element_is_kept_if_the_reader_says_so_anywhere() {
    let asked = request(&[(MDL, &[(ISO, "family_name", KEEP), (ISO, "given_name", LOOK)])]);
    let kept = |reader| {
        let elements = consent(reader, &asked).documents.remove(0).elements;
        let of = |id: &str| elements.iter().find(|element| element.asked.identifier == id);
        ["family_name", "given_name"].map(|id| of(id).unwrap().retention)
    };
    assert_eq!(kept(ReaderVerdict::None), [Retention::Kept, Retention::NotKept]);
    let registered = |retention| registered(&["identity"], retention);
    assert_eq!(kept(registered(Retention::NotKept)), [Retention::Kept, Retention::NotKept]);
    assert_eq!(kept(registered(Retention::Kept)), [Retention::Kept, Retention::Kept]);
}

#[test]
fn an_age_is_resolved_before_it_is_asked_for() {
    let asked =
        [(ISO, "age_over_19", LOOK), (ISO, "age_over_17", LOOK), (ISO, "age_over_18", LOOK)];
    let consent = consent(ReaderVerdict::None, &request(&[(MDL, &asked)]));
    let answer = |asked: &str| {
        let mut elements = consent.documents[0].candidates[0].elements.iter();
        let element = elements.find(|element| element.asked.identifier == asked).unwrap();
        element.answer.as_ref().unwrap().identifier.as_str()
    };
    assert_eq!(answer("age_over_17"), "age_over_18");
    assert_eq!(answer("age_over_18"), "age_over_18");
    assert_eq!(answer("age_over_19"), "age_over_21", "an adult of more than 21");
    assert_eq!(shown(&consent.everything()), ["age_over_18", "age_over_21"], "each once");
    let nothing = &consent.documents[0].elements;
    assert!(nothing.iter().all(|element| element.answer.is_none()), "as if nothing were held");
}

#[test]
fn another_person_s_document_is_never_preselected() {
    let asked = request(&[(MDL, AGE), (MDL, AGE)]);
    let both = || vec![held(2, Whose::Other, licence(&[])), held(1, Whose::Holder, licence(&[]))];
    let consent = with(ReaderVerdict::None, &asked, both);
    let [first, second] = &consent.documents[..] else { panic!() };
    let order: Vec<_> = first.candidates.iter().map(|candidate| candidate.whose).collect();
    assert_eq!(order, [Whose::Holder, Whose::Other]);
    assert_eq!(first.preselected, Some([1; 16].into()));
    assert_eq!(second.preselected, Some([1; 16].into()), "one document answers both");
    for approval in [consent.required(), consent.everything()] {
        let documents: Vec<_> = approval.choices.iter().map(|choice| choice.document).collect();
        assert_eq!(documents, [[1; 16].into(); 2], "another's is not taken by a script");
    }

    let other = || vec![held(2, Whose::Other, licence(&[]))];
    let consent = with(ReaderVerdict::None, &request(&[(MDL, AGE)]), other);
    assert_eq!(consent.documents[0].preselected, None);
    for consent in [consent.clone(), consent.chosen_beforehand(Lapsed::Sent)] {
        assert_eq!(consent.required(), Approval::default());
        assert_eq!(consent.everything(), Approval::default());
    }
}

/// What a person has to choose, and what a script sends of it without `--allow-expired` and with.
#[test]
fn what_has_lapsed_and_specimens_are_never_preselected() {
    let expired = |number| valid(-400, -1, held(number, Whose::Holder, licence(&[])));
    let early = |number| valid(1, 365, held(number, Whose::Holder, licence(&[])));
    let specimen = |number| held(number, Whose::Nobody, licence(&[]));
    let assigned = |number| Holding { whose: Whose::Holder, ..specimen(number) };
    let own = |number| held(number, Whose::Holder, licence(&[]));
    for (what, holdings, preselected, kept, sent) in [
        ("expired", vec![expired(1)], None, None, Some(1)),
        ("not yet valid", vec![early(1)], None, None, Some(1)),
        ("a specimen", vec![specimen(1)], None, Some(1), Some(1)),
        ("a specimen said to be the holder's", vec![assigned(1)], None, Some(1), Some(1)),
        ("an expired specimen", vec![valid(-9, -1, specimen(1))], None, None, Some(1)),
        ("a valid one after all", vec![specimen(1), expired(2), own(3)], Some(3), Some(3), Some(3)),
        ("a real one before a specimen", vec![specimen(1), expired(2)], None, Some(1), Some(2)),
    ] {
        let id = |number: u8| DocumentId::from([number; 16]);
        let mut held = Some(holdings);
        let licences = |doc_type: &str| {
            assert_eq!(doc_type, MDL);
            Ok(held.take().unwrap())
        };
        let consent =
            Consent::new(&request(&[(MDL, AGE)]), ReaderVerdict::None, now(), licences).unwrap();
        assert_eq!(consent.documents[0].preselected, preselected.map(id), "{what}");
        assert_eq!(consent.required().choices.len(), preselected.iter().len(), "{what}");
        assert_eq!(consent.everything().choices.len(), preselected.iter().len(), "{what}");
        for (lapsed, chosen) in [(Lapsed::Kept, kept), (Lapsed::Sent, sent)] {
            let script = consent.clone().chosen_beforehand(lapsed);
            for approval in [script.required(), script.everything()] {
                let document = approval.choices.first().map(|choice| choice.document);
                assert_eq!(document, chosen.map(id), "{what}");
                assert!(consent.approved(approval).is_ok());
            }
        }
        // A person may choose any of them.
        for candidate in &consent.documents[0].candidates {
            let elements = vec![ElementName::new(ISO, "age_over_18")];
            let choice = Choice { request: 0, document: candidate.document, elements };
            assert!(consent.approved(Approval { choices: vec![choice] }).is_ok(), "{what}");
        }
    }
}

#[test]
fn documents_of_one_person_are_told_apart() {
    let both = || {
        let other = with_number("B2222-222222-22");
        vec![
            held(1, Whose::Holder, with_number("A1111-111111-11")),
            valid(-400, -1, held(2, Whose::Holder, other)),
        ]
    };
    let consent = with(ReaderVerdict::None, &request(&[(MDL, AGE)]), both);
    let said: Vec<_> = consent.documents[0]
        .candidates
        .iter()
        .map(|candidate| {
            let number = candidate.number.as_ref().map(|end| end.as_str().to_owned());
            (number.unwrap(), candidate.state, candidate.validity.until)
        })
        .collect();
    assert_eq!(
        said,
        [
            ("1111".to_owned(), State::Valid, now().plus_days(365)),
            ("2222".to_owned(), State::Expired, now().plus_days(-1)),
        ]
    );
    assert!(!format!("{consent:?}").contains("1111"), "nothing personal is printed");
}

/// A copy may be renewed when the document itself has ended.
#[test]
fn a_document_that_says_it_has_ended_is_expired() {
    for (date, state) in [
        ("2026-11-22", State::Valid),
        ("2026-11-21", State::Valid),
        ("2026-11-20", State::Expired),
        ("1999-01-01", State::Expired),
    ] {
        let date = Value::Tag(coffret_cbor::TAG_FULL_DATE, Box::new(date.into()));
        let elements = [(ISO, "expiry_date", date), (ISO, "age_over_18", Value::Bool(true))];
        let ended = document(MDL, elements.into_iter().collect());
        let ended = || vec![held(1, Whose::Holder, ended.clone())];
        let consent = with(ReaderVerdict::None, &request(&[(MDL, AGE)]), ended);
        let asked = &consent.documents[0];
        assert_eq!(asked.candidates[0].state, state);
        assert_eq!(asked.preselected.is_some(), state == State::Valid);
        if state == State::Expired {
            assert!(asked.candidates[0].validity.until < now());
        }
    }
}

fn with_number(number: &str) -> IssuerSigned {
    document(
        MDL,
        [(ISO, "document_number", number.into()), (ISO, "age_over_18", Value::Bool(true))]
            .into_iter()
            .collect(),
    )
}

/// ISO 18013-5 §7.2.1: a reader that asked for the portrait may refuse what comes without.
#[test]
fn a_portrait_that_stays_is_said_to() {
    let consent = consent(ReaderVerdict::None, &request(&[(MDL, AGE)]));
    let document = consent.documents[0].candidates[0].document;
    let cautions = |elements: &[(&str, &str)]| {
        let elements = elements.iter().map(|(ns, id)| ElementName::new(ns, id)).collect();
        let choices = vec![Choice { request: 0, document, elements }];
        consent.cautions(&Approval { choices })
    };
    let age = (ISO, "age_over_18");
    assert_eq!(cautions(&[age]), [Caution::PortraitWithheld]);
    assert_eq!(cautions(&[age, (ISO, "portrait")]), []);
    assert_eq!(cautions(&[age, (SAAQ, "portrait_small")]), [], "either shows the face");
    assert_eq!(cautions(&[(ISO, "portrait")]), []);
    assert_eq!(cautions(&[]), [], "a refusal");

    let asked = request(&[(MDL, &[(ISO, "age_over_18", LOOK), (ISO, "portrait", LOOK)])]);
    let faceless = || vec![held(1, Whose::Holder, licence(&["portrait", "portrait_small"]))];
    let consent = with(ReaderVerdict::None, &asked, faceless);
    assert_eq!(consent.cautions(&consent.everything()), [], "there is none to withhold");
    let unasked = request(&[(MDL, &[(ISO, "age_over_18", LOOK)])]);
    let consent = self::consent(ReaderVerdict::None, &unasked);
    assert_eq!(consent.cautions(&consent.everything()), [], "nor one asked for");
}

#[test]
fn to_keep_the_photo_is_more_than_anyone_may_ask() {
    let asked = |portrait, small, age| {
        request(&[(
            MDL,
            &[
                (SAAQ, "portrait_small", small),
                (ISO, "portrait", portrait),
                (ISO, "age_over_18", age),
            ],
        )])
    };
    for (portrait, small, risk) in [
        (LOOK, LOOK, Risk::Neutral),
        (KEEP, LOOK, Risk::Unknown),
        (LOOK, KEEP, Risk::Unknown),
        (KEEP, KEEP, Risk::Unknown),
    ] {
        for reader in [ReaderVerdict::None, untrusted(), verified()] {
            let consent = consent(reader, &asked(portrait, small, LOOK));
            assert_eq!(consent.risk, risk);
            let said = consent.cautions(&Approval::default());
            let keeps = [Caution::Unjustified, Caution::KeepsPortrait];
            assert_eq!(said, if risk == Risk::Neutral { &[][..] } else { &keeps });
            assert_eq!(shown(&consent.required()).is_empty(), risk == Risk::Unknown);
        }
    }
    let registered = registered(&["age-18"], Retention::NotKept);
    let consent = consent(registered, &asked(KEEP, LOOK, LOOK));
    assert_eq!(consent.risk, Risk::Registered, "it answers to the registry");
}

#[test]
fn what_is_sent_and_an_old_registry_are_said() {
    let ReaderVerdict::Verified(mut reader) = registered(&["age-18"], Retention::NotKept) else {
        panic!()
    };
    reader.warnings.push(coffret_trust::Error::RegistryStale);
    let stale = ReaderVerdict::Verified(reader);
    for (from, until, caution) in [(-9, -1, Caution::Expired), (1, 9, Caution::NotYetValid)] {
        let lapsed = || vec![valid(from, until, held(1, Whose::Nobody, licence(&[])))];
        let consent = with(stale.clone(), &request(&[(MDL, AGE)]), lapsed);
        assert_eq!(consent.cautions(&Approval::default()), [Caution::RegistryStale]);
        let sent = consent.clone().chosen_beforehand(Lapsed::Sent).everything();
        let said = [Caution::RegistryStale, caution, Caution::Specimen];
        assert_eq!(consent.cautions(&sent), said);
    }
    let current = registered(&["age-18"], Retention::NotKept);
    let consent = consent(current, &request(&[(MDL, AGE)]));
    assert_eq!(consent.cautions(&consent.everything()), []);
}

#[test]
fn a_document_whose_copies_are_used_up_is_said_to_be() {
    let used_up = || Holding { copy: None, ..held(1, Whose::Holder, licence(&[])) };
    let both = || vec![used_up(), held(2, Whose::Other, licence(&[]))];
    let consent = with(ReaderVerdict::None, &request(&[(MDL, AGE), (CARD, NUMBER)]), both);
    let [asked, other] = &consent.documents[..] else { panic!() };
    assert_eq!(asked.used_up, [[1; 16].into()]);
    assert_eq!(asked.candidates.len(), 1);
    assert!(!asked.is_used_up(), "another can answer");
    assert_eq!(asked.preselected, None, "nobody else's in its place");
    assert_eq!(consent.required(), Approval::default());
    assert!(other.used_up.is_empty() && !other.is_used_up(), "there never was one");

    let alone = || vec![used_up()];
    let consent = with(ReaderVerdict::None, &request(&[(MDL, AGE)]), alone);
    assert!(consent.documents[0].is_used_up());
}

#[test]
fn what_was_not_offered_cannot_be_approved() {
    let consent = consent(ReaderVerdict::None, &request(&[(MDL, AGE), (MDL, AGE)]));
    let good = consent.everything().choices.remove(0);
    let refused = |choices| consent.approved(Approval { choices }).err();
    assert_eq!(refused(vec![good.clone()]), None);
    let not_offered = [
        vec![Choice { request: 2, ..good.clone() }],
        vec![Choice { document: [9; 16].into(), ..good.clone() }],
        vec![Choice { elements: vec![ElementName::new(ISO, "family_name")], ..good.clone() }],
        vec![good.clone(), good.clone()],
    ];
    for choices in not_offered {
        assert_eq!(refused(choices), Some(Error::NotOffered));
    }
    let both = vec![good.clone(), Choice { request: 1, ..good.clone() }];
    assert_eq!(refused(both), None, "one document answers two requests");
    let two = || vec![held(1, Whose::Holder, licence(&[])), held(2, Whose::Holder, licence(&[]))];
    let twice = with(ReaderVerdict::None, &request(&[(MDL, AGE), (MDL, AGE)]), two);
    let preselected: Vec<_> = twice.documents.iter().map(|asked| asked.preselected).collect();
    assert_eq!(preselected, [Some([1; 16].into()), Some([2; 16].into())], "each its own");
    let both = with(ReaderVerdict::None, &request(&[(MDL, AGE)]), two);
    let other = Choice { document: [2; 16].into(), ..good.clone() };
    let approved = both.approved(Approval { choices: vec![good.clone(), other] });
    assert_eq!(approved, Err(Error::NotOffered), "one document answers a request");
    let empty = Choice { document: [9; 16].into(), elements: Vec::new(), ..good };
    assert_eq!(refused(vec![empty]), None, "nothing of a document is nothing");
}

#[test]
fn unknown_types_and_elements_are_shown_by_their_names() {
    let asked = request(&[("ca.example.club.1", &[("ca.example", "member", LOOK)])]);
    let consent = consent(registered(&["identity"], Retention::NotKept), &asked);
    let [document] = &consent.documents[..] else { panic!() };
    assert_eq!(document.doc_type, "ca.example.club.1");
    assert_eq!(document.elements[0].asked, ElementName::new("ca.example", "member"));
    assert_eq!(document.elements[0].exposure, Exposure::OnTouch);
    assert!(document.candidates.is_empty());
}

/// Any of the licence's elements, or one that there is not.
fn any_elements() -> impl Strategy<Value = Vec<(String, String, IntentToRetain)>> {
    let named = licence(&[]).names().collect::<Vec<_>>();
    let element = (any::<prop::sample::Index>(), any::<bool>(), 0..60u8).prop_map(
        move |(index, kept, age)| {
            let name = index.get(&named);
            let id = match age {
                10.. => name.identifier.clone(),
                age => format!("age_over_{:02}", 10 * age + 8),
            };
            (name.namespace.clone(), id, if kept { KEEP } else { LOOK })
        },
    );
    prop::collection::vec(element, 1..12)
}

fn any_reader() -> impl Strategy<Value = ReaderVerdict> {
    let purposes: Vec<_> = coffret_catalogue::purposes().iter().map(|known| known.id).collect();
    let count = purposes.len();
    let registered = move |(purposes, kept): (Vec<&'static str>, bool)| {
        registered(&purposes, if kept { Retention::Kept } else { Retention::NotKept })
    };
    prop_oneof![
        Just(ReaderVerdict::None),
        Just(untrusted()),
        Just(verified()),
        Just(invalid()),
        (prop::sample::subsequence(purposes, 1..count), any::<bool>()).prop_map(registered),
    ]
}

proptest! {
    /// What holds of every consent.
    #[test]
    fn laws(reader in any_reader(), asked in any_elements(), owners in any::<[bool; 2]>()) {
        let elements: Vec<_> =
            asked.iter().map(|(ns, id, intent)| (ns.as_str(), id.as_str(), *intent)).collect();
        let request = request(&[(MDL, &elements)]);
        let held = || {
            let whose = owners.map(|own| if own { Whose::Holder } else { Whose::Other });
            vec![held(1, whose[0], licence(&["portrait"])), held(2, whose[1], licence(&[]))]
        };
        let consent = with(reader.clone(), &request, held);
        let [document] = &consent.documents[..] else { panic!() };

        // Everything asked is there, in its place, whatever is held.
        let asked = |elements: &[ElementConsent]| -> Vec<ElementName> {
            elements.iter().map(|element| element.asked.clone()).collect()
        };
        prop_assert_eq!(document.elements.len(), request.doc_requests()[0].items().name_spaces.iter().count());
        for candidate in &document.candidates {
            prop_assert_eq!(asked(&candidate.elements), asked(&document.elements));
        }
        // What is required is of one's own, within the purpose, and offered.
        for choice in &consent.required().choices {
            let mut candidates = document.candidates.iter();
            let candidate = candidates.find(|other| other.document == choice.document).unwrap();
            prop_assert_eq!(candidate.whose, Whose::Holder);
            let purpose = document.purpose;
            for element in &candidate.elements {
                let asked = &element.asked;
                let covered = purpose
                    .is_some_and(|purpose| purpose.covers(MDL, &asked.namespace, &asked.identifier));
                prop_assert!(element.need != Need::Required || covered);
                let no_reason = purpose.is_none() && consent.risk != Risk::Registered;
                prop_assert_eq!(element.need == Need::Optional, no_reason);
            }
        }
        for approval in [consent.everything(), consent.required()] {
            prop_assert!(consent.approved(approval).is_ok());
        }
        // Only a registered reader is told from a neutral one by more than an age.
        match consent.risk {
            Risk::Registered => {}
            Risk::Neutral => prop_assert!(purpose_of(document).unwrap().starts_with("age-")),
            Risk::Unknown | Risk::Invalid => {
                prop_assert!(shown(&consent.required()).is_empty());
            }
        }
        prop_assert_eq!(consent.risk == Risk::Invalid, matches!(reader, ReaderVerdict::Invalid { .. }));
        if consent.risk == Risk::Invalid {
            prop_assert_eq!(consent.everything(), Approval::default());
        }
    }
}

//! Each purpose, over the invented people's documents: met or not, by whom, with what.

use coffret_catalogue::{purposes, specimen, specimens};
use coffret_cbor::{Encoded, Value};
use coffret_crypto::{Curve, KeyRef, PrivateKey};
use coffret_mdoc::{
    Approved, DeviceAuthMethod, DeviceResponse, ElementName, IntentToRetain, ItemsRequest,
    NameSpaces, Unauthenticated,
};
use coffret_reader::{Answer, Ask, Error, Event, Outcome, Reader, Source, Verdict};
use coffret_trust::{Purpose, SPECIMEN_ROOT, Trust};

use crate::story::{BIRTH, CARD, ISO, MDL, ORDERS, Order, Signer, Story, ask, ended, reasons};

const SAAQ: &str = "ca.qc.gouv.saaq.1";

/// The invented people who are not of the age that a purpose asks for.
const TOO_YOUNG: [(&str, &str); 2] = [("age-65", "adulte"), ("age-65", "accents")];

#[test]
fn every_purpose_is_met_by_the_documents_of_its_type() {
    let mut read = 0;
    for purpose in purposes() {
        for person in specimens() {
            if !person.documents.iter().any(|document| document.doc_type == purpose.doc_type) {
                continue;
            }
            for (signer, order) in [(Signer::Real, Order::Iso), (Signer::Specimen, Order::Qr)] {
                let what = format!("{} of {}, {signer:?}, {order:?}", purpose.id, person.id);
                let mut story = Story::with(person.id, purpose.doc_type, signer);
                let outcome = story.read(&ask(purpose.id), order);
                if TOO_YOUNG.contains(&(purpose.id, person.id)) {
                    let (whole, documents) = reasons(&outcome);
                    assert_eq!(whole, [(Error::NotOfAge, Some("age_over_65"))], "{what}");
                    assert_eq!(documents, [], "{what}");
                    continue;
                }
                let Outcome::Read { verdict, answers } = outcome else { panic!("{what}") };
                let documents = match (signer, verdict) {
                    (Signer::Real, Verdict::Accepted(documents)) => documents,
                    (Signer::Specimen, Verdict::Specimen(documents)) => documents,
                    (_, other) => panic!("{what}: {other:?}"),
                };
                let [document] = documents.as_slice() else { panic!("{what}") };
                let shown = document.elements();
                let covered = |(ns, id, _)| purpose.covers(purpose.doc_type, ns, id);
                assert!(shown.iter().all(covered), "{what}");
                assert_eq!(answers.len(), purpose.needs.len(), "{what}");
                for answer in answers {
                    let given = answer.given.as_ref().map(|given| &given.name);
                    let value = given.and_then(|name| shown.get(&name.namespace, &name.identifier));
                    assert_eq!(given.is_some(), value.is_some(), "{what}: {answer:?}");
                }
                read += 1;
            }
        }
    }
    assert_eq!(read, 58);
}

#[test]
fn what_is_optional_and_missing_is_reported_and_does_no_harm() {
    let mut story = Story::with("adulte", CARD, Signer::Real);
    let spouse = ElementName::new(CARD, "family_name_spouse");
    story.withheld = vec!["family_name_spouse"];
    let Outcome::Read { verdict: Verdict::Accepted(_), answers } =
        story.read(&ask("pharmacy"), Order::Iso)
    else {
        panic!("not accepted")
    };
    let missing: Vec<_> = answers.iter().filter(|answer| answer.given.is_none()).collect();
    let expected = Answer { doc_type: CARD.to_owned(), asked: vec![spouse], given: None };
    assert_eq!(missing, [&expected]);
}

#[test]
fn what_is_mandatory_and_missing_is_a_rejection() {
    let cases = [
        ("pharmacy", "adulte", CARD, vec!["health_insurance_number"], "health_insurance_number"),
        ("care", "adulte", CARD, vec!["sex"], "sex"),
        ("identity", "adulte", MDL, vec!["family_name"], "family_name"),
        ("school-enrolment", "adulte", BIRTH, vec!["birth_date"], "birth_date"),
        // An alternative is mandatory: one of the two must be there.
        ("age-18", "adulte", MDL, vec!["portrait", "portrait_small"], "portrait_small"),
        (
            "traffic-stop",
            "adulte",
            MDL,
            vec!["licence_classes", "driving_privileges"],
            "licence_classes",
        ),
        // Nothing says the age.
        ("age-18", "adulte", MDL, vec!["age_over_18", "age_over_21", "age_over_65"], "age_over_18"),
    ];
    for (purpose, person, doc_type, withheld, missing) in cases {
        let mut story = Story::with(person, doc_type, Signer::Real);
        story.withheld = withheld;
        let outcome = story.read(&ask(purpose), Order::Iso);
        let (whole, documents) = reasons(&outcome);
        assert_eq!(whole, [(Error::NeedMissing, Some(missing))], "{purpose}");
        assert_eq!(documents, [], "{purpose}");
    }
}

#[test]
fn either_portrait_will_do() {
    for (withheld, given) in [
        (vec![], ElementName::new(SAAQ, "portrait_small")),
        (vec!["portrait"], ElementName::new(SAAQ, "portrait_small")),
        (vec!["portrait_small"], ElementName::new(ISO, "portrait")),
    ] {
        let mut story = Story::with("adulte", MDL, Signer::Real);
        story.withheld = withheld;
        let Outcome::Read { verdict: Verdict::Accepted(_), answers } =
            story.read(&ask("age-18"), Order::Iso)
        else {
            panic!("not accepted")
        };
        let name = answers[0].given.as_ref().map(|given| given.name.clone());
        assert_eq!(name, Some(given));
    }
}

/// An invented person's portrait.
fn portrait() -> Value {
    let licence = specimen("adulte").unwrap().documents.iter().find(|known| known.doc_type == MDL);
    let mut elements = licence.unwrap().elements();
    elements.find(|(_, id, _)| *id == "portrait").unwrap().2
}

/// A portrait that does not draw leaves the other to look at.
#[test]
fn one_portrait_that_draws_is_enough() {
    let broken = Value::Bytes(b"\xff\xd8\xff\xe0".to_vec());
    let age = (ISO, "age_over_18", Value::Bool(true));
    for (large, small, expected) in [
        (broken.clone(), portrait(), Some(ElementName::new(SAAQ, "portrait_small"))),
        (portrait(), broken.clone(), Some(ElementName::new(ISO, "portrait"))),
        (broken.clone(), broken, None),
    ] {
        let mut story = Story::begin();
        let portraits = [(ISO, "portrait", large), (SAAQ, "portrait_small", small)];
        let elements = portraits.into_iter().chain([age.clone()]).collect();
        story.hold_elements(MDL, elements, Signer::Real);
        let outcome = story.read(&ask("age-18"), Order::Iso);
        let Outcome::Read { verdict, answers } = &outcome else { panic!("{outcome:?}") };
        assert_eq!(answers[0].given.as_ref().map(|given| &given.name), expected.as_ref());
        assert_eq!(matches!(verdict, Verdict::Accepted(_)), expected.is_some());
        if expected.is_none() {
            let unusable = [(Error::NeedUnusable, Some("portrait_small"))];
            assert_eq!(reasons(&outcome).0, unusable);
        }
    }
}

/// The classes of Québec's own licence have no dates; ISO's categories beside them do.
#[test]
fn categories_that_have_all_lapsed_stop_a_traffic_stop_whatever_stands_beside_them() {
    let mut story = Story::begin();
    let lapsed = |pair: (&str, &str)| {
        let date = Value::Tag(1004, Box::new(pair.1.into()));
        Value::Array(vec![Value::Map(vec![
            ("vehicle_category_code".into(), "B".into()),
            (pair.0.into(), date),
        ])])
    };
    let licence = specimen("adulte").unwrap().documents.iter().find(|known| known.doc_type == MDL);
    let elements = licence.unwrap().elements().map(|(namespace, id, value)| match id {
        "driving_privileges" => (namespace, id, lapsed(("expiry_date", "2020-01-01"))),
        _ => (namespace, id, value),
    });
    story.hold_elements(MDL, elements.collect(), Signer::Real);
    let outcome = story.read(&ask("traffic-stop"), Order::Iso);
    let nothing = [(Error::NothingInForce, Some("driving_privileges"))];
    assert_eq!(reasons(&outcome).0, nothing);
    let outcome = story.read(&ask("identity"), Order::Iso);
    assert!(matches!(outcome, Outcome::Read { verdict: Verdict::Accepted(_), .. }), "{outcome:?}");
}

/// A licence with these ages and a portrait.
fn licence(ages: &[(&str, bool)]) -> NameSpaces<Value> {
    let ages = ages.iter().map(|(id, is_over)| (ISO, *id, Value::Bool(*is_over)));
    [(ISO, "portrait", portrait())].into_iter().chain(ages).collect()
}

#[test]
fn one_age_answers_for_another() {
    let of_age = |id| Ok(id);
    let cases = [
        (&[("age_over_18", true)][..], of_age("age_over_18")),
        (&[("age_over_21", true)], of_age("age_over_21")),
        (&[("age_over_65", true), ("age_over_19", true)], of_age("age_over_19")),
        (&[("age_over_18", false)], Err(Error::NotOfAge)),
        (&[("age_over_16", false)], Err(Error::NotOfAge)),
        (&[("age_over_16", true), ("age_over_21", false)], Err(Error::NeedMissing)),
        (&[], Err(Error::NeedMissing)),
    ];
    for (ages, expected) in cases {
        let mut story = Story::begin();
        story.hold_elements(MDL, licence(ages), Signer::Real);
        let outcome = story.read(&ask("age-18"), Order::Qr);
        match (&outcome, expected) {
            (Outcome::Read { verdict: Verdict::Accepted(_), answers }, Ok(id)) => {
                let name = answers[1].given.as_ref().map(|given| given.name.clone());
                assert_eq!(name, Some(ElementName::new(ISO, id)), "{ages:?}");
            }
            (_, Ok(_)) => panic!("{ages:?}: {outcome:?}"),
            (_, Err(rule)) => {
                assert_eq!(reasons(&outcome).0, [(rule, Some("age_over_18"))], "{ages:?}");
            }
        }
    }
}

#[test]
fn an_age_that_is_no_yes_or_no_is_no_answer() {
    let mut story = Story::begin();
    let odd = [(ISO, "age_over_18", Value::from("yes"))].into_iter();
    let portrait = [(ISO, "portrait", portrait())];
    story.hold_elements(MDL, odd.chain(portrait).collect(), Signer::Real);
    let outcome = story.read(&ask("age-18"), Order::Iso);
    assert_eq!(reasons(&outcome).0, [(Error::NeedUnusable, Some("age_over_18"))]);
}

#[test]
fn free_requests_are_never_accepted() {
    let keep = IntentToRetain::Retained;
    let items = vec![
        ItemsRequest::new(
            MDL,
            [(ISO, "age_over_65", keep), (ISO, "family_name", keep), (ISO, "wings", keep)],
        ),
        ItemsRequest::new(CARD, [(CARD, "given_name", keep)]),
        ItemsRequest::new(BIRTH, [(BIRTH, "birth_place", keep)]),
        // Of another document of the same namespace.
        ItemsRequest::new("org.iso.23220.photoID.1", [(ISO, "family_name", keep)]),
    ];
    for order in ORDERS {
        let mut story = Story::with("adulte", MDL, Signer::Real);
        story.hold("adulte", CARD, Signer::Real);
        let Outcome::Read { verdict: Verdict::Unjudged(documents), answers } =
            story.read(&Ask::Items(items.clone()), order)
        else {
            panic!("judged")
        };
        assert_eq!(documents.len(), 2);
        let over_65 = documents[0].elements().get(ISO, "age_over_65");
        assert!(matches!(over_65, Some(Value::Bool(false))), "no is an answer here");
        let given: Vec<_> = answers.iter().map(|answer| answer.given.is_some()).collect();
        assert_eq!(given, [true, true, false, true, false, false]);
        let given = answers.iter().filter_map(|answer| answer.given.as_ref());
        let given: Vec<_> = given.map(|given| (given.document, given.by, given.is_no)).collect();
        let issuer = Source::Issuer;
        assert_eq!(given, [(0, issuer, true), (0, issuer, false), (1, issuer, false)]);
    }
}

#[test]
fn what_the_device_says_is_an_answer_where_the_issuer_allows_it() {
    const DEVICE: &str = "ca.coffret.device";

    let mut story = Story::begin();
    let key = PrivateKey::generate(Curve::P256, &mut story.rng);
    let elements = [(ISO, "family_name", "Tremblay".into())].into_iter().collect();
    let mut issuance = story.issuance(MDL, elements, key.public_key());
    issuance.key_authorizations.name_spaces.push(DEVICE.to_owned());
    let held = story.issue(&issuance, Signer::Real);

    let look = IntentToRetain::NotRetained;
    let items = ItemsRequest::new(MDL, [(DEVICE, "battery", look), (DEVICE, "colour", look)]);
    let (mut reading, mut session, _) = story.met(&Ask::Items(vec![items]));
    let said = [(DEVICE, "battery", Value::Unsigned(80))].into_iter().collect();
    let approved = Approved { elements: Vec::new(), device_signed: said };
    let document =
        Unauthenticated::new(&held, &approved, session.transcript(), story.method).unwrap();
    let outcome = key.perform(&document.task(KeyRef::random(&mut story.rng)));
    let response = DeviceResponse::new(vec![document.authenticate(outcome).unwrap()]);
    let message = session.seal(response.encoded().as_bytes()).unwrap();
    let Outcome::Read { verdict: Verdict::Unjudged(_), answers } =
        ended(story.step(&mut reading, Event::Received(message)))
    else {
        panic!("judged")
    };
    let given: Vec<_> =
        answers.iter().map(|answer| answer.given.as_ref().map(|given| given.by)).collect();
    assert_eq!(given, [Some(Source::Device), None], "nobody takes it for the issuer's word");
}

/// Who is asked twice for one type answers each by a document of its own.
#[test]
fn two_requests_of_one_type_are_matched_by_what_was_asked() {
    let look = IntentToRetain::NotRetained;
    let asks = |id: &str| ItemsRequest::new(MDL, [(ISO, id, look)]);
    let (name, age) = (asks("family_name"), asks("age_over_65"));
    let given = |withheld: Vec<&'static str>, items: &[ItemsRequest]| {
        let mut story = Story::with("adulte", MDL, Signer::Real);
        story.withheld = withheld;
        let outcome = story.read(&Ask::Items(items.to_vec()), Order::Iso);
        let Outcome::Read { verdict: Verdict::Unjudged(documents), answers } = outcome else {
            panic!("{outcome:?}")
        };
        let given = |answer: &Answer| answer.given.as_ref().map(|given| given.document);
        (documents.len(), answers.iter().map(given).collect::<Vec<_>>())
    };
    assert_eq!(given(vec![], &[name.clone(), age.clone()]), (2, vec![Some(0), Some(1)]));
    assert_eq!(given(vec!["family_name"], &[name, age.clone()]), (1, vec![None, Some(0)]));
    assert_eq!(given(vec![], &[age.clone(), age]), (2, vec![Some(0), Some(1)]));
}

/// A document that shows nothing is good, and meets no need.
#[test]
fn nothing_shown_is_no_answer() {
    let mut story = Story::with("adulte", MDL, Signer::Real);
    let (mut reading, mut session, _) = story.met(&ask("age-18"));
    let response = story.bare(session.transcript());
    let message = session.seal(&response).unwrap();
    let outcome = ended(story.step(&mut reading, Event::Received(message)));
    let missing = [Some("portrait_small"), Some("age_over_18")];
    let (whole, documents) = reasons(&outcome);
    assert_eq!(whole, missing.map(|id| (Error::NeedMissing, id)));
    assert_eq!(documents, []);

    let items = ItemsRequest::new(MDL, [(ISO, "family_name", IntentToRetain::NotRetained)]);
    let (mut reading, mut session, _) = story.met(&Ask::Items(vec![items]));
    let response = story.bare(session.transcript());
    let message = session.seal(&response).unwrap();
    let outcome = ended(story.step(&mut reading, Event::Received(message)));
    let Outcome::Read { verdict: Verdict::Unjudged(documents), answers } = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(documents[0].warnings().len(), 1);
    assert_eq!(answers[0].given, None);
}

/// An answer in a form that is not read here is no refusal.
#[test]
fn a_form_that_is_not_supported_is_said_to_be() {
    let mut story = Story::with("adulte", MDL, Signer::Real);
    for form in ["zkDocuments", "encryptedDocuments"] {
        let forms = Encoded::array([Encoded::map([("proof", Encoded::null())])]);
        let version = ("version", Encoded::from("1.1"));
        let response = Encoded::map([version, ("status", 0u64.into()), (form, forms)]);
        let outcome = story.read_response(&ask("age-18"), response.as_bytes());
        let rule = Error::Mdoc(coffret_mdoc::Error::FormNotSupported);
        assert_eq!(reasons(&outcome), (vec![(rule, None)], vec![]));
    }
}

#[test]
fn one_specimen_makes_all_specimens() {
    let keep = IntentToRetain::NotRetained;
    let items = vec![
        ItemsRequest::new(MDL, [(ISO, "family_name", keep)]),
        ItemsRequest::new(CARD, [(CARD, "given_name", keep)]),
    ];
    let mut story = Story::with("adulte", MDL, Signer::Real);
    story.hold("adulte", CARD, Signer::Specimen);
    let outcome = story.read(&Ask::Items(items), Order::Iso);
    let Outcome::Read { verdict: Verdict::Specimen(documents), .. } = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(documents.len(), 2);
}

/// No trust in the specimens' root makes its documents real.
#[test]
fn no_trust_makes_a_specimen_real() {
    let mut story = Story::with("adulte", MDL, Signer::Specimen);
    let mut trust = Trust::new();
    trust.add_anchors(SPECIMEN_ROOT, Purpose::Issuer).unwrap();
    story.reader = Reader::new(trust, None);
    for order in ORDERS {
        let outcome = story.read(&ask("age-18"), order);
        assert!(
            matches!(outcome, Outcome::Read { verdict: Verdict::Specimen(_), .. }),
            "{outcome:?}"
        );
    }
}

#[test]
fn a_mac_is_as_good_as_a_signature() {
    for order in ORDERS {
        let mut story = Story::with("adulte", MDL, Signer::Real);
        story.method = DeviceAuthMethod::Mac;
        let outcome = story.read(&ask("age-18"), order);
        let Outcome::Read { verdict: Verdict::Accepted(documents), .. } = outcome else {
            panic!("{outcome:?}")
        };
        assert_eq!(documents[0].device_auth(), Some(DeviceAuthMethod::Mac));
    }
}

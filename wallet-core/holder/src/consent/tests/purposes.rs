//! Who may ask for what, and what of it a purpose needs.

use super::*;

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
fn unknown_types_and_elements_are_shown_by_their_names() {
    let asked = request(&[("ca.example.club.1", &[("ca.example", "member", LOOK)])]);
    let consent = consent(registered(&["identity"], Retention::NotKept), &asked);
    let [document] = &consent.documents[..] else { panic!() };
    assert_eq!(document.doc_type, "ca.example.club.1");
    assert_eq!(document.elements[0].asked, ElementName::new("ca.example", "member"));
    assert_eq!(document.elements[0].exposure, Exposure::OnTouch);
    assert!(document.candidates.is_empty());
}

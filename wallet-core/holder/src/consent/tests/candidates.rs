//! Which documents can answer, in which order, and which one it begins with.

use super::*;

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
        ("a specimen for a real one", vec![specimen(1), expired(2)], None, None, Some(2)),
    ] {
        let id = |number: u8| DocumentId::from([number; 16]);
        let mut held = Some(holdings);
        let licences = |doc_type: &str| {
            assert_eq!(doc_type, MDL);
            Ok(first(held.take().unwrap()))
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
        ("2027-01-22", State::Valid),
        ("2026-11-22", State::Expiring { days: 0 }),
        ("2026-11-21", State::Expiring { days: 0 }),
        ("2026-11-20", State::Expired),
        ("1999-01-01", State::Expired),
    ] {
        let tagged = Value::Tag(coffret_cbor::TAG_FULL_DATE, Box::new(date.into()));
        let elements = [(ISO, "expiry_date", tagged), (ISO, "age_over_18", Value::Bool(true))];
        let ended = document(MDL, elements.into_iter().collect());
        let ended = || vec![held(1, Whose::Holder, ended.clone())];
        let consent = with(ReaderVerdict::None, &request(&[(MDL, AGE)]), ended);
        let asked = &consent.documents[0];
        assert_eq!(asked.candidates[0].state, state, "{date}");
        assert_eq!(asked.preselected.is_some(), state.is_valid(), "{date}");
        let last = Timestamp::parse(&format!("{date}T23:59:59Z")).unwrap();
        assert_eq!(asked.candidates[0].validity.until, last);
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

#[test]
fn a_document_whose_copies_are_used_up_is_said_to_be() {
    let used_up = || Holding { next: None, ..held(1, Whose::Holder, licence(&[])) };
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

/// Real ones before specimens, be these said to be the holder's; then one's own; then what is valid.
#[test]
fn candidates_stand_in_the_order_of_what_they_are_worth() {
    let of = |number, whose| held(number, whose, licence(&[]));
    let lapsed = |number, whose| valid(-9, -1, of(number, whose));
    let specimen = |holding| Holding { specimen: true, ..holding };
    let ordered = || {
        vec![
            of(1, Whose::Holder),
            lapsed(2, Whose::Holder),
            of(3, Whose::Other),
            lapsed(4, Whose::Other),
            specimen(of(5, Whose::Holder)),
            specimen(lapsed(6, Whose::Holder)),
            specimen(of(7, Whose::Nobody)),
            specimen(lapsed(8, Whose::Nobody)),
        ]
    };
    for turn in 0..8 {
        let turned = || {
            let mut held = ordered();
            held.rotate_left(turn);
            held
        };
        let backwards = || turned().into_iter().rev().collect();
        for held in [&turned as &dyn Fn() -> Vec<Holding>, &backwards] {
            let consent = with(ReaderVerdict::None, &request(&[(MDL, AGE)]), held);
            let candidates = consent.documents[0].candidates.iter();
            let order: Vec<_> = candidates.map(|candidate| candidate.document).collect();
            assert_eq!(order, (1..=8).map(|n| DocumentId::from([n; 16])).collect::<Vec<_>>());
        }
    }
}

/// A reader that asks twice for one type may mean two documents; the only one answers both.
#[test]
fn a_script_answers_two_requests_with_two_documents_if_there_are_two() {
    let lapsed = |number| valid(-9, -1, held(number, Whose::Holder, licence(&[])));
    let own = |number| held(number, Whose::Holder, licence(&[]));
    let asked = request(&[(MDL, AGE), (MDL, AGE)]);
    let sent = |holdings: &dyn Fn() -> Vec<Holding>| {
        let script = with(ReaderVerdict::None, &asked, holdings).chosen_beforehand(Lapsed::Sent);
        let choices = script.required().choices.into_iter();
        choices.map(|choice| choice.document.record().as_bytes()[0]).collect::<Vec<_>>()
    };
    assert_eq!(sent(&|| vec![lapsed(1), lapsed(2)]), [1, 2]);
    assert_eq!(sent(&|| vec![lapsed(1)]), [1, 1]);
    // One that begins with a request of its own is not taken from it.
    assert_eq!(sent(&|| vec![lapsed(1), own(2)]), [2, 2]);
    let two_types = request(&[(CARD, NUMBER), (MDL, AGE), (MDL, AGE)]);
    let held = |doc_type: &str| {
        Ok(first(if doc_type == MDL { vec![lapsed(1), lapsed(2)] } else { vec![] }))
    };
    let consent = Consent::new(&two_types, ReaderVerdict::None, now(), held).unwrap();
    let choices = consent.chosen_beforehand(Lapsed::Sent).everything().choices;
    assert_eq!(choices.iter().map(|choice| choice.request).collect::<Vec<_>>(), [1, 2]);
}

/// Of every type that the catalogue knows: the specimens have a number each.
#[test]
fn the_end_of_every_document_s_number_is_said() {
    let mut types = Vec::new();
    for specimen in coffret_catalogue::specimens().iter().flat_map(|person| person.documents) {
        let doc_type = specimen.doc_type;
        let named = document_type(doc_type).unwrap().number;
        let elements: NameSpaces<Value> = specimen.elements().collect();
        let mut values = elements.iter();
        let (.., number) = values.find(|(_, id, _)| *id == named.id).unwrap();
        let Value::Text(number) = number else { panic!("{doc_type}: no text") };
        let end = NumberEnd::of(doc_type, &document(doc_type, elements.clone())).unwrap();
        let written: String = number.chars().filter(|c| c.is_alphanumeric()).collect();
        assert!(written.ends_with(end.as_str()) && end.as_str().len() == 4, "{doc_type}");
        types.push(doc_type);
    }
    types.sort_unstable();
    types.dedup();
    assert_eq!(types.len(), 3);
}

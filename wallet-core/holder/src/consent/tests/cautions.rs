//! What is said before an approval is given.

use super::*;

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

/// A reader that splits its request is warned of like one that does not.
#[test]
fn a_portrait_that_another_request_asks_for_stays_too() {
    let (photo, age) = ((ISO, "portrait"), (ISO, "age_over_18"));
    let asked = request(&[(MDL, &[(ISO, "portrait", LOOK)]), (MDL, &[(ISO, "age_over_18", LOOK)])]);
    let one = || vec![held(1, Whose::Holder, licence(&[]))];
    let consent = with(ReaderVerdict::None, &asked, one);
    let document = consent.documents[0].candidates[0].document;
    let cautions = |choices: &[(usize, (&str, &str))]| {
        let choice = |(request, (ns, id)): &(usize, (&str, &str))| Choice {
            request: *request,
            document,
            elements: vec![ElementName::new(ns, id)],
        };
        consent.cautions(&Approval { choices: choices.iter().map(choice).collect() })
    };
    assert_eq!(cautions(&[(1, age)]), [Caution::PortraitWithheld]);
    assert_eq!(cautions(&[(0, photo), (1, age)]), []);
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
    for (portrait, small, age, risk) in [
        (LOOK, LOOK, LOOK, Risk::Neutral),
        (LOOK, LOOK, KEEP, Risk::Neutral),
        (KEEP, LOOK, LOOK, Risk::Unknown),
        (LOOK, KEEP, LOOK, Risk::Unknown),
        (KEEP, KEEP, KEEP, Risk::Unknown),
    ] {
        for reader in [ReaderVerdict::None, untrusted(), verified()] {
            let consent = consent(reader, &asked(portrait, small, age));
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
    assert_eq!(consent.cautions(&Approval::default()), []);
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
fn a_stranger_that_keeps_something_else_does_not_keep_the_photo() {
    let unjustified = |elements: &[(&str, &str, IntentToRetain)]| {
        let consent = consent(untrusted(), &request(&[(MDL, elements)]));
        consent.cautions(&Approval::default()) == [Caution::Unjustified]
    };
    assert!(unjustified(&[(ISO, "family_name", KEEP), (ISO, "portrait", LOOK)]));
    assert!(unjustified(&[(ISO, "family_name", LOOK), (ISO, "portrait", LOOK)]));
    assert!(!unjustified(&[(ISO, "family_name", LOOK), (ISO, "portrait", KEEP)]));
}

#[test]
fn what_two_documents_have_in_common_is_said_once() {
    let lapsed = |number| valid(-9, -1, held(number, Whose::Nobody, licence(&[])));
    let asked = request(&[(MDL, AGE), (MDL, AGE)]);
    let consent = with(ReaderVerdict::None, &asked, || vec![lapsed(1), lapsed(2)]);
    let sent = consent.clone().chosen_beforehand(Lapsed::Sent).everything();
    assert_eq!(sent.choices.len(), 2);
    assert_eq!(consent.cautions(&sent), [Caution::Expired, Caution::Specimen]);
}

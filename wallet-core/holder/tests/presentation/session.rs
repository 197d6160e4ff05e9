//! ISO 18013-5's order: engagement, session, consent, answer.

use coffret_cbor::{Encoded, Item};
use coffret_holder::{Approval, Effect, Error, Event, Need, Outcome, Presentation, Reuse, Risk};
use coffret_mdoc::{DeviceAuthMethod, Handover, SessionTranscript};
use coffret_proximity::{DeviceEngagement, Establishing, Status};

use crate::desk::{Desk, ISO, Met, Who, asks, ended, ids};
use crate::story::{CARD, MDL};

const REFUSAL: &[u8] = b"\xa2\x66status\x00\x67version\x631.0";

fn desk() -> Desk {
    let mut desk = Desk::open(&["identity", "care"]);
    let Desk { story, wallet, .. } = &mut desk;
    story.add(wallet, "adulte", MDL, 1, Reuse::Reusable);
    story.add(wallet, "adulte", CARD, 2, Reuse::OneTime);
    desk
}

fn name() -> coffret_mdoc::ItemsRequest {
    asks(MDL, ISO, &["family_name", "age_over_18"])
}

#[test]
fn what_is_approved_is_shown() {
    let mut desk = desk();
    let mut met = desk.meet(Who::Registered, &[name()]);
    assert_eq!(met.consent.risk, Risk::Registered);
    let approval = met.consent.required();
    assert_eq!(ids(&desk.show(&mut met, approval)), ["family_name"]);
    // The session goes on until the reader ends it.
    assert!(desk.step(&mut met.presentation, Event::Tick).is_empty());
    let end = met.reader.end(Status::Termination);
    let effects = desk.step(&mut met.presentation, Event::Received(end));
    assert_eq!(ended(&effects), Outcome::Shared);
    assert!(desk.step(&mut met.presentation, Event::Closed).is_empty(), "it is over");
}

#[test]
fn several_documents_answer_one_request() {
    let mut desk = desk();
    let card = asks(CARD, CARD, &["health_insurance_number", "portrait"]);
    let mut met = desk.meet(Who::Registered, &[name(), card]);
    let approval = met.consent.required();
    let documents = desk.show(&mut met, approval);
    assert_eq!(documents.len(), 2);
    assert_eq!(ids(&documents), ["family_name", "health_insurance_number"]);
}

/// A reader may ask twice for one type. Nothing of either is dropped, and one copy is used.
#[test]
fn one_document_answers_two_requests() {
    let mut desk = Desk::open(&["identity"]);
    let Desk { story, wallet, .. } = &mut desk;
    story.add(wallet, "adulte", MDL, 2, Reuse::OneTime);
    let given = asks(MDL, ISO, &["given_name", "birth_date"]);
    let mut met = desk.meet(Who::Registered, &[name(), given]);
    let approval = met.consent.everything();
    let documents = desk.show(&mut met, approval);
    let each: Vec<_> =
        documents.iter().map(|document| ids(std::slice::from_ref(document))).collect();
    assert_eq!(each, [["age_over_18", "family_name"], ["birth_date", "given_name"]]);
    let requests: Vec<_> = documents.iter().map(|document| document.request()).collect();
    assert_eq!(requests, [Some(0), Some(1)]);
    assert_eq!(desk.wallet.documents(desk.story.now).unwrap()[0].copies.left, 1);
    let (_, entry) = &desk.wallet.log().unwrap()[0];
    let shown = entry.documents.iter().flat_map(|document| &document.elements);
    assert!(shown.clone().all(|element| element.shown.is_some()));
    assert_eq!(shown.count(), 4);
}

#[test]
fn by_mac_where_it_is_possible() {
    let mut desk = desk();
    let mut met = desk.meet_with(Who::Registered, &[name()], DeviceAuthMethod::Mac);
    let approval = met.consent.everything();
    let documents = desk.show(&mut met, approval);
    assert_eq!(documents[0].device_auth(), Some(DeviceAuthMethod::Mac));
    assert_eq!(ids(&documents), ["age_over_18", "family_name"]);
}

#[test]
fn every_refusal_is_the_same() {
    let mut desk = desk();
    let refused = |desk: &mut Desk, met: &mut Met, event| {
        let effects = desk.step(&mut met.presentation, event);
        let [Effect::Send(message)] = &effects[..] else { panic!("{effects:?}") };
        let answer = met.reader.open(message).unwrap();
        let end = met.reader.end(Status::Termination);
        let effects = desk.step(&mut met.presentation, Event::Received(end));
        assert_eq!(ended(&effects), Outcome::Refused);
        answer.data.unwrap().to_vec()
    };
    let mut met = desk.meet(Who::Registered, &[name()]);
    assert_eq!(refused(&mut desk, &mut met, Event::Refused), REFUSAL);
    let mut met = desk.meet(Who::Registered, &[name()]);
    assert_eq!(refused(&mut desk, &mut met, Event::Approved(Approval::default())), REFUSAL);
    let mut met = desk.meet(Who::Registered, &[asks("ca.example.1", ISO, &["family_name"])]);
    assert!(met.consent.documents[0].candidates.is_empty());
    let everything = met.consent.everything();
    assert_eq!(refused(&mut desk, &mut met, Event::Approved(everything)), REFUSAL);
    let mut met = desk.meet(Who::Forger, &[name()]);
    let everything = met.consent.everything();
    assert_eq!(refused(&mut desk, &mut met, Event::Approved(everything)), REFUSAL);
    let mut met = desk.meet(Who::Nobody, &[name()]);
    let required = met.consent.required();
    assert_eq!(refused(&mut desk, &mut met, Event::Approved(required)), REFUSAL);
}

#[test]
fn an_invalid_reader_can_only_be_refused() {
    let mut desk = desk();
    let good = desk.meet(Who::Registered, &[name()]).consent.everything();
    let mut met = desk.meet(Who::Forger, &[name()]);
    assert_eq!(met.consent.risk, Risk::Invalid);
    let refused = desk.try_step(&mut met.presentation, Event::Approved(good));
    assert_eq!(refused.err(), Some(Error::InvalidReader));
    assert_eq!(desk.respond(&mut met, Approval::default()), REFUSAL, "it is still asked");
}

#[test]
fn who_asks_is_told_apart() {
    let mut desk = desk();
    let age = asks(MDL, ISO, &["portrait", "age_over_18"]);
    for who in [Who::Nobody, Who::Stranger] {
        assert_eq!(desk.meet(who, std::slice::from_ref(&age)).consent.risk, Risk::Neutral);
        let consent = desk.meet(who, &[name()]).consent;
        assert_eq!(consent.risk, Risk::Unknown);
        let elements = &consent.documents[0].candidates[0].elements;
        assert!(elements.iter().all(|element| element.need == Need::Optional));
    }
}

#[test]
fn an_approval_of_another_request_leaves_the_person_asked() {
    let mut desk = desk();
    let card = desk.meet(Who::Registered, &[asks(CARD, CARD, &["sex"])]).consent.everything();
    let mut met = desk.meet(Who::Registered, &[name()]);
    let refused = desk.try_step(&mut met.presentation, Event::Approved(card));
    assert_eq!(refused.err(), Some(Error::NotOffered));
    let approval = met.consent.required();
    assert_eq!(ids(&desk.show(&mut met, approval)), ["family_name"]);
}

#[test]
fn events_out_of_turn_change_nothing() {
    let mut desk = desk();
    let (mut waiting, _) = desk.engage(DeviceAuthMethod::Signature);
    for event in [Event::Approved(Approval::default()), Event::KeysDone(Vec::new())] {
        assert_eq!(desk.try_step(&mut waiting, event).err(), Some(Error::NotNow));
    }
    let cautions = |asked: &Presentation| asked.cautions(&Approval::default()).map(drop);
    assert_eq!(
        cautions(&waiting),
        Err(Error::NotNow),
        "no consent, so nothing is known to be said"
    );
    assert!(desk.step(&mut waiting, Event::Tick).is_empty());
    assert_eq!(ended(&desk.step(&mut waiting, Event::Closed)), Outcome::Unanswered);
    assert_eq!(cautions(&waiting), Err(Error::NotNow));

    let mut met = desk.meet(Who::Registered, &[name()]);
    assert!(cautions(&met.presentation).is_ok());
    let early = desk.try_step(&mut met.presentation, Event::KeysDone(Vec::new()));
    assert_eq!(early.err(), Some(Error::NotNow));
    let approval = met.consent.required();
    desk.step(&mut met.presentation, Event::Approved(approval.clone()));
    let twice = desk.try_step(&mut met.presentation, Event::Approved(approval));
    assert_eq!(twice.err(), Some(Error::NotNow));
    let wrong = desk.try_step(&mut met.presentation, Event::KeysDone(Vec::new()));
    assert_eq!(wrong.err(), Some(Error::PresentationKeys));
    let effects = desk.step(&mut met.presentation, Event::Refused);
    let [Effect::Send(message)] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!(
        *met.reader.open(message).unwrap().data.unwrap(),
        REFUSAL,
        "it may still be refused"
    );
    for event in [Event::Refused, Event::KeysDone(Vec::new())] {
        assert_eq!(desk.try_step(&mut met.presentation, event).err(), Some(Error::NotNow));
    }
    assert_eq!(ended(&desk.step(&mut met.presentation, Event::Closed)), Outcome::Refused);
}

#[test]
fn a_session_that_does_not_begin_is_over() {
    let mut desk = desk();
    let (mut presentation, uri) = desk.engage(DeviceAuthMethod::Signature);
    let effects = desk.step(&mut presentation, Event::Received(b"hello".into()));
    let [Effect::Send(status), Effect::Ended(Outcome::Failed(Error::Proximity(_)))] = &effects[..]
    else {
        panic!("{effects:?}")
    };
    assert_eq!(*status, Status::Decoding.message());

    let (mut presentation, other) = desk.engage(DeviceAuthMethod::Signature);
    let engagement = DeviceEngagement::from_uri(&uri).unwrap();
    let establishing = Establishing::new(&engagement, &mut desk.story.rng).unwrap();
    let (_, message) = establishing.establish(b"for another wallet").unwrap();
    assert_ne!(uri, other);
    let effects = desk.step(&mut presentation, Event::Received(message));
    let [Effect::Send(status), Effect::Ended(Outcome::Failed(_))] = &effects[..] else {
        panic!("{effects:?}")
    };
    assert_eq!(*status, Status::Encryption.message());
}

/// The status that a reader is answered, and what its request breaks.
fn refused_request(desk: &mut Desk, request: &[u8]) -> (u64, Error) {
    let (mut presentation, uri) = desk.engage(DeviceAuthMethod::Signature);
    let engagement = DeviceEngagement::from_uri(&uri).unwrap();
    let establishing = Establishing::new(&engagement, &mut desk.story.rng).unwrap();
    let (mut reader, message) = establishing.establish(request).unwrap();
    let effects = desk.step(&mut presentation, Event::Received(message));
    let [Effect::Send(message), Effect::Ended(Outcome::Failed(error))] = &effects[..] else {
        panic!("{effects:?}")
    };
    let answer = reader.open(message).unwrap();
    assert_eq!(answer.status, Some(Status::Termination), "nothing follows");
    let response = answer.data.unwrap();
    let response = Item::parse(&response).unwrap().map().unwrap();
    assert!(response.get("documents").is_none());
    (response.require("status").unwrap().unsigned().unwrap(), *error)
}

/// ISO 18013-5 §8.3.2.1.2.3: what a session carries is answered in it.
#[test]
fn a_request_that_is_none_is_answered_by_a_response() {
    let mut desk = desk();
    let text = |text: &str| Encoded::from(text);
    let requests = |version: &str, requests: Vec<Encoded>| {
        Encoded::map([("version", text(version)), ("docRequests", Encoded::array(requests))])
    };
    let items = Encoded::embedded(&Encoded::from(&name()));
    let one = Encoded::map([("itemsRequest", items)]);
    let nothing = Encoded::embedded(&Encoded::map([
        ("docType", text(MDL)),
        ("nameSpaces", Encoded::map::<Encoded>([])),
    ]));
    let no_element = Encoded::map([("itemsRequest", nothing)]);
    for (status, request) in [
        (11, b"\xff\xff".to_vec()),
        (11, b"\xa1".to_vec()),
        (12, b"\xa0".to_vec()),
        (12, b"\x01".to_vec()),
        (12, Encoded::map([("version", text("1.0"))]).into_bytes()),
        (12, requests("1.0", vec![]).into_bytes()),
        (12, requests("1.0", vec![text("a licence")]).into_bytes()),
        (12, requests("1.0", vec![no_element]).into_bytes()),
        (10, [vec![0x81; 100], vec![0]].concat()),
        (10, requests("2.0", vec![one.clone()]).into_bytes()),
        (10, requests("1.0", vec![one; 17]).into_bytes()),
    ] {
        let (answered, error) = refused_request(&mut desk, &request);
        assert_eq!(answered, status, "{error:?}");
    }
}

#[test]
fn a_request_that_no_person_can_read_is_refused() {
    let mut desk = desk();
    let (_, error) = refused_request(&mut desk, b"\xa0");
    assert!(matches!(error, Error::Mdoc(_)), "{error:?}");

    let ids: Vec<_> = (0..513).map(|number| format!("element_{number}")).collect();
    let ids: Vec<_> = ids.iter().map(String::as_str).collect();
    let of = |desk: &mut Desk, ids: &[&str]| {
        let items = asks(MDL, ISO, ids);
        let transcript = SessionTranscript::new(None, None, &Handover::Qr).unwrap();
        desk.request(Who::Nobody, &[items], &transcript).encoded().into_bytes()
    };
    let request = of(&mut desk, &ids);
    assert_eq!(
        refused_request(&mut desk, &request).1,
        Error::Mdoc(coffret_mdoc::Error::RequestTooLarge)
    );
    let long = "e".repeat(32 << 10);
    let request = of(&mut desk, &[&long]);
    assert_eq!(
        refused_request(&mut desk, &request).1,
        Error::Mdoc(coffret_mdoc::Error::RequestTooLarge)
    );

    // The largest there may be is asked, answered and remembered.
    let long = "e".repeat(20 << 10);
    let names: Vec<_> = ids.iter().take(511).copied().chain([long.as_str()]).collect();
    let mut met = desk.meet(Who::Nobody, &[asks(MDL, ISO, &names)]);
    assert_eq!(desk.respond(&mut met, Approval::default()), REFUSAL);
    assert_eq!(desk.wallet.log().unwrap()[0].1.documents[0].elements.len(), 512);
}

#[test]
fn the_reader_s_end_is_the_end() {
    let mut desk = desk();
    type Says = fn(&mut coffret_proximity::Session) -> Vec<u8>;
    let says: [(Says, Option<Status>, bool); 4] = [
        (|reader| reader.end(Status::Termination), None, false),
        (|reader| reader.end(Status::Decoding), None, false),
        (|reader| reader.seal(b"and another thing").unwrap(), Some(Status::Termination), false),
        (|_| b"\xa1\x64data\x58\x10not encrypted ..".into(), Some(Status::Encryption), true),
    ];
    for (says, status, failed) in says {
        // Before the answer …
        let mut met = desk.meet(Who::Registered, &[name()]);
        let message = says(&mut met.reader);
        let effects = desk.step(&mut met.presentation, Event::Received(message));
        assert_eq!(sent(&effects), status.map(Status::message).as_deref());
        assert_eq!(matches!(ended(&effects), Outcome::Failed(_)), failed);
        assert_eq!(ended(&effects) == Outcome::Unanswered, !failed);
        // … while the keystore works …
        let mut met = desk.meet(Who::Registered, &[name()]);
        let approval = Event::Approved(met.consent.required());
        desk.step(&mut met.presentation, approval);
        let message = says(&mut met.reader);
        let effects = desk.step(&mut met.presentation, Event::Received(message));
        assert_eq!(ended(&effects) == Outcome::Unanswered, !failed);
        // … and after it.
        let mut met = desk.meet(Who::Registered, &[name()]);
        let approval = met.consent.required();
        desk.show(&mut met, approval);
        let message = says(&mut met.reader);
        let effects = desk.step(&mut met.presentation, Event::Received(message));
        assert_eq!(sent(&effects), status.map(Status::message).as_deref());
        assert_eq!(ended(&effects), Outcome::Shared, "what was sent was sent");
    }
}

fn sent(effects: &[Effect]) -> Option<&[u8]> {
    effects.iter().find_map(|effect| match effect {
        Effect::Send(message) => Some(message.as_slice()),
        _ => None,
    })
}

#[test]
fn whoever_leaves_early_has_shown_nothing() {
    let mut desk = desk();
    let mut met = desk.meet(Who::Registered, &[name()]);
    let effects = desk.step(&mut met.presentation, Event::Closed);
    assert!(matches!(effects[..], [Effect::Ended(Outcome::Unanswered)]), "{effects:?}");
}

#[test]
fn a_reader_is_told_that_the_person_gives_up() {
    let mut desk = desk();
    let told = Some(Status::Termination.message());
    // Before a reader there is nobody to tell.
    let (mut waiting, _) = desk.engage(DeviceAuthMethod::Signature);
    let effects = desk.step(&mut waiting, Event::GivenUp);
    assert!(matches!(effects[..], [Effect::Ended(Outcome::Unanswered)]), "{effects:?}");
    // Before the answer …
    let mut met = desk.meet(Who::Registered, &[name()]);
    let effects = desk.step(&mut met.presentation, Event::GivenUp);
    assert_eq!((sent(&effects), ended(&effects)), (told.as_deref(), Outcome::Unanswered));
    assert_eq!(desk.wallet.log().unwrap().len(), 1);
    // … while the keystore works …
    let mut met = desk.meet(Who::Registered, &[name()]);
    let approval = Event::Approved(met.consent.required());
    desk.step(&mut met.presentation, approval);
    let effects = desk.step(&mut met.presentation, Event::GivenUp);
    assert_eq!((sent(&effects), ended(&effects)), (told.as_deref(), Outcome::Unanswered));
    // … and after it.
    let mut met = desk.meet(Who::Registered, &[name()]);
    let approval = met.consent.required();
    desk.show(&mut met, approval);
    let effects = desk.step(&mut met.presentation, Event::GivenUp);
    assert_eq!((sent(&effects), ended(&effects)), (told.as_deref(), Outcome::Shared));
}

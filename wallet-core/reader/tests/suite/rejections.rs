//! Answers that are not good: why, and that nothing of them is shown.

use coffret_cbor::{Encoded, Value};
use coffret_mdoc::{Error as Rule, IntentToRetain, ItemsRequest};
use coffret_reader::{Ask, Error, Event, Outcome, Reader, Verdict};
use coffret_trust::Trust;

use crate::story::{CARD, ISO, MDL, Order, Signer, Story, ask, ended, reasons};

#[test]
fn an_issuer_that_is_not_trusted() {
    let mut story = Story::with("adulte", MDL, Signer::Real);
    story.reader = Reader::new(Trust::new(), None);
    for order in [Order::Iso, Order::Qr] {
        let outcome = story.read(&ask("age-18"), order);
        let (whole, documents) = reasons(&outcome);
        assert_eq!(whole, [], "the document says it");
        let untrusted = Rule::Trust(coffret_trust::Error::UntrustedIssuer);
        assert_eq!(documents, [(Error::Mdoc(untrusted), None)]);
    }
}

#[test]
fn a_document_past_its_time() {
    let mut story = Story::with("adulte", MDL, Signer::Real);
    story.now = story.now.plus_days(31);
    let outcome = story.read(&ask("age-18"), Order::Qr);
    assert_eq!(reasons(&outcome).1, [(Error::Mdoc(Rule::Expired), None)]);
}

/// A specimen is rejected for what a real document is.
#[test]
fn a_specimen_past_its_time() {
    let mut story = Story::with("adulte", MDL, Signer::Specimen);
    story.now = story.now.plus_days(31);
    let outcome = story.read(&ask("age-18"), Order::Iso);
    assert_eq!(reasons(&outcome).1, [(Error::Mdoc(Rule::Expired), None)]);
}

/// What a purpose asks of a document that is not good is not judged: what it says is not proven.
#[test]
fn a_bad_document_is_not_held_against_the_purpose() {
    let mut story = Story::with("adulte", MDL, Signer::Real);
    story.now = story.now.plus_days(31);
    let outcome = story.read(&ask("age-65"), Order::Iso);
    let (whole, documents) = reasons(&outcome);
    assert_eq!((whole, documents), (vec![], vec![(Error::Mdoc(Rule::Expired), None)]));
}

#[test]
fn a_response_of_another_session() {
    let mut story = Story::with("adulte", MDL, Signer::Real);
    let (_, session, request) = story.met(&ask("age-18"));
    let replayed = story.response(&request, session.transcript());
    let outcome = story.read_response(&ask("age-18"), &replayed);
    assert_eq!(reasons(&outcome).1, [(Error::Mdoc(Rule::DeviceSignature), None)]);
}

#[test]
fn what_was_not_asked() {
    let mut story = Story::with("adulte", MDL, Signer::Real);
    let (mut reading, mut session, _) = story.met(&ask("age-18"));
    let (_, _, more) = story.met(&ask("identity"));
    let response = story.response(&more, session.transcript());
    let message = session.seal(&response).unwrap();
    let event = Event::Received(message);
    let outcome = ended(story.step(&mut reading, event));
    let unasked = ["family_name", "given_name", "birth_date"];
    let unasked = unasked.map(|id| (Error::Mdoc(Rule::ElementNotRequested), Some(id)));
    let (whole, documents) = reasons(&outcome);
    assert_eq!((whole, documents), (vec![], unasked.to_vec()));

    story.hold("adulte", CARD, Signer::Real);
    let items = ItemsRequest::new(CARD, [(CARD, "given_name", IntentToRetain::NotRetained)]);
    let (mut reading, mut session, _) = story.met(&ask("age-18"));
    let (_, _, other) = story.met(&Ask::Items(vec![items]));
    let response = story.response(&other, session.transcript());
    let message = session.seal(&response).unwrap();
    let event = Event::Received(message);
    let outcome = ended(story.step(&mut reading, event));
    let unasked = vec![(Error::Mdoc(Rule::DocumentNotRequested), None)];
    assert_eq!(reasons(&outcome), (unasked, vec![]), "it is not even judged");
}

#[test]
fn a_response_that_cannot_be_read() {
    let mut story = Story::begin();
    let status = |status: u64, version: &str| {
        Encoded::map([("version", version.into()), ("status", status.into())]).into_bytes()
    };
    let cases = [
        (status(0, "2.0"), vec![Rule::Version]),
        (status(10, "1.0"), vec![Rule::Status]),
        (b"\xa1".to_vec(), vec![Rule::Cbor(coffret_cbor::Error::Truncated)]),
    ];
    for (response, rules) in cases {
        let outcome = story.read_response(&ask("age-18"), &response);
        let expected: Vec<_> = rules.into_iter().map(|rule| (Error::Mdoc(rule), None)).collect();
        assert_eq!(reasons(&outcome), (expected, vec![]));
    }
}

/// One document that cannot be read spoils the answer, and does not hide the other.
#[test]
fn a_document_that_cannot_be_read() {
    let mut story = Story::with("adulte", MDL, Signer::Real);
    let look = IntentToRetain::NotRetained;
    let asked = Ask::Items(vec![
        ItemsRequest::new(MDL, [(ISO, "family_name", look)]),
        ItemsRequest::new(CARD, [(CARD, "given_name", look)]),
    ]);
    let (mut reading, mut session, request) = story.met(&asked);
    let response = story.response(&request, session.transcript());
    let mut response = coffret_cbor::Item::parse(&response).unwrap().value();
    let Value::Map(members) = &mut response else { panic!() };
    for (_, member) in members {
        if let Value::Array(documents) = member {
            documents.push(Value::Map(Vec::new()));
        }
    }
    let message = session.seal(Encoded::from(&response).as_bytes()).unwrap();
    let event = Event::Received(message);
    let outcome = ended(story.step(&mut reading, event));
    let missing = Rule::Cbor(coffret_cbor::Error::MissingKey);
    assert_eq!(reasons(&outcome), (vec![(Error::Mdoc(missing), None)], vec![]));
    let Outcome::Read { verdict: Verdict::Rejected(rejection), answers } = outcome else {
        panic!()
    };
    assert_eq!(rejection.documents.len(), 1);
    let given: Vec<_> = answers.iter().map(|answer| answer.given.is_some()).collect();
    assert_eq!(given, [true, false]);
    assert_eq!(rejection.documents[0].doc_type(), MDL);
}

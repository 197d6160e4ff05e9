//! What is asked, and who says that it asks.

use std::collections::BTreeSet;

use coffret_catalogue::purposes;
use coffret_crypto::{KeyOutcome, KeyTask, PrivateKey};
use coffret_mdoc::{DeviceRequest, IntentToRetain, ItemsRequest};
use coffret_proximity::Engaged;
use coffret_reader::{Ask, Effect, Error, Event, Outcome, Reader, ReaderIdentity, Start, Verdict};
use coffret_trust::{Purpose, ReaderVerdict, Trust};

use crate::story::{CARD, ISO, MDL, ORDERS, Signer, Story, ask, ended};

const LOOK: IntentToRetain = IntentToRetain::NotRetained;

impl Story {
    /// The reader says from now on who it is.
    pub(crate) fn identify(&mut self) -> ReaderIdentity {
        let reader = &self.pki.reader;
        let key = PrivateKey::from_pkcs8_pem(&reader.key_pem()).unwrap();
        let key = self.keys.insert(key, &mut self.rng);
        let identity = ReaderIdentity { key, certificate: reader.certificate().clone() };
        let mut trust = Trust::new();
        trust.add_anchor(self.pki.issuer.certificate().clone(), Purpose::Issuer).unwrap();
        self.reader = Reader::new(trust, Some(identity.clone()));
        identity
    }
}

#[test]
fn a_purpose_asks_for_its_elements_and_to_keep_none() {
    let mut story = Story::begin();
    for purpose in purposes() {
        let (_, _, request) = story.met(&Ask::Purpose(purpose));
        let request = DeviceRequest::parse(&request).unwrap();
        let [asked] = request.doc_requests() else { panic!("{}", purpose.id) };
        assert_eq!(asked.items().doc_type, purpose.doc_type);
        let asked: BTreeSet<_> = asked
            .items()
            .name_spaces
            .iter()
            .map(|(ns, id, intent)| (ns, id, *intent == LOOK))
            .collect();
        let needed = purpose.needs.iter().flat_map(|need| need.alternatives);
        let needed = needed.map(|element| (element.namespace, element.id, true));
        assert_eq!(asked, needed.collect(), "{}", purpose.id);
    }
}

#[test]
fn a_code_asks_the_same_as_a_session() {
    let mut story = Story::begin();
    let (_, code) = story.invited(&ask("age-18"));
    let (_, _, request) = story.met(&ask("age-18"));
    assert_eq!(code.request(), request);
}

#[test]
fn two_ages_are_asked_at_most() {
    let ages = |doc_type: &str, ids: &[&'static str]| {
        ItemsRequest::new(doc_type, ids.iter().map(|id| (ISO, *id, LOOK)))
    };
    let mut story = Story::begin();
    let cases = [
        (vec![ages(MDL, &["age_over_18", "age_over_65", "birth_date"])], None),
        (vec![ages(MDL, &["age_over_18"]), ages(CARD, &["age_over_65"])], None),
        (vec![ages(MDL, &["age_over_18", "age_over_21", "age_over_65"])], Some(Error::TooManyAges)),
        (
            vec![ages(MDL, &["age_over_18", "age_over_21"]), ages(CARD, &["age_over_65"])],
            Some(Error::TooManyAges),
        ),
    ];
    for (items, expected) in cases {
        let started =
            story.reader.start(&Ask::Items(items), Start::Code, story.now, &mut story.rng);
        assert_eq!(started.err(), expected);
    }
}

#[test]
fn what_no_wallet_would_read_is_not_asked() {
    use coffret_mdoc::Error::{Empty, TooManyDocuments};

    let mut story = Story::begin();
    let items = ItemsRequest::new(MDL, [(ISO, "portrait", LOOK)]);
    let cases = [
        (Vec::new(), Empty),
        (vec![ItemsRequest::new(MDL, [])], Empty),
        (vec![items; 17], TooManyDocuments),
    ];
    for (items, rule) in cases {
        let started =
            story.reader.start(&Ask::Items(items), Start::Code, story.now, &mut story.rng);
        assert_eq!(started.err(), Some(Error::Mdoc(rule)));
    }
}

#[test]
fn a_request_too_long_for_any_wallet_is_not_asked() {
    let mut story = Story::begin();
    let asks = |length| {
        let long = "x".repeat(length);
        Ask::Items(vec![ItemsRequest::new(MDL, [(ISO, long.as_str(), LOOK)])])
    };
    let too_large = Error::Mdoc(coffret_mdoc::Error::RequestTooLarge);
    for identified in [false, true] {
        if identified {
            story.identify();
        }
        let started = story.reader.start(&asks(32 << 10), Start::Code, story.now, &mut story.rng);
        assert_eq!(started.err(), Some(too_large));
    }

    // With its signature.
    let (mut reading, mut effects) = story
        .reader
        .start(&asks((32 << 10) - 200), Start::Code, story.now, &mut story.rng)
        .unwrap();
    let Some(Effect::UseKeys(tasks)) = effects.pop() else { panic!() };
    let done = tasks.iter().map(|task| story.keys.execute(task, &mut story.rng)).collect();
    let outcome = ended(story.step(&mut reading, Event::KeysDone(done)));
    assert!(matches!(outcome, Outcome::Unanswered(rule) if rule == too_large), "{outcome:?}");
}

#[test]
fn a_reader_says_who_it_is_in_either_order() {
    let mut trust = Trust::new();
    let mut story = Story::with("adulte", MDL, Signer::Real);
    let authority = story.pki.reader_authority.certificate().clone();
    trust.add_anchor(authority, Purpose::Reader).unwrap();
    story.identify();

    let (_, session, request) = story.met(&ask("identity"));
    let request = DeviceRequest::parse(&request).unwrap();
    let judged = request.reader(session.transcript(), &trust, story.now);
    assert!(matches!(judged, ReaderVerdict::Verified(_)), "{judged:?}");

    let (_, code) = story.invited(&ask("identity"));
    let request = DeviceRequest::parse(code.request()).unwrap();
    let judged = request.reader(code.transcript(), &trust, story.now);
    assert!(matches!(judged, ReaderVerdict::Verified(_)), "{judged:?}");
    let judged = request.reader(session.transcript(), &trust, story.now);
    assert!(matches!(judged, ReaderVerdict::Invalid { .. }), "of another session: {judged:?}");

    for order in ORDERS {
        let outcome = story.read(&ask("identity"), order);
        let accepted = matches!(outcome, Outcome::Read { verdict: Verdict::Accepted(_), .. });
        assert!(accepted, "{outcome:?}");
    }
}

#[test]
fn a_key_that_has_not_signed_may_be_asked_again() {
    let mut story = Story::begin();
    let identity = story.identify();
    let items = [MDL, CARD].map(|doc_type| ItemsRequest::new(doc_type, [(ISO, "sex", LOOK)]));
    let ask = Ask::Items(items.into());
    let holder = Engaged::new(&mut story.rng).unwrap();
    let how = Start::Engagement(holder.engagement());
    let (mut reading, effects) = story.reader.start(&ask, how, story.now, &mut story.rng).unwrap();
    let [Effect::UseKeys(tasks)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(tasks.len(), 2, "a document, a signature");
    assert!(matches!(&tasks[0], KeyTask::Sign { key, .. } if *key == identity.key));

    let other = PrivateKey::generate(coffret_crypto::Curve::P256, &mut story.rng);
    let other = story.keys.insert(other, &mut story.rng);
    let KeyTask::Sign { message, .. } = tasks[0].clone() else { panic!() };
    let by_another = KeyTask::Sign { key: other, message };
    let mut sign = |task| story.keys.execute(task, &mut story.rng);
    let failed = coffret_crypto::Error::ZeroSecret;
    let not_signed = Error::Mdoc(coffret_mdoc::Error::KeyOutcome);
    let tries = [
        (vec![KeyOutcome::Declined, KeyOutcome::Declined], not_signed),
        (vec![KeyOutcome::Gone, KeyOutcome::Gone], not_signed),
        (vec![], not_signed),
        (vec![sign(&tasks[0])], not_signed),
        (vec![sign(&tasks[1]), sign(&tasks[0])], not_signed),
        (vec![sign(&by_another), sign(&tasks[1])], not_signed),
        (
            vec![sign(&tasks[0]), KeyOutcome::Failed(failed)],
            Error::Mdoc(coffret_mdoc::Error::Crypto(failed)),
        ),
    ];
    let signed = vec![sign(&tasks[0]), sign(&tasks[1])];
    for (outcomes, rule) in tries {
        let refused = story.reader.step(&mut reading, Event::KeysDone(outcomes), story.now);
        assert_eq!(refused.err(), Some(rule));
    }
    let effects = story.step(&mut reading, Event::KeysDone(signed));
    let [Effect::Send(establishment)] = effects.as_slice() else { panic!("{effects:?}") };
    assert!(holder.establish(establishment).is_ok());
}

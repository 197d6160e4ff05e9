//! What comes over the links, and when.

use coffret_crypto::KeyOutcome;
use coffret_mdoc::DeviceResponse;
use coffret_proximity::{Answering, Status};
use coffret_reader::{Effect, Error, Event, Outcome, Start, Verdict};

use crate::story::{MDL, ORDERS, Signer, Story, ask, ended};

fn accepted(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Read { verdict: Verdict::Accepted(_), .. })
}

fn unanswered(effects: Vec<Effect>) -> Error {
    match ended(effects) {
        Outcome::Unanswered(rule) => rule,
        outcome => panic!("{outcome:?}"),
    }
}

#[test]
fn an_answer_that_shows_nothing_is_a_refusal() {
    for order in ORDERS {
        let outcome = Story::begin().read(&ask("age-18"), order);
        assert!(matches!(outcome, Outcome::Refused), "{outcome:?}");
    }
}

#[test]
fn after_the_answer_the_holder_is_told_that_it_is_over() {
    let mut story = Story::with("adulte", MDL, Signer::Real);
    let (mut reading, mut session, request) = story.met(&ask("age-18"));
    let response = story.response(&request, session.transcript());
    let message = session.seal(&response).unwrap();
    let mut effects = story.step(&mut reading, Event::Received(message));
    let Effect::Send(end) = effects.remove(0) else { panic!("{effects:?}") };
    assert_eq!(session.open(&end).unwrap().status, Some(Status::Termination));
    assert!(accepted(&ended(effects)));
}

#[test]
fn a_holder_that_leaves_is_told_nothing() {
    let mut story = Story::begin();
    for status in [Status::Termination, Status::Encryption, Status::Decoding] {
        let (mut reading, mut session, _) = story.met(&ask("age-18"));
        let effects = story.step(&mut reading, Event::Received(session.end(status)));
        assert_eq!(effects.len(), 1);
        assert_eq!(unanswered(effects), Error::Closed);
    }
}

#[test]
fn a_link_that_closes_is_the_end() {
    let mut story = Story::begin();
    let (mut reading, ..) = story.met(&ask("age-18"));
    let effects = story.step(&mut reading, Event::Closed);
    assert_eq!(effects.len(), 1, "nobody hears anything: {effects:?}");
    assert_eq!(unanswered(effects), Error::Closed);
    let (mut reading, _) = story.invited(&ask("age-18"));
    assert_eq!(unanswered(story.step(&mut reading, Event::Closed)), Error::Closed);
}

#[test]
fn a_holder_is_told_that_the_reader_gives_up() {
    let mut story = Story::begin();
    let (mut reading, mut session, _) = story.met(&ask("age-18"));
    let mut effects = story.step(&mut reading, Event::GivenUp);
    let Effect::Send(end) = effects.remove(0) else { panic!("{effects:?}") };
    assert_eq!(session.open(&end).unwrap().status, Some(Status::Termination));
    assert_eq!(unanswered(effects), Error::GivenUp);

    // Nobody hears it.
    let (invited, _) = story.invited(&ask("age-18"));
    story.identify();
    let signing = story.reader.start(&ask("age-18"), Start::Code, story.now, &mut story.rng);
    for mut reading in [invited, signing.unwrap().0] {
        let effects = story.step(&mut reading, Event::GivenUp);
        assert_eq!(effects.len(), 1);
        assert_eq!(unanswered(effects), Error::GivenUp);
    }
}

#[test]
fn a_session_ends_with_its_first_error_and_says_why() {
    let mut story = Story::with("adulte", MDL, Signer::Real);
    let (_, mut stranger, _) = story.met(&ask("age-18"));
    let another_s = stranger.seal(b"a response").unwrap();
    let cases = [(another_s, Status::Encryption), (b"\xff".to_vec(), Status::Decoding)];
    for (message, why) in cases {
        let (mut reading, mut session, request) = story.met(&ask("age-18"));
        let mut effects = story.step(&mut reading, Event::Received(message));
        let Effect::Send(end) = effects.remove(0) else { panic!("{effects:?}") };
        assert_eq!(session.open(&end).unwrap().status, Some(why));
        assert!(matches!(unanswered(effects), Error::Proximity(_)));

        let (_, mut session, _) = story.met(&ask("age-18"));
        let response = story.response(&request, session.transcript());
        let late = session.seal(&response).unwrap();
        assert!(story.step(&mut reading, Event::Received(late)).is_empty(), "it is over");
    }
}

#[test]
fn frames_lost_and_out_of_order_are_enough() {
    let mut story = Story::with("adulte", MDL, Signer::Real);
    let (mut reading, code) = story.invited(&ask("identity"));
    let frames = story.answer(&code);
    let fragments = frames.fragments();
    assert!(fragments > 2, "{fragments}");
    let mut seen: Vec<_> = frames.take(8 * fragments).collect();
    seen.reverse();
    let (mut most, mut outcome) = (0, None);
    for frame in seen.into_iter().step_by(2) {
        let effects = story.step(&mut reading, Event::Frame(frame));
        match effects.as_slice() {
            [Effect::Progress { have, of }] => {
                assert_eq!(*of, fragments);
                assert!(*have >= most && have < of);
                most = *have;
            }
            [] => assert!(outcome.is_some(), "a frame of it is some of it"),
            _ => outcome = Some(ended(effects)),
        }
    }
    assert!(accepted(&outcome.unwrap()));
    assert!(most > 0);
}

#[test]
fn codes_of_others_are_as_if_not_seen() {
    let mut story = Story::with("adulte", MDL, Signer::Real);
    let (mut reading, code) = story.invited(&ask("age-18"));

    // Anything at all, and the answer to another reader.
    let (_, other) = story.invited(&ask("age-18"));
    let others = story.answer(&other).take(20);
    let noise = ["", "ur:", "https://coffret.example/", "UR:X-MDOC-READER/1-2/AEAE", "mdoc:owBj"];
    for frame in noise.into_iter().map(str::to_owned).chain(others) {
        assert!(story.step(&mut reading, Event::Frame(frame)).is_empty());
    }

    // An answer under this reading's name that was made for another reader's key.
    let foreign: Vec<_> = story.answer(&other).take(40).collect();
    let name = |frame: &str| frame.split('/').next().unwrap().to_owned();
    let ours = name(&story.answer(&code).next().unwrap());
    for frame in foreign {
        let frame = frame.replace(&name(&frame), &ours);
        let effects = story.step(&mut reading, Event::Frame(frame));
        assert!(matches!(effects.as_slice(), [] | [Effect::Progress { .. }]), "{effects:?}");
    }

    let frames = story.answer(&code);
    assert!(accepted(&story.scan(&mut reading, frames)));
}

#[test]
fn the_first_answer_is_the_answer() {
    let mut story = Story::with("adulte", MDL, Signer::Real);
    let (mut reading, code) = story.invited(&ask("age-18"));
    let answering = Answering::new(&code, story.now, &mut story.rng).unwrap();
    let refusal = DeviceResponse::new(Vec::new()).encoded();
    let refusal = answering.answer(refusal.as_bytes()).unwrap();
    let outcome = story.scan(&mut reading, refusal);
    assert!(matches!(outcome, Outcome::Refused), "{outcome:?}");
    let frames: Vec<_> = story.answer(&code).take(50).collect();
    for frame in frames {
        assert!(story.step(&mut reading, Event::Frame(frame)).is_empty());
    }
}

#[test]
fn a_code_is_good_for_two_minutes() {
    let expired = Error::Proximity(coffret_proximity::Error::CodeExpired);
    let mut story = Story::with("adulte", MDL, Signer::Real);
    let begun = story.now;
    let at = |seconds| coffret_cbor::Timestamp::from_unix(begun.unix() + seconds).unwrap();
    for late in [Event::Tick, Event::Frame(String::new()), Event::Closed] {
        let (mut reading, _) = story.invited(&ask("age-18"));
        let effects = story.reader.step(&mut reading, Event::Tick, at(119)).unwrap();
        assert!(effects.is_empty());
        let effects = story.reader.step(&mut reading, late, at(120)).unwrap();
        assert_eq!(unanswered(effects), expired);
    }

    let (mut reading, code) = story.invited(&ask("age-18"));
    let frames = story.answer(&code);
    story.now = at(119);
    assert!(accepted(&story.scan(&mut reading, frames)), "in the last second");

    // An engagement has no such time: its link says when it ends.
    story.now = begun;
    let (mut reading, mut session, request) = story.met(&ask("age-18"));
    let response = story.response(&request, session.transcript());
    let message = session.seal(&response).unwrap();
    story.now = at(3600);
    assert!(story.step(&mut reading, Event::Tick).is_empty());
    assert!(accepted(&ended(story.step(&mut reading, Event::Received(message)))));
}

#[test]
fn what_is_not_awaited_changes_nothing() {
    let mut story = Story::with("adulte", MDL, Signer::Real);
    let (mut reading, mut session, request) = story.met(&ask("age-18"));
    for event in [Event::Frame("UR:X".to_owned()), Event::KeysDone(vec![KeyOutcome::Declined])] {
        let refused = story.reader.step(&mut reading, event, story.now);
        assert_eq!(refused.err(), Some(Error::OutOfTurn));
    }
    let response = story.response(&request, session.transcript());
    let message = session.seal(&response).unwrap();
    assert!(accepted(&ended(story.step(&mut reading, Event::Received(message)))));

    let (mut reading, code) = story.invited(&ask("age-18"));
    for event in [Event::Received(Vec::new()), Event::KeysDone(Vec::new())] {
        let refused = story.reader.step(&mut reading, event, story.now);
        assert_eq!(refused.err(), Some(Error::OutOfTurn));
    }
    let frames = story.answer(&code);
    assert!(accepted(&story.scan(&mut reading, frames)));

    story.identify();
    let (mut reading, _) =
        story.reader.start(&ask("age-18"), Start::Code, story.now, &mut story.rng).unwrap();
    for event in [Event::Received(Vec::new()), Event::Frame(String::new())] {
        let refused = story.reader.step(&mut reading, event, story.now);
        assert_eq!(refused.err(), Some(Error::OutOfTurn));
    }
}

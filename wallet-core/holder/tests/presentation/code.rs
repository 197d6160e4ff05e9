//! The reader first: its code, consent, an animated answer.

use coffret_holder::{Approval, Effect, Engage, Error, Event, Outcome, Reuse, Risk};
use coffret_mdoc::DeviceAuthMethod;
use coffret_proximity::{Collector, Invited, Inviting, ReaderCode};

use crate::desk::{Desk, ISO, SAAQ, Who, asks, ended, ids, whole};
use crate::story::MDL;

fn desk() -> Desk {
    let mut desk = Desk::open(&["identity"]);
    let Desk { story, wallet, .. } = &mut desk;
    story.add(wallet, "adulte", MDL, 2, Reuse::OneTime);
    desk
}

fn age() -> coffret_mdoc::ItemsRequest {
    asks(MDL, ISO, &["age_over_18", "portrait"])
}

fn animated(effect: Effect, invited: &Invited) -> Vec<u8> {
    let Effect::Animate(frames) = effect else { panic!("{effect:?}") };
    whole(frames, invited.collector())
}

#[test]
fn what_is_approved_is_shown() {
    let mut desk = desk();
    let small = coffret_mdoc::ItemsRequest::new(
        MDL,
        [
            (ISO, "age_over_18", coffret_mdoc::IntentToRetain::NotRetained),
            (SAAQ, "portrait_small", coffret_mdoc::IntentToRetain::NotRetained),
        ],
    );
    let (mut presentation, invited, request, consent) = desk.scan(Who::Nobody, &[small]);
    assert_eq!(consent.risk, Risk::Neutral);
    let leaves = desk.approve(&mut presentation, consent.required());
    let answer = animated(leaves, &invited);
    let (transcript, response) = invited.open(&answer, desk.story.now).unwrap();
    let documents = desk.read(&response, &transcript, invited.e_reader_key(), &request);
    assert_eq!(ids(&documents), ["age_over_18", "portrait_small"]);

    assert!(desk.step(&mut presentation, Event::Tick).is_empty(), "it is shown on");
    desk.later("2026-11-22T12:02:00Z");
    assert_eq!(ended(&desk.step(&mut presentation, Event::Tick)), Outcome::Shared);
}

#[test]
fn the_reader_s_signature_is_over_its_own_code() {
    let mut desk = desk();
    let (.., consent) = desk.scan(Who::Registered, &[age()]);
    assert_eq!(consent.risk, Risk::Registered);
    let (.., consent) = desk.scan(Who::Forger, &[age()]);
    assert_eq!(consent.risk, Risk::Invalid);
}

#[test]
fn a_refusal_is_an_answer_too() {
    let mut desk = desk();
    let (mut presentation, invited, _, _) = desk.scan(Who::Nobody, &[age()]);
    let mut effects = desk.step(&mut presentation, Event::Refused);
    let answer = animated(effects.remove(0), &invited);
    let (_, response) = invited.open(&answer, desk.story.now).unwrap();
    assert_eq!(*response, b"\xa2\x66status\x00\x67version\x631.0");
    assert_eq!(ended(&desk.step(&mut presentation, Event::Closed)), Outcome::Refused);
}

#[test]
fn no_message_comes_over_a_code() {
    let mut desk = desk();
    let (mut presentation, _, _, consent) = desk.scan(Who::Nobody, &[age()]);
    let message = || Event::Received(b"hello".into());
    assert_eq!(desk.try_step(&mut presentation, message()).err(), Some(Error::NotNow));
    desk.approve(&mut presentation, consent.required());
    assert_eq!(desk.try_step(&mut presentation, message()).err(), Some(Error::NotNow));
}

#[test]
fn time_is_over_for_whatever_comes() {
    let events: [fn(Approval) -> Event; 3] = [|_| Event::Tick, Event::Approved, |_| Event::Refused];
    for event in events {
        let mut desk = desk();
        let (mut presentation, _, _, consent) = desk.scan(Who::Nobody, &[age()]);
        desk.later("2026-11-22T12:01:59Z");
        assert!(desk.step(&mut presentation, Event::Tick).is_empty());
        desk.later("2026-11-22T12:02:00Z");
        let effects = desk.step(&mut presentation, event(consent.everything()));
        assert!(matches!(effects[..], [Effect::Ended(Outcome::Unanswered)]), "{effects:?}");
        assert_eq!(desk.wallet.documents(desk.story.now).unwrap()[0].copies.left, 2);
    }
}

#[test]
fn time_is_over_while_the_keystore_works() {
    let mut desk = desk();
    let (mut presentation, _, _, consent) = desk.scan(Who::Nobody, &[age()]);
    let effects = desk.step(&mut presentation, Event::Approved(consent.required()));
    let [Effect::UseKeys(tasks)] = &effects[..] else { panic!("{effects:?}") };
    let outcomes = desk.perform(tasks);
    desk.later("2026-11-22T12:02:00Z");
    let effects = desk.step(&mut presentation, Event::KeysDone(outcomes));
    assert!(matches!(effects[..], [Effect::Ended(Outcome::Unanswered)]), "{effects:?}");
    assert_eq!(desk.wallet.documents(desk.story.now).unwrap()[0].copies.left, 2);
}

#[test]
fn an_old_code_is_not_answered() {
    let mut desk = desk();
    let inviting = Inviting::new(desk.story.now, &mut desk.story.rng).unwrap();
    let request = desk.request(Who::Nobody, &[age()], inviting.transcript());
    let (_, frames) = inviting.invite(request.encoded().as_bytes()).unwrap();
    let code = ReaderCode::parse(&whole(frames, Collector::of_codes())).unwrap();
    desk.later("2026-11-22T12:04:00Z");
    let begun = desk.wallet.present(
        Engage::Reader(&code),
        DeviceAuthMethod::Signature,
        desk.story.now,
        &mut desk.story.rng,
    );
    let expired = Error::Proximity(coffret_proximity::Error::CodeExpired);
    assert_eq!(begun.err(), Some(expired));
}

#[test]
fn a_code_that_asks_nothing_is_over_at_once() {
    let mut desk = desk();
    let inviting = Inviting::new(desk.story.now, &mut desk.story.rng).unwrap();
    let (_, frames) = inviting.invite(b"\xa0").unwrap();
    let code = ReaderCode::parse(&whole(frames, Collector::of_codes())).unwrap();
    let (_, effects) = desk
        .wallet
        .present(
            Engage::Reader(&code),
            DeviceAuthMethod::Signature,
            desk.story.now,
            &mut desk.story.rng,
        )
        .unwrap();
    assert!(matches!(effects[..], [Effect::Ended(Outcome::Failed(Error::Mdoc(_)))]), "{effects:?}");
}

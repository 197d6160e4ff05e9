//! What cannot be recorded does not leave.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use coffret_crypto::KeyOutcome;
use coffret_holder::log::Outcome as Logged;
use coffret_holder::{Effect, Error, Event, Outcome, Reuse};
use coffret_proximity::Status;

use crate::desk::{Desk, ISO, Met, Who, asks};
use crate::story::MDL;

const FAILED: Outcome = Outcome::Failed(Error::NotSent);
const UNAVAILABLE: Error = Error::Store(coffret_store::Error::SecretsUnavailable);

/// A wallet with two one-time copies, and what makes its store fail.
fn desk() -> (Desk, Arc<AtomicBool>) {
    let mut desk = Desk::open(&["identity"]);
    let Desk { story, wallet, .. } = &mut desk;
    story.add(wallet, "adulte", MDL, 2, Reuse::OneTime);
    // One process opens a store at a time: another wallet stands in.
    let (_elsewhere, other) = crate::story::Story::begin();
    let (failing, fails) = story.reopen_failing(std::mem::replace(wallet, other));
    *wallet = failing;
    (desk, fails)
}

fn met(desk: &mut Desk) -> Met {
    desk.meet(Who::Registered, &[asks(MDL, ISO, &["family_name"])])
}

/// Nothing left but the end of the session.
fn ended_at_once(effects: &[Effect]) {
    let [Effect::Send(status), Effect::Ended(FAILED)] = effects else { panic!("{effects:?}") };
    assert_eq!(*status, Status::Termination.message());
}

#[test]
fn an_answer_that_is_not_recorded_does_not_leave() {
    let (mut desk, fails) = desk();
    let mut met = met(&mut desk);
    let approval = Event::Approved(met.consent.required());
    let effects = desk.step(&mut met.presentation, approval);
    let [Effect::UseKeys(tasks)] = &effects[..] else { panic!("{effects:?}") };
    let outcomes = desk.perform(tasks);
    fails.store(true, Ordering::Relaxed);
    ended_at_once(&desk.step(&mut met.presentation, Event::KeysDone(outcomes)));

    // The copy may be burnt; the other is good.
    fails.store(false, Ordering::Relaxed);
    let mut met = self::met(&mut desk);
    let approval = met.consent.required();
    desk.show(&mut met, approval);
    let (_, entry) = desk.wallet.log().unwrap().remove(0);
    assert_eq!(entry.outcome, Logged::Shared);
    assert_eq!(desk.wallet.documents(desk.story.now).unwrap()[0].copies.left, 0);
}

#[test]
fn a_refusal_that_is_not_recorded_does_not_leave() {
    let (mut desk, fails) = desk();
    let mut met = met(&mut desk);
    fails.store(true, Ordering::Relaxed);
    ended_at_once(&desk.step(&mut met.presentation, Event::Refused));
}

/// The platform's secrets are behind after the first end, which the log has; the second is not
/// written at all.
#[test]
fn an_end_that_is_not_recorded_says_so() {
    let (mut desk, fails) = desk();
    let (mut first, mut second) = (met(&mut desk), met(&mut desk));
    fails.store(true, Ordering::Relaxed);
    let effects = desk.step(&mut first.presentation, Event::Closed);
    assert!(matches!(effects[..], [Effect::Ended(Outcome::Unanswered)]), "{effects:?}");
    let effects = desk.step(&mut second.presentation, Event::Closed);
    let [Effect::Ended(Outcome::Failed(UNAVAILABLE))] = effects[..] else { panic!("{effects:?}") };
    fails.store(false, Ordering::Relaxed);
    let log = desk.wallet.log().unwrap();
    assert_eq!(log.len(), 1);
    assert_eq!(log[0].1.outcome, Logged::Unanswered);
}

/// The step before the answer is in the file; the answer cannot be.
#[test]
fn a_copy_is_not_given_up_unrecorded() {
    let (mut desk, fails) = desk();
    let mut met = met(&mut desk);
    let approval = Event::Approved(met.consent.required());
    desk.step(&mut met.presentation, approval);
    fails.store(true, Ordering::Relaxed);
    let gone = || Event::KeysDone(vec![KeyOutcome::Gone]);
    let effects = desk.step(&mut met.presentation, gone());
    let [Effect::UseKeys(tasks)] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!(desk.wallet.documents(desk.story.now).unwrap()[0].copies.left, 1);
    let failed = desk.try_step(&mut met.presentation, gone());
    assert_eq!(failed.err(), Some(UNAVAILABLE), "the other copy is not given up");
    assert_eq!(desk.wallet.documents(desk.story.now).unwrap()[0].copies.left, 1);
    fails.store(false, Ordering::Relaxed);
    let outcomes = desk.perform(tasks);
    let effects = desk.step(&mut met.presentation, Event::KeysDone(outcomes));
    assert!(matches!(effects[..], [Effect::Send(_)]), "{effects:?}");
}

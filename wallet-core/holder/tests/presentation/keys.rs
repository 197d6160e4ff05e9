//! Keys and copies: nothing is used up but by what leaves.

use coffret_crypto::{Curve, KeyOutcome, KeyPolicy, KeyTask};
use coffret_holder::{Copies, DocumentId, Effect, Error, Event, Presentation, Reuse};
use coffret_mdoc::DeviceAuthMethod;
use coffret_store::{Changes, Table};

use crate::desk::{Desk, ISO, Who, asks, ids};
use crate::story::{CARD, MDL, credentials, elements};

/// The table of what issuers signed.
const COPIES: Table = Table(4);

fn name() -> coffret_mdoc::ItemsRequest {
    asks(MDL, ISO, &["family_name"])
}

fn desk(copies: u8, reuse: Reuse) -> (Desk, DocumentId) {
    let mut desk = Desk::open(&["identity", "care"]);
    let Desk { story, wallet, .. } = &mut desk;
    let document = story.add(wallet, "adulte", MDL, copies, reuse);
    (desk, document)
}

fn left(desk: &Desk) -> u64 {
    desk.wallet.documents(desk.story.now).unwrap()[0].copies.left
}

fn uses(desk: &Desk) -> u64 {
    desk.wallet.documents(desk.story.now).unwrap()[0].copies.uses
}

fn tasks(effects: &[Effect]) -> &[KeyTask] {
    let [Effect::UseKeys(tasks)] = effects else { panic!("{effects:?}") };
    tasks
}

#[test]
fn a_one_time_copy_is_shown_once() {
    let (mut desk, document) = desk(2, Reuse::OneTime);
    let mut keys = Vec::new();
    for expected in [1, 0] {
        let mut met = desk.meet(Who::Registered, &[name()]);
        let approval = met.consent.required();
        let effects = desk.step(&mut met.presentation, Event::Approved(approval));
        keys.push(tasks(&effects)[0].clone());
        let outcomes = desk.perform(tasks(&effects));
        desk.step(&mut met.presentation, Event::KeysDone(outcomes));
        assert_eq!(left(&desk), expected);
    }
    let [KeyTask::Sign { key: one, .. }, KeyTask::Sign { key: other, .. }] = &keys[..] else {
        panic!("{keys:?}")
    };
    assert_ne!(one, other);
    let met = desk.meet(Who::Registered, &[name()]);
    assert!(met.consent.documents[0].candidates.is_empty(), "the last copy is not shown again");
    assert_eq!(met.consent.documents[0].used_up, [document]);
}

/// A key whose record is damaged cannot sign: the next copy is shown in the place of its own.
#[test]
fn a_damaged_key_costs_its_copy_only() {
    let (mut desk, _) = desk(2, Reuse::Reusable);
    desk.at_the_store(|store, rng| {
        let keys = Table(6);
        let first = store.ids(keys)[0];
        store.commit(Changes::default().put(keys, first, None, b"nonsense".to_vec()), rng)
    })
    .unwrap();
    for _ in 0..2 {
        let mut met = desk.meet(Who::Registered, &[name()]);
        let approval = met.consent.required();
        assert_eq!(ids(&desk.show(&mut met, approval)), ["family_name"]);
        assert_eq!(left(&desk), 1);
    }
    assert_eq!(desk.story.destroy_keys(&mut desk.wallet), 1);
    assert_eq!(desk.wallet.unreadable(), Ok(vec![]));
}

/// A copy goes once it was shown, and its key after it; the last one stays to be read.
#[test]
fn a_copy_that_was_shown_goes() {
    let (mut desk, document) = desk(3, Reuse::OneTime);
    for (copies, shown) in [(2, 1), (1, 2), (1, 3)] {
        let mut met = desk.meet(Who::Registered, &[name()]);
        let approval = met.consent.required();
        let effects = desk.step(&mut met.presentation, Event::Approved(approval));
        let [KeyTask::Sign { key, .. }] = tasks(&effects) else { panic!("{effects:?}") };
        let used = KeyTask::Delete { key: *key };
        assert_eq!(desk.wallet.abandoned_keys(), Ok(vec![]), "it is still needed");
        let outcomes = desk.perform(tasks(&effects));
        desk.step(&mut met.presentation, Event::KeysDone(outcomes));
        assert_eq!(desk.count(COPIES), copies);
        assert_eq!(desk.wallet.abandoned_keys(), Ok(vec![used]));
        assert_eq!(desk.story.destroy_keys(&mut desk.wallet), 1);
        let card = desk.wallet.document(document, desk.story.now).unwrap().card;
        let Copies { all, left, uses, .. } = card.copies;
        assert_eq!((all, left, uses), (3, 3 - shown, 1));
    }
    let Desk { story, wallet, .. } = &mut desk;
    story.add(wallet, "adulte", MDL, 2, Reuse::OneTime);
    let card = &wallet.documents(story.now).unwrap()[0];
    assert_eq!((card.copies.all, card.copies.left), (5, 2));
    assert_eq!(story.destroy_keys(wallet), 0);
    assert_eq!(desk.count(COPIES), 2, "it can be read by these");
}

/// What is said of a document is what can be shown of it.
#[test]
fn a_copy_whose_key_is_gone_goes() {
    let (mut desk, document) = desk(1, Reuse::Reusable);
    let Desk { story, wallet, .. } = &mut desk;
    let keys = story.keys(wallet, 1);
    let shorter = story.sign(MDL, &elements("adulte", MDL), &keys, 30);
    let shorter = credentials(MDL, &shorter, Reuse::Reusable);
    wallet.add(&shorter, story.now, &mut story.rng).unwrap();
    for days in [30, 30] {
        let mut met = desk.meet(Who::Registered, &[name()]);
        let approval = met.consent.required();
        desk.step(&mut met.presentation, Event::Approved(approval));
        desk.step(&mut met.presentation, Event::KeysDone(vec![KeyOutcome::Gone]));
        assert_eq!(desk.count(COPIES), 1);
        let until = desk.wallet.document(document, desk.story.now).unwrap().card.validity.until;
        assert_eq!(until, desk.story.now.date().start().plus_days(days));
    }
    assert_eq!(left(&desk), 0);
    assert_eq!(desk.wallet.abandoned_keys().unwrap().len(), 2);
}

#[test]
fn reusable_copies_take_turns() {
    let (mut desk, _) = desk(2, Reuse::Reusable);
    for expected in [1, 1, 2, 2] {
        let mut met = desk.meet(Who::Registered, &[name()]);
        let approval = met.consent.required();
        desk.show(&mut met, approval);
        assert_eq!((left(&desk), uses(&desk)), (2, expected));
    }
}

#[test]
fn what_is_refused_or_left_uses_nothing_up() {
    let (mut desk, _) = desk(1, Reuse::OneTime);
    for event in [Event::Refused, Event::Closed] {
        let mut met = desk.meet(Who::Registered, &[name()]);
        let approval = met.consent.required();
        let effects = desk.step(&mut met.presentation, Event::Approved(approval));
        desk.perform(tasks(&effects));
        desk.step(&mut met.presentation, event);
        assert_eq!(left(&desk), 1);
    }
}

#[test]
fn a_key_that_is_declined_uses_nothing_up() {
    let (mut desk, _) = desk(1, Reuse::OneTime);
    let mut met = desk.meet(Who::Registered, &[name()]);
    let approval = met.consent.required();
    desk.step(&mut met.presentation, Event::Approved(approval.clone()));
    let declined = vec![KeyOutcome::Declined];
    let effects = desk.step(&mut met.presentation, Event::KeysDone(declined));
    assert!(matches!(effects[..], [Effect::Ask(_)]), "{effects:?}");
    assert_eq!(left(&desk), 1);
    assert_eq!(ids(&desk.show(&mut met, approval)), ["family_name"]);
    assert_eq!(left(&desk), 0);
}

#[test]
fn a_key_that_fails_may_be_tried_again() {
    let (mut desk, _) = desk(1, Reuse::OneTime);
    let mut met = desk.meet(Who::Registered, &[name()]);
    let approval = met.consent.required();
    let effects = desk.step(&mut met.presentation, Event::Approved(approval));
    for outcome in [KeyOutcome::Deleted, KeyOutcome::Signature(vec![0; 64].into())] {
        let failed = desk.try_step(&mut met.presentation, Event::KeysDone(vec![outcome]));
        assert_eq!(failed.err(), Some(Error::Mdoc(coffret_mdoc::Error::KeyOutcome)));
    }
    let outcomes = desk.perform(tasks(&effects));
    let effects = desk.step(&mut met.presentation, Event::KeysDone(outcomes));
    assert!(matches!(effects[..], [Effect::Send(_)]), "{effects:?}");
}

#[test]
fn the_next_copy_is_taken_for_a_key_that_is_gone() {
    let (mut desk, _) = desk(2, Reuse::OneTime);
    let mut met = desk.meet(Who::Registered, &[name()]);
    let approval = met.consent.required();
    let first = desk.step(&mut met.presentation, Event::Approved(approval));
    let gone = Event::KeysDone(vec![KeyOutcome::Gone]);
    let next = desk.step(&mut met.presentation, gone);
    assert!(tasks(&first) != tasks(&next), "with another key");
    assert_eq!(left(&desk), 1, "the copy is dead");
    let outcomes = desk.perform(tasks(&next));
    let effects = desk.step(&mut met.presentation, Event::KeysDone(outcomes));
    assert!(matches!(effects[..], [Effect::Send(_)]), "{effects:?}");
    assert_eq!(left(&desk), 0);
}

#[test]
fn when_every_key_is_gone_the_person_is_told() {
    let (mut desk, document) = desk(1, Reuse::Reusable);
    let mut met = desk.meet(Who::Registered, &[name()]);
    let approval = met.consent.required();
    desk.step(&mut met.presentation, Event::Approved(approval.clone()));
    let gone = Event::KeysDone(vec![KeyOutcome::Gone]);
    let effects = desk.step(&mut met.presentation, gone);
    let [Effect::Ask(consent)] = &effects[..] else { panic!("{effects:?}") };
    assert!(consent.documents[0].candidates.is_empty());
    assert_eq!(consent.documents[0].used_up, [document]);
    let again = desk.try_step(&mut met.presentation, Event::Approved(approval));
    assert_eq!(again.err(), Some(Error::NoCopyLeft));
    let effects = desk.step(&mut met.presentation, Event::Refused);
    assert!(matches!(effects[..], [Effect::Send(_)]), "{effects:?}");
}

#[test]
fn a_document_that_was_removed_meanwhile_is_not_shown() {
    let (mut desk, document) = desk(1, Reuse::Reusable);
    let mut met = desk.meet(Who::Registered, &[name()]);
    desk.wallet.remove(document, &mut desk.story.rng).unwrap();
    let approval = Event::Approved(met.consent.required());
    let removed = desk.try_step(&mut met.presentation, approval);
    assert_eq!(removed.err(), Some(Error::UnknownDocument));
}

/// Two presentations at once, of a document with so many one-time copies.
fn at_once(copies: u8) -> (Desk, [(Presentation, Vec<KeyOutcome>); 2]) {
    let (mut desk, _) = desk(copies, Reuse::OneTime);
    let both = std::array::from_fn(|_| {
        let mut met = desk.meet(Who::Registered, &[name()]);
        let approval = met.consent.required();
        let effects = desk.step(&mut met.presentation, Event::Approved(approval));
        (met.presentation, desk.perform(tasks(&effects)))
    });
    (desk, both)
}

#[test]
fn two_presentations_at_once_share_no_copy() {
    let (mut desk, [(mut one, first), (mut other, second)]) = at_once(2);
    let effects = desk.step(&mut one, Event::KeysDone(first));
    assert!(matches!(effects[..], [Effect::Send(_)]), "{effects:?}");
    let effects = desk.step(&mut other, Event::KeysDone(second));
    let outcomes = desk.perform(tasks(&effects));
    let effects = desk.step(&mut other, Event::KeysDone(outcomes));
    assert!(matches!(effects[..], [Effect::Send(_)]), "{effects:?}");
    assert_eq!(left(&desk), 0);

    let (mut desk, [(mut one, first), (mut other, second)]) = at_once(1);
    desk.step(&mut one, Event::KeysDone(first));
    let effects = desk.step(&mut other, Event::KeysDone(second));
    assert!(matches!(effects[..], [Effect::Ask(_)]), "{effects:?}");
    assert_eq!((left(&desk), uses(&desk)), (0, 1));
}

/// A key of Ed25519 signs and agrees on nothing.
#[test]
fn a_mac_is_made_where_it_can_be() {
    let mut desk = Desk::open(&["care"]);
    let Desk { story, wallet, .. } = &mut desk;
    let policy = KeyPolicy { curve: Curve::Ed25519 };
    let tasks = wallet.new_keys(1, policy, &mut story.rng).unwrap();
    let outcomes = tasks.iter().map(|task| wallet.perform(task, &mut story.rng).unwrap());
    let outcomes = outcomes.collect();
    let keys = wallet.keys_ready(outcomes, &mut story.rng).unwrap();
    let signed = story.sign(CARD, &elements("adulte", CARD), &keys, 365);
    let credentials = credentials(CARD, &signed, Reuse::OneTime);
    wallet.add(&credentials, story.now, &mut story.rng).unwrap();

    let sex = [asks(CARD, CARD, &["sex"])];
    let mut met = desk.meet_with(Who::Registered, &sex, DeviceAuthMethod::Mac);
    let approval = met.consent.required();
    let refused = desk.try_step(&mut met.presentation, Event::Approved(approval));
    assert_eq!(refused.err(), Some(Error::Mdoc(coffret_mdoc::Error::MacNotPossible)));
    assert_eq!(left(&desk), 1);
    let mut met = desk.meet(Who::Registered, &sex);
    let approval = met.consent.required();
    assert_eq!(ids(&desk.show(&mut met, approval)), ["sex"]);
}

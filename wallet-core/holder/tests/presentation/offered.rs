//! Which documents are offered where many are held, and that the order follows what becomes of them.

use coffret_cbor::Value;
use coffret_holder::{Consent, DocumentConsent, DocumentId, Effect, Event, Reuse, Wallet};
use coffret_mdoc::{ItemsRequest, NameSpaces};
use coffret_store::{Changes, Table};

use crate::desk::{Desk, ISO, Who, asks, ids};
use crate::story::{CARD, MDL, Story, credentials, elements, with};

/// As many as are offered for one request.
const MOST: usize = 32;

fn name() -> ItemsRequest {
    asks(MDL, ISO, &["family_name"])
}

fn asked(desk: &mut Desk) -> DocumentConsent {
    desk.meet(Who::Registered, &[name()]).consent.documents.remove(0)
}

fn offered(asked: &DocumentConsent) -> Vec<DocumentId> {
    asked.candidates.iter().map(|candidate| candidate.document).collect()
}

/// Licences that say this, each with a number of its own, valid for so many days each.
fn add(
    story: &mut Story,
    wallet: &mut Wallet,
    says: &NameSpaces<Value>,
    days: impl ExactSizeIterator<Item = i32>,
    reuse: Reuse,
) -> Vec<DocumentId> {
    let keys = story.keys(wallet, days.len().try_into().unwrap());
    let mut held = Vec::new();
    for (key, days) in keys.iter().zip(days) {
        let number = format!("N{days:08}").as_str().into();
        let elements = with(says, &[("document_number", number)]);
        let signed = story.sign(MDL, &elements, std::slice::from_ref(key), days);
        let credentials = credentials(MDL, &signed, reuse);
        held.extend(wallet.add(&credentials, story.now, &mut story.rng).unwrap());
    }
    held
}

fn of_another() -> NameSpaces<Value> {
    with(
        &elements("adulte", MDL),
        &[("family_name", "Gagnon".into()), ("given_name", "Luc".into())],
    )
}

/// Nobody reads a list of thousands, and no request opens the records of thousands.
#[test]
fn of_many_documents_those_at_the_head_of_the_order_are_offered() {
    let mut desk = Desk::open(&["identity"]);
    let Desk { story, wallet, .. } = &mut desk;
    let says = elements("adulte", MDL);
    let own = add(story, wallet, &says, 100..102, Reuse::Reusable);
    let others = add(story, wallet, &of_another(), 300..301, Reuse::Reusable);
    let more = add(story, wallet, &says, 200..200 + MOST as i32 - 1, Reuse::Reusable);

    let first = asked(&mut desk);
    let longest_first = more.iter().rev().chain(&own[1..]).copied().collect::<Vec<_>>();
    assert_eq!(offered(&first), longest_first);
    assert_eq!(first.preselected, more.last().copied());
    assert_eq!(first.unoffered, 2, "the one that ends first, and another person's");

    // Who is the holder, and which documents there are, changes the order at once.
    let Desk { story, wallet, .. } = &mut desk;
    let other = wallet.people().unwrap()[1].id;
    wallet.set_holder(other, &mut story.rng).unwrap();
    assert_eq!(asked(&mut desk).preselected, Some(others[0]));
    desk.wallet.remove(others[0], &mut desk.story.rng).unwrap();
    let without = asked(&mut desk);
    assert_eq!((offered(&without), without.unoffered), (longest_first, 1));
    let Desk { story, wallet, .. } = &mut desk;
    let newest = add(story, wallet, &says, 320..321, Reuse::Reusable);
    let with_newest = asked(&mut desk);
    assert_eq!((offered(&with_newest)[0], with_newest.unoffered), (newest[0], 2));
    assert!(
        desk.meet(Who::Registered, &[asks(CARD, ISO, &["sex"])]).consent.documents[0]
            .candidates
            .is_empty()
    );
}

/// What has no copy left makes way for what has.
#[test]
fn a_document_that_is_used_up_gives_its_place_to_the_next() {
    let mut desk = Desk::open(&["identity"]);
    let Desk { story, wallet, .. } = &mut desk;
    let says = elements("adulte", MDL);
    let held = add(story, wallet, &says, 100..100 + MOST as i32 + 1, Reuse::OneTime);
    let mut met = desk.meet(Who::Registered, &[name()]);
    let approval = met.consent.required();
    assert_eq!(approval.choices[0].document, held[MOST]);
    assert_eq!(ids(&desk.show(&mut met, approval)), ["family_name"]);
    let next = asked(&mut desk);
    assert_eq!(offered(&next), held[..MOST].iter().rev().copied().collect::<Vec<_>>());
    assert_eq!((next.used_up, next.unoffered), (vec![], 1));
}

fn asked_again(effects: &[Effect]) -> &Consent {
    let [Effect::Ask(consent)] = effects else { panic!("{effects:?}") };
    consent
}

/// A copy is not read before it was approved: where it does not read then, the person chooses among
/// what is left.
#[test]
fn a_document_whose_copies_do_not_read_is_taken_back() {
    let copies = Table(4);
    let mut desk = Desk::open(&["identity"]);
    let Desk { story, wallet, .. } = &mut desk;
    let held = add(story, wallet, &elements("adulte", MDL), 100..102, Reuse::Reusable);
    desk.at_the_store(|store, rng| {
        let last = *store.ids(copies).last().unwrap();
        store.commit(Changes::default().put(copies, last, None, b"nonsense".to_vec()), rng)
    })
    .unwrap();
    let mut met = desk.meet(Who::Registered, &[name()]);
    let approval = met.consent.required();
    assert_eq!(approval.choices[0].document, held[1]);
    let effects = desk.step(&mut met.presentation, Event::Approved(approval));
    let left = asked_again(&effects).clone();
    assert_eq!(offered(&left.documents[0]), [held[0]]);
    assert_eq!(left.documents[0].used_up, [held[1]]);
    assert_eq!(left.documents[0].preselected, Some(held[0]));
    assert_eq!(ids(&desk.show(&mut met, left.required())), ["family_name"]);
}

/// While one consent is on the screen, another session shows the only copy.
#[test]
fn a_document_that_is_used_up_meanwhile_is_taken_back() {
    let mut desk = Desk::open(&["identity"]);
    let Desk { story, wallet, .. } = &mut desk;
    let held = add(story, wallet, &elements("adulte", MDL), 100..101, Reuse::OneTime);
    let mut one = desk.meet(Who::Registered, &[name()]);
    let mut other = desk.meet(Who::Registered, &[name()]);
    let approval = one.consent.required();
    desk.show(&mut one, approval.clone());
    let effects = desk.step(&mut other.presentation, Event::Approved(approval));
    let left = asked_again(&effects);
    assert_eq!(left.documents[0].used_up, held);
    assert!(left.documents[0].is_used_up() && left.documents[0].preselected.is_none());
}

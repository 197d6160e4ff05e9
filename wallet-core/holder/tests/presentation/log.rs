//! What is remembered: who, why, which elements, how it ended; never a value.

use coffret_cbor::{Timestamp, Value};
use coffret_holder::log::{Outcome, Search, Standing};
use coffret_holder::{Approval, Choice, Effect, Error, Event, Reuse, Whose};
use coffret_mdoc::{DeviceAuthMethod, IntentToRetain, ItemsRequest};
use coffret_trust::Retention;

use crate::desk::{Desk, ISO, Who};
use crate::story::{MDL, credentials, elements, with};

fn desk() -> Desk {
    let mut desk = Desk::open(&["identity"]);
    let Desk { story, wallet, .. } = &mut desk;
    story.add(wallet, "adulte", MDL, 1, Reuse::Reusable);
    desk
}

fn asked() -> ItemsRequest {
    let elements = [
        (ISO, "family_name", IntentToRetain::NotRetained),
        (ISO, "age_over_19", IntentToRetain::Retained),
    ];
    ItemsRequest::new(MDL, elements)
}

#[test]
fn an_entry_says_who_why_and_which() {
    let mut desk = desk();
    let mut met = desk.meet(Who::Registered, &[asked()]);
    let approval = met.consent.everything();
    desk.show(&mut met, approval);

    let log = desk.wallet.log().unwrap();
    let [(0, entry)] = &log[..] else { panic!("{log:?}") };
    assert_eq!(entry.time, desk.story.now);
    assert_eq!(entry.outcome, Outcome::Shared);
    let reader = entry.reader.as_ref().unwrap();
    assert_eq!(reader.standing, Standing::Verified);
    assert_eq!(reader.registered, Some(("Clinique".to_owned(), "Clinic".to_owned())));
    let [document] = &entry.documents[..] else { panic!("{entry:?}") };
    assert_eq!((document.doc_type.as_str(), document.purpose.as_deref()), (MDL, Some("identity")));
    let element = |id: &str| {
        let mut elements = document.elements.iter();
        let element = elements.find(|element| element.asked.identifier == id).unwrap();
        (element.retention, element.shown.as_deref())
    };
    assert_eq!(element("family_name"), (Retention::NotKept, Some("family_name")));
    assert_eq!(element("age_over_19"), (Retention::Kept, Some("age_over_21")));

    let evidence = entry.evidence.as_ref().unwrap();
    assert_eq!(evidence.request, met.request.encoded().as_bytes());
    assert_eq!(evidence.transcript, *met.reader.transcript().tagged());
}

#[test]
fn only_what_was_shown_is_said_to_be() {
    let mut desk = desk();
    let mut met = desk.meet(Who::Registered, &[asked()]);
    let approval = met.consent.required();
    desk.show(&mut met, approval);
    let (_, entry) = desk.wallet.log().unwrap().remove(0);
    let shown = entry.documents[0].elements.iter().filter_map(|element| element.shown.as_deref());
    assert_eq!(shown.collect::<Vec<_>>(), ["family_name"]);
}

/// Another person's licence answers with other elements.
#[test]
fn what_was_shown_is_of_the_document_and_the_request_that_were_chosen() {
    let mut desk = desk();
    let Desk { story, wallet, .. } = &mut desk;
    let no = || Value::Bool(false);
    let born = ("birth_date", "2009-06-01".into());
    let minor =
        [("family_name", "Mineur".into()), born, ("age_over_18", no()), ("age_over_21", no())];
    let minor = with(&elements("adulte", MDL), &minor);
    let keys = story.keys(wallet, 1);
    let signed = story.sign(MDL, &minor, &keys, 365);
    let credentials = credentials(MDL, &signed, Reuse::Reusable);
    wallet.add(&credentials, story.now, &mut story.rng).unwrap();
    let mut met = desk.meet(Who::Registered, &[asked(), asked()]);
    let candidates = &met.consent.documents[1].candidates;
    let other = candidates.iter().find(|candidate| candidate.whose == Whose::Other).unwrap();
    let elements = other.elements.iter().filter_map(|element| element.answer.clone()).collect();
    let choice = Choice { request: 1, document: other.document, elements };
    desk.show(&mut met, Approval { choices: vec![choice] });
    let (_, entry) = desk.wallet.log().unwrap().remove(0);
    let shown: Vec<Vec<_>> = entry
        .documents
        .iter()
        .map(|document| {
            document.elements.iter().filter_map(|element| element.shown.as_deref()).collect()
        })
        .collect();
    assert_eq!(shown, [vec![], vec!["age_over_18", "family_name"]]);
}

#[test]
fn every_ending_is_remembered() {
    let mut desk = desk();
    let ending = |desk: &mut Desk, who, event: fn(Approval) -> Event| {
        let mut met = desk.meet(who, &[asked()]);
        let event = event(met.consent.everything());
        desk.step(&mut met.presentation, event);
        let (_, entry) = desk.wallet.log().unwrap().remove(0);
        assert!(entry.evidence.is_some());
        let shown = entry.documents[0].elements.iter().filter(|element| element.shown.is_some());
        assert_eq!(shown.count(), 0);
        (entry.reader.unwrap().standing, entry.outcome)
    };
    let refused = |_| Event::Refused;
    let outcomes = [
        (Who::Registered, Standing::Verified),
        (Who::Stranger, Standing::Untrusted),
        (Who::Nobody, Standing::None),
        (Who::Forger, Standing::Invalid),
    ];
    for (who, standing) in outcomes {
        assert_eq!(ending(&mut desk, who, refused), (standing, Outcome::Refused));
    }
    let closed = |_| Event::Closed;
    let unanswered = (Standing::None, Outcome::Unanswered);
    assert_eq!(ending(&mut desk, Who::Nobody, closed), unanswered);
    let garbled = |_| Event::Received(b"\xa1\x64data\x58\x10not encrypted ..".into());
    let failed = Outcome::Failed { code: "aead-failed".to_owned() };
    let (_, outcome) = ending(&mut desk, Who::Nobody, garbled);
    assert_eq!(outcome, failed);

    let (mut presentation, _) = desk.engage(DeviceAuthMethod::Signature);
    desk.step(&mut presentation, Event::Received(b"\xa0".into()));
    let (_, entry) = desk.wallet.log().unwrap().remove(0);
    assert!(matches!(entry.outcome, Outcome::Failed { .. }));
    assert_eq!((entry.reader, entry.evidence), (None, None));
    assert_eq!(desk.wallet.log().unwrap().len(), 7);

    let (mut presentation, _) = desk.engage(DeviceAuthMethod::Signature);
    desk.step(&mut presentation, Event::Closed);
    assert_eq!(desk.wallet.log().unwrap().len(), 7, "nobody came");

    // Who asked for what is proven by their own bytes.
    let checked = desk.wallet.verify_log(desk.story.now, &mut desk.story.rng).unwrap();
    assert_eq!(checked.entries.len(), 7);
}

#[test]
fn what_was_let_go_and_did_not_leave_was_not_shown() {
    let mut desk = desk();
    for (event, outcome) in
        [(Event::Refused, Outcome::Refused), (Event::Closed, Outcome::Unanswered)]
    {
        let mut met = desk.meet(Who::Registered, &[asked()]);
        let everything = Event::Approved(met.consent.everything());
        let effects = desk.step(&mut met.presentation, everything);
        assert!(matches!(effects[..], [Effect::UseKeys(_)]), "{effects:?}");
        desk.step(&mut met.presentation, event);
        let (_, entry) = desk.wallet.log().unwrap().remove(0);
        assert_eq!(entry.outcome, outcome);
        assert!(entry.documents[0].elements.iter().all(|element| element.shown.is_none()));
    }
}

#[test]
fn entries_are_deleted_and_the_rest_is_proven() {
    let mut desk = desk();
    for _ in 0..4 {
        let mut met = desk.meet(Who::Registered, &[asked()]);
        let approval = met.consent.required();
        desk.show(&mut met, approval);
    }
    let numbers = |desk: &Desk| -> Vec<u64> {
        desk.wallet.log().unwrap().into_iter().map(|(number, _)| number).collect()
    };
    assert_eq!(numbers(&desk), [3, 2, 1, 0]);
    desk.wallet.delete_log(&[1, 3], &mut desk.story.rng).unwrap();
    assert_eq!(numbers(&desk), [2, 0]);
    let unknown = desk.wallet.delete_log(&[0, 4], &mut desk.story.rng);
    assert_eq!(unknown, Err(Error::UnknownEntry));
    assert_eq!(numbers(&desk), [2, 0], "none or all");

    let Desk { mut story, wallet, .. } = desk;
    let mut wallet = story.reopen(wallet);
    let checked = wallet.verify_log(story.now, &mut story.rng).unwrap();
    assert_eq!((checked.entries.len(), checked.deleted), (2, 2));
    let again = wallet.verify_log(story.now, &mut story.rng).unwrap();
    assert_eq!(again.key, checked.key, "the key stays");
}

/// Each condition alone and together, page by page, deleted entries left out.
#[test]
fn a_part_of_the_log_is_searched_for() {
    let mut desk = desk();
    let start = desk.story.now;
    for hours in 0..6 {
        desk.story.now = time_after(start, hours);
        let who = if hours % 2 == 0 { Who::Registered } else { Who::Nobody };
        let mut met = desk.meet(who, &[asked()]);
        desk.step(&mut met.presentation, Event::Refused);
    }
    desk.wallet.delete_log(&[4], &mut desk.story.rng).unwrap();
    let found = |search: Search| -> Vec<u64> {
        desk.wallet.search_log(&search).unwrap().into_iter().map(|(number, _)| number).collect()
    };
    let all = Search::default();
    let by = |text: &str| Search { reader: Some(text.to_owned()), ..all.clone() };
    assert_eq!(found(all.clone()), [5, 3, 2, 1, 0]);
    assert_eq!(found(Search { limit: Some(2), ..all.clone() }), [5, 3]);
    assert_eq!(found(Search { limit: Some(2), before: Some(3), ..all.clone() }), [2, 1]);
    assert_eq!(found(Search { limit: Some(0), ..all.clone() }), [] as [u64; 0]);
    let since = Some(time_after(start, 3));
    assert_eq!(found(Search { since, ..all.clone() }), [5, 3]);
    for name in ["Clinique", "CLÏNIQUE", "clinic", "lini"] {
        assert_eq!(found(by(name)), [2, 0], "{name}");
    }
    let own = desk.story.pki.reader.certificate().common_name().unwrap();
    assert_eq!(found(by(own)), [2, 0], "by the name in its certificate too");
    assert_eq!(found(by("nobody")), [] as [u64; 0]);
    assert_eq!(found(Search { since: Some(time_after(start, 1)), ..by("clinic") }), [2]);
}

fn time_after(start: Timestamp, hours: i64) -> Timestamp {
    Timestamp::from_unix(start.unix() + hours * 3600).unwrap()
}

//! A head of the log that does not read stops no presentation, and is listed.

use coffret_cbor::Encoded;
use coffret_holder::{Error, RecordKind, Reuse, Unreadable};
use coffret_store::{Changes, Table};

use crate::desk::{Desk, ISO, Who, asks};
use crate::story::MDL;

/// `[7, {}]`: a form that nobody has written yet.
const LATER: &[u8] = b"\x82\x07\xa0";
/// Inside its seal, what no version writes.
const DAMAGED: &[u8] = b"nonsense";

const LOG: Table = Table(8);
const HEADS: Table = Table(11);

/// Two presentations are in its log, and then this is its head.
fn desk(head: &[u8]) -> Desk {
    let mut desk = Desk::open(&["identity"]);
    let Desk { story, wallet, .. } = &mut desk;
    story.add(wallet, "adulte", MDL, 1, Reuse::Reusable);
    show(&mut desk);
    show(&mut desk);
    put_head(&mut desk, head);
    desk
}

fn put_head(desk: &mut Desk, head: &[u8]) {
    let changes = Changes::default().note(head.to_vec());
    desk.at_the_store(|store, rng| store.commit(changes, rng)).unwrap();
}

/// A presentation that succeeds.
fn show(desk: &mut Desk) {
    let mut met = desk.meet(Who::Registered, &[asks(MDL, ISO, &["family_name"])]);
    let approval = met.consent.required();
    desk.show(&mut met, approval);
}

fn numbers(desk: &Desk) -> Vec<u64> {
    desk.wallet.log().unwrap().into_iter().map(|(number, _)| number).collect()
}

/// What does not read, and why.
fn unreadable(desk: &Desk) -> Vec<(RecordKind, Error)> {
    let found = desk.wallet.unreadable().unwrap();
    found.into_iter().map(|Unreadable { kind, rule, .. }| (kind, rule)).collect()
}

/// How many entries the log has for somebody outside the wallet.
fn proven(desk: &mut Desk) -> Result<usize, Error> {
    let Desk { story, wallet, .. } = desk;
    wallet.verify_log(story.now, &mut story.rng).map(|checked| checked.entries.len())
}

#[test]
fn a_head_of_a_later_form_is_set_aside_and_the_log_goes_on() {
    let listed = [(RecordKind::LogHead, Error::RecordForm)];
    let mut desk = desk(LATER);
    assert_eq!(unreadable(&desk), listed);
    assert_eq!(proven(&mut desk), Ok(2));
    show(&mut desk);
    show(&mut desk);
    assert_eq!(numbers(&desk), [3, 2, 1, 0]);
    assert_eq!(proven(&mut desk), Ok(4), "one chain, as if nothing had happened");
    assert_eq!(unreadable(&desk), listed);
    let kept = |desk: &mut Desk| desk.at_the_store(|store, _| store.all(HEADS).unwrap());
    let heads = kept(&mut desk);
    assert_eq!(heads.iter().map(|(_, head)| head.as_slice()).collect::<Vec<_>>(), [LATER]);

    // The later version wrote again meanwhile: nothing of it is written over.
    let other = b"\x82\x08\xa0";
    put_head(&mut desk, other);
    show(&mut desk);
    let heads = kept(&mut desk);
    assert_eq!(heads.iter().map(|(_, head)| head.as_slice()).collect::<Vec<_>>(), [LATER, other]);
    assert_eq!(proven(&mut desk), Ok(5));
}

#[test]
fn a_head_that_is_damaged_is_counted_again() {
    let mut desk = desk(DAMAGED);
    assert_eq!(unreadable(&desk), [(RecordKind::LogHead, Error::RecordDamaged)]);
    desk.wallet.delete_log(&[1], &mut desk.story.rng).unwrap();
    show(&mut desk);
    assert_eq!(numbers(&desk), [2, 0]);
    assert_eq!(proven(&mut desk), Ok(2));
    assert_eq!(unreadable(&desk), []);
    assert_eq!(desk.count(HEADS), 0);
}

/// Both were written by the later version: what it numbered cannot be read, and is not numbered
/// again.
#[test]
fn no_number_is_given_twice_where_an_entry_does_not_read_either() {
    let mut desk = desk(LATER);
    desk.at_the_store(|store, rng| {
        let last = store.ids(LOG)[1];
        let term = 1u64.to_be_bytes();
        store.commit(Changes::default().put(LOG, last, Some(&term), LATER.to_vec()), rng)
    })
    .unwrap();
    show(&mut desk);
    assert_eq!(numbers(&desk), [2, 0]);
    assert_eq!(
        unreadable(&desk),
        [(RecordKind::LogEntry, Error::RecordForm), (RecordKind::LogHead, Error::RecordForm)]
    );
    assert_eq!(proven(&mut desk), Err(Error::RecordForm));
}

/// A version that keeps fewer entries has left numbers out.
#[test]
fn no_number_is_given_twice_where_some_were_left_out() {
    let mut desk = desk(LATER);
    desk.at_the_store(|store, rng| {
        let link = Encoded::map([("number", 9u64.into()), ("inner", Encoded::bytes(&[1; 32]))]);
        let record = Encoded::array([1u64.into(), link]).into_bytes();
        let last = store.ids(LOG)[1];
        let term = 9u64.to_be_bytes();
        store.commit(Changes::default().put(LOG, last, Some(&term), record), rng)
    })
    .unwrap();
    show(&mut desk);
    assert_eq!(numbers(&desk), [10, 0]);
}

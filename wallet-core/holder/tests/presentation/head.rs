//! A head of the log that does not read stops no presentation, and is listed.

use coffret_cbor::Encoded;
use coffret_crypto::Hash;
use coffret_crypto::password::Cost;
use coffret_holder::{Error, RecordKind, Reuse, Unreadable, export};
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

fn proven_numbers(desk: &mut Desk) -> Vec<u64> {
    let Desk { story, wallet, .. } = desk;
    let checked = wallet.verify_log(story.now, &mut story.rng).unwrap();
    checked.entries.into_iter().map(|(number, _)| number).collect()
}

/// How many entries did not read.
fn passed_over(desk: &mut Desk) -> usize {
    let Desk { story, wallet, .. } = desk;
    wallet.verify_log(story.now, &mut story.rng).unwrap().unreadable
}

/// Replaces the record of an entry; what it was.
fn put_entry(desk: &mut Desk, number: u64, record: &[u8]) -> Vec<u8> {
    desk.at_the_store(|store, rng| {
        let id = store.ids(LOG)[number as usize];
        let before = store.read(LOG, id).unwrap().unwrap().to_vec();
        let term = number.to_be_bytes();
        let changes = Changes::default().put(LOG, id, Some(&term), record.to_vec());
        store.commit(changes, rng).unwrap();
        before
    })
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
    assert_eq!(proven(&mut desk), Ok(2));
    assert_eq!(passed_over(&mut desk), 1);
}

/// What the log had before is put back: the later version's entry is read again, say.
#[test]
fn a_log_is_whole_again_once_all_of_it_reads() {
    for head in [LATER, DAMAGED] {
        let mut desk = desk(head);
        let before = put_entry(&mut desk, 0, LATER);
        show(&mut desk);
        show(&mut desk);
        assert_eq!(numbers(&desk), [3, 2, 1]);
        assert_eq!((proven(&mut desk), passed_over(&mut desk)), (Ok(3), 1));
        put_entry(&mut desk, 0, &before);
        assert_eq!((proven(&mut desk), passed_over(&mut desk)), (Ok(4), 0));
        show(&mut desk);
        assert_eq!((proven(&mut desk), passed_over(&mut desk)), (Ok(5), 0));
        let heads = if head == LATER { 1 } else { 0 };
        assert_eq!(desk.count(HEADS), heads);
    }
}

/// An entry that does not read stops neither the others nor those that follow.
#[test]
fn the_others_keep_their_numbers() {
    for (unread, left) in
        [(&[0][..], &[2, 1][..]), (&[1], &[2, 0]), (&[0, 1], &[2]), (&[2], &[1, 0])]
    {
        let mut desk = desk(DAMAGED);
        show(&mut desk);
        let before: Vec<_> =
            unread.iter().map(|number| put_entry(&mut desk, *number, LATER)).collect();
        assert_eq!(numbers(&desk), left);
        assert_eq!(proven_numbers(&mut desk), left.iter().rev().copied().collect::<Vec<_>>());
        assert_eq!(passed_over(&mut desk), unread.len());
        show(&mut desk);
        assert_eq!(numbers(&desk)[0], 3);
        assert_eq!((proven(&mut desk), passed_over(&mut desk)), (Ok(left.len() + 1), unread.len()));
        for (number, before) in unread.iter().zip(before) {
            put_entry(&mut desk, *number, &before);
        }
        assert_eq!((proven(&mut desk), passed_over(&mut desk)), (Ok(4), 0), "one chain all along");
    }
}

/// A version that could not read the head has added entries without it.
#[test]
fn a_head_that_is_behind_is_counted_again() {
    let mut desk = desk(LATER);
    show(&mut desk);
    let three = desk.at_the_store(|store, _| store.note().to_vec());
    show(&mut desk);
    put_head(&mut desk, &three);
    assert_eq!(proven(&mut desk), Ok(4));
    show(&mut desk);
    assert_eq!(numbers(&desk), [4, 3, 2, 1, 0]);
    assert_eq!(proven(&mut desk), Ok(5));
}

/// What an entry says in a form that this version does not read leaves as it is, digest and all.
#[test]
fn a_content_that_does_not_read_is_counted() {
    let mut desk = desk(DAMAGED);
    let (salt, content) = ([3; 32], b"\xa1\x65later\x01");
    let inner = Hash::Sha256.digest(&[&salt[..], content].concat());
    let link = Encoded::map([
        ("number", 1u64.into()),
        ("inner", Encoded::bytes(&inner)),
        ("salt", Encoded::bytes(&salt)),
        ("content", Encoded::bytes(content)),
    ]);
    put_entry(&mut desk, 1, Encoded::array([1u64.into(), link]).as_bytes());
    show(&mut desk);
    assert_eq!((proven_numbers(&mut desk), passed_over(&mut desk)), (vec![0, 2], 1));
    assert_eq!(unreadable(&desk), [(RecordKind::LogEntry, Error::RecordDamaged)], "nor the head");
    let Desk { story, wallet, .. } = &mut desk;
    let passphrase = "quatre mots jamais dits";
    let export = wallet.export(passphrase, Cost::MIN, story.now, &mut story.rng).unwrap();
    let export = export::open(&export, passphrase).unwrap();
    assert!(export.windows(content.len()).any(|window| window == content));
}

/// An entry with another's number takes nobody's place.
#[test]
fn an_entry_that_is_not_at_its_number_is_damaged() {
    let mut desk = desk(DAMAGED);
    show(&mut desk);
    let third = put_entry(&mut desk, 2, LATER);
    put_entry(&mut desk, 2, &third);
    for wrong in [third, far()] {
        let before = put_entry(&mut desk, 0, &wrong);
        assert_eq!(numbers(&desk), [2, 1]);
        assert_eq!((proven_numbers(&mut desk), passed_over(&mut desk)), (vec![1, 2], 1));
        assert_eq!(unreadable(&desk), [(RecordKind::LogEntry, Error::RecordDamaged)]);
        put_entry(&mut desk, 0, &before);
    }
    assert_eq!(proven(&mut desk), Ok(3));

    // Found by its number, it is there, and takes no other's place.
    desk.at_the_store(|store, rng| {
        let first = store.ids(LOG)[0];
        store.commit(Changes::default().put(LOG, first, Some(&99u64.to_be_bytes()), far()), rng)
    })
    .unwrap();
    assert_eq!((proven_numbers(&mut desk), passed_over(&mut desk)), (vec![1, 2], 97));
    show(&mut desk);
    assert_eq!(proven_numbers(&mut desk), [1, 2, 3]);
}

/// A deleted entry that says it is the hundredth.
fn far() -> Vec<u8> {
    let link = [("number", 99u64.into()), ("inner", Encoded::bytes(&[1; 32]))];
    Encoded::array([1u64.into(), Encoded::map(link)]).into_bytes()
}

/// An entry is missing inside the seal: what is left proves nothing.
#[test]
fn a_head_that_is_ahead_is_not() {
    let mut desk = desk(LATER);
    show(&mut desk);
    desk.at_the_store(|store, rng| {
        let last = store.ids(LOG)[2];
        store.commit(Changes::default().delete(LOG, last), rng)
    })
    .unwrap();
    assert_eq!(proven(&mut desk), Err(Error::LogLength));
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
    assert_eq!((proven_numbers(&mut desk), passed_over(&mut desk)), (vec![0, 10], 8));
}

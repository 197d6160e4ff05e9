use coffret_cbor::Value;
use coffret_holder::{DocumentId, Error, Reuse, State, Wallet};
use coffret_store::{Changes, Table};

use crate::story::{ABANDONED, BIRTH, CARD, KEYS, MDL, Story, credentials, elements, with};

/// The table of what issuers signed, portraits included.
const COPIES: Table = Table(4);
/// The table of what a listing reads.
const DOCUMENTS: Table = Table(3);

/// Listing is the same without what issuers signed; and what it reads is small.
#[test]
fn a_listing_reads_no_portrait() {
    let (mut story, mut wallet) = Story::begin();
    let id = story.add(&mut wallet, "adulte", MDL, 1, Reuse::Reusable);
    story.add(&mut wallet, "enfant", CARD, 1, Reuse::Reusable);
    let cards = wallet.documents(story.now).unwrap();
    drop(wallet);
    let mut store = story.store();
    let copies = store.all(COPIES).unwrap();
    assert_eq!(copies.len(), 2);
    assert!(copies[0].1.len() > 8_000, "{} bytes, with a portrait", copies[0].1.len());
    for (_, record) in store.all(DOCUMENTS).unwrap() {
        assert!(record.len() < 2048, "{} bytes", record.len());
    }
    let changes = copies.iter().fold(Changes::default(), |all, (id, _)| all.delete(COPIES, *id));
    store.commit(changes, &mut story.rng).unwrap();
    drop(store);
    let wallet = Wallet::open(story.store()).unwrap();
    assert_eq!(wallet.documents(story.now).unwrap(), cards);
    assert_eq!(wallet.notices(story.now), Ok(vec![]));
    assert_eq!(wallet.document(id, story.now).unwrap_err(), Error::RecordDamaged);
}

#[test]
fn a_document_s_state_is_that_of_its_dates() {
    let (mut story, mut wallet) = Story::begin();
    let id = story.add(&mut wallet, "adulte", MDL, 1, Reuse::Reusable);
    let card = wallet.document(id, story.now).unwrap().card;
    let until = card.validity.until;
    assert_eq!(until, story.now.date().start().plus_days(365));
    for (now, state) in [
        (card.validity.from.plus_days(-1), State::NotYetValid),
        (card.validity.from, State::Valid),
        (until.plus_days(-61), State::Valid),
        (until.plus_days(-60), State::Expiring { days: 60 }),
        (until.plus_days(-1), State::Expiring { days: 1 }),
        (until, State::Expiring { days: 0 }),
        (until.plus_days(1), State::Expired),
    ] {
        assert_eq!(card.state(now), state, "{now}");
    }
}

/// A day has no hours here: a document that ends tomorrow ends in one day, all day long.
#[test]
fn days_are_those_of_the_calendar() {
    let (mut story, mut wallet) = Story::begin();
    let id = story.add(&mut wallet, "adulte", MDL, 1, Reuse::Reusable);
    let card = wallet.document(id, story.now).unwrap().card;
    for hour in ["00:00:00", "12:00:00", "23:59:59"] {
        let now = crate::story::time(&format!("2027-11-20T{hour}Z"));
        assert_eq!(card.state(now), State::Expiring { days: 2 }, "{hour}");
    }
}

/// Copies that came later carry the document on.
#[test]
fn validity_is_that_of_the_copy_valid_longest() {
    let (mut story, mut wallet) = Story::begin();
    let keys = story.keys(&mut wallet, 2);
    for (key, days) in keys.iter().zip([90, 30]) {
        let elements = elements("adulte", MDL);
        let signed = story.sign(MDL, &elements, std::slice::from_ref(key), days);
        let credentials = credentials(MDL, &signed, Reuse::Reusable);
        wallet.add(&credentials, story.now, &mut story.rng).unwrap();
    }
    let cards = wallet.documents(story.now).unwrap();
    let until = story.now.date().start().plus_days(90);
    assert_eq!((cards.len(), cards[0].copies.all, cards[0].validity.until), (1, 2, until));
}

#[test]
fn a_removed_document_leaves_nothing() {
    let (mut story, mut wallet) = Story::begin();
    let id = story.add(&mut wallet, "adulte", MDL, 2, Reuse::Reusable);
    let kept = story.add(&mut wallet, "adulte", BIRTH, 1, Reuse::Reusable);
    wallet.remove(id, &mut story.rng).unwrap();
    // Closed before a key is destroyed.
    let mut wallet = story.reopen(wallet);
    assert_eq!(story.destroy_keys(&mut wallet), 2);
    assert_eq!(wallet.remove(id, &mut story.rng), Err(Error::UnknownDocument));
    assert_eq!(wallet.document(id, story.now).unwrap_err(), Error::UnknownDocument);
    let left: Vec<_> =
        wallet.documents(story.now).unwrap().into_iter().map(|card| card.id).collect();
    assert_eq!(left, [kept]);
    drop(wallet);
    let store = story.store();
    let count = |table| store.all(table).unwrap().len();
    assert_eq!((count(DOCUMENTS), count(COPIES), count(KEYS), count(ABANDONED)), (1, 1, 1, 0));
}

#[test]
fn what_is_not_there_is_not_found() {
    let (mut story, mut wallet) = Story::begin();
    let id = DocumentId::from([0; 16]);
    assert_eq!(wallet.document(id, story.now).unwrap_err(), Error::UnknownDocument);
    assert_eq!(wallet.remove(id, &mut story.rng), Err(Error::UnknownDocument));
    assert_eq!(id.to_string(), "00000000000000000000000000000000");
}

/// Every namespace and element that was signed is kept, of types that the catalogue does not know
/// too.
#[test]
fn an_unknown_type_is_kept_whole() {
    let (mut story, mut wallet) = Story::begin();
    let keys = story.keys(&mut wallet, 1);
    let unknown = [("a", "x", Value::from("1")), ("b", "y", Value::Unsigned(2))];
    let unknown = with(&unknown.into_iter().collect(), &[]);
    let signed = story.sign("ca.coffret.unknown.1", &unknown, &keys, 30);
    let credentials = credentials("ca.coffret.unknown.1", &signed, Reuse::Reusable);
    let ids = wallet.add(&credentials, story.now, &mut story.rng).unwrap();
    let document = wallet.document(ids[0], story.now).unwrap();
    assert_eq!(document.elements().get("a", "x"), Some(&"1".into()));
    assert_eq!(document.elements().get("b", "y"), Some(&Value::Unsigned(2)));
}

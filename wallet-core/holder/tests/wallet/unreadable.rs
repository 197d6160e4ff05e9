//! One record that does not read, of a later form or damaged, disables itself only, and is listed.

use coffret_cbor::Encoded;
use coffret_holder::{AutoLock, DocumentId, Error, RecordKind, Reuse, Unreadable, Wallet};
use coffret_store::{Changes, RecordId, Table};

use crate::story::{BIRTH, CARD, MDL, Story};

/// `[7, {}]`: a form that nobody has written yet.
const LATER: &[u8] = b"\x82\x07\xa0";
/// Inside its seal, what no version writes.
const DAMAGED: &[u8] = b"nonsense";

const TABLES: [(RecordKind, Table); 5] = [
    (RecordKind::Settings, Table(1)),
    (RecordKind::People, Table(2)),
    (RecordKind::Document, Table(3)),
    (RecordKind::Trust, Table(7)),
    (RecordKind::LogEntry, Table(8)),
];

/// Two documents, two entries of the log, settings.
fn wallet() -> (Story, Wallet) {
    let (mut story, mut wallet) = Story::begin();
    story.add(&mut wallet, "adulte", MDL, 1, Reuse::Reusable);
    story.add(&mut wallet, "adulte", CARD, 2, Reuse::Reusable);
    wallet.set_auto_lock(AutoLock::after(60).unwrap(), &mut story.rng).unwrap();
    for _ in 0..2 {
        crate::behind::an_entry(&mut story, &mut wallet);
    }
    (story, wallet)
}

/// The same with one record of a table replaced.
fn with(bytes: &[u8], table: Table, story: &mut Story, wallet: Wallet) -> (Wallet, RecordId) {
    drop(wallet);
    let mut store = story.store();
    let id = store.ids(table)[0];
    let changes = Changes::default().put(table, id, None, bytes.to_vec());
    store.commit(changes, &mut story.rng).unwrap();
    drop(store);
    (Wallet::open(story.store()).unwrap(), id)
}

/// The same with the body of one record overwritten in the file.
fn with_broken_seal(table: Table, story: &Story, wallet: Wallet) -> (Wallet, RecordId) {
    drop(wallet);
    let id = story.store().ids(table)[0];
    let file = rusqlite::Connection::open(story.folder().join("store")).unwrap();
    let body = "UPDATE a SET g = zeroblob(length(g)) WHERE b = ?1 AND c = ?2";
    assert_eq!(file.execute(body, (table.0, id.as_bytes())), Ok(1));
    drop(file);
    (Wallet::open(story.store()).unwrap(), id)
}

/// What is wrong with a record.
#[derive(Clone, Copy)]
enum Fault {
    /// It is this, inside its seal.
    Inside(&'static [u8]),
    Seal,
}

#[test]
fn a_record_that_does_not_read_disables_itself_only() {
    for (fault, rule) in [
        (Fault::Inside(LATER), Error::RecordForm),
        (Fault::Inside(DAMAGED), Error::RecordDamaged),
        (Fault::Seal, Error::RecordDamaged),
    ] {
        for (kind, table) in TABLES {
            let (mut story, wallet) = wallet();
            assert_eq!(wallet.unreadable(), Ok(vec![]));
            let (mut wallet, id) = match fault {
                Fault::Inside(bytes) => with(bytes, table, &mut story, wallet),
                Fault::Seal => with_broken_seal(table, &story, wallet),
            };
            let found = Unreadable { kind, id: *id.as_bytes(), rule };
            assert_eq!(wallet.unreadable(), Ok(vec![found]));

            let lost = |of| usize::from(kind == of);
            let cards = wallet.documents(story.now).unwrap();
            assert_eq!(cards.len(), 2 - lost(RecordKind::Document), "{kind:?}");
            assert_eq!(wallet.people().unwrap().len(), 1 - lost(RecordKind::People));
            assert_eq!(wallet.log().unwrap().len(), 2 - lost(RecordKind::LogEntry));
            let auto_lock = if kind == RecordKind::Settings { 120 } else { 60 };
            assert_eq!(wallet.auto_lock().unwrap().seconds(), auto_lock);
            for card in &cards {
                wallet.document(card.id, story.now).unwrap();
            }
            assert!(wallet.notices(story.now).is_ok());
            crate::behind::an_entry(&mut story, &mut wallet);

            // What a later version has written is not written over.
            let is_kept = rule == Error::RecordForm;
            let set = wallet.set_auto_lock(AutoLock::after(90).unwrap(), &mut story.rng);
            assert_eq!(set.is_err(), is_kept && kind == RecordKind::Settings, "{kind:?}");
            let person = wallet.add_person("Zoé", &mut story.rng);
            assert_eq!(person.is_err(), is_kept && kind == RecordKind::People, "{kind:?}");
            assert_eq!(
                wallet.unreadable().unwrap().contains(&found),
                is_kept || !matches!(kind, RecordKind::Settings | RecordKind::People)
            );
        }
    }
}

#[test]
fn a_document_that_does_not_read_is_removed() {
    for bytes in [LATER, DAMAGED] {
        let (mut story, wallet) = wallet();
        let (mut wallet, id) = with(bytes, Table(3), &mut story, wallet);
        wallet.remove(DocumentId::from(id), &mut story.rng).unwrap();
        assert_eq!(wallet.unreadable(), Ok(vec![]));
        assert_eq!(wallet.documents(story.now).unwrap().len(), 1);
        story.add(&mut wallet, "adulte", BIRTH, 1, Reuse::Reusable);
    }
}

/// The others are shown in its place.
#[test]
fn a_copy_that_does_not_read_does_not_stop_the_others() {
    let (mut story, wallet) = wallet();
    let card = wallet.documents(story.now).unwrap().remove(1);
    drop(wallet);
    let mut store = story.store();
    let copies = Table(4);
    // The licence's one copy, and the first of the health card's two.
    for id in &store.ids(copies)[..2] {
        let changes = Changes::default().put(copies, *id, None, DAMAGED.to_vec());
        store.commit(changes, &mut story.rng).unwrap();
    }
    drop(store);
    let wallet = Wallet::open(story.store()).unwrap();
    let cards = wallet.documents(story.now).unwrap();
    assert_eq!(cards.len(), 2);
    assert_eq!(wallet.document(cards[0].id, story.now).unwrap_err(), Error::RecordDamaged);
    assert!(wallet.document(card.id, story.now).is_ok());
}

/// A link of the log that reads, and an entry in it that does not.
#[test]
fn an_entry_that_says_nothing_is_listed() {
    let (mut story, wallet) = wallet();
    let link = Encoded::map([
        ("number", 0u64.into()),
        ("inner", Encoded::bytes(&[1; 32])),
        ("salt", Encoded::bytes(&[2; 32])),
        ("content", Encoded::bytes(b"\xa0")),
    ]);
    let record = Encoded::array([1u64.into(), link]).into_bytes();
    let (wallet, id) = with(&record, Table(8), &mut story, wallet);
    let (kind, rule) = (RecordKind::LogEntry, Error::RecordDamaged);
    assert_eq!(wallet.unreadable(), Ok(vec![Unreadable { kind, id: *id.as_bytes(), rule }]));
    assert_eq!(wallet.log().unwrap().len(), 1);
}

//! One record that does not read, of a later form or damaged, disables itself only, and is listed.

use coffret_cbor::{Encoded, Item};
use coffret_crypto::{KeyOutcome, KeyRef, KeyTask};
use coffret_holder::{
    AddError, AutoLock, DocumentId, Error, RecordKind, Reuse, TrustData, TrustId, Unreadable,
    Wallet, export, log,
};
use coffret_store::{Changes, RecordId, Table};
use coffret_trust::Purpose;

use crate::export::{PASSPHRASE, exported};
use crate::story::{BIRTH, CARD, KEYS, MDL, P256, Story};

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

const FAULTS: [Fault; 3] = [Fault::Inside(LATER), Fault::Inside(DAMAGED), Fault::Seal];

impl Fault {
    fn rule(self) -> Error {
        match self {
            Fault::Inside(LATER) => Error::RecordForm,
            Fault::Inside(_) | Fault::Seal => Error::RecordDamaged,
        }
    }
}

/// The same with one record of a table spoilt.
fn spoilt(fault: Fault, table: Table, story: &mut Story, wallet: Wallet) -> (Wallet, RecordId) {
    match fault {
        Fault::Inside(bytes) => with(bytes, table, story, wallet),
        Fault::Seal => with_broken_seal(table, story, wallet),
    }
}

#[test]
fn a_record_that_does_not_read_disables_itself_only() {
    for fault in FAULTS {
        let rule = fault.rule();
        for (kind, table) in TABLES {
            let (mut story, wallet) = wallet();
            assert_eq!(wallet.unreadable(), Ok(vec![]));
            let (mut wallet, id) = spoilt(fault, table, &mut story, wallet);
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

            let log = wallet.verify_log(story.now, &mut story.rng).unwrap();
            assert_eq!(log.entries.len(), 3 - lost(RecordKind::LogEntry));
            assert_eq!(log.unreadable, lost(RecordKind::LogEntry));
            let export = Export::of(&mut story, &mut wallet);
            assert_eq!(export.documents, 2 - lost(RecordKind::Document), "{kind:?}");
            assert_eq!(export.people, 1 - lost(RecordKind::People));
            let (entries, unreadable) = (log.entries.len(), log.unreadable);
            assert_eq!((export.entries, export.unreadable_entries), (entries, unreadable));
            let named =
                (kind.name().to_owned(), id.as_bytes().to_vec(), rule.code().name.to_owned());
            assert_eq!(export.unreadable, [named]);

            // What a later version has written is not written over.
            let is_kept = rule == Error::RecordForm;
            let set = wallet.set_auto_lock(AutoLock::after(90).unwrap(), &mut story.rng);
            assert_eq!(set.is_err(), is_kept && kind == RecordKind::Settings, "{kind:?}");
            let person = wallet.add_person("Zoé", &mut story.rng);
            assert_eq!(person.is_err(), is_kept && kind == RecordKind::People, "{kind:?}");
            let unreadable = wallet.unreadable().unwrap();
            let is_replaced = matches!(kind, RecordKind::Settings | RecordKind::People);
            assert_eq!(unreadable.contains(&found), is_kept || !is_replaced, "{kind:?}");
        }
    }
}

/// They come and go, whoever's they are, and people are told apart.
#[test]
fn documents_come_and_go_beside_a_record_that_does_not_read() {
    for fault in FAULTS {
        // Nobody's documents are taken without trust data.
        for (kind, table) in TABLES.into_iter().filter(|(kind, _)| *kind != RecordKind::Trust) {
            let (mut story, wallet) = wallet();
            let (mut wallet, id) = spoilt(fault, table, &mut story, wallet);
            story.add(&mut wallet, "adulte", BIRTH, 1, Reuse::Reusable);
            story.add(&mut wallet, "adulte", MDL, 1, Reuse::Reusable);
            let cards = wallet.documents(story.now).unwrap();
            assert_eq!(cards.len(), 3, "{kind:?}");
            story.add(&mut wallet, "adulte", MDL, 1, Reuse::Reusable);
            assert_eq!(
                wallet.documents(story.now).unwrap().len(),
                3,
                "another copy of one of them"
            );
            wallet.remove(cards[0].id, &mut story.rng).unwrap();
            assert_eq!(wallet.documents(story.now).unwrap().len(), 2);

            let is_kept = fault.rule() == Error::RecordForm && kind == RecordKind::People;
            if is_kept {
                let found = Unreadable { kind, id: *id.as_bytes(), rule: fault.rule() };
                assert_eq!(wallet.unreadable(), Ok(vec![found]), "it is not written over");
                continue;
            }
            let person = wallet.people().unwrap()[0].id;
            let other = wallet.add_person("Zoé", &mut story.rng).unwrap();
            wallet.merge_people(person, other, &mut story.rng).unwrap();
            wallet.rename_person(other, "Zoé Roy", &mut story.rng).unwrap();
            wallet.set_holder(other, &mut story.rng).unwrap();
            let card = wallet.documents(story.now).unwrap().remove(0);
            wallet.assign(card.id, other, &mut story.rng).unwrap();
        }
    }
}

#[test]
fn a_document_that_does_not_read_is_removed() {
    for bytes in [LATER, DAMAGED] {
        let (mut story, wallet) = wallet();
        let (mut wallet, id) = with(bytes, Table(3), &mut story, wallet);
        let waiting = story.keys(&mut wallet, 1);
        wallet.remove(DocumentId::from(id), &mut story.rng).unwrap();
        assert_eq!(wallet.unreadable(), Ok(vec![]));
        assert_eq!(wallet.documents(story.now).unwrap().len(), 1);
        // Its copy and its key went with it, and nothing that is another's, or waits for a credential.
        assert_eq!(story.destroy_keys(&mut wallet), 1);
        let credentials = story.issue("adulte", BIRTH, &waiting, Reuse::Reusable);
        wallet.add(&credentials, story.now, &mut story.rng).unwrap();
        drop(wallet);
        let store = story.store();
        assert_eq!([Table(3), Table(4), KEYS].map(|table| store.ids(table).len()), [2, 3, 3]);
    }
}

/// Whose a copy is that no record names cannot be told while there are two.
#[test]
fn of_two_documents_that_do_not_read_the_copies_go_with_the_last() {
    let (mut story, wallet) = wallet();
    drop(wallet);
    let mut store = story.store();
    let ids = store.ids(Table(3));
    for id in &ids {
        let damaged = Changes::default().put(Table(3), *id, None, DAMAGED.to_vec());
        store.commit(damaged, &mut story.rng).unwrap();
    }
    let mut wallet = Wallet::open(store).unwrap();
    for (id, destroyed) in ids.into_iter().zip([0, 3]) {
        wallet.remove(id.into(), &mut story.rng).unwrap();
        assert_eq!(story.destroy_keys(&mut wallet), destroyed);
    }
    drop(wallet);
    let store = story.store();
    assert_eq!([Table(3), Table(4), KEYS].map(|table| store.ids(table).len()), [0, 0, 0]);
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
    let mut wallet = Wallet::open(story.store()).unwrap();
    let cards = wallet.documents(story.now).unwrap();
    assert_eq!(cards.len(), 2);
    assert_eq!(wallet.document(cards[0].id, story.now).unwrap_err(), Error::RecordDamaged);
    assert!(wallet.document(card.id, story.now).is_ok());

    let kinds = |wallet: &Wallet| {
        let found = wallet.unreadable().unwrap().into_iter();
        found.map(|found| (found.kind, found.rule)).collect::<Vec<_>>()
    };
    let (document, copy) = (RecordKind::Document, RecordKind::Copy);
    let damaged = [document, copy, copy].map(|kind| (kind, Error::RecordDamaged));
    assert_eq!(kinds(&wallet), damaged);
    let lost = wallet.unreadable_of(document).unwrap()[0].id;
    assert_eq!(DocumentId::from(lost), cards[0].id);
    let export = Export::of(&mut story, &mut wallet);
    assert_eq!((export.documents, export.unreadable.len()), (1, 3));

    wallet.remove(cards[0].id, &mut story.rng).unwrap();
    assert_eq!(kinds(&wallet), [(copy, Error::RecordDamaged)]);
    assert_eq!(Export::of(&mut story, &mut wallet).documents, 1);
}

/// Credentials for the key of a copy that does not read: only they are refused.
#[test]
fn a_copy_that_does_not_read_keeps_its_key() {
    for fault in [Fault::Inside(DAMAGED), Fault::Seal] {
        let (mut story, mut wallet) = Story::begin();
        let keys = story.keys(&mut wallet, 1);
        let credentials = story.issue("adulte", CARD, &keys, Reuse::Reusable);
        wallet.add(&credentials, story.now, &mut story.rng).unwrap();
        let copies = Table(4);
        let term = keys[0].to_cose().into_bytes();
        let mut wallet = match fault {
            Fault::Seal => with_broken_seal(copies, &story, wallet).0,
            Fault::Inside(bytes) => {
                drop(wallet);
                let mut store = story.store();
                let id = store.ids(copies)[0];
                let changes = Changes::default().put(copies, id, Some(&term), bytes.to_vec());
                store.commit(changes, &mut story.rng).unwrap();
                Wallet::open(store).unwrap()
            }
        };
        let refused = wallet.add(&credentials, story.now, &mut story.rng).unwrap_err();
        let AddError::Refused(refusals) = refused else { panic!("{refused:?}") };
        assert_eq!(refusals.iter().map(|one| one.rule).collect::<Vec<_>>(), [Error::UsedKey]);
    }
}

/// A later version may limit what its certificates are trusted for: they are not added over it.
#[test]
fn trust_data_of_a_later_form_is_not_written_over() {
    for (bytes, is_kept) in [(LATER, true), (DAMAGED, false)] {
        let (mut story, wallet) = wallet();
        drop(wallet);
        let root = story.pki.issuer.certificate_pem().unwrap();
        let term = [b"issuer", root.as_bytes()].concat();
        let mut store = story.store();
        let [id] = store.find(Table(7), &term)[..] else { panic!("not by its term") };
        let changes = Changes::default().put(Table(7), id, Some(&term), bytes.to_vec());
        store.commit(changes, &mut story.rng).unwrap();
        let mut wallet = Wallet::open(store).unwrap();
        let anchors = TrustData::Anchors(root.as_bytes(), Purpose::Issuer);
        let added = wallet.import_trust(anchors, "iaca.pem", story.now, &mut story.rng);
        assert_eq!(added.map(drop), if is_kept { Err(Error::RecordForm) } else { Ok(()) });
        assert_eq!(wallet.unreadable().unwrap().len(), usize::from(is_kept));
        let other = TrustData::Anchors(root.as_bytes(), Purpose::Reader);
        wallet.import_trust(other, "iaca.pem", story.now, &mut story.rng).unwrap();
        // Whoever wants it all the same removes what does not read.
        wallet.remove_trust(TrustId::from(id), &mut story.rng).unwrap();
        wallet.import_trust(anchors, "iaca.pem", story.now, &mut story.rng).unwrap();
    }
}

/// The next copy of the document takes its place, and what is left of the key is destroyed.
#[test]
fn a_key_that_does_not_read_is_gone() {
    for fault in [Fault::Inside(DAMAGED), Fault::Inside(b"\xff"), Fault::Seal] {
        let (mut story, wallet) = wallet();
        let keys = Table(6);
        let (mut wallet, id) = spoilt(fault, keys, &mut story, wallet);
        let found =
            Unreadable { kind: RecordKind::Key, id: *id.as_bytes(), rule: Error::RecordDamaged };
        assert_eq!(wallet.unreadable(), Ok(vec![found]));
        let key = KeyRef::from(*id.as_bytes());
        let sign = KeyTask::Sign { key, message: b"message".to_vec() };
        assert_eq!(wallet.perform(&sign, &mut story.rng), Ok(KeyOutcome::Gone));
        let again = KeyTask::Create { key, policy: P256 };
        assert_eq!(wallet.perform(&again, &mut story.rng), Ok(KeyOutcome::Declined));
        let delete = KeyTask::Delete { key };
        assert_eq!(wallet.perform(&delete, &mut story.rng), Ok(KeyOutcome::Deleted));
        assert_eq!(wallet.unreadable(), Ok(vec![]));
    }
}

/// Another signs, and the one that does not read stays as it is.
#[test]
fn a_log_s_key_that_does_not_read_stops_nothing() {
    for fault in [Fault::Inside(DAMAGED), Fault::Inside(b"\xff"), Fault::Seal] {
        let (mut story, mut wallet) = wallet();
        let before = wallet.verify_log(story.now, &mut story.rng).unwrap().key;
        let (mut wallet, id) = spoilt(fault, Table(9), &mut story, wallet);
        let rule = Error::RecordDamaged;
        let found = Unreadable { kind: RecordKind::LogKey, id: *id.as_bytes(), rule };
        assert_eq!(wallet.unreadable(), Ok(vec![found]));
        let after = wallet.verify_log(story.now, &mut story.rng).unwrap().key;
        assert_ne!(before, after);
        assert_eq!(Export::of(&mut story, &mut wallet).entries, 2);
        let mut wallet = story.reopen(wallet);
        let again = wallet.verify_log(story.now, &mut story.rng).unwrap().key;
        assert_eq!(after, again, "there is one from then on");
        assert_eq!(wallet.unreadable(), Ok(vec![found]));
    }
}

/// Keys that nobody needs are destroyed, whatever their empty records say.
#[test]
fn an_abandoned_key_whose_record_is_damaged_is_destroyed() {
    let (mut story, mut wallet) = wallet();
    let card = wallet.documents(story.now).unwrap().remove(0);
    wallet.remove(card.id, &mut story.rng).unwrap();
    let (mut wallet, id) = with(DAMAGED, Table(10), &mut story, wallet);
    wallet = with_broken_seal(Table(10), &story, wallet).0;
    let key = KeyRef::from(*id.as_bytes());
    assert_eq!(wallet.abandoned_keys().unwrap(), [KeyTask::Delete { key }]);
    assert_eq!(story.destroy_keys(&mut wallet), 1);
    assert_eq!(wallet.abandoned_keys().unwrap(), []);
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

/// What an export says.
struct Export {
    people: usize,
    documents: usize,
    entries: usize,
    unreadable_entries: usize,
    /// Kind, id and rule of each record.
    unreadable: Vec<(String, Vec<u8>, String)>,
}

impl Export {
    fn of(story: &mut Story, wallet: &mut Wallet) -> Export {
        let content = export::open(&exported(story, wallet), PASSPHRASE).unwrap();
        let map = Item::parse(&content).unwrap().map().unwrap();
        let array = |key: &str| map.require(key).unwrap().array().unwrap();
        let log = log::check(map.require("log").unwrap().bytes()).unwrap();
        let unreadable = array("unreadable").map(|found| {
            let found = found.map().unwrap();
            let text = |key: &str| found.require(key).unwrap().text().unwrap().into_owned();
            let id = found.require("id").unwrap().byte_string().unwrap().into_owned();
            (text("kind"), id, text("rule"))
        });
        Export {
            people: array("people").count(),
            documents: array("documents").count(),
            entries: log.entries.len(),
            unreadable_entries: log.unreadable,
            unreadable: unreadable.collect(),
        }
    }
}

/// What a document's record notes of its elements is read when it is asked for, and not before.
#[test]
fn a_document_whose_outline_does_not_read_is_listed() {
    let (mut story, mut wallet) = Story::begin();
    let document = story.add(&mut wallet, "adulte", CARD, 1, Reuse::Reusable);
    drop(wallet);
    let mut store = story.store();
    let documents = Table(3);
    let (id, record) = store.all(documents).unwrap().remove(0);
    let [form, record] = Item::parse(&record).unwrap().array().unwrap().exactly().unwrap();
    let excerpt = Encoded::map([("elements", Encoded::bytes(DAMAGED))]);
    let members = record.map().unwrap().map(|(key, value)| match key.text().unwrap() {
        key if key == "excerpt" => (key, excerpt.clone()),
        key => (key, Encoded::from(value)),
    });
    let members: Vec<_> = members.collect();
    let record = Encoded::map(members.iter().map(|(key, value)| (key.as_ref(), value.clone())));
    let record = Encoded::array([form.into(), record]).into_bytes();
    store.commit(Changes::default().put(documents, id, None, record), &mut story.rng).unwrap();
    let wallet = Wallet::open(store).unwrap();
    let found = wallet.unreadable_of(RecordKind::Document).unwrap();
    assert_eq!(
        found.iter().map(|found| DocumentId::from(found.id)).collect::<Vec<_>>(),
        [document]
    );
    assert!(wallet.document(document, story.now).is_ok(), "a copy says it all");
}

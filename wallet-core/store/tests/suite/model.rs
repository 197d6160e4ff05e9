//! A store is a map, whatever is done to it in whatever order, reopened or not.

use std::collections::BTreeMap;

use coffret_store::{Changes, Cost, RecordId, Store, Table};
use proptest::prelude::*;

use crate::place::{BOOT, Place, id, other_pin, pin};

#[derive(Debug, Clone)]
enum Change {
    Put(u8, u8, Option<u8>, Vec<u8>),
    Delete(u8, u8),
    Note(u8),
}

#[derive(Debug, Clone)]
enum Step {
    Commit(Vec<Change>),
    Lock,
    Reopen,
    /// The slot is one transaction behind, as after a process was stopped.
    ReopenBehind(Vec<Change>),
    ChangePin,
}

fn change() -> impl Strategy<Value = Change> {
    // Few names, so that they meet.
    let name = || (1..=2u8, 0..6u8);
    let plaintext = prop_oneof![
        4 => prop::collection::vec(any::<u8>(), 0..40),
        1 => prop::collection::vec(any::<u8>(), 3000..9000),
    ];
    prop_oneof![
        4 => (name(), prop::option::of(0..3u8), plaintext)
            .prop_map(|((table, id), term, plaintext)| Change::Put(table, id, term, plaintext)),
        2 => name().prop_map(|(table, id)| Change::Delete(table, id)),
        1 => any::<u8>().prop_map(Change::Note),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let changes = || prop::collection::vec(change(), 0..5);
    prop_oneof![
        6 => changes().prop_map(Step::Commit),
        1 => Just(Step::Lock),
        2 => Just(Step::Reopen),
        2 => changes().prop_map(Step::ReopenBehind),
        1 => Just(Step::ChangePin),
    ]
}

/// Place, term and plaintext.
type Record = (usize, Option<u8>, Vec<u8>);

/// What the store is to say.
#[derive(Default)]
struct Model {
    records: BTreeMap<(Table, RecordId), Record>,
    note: Vec<u8>,
    places: usize,
}

impl Model {
    /// One record has one place in a transaction: that of the last word on it.
    fn apply(&mut self, changes: &[Change]) -> Changes {
        let mut all = Changes::default();
        let name = |change: &Change| match change {
            Change::Put(table, name, ..) | Change::Delete(table, name) => Some((*table, *name)),
            Change::Note(_) => None,
        };
        for (n, change) in changes.iter().enumerate() {
            let is_last = !changes[n + 1..].iter().any(|other| name(other) == name(change));
            match change {
                Change::Put(table, n, term, plaintext) => {
                    let (table, name) = (Table(*table), id(*n));
                    let bytes = term.map(|term| [term]);
                    all = all.put(table, name, bytes.as_ref().map(|b| &b[..]), plaintext.clone());
                    if is_last {
                        self.places += 1;
                        let place = self.records.get(&(table, name)).map(|record| record.0);
                        let record = (place.unwrap_or(self.places), *term, plaintext.clone());
                        self.records.insert((table, name), record);
                    }
                }
                Change::Delete(table, n) => {
                    all = all.delete(Table(*table), id(*n));
                    if is_last {
                        self.records.remove(&(Table(*table), id(*n)));
                    }
                }
                Change::Note(note) => {
                    all = all.note(vec![*note]);
                    self.note = vec![*note];
                }
            }
        }
        all
    }

    fn check(&self, store: &Store) {
        assert_eq!(store.note(), self.note);
        for table in [Table(1), Table(2)] {
            let mut expected: Vec<_> =
                self.records.iter().filter(|((found, _), _)| *found == table).collect();
            expected.sort_by_key(|(_, (place, ..))| *place);
            let found = store.all(table).unwrap();
            let found: Vec<_> = found.iter().map(|(id, plaintext)| (*id, &plaintext[..])).collect();
            let records = expected.iter().map(|((_, id), (.., plaintext))| (*id, &plaintext[..]));
            assert_eq!(found, records.collect::<Vec<_>>());
            for term in 0..3 {
                let with = expected.iter().filter(|(_, (_, found, _))| *found == Some(term));
                let with: Vec<_> = with.map(|((_, id), _)| *id).collect();
                assert_eq!(store.find(table, &[term]), with);
            }
            for n in 0..6 {
                let read = store.read(table, id(n)).unwrap().map(|plaintext| plaintext.to_vec());
                let record = self.records.get(&(table, id(n)));
                assert_eq!(read, record.map(|(.., plaintext)| plaintext.clone()));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 64,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_store_is_a_map(steps in prop::collection::vec(step(), 1..24)) {
        let (mut place, mut store) = Place::made("model");
        let mut model = Model::default();
        let mut pins = [pin(), other_pin()];
        for step in steps {
            match step {
                Step::Commit(changes) => {
                    store.commit(model.apply(&changes), &mut place.rng).unwrap();
                }
                Step::Lock => store = store.lock().unlock(&pins[0], BOOT).unwrap(),
                Step::Reopen => {
                    drop(store);
                    store = place.locked().unwrap().unlock(&pins[0], BOOT).unwrap();
                }
                Step::ReopenBehind(changes) => {
                    let slot = place.slot();
                    store.commit(model.apply(&changes), &mut place.rng).unwrap();
                    drop(store);
                    place.restore_slot(&slot);
                    store = place.locked().unwrap().unlock(&pins[0], BOOT).unwrap();
                }
                Step::ChangePin => {
                    pins.reverse();
                    store.change_pin(&pins[1], &pins[0], Cost::MIN, BOOT, &mut place.rng).unwrap();
                }
            }
            model.check(&store);
        }
    }
}

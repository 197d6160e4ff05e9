//! A wallet equals a list of what was done to it, after any sequence and any reopening.

use coffret_crypto::PublicKey;
use coffret_holder::{Copies, DocumentId, Error, PersonId, Reuse, Wallet};
use proptest::prelude::*;

use crate::story::{ABANDONED, BIRTH, CARD, KEYS, MDL, P256, Story};

#[derive(Debug, Clone, Copy)]
enum Step {
    Keys(u8),
    /// Keys that are asked for and perhaps made, and then left.
    Leave(u8, u8),
    Destroy,
    Add {
        person: usize,
        doc_type: usize,
        reuse: Reuse,
        copies: usize,
    },
    Repeat,
    Remove(usize),
    Assign(usize, usize),
    Reopen,
}

const PEOPLE: [&str; 2] = ["adulte", "ainee"];
const TYPES: [&str; 3] = [MDL, CARD, BIRTH];

fn step() -> impl Strategy<Value = Step> {
    let reuse = prop_oneof![Just(Reuse::OneTime), Just(Reuse::Reusable)];
    let add = (0..PEOPLE.len(), 0..TYPES.len(), reuse, 1..4usize);
    prop_oneof![
        2 => (1u8..4).prop_map(Step::Keys),
        1 => (1u8..4, 0u8..4).prop_map(|(asked, made)| Step::Leave(asked, made)),
        1 => Just(Step::Destroy),
        6 => add.prop_map(|(person, doc_type, reuse, copies)| {
            Step::Add { person, doc_type, reuse, copies }
        }),
        1 => Just(Step::Repeat),
        2 => (0..8usize).prop_map(Step::Remove),
        1 => (0..8usize, 0..3usize).prop_map(|(document, person)| Step::Assign(document, person)),
        2 => Just(Step::Reopen),
    ]
}

/// What the wallet ought to hold.
#[derive(Default)]
struct Model {
    unused: Vec<PublicKey>,
    documents: Vec<Known>,
    last: Option<Vec<u8>>,
}

struct Known {
    id: DocumentId,
    what: (usize, usize, Reuse),
    person: PersonId,
    copies: usize,
}

impl Model {
    fn step(&mut self, story: &mut Story, mut wallet: Wallet, step: Step) -> Wallet {
        match step {
            Step::Keys(count) => self.unused.extend(story.keys(&mut wallet, count)),
            Step::Leave(asked, made) => {
                let tasks = wallet.new_keys(asked, P256, &mut story.rng).unwrap();
                for task in tasks.iter().take(made.into()) {
                    wallet.perform(task, &mut story.rng).unwrap();
                }
            }
            Step::Destroy => drop(story.destroy_keys(&mut wallet)),
            Step::Add { person, doc_type, reuse, copies } => {
                let copies = copies.min(self.unused.len());
                let keys: Vec<_> = self.unused.drain(..copies).collect();
                if keys.is_empty() {
                    return wallet;
                }
                let (name, doc_type_name) = (PEOPLE[person], TYPES[doc_type]);
                let credentials = story.issue(name, doc_type_name, &keys, reuse);
                let ids = wallet.add(&credentials, story.now, &mut story.rng).unwrap();
                let what = (person, doc_type, reuse);
                self.last = Some(credentials);
                match self.documents.iter_mut().find(|known| known.what == what) {
                    Some(known) => {
                        assert_eq!(ids, [known.id]);
                        known.copies += copies;
                    }
                    None => {
                        let person = wallet.document(ids[0], story.now).unwrap().card.person;
                        self.documents.push(Known { id: ids[0], what, person, copies });
                    }
                }
            }
            Step::Repeat => {
                if let Some(credentials) = &self.last {
                    wallet.add(credentials, story.now, &mut story.rng).unwrap_err();
                }
            }
            Step::Remove(place) if place < self.documents.len() => {
                let known = self.documents.remove(place);
                wallet.remove(known.id, &mut story.rng).unwrap();
                let gone = wallet.document(known.id, story.now).unwrap_err();
                assert_eq!(gone, Error::UnknownDocument);
            }
            Step::Assign(place, person) => {
                let people = wallet.people().unwrap();
                if let (Some(known), Some(person)) =
                    (self.documents.get_mut(place), people.get(person))
                {
                    wallet.assign(known.id, person.id, &mut story.rng).unwrap();
                    known.person = person.id;
                }
            }
            Step::Remove(_) => {}
            Step::Reopen => wallet = story.reopen(wallet),
        }
        wallet
    }

    fn check(&self, story: &Story, wallet: &Wallet) {
        let cards = wallet.documents(story.now).unwrap();
        let found: Vec<_> = cards.iter().map(|card| (card.id, card.person, card.copies)).collect();
        let expected = self.documents.iter().map(|known| {
            let (.., reuse) = known.what;
            let all = known.copies as u64;
            let copies = Copies { reuse, all, left: all, expired: 0, uses: 0 };
            (known.id, known.person, copies)
        });
        assert_eq!(found, expected.collect::<Vec<_>>());
        for (card, known) in cards.iter().zip(&self.documents) {
            assert_eq!(card.doc_type, TYPES[known.what.1]);
        }
        let people: Vec<_> = wallet.people().unwrap().iter().map(|person| person.id).collect();
        assert!(cards.iter().all(|card| people.contains(&card.person)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_wallet_equals_its_model(steps in prop::collection::vec(step(), 1..24)) {
        let (mut story, mut wallet) = Story::begin();
        let mut model = Model::default();
        for step in steps {
            wallet = model.step(&mut story, wallet, step);
            model.check(&story, &wallet);
        }
        let mut wallet = story.reopen(wallet);
        model.check(&story, &wallet);
        // The keys that are there are those that are needed.
        story.destroy_keys(&mut wallet);
        drop(wallet);
        let copies: usize = model.documents.iter().map(|known| known.copies).sum();
        let store = story.store();
        let count = |table| store.all(table).unwrap().len();
        prop_assert_eq!(count(KEYS), model.unused.len() + copies);
        prop_assert_eq!(count(ABANDONED), 0);
    }
}

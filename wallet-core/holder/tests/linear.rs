//! What a log of any length costs to delete: one transaction, and work that grows with the length and
//! not with its square. Counted, not timed.
#![cfg(test)]

#[path = "../../cbor/tests/counting/mod.rs"]
mod counting;
mod story;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use coffret_crypto::Wiped;
use coffret_holder::{Engage, Event, Wallet};
use coffret_mdoc::DeviceAuthMethod;
use coffret_store::{Error, MemorySecrets, Opened, Pin, PlatformSecrets};

use crate::counting::given;
use crate::story::{BOOT, PIN, Story};

/// Secrets that count how often they are replaced: once for each transaction.
struct Counted(MemorySecrets, Arc<AtomicUsize>);

impl PlatformSecrets for Counted {
    fn load(&self) -> Result<Option<Wiped>, Error> {
        self.0.load()
    }

    fn replace(&self, slot: &[u8]) -> Result<(), Error> {
        self.1.fetch_add(1, Ordering::Relaxed);
        self.0.replace(slot)
    }

    fn delete(&self) -> Result<(), Error> {
        self.0.delete()
    }
}

/// What deleting all of so many entries takes: transactions, and bytes of memory given for it.
fn deleted(entries: usize) -> (usize, usize) {
    let (mut story, wallet) = Story::begin();
    drop(wallet);
    let transactions = Arc::new(AtomicUsize::new(0));
    let secrets = Counted(story.secrets.clone(), transactions.clone());
    let opened = coffret_store::open(story.folder(), Box::new(secrets)).unwrap();
    let Opened::Locked(locked) = opened else { panic!("there is no wallet") };
    let store = locked.unlock(&Pin::parse(PIN).unwrap(), BOOT).map_err(|(_, error)| error).unwrap();
    let mut wallet = Wallet::open(store).unwrap();
    for _ in 0..entries {
        let (mut presentation, _) = wallet
            .present(Engage::Device, DeviceAuthMethod::Signature, story.now, &mut story.rng)
            .unwrap();
        let nonsense = Event::Received(b"nonsense".to_vec());
        wallet.step(&mut presentation, nonsense, story.now, &mut story.rng).unwrap();
    }
    let before = transactions.load(Ordering::Relaxed);
    assert!(before >= entries, "each entry is a transaction");
    // As `coffret log delete all` does.
    let ((), bytes) = given(|| {
        let numbers: Vec<u64> = wallet.log().unwrap().iter().map(|(number, _)| *number).collect();
        assert_eq!(numbers.len(), entries);
        wallet.delete_log(&numbers, &mut story.rng).unwrap();
    });
    let after = transactions.load(Ordering::Relaxed);
    assert!(wallet.log().unwrap().is_empty());
    let checked = wallet.verify_log(story.now, &mut story.rng).unwrap();
    assert_eq!(checked.deleted, entries);
    (after - before, bytes)
}

#[test]
fn deleting_the_log_is_one_transaction_and_linear() {
    let (few, many) = (deleted(30), deleted(240));
    assert_eq!((few.0, many.0), (1, 1));
    let times = many.1 as f64 / few.1 as f64;
    assert!(times < 10.0, "8 times the entries take {times} times the memory: {few:?} {many:?}");
}

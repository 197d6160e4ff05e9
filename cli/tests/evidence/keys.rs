//! A key that no document needs is not left behind: the program destroys it.

use coffret_crypto::{Curve, KeyPolicy};
use coffret_holder::Wallet;
use coffret_store::{BootTime, Error, KeyFile, Opened, Pin};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::program::Folder;
use crate::story::{PIN, by_pipe, held, issued, of_wallet, person};

fn opened(folder: &Folder) -> Wallet {
    let open = || {
        let secrets = Box::new(KeyFile::new(folder.path("secrets")));
        coffret_store::open(&folder.path("wallet"), secrets)
    };
    // A program that another test starts holds this process's files until it runs.
    let opened = std::iter::repeat_with(open)
        .inspect(|_| std::thread::yield_now())
        .find(|opened| !matches!(opened, Err(Error::InUse)));
    let Some(Ok(Opened::Locked(locked))) = opened else { panic!("there is no wallet") };
    let boot = BootTime { boot: [0; 16], seconds: 0, wall: None };
    let store = locked.unlock(&Pin::parse(PIN).unwrap(), boot).map_err(|(_, error)| error);
    Wallet::open(store.unwrap()).unwrap()
}

fn abandoned(folder: &Folder) -> usize {
    opened(folder).abandoned_keys().unwrap().len()
}

#[test]
fn keys_that_are_not_needed_are_destroyed() {
    let (folder, _) = held();
    let licence = &person().documents[0];
    let cards = opened(&folder).documents(crate::wallet::now()).unwrap();
    let card = cards.iter().find(|card| card.doc_type == licence.doc_type).unwrap();
    of_wallet(&folder, &["remove", &card.id.to_string()]).ends(0);
    assert_eq!(abandoned(&folder), 0, "once its document is removed");

    issued(&folder, licence, &["--one-time"]);
    for program in by_pipe(&folder) {
        program.ends(0);
    }
    assert_eq!(abandoned(&folder), 0, "once its copy is shown");

    let policy = KeyPolicy { curve: Curve::P256 };
    opened(&folder).new_keys(1, policy, &mut ChaCha20Rng::from_seed([3; 32])).unwrap();
    assert_eq!(abandoned(&folder), 1);
    of_wallet(&folder, &["list"]).ends(0);
    assert_eq!(abandoned(&folder), 0, "once the wallet is opened again");
}

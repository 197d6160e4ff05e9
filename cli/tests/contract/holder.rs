//! The commands about a wallet.

mod documents;
mod export;
#[cfg(feature = "keyring")]
mod keyring;
mod log;
mod opening;
mod people;
#[cfg(unix)]
pub(crate) mod terminal;
mod trust;
mod unreadable;

use std::sync::OnceLock;

use coffret_store::{BootTime, KeyFile, Locked, Opened, Pin, Store};
use serde_json::Value as Json;

use crate::least_cost::hash_at_the_least_cost;
use crate::program::{CARD, Folder, Ran, card};

pub(crate) const PIN: &str = "482915";

/// Which wallet, and a script that knows its PIN.
pub(crate) const WALLET: [&str; 6] =
    ["--wallet", "wallet", "--pin-file", "pin", "--secrets", "file:secrets"];

/// A new wallet in `wallet`, its PIN in `pin`, its secrets in `secrets`.
pub(crate) fn new_wallet() -> Folder {
    static FIRST: OnceLock<Folder> = OnceLock::new();
    let first = FIRST.get_or_init(|| {
        let folder = Folder::new();
        folder.write("pin", format!("{PIN}\n"));
        folder.wallet(&["init"]).ends(0);
        hash_at_the_least_cost(&folder.path("wallet"), &folder.path("secrets"), PIN).unwrap();
        folder
    });
    first.copy()
}

const BOOT: BootTime = BootTime { boot: [7; 16], seconds: 1_000, wall: None };

/// The store of the wallet, in this process.
fn unlocked(folder: &Folder) -> Store {
    let unlocked = locked(folder).unlock(&Pin::parse(PIN).unwrap(), BOOT);
    unlocked.map_err(|(_, error)| error).unwrap()
}

/// The same before its PIN. What another test starts meanwhile has our files open for a moment.
fn locked(folder: &Folder) -> Locked {
    loop {
        let secrets = Box::new(KeyFile::new(folder.path("secrets")));
        match coffret_store::open(&folder.path("wallet"), secrets) {
            Ok(Opened::Locked(locked)) => return locked,
            Ok(Opened::New(_)) => panic!("no wallet"),
            Err(error) => assert_eq!(error, coffret_store::Error::InUse),
        }
    }
}

/// The same with the issuers of a PKI in `pki` trusted.
pub(crate) fn trusting_wallet() -> Folder {
    static FIRST: OnceLock<Folder> = OnceLock::new();
    let first = FIRST.get_or_init(|| {
        let folder = new_wallet();
        folder.run(&["pki", "pki"]).ends(0);
        folder.wallet(&["trust", "add", "pki/iaca.pem"]).ends(0);
        folder
    });
    first.copy()
}

/// The same with a health card of so many copies.
pub(crate) fn wallet_with_card(copies: usize, more: &[&str]) -> Folder {
    let folder = trusting_wallet();
    folder.credentials(copies, &card(), more);
    folder.wallet(&["add", "card.cbor"]).ends(0);
    folder
}

impl Folder {
    /// A command about the wallet, for programs.
    pub(crate) fn wallet(&self, arguments: &[&str]) -> Ran {
        self.json(&[arguments, &WALLET].concat())
    }

    /// A command about the wallet, for people.
    pub(crate) fn told(&self, arguments: &[&str]) -> Ran {
        self.run(&[arguments, &WALLET].concat())
    }

    /// Credentials for new keys of the wallet, in `card.cbor`.
    pub(crate) fn credentials(&self, copies: usize, data: &Json, more: &[&str]) {
        let keys = self.wallet(&["keys", "--count", &copies.to_string()]).ends(0).stdout;
        self.write("keys.json", keys);
        self.issue(data, more).ends(0);
    }

    /// The documents of the wallet.
    pub(crate) fn documents(&self) -> Vec<Json> {
        let listed = self.wallet(&["list"]).ends(0).json();
        let documents = listed["documents"].as_array().unwrap().clone();
        assert!(documents.iter().all(|document| document["docType"] == CARD));
        documents
    }
}

fn text(json: &Json) -> &str {
    json.as_str().unwrap_or_else(|| panic!("no text: {json}"))
}

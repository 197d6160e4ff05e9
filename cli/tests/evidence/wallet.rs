//! A wallet in this process, and an issuer that it trusts.

use std::path::Path;

use coffret_cbor::{Encoded, Timestamp, Value};
use coffret_crypto::{Curve, KeyPolicy};
use coffret_holder::{Reuse, TrustData, Wallet};
use coffret_issuer::{Draft, Pki};
use coffret_mdoc::{Days, DocumentSigner, NameSpaces};
use coffret_store::{BootTime, KeyFile, Opened, Pin};
use coffret_trust::{Purpose, Registration, Retention};
use rand_chacha::ChaCha20Rng;

use crate::story::PIN;

pub(crate) fn now() -> Timestamp {
    Timestamp::parse("2026-11-22T12:00:00Z").unwrap()
}

pub(crate) fn pin() -> Pin {
    Pin::parse(PIN).unwrap()
}

/// The store in a folder, its slot beside it.
pub(crate) fn open(place: &Path) -> Opened {
    loop {
        let secrets = Box::new(KeyFile::new(place.with_extension("slot")));
        match coffret_store::open(place, secrets) {
            // What another test starts meanwhile has our files open for a moment.
            Err(coffret_store::Error::InUse) => {}
            opened => return opened.unwrap(),
        }
    }
}

pub(crate) fn unlock(place: &Path) -> Wallet {
    let Opened::Locked(locked) = open(place) else { panic!("there is no wallet") };
    let store = locked.unlock(&pin(), BootTime { boot: [0; 16], seconds: 0, wall: None });
    Wallet::open(store.map_err(|(_, error)| error).unwrap()).unwrap()
}

/// An issuer, and a reader.
pub(crate) struct Issuer(pub(crate) Pki);

impl Issuer {
    pub(crate) fn new(rng: &mut ChaCha20Rng) -> Issuer {
        let registration = Registration {
            name_fr: "Pharmacie".to_owned(),
            name_en: "Pharmacy".to_owned(),
            purposes: vec!["pharmacy".to_owned()],
            retention: Retention::NotKept,
            privacy: None,
        };
        Issuer(Pki::generate(registration, now(), rng).unwrap())
    }

    pub(crate) fn is_trusted_by(&self, wallet: &mut Wallet, rng: &mut ChaCha20Rng) {
        let root = self.0.issuer.certificate_pem().unwrap();
        let root = TrustData::Anchors(root.as_bytes(), Purpose::Issuer);
        wallet.import_trust(root, "test", now(), rng).unwrap();
    }

    /// So many copies of a document, for new keys of the wallet.
    pub(crate) fn issue(
        &self,
        wallet: &mut Wallet,
        doc_type: &str,
        data: &NameSpaces<Value>,
        reuse: Reuse,
        copies: u8,
        rng: &mut ChaCha20Rng,
    ) -> Vec<u8> {
        let tasks = wallet.new_keys(copies, KeyPolicy { curve: Curve::P256 }, rng).unwrap();
        let made = tasks.iter().map(|task| wallet.perform(task, rng).unwrap()).collect();
        let keys = wallet.keys_ready(made, rng).unwrap();
        let signer = &self.0.document_signer;
        let today = now().date();
        let days = Days { signed: today, from: today, until: now().plus_days(90).date() };
        let draft = Draft::new(doc_type, data, signer.certificate(), days).unwrap();
        let signer = DocumentSigner { key: signer.key(), certificate: signer.certificate() };
        let issued = draft.sign(&keys, signer, rng).unwrap();
        let credentials = issued.iter().map(|issuer_signed| {
            Encoded::map([
                ("docType", doc_type.into()),
                ("issuerSigned", Encoded::from(issuer_signed)),
                ("oneTime", (reuse == Reuse::OneTime).into()),
            ])
        });
        Encoded::array(credentials).into_bytes()
    }
}

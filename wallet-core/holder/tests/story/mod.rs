//! An issuer and a wallet, always the same.
#![allow(dead_code, reason = "each test uses a part of it")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use coffret_catalogue::specimen;
use coffret_cbor::{Encoded, Timestamp, Value};
use coffret_crypto::password::Cost;
use coffret_crypto::{Algorithm, Curve, KeyOutcome, KeyPolicy, PublicKey, Wiped};
use coffret_holder::{DocumentId, Reuse, TrustData, Wallet};
use coffret_issuer::{Draft, Identity, Pki};
use coffret_mdoc::{Days, DocumentSigner, IssuerSigned, NameSpaces};
use coffret_store::{BootTime, MemorySecrets, Opened, Pin, PlatformSecrets, Store, Table};
use coffret_trust::{Purpose, Registration, Retention};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

pub(crate) const MDL: &str = "org.iso.18013.5.1.mDL";
pub(crate) const CARD: &str = "ca.qc.gouv.ramq.cam.1";
pub(crate) const BIRTH: &str = "ca.qc.gouv.etatcivil.naissance.1";

pub(crate) const PIN: &str = "271828";
pub(crate) const BOOT: BootTime = BootTime { boot: [7; 16], seconds: 1_000, wall: None };
pub(crate) const P256: KeyPolicy = KeyPolicy { curve: Curve::P256 };

/// The table of private keys.
pub(crate) const KEYS: Table = Table(6);
/// The table of keys that are to be destroyed.
pub(crate) const ABANDONED: Table = Table(10);

/// An issuer whom the wallet trusts, and a folder with a wallet in it.
pub(crate) struct Story {
    pub(crate) rng: ChaCha20Rng,
    pub(crate) now: Timestamp,
    pub(crate) pki: Pki,
    pub(crate) secrets: MemorySecrets,
    folder: PathBuf,
}

impl Story {
    pub(crate) fn begin() -> (Story, Wallet) {
        static STORIES: AtomicU32 = AtomicU32::new(0);
        let number = STORIES.fetch_add(1, Ordering::Relaxed);
        let name = format!("wallet-{}-{number}", std::process::id());
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let mut rng = ChaCha20Rng::from_seed([42; 32]);
        let now = time("2026-11-22T12:00:00Z");
        let registration = Registration {
            name_fr: "Pharmacie".to_owned(),
            name_en: "Pharmacy".to_owned(),
            purposes: vec!["pharmacy".to_owned()],
            retention: Retention::NotKept,
            privacy: None,
        };
        let pki = Pki::generate(registration, now, &mut rng).unwrap();
        let secrets = MemorySecrets::default();
        let mut story = Story { rng, now, pki, secrets, folder };
        let Opened::New(blank) = story.opened() else { panic!("there is a wallet already") };
        let store = blank.create(&Pin::parse(PIN).unwrap(), Cost::MIN, &mut story.rng).unwrap();
        let mut wallet = Wallet::open(store).unwrap();
        let root = story.pki.issuer.certificate_pem().unwrap();
        let issuer = TrustData::Anchors(root.as_bytes(), Purpose::Issuer);
        wallet.import_trust(issuer, "iaca.pem", story.now, &mut story.rng).unwrap();
        (story, wallet)
    }

    fn opened(&self) -> Opened {
        coffret_store::open(&self.folder, Box::new(self.secrets.clone())).unwrap()
    }

    /// Where the wallet is.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The store of a wallet that was closed.
    pub(crate) fn store(&self) -> Store {
        unlocked(self.opened())
    }

    pub(crate) fn reopen(&self, wallet: Wallet) -> Wallet {
        drop(wallet);
        Wallet::open(self.store()).unwrap()
    }

    /// Reopened, with what makes its store fail.
    pub(crate) fn reopen_failing(&self, wallet: Wallet) -> (Wallet, Arc<AtomicBool>) {
        drop(wallet);
        let fails = Arc::new(AtomicBool::new(false));
        let secrets = Box::new(Failing(self.secrets.clone(), fails.clone()));
        (
            Wallet::open(unlocked(coffret_store::open(&self.folder, secrets).unwrap())).unwrap(),
            fails,
        )
    }

    pub(crate) fn keys(&mut self, wallet: &mut Wallet, count: u8) -> Vec<PublicKey> {
        let tasks = wallet.new_keys(count, P256, &mut self.rng).unwrap();
        let outcomes = tasks.iter().map(|task| wallet.perform(task, &mut self.rng).unwrap());
        let outcomes = outcomes.collect();
        wallet.keys_ready(outcomes, &mut self.rng).unwrap()
    }

    /// Has the keys destroyed that are not needed; how many there still were.
    pub(crate) fn destroy_keys(&mut self, wallet: &mut Wallet) -> usize {
        let tasks = wallet.abandoned_keys().unwrap();
        let outcomes = tasks.iter().map(|task| wallet.perform(task, &mut self.rng).unwrap());
        let outcomes: Vec<_> = outcomes.collect();
        let deleted = outcomes.iter().filter(|outcome| **outcome == KeyOutcome::Deleted).count();
        wallet.keys_deleted(outcomes, &mut self.rng).unwrap();
        deleted
    }

    /// A specimen's data, signed by the issuer for some keys.
    pub(crate) fn issue(
        &mut self,
        person: &str,
        doc_type: &str,
        keys: &[PublicKey],
        reuse: Reuse,
    ) -> Vec<u8> {
        let signed = self.sign(doc_type, &elements(person, doc_type), keys, 365);
        credentials(doc_type, &signed, reuse)
    }

    pub(crate) fn sign(
        &mut self,
        doc_type: &str,
        elements: &NameSpaces<Value>,
        keys: &[PublicKey],
        days: i32,
    ) -> Vec<IssuerSigned> {
        let signer = &self.pki.document_signer;
        let days = self.days(days);
        sign(signer, doc_type, elements, keys, days, &mut self.rng)
    }

    pub(crate) fn days(&self, days: i32) -> Days {
        let today = self.now.date();
        Days { signed: today, from: today, until: self.now.plus_days(days).date() }
    }

    /// A specimen's data, signed under the root whose key is published.
    pub(crate) fn specimen(&mut self, person: &str, doc_type: &str, keys: &[PublicKey]) -> Vec<u8> {
        self.specimen_of(doc_type, &elements(person, doc_type), keys)
    }

    /// Any data, signed likewise.
    pub(crate) fn specimen_of(
        &mut self,
        doc_type: &str,
        elements: &NameSpaces<Value>,
        keys: &[PublicKey],
    ) -> Vec<u8> {
        let root = Identity::specimen_root().unwrap();
        let signer = root.document_signer("SPÉCIMEN", Algorithm::Es256, self.now, &mut self.rng);
        let days = self.days(365);
        let signed = sign(&signer.unwrap(), doc_type, elements, keys, days, &mut self.rng);
        credentials(doc_type, &signed, Reuse::Reusable)
    }

    /// Issued for new keys, and taken.
    pub(crate) fn add(
        &mut self,
        wallet: &mut Wallet,
        person: &str,
        doc_type: &str,
        copies: u8,
        reuse: Reuse,
    ) -> DocumentId {
        let keys = self.keys(wallet, copies);
        let credentials = self.issue(person, doc_type, &keys, reuse);
        wallet.add(&credentials, self.now, &mut self.rng).unwrap().remove(0)
    }
}

impl Drop for Story {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Secrets that fail to be replaced while they are told to.
struct Failing(MemorySecrets, Arc<AtomicBool>);

impl PlatformSecrets for Failing {
    fn load(&self) -> Result<Option<Wiped>, coffret_store::Error> {
        self.0.load()
    }

    fn replace(&self, slot: &[u8]) -> Result<(), coffret_store::Error> {
        if self.1.load(Ordering::Relaxed) {
            return Err(coffret_store::Error::SecretsUnavailable);
        }
        self.0.replace(slot)
    }

    fn delete(&self) -> Result<(), coffret_store::Error> {
        self.0.delete()
    }
}

fn unlocked(opened: Opened) -> Store {
    let Opened::Locked(locked) = opened else { panic!("there is no wallet") };
    locked.unlock(&Pin::parse(PIN).unwrap(), BOOT).map_err(|(_, error)| error).unwrap()
}

pub(crate) fn time(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

pub(crate) fn elements(person: &str, doc_type: &str) -> NameSpaces<Value> {
    let documents = specimen(person).unwrap().documents;
    let document = documents.iter().find(|document| document.doc_type == doc_type).unwrap();
    document.elements().collect()
}

/// The same elements, some of them with another value, wherever they stand.
pub(crate) fn with(elements: &NameSpaces<Value>, changed: &[(&str, Value)]) -> NameSpaces<Value> {
    let change = |id: &str, value: &Value| {
        let found = changed.iter().find(|(changed, _)| *changed == id);
        found.map_or_else(|| value.clone(), |(_, value)| value.clone())
    };
    elements.iter().map(|(namespace, id, value)| (namespace, id, change(id, value))).collect()
}

fn sign(
    signer: &Identity,
    doc_type: &str,
    elements: &NameSpaces<Value>,
    keys: &[PublicKey],
    days: Days,
    rng: &mut ChaCha20Rng,
) -> Vec<IssuerSigned> {
    let draft = Draft::new(doc_type, elements, signer.certificate(), days).unwrap();
    let signer = DocumentSigner { key: signer.key(), certificate: signer.certificate() };
    draft.sign(keys, signer, rng).unwrap()
}

/// As `coffret issue` writes them.
pub(crate) fn credentials(doc_type: &str, signed: &[IssuerSigned], reuse: Reuse) -> Vec<u8> {
    let one = |signed: &IssuerSigned| {
        let one_time = (reuse == Reuse::OneTime).then(|| ("oneTime", Encoded::from(true)));
        let rest = [("docType", doc_type.into()), ("issuerSigned", Encoded::from(signed))];
        Encoded::map(rest.into_iter().chain(one_time))
    };
    match signed {
        [only] => one(only).into_bytes(),
        several => Encoded::array(several.iter().map(one)).into_bytes(),
    }
}

//! Wallets of many documents of one type, each with as many entries in its log.

use std::fs;
use std::path::{Path, PathBuf};

use coffret_cbor::{Encoded, Timestamp, Value};
use coffret_crypto::password::Cost;
use coffret_crypto::{Curve, KeyPolicy};
use coffret_holder::log::Search;
use coffret_holder::{Effect, Engage, Event, Presentation, TrustData, Wallet};
use coffret_issuer::Draft;
use coffret_mdoc::{DeviceAuthMethod, DocumentSigner, NameSpaces};
use coffret_proximity::{DeviceEngagement, Establishing};
use coffret_store::{BootTime, FILES, KeyFile, Opened, Pin};
use coffret_trust::Purpose;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::licence::{Licence, MDL, TEXT, days, elements, request};

/// How many documents.
pub const SIZES: [usize; 4] = [10, 100, 1_000, 10_000];

/// A page of the log.
pub const PAGE: usize = 20;

/// Keys and credentials at once: as many as a wallet takes.
const BATCH: usize = 255;

const PIN: &str = "271828";
const BOOT: BootTime = BootTime { boot: [7; 16], seconds: 1_000, wall: None };

/// The day on which all of this happens.
pub fn now() -> Timestamp {
    Timestamp::parse("2026-11-22T12:00:00Z").unwrap()
}

/// Where a wallet is.
pub struct Place {
    folder: PathBuf,
}

impl Place {
    /// Of the wallet with so many documents, among those in `folder`.
    pub fn of(folder: &Path, documents: usize) -> Place {
        Place { folder: folder.join(documents.to_string()) }
    }

    /// Makes the wallet anew, with so many documents and so many entries in its log.
    pub fn fill(&self, documents: usize, entries: usize) {
        let _ = fs::remove_dir_all(&self.folder);
        fs::create_dir_all(&self.folder).unwrap();
        let mut rng = ChaCha20Rng::from_seed([16; 32]);
        let licence = Licence::new(now());
        let Opened::New(blank) = self.opened() else { panic!("there is a wallet already") };
        // What a PIN costs is the same however many documents there are.
        let store = blank.create(&Pin::parse(PIN).unwrap(), Cost::MIN, &mut rng).unwrap();
        let mut wallet = Wallet::open(store).unwrap();
        let issuer = TrustData::Anchors(licence.root.as_bytes(), Purpose::Issuer);
        wallet.import_trust(issuer, "iaca.pem", now(), &mut rng).unwrap();
        // The log first: with nothing held, nothing is looked for.
        for _ in 0..entries {
            let mut met = Met::new(&mut wallet, &mut rng);
            met.ask(&mut wallet, &mut rng);
            wallet.step(&mut met.presentation, Event::Refused, now(), &mut rng).unwrap();
        }
        for first in (0..documents).step_by(BATCH) {
            add(&licence, &mut wallet, first..documents.min(first + BATCH), &mut rng);
        }
        assert_eq!(wallet.documents(now()).unwrap().len(), documents);
    }

    /// Whether it was made.
    pub fn exists(&self) -> bool {
        self.folder.exists()
    }

    /// Opens it, by its PIN.
    pub fn unlock(&self) -> Wallet {
        let Opened::Locked(locked) = self.opened() else { panic!("there is no wallet") };
        let store = locked.unlock(&Pin::parse(PIN).unwrap(), BOOT).map_err(|(_, error)| error);
        Wallet::open(store.unwrap()).unwrap()
    }

    /// What its files take.
    pub fn bytes(&self) -> u64 {
        let files = FILES
            .iter()
            .filter_map(|file| fs::metadata(self.folder.join("wallet").join(file)).ok());
        files.map(|file| file.len()).sum()
    }

    fn opened(&self) -> Opened {
        let secrets = KeyFile::new(self.folder.join("secrets"));
        coffret_store::open(&self.folder.join("wallet"), Box::new(secrets)).unwrap()
    }
}

/// One licence for each number, which no two have in common.
fn add(
    licence: &Licence,
    wallet: &mut Wallet,
    numbers: std::ops::Range<usize>,
    rng: &mut ChaCha20Rng,
) {
    let policy = KeyPolicy { curve: Curve::P256 };
    let tasks = wallet.new_keys(numbers.len().try_into().unwrap(), policy, rng).unwrap();
    let made = tasks.iter().map(|task| wallet.perform(task, rng).unwrap()).collect();
    let keys = wallet.keys_ready(made, rng).unwrap();
    let signer = &licence.pki.document_signer;
    let credentials = keys.into_iter().zip(numbers).map(|(key, number)| {
        let draft = Draft::new(MDL, &numbered(number), signer.certificate(), days(now())).unwrap();
        let signer = DocumentSigner { key: signer.key(), certificate: signer.certificate() };
        let signed = draft.sign(&[key], signer, rng).unwrap();
        Encoded::map([("docType", MDL.into()), ("issuerSigned", Encoded::from(&signed[0]))])
    });
    let credentials = Encoded::array(credentials.collect::<Vec<_>>());
    wallet.add(credentials.as_bytes(), now(), rng).unwrap();
}

fn numbered(number: usize) -> NameSpaces<Value> {
    let number = Value::from(format!("T{number:012}").as_str());
    let elements = elements();
    let numbered = elements.iter().map(|(namespace, id, value)| match id {
        "document_number" => (namespace, id, number.clone()),
        _ => (namespace, id, value.clone()),
    });
    numbered.collect()
}

/// A wallet and a reader that have met, before the request is read.
pub struct Met {
    presentation: Presentation,
    message: Option<Vec<u8>>,
}

impl Met {
    /// By the wallet's engagement; the reader asks for five short elements.
    pub fn new(wallet: &mut Wallet, rng: &mut ChaCha20Rng) -> Met {
        let method = DeviceAuthMethod::Signature;
        let (presentation, mut effects) =
            wallet.present(Engage::Device, method, now(), rng).unwrap();
        let Some(Effect::Show(uri)) = effects.pop() else { panic!("{effects:?}") };
        let engagement = DeviceEngagement::from_uri(&uri).unwrap();
        let reader = Establishing::new(&engagement, rng).unwrap();
        let (_, message) = reader.establish(request(&TEXT).encoded().as_bytes()).unwrap();
        Met { presentation, message: Some(message) }
    }

    /// From the request to the question that the person is asked; how many documents it offers.
    pub fn ask(&mut self, wallet: &mut Wallet, rng: &mut ChaCha20Rng) -> usize {
        let event = Event::Received(self.message.take().unwrap());
        let effects = wallet.step(&mut self.presentation, event, now(), rng).unwrap();
        let [Effect::Ask(consent)] = &effects[..] else { panic!("{effects:?}") };
        consent.documents.iter().map(|document| document.candidates.len()).sum()
    }
}

/// A page of the log: the newest, or the last of all.
pub fn log_page(wallet: &Wallet, is_newest: bool) {
    let before = (!is_newest).then_some(PAGE as u64 + 1);
    let search = Search { before, limit: Some(PAGE), ..Search::default() };
    let found = wallet.search_log(&search).unwrap().len();
    assert!(found > 0);
}

//! Once the file has a change, the error says that it is saved, and the wallet opens with it: each
//! operation, while the platform takes no secrets.

use std::sync::atomic::{AtomicUsize, Ordering};

use coffret_crypto::password::Cost;
use coffret_crypto::{PublicKey, Wiped};
use coffret_holder::{AddError, AutoLock, Engage, Error, Event, Reuse, TrustData, Wallet};
use coffret_mdoc::DeviceAuthMethod;
use coffret_store::{Locked, MemorySecrets, Opened, Pin, PlatformSecrets};
use coffret_trust::Purpose;

use crate::story::{BOOT, CARD, MDL, P256, PIN, Story};

const BEHIND: Error = Error::Store(coffret_store::Error::SecretsBehind);
const UNAVAILABLE: Error = Error::Store(coffret_store::Error::SecretsUnavailable);
const OTHER_PIN: &str = "314159";

/// What a person sees of a wallet.
fn seen(wallet: &Wallet, story: &Story) -> String {
    let people = wallet.people().unwrap().into_iter().map(|person| (person.id, person.name));
    format!(
        "{:?} {:?} {:?} {:?} {:?}",
        wallet.documents(story.now).unwrap(),
        people.collect::<Vec<_>>(),
        wallet.trust_list(),
        wallet.auto_lock().unwrap(),
        wallet.log().unwrap(),
    )
}

/// With a key that waits for a credential.
type Operation = fn(&mut Story, &mut Wallet, &PublicKey) -> Result<(), Error>;

/// Whatever changes the wallet in one call.
const OPERATIONS: [(&str, Operation); 8] = [
    ("add", |story, wallet, key| {
        let credentials = story.issue("adulte", CARD, std::slice::from_ref(key), Reuse::Reusable);
        let added = wallet.add(&credentials, story.now, &mut story.rng);
        added.map(drop).map_err(|error| match error {
            AddError::Failed(error) => error,
            AddError::Refused(refusals) => panic!("{refusals:?}"),
        })
    }),
    ("remove", |story, wallet, _| {
        let first = wallet.documents(story.now).unwrap()[0].id;
        wallet.remove(first, &mut story.rng)
    }),
    ("import_trust", |story, wallet, _| {
        let root = story.pki.reader_authority.certificate_pem().unwrap();
        let anchors = TrustData::Anchors(root.as_bytes(), Purpose::Reader);
        wallet.import_trust(anchors, "reader-ca.pem", story.now, &mut story.rng).map(drop)
    }),
    ("remove_trust", |story, wallet, _| {
        let first = wallet.trust_list()[0].id;
        wallet.remove_trust(first, &mut story.rng)
    }),
    ("set_auto_lock", |story, wallet, _| {
        wallet.set_auto_lock(AutoLock::after(60).unwrap(), &mut story.rng)
    }),
    ("add_person", |story, wallet, _| wallet.add_person("Émile", &mut story.rng).map(drop)),
    ("rename_person", |story, wallet, _| {
        let first = wallet.people().unwrap()[0].id;
        wallet.rename_person(first, "Émile", &mut story.rng)
    }),
    ("delete_log", |story, wallet, _| wallet.delete_log(&[0], &mut story.rng)),
];

/// Something for the log: a reader that nobody understands.
pub(crate) fn an_entry(story: &mut Story, wallet: &mut Wallet) {
    let method = DeviceAuthMethod::Signature;
    let begun = wallet.present(Engage::Device, method, story.now, &mut story.rng);
    let (mut machine, _) = begun.unwrap();
    wallet.step(&mut machine, Event::Received(vec![0]), story.now, &mut story.rng).unwrap();
}

#[test]
fn what_is_said_to_be_saved_is() {
    for (name, operation) in OPERATIONS {
        let (mut story, mut wallet) = Story::begin();
        story.add(&mut wallet, "adulte", MDL, 1, Reuse::Reusable);
        let key = story.keys(&mut wallet, 1).remove(0);
        an_entry(&mut story, &mut wallet);

        let (mut wallet, fails) = story.reopen_failing(wallet);
        let before = seen(&wallet, &story);
        fails.store(true, Ordering::Relaxed);
        assert_eq!(operation(&mut story, &mut wallet, &key), Err(BEHIND), "{name}");
        let after = seen(&wallet, &story);
        assert!(after != before, "{name} changes nothing");
        let again = wallet.add_person("Zoé", &mut story.rng);
        assert_eq!(again.unwrap_err(), UNAVAILABLE, "{name}: then nothing is written");
        let wallet = story.reopen(wallet);
        assert_eq!(seen(&wallet, &story), after, "{name}: the wallet opens with it");
    }
}

/// The secret that the new PIN goes with is told first: where that fails, the PIN is the former one.
#[test]
fn a_new_pin_that_is_said_to_be_saved_opens_the_wallet() {
    // Unlocking tells the platform twice, and so does confirming the old PIN.
    for (tellings, error, opens) in [(4, UNAVAILABLE, PIN), (5, BEHIND, OTHER_PIN)] {
        let (mut story, wallet) = Story::begin();
        drop(wallet);
        let secrets = Tellings(story.secrets.clone(), AtomicUsize::new(tellings));
        let store = locked(&story, Box::new(secrets)).unlock(&pin(PIN), BOOT);
        let store = store.map_err(|(_, error)| error).unwrap();
        let mut wallet = Wallet::open(store).unwrap();
        let changed =
            wallet.change_pin(&pin(PIN), &pin(OTHER_PIN), Cost::MIN, BOOT, &mut story.rng);
        assert_eq!(changed, Err(error));
        drop(wallet);
        let unlocks =
            |text| locked(&story, Box::new(story.secrets.clone())).unlock(&pin(text), BOOT);
        for text in [PIN, OTHER_PIN] {
            assert_eq!(unlocks(text).is_ok(), text == opens, "{error:?}");
        }
    }
}

/// Keys that are asked for are kept only if that is said.
#[test]
fn keys_that_are_not_kept_are_not_handed_out() {
    let (mut story, wallet) = Story::begin();
    let (mut wallet, fails) = story.reopen_failing(wallet);
    fails.store(true, Ordering::Relaxed);
    let tasks = wallet.new_keys(1, P256, &mut story.rng).unwrap();
    let made = wallet.perform(&tasks[0], &mut story.rng);
    assert_eq!(made.err(), Some(UNAVAILABLE));
    let mut wallet = story.reopen(wallet);
    assert_eq!(story.destroy_keys(&mut wallet), 0);
}

fn pin(text: &str) -> Pin {
    Pin::parse(text).unwrap()
}

fn locked(story: &Story, secrets: Box<dyn PlatformSecrets>) -> Locked {
    match coffret_store::open(story.folder(), secrets).unwrap() {
        Opened::Locked(locked) => locked,
        Opened::New(_) => panic!("there is no wallet"),
    }
}

/// Secrets that are replaced so many times, and no more.
struct Tellings(MemorySecrets, AtomicUsize);

impl PlatformSecrets for Tellings {
    fn load(&self) -> Result<Option<Wiped>, coffret_store::Error> {
        self.0.load()
    }

    fn replace(&self, slot: &[u8]) -> Result<(), coffret_store::Error> {
        let left =
            self.1.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
        left.map_err(|_| coffret_store::Error::SecretsUnavailable)?;
        self.0.replace(slot)
    }

    fn delete(&self) -> Result<(), coffret_store::Error> {
        self.0.delete()
    }
}

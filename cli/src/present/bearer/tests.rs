use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use std::{env, fs, process};

use coffret_catalogue::Lang;
use coffret_holder::Outcome;
use coffret_mdoc::{DeviceRequest, DocRequest, IntentToRetain, ItemsRequest};
use coffret_proximity::{Collected, Collector, Inviting, ReaderCode};
use coffret_store::{Cost, MemorySecrets, Opened, Pin};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use super::*;

/// Seconds since 1970.
const NOON: u64 = 1_795_348_800;

/// A wallet without documents, in a folder of its own.
fn wallet(name: &str, rng: &mut ChaCha20Rng) -> (Wallet, PathBuf) {
    let folder = env::temp_dir().join(format!("coffret-bearer-{name}-{}", process::id()));
    fs::create_dir_all(&folder).unwrap();
    let opened = coffret_store::open(&folder, Box::new(MemorySecrets::default())).unwrap();
    let Opened::New(blank) = opened else { panic!("there is one") };
    let store = blank.create(&Pin::chosen("274915").unwrap(), Cost::DESKTOP, rng).unwrap();
    (Wallet::open(store).unwrap(), folder)
}

/// The code of a reader that asks at noon.
fn code(rng: &mut ChaCha20Rng) -> ReaderCode {
    let inviting = Inviting::new(Timestamp::from_unix(NOON as i64).unwrap(), rng).unwrap();
    let items = ItemsRequest::new("a", [("b", "c", IntentToRetain::NotRetained)]);
    let request = DeviceRequest::new(vec![DocRequest::unsigned(&items).unwrap()]);
    let mut collector = Collector::of_codes();
    for frame in inviting.code(request.encoded().as_bytes()).unwrap() {
        if let Ok(Collected::Whole(code)) = collector.receive(&frame) {
            return ReaderCode::parse(&code).unwrap();
        }
    }
    unreachable!("frames go on until they are enough")
}

/// What is left for the link, and why, when the person takes as long as this.
fn after(seconds: u64, name: &str) -> (Vec<Effect>, Vec<String>) {
    static TIME: AtomicU64 = AtomicU64::new(NOON);
    fn time() -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(TIME.load(Ordering::Relaxed))
    }
    TIME.store(NOON, Ordering::Relaxed);
    let mut rng = ChaCha20Rng::from_seed([1; 32]);
    let (mut wallet, folder) = wallet(name, &mut rng);
    let code = code(&mut rng);
    let decide = |_: &Consent| {
        TIME.fetch_add(seconds, Ordering::Relaxed);
        Ok(Approval::default())
    };
    let method = DeviceAuthMethod::Signature;
    let mut bearer = Bearer::new(&mut wallet, method, decide, Clock::Running(time), &mut rng);
    let effects = bearer.engage(Engage::Reader(&code)).unwrap();
    let errors = &bearer.decided().unwrap().errors;
    let errors = errors
        .iter()
        .map(|reason| reason.to_json(Lang::French)["code"].as_str().unwrap().to_owned())
        .collect();
    drop(wallet);
    fs::remove_dir_all(folder).unwrap();
    (effects, errors)
}

#[test]
fn what_is_answered_after_the_code_has_expired_does_not_leave() {
    let (effects, errors) = after(119, "in-time");
    assert!(matches!(effects.as_slice(), [Effect::Animate(_)]), "{effects:?}");
    assert!(errors.is_empty());
    let (effects, errors) = after(120, "late");
    assert!(matches!(effects.as_slice(), [Effect::Ended(Outcome::Unanswered)]), "{effects:?}");
    assert_eq!(errors, ["reader-code-expired"]);
}

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use std::{env, fs, process};

use coffret_catalogue::Lang;
use coffret_holder::Outcome;
use coffret_mdoc::{DeviceRequest, DocRequest, IntentToRetain, ItemsRequest};
use coffret_proximity::{
    Collected, Collector, DeviceEngagement, Establishing, Inviting, ReaderCode, Status,
};
use coffret_store::{Cost, MemorySecrets, Opened, Pin};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use super::*;
use crate::error::Error;

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

fn request() -> DeviceRequest {
    let items = ItemsRequest::new("a", [("b", "c", IntentToRetain::NotRetained)]);
    DeviceRequest::new(vec![DocRequest::unsigned(&items).unwrap()])
}

/// The code of a reader that asks at noon.
fn code(rng: &mut ChaCha20Rng) -> ReaderCode {
    let inviting = Inviting::new(Timestamp::from_unix(NOON as i64).unwrap(), rng).unwrap();
    let mut collector = Collector::of_codes();
    for frame in inviting.invite(request().encoded().as_bytes()).unwrap().1 {
        if let Ok(Collected::Whole(code)) = collector.receive(&frame) {
            return ReaderCode::parse(&code).unwrap();
        }
    }
    unreachable!("frames go on until they are enough")
}

/// What is left for the link, and why, when the person takes as long as this to answer.
fn after(
    seconds: u64,
    name: &str,
    answer: fn(&Consent, Deadline) -> Result<Approval, Failure>,
) -> (Vec<Effect>, Vec<String>) {
    static ONE_TEST: Mutex<()> = Mutex::new(());
    static TIME: AtomicU64 = AtomicU64::new(NOON);
    let _one = ONE_TEST.lock().unwrap_or_else(PoisonError::into_inner);
    fn time() -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(TIME.load(Ordering::Relaxed))
    }
    TIME.store(NOON, Ordering::Relaxed);
    let mut rng = ChaCha20Rng::from_seed([1; 32]);
    let (mut wallet, folder) = wallet(name, &mut rng);
    let code = code(&mut rng);
    let decide = |consent: &Consent, until: Deadline| {
        assert!(!until.is_over().unwrap());
        TIME.fetch_add(seconds, Ordering::Relaxed);
        assert_eq!(until.is_over().unwrap(), seconds >= 120, "the code lives two minutes");
        answer(consent, until)
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
    let nothing = |_: &Consent, _| Ok(Approval::default());
    let (effects, errors) = after(119, "in-time", nothing);
    assert!(matches!(effects.as_slice(), [Effect::Animate(_)]), "{effects:?}");
    assert!(errors.is_empty());
    let (effects, errors) = after(120, "late", nothing);
    assert!(matches!(effects.as_slice(), [Effect::Ended(Outcome::Unanswered)]), "{effects:?}");
    assert_eq!(errors, ["reader-code-expired"]);
}

#[test]
fn a_reader_is_told_that_the_person_has_left_the_question() {
    let mut rng = ChaCha20Rng::from_seed([1; 32]);
    let (mut wallet, folder) = wallet("left", &mut rng);
    let mut reader_rng = ChaCha20Rng::from_seed([2; 32]);
    let left = |_: &Consent, _| Err(Failure::refused(Error::NotConfirmed, About::Whole));
    let clock = Clock::Stopped(Timestamp::from_unix(NOON as i64).unwrap());
    let mut bearer = Bearer::new(&mut wallet, DeviceAuthMethod::Signature, left, clock, &mut rng);
    let shown = bearer.engage(Engage::Device).unwrap();
    let [Effect::Show(engagement)] = shown.as_slice() else { panic!("{shown:?}") };
    let engagement = DeviceEngagement::from_uri(engagement).unwrap();
    let reader = Establishing::new(&engagement, &mut reader_rng).unwrap();
    let (mut session, message) = reader.establish(request().encoded().as_bytes()).unwrap();
    let effects = bearer.step(Event::Received(message)).unwrap();
    let [Effect::Send(end), Effect::Ended(Outcome::Unanswered)] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    assert_eq!(session.open(end).unwrap().status, Some(Status::Termination));
    let why = Reason::new(Error::NotConfirmed.code(), About::Whole);
    assert_eq!(bearer.decided().unwrap().errors, [why]);
    drop(wallet);
    fs::remove_dir_all(folder).unwrap();
}

#[test]
#[cfg(unix)]
fn the_question_ends_with_the_code() {
    let (effects, errors) = after(120, "unanswered", |consent, until| {
        let (mut terminal, _keyboard) = crate::prompt::tests::terminal();
        let asked = crate::present::ask::ask(&mut terminal, consent, &[], until, Lang::French);
        assert!(asked.is_err(), "nobody has answered");
        asked
    });
    assert!(matches!(effects.as_slice(), [Effect::Ended(Outcome::Unanswered)]), "{effects:?}");
    assert_eq!(errors, ["reader-code-expired"]);
}

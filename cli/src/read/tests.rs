use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use std::{env, fs, process};

use coffret_catalogue::Lang;
use coffret_trust::Trust;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use super::*;
use crate::clock::Clock;

/// A minute later each time that it is read, from noon on.
fn hurried() -> SystemTime {
    static TIME: AtomicU64 = AtomicU64::new(1_795_348_800);
    UNIX_EPOCH + Duration::from_secs(TIME.fetch_add(60, Ordering::Relaxed))
}

#[test]
fn nobody_is_waited_for_once_the_code_has_expired() {
    let folder = env::temp_dir().join(format!("coffret-read-alone-{}", process::id()));
    fs::create_dir_all(&folder).unwrap();
    expires(&folder, Duration::from_secs(2));
}

#[test]
fn an_answer_that_comes_after_the_code_has_expired_is_none() {
    let folder = env::temp_dir().join(format!("coffret-read-{}", process::id()));
    fs::create_dir_all(&folder).unwrap();
    for number in 1..=2 {
        qr::draw(&folder, Side::Wallet, number, &format!("NOTHING {number}")).unwrap();
    }
    expires(&folder, Duration::ZERO);
}

/// A reading that looks at the clock a few times, which is enough.
fn expires(folder: &Path, wait: Duration) {
    let mut rng = ChaCha20Rng::from_seed([1; 32]);
    let desk = Desk::new(Trust::new(), None, &mut rng);
    let ask = Ask::purpose("age-18").unwrap();
    let clock = Clock::Running(hurried);
    let context = Context { lang: Lang::French, now: clock.now().unwrap(), clock };
    let watch = Watch::new(folder, Side::Wallet, wait);
    let outcome = by_pictures(&desk, &ask, folder, watch, context, &mut rng).unwrap();
    let expired = coffret_proximity::Error::CodeExpired.into();
    assert!(matches!(outcome, Outcome::Unanswered(error) if error == expired), "{outcome:?}");
    fs::remove_dir_all(folder).unwrap();
}

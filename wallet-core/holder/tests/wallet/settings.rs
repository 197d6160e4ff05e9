use coffret_crypto::password::Cost;
use coffret_holder::{AutoLock, Error, Reuse, Wallet};
use coffret_store::{BootTime, Opened, Pin};

use crate::story::{BOOT, MDL, PIN, Story};

#[test]
fn a_wallet_left_alone_is_locked() {
    let auto_lock = AutoLock::after(60).unwrap();
    let at = |seconds| BootTime { seconds, ..BOOT };
    let last_use = at(1_000);
    for (now, is_due) in [
        (at(1_000), false),
        (at(1_059), false),
        (at(1_060), true),
        (at(999), true),
        (BootTime { boot: [8; 16], seconds: 1_001, wall: None }, true),
    ] {
        assert_eq!(auto_lock.is_due(last_use, now), is_due, "{now:?}");
    }
}

#[test]
fn the_delay_is_kept_and_bounded() {
    let (mut story, mut wallet) = Story::begin();
    assert_eq!(wallet.auto_lock().unwrap().seconds(), 120);
    let chosen = AutoLock::after(300).unwrap();
    wallet.set_auto_lock(chosen, &mut story.rng).unwrap();
    assert_eq!(story.reopen(wallet).auto_lock(), Ok(chosen));
    for seconds in [0, 14, 3601] {
        assert_eq!(AutoLock::after(seconds), Err(Error::AutoLock), "{seconds}");
    }
}

#[test]
fn a_locked_wallet_opens_by_its_pin() {
    let (mut story, mut wallet) = Story::begin();
    story.add(&mut wallet, "adulte", MDL, 1, Reuse::Reusable);
    let cards = wallet.documents(story.now).unwrap();
    let locked = wallet.lock();
    let pin = Pin::parse(PIN).unwrap();
    let store = locked.unlock(&pin, BOOT).map_err(|(_, error)| error).unwrap();
    let mut wallet = Wallet::open(store).unwrap();
    assert_eq!(wallet.documents(story.now), Ok(cards.clone()));

    let other = Pin::parse("314159").unwrap();
    let wrong = Err(Error::Store(coffret_store::Error::WrongPin));
    assert_eq!(wallet.confirm_pin(&other, BOOT), wrong);
    assert_eq!(wallet.change_pin(&other, &other, Cost::MIN, BOOT, &mut story.rng), wrong);
    assert_eq!(wallet.attempts(BOOT).left, 14, "each is a try");
    wallet.confirm_pin(&pin, BOOT).unwrap();
    assert_eq!(wallet.attempts(BOOT).left, 16);
    wallet.change_pin(&pin, &other, Cost::MIN, BOOT, &mut story.rng).unwrap();
    let (locked, error) = wallet.lock().unlock(&pin, BOOT).map(|_| ()).unwrap_err();
    assert_eq!(error, coffret_store::Error::WrongPin);
    let store = locked.unlock(&other, BOOT).map_err(|(_, error)| error).unwrap();
    assert_eq!(Wallet::open(store).unwrap().documents(story.now), Ok(cards));
}

#[test]
fn an_erased_wallet_is_gone() {
    let (mut story, mut wallet) = Story::begin();
    story.add(&mut wallet, "adulte", MDL, 1, Reuse::Reusable);
    wallet.erase().unwrap();
    let again = coffret_store::open(story.folder(), Box::new(story.secrets.clone())).unwrap();
    assert!(matches!(again, Opened::New(_)));
}

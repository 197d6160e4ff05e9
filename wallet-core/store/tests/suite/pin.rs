//! Which PINs there are, and how often they may be tried.

use coffret_store::{Attempts, BootTime, Changes, Cost, Error, Locked, Opened, Pin};

use crate::place::{BOOT, ONE, Place, Recorder, id, other_pin, pin, some_records};

#[test]
fn a_pin_is_6_to_32_digits() {
    for text in ["", "12345", "19067a", "190 673", "١٩٠٦٧٣", "-190673", &"1".repeat(33)] {
        assert_eq!(Pin::parse(text).unwrap_err(), Error::PinForm, "{text}");
        assert_eq!(Pin::chosen(text).unwrap_err(), Error::PinForm, "{text}");
    }
    for text in ["000000", "190673", &"190673".repeat(5), &"1".repeat(32)] {
        assert!(Pin::parse(text).is_ok(), "{text}");
    }
}

#[test]
fn an_obvious_pin_is_not_chosen() {
    for text in [
        "000000", "777777", "123456", "654321", "456789", "567890", "890123", "135791", "020202",
        "121212", "123123", "12341234", "1212121", "112233", "159753",
    ] {
        assert_eq!(Pin::chosen(text).unwrap_err(), Error::PinObvious, "{text}");
    }
    for text in ["190673", "123457", "121213", "000001", "1234560"] {
        assert!(Pin::chosen(text).is_ok(), "{text}");
    }
}

fn wrong(locked: Locked, boot: BootTime) -> (Locked, Error) {
    locked.unlock(&other_pin(), boot).unwrap_err()
}

fn later(boot: BootTime, seconds: u64) -> BootTime {
    BootTime { seconds: boot.seconds + seconds, ..boot }
}

const ANOTHER: BootTime = BootTime { boot: [8; 16], seconds: 0, wall: None };

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// After each wrong PIN, how long until the next.
const SCHEDULE: [u64; 15] = [
    0,
    0,
    0,
    0,
    MINUTE,
    MINUTE,
    5 * MINUTE,
    5 * MINUTE,
    15 * MINUTE,
    15 * MINUTE,
    HOUR,
    HOUR,
    DAY,
    DAY,
    DAY,
];

/// Each try in a process of its own.
#[test]
fn the_schedule_holds_across_restarts() {
    let (place, store) = Place::made("schedule");
    drop(store);
    let mut boot = BOOT;
    for (n, wait) in (1..).zip(SCHEDULE) {
        let (mut locked, error) = wrong(place.locked().unwrap(), boot);
        assert_eq!(error, Error::WrongPin, "try {n}");
        let expected = Attempts { left: 16 - n, wait };
        assert_eq!(locked.attempts(boot), expected);
        drop(locked);
        let mut locked = place.locked().unwrap();
        assert_eq!(locked.attempts(boot), expected);
        if wait > 0 {
            let early = later(boot, wait - 1);
            let slot = place.slot();
            let (mut locked, error) = wrong(locked, early);
            assert_eq!(error, Error::MustWait);
            assert_eq!(locked.attempts(early), Attempts { left: 16 - n, wait: 1 });
            let (_, error) = locked.unlock(&pin(), early).unwrap_err();
            assert_eq!(error, Error::MustWait, "the right PIN waits too");
            assert!(place.slot() == slot, "no try, and nothing written");
        }
        boot = later(boot, wait);
    }
    let files = place.files();
    let (mut locked, error) = wrong(place.locked().unwrap(), boot);
    assert_eq!(error, Error::Destroyed);
    assert_eq!(locked.attempts(boot), Attempts { left: 0, wait: 0 });
    let (locked, error) = locked.unlock(&pin(), boot).unwrap_err();
    assert_eq!(error, Error::Destroyed, "the right PIN is too late");
    drop(locked);
    assert_eq!(place.locked().unwrap_err(), Error::Destroyed);
    assert!(place.files() == files, "the file is as it was");
    coffret_store::erase(&place.folder, &place.secrets).unwrap();
    assert!(place.blank().is_some());
}

#[test]
fn the_right_pin_begins_anew() {
    let (place, store) = Place::made("begin-anew");
    let mut locked = store.lock();
    for _ in 0..4 {
        locked = wrong(locked, BOOT).0;
    }
    assert_eq!(locked.attempts(BOOT).left, 12);
    let mut locked = locked.unlock(&pin(), BOOT).unwrap().lock();
    assert_eq!(locked.attempts(BOOT), Attempts { left: 16, wait: 0 });
    drop(locked);
    assert_eq!(place.locked().unwrap().attempts(BOOT), Attempts { left: 16, wait: 0 });
}

#[test]
fn a_reboot_begins_the_wait_again() {
    let (place, store) = Place::made("reboot");
    let mut locked = store.lock();
    for _ in 0..5 {
        locked = wrong(locked, BOOT).0;
    }
    drop(locked);
    let mut locked = place.locked().unwrap();
    let mut attempts = |boot| locked.attempts(boot).wait;
    assert_eq!(attempts(later(BOOT, 59)), 1);
    assert_eq!(attempts(ANOTHER), 60, "as if the last try were the start of this boot");
    assert_eq!(attempts(later(ANOTHER, 59)), 1);
    assert_eq!(attempts(later(ANOTHER, 60)), 0);
    let (locked, error) = wrong(locked, later(ANOTHER, 59));
    assert_eq!(error, Error::MustWait);
    let (mut locked, error) = wrong(locked, later(ANOTHER, 60));
    assert_eq!(error, Error::WrongPin);
    assert_eq!(locked.attempts(later(ANOTHER, 60)), Attempts { left: 10, wait: 60 });
}

/// A clock that goes back makes the wait begin again, and no longer than it is: neither clock of a
/// try that was years ahead is waited for.
#[test]
fn a_clock_that_goes_back_begins_the_wait_again() {
    let at = |seconds, wall| BootTime { seconds, wall: Some(wall), ..BOOT };
    let year = 365 * DAY;
    for (name, ahead) in [
        ("boot-ahead", at(10 * year, 5_000)),
        ("wall-ahead", at(1_000, 10 * year)),
        ("both-ahead", at(10 * year, 10 * year)),
    ] {
        let (place, store) = Place::made(name);
        let mut locked = store.lock();
        for _ in 0..5 {
            locked = wrong(locked, ahead).0;
        }
        drop(locked);
        let now = at(1_000, 5_000);
        let mut locked = place.locked().unwrap();
        assert_eq!(locked.attempts(now).wait, MINUTE, "{name}");
        let anchored = place.slot();
        drop(locked);
        let mut locked = place.locked().unwrap();
        assert_eq!(locked.attempts(at(1_059, 5_059)).wait, 1, "{name}");
        assert_eq!(locked.attempts(at(1_060, 5_060)).wait, 0, "{name}");
        assert!(place.slot() == anchored, "{name}: the wait begins again once");
        assert!(locked.unlock(&pin(), at(1_060, 5_060)).is_ok(), "{name}");

        // By trying alone, without having looked.
        let mut locked = place.locked().unwrap();
        for _ in 0..5 {
            locked = wrong(locked, ahead).0;
        }
        let (locked, error) = wrong(locked, now);
        assert_eq!(error, Error::MustWait, "{name}");
        drop(locked);
        let locked = place.locked().unwrap();
        let mut store = locked.unlock(&pin(), at(1_060, 5_060)).map_err(|(_, e)| e).unwrap();

        // Of the open store.
        for _ in 0..5 {
            assert_eq!(store.confirm_pin(&other_pin(), ahead), Err(Error::WrongPin), "{name}");
        }
        assert_eq!(store.attempts(now).wait, MINUTE, "{name}");
        assert_eq!(store.attempts(at(1_060, 5_060)).wait, 0, "{name}");
    }
}

/// A process with a boot clock of its own is not believed.
#[test]
fn a_wait_is_over_once_both_clocks_have_moved() {
    let at = |boot, seconds, wall| BootTime { boot, seconds, wall };
    let (_place, store) = Place::made("both-clocks");
    let mut locked = store.lock();
    let (boot, other) = ([7; 16], [8; 16]);
    for _ in 0..5 {
        locked = wrong(locked, at(boot, 1_000, Some(5_000))).0;
    }
    for (now, wait) in [
        (at(boot, 1_000_000, Some(5_000)), 60),
        (at(boot, 1_000_000, Some(5_059)), 1),
        (at(boot, 1_059, Some(5_000_000)), 1),
        (at(boot, 1_060, Some(5_060)), 0),
        (at(other, 1_000_000, Some(5_010)), 50),
        (at(other, 59, Some(5_000_000)), 1),
        (at(other, 60, Some(5_060)), 0),
        // Where the wall clock is not known, nothing is asked of it.
        (at(boot, 1_060, None), 0),
    ] {
        assert_eq!(locked.attempts(now).wait, wait, "{now:?}");
    }
}

/// The count is not in the file: putting the file back puts back no tries.
#[test]
fn a_restored_file_restores_no_tries() {
    let (mut place, mut store) = Place::made("restored");
    some_records(&mut store, &mut place.rng);
    drop(store);
    let files = place.files();
    for n in 1..=5 {
        wrong(place.locked().unwrap(), BOOT);
        files.restore(&place.folder);
        assert_eq!(place.locked().unwrap().attempts(BOOT).left, 16 - n);
    }
    assert_eq!(place.locked().unwrap().attempts(BOOT).wait, 60);
}

/// The process is stopped while the PIN is being tried: the try was counted before.
#[test]
fn a_try_that_is_cut_off_counts() {
    let (place, store) = Place::made("tries-cut-off");
    drop(store);
    let mut boot = BOOT;
    for wait in SCHEDULE {
        wrong(place.locked().unwrap(), boot);
        boot = later(boot, wait);
    }
    // What the sixteenth writes first, and what it would have written last.
    let secrets = Recorder::at(&place);
    let Opened::Locked(locked) = secrets.open(&place) else { panic!("nothing is there") };
    let (_, error) = wrong(locked, boot);
    assert_eq!(error, Error::Destroyed);
    let [counted, destroyed] = &secrets.told.lock().unwrap()[..] else { panic!("two slots") };
    place.restore_slot(&Some(counted.clone()));
    assert_eq!(place.locked().unwrap_err(), Error::Destroyed);
    assert!(place.slot().as_ref() == Some(destroyed), "the secret goes now");
    assert!(destroyed.len() < counted.len() - 30);
}

#[test]
fn a_changed_pin_has_all_its_tries() {
    let (mut place, mut store) = Place::made("changed-tries");
    assert_eq!(store.confirm_pin(&other_pin(), BOOT), Err(Error::WrongPin));
    store.change_pin(&pin(), &other_pin(), Cost::MIN, BOOT, &mut place.rng).unwrap();
    assert_eq!(store.attempts(BOOT), Attempts { left: 16, wait: 0 });
    assert_eq!(store.lock().attempts(BOOT), Attempts { left: 16, wait: 0 });
}

/// Whoever finds the store open does not know its PIN.
#[test]
fn an_open_store_takes_the_tries_of_a_locked_one() {
    let (mut place, mut store) = Place::made("open-tries");
    store.confirm_pin(&pin(), BOOT).unwrap();
    let slot = place.slot();
    let changed = store.change_pin(&other_pin(), &other_pin(), Cost::MIN, BOOT, &mut place.rng);
    assert_eq!(changed, Err(Error::WrongPin));
    assert!(place.slot() != slot, "the try is counted");
    assert_eq!(store.attempts(BOOT), Attempts { left: 15, wait: 0 });
    // Those of the locked store are the same.
    let (mut locked, _) = wrong(store.lock(), BOOT);
    assert_eq!(locked.attempts(BOOT).left, 14);
    let mut store = locked.unlock(&pin(), BOOT).unwrap();
    assert_eq!(store.attempts(BOOT).left, 16, "the right one begins anew");

    let mut boot = BOOT;
    for (n, wait) in (1..).zip(SCHEDULE) {
        assert_eq!(store.confirm_pin(&other_pin(), boot), Err(Error::WrongPin), "try {n}");
        assert_eq!(store.attempts(boot), Attempts { left: 16 - n, wait });
        if wait > 0 {
            let early = later(boot, wait - 1);
            let slot = place.slot();
            assert_eq!(store.confirm_pin(&pin(), early), Err(Error::MustWait));
            let changed = store.change_pin(&pin(), &other_pin(), Cost::MIN, early, &mut place.rng);
            assert_eq!(changed, Err(Error::MustWait));
            assert!(place.slot() == slot, "no try, and nothing written");
        }
        boot = later(boot, wait);
    }
    assert_eq!(store.confirm_pin(&other_pin(), boot), Err(Error::Destroyed));
    let slot = place.slot();
    assert_eq!(store.confirm_pin(&pin(), boot), Err(Error::Destroyed), "it is too late");
    let put = Changes::default().put(ONE, id(1), None, b"Bonjour".to_vec());
    assert_eq!(store.commit(put, &mut place.rng), Err(Error::Destroyed));
    assert!(place.slot() == slot, "the secret does not come back");
    drop(store);
    assert_eq!(place.locked().unwrap_err(), Error::Destroyed);
}

//! Each state that a file and its secrets can be in has its own error, and is as it was afterwards.

use std::fs;

use coffret_store::{Changes, Cost, Error, KeyFile, MemorySecrets, Opened};

use crate::place::{BOOT, ONE, Place, Recorder, Said, id, other_pin, pin, rng, some_records};

/// `open` or `unlock` refuse what is there, and touch none of it.
fn refused(place: &Place) -> Error {
    let before = (place.files(), place.slot());
    let error = place.unlocked().unwrap_err();
    assert!((place.files(), place.slot()) == before, "{error}: something was written");
    error
}

#[test]
fn the_file_alone() {
    let (place, store) = Place::made("file-alone");
    drop(store);
    place.restore_slot(&None);
    assert_eq!(refused(&place), Error::SecretsMissing);
}

#[test]
fn the_secrets_alone() {
    let (place, store) = Place::made("secrets-alone");
    drop(store);
    fs::remove_file(place.database()).unwrap();
    assert_eq!(refused(&place), Error::FileMissing);
}

#[test]
fn the_secrets_of_another_store() {
    let (mut place, _) = Place::made("another-store");
    let (other, _) = {
        let mut other = Place::new("another-store-2");
        other.rng = rng(2);
        let store = other.blank().unwrap().create(&pin(), Cost::MIN, &mut other.rng).unwrap();
        (other, store)
    };
    place.secrets = other.secrets.clone();
    assert_eq!(refused(&place), Error::OtherSecrets);
}

#[test]
fn secrets_that_nobody_wrote() {
    let (place, store) = Place::made("nonsense");
    drop(store);
    let slot = place.slot().unwrap();
    for nonsense in [&b""[..], b"nonsense", &slot[..slot.len() - 1], &[&slot[..], b"\0"].concat()] {
        place.restore_slot(&Some(nonsense.to_vec()));
        assert_eq!(refused(&place), Error::SecretsMalformed);
    }
    // The secret in one chunk: not as it is written.
    let (head, secret) = slot.split_at(2 + 17);
    let chunk = [head, b"\x5f", &secret[..34], b"\xff", &secret[34..]].concat();
    place.restore_slot(&Some(chunk));
    assert_eq!(refused(&place), Error::SecretsMalformed);
    let newer = [&slot[..1], b"\x03", &slot[2..]].concat();
    place.restore_slot(&Some(newer));
    assert_eq!(refused(&place), Error::NewerFormat);
}

#[test]
fn a_file_cut_short() {
    let (mut place, mut store) = Place::made("cut-short");
    some_records(&mut store, &mut place.rng);
    // What is in the log comes to the file itself.
    store.change_pin(&pin(), &pin(), Cost::MIN, BOOT, &mut place.rng).unwrap();
    drop(store);
    let bytes = fs::read(place.database()).unwrap();
    for length in [0, 1, 31, 99, 100, 4095, 4096, bytes.len() - 4096] {
        fs::write(place.database(), &bytes[..length]).unwrap();
        assert_eq!(refused(&place), Error::Truncated, "{length} bytes");
    }
    fs::write(place.database(), &bytes).unwrap();
    assert!(place.unlocked().is_ok());
}

#[test]
fn an_older_file() {
    let (mut place, mut store) = Place::made("older-file");
    some_records(&mut store, &mut place.rng);
    drop(store);
    let older = place.files();
    some_records(&mut place.unlocked().unwrap(), &mut place.rng);
    older.restore(&place.folder);
    assert_eq!(refused(&place), Error::RolledBack);
}

#[test]
fn a_log_that_lost_its_end() {
    let (mut place, mut store) = Place::made("log-cut-short");
    let put = Changes::default().put(ONE, id(1), None, b"Bonjour".to_vec());
    store.commit(put, &mut place.rng).unwrap();
    let files = place.files();
    drop(store);
    files.restore(&place.folder);
    let log = place.folder.join("store-wal");
    let bytes = fs::read(&log).unwrap();
    fs::write(&log, &bytes[..bytes.len() - 1]).unwrap();
    assert_eq!(refused(&place), Error::RolledBack);
}

#[test]
fn an_older_slot() {
    let (mut place, mut store) = Place::made("older-slot");
    let older = place.slot();
    // One transaction ahead would be one that was cut off.
    some_records(&mut store, &mut place.rng);
    drop(store);
    place.restore_slot(&older);
    assert_eq!(refused(&place), Error::SecretsOlder);
}

#[test]
fn both_of_another_past() {
    let (mut place, mut store) = Place::made("another-past");
    some_records(&mut store, &mut place.rng);
    drop(store);
    let (files, slot) = (place.files(), place.slot());
    some_records(&mut place.unlocked().unwrap(), &mut rng(2));
    let file_of_one = place.files();
    files.restore(&place.folder);
    place.restore_slot(&slot);
    some_records(&mut place.unlocked().unwrap(), &mut rng(3));
    file_of_one.restore(&place.folder);
    assert_eq!(refused(&place), Error::RolledBack, "the same epoch, and not the same state");
}

#[test]
fn a_file_one_ahead_of_another_past() {
    let (mut place, store) = Place::made("another-future");
    drop(store);
    let (files, slot) = (place.files(), place.slot());
    some_records(&mut place.unlocked().unwrap(), &mut place.rng);
    let two_ahead = place.files();
    files.restore(&place.folder);
    place.restore_slot(&slot);
    place.unlocked().unwrap().commit(Changes::default(), &mut place.rng).unwrap();
    two_ahead.restore(&place.folder);
    assert_eq!(refused(&place), Error::SecretsOlder, "the state before it is not the slot's");
}

/// The two that are older together are what they say they are: nothing in them tells.
#[test]
fn both_older() {
    let (mut place, mut store) = Place::made("both-older");
    some_records(&mut store, &mut place.rng);
    drop(store);
    let (files, slot) = (place.files(), place.slot());
    some_records(&mut place.unlocked().unwrap(), &mut place.rng);
    files.restore(&place.folder);
    place.restore_slot(&slot);
    assert!(place.unlocked().is_ok());
}

#[test]
fn either_side_of_a_change_of_pin() {
    let (mut place, mut store) = Place::made("sides");
    some_records(&mut store, &mut place.rng);
    let (file, slot) = (place.files(), place.slot());
    store.change_pin(&pin(), &other_pin(), Cost::MIN, BOOT, &mut place.rng).unwrap();
    drop(store);
    let (later_file, later_slot) = (place.files(), place.slot());
    file.restore(&place.folder);
    assert_eq!(refused(&place), Error::RolledBack);
    later_file.restore(&place.folder);
    place.restore_slot(&slot);
    assert_eq!(refused(&place), Error::SecretsOlder);
    place.restore_slot(&later_slot);
    assert!(place.locked().unwrap().unlock(&other_pin(), BOOT).is_ok());
}

/// The file is one state ahead: nothing was acknowledged, and all of it is there.
#[test]
fn a_transaction_cut_off_before_the_slot() {
    let (mut place, mut store) = Place::made("cut-off");
    some_records(&mut store, &mut place.rng);
    let slot = place.slot();
    let changes = Changes::default().put(ONE, id(7), None, b"ahead".to_vec());
    store.commit(changes, &mut place.rng).unwrap();
    let (said, done) = (Said::by(&store).unwrap(), place.slot());
    drop(store);
    place.restore_slot(&slot);
    drop(place.locked().unwrap());
    assert!(place.slot() == done, "the slot follows");
    assert_eq!(Said::by(&place.unlocked().unwrap()).unwrap(), said);
}

#[test]
fn a_change_of_pin_cut_off() {
    // Before and after the file moves to the next secret.
    let (mut place, mut store, secrets) = Recorder::made("pin-cut-off");
    some_records(&mut store, &mut place.rng);
    let (said, before) = (Said::by(&store).unwrap(), place.files());
    secrets.told.lock().unwrap().clear();
    store.change_pin(&pin(), &other_pin(), Cost::MIN, BOOT, &mut place.rng).unwrap();
    drop(store);
    let after = place.files();
    let told = secrets.told.lock().unwrap();
    let [_try, _right, beside, last] = &told[..] else { panic!("four slots") };

    before.restore(&place.folder);
    place.restore_slot(&Some(beside.clone()));
    assert_eq!(Said::by(&place.unlocked().unwrap()).unwrap(), said, "the former PIN");

    after.restore(&place.folder);
    place.restore_slot(&Some(beside.clone()));
    let locked = place.locked().unwrap();
    assert!(place.slot().as_ref() == Some(last), "the slot follows");
    let store = locked.unlock(&other_pin(), BOOT).unwrap();
    assert_eq!(Said::by(&store).unwrap(), said, "the new PIN");
    drop(store);

    before.restore(&place.folder);
    assert_eq!(refused(&place), Error::RolledBack, "the former secret is forgotten");
}

#[test]
fn a_making_cut_off_begins_anew() {
    let (mut place, store, secrets) = Recorder::made("making-cut-off");
    drop(store);
    let whole = place.files();
    let [begun, last] = &secrets.told.lock().unwrap()[..] else { panic!("two slots") };

    place.restore_slot(&Some(begun.clone()));
    assert!(place.unlocked().is_ok(), "the file is whole");
    assert!(place.slot().as_ref() != Some(begun) && last.len() == begun.len());

    some_records(&mut place.unlocked().unwrap(), &mut place.rng);
    place.restore_slot(&Some(begun.clone()));
    assert_eq!(refused(&place), Error::SecretsOlder, "what is whole is not made again");

    let log = place.folder.join("store-wal");
    let cuts: [&dyn Fn(&Place); 3] = [
        &|_| fs::write(&log, b"").unwrap(),
        &|place| fs::write(place.database(), b"").unwrap(),
        &|place| fs::remove_file(place.database()).unwrap(),
    ];
    for cut in cuts {
        whole.restore(&place.folder);
        place.restore_slot(&Some(begun.clone()));
        cut(&place);
        let store = place.blank().unwrap().create(&other_pin(), Cost::MIN, &mut place.rng).unwrap();
        drop(store);
        assert!(place.locked().unwrap().unlock(&other_pin(), BOOT).is_ok());
    }
}

#[test]
fn one_process_at_a_time() {
    let (place, store) = Place::made("in-use");
    assert_eq!(place.open().unwrap_err(), Error::InUse);
    assert_eq!(coffret_store::erase(&place.folder, &place.secrets).unwrap_err(), Error::InUse);
    let locked = store.lock();
    assert_eq!(place.open().unwrap_err(), Error::InUse);
    drop(locked);
    assert!(place.open().is_ok());
}

#[test]
fn two_that_make_a_store_make_one() {
    let place = Place::new("two-makers");
    let (first, second) = (place.blank().unwrap(), place.blank().unwrap());
    let store = first.create(&pin(), Cost::MIN, &mut rng(1)).unwrap();
    let refused = second.create(&other_pin(), Cost::MIN, &mut rng(2));
    assert_eq!(refused.unwrap_err(), Error::InUse);
    let third = place.secrets.clone();
    drop(store);
    assert!(place.unlocked().is_ok());
    drop(third);
}

#[test]
fn a_store_made_meanwhile_is_not_made_again() {
    let place = Place::new("meanwhile");
    let (first, second) = (place.blank().unwrap(), place.blank().unwrap());
    let others = Box::new(MemorySecrets::default());
    let Opened::New(third) = coffret_store::open(&place.folder, others).unwrap() else { panic!() };
    drop(first.create(&pin(), Cost::MIN, &mut rng(1)).unwrap());
    let refused = second.create(&other_pin(), Cost::MIN, &mut rng(2));
    assert_eq!(refused.unwrap_err(), Error::InUse);
    let refused = third.create(&other_pin(), Cost::MIN, &mut rng(3));
    assert_eq!(refused.unwrap_err(), Error::SecretsMissing);
    assert!(place.unlocked().is_ok());
}

#[test]
fn what_is_not_the_secrets_own_store_is_not_erased() {
    let (place, store) = Place::made("not-its-own");
    drop(store);
    let other = Place::new("its-own");
    drop(other.blank().unwrap().create(&pin(), Cost::MIN, &mut rng(2)).unwrap());
    let erased = coffret_store::erase(&place.folder, &other.secrets);
    assert_eq!(erased.unwrap_err(), Error::OtherSecrets);
    let folder = place.folder.join("photographs");
    fs::create_dir(&folder).unwrap();
    let erased = coffret_store::erase(&folder, &other.secrets);
    assert_eq!(erased.unwrap_err(), Error::FileMissing);
    assert!(place.unlocked().is_ok() && other.unlocked().is_ok());
}

#[test]
fn any_state_can_be_erased() {
    let spoil: [&dyn Fn(&Place); 5] = [
        &|_| {},
        &|place| place.restore_slot(&None),
        &|place| fs::write(place.database(), b"nonsense").unwrap(),
        &|place| fs::remove_file(place.database()).unwrap(),
        &|place| fs::remove_dir_all(&place.folder).unwrap(),
    ];
    for (n, spoil) in spoil.iter().enumerate() {
        let (place, store) = Place::made(&format!("erase-{n}"));
        drop(store);
        spoil(&place);
        coffret_store::erase(&place.folder, &place.secrets).unwrap();
        assert!(place.slot().is_none() && place.blank().is_some());
    }
}

#[test]
fn secrets_out_of_reach() {
    let place = Place::new("out-of-reach");
    fs::create_dir_all(&place.folder).unwrap();
    fs::write(place.folder.join("file"), b"no folder").unwrap();
    for (path, error) in [("", Error::NotAKeyFile), ("file/key", Error::SecretsUnavailable)] {
        let secrets = Box::new(KeyFile::new(place.folder.join(path)));
        let refused = coffret_store::open(&place.folder, secrets);
        assert_eq!(refused.unwrap_err(), error);
    }
}

#[test]
fn a_file_out_of_reach() {
    let (place, store) = Place::made("file-out-of-reach");
    drop(store);
    fs::remove_file(place.database()).unwrap();
    fs::create_dir(place.database()).unwrap();
    assert_eq!(place.unlocked().unwrap_err(), Error::FileUnavailable);
    fs::remove_dir(place.database()).unwrap();
}

#[test]
fn no_folder_to_make() {
    let place = Place::new("no-folder");
    fs::write(&place.folder, b"no folder").unwrap();
    assert_eq!(place.open().unwrap_err(), Error::FileUnavailable);
    fs::remove_file(&place.folder).unwrap();
}

/// The slot could not be told of a transaction that is in the file, which is what the error says:
/// the next one begins with that.
#[test]
fn secrets_that_fail_for_a_while() {
    let (mut place, mut store, secrets) = Recorder::made("failing");
    let put = |n| Changes::default().put(ONE, id(n), None, vec![n]);
    store.commit(put(1), &mut place.rng).unwrap();
    *secrets.fails.lock().unwrap() = true;
    assert_eq!(store.commit(put(2), &mut place.rng), Err(Error::SecretsBehind));
    assert_eq!(store.commit(put(3), &mut place.rng), Err(Error::SecretsUnavailable));
    assert_eq!(
        store.change_pin(&pin(), &other_pin(), Cost::MIN, BOOT, &mut place.rng),
        Err(Error::SecretsUnavailable)
    );
    assert_eq!(Said::by(&store).unwrap().records.len(), 2, "the second is in the file");
    let (mut locked, error) = store.lock().unlock(&pin(), BOOT).unwrap_err();
    assert_eq!(error, Error::SecretsUnavailable, "no try that is not counted");
    assert_eq!(locked.attempts(BOOT).left, 16);
    *secrets.fails.lock().unwrap() = false;
    let mut store = locked.unlock(&pin(), BOOT).unwrap();
    store.commit(put(4), &mut place.rng).unwrap();
    drop(store);
    assert_eq!(Said::by(&place.unlocked().unwrap()).unwrap().records.len(), 3);
}

/// The way out of secrets without a file.
#[test]
fn secrets_without_a_file_are_erased_by_themselves() {
    let (place, store) = Place::made("erase-secrets");
    let erase = || coffret_store::erase_secrets(&place.folder, &place.secrets);
    assert_eq!(erase(), Err(Error::InUse));
    drop(store);
    let whole = place.files();
    assert_eq!(erase(), Err(Error::FileThere));
    assert!(place.unlocked().is_ok(), "nothing was erased");

    let lose: [&dyn Fn(); 3] = [
        &|| fs::remove_file(place.database()).unwrap(),
        &|| whole.0.keys().for_each(|path| fs::remove_file(path).unwrap()),
        &|| fs::remove_dir_all(&place.folder).unwrap(),
    ];
    let slot = place.slot();
    for lose in lose {
        fs::create_dir_all(&place.folder).unwrap();
        whole.restore(&place.folder);
        place.restore_slot(&slot);
        lose();
        assert_eq!(place.open().unwrap_err(), Error::FileMissing);
        erase().unwrap();
        assert!(place.blank().is_some(), "a new store can be made");
    }
    assert_eq!(erase(), Ok(()), "there is nothing left to erase");
}

/// The way out of a file without its secrets.
#[test]
fn secrets_are_restored_from_a_copy_that_opens_the_file() {
    let (mut place, store) = Place::made("restore-secrets");
    let older = place.slot().unwrap();
    let locked = store.lock().unlock(&other_pin(), BOOT).unwrap_err().0;
    let tried = place.slot().unwrap();
    some_records(&mut locked.unlock(&pin(), BOOT).map_err(|(_, e)| e).unwrap(), &mut place.rng);
    let copy = place.slot().unwrap();
    let stranger = Place::new("restore-secrets-2");
    drop(stranger.blank().unwrap().create(&pin(), Cost::MIN, &mut rng(2)).unwrap());
    let other = stranger.slot().unwrap();
    let restore = |place: &Place, copy: &[u8]| {
        coffret_store::restore_secrets(&place.folder, &place.secrets, copy)
    };

    for lost in [None, Some(b"nonsense".to_vec()), Some(older.clone())] {
        place.restore_slot(&lost);
        for (wrong, error) in [
            (&older, Error::SecretsOlder),
            (&tried, Error::SecretsOlder),
            (&other, Error::OtherSecrets),
            (&b"nonsense".to_vec(), Error::SecretsMalformed),
        ] {
            assert_eq!(restore(&place, wrong), Err(error));
            assert_eq!(place.slot(), lost, "nothing was replaced");
        }
        restore(&place, &copy).unwrap();
        assert!(place.slot().as_ref() == Some(&copy) && place.unlocked().is_ok());
    }

    // What is there is good: no try is won back.
    drop(place.locked().unwrap().unlock(&other_pin(), BOOT).unwrap_err());
    let counted = place.slot();
    restore(&place, &copy).unwrap();
    assert!(place.slot() == counted && place.locked().unwrap().attempts(BOOT).left == 15);
    place.restore_slot(&Some(other.clone()));
    assert_eq!(restore(&place, &copy), Err(Error::OtherSecrets), "it is another store's");
    assert!(place.slot() == Some(other));
    fs::remove_file(place.database()).unwrap();
    assert_eq!(restore(&place, &copy), Err(Error::FileMissing));
}

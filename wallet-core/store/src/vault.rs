//! A store and its secrets, locked or not yet made.

use std::fs::File;
use std::path::Path;
use std::{fmt, mem};

use coffret_crypto::password::Cost;
use rand_core::CryptoRng;

use crate::changes::Need;
use crate::database::{Database, Edit};
use crate::folder::Folder;
use crate::header::{Header, SealedHeader, Wrap};
use crate::migrate::STEPS;
use crate::pin::Tries;
use crate::rows::{Keys, RowSum, Rows};
use crate::seal::{Secret, random};
use crate::slot::{At, Slot};
use crate::{Attempts, BootTime, Error, Pin, PlatformSecrets, Store};

/// What is in a folder and among the platform's secrets.
#[derive(Debug)]
pub enum Opened {
    /// No store yet.
    New(Blank),
    /// A store, whole and the newest there is.
    Locked(Locked),
}

/// Opens the store in `folder`, and keeps other processes from it. What is there is not changed,
/// but for the last step of a transaction that was cut off before it was acknowledged, and for an
/// older form of the file, which takes that of this version.
///
/// # Errors
/// One for each state that a file and its secrets can be in; none is worse for having been opened.
/// [`erase`] ends any of them.
pub fn open(folder: &Path, secrets: Box<dyn PlatformSecrets>) -> Result<Opened, Error> {
    let folder = Folder::new(folder);
    let lock = folder.has_database()?.then(|| folder.lock()).transpose()?;
    let found = find(&folder, &*secrets)?;
    match found.zip(lock) {
        Some((Found { database, header, slot }, lock)) => {
            let mut vault = Vault { database, header, slot, secrets, folder, _lock: lock };
            vault.finish()?;
            Ok(Opened::Locked(Locked { vault: Box::new(vault) }))
        }
        None => Ok(Opened::New(Blank { folder, secrets })),
    }
}

/// A store that is there.
struct Found {
    database: Database,
    header: Header,
    slot: Slot,
}

/// What is there: a store, or nothing that was ever acknowledged. Whoever asks has locked the
/// folder, if there is a database in it.
fn find(folder: &Folder, secrets: &dyn PlatformSecrets) -> Result<Option<Found>, Error> {
    let slot = load(secrets)?;
    if !folder.has_database()? {
        let is_begun = slot.is_some_and(|slot| slot.is_begun());
        return if is_begun { Err(Error::FileMissing) } else { Ok(None) };
    }
    let mut slot = slot.ok_or(Error::SecretsMissing)?;
    if slot.tries.are_over() {
        // The count alone keeps every PIN out; a secret that stays this time goes the next.
        let _ = secrets.replace(&slot.destroyed());
        return Err(Error::Destroyed);
    }
    match Database::open(&folder.database(), STEPS, |header| header.open(&mut slot)) {
        Ok((database, header)) => Ok(Some(Found { database, header, slot })),
        Err(Error::Altered) if !slot.is_begun() => Ok(None),
        Err(Error::Altered) if folder.is_truncated() => Err(Error::Truncated),
        Err(error) => Err(error),
    }
}

/// Erases the store in `folder`, whatever state it is in, its secrets first: from then on nobody
/// opens what is left.
///
/// # Errors
/// [`Error::FileMissing`] in a folder that never had a store, and [`Error::OtherSecrets`]: the secrets
/// are those of a store that is to stay. [`Error::InUse`], [`Error::SecretsUnavailable`],
/// [`Error::FileUnavailable`]: nothing is erased. [`Error::FileLeft`]: nobody opens what is left.
pub fn erase(folder: &Path, secrets: &dyn PlatformSecrets) -> Result<(), Error> {
    let folder = Folder::new(folder);
    let _lock = folder.lock_again()?;
    if let Ok(Some(slot)) = load(secrets)
        && let Err(Error::OtherSecrets) = Database::open(&folder.database(), STEPS, |header| {
            // Nothing is written to what is to go.
            header.is_for(&slot).and(Err::<(), _>(Error::Altered))
        })
    {
        return Err(Error::OtherSecrets);
    }
    wipe(&folder, secrets)
}

/// Erases the secrets of a store whose file is lost: the way out of [`Error::FileMissing`], after
/// which a new store can be made. Should the file turn up again, nothing opens it any more.
///
/// # Errors
/// [`Error::FileThere`], [`Error::InUse`], [`Error::SecretsUnavailable`]: nothing is erased.
pub fn erase_secrets(folder: &Path, secrets: &dyn PlatformSecrets) -> Result<(), Error> {
    let folder = Folder::new(folder);
    let _lock = folder.lock_again().or_else(|error| match error {
        // Someone has emptied the folder.
        Error::FileMissing => Ok(None),
        error => Err(error),
    })?;
    if folder.has_database()? {
        return Err(Error::FileThere);
    }
    delete(secrets)
}

/// Gives a store its secrets back, from a copy of the slot: the way out of
/// [`Error::SecretsMissing`] and of [`Error::SecretsMalformed`]. A copy that does not open the file
/// as it is now changes nothing, nor does any where the secrets are as they should be: nobody wins
/// back tries of the PIN.
///
/// # Errors
/// [`Error::FileMissing`]; [`Error::OtherSecrets`] where the copy, or what it would replace, is
/// another store's; what [`open`] says of the copy.
pub fn restore_secrets(
    folder: &Path,
    secrets: &dyn PlatformSecrets,
    copy: &[u8],
) -> Result<(), Error> {
    let folder = Folder::new(folder);
    if !folder.has_database()? {
        return Err(Error::FileMissing);
    }
    let _lock = folder.lock()?;
    let opens = |mut slot: Slot| {
        if slot.tries.are_over() {
            return Err(Error::Destroyed);
        }
        Database::open(&folder.database(), STEPS, |header| header.open(&mut slot)).map(drop)
    };
    match load(secrets) {
        Ok(None) | Err(Error::SecretsMalformed) => {}
        Ok(Some(slot)) => match opens(slot) {
            Err(Error::SecretsOlder) => {}
            other => return other,
        },
        Err(error) => return Err(error),
    }
    opens(Slot::decode(copy)?)?;
    secrets.replace(copy)
}

/// Where a store can be made.
pub struct Blank {
    folder: Folder,
    secrets: Box<dyn PlatformSecrets>,
}

impl Blank {
    /// Makes a store, open.
    ///
    /// # Errors
    /// [`Error::InUse`], or what [`open`] says, where another process has made one meanwhile;
    /// [`Error::SecretsUnavailable`], [`Error::FileUnavailable`], [`Error::DiskFull`]: there is no
    /// store. [`Error::SecretsBehind`]: there is one, which its PIN opens. [`Error::Unconfirmed`]
    pub fn create(self, pin: &Pin, cost: Cost, rng: &mut dyn CryptoRng) -> Result<Store, Error> {
        let Blank { folder, secrets } = self;
        let (secret, master) = (Secret::random(rng), Secret::random(rng));
        let nothing = At { epoch: 0, tag: random(rng) };
        let header = Header {
            store: random(rng),
            at: At { epoch: 1, tag: random(rng) },
            previous: nothing.tag,
            sum: RowSum::default(),
            note: Vec::new(),
            wrap: Wrap::new(&master, pin, cost, &secret, rng)?,
        };
        let sealed = header.seal(&secret, rng)?;
        let tries = Tries::default();
        let slot = Slot { store: header.store, secret, next: None, at: nothing, tries };

        folder.create()?;
        let lock = folder.lock()?;
        // Nothing was locked while the person chose a PIN.
        if find(&folder, &*secrets)?.is_some() {
            return Err(Error::InUse);
        }
        // What was begun and never acknowledged makes way; from here, what is there is begun anew.
        folder.remove_database()?;
        secrets.replace(&slot.encode())?;
        let made =
            folder.create_database().and_then(|()| Database::create(&folder.database(), &sealed));
        let database = made.map_err(|error| match folder.remove_database() {
            Ok(()) => error,
            // What could not be removed may be whole, as far as anyone can tell.
            Err(_) => Error::Unconfirmed,
        })?;
        let mut vault = Vault { database, header, slot, secrets, folder, _lock: lock };
        vault.folder.set_aside();
        vault.settle()?;
        let (keys, rows) = (Keys::new(master), Rows::default());
        Ok(Store { vault: Box::new(vault), keys, rows })
    }
}

/// A store that waits for its PIN.
pub struct Locked {
    pub(crate) vault: Box<Vault>,
}

impl Locked {
    /// What may be tried at `boot`. If a clock has gone back since the last try, the wait begins
    /// again with this call.
    pub fn attempts(&mut self, boot: BootTime) -> Attempts {
        self.vault.anchor(boot);
        self.vault.slot.tries.attempts(boot)
    }

    /// Tries a PIN. The try is counted, durably, before it is made.
    ///
    /// # Errors
    /// The locked store with [`Error::MustWait`], which is no try; [`Error::WrongPin`];
    /// [`Error::Destroyed`] at the last; after the right PIN, [`Error::RowsChanged`] or
    /// [`Error::Altered`].
    pub fn unlock(mut self, pin: &Pin, boot: BootTime) -> Result<Store, (Locked, Error)> {
        match self.vault.open(pin, boot) {
            Ok((keys, rows)) => {
                self.vault.folder.set_aside();
                Ok(Store { vault: self.vault, keys, rows })
            }
            Err(error) => Err((self, error)),
        }
    }
}

/// What a store has, locked or not.
pub(crate) struct Vault {
    pub(crate) database: Database,
    /// Of the state that the file is in.
    pub(crate) header: Header,
    /// What the platform has been told.
    pub(crate) slot: Slot,
    secrets: Box<dyn PlatformSecrets>,
    folder: Folder,
    _lock: File,
}

impl Vault {
    /// Does what is left of a transaction whose process was stopped.
    fn finish(&mut self) -> Result<(), Error> {
        if self.slot.at != self.header.at {
            // It may have been stopped before what it wrote was durable: the slot comes after.
            // A checkpoint would do so too, but takes room that a full disk does not have.
            self.folder.sync_log()?;
        }
        self.acknowledge()
    }

    /// Tells the platform of what is in the file, which stands whether the platform listens or not.
    ///
    /// # Errors
    /// [`Error::SecretsBehind`]
    pub(crate) fn settle(&mut self) -> Result<(), Error> {
        let mut told = (0..TELLINGS).map(|_| self.acknowledge());
        if told.any(|told| told.is_ok()) { Ok(()) } else { Err(Error::SecretsBehind) }
    }

    /// Tells the platform which state the file is in, if it has not been told.
    pub(crate) fn acknowledge(&mut self) -> Result<(), Error> {
        // The last try has taken the secret away: written again, it would open the store again.
        if self.slot.tries.are_over() {
            return Err(Error::Destroyed);
        }
        if self.slot.at == self.header.at {
            return Ok(());
        }
        let told = mem::replace(&mut self.slot.at, self.header.at);
        self.tell().inspect_err(|_| self.slot.at = told)
    }

    /// Empties the database's log of what the file no longer says. What was written stands without.
    pub(crate) fn forget(&self) {
        let _ = self.database.fold();
    }

    /// Writes to the file, on a full disk into the room that was set aside for what `need`s it.
    pub(crate) fn write(
        &mut self,
        edits: &[Edit],
        header: &SealedHeader,
        need: Need,
    ) -> Result<(), Error> {
        loop {
            match self.database.write(edits, header) {
                Err(Error::DiskFull) if need == Need::Essential && self.folder.release() => {}
                written => return written,
            }
        }
    }

    /// Replaces what the platform keeps by `slot`.
    pub(crate) fn tell(&self) -> Result<(), Error> {
        self.secrets.replace(&self.slot.encode())
    }

    fn open(&mut self, pin: &Pin, boot: BootTime) -> Result<(Keys, Rows), Error> {
        let keys = Keys::new(self.try_pin(pin, boot)?);
        let rows = Rows::new(self.database.rows()?, &self.header.sum, &keys)?;
        if self.folder.has_log() {
            // Of a process that was killed, before it could.
            self.forget();
        }
        Ok((keys, rows))
    }

    /// Tries a PIN, which is counted, durably, before it is made: the master key.
    pub(crate) fn try_pin(&mut self, pin: &Pin, boot: BootTime) -> Result<Secret, Error> {
        if self.slot.tries.are_over() {
            return Err(Error::Destroyed);
        }
        self.anchor(boot);
        let tries = self.slot.tries;
        if tries.attempts(boot).wait > 0 {
            return Err(Error::MustWait);
        }
        self.count(tries.and(boot))?;
        match self.header.wrap.open(pin, &self.slot.secret) {
            Err(Error::WrongPin) if self.slot.tries.are_over() => {
                let _ = self.secrets.replace(&self.slot.destroyed());
                Err(Error::Destroyed)
            }
            Err(error) => Err(error),
            Ok(master) => {
                self.count(Tries::default())?;
                Ok(master)
            }
        }
    }

    /// Begins the wait again where a clock has gone back. If the platform does not take that, the
    /// wait begins again with the next process too, and is over in this one.
    pub(crate) fn anchor(&mut self, boot: BootTime) {
        let anchored = self.slot.tries.anchored(boot);
        if anchored != self.slot.tries {
            self.slot.tries = anchored;
            let _ = self.tell();
        }
    }

    fn count(&mut self, tries: Tries) -> Result<(), Error> {
        let told = mem::replace(&mut self.slot.tries, tries);
        self.tell().inspect_err(|_| self.slot.tries = told)
    }

    pub(crate) fn erase(self) -> Result<(), Error> {
        let Vault { database, secrets, folder, _lock, .. } = self;
        drop(database);
        wipe(&folder, &*secrets)
    }
}

fn load(secrets: &dyn PlatformSecrets) -> Result<Option<Slot>, Error> {
    secrets.load()?.map(|slot| Slot::decode(&slot)).transpose()
}

fn wipe(folder: &Folder, secrets: &dyn PlatformSecrets) -> Result<(), Error> {
    delete(secrets)?;
    folder.remove_database().map_err(|_| Error::FileLeft)
}

/// A deletion that failed half-way may have taken the slot: what counts is whether it is there.
fn delete(secrets: &dyn PlatformSecrets) -> Result<(), Error> {
    let deleted = secrets.delete();
    if matches!(secrets.load(), Ok(None)) { Ok(()) } else { deleted }
}

/// How often the platform is told before it is left behind: a keyring that was busy once answers
/// the second time, and a person is waiting.
const TELLINGS: usize = 3;

macro_rules! opaque {
    ($($name:ident)*) => {
        $(impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "([…])"))
            }
        })*
    };
}

opaque! { Blank Locked }

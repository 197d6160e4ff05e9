use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use coffret_crypto::{KeyPolicy, KeyTask as CoreTask};
use coffret_holder as holder;
use coffret_store::{self as store, Blank, Cost, Locked, Opened, Pin};
use zeroize::Zeroizing;

use crate::call::{Guarded, randomness};
use crate::documents::{Added, Card, Document, Notice, Person, Refusal, UnreadableRecord};
use crate::error::{Boundary, CoffretError, Result};
use crate::keys::{self, Curve, KeyOutcome, KeyTask};
use crate::log::{LogChecked, LogEntry, LogSearch};
use crate::presentation::{Begun, DeviceAuth, Engage, HolderEffect, Presentation};
use crate::secrets::Secrets;
use crate::trust::{TrustData, TrustEntry};
use crate::words::{DocumentId, PersonId, TrustId, digest, timestamp};

/// A moment on a clock that nobody can set.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct BootTime {
    /// What the system calls this boot: another one after each. Any bytes that tell it.
    pub boot: Vec<u8>,
    /// Whole seconds since then, those asleep included.
    pub seconds: u64,
    /// The same moment on the system's wall clock, in seconds since 1970. A wait is over once both
    /// clocks have moved; without this, the boot clock alone is believed.
    #[uniffi(default = None)]
    pub wall: Option<u64>,
}

impl From<BootTime> for store::BootTime {
    fn from(time: BootTime) -> Self {
        store::BootTime { boot: digest(&time.boot), seconds: time.seconds, wall: time.wall }
    }
}

/// What may still be tried.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Attempts {
    /// How many tries are left.
    pub left: u8,
    /// Seconds to wait before the next; 0: it may be made now.
    pub wait: u64,
}

/// What a wallet is at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum WalletState {
    /// There is none in the folder yet.
    New,
    /// It waits for its PIN.
    Locked,
    /// It is open.
    Open,
}

/// A wallet: documents, consent, presentation, log, in an encrypted file.
///
/// Any thread may call it; one call is made at a time. It keeps other processes out until it is
/// closed. Time is an argument.
#[derive(uniffi::Object)]
pub struct Wallet(Guarded<State>);

enum State {
    New(Blank),
    Locked(Locked),
    Open(Box<holder::Wallet>),
}

#[uniffi::export]
impl Wallet {
    /// The wallet in a folder, or the place where one can be made.
    ///
    /// # Errors
    /// One for each state that a file and its secrets can be in; none is worse for it.
    #[uniffi::constructor]
    pub fn open(folder: String, secrets: Secrets) -> Result<Wallet> {
        crate::call::call(|| {
            Ok(Wallet(Guarded::new(match store::open(Path::new(&folder), secrets.into())? {
                Opened::New(blank) => State::New(blank),
                Opened::Locked(locked) => State::Locked(locked),
            })))
        })
    }

    /// What it is at the moment.
    ///
    /// # Errors
    /// It is closed.
    pub fn state(&self) -> Result<WalletState> {
        self.0.call(|state| {
            Ok(match state {
                State::New(_) => WalletState::New,
                State::Locked(_) => WalletState::Locked,
                State::Open(_) => WalletState::Open,
            })
        })
    }

    /// Makes a wallet, open. The object is closed where that fails.
    ///
    /// # Errors
    /// The PIN is not 6 to 32 digits or is among the first to be tried, which changes nothing; the
    /// wallet is made already; it cannot be stored.
    pub fn create(&self, pin: String) -> Result<()> {
        let pin = Zeroizing::new(pin);
        self.0.change(|state| {
            let State::New(blank) = state else {
                return (Some(state), Err(Boundary::MadeAlready.into()));
            };
            let pin = match Pin::chosen(&pin) {
                Ok(pin) => pin,
                Err(error) => return (Some(State::New(blank)), Err(error.into())),
            };
            opened(blank.create(&pin, Cost::DESKTOP, &mut randomness()))
        })
    }

    /// How often the PIN may still be tried.
    ///
    /// # Errors
    /// There is no wallet yet.
    pub fn attempts(&self, boot: BootTime) -> Result<Attempts> {
        self.0.call(|state| {
            let store::Attempts { left, wait } = match state {
                State::Locked(locked) => locked.attempts(boot.into()),
                State::Open(wallet) => wallet.attempts(boot.into()),
                State::New(_) => return Err(Boundary::NotLocked.into()),
            };
            Ok(Attempts { left, wait })
        })
    }

    /// Tries a PIN. The try is counted, durably, before it is made.
    ///
    /// # Errors
    /// The PIN is wrong, must wait, or is not 6 to 32 digits; the wallet does not wait for its PIN.
    /// Where the PIN is right and the file cannot be read, the object is closed.
    pub fn unlock(&self, pin: String, boot: BootTime) -> Result<()> {
        let pin = Zeroizing::new(pin);
        self.0.change(|state| {
            let State::Locked(locked) = state else {
                return (Some(state), Err(Boundary::NotLocked.into()));
            };
            let pin = match Pin::parse(&pin) {
                Ok(pin) => pin,
                Err(error) => return (Some(State::Locked(locked)), Err(error.into())),
            };
            match locked.unlock(&pin, boot.into()) {
                Ok(store) => opened(Ok(store)),
                Err((locked, error)) => (Some(State::Locked(locked)), Err(error.into())),
            }
        })
    }

    /// Locks the wallet: its PIN opens it again. Presentations wait until then, and cannot tell their
    /// readers: give them up before.
    ///
    /// # Errors
    /// It is closed.
    pub fn lock(&self) -> Result<()> {
        self.0.change(|state| match state {
            State::Open(wallet) => (Some(State::Locked(wallet.lock())), Ok(())),
            state => (Some(state), Ok(())),
        })
    }

    /// Closes the wallet: another object, or another process, may open it. Every later call says so.
    /// Presentations are over: give them up before, so that their readers are told.
    ///
    /// # Errors
    /// A call from inside a call.
    pub fn close(&self) -> Result<()> {
        self.0.close().map(drop)
    }

    /// Destroys the wallet, its secrets first, and closes it. [`erase_wallet`] does so without a PIN.
    ///
    /// # Errors
    /// It is not open. Its secrets or its file cannot be reached: it is closed all the same.
    pub fn erase(&self) -> Result<()> {
        self.0.change(|state| match state {
            State::Open(wallet) => (None, wallet.erase().map_err(CoffretError::from)),
            state => (Some(state), Err(Boundary::NotOpen.into())),
        })
    }

    /// Tries the PIN of the open wallet, so that whoever holds it shows that it is theirs: before
    /// something is shared, say. The tries and waits are those of unlocking.
    ///
    /// # Errors
    /// The PIN is wrong, must wait, or is not 6 to 32 digits; the wallet is not open. After the last
    /// try the object is closed.
    pub fn confirm_pin(&self, pin: String, boot: BootTime) -> Result<()> {
        let pin = Zeroizing::new(pin);
        self.trying(|wallet| Ok(wallet.confirm_pin(&Pin::parse(&pin)?, boot.into())?))
    }

    /// Changes the PIN, once the old one was confirmed.
    ///
    /// # Errors
    /// As [`Wallet::confirm_pin`] for the old one; the new one is not 6 to 32 digits, or is among the
    /// first to be tried, which is no try of the old one.
    pub fn change_pin(&self, old: String, new: String, boot: BootTime) -> Result<()> {
        let (old, new) = (Zeroizing::new(old), Zeroizing::new(new));
        self.trying(|wallet| {
            let (new, old) = (Pin::chosen(&new)?, Pin::parse(&old)?);
            let boot = boot.into();
            Ok(wallet.change_pin(&old, &new, Cost::DESKTOP, boot, &mut randomness())?)
        })
    }

    /// After how many seconds without use the wallet is to be locked.
    ///
    /// # Errors
    /// It is not open.
    pub fn auto_lock(&self) -> Result<u64> {
        self.with(|wallet| Ok(wallet.auto_lock()?.seconds()))
    }

    /// Sets after how many seconds without use the wallet is to be locked: 15 to 3,600.
    ///
    /// # Errors
    /// Fewer or more.
    pub fn set_auto_lock(&self, seconds: u64) -> Result<()> {
        self.with(|wallet| {
            let auto_lock = holder::AutoLock::after(seconds)?;
            Ok(wallet.set_auto_lock(auto_lock, &mut randomness())?)
        })
    }

    /// Whether a wallet last used then is to be locked now.
    ///
    /// # Errors
    /// It is not open.
    pub fn is_auto_lock_due(&self, last_use: BootTime, now: BootTime) -> Result<bool> {
        self.with(|wallet| Ok(wallet.auto_lock()?.is_due(last_use.into(), now.into())))
    }

    /// What there is to know of each document without reading it, in the order of adding.
    ///
    /// # Errors
    /// It is not open.
    pub fn documents(&self, now: SystemTime) -> Result<Vec<Card>> {
        self.with(|wallet| {
            let cards = wallet.documents(timestamp(now)?)?.into_iter();
            cards.map(|card| Card::new(card, now)).collect()
        })
    }

    /// A document and what it says, judged anew.
    ///
    /// # Errors
    /// There is none of this id.
    pub fn document(&self, document: DocumentId, now: SystemTime) -> Result<Document> {
        self.with(|wallet| {
            let found = wallet.document(document_id(&document)?, timestamp(now)?)?;
            Document::new(found, now)
        })
    }

    /// Removes a document. Its keys are among [`Wallet::abandoned_keys`] then.
    ///
    /// # Errors
    /// There is none of this id.
    pub fn remove(&self, document: DocumentId) -> Result<()> {
        self.with(|wallet| Ok(wallet.remove(document_id(&document)?, &mut randomness())?))
    }

    /// The records that do not read: the wallet is as without them, and they stay until they are removed.
    ///
    /// # Errors
    /// It is not open.
    pub fn unreadable(&self) -> Result<Vec<UnreadableRecord>> {
        self.with(|wallet| {
            Ok(wallet.unreadable()?.into_iter().map(UnreadableRecord::from).collect())
        })
    }

    /// What there is to be said now, of documents and of trust data.
    ///
    /// # Errors
    /// It is not open.
    pub fn notices(&self, now: SystemTime) -> Result<Vec<Notice>> {
        self.with(|wallet| {
            let notices = wallet.notices(timestamp(now)?)?;
            Ok(notices.into_iter().map(Notice::from).collect())
        })
    }

    /// The people whose documents are here, the wallet's own holder first.
    ///
    /// # Errors
    /// It is not open.
    pub fn people(&self) -> Result<Vec<Person>> {
        self.with(|wallet| Ok(wallet.people()?.into_iter().map(Person::from).collect()))
    }

    /// Calls a person by another name here; no document changes.
    ///
    /// # Errors
    /// There is none of this id; the name is empty or longer than 150 characters.
    pub fn rename_person(&self, person: PersonId, name: String) -> Result<()> {
        self.with(|wallet| {
            Ok(wallet.rename_person(person_id(&person)?, &name, &mut randomness())?)
        })
    }

    /// Makes one person of two: the documents of `person` are the other's from then on.
    ///
    /// # Errors
    /// There is none of one of these ids; one is real and the other invented, of specimens.
    pub fn merge_people(&self, person: PersonId, other: PersonId) -> Result<()> {
        self.with(|wallet| {
            let (person, other) = (person_id(&person)?, person_id(&other)?);
            Ok(wallet.merge_people(person, other, &mut randomness())?)
        })
    }

    /// Forgets a person without documents.
    ///
    /// # Errors
    /// There is none of this id; the person has documents, or is the wallet's own holder while there
    /// are other people.
    pub fn delete_person(&self, person: PersonId) -> Result<()> {
        self.with(|wallet| Ok(wallet.delete_person(person_id(&person)?, &mut randomness())?))
    }

    /// A person whom no document has named yet.
    ///
    /// # Errors
    /// The name is empty or longer than 150 characters.
    pub fn add_person(&self, name: String) -> Result<PersonId> {
        self.with(|wallet| Ok(PersonId::of(wallet.add_person(&name, &mut randomness())?)))
    }

    /// Says who the wallet's own holder is.
    ///
    /// # Errors
    /// There is none of this id; all documents of theirs are specimens.
    pub fn set_holder(&self, person: PersonId) -> Result<()> {
        self.with(|wallet| Ok(wallet.set_holder(person_id(&person)?, &mut randomness())?))
    }

    /// Says whose a document is, where the wallet has guessed wrong. Who has no document left goes.
    ///
    /// # Errors
    /// There is no such document, or person; a specimen is given to a real person, or a real document
    /// to an invented one.
    pub fn assign(&self, document: DocumentId, person: PersonId) -> Result<()> {
        self.with(|wallet| {
            let (document, person) = (document_id(&document)?, person_id(&person)?);
            Ok(wallet.assign(document, person, &mut randomness())?)
        })
    }

    /// Asks for device keys, for an issuer to bind credentials to. What the keystore answers goes to
    /// [`Wallet::keys_ready`]. One request is waited for: another abandons it, be it for 0 keys, and
    /// so does locking.
    ///
    /// # Errors
    /// It is not open.
    pub fn new_keys(&self, count: u8, curve: Curve) -> Result<Vec<KeyTask>> {
        self.with(|wallet| {
            let policy = KeyPolicy { curve: curve.into() };
            Ok(keys::tasks(wallet.new_keys(count, policy, &mut randomness())?))
        })
    }

    /// Keeps the keys that were made until a credential comes for each, and gives their public keys:
    /// the DER of a SubjectPublicKeyInfo each.
    ///
    /// # Errors
    /// There are more or fewer outcomes than tasks; none was made.
    pub fn keys_ready(&self, outcomes: Vec<KeyOutcome>) -> Result<Vec<Vec<u8>>> {
        self.with(|wallet| {
            let made = wallet.keys_ready(keys::outcomes(outcomes)?, &mut randomness())?;
            Ok(made.iter().map(coffret_crypto::PublicKey::to_spki).collect())
        })
    }

    /// Gives up keys that wait for a credential which will not come, by their public keys as
    /// [`Wallet::keys_ready`] gave them. They are among [`Wallet::abandoned_keys`] then; keys that wait
    /// for none are left as they are.
    ///
    /// # Errors
    /// One of them is no public key; it is not open.
    pub fn abandon_keys(&self, public_keys: Vec<Vec<u8>>) -> Result<()> {
        self.with(|wallet| {
            let keys = public_keys.iter().map(|key| coffret_crypto::PublicKey::from_spki(key));
            let keys: Vec<_> = keys.collect::<std::result::Result<_, _>>()?;
            Ok(wallet.abandon_keys(&keys, &mut randomness())?)
        })
    }

    /// The keys that are not needed any more: what a keystore is to delete. What it answers goes to
    /// [`Wallet::keys_deleted`].
    ///
    /// # Errors
    /// It is not open.
    pub fn abandoned_keys(&self) -> Result<Vec<KeyTask>> {
        self.with(|wallet| Ok(keys::tasks(wallet.abandoned_keys()?)))
    }

    /// Forgets the keys that are deleted or gone.
    ///
    /// # Errors
    /// There are more or fewer outcomes than tasks.
    pub fn keys_deleted(&self, outcomes: Vec<KeyOutcome>) -> Result<()> {
        self.with(|wallet| Ok(wallet.keys_deleted(keys::outcomes(outcomes)?, &mut randomness())?))
    }

    /// The core's own keystore, for desktops: does tasks with private keys that are sealed records
    /// of the wallet. It asks nobody.
    ///
    /// # Errors
    /// What is wrong with a peer's key; it is not open.
    pub fn perform(&self, tasks: Vec<KeyTask>) -> Result<Vec<KeyOutcome>> {
        self.with(|wallet| {
            let tasks: Vec<_> = tasks.into_iter().map(CoreTask::try_from).collect::<Result<_>>()?;
            let done = tasks.iter().map(|task| wallet.perform(task, &mut randomness()));
            done.map(|outcome| Ok(outcome?.into())).collect()
        })
    }

    /// Takes what an issuer hands over, one credential or several: all of them or none.
    ///
    /// # Errors
    /// They cannot be read at all.
    pub fn add(&self, credentials: Vec<u8>, now: SystemTime) -> Result<Added> {
        self.with(|wallet| match wallet.add(&credentials, timestamp(now)?, &mut randomness()) {
            Ok(documents) => {
                let documents = documents.into_iter().map(DocumentId::of).collect();
                Ok(Added::Held { documents })
            }
            Err(holder::AddError::Refused(refusals)) => {
                let refusals = refusals.into_iter().map(Refusal::from).collect();
                Ok(Added::Refused { refusals })
            }
            Err(holder::AddError::Failed(error)) => Err(error.into()),
        })
    }

    /// Trusts what it is told, and gives its id; `source` says where it comes from.
    ///
    /// # Errors
    /// What is wrong with trust data of which nothing can be used.
    pub fn import_trust(
        &self,
        data: TrustData,
        source: String,
        now: SystemTime,
    ) -> Result<TrustId> {
        self.with(|wallet| {
            let (data, now) = (data.read()?, timestamp(now)?);
            Ok(TrustId::of(wallet.import_trust(data, &source, now, &mut randomness())?))
        })
    }

    /// What the wallet trusts, and since when.
    ///
    /// # Errors
    /// It is not open.
    pub fn trust_list(&self) -> Result<Vec<TrustEntry>> {
        self.with(|wallet| Ok(wallet.trust_list().iter().map(TrustEntry::from).collect()))
    }

    /// Trusts it no longer. Documents that rest on it stay.
    ///
    /// # Errors
    /// There is none of this id.
    pub fn remove_trust(&self, trust: TrustId) -> Result<()> {
        self.with(|wallet| {
            let trust = trust.bytes().ok_or(holder::Error::UnknownTrust)?;
            Ok(wallet.remove_trust(trust.into(), &mut randomness())?)
        })
    }

    /// Begins a presentation.
    ///
    /// # Errors
    /// A reader's code cannot be answered, or no longer.
    pub fn present(
        self: Arc<Self>,
        how: Engage,
        method: DeviceAuth,
        now: SystemTime,
    ) -> Result<Begun> {
        self.with(|wallet| {
            let how = match &how {
                Engage::Device => holder::Engage::Device,
                Engage::Reader { code } => holder::Engage::Reader(&code.0),
            };
            let (machine, effects) =
                wallet.present(how, method.into(), timestamp(now)?, &mut randomness())?;
            Ok(Begun {
                presentation: Arc::new(Presentation::new(Arc::clone(&self), machine)),
                effects: effects.into_iter().map(HolderEffect::from).collect(),
            })
        })
    }

    /// The entries of the log that are not deleted, the newest first.
    ///
    /// # Errors
    /// It is not open.
    pub fn log(&self) -> Result<Vec<LogEntry>> {
        self.with(|wallet| Ok(wallet.log()?.into_iter().map(LogEntry::new).collect()))
    }

    /// The entries of the log that are searched for, the newest first. No more is read than is needed
    /// for them: a page of a long log is as quick as that of a short one.
    ///
    /// # Errors
    /// It is not open.
    pub fn search_log(&self, search: LogSearch) -> Result<Vec<LogEntry>> {
        self.with(|wallet| {
            let found = wallet.search_log(&search.core()?)?;
            Ok(found.into_iter().map(LogEntry::new).collect())
        })
    }

    /// Deletes what these entries say. That there were entries stays.
    ///
    /// # Errors
    /// There is no entry of one of these numbers.
    pub fn delete_log(&self, numbers: Vec<u64>) -> Result<()> {
        self.with(|wallet| Ok(wallet.delete_log(&numbers, &mut randomness())?))
    }

    /// Checks the log as somebody outside the wallet would.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn verify_log(&self, now: SystemTime) -> Result<LogChecked> {
        self.with(|wallet| {
            let checked = wallet.verify_log(timestamp(now)?, &mut randomness())?;
            let (entries, deleted) = (checked.entries.len() as u64, checked.deleted as u64);
            Ok(LogChecked { entries, deleted })
        })
    }

    /// What the wallet holds, to be read elsewhere: it cannot be presented.
    ///
    /// # Errors
    /// The passphrase has fewer than 12 characters.
    pub fn export(&self, passphrase: String, now: SystemTime) -> Result<Vec<u8>> {
        let passphrase = Zeroizing::new(passphrase);
        self.with(|wallet| {
            let now = timestamp(now)?;
            Ok(wallet.export(&passphrase, Cost::DESKTOP, now, &mut randomness())?)
        })
    }
}

/// Erases the wallet in a folder, whatever state it is in, its secrets first: the way out where the
/// PIN is forgotten, or the file cannot be opened. No object may have it open.
///
/// # Errors
/// The folder never had a wallet; the secrets are another's; they cannot be reached.
#[uniffi::export]
pub fn erase_wallet(folder: String, secrets: Secrets) -> Result<()> {
    crate::call::call(|| {
        let secrets: Box<dyn store::PlatformSecrets> = secrets.into();
        Ok(store::erase(Path::new(&folder), &*secrets)?)
    })
}

/// Erases the secrets of a wallet whose file is lost: the way out of `wallet-file-missing`, after which
/// a new wallet can be made. Should the file turn up again, nothing opens it any more.
///
/// # Errors
/// The file is there; they cannot be reached.
#[uniffi::export]
pub fn erase_secrets(folder: String, secrets: Secrets) -> Result<()> {
    crate::call::call(|| {
        let secrets: Box<dyn store::PlatformSecrets> = secrets.into();
        Ok(store::erase_secrets(Path::new(&folder), &*secrets)?)
    })
}

/// Gives a wallet its secrets back, from a copy of its slot: the way out of `secrets-missing`. Where
/// the secrets are as they should be, nothing changes.
///
/// # Errors
/// The copy is older than the wallet's file, is another wallet's, or is none; the file is missing.
#[uniffi::export]
pub fn restore_secrets(folder: String, secrets: Secrets, copy: Vec<u8>) -> Result<()> {
    let copy = Zeroizing::new(copy);
    crate::call::call(|| {
        let secrets: Box<dyn store::PlatformSecrets> = secrets.into();
        Ok(store::restore_secrets(Path::new(&folder), &*secrets, &copy)?)
    })
}

/// What an export says, to whoever has its passphrase: CBOR, as the export's specification has it.
///
/// # Errors
/// It is not an export; the passphrase is another.
#[uniffi::export]
pub fn open_export(export: Vec<u8>, passphrase: String) -> Result<Vec<u8>> {
    let passphrase = Zeroizing::new(passphrase);
    crate::call::call(|| Ok(holder::export::open(&export, &passphrase)?.to_vec()))
}

impl Wallet {
    /// Makes a call that tries the PIN of the open wallet. The last wrong one closes it.
    fn trying(&self, call: impl FnOnce(&mut holder::Wallet) -> Result<()>) -> Result<()> {
        self.0.change(|state| {
            let State::Open(mut wallet) = state else {
                return (Some(state), Err(Boundary::NotOpen.into()));
            };
            match call(&mut wallet) {
                Err(error) if error == store::Error::Destroyed.into() => (None, Err(error)),
                result => (Some(State::Open(wallet)), result),
            }
        })
    }

    /// Makes a call on the open wallet.
    fn with<T>(&self, call: impl FnOnce(&mut holder::Wallet) -> Result<T>) -> Result<T> {
        self.0.call(|state| call(state.wallet()?))
    }

    /// The same within a call on one of its presentations.
    pub(crate) fn within<T>(
        &self,
        call: impl FnOnce(&mut holder::Wallet) -> Result<T>,
    ) -> Result<T> {
        self.0.nested(|state| call(state.wallet()?))
    }
}

impl State {
    fn wallet(&mut self) -> Result<&mut holder::Wallet> {
        match self {
            State::Open(wallet) => Ok(wallet),
            State::New(_) | State::Locked(_) => Err(Boundary::NotOpen.into()),
        }
    }
}

/// The wallet in a store that is open.
fn opened(store: std::result::Result<store::Store, store::Error>) -> (Option<State>, Result<()>) {
    let wallet = store.map_err(CoffretError::from);
    match wallet.and_then(|store| Ok(holder::Wallet::open(store)?)) {
        Ok(wallet) => (Some(State::Open(Box::new(wallet))), Ok(())),
        Err(error) => (None, Err(error)),
    }
}

/// What is nobody's id is unknown.
fn document_id(id: &DocumentId) -> Result<holder::DocumentId> {
    Ok(id.bytes().ok_or(holder::Error::UnknownDocument)?.into())
}

fn person_id(id: &PersonId) -> Result<holder::PersonId> {
    Ok(id.bytes().ok_or(holder::Error::UnknownPerson)?.into())
}

mod documents;
mod keys;
mod log;
mod lost;
mod people;
mod trust;

use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use coffret_holder as holder;
use coffret_store::{self as store, Blank, Cost, Locked, Opened, Pin};
use zeroize::Zeroizing;

pub use self::log::open_export;
pub use self::lost::{erase_secrets, erase_wallet, restore_secrets};
use crate::call::{Guarded, randomness};
use crate::error::{Boundary, CoffretError, Result};
use crate::presentation::{Begun, DeviceAuth, Engage, HolderEffect, Presentation};
use crate::secrets::Secrets;
use crate::words::{digest, timestamp};

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

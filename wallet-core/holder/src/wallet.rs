use std::fmt;
use std::sync::OnceLock;

use coffret_cbor::{Decode, Encoded, Item};
use coffret_crypto::KeyRef;
use coffret_crypto::password::Cost;
use coffret_store::{Attempts, BootTime, Changes, Locked, Pin, RecordId, Store, Table};
use coffret_trust::Trust;
use rand_core::CryptoRng;

use crate::Error;
use crate::ranking::Ranking;
use crate::records::{self, Numbered, ONLY, Record, table};
use crate::trust::Trusted;

/// An open wallet.
///
/// It is opened by opening its store, and closed by [`Wallet::lock`] or by dropping it. What changes
/// it is durable when the call returns. A call that fails has changed nothing, unless its error says
/// otherwise: after [`SecretsBehind`] all of it is saved, and after [`Unconfirmed`] all of it or
/// nothing.
///
/// [`SecretsBehind`]: coffret_store::Error::SecretsBehind
/// [`Unconfirmed`]: coffret_store::Error::Unconfirmed
pub struct Wallet {
    pub(crate) store: Store,
    pub(crate) trusted: Trusted,
    /// The keys that the keystore was asked to make, in order.
    pub(crate) making: Vec<KeyRef>,
    /// Those that it was asked to destroy.
    pub(crate) deleting: Vec<KeyRef>,
    /// See [`Wallet::ranking`].
    ranking: OnceLock<Ranking>,
}

impl Wallet {
    /// The wallet in an open store. Trust data that cannot be used any more disables itself only.
    ///
    /// # Errors
    /// [`Error::Store`]
    pub fn open(store: Store) -> Result<Wallet, Error> {
        let trusted = Trusted::read(&store)?;
        let (making, deleting, ranking) = (Vec::new(), Vec::new(), OnceLock::new());
        Ok(Wallet { store, trusted, making, deleting, ranking })
    }

    /// Closes the wallet; its PIN opens it again.
    pub fn lock(self) -> Locked {
        self.store.lock()
    }

    /// What may be tried of the PIN at `boot`.
    pub fn attempts(&mut self, boot: BootTime) -> Attempts {
        self.store.attempts(boot)
    }

    /// Tries the PIN of the open wallet, so that whoever holds it shows that it is theirs: before
    /// something is shared, say. The tries and waits are those of unlocking.
    ///
    /// # Errors
    /// [`Error::Store`] with what [`Store::confirm_pin`] says. After the last try drop the wallet.
    pub fn confirm_pin(&mut self, pin: &Pin, boot: BootTime) -> Result<(), Error> {
        Ok(self.store.confirm_pin(pin, boot)?)
    }

    /// Changes the PIN, once the old one was [confirmed](Wallet::confirm_pin).
    ///
    /// # Errors
    /// [`Error::Store`]
    pub fn change_pin(
        &mut self,
        old: &Pin,
        new: &Pin,
        cost: Cost,
        boot: BootTime,
        rng: &mut dyn CryptoRng,
    ) -> Result<(), Error> {
        Ok(self.store.change_pin(old, new, cost, boot, rng)?)
    }

    /// Destroys the wallet, keys of desktops included. Keys in a keystore of the platform are not
    /// reached: without their documents they are of no use.
    ///
    /// # Errors
    /// [`Error::Store`]
    pub fn erase(self) -> Result<(), Error> {
        Ok(self.store.erase()?)
    }

    /// After how long without use the wallet is to be locked.
    ///
    /// Settings that do not read are as those that were never set.
    ///
    /// # Errors
    /// [`Error::Store`]
    pub fn auto_lock(&self) -> Result<AutoLock, Error> {
        let kept: Vec<(RecordId, AutoLock)> = records::all(&self.store)?;
        Ok(kept.first().map(|(_, kept)| *kept).unwrap_or_default())
    }

    /// Sets after how long without use the wallet is to be locked.
    ///
    /// # Errors
    /// [`Error::RecordForm`] where a later version has set it, [`Error::Store`]
    pub fn set_auto_lock(
        &mut self,
        auto_lock: AutoLock,
        rng: &mut dyn CryptoRng,
    ) -> Result<(), Error> {
        records::replaceable::<AutoLock>(&self.store, RecordId::from(ONLY))?;
        let changes = records::put(Changes::default(), RecordId::from(ONLY), &auto_lock);
        self.commit(changes, rng)
    }

    /// Whom the wallet trusts.
    pub fn trust(&self) -> &Trust {
        &self.trusted.trust
    }

    pub(crate) fn commit(
        &mut self,
        changes: Changes,
        rng: &mut dyn CryptoRng,
    ) -> Result<(), Error> {
        let documents = changes.ids(table::DOCUMENTS);
        let is_of_people = !changes.ids(table::PEOPLE).is_empty();
        let committed = self.store.commit(changes, rng);
        let ranking = self.ranking.take().filter(|_| committed.is_ok() && !is_of_people);
        if let Some(mut ranking) = ranking
            && documents.into_iter().all(|id| ranking.follow(&self.store, id).is_ok())
        {
            self.ranking = OnceLock::from(ranking);
        }
        Ok(committed?)
    }

    /// The order of the documents, which is read once it is needed.
    pub(crate) fn ranking(&self) -> Result<&Ranking, Error> {
        if let Some(ranking) = self.ranking.get() {
            return Ok(ranking);
        }
        let ranking = Ranking::read(&self.store)?;
        Ok(self.ranking.get_or_init(|| ranking))
    }

    /// Commits a step on the way to what was asked for, such as the record of a key that is about to
    /// be made. Platform secrets that lag behind do not stop it, since the file has the step; if they
    /// still do when what was asked for is committed, that fails, and says that nothing was saved.
    pub(crate) fn commit_step(
        &mut self,
        changes: Changes,
        rng: &mut dyn CryptoRng,
    ) -> Result<(), Error> {
        match self.commit(changes, rng) {
            Err(Error::Store(coffret_store::Error::SecretsBehind)) => Ok(()),
            committed => committed,
        }
    }
}

impl fmt::Debug for Wallet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Wallet([…])")
    }
}

/// How long an open wallet waits for someone, on the boot clock: no change of date moves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AutoLock {
    seconds: u64,
}

/// Time to find a document at a counter; not to leave a phone there.
const DEFAULT: AutoLock = AutoLock { seconds: 120 };
const SHORTEST: u64 = 15;
const LONGEST: u64 = 3600;

impl AutoLock {
    /// After so many seconds.
    ///
    /// # Errors
    /// [`Error::AutoLock`]
    pub fn after(seconds: u64) -> Result<AutoLock, Error> {
        let fits = (SHORTEST..=LONGEST).contains(&seconds);
        if fits { Ok(AutoLock { seconds }) } else { Err(Error::AutoLock) }
    }

    /// The seconds.
    pub fn seconds(self) -> u64 {
        self.seconds
    }

    /// Whether a wallet last used then is to be locked now. It is after a restart.
    pub fn is_due(self, last_use: BootTime, now: BootTime) -> bool {
        last_use.boot != now.boot
            || now.seconds.checked_sub(last_use.seconds).is_none_or(|idle| idle >= self.seconds)
    }
}

impl Default for AutoLock {
    fn default() -> Self {
        DEFAULT
    }
}

/// ```cddl
/// Settings = { "autoLock": uint }   ; seconds
/// ```
impl Numbered for AutoLock {
    const FORM: u64 = 1;

    fn encoded(&self) -> Encoded {
        Encoded::map([("autoLock", self.seconds.into())])
    }
}

impl Record for AutoLock {
    const TABLE: Table = table::SETTINGS;
}

impl Decode for AutoLock {
    type Error = Error;

    fn decode(item: Item<'_>) -> Result<AutoLock, Error> {
        AutoLock::after(item.map()?.require("autoLock")?.unsigned()?)
    }
}

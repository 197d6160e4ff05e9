//! Which wallet a command is about, and how it is opened.

mod place;

use std::path::{Component, Path, PathBuf, absolute};
use std::sync::OnceLock;
use std::time::SystemTime;

use clap::Args;
use coffret_catalogue::{Label, Lang};
use coffret_holder::Wallet;
use coffret_store::{Blank, Cost, FILES, KeyFile, Locked, Opened, Pin, PlatformSecrets};
use etcetera::base_strategy::{BaseStrategy, choose_native_strategy};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use self::place::{Place, Secrets};
use crate::error::{About, Error, Exit, Failure, Tries};
use crate::prompt::Terminal;
use crate::{Context, boot, input, randomness};

/// What every command about a wallet takes.
#[derive(Args)]
pub(crate) struct WalletArguments {
    #[arg(long, global = true, value_name = "DIR")]
    wallet: Option<PathBuf>,
    #[arg(long, global = true, value_name = "FILE")]
    pin_file: Option<PathBuf>,
    #[arg(long, global = true, value_name = "keyring|file:PATH")]
    secrets: Option<Secrets>,
    #[arg(skip)]
    place: OnceLock<Place>,
}

const PIN: Label = Label { fr: "NIP du portefeuille", en: "PIN of the wallet" };
const NEW_PIN: Label =
    Label { fr: "Nouveau NIP, de 6 chiffres ou plus", en: "New PIN, of 6 digits or more" };

impl WalletArguments {
    /// The wallet, opened by its PIN.
    pub(crate) fn unlock(&self, context: Context) -> Result<Wallet, Failure> {
        Ok(self.unlock_by(context)?.0)
    }

    /// The wallet and the PIN that has opened it.
    pub(crate) fn unlock_by(&self, context: Context) -> Result<(Wallet, Pin), Failure> {
        let mut locked = self.locked()?;
        let boot = boot::time()?;
        let tries = |locked: &mut Locked| {
            About::Tries(Tries::new(locked.attempts(boot), SystemTime::now()))
        };
        if locked.attempts(boot).wait > 0 {
            return Err(Failure::refused(coffret_store::Error::MustWait, tries(&mut locked)));
        }
        let pin = self.pin(context.lang)?;
        let store = locked.unlock(&pin, boot).map_err(|(mut locked, error)| match error {
            coffret_store::Error::WrongPin => Failure::refused(error, tries(&mut locked)),
            error => self.failure(error),
        })?;
        let mut wallet = Wallet::open(store).map_err(|error| self.failure(error))?;
        destroy_keys(&mut wallet, &mut randomness()?);
        // A wallet of before, or one whose secrets are elsewhere now. It opens without this too.
        let _ = self.place()?.remember(&self.folder()?);
        Ok((wallet, pin))
    }

    /// The place for a new wallet.
    pub(crate) fn blank(&self) -> Result<Blank, Failure> {
        match self.open()? {
            Opened::New(blank) => Ok(blank),
            Opened::Locked(_) => Err(self.failure(Error::WalletExists)),
        }
    }

    /// Makes a wallet. Where its secrets are is written first: nobody could guess it afterwards.
    pub(crate) fn create(&self, blank: Blank, pin: &Pin) -> Result<(), Failure> {
        let (folder, place) = (self.folder()?, self.place()?);
        let remembered = place.remember(&folder);
        remembered.map_err(|_| Failure::unusable(Error::FileUnwritable, folder.as_path()))?;
        match blank.create(pin, Cost::DESKTOP, &mut randomness()?) {
            Ok(_) => Ok(()),
            Err(error) => {
                let is_made = matches!(
                    error,
                    coffret_store::Error::SecretsBehind | coffret_store::Error::Unconfirmed
                );
                if !is_made {
                    place::forget(&folder);
                }
                Err(self.failure(error))
            }
        }
    }

    fn locked(&self) -> Result<Locked, Failure> {
        match self.open()? {
            Opened::Locked(locked) => Ok(locked),
            Opened::New(_) => Err(self.failure(Error::WalletMissing)),
        }
    }

    fn open(&self) -> Result<Opened, Failure> {
        coffret_store::open(&self.folder()?, self.secrets()?).map_err(|error| match error {
            coffret_store::Error::SecretsUnavailable if self.is_in_keyring() => {
                self.failure(Error::NoKeyring)
            }
            coffret_store::Error::SecretsMissing => self.secrets_missing(),
            error => self.failure(error),
        })
    }

    /// A PIN for a new wallet: from the file, else chosen on the terminal.
    pub(crate) fn chosen_pin(&self, lang: Lang) -> Result<Pin, Failure> {
        chosen_pin(self.pin_file.as_deref(), lang)
    }

    fn pin(&self, lang: Lang) -> Result<Pin, Failure> {
        let pin = match &self.pin_file {
            Some(path) => first_line(path)?,
            None => Terminal::open(lang)?.secret(PIN)?,
        };
        Pin::parse(&pin).map_err(|error| self.failure(error))
    }

    /// Whether it is a script that acts: it is asked nothing.
    pub(crate) fn is_scripted(&self) -> bool {
        self.pin_file.is_some()
    }

    /// Whether a PIN opens it. Where none ever will, or none does as things are and the person knows
    /// (`is_known`), nobody can be asked for one.
    pub(crate) fn is_opened_by_a_pin(&self, is_known: bool) -> Result<bool, Failure> {
        use coffret_store::Error as Store;

        match coffret_store::open(&self.folder()?, self.secrets()?) {
            Ok(_) | Err(Store::InUse | Store::SecretsUnavailable | Store::FileUnavailable) => {
                Ok(true)
            }
            Err(Store::Destroyed) => Ok(false),
            Err(_) => Ok(!is_known),
        }
    }

    /// Forgets where its secrets were: it is erased.
    pub(crate) fn forget(&self) -> Result<(), Failure> {
        place::forget(&self.folder()?);
        Ok(())
    }

    /// Erases whatever is there, whatever state it is in.
    pub(crate) fn erase(&self) -> Result<(), Failure> {
        let folder = self.folder()?;
        let erased = coffret_store::erase(&folder, &*self.secrets()?);
        erased.map_err(|error| self.failure(error))?;
        place::forget(&folder);
        Ok(())
    }

    /// That there are secrets without a file.
    pub(crate) fn may_erase_secrets(&self) -> Result<(), Failure> {
        match coffret_store::open(&self.folder()?, self.secrets()?) {
            Ok(Opened::Locked(_)) => Err(self.failure(coffret_store::Error::FileThere)),
            Ok(Opened::New(_)) => Err(self.failure(Error::WalletMissing)),
            Err(coffret_store::Error::FileMissing | coffret_store::Error::Destroyed) => Ok(()),
            Err(error) => Err(self.failure(error)),
        }
    }

    /// Erases the secrets of a wallet whose file is lost.
    pub(crate) fn erase_secrets(&self) -> Result<(), Failure> {
        let folder = self.folder()?;
        let erased = coffret_store::erase_secrets(&folder, &*self.secrets()?);
        erased.map_err(|error| self.failure(error))?;
        place::forget(&folder);
        Ok(())
    }

    /// Gives the wallet its secrets back, from a copy in a file.
    pub(crate) fn restore_secrets(&self, copy: &Path) -> Result<(), Failure> {
        let found = KeyFile::new(copy).load().map_err(|error| failure(error, copy))?;
        let found = found.ok_or_else(|| Failure::unusable(Error::FileUnreadable, copy))?;
        let (folder, place) = (self.folder()?, self.place()?);
        coffret_store::restore_secrets(&folder, &*self.secrets()?, &found)
            .map_err(|error| failure(error, copy))?;
        let _ = place.remember(&folder);
        Ok(())
    }

    /// That there is a wallet, open to whom it may be. What is in another folder is none.
    pub(crate) fn is_there(&self) -> Result<(), Failure> {
        let folder = self.folder()?;
        let is_there = FILES.iter().any(|name| folder.join(name).is_file());
        is_there.then_some(()).ok_or_else(|| self.failure(Error::WalletMissing))
    }

    pub(crate) fn folder(&self) -> Result<PathBuf, Failure> {
        let folder =
            self.wallet.as_deref().map_or_else(default_folder, |given| absolute(given).ok());
        folder.ok_or_else(|| Failure::unusable(Error::WalletMissing, About::Whole))
    }

    fn is_in_keyring(&self) -> bool {
        self.place().is_ok_and(|place| matches!(place, Place::Keyring(_)))
    }

    /// Where the secrets are: as given, else as remembered. It is looked up once: a new wallet's name
    /// in the keyring is another one each time.
    fn place(&self) -> Result<Place, Failure> {
        let folder = self.folder()?;
        let found = || Place::of(self.secrets.as_ref(), &folder);
        Ok(self.place.get_or_init(found).clone())
    }

    /// Who keeps the secrets.
    fn secrets(&self) -> Result<Box<dyn PlatformSecrets>, Failure> {
        match self.place()? {
            Place::File(path) if self.is_own(&path)? => {
                let given = self.secrets.as_ref().map_or(path, Secrets::given);
                Err(Failure::unusable(Error::SecretsOverWallet, given.as_path()))
            }
            Place::File(path) => Ok(Box::new(KeyFile::new(path))),
            Place::Keyring(account) => self.keyring(&account),
        }
    }

    /// The secrets are not where they were looked for; they may be where they were last.
    fn secrets_missing(&self) -> Failure {
        let missing = coffret_store::Error::SecretsMissing;
        match self.folder().ok().and_then(|folder| Place::remembered(&folder)) {
            Some(Place::File(path)) => failure(missing, path.as_path()),
            _ => self.failure(missing),
        }
    }

    /// Whether a file is the wallet's, or the next of one of the wallet's, however it is spelled.
    fn is_own(&self, path: &Path) -> Result<bool, Failure> {
        let (folder, path) = (resolved(&self.folder()?), resolved(path));
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        let name = name.trim_end_matches(".next");
        let is_own = FILES.contains(&name) || name == place::NAME;
        Ok(path.parent() == Some(&folder) && is_own)
    }

    #[cfg(feature = "keyring")]
    fn keyring(&self, account: &str) -> Result<Box<dyn PlatformSecrets>, Failure> {
        Ok(Box::new(coffret_store::Keyring::new(account)))
    }

    #[cfg(not(feature = "keyring"))]
    fn keyring(&self, _: &str) -> Result<Box<dyn PlatformSecrets>, Failure> {
        Err(self.failure(Error::NoKeyring))
    }

    /// What a wallet refuses, and which.
    pub(crate) fn failure(&self, error: impl Into<Error>) -> Failure {
        let given = self.wallet.as_deref().map_or(About::Whole, About::from);
        failure(error, given)
    }
}

/// Destroys the keys that the wallet does not need any more. What fails is done when it is opened next.
pub(crate) fn destroy_keys(wallet: &mut Wallet, rng: &mut dyn CryptoRng) {
    let tasks = wallet.abandoned_keys().unwrap_or_default();
    let outcomes = tasks.iter().map(|task| wallet.perform(task, rng)).collect::<Result<_, _>>();
    if let (false, Ok(outcomes)) = (tasks.is_empty(), outcomes) {
        let _ = wallet.keys_deleted(outcomes, rng);
    }
}

/// What is refused, and by how much it is the use that is wrong.
pub(crate) fn failure(error: impl Into<Error>, about: impl Into<About>) -> Failure {
    let error = error.into();
    match exit(&error) {
        Exit::Unusable => Failure::unusable(error, about),
        _ => Failure::refused(error, about),
    }
}

fn exit(error: &Error) -> Exit {
    use coffret_holder::Error as Holder;
    use coffret_store::Error as Store;

    match error {
        Error::Holder(Holder::Store(store)) => exit(&Error::Store(*store)),
        Error::Store(
            Store::SecretsMissing
            | Store::FileThere
            | Store::SecretsUnavailable
            | Store::NotAKeyFile
            | Store::FileMissing
            | Store::NewerFormat
            | Store::InUse
            | Store::DiskFull
            | Store::FileUnavailable,
        )
        | Error::Holder(
            Holder::UnknownDocument
            | Holder::UnknownPerson
            | Holder::UnknownTrust
            | Holder::TrustTooLarge
            | Holder::UnknownEntry
            | Holder::CredentialForm
            | Holder::TooManyCredentials
            | Holder::Cbor(_),
        )
        | Error::WalletExists
        | Error::WalletMissing
        | Error::NoKeyring => Exit::Unusable,
        _ => Exit::Refused,
    }
}

/// A PIN for a wallet: from a file, else chosen on the terminal.
pub(crate) fn chosen_pin(file: Option<&Path>, lang: Lang) -> Result<Pin, Failure> {
    let pin = match file {
        Some(path) => first_line(path)?,
        None => Terminal::open(lang)?.new_secret(NEW_PIN)?,
    };
    Pin::chosen(&pin).map_err(|error| failure(error, About::Whole))
}

/// The first line of a file that holds a secret, without its end.
pub(crate) fn first_line(path: &Path) -> Result<Zeroizing<String>, Failure> {
    let text = input::text(path)?;
    Ok(Zeroizing::new(text.lines().next().unwrap_or_default().to_owned()))
}

/// Where a path leads: without links as far as there is something, and without `..`.
pub(crate) fn resolved(path: &Path) -> PathBuf {
    let path = absolute(path).unwrap_or_else(|_| path.to_owned());
    path.components().fold(PathBuf::new(), |mut resolved, component| {
        match component {
            Component::ParentDir => drop(resolved.pop()),
            component => resolved.push(component),
        }
        resolved.canonicalize().unwrap_or(resolved)
    })
}

/// The platform's folder for what people keep.
fn default_folder() -> Option<PathBuf> {
    Some(choose_native_strategy().ok()?.data_dir().join("coffret"))
}

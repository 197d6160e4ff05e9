use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use coffret_crypto::Wiped;
use coffret_store::{Error, KeyFile};

/// The platform does not give or take its secrets now. Whatever else it says does not travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Error)]
pub enum SecretsError {
    /// They may be had later: the device is locked, or its keystore busy.
    Unavailable,
}

impl fmt::Display for SecretsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Error::SecretsUnavailable.code().name)
    }
}

impl std::error::Error for SecretsError {}

impl From<uniffi::UnexpectedUniFFICallbackError> for SecretsError {
    /// Its reason carries a stack trace.
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        SecretsError::Unavailable
    }
}

/// One small value, the *slot*, kept where the wallet's file is not: in the platform's keystore.
/// Without it the file says nothing, with it the file cannot be put back to an earlier one.
///
/// It is called in the middle of a call on the wallet, on the thread of that call. It cannot call the
/// core back, nor may it wait for another thread that does, such as the main one: that thread waits
/// for this call.
#[uniffi::export(with_foreign)]
pub trait PlatformSecrets: Send + Sync {
    /// The slot; nothing where there is none.
    ///
    /// # Errors
    /// [`SecretsError::Unavailable`]
    fn load(&self) -> std::result::Result<Option<Vec<u8>>, SecretsError>;

    /// Puts the slot in place of the one before, at once: afterwards it is durable, and at no
    /// moment is there neither.
    ///
    /// # Errors
    /// [`SecretsError::Unavailable`]
    fn replace(&self, slot: Vec<u8>) -> std::result::Result<(), SecretsError>;

    /// Removes the slot; where there is none, nothing.
    ///
    /// # Errors
    /// [`SecretsError::Unavailable`]
    fn delete(&self) -> std::result::Result<(), SecretsError>;
}

/// The app's secrets, as the store asks for them.
struct Foreign(Arc<dyn PlatformSecrets>);

fn unavailable(_: SecretsError) -> Error {
    Error::SecretsUnavailable
}

impl coffret_store::PlatformSecrets for Foreign {
    fn load(&self) -> std::result::Result<Option<Wiped>, Error> {
        Ok(self.0.load().map_err(unavailable)?.map(Wiped::from))
    }

    fn replace(&self, slot: &[u8]) -> std::result::Result<(), Error> {
        self.0.replace(slot.to_vec()).map_err(unavailable)
    }

    fn delete(&self) -> std::result::Result<(), Error> {
        self.0.delete().map_err(unavailable)
    }
}

/// Where a wallet's secrets are.
#[derive(uniffi::Enum)]
pub enum Secrets {
    /// In the platform's keystore, which the app speaks to.
    Platform {
        /// By this.
        secrets: Arc<dyn PlatformSecrets>,
    },
    /// In a file that only its owner reads: for desktops. Whoever copies both files has both.
    KeyFile {
        /// Its path, in a folder that is there.
        path: String,
    },
}

impl From<Secrets> for Box<dyn coffret_store::PlatformSecrets> {
    fn from(secrets: Secrets) -> Self {
        match secrets {
            Secrets::Platform { secrets } => Box::new(Foreign(secrets)),
            Secrets::KeyFile { path } => Box::new(KeyFile::new(PathBuf::from(path))),
        }
    }
}

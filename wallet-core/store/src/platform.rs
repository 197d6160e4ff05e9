//! What the platform keeps for a store.

mod key_file;
#[cfg(feature = "keyring")]
mod keyring;
mod memory;

use coffret_crypto::Wiped;

use crate::Error;

#[cfg(feature = "keyring")]
pub use self::keyring::Keyring;
pub use key_file::KeyFile;
pub use memory::MemorySecrets;

/// One small value, the *slot*, kept where the store's file is not: without it the file says
/// nothing, with it the file cannot be put back to an earlier one.
pub trait PlatformSecrets: Send {
    /// The slot, or `None` where there is none.
    ///
    /// # Errors
    /// [`Error::SecretsUnavailable`]
    fn load(&self) -> Result<Option<Wiped>, Error>;

    /// Puts the slot in place of the one before, at once: afterwards it is durable, and at no
    /// moment is there neither.
    ///
    /// # Errors
    /// [`Error::SecretsUnavailable`], [`Error::DiskFull`]
    fn replace(&self, slot: &[u8]) -> Result<(), Error>;

    /// Removes the slot; where there is none, nothing.
    ///
    /// # Errors
    /// [`Error::SecretsUnavailable`]
    fn delete(&self) -> Result<(), Error>;
}

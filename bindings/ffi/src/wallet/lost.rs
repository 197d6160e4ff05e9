//! Ways out where a wallet cannot be opened.

use std::path::Path;

use coffret_store as store;
use zeroize::Zeroizing;

use crate::error::Result;
use crate::secrets::Secrets;

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

use std::fmt;

use coffret_crypto::Wiped;
use keyring::Entry;

use crate::{Error, PlatformSecrets};

/// A slot in the system's own store of secrets: the Secret Service (Linux, BSD), the Keychain
/// (macOS), the Credential Manager (Windows).
#[derive(Clone)]
pub struct Keyring {
    account: String,
}

impl Keyring {
    /// The slot under the name `account`, one for each store.
    pub fn new(account: &str) -> Keyring {
        Keyring { account: account.to_owned() }
    }

    fn entry(&self) -> Result<Entry, Error> {
        Entry::new(SERVICE, &self.account).map_err(|_| Error::SecretsUnavailable)
    }
}

impl PlatformSecrets for Keyring {
    fn load(&self) -> Result<Option<Wiped>, Error> {
        match self.entry()?.get_secret() {
            Ok(slot) => Ok(Some(slot.into())),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(_) => Err(Error::SecretsUnavailable),
        }
    }

    fn replace(&self, slot: &[u8]) -> Result<(), Error> {
        self.entry()?.set_secret(slot).map_err(|_| Error::SecretsUnavailable)
    }

    fn delete(&self) -> Result<(), Error> {
        match self.entry()?.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(_) => Err(Error::SecretsUnavailable),
        }
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keyring([…])")
    }
}

/// What the system shows the secret as.
const SERVICE: &str = "Coffret";

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use coffret_crypto::Wiped;

use crate::{Error, PlatformSecrets};

/// A slot that is gone with the process: for demonstrations and tests. A clone is the same slot.
#[derive(Clone, Default)]
pub struct MemorySecrets(Arc<Mutex<Option<Wiped>>>);

impl MemorySecrets {
    fn slot(&self) -> MutexGuard<'_, Option<Wiped>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl PlatformSecrets for MemorySecrets {
    fn load(&self) -> Result<Option<Wiped>, Error> {
        Ok(self.slot().clone())
    }

    fn replace(&self, slot: &[u8]) -> Result<(), Error> {
        *self.slot() = Some(slot.to_vec().into());
        Ok(())
    }

    fn delete(&self) -> Result<(), Error> {
        *self.slot() = None;
        Ok(())
    }
}

impl fmt::Debug for MemorySecrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MemorySecrets([…])")
    }
}

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use zeroize::Zeroizing;

use crate::{Error, PlatformSecrets};

/// A slot that is gone with the process: for demonstrations and tests. A clone is the same slot.
#[derive(Clone, Default)]
pub struct MemorySecrets(Arc<Mutex<Option<Zeroizing<Vec<u8>>>>>);

impl MemorySecrets {
    fn slot(&self) -> MutexGuard<'_, Option<Zeroizing<Vec<u8>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl PlatformSecrets for MemorySecrets {
    fn load(&self) -> Result<Option<Zeroizing<Vec<u8>>>, Error> {
        Ok(self.slot().clone())
    }

    fn replace(&self, slot: &[u8]) -> Result<(), Error> {
        *self.slot() = Some(Zeroizing::new(slot.to_vec()));
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

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use coffret_ffi::{
    BootTime, CoffretError, PlatformSecrets, Secrets, SecretsError, Wallet, erase_wallet,
};

pub(crate) const PIN: &str = "730155";

pub(crate) fn boot() -> BootTime {
    BootTime { boot: b"one".to_vec(), seconds: 60, wall: None }
}

/// 2026-11-22T12:00:00Z
pub(crate) fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_795_348_800)
}

/// A folder for one wallet, and the app's own secrets for it.
pub(crate) struct Place {
    folder: PathBuf,
    secrets: Arc<AppSecrets>,
}

impl Place {
    pub(crate) fn new() -> Place {
        static PLACES: AtomicU32 = AtomicU32::new(0);
        let number = PLACES.fetch_add(1, Ordering::Relaxed);
        let name = format!("boundary-{}-{number}", std::process::id());
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        Place { folder, secrets: Arc::default() }
    }

    /// What the app does each time its secrets are asked for.
    pub(crate) fn interrupt(&self, by: impl Fn() -> Result<(), SecretsError> + Send + 'static) {
        *self.secrets.interruption.lock().unwrap() = Box::new(by);
    }

    pub(crate) fn open(&self) -> Wallet {
        self.try_open().unwrap()
    }

    pub(crate) fn try_open(&self) -> Result<Wallet, CoffretError> {
        Wallet::open(self.path(), self.secrets())
    }

    /// Erases what is here, whatever it is.
    pub(crate) fn erase(&self) -> Result<(), CoffretError> {
        erase_wallet(self.path(), self.secrets())
    }

    fn path(&self) -> String {
        self.folder.to_str().unwrap().to_owned()
    }

    fn secrets(&self) -> Secrets {
        Secrets::Platform { secrets: Arc::clone(&self.secrets) as Arc<dyn PlatformSecrets> }
    }

    /// A wallet that was made here, open.
    pub(crate) fn made(&self) -> Wallet {
        let wallet = self.open();
        wallet.create(PIN.to_owned()).unwrap();
        wallet
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

struct AppSecrets {
    slot: Mutex<Option<Vec<u8>>>,
    interruption: Mutex<Box<dyn Fn() -> Result<(), SecretsError> + Send>>,
}

impl Default for AppSecrets {
    fn default() -> Self {
        AppSecrets { slot: Mutex::default(), interruption: Mutex::new(Box::new(|| Ok(()))) }
    }
}

impl PlatformSecrets for AppSecrets {
    fn load(&self) -> Result<Option<Vec<u8>>, SecretsError> {
        self.interruption.lock().unwrap()()?;
        Ok(self.slot.lock().unwrap().clone())
    }

    fn replace(&self, slot: Vec<u8>) -> Result<(), SecretsError> {
        self.interruption.lock().unwrap()()?;
        *self.slot.lock().unwrap() = Some(slot);
        Ok(())
    }

    fn delete(&self) -> Result<(), SecretsError> {
        self.interruption.lock().unwrap()()?;
        *self.slot.lock().unwrap() = None;
        Ok(())
    }
}

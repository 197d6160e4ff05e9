//! Who has asked for what, and what is taken along to be read elsewhere.

use std::time::SystemTime;

use coffret_holder as holder;
use coffret_store::Cost;
use zeroize::Zeroizing;

use super::Wallet;
use crate::call::randomness;
use crate::error::Result;
use crate::log::{LogChecked, LogEntry, LogSearch};
use crate::words::timestamp;

#[uniffi::export]
impl Wallet {
    /// The entries of the log that are not deleted, the newest first.
    ///
    /// # Errors
    /// It is not open.
    pub fn log(&self) -> Result<Vec<LogEntry>> {
        self.with(|wallet| Ok(wallet.log()?.into_iter().map(LogEntry::new).collect()))
    }

    /// The entries of the log that are searched for, the newest first. No more is read than is needed
    /// for them: a page of a long log is as quick as that of a short one.
    ///
    /// # Errors
    /// It is not open.
    pub fn search_log(&self, search: LogSearch) -> Result<Vec<LogEntry>> {
        self.with(|wallet| {
            let found = wallet.search_log(&search.core()?)?;
            Ok(found.into_iter().map(LogEntry::new).collect())
        })
    }

    /// Deletes what these entries say. That there were entries stays.
    ///
    /// # Errors
    /// There is no entry of one of these numbers.
    pub fn delete_log(&self, numbers: Vec<u64>) -> Result<()> {
        self.with(|wallet| Ok(wallet.delete_log(&numbers, &mut randomness())?))
    }

    /// Checks the log as somebody outside the wallet would.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn verify_log(&self, now: SystemTime) -> Result<LogChecked> {
        self.with(|wallet| {
            let checked = wallet.verify_log(timestamp(now)?, &mut randomness())?;
            Ok(LogChecked {
                entries: checked.entries.len() as u64,
                deleted: checked.deleted as u64,
                unreadable: checked.unreadable as u64,
            })
        })
    }

    /// What the wallet holds, to be read elsewhere: it cannot be presented. Where a document, the
    /// people or an entry of the log are among what is `unreadable`, it lacks them: say so.
    ///
    /// # Errors
    /// The passphrase has fewer than 12 characters.
    pub fn export(&self, passphrase: String, now: SystemTime) -> Result<Vec<u8>> {
        let passphrase = Zeroizing::new(passphrase);
        self.with(|wallet| {
            let now = timestamp(now)?;
            Ok(wallet.export(&passphrase, Cost::DESKTOP, now, &mut randomness())?)
        })
    }
}

/// What an export says, to whoever has its passphrase: CBOR, as the export's specification has it.
///
/// # Errors
/// It is not an export; the passphrase is another.
#[uniffi::export]
pub fn open_export(export: Vec<u8>, passphrase: String) -> Result<Vec<u8>> {
    let passphrase = Zeroizing::new(passphrase);
    crate::call::call(|| Ok(holder::export::open(&export, &passphrase)?.to_vec()))
}

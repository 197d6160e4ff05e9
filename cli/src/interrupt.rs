//! Ctrl-C, and whatever else asks the program to end, where something has to be removed first.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::{About, Error, Exit, Failure, Reason};

static ASKED: AtomicBool = AtomicBool::new(false);

/// From now on whoever wants the command to end waits for [`check`]. Where the system does not
/// allow it, the command ends as any other does.
pub(crate) fn heed() {
    let _ = ctrlc::set_handler(|| ASKED.store(true, Ordering::Relaxed));
}

/// # Errors
/// [`Error::Interrupted`] once the command is to end.
pub(crate) fn check() -> Result<(), Failure> {
    if !ASKED.load(Ordering::Relaxed) {
        return Ok(());
    }
    let reasons = vec![Reason::new(Error::Interrupted.code(), About::Whole)];
    Err(Failure { exit: Exit::Interrupted, reasons })
}

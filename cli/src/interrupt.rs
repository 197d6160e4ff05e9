//! Ctrl-C, and whatever else asks the program to end, where something has to be removed first.

use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crate::error::{About, Error, Exit, Failure, Reason};

static ASKED: AtomicBool = AtomicBool::new(false);

/// What a command has to end properly in: some programs ask twice at once, as `timeout` does.
const GRACE: Duration = Duration::from_secs(1);

/// From now on whoever wants the command to end waits for [`check`]; who asks again does not wait
/// beyond [`GRACE`]. Where the system does not allow it, the command ends as any other does.
pub(crate) fn heed() {
    let _ = ctrlc::set_handler(|| {
        // It may be in a write that nobody reads, and never come to a check.
        if ASKED.swap(true, Ordering::Relaxed) {
            process::exit(Exit::Interrupted as i32);
        }
        // On a thread of its own: what comes meanwhile is heard afterwards.
        thread::sleep(GRACE);
    });
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

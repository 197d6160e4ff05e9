//! How far a long work is, on a terminal, while it lasts.

use std::io::{self, IsTerminal, Write};

use coffret_catalogue::Label;

/// Of the frames of the other side.
pub(crate) const READING: Label = Label { fr: "Lecture des images", en: "Reading the pictures" };

/// One line on standard error, which is gone at the end; nothing where nobody looks.
pub(crate) struct Progress {
    is_seen: bool,
}

impl Progress {
    pub(crate) fn new() -> Progress {
        Progress { is_seen: io::stderr().is_terminal() }
    }

    /// What is being done.
    pub(crate) fn says(&self, what: &str) {
        self.write(&format!("\r\x1b[2K{what}…"));
    }

    /// What is being done, and how much of it is.
    pub(crate) fn counts(&self, what: &str, have: usize, of: usize) {
        self.write(&format!("\r\x1b[2K{what} {have}/{of}"));
    }

    /// Nobody depends on it.
    fn write(&self, text: &str) {
        if self.is_seen {
            let mut to = io::stderr();
            let _ = to.write_all(text.as_bytes()).and_then(|()| to.flush());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.write("\r\x1b[2K");
    }
}

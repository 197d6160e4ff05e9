//! What is asked on the terminal itself, through a pseudo-terminal.

use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::AsFd;
use std::process::Child;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use pty_process::blocking::{Command, Pty};
use rustix::termios::{LocalModes, tcgetattr};

use crate::holder::{PIN, new_wallet, text, wallet_with_card};
use crate::program::Folder;

/// The program at a terminal.
pub(crate) struct Session {
    pub(crate) terminal: Pty,
    child: Child,
    /// What comes to the screen, read by a thread: a terminal cannot be read with a limit.
    screen: Receiver<Vec<u8>>,
    seen: String,
}

/// How long anything may be waited for: far more than a busy computer takes. A question that does not
/// come must be a failure, and not a test that never ends.
const PATIENCE: Duration = Duration::from_secs(120);

const PROGRAM: &str = env!("CARGO_BIN_EXE_coffret");

/// Interrupt, as a keyboard sends it.
pub(crate) const CONTROL_C: &str = "\u{3}";
/// The end of what is typed.
const CONTROL_D: &str = "\u{4}";

impl Session {
    pub(crate) fn start(folder: &Folder, arguments: &[&str]) -> Session {
        let (terminal, secondary) = pty_process::blocking::open().unwrap();
        // Whoever runs the tests in the background has interrupts ignored.
        let program = match cfg!(target_os = "linux") {
            true => Command::new("env").args(["--default-signal=INT", PROGRAM]),
            false => Command::new(PROGRAM),
        };
        let child = program
            .args(arguments)
            .args(["--wallet", "wallet", "--secrets", "file:secrets", "--lang", "fr"])
            .current_dir(folder.path(""))
            .spawn(secondary)
            .unwrap();
        let mut master = File::from(terminal.as_fd().try_clone_to_owned().unwrap());
        let (read, screen) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 1024];
            // A terminal that nobody has open any more is an error on Linux.
            while let Ok(length @ 1..) = master.read(&mut buffer) {
                if read.send(buffer[..length].to_vec()).is_err() {
                    break;
                }
            }
        });
        Session { terminal, child, screen, seen: String::new() }
    }

    /// Waits for what is awaited until there is more on the screen; false where there will be no more.
    fn sees_more(&mut self, awaited: &str, since: Instant) -> bool {
        match self.screen.recv_timeout(PATIENCE.saturating_sub(since.elapsed())) {
            Ok(more) => self.seen.push_str(&String::from_utf8_lossy(&more)),
            Err(RecvTimeoutError::Disconnected) => return false,
            Err(RecvTimeoutError::Timeout) => {
                panic!("{awaited} does not come after: {}", self.seen)
            }
        }
        true
    }

    /// Waits until this is on the screen: what was there before it.
    pub(crate) fn sees(&mut self, expected: &str) -> String {
        let since = Instant::now();
        while !self.seen.contains(expected) {
            assert!(self.sees_more(expected, since), "{expected} is not in: {}", self.seen);
        }
        let start = self.seen.find(expected).unwrap();
        let mut seen: String = self.seen.drain(..start + expected.len()).collect();
        seen.truncate(start);
        seen
    }

    /// Types after a question.
    pub(crate) fn answers(&mut self, question: &str, answer: &str) {
        self.sees(question);
        self.terminal.write_all(answer.as_bytes()).unwrap();
    }

    /// Types a secret after a question, once nothing is echoed any more.
    fn trusts(&mut self, question: &str, secret: &str) {
        self.sees(question);
        let echoes = || {
            let modes = tcgetattr(&self.terminal).unwrap().local_modes;
            modes.contains(LocalModes::ECHO)
        };
        let since = Instant::now();
        while echoes() {
            assert_eq!(self.child.try_wait().unwrap(), None, "it has ended");
            assert!(since.elapsed() < PATIENCE, "{question} would show what is typed");
            std::thread::yield_now();
        }
        self.terminal.write_all(secret.as_bytes()).unwrap();
    }

    /// The exit code, none when it was interrupted, and the rest of the screen.
    pub(crate) fn ends(mut self) -> (Option<i32>, String) {
        let since = Instant::now();
        while self.sees_more("the end", since) {}
        (self.child.wait().unwrap().code(), std::mem::take(&mut self.seen))
    }
}

impl Drop for Session {
    /// A program whose test has failed still waits for an answer.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_new_pin_is_asked_for_twice_and_not_shown() {
    let folder = Folder::new();
    let mut session = Session::start(&folder, &["init"]);
    session.trusts("Nouveau NIP", "482915\r");
    session.trusts("Encore une fois", "482915\r");
    let (exit, screen) = session.ends();
    assert_eq!(exit, Some(0), "{screen}");
    assert!(!screen.contains(PIN), "{screen}");
    folder.write("pin", PIN);
    folder.wallet(&["list"]).ends(0);
}

#[test]
fn two_different_entries_change_nothing() {
    let folder = Folder::new();
    let mut session = Session::start(&folder, &["init"]);
    session.trusts("Nouveau NIP", "482915\r");
    session.trusts("Encore une fois", "482916\r");
    let (exit, screen) = session.ends();
    assert_eq!(exit, Some(1), "{screen}");
    assert!(screen.contains("typed-secrets-differ"), "{screen}");
    folder.write("pin", PIN);
    assert_eq!(folder.wallet(&["list"]).ends(2).codes(), ["wallet-missing"]);
}

#[test]
fn the_pin_is_asked_for_and_a_wrong_one_says_what_is_left() {
    let folder = new_wallet();
    for (pin, exit, said) in
        [("482916", 1, "Essais restants\u{a0}: 15"), (PIN, 0, "Aucun document")]
    {
        let mut session = Session::start(&folder, &["list"]);
        session.trusts("NIP du portefeuille", &format!("{pin}\r"));
        let (code, screen) = session.ends();
        assert_eq!(code, Some(exit), "{screen}");
        assert!(screen.contains(said), "{screen}");
        assert!(!screen.contains(pin), "{screen}");
    }
}

#[test]
fn a_person_who_has_left_has_not_confirmed() {
    let folder = new_wallet();
    let mut session = Session::start(&folder, &["list"]);
    session.trusts("NIP du portefeuille", CONTROL_D);
    let (code, screen) = session.ends();
    assert_eq!(code, Some(1), "{screen}");
    assert!(screen.contains("not-confirmed"), "{screen}");
}

#[test]
fn what_cannot_be_undone_is_confirmed() {
    let folder = wallet_with_card(1, &[]);
    let id = text(&folder.documents()[0]["id"]).to_owned();
    for (answer, exit, left) in [("\r", 1, 1), ("non\r", 1, 1), ("oui\r", 0, 0)] {
        let mut session = Session::start(&folder, &["remove", &id]);
        session.trusts("NIP du portefeuille", &format!("{PIN}\r"));
        session.sees("Carte d’assurance maladie");
        session.answers("Retirer ce document du portefeuille?", answer);
        let (code, screen) = session.ends();
        assert_eq!(code, Some(exit), "{screen}");
        assert_eq!(screen.contains("not-confirmed"), exit == 1, "{screen}");
        assert_eq!(folder.documents().len(), left);
    }
}

#[test]
fn whoever_has_forgotten_the_pin_can_erase() {
    let folder = new_wallet();
    for (answer, exit) in [("n\r", 1), ("o\r", 0)] {
        let mut session = Session::start(&folder, &["erase"]);
        let asked = session.sees("pour toujours?");
        assert!(asked.contains(folder.path("wallet").to_str().unwrap()), "{asked}");
        session.answers("", answer);
        let (code, screen) = session.ends();
        assert_eq!(code, Some(exit), "{screen}");
    }
    assert_eq!(folder.wallet(&["list"]).ends(2).codes(), ["wallet-missing"]);
}

#[test]
fn a_folder_without_a_wallet_is_not_erased() {
    let folder = new_wallet();
    std::fs::create_dir(folder.path("photographs")).unwrap();
    std::fs::rename(folder.path("wallet"), folder.path("own")).unwrap();
    std::fs::rename(folder.path("photographs"), folder.path("wallet")).unwrap();
    let mut session = Session::start(&folder, &["erase"]);
    session.answers("", "o\r");
    let (code, screen) = session.ends();
    assert_eq!(code, Some(2), "{screen}");
    assert!(screen.contains("wallet-missing"), "{screen}");
    std::fs::remove_dir(folder.path("wallet")).unwrap();
    std::fs::rename(folder.path("own"), folder.path("wallet")).unwrap();
    folder.wallet(&["list"]).ends(0);
}

#[test]
fn a_passphrase_is_asked_for_twice() {
    let folder = new_wallet();
    let mut session = Session::start(&folder, &["export", "out", "--pin-file", "pin"]);
    session.trusts("Phrase de passe", "quatre mots dits ensemble\r");
    session.trusts("Encore une fois", "quatre mots dits ensemble\r");
    let (code, screen) = session.ends();
    assert_eq!(code, Some(0), "{screen}");
    assert!(folder.path("out").exists());
}

#[test]
fn one_process_at_a_time_has_the_wallet() {
    let folder = new_wallet();
    let mut session = Session::start(&folder, &["pin", "--pin-file", "pin"]);
    session.sees("Nouveau NIP");
    assert_eq!(folder.wallet(&["list"]).ends(2).codes(), ["wallet-in-use"]);
    session.terminal.write_all(CONTROL_C.as_bytes()).unwrap();
    assert_eq!(session.ends().0, None, "it was interrupted");
    folder.wallet(&["list"]).ends(0);
}

#[test]
fn an_interrupted_question_leaves_everything_as_it_was() {
    let folder = wallet_with_card(1, &[]);
    let id = text(&folder.documents()[0]["id"]).to_owned();
    for (command, question) in [
        (&["list"][..], "NIP du portefeuille"),
        (&["pin", "--pin-file", "pin"], "Nouveau NIP"),
        (&["remove", &id], "NIP du portefeuille"),
        (&["export", "out", "--pin-file", "pin"], "Phrase de passe"),
        (&["erase"], "pour toujours?"),
    ] {
        let mut session = Session::start(&folder, command);
        session.answers(question, CONTROL_C);
        assert_eq!(session.ends().0, None, "{command:?}");
        assert_eq!(folder.documents().len(), 1, "{command:?}");
        assert!(!folder.path("out").exists());
    }
}

#[test]
fn an_interrupted_making_of_keys_leaves_the_wallet_sound() {
    let folder = new_wallet();
    let mut session = Session::start(&folder, &["keys", "--count", "255", "--pin-file", "pin"]);
    session.answers(" 3/255", CONTROL_C);
    assert_eq!(session.ends().0, None, "it was interrupted");
    folder.wallet(&["keys", "--count", "1"]).ends(0);
}

/// `setsid` takes the terminal of whoever runs the tests away.
#[test]
#[cfg(target_os = "linux")]
fn without_a_terminal_nothing_is_asked() {
    let folder = new_wallet();
    let place = ["--wallet", "wallet", "--secrets", "file:secrets"];
    for command in [&["list"][..], &["erase"], &["pin", "--pin-file", "pin"]] {
        let output = std::process::Command::new("setsid")
            .arg("--wait")
            .arg(PROGRAM)
            .args(command)
            .args(place)
            .args(["--json"])
            .current_dir(folder.path(""))
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{command:?}");
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(said.contains("terminal-missing"), "{said}");
        assert_eq!(folder.documents().len(), 0);
    }
}

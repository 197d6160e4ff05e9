//! What a process does that is stopped at any moment: it takes one-time copies, one after another,
//! and says which it has handed over.

use std::collections::BTreeSet;
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use coffret_store::{BootTime, Changes, Cost, Error, KeyFile, Opened, Pin, RecordId, Store, Table};
use rand_chacha::ChaCha20Rng;

const COPIES: Table = Table(1);
const LOG: Table = Table(2);
const UNUSED: &[u8] = b"unused";
const BOOT: BootTime = BootTime { boot: [7; 16], seconds: 1000, wall: None };

/// The one PIN and the other.
fn pin(is_other: bool) -> Pin {
    Pin::parse(if is_other { "376091" } else { "190673" }).unwrap()
}

fn name(copy: u32) -> RecordId {
    let mut name = [0; 16];
    name[..4].copy_from_slice(&copy.to_be_bytes());
    RecordId::from(name)
}

fn copy(name: RecordId) -> u32 {
    u32::from_be_bytes(name.as_bytes()[..4].try_into().unwrap())
}

/// A store that is being worked with.
pub(crate) struct Work {
    store: Store,
    /// Whether the PIN is the other one.
    is_other: bool,
    rng: ChaCha20Rng,
}

impl Work {
    /// Opens what is there, by the one PIN or the other, or makes it.
    pub(crate) fn open(folder: &Path, mut rng: ChaCha20Rng) -> Result<Work, Error> {
        match coffret_store::open(
            &folder.join("store"),
            Box::new(KeyFile::new(folder.join("key"))),
        )? {
            Opened::New(blank) => {
                let store = blank.create(&pin(false), Cost::MIN, &mut rng)?;
                Ok(Work { store, is_other: false, rng })
            }
            Opened::Locked(locked) => match locked.unlock(&pin(false), BOOT) {
                Ok(store) => Ok(Work { store, is_other: false, rng }),
                Err((locked, Error::WrongPin)) => {
                    let store = locked.unlock(&pin(true), BOOT).map_err(|(_, error)| error)?;
                    Ok(Work { store, is_other: true, rng })
                }
                Err((_, error)) => Err(error),
            },
        }
    }

    /// Takes the next copy, or asks for more, and now and then changes the PIN. The copy is to be
    /// handed over.
    pub(crate) fn step(&mut self) -> Result<Option<u32>, Error> {
        let Some(next) = self.store.find(COPIES, UNUSED).first().copied() else {
            let made = self.made();
            let mut changes = Changes::default().note((made + 4).to_be_bytes().to_vec());
            for copy in made..made + 4 {
                changes = changes.put(COPIES, name(copy), Some(UNUSED), b"unused".to_vec());
            }
            self.store.commit(changes, &mut self.rng)?;
            if made % 8 == 4 {
                self.store.change_pin(
                    &pin(self.is_other),
                    &pin(!self.is_other),
                    Cost::MIN,
                    BOOT,
                    &mut self.rng,
                )?;
                self.is_other = !self.is_other;
            }
            return Ok(None);
        };
        let changes = Changes::default().put(COPIES, next, None, b"used".to_vec()).put(
            LOG,
            next,
            None,
            vec![0x5a; 600],
        );
        self.store.commit(changes, &mut self.rng)?;
        Ok(Some(copy(next)))
    }

    fn made(&self) -> u32 {
        self.store.note().try_into().map_or(0, u32::from_be_bytes)
    }

    /// What was handed over is used up; each transaction is there in whole or not at all.
    pub(crate) fn check(&self, handed_over: &BTreeSet<u32>) {
        let all = self.store.all(COPIES).unwrap();
        assert_eq!(all.len() as u32, self.made());
        let used = all.iter().filter(|(_, state)| state.as_slice() == b"used");
        let used: BTreeSet<_> = used.map(|(name, _)| copy(*name)).collect();
        let log = self.store.all(LOG).unwrap();
        let logged: BTreeSet<_> = log.iter().map(|(name, _)| copy(*name)).collect();
        assert_eq!(used, logged);
        assert!(handed_over.is_subset(&used), "{handed_over:?} handed over, {used:?} used");
    }
}

/// This program again, to run the one test `name` on `folder`: a test that does nothing by itself.
pub(crate) fn child(name: &str, folder: &Path) -> Command {
    let mut child = Command::new(env::current_exe().unwrap());
    child.args(["--exact", name, "--nocapture"]).env(FOLDER, folder);
    child
}

/// The folder that [`child`] has given this process.
pub(crate) fn folder_of_child() -> Option<PathBuf> {
    env::var_os(FOLDER).map(PathBuf::from)
}

const FOLDER: &str = "COFFRET_STORE_CHILD";

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use rand_core::CryptoRng;

use super::{astray, cast};
use crate::error::{Error, Failure};

/// Where the story leaves its pictures, messages and store: for good, or until it ends.
pub(super) struct Place {
    root: PathBuf,
    stay: Stay,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stay {
    Kept,
    Temporary,
}

/// Text that short is found by chance.
const LONG_ENOUGH: usize = 6;

impl Place {
    /// A new folder, or an empty one.
    pub(super) fn new(out: Option<&Path>, rng: &mut dyn CryptoRng) -> Result<Place, Failure> {
        let unwritable = |path: &Path| Failure::unusable(Error::FileUnwritable, path);
        let place = match out {
            Some(out) => Place { root: out.to_owned(), stay: Stay::Kept },
            None => {
                let root = env::temp_dir().join(format!("coffret-demo-{:016x}", rng.next_u64()));
                fs::create_dir(&root).map_err(|_| unwritable(&root))?;
                Place { root, stay: Stay::Temporary }
            }
        };
        if fs::read_dir(&place.root).is_ok_and(|mut entries| entries.next().is_some()) {
            return Err(Failure::unusable(Error::FileExists, place.root.as_path()));
        }
        for folder in [place.wallet(), place.pictures(), place.messages()] {
            fs::create_dir_all(&folder).map_err(|_| unwritable(&folder))?;
        }
        Ok(place)
    }

    pub(super) fn wallet(&self) -> PathBuf {
        self.root.join("wallet")
    }

    pub(super) fn pictures(&self) -> PathBuf {
        self.root.join("pictures")
    }

    fn messages(&self) -> PathBuf {
        self.root.join("messages")
    }

    /// Keeps a message, such as `coffret inspect` reads.
    pub(super) fn keep(&self, name: &str, message: &[u8]) -> Result<(), Failure> {
        let path = self.messages().join(name);
        let written = fs::write(&path, message);
        written.map_err(|_| Failure::unusable(Error::FileUnwritable, path.as_path()))
    }

    /// The folder, where it stays.
    pub(super) fn kept(&self) -> Option<&Path> {
        (self.stay == Stay::Kept).then_some(self.root.as_path())
    }

    /// How many names and values of the documents are searched for in the wallet's files. That one
    /// is there is not the story.
    pub(super) fn search(&self) -> Result<usize, Failure> {
        let unreadable = |path: &Path| Failure::unusable(Error::FileUnreadable, path);
        let mut files = Vec::new();
        let folder = self.wallet();
        for entry in fs::read_dir(&folder).map_err(|_| unreadable(&folder))? {
            let path = entry.map_err(|_| unreadable(&folder))?.path();
            files.push(fs::read(&path).map_err(|_| unreadable(&path))?);
        }
        let mut needles = cast::secrets()?;
        needles.retain(|needle| needle.len() >= LONG_ENOUGH);
        needles.sort();
        needles.dedup();
        let is_in = |file: &Vec<u8>, needle: &Vec<u8>| {
            file.windows(needle.len()).any(|window| window == needle)
        };
        let found = needles.iter().any(|needle| files.iter().any(|file| is_in(file, needle)));
        if found { Err(astray()) } else { Ok(needles.len()) }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if self.stay == Stay::Temporary {
            let _ = fs::remove_dir_all(&self.root);
        }
    }
}

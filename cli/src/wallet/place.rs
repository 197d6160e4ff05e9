//! Where a wallet's secrets are, and how its folder remembers that.

use std::fs::{self, DirBuilder};
use std::io;
use std::path::{Path, PathBuf, absolute};
use std::str::FromStr;

use super::resolved;

/// Where the secrets are, as `--secrets` says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Secrets {
    Keyring,
    File(PathBuf),
}

impl FromStr for Secrets {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once(':') {
            None if text == "keyring" => Ok(Secrets::Keyring),
            Some(("file", path)) if !path.is_empty() => Ok(Secrets::File(path.into())),
            _ => Err("keyring|file:PATH"),
        }
    }
}

impl Secrets {
    /// The path as it was given.
    pub(super) fn given(&self) -> PathBuf {
        match self {
            Secrets::File(path) => path.clone(),
            Secrets::Keyring => PathBuf::new(),
        }
    }
}

/// Where the secrets of one wallet are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// In the system's keyring, under this name.
    Keyring(String),
    /// In a file, by its absolute path.
    File(PathBuf),
}

/// The file in the wallet's folder that says where the secrets are. It goes where the folder goes, so
/// that the name in the keyring is the same wherever the folder is, and through whichever link it is
/// reached. It tells a thief where to look, and nothing else.
pub(super) const NAME: &str = "secrets-place";

const KEYRING: &str = "keyring ";
const FILE: &str = "file ";

impl Place {
    /// As given, else as remembered, else in the keyring.
    pub(super) fn of(given: Option<&Secrets>, folder: &Path) -> Place {
        let remembered = Place::remembered(folder);
        match (given, remembered) {
            (Some(Secrets::File(path)), _) => {
                Place::File(absolute(path).unwrap_or_else(|_| path.clone()))
            }
            (None, Some(place)) | (Some(Secrets::Keyring), Some(place @ Place::Keyring(_))) => {
                place
            }
            (Some(Secrets::Keyring) | None, _) => Place::Keyring(account(folder)),
        }
    }

    pub(super) fn remembered(folder: &Path) -> Option<Place> {
        let text = fs::read_to_string(folder.join(NAME)).ok()?;
        let line = text.lines().next()?;
        let keyring = line.strip_prefix(KEYRING).map(|name| Place::Keyring(name.to_owned()));
        keyring.or_else(|| line.strip_prefix(FILE).map(|path| Place::File(path.into())))
    }

    /// Writes it down in the folder, which is made where there is none.
    pub(super) fn remember(&self, folder: &Path) -> io::Result<()> {
        if Place::remembered(folder).as_ref() == Some(self) {
            return Ok(());
        }
        let line = match self {
            Place::Keyring(name) => format!("{KEYRING}{name}\n"),
            Place::File(path) => match path.to_str() {
                Some(path) if !path.contains(['\n', '\r']) => format!("{FILE}{path}\n"),
                // What no line can say is given anew with each command.
                _ => return Ok(()),
            },
        };
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.recursive(true).create(folder)?;
        let next = folder.join(format!("{NAME}.next"));
        fs::write(&next, line)?;
        let renamed = fs::rename(&next, folder.join(NAME));
        renamed.inspect_err(|_| drop(fs::remove_file(&next)))
    }
}

/// The folder remembers nothing any more, and goes if it is empty: no wallet is there.
pub(super) fn forget(folder: &Path) {
    let _ = fs::remove_file(folder.join(NAME));
    let _ = fs::remove_dir(folder);
}

/// The name in the keyring where nothing is remembered. Wallets of before have the path of their folder
/// for a name, as it was typed; a new one has its path and a number that is drawn once, so that a
/// wallet made where another has been is not taken for that one.
#[cfg(feature = "keyring")]
fn account(folder: &Path) -> String {
    use coffret_store::{Keyring, PlatformSecrets};
    use rand_core::Rng;

    let canonical = resolved(folder).display().to_string();
    let former = [folder.display().to_string(), canonical.clone()];
    let has_slot = |name: &String| Keyring::new(name).load().is_ok_and(|slot| slot.is_some());
    former.into_iter().find(has_slot).unwrap_or_else(|| {
        let number = crate::randomness().map_or(0, |mut rng| rng.next_u32());
        format!("{canonical} ({number:08x})")
    })
}

#[cfg(not(feature = "keyring"))]
fn account(folder: &Path) -> String {
    resolved(folder).display().to_string()
}

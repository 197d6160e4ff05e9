use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use coffret_crypto::{Hash, Wiped};

use crate::folder::{private, remove, sync};
use crate::slot::Slot;
use crate::{Error, PlatformSecrets};

/// A slot in a file that its owner alone may read, best on another disk than the store's.
///
/// The file has two pages, each with a slot, a number that grows with every write, and a digest. A
/// slot is written over the older page and synced, so that one of them is whole at every moment. Where
/// the other has a secret that was given up, it is written over too. What is written has its room from
/// the beginning, so that a full disk stops neither a try of the PIN nor an erasure.
///
/// ```text
/// Page = "CFRTSLOT" ‖ number (8 bytes) ‖ length (2 bytes) ‖ slot ‖ zeros ‖ SHA-256 of all before
/// ```
///
/// A file of before is the slot and nothing else; it becomes one of two pages when it is next written.
///
/// Whoever can write both files can put both back to an earlier state unnoticed, tries of the PIN
/// included. A link at its path is neither followed nor replaced: [`Error::NotAKeyFile`].
#[derive(Debug, Clone)]
pub struct KeyFile {
    path: PathBuf,
}

impl KeyFile {
    /// The slot in the file at `path`, whose folder is there. A relative path is that of now: the
    /// process may go to another folder while the store is open.
    pub fn new(path: impl Into<PathBuf>) -> KeyFile {
        let path = path.into();
        KeyFile { path: std::path::absolute(&path).unwrap_or(path) }
    }

    /// Where the next slot is written before it takes the place of the file.
    fn next(&self) -> PathBuf {
        let mut name = self.path.clone().into_os_string();
        name.push(".next");
        name.into()
    }

    /// That nothing but a file is written over or removed.
    fn is_own(&self) -> Result<(), Error> {
        is_file(&self.path).and(is_file(&self.next())).map(drop)
    }

    fn folder(&self) -> &Path {
        match self.path.parent() {
            Some(parent) if parent != Path::new("") => parent,
            _ => Path::new("."),
        }
    }
}

impl PlatformSecrets for KeyFile {
    fn load(&self) -> Result<Option<Wiped>, Error> {
        if !is_file(&self.path)? {
            return Ok(None);
        }
        let bytes = self.bytes().map_err(refused)?;
        match newest(&bytes) {
            Some((_, page)) => Ok(Some(page.slot.to_vec().into())),
            None if bytes.starts_with(MAGIC) => Err(Error::SecretsMalformed),
            None => Ok(Some(bytes)),
        }
    }

    fn replace(&self, slot: &[u8]) -> Result<(), Error> {
        self.is_own()?;
        let bytes =
            if is_file(&self.path)? { self.bytes().map_err(refused)? } else { Wiped::default() };
        let written = match newest(&bytes) {
            Some((place, page)) => self.write_over(slot, place, &page),
            None => self.write_anew(slot),
        };
        written.map_err(refused)
    }

    fn delete(&self) -> Result<(), Error> {
        self.is_own()?;
        for path in [&self.path, &self.next()] {
            remove(path).map_err(refused)?;
        }
        sync(self.folder()).map_err(refused)
    }
}

impl KeyFile {
    /// What the file holds, as far as it may be a slot's.
    fn bytes(&self) -> io::Result<Wiped> {
        let file = File::open(&self.path)?;
        let mut bytes = Wiped::from(Vec::with_capacity(2 * PAGE));
        file.take(2 * PAGE as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Writes over the page that is not the newest, then over that one if it keeps a secret too long.
    fn write_over(&self, slot: &[u8], place: usize, newest: &Page<'_>) -> io::Result<()> {
        let mut file = File::options().write(true).open(&self.path)?;
        let mut write = |place: usize, step| {
            file.seek(SeekFrom::Start((place * PAGE) as u64))?;
            file.write_all(&page(slot, newest.number.saturating_add(step))?)?;
            file.sync_all()
        };
        write(1 - place, 1)?;
        if Slot::keeps_secrets(newest.slot, slot) { Ok(()) } else { write(place, 2) }
    }

    /// Writes both pages beside the file, and puts them in its place.
    fn write_anew(&self, slot: &[u8]) -> io::Result<()> {
        // One that was left may be open to others: it is not written over.
        remove(&self.next())?;
        let mut file = private().create_new(true).open(self.next())?;
        for number in [1, 2] {
            file.write_all(&page(slot, number)?)?;
        }
        file.sync_all()?;
        fs::rename(self.next(), &self.path)?;
        sync(self.folder())
    }
}

/// A page as it was read.
struct Page<'b> {
    number: u64,
    slot: &'b [u8],
}

const MAGIC: &[u8; 8] = b"CFRTSLOT";
/// The unit in which disks write, and several times a slot.
const PAGE: usize = 4096;
const DIGEST: usize = 32;

/// The newest whole page, and which it is.
fn newest(bytes: &[u8]) -> Option<(usize, Page<'_>)> {
    let pages = bytes.chunks(PAGE).enumerate();
    let whole = pages.filter_map(|(place, bytes)| Some((place, Page::read(bytes)?)));
    whole.max_by_key(|(_, page)| page.number)
}

impl Page<'_> {
    fn read(bytes: &[u8]) -> Option<Page<'_>> {
        let (content, digest) = bytes.split_at_checked(PAGE - DIGEST)?;
        (Hash::Sha256.digest(content) == digest).then_some(())?;
        let (number, rest) = content.strip_prefix(MAGIC)?.split_first_chunk()?;
        let (length, rest) = rest.split_first_chunk()?;
        let slot = rest.get(..usize::from(u16::from_be_bytes(*length)))?;
        Some(Page { number: u64::from_be_bytes(*number), slot })
    }
}

fn page(slot: &[u8], number: u64) -> io::Result<Wiped> {
    let length = u16::try_from(slot.len()).map_err(|_| ErrorKind::FileTooLarge)?;
    let mut page = Wiped::from(Vec::with_capacity(PAGE));
    for part in [MAGIC, number.to_be_bytes().as_slice(), &length.to_be_bytes(), slot] {
        if page.len() + part.len() > PAGE - DIGEST {
            return Err(ErrorKind::FileTooLarge.into());
        }
        page.extend_from_slice(part);
    }
    page.resize(PAGE - DIGEST, 0);
    let digest = Hash::Sha256.digest(&page);
    page.extend_from_slice(&digest);
    Ok(page)
}

/// Whether there is a file, and nothing else.
fn is_file(path: &Path) -> Result<bool, Error> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_file() => Ok(true),
        Ok(_) => Err(Error::NotAKeyFile),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(refused(error)),
    }
}

fn refused(error: io::Error) -> Error {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Error::DiskFull,
        _ => Error::SecretsUnavailable,
    }
}

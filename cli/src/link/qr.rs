//! Pictures in a folder: each side shows its frames there and looks for the other's.

use std::collections::{HashSet, VecDeque};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use coffret_proximity::Frames;

use crate::error::{Error, Failure};
use crate::picture;

/// Whose pictures: the beginning of their names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Reader,
    Wallet,
}

impl Side {
    fn prefix(self) -> &'static str {
        match self {
            Side::Reader => "reader-",
            Side::Wallet => "wallet-",
        }
    }
}

/// Bytes of a picture's file: a photograph as a phone takes it.
const MAX_PICTURE: u64 = 32 << 20;
/// Between two looks into the folder: a person notices no less.
const PAUSE: Duration = Duration::from_millis(50);

/// Draws the frames of a message, in place of the pictures of an earlier one.
pub(crate) fn show(
    folder: &Path,
    side: Side,
    frames: &mut Frames,
) -> Result<Vec<PathBuf>, Failure> {
    let unwritable = |path: &Path| Failure::unusable(Error::FileUnwritable, path);
    fs::create_dir_all(folder).map_err(|_| unwritable(folder))?;
    remove(folder, side).map_err(|_| unwritable(folder))?;
    let frames = frames.round().enumerate();
    frames.map(|(place, frame)| draw(folder, side, place + 1, &frame)).collect()
}

/// A side's pictures, there until this is dropped: nobody could read what a later answer to them
/// says.
pub(crate) struct Shown<'f> {
    folder: &'f Path,
    side: Side,
}

impl<'f> Shown<'f> {
    pub(crate) fn new(folder: &'f Path, side: Side) -> Shown<'f> {
        Shown { folder, side }
    }
}

impl Drop for Shown<'_> {
    fn drop(&mut self) {
        let _ = remove(self.folder, self.side);
    }
}

pub(crate) fn remove(folder: &Path, side: Side) -> io::Result<()> {
    pictures(folder, side)?.iter().try_for_each(fs::remove_file)
}

/// The picture of a frame.
pub(crate) fn draw(
    folder: &Path,
    side: Side,
    number: usize,
    frame: &str,
) -> Result<PathBuf, Failure> {
    let path = folder.join(format!("{}{number:04}.png", side.prefix()));
    let picture = picture::draw(frame).map_err(|error| Failure::unusable(error, path.as_path()))?;
    appear(&path, &picture)
        .map_err(|_| Failure::unusable(Error::FileUnwritable, path.as_path()))?;
    Ok(path)
}

/// A file that is there whole or not at all.
fn appear(path: &Path, content: &[u8]) -> io::Result<()> {
    let unseen = path.with_extension("part");
    let written = File::create(&unseen)
        .and_then(|mut file| file.write_all(content))
        .and_then(|()| fs::rename(&unseen, path));
    written.inspect_err(|_| drop(fs::remove_file(&unseen)))
}

/// A side's pictures, in the order of their names.
pub(crate) fn pictures(folder: &Path, side: Side) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.starts_with(side.prefix()) && name.ends_with(".png") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// Looks for the other side's pictures, for a time.
pub(crate) struct Watch {
    folder: PathBuf,
    side: Side,
    until: Instant,
    seen: HashSet<Sighting>,
    /// Pictures of the last look that are not read yet.
    found: VecDeque<PathBuf>,
    /// Texts that are read and not taken yet.
    texts: Vec<String>,
}

/// What a look comes to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// The text of a code.
    Code(String),
    /// Nothing so far.
    Nothing,
    /// The time is over.
    Over,
}

/// A picture as it was; one that has changed since is another.
type Sighting = (OsString, u64, Option<SystemTime>);

impl Watch {
    /// For the pictures of `side`.
    pub(crate) fn new(folder: &Path, side: Side, wait: Duration) -> Watch {
        let mut watch = Watch {
            folder: folder.to_owned(),
            side,
            until: Instant::now() + wait,
            seen: HashSet::new(),
            found: VecDeque::new(),
            texts: Vec::new(),
        };
        watch.look();
        watch
    }

    /// Comes back soon, with a code or not. What is there at the start is read however short the
    /// time.
    pub(crate) fn next(&mut self) -> Look {
        if self.texts.is_empty() {
            match self.found.pop_front() {
                Some(path) => self.texts = read(&path),
                // Before another look: pictures that keep changing are no reason to go on.
                None if Instant::now() >= self.until => return Look::Over,
                None => {
                    self.look();
                    if self.found.is_empty() {
                        thread::sleep(PAUSE);
                    }
                }
            }
        }
        self.texts.pop().map_or(Look::Nothing, Look::Code)
    }

    fn look(&mut self) {
        let paths = pictures(&self.folder, self.side).unwrap_or_default();
        self.found.extend(paths.into_iter().filter(|path| {
            let Ok(metadata) = path.metadata() else { return false };
            let sighting = (path.clone().into(), metadata.len(), metadata.modified().ok());
            self.seen.insert(sighting)
        }));
    }
}

/// The texts in a picture's file; none where it is none.
pub(crate) fn read(path: &Path) -> Vec<String> {
    let mut png = Vec::new();
    let file = File::open(path).and_then(|file| file.take(MAX_PICTURE).read_to_end(&mut png));
    file.map(|_| picture::texts(&png)).unwrap_or_default()
}

#[cfg(test)]
mod tests;

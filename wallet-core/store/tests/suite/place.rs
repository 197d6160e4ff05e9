//! A folder with a store in it, and hands to move its files about.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::{fmt, fs};

use coffret_crypto::Wiped;
use coffret_store::{
    Blank, BootTime, Changes, Cost, Error, Locked, MemorySecrets, Opened, Pin, PlatformSecrets,
    RecordId, Store, Table,
};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

pub(crate) const BOOT: BootTime = BootTime { boot: [7; 16], seconds: 1000, wall: None };
pub(crate) const ONE: Table = Table(1);
pub(crate) const TWO: Table = Table(2);

pub(crate) fn pin() -> Pin {
    Pin::parse("190673").unwrap()
}

pub(crate) fn other_pin() -> Pin {
    Pin::parse("376091").unwrap()
}

pub(crate) fn id(n: u8) -> RecordId {
    RecordId::from([n; 16])
}

pub(crate) fn rng(seed: u8) -> ChaCha20Rng {
    ChaCha20Rng::from_seed([seed; 32])
}

/// It is removed when dropped.
pub(crate) struct Place {
    pub(crate) folder: PathBuf,
    pub(crate) secrets: MemorySecrets,
    pub(crate) rng: ChaCha20Rng,
}

impl Place {
    /// `name` is another one for each test.
    pub(crate) fn new(name: &str) -> Place {
        // In memory where that can be: all this syncs a great deal.
        let memory = Path::new("/dev/shm");
        let parent = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        let folder = parent.join(format!("coffret-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        Place { folder, secrets: MemorySecrets::default(), rng: rng(1) }
    }

    /// With a store in it.
    pub(crate) fn made(name: &str) -> (Place, Store) {
        let mut place = Place::new(name);
        let store = place.blank().unwrap().create(&pin(), Cost::MIN, &mut place.rng).unwrap();
        (place, store)
    }

    pub(crate) fn open(&self) -> Result<Opened, Error> {
        coffret_store::open(&self.folder, Box::new(self.secrets.clone()))
    }

    pub(crate) fn blank(&self) -> Option<Blank> {
        match self.open().unwrap() {
            Opened::New(blank) => Some(blank),
            Opened::Locked(_) => None,
        }
    }

    pub(crate) fn locked(&self) -> Result<Locked, Error> {
        match self.open()? {
            Opened::Locked(locked) => Ok(locked),
            Opened::New(_) => panic!("nothing is there"),
        }
    }

    pub(crate) fn unlocked(&self) -> Result<Store, Error> {
        self.locked()?.unlock(&pin(), BOOT).map_err(|(_, error)| error)
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.folder.join("store")
    }

    /// The same file to whoever has no keys.
    pub(crate) fn edit(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.database()).unwrap()
    }

    pub(crate) fn files(&self) -> Files {
        Files::of(&self.folder)
    }

    pub(crate) fn slot(&self) -> Option<Vec<u8>> {
        self.secrets.load().unwrap().map(|slot| slot.to_vec())
    }

    pub(crate) fn restore_slot(&self, slot: &Option<Vec<u8>>) {
        match slot {
            Some(slot) => self.secrets.replace(slot).unwrap(),
            None => self.secrets.delete().unwrap(),
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// What is in a folder. An empty log is as good as none, and what is set aside holds nothing.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Files(pub(crate) BTreeMap<PathBuf, Vec<u8>>);

impl Files {
    pub(crate) fn of(folder: &Path) -> Files {
        let entries = fs::read_dir(folder).into_iter().flatten();
        let paths = entries.map(|entry| entry.unwrap().path());
        let files = paths.map(|path| (path.clone(), fs::read(&path).unwrap()));
        let holds = |path: &PathBuf, bytes: &[u8]| !path.ends_with("reserve") && !bytes.is_empty();
        Files(files.filter(|(path, bytes)| holds(path, bytes)).collect())
    }

    /// Makes the folder what it was.
    pub(crate) fn restore(&self, folder: &Path) {
        for entry in fs::read_dir(folder).unwrap() {
            fs::remove_file(entry.unwrap().path()).unwrap();
        }
        for (path, bytes) in &self.0 {
            fs::write(path, bytes).unwrap();
        }
    }
}

/// Everything that a store says.
#[derive(Clone, PartialEq, Eq, Default)]
pub(crate) struct Said {
    pub(crate) records: Vec<(Table, RecordId, Vec<u8>)>,
    pub(crate) found: Vec<RecordId>,
    pub(crate) note: Vec<u8>,
}

pub(crate) const TERM: &[u8] = b"Rose";

impl Said {
    pub(crate) fn by(store: &Store) -> Result<Said, Error> {
        let mut records = Vec::new();
        for table in [ONE, TWO] {
            for (id, plaintext) in store.all(table)? {
                assert_eq!(store.read(table, id)?.as_ref(), Some(&plaintext));
                records.push((table, id, plaintext.to_vec()));
            }
        }
        Ok(Said { records, found: store.find(ONE, TERM), note: store.note().to_vec() })
    }
}

impl fmt::Debug for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Said({} records)", self.records.len())
    }
}

/// A few small records and one that needs pages of its own.
pub(crate) fn some_records(store: &mut Store, rng: &mut ChaCha20Rng) {
    let changes = Changes::default()
        .put(ONE, id(1), Some(TERM), b"Bonjour".to_vec())
        .put(ONE, id(2), None, b"Bonsoir".to_vec())
        .put(TWO, id(1), Some(TERM), vec![0x5a; 5000])
        .note(b"one".to_vec());
    store.commit(changes, rng).unwrap();
    let changes = Changes::default()
        .put(ONE, id(3), Some(TERM), Vec::new())
        .put(ONE, id(1), Some(TERM), b"Bonne nuit".to_vec())
        .note(b"two".to_vec());
    store.commit(changes, rng).unwrap();
}

/// Secrets that remember every slot they are told, and fail when told to.
#[derive(Clone, Default)]
pub(crate) struct Recorder {
    inner: MemorySecrets,
    pub(crate) told: Arc<Mutex<Vec<Vec<u8>>>>,
    pub(crate) fails: Arc<Mutex<bool>>,
}

impl Recorder {
    /// What is at a place from now on.
    pub(crate) fn at(place: &Place) -> Recorder {
        Recorder { inner: place.secrets.clone(), ..Recorder::default() }
    }

    pub(crate) fn open(&self, place: &Place) -> Opened {
        coffret_store::open(&place.folder, Box::new(self.clone())).unwrap()
    }

    pub(crate) fn made(name: &str) -> (Place, Store, Recorder) {
        let mut place = Place::new(name);
        let recorder = Recorder::at(&place);
        let Opened::New(blank) = recorder.open(&place) else { panic!("something is there") };
        let store = blank.create(&pin(), Cost::MIN, &mut place.rng).unwrap();
        (place, store, recorder)
    }
}

impl PlatformSecrets for Recorder {
    fn load(&self) -> Result<Option<Wiped>, Error> {
        self.inner.load()
    }

    fn replace(&self, slot: &[u8]) -> Result<(), Error> {
        if *self.fails.lock().unwrap() {
            return Err(Error::SecretsUnavailable);
        }
        self.told.lock().unwrap().push(slot.to_vec());
        self.inner.replace(slot)
    }

    fn delete(&self) -> Result<(), Error> {
        self.inner.delete()
    }
}

//! What opens a store is not left in memory that was given back.
#![cfg(test)]
#![expect(unsafe_code, reason = "an allocator that looks at what it is given back")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::slice;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use coffret_crypto::Wiped;
use coffret_store::{BootTime, Changes, Cost, KeyFile, Opened, Pin, RecordId, Table};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// The system's allocator, of zeros; it counts what is given back with a secret in it.
struct Looking;

static SECRETS: OnceLock<[[u8; 32]; 3]> = OnceLock::new();
static FOUND: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call is passed on to the system's allocator, whose zeros are what may be read.
unsafe impl GlobalAlloc for Looking {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as the caller promises.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the block is the caller's, of this length, and was zeros at first.
        let bytes = unsafe { slice::from_raw_parts(block, layout.size()) };
        let is_secret = |bytes: &[u8]| {
            SECRETS.get().is_some_and(|all| all.iter().any(|secret| secret == bytes))
        };
        FOUND.fetch_add(
            bytes.windows(32).filter(|bytes| is_secret(bytes)).count(),
            Ordering::Relaxed,
        );
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Looking = Looking;

const PIN: &str = "19067319067319067319067319067301";
const BOOT: BootTime = BootTime { boot: [7; 16], seconds: 1000, wall: None };

fn rng() -> ChaCha20Rng {
    ChaCha20Rng::from_seed([1; 32])
}

#[test]
fn secrets_and_pin_are_wiped() {
    let mut secrets = [[0; 32]; 3];
    let mut random = rng();
    // The slot's secret and the master key are the first that are drawn.
    random.fill_bytes(&mut secrets[0]);
    random.fill_bytes(&mut secrets[1]);
    secrets[2].copy_from_slice(PIN.as_bytes());
    SECRETS.set(secrets).unwrap();
    drop(secrets[0].to_vec());
    assert_eq!(FOUND.swap(0, Ordering::Relaxed), 1, "a secret that is not wiped is found");
    let mut cut_short = Wiped::from(secrets[0].to_vec());
    cut_short.clear();
    drop(cut_short);
    assert_eq!(FOUND.load(Ordering::Relaxed), 0, "room that is left over is wiped too");

    let folder = std::env::temp_dir().join(format!("coffret-store-wiped-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let open = || coffret_store::open(&folder, Box::new(KeyFile::new(folder.join("key")))).unwrap();
    let pin = Pin::parse(PIN).unwrap();
    let random = &mut rng();
    let Opened::New(blank) = open() else { panic!("something is there") };
    let mut store = blank.create(&pin, Cost::MIN, random).unwrap();
    let put = Changes::default().put(Table(1), RecordId::random(random), None, b"Bonjour".to_vec());
    store.commit(put, random).unwrap();
    drop(store);
    let Opened::Locked(locked) = open() else { panic!("nothing is there") };
    let other = Pin::parse("376091").unwrap();
    let (locked, _) = locked.unlock(&other, BOOT).unwrap_err();
    let mut store = locked.unlock(&pin, BOOT).unwrap();
    let slot = std::fs::read(folder.join("key")).unwrap();
    assert!(slot.windows(32).any(|bytes| bytes == secrets[0]), "the secret is the slot's");
    drop(slot);
    assert_eq!(FOUND.swap(0, Ordering::Relaxed), 2, "by this test itself: in each page");
    store.change_pin(&pin, &pin, Cost::MIN, BOOT, random).unwrap();
    store.erase().unwrap();
    drop(pin);
    assert_eq!(FOUND.load(Ordering::Relaxed), 0);
    std::fs::remove_dir_all(&folder).unwrap();
}

//! Sealed records in one file, opened by a PIN and a secret of the platform.
//!
//! [`open`] says what is there: nothing yet, or a store that waits for its PIN. An unlocked
//! [`Store`] reads records, and writes [`Changes`], each time all of them or nothing, durably. What
//! the file says is believed only where it is whole, unchanged and the newest; each other state of
//! file and secrets has its [`Error`], and none is touched.
//!
//! It knows no credential: a record is bytes in a numbered [`Table`], a name, and perhaps a term to
//! look it up by. What the bytes are is for `coffret-holder` to say.
//!
//! ```
//! use coffret_store::{Blank, BootTime, Changes, Cost, MemorySecrets, Opened, Pin, RecordId, Table};
//! # use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
//! # let mut rng = ChaCha20Rng::from_seed([0; 32]);
//! # let folder = std::env::temp_dir().join(format!("coffret-store-{}", std::process::id()));
//! # let _ = std::fs::remove_dir_all(&folder);
//! const LETTERS: Table = Table(1);
//! let pin = Pin::chosen("190673")?;
//! let secrets = MemorySecrets::default();
//!
//! let Opened::New(blank) = coffret_store::open(&folder, Box::new(secrets))? else { unreachable!() };
//! let mut store = blank.create(&pin, Cost::MIN, &mut rng)?;
//! let letter = RecordId::random(&mut rng);
//! store.commit(Changes::default().put(LETTERS, letter, Some(b"Rose"), b"Bonjour".into()), &mut rng)?;
//!
//! let boot = BootTime { boot: [7; 16], seconds: 60, wall: None };
//! let store = store.lock().unlock(&pin, boot).map_err(|(_, error)| error)?;
//! assert_eq!(store.find(LETTERS, b"Rose"), [letter]);
//! assert_eq!(store.read(LETTERS, letter)?.as_deref(), Some(&b"Bonjour".to_vec()));
//! # store.erase()?;
//! # std::fs::remove_dir_all(&folder).ok();
//! # Ok::<(), coffret_store::Error>(())
//! ```
//!
//! # The file and the slot
//!
//! §1. A record is sealed by AES-256-GCM under a key of its own, HKDF(master key, table, name), with
//! the sealing's version, the table, the name and the epoch that wrote it as associated data. A
//! sealed header holds the state's epoch and tag, the tag of the state before, and the sum of a
//! keyed value of each row, so that a row put back, removed or duplicated is found when the store
//! is unlocked. Lengths are padded (Padmé), names of tables say nothing, terms are indexed by HMAC.
//!
//! §2. The [slot](PlatformSecrets) has the secret that the header is sealed under, and the epoch and
//! tag of the newest state. A transaction commits the file, with the next epoch and a reference to
//! the state before; then replaces the slot; then is acknowledged. On opening, file and slot are at
//! the same state, or the file is one ahead and the slot follows; anything else is refused.
//!
//! §3. The master key is wrapped under a key from the slot's secret and the PIN, by Argon2id. Tries
//! are counted in the slot, before they are made: five in a row are free, then they wait 1, 5, 15
//! and 60 minutes, each twice, then a day each; the sixteenth takes the secret away. Waits run on
//! the boot clock, and on the wall clock too where it is given. The PIN of an open store is tried in
//! the same way. Changing it needs the old one, and changes the secret too.

mod changes;
mod database;
mod error;
mod folder;
mod header;
mod migrate;
mod pin;
mod platform;
mod rows;
mod seal;
mod slot;
mod store;
mod vault;

pub use changes::{Changes, RecordId, Table};
pub use coffret_crypto::password::Cost;
pub use error::Error;
pub use folder::FILES;
pub use pin::{Attempts, BootTime, Pin};
#[cfg(feature = "keyring")]
pub use platform::Keyring;
pub use platform::{KeyFile, MemorySecrets, PlatformSecrets};
pub use store::{Plaintext, Store};
pub use vault::{Blank, Locked, Opened, erase, erase_secrets, open, restore_secrets};

use std::error::Error;
use std::path::Path;

use coffret_store::{BootTime, Cost, KeyFile, Opened, Pin};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

/// Has the PIN of a wallet hashed at the least cost: most of what a command takes is that hash, and
/// tests run hundreds of commands.
pub(crate) fn hash_at_the_least_cost(
    wallet: &Path,
    secrets: &Path,
    pin: &str,
) -> Result<(), Box<dyn Error>> {
    let secrets = Box::new(KeyFile::new(secrets.to_owned()));
    let Opened::Locked(locked) = coffret_store::open(wallet, secrets)? else {
        return Err("no wallet".into());
    };
    let boot = BootTime { boot: [7; 16], seconds: 1_000, wall: None };
    let pin = Pin::parse(pin)?;
    let mut store = locked.unlock(&pin, boot).map_err(|(_, error)| error)?;
    let mut rng = ChaCha20Rng::from_seed([0; 32]);
    Ok(store.change_pin(&pin, &pin, Cost::MIN, boot, &mut rng)?)
}

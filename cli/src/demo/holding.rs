use std::path::Path;

use coffret_cbor::Timestamp;
use coffret_crypto::{Curve, KeyPolicy, PublicKey};
use coffret_holder::{AddError, TrustData, Wallet};
use coffret_store::{BootTime, Cost, MemorySecrets, Opened, Pin};
use coffret_trust::Purpose;
use rand_core::CryptoRng;

use super::astray;
use super::cast::{Cast, KEYS};
use crate::error::{About, Error, Failure, Reason};

/// It opens nothing: the other half is in memory, and gone with the program.
const PIN: &str = "274915";
/// Nobody waits here.
const BOOT: BootTime = BootTime { boot: [0; 16], seconds: 0, wall: None };
const SOURCE: &str = "demo";

pub(super) fn create(folder: &Path, rng: &mut dyn CryptoRng) -> Result<Wallet, Failure> {
    let secrets = Box::new(MemorySecrets::default());
    let Opened::New(blank) = coffret_store::open(folder, secrets).map_err(refused)? else {
        return Err(Failure::unusable(Error::WalletExists, folder));
    };
    let store = blank.create(&Pin::chosen(PIN).map_err(refused)?, Cost::DESKTOP, rng);
    Wallet::open(store.map_err(refused)?).map_err(refused)
}

/// The wallet trusts the authority, and the registry of readers.
pub(super) fn trust(
    wallet: &mut Wallet,
    cast: &Cast,
    now: Timestamp,
    rng: &mut dyn CryptoRng,
) -> Result<(), Failure> {
    let root = cast.pki.issuer.certificate_pem().map_err(refused)?;
    let registrar = cast.pki.registrar.certificate_pem().map_err(refused)?;
    for data in [
        TrustData::Anchors(root.as_bytes(), Purpose::Issuer),
        TrustData::Anchors(registrar.as_bytes(), Purpose::Registry),
        TrustData::Registry(&cast.registry),
    ] {
        wallet.import_trust(data, SOURCE, now, rng).map_err(refused)?;
    }
    Ok(())
}

/// Device keys for an issuer, made by the wallet's own keystore.
pub(super) fn keys(
    wallet: &mut Wallet,
    rng: &mut dyn CryptoRng,
) -> Result<Vec<PublicKey>, Failure> {
    let tasks = wallet.new_keys(KEYS, KeyPolicy { curve: Curve::P256 }, rng).map_err(refused)?;
    let outcomes = tasks.iter().map(|task| wallet.perform(task, rng)).collect::<Result<_, _>>();
    wallet.keys_ready(outcomes.map_err(refused)?, rng).map_err(refused)
}

pub(super) fn add(
    wallet: &mut Wallet,
    credentials: &[u8],
    now: Timestamp,
    rng: &mut dyn CryptoRng,
) -> Result<(), Failure> {
    match wallet.add(credentials, now, rng) {
        Ok(_) => Ok(()),
        Err(AddError::Failed(error)) => Err(refused(error)),
        Err(AddError::Refused(reasons)) => Err(Failure {
            reasons: reasons
                .iter()
                .map(|each| Reason::new(each.rule.code(), About::Whole))
                .collect(),
            ..astray()
        }),
    }
}

/// Locked, and opened again by the PIN.
pub(super) fn reopen(wallet: Wallet) -> Result<Wallet, Failure> {
    let locked = wallet.lock();
    let pin = Pin::parse(PIN).map_err(refused)?;
    let store = locked.unlock(&pin, BOOT).map_err(|(_, error)| refused(error))?;
    Wallet::open(store).map_err(refused)
}

fn refused(error: impl Into<Error>) -> Failure {
    Failure::refused(error, About::Whole)
}

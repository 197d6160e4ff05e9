//! What the tests of the bindings provoke and no app does.

use coffret_test_vectors::judge::judge;

use crate::call::call;
use crate::error::{Boundary, CoffretError, Result};
use crate::wallet::Wallet;

/// What a vector breaks.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct VectorFound {
    /// The names of the rules broken.
    pub codes: Vec<String>,
    /// The names of those that do no harm.
    pub warnings: Vec<String>,
}

/// Judges a case, in JSON, of a file of `test-vectors/`, whose input has the common members too.
///
/// # Errors
/// The case is not JSON; whatever else it expects is not so, which is a fault.
#[uniffi::export]
pub fn judge_vector(file: String, json: String) -> Result<VectorFound> {
    call(|| {
        let case = serde_json::from_str(&json);
        let case = case.map_err(|_| CoffretError::from(coffret_cbor::Error::WrongType))?;
        let found = judge(&file, &case);
        let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
        Ok(VectorFound { codes: owned(found.codes), warnings: owned(found.warnings) })
    })
}

/// Fails as a call would: with a code that no sound file, disk and layer come to.
///
/// # Errors
/// Always, by this code; another code is a fault.
#[uniffi::export]
pub fn fail(code: String) -> Result<()> {
    use coffret_holder::Error as Holder;
    let errors = [
        coffret_crypto::Error::PasswordCost.into(),
        coffret_mdoc::Error::ElementNotHeld.into(),
        Holder::Store(coffret_store::Error::DiskFull).into(),
        Holder::Store(coffret_store::Error::Unconfirmed).into(),
        Holder::Store(coffret_store::Error::FileLeft).into(),
        Holder::NotSent.into(),
        Holder::RecordForm.into(),
        Holder::RecordDamaged.into(),
        Holder::LogForm.into(),
        Holder::LogChain.into(),
        Holder::LogLength.into(),
        Holder::LogSignature.into(),
        Holder::LogEvidence.into(),
    ];
    let error = errors.into_iter().find(|error: &CoffretError| error.to_string() == code);
    Err(error.unwrap_or_else(|| Boundary::Panicked.into()))
}

/// How many wallets, presentations, readings, frames, scanners and keystores the core holds.
///
/// # Errors
/// None.
#[uniffi::export]
pub fn live_objects() -> Result<u64> {
    Ok(crate::call::LIVE.load(std::sync::atomic::Ordering::Relaxed))
}

#[uniffi::export]
impl Wallet {
    /// A fault in the middle of a call.
    ///
    /// # Errors
    /// Always.
    #[expect(clippy::panic, reason = "what is tested")]
    pub fn panic(&self) -> Result<()> {
        self.within(|_| panic!("provoked"))
    }
}

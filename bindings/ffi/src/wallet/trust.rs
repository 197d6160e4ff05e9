//! Whom the wallet trusts.

use std::time::SystemTime;

use coffret_holder as holder;

use super::Wallet;
use crate::call::randomness;
use crate::error::Result;
use crate::trust::{TrustData, TrustEntry};
use crate::words::{TrustId, timestamp};

#[uniffi::export]
impl Wallet {
    /// Trusts what it is told, and gives the id of each thing that it brings: of a file, the
    /// certificates, then the revocation lists where there are any. `source` says where it comes from.
    ///
    /// # Errors
    /// What is wrong with trust data of which nothing can be used, or with a revocation list.
    pub fn import_trust(
        &self,
        data: TrustData,
        source: String,
        now: SystemTime,
    ) -> Result<Vec<TrustId>> {
        self.with(|wallet| {
            let now = timestamp(now)?;
            let ids = wallet.import_trust(data.read(), &source, now, &mut randomness())?;
            Ok(ids.into_iter().map(TrustId::of).collect())
        })
    }

    /// What the wallet trusts, and since when.
    ///
    /// # Errors
    /// It is not open.
    pub fn trust_list(&self) -> Result<Vec<TrustEntry>> {
        self.with(|wallet| Ok(wallet.trust_list().iter().map(TrustEntry::from).collect()))
    }

    /// Trusts it no longer. Documents that rest on it stay.
    ///
    /// # Errors
    /// There is none of this id.
    pub fn remove_trust(&self, trust: TrustId) -> Result<()> {
        self.with(|wallet| {
            let trust = trust.bytes().ok_or(holder::Error::UnknownTrust)?;
            Ok(wallet.remove_trust(trust.into(), &mut randomness())?)
        })
    }
}

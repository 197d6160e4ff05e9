//! Keys from passwords: Argon2id, version 1.3, of one lane (RFC 9106).

use argon2::{Algorithm, Argon2, Block, Params, Version};
use zeroize::Zeroizing;

use crate::{Error, SharedSecret};

/// Another one for each password; as long as RFC 9106 §3.1 recommends.
pub type Salt = [u8; 16];

/// What each try of a password costs, whoever makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    memory_kib: u32,
    passes: u32,
}

impl Cost {
    /// What Argon2id does at the least: for tests.
    pub const MIN: Cost = Cost { memory_kib: Params::MIN_M_COST, passes: Params::MIN_T_COST };
    /// RFC 9106 §4, second recommendation: 64 MiB, gone over three times.
    pub const DESKTOP: Cost = Cost { memory_kib: 64 << 10, passes: 3 };
    /// The most that is spent on a cost that was read: 1 GiB, and some seconds.
    const MAX: Cost = Cost { memory_kib: 1 << 20, passes: 10 };

    /// A cost that was recorded: memory in KiB, and how many times it is gone over.
    ///
    /// # Errors
    /// [`Error::PasswordCost`]
    pub fn new(memory_kib: u32, passes: u32) -> Result<Cost, Error> {
        let is_within = (Cost::MIN.memory_kib..=Cost::MAX.memory_kib).contains(&memory_kib)
            && (Cost::MIN.passes..=Cost::MAX.passes).contains(&passes);
        if is_within { Ok(Cost { memory_kib, passes }) } else { Err(Error::PasswordCost) }
    }

    /// The memory to fill, in KiB.
    pub fn memory_kib(self) -> u32 {
        self.memory_kib
    }

    /// How many times it is gone over.
    pub fn passes(self) -> u32 {
        self.passes
    }
}

/// A secret of 32 bytes that costs as much as it says to try.
///
/// # Errors
/// [`Error::PasswordCost`] for a password of more than 4 GiB.
pub fn derive(password: &[u8], salt: &Salt, cost: Cost) -> Result<SharedSecret, Error> {
    let params = Params::new(cost.memory_kib, cost.passes, 1, None);
    let params = params.map_err(|_| Error::PasswordCost)?;
    let mut memory = Zeroizing::new(vec![Block::new(); params.block_count()]);
    let mut secret = SharedSecret(vec![0; Params::DEFAULT_OUTPUT_LEN]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into_with_memory(password, salt, &mut secret.0, memory.as_mut_slice())
        .map_err(|_| Error::PasswordCost)?;
    Ok(secret)
}

//! ECDSA on P-256 and P-384 in assembler, which is faster.
//!
//! The assembler is from s2n-bignum, whose authors prove by machine that it computes what it should; graviola calls
//! it. It sees public data only. What is secret stays with the crates of the curves, which are older and have been
//! read by more people.

use crate::algorithm::Hash;
use crate::key::PublicKey;

/// Whether r ‖ s is the key's signature of the message; nothing where this processor, or graviola, cannot tell.
#[cfg(all(feature = "graviola", any(target_arch = "aarch64", target_arch = "x86_64")))]
pub(crate) fn verify(
    key: &PublicKey,
    hash: Hash,
    message: &[u8],
    signature: &[u8],
) -> Option<bool> {
    use graviola::signing::ecdsa::{P256, P384};

    use crate::algorithm::Curve;

    match key.curve() {
        _ if !graviola::util::is_cpu_supported() => None,
        Curve::P256 => Some(on::<P256>(&key.to_point(), hash, message, signature)),
        Curve::P384 => Some(on::<P384>(&key.to_point(), hash, message, signature)),
        Curve::P521 | Curve::Ed25519 | Curve::X25519 => None,
    }
}

#[cfg(all(feature = "graviola", any(target_arch = "aarch64", target_arch = "x86_64")))]
fn on<C: graviola::signing::ecdsa::Curve>(
    point: &[u8],
    hash: Hash,
    message: &[u8],
    signature: &[u8],
) -> bool {
    use graviola::hashing::{Sha256, Sha384, Sha512};
    use graviola::signing::ecdsa::VerifyingKey;

    let verified = VerifyingKey::<C>::from_x962_uncompressed(point).and_then(|key| match hash {
        Hash::Sha256 => key.verify::<Sha256>(&[message], signature),
        Hash::Sha384 => key.verify::<Sha384>(&[message], signature),
        Hash::Sha512 => key.verify::<Sha512>(&[message], signature),
    });
    verified.is_ok()
}

#[cfg(not(all(feature = "graviola", any(target_arch = "aarch64", target_arch = "x86_64"))))]
pub(crate) fn verify(_: &PublicKey, _: Hash, _: &[u8], _: &[u8]) -> Option<bool> {
    None
}

#[cfg(all(test, feature = "graviola", any(target_arch = "aarch64", target_arch = "x86_64")))]
mod tests {
    use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};

    use super::*;
    use crate::{Curve, PrivateKey};

    #[test]
    fn it_is_used_where_the_processor_can() {
        let mut rng = ChaCha20Rng::from_seed([0; 32]);
        let is_used = Curve::ALL.map(|curve| {
            let key = PrivateKey::generate(curve, &mut rng).public_key();
            verify(&key, Hash::Sha256, b"", &[0; 64]).is_some()
        });
        let can = graviola::util::is_cpu_supported();
        assert_eq!(is_used, [can, can, false, false, false]);
    }
}

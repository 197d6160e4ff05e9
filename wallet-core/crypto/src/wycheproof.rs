//! Project Wycheproof's vectors, filtered by what the encodings admit. The counts are printed: each
//! set's number used, and why the others are not.

use std::collections::BTreeMap;

use ::wycheproof::TestResult::{self, Acceptable, Invalid, Valid};
use ::wycheproof::{aead, ecdh, ecdsa, eddsa, hkdf, mac, xdh};

use crate::aead::{open, seal};
use crate::sign::fixed_signature;
use crate::verify::portable;
use crate::{
    Algorithm, Curve, Error, Hash, PrivateKey, PublicKey, SharedSecret, SymmetricKey, verify,
    verify_x509,
};

/// What the cases of one set came to.
#[derive(Default)]
struct Tally {
    used: usize,
    /// Acceptable cases that pass, and that fail.
    acceptable: [usize; 2],
    skipped: BTreeMap<&'static str, usize>,
}

impl Tally {
    /// A valid case passes, an invalid one fails; an acceptable one may do either.
    fn judge(&mut self, case: usize, expected: TestResult, passed: bool) {
        match expected {
            Valid => assert!(passed, "valid case {case} fails"),
            Invalid => assert!(!passed, "invalid case {case} passes"),
            Acceptable => self.acceptable[usize::from(!passed)] += 1,
        }
        self.used += 1;
    }

    fn skip(&mut self, reason: &'static str) {
        *self.skipped.entry(reason).or_default() += 1;
    }

    fn print(&self, set: &str, used: usize) {
        let [pass, fail] = self.acceptable;
        println!("{set}: {} used; of the acceptable, {pass} pass and {fail} fail", self.used);
        for (reason, count) in &self.skipped {
            println!("{set}: {count} not: {reason}");
        }
        assert_eq!(self.used, used, "{set}: another number of cases than when this was written");
    }
}

/// Signatures in the form of COSE: r ‖ s, with the curve's own hash. The assembler, which is asked first where it can
/// tell, says what the crates of the curves say.
#[test]
fn ecdsa_of_cose() {
    use ecdsa::TestName::*;
    for (name, algorithm, used) in [
        (EcdsaSecp256r1Sha256P1363, Algorithm::Es256, 262),
        (EcdsaSecp384r1Sha384P1363, Algorithm::Es384, 280),
        (EcdsaSecp521r1Sha512P1363, Algorithm::Es512, 318),
    ] {
        let mut tally = Tally::default();
        for group in ecdsa::TestSet::load(name).unwrap().test_groups {
            let key = PublicKey::from_spki(&group.der).unwrap();
            for case in group.tests {
                let verified = verify(&key, algorithm, &case.msg, &case.sig);
                assert_eq!(verified, portable(&key, algorithm.hash(), &case.msg, &case.sig));
                tally.judge(case.tc_id, case.result, verified.is_ok());
            }
        }
        tally.print(&format!("{name:?}"), used);
    }
}

/// Signatures in the form of X.509: DER, with any hash that certificates use. The sets lack P-256
/// with SHA-384, and P-521 with SHA-256 and SHA-384, for which `tests/suite/keys.rs` has OpenSSL's.
#[test]
fn ecdsa_of_x509() {
    use ecdsa::TestName::*;
    for (name, hash, used) in [
        (EcdsaSecp256r1Sha256, Hash::Sha256, 484),
        (EcdsaSecp256r1Sha512, Hash::Sha512, 554),
        (EcdsaSecp384r1Sha256, Hash::Sha256, 472),
        (EcdsaSecp384r1Sha384, Hash::Sha384, 504),
        (EcdsaSecp384r1Sha512, Hash::Sha512, 542),
        (EcdsaSecp521r1Sha512, Hash::Sha512, 542),
    ] {
        let mut tally = Tally::default();
        for group in ecdsa::TestSet::load(name).unwrap().test_groups {
            let key = PublicKey::from_spki(&group.der).unwrap();
            for case in group.tests {
                let verified = verify_x509(&key, hash, &case.msg, &case.sig);
                let fixed = fixed_signature(key.curve(), &case.sig);
                let said = fixed.and_then(|fixed| portable(&key, hash, &case.msg, &fixed));
                assert_eq!(verified, said);
                tally.judge(case.tc_id, case.result, verified.is_ok());
            }
        }
        tally.print(&format!("{name:?}"), used);
    }
}

#[test]
fn ed25519() {
    let mut tally = Tally::default();
    for group in eddsa::TestSet::load(eddsa::TestName::Ed25519).unwrap().test_groups {
        let key = PublicKey::from_spki(&group.der).unwrap();
        for case in group.tests {
            let verified = verify(&key, Algorithm::EdDsa, &case.msg, &case.sig);
            assert_eq!(verified, verify_x509(&key, Hash::Sha512, &case.msg, &case.sig));
            tally.judge(case.tc_id, case.result, verified.is_ok());
        }
    }
    tally.print("Ed25519", 151);
}

#[test]
fn ecdh_on_p256() {
    ecdh(ecdh::TestName::EcdhSecp256r1, Curve::P256, spki, 612);
    ecdh(ecdh::TestName::EcdhSecp256r1Ecpoint, Curve::P256, PublicKey::from_point, 355);
}

#[test]
fn ecdh_on_p384() {
    ecdh(ecdh::TestName::EcdhSecp384r1, Curve::P384, spki, 1047);
    ecdh(ecdh::TestName::EcdhSecp384r1Ecpoint, Curve::P384, PublicKey::from_point, 790);
}

#[test]
fn ecdh_on_p521() {
    ecdh(ecdh::TestName::EcdhSecp521r1, Curve::P521, spki, 916);
    ecdh(ecdh::TestName::EcdhSecp521r1Ecpoint, Curve::P521, PublicKey::from_point, 661);
}

fn spki(_: Curve, bytes: &[u8]) -> Result<PublicKey, Error> {
    PublicKey::from_spki(bytes)
}

fn ecdh(
    name: ecdh::TestName,
    curve: Curve,
    read: fn(Curve, &[u8]) -> Result<PublicKey, Error>,
    used: usize,
) {
    let mut tally = Tally::default();
    for group in ecdh::TestSet::load(name).unwrap().test_groups {
        for case in group.tests {
            let private = private(curve, &case.private_key);
            let secret = read(curve, &case.public_key).and_then(|peer| private.agree(&peer));
            let expected = SharedSecret(case.shared_secret.to_vec());
            tally.judge(case.tc_id, case.result, secret == Ok(expected));
        }
    }
    tally.print(&format!("{name:?}"), used);
}

/// The vectors' private keys are integers: shorter or longer than ours by zeros.
fn private(curve: Curve, integer: &[u8]) -> PrivateKey {
    let digits: Vec<u8> = integer.iter().copied().skip_while(|byte| *byte == 0).collect();
    let zeros = vec![0; curve.names().length - digits.len()];
    PrivateKey::from_bytes(curve, &[zeros, digits].concat()).unwrap()
}

#[test]
fn x25519() {
    let mut tally = Tally::default();
    for group in xdh::TestSet::load(xdh::TestName::X25519).unwrap().test_groups {
        for case in group.tests {
            let private = PrivateKey::from_bytes(Curve::X25519, &case.private_key).unwrap();
            let peer = PublicKey::from_point(Curve::X25519, &case.public_key);
            let secret = peer.and_then(|peer| private.agree(&peer));
            let expected = if case.flags.contains(&xdh::TestFlag::ZeroSharedSecret) {
                Err(Error::ZeroSecret)
            } else {
                Ok(SharedSecret(case.shared_secret.to_vec()))
            };
            // The acceptable ones are decided: small orders are refused, the others are not.
            let passed = secret == expected;
            tally.judge(
                case.tc_id,
                if case.result == Acceptable { Valid } else { case.result },
                passed,
            );
        }
    }
    tally.print("X25519", 518);
}

#[test]
fn hkdf_sha256() {
    let mut tally = Tally::default();
    for group in hkdf::TestSet::load(hkdf::TestName::HkdfSha256).unwrap().test_groups {
        for case in group.tests {
            if case.result == Invalid {
                tally.skip("a length beyond 255 blocks; ours is one");
                continue;
            }
            let key = SharedSecret(case.ikm.to_vec()).derive(&case.salt, &case.info);
            let common = case.okm.len().min(key.0.len());
            tally.judge(case.tc_id, case.result, key.0[..common] == case.okm[..common]);
        }
    }
    tally.print("HKDF with SHA-256, the first 32 bytes", 83);
}

#[test]
fn hmac_sha256() {
    let mut tally = Tally::default();
    for group in mac::TestSet::load(mac::TestName::HmacSha256).unwrap().test_groups {
        for case in group.tests {
            let Ok(key) = <[u8; 32]>::try_from(case.key.to_vec()) else {
                tally.skip("a key of other than 256 bits");
                continue;
            };
            let verified = SymmetricKey::from(key).verify_tag(&case.msg, &case.tag);
            match group.tag_size {
                256 => tally.judge(case.tc_id, case.result, verified.is_ok()),
                // A tag cut short is no tag.
                _ => tally.judge(case.tc_id, Invalid, verified.is_ok()),
            }
        }
    }
    tally.print("HMAC with SHA-256", 162);
}

#[test]
fn aes_256_gcm() {
    let mut tally = Tally::default();
    for group in aead::TestSet::load(aead::TestName::AesGcm).unwrap().test_groups {
        for case in group.tests {
            let Ok(key) = <[u8; 32]>::try_from(case.key.to_vec()) else {
                tally.skip("a key of other than 256 bits");
                continue;
            };
            let Ok(nonce) = <[u8; 12]>::try_from(case.nonce.to_vec()) else {
                tally.skip("a nonce of other than 96 bits");
                continue;
            };
            let key = SymmetricKey::from(key);
            let sealed = [case.ct.to_vec(), case.tag.to_vec()].concat();
            let opened = open(&key, &nonce, &case.aad, &sealed);
            if case.result == Valid {
                assert_eq!(opened.as_ref().map(|plaintext| &plaintext[..]), Ok(&case.pt[..]));
                assert_eq!(seal(&key, &nonce, &case.aad, &case.pt), Ok(sealed));
            }
            tally.judge(case.tc_id, case.result, opened.is_ok());
        }
    }
    tally.print("AES-256-GCM", 66);
}

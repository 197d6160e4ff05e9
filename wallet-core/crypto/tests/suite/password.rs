//! Keys from passwords.

use argon2::{Algorithm, Argon2, AssociatedData, ParamsBuilder, Version};
use coffret_crypto::password::{Cost, derive};
use coffret_crypto::{Curve, SharedSecret, SymmetricKey};
use data_encoding::HEXLOWER;

/// Of one lane and a salt of 16 bytes, as libsodium has it (`test/default/pwhash_argon2id.c`):
/// 4882 KiB gone over twice, and no password.
#[test]
fn another_implementation_agrees() {
    let salt = HEXLOWER.decode(b"6c0f356abb225f2b1ddd66d34739843b").unwrap().try_into().unwrap();
    let derived = derive(b"", &salt, Cost::new(4882, 2).unwrap()).unwrap();
    let bytes = HEXLOWER
        .decode(b"366f1004cfbb447d435e8f6bbe9e5cc0a10e38e7c3da0e89bb19578a1a0d7291")
        .unwrap();
    assert_eq!(derived, SharedSecret::new(Curve::P256, bytes).unwrap());
}

/// RFC 9106 §5.3: its four lanes, key and associated data are not ours, so it is the library's.
#[test]
fn the_library_does_what_the_specification_says() {
    let mut params = ParamsBuilder::new();
    params.m_cost(32).t_cost(3).p_cost(4).data(AssociatedData::new(&[4; 12]).unwrap());
    let params = params.build().unwrap();
    let argon2 =
        Argon2::new_with_secret(&[3; 8], Algorithm::Argon2id, Version::V0x13, params).unwrap();
    let mut tag = [0; 32];
    argon2.hash_password_into(&[1; 32], &[2; 16], &mut tag).unwrap();
    let expected = "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659";
    assert_eq!(HEXLOWER.encode(&tag), expected);
}

#[test]
fn a_cost_within_bounds_is_spent() {
    for cost in [Cost::MIN, Cost::DESKTOP, Cost::new(1 << 20, 10).unwrap()] {
        assert_eq!(Cost::new(cost.memory_kib(), cost.passes()), Ok(cost));
    }
    assert_eq!((Cost::DESKTOP.memory_kib(), Cost::DESKTOP.passes()), (65_536, 3));
}

#[test]
fn password_salt_and_cost_each_make_another_secret() {
    let base = derive(b"190673", b"one salt for now", Cost::MIN).unwrap();
    let twice = Cost::new(Cost::MIN.memory_kib(), 2).unwrap();
    for (password, salt, cost) in [
        (b"190674", b"one salt for now", Cost::MIN),
        (b"190673", b"and another salt", Cost::MIN),
        (b"190673", b"one salt for now", twice),
    ] {
        assert_ne!(derive(password, salt, cost).unwrap(), base);
    }
}

/// RFC 5869 §2: what HKDF without a salt is, in HMAC alone.
#[test]
fn a_key_derived_from_a_key_is_hkdf() {
    let key = SymmetricKey::from([11; 32]);
    let extracted = SymmetricKey::from(SymmetricKey::from([0; 32]).tag(&[11; 32]));
    let expanded = SymmetricKey::from(extracted.tag(b"one\x01"));
    assert_eq!(key.derive(b"one"), expanded);
    assert_ne!(key.derive(b"two"), expanded);
}

//! Keys from passwords.

use argon2::{Algorithm, Argon2, AssociatedData, ParamsBuilder, Version};
use coffret_crypto::password::{Cost, derive};
use coffret_crypto::{Curve, SharedSecret, SymmetricKey};
use data_encoding::HEXLOWER;

/// The cases of one lane of the reference implementation (phc-winner-argon2, `test.c`): memory,
/// passes, password, salt, secret.
const REFERENCE: [(u32, u32, &str, &str, &str); 4] = [
    (
        256,
        2,
        "password",
        "somesalt",
        "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe",
    ),
    (
        65536,
        1,
        "password",
        "somesalt",
        "f6a5adc1ba723dddef9b5ac1d464e180fcd9dffc9d1cbf76cca2fed795d9ca98",
    ),
    (
        65536,
        2,
        "differentpassword",
        "somesalt",
        "0b84d652cf6b0c4beaef0dfe278ba6a80df6696281d7e0d2891b817d8c458fde",
    ),
    (
        65536,
        2,
        "password",
        "diffsalt",
        "bdf32b05ccc42eb15d58fd19b1f856b113da1e9a5874fdcc544308565aa8141c",
    ),
];

#[test]
fn the_reference_implementation_agrees() {
    for (memory, passes, password, salt, secret) in REFERENCE {
        let cost = Cost::new(memory, passes).unwrap();
        let derived = derive(password.as_bytes(), salt.as_bytes(), cost).unwrap();
        let bytes = HEXLOWER.decode(secret.as_bytes()).unwrap();
        let expected = SharedSecret::new(Curve::P256, bytes);
        assert_eq!(derived, expected.unwrap(), "{memory} KiB, {passes} passes");
    }
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
    for cost in [Cost::MIN, Cost::DESKTOP, Cost::MAX] {
        assert_eq!(Cost::new(cost.memory_kib(), cost.passes()), Ok(cost));
    }
    assert_eq!((Cost::DESKTOP.memory_kib(), Cost::DESKTOP.passes()), (65_536, 3));
    assert!(derive(b"password", &[0; 8], Cost::MIN).is_ok());
}

#[test]
fn password_salt_and_cost_each_make_another_secret() {
    let base = derive(b"190673", b"somesalt", Cost::MIN).unwrap();
    let twice = Cost::new(Cost::MIN.memory_kib(), 2).unwrap();
    for (password, salt, cost) in [
        (b"190674", b"somesalt", Cost::MIN),
        (b"190673", b"diffsalt", Cost::MIN),
        (b"190673", b"somesalt", twice),
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

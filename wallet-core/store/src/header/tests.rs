use super::*;

/// A wrap as the file would have it, for a program that has the secret and wrote something else.
fn wrap(kind: u64, memory: u64, passes: u64) -> Result<Wrap, Error> {
    let wrap = Encoded::array([
        kind.into(),
        Encoded::bytes(&[1; 16]),
        memory.into(),
        passes.into(),
        Encoded::bytes(&[2; 28]),
        Encoded::bytes(&[3; 36]),
    ]);
    Wrap::decode(wrap.as_item())
}

#[test]
fn an_absurd_cost_is_not_spent() {
    let refused = Error::Crypto(coffret_crypto::Error::PasswordCost);
    assert_eq!(wrap(PIN, 8, 1).map(drop), Ok(()));
    assert_eq!(wrap(PIN, u64::from(Cost::MAX.memory_kib()) + 1, 1).map(drop), Err(refused));
    assert_eq!(wrap(PIN, 8, 1000).map(drop), Err(refused));
    assert_eq!(wrap(PIN, 8, 0).map(drop), Err(refused));
    assert_eq!(wrap(PIN, 1 << 40, 1).map(drop), Err(Error::Altered));
}

#[test]
fn a_wrap_of_a_kind_to_come_is_a_newer_formats() {
    assert_eq!(wrap(1, 8, 1).map(drop), Err(Error::NewerFormat));
}

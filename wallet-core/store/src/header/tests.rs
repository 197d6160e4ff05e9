use super::*;

/// A wrap as the file would have it, for a program that has the secret and wrote something else.
fn wrap(memory: u64, passes: u64) -> Result<Wrap, Error> {
    let wrap = Encoded::array([
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
    assert_eq!(wrap(8, 1).map(drop), Ok(()));
    assert_eq!(wrap((1 << 20) + 1, 1).map(drop), Err(refused));
    assert_eq!(wrap(8, 1000).map(drop), Err(refused));
    assert_eq!(wrap(8, 0).map(drop), Err(refused));
    assert_eq!(wrap(1 << 40, 1).map(drop), Err(Error::Altered));
}

use proptest::prelude::*;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use super::*;

#[test]
fn lengths_are_padme() {
    for (length, expected) in
        [(0, 0), (1, 1), (8, 8), (9, 10), (100, 104), (1000, 1024), (1025, 1088), (65_537, 67_584)]
    {
        assert_eq!(padded(length), expected, "{length}");
    }
}

#[test]
fn what_is_not_padded_is_refused() {
    for padded in [&b""[..], b"\0\0", b"text", b"\x80\x01"] {
        assert_eq!(unpad(padded.to_vec().into()), Err(Error::Altered));
    }
}

proptest! {
    #[test]
    fn padding_is_small_and_comes_off(plaintext in prop::collection::vec(any::<u8>(), 0..5000)) {
        let padded = pad(&plaintext);
        prop_assert!(padded.len() > plaintext.len());
        prop_assert!(padded.len() - plaintext.len() <= 1 + (plaintext.len() + 1) / 8);
        prop_assert_eq!(unpad(padded).unwrap().to_vec(), plaintext);
    }

    #[test]
    fn a_seal_opens_for_what_it_was_made(plaintext in prop::collection::vec(any::<u8>(), 0..300)) {
        let mut rng = ChaCha20Rng::from_seed([1; 32]);
        let key = Secret::random(&mut rng).derive(b"one");
        let other = Secret::random(&mut rng).derive(b"one");
        let sealed = Sealed::new(&key, b"for this", &plaintext, &mut rng).unwrap();
        prop_assert_eq!(sealed.open(&key, b"for this").unwrap().to_vec(), plaintext);
        prop_assert_eq!(sealed.open(&key, b"for that"), Err(Error::Altered));
        prop_assert_eq!(sealed.open(&other, b"for this"), Err(Error::Altered));
    }
}

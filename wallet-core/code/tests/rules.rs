//! Errors of a crate that stands on another's.

mod lower {
    coffret_code::rules! {
        /// What bytes can break.
        pub enum Error {
            /// Too few.
            Short = (101, "short", "Bytes §1"),
        }
    }
}

coffret_code::rules! {
    /// What a letter can break.
    pub enum Error {
        /// Nobody signed it.
        Unsigned = (201, "unsigned", "Letters §2"),
        /// It is for someone else.
        Misaddressed = (204, "misaddressed", "Letters §3"),
        ..
        /// Its bytes.
        Bytes(lower::Error),
    }
}

fn read(bytes: &[u8]) -> Result<(), lower::Error> {
    if bytes.is_empty() { Err(lower::Error::Short) } else { Ok(()) }
}

fn open(bytes: &[u8]) -> Result<(), Error> {
    read(bytes)?;
    Err(Error::Unsigned)
}

#[test]
fn a_rule_has_its_own_code() {
    let code = open(b"Dear").unwrap_err().code();
    assert_eq!((code.number, code.name, code.clause), (201, "unsigned", "Letters §2"));
    assert_eq!(code.to_string(), "CW-201");
}

#[test]
fn a_wrapped_error_passes_its_code_on() {
    let error = open(b"").unwrap_err();
    assert_eq!(error, Error::Bytes(lower::Error::Short));
    assert_eq!(error.code(), lower::Error::Short.code());
    assert_eq!(error.to_string(), "short (CW-101, Bytes §1)");
}

#[test]
fn all_are_the_rules_declared_here() {
    assert_eq!(Error::ALL, [Error::Unsigned, Error::Misaddressed]);
    assert_eq!(lower::Error::ALL, [lower::Error::Short]);
}

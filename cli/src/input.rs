//! What the command line reads: files and standard input, as they are or as text stands for them.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use data_encoding::{BASE64URL_NOPAD, HEXLOWER_PERMISSIVE};
use serde_json::Value as Json;
use zeroize::Zeroizing;

use crate::error::{Error, Failure};
use crate::json;

/// The bytes of a file: four times as much as an issuer may hand over, since people break hexadecimal
/// into lines.
pub(crate) const MAX_FILE: u64 = 64 << 20;

/// How a file stands for bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// All hexadecimal digits means hexadecimal, else all base64 characters, of either alphabet and
    /// padded or not, means base64, else the bytes are themselves, where they do not begin as what
    /// is no CBOR. White space in the first two means nothing.
    Guessed,
    /// The bytes are themselves.
    Raw,
}

/// The bytes of a file, or of standard input for `-`.
pub(crate) fn file(path: &Path) -> Result<Vec<u8>, Failure> {
    static STANDARD_INPUT: AtomicBool = AtomicBool::new(false);
    if path.as_os_str() != "-" {
        let file = File::open(path).map_err(|_| Failure::unusable(Error::FileUnreadable, path))?;
        return within_limit(file, path);
    }
    if STANDARD_INPUT.swap(true, Ordering::Relaxed) {
        return Err(Failure::unusable(Error::StandardInputTwice, path));
    }
    within_limit(io::stdin().lock(), path)
}

fn within_limit(from: impl Read, path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    match from.take(MAX_FILE + 1).read_to_end(&mut bytes) {
        Ok(length) if length as u64 > MAX_FILE => Err(Failure::unusable(Error::FileTooLarge, path)),
        Ok(_) => Ok(bytes),
        Err(_) => Err(Failure::unusable(Error::FileUnreadable, path)),
    }
}

/// The bytes that a file stands for.
pub(crate) fn binary(path: &Path, form: Form) -> Result<Vec<u8>, Failure> {
    let bytes = file(path)?;
    match form {
        Form::Raw => Ok(bytes),
        Form::Guessed => decoded(bytes).map_err(|error| Failure::unusable(error, path)),
    }
}

/// How pictures begin that people have at hand: PNG §5.2, ISO/IEC 10918-1 §B.1.1.3.
const PICTURES: [&[u8]; 2] = [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"];

/// How a section of PEM begins, whatever is said before it.
pub(crate) const PEM: &str = "-----BEGIN ";

/// PEM as it is, or the bytes that a file stands for.
pub(crate) fn pem_or_binary(path: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = file(path)?;
    if is_pem(&bytes) {
        return Ok(bytes);
    }
    decoded(bytes).map_err(|error| Failure::unusable(error, path))
}

/// Whether it is a text with something in PEM.
pub(crate) fn is_pem(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|text| text.contains(PEM))
}

/// The bytes that a text, or bytes themselves, stand for.
pub(crate) fn decoded(bytes: Vec<u8>) -> Result<Vec<u8>, Error> {
    if PICTURES.iter().any(|beginning| bytes.starts_with(beginning)) {
        return Err(Error::Picture);
    }
    if is_pem(&bytes) {
        return Err(Error::Pem);
    }
    spelled(&bytes).unwrap_or(Ok(bytes))
}

/// The bytes that a text spells; `None` where it is neither hexadecimal nor base64.
pub(crate) fn spelled(text: &[u8]) -> Option<Result<Vec<u8>, Error>> {
    let text: Vec<u8> = text.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    if text.iter().all(u8::is_ascii_hexdigit) {
        Some(HEXLOWER_PERMISSIVE.decode(&text).map_err(|_| Error::OddHex))
    } else {
        base64(text)
    }
}

/// base64url without padding is what the specifications write. Issuers and HTTP tools also pad it,
/// and write `+` and `/` (RFC 4648 §3.2, §4): it is plainly text, and never CBOR.
fn base64(mut text: Vec<u8>) -> Option<Result<Vec<u8>, Error>> {
    let digits = text.len() - text.iter().rev().take_while(|byte| **byte == b'=').count();
    let is_padded_well =
        text.len() == digits || (text.len().is_multiple_of(4) && text.len() - digits <= 2);
    text.truncate(digits);
    for byte in &mut text {
        match byte {
            b'+' => *byte = b'-',
            b'/' => *byte = b'_',
            _ => {}
        }
    }
    let is_digit = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    text.iter().all(is_digit).then(|| {
        let decoded = is_padded_well.then(|| BASE64URL_NOPAD.decode(&text).ok()).flatten();
        decoded.ok_or(Error::Base64url)
    })
}

/// A file as it is, wiped after use: beside certificates there may be a private key.
pub(crate) fn wiped(path: &Path) -> Result<Zeroizing<Vec<u8>>, Failure> {
    file(path).map(Zeroizing::new)
}

/// A text file, such as PEM. It is wiped after use: it may be a private key.
pub(crate) fn text(path: &Path) -> Result<Zeroizing<String>, Failure> {
    let text = String::from_utf8(file(path)?);
    text.map(Zeroizing::new).map_err(|_| Failure::unusable(Error::NotText, path))
}

/// A JSON file.
pub(crate) fn json(path: &Path) -> Result<Json, Failure> {
    json::parse(&file(path)?).map_err(|error| Failure::unusable(error, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hexadecimal_then_base64url_then_bytes() {
        let decoded = |text: &[u8]| decoded(text.to_vec());
        assert_eq!(decoded(b" a1 01\n26 "), Ok(vec![0xa1, 0x01, 0x26]));
        assert_eq!(decoded(b"A10126"), Ok(vec![0xa1, 0x01, 0x26]));
        assert_eq!(decoded(b"oQEm\n"), Ok(vec![0xa1, 0x01, 0x26]));
        assert_eq!(decoded(b"-_8"), Ok(vec![0xfb, 0xff]));
        assert_eq!(decoded(b"\xa1\x01\x26"), Ok(vec![0xa1, 0x01, 0x26]));
        assert_eq!(decoded(b"\x82\x61a\x61\n"), Ok(b"\x82\x61a\x61\n".to_vec()), "as they are");
        assert_eq!(decoded(b""), Ok(vec![]));
        assert_eq!(decoded(b"a1012"), Err(Error::OddHex));
        assert_eq!(decoded(b"oQEmA"), Err(Error::Base64url), "no multiple of four less one");
        assert_eq!(decoded(b"oQF"), Err(Error::Base64url), "last bits that are not zero");
    }

    #[test]
    fn base64_is_read_as_issuers_write_it() {
        let decoded = |text: &[u8]| decoded(text.to_vec());
        assert_eq!(decoded(b"oQE="), Ok(vec![0xa1, 0x01]));
        assert_eq!(decoded(b"oQ=="), Ok(vec![0xa1]));
        assert_eq!(decoded(b"oQ=\n=\n"), Ok(vec![0xa1]), "broken into lines");
        assert_eq!(decoded(b"-_-_+/+/"), Ok(vec![0xfb, 0xff, 0xbf, 0xfb, 0xff, 0xbf]));
        assert_eq!(decoded(b"++++=="), Err(Error::Base64url));
        for malformed in [&b"oQE=="[..], b"oQE===", b"oQEm=", b"oQEm====", b"oQF=", b"oQ="] {
            assert_eq!(decoded(malformed), Err(Error::Base64url), "{malformed:?}");
        }
        assert_eq!(decoded(b"oQ=E"), Ok(b"oQ=E".to_vec()), "no text that stands for bytes");
    }
}

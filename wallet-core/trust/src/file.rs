use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, CertificateRevocationListDer};

use crate::{Certificate, Crl, Error, crl};

/// One thing in a file of certificates and revocation lists, as it reads.
///
/// Whoever takes such files asks here what is in them, so that no two commands take the same file for
/// different things.
#[derive(Debug, Clone)]
pub enum Filed {
    /// A certificate, or the rule that it breaks.
    Certificate(Result<Certificate, Error>),
    /// A revocation list, or the rule that it breaks.
    List(Result<Crl, Error>),
}

/// The first byte of a certificate or a list in DER: that of no CBOR map, array or tag.
const SEQUENCE: u8 = 0x30;

/// The label of a certificate in PEM (RFC 7468 §5).
const CERTIFICATE: &[u8] = b"CERTIFICATE";

const LIST: &[u8] = crl::PEM_LABEL.as_bytes();

impl Filed {
    /// Everything in a file, in its order: what [`Filed::read_der`] takes, or the certificates and
    /// lists of a PEM file, where sections of other kinds are passed over.
    pub fn read(file: &[u8]) -> Vec<Filed> {
        Filed::read_labelled(file, &[CERTIFICATE, LIST])
    }

    /// The certificates of a file. A long list beside them costs nothing.
    pub(crate) fn certificates(file: &[u8]) -> impl Iterator<Item = Result<Certificate, Error>> {
        Filed::read_labelled(file, &[CERTIFICATE]).into_iter().filter_map(Filed::certificate)
    }

    /// The revocation lists of a file.
    pub(crate) fn lists(file: &[u8]) -> impl Iterator<Item = Result<Crl, Error>> {
        Filed::read_labelled(file, &[LIST]).into_iter().filter_map(Filed::list)
    }

    fn read_labelled(file: &[u8], labels: &[&[u8]]) -> Vec<Filed> {
        match Filed::read_der(file) {
            // Text before the first section may begin with the same byte, which is the digit 0.
            None | Some(Filed::List(Err(Error::MalformedCrl | Error::CrlTooLarge)))
                if is_pem(file) =>
            {
                let wanted = sections(file).filter(|section| labels.contains(&label(section)));
                wanted.filter_map(Filed::read_section).collect()
            }
            only => only.into_iter().collect(),
        }
    }

    /// The certificate or list that these bytes are in DER. What begins as they do and is neither is
    /// taken for a list.
    pub fn read_der(der: &[u8]) -> Option<Filed> {
        if !der.starts_with(&[SEQUENCE]) {
            return None;
        }
        Some(match Certificate::parse(der) {
            Ok(certificate) => Filed::Certificate(Ok(certificate)),
            Err(_) => Filed::List(Crl::parse(der)),
        })
    }

    /// Whether it is a certificate, usable or not.
    pub fn is_certificate(&self) -> bool {
        matches!(self, Filed::Certificate(_))
    }

    /// Whether it is a revocation list, usable or not.
    pub fn is_list(&self) -> bool {
        matches!(self, Filed::List(_))
    }

    fn read_section(pem: &[u8]) -> Option<Filed> {
        let certificate = || CertificateDer::from_pem_slice(pem).ok();
        let list = || CertificateRevocationListDer::from_pem_slice(pem).ok();
        match label(pem) {
            CERTIFICATE => Some(Filed::Certificate(
                certificate()
                    .ok_or(Error::MalformedCertificate)
                    .and_then(|der| Certificate::parse(&der)),
            )),
            LIST => Some(Filed::List(
                list().ok_or(Error::MalformedCrl).and_then(|der| Crl::parse(&der)),
            )),
            _ => None,
        }
    }

    fn certificate(self) -> Option<Result<Certificate, Error>> {
        match self {
            Filed::Certificate(certificate) => Some(certificate),
            Filed::List(_) => None,
        }
    }

    fn list(self) -> Option<Result<Crl, Error>> {
        match self {
            Filed::Certificate(_) => None,
            Filed::List(list) => Some(list),
        }
    }
}

/// How a section begins: at the start of a line (RFC 7468 §3), or right behind the end of another, where
/// files without a last line break were put together. One that is indented has no end that
/// counts: it is found all the same, and said to be malformed, rather than passed over.
const BEGIN: &[u8] = b"-----BEGIN ";

/// What editors on Windows write before a text.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Whether there is a section, of whatever kind.
pub(crate) fn is_pem(file: &[u8]) -> bool {
    sections(file).next().is_some()
}

/// Each section, up to where the next one begins: one that is cut off must not take the next one with
/// it.
fn sections(file: &[u8]) -> impl Iterator<Item = &[u8]> {
    let file = file.strip_prefix(BYTE_ORDER_MARK).unwrap_or(file);
    let begins_line = |at: &usize| {
        let before = file.get(..*at).unwrap_or_default();
        let before = before.iter().rfind(|byte| !matches!(byte, b' ' | b'\t'));
        before.is_none_or(|before| matches!(before, b'\n' | b'\r' | b'-'))
    };
    let windows = file.windows(BEGIN.len()).enumerate();
    let begins = windows.filter(|(_, window)| *window == BEGIN).map(|(at, _)| at);
    let mut begins = begins.filter(begins_line).peekable();
    std::iter::from_fn(move || {
        let begin = begins.next()?;
        file.get(begin..begins.peek().copied().unwrap_or(file.len()))
    })
}

fn label(section: &[u8]) -> &[u8] {
    let rest = section.strip_prefix(BEGIN).unwrap_or_default();
    rest.split(|byte| *byte == b'-').next().unwrap_or_default()
}

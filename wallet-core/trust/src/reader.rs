use coffret_cbor::Timestamp;
use coffret_crypto::cose::Sign1;

use crate::findings::Findings;
use crate::path::Role;
use crate::{Certificate, Chain, Error, Registration, Trust};

/// One signature of a reader, over one document's request.
#[derive(Debug, Clone, Copy)]
pub struct ReaderSigned<'a> {
    /// `readerAuth`: a COSE_Sign1 with a detached payload and an x5chain (ISO 18013-5 §9.1.4.4).
    pub signature: &'a Sign1,
    /// The bytes of `ReaderAuthenticationBytes`.
    pub payload: &'a [u8],
}

/// What is to be thought of who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReaderVerdict {
    /// The request is not signed.
    None,
    /// The signature is good, and nobody trusted says whose it is.
    Untrusted {
        /// What the reader calls itself: the common name of its certificate.
        name: Option<String>,
        /// Every other rule that its certificate does not follow.
        warnings: Vec<Error>,
    },
    /// A trusted authority says who it is.
    Verified(VerifiedReader),
    /// What it shows is not good: always a refusal.
    Invalid {
        /// Every rule broken.
        errors: Vec<Error>,
    },
}

/// A reader that a trusted authority vouches for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedReader {
    /// The common name of its certificate.
    pub name: Option<String>,
    /// What the registry says of it; `None` when it is not registered.
    pub registration: Option<Registration>,
    /// Every rule of the profiles that reader and root do not follow.
    pub warnings: Vec<Error>,
}

/// What makes a reader invalid even when nobody trusted knows it: forgery, and time.
const ALWAYS_INVALID: [Error; 4] =
    [Error::CertificateSignature, Error::NotYetValid, Error::Expired, Error::IssuerNotValid];

impl Trust {
    /// Judges who signed the requests of one message, one for each document: either none is
    /// signed, or all are and by one reader.
    pub fn reader(&self, requests: &[Option<ReaderSigned<'_>>], now: Timestamp) -> ReaderVerdict {
        let signed: Vec<_> = requests.iter().flatten().collect();
        let Some(first) = signed.first() else { return ReaderVerdict::None };
        let chain = match Chain::parse(first.signature.x5chain().iter().map(Vec::as_slice)) {
            Ok(chain) => chain,
            Err(error) => return ReaderVerdict::Invalid { errors: vec![error] },
        };
        let mut errors = Findings::default();
        errors.check(Error::PartlySigned, Ok(signed.len() == requests.len()));
        if signed.iter().any(|each| !each.names(chain.leaf())) {
            errors.note(Error::SeveralReaders);
        } else if !signed.iter().all(|each| each.is_by(chain.leaf())) {
            errors.note(Error::ReaderSignature);
        }

        let (path, anchor) = self.path(&chain, Role::Reader, now);
        let (fatal, other): (Findings, Findings) = path
            .errors
            .into_iter()
            .filter(|error| *error != Error::UntrustedIssuer)
            .partition(|error| anchor.is_some() || ALWAYS_INVALID.contains(error));
        errors.extend(fatal);
        if !errors.is_empty() {
            return ReaderVerdict::Invalid { errors: errors.into() };
        }
        let mut warnings = other;
        warnings.extend(path.warnings);
        let name = chain.leaf().common_name().map(str::to_owned);
        let Some(anchor) = anchor else {
            return ReaderVerdict::Untrusted { name, warnings: warnings.into() };
        };
        let registration = self.registry().and_then(|registry| {
            // A reader that is not in an old registry may be in the newer one.
            warnings.check(Error::RegistryStale, Ok(now < registry.next_update));
            registry.find(anchor.certificate(), chain.leaf()).cloned()
        });
        ReaderVerdict::Verified(VerifiedReader { name, registration, warnings: warnings.into() })
    }
}

impl ReaderSigned<'_> {
    fn names(&self, reader: &Certificate) -> bool {
        self.signature.x5chain().first().is_some_and(|leaf| leaf == reader.der())
    }

    fn is_by(&self, reader: &Certificate) -> bool {
        let key = reader.public_key();
        key.is_ok_and(|key| self.signature.verify_detached(key, self.payload, &[]).is_ok())
    }
}

use coffret_cbor::Timestamp;
use coffret_crypto::cose::Sign1;

use crate::path::Role;
use crate::{Chain, Error, Registration, Trust};

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
    [Error::CertificateSignature, Error::NotYetValid, Error::Expired, Error::Revoked];

impl Trust {
    /// Judges who signed the requests of one message: all must be one reader's.
    pub fn reader(&self, signed: &[ReaderSigned<'_>], now: Timestamp) -> ReaderVerdict {
        let Some(first) = signed.first() else { return ReaderVerdict::None };
        let certificates = first.signature.x5chain();
        let chain = match Chain::parse(certificates.iter().map(Vec::as_slice)) {
            Ok(chain) => chain,
            Err(error) => return ReaderVerdict::Invalid { errors: vec![error] },
        };
        let mut errors = Vec::new();
        if signed.iter().any(|other| other.signature.x5chain() != certificates) {
            errors.push(Error::SeveralReaders);
        } else if !signed.iter().all(|each| each.is_by(&chain)) {
            errors.push(Error::ReaderSignature);
        }
        let (path, anchor) = self.path(&chain, Role::Reader, now);
        let name = chain.leaf().common_name().map(str::to_owned);
        let Some(anchor) = anchor else {
            let (invalid, others) = path.errors.iter().partition(|e| ALWAYS_INVALID.contains(e));
            errors.extend::<Vec<Error>>(invalid);
            if !errors.is_empty() {
                return ReaderVerdict::Invalid { errors };
            }
            let others: Vec<Error> = others;
            let others = others.into_iter().filter(|error| *error != Error::UntrustedIssuer);
            let warnings = others.chain(path.warnings).collect();
            return ReaderVerdict::Untrusted { name, warnings };
        };
        errors.extend(path.errors);
        if !errors.is_empty() {
            return ReaderVerdict::Invalid { errors };
        }
        let mut warnings = path.warnings;
        let registry = self.registry();
        let registration =
            registry.and_then(|held| held.find(anchor.certificate(), chain.leaf())).cloned();
        if registration.is_some() && registry.is_some_and(|held| held.next_update <= now) {
            warnings.push(Error::RegistryStale);
        }
        ReaderVerdict::Verified(VerifiedReader { name, registration, warnings })
    }
}

impl ReaderSigned<'_> {
    fn is_by(&self, chain: &Chain) -> bool {
        let key = chain.leaf().public_key();
        key.is_ok_and(|key| self.signature.verify_detached(key, self.payload, &[]).is_ok())
    }
}

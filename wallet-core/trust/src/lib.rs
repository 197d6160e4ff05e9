//! Certificates and what they are worth: paths to anchors by ISO/IEC 18013-5 Annex B, trust in one
//! signer by its certificate, revocation lists, and the signed registry of readers.
//!
//! A [`Certificate`] is read as real issuers write it; [`Trust`] holds who is trusted for what and
//! gives a verdict, a value, on the [signer](Trust::signer) of a document and on a
//! [reader](Trust::reader). Errors withhold trust: signatures, validity, authority, key usage,
//! purpose, key identifiers, unknown critical extensions, revocation, and for document signers the
//! country. Everything else of Annex B is a warning, because real issuers deviate.
//!
//! It fetches nothing and knows no clock: lists are given to it, and so is the time.
//!
//! ```
//! use coffret_cbor::Timestamp;
//! use coffret_trust::{Certificate, Chain, Error, Purpose, SPECIMEN_ROOT, Trust};
//!
//! let mut trust = Trust::new();
//! assert_eq!(trust.add_anchors(SPECIMEN_ROOT, Purpose::Specimen)?.anchors, 1);
//!
//! // What came with a document. An authority signs no documents itself:
//! let root = Certificate::parse_file(SPECIMEN_ROOT)?.remove(0);
//! let (chain, now) = (Chain::parse([root.der()])?, Timestamp::parse("2026-11-22T12:00:00Z")?);
//! let verdict = trust.signer(&chain, "org.iso.18013.5.1.mDL", now);
//! assert_eq!(verdict.trusted_by, None);
//! assert!(verdict.errors.contains(&Error::AuthorityAsSigner));
//! # Ok::<(), Error>(())
//! ```

mod anchor;
mod cache;
mod certificate;
mod clock;
mod constraint;
mod crl;
mod error;
mod extension;
mod file;
mod findings;
mod memo;
mod name;
mod path;
mod plain;
mod profile;
mod reader;
mod registry;
mod revocation;
mod signature;
mod signer;

pub use anchor::{Added, Grant, Purpose, SPECIMEN_ROOT, Trust};
pub use certificate::{Certificate, Chain, Extension};
pub use clock::{Begun, CLOCK_SKEW};
pub use crl::Crl;
pub use error::Error;
pub use file::Filed;
pub use plain::plain_name;
pub use profile::Profile;
pub use reader::{ReaderSigned, ReaderVerdict, VerifiedReader};
pub use registry::{ReaderSubject, RegisteredReader, Registration, Registry, Retention};
pub use signer::{SignerVerdict, TrustedBy};

/// The bytes of one certificate. Those of Annex B take 1 KB.
pub const MAX_CERTIFICATE: usize = 16 << 10;
/// The certificates in one chain. Annex B has one; readers' authorities have one or two between.
pub const MAX_CHAIN: usize = 5;
/// The bytes of one revocation list: 25,000 entries of a national authority.
pub const MAX_CRL: usize = 1 << 20;

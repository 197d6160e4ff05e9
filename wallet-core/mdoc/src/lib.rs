//! ISO/IEC 18013-5 documents: issued, requested, presented, verified.
//!
//! - An issuer signs an [`Issuance`]; what it sends is an [`IssuerSigned`].
//! - A reader asks with a [`DeviceRequest`], which may carry its signature for each document: each
//!   [`UnsignedRequest`] leaves as a key task and comes back as a [`DocRequest`].
//! - A holder answers with [`Unauthenticated`] documents, each of which leaves as a key task and
//!   comes back as a [`Document`] of a [`DeviceResponse`].
//! - [`verify`] judges every document of a response and collects every reason; only what it finds
//!   valid becomes a [`VerifiedDocument`], the one type that shows values.
//!
//! # The rules of a verdict
//! What [`verify`] says beyond ISO 18013-5; its rules cite these sections.
//!
//! 1. *Nothing shown.* A document without elements is of the right form, and proves that its holder
//!    has it: it is valid, with a warning, since there is nothing to read.
//! 2. *Forms.* A response whose documents are all of a form that is not read here (zero-knowledge
//!    proofs, documents encrypted for others) is not taken for a refusal.
//!
//! Received bytes are kept, so that digests and signatures are taken of what arrived. There is no
//! session encryption here and no transport. Elements are judged only by their ages and dates, as the
//! catalogue marks them: those that contradict the clock or each other make a document bad.
//!
//! ```
//! use coffret_mdoc::{DeviceRequest, DocRequest, ItemsRequest, IntentToRetain};
//!
//! let items = ItemsRequest::new("org.iso.18013.5.1.mDL", [
//!     ("org.iso.18013.5.1", "age_over_18", IntentToRetain::NotRetained),
//! ]);
//! let request = DeviceRequest::new(vec![DocRequest::unsigned(&items)?]);
//!
//! let received = DeviceRequest::parse(request.encoded().as_bytes())?;
//! assert_eq!(received.doc_requests()[0].items().doc_type, "org.iso.18013.5.1.mDL");
//! # Ok::<(), coffret_mdoc::Error>(())
//! ```

mod age;
mod data;
mod elements;
mod error;
mod issue;
mod issuer_signed;
mod matching;
mod mso;
mod outline;
mod request;
mod respond;
mod response;
mod transcript;
mod verdict;
mod verify;
mod version;

pub use age::contradiction;
pub use elements::{ElementName, NameSpaces};
pub use error::Error;
pub use issue::{Days, DocumentSigner, Issuance};
pub use issuer_signed::IssuerSigned;
pub use mso::{DigestAlgorithm, KeyAuthorizations, MobileSecurityObject, ValidityInfo};
pub use outline::Outline;
pub use request::{DeviceRequest, DocRequest, IntentToRetain, ItemsRequest, UnsignedRequest};
pub use respond::{Approved, DeviceAuthMethod, Unauthenticated};
pub use response::{DeviceResponse, Document};
pub use transcript::{Handover, SessionTranscript};
pub use verdict::{DocumentVerdict, Finding, Judgement, Verdict, VerifiedDocument};
pub use verify::{Binding, Check, verify};
pub use version::is_version_1;

/// Documents in a response, and document requests in a request: each costs signatures to check,
/// and no person reads a longer consent.
const MAX_DOCUMENTS: usize = 16;

/// Elements, digests or authorisations of one document: a licence has under 100, and decoys may
/// stand beside their digests. What is looked up by name is looked up one after the other.
const MAX_ELEMENTS: usize = 2048;

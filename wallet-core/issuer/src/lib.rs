//! Issuing, and a test public key infrastructure to issue with.

mod certify;
mod error;
mod issue;
mod pki;
mod revoke;

pub use error::Error;
pub use issue::{Draft, Fault};
pub use pki::{DOCUMENT_SIGNER_NAME, Identity, Pki};

/// The country of the test infrastructure (ISO 3166-1).
pub const COUNTRY: &str = "CA";
/// Its province (ISO 3166-2).
pub const JURISDICTION: &str = "CA-QC";

//! A session from engagement to farewell (ISO 18013-5 §9.1.1): our side is `coffret` at the end of a
//! pipe, with a wallet of its own.

mod ours;
mod theirs;

use coffret_crypto::PublicKey;
use coffret_mdoc::DeviceAuthMethod;

use crate::party::{Anchor, Credential, Fault, Seen};

pub(crate) use ours::Program;

/// Who holds a document, and shows it in a session.
pub(crate) trait Holder {
    /// A new key, to be issued for.
    fn device_key(&mut self) -> Result<PublicKey, Fault>;

    /// Takes what was issued for the key.
    fn hold(&mut self, credential: Credential) -> Result<(), Fault>;

    /// Begins a session: `DeviceEngagement`.
    fn engage(&mut self, method: DeviceAuthMethod) -> Result<Vec<u8>, Fault>;

    /// `SessionData` with all that a `SessionEstablishment` asks for.
    fn answer(&mut self, session_establishment: &[u8]) -> Result<Vec<u8>, Fault>;

    /// Ends the session: `SessionData` with its status.
    fn part(&mut self, farewell: &[u8]) -> Result<(), Fault>;
}

/// Who asks in a session, and trusts one certificate.
pub(crate) trait Reader {
    /// `SessionEstablishment`, with a request.
    fn establish(&mut self, engagement: &[u8], anchor: &Anchor) -> Result<Vec<u8>, Fault>;

    /// What it sees in an answer, and `SessionData` that ends the session.
    fn read(&mut self, answer: &[u8], anchor: &Anchor) -> Result<(Seen, Vec<u8>), Fault>;
}

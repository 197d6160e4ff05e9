//! What either side of a cell does, whoever it is.

use std::error::Error;
use std::fmt;

use coffret_crypto::{PrivateKey, PublicKey};
use coffret_mdoc::DeviceAuthMethod;
use serde_json::Value as Json;

use crate::conversation::{Holder, Reader};
use crate::session::{Device, Session};

/// Whose part it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Ours,
    Theirs,
}

impl Side {
    pub(crate) fn other(self) -> Side {
        match self {
            Side::Ours => Side::Theirs,
            Side::Theirs => Side::Ours,
        }
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Side::Ours => "we",
            Side::Theirs => "they",
        })
    }
}

/// An issuer, a holder, a reader: each question is one step of a cell.
pub(crate) trait Party: Holder + Reader {
    /// Signs the specimen for a device key.
    fn issue(&mut self, device_key: &PublicKey) -> Result<Credential, Fault>;

    /// Shows a part of a credential in a session: a `DeviceResponse`.
    fn present(
        &mut self,
        credential: &Credential,
        device: &mut Device,
        session: &Session,
        method: DeviceAuthMethod,
    ) -> Result<Vec<u8>, Fault>;

    /// Judges a document, trusting one certificate.
    fn verify(&mut self, exhibit: Exhibit<'_>, anchor: &Anchor) -> Result<Seen, Fault>;

    /// Asks for a document, and signs the request for a session.
    fn ask(&mut self, session: &Session) -> Result<Request, Fault>;

    /// Judges a request and gives what it asks for, trusting one root.
    fn judge(&mut self, request: &[u8], session: &Session, root: &str) -> Result<Json, Fault>;

    /// Signs or authenticates a payload: a tagged COSE message.
    fn seal(
        &mut self,
        key: &Key,
        carriage: Carriage,
        payload: &[u8],
        aad: &[u8],
    ) -> Result<Vec<u8>, Fault>;

    /// Judges a COSE message and gives its payload.
    fn open(&mut self, key: &Key, message: Message<'_>, aad: &[u8]) -> Result<Vec<u8>, Fault>;
}

/// Why a side did not do what it was asked for.
#[derive(Debug)]
pub(crate) enum Fault {
    /// It judged what it was given, and found it wrong.
    Refused(String),
    /// It could not.
    Failed(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Refused(why) => write!(f, "refused: {why}"),
            Fault::Failed(why) => write!(f, "failed: {why}"),
        }
    }
}

impl From<Fault> for String {
    fn from(fault: Fault) -> String {
        fault.to_string()
    }
}

impl<E: Error> From<E> for Fault {
    fn from(error: E) -> Fault {
        Fault::Failed(error.to_string())
    }
}

/// What an issuer handed over, and what to trust for it.
pub(crate) struct Credential {
    pub(crate) issuer_signed: Vec<u8>,
    pub(crate) anchor: Anchor,
}

/// A certificate in PEM, and what it is trusted for.
#[derive(Clone)]
pub(crate) enum Anchor {
    /// What it has signed.
    Root(String),
    /// Itself, as a document signer.
    Signer(String),
}

/// A document, as it is shown.
#[derive(Clone, Copy)]
pub(crate) enum Exhibit<'a> {
    /// `IssuerSigned`
    Issued(&'a [u8]),
    /// `DeviceResponse`
    Presented { response: &'a [u8], session: &'a Session, method: DeviceAuthMethod },
}

/// What a verifier has seen in a document that it found valid.
#[derive(Debug, PartialEq)]
pub(crate) struct Seen {
    pub(crate) doc_type: String,
    /// `signature` or `mac`, where the device proved its key.
    pub(crate) device_auth: Option<String>,
    pub(crate) elements: Json,
}

/// What a reader sent, and the root of its certificate in PEM.
pub(crate) struct Request {
    pub(crate) device_request: Vec<u8>,
    pub(crate) root: String,
}

/// What protects a COSE message.
pub(crate) enum Key {
    /// A signature, and so COSE_Sign1.
    Private(PrivateKey),
    /// A MAC, and so COSE_Mac0.
    Shared([u8; 32]),
}

/// Whether a COSE message holds its payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Carriage {
    Embedded,
    Detached,
}

/// A COSE message with its tag, and its payload where that travels apart.
#[derive(Clone, Copy)]
pub(crate) struct Message<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) detached: Option<&'a [u8]>,
}

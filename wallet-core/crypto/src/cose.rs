//! COSE_Sign1 and COSE_Mac0 (RFC 9052), their certificates in x5chain (RFC 9360).
//!
//! ```cddl
//! COSE_Sign1 = [ Headers, payload: bstr / nil, signature: bstr ]   ; #6.18 or untagged
//! COSE_Mac0  = [ Headers, payload: bstr / nil, tag: bstr ]         ; #6.17 or untagged
//! Headers    = ( protected: bstr .cbor header_map / h'', unprotected: header_map )
//! ```
//!
//! The protected header stays as received, since its bytes are what was signed. Messages are sent
//! untagged, as ISO 18013-5 has them.

mod header;

use std::fmt;

use coffret_cbor::{Decode, Encoded, Item, Kind};

use self::header::Headers;
use crate::{Algorithm, Error, PrivateKey, PublicKey, Signature, SymmetricKey, verify};

const TAG_MAC0: u64 = 17;
const TAG_SIGN1: u64 = 18;

/// HMAC 256/256 (RFC 9053 §3.1).
const HS256: i64 = 5;

/// What is signed or authenticated, and whether the message carries it.
#[derive(Clone, Copy)]
pub enum Payload<'a> {
    /// Inside the message.
    Embedded(&'a [u8]),
    /// Known to both sides; `nil` in the message.
    Detached(&'a [u8]),
}

impl Payload<'_> {
    fn content(&self) -> &[u8] {
        let (Payload::Embedded(content) | Payload::Detached(content)) = self;
        content
    }

    /// What the message carries.
    fn carried(&self) -> Option<Vec<u8>> {
        match self {
            Payload::Embedded(content) => Some(content.to_vec()),
            Payload::Detached(_) => None,
        }
    }
}

/// One payload under one signature (RFC 9052 §4.2).
#[derive(Clone, PartialEq, Eq)]
pub struct Sign1(Message);

impl Sign1 {
    /// The algorithm, from the protected header.
    ///
    /// # Errors
    /// [`Error::AlgorithmNotProtected`], [`Error::UnsupportedAlgorithm`]
    pub fn algorithm(&self) -> Result<Algorithm, Error> {
        self.0.headers.algorithm.and_then(Algorithm::from_id)
    }

    /// The DER of the certificates, the signer's first; empty where there is no x5chain.
    pub fn x5chain(&self) -> &[Vec<u8>] {
        &self.0.headers.x5chain
    }

    /// The payload inside, verified or not.
    pub fn payload(&self) -> Option<&[u8]> {
        self.0.payload.as_deref()
    }

    /// Verifies the signature over the payload inside.
    ///
    /// # Errors
    /// [`Error::PayloadDetached`], [`Error::AlgorithmNotProtected`],
    /// [`Error::UnsupportedAlgorithm`], [`Error::AlgorithmMismatch`], [`Error::InvalidSignature`]
    pub fn verify(&self, key: &PublicKey, external_aad: &[u8]) -> Result<(), Error> {
        self.verify_over(key, self.0.embedded()?, external_aad)
    }

    /// Verifies the signature over a detached payload.
    ///
    /// # Errors
    /// [`Error::PayloadEmbedded`], and those of [`Sign1::verify`] but the first.
    pub fn verify_detached(
        &self,
        key: &PublicKey,
        payload: &[u8],
        external_aad: &[u8],
    ) -> Result<(), Error> {
        self.0.expect_detached()?;
        self.verify_over(key, payload, external_aad)
    }

    fn verify_over(&self, key: &PublicKey, payload: &[u8], aad: &[u8]) -> Result<(), Error> {
        let to_be_signed = self.0.headers.structure(SIGNATURE, aad, payload);
        verify(key, self.algorithm()?, &to_be_signed, &self.0.proof)
    }
}

/// A COSE_Sign1 that lacks only its signature, which another's key may make.
#[derive(Clone)]
pub struct Unsigned {
    algorithm: Algorithm,
    headers: Headers,
    payload: Option<Vec<u8>>,
    to_be_signed: Vec<u8>,
}

impl Unsigned {
    /// A message with the algorithm in its protected header, and in the unprotected one the DER of
    /// the certificates, the signer's first, unless there are none.
    pub fn new(
        algorithm: Algorithm,
        x5chain: &[&[u8]],
        payload: Payload<'_>,
        external_aad: &[u8],
    ) -> Unsigned {
        let headers = Headers::new(algorithm.id(), x5chain);
        let to_be_signed = headers.structure(SIGNATURE, external_aad, payload.content());
        Unsigned { algorithm, headers, payload: payload.carried(), to_be_signed }
    }

    /// The bytes of Sig_structure (RFC 9052 §4.4), which the key signs.
    pub fn to_be_signed(&self) -> &[u8] {
        &self.to_be_signed
    }

    /// The message with the signature that a key was asked for.
    ///
    /// # Errors
    /// [`Error::InvalidSignature`] where another key has signed, or something else;
    /// [`Error::AlgorithmMismatch`].
    pub fn signed(self, key: &PublicKey, signature: Signature) -> Result<Sign1, Error> {
        let is_for = key.curve().algorithm() == Ok(self.algorithm);
        if !(is_for && signature.is_own(key, &self.to_be_signed)) {
            verify(key, self.algorithm, &self.to_be_signed, signature.as_bytes())?;
        }
        Ok(self.with(signature.into_bytes()))
    }

    /// The message, signed by `key`.
    ///
    /// # Errors
    /// [`Error::AlgorithmMismatch`]
    pub fn sign(self, key: &PrivateKey) -> Result<Sign1, Error> {
        let signature = key.sign(self.algorithm, &self.to_be_signed)?;
        Ok(self.with(signature))
    }

    fn with(self, proof: Vec<u8>) -> Sign1 {
        Sign1(Message { headers: self.headers, payload: self.payload, proof })
    }
}

/// One payload under one tag, of a key that both sides know (RFC 9052 §6.2). HMAC 256/256 alone.
#[derive(Clone, PartialEq, Eq)]
pub struct Mac0(Message);

impl Mac0 {
    /// Authenticates a payload.
    pub fn new(key: &SymmetricKey, payload: Payload<'_>, external_aad: &[u8]) -> Mac0 {
        let headers = Headers::new(HS256, &[]);
        let to_be_maced = headers.structure(MAC, external_aad, payload.content());
        Mac0(Message { headers, payload: payload.carried(), proof: key.tag(&to_be_maced).to_vec() })
    }

    /// The payload inside, verified or not.
    pub fn payload(&self) -> Option<&[u8]> {
        self.0.payload.as_deref()
    }

    /// Verifies the tag over the payload inside.
    ///
    /// # Errors
    /// [`Error::PayloadDetached`], [`Error::AlgorithmNotProtected`],
    /// [`Error::UnsupportedAlgorithm`], [`Error::InvalidMac`]
    pub fn verify(&self, key: &SymmetricKey, external_aad: &[u8]) -> Result<(), Error> {
        self.verify_over(key, self.0.embedded()?, external_aad)
    }

    /// Verifies the tag over a detached payload.
    ///
    /// # Errors
    /// [`Error::PayloadEmbedded`], and those of [`Mac0::verify`] but the first.
    pub fn verify_detached(
        &self,
        key: &SymmetricKey,
        payload: &[u8],
        external_aad: &[u8],
    ) -> Result<(), Error> {
        self.0.expect_detached()?;
        self.verify_over(key, payload, external_aad)
    }

    fn verify_over(&self, key: &SymmetricKey, payload: &[u8], aad: &[u8]) -> Result<(), Error> {
        match self.0.headers.algorithm? {
            HS256 => key.verify_tag(&self.0.headers.structure(MAC, aad, payload), &self.0.proof),
            _ => Err(Error::UnsupportedAlgorithm),
        }
    }
}

/// The context strings of Sig_structure and MAC_structure (RFC 9052 §4.4, §6.3).
const SIGNATURE: &str = "Signature1";
const MAC: &str = "MAC0";

/// What the two have in common.
#[derive(Clone, PartialEq, Eq)]
struct Message {
    headers: Headers,
    payload: Option<Vec<u8>>,
    /// The signature or the tag.
    proof: Vec<u8>,
}

impl Message {
    fn read(item: Item<'_>, tag: u64) -> Result<Message, Error> {
        let item = if item.kind() == Kind::Tag { item.tagged(tag)? } else { item };
        let members = item.array().and_then(|array| array.exactly::<4>());
        let [protected, unprotected, payload, proof] = members.map_err(|_| Error::MalformedCose)?;
        let bytes =
            |item: Item<'_>| item.byte_string().map(Vec::from).map_err(|_| Error::MalformedCose);
        Ok(Message {
            headers: Headers::read(bytes(protected)?, unprotected)?,
            payload: if payload.is_null() { None } else { Some(bytes(payload)?) },
            proof: bytes(proof)?,
        })
    }

    fn embedded(&self) -> Result<&[u8], Error> {
        self.payload.as_deref().ok_or(Error::PayloadDetached)
    }

    fn expect_detached(&self) -> Result<(), Error> {
        if self.payload.is_none() { Ok(()) } else { Err(Error::PayloadEmbedded) }
    }

    fn encoded(&self) -> Encoded {
        Encoded::array([
            Encoded::bytes(&self.headers.protected),
            self.headers.unprotected.clone(),
            self.payload.as_deref().map_or_else(Encoded::null, Encoded::bytes),
            Encoded::bytes(&self.proof),
        ])
    }
}

macro_rules! message {
    ($name:ident, $tag:ident) => {
        impl Decode for $name {
            type Error = Error;

            fn decode(item: Item<'_>) -> Result<$name, Error> {
                Message::read(item, $tag).map($name)
            }
        }

        impl From<&$name> for Encoded {
            /// Untagged; the headers as received.
            fn from(message: &$name) -> Encoded {
                message.0.encoded()
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "([…])"))
            }
        }
    };
}

impl fmt::Debug for Unsigned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Unsigned([…])")
    }
}

message!(Sign1, TAG_SIGN1);
message!(Mac0, TAG_MAC0);

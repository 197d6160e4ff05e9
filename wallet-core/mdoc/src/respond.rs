use std::fmt;

use coffret_cbor::{Encoded, Received, Value};
use coffret_crypto::cose::{self, Mac0, Payload};
use coffret_crypto::{
    Curve, Hash, KeyOutcome, KeyRef, KeyTask, PublicKey, SharedSecret, SymmetricKey,
};

use crate::response::{DeviceAuth, DeviceSigned, Document};
use crate::{ElementName, Error, IssuerSigned, NameSpaces, SessionTranscript};

/// What the person approved of one document.
#[derive(Debug, Clone, Default)]
pub struct Approved {
    /// Elements that the issuer signed, by the names they have in the document: ages already
    /// resolved by [`IssuerSigned::answering`].
    pub elements: Vec<ElementName>,
    /// Elements that the device signs by itself.
    pub device_signed: NameSpaces<Value>,
}

/// How the device proves its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeviceAuthMethod {
    /// By a signature.
    Signature,
    /// By a MAC under a key agreed with the reader's: it proves nothing to third parties.
    Mac,
}

/// One document of a response before its device key has been used.
///
/// The key may be in a keystore that asks for a fingerprint: the use of it leaves as a
/// [`KeyTask`] and comes back as a [`KeyOutcome`].
pub struct Unauthenticated {
    doc_type: String,
    issuer_signed: IssuerSigned,
    name_spaces: Received<NameSpaces<Encoded>>,
    transcript: SessionTranscript,
    proof: Proof,
}

enum Proof {
    /// What lacks its signature.
    Signature(cose::Unsigned),
    /// The reader's key.
    Mac(PublicKey),
}

impl Unauthenticated {
    /// The approved elements of a document, and nothing else of it, bound to a session.
    ///
    /// # Errors
    /// [`Error::NoElements`], [`Error::ElementNotHeld`], [`Error::DeviceKeyNotAuthorised`],
    /// [`Error::Repeated`], [`Error::MacNotPossible`], or a device key that cannot sign.
    pub fn new(
        issuer_signed: &IssuerSigned,
        approved: &Approved,
        transcript: &SessionTranscript,
        method: DeviceAuthMethod,
    ) -> Result<Unauthenticated, Error> {
        let mso = issuer_signed.mso();
        let allowed = |(namespace, identifier, _): (&str, &str, &Value)| {
            mso.key_authorizations.allow(namespace, identifier)
        };
        if !approved.device_signed.iter().all(allowed) {
            return Err(Error::DeviceKeyNotAuthorised);
        }
        if approved.elements.is_empty() && approved.device_signed.is_empty() {
            return Err(Error::NoElements);
        }
        let issuer_signed = issuer_signed.select(&approved.elements)?;
        let by_issuer = |(namespace, identifier, _): (&str, &str, &Value)| {
            approved.elements.iter().any(|name| name.is(namespace, identifier))
        };
        if approved.device_signed.iter().any(by_issuer) {
            return Err(Error::Repeated);
        }
        let name_spaces = Encoded::embedded(&approved.device_signed.write(|value| value.into()));
        let authentication = device_authentication(transcript, &mso.doc_type, &name_spaces);
        let proof = match method {
            DeviceAuthMethod::Signature => {
                let algorithm = mso.device_key.curve().algorithm()?;
                let payload = Payload::Detached(authentication.as_bytes());
                Proof::Signature(cose::Unsigned::new(algorithm, &[], payload, &[]))
            }
            DeviceAuthMethod::Mac => {
                let curve = mso.device_key.curve();
                let peer = transcript.e_reader_key().filter(|peer| peer.curve() == curve);
                let peer = peer.filter(|_| curve != Curve::Ed25519).ok_or(Error::MacNotPossible)?;
                Proof::Mac(peer.clone())
            }
        };
        Ok(Unauthenticated {
            doc_type: mso.doc_type.clone(),
            issuer_signed,
            name_spaces: Received::embedded(name_spaces.as_item())?,
            transcript: transcript.clone(),
            proof,
        })
    }

    /// What is asked of the device key.
    pub fn task(&self, key: KeyRef) -> KeyTask {
        match &self.proof {
            Proof::Signature(unsigned) => {
                KeyTask::Sign { key, message: unsigned.to_be_signed().to_vec() }
            }
            Proof::Mac(peer) => KeyTask::Agree { key, peer: peer.clone() },
        }
    }

    /// The document, once its key has been used. An error uses nothing up: the task may be done
    /// again.
    ///
    /// # Errors
    /// [`Error::KeyOutcome`] for an outcome of another task, a key that was declined or is gone,
    /// or a signature by another key than the document's; [`Error::Crypto`] for a key that failed.
    pub fn authenticate(&self, outcome: KeyOutcome) -> Result<Document, Error> {
        let device_auth = match (&self.proof, outcome) {
            (Proof::Signature(unsigned), KeyOutcome::Signature(signature)) => {
                let key = &self.issuer_signed.mso().device_key;
                let signed =
                    unsigned.clone().signed(key, signature).map_err(|_| Error::KeyOutcome)?;
                DeviceAuth::Signature(Received::item(Encoded::from(&signed).as_item())?)
            }
            (Proof::Mac(_), KeyOutcome::Secret(secret)) => {
                let key = e_mac_key(&secret, &self.transcript);
                let name_spaces = self.name_spaces.encoded();
                let payload = device_authentication(&self.transcript, &self.doc_type, &name_spaces);
                let mac = Mac0::new(&key, Payload::Detached(payload.as_bytes()), &[]);
                DeviceAuth::Mac(Received::item(Encoded::from(&mac).as_item())?)
            }
            (_, KeyOutcome::Failed(error)) => return Err(error.into()),
            _ => return Err(Error::KeyOutcome),
        };
        Ok(Document {
            doc_type: self.doc_type.clone(),
            issuer_signed: self.issuer_signed.clone(),
            device_signed: Some(DeviceSigned {
                name_spaces: self.name_spaces.clone(),
                device_auth,
            }),
        })
    }
}

impl fmt::Debug for Unauthenticated {
    /// The document's type: what is approved is personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Unauthenticated({}, […])", self.doc_type)
    }
}

/// `DeviceAuthenticationBytes` (ISO 18013-5 §9.1.3.4).
///
/// ```cddl
/// DeviceAuthentication = ["DeviceAuthentication", SessionTranscript, DocType,
///                         DeviceNameSpacesBytes]
/// ```
pub(crate) fn device_authentication(
    transcript: &SessionTranscript,
    doc_type: &str,
    name_spaces: &Encoded,
) -> Encoded {
    transcript.authentication("DeviceAuthentication", [doc_type.into(), name_spaces.clone()])
}

/// `EMacKey` (ISO 18013-5 §9.1.3.5).
pub(crate) fn e_mac_key(secret: &SharedSecret, transcript: &SessionTranscript) -> SymmetricKey {
    secret.derive(&Hash::Sha256.digest(transcript.tagged().as_bytes()), b"EMacKey")
}

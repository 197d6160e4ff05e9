//! A peer, through its driver.

use coffret_cbor::Timestamp;
use coffret_crypto::PublicKey;
use coffret_issuer::Identity;
use coffret_mdoc::DeviceAuthMethod;
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use serde_json::{Value as Json, json};

use crate::coffret::Pki;
use crate::driver::Driver;
use crate::party::{
    Anchor, Carriage, Credential, Exhibit, Fault, Key, Message, Party, Request, Seen,
};
use crate::peers::Authority;
use crate::session::{Device, Session};
use crate::specimen;

/// The other side.
pub(crate) struct Theirs {
    pub(crate) driver: Driver,
    /// `{"key", "chain"}` of its document signer, and what to trust for it.
    signer: Json,
    anchor: Anchor,
    /// `{"key", "chain"}` of its reader, and that one's root.
    pub(crate) reader: Json,
    reader_root: String,
    /// What it trusts our reader for.
    pub(crate) our_reader_root: String,
    /// `{"issuerSigned", "deviceKey", "method"}` of what it shows in a session.
    pub(crate) holding: Json,
    /// `{"signed", "from", "until"}`: whole days, as our own issuer has them.
    validity: Json,
}

/// How long a peer's documents are valid.
const DAYS: i32 = 90;

impl Theirs {
    /// The peer under its own certificates, where it has any, or else under ours.
    pub(crate) fn new(
        mut driver: Driver,
        authority: Authority,
        given: &Pki,
        now: Timestamp,
    ) -> Result<Theirs, Fault> {
        let own = match authority {
            Authority::Own => driver.ask("pki", json!({}))?,
            Authority::Ours => json!({}),
        };
        let text = |json: &Json| json.as_str().map(str::to_owned);
        let (signer, anchor) = match own.get("signer") {
            None => (certified(&given.signer)?, Anchor::Root(given.root.clone())),
            Some(signer) => {
                let root = own.get("root").and_then(text).map(Anchor::Root);
                let leaf = text(&signer["chain"][0]).map(Anchor::Signer);
                let anchor = root.or(leaf).ok_or_else(|| malformed("signer"))?;
                (signer.clone(), anchor)
            }
        };
        let (reader, reader_root) = match (own.get("reader"), own.get("readerRoot").and_then(text))
        {
            (Some(reader), Some(root)) => (reader.clone(), root),
            _ => (certified(&given.reader)?, given.reader_root.clone()),
        };
        let day = |days| now.plus_days(days).date().start().to_string();
        let validity = json!({"signed": day(0), "from": day(0), "until": day(DAYS)});
        let (our_reader_root, holding) = (given.reader_root.clone(), json!({}));
        Ok(Theirs {
            driver,
            signer,
            anchor,
            reader,
            reader_root,
            our_reader_root,
            holding,
            validity,
        })
    }
}

impl Party for Theirs {
    fn issue(&mut self, device_key: &PublicKey) -> Result<Credential, Fault> {
        let question = json!({
            "docType": specimen::DOC_TYPE,
            "nameSpaces": specimen::elements()?,
            "deviceKey": device_key.to_jwk(),
            "signer": self.signer,
            "validity": self.validity,
        });
        let answer = self.driver.ask("issue", question)?;
        Ok(Credential {
            issuer_signed: unhex(&answer, "issuerSigned")?,
            anchor: self.anchor.clone(),
        })
    }

    fn present(
        &mut self,
        credential: &Credential,
        device: &mut Device,
        session: &Session,
        method: DeviceAuthMethod,
    ) -> Result<Vec<u8>, Fault> {
        let mut question = json!({
            "docType": specimen::DOC_TYPE,
            "issuerSigned": hex(&credential.issuer_signed),
            "deviceKey": device.jwk,
            "sessionTranscript": hex(&session.bytes),
            "disclose": specimen::disclosed_names(),
        });
        if method == DeviceAuthMethod::Mac {
            question["readerKey"] = session.reader_key.public_key().to_jwk();
        }
        unhex(&self.driver.ask("present", question)?, "deviceResponse")
    }

    fn verify(&mut self, exhibit: Exhibit<'_>, anchor: &Anchor) -> Result<Seen, Fault> {
        let (Anchor::Root(root) | Anchor::Signer(root)) = anchor;
        let mut question = match exhibit {
            Exhibit::Issued(issuer_signed) => {
                json!({"docType": specimen::DOC_TYPE, "issuerSigned": hex(issuer_signed)})
            }
            Exhibit::Presented { response, session, .. } => {
                json!({"deviceResponse": hex(response), "sessionTranscript": hex(&session.bytes)})
            }
        };
        if let Exhibit::Presented { session, method: DeviceAuthMethod::Mac, .. } = exhibit {
            question["readerKey"] = session.reader_key.to_jwk().parse()?;
        }
        question["roots"] = json!([root]);
        Ok(seen(&only_document(self.driver.ask("verify", question)?)?))
    }

    fn ask(&mut self, session: &Session) -> Result<Request, Fault> {
        let question = json!({
            "docType": specimen::DOC_TYPE,
            "nameSpaces": specimen::intents(),
            "sessionTranscript": hex(&session.bytes),
            "reader": self.reader,
        });
        let device_request = unhex(&self.driver.ask("request", question)?, "deviceRequest")?;
        Ok(Request { device_request, root: self.reader_root.clone() })
    }

    fn judge(&mut self, request: &[u8], session: &Session, root: &str) -> Result<Json, Fault> {
        let question = json!({
            "deviceRequest": hex(request),
            "sessionTranscript": hex(&session.bytes),
            "roots": [root],
        });
        let mut document = only_document(self.driver.ask("read-request", question)?)?;
        Ok(document["nameSpaces"].take())
    }

    fn seal(
        &mut self,
        key: &Key,
        carriage: Carriage,
        payload: &[u8],
        aad: &[u8],
    ) -> Result<Vec<u8>, Fault> {
        let (key, verb) = match key {
            Key::Private(key) => (key.to_jwk().parse()?, "cose-sign1"),
            Key::Shared(key) => (symmetric(key), "cose-mac0"),
        };
        let mut question = json!({"key": key, "payload": hex(payload), "externalAad": hex(aad)});
        if verb == "cose-sign1" {
            question["detached"] = json!(carriage == Carriage::Detached);
        }
        unhex(&self.driver.ask(verb, question)?, "message")
    }

    fn open(&mut self, key: &Key, message: Message<'_>, aad: &[u8]) -> Result<Vec<u8>, Fault> {
        let (key, verb) = match key {
            Key::Private(key) => (key.public_key().to_jwk(), "cose-sign1-verify"),
            Key::Shared(key) => (symmetric(key), "cose-mac0-verify"),
        };
        let mut question =
            json!({"key": key, "message": hex(message.bytes), "externalAad": hex(aad)});
        if let Some(payload) = message.detached {
            question["payload"] = json!(hex(payload));
        }
        unhex(&self.driver.ask(verb, question)?, "payload")
    }
}

fn certified(identity: &Identity) -> Result<Json, Fault> {
    let key: Json = identity.key().to_jwk().parse()?;
    Ok(json!({"key": key, "chain": [identity.certificate_pem()?]}))
}

fn symmetric(key: &[u8; 32]) -> Json {
    json!({"kty": "oct", "k": BASE64URL_NOPAD.encode(key)})
}

pub(crate) fn seen(document: &Json) -> Seen {
    Seen {
        doc_type: document["docType"].as_str().unwrap_or_default().to_owned(),
        device_auth: document["deviceAuth"].as_str().map(str::to_owned),
        elements: document["nameSpaces"].clone(),
    }
}

pub(crate) fn only_document(mut answer: Json) -> Result<Json, Fault> {
    match answer["documents"].as_array_mut().map(Vec::as_mut_slice) {
        Some([document]) => Ok(document.take()),
        _ => Err(malformed("documents")),
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(bytes)
}

pub(crate) fn unhex(answer: &Json, member: &str) -> Result<Vec<u8>, Fault> {
    let text = answer[member].as_str().ok_or_else(|| malformed(member))?;
    Ok(HEXLOWER.decode(text.as_bytes())?)
}

fn malformed(member: &str) -> Fault {
    Fault::Failed(format!("the answer's {member} is not of the protocol"))
}

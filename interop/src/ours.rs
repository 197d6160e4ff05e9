//! Our side: `coffret` issues, verifies and holds sessions, as it does for a stranger; what it has no
//! command for, requests and presentations outside a session and COSE messages, is the crates'.

use std::fs;

use coffret_cbor::{Decode, Encoded, Item, Timestamp};
use coffret_crypto::cose::{Mac0, Payload, Sign1, Unsigned};
use coffret_crypto::{Algorithm, KeyRef, PrivateKey, PublicKey, SymmetricKey};
use coffret_mdoc::{
    Approved, DeviceAuthMethod, DeviceRequest, DeviceResponse, ElementName, IntentToRetain,
    IssuerSigned, ItemsRequest, Unauthenticated, UnsignedRequest,
};
use coffret_trust::{Purpose, ReaderVerdict, Trust};
use getrandom::SysRng;
use rand_core::UnwrapErr;
use serde_json::{Value as Json, json};

use crate::coffret::{Coffret, Pki};
use crate::conversation::Program;
use crate::party::{
    Anchor, Carriage, Credential, Exhibit, Fault, Key, Message, Party, Request, Seen,
};
use crate::session::{Device, Session};
use crate::specimen;

/// Our issuer, wallet and reader.
pub(crate) struct Ours<'a> {
    pub(crate) coffret: &'a Coffret,
    pub(crate) pki: &'a Pki,
    pub(crate) now: Timestamp,
    /// What says which wallet commands are about.
    pub(crate) wallet: Vec<String>,
    /// What takes part in a session.
    pub(crate) program: Option<Program>,
}

impl<'a> Ours<'a> {
    pub(crate) fn new(coffret: &'a Coffret, pki: &'a Pki, now: Timestamp) -> Ours<'a> {
        Ours { coffret, pki, now, wallet: Vec::new(), program: None }
    }
}

/// A reader whose signature is good, and whom nobody trusted knows. It is no error: the person
/// decides.
pub(crate) const UNTRUSTED_READER: &str = "untrusted-reader";

impl Party for Ours<'_> {
    fn issue(&mut self, device_key: &PublicKey) -> Result<Credential, Fault> {
        let data = self.coffret.write("data.json", specimen::elements()?.to_string())?;
        let keys = json!({"keys": [device_key.to_jwk()]}).to_string();
        let keys = self.coffret.write("keys.json", keys)?;
        let (pki, out) = (self.pki.folder.to_string_lossy(), self.coffret.path("credential"));
        let what = ["issue", "--type", specimen::DOC_TYPE, "--data", &data, "--keys", &keys];
        self.coffret.run(&[&what[..], &["--pki", &pki, "--out", &out]].concat())?;
        let credential = fs::read(&out)?;
        fs::remove_file(out)?;
        let issuer_signed = Item::parse(&credential)?.map()?.require("issuerSigned")?;
        Ok(Credential {
            issuer_signed: issuer_signed.bytes().to_vec(),
            anchor: Anchor::Root(self.pki.root.clone()),
        })
    }

    fn present(
        &mut self,
        credential: &Credential,
        device: &mut Device,
        session: &Session,
        method: DeviceAuthMethod,
    ) -> Result<Vec<u8>, Fault> {
        let held = IssuerSigned::parse(&credential.issuer_signed)?;
        let names = specimen::DISCLOSED.map(|(namespace, id)| ElementName::new(namespace, id));
        let approved = Approved { elements: names.into(), ..Approved::default() };
        let document = Unauthenticated::new(&held, &approved, &session.transcript, method)?;
        let outcome = device.keys.execute(&document.task(device.key), &mut UnwrapErr(SysRng));
        let response = DeviceResponse::new(vec![document.authenticate(outcome)?]);
        Ok(response.encoded().into_bytes())
    }

    fn verify(&mut self, exhibit: Exhibit<'_>, anchor: &Anchor) -> Result<Seen, Fault> {
        let (flag, certificate) = match anchor {
            Anchor::Root(certificate) => ("--trust", certificate),
            Anchor::Signer(certificate) => ("--signer", certificate),
        };
        let certificate = self.coffret.write("trusted.pem", certificate)?;
        let mut arguments = vec!["verify", "--raw", flag, &certificate];
        let (file, transcript, reader_key);
        match exhibit {
            Exhibit::Issued(issuer_signed) => {
                file = self.coffret.write("issuer-signed", issuer_signed)?;
                arguments.push("--issuer-only");
            }
            Exhibit::Presented { response, session, method } => {
                file = self.coffret.write("response", response)?;
                transcript = self.coffret.write("transcript", &session.bytes)?;
                arguments.extend(["--transcript", &transcript]);
                if method == DeviceAuthMethod::Mac {
                    let key = session.reader_key.to_jwk();
                    reader_key = self.coffret.write("reader.jwk", key)?;
                    arguments.extend(["--reader-key", &reader_key]);
                }
            }
        }
        arguments.push(&file);
        Ok(seen(&self.coffret.run(&arguments)?["documents"][0]))
    }

    fn ask(&mut self, session: &Session) -> Result<Request, Fault> {
        let items = ItemsRequest::new(specimen::DOC_TYPE, specimen::REQUESTED);
        let reader = &self.pki.reader;
        let unsigned = UnsignedRequest::new(&items, &session.transcript, reader.certificate())?;
        let task = unsigned.task(KeyRef::random(&mut UnwrapErr(SysRng)));
        let signed = unsigned.sign(reader.key().perform(&task))?;
        let device_request = DeviceRequest::new(vec![signed]).encoded().into_bytes();
        Ok(Request { device_request, root: self.pki.reader_root.clone() })
    }

    fn judge(&mut self, request: &[u8], session: &Session, root: &str) -> Result<Json, Fault> {
        let mut trust = Trust::new();
        trust.add_anchors(root, Purpose::Reader)?;
        let request = DeviceRequest::parse(request)?;
        match request.reader(&session.transcript, &trust, self.now) {
            ReaderVerdict::Verified(_) => {}
            ReaderVerdict::None => return Err(Fault::Refused("unsigned".to_owned())),
            ReaderVerdict::Untrusted { .. } => {
                return Err(Fault::Refused(UNTRUSTED_READER.to_owned()));
            }
            ReaderVerdict::Invalid { errors } => {
                let codes: Vec<_> = errors.iter().map(|rule| rule.code().name).collect();
                return Err(Fault::Refused(codes.join(", ")));
            }
        }
        let items = request.doc_requests().iter().flat_map(|each| each.items().name_spaces.iter());
        let intent = |retention: &IntentToRetain| json!(*retention == IntentToRetain::Retained);
        Ok(specimen::nested(items.map(|(ns, id, retention)| (ns, id, intent(retention)))))
    }

    fn seal(
        &mut self,
        key: &Key,
        carriage: Carriage,
        payload: &[u8],
        aad: &[u8],
    ) -> Result<Vec<u8>, Fault> {
        const SIGN1: u64 = 18;
        const MAC0: u64 = 17;
        let payload = match carriage {
            Carriage::Embedded => Payload::Embedded(payload),
            Carriage::Detached => Payload::Detached(payload),
        };
        let message = match key {
            Key::Private(key) => {
                let message = Unsigned::new(algorithm(key)?, &[], payload, aad).sign(key)?;
                Encoded::tag(SIGN1, (&message).into())
            }
            Key::Shared(key) => {
                let message = Mac0::new(&SymmetricKey::from(*key), payload, aad);
                Encoded::tag(MAC0, (&message).into())
            }
        };
        Ok(message.into_bytes())
    }

    fn open(&mut self, key: &Key, message: Message<'_>, aad: &[u8]) -> Result<Vec<u8>, Fault> {
        let item = Item::parse(message.bytes)?;
        let refused = |rule: coffret_crypto::Error| Fault::Refused(rule.code().name.to_owned());
        let embedded = match key {
            Key::Private(key) => {
                let (sign1, key) = (Sign1::decode(item)?, key.public_key());
                match message.detached {
                    None => sign1.verify(&key, aad),
                    Some(payload) => sign1.verify_detached(&key, payload, aad),
                }
                .map_err(refused)?;
                sign1.payload().map(<[u8]>::to_vec)
            }
            Key::Shared(key) => {
                let (mac0, key) = (Mac0::decode(item)?, SymmetricKey::from(*key));
                match message.detached {
                    None => mac0.verify(&key, aad),
                    Some(payload) => mac0.verify_detached(&key, payload, aad),
                }
                .map_err(refused)?;
                mac0.payload().map(<[u8]>::to_vec)
            }
        };
        Ok(embedded.or(message.detached.map(<[u8]>::to_vec)).unwrap_or_default())
    }
}

/// One document of a verdict.
pub(crate) fn seen(document: &Json) -> Seen {
    let device_auth = document["deviceAuth"].as_str().filter(|method| *method != "none");
    Seen {
        doc_type: document["docType"].as_str().unwrap_or_default().to_owned(),
        device_auth: device_auth.map(str::to_owned),
        elements: document["elements"].clone(),
    }
}

fn algorithm(key: &PrivateKey) -> Result<Algorithm, Fault> {
    let algorithm = key.public_key().curve().algorithm();
    algorithm.map_err(|_| Fault::Failed("a key that does not sign".to_owned()))
}

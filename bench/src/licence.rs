//! One licence, issued by our issuer: 20 elements and a portrait of 30 kB, and the answers that are made of it.

use coffret_catalogue::specimen;
use coffret_cbor::{Encoded, Timestamp, Value};
use coffret_crypto::{Curve, PrivateKey};
use coffret_issuer::{Draft, Pki};
use coffret_mdoc::{
    Days, DeviceRequest, DocRequest, DocumentSigner, ElementName, IntentToRetain, IssuerSigned,
    ItemsRequest, NameSpaces, SessionTranscript,
};
use coffret_proximity::{Engaged, Establishing};
use coffret_trust::{Purpose, Registration, Retention, Trust};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::ours;

/// Its type.
pub const MDL: &str = "org.iso.18013.5.1.mDL";
/// The namespace of all its elements.
pub const ISO: &str = "org.iso.18013.5.1";

/// Five short elements, as a shop asks for.
pub const TEXT: [&str; 5] =
    ["family_name", "given_name", "birth_date", "age_over_18", "document_number"];
/// Four, and the portrait.
pub const PORTRAIT: [&str; 5] =
    ["family_name", "given_name", "birth_date", "age_over_18", "portrait"];

/// Beside the portrait: all that the catalogue wants in a licence, and what most have.
const ELEMENTS: [&str; 20] = [
    "family_name",
    "given_name",
    "birth_date",
    "birth_place",
    "nationality",
    "sex",
    "age_over_18",
    "age_over_21",
    "portrait_capture_date",
    "height",
    "eye_colour",
    "resident_city",
    "driving_privileges",
    "document_number",
    "issue_date",
    "expiry_date",
    "issuing_authority",
    "issuing_country",
    "issuing_jurisdiction",
    "un_distinguishing_sign",
];

/// The bytes of the portrait.
const PORTRAIT_BYTES: usize = 30_000;

/// A licence, whoever made it, and whoever holds it.
pub struct Licence {
    /// When it was issued, and is used.
    pub now: Timestamp,
    /// Its issuer.
    pub pki: Pki,
    /// The issuer's root, in PEM.
    pub root: String,
    /// What it says.
    pub elements: NameSpaces<Value>,
    /// The holder's key.
    pub device_key: PrivateKey,
    /// `IssuerSigned`.
    pub issued: Vec<u8>,
    /// Of a session, so that answers can be verified.
    pub transcript: SessionTranscript,
}

/// What was asked, and what came back.
pub struct Answer {
    /// The request.
    pub request: DeviceRequest,
    /// `DeviceResponse`.
    pub response: Vec<u8>,
}

impl Licence {
    /// The same for the same moment.
    pub fn new(now: Timestamp) -> Licence {
        let mut rng = ChaCha20Rng::from_seed([15; 32]);
        let registration = Registration {
            name_fr: "Pharmacie".to_owned(),
            name_en: "Pharmacy".to_owned(),
            purposes: Vec::new(),
            retention: Retention::NotKept,
            privacy: None,
        };
        let pki = Pki::generate(registration, now, &mut rng).unwrap();
        let device_key = PrivateKey::generate(Curve::P256, &mut rng);
        let elements = elements();
        let signer = &pki.document_signer;
        let draft = Draft::new(MDL, &elements, signer.certificate(), days(now)).unwrap();
        let signer = DocumentSigner { key: signer.key(), certificate: signer.certificate() };
        let signed = draft.sign(&[device_key.public_key()], signer, &mut rng).unwrap();
        let holder = Engaged::new(&mut rng).unwrap();
        let reader = Establishing::new(holder.engagement(), &mut rng).unwrap();
        Licence {
            now,
            root: pki.issuer.certificate_pem().unwrap(),
            pki,
            elements,
            device_key,
            issued: Encoded::from(&signed[0]).into_bytes(),
            transcript: reader.transcript().clone(),
        }
    }

    /// A reader's trust, which has seen nothing yet.
    pub fn trust(&self) -> Trust {
        let mut trust = Trust::new();
        trust.add_anchors(&self.root, Purpose::Issuer).unwrap();
        trust
    }

    /// What a holder answers who is asked for these elements, and approves.
    pub fn answer(&self, ids: &[&str]) -> Answer {
        let issued = IssuerSigned::parse(&self.issued).unwrap();
        let response = ours::present(&issued, &names(ids), &self.transcript, &self.device_key);
        Answer { request: request(ids), response }
    }
}

/// The days of a document that is issued today.
pub fn days(now: Timestamp) -> Days {
    let today = now.date();
    Days { signed: today, from: today, until: now.plus_days(365).date() }
}

/// The elements, by their names in the licence.
pub fn names(ids: &[&str]) -> Vec<ElementName> {
    ids.iter().map(|id| ElementName::new(ISO, id)).collect()
}

/// A request for them, unsigned: the peer's reader signs none.
pub fn request(ids: &[&str]) -> DeviceRequest {
    let elements = ids.iter().map(|id| (ISO, *id, IntentToRetain::NotRetained));
    DeviceRequest::new(vec![DocRequest::unsigned(&ItemsRequest::new(MDL, elements)).unwrap()])
}

/// What a licence says.
pub fn elements() -> NameSpaces<Value> {
    let documents = specimen("adulte").unwrap().documents;
    let licence = documents.iter().find(|document| document.doc_type == MDL).unwrap();
    let chosen = licence.elements().filter(|(namespace, id, _)| {
        *namespace == ISO && (ELEMENTS.contains(id) || *id == "portrait")
    });
    let elements: NameSpaces<Value> = chosen
        .map(|(namespace, id, value)| match value {
            Value::Bytes(picture) => (namespace, id, Value::Bytes(padded(&picture))),
            value => (namespace, id, value),
        })
        .collect();
    assert_eq!(elements.iter().count(), ELEMENTS.len() + 1);
    elements
}

/// The specimen’s picture, as long as a photograph of a licence: a comment (ISO/IEC 10918-1 §B.2.4.5) goes in
/// behind the mark of its beginning, since the issuer signs no picture that is not whole.
fn padded(picture: &[u8]) -> Vec<u8> {
    let (start, rest) = picture.split_at(2);
    let comment = PORTRAIT_BYTES - picture.len() - 2;
    let length = u16::try_from(comment).unwrap().to_be_bytes();
    [start, &[0xff, 0xfe], &length, &vec![b' '; comment - 2], rest].concat()
}

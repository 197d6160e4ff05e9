//! What the product does with the licence, by the crates of the core.

use coffret_cbor::{Encoded, Timestamp, Value};
use coffret_crypto::{Curve, KeyRef, PrivateKey};
use coffret_issuer::{Draft, Identity};
use coffret_mdoc::{
    Approved, Binding, Check, DeviceAuthMethod, DeviceRequest, DeviceResponse, DocumentSigner,
    ElementName, IssuerSigned, NameSpaces, SessionTranscript, Unauthenticated, Verdict,
    VerifiedDocument,
};
use coffret_proximity::{DeviceEngagement, Engaged, Establishing};
use coffret_trust::Trust;
use rand_chacha::rand_core::CryptoRng;

use crate::licence::{Answer, Licence, MDL, days, names, request};

/// From the bytes of an answer to the document with which nothing is wrong.
pub fn verify(licence: &Licence, answer: &Answer, trust: &Trust) -> VerifiedDocument {
    verified(judge(licence, answer, trust))
}

/// From the bytes of an answer to every reason.
pub fn judge(licence: &Licence, answer: &Answer, trust: &Trust) -> Verdict {
    judged(&answer.response, &answer.request, &licence.transcript, trust, licence.now)
}

fn judged(
    response: &[u8],
    request: &DeviceRequest,
    transcript: &SessionTranscript,
    trust: &Trust,
    now: Timestamp,
) -> Verdict {
    let binding = Binding::Session { transcript: Some(transcript), e_reader_key: None };
    let check = Check { trust, now, binding, request: Some(request) };
    coffret_mdoc::verify(&DeviceResponse::parse(response).unwrap(), &check)
}

fn verified(mut verdict: Verdict) -> VerifiedDocument {
    assert!(verdict.is_valid(), "{verdict:?}");
    verdict.documents.remove(0).into_verified().unwrap()
}

/// From a document that is held, and what was approved of it, to the bytes of an answer.
pub fn present(
    issued: &IssuerSigned,
    approved: &[ElementName],
    transcript: &SessionTranscript,
    device_key: &PrivateKey,
) -> Vec<u8> {
    let approved = Approved { elements: approved.to_vec(), ..Approved::default() };
    let method = DeviceAuthMethod::Signature;
    let document = Unauthenticated::new(issued, &approved, transcript, method).unwrap();
    // An only key needs no name of its own.
    let outcome = device_key.perform(&document.task(KeyRef::from([0; 16])));
    let document = document.authenticate(outcome).unwrap();
    DeviceResponse::new(vec![document]).encoded().into_bytes()
}

/// From the issuer's files and what is to be said to the bytes of a document for a new device key.
pub fn issue(
    certificate: &str,
    key: &str,
    elements: &NameSpaces<Value>,
    now: Timestamp,
    rng: &mut dyn CryptoRng,
) -> Vec<u8> {
    let signer = Identity::from_pem(certificate, key).unwrap();
    let device_key = PrivateKey::generate(Curve::P256, rng).public_key();
    let draft = Draft::new(MDL, elements, signer.certificate(), days(now)).unwrap();
    let signer = DocumentSigner { key: signer.key(), certificate: signer.certificate() };
    let signed = draft.sign(&[device_key], signer, rng).unwrap();
    Encoded::from(&signed[0]).into_bytes()
}

/// Both ends of a session: engagement, request, answer, verdict.
pub fn round_trip(
    licence: &Licence,
    issued: &IssuerSigned,
    ids: &[&str],
    trust: &Trust,
    rng: &mut dyn CryptoRng,
) -> VerifiedDocument {
    let holder = Engaged::new(rng).unwrap();
    let shown = holder.engagement().to_uri();

    let engagement = DeviceEngagement::from_uri(&shown).unwrap();
    let request = request(ids);
    let reader = Establishing::new(&engagement, rng).unwrap();
    let (mut reader, sent) = reader.establish(request.encoded().as_bytes()).unwrap();

    let (mut holder, received) = holder.establish(&sent).unwrap();
    let received = DeviceRequest::parse(&received).unwrap();
    assert_eq!(received.doc_requests().len(), 1);
    let response = present(issued, &names(ids), holder.transcript(), &licence.device_key);
    let sent = holder.seal(&response).unwrap();

    let response = reader.open(&sent).unwrap().data.unwrap();
    verified(judged(&response, &request, reader.transcript(), trust, licence.now))
}

//! What is printed for developers never shows what is personal.

#![cfg(test)]

mod story;

use std::fmt::Debug;

use coffret_cbor::Value;
use coffret_crypto::Curve;
use coffret_issuer::Draft;
use coffret_mdoc::{Approved, DeviceAuthMethod, DeviceResponse, ElementName, NameSpaces};

use story::{NAMESPACE, Story};

/// A name, a number and a byte string that stand nowhere else.
const MARK: &str = "Zzyzxmark";
const NUMBER: u64 = 987_654_321_987;
const BYTES: &[u8] = b"ZZYZXBYTES";

fn shows_nothing(what: &str, value: &dyn Debug) {
    for text in [format!("{value:?}"), format!("{value:#?}")] {
        let bytes = format!("{BYTES:?}");
        for mark in [MARK, "987654321987", "987_654", "ZZYZX", bytes.trim_matches(['[', ']'])] {
            assert!(!text.contains(mark), "{what} shows {mark}: {text}");
        }
    }
}

#[test]
fn no_public_type_shows_a_value() {
    let mut story = Story::begin();
    let (key, public) = story.device_key(Curve::P256);
    let marked = [
        ("text", Value::from(MARK)),
        ("number", Value::Unsigned(NUMBER)),
        ("bytes", Value::Bytes(BYTES.to_vec())),
        ("list", Value::Array(vec![MARK.into()])),
        ("map", Value::Map(vec![(MARK.into(), MARK.into())])),
    ];
    let named = marked.clone().map(|(id, value)| (NAMESPACE, id, value));
    let signer = story.pki.document_signer.certificate();
    let days = story.days();
    let named = named.into_iter().collect();
    let draft = Draft::new("ca.coffret.unknown.1", &named, signer, days).unwrap();
    shows_nothing("Draft", &draft);
    let mut issuance = story.issuance(
        public,
        &marked.clone().map(|(id, value)| (id.to_owned(), value)).into_iter().collect(),
    );
    issuance.key_authorizations.name_spaces.push("ca.coffret.device".to_owned());
    issuance.status = Some(MARK.into());
    shows_nothing("Issuance", &issuance);
    let issued = story.sign(&issuance).unwrap();
    shows_nothing("IssuerSigned", &issued);
    shows_nothing("MobileSecurityObject", issued.mso());

    let device_signed: NameSpaces<Value> =
        marked.into_iter().map(|(id, value)| ("ca.coffret.device", id, value)).collect();
    shows_nothing("NameSpaces", &device_signed);
    let elements = ["text", "number", "bytes", "list", "map"];
    let elements = elements.map(|id| ElementName::new(NAMESPACE, id)).into();
    let approved = Approved { elements, device_signed };
    shows_nothing("Approved", &approved);
    for method in [DeviceAuthMethod::Signature, DeviceAuthMethod::Mac] {
        let document = story.unauthenticated(&issued, &approved, method).unwrap();
        shows_nothing("Unauthenticated", &document);
        let task = document.task(key);
        shows_nothing("KeyTask", &task);
        let outcome = story.keys.execute(&task, &mut story.rng);
        shows_nothing("KeyOutcome", &outcome);
        let document = document.authenticate(outcome).unwrap();
        shows_nothing("Document", &document);
        let response = DeviceResponse::new(vec![document]);
        shows_nothing("DeviceResponse", &response);
        let encoded = response.encoded();
        shows_nothing("Encoded", &encoded);
        shows_nothing("Item", &encoded.as_item());
        shows_nothing("DeviceResponse", &DeviceResponse::parse(encoded.as_bytes()).unwrap());
        let mut verdict = story.verify(&response, None);
        assert!(verdict.is_valid(), "{verdict:?}");
        shows_nothing("Verdict", &verdict);
        shows_nothing("VerifiedDocument", &verdict.documents.remove(0).into_verified().unwrap());
    }
    for value in [Value::from(MARK), Value::Unsigned(NUMBER), Value::Bytes(BYTES.to_vec())] {
        shows_nothing("Value", &value);
    }
}

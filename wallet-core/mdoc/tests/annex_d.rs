//! Every value of ISO/IEC 18013-5:2021 Annex D that documents, requests and responses have.

#![cfg(test)]

use coffret_cbor::{Decode, Encoded, Item, Timestamp, Value as Cbor};
use coffret_crypto::{Curve, PrivateKey, SoftwareKeys};
use coffret_mdoc::{
    Approved, Binding, Check, DeviceAuthMethod, DeviceRequest, DeviceResponse, Error, Finding,
    Handover, IntentToRetain, IssuerSigned, MobileSecurityObject, NameSpaces, SessionTranscript,
    Unauthenticated, ValidityInfo, Verdict, verify,
};
use coffret_trust::{Certificate, Purpose, ReaderVerdict, Trust};
use data_encoding::BASE64URL_NOPAD;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::{Value, json};

const MDL: &str = "org.iso.18013.5.1";

struct AnnexD(Value);

impl AnnexD {
    fn open() -> Option<AnnexD> {
        coffret_published::json("annex_d/annex_d.json").map(AnnexD)
    }

    fn bytes(&self, member: &str) -> Vec<u8> {
        coffret_published::hex(&self.0[member])
    }

    fn transcript(&self) -> SessionTranscript {
        SessionTranscript::parse(&self.bytes("session_transcript_bytes")).unwrap()
    }

    fn key(&self, name: &str) -> PrivateKey {
        let part = |part: &str| BASE64URL_NOPAD.encode(&self.bytes(&format!("{name}_{part}")));
        let jwk =
            json!({"kty": "EC", "crv": "P-256", "x": part("x"), "y": part("y"), "d": part("d")});
        PrivateKey::from_jwk(&jwk).unwrap()
    }

    fn trust(&self) -> Trust {
        let mut trust = Trust::new();
        for (root, purpose) in
            [("iaca_root_cert", Purpose::Issuer), ("reader_root_cert", Purpose::Reader)]
        {
            let root = Certificate::parse(&self.bytes(root)).unwrap();
            trust.add_anchor(root, purpose).unwrap();
        }
        trust
    }

    /// Judged as its reader would, but with the binding given.
    fn verify(&self, response: &[u8], binding: Binding<'_>, now: Timestamp) -> Verdict {
        let trust = self.trust();
        let request = DeviceRequest::parse(&self.bytes("device_request")).unwrap();
        let check = Check { trust: &trust, now, binding, request: Some(&request) };
        verify(&DeviceResponse::parse(response).unwrap(), &check)
    }

    fn verify_in_session(&self, response: &[u8]) -> Verdict {
        let (transcript, key) = (self.transcript(), self.key("ephemeral_reader_key"));
        self.verify(response, session(&transcript, Some(&key)), now())
    }
}

fn session<'a>(transcript: &'a SessionTranscript, key: Option<&'a PrivateKey>) -> Binding<'a> {
    Binding::Session { transcript: Some(transcript), e_reader_key: key }
}

fn now() -> Timestamp {
    Timestamp::parse("2020-10-15T00:00:00Z").unwrap()
}

fn rules(findings: &[Finding]) -> Vec<Error> {
    findings.iter().map(|finding| finding.rule).collect()
}

#[test]
fn the_transcript_is_read_and_rebuilt() {
    let Some(annex) = AnnexD::open() else { return };
    let transcript = annex.transcript();
    let key = annex.key("ephemeral_reader_key").public_key();
    assert_eq!(transcript.e_reader_key(), Some(&key));
    let handover = Handover::Nfc {
        select: annex.bytes("nfc_handover_select"),
        request: Some(annex.bytes("nfc_handover_request")),
    };
    assert_eq!(*transcript.handover(), handover);

    let received = annex.bytes("session_transcript_bytes");
    let inner = Item::parse(&received).unwrap().embedded().unwrap();
    let [engagement, reader, _] = Item::parse(&inner).unwrap().array().unwrap().exactly().unwrap();
    let engagement = Some(Encoded::from(engagement));
    let rebuilt = SessionTranscript::new(engagement, Some(reader.into()), &handover).unwrap();
    assert_eq!(rebuilt.tagged().as_bytes(), received);
    assert_eq!(SessionTranscript::parse(&inner).unwrap(), transcript, "bare or in tag 24");
}

#[test]
fn the_request_is_read_and_its_reader_judged() {
    let Some(annex) = AnnexD::open() else { return };
    let bytes = annex.bytes("device_request");
    let request = DeviceRequest::parse(&bytes).unwrap();
    let (sent, items) = (request.encoded(), annex.bytes("items_request"));
    assert!(sent.as_bytes().windows(items.len()).any(|window| window == items), "as received");
    let [doc_request] = request.doc_requests() else { panic!("one document") };
    let asked: Vec<_> = doc_request.items().name_spaces.iter().collect();
    let kept = &IntentToRetain::Retained;
    let asked_elements = [
        (MDL, "family_name", kept),
        (MDL, "document_number", kept),
        (MDL, "driving_privileges", kept),
        (MDL, "issue_date", kept),
        (MDL, "expiry_date", kept),
        (MDL, "portrait", &IntentToRetain::NotRetained),
    ];
    assert_eq!(asked, asked_elements);

    let reader = |transcript: &SessionTranscript| request.reader(transcript, &annex.trust(), now());
    let ReaderVerdict::Verified(verified) = reader(&annex.transcript()) else { panic!("verified") };
    assert_eq!(verified.name.as_deref(), Some("reader"));

    let other = SessionTranscript::new(None, None, &Handover::Qr).unwrap();
    assert!(matches!(reader(&other), ReaderVerdict::Invalid { .. }), "bound to its session");
    assert!(matches!(
        request.reader(&annex.transcript(), &Trust::new(), now()),
        ReaderVerdict::Untrusted { .. }
    ));
}

#[test]
fn the_response_verifies() {
    let Some(annex) = AnnexD::open() else { return };
    let verdict = annex.verify_in_session(&annex.bytes("device_response"));
    assert!(verdict.is_valid(), "{verdict:?}");
    let [document] = &verdict.documents[..] else { panic!("one document") };
    assert_eq!(document.device_auth(), Some(DeviceAuthMethod::Mac));
    assert!(document.device_auth_checked());
    assert_eq!(document.issuer().country.as_deref(), Some("US"));
    let document = document.clone().into_verified().unwrap();
    let element = |id| document.elements().get(MDL, id).cloned();
    assert_eq!(element("family_name"), Some("Doe".into()));
    let portrait = annex.bytes("device_response_portrait_data");
    assert_eq!(element("portrait"), Some(coffret_cbor::Value::Bytes(portrait)));
    assert_eq!(document.elements().iter().count(), 6);

    let alone = annex.verify(&annex.bytes("device_response"), Binding::IssuerOnly, now());
    assert!(alone.is_valid());
    assert!(!alone.documents[0].device_auth_checked());
}

#[test]
fn each_missing_thing_is_named() {
    let Some(annex) = AnnexD::open() else { return };
    let response = annex.bytes("device_response");
    let found = |binding, now| rules(annex.verify(&response, binding, now).documents[0].errors());
    let transcript = annex.transcript();
    let stranger = PrivateKey::generate(Curve::P256, &mut ChaCha20Rng::from_seed([7; 32]));
    let nowhere = Binding::Session { transcript: None, e_reader_key: None };
    let later = Timestamp::parse("2022-10-15T00:00:00Z").unwrap();
    let signer_expired = Error::Trust(coffret_trust::Error::Expired);

    assert_eq!(found(session(&transcript, None), now()), [Error::ReaderKeyMissing]);
    assert_eq!(found(session(&transcript, Some(&stranger)), now()), [Error::ReaderKeyMismatch]);
    assert_eq!(found(nowhere, now()), [Error::TranscriptMissing]);
    assert_eq!(found(Binding::IssuerOnly, now()), []);
    assert_eq!(found(Binding::IssuerOnly, later), [signer_expired, Error::Expired]);
}

#[test]
fn the_holders_mac_is_reproduced() {
    let Some(annex) = AnnexD::open() else { return };
    let received = annex.bytes("device_response");
    let documents = Item::parse(&received).unwrap().map().unwrap().require("documents").unwrap();
    let document = documents.array().unwrap().next().unwrap().map().unwrap();
    let issuer_signed = document.require("issuerSigned").unwrap().bytes();
    let issuer_signed = IssuerSigned::parse(issuer_signed).unwrap();

    let approved = Approved { elements: issuer_signed.names().collect(), ..Approved::default() };
    let method = DeviceAuthMethod::Mac;
    let transcript = annex.transcript();
    let document = Unauthenticated::new(&issuer_signed, &approved, &transcript, method).unwrap();
    let mut rng = ChaCha20Rng::from_seed([1; 32]);
    let mut keys = SoftwareKeys::default();
    let key = keys.insert(annex.key("static_device_key"), &mut rng);
    let outcome = keys.execute(&document.task(key), &mut rng);
    let response = DeviceResponse::new(vec![document.authenticate(outcome).unwrap()]);

    let sent = response.encoded();
    let mac = annex.bytes("device_auth_mac");
    let mac = Item::parse(&mac).unwrap().map().unwrap().require("deviceMac").unwrap().bytes();
    assert!(sent.as_bytes().windows(mac.len()).any(|window| window == mac), "the published MAC");
    let verdict = annex.verify_in_session(sent.as_bytes());
    assert!(verdict.is_valid(), "{verdict:?}");
}

/// A response with any one byte changed is refused, unreadable, or says the same.
#[test]
fn no_flipped_byte_changes_what_is_accepted() {
    let Some(annex) = AnnexD::open() else { return };
    let mut response = annex.bytes("device_response");
    let (trust, transcript) = (annex.trust(), annex.transcript());
    let e_reader_key = annex.key("ephemeral_reader_key");
    let binding = session(&transcript, Some(&e_reader_key));
    let check = Check { trust: &trust, now: now(), binding, request: None };
    let accepted = |bytes: &[u8]| {
        let verdict = verify(&DeviceResponse::parse(bytes).ok()?, &check);
        let documents = verdict.is_valid().then_some(verdict.documents)?;
        documents
            .into_iter()
            .map(|document| document.into_verified().ok())
            .collect::<Option<Vec<_>>>()
    };
    let content = |bytes: &[u8]| {
        accepted(bytes).map(|documents| {
            let says = |document: coffret_mdoc::VerifiedDocument| {
                (
                    document.doc_type().to_owned(),
                    document.validity().clone(),
                    document.elements().clone(),
                    document.device_elements().clone(),
                )
            };
            documents.into_iter().map(says).collect::<Vec<_>>()
        })
    };
    let original = content(&response).expect("the response as published");
    let mut same = 0;
    for at in 0..response.len() {
        for flip in [0x01, 0x80] {
            response[at] ^= flip;
            if let Some(flipped) = content(&response) {
                // A name of a member that is not known hides what it has. It adds nothing.
                let hides = |((_, _, elements, _), (_, _, all, _)): (&Says, &Says)| {
                    elements == all || elements.is_empty()
                };
                assert_eq!(flipped.len(), original.len());
                assert!(
                    flipped.iter().zip(&original).all(hides),
                    "byte {at} changes what is accepted"
                );
                same += 1;
            }
            response[at] ^= flip;
        }
    }
    println!("{} bytes flipped twice each: {same} left the same content", response.len());
}

/// What is accepted of a document: its type, its validity, what issuer and device say.
type Says = (String, ValidityInfo, NameSpaces<Cbor>, NameSpaces<Cbor>);

/// The parts that a session and its messages are made of, each where it belongs.
#[test]
fn the_parts_are_those_of_the_whole() {
    let Some(annex) = AnnexD::open() else { return };
    let embedded = |member| {
        let bytes = annex.bytes(member);
        Encoded::embedded(&Item::parse(&bytes).unwrap().into())
    };
    let tagged = annex.bytes("session_transcript_bytes");
    let array = Item::parse(&tagged).unwrap().embedded().unwrap();
    let transcript = Item::parse(&array).unwrap();
    let [engagement, _, _] = transcript.array().unwrap().exactly().unwrap();
    assert_eq!(Encoded::from(engagement), embedded("nfc_device_engagement"));

    let uri = annex.0["device_engagement_qr_uri"].as_str().unwrap();
    let qr = BASE64URL_NOPAD.decode(uri.strip_prefix("mdoc:").unwrap().as_bytes()).unwrap();
    assert_eq!(qr, annex.bytes("device_engagement"));
    let key = annex.key("ephemeral_device_key").public_key();
    for engagement in ["device_engagement", "nfc_device_engagement"] {
        let engagement = annex.bytes(engagement);
        let security = Item::parse(&engagement).unwrap().map().unwrap().require(1).unwrap();
        let [_, e_device_key] = security.array().unwrap().exactly().unwrap();
        assert_eq!(e_device_key.bytes(), annex.bytes("e_device_key_bytes"));
        assert_eq!(e_device_key.bytes(), Encoded::embedded(&key.to_cose()).as_bytes());
    }

    let name_spaces = Encoded::embedded(&Encoded::map::<&str>([]));
    let authentication = |context: &str, rest: &[Encoded]| {
        let parts = [context.into(), Encoded::from(transcript)].into_iter();
        Encoded::embedded(&Encoded::array(parts.chain(rest.iter().cloned()))).into_bytes()
    };
    assert_eq!(
        authentication(
            "DeviceAuthentication",
            &[format!("{MDL}.mDL").as_str().into(), name_spaces]
        ),
        annex.bytes("device_authentication_bytes")
    );
    assert_eq!(
        authentication("ReaderAuthentication", &[embedded("items_request")]),
        annex.bytes("reader_authentication_bytes")
    );

    let mso = annex.bytes("mso_bytes");
    let mso = MobileSecurityObject::decode(Item::parse(&mso).unwrap()).unwrap();
    let response = annex.bytes("device_response");
    let documents = Item::parse(&response).unwrap().map().unwrap().require("documents").unwrap();
    let document = documents.array().unwrap().next().unwrap().map().unwrap();
    let issuer_signed = document.require("issuerSigned").unwrap();
    assert_eq!(*IssuerSigned::parse(issuer_signed.bytes()).unwrap().mso(), mso);
    assert_eq!(mso.device_key, annex.key("static_device_key").public_key());

    let termination = annex.bytes("session_termination");
    let status = Item::parse(&termination).unwrap().map().unwrap().require("status").unwrap();
    assert_eq!(status.unsigned(), Ok(20), "ISO 18013-5 §9.1.1.4");
}

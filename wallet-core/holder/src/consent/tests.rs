//! Consent as a pure function: who asks for what, of what is held.

use std::collections::BTreeMap;

use coffret_catalogue::{Caution, specimen};
use coffret_cbor::{Timestamp, Value};
use coffret_crypto::{Curve, Hash, PrivateKey};
use coffret_issuer::Identity;
use coffret_mdoc::{
    Days, DigestAlgorithm, DocRequest, DocumentSigner, Issuance, IssuerSigned, KeyAuthorizations,
    NameSpaces,
};
use coffret_trust::VerifiedReader;
use proptest::prelude::*;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use super::*;

mod approval;
mod candidates;
mod cautions;
mod laws;
mod purposes;

const MDL: &str = "org.iso.18013.5.1.mDL";
const ISO: &str = "org.iso.18013.5.1";
const SAAQ: &str = "ca.qc.gouv.saaq.1";
const CARD: &str = "ca.qc.gouv.ramq.cam.1";

const KEEP: IntentToRetain = IntentToRetain::Retained;
const LOOK: IntentToRetain = IntentToRetain::NotRetained;

fn document(doc_type: &str, elements: NameSpaces<Value>) -> IssuerSigned {
    let mut rng = ChaCha20Rng::from_seed([7; 32]);
    let root = Identity::specimen_root().unwrap();
    let today = Timestamp::parse("2026-11-22T12:00:00Z").unwrap().date();
    let issuance = Issuance {
        doc_type: doc_type.to_owned(),
        elements,
        device_key: PrivateKey::generate(Curve::P256, &mut rng).public_key(),
        key_authorizations: KeyAuthorizations::default(),
        digest_algorithm: DigestAlgorithm(Hash::Sha256),
        days: Days { signed: today, from: today, until: today },
        status: None,
    };
    let signer = DocumentSigner { key: root.key(), certificate: root.certificate() };
    issuance.sign(signer, &mut rng).unwrap()
}

fn licence(without: &[&str]) -> IssuerSigned {
    let mut documents = specimen("adulte").unwrap().documents.iter();
    let document = documents.find(|document| document.doc_type == MDL).unwrap();
    let elements = document.elements();
    let elements = elements.filter(|(_, id, _)| !without.contains(id));
    self::document(MDL, elements.collect())
}

fn now() -> Timestamp {
    Timestamp::parse("2026-11-22T12:00:00Z").unwrap()
}

fn held(number: u8, whose: Whose, issuer_signed: IssuerSigned) -> Holding {
    let (document, person) = ([number; 16].into(), [whose as u8; 16].into());
    let validity = Validity {
        signed: now().plus_days(-30),
        from: now().plus_days(-30),
        until: now().plus_days(365),
    };
    let excerpt = Excerpt::of(MDL, &issuer_signed);
    let next = NextCopy { validity, excerpt, outline: issuer_signed.outline() };
    Holding { document, person, whose, specimen: whose == Whose::Nobody, next: Some(next) }
}

/// The same, valid so many days from now, from the first to the last.
fn valid(from: i32, until: i32, mut holding: Holding) -> Holding {
    if let Some(next) = &mut holding.next {
        next.validity.from = now().plus_days(from);
        next.validity.until = now().plus_days(until);
    }
    holding
}

type Asked<'a> = (&'a str, &'a [(&'a str, &'a str, IntentToRetain)]);

fn request(asked: &[Asked<'_>]) -> DeviceRequest {
    let requests = asked.iter().map(|(doc_type, elements)| {
        DocRequest::unsigned(&ItemsRequest::new(doc_type, elements.iter().copied())).unwrap()
    });
    DeviceRequest::new(requests.collect())
}

fn registered(purposes: &[&str], retention: Retention) -> ReaderVerdict {
    ReaderVerdict::Verified(VerifiedReader {
        name: None,
        registration: Some(Registration {
            name_fr: "Pharmacie".to_owned(),
            name_en: "Pharmacy".to_owned(),
            purposes: purposes.iter().map(|id| (*id).to_owned()).collect(),
            retention,
            privacy: None,
        }),
        warnings: Vec::new(),
    })
}

fn verified() -> ReaderVerdict {
    ReaderVerdict::Verified(VerifiedReader { name: None, registration: None, warnings: vec![] })
}

fn untrusted() -> ReaderVerdict {
    ReaderVerdict::Untrusted { name: None, warnings: Vec::new() }
}

fn invalid() -> ReaderVerdict {
    ReaderVerdict::Invalid { errors: vec![coffret_trust::Error::ReaderSignature] }
}

/// One licence of the holder's.
fn consent(reader: ReaderVerdict, request: &DeviceRequest) -> Consent {
    with(reader, request, || vec![held(1, Whose::Holder, licence(&[]))])
}

fn with(
    reader: ReaderVerdict,
    request: &DeviceRequest,
    licences: impl Fn() -> Vec<Holding>,
) -> Consent {
    let held = |doc_type: &str| Ok(if doc_type == MDL { first(licences()) } else { first([]) });
    Consent::new(request, reader, now(), held).unwrap()
}

/// All that is held.
fn first(holdings: impl Into<Vec<Holding>>) -> Holdings {
    Holdings { first: holdings.into(), more: 0 }
}

/// By their names, in alphabetical order.
fn shown(approval: &Approval) -> Vec<&str> {
    let elements = approval.choices.iter().flat_map(|choice| &choice.elements);
    let mut shown: Vec<_> = elements.map(|name| name.identifier.as_str()).collect();
    shown.sort_unstable();
    shown
}

fn purpose_of(document: &DocumentConsent) -> Option<&'static str> {
    document.purpose.map(|purpose| purpose.id)
}

const AGE: &[(&str, &str, IntentToRetain)] =
    &[(SAAQ, "portrait_small", LOOK), (ISO, "portrait", LOOK), (ISO, "age_over_18", LOOK)];
const NAME: &[(&str, &str, IntentToRetain)] = &[(ISO, "family_name", LOOK)];
const NUMBER: &[(&str, &str, IntentToRetain)] = &[(CARD, "health_insurance_number", LOOK)];

//! An issuer, a device and a reader, always the same.
#![allow(dead_code, reason = "each test uses a part of it")]

use std::collections::BTreeMap;

use coffret_cbor::{Encoded, Timestamp, Value};
use coffret_crypto::{Curve, Hash, KeyRef, PrivateKey, PublicKey, SoftwareKeys};
use coffret_issuer::Pki;
use coffret_mdoc::{
    Approved, Binding, Check, Days, DeviceAuthMethod, DeviceRequest, DeviceResponse,
    DigestAlgorithm, DocumentSigner, ElementName, Error, Handover, Issuance, IssuerSigned,
    ItemsRequest, KeyAuthorizations, SessionTranscript, Unauthenticated, UnsignedRequest, Verdict,
    verify,
};
use coffret_trust::{Purpose, Registration, Trust};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

pub(crate) const DOC_TYPE: &str = "ca.coffret.test.1";
pub(crate) const NAMESPACE: &str = "ca.coffret.test";

/// An issuer, a device with its keys, and a reader in one session.
pub(crate) struct Story {
    pub(crate) rng: ChaCha20Rng,
    pub(crate) now: Timestamp,
    pub(crate) pki: Pki,
    pub(crate) keys: SoftwareKeys,
    pub(crate) e_reader_key: PrivateKey,
    pub(crate) transcript: SessionTranscript,
}

impl Story {
    pub(crate) fn begin() -> Story {
        let mut rng = ChaCha20Rng::from_seed([42; 32]);
        let now = Timestamp::parse("2026-11-22T12:00:00Z").unwrap();
        let registration = Registration {
            name_fr: "Pharmacie".to_owned(),
            name_en: "Pharmacy".to_owned(),
            purposes: vec!["pharmacy".to_owned()],
            retention: coffret_trust::Retention::NotKept,
            privacy: None,
        };
        let pki = Pki::generate(registration, now, &mut rng).unwrap();
        let e_reader_key = PrivateKey::generate(Curve::P256, &mut rng);
        let key = Some(Encoded::embedded(&e_reader_key.public_key().to_cose()));
        let transcript = SessionTranscript::new(None, key, &Handover::Qr).unwrap();
        Story { rng, now, pki, keys: SoftwareKeys::default(), e_reader_key, transcript }
    }

    pub(crate) fn device_key(&mut self, curve: Curve) -> (KeyRef, PublicKey) {
        let private = PrivateKey::generate(curve, &mut self.rng);
        let public = private.public_key();
        (self.keys.insert(private, &mut self.rng), public)
    }

    pub(crate) fn issuance(
        &self,
        device_key: PublicKey,
        elements: &BTreeMap<String, Value>,
    ) -> Issuance {
        Issuance {
            doc_type: DOC_TYPE.to_owned(),
            elements: elements.iter().map(|(id, value)| (NAMESPACE, id, value.clone())).collect(),
            device_key,
            key_authorizations: KeyAuthorizations::default(),
            digest_algorithm: DigestAlgorithm(Hash::Sha256),
            days: self.days(),
            status: None,
        }
    }

    pub(crate) fn days(&self) -> Days {
        let today = self.now.date();
        Days { signed: today, from: today, until: today.start().plus_days(30).date() }
    }

    pub(crate) fn sign(&mut self, issuance: &Issuance) -> Result<IssuerSigned, Error> {
        let signer = &self.pki.document_signer;
        let signer = DocumentSigner { key: signer.key(), certificate: signer.certificate() };
        issuance.sign(signer, &mut self.rng)
    }

    pub(crate) fn issue(
        &mut self,
        device_key: PublicKey,
        elements: &BTreeMap<String, Value>,
    ) -> IssuerSigned {
        self.sign(&self.issuance(device_key, elements)).unwrap()
    }

    pub(crate) fn unauthenticated(
        &self,
        issued: &IssuerSigned,
        approved: &Approved,
        method: DeviceAuthMethod,
    ) -> Result<Unauthenticated, Error> {
        Unauthenticated::new(issued, approved, &self.transcript, method)
    }

    pub(crate) fn present(
        &mut self,
        issued: &IssuerSigned,
        key: KeyRef,
        approved: &Approved,
        method: DeviceAuthMethod,
    ) -> DeviceResponse {
        let document = self.unauthenticated(issued, approved, method).unwrap();
        let outcome = self.keys.execute(&document.task(key), &mut self.rng);
        DeviceResponse::new(vec![document.authenticate(outcome).unwrap()])
    }

    /// What the reader asks, signed.
    pub(crate) fn ask(&mut self, items: &ItemsRequest) -> DeviceRequest {
        let reader = &self.pki.reader;
        let unsigned = UnsignedRequest::new(items, &self.transcript, reader.certificate()).unwrap();
        let outcome = reader.key().perform(&unsigned.task(KeyRef::random(&mut self.rng)));
        DeviceRequest::new(vec![unsigned.sign(outcome).unwrap()])
    }

    /// Sent, received, judged.
    pub(crate) fn verify(
        &self,
        response: &DeviceResponse,
        request: Option<&DeviceRequest>,
    ) -> Verdict {
        let mut trust = Trust::new();
        trust.add_anchor(self.pki.issuer.certificate().clone(), Purpose::Issuer).unwrap();
        let binding = Binding::Session {
            transcript: Some(&self.transcript),
            e_reader_key: Some(&self.e_reader_key),
        };
        let received = DeviceResponse::parse(response.encoded().as_bytes()).unwrap();
        verify(&received, &Check { trust: &trust, now: self.now, binding, request })
    }
}

pub(crate) fn elements() -> BTreeMap<String, Value> {
    let ages = [(14, true), (16, true), (18, true), (21, false), (65, false)];
    let ages = ages.map(|(age, is_over)| (format!("age_over_{age}"), Value::Bool(is_over)));
    let names = [("family_name", "Tremblay"), ("given_name", "Émilie")];
    let names = names.map(|(id, value)| (id.to_owned(), value.into()));
    names.into_iter().chain(ages).collect()
}

pub(crate) fn names(ids: &[&str]) -> Vec<ElementName> {
    ids.iter().map(|id| ElementName::new(NAMESPACE, id)).collect()
}

pub(crate) fn approved(ids: &[&str]) -> Approved {
    Approved { elements: names(ids), ..Approved::default() }
}

//! What isomdl 0.2.0 does with the same bytes, called as its own tests and its own sessions call it.

use std::collections::BTreeMap;

use coffret_bench::licence::{Answer, ISO, Licence, MDL, TEXT};
use coffret_cbor::Encoded;
use isomdl::cbor;
use isomdl::definitions::device_key::cose_key::EC2Y;
use isomdl::definitions::device_request::ItemsRequest;
use isomdl::definitions::device_signed::DeviceAuthType;
use isomdl::definitions::helpers::{NonEmptyMap, Tag24};
use isomdl::definitions::x509::X5Chain;
use isomdl::definitions::x509::trust_anchor::{PemTrustAnchor, TrustAnchorRegistry, TrustPurpose};
use isomdl::definitions::{
    CoseKey, DeviceKeyInfo, DeviceResponse, DigestAlgorithm, EC2Curve, IssuerSigned, Mso,
    SessionEstablishment, SessionTranscript180135, ValidityInfo,
};
use isomdl::issuance::Mdoc;
use isomdl::issuance::mdoc::Builder;
use isomdl::presentation::authentication::{AuthenticationStatus, ResponseAuthenticationOutcome};
use isomdl::presentation::device::{
    DeviceSession, Document, Documents, PermittedItems, SessionManager, SessionManagerInit,
};
use isomdl::presentation::{reader, reader_utils};
use p256_peer::SecretKey;
use p256_peer::ecdsa::signature::Signer;
use p256_peer::ecdsa::{Signature, SigningKey};
use p256_peer::elliptic_curve::rand_core::OsRng;
use p256_peer::elliptic_curve::sec1::ToEncodedPoint;
use p256_peer::pkcs8::DecodePrivateKey;
use time::{Duration, OffsetDateTime};

/// The licence, in its types.
pub(crate) struct Peer {
    registry: TrustAnchorRegistry,
    transcript: SessionTranscript180135,
    documents: Documents,
    key: SigningKey,
    /// What it issues.
    namespaces: BTreeMap<String, BTreeMap<String, ciborium::Value>>,
}

impl Peer {
    pub(crate) fn new(licence: &Licence) -> Peer {
        let root =
            PemTrustAnchor { certificate_pem: licence.root.clone(), purpose: TrustPurpose::Iaca };
        let transcript: Tag24<SessionTranscript180135> =
            cbor::from_slice(licence.transcript.tagged().as_bytes()).unwrap();
        let issued: IssuerSigned = cbor::from_slice(&licence.issued).unwrap();
        let payload = issued.issuer_auth.payload.as_ref().unwrap();
        let mso: Tag24<Mso> = cbor::from_slice(payload).unwrap();
        let document = Document::from(Mdoc {
            doc_type: MDL.to_owned(),
            mso: mso.into_inner(),
            namespaces: issued.namespaces.unwrap(),
            issuer_auth: issued.issuer_auth,
        });
        let elements = licence.elements.iter().map(|(_, id, value)| {
            let value = Encoded::from(value);
            (id.to_owned(), cbor::from_slice(value.as_bytes()).unwrap())
        });
        let key = SecretKey::from_pkcs8_pem(&licence.device_key.to_pkcs8_pem()).unwrap();
        Peer {
            registry: TrustAnchorRegistry::from_pem_certificates(vec![root]).unwrap(),
            transcript: transcript.into_inner(),
            documents: Documents::new(MDL.to_owned(), document),
            key: key.into(),
            namespaces: BTreeMap::from([(ISO.to_owned(), elements.collect())]),
        }
    }

    /// From the bytes of an answer to its verdict: `SessionManager::handle_response` without its decryption.
    pub(crate) fn verify(&self, answer: &Answer) -> ResponseAuthenticationOutcome {
        let response: DeviceResponse = cbor::from_slice(&answer.response).unwrap();
        let (document, chain, namespaces) = reader::parse(&response).unwrap();
        let outcome = reader_utils::validate_response(
            self.transcript.clone(),
            self.registry.clone(),
            chain,
            document.clone(),
            namespaces,
        );
        is_valid(&outcome);
        outcome
    }

    /// From a document that is held, and what was approved of it, to the bytes of an answer:
    /// `SessionManager::submit_next_signature` without its encryption, and without reading its answer back.
    pub(crate) fn present(&self, ids: &[&str]) -> Vec<u8> {
        let requests = vec![ItemsRequest {
            doc_type: MDL.to_owned(),
            namespaces: asked(ids),
            request_info: None,
        }];
        let mut prepared = self.prepare_response(&requests, permitted(ids));
        let (_, payload) = prepared.get_next_signature_payload().unwrap();
        let signature: Signature = self.key.sign(payload);
        prepared.submit_next_signature(signature.to_vec());
        cbor::to_vec(&prepared.finalize_response()).unwrap()
    }

    /// What its builder takes.
    pub(crate) fn elements(&self) -> BTreeMap<String, BTreeMap<String, ciborium::Value>> {
        self.namespaces.clone()
    }

    /// Both ends of a session.
    pub(crate) fn round_trip(&self) -> ResponseAuthenticationOutcome {
        let holder = SessionManagerInit::initialise(self.documents.clone(), None, None).unwrap();
        let (holder, shown) = holder.qr_engagement().unwrap();

        let registry = self.registry.clone();
        let (mut reader, sent, _) =
            reader::SessionManager::establish_session(shown, asked(&TEXT), registry).unwrap();

        let establishment: SessionEstablishment = cbor::from_slice(&sent).unwrap();
        let (mut holder, asked) = holder
            .process_session_establishment(establishment, TrustAnchorRegistry::default())
            .unwrap();
        assert!(asked.errors.is_empty(), "{:?}", asked.errors);
        // Its trait has a method of the same name, which keeps nothing.
        SessionManager::prepare_response(&mut holder, &asked.items_request, permitted(&TEXT));
        let (_, payload) = holder.get_next_signature_payload().unwrap();
        let signature: Signature = self.key.sign(payload);
        holder.submit_next_signature(signature.to_vec()).unwrap();
        let sent = holder.retrieve_response().unwrap();

        let outcome = reader.handle_response(&sent);
        is_valid(&outcome);
        outcome
    }
}

/// A holder in the licence's session.
impl DeviceSession for Peer {
    type ST = SessionTranscript180135;

    fn documents(&self) -> &Documents {
        &self.documents
    }

    fn session_transcript(&self) -> SessionTranscript180135 {
        self.transcript.clone()
    }

    fn device_auth_type(&self) -> DeviceAuthType {
        DeviceAuthType::Sign1
    }
}

/// From the issuer's files and what is to be said to the bytes of a document for a new device key.
pub(crate) fn issue(
    certificate: &str,
    key: &str,
    elements: BTreeMap<String, BTreeMap<String, ciborium::Value>>,
) -> Vec<u8> {
    let chain = X5Chain::builder().with_pem_certificate(certificate.as_bytes()).unwrap();
    let signer = SigningKey::from(SecretKey::from_pkcs8_pem(key).unwrap());
    let point = SecretKey::random(&mut OsRng).public_key().to_encoded_point(false);
    let device_key = CoseKey::EC2 {
        crv: EC2Curve::P256,
        x: point.x().unwrap().to_vec(),
        y: EC2Y::Value(point.y().unwrap().to_vec()),
    };
    let now = OffsetDateTime::now_utc();
    let valid_until = now + Duration::days(365);
    let document = Builder::default()
        .doc_type(MDL.to_owned())
        .namespaces(elements)
        .validity_info(ValidityInfo {
            signed: now,
            valid_from: now,
            valid_until,
            expected_update: None,
        })
        .digest_algorithm(DigestAlgorithm::SHA256)
        .device_key_info(DeviceKeyInfo { device_key, key_authorizations: None, key_info: None })
        // Ours adds none.
        .enable_decoy_digests(false)
        .issue::<SigningKey, Signature>(chain.build().unwrap(), signer)
        .unwrap();
    let Mdoc { namespaces, issuer_auth, .. } = document;
    cbor::to_vec(&IssuerSigned { namespaces: Some(namespaces), issuer_auth }).unwrap()
}

fn asked(ids: &[&str]) -> NonEmptyMap<String, NonEmptyMap<String, bool>> {
    let ids: BTreeMap<String, bool> = ids.iter().map(|id| ((*id).to_owned(), false)).collect();
    NonEmptyMap::new(ISO.to_owned(), ids.try_into().unwrap())
}

fn permitted(ids: &[&str]) -> PermittedItems {
    let ids = ids.iter().map(|id| (*id).to_owned()).collect();
    BTreeMap::from([(MDL.to_owned(), BTreeMap::from([(ISO.to_owned(), ids)]))])
}

fn is_valid(outcome: &ResponseAuthenticationOutcome) {
    assert_eq!(outcome.issuer_authentication, AuthenticationStatus::Valid, "{:?}", outcome.errors);
    assert_eq!(outcome.device_authentication, AuthenticationStatus::Valid, "{:?}", outcome.errors);
}

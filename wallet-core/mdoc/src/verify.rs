use std::iter;

use coffret_catalogue::{Likeness, Territory};
use coffret_cbor::{Encoded, Timestamp};
use coffret_crypto::{self as crypto, PrivateKey, SymmetricKey};
use coffret_trust::{Begun, SignerVerdict, Trust, TrustedBy};

use crate::matching::{beyond, matched};
use crate::respond::{device_authentication, e_mac_key};
use crate::response::{DeviceAuth, DeviceResponse, DeviceSigned, Document};
use crate::{
    DeviceAuthMethod, DeviceRequest, DocumentVerdict, Error, Finding, Judgement,
    MobileSecurityObject, NameSpaces, SessionTranscript, Verdict, data,
};

/// The least randomness that keeps an element from being guessed (ISO 18013-5 §9.1.2.5).
const MIN_RANDOM: usize = 16;

/// What a response is judged against.
#[derive(Debug, Clone, Copy)]
pub struct Check<'a> {
    /// Whom to trust.
    pub trust: &'a Trust,
    /// The moment of the judgement.
    pub now: Timestamp,
    /// What the device must have proven.
    pub binding: Binding<'a>,
    /// What was asked, when it is known.
    pub request: Option<&'a DeviceRequest>,
}

/// What binds a response to the one who checks it.
#[derive(Debug, Clone, Copy)]
pub enum Binding<'a> {
    /// Only the issuer's part is judged: a credential, or an exhibit of a past presentation.
    IssuerOnly,
    /// The device must have proven its key in this session.
    Session {
        /// The session; without one nothing can be proven.
        transcript: Option<&'a SessionTranscript>,
        /// The reader's ephemeral key, which a MAC needs.
        e_reader_key: Option<&'a PrivateKey>,
    },
}

/// Judges every document of a response by ISO 18013-5 §9.3.1 and §9.1.3, collecting every reason.
///
/// Of a response with more documents than were asked for, none is judged.
pub fn verify(response: &DeviceResponse, check: &Check<'_>) -> Verdict {
    let mut verdict = Verdict { documents: Vec::new(), errors: Vec::new() };
    let status = (response.status != DeviceResponse::OK).then_some(Finding::from(Error::Status));
    verdict.errors.extend(status.clone());
    if response.documents.is_empty() && status.is_none() {
        let rule =
            if response.has_other_forms { Error::FormNotSupported } else { Error::NoDocuments };
        verdict.errors.push(rule.into());
    }
    let requests = match check.request.map(|request| matched(response, request)).transpose() {
        Ok(requests) => requests.unwrap_or_default(),
        Err(rule) => {
            verdict.errors.push(rule.into());
            return verdict;
        }
    };
    let requests = requests.into_iter().chain(iter::repeat(None));
    for (document, request) in response.documents.iter().zip(requests) {
        match document {
            Ok(document) => {
                let mut judged = Judge::judge(document, check, request);
                // A response that is an error shows nothing (ISO 18013-5 §8.3.2.1.2.3).
                judged.judgement.errors.extend(status.clone());
                verdict.documents.push(judged);
            }
            Err(rule) => verdict.errors.push((*rule).into()),
        }
    }
    verdict
}

/// The judgement of one document as it is formed.
struct Judge<'a> {
    document: &'a Document,
    check: &'a Check<'a>,
    errors: Vec<Finding>,
    warnings: Vec<Finding>,
}

impl<'a> Judge<'a> {
    /// As the answer to the request at this place, where there is one.
    fn judge(
        document: &'a Document,
        check: &'a Check<'a>,
        request: Option<usize>,
    ) -> DocumentVerdict {
        let mut judge = Judge { document, check, errors: Vec::new(), warnings: Vec::new() };
        let issuer = judge.issuer();
        judge.territory(&issuer);
        judge.digests();
        judge.validity();
        judge.status();
        let device = document.device_signed.as_ref();
        let device_auth_checked = match check.binding {
            Binding::IssuerOnly => false,
            Binding::Session { transcript, e_reader_key } => {
                judge.device(device, transcript, e_reader_key)
            }
        };
        let elements: NameSpaces<Encoded> = document.issuer_signed.elements();
        let device_elements = device.map(|device| NameSpaces::clone(&device.name_spaces));
        let device_elements = device_elements.unwrap_or_default();
        judge.reserved(&issuer, &device_elements);
        judge.shown(&elements, &device_elements);
        judge.data(&device_elements);
        judge.requested(request);
        let judgement = Judgement {
            doc_type: document.doc_type.clone(),
            issuer,
            validity: document.issuer_signed.mso().validity.clone(),
            device_auth: device.map(|device| match device.device_auth {
                DeviceAuth::Signature(_) => DeviceAuthMethod::Signature,
                DeviceAuth::Mac(_) => DeviceAuthMethod::Mac,
            }),
            device_auth_checked,
            request,
            errors: judge.errors,
            warnings: judge.warnings,
        };
        DocumentVerdict { judgement, elements, device_elements }
    }

    fn fail(&mut self, rule: impl Into<Error>) {
        self.errors.push(Finding::from(rule.into()));
    }

    fn warn_once(&mut self, rule: Error) {
        let finding = Finding::from(rule);
        if !self.warnings.contains(&finding) {
            self.warnings.push(finding);
        }
    }

    fn fail_at(&mut self, rule: Error, namespace: &str, identifier: &str) {
        self.errors.push(Finding::at(rule, namespace, identifier));
    }

    /// The signer's path, its signature, what it says it signed.
    fn issuer(&mut self) -> SignerVerdict {
        let issuer_signed = &self.document.issuer_signed;
        let leaf = issuer_signed.chain().leaf();
        let verdict = self.check.trust.signer(
            issuer_signed.chain(),
            &issuer_signed.mso().doc_type,
            self.check.now,
        );
        self.errors.extend(verdict.errors.iter().map(|rule| Error::Trust(*rule).into()));
        self.warnings.extend(verdict.warnings.iter().map(|rule| Error::Trust(*rule).into()));

        match leaf.public_key() {
            Ok(key) => match issuer_signed.issuer_auth.verify(key, &[]) {
                Ok(()) => {}
                Err(crypto::Error::InvalidSignature) => self.fail(Error::IssuerSignature),
                Err(rule) => self.fail(rule),
            },
            Err(rule) => self.fail(rule),
        }
        let mso = issuer_signed.mso();
        if mso.doc_type != self.document.doc_type {
            self.fail(Error::DocTypeMismatch);
        }
        if !leaf.is_valid_at(mso.validity.signed) {
            self.fail(Error::SignedOutsideSigner);
        }
        verdict
    }

    /// The territory that the document names is its signer's (ISO 18013-5 Annex B, which profiles the
    /// signer's subject; the steps of §9.3.1 do not name it).
    ///
    /// Whoever reads an element compares it with the certificate. A country is always in a certificate
    /// (§B.1.4), so a document that names one under a signer that names none is an error. A state or
    /// province is compared where the certificate has one; where it has none, nobody has certified it,
    /// and that is a warning. So is a document that names none itself, from a country in which a state
    /// or province issues it.
    fn territory(&mut self, issuer: &SignerVerdict) {
        let signer = issuer.territory();
        // A signer trusted by its very certificate is trusted for any territory: what differs is said.
        let is_trusted_for_any = issuer.trusted_by == Some(TrustedBy::Signer);
        let mut unproven =
            signer.country.is_none() || (signer.state.is_none() && signer.is_divided());
        for (namespace, item) in self.document.issuer_signed.items() {
            let compare = match item.element_identifier.as_str() {
                "issuing_country" => Territory::is_in,
                // ISO/IEC 23220-2 has its own name for it.
                "issuing_jurisdiction" | "issuing_subdivision" => Territory::is_state,
                _ => continue,
            };
            // What is no text names no territory, and matches none.
            let text = item.element_value.as_item().text();
            match text.map_or(Likeness::Other, |text| compare(signer, &text)) {
                Likeness::Same => {}
                Likeness::Unknown if signer.country.is_some() => unproven = true,
                _ if is_trusted_for_any => unproven = true,
                _ => self.fail_at(Error::TerritoryMismatch, namespace, &item.element_identifier),
            }
        }
        if unproven {
            self.warnings.push(Error::TerritoryUnproven.into());
        }
    }

    /// What the catalogue reserves to a territory is signed by its issuers, whoever else is trusted and
    /// however: people read the name of a type as the name of who signed. A namespace is held to it as
    /// well, since any type may have it, and what the device adds under it too.
    fn reserved(&mut self, issuer: &SignerVerdict, device_elements: &NameSpaces<Encoded>) {
        let signer = issuer.territory();
        let by_issuer = self.document.issuer_signed.items().map(|(namespace, _)| namespace);
        let by_device = device_elements.iter().map(|(namespace, ..)| namespace);
        let names = [self.document.doc_type.as_str()].into_iter().chain(by_issuer).chain(by_device);
        if !names.into_iter().all(|name| signer.may_sign(name)) {
            self.fail(Error::Reserved);
        }
    }

    /// Every element's digest, over its bytes as received.
    fn digests(&mut self) {
        let issuer_signed = &self.document.issuer_signed;
        let mso = issuer_signed.mso();
        for (namespace, item) in issuer_signed.items() {
            let digests = mso.value_digests.get(namespace);
            match digests.and_then(|digests| digests.get(&item.digest_id)) {
                None => self.fail_at(Error::DigestMissing, namespace, &item.element_identifier),
                Some(digest) if *digest != mso.digest_algorithm.0.digest(item.bytes()) => {
                    self.fail_at(Error::DigestMismatch, namespace, &item.element_identifier);
                }
                Some(_) => {}
            }
            if item.random.len() < MIN_RANDOM {
                let finding = Finding::at(Error::ShortRandom, namespace, &item.element_identifier);
                self.warnings.push(finding);
            }
        }
    }

    fn validity(&mut self) {
        let validity = &self.document.issuer_signed.mso().validity;
        if !validity.is_in_order() {
            self.fail(Error::ValidityOrder);
        }
        // `signed` is no later than `from`, or the order is an error already.
        match Begun::at(validity.from, self.check.now) {
            Begun::Yes => {}
            Begun::Almost => self.warn_once(Error::Trust(coffret_trust::Error::ClockSkew)),
            Begun::No => self.fail(Error::NotYetValid),
        }
        if self.check.now > validity.until {
            self.fail(Error::Expired);
        }
        if !validity.plain_dates {
            self.warnings.push(Error::DateForm.into());
        }
    }

    /// What the elements say about time: dates that have passed or are yet to come, ages. What the device
    /// says is held to the same: a phone that says that its holder was born in 2015, beside an issuer that
    /// says *18 and over*, is no phone to believe.
    fn data(&mut self, device_elements: &NameSpaces<Encoded>) {
        let issuer_signed = &self.document.issuer_signed;
        let signed = issuer_signed.mso().validity.signed;
        let elements = issuer_signed.items().map(|(namespace, item)| {
            (namespace, item.element_identifier.as_str(), item.element_value.as_item())
        });
        let by_device =
            device_elements.iter().map(|(namespace, id, value)| (namespace, id, value.as_item()));
        let elements = elements.chain(by_device);
        let found = data::judge(&self.document.doc_type, elements, signed, self.check.now);
        self.errors.extend(found.errors);
        self.warnings.extend(found.warnings);
    }

    /// A document may have been revoked since it was signed. Until lists of statuses are read, a
    /// document that names one is not known to be good, whatever form the name has.
    fn status(&mut self) {
        if self.document.issuer_signed.mso().status.is_some() {
            self.warnings.push(Error::StatusNotChecked.into());
        }
    }

    /// The device's proof of its key, and what it signed by itself. Whether the proof was judged.
    fn device(
        &mut self,
        device: Option<&DeviceSigned>,
        transcript: Option<&SessionTranscript>,
        e_reader_key: Option<&PrivateKey>,
    ) -> bool {
        let Some(device) = device else {
            self.fail(Error::DeviceAuthMissing);
            return false;
        };
        let mso = self.document.issuer_signed.mso();
        for (namespace, identifier, _) in device.name_spaces.iter() {
            if !mso.key_authorizations.allow(namespace, identifier) {
                self.fail_at(Error::DeviceKeyNotAuthorised, namespace, identifier);
            }
        }
        let Some(transcript) = transcript else {
            self.fail(Error::TranscriptMissing);
            return false;
        };
        let payload = device_authentication(
            transcript,
            &self.document.doc_type,
            &device.name_spaces.encoded(),
        );
        let proof = match &device.device_auth {
            DeviceAuth::Signature(signature) => signature
                .verify_detached(&mso.device_key, payload.as_bytes(), &[])
                .map_err(|rule| match rule {
                    crypto::Error::InvalidSignature => Error::DeviceSignature,
                    rule => rule.into(),
                }),
            DeviceAuth::Mac(mac) => mac_key(mso, transcript, e_reader_key).and_then(|key| {
                mac.verify_detached(&key, payload.as_bytes(), &[]).map_err(|rule| match rule {
                    crypto::Error::InvalidMac => Error::DeviceMac,
                    rule => rule.into(),
                })
            }),
        };
        let Err(rule) = proof else { return true };
        self.fail(rule);
        !matches!(rule, Error::ReaderKeyMissing | Error::ReaderKeyMismatch)
    }

    /// Nothing is shown by both issuer and device; what shows nothing at all is said to.
    fn shown(&mut self, elements: &NameSpaces<Encoded>, device_elements: &NameSpaces<Encoded>) {
        if elements.is_empty() && device_elements.is_empty() {
            self.warnings.push(Error::NoElements.into());
        }
        for (namespace, identifier, _) in device_elements.iter() {
            if elements.get(namespace, identifier).is_some() {
                self.fail_at(Error::Repeated, namespace, identifier);
            }
        }
    }

    /// Nothing is shown beyond the request that the document answers.
    fn requested(&mut self, request: Option<usize>) {
        let requests = self.check.request.map(DeviceRequest::doc_requests).unwrap_or_default();
        let Some(answered) = request.and_then(|place| requests.get(place)) else { return };
        for name in beyond(self.document, answered.items()) {
            self.errors.push(Finding { rule: Error::ElementNotRequested, element: Some(name) });
        }
    }
}

/// `EMacKey`, as the reader derives it.
fn mac_key(
    mso: &MobileSecurityObject,
    transcript: &SessionTranscript,
    e_reader_key: Option<&PrivateKey>,
) -> Result<SymmetricKey, Error> {
    let key = e_reader_key.ok_or(Error::ReaderKeyMissing)?;
    let public = key.public_key();
    if transcript.e_reader_key().is_some_and(|expected| *expected != public) {
        return Err(Error::ReaderKeyMismatch);
    }
    Ok(e_mac_key(&key.agree(&mso.device_key)?, transcript))
}

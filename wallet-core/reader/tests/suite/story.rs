//! An issuer, a wallet that shares what it is asked, and a reader, always the same.

use coffret_catalogue::{purpose, specimen};
use coffret_cbor::{Encoded, Item, Timestamp, Value};
use coffret_crypto::cose::{Payload, Unsigned};
use coffret_crypto::{
    Algorithm, Curve, Hash, KeyOutcome, KeyRef, KeyTask, PrivateKey, PublicKey, SoftwareKeys,
};
use coffret_issuer::{DOCUMENT_SIGNER_NAME, Identity, Pki};
use coffret_mdoc::{
    Approved, Days, DeviceAuthMethod, DeviceRequest, DeviceResponse, DigestAlgorithm,
    DocumentSigner, ElementName, Issuance, IssuerSigned, KeyAuthorizations, NameSpaces,
    SessionTranscript, Unauthenticated,
};
use coffret_proximity::{Answering, Collected, Collector, Engaged, Frames, ReaderCode, Session};
use coffret_reader::{Ask, Effect, Error, Event, Outcome, Reader, Reading, Start, Verdict};
use coffret_trust::{Purpose, Registration, Retention, SPECIMEN_ROOT, Trust};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

pub(crate) const MDL: &str = "org.iso.18013.5.1.mDL";
pub(crate) const ISO: &str = "org.iso.18013.5.1";
pub(crate) const CARD: &str = "ca.qc.gouv.ramq.cam.1";
pub(crate) const BIRTH: &str = "ca.qc.gouv.etatcivil.naissance.1";

/// Who meets first.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Order {
    Iso,
    Qr,
}

pub(crate) const ORDERS: [Order; 2] = [Order::Iso, Order::Qr];

/// Who signs a document.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Signer {
    /// The issuer that the reader trusts.
    Real,
    /// Anybody, under the published key.
    Specimen,
}

pub(crate) struct Story {
    pub(crate) rng: ChaCha20Rng,
    pub(crate) now: Timestamp,
    pub(crate) pki: Pki,
    pub(crate) reader: Reader,
    pub(crate) keys: SoftwareKeys,
    documents: Vec<(KeyRef, IssuerSigned)>,
    /// Identifiers that the wallet does not share.
    pub(crate) withheld: Vec<&'static str>,
    pub(crate) method: DeviceAuthMethod,
}

impl Story {
    /// An empty wallet, and a reader that does not say who it is and trusts the issuer, and the
    /// specimens' as specimens.
    pub(crate) fn begin() -> Story {
        let mut rng = ChaCha20Rng::from_seed([7; 32]);
        let now = Timestamp::parse("2026-11-22T12:00:00Z").unwrap();
        let registration = Registration {
            name_fr: "Pharmacie".to_owned(),
            name_en: "Pharmacy".to_owned(),
            purposes: vec!["pharmacy".to_owned()],
            retention: Retention::NotKept,
            privacy: None,
        };
        let pki = Pki::generate(registration, now, &mut rng).unwrap();
        let mut trust = Trust::new();
        trust.add_anchor(pki.issuer.certificate().clone(), Purpose::Issuer).unwrap();
        trust.add_anchors(SPECIMEN_ROOT, Purpose::Specimen).unwrap();
        Story {
            rng,
            now,
            pki,
            reader: Reader::new(trust, None),
            keys: SoftwareKeys::default(),
            documents: Vec::new(),
            withheld: Vec::new(),
            method: DeviceAuthMethod::Signature,
        }
    }

    /// The same, with an invented person's document of this type.
    pub(crate) fn with(person: &str, doc_type: &str, signer: Signer) -> Story {
        let mut story = Story::begin();
        story.hold(person, doc_type, signer);
        story
    }

    pub(crate) fn hold(&mut self, person: &str, doc_type: &str, signer: Signer) {
        let mut documents = specimen(person).unwrap().documents.iter();
        let document = documents.find(|document| document.doc_type == doc_type).unwrap();
        self.hold_elements(doc_type, document.elements().collect(), signer);
    }

    pub(crate) fn hold_elements(
        &mut self,
        doc_type: &str,
        elements: NameSpaces<Value>,
        signer: Signer,
    ) {
        let private = PrivateKey::generate(Curve::P256, &mut self.rng);
        let issuance = self.issuance(doc_type, elements, private.public_key());
        let issued = self.issue(&issuance, signer);
        self.documents.push((self.keys.insert(private, &mut self.rng), issued));
    }

    /// What is signed of a document, for 30 days.
    pub(crate) fn issuance(
        &self,
        doc_type: &str,
        elements: NameSpaces<Value>,
        device_key: PublicKey,
    ) -> Issuance {
        let today = self.now.date();
        Issuance {
            doc_type: doc_type.to_owned(),
            elements,
            device_key,
            key_authorizations: KeyAuthorizations::default(),
            digest_algorithm: DigestAlgorithm(Hash::Sha256),
            days: Days { signed: today, from: today, until: today.start().plus_days(30).date() },
            status: None,
        }
    }

    pub(crate) fn issue(&mut self, issuance: &Issuance, signer: Signer) -> IssuerSigned {
        let specimens;
        let signer = match signer {
            Signer::Real => &self.pki.document_signer,
            Signer::Specimen => {
                let (root, es256) =
                    (Identity::specimen_root().unwrap(), Curve::P256.algorithm().unwrap());
                let name = DOCUMENT_SIGNER_NAME;
                specimens = root.document_signer(name, es256, self.now, &mut self.rng).unwrap();
                &specimens
            }
        };
        let signer = DocumentSigner { key: signer.key(), certificate: signer.certificate() };
        issuance.sign(signer, &mut self.rng).unwrap()
    }

    /// What the wallet answers: of the first document of each type asked, all that is asked, held
    /// and not withheld.
    pub(crate) fn response(&mut self, request: &[u8], transcript: &SessionTranscript) -> Vec<u8> {
        let request = DeviceRequest::parse(request).unwrap();
        let mut shared = Vec::new();
        for asked in request.doc_requests() {
            let doc_type = &asked.items().doc_type;
            let held = self.documents.iter().find(|(_, held)| held.mso().doc_type == *doc_type);
            let Some((key, held)) = held else { continue };
            let mut elements = held.answering(&asked.items().name_spaces);
            elements.retain(|name| !self.withheld.contains(&name.identifier.as_str()));
            if elements.is_empty() {
                continue;
            }
            let approved = Approved { elements, ..Approved::default() };
            let document = Unauthenticated::new(held, &approved, transcript, self.method).unwrap();
            let outcome = self.keys.execute(&document.task(*key), &mut self.rng);
            shared.push(document.authenticate(outcome).unwrap());
        }
        DeviceResponse::new(shared).encoded().into_bytes()
    }

    /// The first document, and no element of it: no wallet of ours makes one.
    pub(crate) fn bare(&mut self, transcript: &SessionTranscript) -> Vec<u8> {
        let (key, held) = self.documents.first().unwrap();
        let nothing = Encoded::embedded(&Encoded::map::<Encoded>([]));
        let doc_type = held.mso().doc_type.as_str();
        let payload = transcript_bytes(transcript, doc_type, &nothing);
        let unsigned =
            Unsigned::new(Algorithm::Es256, &[], Payload::Detached(payload.as_bytes()), &[]);
        let task = KeyTask::Sign { key: *key, message: unsigned.to_be_signed().to_vec() };
        let KeyOutcome::Signature(signature) = self.keys.execute(&task, &mut self.rng) else {
            panic!("no signature")
        };
        let signed = unsigned.signed(&held.mso().device_key, signature).unwrap();
        let signature = Encoded::from(&signed);
        let held = Encoded::from(held);
        let issuer_auth = held.as_item().map().unwrap().require("issuerAuth").unwrap();
        let issuer_signed = Encoded::map([("issuerAuth", Encoded::from(issuer_auth))]);
        let device_auth = Encoded::map([("deviceSignature", signature)]);
        let device_signed = Encoded::map([("nameSpaces", nothing), ("deviceAuth", device_auth)]);
        let document = Encoded::map([
            ("docType", doc_type.into()),
            ("issuerSigned", issuer_signed),
            ("deviceSigned", device_signed),
        ]);
        let rest = [("version", "1.0".into()), ("status", 0u64.into())];
        let documents = ("documents", Encoded::array([document]));
        Encoded::map(rest.into_iter().chain([documents])).into_bytes()
    }

    pub(crate) fn step(&mut self, reading: &mut Reading, event: Event) -> Vec<Effect> {
        self.reader.step(reading, event, self.now).unwrap()
    }

    /// A reading that waits for an answer over a session, the holder's side of it, the request.
    pub(crate) fn met(&mut self, ask: &Ask) -> (Reading, Session, Vec<u8>) {
        let holder = Engaged::new(&mut self.rng).unwrap();
        let how = Start::Engagement(holder.engagement());
        let (mut reading, effects) = self.reader.start(ask, how, self.now, &mut self.rng).unwrap();
        let effects = self.signed(&mut reading, effects);
        let [Effect::Send(establishment)] = effects.as_slice() else { panic!("{effects:?}") };
        let (session, request) = holder.establish(establishment).unwrap();
        (reading, session, request.to_vec())
    }

    /// A reading that waits for an answer to its code, and the code.
    pub(crate) fn invited(&mut self, ask: &Ask) -> (Reading, ReaderCode) {
        let (mut reading, mut effects) =
            self.reader.start(ask, Start::Code, self.now, &mut self.rng).unwrap();
        let Effect::WakeAt(expires) = effects.remove(0) else { panic!("{effects:?}") };
        assert_eq!(expires.unix(), self.now.unix() + 120);
        let mut effects = self.signed(&mut reading, effects);
        let Some(Effect::Show(frames)) = effects.pop() else { panic!("{effects:?}") };
        (reading, ReaderCode::parse(&collected(Collector::of_codes(), frames)).unwrap())
    }

    /// Does what the reader's key is asked.
    fn signed(&mut self, reading: &mut Reading, effects: Vec<Effect>) -> Vec<Effect> {
        let [Effect::UseKeys(tasks)] = effects.as_slice() else { return effects };
        let outcomes = tasks.iter().map(|task| self.keys.execute(task, &mut self.rng));
        let outcomes = outcomes.collect();
        self.step(reading, Event::KeysDone(outcomes))
    }

    /// The frames of the wallet's answer to a code.
    pub(crate) fn answer(&mut self, code: &ReaderCode) -> Frames {
        let answering = Answering::new(code, self.now, &mut self.rng).unwrap();
        let response = self.response(code.request(), answering.transcript());
        answering.answer(&response).unwrap()
    }

    /// How a whole reading ends.
    pub(crate) fn read(&mut self, ask: &Ask, order: Order) -> Outcome {
        match order {
            Order::Iso => {
                let (mut reading, mut session, request) = self.met(ask);
                let response = self.response(&request, session.transcript());
                let message = session.seal(&response).unwrap();
                let effects = self.step(&mut reading, Event::Received(message));
                let [Effect::Send(_), Effect::Ended(_)] = effects.as_slice() else {
                    panic!("{effects:?}")
                };
                ended(effects)
            }
            Order::Qr => {
                let (mut reading, code) = self.invited(ask);
                let frames = self.answer(&code);
                self.scan(&mut reading, frames)
            }
        }
    }

    /// How a reading ends that is shown these frames.
    pub(crate) fn scan(&mut self, reading: &mut Reading, frames: Frames) -> Outcome {
        for frame in frames.take(4000) {
            let effects = self.step(reading, Event::Frame(frame));
            match effects.as_slice() {
                [] | [Effect::Progress { .. }] => {}
                _ => return ended(effects),
            }
        }
        panic!("no end")
    }

    /// How a reading ends whose answer is this response.
    pub(crate) fn read_response(&mut self, ask: &Ask, response: &[u8]) -> Outcome {
        let (mut reading, mut session, _) = self.met(ask);
        let message = session.seal(response).unwrap();
        ended(self.step(&mut reading, Event::Received(message)))
    }
}

/// `DeviceAuthenticationBytes` (ISO 18013-5 §9.1.3.4).
fn transcript_bytes(transcript: &SessionTranscript, doc_type: &str, shown: &Encoded) -> Encoded {
    let transcript = transcript.tagged().as_item().embedded().unwrap();
    let transcript = Encoded::from(Item::parse(&transcript).unwrap());
    let parts = ["DeviceAuthentication".into(), transcript, doc_type.into(), shown.clone()];
    Encoded::embedded(&Encoded::array(parts))
}

/// The last effect, which is the end.
pub(crate) fn ended(mut effects: Vec<Effect>) -> Outcome {
    match effects.pop() {
        Some(Effect::Ended(outcome)) => outcome,
        last => panic!("{last:?} is no end"),
    }
}

pub(crate) fn collected(mut collector: Collector, frames: Frames) -> Vec<u8> {
    let whole = frames.take(4000).find_map(|frame| match collector.receive(&frame).unwrap() {
        Collected::Whole(message) => Some(message),
        _ => None,
    });
    whole.unwrap()
}

pub(crate) fn ask(id: &str) -> Ask {
    Ask::Purpose(purpose(id).unwrap())
}

/// A rule, and the identifier of the element that breaks it where there is one.
pub(crate) type Reason<'o> = (Error, Option<&'o str>);

/// Why the whole is rejected, and why its documents are.
pub(crate) fn reasons(outcome: &Outcome) -> (Vec<Reason<'_>>, Vec<Reason<'_>>) {
    let Outcome::Read { verdict: Verdict::Rejected(rejection), .. } = outcome else {
        panic!("{outcome:?}")
    };
    let whole = rejection.errors.iter().map(|finding| (finding.rule, id(&finding.element)));
    let documents = rejection.documents.iter().flat_map(|document| document.errors());
    let documents = documents.map(|finding| (finding.rule.into(), id(&finding.element)));
    (whole.collect(), documents.collect())
}

fn id(element: &Option<ElementName>) -> Option<&str> {
    element.as_ref().map(|name| name.identifier.as_str())
}

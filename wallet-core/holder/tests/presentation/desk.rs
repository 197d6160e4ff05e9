//! A wallet on one side of a desk, a reader on the other: as any implementation's would be.

use coffret_crypto::{KeyOutcome, KeyTask, PrivateKey, SoftwareKeys};
use coffret_holder::{
    Approval, Consent, Effect, Engage, Event, Outcome, Presentation, TrustData, Wallet,
};
use coffret_issuer::Identity;
use coffret_mdoc::{
    Binding, Check, DeviceAuthMethod, DeviceRequest, DeviceResponse, DocRequest, IntentToRetain,
    ItemsRequest, SessionTranscript, UnsignedRequest, VerifiedDocument, verify,
};
use coffret_proximity::{
    Collected, Collector, DeviceEngagement, Establishing, Frames, Invited, Inviting, ReaderCode,
    Session,
};
use coffret_store::{Store, Table};
use coffret_trust::{
    Purpose, ReaderSubject, RegisteredReader, Registration, Registry, Retention, Trust,
};
use rand_chacha::ChaCha20Rng;

use crate::story::{Story, time};

pub(crate) const ISO: &str = "org.iso.18013.5.1";
pub(crate) const SAAQ: &str = "ca.qc.gouv.saaq.1";

/// Who reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Who {
    /// A reader that does not sign.
    Nobody,
    /// One that nobody trusted knows.
    Stranger,
    /// One that is registered.
    Registered,
    /// One that signs for another session.
    Forger,
}

pub(crate) struct Desk {
    pub(crate) story: Story,
    pub(crate) wallet: Wallet,
    /// Another world's authority of readers.
    stranger: Identity,
}

/// A reader and a wallet in a session, the person being asked.
pub(crate) struct Met {
    pub(crate) presentation: Presentation,
    pub(crate) reader: Session,
    pub(crate) request: DeviceRequest,
    pub(crate) consent: Consent,
}

impl Desk {
    /// The reader is registered for these purposes.
    pub(crate) fn open(purposes: &[&str]) -> Desk {
        let (mut story, mut wallet) = Story::begin();
        let pki = &story.pki;
        let registration = |purposes: &[&str]| Registration {
            name_fr: "Clinique".to_owned(),
            name_en: "Clinic".to_owned(),
            purposes: purposes.iter().map(|id| (*id).to_owned()).collect(),
            retention: Retention::NotKept,
            privacy: None,
        };
        let registry = Registry {
            issued: story.now.date().start(),
            next_update: story.now.plus_days(30),
            readers: vec![RegisteredReader {
                authority: pki.reader_authority.certificate().clone(),
                subject: ReaderSubject::of(pki.reader.certificate()).unwrap(),
                registration: registration(purposes),
            }],
        };
        let registry = registry.sign(pki.registrar.certificate(), pki.registrar.key()).unwrap();
        let registrar = pki.registrar.certificate_pem().unwrap();
        let anchors = TrustData::Anchors(registrar.as_bytes(), Purpose::Registry);
        wallet.import_trust(anchors, "registry.pem", story.now, &mut story.rng).unwrap();
        let readers = TrustData::Registry(&registry);
        wallet.import_trust(readers, "readers.cose", story.now, &mut story.rng).unwrap();
        let other =
            coffret_issuer::Pki::generate(registration(&["identity"]), story.now, &mut story.rng);
        Desk { stranger: other.unwrap().reader, story, wallet }
    }

    /// How many records a table has.
    pub(crate) fn count(&mut self, table: Table) -> usize {
        self.at_the_store(|store, _| store.all(table).unwrap().len())
    }

    /// The wallet is closed for it, and opened again.
    pub(crate) fn at_the_store<T>(
        &mut self,
        look: impl FnOnce(&mut Store, &mut ChaCha20Rng) -> T,
    ) -> T {
        // One process opens a store at a time: another wallet stands in.
        let (_elsewhere, other) = Story::begin();
        drop(std::mem::replace(&mut self.wallet, other));
        let mut store = self.story.store();
        let seen = look(&mut store, &mut self.story.rng);
        self.wallet = Wallet::open(store).unwrap();
        seen
    }

    /// The wallet shows its engagement.
    pub(crate) fn engage(&mut self, method: DeviceAuthMethod) -> (Presentation, String) {
        let Story { now, rng, .. } = &mut self.story;
        let (presentation, mut effects) =
            self.wallet.present(Engage::Device, method, *now, rng).unwrap();
        let Some(Effect::Show(uri)) = effects.pop() else { panic!("{effects:?}") };
        assert!(effects.is_empty());
        (presentation, uri)
    }

    /// What a reader sends: a `DeviceRequest` for this session.
    pub(crate) fn request(
        &mut self,
        who: Who,
        items: &[ItemsRequest],
        transcript: &SessionTranscript,
    ) -> DeviceRequest {
        let identity = match who {
            Who::Nobody => {
                let requests = items.iter().map(|items| DocRequest::unsigned(items).unwrap());
                return DeviceRequest::new(requests.collect());
            }
            Who::Stranger => &self.stranger,
            Who::Registered | Who::Forger => &self.story.pki.reader,
        };
        let key = PrivateKey::from_pkcs8_pem(&identity.key_pem()).unwrap();
        let elsewhere = SessionTranscript::new(None, None, &coffret_mdoc::Handover::Qr).unwrap();
        let transcript = if who == Who::Forger { &elsewhere } else { transcript };
        let mut keys = SoftwareKeys::default();
        let key = keys.insert(key, &mut self.story.rng);
        let requests = items.iter().map(|items| {
            let unsigned = UnsignedRequest::new(items, transcript, identity.certificate()).unwrap();
            unsigned.sign(keys.execute(&unsigned.task(key), &mut self.story.rng)).unwrap()
        });
        DeviceRequest::new(requests.collect())
    }

    /// They meet by the wallet's engagement.
    pub(crate) fn meet(&mut self, who: Who, items: &[ItemsRequest]) -> Met {
        self.meet_with(who, items, DeviceAuthMethod::Signature)
    }

    pub(crate) fn meet_with(
        &mut self,
        who: Who,
        items: &[ItemsRequest],
        method: DeviceAuthMethod,
    ) -> Met {
        let (mut presentation, uri) = self.engage(method);
        let engagement = DeviceEngagement::from_uri(&uri).unwrap();
        let establishing = Establishing::new(&engagement, &mut self.story.rng).unwrap();
        let request = self.request(who, items, establishing.transcript());
        let (reader, message) = establishing.establish(request.encoded().as_bytes()).unwrap();
        let effects = self.step(&mut presentation, Event::Received(message));
        let [Effect::Ask(consent)] = &effects[..] else { panic!("{effects:?}") };
        let consent = Consent::clone(consent);
        Met { presentation, reader, request, consent }
    }

    /// They meet by the reader's code.
    pub(crate) fn scan(
        &mut self,
        who: Who,
        items: &[ItemsRequest],
    ) -> (Presentation, Invited, DeviceRequest, Consent) {
        let inviting = Inviting::new(self.story.now, &mut self.story.rng).unwrap();
        let request = self.request(who, items, inviting.transcript());
        let (invited, frames) = inviting.invite(request.encoded().as_bytes()).unwrap();
        let code = ReaderCode::parse(&whole(frames, Collector::of_codes())).unwrap();
        let Story { now, rng, .. } = &mut self.story;
        let method = DeviceAuthMethod::Signature;
        let (presentation, effects) =
            self.wallet.present(Engage::Reader(&code), method, *now, rng).unwrap();
        let [Effect::WakeAt(wake), Effect::Ask(consent)] = &effects[..] else {
            panic!("{effects:?}")
        };
        assert_eq!(*wake, invited.expires());
        let consent = Consent::clone(consent);
        (presentation, invited, request, consent)
    }

    pub(crate) fn step(&mut self, presentation: &mut Presentation, event: Event) -> Vec<Effect> {
        self.try_step(presentation, event).unwrap()
    }

    pub(crate) fn try_step(
        &mut self,
        presentation: &mut Presentation,
        event: Event,
    ) -> Result<Vec<Effect>, coffret_holder::Error> {
        let Story { now, rng, .. } = &mut self.story;
        self.wallet.step(presentation, event, *now, rng)
    }

    pub(crate) fn perform(&mut self, tasks: &[KeyTask]) -> Vec<KeyOutcome> {
        let rng = &mut self.story.rng;
        tasks.iter().map(|task| self.wallet.perform(task, rng).unwrap()).collect()
    }

    /// The person approves, the keystore does as it is asked, something leaves.
    pub(crate) fn approve(
        &mut self,
        presentation: &mut Presentation,
        approval: Approval,
    ) -> Effect {
        let mut effects = self.step(presentation, Event::Approved(approval));
        while let [Effect::UseKeys(tasks)] = &effects[..] {
            let outcomes = self.perform(tasks);
            effects = self.step(presentation, Event::KeysDone(outcomes));
        }
        let leaves = effects.pop().unwrap();
        assert!(effects.is_empty());
        leaves
    }

    /// What a reader that trusts the issuer makes of a response.
    pub(crate) fn read(
        &self,
        response: &[u8],
        transcript: &SessionTranscript,
        e_reader_key: &PrivateKey,
        request: &DeviceRequest,
    ) -> Vec<VerifiedDocument> {
        let mut trust = Trust::new();
        let root = self.story.pki.issuer.certificate_pem().unwrap();
        trust.add_anchors(&root, Purpose::Issuer).unwrap();
        let check = Check {
            trust: &trust,
            now: self.story.now,
            binding: Binding::Session {
                transcript: Some(transcript),
                e_reader_key: Some(e_reader_key),
            },
            request: Some(request),
        };
        let verdict = verify(&DeviceResponse::parse(response).unwrap(), &check);
        assert!(verdict.is_valid(), "{verdict:?}");
        verdict.documents.into_iter().map(|document| document.into_verified().unwrap()).collect()
    }

    /// The whole of a presentation by a session; what was read.
    pub(crate) fn show(&mut self, met: &mut Met, approval: Approval) -> Vec<VerifiedDocument> {
        let response = self.respond(met, approval);
        let transcript = met.reader.transcript().clone();
        self.read(&response, &transcript, met.reader.e_reader_key().unwrap(), &met.request)
    }

    /// The plaintext of the answer.
    pub(crate) fn respond(&mut self, met: &mut Met, approval: Approval) -> Vec<u8> {
        let Effect::Send(message) = self.approve(&mut met.presentation, approval) else {
            panic!("nothing was sent")
        };
        met.reader.open(&message).unwrap().data.unwrap().to_vec()
    }

    pub(crate) fn later(&mut self, moment: &str) {
        self.story.now = time(moment);
    }
}

/// What frames carry, none of them lost.
pub(crate) fn whole(frames: Frames, mut collector: Collector) -> Vec<u8> {
    for frame in frames.take(1000) {
        if let Collected::Whole(message) = collector.receive(&frame).unwrap() {
            return message;
        }
    }
    panic!("never whole")
}

pub(crate) fn asks(doc_type: &str, namespace: &str, ids: &[&str]) -> ItemsRequest {
    let elements = ids.iter().map(|id| (namespace, *id, IntentToRetain::NotRetained));
    ItemsRequest::new(doc_type, elements)
}

/// The identifiers of what was shown, in alphabetical order.
pub(crate) fn ids(documents: &[VerifiedDocument]) -> Vec<String> {
    let elements = documents.iter().flat_map(|document| document.elements().iter());
    let mut ids: Vec<_> = elements.map(|(_, id, _)| id.to_owned()).collect();
    ids.sort_unstable();
    ids
}

pub(crate) fn ended(effects: &[Effect]) -> Outcome {
    match effects {
        [.., Effect::Ended(outcome)] => *outcome,
        _ => panic!("it goes on: {effects:?}"),
    }
}

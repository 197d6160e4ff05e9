//! What holds of any wallet, any request, any order of events.

use std::collections::{BTreeSet, HashSet};

use coffret_catalogue::document_type;
use coffret_cbor::{Encoded, Value};
use coffret_crypto::KeyOutcome;
use coffret_holder::{Approval, Choice, Consent, Effect, Event, Outcome, Reuse};
use coffret_mdoc::{
    DeviceAuthMethod, DeviceRequest, DeviceResponse, ElementName, IntentToRetain, ItemsRequest,
    NameSpaces,
};
use coffret_proximity::{DeviceEngagement, Establishing, Session, Status};
use proptest::prelude::*;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::desk::{Desk, Who, asks, whole};
use crate::story::{BIRTH, CARD, MDL, credentials};

const REFUSAL: &[u8] = b"\xa2\x66status\x00\x67version\x631.0";

/// Documents that a wallet may hold: whose, what, how many copies.
const DOCUMENTS: [(&str, &str, u8, Reuse); 5] = [
    ("adulte", MDL, 1, Reuse::Reusable),
    ("adulte", CARD, 2, Reuse::OneTime),
    ("enfant", CARD, 1, Reuse::Reusable),
    ("enfant", BIRTH, 1, Reuse::OneTime),
    ("ainee", MDL, 2, Reuse::Reusable),
];

/// The elements of a document type, by their place; some that no document holds.
fn element_of(doc_type: &str, place: prop::sample::Index) -> (&'static str, String) {
    let known = document_type(doc_type).unwrap();
    let elements: Vec<_> = known
        .namespaces
        .iter()
        .flat_map(|namespace| {
            namespace.elements.iter().map(|element| (namespace.id, element.name.to_string()))
        })
        .collect();
    let (namespace, name) = place.get(&elements).clone();
    (namespace, name.replace("NN", "19").replace("xx", "face"))
}

type Asked = (usize, Vec<(prop::sample::Index, bool)>);

fn any_request() -> impl Strategy<Value = Vec<Asked>> {
    let elements = prop::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 1..9);
    prop::collection::vec((0..4usize, elements), 1..4)
}

fn items(asked: &[Asked]) -> Vec<ItemsRequest> {
    let items = asked.iter().map(|(doc_type, elements)| {
        // The last type is one that nobody holds.
        let doc_type = [MDL, CARD, BIRTH, "org.iso.23220.photoID.1"][*doc_type];
        let name_spaces = elements.iter().map(|(place, kept)| {
            let (namespace, id) = element_of(doc_type, *place);
            let intent = if *kept { IntentToRetain::Retained } else { IntentToRetain::NotRetained };
            (namespace, id, intent)
        });
        ItemsRequest { doc_type: doc_type.to_owned(), name_spaces: name_spaces.collect() }
    });
    items.collect()
}

fn any_who() -> impl Strategy<Value = Who> {
    prop_oneof![Just(Who::Nobody), Just(Who::Stranger), Just(Who::Registered), Just(Who::Forger)]
}

fn desk(purposes: &[&str], held: u8) -> Desk {
    let mut desk = Desk::open(purposes);
    let Desk { story, wallet, .. } = &mut desk;
    for (place, (person, doc_type, copies, reuse)) in DOCUMENTS.into_iter().enumerate() {
        if held & (1 << place) != 0 {
            story.add(wallet, person, doc_type, copies, reuse);
        }
    }
    desk
}

/// Some of what is offered: of each request any candidate that is still free, of it any elements.
fn some(consent: &Consent, choose: &[(prop::sample::Index, u16)]) -> Approval {
    let mut choices: Vec<Choice> = Vec::new();
    for ((request, document), (candidate, bits)) in consent.documents.iter().enumerate().zip(choose)
    {
        let taken = |id| choices.iter().any(|choice| choice.document == id);
        let free: Vec<_> =
            document.candidates.iter().filter(|candidate| !taken(candidate.document)).collect();
        if free.is_empty() {
            continue;
        }
        let candidate = candidate.get(&free);
        let answers = candidate.elements.iter().zip(0..);
        let answers = answers.filter(|(_, at)| bits & (1 << at) != 0);
        let elements = answers.filter_map(|(element, _)| element.answer.clone());
        let elements: BTreeSet<_> = elements.collect();
        let elements = elements.into_iter().collect();
        choices.push(Choice { request, document: candidate.document, elements });
    }
    Approval { choices }
}

/// What was approved, as it has to arrive: type, element and value.
fn expected(desk: &Desk, consent: &Consent, approval: &Approval) -> Vec<Shown> {
    let choices = approval.choices.iter().filter(|choice| !choice.elements.is_empty());
    let shown = choices.map(|choice| {
        let document = desk.wallet.document(choice.document, desk.story.now).unwrap();
        let elements = choice.elements.iter().map(|name| {
            let value = document.elements().get(&name.namespace, &name.identifier).unwrap();
            (name.clone(), Encoded::from(value).into_bytes())
        });
        (consent.documents[choice.request].doc_type.clone(), elements.collect())
    });
    shown.collect()
}

type Shown = (String, BTreeSet<(ElementName, Vec<u8>)>);

fn shown(documents: &[coffret_mdoc::VerifiedDocument]) -> Vec<Shown> {
    let shown = documents.iter().map(|document| {
        let elements = document.elements().iter().map(|(namespace, id, value)| {
            (ElementName::new(namespace, id), Encoded::from(value).into_bytes())
        });
        assert!(document.device_elements().is_empty());
        (document.doc_type().to_owned(), elements.collect())
    });
    shown.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// What arrives is what was approved: no document or element more, none less, each with its
    /// value; and nothing approved is the refusal.
    #[test]
    fn what_is_sent_is_what_was_approved(
        held in 0..32u8,
        who in any_who(),
        purposes in prop::sample::subsequence(vec!["identity", "care", "filiation", "age-18"], 1..4),
        asked in any_request(),
        choose in prop::collection::vec((any::<prop::sample::Index>(), any::<u16>()), 4),
        by_code in any::<bool>(),
        method in prop_oneof![Just(DeviceAuthMethod::Signature), Just(DeviceAuthMethod::Mac)],
    ) {
        let mut desk = desk(&purposes, held);
        let items = items(&asked);
        let (response, transcript, key, request, consent, approval);
        if by_code {
            let (mut presentation, invited, sent, consented) = desk.scan(who, &items);
            approval = some(&consented, &choose);
            let chosen = if who == Who::Forger { Approval::default() } else { approval.clone() };
            let Effect::Animate(frames) = desk.approve(&mut presentation, chosen) else {
                panic!("nothing was shown")
            };
            let answer = whole(frames, invited.collector());
            let (session, plaintext) = invited.open(&answer, desk.story.now).unwrap();
            response = plaintext.to_vec();
            (transcript, request, consent) = (session, sent, consented);
            key = invited.e_reader_key().to_pkcs8_pem();
        } else {
            let mut met = desk.meet_with(who, &items, method);
            approval = some(&met.consent, &choose);
            let chosen = if who == Who::Forger { Approval::default() } else { approval.clone() };
            response = desk.respond(&mut met, chosen);
            transcript = met.reader.transcript().clone();
            key = met.reader.e_reader_key().unwrap().to_pkcs8_pem();
            (request, consent) = (met.request, met.consent);
        }
        let expected = expected(&desk, &consent, &approval);
        if expected.is_empty() || who == Who::Forger {
            prop_assert_eq!(&response[..], REFUSAL);
            return Ok(());
        }
        let key = coffret_crypto::PrivateKey::from_pkcs8_pem(&key).unwrap();
        let documents = desk.read(&response, &transcript, &key, &request);
        prop_assert_eq!(shown(&documents), expected);
    }
}

/// A document of few elements, so that a handful of copies has every digest id.
fn small_wallet(values: &[(&str, &str)], seed: u8) -> Desk {
    let mut desk = Desk::open(&["identity"]);
    desk.story.rng = ChaCha20Rng::from_seed([seed; 32]);
    let Desk { story, wallet, .. } = &mut desk;
    let keys = story.keys(wallet, 24);
    let values: NameSpaces<Value> =
        values.iter().map(|(id, value)| ("ca.example", *id, Value::from(*value))).collect();
    let signed = story.sign("ca.example.1", &values, &keys, 365);
    let credentials = credentials("ca.example.1", &signed, Reuse::OneTime);
    wallet.add(&credentials, story.now, &mut story.rng).unwrap();
    desk
}

/// What a reader gets in one presentation of everything: the engagement, the response.
fn presented(desk: &mut Desk) -> Vec<u8> {
    let mut met = desk.meet(Who::Nobody, &[asks("ca.example.1", "ca.example", &["a", "b", "c"])]);
    let everything = met.consent.everything();
    let response = desk.respond(&mut met, everything);
    [response.as_slice(), met.reader.transcript().tagged().as_bytes()].concat()
}

fn windows(bytes: &[u8]) -> HashSet<&[u8]> {
    bytes.windows(8).collect()
}

/// Whatever two presentations of a person have in common is in presentations of another person,
/// under the same signer on the same day, or is an element's value.
#[test]
fn two_presentations_cannot_be_linked() {
    let person = [("a", "Tremblay-Lefebvre"), ("b", "L1531-171274-08"), ("c", "montréalaise")];
    let other = [("a", "Nguyen-Beauchemin"), ("b", "N2042-290288-01"), ("c", "gaspésienne.")];
    let mut desk = small_wallet(&person, 1);
    let [one, two] = std::array::from_fn(|_| presented(&mut desk));
    let mut stranger = small_wallet(&other, 2);
    // The same world, but for the person.
    assert_eq!(
        desk.story.pki.document_signer.certificate(),
        stranger.story.pki.document_signer.certificate()
    );
    let strangers: Vec<_> = (0..24).map(|_| presented(&mut stranger)).collect();
    let values = person.map(|(id, value)| {
        let item = Encoded::map([
            ("digestID", 0u64.into()),
            ("elementValue", value.into()),
            ("elementIdentifier", id.into()),
        ]);
        item.into_bytes()
    });
    let mut common: HashSet<_> = strangers.iter().flat_map(|bytes| windows(bytes)).collect();
    common.extend(values.iter().flat_map(|bytes| windows(bytes)));
    let (one, two) = (windows(&one), windows(&two));
    let links: Vec<_> = one.intersection(&two).filter(|shared| !common.contains(*shared)).collect();
    assert!(links.is_empty(), "{links:02x?}");
    assert!(one.intersection(&two).count() > 100, "the certificate at least");
}

/// Something that may happen, whenever.
#[derive(Debug, Clone)]
enum Happens {
    Establishment,
    Garbage(Vec<u8>),
    SecondRequest,
    Termination,
    Everything,
    Required,
    Nothing,
    NotOffered,
    Refused,
    Keys(Keys),
    Closed,
    GivenUp,
    Tick,
    Later,
}

#[derive(Debug, Clone, Copy)]
enum Keys {
    Done,
    Declined,
    Gone,
    Wrong,
    TooFew,
}

/// Most often a reader comes first, and a person lets something go.
fn any_events() -> impl Strategy<Value = Vec<Happens>> {
    let met = prop_oneof![4 => Just(Some(Happens::Establishment)), 1 => Just(None)];
    let events = prop::collection::vec(any_event(), 1..12);
    (met, events).prop_map(|(met, events)| met.into_iter().chain(events).collect())
}

fn any_event() -> impl Strategy<Value = Happens> {
    prop_oneof![
        1 => Just(Happens::Establishment),
        1 => prop::collection::vec(any::<u8>(), 0..40).prop_map(Happens::Garbage),
        1 => Just(Happens::SecondRequest),
        1 => Just(Happens::Termination),
        8 => Just(Happens::Everything),
        4 => Just(Happens::Required),
        1 => Just(Happens::Nothing),
        1 => Just(Happens::NotOffered),
        1 => Just(Happens::Refused),
        12 => Just(Happens::Keys(Keys::Done)),
        1 => Just(Happens::Keys(Keys::Declined)),
        1 => Just(Happens::Keys(Keys::Gone)),
        1 => Just(Happens::Keys(Keys::Wrong)),
        1 => Just(Happens::Keys(Keys::TooFew)),
        1 => Just(Happens::Closed),
        1 => Just(Happens::GivenUp),
        3 => Just(Happens::Tick),
        1 => Just(Happens::Later),
    ]
}

/// The reader's side, and what is known of the wallet's.
struct Watch {
    establishment: Vec<u8>,
    reader: Session,
    request: DeviceRequest,
    consent: Option<Consent>,
    tasks: Vec<coffret_crypto::KeyTask>,
    /// What the person let go.
    approved: Option<Approval>,
    answers: usize,
    ended: Option<Outcome>,
}

impl Watch {
    /// What leaves is what was let go.
    fn see(&mut self, desk: &mut Desk, effects: Vec<Effect>) {
        for effect in effects {
            assert!(self.ended.is_none(), "{effect:?} after the end");
            match effect {
                Effect::Ask(consent) => self.consent = Some(*consent),
                Effect::UseKeys(tasks) => self.tasks = tasks,
                Effect::Ended(outcome) => self.ended = Some(outcome),
                Effect::Send(message) => {
                    let Ok(message) = self.reader.open(&message) else { continue };
                    let Some(response) = message.data else { continue };
                    self.answers += 1;
                    let approved = self.approved.clone().expect("nobody let anything go");
                    self.check(desk, &response, &approved);
                }
                Effect::Show(_) | Effect::Animate(_) | Effect::WakeAt(_) => {
                    panic!("{effect:?} is no effect of a session")
                }
            }
        }
    }

    fn check(&self, desk: &Desk, response: &[u8], approved: &Approval) {
        let expected = expected(desk, self.consent.as_ref().unwrap(), approved);
        if expected.is_empty() {
            assert_eq!(response, REFUSAL);
            return;
        }
        assert!(DeviceResponse::parse(response).is_ok());
        let transcript = self.reader.transcript();
        let key = self.reader.e_reader_key().unwrap();
        let documents = desk.read(response, transcript, key, &self.request);
        assert_eq!(shown(&documents), expected);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Events in any order: nothing panics, nothing leaves that was not let go, there is one answer
    /// at most and one end at most, and an error leaves everything as it was.
    #[test]
    fn events_in_any_order(
        held in prop_oneof![Just(31u8), 0..32u8],
        who in any_who(),
        asked in any_request(),
        events in any_events(),
    ) {
        let mut desk = desk(&["identity", "care"], held);
        let (mut presentation, uri) = desk.engage(DeviceAuthMethod::Signature);
        let engagement = DeviceEngagement::from_uri(&uri).unwrap();
        let establishing = Establishing::new(&engagement, &mut desk.story.rng).unwrap();
        let request = desk.request(who, &items(&asked), establishing.transcript());
        let (reader, establishment) =
            establishing.establish(request.encoded().as_bytes()).unwrap();
        let mut watch = Watch {
            establishment,
            reader,
            request,
            consent: None,
            tasks: Vec::new(),
            approved: None,
            answers: 0,
            ended: None,
        };
        for happens in events {
            let approval = |of: fn(&Consent) -> Approval| {
                Event::Approved(watch.consent.as_ref().map(of).unwrap_or_default())
            };
            let event = match happens {
                Happens::Establishment => Event::Received(watch.establishment.clone()),
                Happens::Garbage(bytes) => Event::Received(bytes),
                Happens::SecondRequest => {
                    let request = watch.request.encoded();
                    let Ok(message) = watch.reader.seal(request.as_bytes()) else { continue };
                    Event::Received(message)
                }
                Happens::Termination => Event::Received(Status::Termination.message()),
                Happens::Everything => approval(Consent::everything),
                Happens::Required => approval(Consent::required),
                Happens::Nothing => Event::Approved(Approval::default()),
                Happens::NotOffered => approval(|consent| {
                    let mut approval = consent.everything();
                    approval.choices.iter_mut().for_each(|choice| choice.request += 7);
                    approval
                }),
                Happens::Refused => Event::Refused,
                Happens::Keys(keys) => {
                    let mut outcomes = desk.perform(&watch.tasks);
                    match keys {
                        Keys::Done => {}
                        Keys::TooFew => drop(outcomes.pop()),
                        Keys::Declined => outcomes.fill_with(|| KeyOutcome::Declined),
                        Keys::Gone => outcomes.fill_with(|| KeyOutcome::Gone),
                        Keys::Wrong => outcomes.fill_with(|| KeyOutcome::Signature(vec![7; 64].into())),
                    }
                    Event::KeysDone(outcomes)
                }
                Happens::Closed => Event::Closed,
                Happens::GivenUp => Event::GivenUp,
                Happens::Tick => Event::Tick,
                Happens::Later => {
                    desk.story.now = desk.story.now.plus_days(1);
                    Event::Tick
                }
            };
            let lets_go = match &event {
                Event::Approved(approval) => Some(approval.clone()),
                Event::Refused => Some(Approval::default()),
                _ => None,
            };
            let (before, log) = (format!("{presentation:?}"), desk.wallet.log().unwrap());
            match desk.try_step(&mut presentation, event) {
                Ok(effects) => {
                    watch.approved = lets_go.filter(|_| watch.consent.is_some()).or(watch.approved);
                    watch.see(&mut desk, effects);
                }
                Err(_) => {
                    prop_assert_eq!(before, format!("{presentation:?}"));
                    prop_assert_eq!(log, desk.wallet.log().unwrap());
                }
            }
        }
        prop_assert!(watch.answers <= 1);
        prop_assert!(desk.wallet.log().unwrap().len() <= 1);
        if watch.answers == 1 {
            prop_assert!(watch.ended.is_none_or(|outcome| matches!(outcome, Outcome::Shared | Outcome::Refused)));
        }
    }
}

//! What is printed for developers never shows what is personal: every public type of the store, of
//! sessions, of the reader and of the wallet, as it is in a story.

use std::any::type_name;
use std::collections::BTreeSet;
use std::fmt::Debug;

use coffret_cbor::{Item, Value};
use coffret_crypto::{KeyOutcome, KeyRef, KeyTask};
use coffret_holder::{
    AddError, Approval, Effect, Engage, Event, Lapsed, Outcome, Presentation, RecordKind, Reuse,
    Unreadable, Wallet, Within, log,
};
use coffret_mdoc::{
    DeviceAuthMethod, DeviceRequest, DocRequest, ElementName, IntentToRetain, ItemsRequest,
    NameSpaces,
};
use coffret_proximity::{
    Answering, Collected, Collector, DeviceEngagement, Engaged, Establishing, Frames, Inviting,
    ReaderCode, SessionData, Status,
};
use coffret_reader::{self as reader, Ask, Finding, Reader, ReaderIdentity, Rejection, Start};
use coffret_store::{BootTime, Changes, Cost, KeyFile, MemorySecrets, Opened, RecordId, Table};
use coffret_trust::{Purpose, Trust};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::program::Folder;
use crate::search::Search;
use crate::story::{self, PIN, person};
use crate::wallet::{Issuer, now, pin};

const MARK: &str = "Zzyzxmark";
const NUMBER: u64 = 987_654_321_987;
const BYTES: &[u8] = b"ZZYZXBYTES";

/// Looks at one value after another, and notes of which types they were.
struct Walk {
    personal: Search,
    seen: BTreeSet<&'static str>,
    rng: ChaCha20Rng,
}

impl Walk {
    fn new() -> Walk {
        let mut personal = story::values();
        for text in [MARK, "987654321987", "987_654", PIN] {
            personal.text(text);
        }
        personal.bytes(BYTES, "bytes");
        Walk { personal, seen: BTreeSet::new(), rng: ChaCha20Rng::from_seed([8; 32]) }
    }

    fn look<T: Debug>(&mut self, value: &T) {
        for text in [format!("{value:?}"), format!("{value:#?}")] {
            let found = self.personal.found_in(text.as_bytes());
            assert!(found.is_empty(), "{} shows {found:?}: {text}", type_name::<T>());
        }
        self.seen.insert(type_name::<T>());
    }

    fn each<T: Debug>(&mut self, values: &[T]) {
        values.iter().for_each(|value| self.look(value));
    }
}

/// What a library's file lets out: the module that it is from, and its name.
fn exported<'a>(module: &'a str, file: &'a str) -> impl Iterator<Item = (String, &'a str)> {
    file.split(';').flat_map(move |statement| {
        let path = statement.rsplit_once("pub use ").map_or("", |(_, path)| path);
        let path = path.trim_start_matches("self::");
        let (from, names) = path.rsplit_once("::").unwrap_or_default();
        let from = match from.strip_prefix("coffret_") {
            Some(_) => from.to_owned(),
            None => format!("{module}::{from}"),
        };
        let names = names.trim_matches(['{', '}']).split(',').map(str::trim);
        let types = names.filter(|name| name.starts_with(char::is_uppercase));
        types.map(move |name| (from.clone(), name))
    })
}

#[test]
fn no_public_type_shows_what_is_personal() {
    let walk = &mut Walk::new();
    stored(walk);
    told(walk);

    let all = [
        ("coffret_store", include_str!("../../../wallet-core/store/src/lib.rs")),
        ("coffret_proximity", include_str!("../../../wallet-core/proximity/src/lib.rs")),
        ("coffret_reader", include_str!("../../../wallet-core/reader/src/lib.rs")),
        ("coffret_holder", include_str!("../../../wallet-core/holder/src/lib.rs")),
        ("coffret_holder::log", include_str!("../../../wallet-core/holder/src/log.rs")),
    ];
    // A trait, another name for bytes, what asks the system's own keyring, and names of files.
    let not_here = ["PlatformSecrets", "Plaintext", "Keyring", "FILES"];
    let all: Vec<_> = all.into_iter().flat_map(|(module, file)| exported(module, file)).collect();
    assert!(all.len() > 60, "{all:?}");
    let was_seen = |(module, name): &(String, &str)| {
        walk.seen.iter().any(|seen| {
            let path = seen.split('<').next().unwrap_or_default();
            path.starts_with(module) && path.ends_with(&format!("::{name}"))
        })
    };
    let unseen = all.iter().filter(|each| !was_seen(each) && !not_here.contains(&each.1));
    let unseen: Vec<_> = unseen.collect();
    assert!(unseen.is_empty(), "not looked at: {unseen:?}");
}

/// The store, which knows no document.
fn stored(walk: &mut Walk) {
    let folder = Folder::new();
    let secrets = MemorySecrets::default();
    walk.look(&secrets);
    walk.look(&KeyFile::new(folder.path("slot")));
    let opened = coffret_store::open(&folder.path("store"), Box::new(secrets)).unwrap();
    walk.look(&opened);
    let Opened::New(blank) = opened else { panic!("there is a store already") };
    walk.look(&blank);
    let pin = pin();
    walk.look(&pin);
    walk.look(&Cost::MIN);
    let mut store = blank.create(&pin, Cost::MIN, &mut walk.rng).unwrap();
    let (table, id) = (Table(1), RecordId::random(&mut walk.rng));
    walk.look(&table);
    walk.look(&id);
    let changes = Changes::default().put(table, id, Some(MARK.as_bytes()), BYTES.to_vec());
    let changes = changes.note(MARK.into());
    walk.look(&changes);
    store.commit(changes, &mut walk.rng).unwrap();
    walk.look(&store);
    let mut locked = store.lock();
    walk.look(&locked);
    let boot = BootTime { boot: [0; 16], seconds: 0, wall: None };
    walk.look(&boot);
    walk.look(&locked.attempts(boot));
    let wrong = coffret_store::Pin::parse("000000").unwrap();
    let (_, error) = locked.unlock(&wrong, boot).unwrap_err();
    walk.look(&error);
}

/// A document held, then shown in either order.
fn told(walk: &mut Walk) {
    let folder = Folder::new();
    let opened = coffret_store::open(&folder.path("wallet"), Box::<MemorySecrets>::default());
    let Opened::New(blank) = opened.unwrap() else { panic!("there is a wallet already") };
    let store = blank.create(&pin(), Cost::MIN, &mut walk.rng).unwrap();
    let mut wallet = Wallet::open(store).unwrap();
    let issuer = Issuer::new(&mut walk.rng);
    issuer.is_trusted_by(&mut wallet, &mut walk.rng);
    held(walk, &mut wallet, &issuer);

    let mut trust = Trust::new();
    trust.add_anchor(issuer.0.issuer.certificate().clone(), Purpose::Issuer).unwrap();
    by_code(walk, &mut wallet, &issuer, trust);
    by_code(walk, &mut wallet, &issuer, Trust::new());
    by_engagement(walk, &mut wallet);

    for (_, entry) in wallet.log().unwrap() {
        walk.look(&entry);
        walk.look(&entry.outcome);
        walk.look(entry.evidence.as_ref().unwrap());
        walk.look(entry.reader.as_ref().unwrap());
        walk.look(&entry.reader.as_ref().unwrap().standing);
        walk.look(&entry.documents[0]);
        walk.look(&entry.documents[0].elements[0]);
    }
    let checked: log::Checked = wallet.verify_log(now(), &mut walk.rng).unwrap();
    walk.look(&checked);
    walk.each(&checked.entries);
    walk.look(&wallet);
    let kind = RecordKind::Document;
    walk.look(&kind);
    walk.look(&Unreadable { kind, id: [0; 16], rule: coffret_holder::Error::RecordForm });
    walk.look(&log::Search::default());
}

fn held(walk: &mut Walk, wallet: &mut Wallet, issuer: &Issuer) {
    let document = &person().documents[0];
    let marks = [
        ("text", Value::from(MARK)),
        ("number", Value::Unsigned(NUMBER)),
        ("bytes", Value::Bytes(BYTES.to_vec())),
    ];
    let marks = marks.map(|(id, value)| ("ca.coffret.test", id, value));
    let data: NameSpaces<Value> = document.elements().chain(marks).collect();
    let (doc_type, reuse) = (document.doc_type, Reuse::Reusable);
    let credentials = issuer.issue(wallet, doc_type, &data, reuse, 2, &mut walk.rng);
    let ids = wallet.add(&credentials, now(), &mut walk.rng).unwrap();
    let error = wallet.add(&credentials, now(), &mut walk.rng).unwrap_err();
    walk.look(&error);
    let AddError::Refused(refusals) = &error else { panic!("{error}") };
    walk.each(refusals);
    walk.look(&refusals[0].rule);

    walk.look(&ids[0]);
    let cards = wallet.documents(now()).unwrap();
    walk.each(&cards);
    walk.look(&cards[0].copies);
    walk.look(&cards[0].copies.reuse);
    walk.look(&cards[0].issuer);
    walk.look(&cards[0].validity);
    walk.look(&cards[0].person);
    walk.look(&cards[0].state(now()));
    walk.look(&wallet.document(ids[0], now()).unwrap());
    walk.each(&wallet.people().unwrap());
    let notices = wallet.notices(now().plus_days(85)).unwrap();
    assert!(!notices.is_empty());
    walk.each(&notices);
    walk.look(&Within::SevenDays);
    walk.each(wallet.trust_list());
    let entry = &wallet.trust_list()[0];
    walk.look(&entry.id);
    walk.look(&entry.kind.unwrap());
    walk.look(&coffret_holder::TrustData::Registry(&issuer.0.readers));
    walk.look(&wallet.auto_lock().unwrap());
}

fn asked() -> ItemsRequest {
    let document = &person().documents[0];
    let elements = document.elements().map(|(ns, id, _)| (ns, id, IntentToRetain::NotRetained));
    let elements = elements.filter(|(_, id, _)| !id.starts_with("age_over_"));
    let marks = ["text", "number", "bytes"];
    let marks = marks.map(|id| ("ca.coffret.test", id, IntentToRetain::NotRetained));
    ItemsRequest::new(document.doc_type, elements.chain(marks))
}

/// The reader first: what it makes of the answer depends on whom it trusts.
fn by_code(walk: &mut Walk, wallet: &mut Wallet, issuer: &Issuer, trust: Trust) {
    let certificate = issuer.0.reader.certificate().clone();
    let identity = ReaderIdentity { key: KeyRef::random(&mut walk.rng), certificate };
    walk.look(&identity);
    let desk = Reader::new(trust, Some(identity));
    walk.look(&desk);
    let ask = Ask::Items(vec![asked()]);
    walk.look(&ask);
    walk.look(&Start::Code);
    let (mut reading, effects) = desk.start(&ask, Start::Code, now(), &mut walk.rng).unwrap();
    walk.look(&reading);
    walk.each(&effects);
    let sign = |task: &KeyTask| -> KeyOutcome { issuer.0.reader.key().perform(task) };
    let tasks = effects.iter().find_map(|effect| match effect {
        reader::Effect::UseKeys(tasks) => Some(tasks),
        _ => None,
    });
    let done = reader::Event::KeysDone(tasks.unwrap().iter().map(sign).collect());
    walk.look(&done);
    let effects = desk.step(&mut reading, done, now()).unwrap();
    walk.each(&effects);
    let frames = effects.into_iter().find_map(|effect| match effect {
        reader::Effect::Show(frames) => Some(frames),
        _ => None,
    });

    let code = ReaderCode::parse(&collected(walk, Collector::of_codes(), frames.unwrap())).unwrap();
    walk.look(&code);
    let answering = Answering::new(&code, now(), &mut walk.rng).unwrap();
    walk.look(&answering);
    let inviting = Inviting::new(now(), &mut walk.rng).unwrap();
    walk.look(&inviting);
    walk.look(&inviting.invite(code.request()).unwrap().0);
    let (how, method) = (Engage::Reader(&code), DeviceAuthMethod::Signature);
    walk.look(&how);
    let (mut presentation, effects) = wallet.present(how, method, now(), &mut walk.rng).unwrap();
    let effects = settled(walk, wallet, &mut presentation, effects);
    let frames = effects.into_iter().find_map(|effect| match effect {
        Effect::Animate(frames) => Some(frames),
        _ => None,
    });
    for frame in frames.unwrap() {
        let event = reader::Event::Frame(frame);
        walk.look(&event);
        let effects = desk.step(&mut reading, event, now()).unwrap();
        walk.each(&effects);
        for effect in effects {
            let reader::Effect::Ended(outcome) = effect else { continue };
            walk.look(&outcome);
            let reader::Outcome::Read { verdict, answers } = outcome else { panic!("no answer") };
            walk.look(&verdict);
            walk.each(&answers);
            let given = answers.iter().find_map(|answer| answer.given.as_ref()).unwrap();
            walk.look(given);
            walk.look(&given.by);
            if let reader::Verdict::Rejected(rejection) = &verdict {
                walk.look::<Rejection>(rejection);
            }
            let element = Some(ElementName::new("ca.coffret.test", "text"));
            walk.look(&Finding { rule: reader::Error::Closed, element });
            walk.look(&reader::Error::Closed);
            return;
        }
    }
}

fn collected(walk: &mut Walk, mut collector: Collector, frames: Frames) -> Vec<u8> {
    walk.look(&frames);
    for frame in frames {
        let collected = collector.receive(&frame).unwrap();
        walk.look(&collector);
        walk.look(&collected);
        if let Collected::Whole(message) = collected {
            return message;
        }
    }
    unreachable!("frames do not end")
}

/// ISO's order, with a session on the reader's side.
fn by_engagement(walk: &mut Walk, wallet: &mut Wallet) {
    let engaged = Engaged::new(&mut walk.rng).unwrap();
    walk.look(&engaged);
    let (how, method) = (Engage::Device, DeviceAuthMethod::Signature);
    let (mut presentation, effects) = wallet.present(how, method, now(), &mut walk.rng).unwrap();
    walk.each(&effects);
    let [Effect::Show(uri)] = effects.as_slice() else { panic!("{effects:?}") };
    let engagement = DeviceEngagement::from_uri(uri).unwrap();
    walk.look(&engagement);
    let establishing = Establishing::new(&engagement, &mut walk.rng).unwrap();
    walk.look(&establishing);
    let request = DeviceRequest::new(vec![DocRequest::unsigned(&asked()).unwrap()]).encoded();
    let (mut session, establishment) = establishing.establish(request.as_bytes()).unwrap();
    walk.look(&session);

    let event = Event::Received(establishment);
    walk.look(&event);
    let effects = wallet.step(&mut presentation, event, now(), &mut walk.rng).unwrap();
    let effects = settled(walk, wallet, &mut presentation, effects);
    let [Effect::Send(answer)] = effects.as_slice() else { panic!("{effects:?}") };
    walk.look(&SessionData::read(Item::parse(answer).unwrap()).unwrap());
    let message = session.open(answer).unwrap();
    assert!(!walk.personal.found_in(message.data.as_ref().unwrap()).is_empty(), "the control");
    walk.look(&message);
    walk.look(&Status::Termination);
    let error = session.open(answer).unwrap_err();
    walk.look(&error);
}

/// The person approves of everything, and keys are used: what is left to do.
fn settled(
    walk: &mut Walk,
    wallet: &mut Wallet,
    presentation: &mut Presentation,
    effects: Vec<Effect>,
) -> Vec<Effect> {
    walk.look(presentation);
    walk.each(&effects);
    let mut left = Vec::new();
    for effect in effects {
        let event = match effect {
            Effect::Ask(consent) => {
                walk.look(&*consent);
                walk.look(&consent.risk);
                let document = &consent.documents[0];
                walk.look(document);
                walk.each(&document.elements);
                walk.look(&document.elements[0].need);
                walk.each(&document.candidates);
                walk.look(&document.candidates[0].whose);
                walk.look(document.candidates[0].number.as_ref().unwrap());
                walk.look(&Lapsed::Kept);
                walk.each(&consent.cautions(&consent.everything()));
                let approval: Approval = consent.everything();
                walk.look(&approval);
                walk.each(&approval.choices);
                Event::Approved(approval)
            }
            Effect::UseKeys(tasks) => {
                let rng = &mut walk.rng;
                let done = tasks.iter().map(|task| wallet.perform(task, rng).unwrap());
                Event::KeysDone(done.collect())
            }
            other => {
                left.push(other);
                continue;
            }
        };
        walk.look(&event);
        let effects = wallet.step(presentation, event, now(), &mut walk.rng).unwrap();
        left.extend(settled(walk, wallet, presentation, effects));
    }
    walk.look(&Outcome::Shared);
    left
}

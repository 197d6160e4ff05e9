//! The chain, and what is found when somebody has been at it.

use coffret_crypto::{Curve, PublicKey, SoftwareKeys};
use coffret_issuer::Identity;
use coffret_mdoc::{
    DeviceRequest, DocRequest, ElementName, Handover, IntentToRetain, ItemsRequest,
    SessionTranscript, UnsignedRequest,
};
use coffret_trust::Retention;
use proptest::prelude::*;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use super::*;
use crate::records::kept;

mod unreadable;

fn now() -> Timestamp {
    Timestamp::parse("2026-11-22T12:00:00Z").unwrap()
}

fn rng() -> ChaCha20Rng {
    ChaCha20Rng::from_seed([5; 32])
}

fn key() -> PrivateKey {
    PrivateKey::generate(Curve::P256, &mut rng())
}

fn asked(identifier: &str) -> (Vec<Document>, Evidence) {
    let elements = [("ca.example", identifier, LOOK), ("ca.other", identifier, LOOK)];
    let items = ItemsRequest::new("ca.example.1", elements);
    let request = DeviceRequest::new(vec![DocRequest::unsigned(&items).unwrap()]);
    let document = Document {
        doc_type: "ca.example.1".to_owned(),
        purpose: Some("age-18".to_owned()),
        elements: vec![
            Element {
                asked: ElementName::new("ca.other", identifier),
                retention: Retention::NotKept,
                shown: None,
            },
            Element {
                asked: ElementName::new("ca.example", identifier),
                retention: Retention::Kept,
                shown: Some("age_over_21".to_owned()),
            },
        ],
    };
    let transcript = SessionTranscript::new(None, None, &Handover::Qr).unwrap();
    let request = request.encoded().into_bytes();
    (vec![document], Evidence { request, transcript: transcript.tagged().clone() })
}

const LOOK: IntentToRetain = IntentToRetain::NotRetained;

fn entry(identifier: &str) -> Entry {
    let (documents, evidence) = asked(identifier);
    Entry {
        time: now(),
        reader: Some(reader(Standing::None)),
        documents,
        outcome: Outcome::Shared,
        evidence: Some(evidence),
    }
}

fn reader(standing: Standing) -> Reader {
    Reader { standing, name: None, registered: None }
}

/// As many entries, each of its own.
fn log(length: usize) -> (Head, Vec<Link>) {
    let (mut head, mut links, mut rng) = (Head::default(), Vec::new(), rng());
    for number in 0..length {
        let (next, link) = head.extended(entry(&format!("element_{number}")).content(), &mut rng);
        head = next;
        links.push(link);
    }
    (head, links)
}

/// `Log`, of entries that all read.
fn exported(
    head: &Head,
    links: &[Link],
    key: &PrivateKey,
    now: Timestamp,
) -> Result<Encoded, Error> {
    let places: Vec<Place> = links.iter().cloned().map(Some).collect();
    super::exported(head, &places, key, now)
}

fn checked(head: &Head, links: &[Link]) -> Result<Checked, Error> {
    let log = exported(head, links, &key(), now()).unwrap();
    check(log.as_bytes())
}

#[test]
fn a_log_proves_what_it_says() {
    let (head, mut links) = log(4);
    let whole = checked(&head, &links).unwrap();
    assert_eq!((whole.entries.len(), whole.deleted), (4, 0));
    assert_eq!((whole.key, whole.signed), (key().public_key(), now()));
    assert_eq!(whole.entries[3], (3, entry("element_3")));

    links[1].opening = None;
    let rest = checked(&head, &links).unwrap();
    assert_eq!((rest.entries.len(), rest.deleted), (3, 1));
    assert_eq!(rest.entries[1].0, 2);
    let log = exported(&head, &links, &key(), now()).unwrap().into_bytes();
    assert!(!log.windows(9).any(|window| window == b"element_1"), "nothing is left of it");
    assert!(log.windows(9).any(|window| window == b"element_2"));

    assert_eq!(checked(&Head::default(), &[]).unwrap().entries.len(), 0);
}

#[test]
fn whoever_was_at_it_is_found_out() {
    let (head, links) = log(4);
    let of = |change: fn(&mut Vec<Link>)| {
        let mut links = links.clone();
        change(&mut links);
        checked(&head, &links).err()
    };
    let content: fn(&mut Vec<Link>) = |links| {
        let other = entry("element_9").content().into_bytes();
        links[1].opening.as_mut().unwrap().1 = other;
    };
    let salt: fn(&mut Vec<Link>) = |links| links[1].opening.as_mut().unwrap().0[0] ^= 1;
    let both: fn(&mut Vec<Link>) = |links| {
        let content = entry("element_9").content().into_bytes();
        links[1].inner = chain::inner(&[0; 32], &content);
        links[1].opening = Some(([0; 32], content));
    };
    let deleted: fn(&mut Vec<Link>) = |links| {
        links[1].opening = None;
        links[1].inner[0] ^= 1;
    };
    for change in [content, salt, both, deleted, |links| links.swap(1, 2)] {
        assert_eq!(of(change), Some(Error::LogChain));
    }
    assert_eq!(of(|links| drop(links.pop())), Some(Error::LogLength));
    assert_eq!(of(|links| drop(links.remove(0))), Some(Error::LogLength));
    assert_eq!(of(|links| links.push(links[0].clone())), Some(Error::LogLength));
}

/// A log of one entry that is as given.
fn with_entry(entry: Entry) -> Result<Checked, Error> {
    let (head, link) = Head::default().extended(entry.content(), &mut rng());
    checked(&head, &[link])
}

#[test]
fn an_entry_says_what_its_evidence_says() {
    let (documents, evidence) = asked("a");
    let good = entry("a");
    assert!(with_entry(good.clone()).is_ok());
    let failed = Outcome::Failed { code: "session-over".to_owned() };
    let nothing = Entry {
        reader: None,
        documents: Vec::new(),
        evidence: None,
        outcome: failed,
        time: good.time,
    };
    assert!(with_entry(nothing.clone()).is_ok(), "nobody who could be understood");
    let mut other_type = documents.clone();
    other_type[0].doc_type.push('0');
    let mut fewer = documents.clone();
    fewer[0].elements.pop();
    let signed = |standing| Some(reader(standing));
    let mut more = documents.clone();
    more[0].elements.extend(asked("b").0.remove(0).elements);
    let mut twice = documents.clone();
    twice[0].elements.extend(documents[0].elements.first().cloned());
    let retained = |kept| {
        let elements = ["ca.example", "ca.other"].map(|namespace| {
            let intent = if namespace == kept { IntentToRetain::Retained } else { LOOK };
            (namespace, "a", intent)
        });
        let items = ItemsRequest::new("ca.example.1", elements);
        let request = DeviceRequest::new(vec![DocRequest::unsigned(&items).unwrap()]);
        let request = request.encoded().into_bytes();
        Entry { evidence: Some(Evidence { request, ..evidence.clone() }), ..good.clone() }
    };
    assert!(with_entry(retained("ca.example")).is_ok());
    let others = [
        Entry { evidence: None, ..good.clone() },
        Entry { reader: good.reader.clone(), ..nothing.clone() },
        Entry { documents: documents.clone(), ..nothing.clone() },
        Entry { outcome: Outcome::Unanswered, ..nothing.clone() },
        Entry { outcome: Outcome::Shared, ..nothing },
        retained("ca.other"),
        Entry { documents: more, ..good.clone() },
        Entry { documents: twice, ..good.clone() },
        Entry { reader: None, ..good.clone() },
        Entry { reader: signed(Standing::Untrusted), ..good.clone() },
        Entry { reader: signed(Standing::Verified), ..good.clone() },
        Entry { reader: signed(Standing::Invalid), ..good.clone() },
        Entry { documents: Vec::new(), ..good.clone() },
        Entry { documents: [documents.clone(), documents].concat(), ..good.clone() },
        Entry { documents: other_type, ..good.clone() },
        Entry { documents: fewer, ..good.clone() },
        Entry { documents: asked("b").0, ..good.clone() },
        Entry {
            evidence: Some(Evidence { request: Vec::new(), ..evidence.clone() }),
            ..good.clone()
        },
        Entry { evidence: Some(Evidence { transcript: Encoded::null(), ..evidence }), ..good },
    ];
    for (place, entry) in others.into_iter().enumerate() {
        assert_eq!(with_entry(entry).err(), Some(Error::LogEvidence), "{place}");
    }
}

#[test]
fn the_reader_s_signature_says_who_it_was() {
    let root = Identity::specimen_root().unwrap();
    let items =
        ItemsRequest::new("ca.example.1", [("ca.example", "a", LOOK), ("ca.other", "a", LOOK)]);
    let transcript = SessionTranscript::new(None, None, &Handover::Qr).unwrap();
    let unsigned = UnsignedRequest::new(&items, &transcript, root.certificate()).unwrap();
    let mut keys = SoftwareKeys::default();
    let key = PrivateKey::from_pkcs8_pem(&root.key_pem()).unwrap();
    let key = keys.insert(key, &mut rng());
    let signed = unsigned.sign(keys.execute(&unsigned.task(key), &mut rng())).unwrap();
    let request = DeviceRequest::new(vec![signed]).encoded().into_bytes();
    let said = |standing, name: Option<&str>, e_reader_key: Option<Encoded>| {
        let transcript = SessionTranscript::new(None, e_reader_key, &Handover::Qr).unwrap();
        let name = name.map(str::to_owned);
        let entry = Entry {
            reader: Some(Reader { name, ..reader(standing) }),
            evidence: Some(Evidence {
                request: request.clone(),
                transcript: transcript.tagged().clone(),
            }),
            ..entry("a")
        };
        with_entry(entry).err()
    };
    let name = root.certificate().common_name();
    let another = || Some(Encoded::embedded(&key_of_another().to_cose()));
    for standing in [Standing::Untrusted, Standing::Verified] {
        assert_eq!(said(standing, name, None), None);
        assert_eq!(said(standing, Some("Clinique"), None), Some(Error::LogEvidence));
        assert_eq!(said(standing, name, another()), Some(Error::LogEvidence), "another session");
    }
    assert_eq!(said(Standing::None, None, None), Some(Error::LogEvidence));
    assert_eq!(said(Standing::Invalid, None, another()), None);
}

fn key_of_another() -> PublicKey {
    PrivateKey::generate(Curve::P256, &mut ChaCha20Rng::from_seed([6; 32])).public_key()
}

/// A log whose members are as given.
fn with(change: impl Fn(&str, Encoded) -> Encoded) -> Result<Checked, Error> {
    let (head, links) = log(2);
    let log = exported(&head, &links, &key(), now()).unwrap();
    let map = log.as_item().map().unwrap();
    let members = ["version", "key", "head", "entries"];
    let members = members.map(|name| (name, change(name, map.require(name).unwrap().into())));
    check(Encoded::map(members).as_bytes())
}

#[test]
fn only_the_log_s_key_signs_its_head() {
    let foreign = |name: &str, member| match name {
        "key" => key_of_another().to_cose(),
        _ => member,
    };
    assert_eq!(with(foreign).err(), Some(Error::LogSignature));
    assert!(with(|_, member| member).is_ok());
}

#[test]
fn what_is_no_log_is_refused() {
    assert_eq!(check(b"\xa0").err(), Some(Error::LogForm));
    assert_eq!(check(b"").err(), Some(Error::LogForm));
    let later = |name: &str, member| if name == "version" { "2.0".into() } else { member };
    assert_eq!(with(later).err(), Some(Error::LogForm));
    let payload = Payload::Embedded(b"\xa0");
    let algorithm = key().public_key().curve().algorithm().unwrap();
    let head = Unsigned::new(algorithm, &[], payload, &[]).sign(&key()).unwrap();
    let empty = |name: &str, member| if name == "head" { (&head).into() } else { member };
    assert_eq!(with(empty).err(), Some(Error::LogForm));
    let half = |name: &str, member| match name {
        "entries" => Encoded::array([Encoded::array([
            Encoded::bytes(&[0; 32]),
            Encoded::bytes(&[0; 32]),
            Encoded::null(),
        ])]),
        _ => member,
    };
    assert_eq!(with(half).err(), Some(Error::LogForm));
}

#[test]
fn an_entry_says_the_same_when_it_is_read() {
    let outcomes = [
        Outcome::Shared,
        Outcome::Refused,
        Outcome::Unanswered,
        Outcome::Failed { code: "session-over".to_owned() },
    ];
    for outcome in outcomes {
        let entry = Entry { outcome, ..entry("a") };
        assert_eq!(Entry::parse(entry.content().as_bytes()), Ok(entry));
    }
    for standing in [Standing::None, Standing::Untrusted, Standing::Verified, Standing::Invalid] {
        let named = Some(("Clinique".to_owned(), "Clinic".to_owned()));
        let reader =
            Reader { name: Some("Clinique".to_owned()), registered: named, ..reader(standing) };
        let entry =
            Entry { reader: Some(reader), evidence: None, documents: Vec::new(), ..entry("a") };
        assert_eq!(Entry::parse(entry.content().as_bytes()), Ok(entry));
    }
    let named = |outcome: &str, code: Option<&str>| {
        let code = code.map(|code| ("code", Encoded::from(code)));
        let members = [
            ("time", now().into()),
            ("documents", Encoded::array([])),
            ("outcome", outcome.into()),
        ];
        Entry::parse(Encoded::map(members.into_iter().chain(code)).as_bytes()).err()
    };
    assert_eq!(named("shared", None), None);
    for (outcome, code) in [("lost", None), ("failed", None), ("shared", Some("session-over"))] {
        assert_eq!(named(outcome, code), Some(Error::LogForm));
    }
}

proptest! {
    /// A log with a byte changed says the same as before, or is refused; nothing panics.
    #[test]
    fn no_byte_is_changed_unseen(at in any::<prop::sample::Index>(), byte: u8) {
        let (head, links) = log(2);
        let mut log = exported(&head, &links, &key(), now()).unwrap().into_bytes();
        let at = at.index(log.len());
        log[at] = byte;
        if let Ok(checked) = check(&log) {
            let entries: Vec<_> = checked.entries.into_iter().map(|(_, entry)| entry).collect();
            prop_assert_eq!(entries, [entry("element_0"), entry("element_1")]);
        }
    }

    /// Whatever is deleted, the rest is proven.
    #[test]
    fn deletion_leaves_no_hole(deleted in prop::collection::vec(any::<bool>(), 0..12)) {
        let (head, mut links) = log(deleted.len());
        for (link, deleted) in links.iter_mut().zip(&deleted) {
            link.opening = link.opening.take().filter(|_| !deleted);
        }
        let checked = checked(&head, &links).unwrap();
        prop_assert_eq!(checked.deleted, deleted.iter().filter(|deleted| **deleted).count());
        for (number, said) in checked.entries {
            prop_assert!(!deleted[number as usize]);
            prop_assert_eq!(said, entry(&format!("element_{number}")));
        }
    }
}

/// An earlier version wrote names as their certificates have them.
#[test]
fn a_name_of_before_is_read_as_it_can_be_shown() {
    let called = |name: &str| {
        let name = Some(name.to_owned());
        Entry { reader: Some(Reader { name, ..reader(Standing::Untrusted) }), ..entry("sex") }
    };
    let kept = called("Bar\u{202e}\r\n du Coin");
    let read = Entry::parse(kept.content().as_bytes()).unwrap();
    assert_eq!(read, called("Bar du Coin"));
}

/// Links with and without what they opened, the head that follows them, and what an entry says.
#[test]
fn the_log_of_every_form_is_read() {
    kept::every_form::<Link>("link");
    kept::every_form::<Link>("deleted-link");
    kept::every_form::<Head>("head");
    let content = kept::file("log-content");
    let entry = Entry::parse(&content).unwrap();
    assert!(entry.content().as_bytes() == content, "what an entry says has changed");
    let link: Link = crate::records::opened(&kept::file("link-1")).unwrap();
    assert!(link.opening.as_ref().unwrap().1 == content);
    let head: Head = crate::records::opened(&kept::file("head-1")).unwrap();
    assert_eq!(Head::default().followed_by(&link.inner), head);
}

#[test]
#[ignore = "keeps what the test above reads: once a form, before it is released"]
fn keep_a_log_of_today() {
    let entry = Entry {
        reader: Some(Reader {
            standing: Standing::Verified,
            name: Some("Pharmacie".to_owned()),
            registered: Some(("Pharmacie".to_owned(), "Pharmacy".to_owned())),
        }),
        ..entry("age_over_18")
    };
    let (head, link) = Head::default().extended(entry.content(), &mut rng());
    let deleted = Link { opening: None, ..link.clone() };
    kept::keep("log-content", entry.content().as_bytes());
    kept::keep(&format!("link-{}", Link::FORM), &link.numbered());
    kept::keep(&format!("deleted-link-{}", Link::FORM), &deleted.numbered());
    kept::keep(&format!("head-{}", Head::FORM), &head.numbered());
}

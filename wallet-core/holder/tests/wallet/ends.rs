//! When a document ends by its own dates, which a renewed copy outlives.

use coffret_cbor::{Encoded, Item, TAG_FULL_DATE, TAG_TDATE, Timestamp, Value};
use coffret_holder::{DocumentId, Notice, Reuse, State, Wallet};
use coffret_mdoc::Error as Rule;
use coffret_store::{Changes, Table};

use crate::story::{BIRTH, MDL, Story, credentials, elements, time, with};

const DOCUMENTS: Table = Table(3);

/// A licence that ends on its own date, in a copy that is valid for so many days.
fn licence(story: &mut Story, wallet: &mut Wallet, date: Value, days: i32) -> DocumentId {
    let elements = with(&elements("adulte", MDL), &[("expiry_date", date)]);
    let keys = story.keys(wallet, 1);
    let signed = story.sign(MDL, &elements, &keys, days);
    let credentials = credentials(MDL, &signed, Reuse::Reusable);
    wallet.add(&credentials, story.now, &mut story.rng).unwrap().remove(0)
}

fn day(text: &str) -> Value {
    Value::Tag(TAG_FULL_DATE, Box::new(text.into()))
}

/// Whoever reads *valide* in the list is not refused at the counter for a date, and who reads *expiré*
/// would be.
#[test]
fn a_listing_says_of_the_dates_what_a_reader_would() {
    let (mut story, mut wallet) = Story::begin();
    // The copies are valid until the beginning of December 2, 4 or 22.
    let moment = Value::Tag(TAG_TDATE, Box::new("2026-12-03T06:00:00Z".into()));
    let held = [
        (day("2026-12-02"), 30),
        (day("2026-12-03"), 12),
        (day("2026-12-04"), 12),
        (day("2026-12-05"), 12),
        (day("2026-12-06"), 10),
        (moment, 30),
    ];
    let held = held.map(|(date, days)| licence(&mut story, &mut wallet, date, days));
    let mut seen = [0, 0];
    let first = time("2026-12-01T00:00:00Z").unix();
    for quarter in 0..4 * 6 {
        let now = Timestamp::from_unix(first + quarter * 6 * 3600).unwrap();
        // The second at which something ends, and the one after.
        for now in [-1, 0, 1].map(|after| Timestamp::from_unix(now.unix() + after).unwrap()) {
            let notices = wallet.notices(now).unwrap();
            for card in wallet.documents(now).unwrap() {
                let document = wallet.document(card.id, now).unwrap();
                let mut rules = document.verdict().errors().iter().map(|found| found.rule);
                let refused = rules.any(|rule| matches!(rule, Rule::Expired | Rule::ExpiryPassed));
                let is_valid = card.state(now).is_valid();
                assert_eq!(is_valid, !refused, "{now}: {card:?}");
                assert_eq!(document.card, card);
                let expired = Notice::Expired { document: card.id };
                assert_eq!(notices.contains(&expired), refused, "{now}: {card:?}");
                assert!(refused || now <= card.validity.until.plus_days(1), "{card:?}");
                seen[usize::from(refused)] += 1;
            }
        }
    }
    assert!(seen.iter().all(|seen| *seen > 100), "{seen:?}");
    assert_eq!(held.len(), wallet.documents(story.now).unwrap().len());
}

/// What is said is the document's own date; during the grace it ends today.
#[test]
fn the_earlier_end_is_said() {
    let (mut story, mut wallet) = Story::begin();
    let renewed = licence(&mut story, &mut wallet, day("2026-12-02"), 300);
    let card = |wallet: &Wallet| {
        let mut cards = wallet.documents(story.now).unwrap().into_iter();
        cards.find(|card| card.id == renewed).unwrap()
    };
    let said = card(&wallet);
    assert_eq!(said.validity.until, time("2026-12-02T23:59:59Z"));
    for (now, state) in [
        ("2026-11-22T12:00:00Z", State::Expiring { days: 10 }),
        ("2026-12-02T23:59:59Z", State::Expiring { days: 0 }),
        ("2026-12-03T00:00:00Z", State::Expiring { days: 0 }),
        ("2026-12-03T23:59:59Z", State::Expiring { days: 0 }),
        ("2026-12-04T00:00:00Z", State::Expired),
    ] {
        assert_eq!(said.state(time(now)), state, "{now}");
    }

    // Forms before 3 have not noted it in an excerpt: a copy says.
    drop(wallet);
    let mut store = story.store();
    let (id, record) = store.all(DOCUMENTS).unwrap().remove(0);
    let [form, record] = Item::parse(&record).unwrap().array().unwrap().exactly().unwrap();
    assert_eq!(form.unsigned(), Ok(3));
    let members = record.map().unwrap().into_iter();
    let members = members.map(|(key, value)| (key.text().unwrap(), Encoded::from(value)));
    let before = members.filter(|(key, _)| key != "excerpt").collect::<Vec<_>>();
    assert_eq!(before.len(), record.map().unwrap().into_iter().count() - 1);
    let before = Encoded::map(before.iter().map(|(key, value)| (key.as_ref(), value.clone())));
    let before = Encoded::array([2u64.into(), before]).into_bytes();
    let term = record.map().unwrap().require("fingerprint").unwrap().byte_string().unwrap();
    let put = Changes::default().put(DOCUMENTS, id, Some(&term), before);
    store.commit(put, &mut story.rng).unwrap();
    let wallet = Wallet::open(store).unwrap();
    assert_eq!(card(&wallet), said);
}

#[test]
fn a_document_that_says_no_earlier_date_ends_with_its_copy() {
    let (mut story, mut wallet) = Story::begin();
    let birth = story.add(&mut wallet, "adulte", BIRTH, 1, Reuse::Reusable);
    let licence = licence(&mut story, &mut wallet, day("2033-03-12"), 365);
    for card in wallet.documents(story.now).unwrap() {
        assert!([birth, licence].contains(&card.id));
        assert_eq!(card.validity.until, story.now.date().start().plus_days(365));
        assert_eq!(card.taken_until, card.validity.until);
    }
}

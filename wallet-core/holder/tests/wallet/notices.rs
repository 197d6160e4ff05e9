use std::slice::from_ref;

use coffret_holder::{
    Card, Copies, DocumentId, Issuer, Notice, PersonId, Reuse, TrustData, Validity, Within, notices,
};
use coffret_trust::Purpose;
use proptest::prelude::*;

use crate::story::{MDL, Story, time};

fn card(copies: Copies) -> Card {
    Card {
        id: DocumentId::from([1; 16]),
        doc_type: MDL.to_owned(),
        person: PersonId::from([2; 16]),
        specimen: false,
        issuer: Issuer { country: None, state: None, name: None, authority: None },
        validity: Validity {
            signed: time("2026-01-01T00:00:00Z"),
            from: time("2026-01-01T00:00:00Z"),
            until: time("2027-01-01T00:00:00Z"),
        },
        taken_until: time("2027-01-01T00:00:00Z"),
        copies,
    }
}

const FRESH: Copies = Copies { reuse: Reuse::Reusable, all: 1, left: 1, expired: 0, uses: 0 };

#[test]
fn the_end_is_announced_at_60_30_and_7_days() {
    let card = card(FRESH);
    let (document, until) = (card.id, card.validity.until);
    let expiring = |within, days| vec![Notice::Expiring { document, within, days }];
    for (before, said) in [
        (400, vec![]),
        (61, vec![]),
        (60, expiring(Within::SixtyDays, 60)),
        (31, expiring(Within::SixtyDays, 31)),
        (30, expiring(Within::ThirtyDays, 30)),
        (8, expiring(Within::ThirtyDays, 8)),
        (7, expiring(Within::SevenDays, 7)),
        (0, expiring(Within::SevenDays, 0)),
        (-1, vec![Notice::Expired { document }]),
    ] {
        assert_eq!(notices(from_ref(&card), &[], until.plus_days(-before)), said, "{before}");
    }
}

#[test]
fn copies_are_spoken_of_when_none_is_left_or_one_was_reused() {
    let now = time("2026-06-01T00:00:00Z");
    let document = card(FRESH).id;
    let reusable = |uses| Copies { uses, ..FRESH };
    let one_time = |left, uses| Copies { reuse: Reuse::OneTime, all: 3, left, expired: 0, uses };
    for (copies, said) in [
        (reusable(1), vec![]),
        (reusable(2), vec![Notice::Reused { document, uses: 2 }]),
        (one_time(1, 1), vec![]),
        (one_time(0, 1), vec![Notice::NoCopies { document }]),
    ] {
        assert_eq!(notices(&[card(copies)], &[], now), said, "{copies:?}");
    }
    let ended = notices(&[card(one_time(0, 1))], &[], time("2027-06-01T00:00:00Z"));
    assert_eq!(ended, [Notice::Expired { document }], "more copies of it would not help");
}

#[test]
fn old_trust_data_is_spoken_of() {
    let (mut story, mut wallet) = Story::begin();
    let registrar = story.pki.registrar.certificate_pem().unwrap();
    let readers = story.pki.readers.clone();
    for data in
        [TrustData::Anchors(registrar.as_bytes(), Purpose::Registry), TrustData::Registry(&readers)]
    {
        wallet.import_trust(data, "", story.now, &mut story.rng).unwrap();
    }
    let registry = wallet.trust_list().last().unwrap();
    let due = registry.until.unwrap();
    let old = vec![Notice::TrustOld { trust: registry.id }];
    assert_eq!(wallet.notices(due), Ok(vec![]));
    assert_eq!(wallet.notices(due.plus_days(1)), Ok(old));
    let all = wallet.notices(time("2099-01-01T00:00:00Z")).unwrap();
    assert_eq!(all.len(), 3, "certificates expire too");
}

proptest! {
    /// At any moment exactly one of: nothing, one announcement, its end; and what is said gets
    /// more urgent only.
    #[test]
    fn time_only_presses(from in 0i32..500, further in 0i32..100) {
        let card = card(FRESH);
        let said = |days| notices(from_ref(&card), &[], card.validity.from.plus_days(days));
        let urgency = |said: &[Notice]| match said {
            [] => 0,
            [Notice::Expiring { within: Within::SixtyDays, .. }] => 1,
            [Notice::Expiring { within: Within::ThirtyDays, .. }] => 2,
            [Notice::Expiring { within: Within::SevenDays, .. }] => 3,
            [Notice::Expired { .. }] => 4,
            other => panic!("{other:?}"),
        };
        prop_assert!(urgency(&said(from)) <= urgency(&said(from + further)));
    }
}

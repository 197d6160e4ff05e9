use coffret_mdoc::ElementName;
use proptest::prelude::*;

use super::*;
use crate::consent::NumberEnd;
use crate::excerpt::Excerpt;

fn time(day: i64) -> Timestamp {
    Timestamp::from_unix(day * 24 * 60 * 60).unwrap()
}

/// A copy valid from day 10 to day 20.
fn copy(id: u8, uses: u64) -> CopyRecord {
    CopyRecord {
        id: CopyId::from([id; 16]),
        key: KeyRef::from([id; 16]),
        uses,
        lost: false,
        validity: Validity { signed: time(10), from: time(10), until: time(20) },
    }
}

fn record(reuse: Reuse, copies: Vec<CopyRecord>) -> DocumentRecord {
    DocumentRecord {
        doc_type: "ca.coffret.test.1".to_owned(),
        person: PersonId::from([1; 16]),
        fingerprint: vec![2; 32],
        specimen: false,
        reuse,
        issuer: Issuer {
            country: Some("CA".to_owned()),
            state: Some("CA-QC".to_owned()),
            name: None,
            authority: Some("Root".to_owned()),
        },
        given: 9,
        uses: 3,
        copies,
        excerpt: Some(Excerpt {
            ends: Some(time(30)),
            number: Some(NumberEnd::decode(Encoded::from("7408").as_item()).unwrap()),
            elements: outline().into_bytes(),
        }),
    }
}

/// In the words of its specification.
fn outline() -> Encoded {
    let elements = [("age_over_18", true.into()), ("family_name", Encoded::null())];
    Encoded::map([("ca.coffret.test.1", Encoded::map(elements))])
}

/// The record that is kept of each form.
pub(super) fn sample() -> DocumentRecord {
    record(Reuse::OneTime, vec![copy(1, 0), copy(2, 3)])
}

fn order(record: &DocumentRecord, now: Timestamp) -> Vec<u8> {
    record.usable(now).iter().map(|copy| copy.id.record().as_bytes()[0]).collect()
}

#[test]
fn the_least_used_copy_is_shown_next() {
    let copies = vec![copy(1, 3), copy(2, 0), copy(3, 1), copy(4, 0)];
    let mut record = record(Reuse::Reusable, copies);
    assert_eq!(order(&record, time(15)), [2, 4, 3, 1]);
    record.use_copy(CopyId::from([2; 16]));
    assert_eq!(order(&record, time(15)), [4, 2, 3, 1]);
}

#[test]
fn a_one_time_copy_is_shown_once() {
    let mut record = record(Reuse::OneTime, vec![copy(1, 0), copy(2, 0)]);
    record.use_copy(CopyId::from([1; 16]));
    assert_eq!(order(&record, time(15)), [2]);
    record.use_copy(CopyId::from([2; 16]));
    assert_eq!(order(&record, time(15)), [] as [u8; 0]);
}

#[test]
fn a_lost_copy_is_not_shown() {
    let mut record = record(Reuse::Reusable, vec![copy(1, 0), copy(2, 5)]);
    record.lose_copy(CopyId::from([1; 16]));
    assert_eq!(order(&record, time(15)), [2]);
}

#[test]
fn a_valid_copy_is_shown_before_one_that_is_not() {
    let mut later = copy(2, 4);
    later.validity.until = time(30);
    let record = record(Reuse::Reusable, vec![copy(1, 0), later]);
    assert_eq!(order(&record, time(20)), [1, 2]);
    assert_eq!(order(&record, time(25)), [2, 1]);
    assert_eq!(order(&record, time(31)), [1, 2], "then the person decides");
}

#[test]
fn what_does_not_read_is_of_another_form() {
    let whole = record(Reuse::OneTime, vec![copy(1, 0)]).encoded().into_bytes();
    assert!(opened::<DocumentRecord>(&whole).is_ok());
    for end in 0..whole.len() {
        assert_eq!(opened::<DocumentRecord>(&whole[..end]), Err(Error::RecordDamaged));
    }
    assert_eq!(opened::<DocumentRecord>(b"\xa0"), Err(Error::RecordDamaged));
    let later = Encoded::array([(DocumentRecord::FORM + 1).into(), Encoded::null()]);
    assert_eq!(opened::<DocumentRecord>(later.as_bytes()), Err(Error::RecordForm));
}

/// What each form of a document's record said.
#[test]
fn a_document_of_each_form_says_what_it_said() {
    let today = sample();
    // Form 2 noted when the document ends, which is read of a copy now.
    let before = DocumentRecord { excerpt: None, ..today.clone() };
    let issuer = Issuer { state: None, authority: None, ..today.issuer.clone() };
    let first = DocumentRecord { issuer, ..before.clone() };
    for (form, expected) in [(0, first), (1, before.clone()), (2, before), (3, today)] {
        assert_eq!(opened(&kept::file(&format!("document-{form}"))), Ok(expected), "{form}");
    }
    let outline = sample().excerpt.unwrap().outline().unwrap();
    let name = ElementName::new("ca.coffret.test.1", "age_over_18");
    assert_eq!(outline.answering(&name.namespace, "age_over_16"), Some(name.clone()));
    assert_eq!(outline.answering(&name.namespace, "age_over_21"), None);
}

prop_compose! {
    fn copies()(
        id in any::<[u8; 16]>(),
        key in any::<[u8; 16]>(),
        uses in any::<u64>(),
        lost in any::<bool>(),
        days in 0i64..50_000,
    ) -> CopyRecord {
        let validity = Validity { signed: time(days), from: time(days), until: time(days + 9) };
        CopyRecord { id: id.into(), key: key.into(), uses, lost, validity }
    }
}

prop_compose! {
    fn excerpts()(
        ends in proptest::option::of(0i64..50_000),
        number in proptest::option::of(".{1,4}"),
        elements in any::<Vec<u8>>(),
    ) -> Excerpt {
        let number = number.map(|end| NumberEnd::decode(Encoded::from(end.as_str()).as_item()));
        Excerpt { ends: ends.map(time), number: number.transpose().unwrap(), elements }
    }
}

proptest! {
    #[test]
    fn a_record_reads_as_it_was_written(
        doc_type in ".{0,20}",
        name in proptest::option::of(".{0,20}"),
        specimen in any::<bool>(),
        excerpt in proptest::option::of(excerpts()),
        copies in prop::collection::vec(copies(), 1..5),
    ) {
        let issuer = Issuer { country: None, state: None, name, authority: None };
        for reuse in [Reuse::OneTime, Reuse::Reusable] {
            let (doc_type, issuer, excerpt) =
                (doc_type.clone(), issuer.clone(), excerpt.clone());
            let whole = record(reuse, copies.clone());
            let whole = DocumentRecord { doc_type, issuer, specimen, excerpt, ..whole };
            prop_assert_eq!(opened(whole.encoded().as_bytes()), Ok(whole));
        }
    }
}

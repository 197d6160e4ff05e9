use std::collections::HashSet;

use coffret_cbor::FullDate;

use super::*;
use crate::{Error, SMALL_IMAGE_LIMIT, nam};

fn documents() -> impl Iterator<Item = (&'static str, &'static SpecimenDocument)> {
    specimens().iter().flat_map(|person| person.documents.iter().map(|d| (person.id, d)))
}

fn text(document: &SpecimenDocument, id: &str) -> Option<String> {
    document.elements().find(|row| row.1 == id).map(|(_, _, value)| match value {
        Value::Text(text) => text,
        Value::Tag(_, inner) => match *inner {
            Value::Text(text) => text,
            _ => panic!("{id} is no text"),
        },
        _ => panic!("{id} is no text"),
    })
}

#[test]
fn each_is_complete_and_passes_the_check() {
    let mut checked = 0;
    for (person, document) in documents() {
        let doc_type = document_type(document.doc_type).unwrap();
        let mut held = HashSet::new();
        for (namespace, id, value) in document.elements() {
            assert!(held.insert((namespace, id)), "{person}: {id} twice");
            let element = doc_type.element(namespace, id).unwrap();
            assert_eq!(element.check(&value), Ok(()), "{person}: {id}");
            let warning = (id == "health_insurance_number").then_some(Error::NamCheckDigit);
            assert_eq!(element.warning(&value), warning, "{person}: {id}");
            checked += 1;
        }
        let missing = doc_type.missing(|namespace, id| held.contains(&(namespace, id)));
        assert!(missing.is_empty(), "{person}: {missing:?}");
    }
    println!("{checked} elements of {} documents", documents().count());
}

#[test]
fn each_is_marked() {
    for (person, document) in documents() {
        let names = ["family_name", "family_name_birth"].into_iter();
        let name = names.filter_map(|id| text(document, id)).next().unwrap();
        assert!(name.contains("SPÉCIMEN"), "{person}");
    }
}

#[test]
fn one_person_has_one_birth_date() {
    for person in specimens() {
        let dates: HashSet<_> = person.documents.iter().map(|d| text(d, "birth_date")).collect();
        assert_eq!(dates.len(), 1, "{}", person.id);
        let doc_types: HashSet<_> = person.documents.iter().map(|d| d.doc_type).collect();
        assert_eq!(doc_types.len(), person.documents.len(), "{}", person.id);
    }
}

/// The numbers look real and are nobody's.
#[test]
fn numbers_are_nobody_s() {
    for (person, document) in documents() {
        if let Some(number) = text(document, "health_insurance_number") {
            assert_eq!(nam::check(&number), Err(Error::NamCheckDigit), "{person}");
        }
        if document.doc_type == "org.iso.18013.5.1.mDL" {
            let number = text(document, "document_number").unwrap();
            assert_eq!(number[5..11], *"000000", "{person}");
        }
    }
}

/// But for its check digit, the number says what the card does.
#[test]
fn health_insurance_numbers_say_the_birth_date() {
    for (person, card) in documents().filter(|(_, d)| d.doc_type == "ca.qc.gouv.ramq.cam.1") {
        let (year, month, day) =
            FullDate::parse(&text(card, "birth_date").unwrap()).unwrap().calendar();
        let woman = card.elements().any(|(_, id, v)| id == "sex" && v == Value::Unsigned(2));
        let month = if woman { month + 50 } else { month };
        let number = text(card, "health_insurance_number").unwrap();
        assert_eq!(number[4..10], format!("{:02}{month:02}{day:02}", year % 100), "{person}");
    }
}

/// The flags are true from the day of issue to the day of expiry, so that a demonstration is at
/// any time.
#[test]
fn age_flags_are_true() {
    let mut flags = 0;
    for (person, document) in documents() {
        let date = |id| text(document, id).map(|date| FullDate::parse(&date).unwrap().calendar());
        let birth = date("birth_date").unwrap();
        for (_, id, value) in document.elements() {
            let Some(age) = id.strip_prefix("age_over_") else { continue };
            let reached = (birth.0 + age.parse::<i32>().unwrap(), birth.1, birth.2);
            for day in ["issue_date", "expiry_date"] {
                let old_enough = date(day).unwrap() >= reached;
                assert!(value == Value::Bool(old_enough), "{person}: {id} on {day}");
            }
            flags += 1;
        }
    }
    assert_eq!(flags, 3 * 5, "14, 16, 18, 21, 65 for each licence");
}

#[test]
fn portraits_are_small_jpegs() {
    for (person, document) in documents() {
        for (_, id, value) in document.elements() {
            let Value::Bytes(image) = value else { continue };
            let limit = if id == "portrait_small" { SMALL_IMAGE_LIMIT } else { 12_000 };
            assert!(image.len() <= limit, "{person}: {id} has {} bytes", image.len());
            assert!(image.starts_with(&[0xff, 0xd8, 0xff]) && image.ends_with(&[0xff, 0xd9]));
        }
    }
}

/// The people that `documents.md` lists.
#[test]
fn the_sample_covers_the_hard_cases() {
    let has = |person: &str, id: &str| {
        specimen(person).unwrap().documents.iter().any(|d| d.elements().any(|row| row.1 == id))
    };
    let born = |person: &str| text(&specimen(person).unwrap().documents[0], "birth_date").unwrap();
    assert!(has("adulte", "document_number"));
    assert!(!has("enfant", "portrait") && has("enfant", "health_insurance_number"));
    assert!(born("ainee").as_str() < "1950" && has("ainee", "family_name_spouse"));
    assert!(born("accents").ends_with("02-29"));
    assert!(specimen("personne").is_none());
}

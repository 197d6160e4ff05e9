//! Every code of the product, which the command line alone has in sight.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use super::*;

/// The codes that each crate declares, and the numbers that are its own.
fn declared() -> Vec<(&'static str, RangeInclusive<u16>, Vec<Code>)> {
    macro_rules! codes {
        ($error:ty) => {
            <$error>::ALL.iter().map(|rule| rule.code()).collect()
        };
    }
    vec![
        ("cbor", 101..=199, codes!(coffret_cbor::Error)),
        ("crypto", 201..=299, codes!(coffret_crypto::Error)),
        ("trust", 301..=399, codes!(coffret_trust::Error)),
        ("catalogue", 401..=499, codes!(coffret_catalogue::Error)),
        ("mdoc", 501..=599, codes!(coffret_mdoc::Error)),
        ("issuer", 601..=699, codes!(coffret_issuer::Error)),
        ("store", 701..=799, codes!(coffret_store::Error)),
        ("proximity", 801..=899, codes!(coffret_proximity::Error)),
        ("cli", 901..=999, codes!(Error)),
        ("holder", 1001..=1099, codes!(coffret_holder::Error)),
        ("reader", 1101..=1199, codes!(coffret_reader::Error)),
        ("bindings", 1201..=1299, codes!(coffret_ffi::Boundary)),
    ]
}

#[test]
fn a_number_is_in_its_crate_s_range_and_nowhere_else() {
    let mut numbers = HashSet::new();
    for (name, range, codes) in declared() {
        for code in codes {
            assert!(range.contains(&code.number), "{code} {} of {name}", code.name);
            assert!(numbers.insert(code.number), "{code} {} of {name}", code.name);
        }
    }
    println!("{} codes", numbers.len());
}

#[test]
fn a_name_is_one_code_s() {
    let mut names = HashSet::new();
    for code in declared().into_iter().flat_map(|(.., codes)| codes) {
        let is_kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        assert!(code.name.chars().all(is_kebab), "{}", code.name);
        assert!(!code.clause.is_empty(), "{}", code.name);
        assert!(names.insert(code.name), "{}", code.name);
    }
}

#[test]
fn every_code_has_its_sentences_in_both_languages() {
    let without: Vec<_> = declared()
        .into_iter()
        .flat_map(|(.., codes)| codes)
        .map(|code| code.name)
        .filter(|name| {
            let said = |lang| sentence(name).map(|sentence| sentence.said(lang));
            let is_said =
                |said: coffret_catalogue::Said| !said.happened.is_empty() && !said.next.is_empty();
            ![Lang::French, Lang::English].into_iter().all(|lang| said(lang).is_some_and(is_said))
        })
        .collect();
    assert!(without.is_empty(), "{without:?}");
}

#[test]
fn every_sentence_has_its_code() {
    let codes = declared().into_iter().flat_map(|(.., codes)| codes);
    let names: HashSet<_> = codes.map(|code| code.name).collect();
    let mut said = coffret_catalogue::sentences().map(|sentence| sentence.code);
    assert_eq!(said.find(|name| !names.contains(name)), None);
}

use std::collections::HashSet;

use coffret_ffi::{codes, purposes};

#[test]
fn every_code_says_in_both_languages_what_happened_and_what_to_do() {
    for code in codes().unwrap() {
        for sentence in [&code.happened.fr, &code.happened.en, &code.next.fr, &code.next.en] {
            assert!(!sentence.is_empty(), "{}", code.name);
        }
        assert_ne!(code.happened.fr, code.happened.en, "{}", code.name);
        assert!(!code.clause.is_empty(), "{}", code.name);
    }
}

#[test]
fn a_name_and_a_number_are_one_code_s() {
    let codes = codes().unwrap();
    let names: HashSet<_> = codes.iter().map(|code| &code.name).collect();
    let numbers: HashSet<_> = codes.iter().map(|code| &code.number).collect();
    assert_eq!((names.len(), numbers.len()), (codes.len(), codes.len()));
}

#[test]
fn every_purpose_has_its_words() {
    for purpose in purposes().unwrap() {
        assert!(!purpose.label.fr.is_empty() && !purpose.label.en.is_empty(), "{}", purpose.id);
    }
}

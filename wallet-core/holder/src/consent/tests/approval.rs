//! What may be approved.

use super::*;

#[test]
fn what_was_not_offered_cannot_be_approved() {
    let consent = consent(ReaderVerdict::None, &request(&[(MDL, AGE), (MDL, AGE)]));
    let good = consent.everything().choices.remove(0);
    let refused = |choices| consent.approved(Approval { choices }).err();
    assert_eq!(refused(vec![good.clone()]), None);
    let not_offered = [
        vec![Choice { request: 2, ..good.clone() }],
        vec![Choice { document: [9; 16].into(), ..good.clone() }],
        vec![Choice { elements: vec![ElementName::new(ISO, "family_name")], ..good.clone() }],
        vec![good.clone(), good.clone()],
    ];
    for choices in not_offered {
        assert_eq!(refused(choices), Some(Error::NotOffered));
    }
    let both = vec![good.clone(), Choice { request: 1, ..good.clone() }];
    assert_eq!(refused(both), None, "one document answers two requests");
    let two = || vec![held(1, Whose::Holder, licence(&[])), held(2, Whose::Holder, licence(&[]))];
    let twice = with(ReaderVerdict::None, &request(&[(MDL, AGE), (MDL, AGE)]), two);
    let preselected: Vec<_> = twice.documents.iter().map(|asked| asked.preselected).collect();
    assert_eq!(preselected, [Some([1; 16].into()), Some([2; 16].into())], "each its own");
    let both = with(ReaderVerdict::None, &request(&[(MDL, AGE)]), two);
    let other = Choice { document: [2; 16].into(), ..good.clone() };
    let approved = both.approved(Approval { choices: vec![good.clone(), other] });
    assert_eq!(approved, Err(Error::NotOffered), "one document answers a request");
    let empty = Choice { document: [9; 16].into(), elements: Vec::new(), ..good };
    assert_eq!(refused(vec![empty]), None, "nothing of a document is nothing");
}

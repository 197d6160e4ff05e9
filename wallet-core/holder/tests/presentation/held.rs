//! Which of one's own documents comes first, and what is said before one is sent.

use coffret_catalogue::Caution;
use coffret_holder::{Error, Event, Reuse};

use crate::desk::{Desk, ISO, Who, asks};
use crate::story::{MDL, credentials, elements, with};

/// Of two that are valid, the one that is valid longest, whichever was added first.
#[test]
fn the_document_that_is_valid_longest_comes_first() {
    for order in [[100, 300], [300, 100]] {
        let mut desk = Desk::open(&["identity"]);
        let added = order.map(|days: i32| {
            let Desk { story, wallet, .. } = &mut desk;
            let number = format!("A1111-111111-{days}");
            let elements =
                with(&elements("adulte", MDL), &[("document_number", number.as_str().into())]);
            let keys = story.keys(wallet, 1);
            let signed = story.sign(MDL, &elements, &keys, days);
            let lot = credentials(MDL, &signed, Reuse::Reusable);
            (days, wallet.add(&lot, story.now, &mut story.rng).unwrap().remove(0))
        });
        let [longest] = added.iter().filter(|(days, _)| *days == 300).collect::<Vec<_>>()[..]
        else {
            panic!("{added:?}")
        };
        let met = desk.meet(Who::Registered, &[asks(MDL, ISO, &["family_name"])]);
        let asked = &met.consent.documents[0];
        assert_eq!(asked.candidates.len(), 2);
        assert_eq!(asked.candidates[0].document, longest.1, "{order:?}");
        assert_eq!(asked.preselected, Some(longest.1), "{order:?}");
    }
}

/// What is cautioned of is asked of the presentation while the person decides, and of no other.
#[test]
fn what_is_cautioned_of_is_said_while_the_person_is_asked() {
    let mut desk = Desk::open(&["identity"]);
    let Desk { story, wallet, .. } = &mut desk;
    story.add(wallet, "adulte", MDL, 1, Reuse::Reusable);
    let mut met = desk.meet(Who::Nobody, &[asks(MDL, ISO, &["portrait", "age_over_18"])]);
    let mut approval = met.consent.everything();
    assert_eq!(met.presentation.cautions(&approval), Ok(Vec::new()));
    approval.choices[0].elements.retain(|name| name.identifier != "portrait");
    assert_eq!(met.presentation.cautions(&approval), Ok(vec![Caution::PortraitWithheld]));
    desk.step(&mut met.presentation, Event::Refused);
    assert_eq!(met.presentation.cautions(&approval), Err(Error::NotNow));
}

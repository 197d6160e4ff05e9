//! What holds of every consent.

use super::*;

/// Any of the licence's elements, or one that there is not.
fn any_elements() -> impl Strategy<Value = Vec<(String, String, IntentToRetain)>> {
    let named = licence(&[]).names().collect::<Vec<_>>();
    let element = (any::<prop::sample::Index>(), any::<bool>(), 0..60u8).prop_map(
        move |(index, kept, age)| {
            let name = index.get(&named);
            let id = match age {
                10.. => name.identifier.clone(),
                age => format!("age_over_{:02}", 10 * age + 8),
            };
            (name.namespace.clone(), id, if kept { KEEP } else { LOOK })
        },
    );
    prop::collection::vec(element, 1..12)
}

fn any_reader() -> impl Strategy<Value = ReaderVerdict> {
    let purposes: Vec<_> = coffret_catalogue::purposes().iter().map(|known| known.id).collect();
    let count = purposes.len();
    let registered = move |(purposes, kept): (Vec<&'static str>, bool)| {
        registered(&purposes, if kept { Retention::Kept } else { Retention::NotKept })
    };
    prop_oneof![
        Just(ReaderVerdict::None),
        Just(untrusted()),
        Just(verified()),
        Just(invalid()),
        (prop::sample::subsequence(purposes, 1..count), any::<bool>()).prop_map(registered),
    ]
}

proptest! {
    /// What holds of every consent.
    #[test]
    fn laws(reader in any_reader(), asked in any_elements(), owners in any::<[bool; 2]>()) {
        let elements: Vec<_> =
            asked.iter().map(|(ns, id, intent)| (ns.as_str(), id.as_str(), *intent)).collect();
        let request = request(&[(MDL, &elements)]);
        let held = || {
            let whose = owners.map(|own| if own { Whose::Holder } else { Whose::Other });
            vec![held(1, whose[0], licence(&["portrait"])), held(2, whose[1], licence(&[]))]
        };
        let consent = with(reader.clone(), &request, held);
        let [document] = &consent.documents[..] else { panic!() };

        // Everything asked is there, in its place, whatever is held.
        let asked = |elements: &[ElementConsent]| -> Vec<ElementName> {
            elements.iter().map(|element| element.asked.clone()).collect()
        };
        prop_assert_eq!(document.elements.len(), request.doc_requests()[0].items().name_spaces.iter().count());
        for candidate in &document.candidates {
            prop_assert_eq!(asked(&candidate.elements), asked(&document.elements));
        }
        // What is required is of one's own, within the purpose, and offered.
        for choice in &consent.required().choices {
            let mut candidates = document.candidates.iter();
            let candidate = candidates.find(|other| other.document == choice.document).unwrap();
            prop_assert_eq!(candidate.whose, Whose::Holder);
            let purpose = document.purpose;
            for element in &candidate.elements {
                let asked = &element.asked;
                let covered = purpose
                    .is_some_and(|purpose| purpose.covers(MDL, &asked.namespace, &asked.identifier));
                prop_assert!(element.need != Need::Required || covered);
                let no_reason = purpose.is_none() && consent.risk != Risk::Registered;
                prop_assert_eq!(element.need == Need::Optional, no_reason);
            }
        }
        for approval in [consent.everything(), consent.required()] {
            prop_assert!(consent.approved(approval).is_ok());
        }
        // Only a registered reader is told from a neutral one by more than an age.
        match consent.risk {
            Risk::Registered => {}
            Risk::Neutral => prop_assert!(purpose_of(document).unwrap().starts_with("age-")),
            Risk::Unknown | Risk::Invalid => {
                prop_assert!(shown(&consent.required()).is_empty());
            }
        }
        prop_assert_eq!(consent.risk == Risk::Invalid, matches!(reader, ReaderVerdict::Invalid { .. }));
        if consent.risk == Risk::Invalid {
            prop_assert_eq!(consent.everything(), Approval::default());
        }
    }
}

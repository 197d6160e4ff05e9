use coffret_catalogue::Exposure;
use coffret_cbor::Timestamp;
use coffret_holder::{State, Whose};
use coffret_mdoc::ElementName as Name;
use coffret_trust::{Error as Rule, VerifiedReader};

use super::*;

const MDL: &str = "org.iso.18013.5.1.mDL";

fn time(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

/// What an app is told of a request for an age which another age answers.
fn told(reader: ReaderVerdict, candidate: holder::Candidate) -> Consent {
    let document = holder::DocumentConsent {
        doc_type: MDL.to_owned(),
        purpose: None,
        refusable: None,
        elements: candidate.elements.clone(),
        candidates: vec![candidate],
        preselected: None,
        used_up: Vec::new(),
        unoffered: 0,
    };
    holder::Consent { reader, risk: holder::Risk::Unknown, documents: vec![document] }.into()
}

fn candidate(specimen: bool, state: State) -> holder::Candidate {
    let name = |id: &str| Name::new("org.iso.18013.5.1", id);
    holder::Candidate {
        document: [1; 16].into(),
        person: [2; 16].into(),
        whose: if specimen { Whose::Nobody } else { Whose::Other },
        specimen,
        state,
        validity: holder::Validity {
            signed: time("2026-01-01T00:00:00Z"),
            from: time("2026-01-02T00:00:00Z"),
            until: time("2026-10-22T00:00:00Z"),
        },
        number: None,
        elements: vec![holder::ElementConsent {
            asked: name("age_over_18"),
            answer: Some(name("age_over_21")),
            need: holder::Need::Optional,
            retention: Retention::NotKept,
            exposure: Exposure::Open,
        }],
    }
}

fn untrusted(name: Option<&str>) -> ReaderVerdict {
    ReaderVerdict::Untrusted { name: name.map(str::to_owned), warnings: Vec::new() }
}

#[test]
fn what_would_be_sent_is_named_by_what_answers() {
    let consent = told(ReaderVerdict::None, candidate(false, State::Valid));
    let element = &consent.documents[0].candidates[0].elements[0];
    assert_eq!(element.label.fr, "18 ans et plus");
    let sent = element.sent.as_ref().unwrap();
    assert_eq!(sent.fr, "18 ans et plus, montré par 21 ans et plus");
    assert_eq!(sent.en, "18 or over, shown by 21 or over");
}

#[test]
fn a_stranger_is_called_what_it_calls_itself_and_quoted() {
    let title = |reader| told(reader, candidate(false, State::Valid)).title.fr;
    let said = title(untrusted(Some("Bar")));
    assert_eq!(said, "Demandeur inconnu, qui se dit «\u{a0}Bar\u{a0}»");
    for nameless in [untrusted(None), ReaderVerdict::None] {
        assert_eq!(title(nameless), "Demandeur inconnu");
    }
    let invalid = ReaderVerdict::Invalid { errors: Vec::new() };
    assert_eq!(title(invalid), "Demandeur inconnu", "its name proves nothing");
}

#[test]
fn a_candidate_says_what_it_is() {
    for (specimen, state) in
        [(true, State::Expired), (false, State::NotYetValid), (false, State::Expiring { days: 3 })]
    {
        let consent = told(ReaderVerdict::None, candidate(specimen, state));
        let told = &consent.documents[0].candidates[0];
        assert_eq!((told.specimen, &told.state), (specimen, &state.into()));
        assert!(!told.own);
        assert_eq!(consent.documents[0].preselected, None);
        assert!(consent.everything.choices.is_empty() && consent.required.choices.is_empty());
    }
    let own = holder::Candidate { whose: Whose::Holder, ..candidate(false, State::Valid) };
    assert!(told(ReaderVerdict::None, own).documents[0].candidates[0].own);
}

/// An app that is not told of them would show a reader as one with which all is well.
#[test]
fn what_is_wrong_with_a_reader_and_costs_it_nothing_reaches_the_app() {
    let (name, warnings) = (Some("Pharmacie".to_owned()), vec![Rule::RevocationUnknown]);
    let reader = VerifiedReader { name: name.clone(), registration: None, warnings };
    let untrusted = ReaderVerdict::Untrusted { name, warnings: vec![Rule::RevocationUnknown] };
    for verdict in [untrusted, ReaderVerdict::Verified(reader)] {
        match ReaderStanding::from(verdict) {
            ReaderStanding::Untrusted { warnings, .. }
            | ReaderStanding::Verified { warnings, .. } => {
                assert_eq!(warnings, ["revocation-unknown"]);
            }
            other => panic!("{other:?}"),
        }
    }
}

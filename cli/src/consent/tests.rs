use coffret_catalogue::Exposure;
use coffret_cbor::Timestamp;
use coffret_holder::{DocumentId, PersonId, State, Validity};

use super::*;

fn validity() -> Validity {
    let [signed, from, until] = ["2025-01-01", "2026-01-01", "2026-10-22"]
        .map(|day| Timestamp::parse(&format!("{day}T00:00:00Z")).unwrap());
    Validity { signed, from, until }
}

const CARD: &str = "ca.qc.gouv.ramq.cam.1";

/// What is said of a document that is asked, where these answer and these have no copy left.
fn said(candidates: Vec<Candidate>, used_up: Vec<DocumentId>) -> String {
    said_of_many(candidates, used_up, 0)
}

/// The same, where so many more are held.
fn said_of_many(candidates: Vec<Candidate>, used_up: Vec<DocumentId>, unoffered: usize) -> String {
    let asked = DocumentConsent {
        doc_type: CARD.to_owned(),
        purpose: None,
        refusable: None,
        elements: vec![ElementConsent {
            asked: ElementName::new(CARD, "sex"),
            answer: None,
            need: Need::Optional,
            retention: Retention::NotKept,
            exposure: Exposure::OnTouch,
        }],
        candidates,
        preselected: None,
        used_up,
        unoffered,
    };
    let consent =
        Consent { reader: ReaderVerdict::None, risk: Risk::Neutral, documents: vec![asked] };
    format!("{:?}", text(&consent, &Approval::default(), &[], Lang::English))
}

#[test]
fn a_document_is_used_up_where_no_other_answers() {
    let own = DocumentId::from([1; 16]);
    let another = Candidate {
        document: [2; 16].into(),
        person: PersonId::from([3; 16]),
        whose: Whose::Other,
        specimen: false,
        state: State::Valid,
        validity: validity(),
        number: None,
        elements: Vec::new(),
    };
    let says = |said: &str| [USED_UP, NOT_HELD].map(|words| said.contains(words.en));
    assert_eq!(says(&said(Vec::new(), vec![own])), [true, false]);
    assert_eq!(says(&said(Vec::new(), Vec::new())), [false, true]);
    assert_eq!(person(&another, &[], Lang::English), "without a name (another person)");
    let unchosen = said(vec![another.clone()], vec![own]);
    assert_eq!(says(&unchosen), [false, false]);
    assert!(unchosen.contains(NOT_CHOSEN.en), "{unchosen}");
    assert!(!unchosen.contains("offered"), "{unchosen}");
    let of_many = said_of_many(vec![another], vec![own], 7);
    assert!(of_many.contains("Others of this type that are not offered: 7"), "{of_many}");
}

#[test]
fn a_candidate_is_described_by_its_state_and_as_a_specimen() {
    let candidate = |state, specimen| Candidate {
        document: [2; 16].into(),
        person: PersonId::from([3; 16]),
        whose: Whose::Nobody,
        specimen,
        state,
        validity: validity(),
        number: None,
        elements: Vec::new(),
    };
    for (state, specimen, words) in [
        (State::Valid, false, "Valide jusqu’au 22 octobre 2026"),
        (State::Expired, false, "Expiré depuis le 22 octobre 2026"),
        (State::NotYetValid, false, "Valide à partir du 1er janvier 2026"),
        (State::Valid, true, "SPÉCIMEN, sans valeur · Valide jusqu’au 22 octobre 2026"),
    ] {
        let (colour, _, said) = described(&candidate(state, specimen), Lang::French);
        assert_eq!(said, words);
        assert_eq!(colour == Colour::Green, state == State::Valid && !specimen, "{words}");
    }
}

#[test]
fn a_stranger_s_name_is_its_own_word() {
    let said = |name: Option<&str>| {
        let reader =
            ReaderVerdict::Untrusted { name: name.map(str::to_owned), warnings: Vec::new() };
        let consent = Consent { reader, risk: Risk::Neutral, documents: Vec::new() };
        format!("{:?}", text(&consent, &Approval::default(), &[], Lang::French))
    };
    // Spaces that do not break are printed as escapes.
    assert!(said(Some("Bar")).contains(r"Demandeur inconnu, qui se dit «\u{a0}Bar\u{a0}»"));
    assert!(said(None).contains("Demandeur inconnu"));
}

#[test]
fn what_answers_is_named() {
    let name = |id: &str| ElementName::new("org.iso.18013.5.1", id);
    let element = ElementConsent {
        asked: name("age_over_18"),
        answer: Some(name("age_over_21")),
        need: Need::Optional,
        retention: Retention::NotKept,
        exposure: Exposure::Open,
    };
    let said = sent_label("org.iso.18013.5.1.mDL", &element, Lang::French);
    assert_eq!(said, "18 ans et plus, montré par 21 ans et plus");
}

/// What is said of the requester is not said again of the choice.
#[test]
fn a_caution_is_said_once() {
    let name = ElementName::new(CARD, "sex");
    let element = ElementConsent {
        asked: name.clone(),
        answer: Some(name.clone()),
        need: Need::Optional,
        retention: Retention::NotKept,
        exposure: Exposure::OnTouch,
    };
    let candidate = Candidate {
        document: [2; 16].into(),
        person: PersonId::from([3; 16]),
        whose: Whose::Holder,
        specimen: false,
        state: State::Expired,
        validity: validity(),
        number: None,
        elements: vec![element.clone()],
    };
    let asked = DocumentConsent {
        doc_type: CARD.to_owned(),
        purpose: None,
        refusable: None,
        elements: vec![element],
        candidates: vec![candidate],
        preselected: None,
        used_up: Vec::new(),
        unoffered: 0,
    };
    let consent =
        Consent { reader: ReaderVerdict::None, risk: Risk::Unknown, documents: vec![asked] };
    let choice =
        coffret_holder::Choice { request: 0, document: [2; 16].into(), elements: vec![name] };
    let said = text(&consent, &Approval { choices: vec![choice] }, &[], Lang::English);
    let said = format!("{said:?}");
    assert!(said.contains("Expired since October 22, 2026"), "{said}");
    for caution in [Caution::Unjustified, Caution::Expired] {
        assert_eq!(said.matches(caution.label().en).count(), 1, "{caution:?}: {said}");
    }
}

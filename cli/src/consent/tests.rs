use coffret_catalogue::Exposure;
use coffret_holder::{DocumentId, PersonId};

use super::*;

const CARD: &str = "ca.qc.gouv.ramq.cam.1";

/// What is said of a document that is asked, where these answer and these have no copy left.
fn said(candidates: Vec<Candidate>, used_up: Vec<DocumentId>) -> String {
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
        elements: Vec::new(),
    };
    let says = |said: &str| [USED_UP, NOT_HELD].map(|words| said.contains(words.en));
    assert_eq!(says(&said(Vec::new(), vec![own])), [true, false]);
    assert_eq!(says(&said(Vec::new(), Vec::new())), [false, true]);
    assert_eq!(says(&said(vec![another], vec![own])), [false, false]);
}

//! What a page shows of an outcome: nothing of a person but in what is accepted, and there only what
//! was asked for.

use coffret_catalogue::{ElementType, SAID_BY_DEVICE, document_type};
use coffret_cbor::Value;
use coffret_mdoc::{ElementName, Judgement};
use coffret_reader as reader;
use serde::Serialize;

use crate::words::{Reason, Words, element_label, millis, type_label};

/// How a reading ended.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub(crate) enum Outcome {
    /// Good, and what was needed: green.
    Accepted(Answer),
    /// Good documents that answer a request of one's own: neutral, to be read.
    Unjudged(Answer),
    /// As either, but worth nothing: orange.
    Specimen(Answer),
    /// Not good, or not what was needed: red.
    Rejected { reasons: Vec<Reason> },
    /// Nothing was shown.
    Refused,
    /// There was no answer.
    Unanswered { reason: Reason },
}

#[derive(Serialize)]
pub(crate) struct Answer {
    documents: Vec<VerifiedDocument>,
    /// What was asked for and not shown, which does no harm.
    missing: Vec<Words>,
}

#[derive(Serialize)]
struct VerifiedDocument {
    label: Words,
    issuer: Issuer,
    validity: Validity,
    elements: Vec<Element>,
    unchecked: Vec<Reason>,
    warnings: Vec<Reason>,
}

#[derive(Serialize)]
struct Issuer {
    name: Option<String>,
    authority: Option<String>,
    country: Option<String>,
    state: Option<String>,
    place: Option<Words>,
}

#[derive(Serialize)]
struct Validity {
    from: f64,
    until: f64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Element {
    id: String,
    label: Words,
    text: Words,
    image: Option<Image>,
    /// What is said of an element that is not the issuer's.
    said_by_device: Option<Words>,
    /// Whether it is an age, and the answer is *no*.
    no: bool,
    /// What is left open of it, which stands beside it.
    unchecked: Vec<Reason>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Image {
    #[serde(with = "serde_bytes")]
    bytes: Vec<u8>,
    media_type: &'static str,
}

impl From<reader::Outcome> for Outcome {
    fn from(outcome: reader::Outcome) -> Outcome {
        match outcome {
            reader::Outcome::Read { verdict: reader::Verdict::Accepted(documents), answers } => {
                Outcome::Accepted(Answer::of(&documents, &answers))
            }
            reader::Outcome::Read { verdict: reader::Verdict::Unjudged(documents), answers } => {
                Outcome::Unjudged(Answer::of(&documents, &answers))
            }
            reader::Outcome::Read { verdict: reader::Verdict::Specimen(documents), answers } => {
                Outcome::Specimen(Answer::of(&documents, &answers))
            }
            reader::Outcome::Read { verdict: reader::Verdict::Rejected(rejection), answers } => {
                let errors = rejection.errors.iter().map(|found| {
                    let element = found.element.as_ref();
                    let of = |answer: &&reader::Answer| {
                        element.is_some_and(|element| answer.asked.contains(element))
                    };
                    let doc_type = answers.iter().find(of).map(|answer| answer.doc_type.as_str());
                    Reason::of(found.rule.code(), doc_type, element)
                });
                let documents = rejection.documents.iter();
                let documents = documents.flat_map(|judged| found(judged, judged.errors()));
                Outcome::Rejected { reasons: each_once(errors.chain(documents)) }
            }
            reader::Outcome::Refused => Outcome::Refused,
            reader::Outcome::Unanswered(rule) => Outcome::Unanswered { reason: rule.into() },
        }
    }
}

/// What is unknown looks alike, however much of it there is.
fn each_once(reasons: impl Iterator<Item = Reason>) -> Vec<Reason> {
    reasons.fold(Vec::new(), |mut reasons, reason| {
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
        reasons
    })
}

impl Answer {
    fn of(documents: &[coffret_mdoc::VerifiedDocument], answers: &[reader::Answer]) -> Answer {
        let missing = answers.iter().filter(|answer| answer.given.is_none());
        let missing = missing.filter_map(|answer| {
            answer.asked.first().map(|asked| element_label(&answer.doc_type, asked))
        });
        let documents = documents.iter().enumerate();
        Answer {
            documents: documents.map(|(place, shown)| verified(place, shown, answers)).collect(),
            missing: missing.collect(),
        }
    }
}

fn verified(
    place: usize,
    document: &coffret_mdoc::VerifiedDocument,
    answers: &[reader::Answer],
) -> VerifiedDocument {
    let (doc_type, issuer, validity) =
        (document.doc_type(), document.issuer(), document.validity());
    let (mut unchecked, warnings) = document
        .warnings()
        .iter()
        .cloned()
        .partition::<Vec<_>, _>(|found| found.rule.leaves_open());
    let given = answers.iter().filter_map(|answer| answer.given.as_ref());
    let said = given.filter(|given| given.document == place).filter_map(|given| {
        let elements = match given.by {
            reader::Source::Issuer => document.elements(),
            reader::Source::Device => document.device_elements(),
        };
        let value = elements.get(&given.name.namespace, &given.name.identifier)?;
        let of_it = |found: &mut coffret_mdoc::Finding| found.element.as_ref() == Some(&given.name);
        let unchecked: Vec<_> = unchecked.extract_if(.., of_it).collect();
        let unchecked = found(document, &unchecked).collect();
        Some(Element { unchecked, ..element(doc_type, given, value) })
    });
    let mut elements: Vec<_> = said.collect();
    elements.sort_by_key(|element| element.image.is_none());
    VerifiedDocument {
        label: type_label(doc_type),
        issuer: Issuer {
            name: issuer.name.clone(),
            authority: issuer.authority.clone(),
            country: issuer.country.clone(),
            state: issuer.state.clone(),
            place: Words::of_place(issuer.territory()),
        },
        validity: Validity { from: millis(validity.from), until: millis(validity.until) },
        elements,
        unchecked: found(document, &unchecked).collect(),
        warnings: found(document, &warnings).collect(),
    }
}

fn element(doc_type: &str, given: &reader::Given, value: &Value) -> Element {
    let name: &ElementName = &given.name;
    let row = document_type(doc_type);
    let row = row.and_then(|known| known.element(&name.namespace, &name.identifier));
    let plain = || match value {
        Value::Text(text) => text.clone(),
        _ => String::new(),
    };
    Element {
        id: name.identifier.clone(),
        label: element_label(doc_type, name),
        text: Words::of(|lang| row.map_or_else(plain, |row| row.show(value, lang))),
        image: match (row.map(|row| row.kind), value) {
            (Some(ElementType::Image | ElementType::SmallImage), Value::Bytes(bytes)) => {
                Some(Image { media_type: media_type(bytes), bytes: bytes.clone() })
            }
            _ => None,
        },
        said_by_device: match given.by {
            reader::Source::Issuer => None,
            reader::Source::Device => Some(SAID_BY_DEVICE.into()),
        },
        no: given.is_no,
        unchecked: Vec::new(),
    }
}

/// JPEG begins with its SOI marker and another (ISO/IEC 10918-1 §B.1.1.3); what does not is JPEG 2000.
fn media_type(image: &[u8]) -> &'static str {
    if image.starts_with(&[0xff, 0xd8, 0xff]) { "image/jpeg" } else { "image/jp2" }
}

fn found<'j>(
    judged: &'j Judgement,
    findings: &'j [coffret_mdoc::Finding],
) -> impl Iterator<Item = Reason> + 'j {
    findings
        .iter()
        .map(|found| Reason::of(found.rule.code(), Some(judged.doc_type()), found.element.as_ref()))
}

#[cfg(test)]
mod tests {
    use coffret_catalogue::element;
    use coffret_cbor::Value;
    use coffret_mdoc::ElementName;

    use coffret_test_vectors::judge::{cases, outcome};

    use super::{Answer, Outcome, each_once, media_type};
    use crate::words::Reason;

    #[test]
    fn reasons_that_read_alike_are_one() {
        let of = |id: &str| {
            let code = coffret_reader::Error::NotOfAge.code();
            Reason::of(code, Some("a"), Some(&ElementName::new("b", id)))
        };
        assert_eq!(each_once(["c", "d"].map(of).into_iter()).len(), 1);
        let other = Reason::of(coffret_reader::Error::NeedMissing.code(), None, None);
        assert_eq!(each_once([of("c"), other].into_iter()).len(), 2);
    }

    /// An answer is said to be *no*, to be the device's, and not to be there, and is no more than that.
    #[test]
    fn a_free_request_is_answered_and_never_accepted() {
        let cases = cases(include_str!("../../../test-vectors/documents.json"));
        let mut count = 0;
        for case in cases.iter().filter(|case| case["input"]["free"] == true) {
            let shown = Outcome::from(outcome(&case["input"]).unwrap());
            let (Outcome::Unjudged(answer) | Outcome::Specimen(answer)) = &shown else {
                panic!("{}", case["name"]);
            };
            let is_specimen = matches!(shown, Outcome::Specimen(_));
            assert_eq!(is_specimen, case["expect"]["verdict"] == "specimen", "{}", case["name"]);
            let answers = case["expect"]["answers"].as_array().unwrap();
            let mut expected: Vec<_> =
                answers.iter().filter_map(|answer| answer.as_str()).collect();
            assert_eq!(answer.missing.len(), answers.len() - expected.len(), "{}", case["name"]);
            let mut said = said(answer);
            said.sort();
            expected.sort_unstable();
            assert_eq!(said, expected, "{}", case["name"]);
            count += 1;
        }
        assert!(count > 0);
    }

    /// As the vectors write it.
    fn said(answer: &Answer) -> Vec<String> {
        let documents = answer.documents.iter().enumerate();
        let said = documents.flat_map(|(place, document)| {
            document.elements.iter().map(move |element| {
                let no = if element.no { " no" } else { "" };
                let by = if element.said_by_device.is_some() { " by the device" } else { "" };
                format!("{place} {}{no}{by}", element.id)
            })
        });
        said.collect()
    }

    /// What the page draws, the core takes for a picture.
    #[test]
    fn a_portrait_as_openjpeg_writes_it_meets_a_need() {
        let portrait = include_bytes!("../tests/portrait.jp2").to_vec();
        let row = element("org.iso.18013.5.1.mDL", "org.iso.18013.5.1", "portrait");
        assert!(row.is_some_and(|row| row.meets(&Value::Bytes(portrait))));
    }

    #[test]
    fn a_jpeg_begins_with_two_markers() {
        assert_eq!(media_type(b"\xff\xd8\xff\xe0"), "image/jpeg");
        assert_eq!(media_type(b"\xff\x4f\xff\x51"), "image/jp2");
    }
}

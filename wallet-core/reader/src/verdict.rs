use coffret_cbor::Value;
use coffret_mdoc::{
    Check, DeviceResponse, DocumentVerdict, ElementName, Judgement, NameSpaces, VerifiedDocument,
    verify,
};

use crate::ask::{Judged, Question, Said};
use crate::{Ask, Error, Outcome};

/// What is to be thought of an answer. Only good documents show values.
#[derive(Debug)]
pub enum Verdict {
    /// Good, and what the purpose needs.
    Accepted(Vec<VerifiedDocument>),
    /// Good documents, the answer to a [free request](crate::Ask::Items): no purpose judges what
    /// they say, which may be *no* or nothing of what was asked. It is never shown as accepted is;
    /// the person who asked reads the answers.
    Unjudged(Vec<VerifiedDocument>),
    /// As either, but one of the documents at least is a specimen, worth nothing.
    Specimen(Vec<VerifiedDocument>),
    /// Not good, or not what the purpose needs.
    Rejected(Rejection),
}

/// Why an answer is rejected: what is wrong with its documents, and with the whole.
#[derive(Debug)]
pub struct Rejection {
    /// One for each document that could be read, in order, good ones too.
    pub documents: Vec<Judgement>,
    /// What is wrong with the response as a whole, or how it fails the purpose.
    pub errors: Vec<Finding>,
}

/// A rule that was broken, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: Error,
    /// The element that breaks it or is missing, where it is one's.
    pub element: Option<ElementName>,
}

impl From<coffret_mdoc::Finding> for Finding {
    fn from(finding: coffret_mdoc::Finding) -> Finding {
        Finding { rule: finding.rule.into(), element: finding.element }
    }
}

/// One thing that was asked, and what was shown for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The document's type.
    pub doc_type: String,
    /// The elements any of which answers, the best first.
    pub asked: Vec<ElementName>,
    /// What does.
    pub given: Option<Given>,
}

/// What was shown for one thing that was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The element: one of those asked, or for `age_over_NN` another age that tells.
    pub name: ElementName,
    /// The place of its document among those of the verdict.
    pub document: usize,
    /// Who says it. For a purpose it is always the issuer.
    pub by: Source,
    /// Whether it is an age, and the answer is *no*.
    pub is_no: bool,
}

/// Who says what a document shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The issuer, which answers for it.
    Issuer,
    /// The device. The issuer lets it say so, and vouches for nothing that it says.
    Device,
}

/// What comes of the bytes of a `DeviceResponse` that answers `ask`, whatever carried it.
pub fn judge(response: &[u8], ask: &Ask, check: &Check<'_>) -> Outcome {
    answered(response, ask.judged(), &ask.questions(), check)
}

/// The same, where it is known what there is to answer.
pub(crate) fn answered(
    response: &[u8],
    judged: Judged,
    questions: &[Question],
    check: &Check<'_>,
) -> Outcome {
    let verdict = match DeviceResponse::parse(response) {
        Ok(response) => verify(&response, check),
        Err(rule) => coffret_mdoc::Verdict { documents: Vec::new(), errors: vec![rule.into()] },
    };
    let rules = verdict.errors.iter().map(|finding| finding.rule);
    if verdict.documents.is_empty() && rules.eq([coffret_mdoc::Error::NoDocuments]) {
        return Outcome::Refused;
    }
    let shown: Vec<_> = verdict.documents.iter().map(Shown::by).collect();
    let said: Vec<_> =
        questions.iter().map(|question| (question, said_of(question, &shown))).collect();
    let judgements = verdict.documents.iter().map(|document| Judgement::clone(document)).collect();
    let mut errors: Vec<_> = verdict.errors.into_iter().map(Finding::from).collect();
    let verified = verdict.documents.into_iter().map(DocumentVerdict::into_verified);
    let verified: Result<Vec<_>, _> = verified.collect();
    if verified.is_ok() && errors.is_empty() {
        // Of documents that are not proven, nobody says what they show.
        errors.extend(said.iter().flat_map(|(question, said)| {
            let unmet = question.unmet(said, check.now);
            unmet.map(|(rule, element)| Finding { rule, element })
        }));
    }
    let verdict = match verified {
        Ok(documents) if errors.is_empty() => {
            match (documents.iter().any(|document| document.issuer().specimen), judged) {
                (true, _) => Verdict::Specimen(documents),
                (false, Judged::Purpose) => Verdict::Accepted(documents),
                (false, Judged::Free) => Verdict::Unjudged(documents),
            }
        }
        _ => Verdict::Rejected(Rejection { documents: judgements, errors }),
    };
    let answers = said.iter().map(|(question, said)| Answer {
        doc_type: question.doc_type.clone(),
        asked: question.alternatives.clone(),
        given: question.answer(said).map(Given::from),
    });
    Outcome::Read { verdict, answers: answers.collect() }
}

/// What a document says, proven or not.
struct Shown {
    /// The place of the request that it answers, where requests are known.
    request: Option<usize>,
    doc_type: String,
    elements: NameSpaces<Value>,
    device_elements: NameSpaces<Value>,
}

impl Shown {
    fn by(document: &DocumentVerdict) -> Shown {
        let (elements, device_elements) = document.claims();
        let doc_type = document.doc_type().to_owned();
        Shown { request: document.request(), doc_type, elements, device_elements }
    }

    fn answers(&self, question: &Question) -> bool {
        self.doc_type == question.doc_type
            && self.request.is_none_or(|request| request == question.request)
    }

    /// What is said of an element by this document, whose place it is.
    fn answering(&self, document: usize, asked: &ElementName) -> impl Iterator<Item = Said<'_>> {
        let sources = [(Source::Issuer, &self.elements), (Source::Device, &self.device_elements)];
        let namespace = &asked.namespace;
        let said = sources.map(|(by, elements)| {
            let (id, value) = elements.answering(namespace, &asked.identifier)?;
            Some(Said { name: ElementName::new(namespace, id), value, document, by })
        });
        said.into_iter().flatten()
    }
}

/// What is said of a question's elements, those of the best first.
fn said_of<'s>(question: &Question, shown: &'s [Shown]) -> Vec<Said<'s>> {
    let said = question.alternatives.iter().flat_map(|asked| {
        let documents = shown.iter().enumerate().filter(|(_, shown)| shown.answers(question));
        documents.flat_map(|(place, document)| document.answering(place, asked))
    });
    said.collect()
}

impl From<&Said<'_>> for Given {
    fn from(said: &Said<'_>) -> Given {
        let is_no = said.name.age().is_some() && *said.value == Value::Bool(false);
        Given { name: said.name.clone(), document: said.document, by: said.by, is_no }
    }
}

use coffret_catalogue::{Label, Lang, document_type};
use coffret_reader::{Answer, Finding, Outcome, Verdict};
use serde_json::{Value as Json, json};

use crate::card;
use crate::error::{About, Error, Exit, Reason};
use crate::output::{Colour, Report, Text, one_line};
use crate::verify::{Judged, Response};

/// What a reading has come to, as it is printed.
pub(crate) struct Reply {
    standing: Standing,
    response: Response,
    answers: Vec<Answer>,
}

/// What a clerk is to think of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    Accepted,
    Specimen,
    Rejected,
}

const ACCEPTED: Label = Label { fr: "ACCEPTÉ", en: "ACCEPTED" };
const SPECIMEN: Label = Label { fr: "SPÉCIMEN, sans valeur", en: "SPECIMEN, without value" };
const REJECTED: Label = Label { fr: "NON ACCEPTÉ", en: "NOT ACCEPTED" };
const MISSING: Label = Label { fr: "demandé, pas montré", en: "asked, not shown" };

impl Reply {
    /// `warnings` are about the trust data.
    pub(crate) fn new(outcome: Outcome, warnings: Vec<Reason>) -> Reply {
        let alone = |error: Error| vec![Reason::new(error.code(), About::Whole)];
        let (standing, documents, errors, answers) = match outcome {
            Outcome::Read { verdict, answers } => {
                let (standing, documents, errors) = judged(verdict);
                (standing, documents, errors, answers)
            }
            Outcome::Refused => (Standing::Rejected, vec![], alone(Error::NothingShown), vec![]),
            Outcome::Unanswered(error) => (Standing::Rejected, vec![], alone(error.into()), vec![]),
        };
        Reply { standing, response: Response { documents, errors, warnings }, answers }
    }

    pub(crate) fn standing(&self) -> Standing {
        self.standing
    }

    /// The verdict of `verify`, and `"answers": [{"docType", "asked": [name…], "given"}]`.
    pub(crate) fn to_json(&self, lang: Lang) -> Json {
        let mut json = self.response.to_json(lang);
        if let Json::Object(members) = &mut json {
            members.extend([("answers".to_owned(), self.answers.iter().map(answer).collect())]);
        }
        json
    }

    fn text(&self, lang: Lang) -> Text {
        let mut text = Text::default();
        self.head(&mut text, lang);
        text.line(Colour::Plain, "").append(card::response(&self.response, lang));
        text
    }

    /// What a clerk is to think of it, and what was asked and not shown.
    pub(crate) fn head(&self, text: &mut Text, lang: Lang) {
        let (colour, words) = match self.standing {
            Standing::Accepted => (Colour::Green, ACCEPTED),
            Standing::Specimen => (Colour::Orange, SPECIMEN),
            Standing::Rejected => (Colour::Red, REJECTED),
        };
        text.line(colour, words.text(lang));
        for unanswered in self.answers.iter().filter(|answer| answer.given.is_none()) {
            let missing = format!("  {}\u{a0}: {}", MISSING.text(lang), named(unanswered, lang));
            text.line(Colour::Faint, one_line(&missing));
        }
    }

    /// The elements of good documents, each by its label and as people write it.
    pub(crate) fn values(&self, lang: Lang) -> Vec<(String, String)> {
        let documents = self.response.documents.iter().filter_map(|document| {
            let known = document_type(document.judgement.doc_type())?;
            let (elements, _) = document.elements.as_ref()?;
            Some(elements.iter().filter_map(|(namespace, id, value)| {
                let element = known.element(namespace, id)?;
                Some((element.label(id, lang).into_owned(), element.show(value, lang)))
            }))
        });
        documents.flatten().collect()
    }

    pub(crate) fn report(&self, lang: Lang) -> Report {
        let exit = match self.standing {
            Standing::Accepted | Standing::Specimen => Exit::Done,
            Standing::Rejected => Exit::Refused,
        };
        Report { exit, json: self.to_json(lang), text: self.text(lang) }
    }
}

fn judged(verdict: Verdict) -> (Standing, Vec<Judged>, Vec<Reason>) {
    let (standing, documents) = match verdict {
        Verdict::Accepted(documents) => (Standing::Accepted, documents),
        Verdict::Specimen(documents) => (Standing::Specimen, documents),
        Verdict::Rejected(rejection) => {
            let documents = rejection.documents.into_iter().map(Judged::from).collect();
            let errors = rejection.errors.into_iter().map(reason).collect();
            return (Standing::Rejected, documents, errors);
        }
    };
    (standing, documents.into_iter().map(Judged::from).collect(), Vec::new())
}

fn reason(finding: Finding) -> Reason {
    Reason::new(finding.rule.code(), finding.element)
}

fn answer(answer: &Answer) -> Json {
    json!({
        "docType": answer.doc_type,
        "asked": answer.asked.iter().map(ToString::to_string).collect::<Json>(),
        "given": answer.given.as_ref().map(ToString::to_string),
    })
}

/// What is asked, by the first of the elements that answer it.
fn named(answer: &Answer, lang: Lang) -> String {
    let Some(first) = answer.asked.first() else { return String::new() };
    let element = document_type(&answer.doc_type)
        .and_then(|known| known.element(&first.namespace, &first.identifier));
    element.map_or_else(
        || first.identifier.clone(),
        |element| element.label(&first.identifier, lang).into_owned(),
    )
}

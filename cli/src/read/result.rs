use coffret_catalogue::{Label, Lang, SAID_BY_DEVICE, document_type};
use coffret_reader::{Answer, Finding, Outcome, Source, Verdict};
use serde_json::{Value as Json, json};

use crate::card::{self, SPECIMEN};
use crate::error::{About, Error, Exit, Reason};
use crate::output::{COLON, Colour, Report, Text, one_line};
use crate::verify::{Basis, Judged, Response};

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
    /// Good documents that nobody has judged: the answer is to be read.
    ToRead,
    Specimen,
    Rejected,
}

const ACCEPTED: Label = Label { fr: "ACCEPTÉ", en: "ACCEPTED" };
const TO_READ: Label =
    Label { fr: "DOCUMENT VALIDE, LISEZ LA RÉPONSE", en: "VALID DOCUMENT, READ THE ANSWER" };
const REJECTED: Label = Label { fr: "NON ACCEPTÉ", en: "NOT ACCEPTED" };
const MISSING: Label = Label { fr: "demandé, pas montré", en: "asked, not shown" };
const NO: Label = Label { fr: "la réponse est non", en: "the answer is no" };

impl Reply {
    /// `warnings` are about the trust data.
    pub(crate) fn new(outcome: Outcome, basis: Basis, warnings: Vec<Reason>) -> Reply {
        let alone = |error: Error| vec![Reason::new(error.code(), About::Whole)];
        let (standing, documents, errors, answers) = match outcome {
            Outcome::Read { verdict, answers } => {
                let (standing, documents, errors) = judged(verdict);
                (standing, documents, errors, answers)
            }
            Outcome::Refused => (Standing::Rejected, vec![], alone(Error::NothingShown), vec![]),
            Outcome::Unanswered(error) => (Standing::Rejected, vec![], alone(error.into()), vec![]),
        };
        Reply { standing, response: Response { documents, errors, warnings, basis }, answers }
    }

    pub(crate) fn standing(&self) -> Standing {
        self.standing
    }

    /// The verdict of `verify`, and `"answers": [{"docType", "asked": [name…], "given", "document",
    /// "by", "no"}]`: the place of the document that answers, `"issuer"` or `"device"`, and whether
    /// the answer to an age is *no*.
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

    /// What a clerk is to think of it, what was asked and not shown, and what was shown that a
    /// glance may take for a yes: a *no*, and what only the device says.
    pub(crate) fn head(&self, text: &mut Text, lang: Lang) {
        let (colour, words) = match self.standing {
            Standing::Accepted => (Colour::Green, ACCEPTED),
            Standing::ToRead => (Colour::Neutral, TO_READ),
            Standing::Specimen => (Colour::Orange, SPECIMEN),
            Standing::Rejected => (Colour::Red, REJECTED),
        };
        text.line(colour, words.text(lang));
        for answer in &self.answers {
            for (colour, words) in remarks(answer) {
                let colon = COLON.text(lang);
                let remark = format!("  {}{colon} {}", words.text(lang), named(answer, lang));
                text.line(colour, one_line(&remark));
            }
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
            Standing::Accepted | Standing::ToRead | Standing::Specimen => Exit::Done,
            Standing::Rejected => Exit::Refused,
        };
        Report { exit, json: self.to_json(lang), text: self.text(lang) }
    }
}

fn judged(verdict: Verdict) -> (Standing, Vec<Judged>, Vec<Reason>) {
    let (standing, documents) = match verdict {
        Verdict::Accepted(documents) => (Standing::Accepted, documents),
        Verdict::Unjudged(documents) => (Standing::ToRead, documents),
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
    let given = answer.given.as_ref();
    json!({
        "docType": answer.doc_type,
        "asked": answer.asked.iter().map(ToString::to_string).collect::<Json>(),
        "given": given.map(|given| given.name.to_string()),
        "document": given.map(|given| given.document),
        "by": given.map(|given| match given.by {
            Source::Issuer => "issuer",
            Source::Device => "device",
        }),
        "no": given.is_some_and(|given| given.is_no),
    })
}

/// What is to be seen of an answer beside its value.
fn remarks(answer: &Answer) -> Vec<(Colour, Label)> {
    let Some(given) = &answer.given else { return vec![(Colour::Orange, MISSING)] };
    let by_device = (given.by == Source::Device).then_some((Colour::Orange, SAID_BY_DEVICE));
    given.is_no.then_some((Colour::Red, NO)).into_iter().chain(by_device).collect()
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

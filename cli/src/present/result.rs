use coffret_catalogue::{Label, Lang};
use coffret_holder::{Choice, Outcome};
use coffret_trust::ReaderVerdict;
use serde_json::{Map, Value as Json, json};

use super::bearer::Decided;
use crate::card::SPECIMEN;
use crate::consent;
use crate::error::{About, Exit, Reason};
use crate::output::{Colour, Report, Text, one_line, reasons, reasons_json};

/// What a presentation has come to, as it is printed.
pub(super) struct Shared<'d> {
    outcome: Outcome,
    decided: Option<&'d Decided>,
    /// Why nothing was sent of a document that is here.
    held_back: Vec<Reason>,
}

/// A document that has left.
struct Sent<'d> {
    doc_type: &'d str,
    specimen: bool,
    choice: &'d Choice,
}

const SHARED: Label = Label { fr: "Partagé", en: "Shared" };
const REFUSED: Label =
    Label { fr: "Refusé\u{a0}: rien n’a été montré", en: "Refused: nothing was shown" };
const UNANSWERED: Label = Label {
    fr: "Terminé avant une réponse\u{a0}: rien n’a été montré",
    en: "Ended before an answer: nothing was shown",
};
const FAILED: Label = Label {
    fr: "Interrompu par une erreur\u{a0}: rien n’a été montré",
    en: "Stopped by an error: nothing was shown",
};

impl<'d> Shared<'d> {
    pub(super) fn new(
        outcome: Outcome,
        decided: Option<&'d Decided>,
        held_back: Vec<Reason>,
    ) -> Shared<'d> {
        Shared { outcome, decided, held_back }
    }

    pub(super) fn report(&self, lang: Lang) -> Report {
        let exit = if self.outcome == Outcome::Shared { Exit::Done } else { Exit::Refused };
        Report { exit, json: self.to_json(lang), text: self.text(lang) }
    }

    /// `{"sent", "outcome", "reader", "documents": [{"docType", "specimen", "elements": {ns: [id…]}}],
    /// "errors"}`
    fn to_json(&self, lang: Lang) -> Json {
        let outcome = match self.outcome {
            Outcome::Shared => "shared",
            Outcome::Refused => "refused",
            Outcome::Unanswered => "unanswered",
            Outcome::Failed(_) => "failed",
        };
        let documents = self.shown().map(|Sent { doc_type, specimen, choice }| {
            json!({
                "docType": doc_type,
                "specimen": specimen,
                "elements": elements(choice),
            })
        });
        json!({
            "sent": self.outcome == Outcome::Shared,
            "outcome": outcome,
            "reader": self.decided.map(|decided| reader(&decided.consent.reader, lang)),
            "documents": documents.collect::<Json>(),
            "errors": reasons_json(&self.errors(), lang),
        })
    }

    fn text(&self, lang: Lang) -> Text {
        let mut text = Text::default();
        let (colour, words) = match self.outcome {
            Outcome::Shared => (Colour::Green, SHARED),
            Outcome::Refused => (Colour::Orange, REFUSED),
            Outcome::Unanswered => (Colour::Orange, UNANSWERED),
            Outcome::Failed(_) => (Colour::Red, FAILED),
        };
        text.line(colour, words.text(lang));
        for Sent { doc_type, specimen, choice } in self.shown() {
            text.line(Colour::Strong, format!("  {}", one_line(&consent::name(doc_type, lang))));
            if specimen {
                text.line(Colour::Orange, format!("    {}", SPECIMEN.text(lang)));
            }
            for element in &choice.elements {
                let label = consent::label(doc_type, element, lang);
                text.line(Colour::Plain, format!("    {}", one_line(&label)));
            }
        }
        reasons(&mut text, Colour::Red, &self.errors(), lang);
        text
    }

    /// What has left, by document.
    fn shown(&self) -> impl Iterator<Item = Sent<'d>> {
        let decided = self.decided.filter(|_| self.outcome == Outcome::Shared);
        decided.into_iter().flat_map(|Decided { consent, approval, .. }| {
            let choices = approval.choices.iter().filter(|choice| !choice.elements.is_empty());
            choices.filter_map(|choice| {
                let asked = consent.documents.get(choice.request)?;
                let specimen = asked.candidate(choice.document)?.specimen;
                Some(Sent { doc_type: &asked.doc_type, specimen, choice })
            })
        })
    }

    fn errors(&self) -> Vec<Reason> {
        let before = self.decided.into_iter().flat_map(|decided| {
            let used_up = decided.consent.documents.iter().filter(|asked| asked.is_used_up());
            let no_copy = coffret_holder::Error::NoCopyLeft.code();
            let used_up = used_up.map(move |asked| Reason::new(no_copy, asked.doc_type.as_str()));
            used_up.chain(decided.errors.clone())
        });
        let last = match self.outcome {
            Outcome::Failed(error) => Some(Reason::new(error.code(), About::Whole)),
            _ => None,
        };
        before.chain(self.held_back.clone()).chain(last).collect()
    }
}

fn elements(choice: &Choice) -> Json {
    let mut namespaces = Map::new();
    for element in &choice.elements {
        let of_it = namespaces.entry(&element.namespace).or_insert_with(|| json!([]));
        if let Some(of_it) = of_it.as_array_mut() {
            of_it.push(element.identifier.as_str().into());
        }
    }
    Json::Object(namespaces)
}

/// `{"standing", "name", "registered": {"name", "purposes"}, "errors"}`
fn reader(verdict: &ReaderVerdict, lang: Lang) -> Json {
    let errors = match verdict {
        ReaderVerdict::Invalid { errors } => errors.as_slice(),
        _ => &[],
    };
    let errors = errors.iter().map(|error| Reason::new(error.code(), About::Whole));
    let (standing, name, registration) = match verdict {
        ReaderVerdict::None => ("none", None, None),
        ReaderVerdict::Untrusted { name, .. } => ("untrusted", name.as_deref(), None),
        ReaderVerdict::Verified(reader) => {
            ("verified", reader.name.as_deref(), reader.registration.as_ref())
        }
        ReaderVerdict::Invalid { .. } => ("invalid", None, None),
    };
    json!({
        "standing": standing,
        "name": name,
        "registered": registration.map(|registration| json!({
            "name": {"fr": registration.name_fr, "en": registration.name_en},
            "purposes": registration.purposes,
        })),
        "errors": reasons_json(&errors.collect::<Vec<_>>(), lang),
    })
}

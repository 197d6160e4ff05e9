//! A consent in words: who asks, why, whose document, which elements, and whether they are kept.

use coffret_catalogue::{Label, Lang, document_type};
use coffret_holder::{
    Approval, Candidate, Consent, DocumentConsent, ElementConsent, Need, Person, Risk, Whose,
};
use coffret_mdoc::ElementName;
use coffret_trust::{ReaderVerdict, Registration, Retention, VerifiedReader};

use crate::output::{Colour, Text, one_line};

const UNKNOWN: Label = Label { fr: "Demandeur inconnu", en: "Unknown requester" };
const REGISTERED: Label = Label { fr: "inscrit au registre", en: "in the registry" };
const VERIFIED: Label = Label {
    fr: "certificat reconnu, pas inscrit au registre",
    en: "certificate trusted, not in the registry",
};
const UNTRUSTED: Label =
    Label { fr: "personne de reconnu ne dit qui c’est", en: "nobody trusted says who this is" };
const ANONYMOUS: Label = Label { fr: "ne dit pas qui il est", en: "does not say who it is" };
const INVALID: Label = Label {
    fr: "Ce qu’il présente de lui-même n’est pas bon\u{a0}: il ne peut qu’être refusé.",
    en: "What it shows of itself is not good: it can only be refused.",
};
const CAREFUL: Label = Label {
    fr: "Rien ne justifie cette demande\u{a0}: rien n’est coché.",
    en: "Nothing justifies this request: nothing is ticked.",
};
const WHY: Label = Label { fr: "Pourquoi", en: "Why" };
const WHOSE: Label = Label { fr: "À qui", en: "Whose" };
const NAMELESS: Label = Label { fr: "sans nom", en: "without a name" };
const ANOTHER: Label = Label { fr: "une autre personne", en: "another person" };
const NOT_HELD: Label = Label {
    fr: "Le portefeuille n’a pas ce document.",
    en: "The wallet does not have this document.",
};
const USED_UP: Label = Label {
    fr: "Il ne reste aucun exemplaire de ce document à présenter\u{a0}: demandez-en d’autres à l’émetteur.",
    en: "No copy of this document is left to present: ask the issuer for more.",
};
const ABSENT: Label = Label { fr: "pas dans le document", en: "not in the document" };
const ANSWERED_BY: Label = Label { fr: "par", en: "by" };
const KEPT: Label = Label { fr: "sera conservé", en: "will be kept" };
const NOT_KEPT: Label = Label { fr: "Rien ne sera conservé.", en: "Nothing will be kept." };
const SAID_NOT_KEPT: Label = Label {
    fr: "Le demandeur dit qu’il ne conservera rien.",
    en: "The requester says that it will keep nothing.",
};

/// A consent with what is chosen in it; `people` are those of the wallet.
pub(crate) fn text(consent: &Consent, chosen: &Approval, people: &[Person], lang: Lang) -> Text {
    let mut text = Text::default();
    reader(&mut text, consent, lang);
    let mut first = 1;
    for (request, asked) in consent.documents.iter().enumerate() {
        text.line(Colour::Plain, "");
        let choice = chosen.choices.iter().find(|choice| choice.request == request);
        let candidate = choice.map_or(asked.preselected, |choice| Some(choice.document));
        let candidate = asked.candidates.iter().find(|each| Some(each.document) == candidate);
        let elements = choice.map(|choice| choice.elements.as_slice()).unwrap_or_default();
        heading(&mut text, asked, candidate, people, lang);
        let offered = candidate.map_or(&asked.elements, |candidate| &candidate.elements);
        list(&mut text, &asked.doc_type, offered, elements, first, lang);
        first += offered.len();
    }
    if consent.documents.iter().flat_map(|asked| &asked.elements).all(|element| !is_kept(element)) {
        text.line(Colour::Plain, "").line(Colour::Faint, not_kept(&consent.reader).text(lang));
    }
    text
}

/// Who asks, for which document and why, before there is a document to answer with.
pub(crate) fn request(consent: &Consent, asked: &DocumentConsent, lang: Lang) -> Text {
    let mut text = Text::default();
    reader(&mut text, consent, lang);
    text.line(Colour::Plain, "");
    heading(&mut text, asked, None, &[], lang);
    text
}

/// The registry answers for those in it; of others there is but their word.
fn not_kept(reader: &ReaderVerdict) -> Label {
    match reader {
        ReaderVerdict::Verified(VerifiedReader {
            registration: Some(Registration { retention: Retention::NotKept, .. }),
            ..
        }) => NOT_KEPT,
        _ => SAID_NOT_KEPT,
    }
}

fn reader(text: &mut Text, consent: &Consent, lang: Lang) {
    let registered = |registration: &Registration| match lang {
        Lang::French => registration.name_fr.clone(),
        Lang::English => registration.name_en.clone(),
    };
    let (name, known) = match &consent.reader {
        ReaderVerdict::None => (None, ANONYMOUS),
        ReaderVerdict::Untrusted { name, .. } => (name.clone(), UNTRUSTED),
        ReaderVerdict::Verified(reader) => match &reader.registration {
            Some(registration) => (Some(registered(registration)), REGISTERED),
            None => (reader.name.clone(), VERIFIED),
        },
        ReaderVerdict::Invalid { .. } => (None, INVALID),
    };
    let (colour, sign) = match consent.risk {
        Risk::Registered => (Colour::Green, "✓ "),
        Risk::Neutral => (Colour::Plain, ""),
        Risk::Unknown | Risk::Invalid => (Colour::Red, "! "),
    };
    let name = name.as_deref().unwrap_or(UNKNOWN.text(lang));
    text.add(Colour::Strong, one_line(name)).line(colour, format!("  {sign}{}", known.text(lang)));
    if consent.risk == Risk::Unknown {
        text.line(Colour::Red, CAREFUL.text(lang));
    }
}

fn heading(
    text: &mut Text,
    asked: &DocumentConsent,
    candidate: Option<&Candidate>,
    people: &[Person],
    lang: Lang,
) {
    text.line(Colour::Strong, one_line(&name(&asked.doc_type, lang)));
    if let Some(purpose) = asked.purpose {
        text.row(2, WHY.text(lang), COLUMN, purpose.label.text(lang));
    }
    match candidate {
        Some(candidate) => {
            text.row(2, WHOSE.text(lang), COLUMN, &person(candidate, people, lang));
        }
        None if asked.is_used_up() => {
            text.line(Colour::Orange, format!("  {}", USED_UP.text(lang)));
        }
        None if asked.candidates.is_empty() => {
            text.line(Colour::Orange, format!("  {}", NOT_HELD.text(lang)));
        }
        None => {}
    }
    if let Some(words) = asked.refusable {
        text.line(Colour::Orange, format!("  {}", words.text(lang)));
    }
}

/// The elements, numbered from `first`.
fn list(
    text: &mut Text,
    doc_type: &str,
    offered: &[ElementConsent],
    chosen: &[ElementName],
    first: usize,
    lang: Lang,
) {
    let labels: Vec<_> =
        offered.iter().map(|element| label(doc_type, &element.asked, lang)).collect();
    let width = labels.iter().map(|label| label.chars().count()).max().unwrap_or(0);
    for (place, (element, label)) in offered.iter().zip(&labels).enumerate() {
        let is_chosen = element.answer.as_ref().is_some_and(|answer| chosen.contains(answer));
        let (colour, tick) = match (is_chosen, &element.answer) {
            (true, _) => (Colour::Green, "[✓]"),
            (false, Some(_)) => (Colour::Plain, "[ ]"),
            (false, None) => (Colour::Faint, " – "),
        };
        text.add(Colour::Faint, format!("{:>3} ", first + place)).add(colour, format!("{tick} "));
        let notes = notes(doc_type, element, lang).join(" · ");
        if notes.is_empty() {
            text.line(Colour::Plain, one_line(label));
        } else {
            text.add(Colour::Plain, format!("{:width$}  ", one_line(label)))
                .line(Colour::Faint, one_line(&notes));
        }
    }
}

/// Columns of the names of a document's head.
const COLUMN: usize = 8;

/// What is to be said of an element beside its name.
fn notes(doc_type: &str, element: &ElementConsent, lang: Lang) -> Vec<String> {
    let Some(answer) = &element.answer else { return vec![ABSENT.text(lang).to_owned()] };
    let mut notes = Vec::new();
    if *answer != element.asked {
        notes.push(format!("{} {}", ANSWERED_BY.text(lang), label(doc_type, answer, lang)));
    }
    if let Need::NotNeeded(words) = element.need {
        notes.push(words.text(lang).to_owned());
    }
    if is_kept(element) {
        notes.push(KEPT.text(lang).to_owned());
    }
    notes
}

fn is_kept(element: &ElementConsent) -> bool {
    element.retention == Retention::Kept
}

/// Whose document it is.
pub(crate) fn person(candidate: &Candidate, people: &[Person], lang: Lang) -> String {
    let found = people.iter().find(|person| person.id == candidate.person);
    let name = found.and_then(|person| person.name.as_deref()).unwrap_or(NAMELESS.text(lang));
    match candidate.whose {
        Whose::Holder => name.to_owned(),
        Whose::Other => format!("{name} ({})", ANOTHER.text(lang)),
    }
}

/// What people call a document type.
pub(crate) fn name(doc_type: &str, lang: Lang) -> String {
    document_type(doc_type).map_or(doc_type, |known| known.label.text(lang)).to_owned()
}

/// What people call an element.
pub(crate) fn label(doc_type: &str, name: &ElementName, lang: Lang) -> String {
    let element =
        document_type(doc_type).and_then(|known| known.element(&name.namespace, &name.identifier));
    element.map_or_else(
        || name.identifier.clone(),
        |element| element.label(&name.identifier, lang).into_owned(),
    )
}

#[cfg(test)]
mod tests;

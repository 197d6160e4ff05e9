//! A consent in words: who asks, why, whose document, which elements, and whether they are kept.

use coffret_catalogue::{Caution, Label, Lang, document_type, sent, stranger};
use coffret_holder::{
    Approval, Candidate, Consent, DocumentConsent, ElementConsent, Need, Person, Risk, Whose,
};
use coffret_mdoc::ElementName;
use coffret_trust::{ReaderVerdict, Registration, Retention, VerifiedReader};

use crate::card::SPECIMEN;
use crate::holder::state;
use crate::output::{Colour, Text, one_line};

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
const WHY: Label = Label { fr: "Pourquoi", en: "Why" };
const WHOSE: Label = Label { fr: "À qui", en: "Whose" };
const NAMELESS: Label = Label { fr: "sans nom", en: "without a name" };
const ANOTHER: Label = Label { fr: "une autre personne", en: "another person" };
const NOT_HELD: Label = Label {
    fr: "Le portefeuille n’a pas ce document.",
    en: "The wallet does not have this document.",
};
const UNOFFERED: Label = Label {
    fr: "Autres documents de ce type, qui ne sont pas proposés\u{a0}: {}",
    en: "Others of this type that are not offered: {}",
};
const USED_UP: Label = Label {
    fr: "Il ne reste aucun exemplaire de ce document à présenter\u{a0}: demandez-en d’autres à l’émetteur.",
    en: "No copy of this document is left to present: ask the issuer for more.",
};
const ABSENT: Label = Label { fr: "pas dans le document", en: "not in the document" };
const NOT_CHOSEN: Label = Label {
    fr: "Aucun document choisi\u{a0}: rien n’en sera envoyé.",
    en: "No document chosen: nothing of one will be sent.",
};
const NUMBER: Label = Label { fr: "numéro finissant par {}", en: "number ending in {}" };
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
        let document = choice.map(|choice| choice.document);
        let candidate = asked.candidates.iter().find(|each| Some(each.document) == document);
        let elements = choice.map(|choice| choice.elements.as_slice()).unwrap_or_default();
        heading(&mut text, asked, candidate, people, lang);
        if candidate.is_none() && !asked.candidates.is_empty() {
            text.line(Colour::Orange, format!("  {}", NOT_CHOSEN.text(lang)));
        }
        let offered = candidate.map_or(&asked.elements, |candidate| &candidate.elements);
        let numbered = Numbered { offered, first, is_held: candidate.is_some() };
        list(&mut text, &asked.doc_type, numbered, elements, lang);
        first += offered.len();
    }
    if consent.documents.iter().flat_map(|asked| &asked.elements).all(|element| !is_kept(element)) {
        text.line(Colour::Plain, "").line(Colour::Faint, not_kept(&consent.reader).text(lang));
    }
    let of_reader = consent.cautions(&Approval::default());
    let mut of_choice = consent.cautions(chosen);
    of_choice.retain(|caution| !of_reader.contains(caution));
    if !of_choice.is_empty() {
        text.line(Colour::Plain, "");
    }
    cautions(&mut text, Colour::Orange, &of_choice, lang);
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

fn cautions(text: &mut Text, colour: Colour, cautions: &[Caution], lang: Lang) {
    for caution in cautions {
        text.line(colour, format!("! {}", caution.label().text(lang)));
    }
}

fn reader(text: &mut Text, consent: &Consent, lang: Lang) {
    let registered = |registration: &Registration| match lang {
        Lang::French => registration.name_fr.clone(),
        Lang::English => registration.name_en.clone(),
    };
    let (name, known) = match &consent.reader {
        ReaderVerdict::None => (None, ANONYMOUS),
        ReaderVerdict::Untrusted { name, .. } => (Some(stranger(name.as_deref(), lang)), UNTRUSTED),
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
    let name = name.unwrap_or_else(|| stranger(None, lang));
    text.add(Colour::Strong, one_line(&name)).line(colour, format!("  {sign}{}", known.text(lang)));
    let colour = if consent.risk == Risk::Unknown { Colour::Red } else { Colour::Orange };
    cautions(text, colour, &consent.cautions(&Approval::default()), lang);
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
            let (colour, sign, said) = described(candidate, lang);
            text.line(colour, format!("  {sign} {said}"));
        }
        None if asked.is_used_up() => {
            text.line(Colour::Orange, format!("  {}", USED_UP.text(lang)));
        }
        None if asked.candidates.is_empty() => {
            text.line(Colour::Orange, format!("  {}", NOT_HELD.text(lang)));
        }
        None => {}
    }
    if asked.unoffered > 0 {
        let others = UNOFFERED.text(lang).replace("{}", &asked.unoffered.to_string());
        text.line(Colour::Plain, format!("  {others}"));
    }
    if let Some(words) = asked.refusable {
        text.line(Colour::Orange, format!("  {}", words.text(lang)));
    }
}

/// Elements with their numbers.
struct Numbered<'c> {
    offered: &'c [ElementConsent],
    /// The first of the numbers.
    first: usize,
    /// Whether a document is chosen to answer.
    is_held: bool,
}

fn list(
    text: &mut Text,
    doc_type: &str,
    Numbered { offered, first, is_held }: Numbered<'_>,
    chosen: &[ElementName],
    lang: Lang,
) {
    let labels: Vec<_> =
        offered.iter().map(|element| sent_label(doc_type, element, lang)).collect();
    let width = labels.iter().map(|label| label.chars().count()).max().unwrap_or(0);
    for (place, (element, label)) in offered.iter().zip(&labels).enumerate() {
        let is_chosen = element.answer.as_ref().is_some_and(|answer| chosen.contains(answer));
        let (colour, tick) = match (is_chosen, &element.answer) {
            (true, _) => (Colour::Green, "[✓]"),
            (false, Some(_)) => (Colour::Plain, "[ ]"),
            (false, None) => (Colour::Faint, " – "),
        };
        text.add(Colour::Faint, format!("{:>3} ", first + place)).add(colour, format!("{tick} "));
        let notes = notes(element, is_held, lang).join(" · ");
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
fn notes(element: &ElementConsent, is_held: bool, lang: Lang) -> Vec<String> {
    let mut notes = Vec::new();
    if element.answer.is_none() {
        return if is_held { vec![ABSENT.text(lang).to_owned()] } else { notes };
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

/// What tells a document from another of its type: by colour, by sign and in words.
pub(crate) fn described(candidate: &Candidate, lang: Lang) -> (Colour, &'static str, String) {
    let (colour, sign, state) = state(candidate.state, candidate.validity, lang);
    let number = candidate.number.as_ref();
    let number = number.map(|end| NUMBER.text(lang).replace("{}", end.as_str()));
    let specimen = candidate.specimen.then(|| SPECIMEN.text(lang).to_owned());
    let said: Vec<_> = [specimen, Some(state), number].into_iter().flatten().collect();
    let colour = if candidate.specimen { Colour::Orange } else { colour };
    (colour, sign, said.join(" · "))
}

/// Whose document it is.
pub(crate) fn person(candidate: &Candidate, people: &[Person], lang: Lang) -> String {
    let found = people.iter().find(|person| person.id == candidate.person);
    let name = found.and_then(|person| person.name.as_deref()).unwrap_or(NAMELESS.text(lang));
    match candidate.whose {
        Whose::Holder | Whose::Nobody => name.to_owned(),
        Whose::Other => format!("{name} ({})", ANOTHER.text(lang)),
    }
}

/// What people call a document type.
pub(crate) fn name(doc_type: &str, lang: Lang) -> String {
    document_type(doc_type).map_or(doc_type, |known| known.label.text(lang)).to_owned()
}

/// What people call what would be sent for an element.
fn sent_label(doc_type: &str, element: &ElementConsent, lang: Lang) -> String {
    let asked = label(doc_type, &element.asked, lang);
    let answer = element.answer.as_ref().map(|answer| label(doc_type, answer, lang));
    sent(&asked, answer.as_ref().unwrap_or(&asked), lang)
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

use coffret_catalogue::{Label, Lang};
use coffret_holder::{Approval, Candidate, Choice, Consent, ElementConsent, Need, Person, Risk};
use coffret_mdoc::ElementName;

use crate::clock::Deadline;
use crate::consent;
use crate::error::Failure;
use crate::output::{Colour, Text, one_line};
use crate::prompt::Terminal;

const TITLE: Label = Label { fr: "Demande de renseignements", en: "Request for information" };
const DECIDE: Label = Label {
    fr: "Partager ce qui est coché (p), refuser (r), cocher ou décocher (un numéro)",
    en: "Share what is ticked (s), refuse (r), tick or untick (a number)",
};
const REFUSE: Label = Label { fr: "Refuser (r)", en: "Refuse (r)" };
const WHOSE: Label = Label {
    fr: "Quel document (un numéro), aucun (rien), refuser tout (r)",
    en: "Which document (a number), none (nothing), refuse all (r)",
};
/// Answers that share, in either language.
const SHARING: [&str; 4] = ["p", "partager", "s", "share"];

/// Answers that refuse, in either language, whatever is asked.
const REFUSING: [&str; 3] = ["r", "refuser", "refuse"];

/// Asks the person on the terminal, until they share or refuse, or it is too late. A line that is
/// neither, nor a number, is a refusal.
pub(super) fn ask(
    terminal: &mut Terminal,
    consent: &Consent,
    people: &[Person],
    until: Deadline,
    lang: Lang,
) -> Result<Approval, Failure> {
    let mut title = Text::default();
    title.line(Colour::Plain, "").line(Colour::Strong, TITLE.text(lang));
    terminal.show(&title);
    let mut approval = Approval::default();
    for (request, asked) in consent.documents.iter().enumerate() {
        let candidate = match asked.candidates.as_slice() {
            _ if consent.risk == Risk::Invalid => None,
            [only] if asked.preselected == Some(only.document) => Some(only),
            [] => None,
            candidates => {
                terminal.show(&consent::request(consent, asked, lang).indented(2));
                match candidate(terminal, candidates, people, until, lang)? {
                    Chosen::Document(candidate) => Some(candidate),
                    Chosen::None => None,
                    Chosen::Refusal => return Ok(Approval::default()),
                }
            }
        };
        approval.choices.extend(candidate.map(|candidate| required(request, candidate)));
    }
    loop {
        terminal.show(&consent::text(consent, &approval, people, lang).indented(2));
        let question = if consent.risk == Risk::Invalid { REFUSE } else { DECIDE };
        let answer = terminal.ask(question.text(lang), until)?.to_lowercase();
        match answer.parse::<usize>() {
            Ok(number) => toggle(consent, &mut approval, number),
            Err(_) if SHARING.contains(&answer.as_str()) => return Ok(approval),
            Err(_) => return Ok(Approval::default()),
        }
    }
}

/// Which of the documents that can answer a request.
enum Chosen<'c> {
    Document(&'c Candidate),
    /// None, and the other requests go on.
    None,
    /// No answer to any request.
    Refusal,
}

/// One of the documents that can answer, whosever they are; none for an empty line. What is neither,
/// nor a refusal, is asked again: nobody's document is sent, or not sent, for a slip of the finger.
fn candidate<'c>(
    terminal: &mut Terminal,
    candidates: &'c [Candidate],
    people: &[Person],
    until: Deadline,
    lang: Lang,
) -> Result<Chosen<'c>, Failure> {
    let mut text = Text::default();
    for (number, candidate) in candidates.iter().enumerate() {
        let person = consent::person(candidate, people, lang);
        let (colour, sign, said) = consent::described(candidate, lang);
        text.line(Colour::Plain, format!("   {:>3} {}", number + 1, one_line(&person)));
        text.line(colour, format!("       {sign} {said}"));
    }
    terminal.show(&text);
    loop {
        let answer = terminal.ask(WHOSE.text(lang), until)?.to_lowercase();
        if answer.is_empty() {
            return Ok(Chosen::None);
        }
        if REFUSING.contains(&answer.as_str()) {
            return Ok(Chosen::Refusal);
        }
        let place = answer.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        if let Some(candidate) = place.and_then(|place| candidates.get(place)) {
            return Ok(Chosen::Document(candidate));
        }
    }
}

fn required(request: usize, candidate: &Candidate) -> Choice {
    let needed = |element: &&ElementConsent| element.need == Need::Required;
    let answers = candidate.elements.iter().filter(needed);
    let mut elements: Vec<ElementName> = Vec::new();
    for answer in answers.filter_map(|element| element.answer.as_ref()) {
        if !elements.contains(answer) {
            elements.push(answer.clone());
        }
    }
    Choice { request, document: candidate.document, elements }
}

/// Ticks or unticks the element of this number, counted through all the documents.
fn toggle(consent: &Consent, approval: &mut Approval, number: usize) {
    let mut first = 1;
    for (request, asked) in consent.documents.iter().enumerate() {
        let place = number.checked_sub(first).filter(|place| *place < asked.elements.len());
        first += asked.elements.len();
        let choice = approval.choices.iter_mut().find(|choice| choice.request == request);
        let (Some(place), Some(choice)) = (place, choice) else { continue };
        let candidate = asked.candidate(choice.document);
        let element = candidate.and_then(|candidate| candidate.elements.get(place));
        let Some(answer) = element.and_then(|element| element.answer.as_ref()) else { continue };
        match choice.elements.iter().position(|chosen| chosen == answer) {
            Some(chosen) => drop(choice.elements.remove(chosen)),
            None => choice.elements.push(answer.clone()),
        }
    }
}

//! What is printed for developers never shows what is personal.

use std::fmt::Debug;

use coffret_catalogue::specimen;
use coffret_cbor::Value;
use coffret_proximity::Engaged;
use coffret_reader::{Ask, Event, Outcome, Start, Verdict};

use crate::story::{MDL, ORDERS, Signer, Story, ask};

/// The texts, numbers and first bytes of the document that is shown.
fn marks() -> Vec<String> {
    let mut documents = specimen("adulte").unwrap().documents.iter();
    let licence = documents.find(|document| document.doc_type == MDL).unwrap();
    let mut marks = Vec::new();
    for (_, id, value) in licence.elements() {
        match value {
            // Codes, countries and classes are words of their own.
            Value::Text(text) if text.len() > 5 => marks.push(text),
            Value::Bytes(bytes) => marks.push(format!("{:?}", &bytes[..8]).replace(['[', ']'], "")),
            Value::Tag(_, inner) => match *inner {
                Value::Text(date) => marks.push(date),
                _ => panic!("{id}"),
            },
            _ => {}
        }
    }
    assert!(marks.len() > 10, "{marks:?}");
    marks
}

fn shows_nothing(what: &dyn Debug) {
    let marks = marks();
    for text in [format!("{what:?}"), format!("{what:#?}")] {
        for mark in &marks {
            assert!(!text.contains(mark.as_str()), "{mark}: {text}");
        }
    }
}

#[test]
fn no_public_type_shows_a_value() {
    let mut story = Story::with("adulte", MDL, Signer::Real);
    let identity = story.identify();
    shows_nothing(&identity);
    shows_nothing(&story.reader);
    for ask in [ask("identity"), Ask::Items(Vec::new())] {
        shows_nothing(&ask);
    }
    let holder = Engaged::new(&mut story.rng).unwrap();
    shows_nothing(&Start::Engagement(holder.engagement()));

    let (mut reading, mut session, request) = story.met(&ask("identity"));
    shows_nothing(&reading);
    let response = story.response(&request, session.transcript());
    // Even what comes in the clear, against the rules.
    shows_nothing(&Event::Received(response.clone()));
    shows_nothing(&Event::Frame(String::from_utf8_lossy(&response).into_owned()));
    let message = session.seal(&response).unwrap();
    shows_nothing(&story.step(&mut reading, Event::Received(message)));
    shows_nothing(&reading);

    for (person, days) in [("adulte", 0), ("adulte", 31)] {
        let mut story = Story::with(person, MDL, Signer::Real);
        story.now = story.now.plus_days(days);
        for order in ORDERS {
            let outcome = story.read(&ask("identity"), order);
            shows_nothing(&outcome);
            let Outcome::Read { verdict, answers } = outcome else { panic!() };
            shows_nothing(&verdict);
            shows_nothing(&answers);
            match verdict {
                Verdict::Accepted(documents) | Verdict::Unjudged(documents) => {
                    shows_nothing(&documents);
                }
                Verdict::Rejected(rejection) => {
                    shows_nothing(&rejection.documents);
                    shows_nothing(&rejection.errors);
                }
                Verdict::Specimen(_) => panic!("it is signed by the issuer"),
            }
        }
    }
}

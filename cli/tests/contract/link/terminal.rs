//! The consent on a terminal.

use super::*;
use crate::holder::terminal::{CONTROL_C, Session};
use crate::program::{NOW, codes};

const DECIDE: &str = "cocher ou décocher (un numéro)\u{a0}: ";
const WHOSE: &str = "refuser tout (r)\u{a0}: ";

/// A reader's code that nobody has answered yet.
fn asked(folder: &Folder, more: &[&str]) {
    pictures::left(folder, more);
}

fn session(folder: &Folder) -> Session {
    let present = ["present", "--link", "qr:pictures", "--pin-file", "pin", "--now", NOW];
    Session::start(folder, &[&present[..], &["--result", "sent.json"]].concat())
}

fn sent(folder: &Folder) -> Json {
    serde_json::from_str(&folder.text("sent.json")).unwrap()
}

const PHARMACY: [&str; 4] = ["--purpose", "pharmacy", "--reader-pki", "pki"];

#[test]
fn who_asks_why_and_for_what_is_read_before_anything_is_shared() {
    let folder = equipped();
    asked(&folder, &PHARMACY);
    let mut session = session(&folder);
    session.sees("Demande de renseignements");
    session.sees("Lecteur d’essai Coffret");
    session.sees("inscrit au registre");
    session.sees("Carte d’assurance maladie");
    session.sees("Pharmacie");
    session.sees("[✓]");
    session.sees("pas dans le document");
    session.sees("Rien ne sera conservé.");
    session.answers(DECIDE, "p\r");
    let (exit, screen) = session.ends();
    assert_eq!(exit, Some(0), "{screen}");
    assert!(!screen.contains("TREM"), "no value: {screen}");
    assert_eq!(shown(&sent(&folder)).len(), 5);
}

#[test]
fn nothing_more_is_said_of_what_is_not_in_the_document() {
    let folder = equipped();
    asked(&folder, &["--purpose", "age-18", "--reader-pki", "pki"]);
    let mut session = session(&folder);
    session.sees("pas dans le document");
    let rest = session.sees("\n");
    assert!(!rest.contains('·'), "{rest}");
    session.answers(DECIDE, "r\r");
    assert_eq!(session.ends().0, Some(1));
}

#[test]
fn what_is_unticked_stays() {
    let folder = equipped();
    asked(&folder, &PHARMACY);
    let mut session = session(&folder);
    // Out, out and in again; what is not held and what there is not have no effect.
    for number in ["1", "2", "2", "0", "99"] {
        session.answers(DECIDE, &format!("{number}\r"));
    }
    session.answers(DECIDE, "partager\r");
    let (exit, screen) = session.ends();
    assert_eq!(exit, Some(0), "{screen}");
    assert_eq!(shown(&sent(&folder)).len(), 4);
}

#[test]
fn anything_else_is_a_refusal() {
    let folder = equipped();
    for answer in ["r\r", "\r", "oui\r", "-1\r"] {
        asked(&folder, &PHARMACY);
        let mut session = session(&folder);
        session.answers(DECIDE, answer);
        let (exit, screen) = session.ends();
        assert_eq!(exit, Some(1), "{screen}");
        assert_eq!(sent(&folder)["outcome"], "refused");
    }
}

/// The same letter refuses at every question.
#[test]
fn a_refusal_is_one_before_a_document_is_chosen() {
    let folder = equipped();
    folder.credentials(1, &card(), &[]);
    folder.wallet(&["add", "card.cbor"]).ends(0);
    for answer in ["r\r", "Refuser\r"] {
        asked(&folder, &PHARMACY);
        let mut session = session(&folder);
        session.answers(WHOSE, answer);
        let (exit, screen) = session.ends();
        assert_eq!(exit, Some(1), "{screen}");
        assert!(!screen.contains(DECIDE), "{screen}");
        assert_eq!(sent(&folder)["outcome"], "refused");
    }
}

#[test]
fn another_person_s_document_is_chosen_by_name() {
    let folder = equipped();
    folder.credentials(1, &card(), &[]);
    folder.wallet(&["add", "card.cbor"]).ends(0);
    // What is no document is asked again; nothing is no document.
    for (answers, shares) in
        [(&["2\r"][..], true), (&["\r"], false), (&["3\r", "y\r", "0\r", "2\r"], true)]
    {
        asked(&folder, &PHARMACY);
        let mut session = session(&folder);
        let known = session.sees("Émilie Tremblay");
        for words in ["Lecteur d’essai Coffret", "Carte d’assurance maladie", "Pharmacie"] {
            assert!(known.contains(words), "{words}: {known}");
        }
        session.sees("(une autre personne)");
        for answer in answers {
            session.answers(WHOSE, answer);
        }
        if !shares {
            session.sees("Aucun document choisi");
        }
        session.answers(DECIDE, "p\r");
        let (exit, screen) = session.ends();
        assert_eq!(exit, Some(if shares { 0 } else { 1 }), "{answers:?} {screen}");
    }
}

#[test]
fn an_expired_document_is_said_to_be_and_chosen() {
    let folder = equipped();
    let late = "2030-01-01T12:00:00Z";
    asked(&folder, &["--purpose", "age-18", "--now", late]);
    let present = ["present", "--link", "qr:pictures", "--pin-file", "pin", "--now", late];
    let mut session = Session::start(&folder, &[&present[..], &["--result", "sent.json"]].concat());
    session.sees("Expiré depuis le");
    session.sees("numéro finissant par");
    session.answers(WHOSE, "1\r");
    session.sees("Ce document est expiré");
    session.answers(DECIDE, "r\r");
    assert_eq!(session.ends().0, Some(1));
}

#[test]
fn a_photo_that_stays_is_said_to_before_anything_is_shared() {
    let folder = equipped();
    asked(&folder, &["--purpose", "age-18", "--reader-pki", "pki"]);
    let mut session = session(&folder);
    let before = session.sees("Partager");
    assert!(!before.contains("Sans la photo"), "{before}");
    session.answers(DECIDE, "2\r");
    session.sees("Sans la photo");
    session.answers(DECIDE, "r\r");
    assert_eq!(session.ends().0, Some(1));
}

#[test]
fn a_stranger_s_request_has_nothing_ticked() {
    let folder = equipped();
    asked(&folder, &["--purpose", "identity"]);
    let mut session = session(&folder);
    session.sees("Demandeur inconnu");
    session.sees("rien n’est coché");
    let said = session.sees("Partager");
    assert!(said.contains("Le demandeur dit qu’il ne conservera rien."), "{said}");
    session.answers(DECIDE, "p\r");
    assert_eq!(session.ends().0, Some(1));
    asked(&folder, &["--purpose", "identity"]);
    let mut session = self::session(&folder);
    // The first, a small portrait, is not held.
    session.answers(DECIDE, "1\r");
    session.answers(DECIDE, "2\r");
    session.answers(DECIDE, "p\r");
    assert_eq!(session.ends().0, Some(0));
    assert_eq!(shown(&sent(&folder)).len(), 1);
}

#[test]
fn a_reader_that_is_not_good_can_only_be_refused() {
    let folder = equipped();
    folder.run(&["pki", "old", "--now", "2019-01-01T00:00:00Z"]).ends(0);
    asked(&folder, &["--purpose", "age-18", "--reader-pki", "old"]);
    let mut session = session(&folder);
    session.sees("il ne peut qu’être refusé");
    let said = session.sees("Refuser (r)");
    assert!(!said.contains("[ ]") && !said.contains("[✓]"), "nothing can be ticked: {said}");
    session.answers("\u{a0}: ", "p\r");
    assert_eq!(session.ends().0, Some(1));
    assert_eq!(sent(&folder)["outcome"], "refused");
}

#[test]
fn interrupted_at_the_question_nothing_is_shown_and_the_log_says_so() {
    let folder = equipped();
    asked(&folder, &PHARMACY);
    let mut session = session(&folder);
    session.answers(DECIDE, CONTROL_C);
    let (exit, screen) = session.ends();
    assert_eq!(exit, Some(130), "{screen}");
    assert!(screen.starts_with("^C\r\n"), "{screen:?}");
    assert_eq!(codes(&sent(&folder)["errors"]), ["interrupted"]);
    assert!(pictures::pictures(&folder.path("pictures"), "wallet-").is_empty());
    let entry = folder.wallet(&["log"]).ends(0).json()["entries"][0].take();
    assert_eq!(
        (&entry["outcome"], &entry["documents"][0]["docType"]),
        (&json!("unanswered"), &json!(CARD))
    );
}

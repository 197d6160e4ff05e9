//! What is printed for developers never shows what is personal.

use std::fmt::{Debug, Display};

use coffret_cbor::Value;
use coffret_crypto::password::Cost;
use coffret_holder::{AddError, Reuse, TrustData, export};
use coffret_trust::{Purpose, SPECIMEN_ROOT};

use crate::story::{CARD, MDL, Story, credentials, elements, with};

const MARK: &str = "Zzyzxmark";

fn shows_nothing(what: &str, value: &dyn Debug) {
    for text in [format!("{value:?}"), format!("{value:#?}")] {
        let bytes = format!("{:?}", MARK.as_bytes());
        for mark in [MARK, "Zzyzx", bytes.trim_matches(['[', ']'])] {
            assert!(!text.contains(mark), "{what} shows {mark}: {text}");
        }
    }
}

fn says_nothing(what: &str, value: &dyn Display) {
    assert!(!value.to_string().contains(MARK), "{what}: {value}");
}

#[test]
fn no_public_type_shows_a_value() {
    let (mut story, mut wallet) = Story::begin();
    let names = ["family_name", "given_name", "birth_place", "document_number"];
    let marked = with(&elements("adulte", MDL), &names.map(|id| (id, Value::from(MARK))));
    let keys = story.keys(&mut wallet, 2);
    let signed = story.sign(MDL, &marked, &keys[..1], 30);
    let credentials = credentials(MDL, &signed, Reuse::Reusable);
    let ids = wallet.add(&credentials, story.now, &mut story.rng).unwrap();
    wallet
        .import_trust(
            TrustData::Anchors(SPECIMEN_ROOT.as_bytes(), Purpose::Specimen),
            "specimens.pem",
            story.now,
            &mut story.rng,
        )
        .unwrap();

    shows_nothing("Wallet", &wallet);
    shows_nothing("Card", &wallet.documents(story.now).unwrap());
    shows_nothing("Document", &wallet.document(ids[0], story.now).unwrap());
    let verdict = wallet.document(ids[0], story.now).unwrap();
    shows_nothing("DocumentVerdict", verdict.verdict());
    shows_nothing("NameSpaces", verdict.elements());
    let people = wallet.people().unwrap();
    assert!(people[0].name.as_ref().unwrap().contains(MARK));
    shows_nothing("Person", &people);
    shows_nothing("Notice", &wallet.notices(story.now.plus_days(20)).unwrap());
    shows_nothing("TrustEntry", &wallet.trust_list());
    shows_nothing("Trust", wallet.trust());
    shows_nothing("AutoLock", &wallet.auto_lock().unwrap());
    let tasks = wallet.new_keys(1, crate::story::P256, &mut story.rng).unwrap();
    shows_nothing("KeyTask", &tasks);
    shows_nothing("KeyOutcome", &wallet.perform(&tasks[0], &mut story.rng).unwrap());

    let again = wallet.add(&credentials, story.now, &mut story.rng).unwrap_err();
    assert!(matches!(again, AddError::Refused(_)));
    shows_nothing("AddError", &again);
    says_nothing("AddError", &again);
    let passphrase = "Zzyzxmark Zzyzxmark";
    let sealed = wallet.export(passphrase, Cost::MIN, story.now, &mut story.rng).unwrap();
    let error = export::open(&sealed, &format!("{passphrase} ")).unwrap_err();
    shows_nothing("Error", &error);
    says_nothing("Error", &error);
    let person = wallet.people().unwrap()[0].id;
    let error = wallet.rename_person(person, &MARK.repeat(20), &mut story.rng).unwrap_err();
    says_nothing("Error", &error);
    story.add(&mut wallet, "adulte", CARD, 1, Reuse::Reusable);
}

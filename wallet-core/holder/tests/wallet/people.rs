use coffret_cbor::{Encoded, Item, Value};
use coffret_holder::{DocumentId, Error, PersonId, Reuse, TrustData, Wallet, Whose};
use coffret_mdoc::NameSpaces;
use coffret_trust::{Purpose, SPECIMEN_ROOT};

use crate::story::{BIRTH, CARD, MDL, Story, credentials, with};

fn names(wallet: &Wallet) -> Vec<Option<String>> {
    wallet.people().unwrap().into_iter().map(|person| person.name).collect()
}

fn whose(story: &Story, wallet: &Wallet, id: DocumentId) -> PersonId {
    wallet.document(id, story.now).unwrap().card.person
}

/// A document of a type that the catalogue does not know, about someone.
fn about(family: &str, given: &str, birth: &str) -> NameSpaces<Value> {
    let birth = Value::Tag(1004, Box::new(birth.into()));
    let names = [("family_name", family.into()), ("given_names", given.into())];
    let all = names.into_iter().chain([("birth_date", birth)]);
    all.map(|(id, value)| ("ca.coffret.test", id, value)).collect()
}

fn add(story: &mut Story, wallet: &mut Wallet, elements: &NameSpaces<Value>) -> DocumentId {
    let keys = story.keys(wallet, 1);
    let signed = story.sign("ca.coffret.test.1", elements, &keys, 30);
    let credentials = credentials("ca.coffret.test.1", &signed, Reuse::Reusable);
    wallet.add(&credentials, story.now, &mut story.rng).unwrap().remove(0)
}

/// Every sample person's documents are that person's, whatever is added first: names with
/// diacritics and either apostrophe, a spouse's name, given names that one document leaves out.
#[test]
fn documents_are_grouped_by_person() {
    let (mut story, mut wallet) = Story::begin();
    for person in coffret_catalogue::specimens() {
        let before = wallet.people().unwrap().len();
        for document in person.documents {
            let keys = story.keys(&mut wallet, 1);
            let credentials = story.issue(person.id, document.doc_type, &keys, Reuse::Reusable);
            wallet.add(&credentials, story.now, &mut story.rng).unwrap();
        }
        assert_eq!(wallet.people().unwrap().len(), before + 1, "{}", person.id);
    }
    let wallet = story.reopen(wallet);
    assert_eq!(wallet.people().unwrap().len(), coffret_catalogue::specimens().len());
}

#[test]
fn the_first_is_the_holder_and_is_called_as_the_document_says() {
    let (mut story, mut wallet) = Story::begin();
    assert_eq!(names(&wallet), [] as [Option<String>; 0]);
    story.add(&mut wallet, "adulte", MDL, 1, Reuse::Reusable);
    story.add(&mut wallet, "enfant", CARD, 1, Reuse::Reusable);
    let wallet = story.reopen(wallet);
    let said = ["Marie-Ève Tremblay SPÉCIMEN", "Loïc Gagnon SPÉCIMEN"];
    assert_eq!(names(&wallet), said.map(|name| Some(name.to_owned())));
}

#[test]
fn names_are_compared_by_their_letters() {
    let one = about("D'Amours-Lévêque", "Zoé-Anaïs", "2004-02-29");
    let same = [
        about("D’AMOURS LEVEQUE", "Zoe Anais", "2004-02-29"),
        about("d’Amours‑Lévêque", "Zoé-Anaïs Chloé", "2004-02-29"),
        about("D'Amours-Le\u{301}ve\u{302}que", "ZOÉ-ANAÏS", "2004-02-29"),
    ];
    let other = [
        about("D'Amours-Lévêque", "Zoé-Anaïs", "2004-02-28"),
        about("D'Amours", "Zoé-Anaïs", "2004-02-29"),
        about("D'Amours-Lévêque", "Zoé-Alice", "2004-02-29"),
    ];
    for (alike, another) in [(true, same), (false, other)] {
        for another in another {
            let (mut story, mut wallet) = Story::begin();
            add(&mut story, &mut wallet, &one);
            add(&mut story, &mut wallet, &another);
            assert_eq!(wallet.people().unwrap().len() == 1, alike, "{:?}", names(&wallet));
        }
    }
}

/// The licence of one of two who are not told apart is not given to the other by chance.
#[test]
fn whom_a_document_may_be_about_twice_is_someone_else() {
    let (mut story, mut wallet) = Story::begin();
    for given in ["Marie Ève", "Marie Anne", "Marie"] {
        add(&mut story, &mut wallet, &about("Roy", given, "2001-01-01"));
    }
    assert_eq!(wallet.people().unwrap().len(), 3);
    let card = with(&about("ROY", "Marie", "2001-01-01"), &[]);
    add(&mut story, &mut wallet, &card);
    assert_eq!(wallet.people().unwrap().len(), 3, "the one of those very names");
}

#[test]
fn a_document_about_nobody_is_the_holder_s() {
    let nobody: NameSpaces<Value> =
        [("ca.coffret.test", "plate", Value::from("H0H 0H0"))].into_iter().collect();
    let (mut story, mut wallet) = Story::begin();
    let plate = add(&mut story, &mut wallet, &nobody);
    assert_eq!(names(&wallet), [None]);
    let licence = story.add(&mut wallet, "adulte", MDL, 1, Reuse::Reusable);
    assert_eq!(names(&wallet), [Some("Marie-Ève Tremblay SPÉCIMEN".to_owned())]);
    assert_eq!(whose(&story, &wallet, plate), whose(&story, &wallet, licence));
    story.add(&mut wallet, "enfant", CARD, 1, Reuse::Reusable);
    let other = with(&nobody, &[("plate", "H1H 1H1".into())]);
    let other = add(&mut story, &mut wallet, &other);
    assert_eq!(whose(&story, &wallet, other), whose(&story, &wallet, licence));
}

#[test]
fn a_name_that_no_document_has_room_for_names_nobody() {
    let (mut story, mut wallet) = Story::begin();
    let own = add(&mut story, &mut wallet, &about("Tremblay", "Rose", "1990-03-01"));
    let endless = add(&mut story, &mut wallet, &about(&"T".repeat(151), "Rose", "1991-03-01"));
    assert_eq!(whose(&story, &wallet, endless), whose(&story, &wallet, own));
}

#[test]
fn a_wrong_guess_is_set_right() {
    let (mut story, mut wallet) = Story::begin();
    let own = story.add(&mut wallet, "adulte", BIRTH, 1, Reuse::Reusable);
    let childs = story.add(&mut wallet, "enfant", BIRTH, 1, Reuse::Reusable);
    let holder = whose(&story, &wallet, own);
    wallet.assign(childs, holder, &mut story.rng).unwrap();
    let someone = wallet.add_person("Grand-maman", &mut story.rng).unwrap();
    wallet.assign(own, someone, &mut story.rng).unwrap();
    wallet.rename_person(holder, " Moi ", &mut story.rng).unwrap();
    let wallet = story.reopen(wallet);
    assert_eq!(whose(&story, &wallet, childs), holder);
    assert_eq!(whose(&story, &wallet, own), someone);
    assert_eq!(names(&wallet), ["Moi", "Grand-maman"].map(|name| Some(name.to_owned())));
}

/// A parent whose child's card came first.
#[test]
fn the_holder_is_whom_the_wallet_is_told() {
    let (mut story, mut wallet) = Story::begin();
    let childs = story.add(&mut wallet, "enfant", CARD, 1, Reuse::Reusable);
    story.add(&mut wallet, "ainee", CARD, 1, Reuse::Reusable);
    let own = story.add(&mut wallet, "adulte", MDL, 1, Reuse::Reusable);
    let [child, elder] = [0, 1].map(|place| wallet.people().unwrap()[place].id);
    let holder = whose(&story, &wallet, own);
    wallet.set_holder(holder, &mut story.rng).unwrap();
    let mut wallet = story.reopen(wallet);
    let people: Vec<_> = wallet.people().unwrap().iter().map(|person| person.id).collect();
    assert_eq!(people, [holder, child, elder], "the others as before");
    let nobody = [("ca.coffret.test", "plate", "H1H 1H1".into())].into_iter().collect();
    let nobodys = add(&mut story, &mut wallet, &nobody);
    assert_eq!(whose(&story, &wallet, nobodys), holder);
    wallet.remove(childs, &mut story.rng).unwrap();
    assert_eq!(wallet.people().unwrap().len(), 2, "who is not the holder is forgotten");
}

#[test]
fn strangers_and_no_names_are_refused() {
    let (mut story, mut wallet) = Story::begin();
    let id = story.add(&mut wallet, "adulte", MDL, 1, Reuse::Reusable);
    let (stranger, nothing) = (PersonId::from([9; 16]), DocumentId::from([9; 16]));
    let person = whose(&story, &wallet, id);
    let rng = &mut story.rng;
    assert_eq!(wallet.assign(id, stranger, rng), Err(Error::UnknownPerson));
    assert_eq!(wallet.set_holder(stranger, rng), Err(Error::UnknownPerson));
    assert_eq!(wallet.assign(nothing, person, rng), Err(Error::UnknownDocument));
    assert_eq!(wallet.rename_person(stranger, "Moi", rng), Err(Error::UnknownPerson));
    for name in ["", "  ", &"a".repeat(151)] {
        assert_eq!(wallet.rename_person(person, name, rng), Err(Error::PersonName));
        assert_eq!(wallet.add_person(name, rng), Err(Error::PersonName));
    }
}

/// With the last document of someone goes what the wallet knew of that person; the holder stays
/// the holder.
#[test]
fn who_has_no_document_left_is_forgotten() {
    let (mut story, mut wallet) = Story::begin();
    let own = story.add(&mut wallet, "adulte", MDL, 1, Reuse::Reusable);
    let card = story.add(&mut wallet, "enfant", CARD, 1, Reuse::Reusable);
    let birth = story.add(&mut wallet, "enfant", BIRTH, 1, Reuse::Reusable);
    wallet.remove(own, &mut story.rng).unwrap();
    assert_eq!(wallet.people().unwrap().len(), 2);
    wallet.remove(card, &mut story.rng).unwrap();
    assert_eq!(wallet.people().unwrap().len(), 2);
    let someone = wallet.add_person("Grand-maman", &mut story.rng).unwrap();
    wallet.remove(birth, &mut story.rng).unwrap();
    let left = wallet.people().unwrap();
    assert_eq!(left[0].name.as_deref(), Some("Marie-Ève Tremblay SPÉCIMEN"));
    assert_eq!((left.len(), left[1].id), (2, someone), "who has none yet stays");
}

fn specimen(story: &mut Story, wallet: &mut Wallet, person: &str, doc_type: &str) -> DocumentId {
    if wallet.trust_list().iter().all(|entry| entry.source != "specimen.pem") {
        let root = TrustData::Anchors(SPECIMEN_ROOT.as_bytes(), Purpose::Specimen);
        wallet.import_trust(root, "specimen.pem", story.now, &mut story.rng).unwrap();
    }
    let keys = story.keys(wallet, 1);
    let credentials = story.specimen(person, doc_type, &keys);
    wallet.add(&credentials, story.now, &mut story.rng).unwrap().remove(0)
}

/// Who tries the wallet with specimens first is not the invented person of the first of them.
#[test]
fn a_specimen_never_becomes_the_holder() {
    let (mut story, mut wallet) = Story::begin();
    let tried = specimen(&mut story, &mut wallet, "adulte", MDL);
    let [invented] = &wallet.people().unwrap()[..] else { panic!() };
    assert_eq!((invented.whose, invented.documents), (Whose::Nobody, 1));
    let invented = invented.id;
    assert_eq!(wallet.set_holder(invented, &mut story.rng), Err(Error::SpecimenPerson));

    // The same names in a real document are those of somebody else.
    let own = story.add(&mut wallet, "adulte", MDL, 1, Reuse::Reusable);
    let childs = story.add(&mut wallet, "enfant", CARD, 1, Reuse::Reusable);
    specimen(&mut story, &mut wallet, "ainee", CARD);
    let mut wallet = story.reopen(wallet);
    let people: Vec<_> =
        wallet.people().unwrap().iter().map(|person| (person.id, person.whose)).collect();
    let (holder, child) = (whose(&story, &wallet, own), whose(&story, &wallet, childs));
    assert_eq!(
        people[..3],
        [(holder, Whose::Holder), (child, Whose::Other), (invented, Whose::Nobody)]
    );
    assert_eq!(people[3].1, Whose::Nobody);

    for (document, person) in [(tried, holder), (own, invented)] {
        let assigned = wallet.assign(document, person, &mut story.rng);
        assert_eq!(assigned, Err(Error::SpecimenPerson));
    }
    for (one, other) in [(holder, invented), (invented, holder)] {
        let merged = wallet.merge_people(one, other, &mut story.rng);
        assert_eq!(merged, Err(Error::SpecimenPerson));
    }
    wallet.remove(tried, &mut story.rng).unwrap();
    assert!(wallet.people().unwrap().iter().all(|person| person.id != invented), "it goes");
}

#[test]
fn a_person_goes_with_the_last_document() {
    let (mut story, mut wallet) = Story::begin();
    let own = story.add(&mut wallet, "adulte", MDL, 1, Reuse::Reusable);
    let childs = story.add(&mut wallet, "enfant", CARD, 1, Reuse::Reusable);
    let elders = story.add(&mut wallet, "ainee", CARD, 1, Reuse::Reusable);
    let holder = whose(&story, &wallet, own);
    wallet.remove(childs, &mut story.rng).unwrap();
    assert_eq!(wallet.people().unwrap().len(), 2);

    // The holder stays while the next would be taken for the holder.
    wallet.remove(own, &mut story.rng).unwrap();
    let people = wallet.people().unwrap();
    assert_eq!((people[0].id, people[0].documents), (holder, 0));
    assert_eq!(people[1].whose, Whose::Other);
    assert_eq!(wallet.delete_person(holder, &mut story.rng), Err(Error::PersonIsHolder));
    let elder = people[1].id;
    assert_eq!(wallet.delete_person(elder, &mut story.rng), Err(Error::PersonHasDocuments));
    wallet.set_holder(elder, &mut story.rng).unwrap();
    wallet.delete_person(holder, &mut story.rng).unwrap();
    assert_eq!(wallet.delete_person(holder, &mut story.rng), Err(Error::UnknownPerson));

    wallet.remove(elders, &mut story.rng).unwrap();
    assert_eq!(names(&story.reopen(wallet)), [] as [Option<String>; 0], "nobody is left");
}

#[test]
fn two_people_are_made_one() {
    let (mut story, mut wallet) = Story::begin();
    let maiden = add(&mut story, &mut wallet, &about("Roy", "Rose", "1990-03-01"));
    let married = add(&mut story, &mut wallet, &about("Tremblay", "Rose", "1990-03-01"));
    story.add(&mut wallet, "enfant", CARD, 1, Reuse::Reusable);
    let [one, other] = [maiden, married].map(|id| whose(&story, &wallet, id));
    wallet.merge_people(other, other, &mut story.rng).unwrap();
    wallet.merge_people(one, other, &mut story.rng).unwrap();
    let mut wallet = story.reopen(wallet);
    let people = wallet.people().unwrap();
    assert_eq!((people[0].id, people[0].whose), (other, Whose::Holder), "the holder stays so");
    assert_eq!((people[0].name.as_deref(), people[0].documents), (Some("Rose Tremblay"), 2));
    assert_eq!(people.len(), 2);
    assert_eq!([maiden, married].map(|id| whose(&story, &wallet, id)), [other; 2]);
    let merged = wallet.merge_people(one, other, &mut story.rng);
    assert_eq!(merged, Err(Error::UnknownPerson));
}

/// Only who has no document left goes.
#[test]
fn who_still_has_a_document_stays_when_another_is_given_away() {
    let (mut story, mut wallet) = Story::begin();
    let own = story.add(&mut wallet, "adulte", MDL, 1, Reuse::Reusable);
    let card = story.add(&mut wallet, "enfant", CARD, 1, Reuse::Reusable);
    let birth = story.add(&mut wallet, "enfant", BIRTH, 1, Reuse::Reusable);
    let [holder, child] = [own, card].map(|id| whose(&story, &wallet, id));
    wallet.assign(card, holder, &mut story.rng).unwrap();
    assert_eq!(wallet.people().unwrap().len(), 2, "one of two is given away");
    wallet.assign(birth, child, &mut story.rng).unwrap();
    assert_eq!(wallet.people().unwrap().len(), 2, "the last one is given to whose it is");
    assert_eq!(whose(&story, &wallet, birth), child);
    wallet.assign(birth, holder, &mut story.rng).unwrap();
    assert_eq!(wallet.people().unwrap().len(), 1);
}

/// Beside the invented people of specimens the first real one is the holder, in whatever order they
/// came.
#[test]
fn the_first_real_person_is_the_holder() {
    let (mut story, mut wallet) = Story::begin();
    specimen(&mut story, &mut wallet, "adulte", MDL);
    let me = wallet.add_person("Moi", &mut story.rng).unwrap();
    let other = wallet.add_person("Grand-maman", &mut story.rng).unwrap();
    let people = wallet.people().unwrap();
    let whose: Vec<_> = people.iter().map(|person| (person.id, person.whose)).collect();
    assert_eq!(whose[..2], [(me, Whose::Holder), (other, Whose::Other)]);
    assert_eq!(whose[2].1, Whose::Nobody);
}

/// What does not say whom it is about is the holder's, unless it is a specimen.
#[test]
fn a_specimen_about_nobody_is_not_the_holder_s() {
    let (mut story, mut wallet) = Story::begin();
    specimen(&mut story, &mut wallet, "adulte", MDL);
    let own = story.add(&mut wallet, "adulte", MDL, 1, Reuse::Reusable);
    let nobody = [("ca.coffret.test", "plate", Value::from("H0H 0H0"))].into_iter().collect();
    let keys = story.keys(&mut wallet, 1);
    let credentials = story.specimen_of("ca.coffret.test.1", &nobody, &keys);
    let plate = wallet.add(&credentials, story.now, &mut story.rng).unwrap().remove(0);
    let people = wallet.people().unwrap();
    let of = |id| {
        let person = whose(&story, &wallet, id);
        people.iter().find(|known| known.id == person).unwrap().whose
    };
    assert_eq!((of(own), of(plate)), (Whose::Holder, Whose::Nobody));
}

/// The holder under another name is first, and later documents are matched by what is known of both.
#[test]
fn who_is_made_one_keeps_what_is_known() {
    let (mut story, mut wallet) = Story::begin();
    let nobody: NameSpaces<Value> =
        [("ca.coffret.test", "plate", Value::from("H0H 0H0"))].into_iter().collect();
    let plate = add(&mut story, &mut wallet, &nobody);
    add(&mut story, &mut wallet, &about("Roy", "Rose", "1990-03-01"));
    let nameless = wallet.add_person("Moi", &mut story.rng).unwrap();
    let rose = whose(&story, &wallet, plate);
    assert_eq!(names(&wallet)[0].as_deref(), Some("Rose Roy"), "the plate's owner is known now");
    add(&mut story, &mut wallet, &about("Gagnon", "Loïc", "2015-05-05"));

    // Rose becomes “Moi”, of whom no document had said anything.
    wallet.merge_people(rose, nameless, &mut story.rng).unwrap();
    let people = wallet.people().unwrap();
    assert_eq!((people[0].id, people[0].whose), (nameless, Whose::Holder));
    assert_eq!(people[0].name.as_deref(), Some("Moi"));
    let later = add(&mut story, &mut wallet, &with(&about("Roy", "Rose Anne", "1990-03-01"), &[]));
    assert_eq!(whose(&story, &wallet, later), nameless, "an unknown takes what is known");

    // What is known of the other stands.
    let married = add(&mut story, &mut wallet, &about("Tremblay", "Rose", "1990-03-01"));
    let married = whose(&story, &wallet, married);
    wallet.merge_people(nameless, married, &mut story.rng).unwrap();
    assert_eq!(names(&wallet)[0].as_deref(), Some("Rose Tremblay"));
    let later = add(&mut story, &mut wallet, &about("Tremblay", "Rose Anne", "1990-03-01"));
    assert_eq!(whose(&story, &wallet, later), married);
    let maiden = add(&mut story, &mut wallet, &about("Roy", "Rose Ève", "1990-03-01"));
    assert_ne!(whose(&story, &wallet, maiden), married);
}

#[test]
fn who_has_no_name_takes_that_of_the_other() {
    let (mut story, mut wallet) = Story::begin();
    let nobody = [("ca.coffret.test", "plate", Value::from("H0H 0H0"))].into_iter().collect();
    let plate = add(&mut story, &mut wallet, &nobody);
    let nameless = whose(&story, &wallet, plate);
    let other = wallet.add_person("Grand-maman", &mut story.rng).unwrap();
    assert_eq!(names(&wallet), [None, Some("Grand-maman".to_owned())]);
    wallet.merge_people(other, nameless, &mut story.rng).unwrap();
    assert_eq!(names(&wallet), [Some("Grand-maman".to_owned())]);
}

/// Of the same names, handed over at once.
#[test]
fn a_specimen_and_a_real_document_in_one_lot_are_two_people_s() {
    let (mut story, mut wallet) = Story::begin();
    let before = specimen(&mut story, &mut wallet, "ainee", CARD);
    for specimen_first in [true, false] {
        let keys = story.keys(&mut wallet, 2);
        let doc_type = if specimen_first { MDL } else { BIRTH };
        let invented = story.specimen("adulte", doc_type, &keys[..1]);
        let real = story.issue("adulte", doc_type, &keys[1..], Reuse::Reusable);
        let mut lot = [invented, real].map(|one| Encoded::from(Item::parse(&one).unwrap()));
        if !specimen_first {
            lot.reverse();
        }
        let lot = Encoded::array(lot).into_bytes();
        let added = wallet.add(&lot, story.now, &mut story.rng).unwrap();
        let [one, other] = [0, 1].map(|place| whose(&story, &wallet, added[place]));
        assert_ne!(one, other);
        assert_eq!(wallet.people().unwrap().len(), 3, "the second lot is about the same two");
    }
    assert_eq!(wallet.people().unwrap()[0].whose, Whose::Holder);
    wallet.remove(before, &mut story.rng).unwrap();

    // The invented do not keep the holder.
    for card in wallet.documents(story.now).unwrap().into_iter().filter(|card| !card.specimen) {
        wallet.remove(card.id, &mut story.rng).unwrap();
    }
    let left: Vec<_> = wallet.people().unwrap().iter().map(|person| person.whose).collect();
    assert_eq!(left, [Whose::Nobody]);
}

use coffret_cbor::{Encoded, Item, Value};
use coffret_crypto::{Algorithm, Attestation, Curve, KeyOutcome, PrivateKey, PublicKey};
use coffret_holder::{AddError, Error, Refusal, Reuse, TrustData, Wallet};
use coffret_issuer::Identity;
use coffret_mdoc::IssuerSigned;
use coffret_trust::{Purpose, SPECIMEN_ROOT};
use rand_chacha::ChaCha20Rng;

use crate::story::{BIRTH, CARD, MDL, P256, Story, credentials, elements, time, with};

fn refused(error: AddError) -> Vec<Error> {
    let AddError::Refused(reasons) = error else { panic!("{error:?}") };
    reasons.into_iter().map(|reason| reason.rule).collect()
}

fn failed(error: AddError) -> Error {
    let AddError::Failed(error) = error else { panic!("{error:?}") };
    error
}

#[test]
fn what_an_issuer_hands_over_is_taken() {
    let (mut story, mut wallet) = Story::begin();
    let id = story.add(&mut wallet, "adulte", MDL, 1, Reuse::Reusable);
    let wallet = story.reopen(wallet);
    let document = wallet.document(id, story.now).unwrap();
    assert_eq!(document.card.doc_type, MDL);
    assert!(!document.card.specimen);
    assert_eq!(document.card.issuer.country.as_deref(), Some("CA"));
    assert_eq!(document.card.issuer.state.as_deref(), Some("CA-QC"));
    assert_eq!(document.card.issuer.name.as_deref(), Some("Coffret test document signer"));
    assert_eq!(document.card.issuer.authority.as_deref(), Some("Coffret test IACA"));
    let issued = elements("adulte", MDL);
    assert_eq!(document.elements().iter().count(), issued.iter().count());
    for (namespace, id, value) in issued.iter() {
        let found = document.elements().get(namespace, id).map(Encoded::from);
        assert_eq!(found, Some(Encoded::from(value)), "{id}");
    }
}

#[test]
fn a_bare_issuer_signed_is_taken() {
    let (mut story, mut wallet) = Story::begin();
    let keys = story.keys(&mut wallet, 1);
    let signed = story.sign(MDL, &elements("adulte", MDL), &keys, 30).remove(0);
    let bare = Encoded::from(&signed).into_bytes();
    wallet.add(&bare, story.now, &mut story.rng).unwrap();
    let cards = wallet.documents(story.now).unwrap();
    assert_eq!((cards[0].doc_type.as_str(), cards[0].copies.reuse), (MDL, Reuse::Reusable));
}

#[test]
fn copies_of_one_document_are_one_document() {
    let (mut story, mut wallet) = Story::begin();
    let first = story.add(&mut wallet, "adulte", MDL, 3, Reuse::OneTime);
    let later = story.add(&mut wallet, "adulte", MDL, 2, Reuse::OneTime);
    assert_eq!(first, later);
    let cards = wallet.documents(story.now).unwrap();
    assert_eq!(cards.len(), 1);
    assert_eq!((cards[0].copies.all, cards[0].copies.left), (5, 5));
}

/// Each of these tells two documents apart.
#[test]
fn another_document_is_another() {
    let (mut story, mut wallet) = Story::begin();
    story.add(&mut wallet, "adulte", MDL, 1, Reuse::Reusable);
    story.add(&mut wallet, "adulte", MDL, 1, Reuse::OneTime);
    story.add(&mut wallet, "adulte", CARD, 1, Reuse::Reusable);
    let moved = with(&elements("adulte", MDL), &[("resident_city", Value::from("Rimouski"))]);
    let keys = story.keys(&mut wallet, 2);
    let renewed = credentials(MDL, &story.sign(MDL, &moved, &keys[..1], 30), Reuse::Reusable);
    wallet.add(&renewed, story.now, &mut story.rng).unwrap();
    let root = TrustData::Anchors(SPECIMEN_ROOT.as_bytes(), Purpose::Specimen);
    wallet.import_trust(root, "specimens", story.now, &mut story.rng).unwrap();
    let specimen = story.specimen("adulte", MDL, &keys[1..]);
    wallet.add(&specimen, story.now, &mut story.rng).unwrap();
    let cards = wallet.documents(story.now).unwrap();
    assert_eq!(cards.len(), 5);
    let specimens: Vec<_> = cards.iter().map(|card| card.specimen).collect();
    assert_eq!(specimens, [false, false, false, false, true], "in the order of adding");
}

/// The same authority by the signer that follows; then another that says the same.
#[test]
fn an_authority_s_documents_are_its_own() {
    let (mut story, mut wallet) = Story::begin();
    let root = story.pki.reader_authority.certificate_pem().unwrap();
    let root = TrustData::Anchors(root.as_bytes(), Purpose::Issuer);
    wallet.import_trust(root, "", story.now, &mut story.rng).unwrap();
    let first = story.add(&mut wallet, "adulte", MDL, 1, Reuse::Reusable);
    let Story { pki, rng, now, .. } = &mut story;
    let signer = |authority: &Identity, rng: &mut ChaCha20Rng| {
        authority.document_signer("Signer 2", Algorithm::Es256, *now, rng).unwrap()
    };
    let (next, other) = (signer(&pki.issuer, rng), signer(&pki.reader_authority, rng));
    story.pki.document_signer = next;
    assert_eq!(story.add(&mut wallet, "adulte", MDL, 1, Reuse::Reusable), first);
    story.pki.document_signer = other;
    assert_ne!(story.add(&mut wallet, "adulte", MDL, 1, Reuse::Reusable), first);
}

/// Keys that nothing is signed with here: quicker than those of a keystore.
fn keys(story: &mut Story, wallet: &mut Wallet, count: u8) -> Vec<PublicKey> {
    let tasks = wallet.new_keys(count, P256, &mut story.rng).unwrap();
    let mut key = || PrivateKey::generate(Curve::P256, &mut story.rng).public_key();
    let made = tasks.iter().map(|_| KeyOutcome::Created(key(), Attestation::Software));
    let made = made.collect();
    wallet.keys_ready(made, &mut story.rng).unwrap()
}

/// Copies are bounded, and what is over the bound keeps out the rest of what came with it.
#[test]
fn a_document_has_so_many_copies() {
    const MOST: u64 = 512;
    let (mut story, mut wallet) = Story::begin();
    for _ in 0..2 {
        let keys = self::keys(&mut story, &mut wallet, 255);
        let copies = story.issue("adulte", BIRTH, &keys, Reuse::OneTime);
        wallet.add(&copies, story.now, &mut story.rng).unwrap();
    }
    let keys = self::keys(&mut story, &mut wallet, 4);
    let over = story.issue("adulte", BIRTH, &keys, Reuse::OneTime);
    let refusal = |credential| Refusal { credential, rule: Error::TooManyCopies, element: None };
    let refused = wallet.add(&over, story.now, &mut story.rng);
    assert_eq!(refused, Err(AddError::Refused(vec![refusal(2), refusal(3)])));
    assert_eq!(wallet.documents(story.now).unwrap()[0].copies.all, MOST - 2);
    let last = story.issue("adulte", BIRTH, &keys[..2], Reuse::OneTime);
    wallet.add(&last, story.now, &mut story.rng).unwrap();
    assert_eq!(wallet.documents(story.now).unwrap()[0].copies.left, MOST);

    story.now = story.now.plus_days(400);
    let keys = self::keys(&mut story, &mut wallet, 1);
    let next = story.issue("adulte", BIRTH, &keys, Reuse::OneTime);
    wallet.add(&next, story.now, &mut story.rng).unwrap();
    let copies = wallet.documents(story.now).unwrap()[0].copies;
    assert_eq!((copies.all, copies.left), (MOST + 1, 1), "those that have expired make room");
    assert_eq!(wallet.abandoned_keys().unwrap().len() as u64, MOST, "and their keys go");
}

#[test]
fn a_specimen_is_refused_where_specimens_are_not_trusted() {
    let (mut story, mut wallet) = Story::begin();
    let keys = story.keys(&mut wallet, 1);
    let specimen = story.specimen("adulte", MDL, &keys);
    let error = wallet.add(&specimen, story.now, &mut story.rng).unwrap_err();
    let untrusted = coffret_mdoc::Error::Trust(coffret_trust::Error::UntrustedIssuer);
    assert_eq!(refused(error), [Error::Mdoc(untrusted)]);
}

#[test]
fn a_key_of_another_wallet_is_refused() {
    let (mut story, mut wallet) = Story::begin();
    let key = PrivateKey::generate(Curve::P256, &mut story.rng).public_key();
    let foreign = story.issue("adulte", MDL, &[key], Reuse::Reusable);
    let error = wallet.add(&foreign, story.now, &mut story.rng).unwrap_err();
    assert_eq!(refused(error), [Error::ForeignKey]);
}

#[test]
fn a_key_is_bound_to_one_credential() {
    let (mut story, mut wallet) = Story::begin();
    let keys = story.keys(&mut wallet, 1);
    let licence = story.issue("adulte", MDL, &keys, Reuse::Reusable);
    let card = story.issue("adulte", CARD, &keys, Reuse::Reusable);
    wallet.add(&licence, story.now, &mut story.rng).unwrap();
    let error = wallet.add(&card, story.now, &mut story.rng).unwrap_err();
    assert_eq!(refused(error), [Error::UsedKey]);
}

#[test]
fn a_key_is_bound_to_one_credential_of_those_given() {
    let (mut story, mut wallet) = Story::begin();
    let keys = story.keys(&mut wallet, 1);
    let mut signed = story.sign(MDL, &elements("adulte", MDL), &keys, 30);
    signed.extend(story.sign(MDL, &elements("adulte", MDL), &keys, 60));
    let twice = credentials(MDL, &signed, Reuse::Reusable);
    let error = wallet.add(&twice, story.now, &mut story.rng).unwrap_err();
    assert_eq!(
        error,
        AddError::Refused(vec![Refusal { credential: 1, rule: Error::UsedKey, element: None }])
    );
}

#[test]
fn what_is_held_is_not_taken_again() {
    let (mut story, mut wallet) = Story::begin();
    let keys = story.keys(&mut wallet, 1);
    let licence = story.issue("adulte", MDL, &keys, Reuse::Reusable);
    wallet.add(&licence, story.now, &mut story.rng).unwrap();
    let error = wallet.add(&licence, story.now, &mut story.rng).unwrap_err();
    assert_eq!(refused(error), [Error::AlreadyHeld]);
}

#[test]
fn it_is_judged_as_a_reader_would() {
    let (mut story, mut wallet) = Story::begin();
    let keys = story.keys(&mut wallet, 1);
    let licence = story.issue("adulte", MDL, &keys, Reuse::Reusable);
    let later = time("2028-01-01T00:00:00Z");
    let error = wallet.add(&licence, later, &mut story.rng).unwrap_err();
    let rules = refused(error);
    assert!(rules.contains(&Error::Mdoc(coffret_mdoc::Error::Expired)), "{rules:?}");

    let signed = story.sign(MDL, &elements("adulte", MDL), &keys, 30);
    let mislabelled = credentials(CARD, &signed, Reuse::Reusable);
    let error = wallet.add(&mislabelled, story.now, &mut story.rng).unwrap_err();
    assert_eq!(refused(error), [Error::Mdoc(coffret_mdoc::Error::DocTypeMismatch)]);
}

/// Every reason, each with its place; and nothing is taken, nor any key used up.
#[test]
fn all_are_taken_or_none() {
    let (mut story, mut wallet) = Story::begin();
    let keys = story.keys(&mut wallet, 2);
    let foreign = PrivateKey::generate(Curve::P256, &mut story.rng).public_key();
    let good = story.sign(MDL, &elements("adulte", MDL), &keys[..1], 30).remove(0);
    let altered = altered(&story.sign(MDL, &elements("adulte", MDL), &keys[1..], 30).remove(0));
    let foreign = story.sign(MDL, &elements("adulte", MDL), &[foreign], 30).remove(0);
    let mixed = credentials(MDL, &[good.clone(), altered, foreign], Reuse::Reusable);
    let AddError::Refused(reasons) = wallet.add(&mixed, story.now, &mut story.rng).unwrap_err()
    else {
        panic!("taken")
    };
    let places: Vec<_> = reasons.iter().map(|reason| (reason.credential, reason.rule)).collect();
    let digest = Error::Mdoc(coffret_mdoc::Error::DigestMismatch);
    assert_eq!(places, [(1, digest), (2, Error::ForeignKey)]);
    let element = reasons[0].element.as_ref().unwrap();
    assert_eq!(element.identifier, "resident_city");
    assert_eq!(wallet.documents(story.now).unwrap(), []);
    let alone = credentials(MDL, &[good], Reuse::Reusable);
    wallet.add(&alone, story.now, &mut story.rng).unwrap();
}

/// A credential of which one element says another city, of as many letters.
fn altered(signed: &IssuerSigned) -> IssuerSigned {
    let mut bytes = Encoded::from(signed).into_bytes();
    let city = "Québec".as_bytes();
    let places = bytes.windows(city.len() + 1).enumerate();
    let is_city = |window: &[u8]| window[0] == 0x67 && &window[1..] == city;
    let place = places.into_iter().find(|(_, window)| is_city(window)).unwrap().0;
    bytes[place + 1] = b'q';
    IssuerSigned::parse(&bytes).unwrap()
}

#[test]
fn anything_else_is_no_credential() {
    let (mut story, mut wallet) = Story::begin();
    let mut add = |bytes: &[u8]| failed(wallet.add(bytes, story.now, &mut story.rng).unwrap_err());
    let empty = Encoded::array([]).into_bytes();
    assert_eq!(add(&empty), Error::CredentialForm);
    assert_eq!(add(Encoded::from("oui").as_bytes()), Error::CredentialForm);
    assert_eq!(add(&[0xff]), Error::Cbor(coffret_cbor::Error::UnexpectedBreak));
    let one = Encoded::map([("issuerSigned", Encoded::from(1u64))]);
    let many = Encoded::array(vec![one.clone(); 256]);
    assert_eq!(add(many.as_bytes()), Error::TooManyCredentials);
    let malformed = Encoded::array([one]);
    assert!(Item::parse(malformed.as_bytes()).is_ok());
    let error = wallet.add(malformed.as_bytes(), story.now, &mut story.rng).unwrap_err();
    let missing = coffret_mdoc::Error::Cbor(coffret_cbor::Error::MissingKey);
    assert_eq!(refused(error), [Error::Mdoc(missing)]);
}

/// What an issuer may hand over is what a wallet takes: one limit, asked by both.
#[test]
fn as_much_is_taken_as_is_handed_over() {
    let (mut story, mut wallet) = Story::begin();
    let keys = story.keys(&mut wallet, 1);
    let mut add = |copies: usize, more: usize| {
        let more = ("ca.coffret.test", "blob", Value::Bytes(vec![7; more]));
        let data = elements("adulte", MDL);
        let data = data.iter().map(|(namespace, id, value)| (namespace, id, value.clone()));
        let signed = story.sign(MDL, &data.chain([more]).collect(), &keys, 365);
        let credentials = credentials(MDL, &vec![signed[0].clone(); copies], Reuse::Reusable);
        let checked = coffret_holder::check_issuance(&credentials);
        match wallet.add(&credentials, story.now, &mut story.rng) {
            Err(AddError::Failed(error)) => {
                assert_eq!(checked, Err(error), "the issuer is told the same");
                Err(error)
            }
            // They are all bound to one key, which is another matter.
            other => {
                assert!(checked.is_ok() && (copies == 1) == other.is_ok());
                Ok(())
            }
        }
    };
    assert_eq!(add(255, 40_000), Ok(()));
    assert_eq!(add(255, 45_000), Ok(()));
    assert_eq!(add(255, 80_000), Err(Error::TooManyCredentials));
    assert_eq!(add(256, 10), Err(Error::TooManyCredentials));
}

/// One that no wallet reads, among others that any does.
#[test]
fn what_no_wallet_reads_is_not_handed_over() {
    let (mut story, mut wallet) = Story::begin();
    let keys = story.keys(&mut wallet, 1);
    let good = story.issue("adulte", MDL, &keys, Reuse::Reusable);
    let nothing = Encoded::map::<&str>([]);
    let bad = Encoded::map([("docType", MDL.into()), ("issuerSigned", nothing)]);
    let lot = Encoded::array([Item::parse(&good).unwrap().into(), bad]).into_bytes();
    let checked = coffret_holder::check_issuance(&lot);
    let refused = wallet.add(&lot, story.now, &mut story.rng);
    let Err(AddError::Refused(refusals)) = refused else { panic!("{refused:?}") };
    assert_eq!((refusals.len(), refusals[0].credential), (1, 1));
    assert_eq!(checked, Err(refusals[0].rule));
    assert_eq!(coffret_holder::check_issuance(&good), Ok(()));
}

/// Many are taken at once; each has to fit a message, or it could not be presented.
#[test]
fn a_single_credential_is_within_a_message() {
    let (mut story, mut wallet) = Story::begin();
    let keys = story.keys(&mut wallet, 1);
    let good = story.issue("adulte", MDL, &keys, Reuse::Reusable);
    let good = Item::parse(&good).unwrap().map().unwrap();
    let signed = good.require("issuerSigned").unwrap().map().unwrap();
    let members = signed.into_iter().map(|(key, value)| (key.text().unwrap(), value.into()));
    // A string is at most half of a message.
    let padding = Encoded::bytes(&vec![0; coffret_cbor::Limits::MESSAGE.total / 3]);
    let padding = ["one", "two", "three"].map(|key| (key.into(), padding.clone()));
    let padded = members.chain(padding).collect::<Vec<_>>();
    let padded = Encoded::map(padded.iter().map(|(key, value)| (key.as_ref(), value.clone())));
    let lot = Encoded::map([("docType", MDL.into()), ("issuerSigned", padded)]).into_bytes();
    let too_large = coffret_mdoc::Error::Cbor(coffret_cbor::Error::TooLarge);
    assert_eq!(coffret_holder::check_issuance(&lot), Err(Error::Mdoc(too_large)));
}

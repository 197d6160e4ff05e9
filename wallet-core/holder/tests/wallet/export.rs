use coffret_cbor::{Encoded, Item};
use coffret_crypto::password::Cost;
use coffret_holder::{Error, Reuse, Wallet, export, log};
use coffret_mdoc::IssuerSigned;

use crate::story::{CARD, MDL, Story, elements};

pub(crate) const PASSPHRASE: &str = "quatre mots jamais dits";

pub(crate) fn exported(story: &mut Story, wallet: &mut Wallet) -> Vec<u8> {
    wallet.export(PASSPHRASE, Cost::MIN, story.now, &mut story.rng).unwrap()
}

#[test]
fn what_is_held_can_be_read_elsewhere() {
    let (mut story, mut wallet) = Story::begin();
    story.add(&mut wallet, "adulte", MDL, 2, Reuse::OneTime);
    story.add(&mut wallet, "enfant", CARD, 1, Reuse::Reusable);
    let content = export::open(&exported(&mut story, &mut wallet), PASSPHRASE).unwrap();
    let map = Item::parse(&content).unwrap().map().unwrap();
    let log = map.require("log").unwrap();
    assert_eq!(log::check(log.bytes()).map(|checked| checked.entries.len()), Ok(0));
    let notice = map.require("notice").unwrap().map().unwrap();
    assert!(notice.get("fr").unwrap().text().unwrap().contains("ne peut pas être présenté"));
    assert!(notice.get("en").unwrap().text().unwrap().contains("cannot be presented"));
    let people: Vec<_> = map.require("people").unwrap().array().unwrap().collect();
    let name = people[1].map().unwrap().require("name").unwrap().text().unwrap();
    assert_eq!(name, "Loïc Gagnon SPÉCIMEN");
    let documents: Vec<_> = map.require("documents").unwrap().array().unwrap().collect();
    assert_eq!(documents.len(), 2);
    assert_eq!(map.require("unreadable").unwrap().array().unwrap().count(), 0);
    let licence = documents[0].map().unwrap();
    let signed = licence.require("issuerSigned").unwrap();
    assert_eq!(IssuerSigned::parse(signed.bytes()).unwrap().mso().doc_type, MDL);
    let values = licence.require("elements").unwrap().map().unwrap();
    for (namespace, id, value) in elements("adulte", MDL).iter() {
        let found = values.require(namespace).unwrap().map().unwrap().require(id).unwrap();
        assert_eq!(Encoded::from(found), Encoded::from(value), "{id}");
    }
}

/// The private keys are nowhere in it, nor what they are called.
#[test]
fn it_cannot_be_presented() {
    let (mut story, mut wallet) = Story::begin();
    story.add(&mut wallet, "adulte", MDL, 1, Reuse::Reusable);
    let content = export::open(&exported(&mut story, &mut wallet), PASSPHRASE).unwrap();
    drop(wallet);
    for (key, pem) in story.store().all(coffret_store::Table(6)).unwrap() {
        let pem = std::str::from_utf8(&pem).unwrap();
        let der: Vec<u8> =
            pem.lines().filter(|line| !line.contains("--")).flat_map(decoded).collect();
        for secret in [key.as_bytes().as_slice(), &der[36..68], pem.as_bytes()] {
            assert!(!content.windows(secret.len()).any(|window| window == secret));
        }
    }
}

/// Base64, three bytes in four characters.
fn decoded(line: &str) -> Vec<u8> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let value = |byte: &u8| ALPHABET.iter().position(|letter| letter == byte).unwrap_or(0) as u32;
    let group = |four: &[u8]| four.iter().fold(0, |bits, byte| bits << 6 | value(byte));
    line.as_bytes().chunks(4).flat_map(|four| group(four).to_be_bytes()[1..].to_vec()).collect()
}

#[test]
fn another_passphrase_opens_nothing() {
    let (mut story, mut wallet) = Story::begin();
    let export = exported(&mut story, &mut wallet);
    for wrong in ["", "quatre mots jamais dit", "Quatre mots jamais dits"] {
        assert_eq!(export::open(&export, wrong).unwrap_err(), Error::ExportSealed);
    }
}

#[test]
fn a_passphrase_has_twelve_characters() {
    let (mut story, mut wallet) = Story::begin();
    for (passphrase, short) in [("onze lettre", true), ("douze lettre", false), ("éééééé", true)]
    {
        let export = wallet.export(passphrase, Cost::MIN, story.now, &mut story.rng);
        assert_eq!(export.err(), short.then_some(Error::ShortPassphrase), "{passphrase}");
    }
}

/// Each byte of an export with nothing in it, flipped: it says so, or that it is no export.
#[test]
fn an_altered_export_opens_nothing() {
    let (mut story, mut wallet) = Story::begin();
    let export = exported(&mut story, &mut wallet);
    for place in 0..export.len() {
        let mut altered = export.clone();
        altered[place] ^= 1;
        let error = export::open(&altered, PASSPHRASE).unwrap_err();
        let crypto = Error::Crypto(coffret_crypto::Error::PasswordCost);
        assert!([Error::ExportSealed, Error::ExportForm, crypto].contains(&error), "{place}");
    }
    for end in [0, 1, export.len() / 2, export.len() - 1] {
        assert_eq!(export::open(&export[..end], PASSPHRASE).unwrap_err(), Error::ExportForm);
    }
}

#[test]
fn another_format_is_no_export() {
    let header = |format: &str, version: &str, salt: usize| {
        let header = Encoded::map([
            ("format", format.into()),
            ("version", version.into()),
            ("memory", 8u64.into()),
            ("passes", 1u64.into()),
            ("salt", Encoded::bytes(&vec![0; salt])),
            ("nonce", Encoded::bytes(&[0; 12])),
        ]);
        let sealed = [Encoded::bytes(header.as_bytes()), Encoded::bytes(&[0; 32])];
        export::open(Encoded::array(sealed).as_bytes(), PASSPHRASE).unwrap_err()
    };
    assert_eq!(header("coffret-export", "1.0", 16), Error::ExportSealed);
    assert_eq!(header("coffret", "1.0", 16), Error::ExportForm);
    assert_eq!(header("coffret-export", "2.0", 16), Error::ExportForm);
    assert_eq!(header("coffret-export", "1.0", 15), Error::ExportForm);
}

/// Whoever hands over a file says what opening it costs.
#[test]
fn an_absurd_cost_is_not_paid() {
    let header = Encoded::map([
        ("format", "coffret-export".into()),
        ("version", "1.0".into()),
        ("memory", Encoded::from(u64::from(u32::MAX))),
        ("passes", 1u64.into()),
        ("salt", Encoded::bytes(&[0; 16])),
        ("nonce", Encoded::bytes(&[0; 12])),
    ]);
    let sealed = [Encoded::bytes(header.as_bytes()), Encoded::bytes(&[0; 32])];
    let error = export::open(Encoded::array(sealed).as_bytes(), PASSPHRASE).unwrap_err();
    assert_eq!(error, Error::Crypto(coffret_crypto::Error::PasswordCost));
}

/// Two exports of one wallet have nothing in common but their form.
#[test]
fn each_export_is_sealed_afresh() {
    let (mut story, mut wallet) = Story::begin();
    let (one, other) = (exported(&mut story, &mut wallet), exported(&mut story, &mut wallet));
    let tail = |export: &[u8]| export[export.len() - 64..].to_vec();
    assert_ne!(tail(&one), tail(&other));
}

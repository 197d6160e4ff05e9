//! Certificates that other people's software made: ISO 18013-5 Annex D, published responses, lists
//! of issuing authorities.

#![cfg(test)]

use coffret_cbor::{Decode, Item, Timestamp, Value};
use coffret_crypto::cose::Sign1;
use coffret_published::hex;
use coffret_trust::{
    Certificate, Chain, Error, Profile, Purpose, ReaderSigned, ReaderVerdict, Trust, TrustedBy,
};
use data_encoding::BASE64URL_NOPAD;
use serde_json::Value as Json;

const MDL: &str = "org.iso.18013.5.1.mDL";

/// A file that somebody published; `None`, said, where there is none.
fn vectors(file: &str) -> Option<Vec<u8>> {
    Some(std::fs::read(coffret_published::path(file)?).unwrap())
}

fn certificate(json: &Json) -> Certificate {
    Certificate::parse(&hex(json)).unwrap()
}

fn time(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

#[test]
fn annex_d_signer() {
    let Some(annex_d) = coffret_published::json("annex_d/annex_d.json") else { return };
    let now = time("2020-10-15T12:00:00Z");
    let mut trust = Trust::new();
    trust.add_anchor(certificate(&annex_d["iaca_root_cert"]), Purpose::Issuer).unwrap();
    let chain = Chain::parse([hex(&annex_d["ds_cert"]).as_slice()]).unwrap();
    let verdict = trust.signer(&chain, MDL, now);
    assert_eq!((verdict.errors, verdict.trusted_by), (vec![], Some(TrustedBy::Root)));
    assert_eq!(verdict.country.as_deref(), Some("US"));
    assert_eq!(verdict.name.as_deref(), Some("utopia ds"));
    // A DNS name where a URI belongs, in both.
    assert_eq!(verdict.warnings, [Error::CrlDistributionPoint]);

    let late = trust.signer(&chain, MDL, time("2026-11-22T00:00:00Z"));
    assert_eq!((late.errors, late.trusted_by), (vec![Error::Expired], None));
}

#[test]
fn annex_d_reader() {
    let Some(annex_d) = coffret_published::json("annex_d/annex_d.json") else { return };
    let now = time("2020-10-15T12:00:00Z");
    let mut trust = Trust::new();
    trust.add_anchor(certificate(&annex_d["reader_root_cert"]), Purpose::Reader).unwrap();
    let (signature, payload) =
        (hex(&annex_d["reader_auth"]), hex(&annex_d["reader_authentication_bytes"]));
    let signature = Sign1::decode(Item::parse(&signature).unwrap()).unwrap();
    let signed = [Some(ReaderSigned { signature: &signature, payload: &payload })];
    let ReaderVerdict::Verified(reader) = trust.reader(&signed, now) else { panic!() };
    assert_eq!(reader.name.as_deref(), Some("reader"));
    assert_eq!(reader.warnings, [Error::CrlDistributionPoint]);

    let name = Some("reader".to_owned());
    let untrusted = Trust::new().reader(&signed, now);
    let warnings = vec![Error::CrlDistributionPoint];
    assert_eq!(untrusted, ReaderVerdict::Untrusted { name, warnings });
    let other = [Some(ReaderSigned { signature: &signature, payload: b"another request" })];
    let errors = vec![Error::ReaderSignature];
    assert_eq!(trust.reader(&other, now), ReaderVerdict::Invalid { errors });
}

/// The certificates in every x5chain (33) of a message, however deep.
fn chains(value: &Value, found: &mut Vec<Vec<u8>>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| chains(item, found)),
        Value::Tag(_, inner) => chains(inner, found),
        Value::Map(pairs) => {
            for (key, value) in pairs {
                match (key, value) {
                    (Value::Unsigned(33), Value::Bytes(der)) => found.push(der.clone()),
                    _ => chains(value, found),
                }
            }
        }
        _ => {}
    }
}

fn signers(message: &[u8]) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    chains(&Item::parse(message).unwrap().value(), &mut found);
    found
}

/// Each is trusted by its certificate, at any time within its validity, and by nothing else.
fn trusted_as_it_is(der: &[u8]) {
    let signer = Certificate::parse(der).unwrap();
    assert!(signer.public_key().is_ok());
    let chain = Chain::parse([der]).unwrap();
    let mut trust = Trust::new();
    assert_eq!(trust.signer(&chain, MDL, signer.not_before()).trusted_by, None);
    trust.add_signer(signer.clone());
    for time in [signer.not_before(), signer.not_after()] {
        let verdict = trust.signer(&chain, MDL, time);
        assert_eq!((verdict.errors, verdict.trusted_by), (vec![], Some(TrustedBy::Signer)));
    }
    let after = trust.signer(&chain, MDL, signer.not_after().plus_days(1));
    assert_eq!(after.errors, [Error::Expired]);
}

#[test]
fn published_signers_are_trusted_as_they_are() {
    let Some(responses) = coffret_published::json("mdoc_real/longfellow_device_responses.json")
    else {
        return;
    };
    let Some(examples) = coffret_published::json("mdoc_real/mdoc_ts_examples.json") else { return };
    let Some(eudi) = vectors("holder_credentials/eudi/mso_mdoc_pid-issuersigned.txt") else {
        return;
    };
    let responses = responses.as_array().unwrap().iter().map(|one| hex(&one["device_response"]));
    let examples =
        examples.as_object().unwrap().values().flat_map(|example| {
            ["deviceResponse", "issuerSigned"].map(|message| &example[message])
        });
    let examples = examples.filter(|message| message.is_string()).map(hex);
    let eudi = BASE64URL_NOPAD.decode(eudi.trim_ascii()).unwrap();
    let messages: Vec<_> = responses.chain(examples).chain([eudi]).collect();
    let signers: Vec<_> = messages.iter().flat_map(|message| signers(message)).collect();
    signers.iter().for_each(|signer| trusted_as_it_is(signer));
    println!("{} signers in {} messages", signers.len(), messages.len());
    assert_eq!((signers.len(), messages.len()), (21, 21));
}

/// The certificates listed in a VICAL, as byte strings somewhere in its payload.
fn listed(value: &Value, found: &mut Vec<Vec<u8>>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| listed(item, found)),
        Value::Map(pairs) => pairs.iter().for_each(|(_, value)| listed(value, found)),
        Value::Tag(_, inner) => listed(inner, found),
        Value::Bytes(bytes) if bytes.starts_with(b"\x30\x82") => found.push(bytes.clone()),
        _ => {}
    }
}

fn roots(file: &str) -> Option<Vec<Vec<u8>>> {
    let list = vectors(file)?;
    let signed = Sign1::decode(Item::parse(&list).unwrap()).unwrap();
    let mut found = Vec::new();
    listed(&Item::parse(signed.payload().unwrap()).unwrap().value(), &mut found);
    Some(found)
}

#[test]
fn lists_of_authorities() {
    // How many are listed; why some are unusable; what others do not follow.
    let lists = [
        ("vical/aamva_waltid.cbor", 13, vec![], vec![]),
        ("vical/multipaz_aamva_vical_20240925.cbor", 3, vec![], vec![]),
        (
            "vical/multipaz_austroads_vical_20240919.cbor",
            35,
            vec![(Error::Crypto(coffret_crypto::Error::UnsupportedCurve), 4)],
            vec![(Error::KeyUsageProfile, 3), (Error::BasicConstraintsProfile, 1)],
        ),
    ];
    for (file, expected, expected_unusable, expected_deviations) in lists {
        let Some(roots) = roots(file) else { return };
        let (mut trust, mut unusable, mut deviations) = (Trust::new(), Vec::new(), Vec::new());
        for der in &roots {
            let root = Certificate::parse(der).unwrap();
            match trust.add_anchor(root.clone(), Purpose::Issuer) {
                Err(error) => count(&mut unusable, error),
                Ok(()) => root
                    .deviations(Profile::IssuerRoot)
                    .into_iter()
                    .for_each(|rule| count(&mut deviations, rule)),
            }
        }
        println!("{file}: {} listed, unusable {unusable:?}, not {deviations:?}", roots.len());
        assert_eq!((roots.len(), unusable), (expected, expected_unusable), "{file}");
        assert_eq!(deviations, expected_deviations, "{file}");
    }
}

fn count(counts: &mut Vec<(Error, usize)>, rule: Error) {
    match counts.iter_mut().find(|(found, _)| *found == rule) {
        Some((_, count)) => *count += 1,
        None => counts.push((rule, 1)),
    }
}

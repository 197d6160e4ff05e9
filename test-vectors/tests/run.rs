//! Every vector gets the verdict that it says it must, and every rule has one.

#![cfg(test)]

use std::collections::BTreeSet;

use coffret_cbor::{Decode, Encoded, FullDate, Item, Timestamp, Value};
use coffret_crypto::cose::{Mac0, Sign1};
use coffret_crypto::{PrivateKey, PublicKey, SymmetricKey};
use coffret_mdoc::{
    Binding, Check, DeviceRequest, DeviceResponse, Error, SessionTranscript, verify,
};
use coffret_trust::{Certificate, Purpose, ReaderVerdict, Trust};
use data_encoding::HEXLOWER;
use serde_json::Value as Json;

fn cases(file: &str) -> Vec<Json> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let text = std::fs::read_to_string(path).unwrap();
    let json: Json = serde_json::from_str(&text).unwrap();
    let mut cases = json["cases"].as_array().unwrap().clone();
    for case in &mut cases {
        for (member, value) in json["common"].as_object().unwrap() {
            let input = case["input"].as_object_mut().unwrap();
            input.entry(member.clone()).or_insert_with(|| value.clone());
        }
    }
    cases
}

/// Runs every case of a file: the names of the codes that each gives, none where it is valid.
fn run(file: &str, judge: impl Fn(&Json, &Json) -> Vec<&'static str>) {
    let cases = cases(file);
    assert!(!cases.is_empty());
    for case in &cases {
        let (input, expect) = (&case["input"], &case["expect"]);
        let codes = judge(input, expect);
        let expected: Vec<&str> = match expect["codes"].as_array() {
            Some(codes) => codes.iter().map(|code| code.as_str().unwrap()).collect(),
            None => Vec::new(),
        };
        assert_eq!(codes, expected, "{file}: {}", case["name"]);
        assert_eq!(codes.is_empty(), expect["valid"], "{file}: {}", case["name"]);
    }
    println!("{file}: {} cases", cases.len());
}

fn hex(json: &Json) -> Vec<u8> {
    HEXLOWER.decode(json.as_str().unwrap().as_bytes()).unwrap()
}

fn certificates(json: &Json) -> impl Iterator<Item = Certificate> {
    json.as_array().unwrap().iter().map(|der| Certificate::parse(&hex(der)).unwrap())
}

fn now(input: &Json) -> Timestamp {
    Timestamp::parse(input["now"].as_str().unwrap()).unwrap()
}

#[test]
fn cbor() {
    run("cbor.json", |input, expect| {
        let mut bytes = hex(&input["cbor"]);
        let repeat = input["repeat"].as_u64().unwrap_or_default() as usize;
        bytes.resize(bytes.len() + repeat, 1);
        let read = Item::parse(&bytes).and_then(|item| match input["as"].as_str().unwrap() {
            "item" => Ok(Encoded::from(&item.value())),
            "value" => Value::decode(item).map(|value| Encoded::from(&value)),
            "integer" => item.integer().map(Encoded::from),
            "full-date" => FullDate::decode(item).map(Encoded::from),
            "tdate" => Timestamp::decode(item).map(Encoded::from),
            other => panic!("read as {other}?"),
        });
        match read {
            Ok(encoded) => assert_eq!(encoded.as_bytes(), hex(&expect["deterministic"])),
            Err(error) => return vec![error.code().name],
        }
        Vec::new()
    });
}

#[test]
fn cose() {
    run("cose.json", |input, _| {
        let bytes = hex(&input["message"]);
        let aad = || hex(&input["externalAad"]);
        let judge = || match input["kind"].as_str().unwrap() {
            "key" => PublicKey::from_cose(Item::parse(&bytes)?).map(|_| ()),
            "sign1" => Sign1::decode(Item::parse(&bytes)?)?
                .verify(&PublicKey::from_jwk(&input["key"]).unwrap(), &aad()),
            "mac0" => {
                let key: [u8; 32] = hex(&input["key"]["k"]).try_into().unwrap();
                Mac0::decode(Item::parse(&bytes)?)?.verify(&SymmetricKey::from(key), &aad())
            }
            other => panic!("kind {other}?"),
        };
        judge().err().map(|error: coffret_crypto::Error| error.code().name).into_iter().collect()
    });
}

#[test]
fn documents() {
    run("documents.json", |input, expect| match judge_document(input, expect) {
        Ok(codes) => codes,
        Err(error) => vec![error.code().name],
    });
}

fn judge_document(input: &Json, expect: &Json) -> Result<Vec<&'static str>, Error> {
    let mut trust = Trust::new();
    for (member, purpose) in [("issuers", Purpose::Issuer), ("specimens", Purpose::Specimen)] {
        for certificate in certificates(&input[member]) {
            trust.add_anchor(certificate, purpose)?;
        }
    }
    certificates(&input["signers"]).for_each(|signer| trust.add_signer(signer));
    let transcript = input["transcript"].as_str().map(|_| hex(&input["transcript"]));
    let transcript = transcript.map(|bytes| SessionTranscript::parse(&bytes)).transpose()?;
    let e_reader_key = Some(&input["readerKey"]).filter(|key| key.is_object());
    let e_reader_key = e_reader_key.map(PrivateKey::from_jwk).transpose()?;
    let request = input["request"].as_str().map(|_| hex(&input["request"]));
    let request = request.map(|bytes| DeviceRequest::parse(&bytes)).transpose()?;
    let binding = match input["issuerOnly"].as_bool().unwrap() {
        true => Binding::IssuerOnly,
        false => Binding::Session {
            transcript: transcript.as_ref(),
            e_reader_key: e_reader_key.as_ref(),
        },
    };
    let check = Check { trust: &trust, now: now(input), binding, request: request.as_ref() };
    let verdict = verify(&DeviceResponse::parse(&hex(&input["response"]))?, &check);

    let findings = |findings: &[coffret_mdoc::Finding]| -> Vec<&'static str> {
        findings.iter().map(|finding| finding.rule.code().name).collect()
    };
    let documents = || verdict.documents.iter();
    let list = |member: &str| -> Vec<&str> {
        let list = expect[member].as_array().map(Vec::as_slice).unwrap_or_default();
        list.iter().map(|text| text.as_str().unwrap()).collect()
    };
    let warnings: Vec<_> = documents().flat_map(|document| findings(&document.warnings)).collect();
    assert_eq!(warnings, list("warnings"));
    let specimens = documents().filter(|document| document.issuer.specimen);
    let specimens: Vec<_> = specimens.map(|document| document.doc_type.as_str()).collect();
    assert_eq!(specimens, list("specimens"));
    let mut codes = findings(&verdict.errors);
    codes.extend(documents().flat_map(|document| findings(&document.errors)));
    Ok(codes)
}

#[test]
fn requests() {
    run("requests.json", |input, expect| match judge_request(input, expect) {
        Ok(codes) => codes,
        Err(error) => vec![error.code().name],
    });
}

fn judge_request(input: &Json, expect: &Json) -> Result<Vec<&'static str>, Error> {
    let mut trust = Trust::new();
    for certificate in certificates(&input["authorities"]) {
        trust.add_anchor(certificate, Purpose::Reader)?;
    }
    if let Some(registry) = Some(&input["registry"]).filter(|registry| registry.is_object()) {
        let registrar = Certificate::parse(&hex(&registry["registrar"]))?;
        trust.add_anchor(registrar, Purpose::Registry)?;
        trust.add_registry(&hex(&registry["readers"]), now(input))?;
    }
    let request = DeviceRequest::parse(&hex(&input["request"]))?;
    let transcript = SessionTranscript::parse(&hex(&input["transcript"]))?;
    let (standing, codes) = match request.reader(&transcript, &trust, now(input)) {
        ReaderVerdict::None => ("none", Vec::new()),
        ReaderVerdict::Untrusted { .. } => ("untrusted", Vec::new()),
        ReaderVerdict::Verified(reader) if reader.registration.is_some() => {
            ("registered", Vec::new())
        }
        ReaderVerdict::Verified(_) => ("verified", Vec::new()),
        ReaderVerdict::Invalid { errors } => {
            ("invalid", errors.iter().map(|error| error.code().name).collect())
        }
    };
    assert_eq!(standing, expect["reader"]);
    Ok(codes)
}

/// Rules that no received message alone can break, and the tests that have them.
const ELSEWHERE: [(&str, &str); 4] = [
    ("element-not-held", "coffret-issuer, tests/presentation.rs: approving what is not there"),
    ("key-outcome", "coffret-issuer, tests/presentation.rs: another task's outcome"),
    ("mac-not-possible", "coffret-issuer, tests/presentation.rs: keys on two curves"),
    ("aead-failed", "coffret-crypto: sessions are not received in a vector of this folder"),
];

#[test]
fn every_rule_has_a_vector() {
    let mut shown = BTreeSet::new();
    for file in ["cbor.json", "cose.json", "documents.json", "requests.json"] {
        for case in cases(file) {
            for member in ["codes", "warnings"] {
                let codes = case["expect"][member].as_array().cloned().unwrap_or_default();
                shown.extend(codes.iter().map(|code| code.as_str().unwrap().to_owned()));
            }
        }
    }
    let rules = coffret_cbor::Error::ALL.iter().map(|rule| rule.code().name);
    let rules = rules.chain(coffret_crypto::Error::ALL.iter().map(|rule| rule.code().name));
    let rules = rules.chain(Error::ALL.iter().map(|rule| rule.code().name));
    let without: Vec<_> = rules
        .filter(|rule| !shown.contains(*rule))
        .filter(|rule| !ELSEWHERE.iter().any(|(elsewhere, _)| elsewhere == rule))
        .collect();
    assert!(without.is_empty(), "rules without a vector: {without:?}");
}

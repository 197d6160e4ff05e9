//! Judges a vector of this folder by the core: what the tests of every language run.

mod proximity;

use coffret_cbor::{Decode, Encoded, FullDate, Item, Timestamp, Value};
use coffret_code::Code;
use coffret_crypto::cose::{Mac0, Payload, Sign1, Unsigned};
use coffret_crypto::{PrivateKey, PublicKey, SymmetricKey};
use coffret_mdoc::{
    Binding, Check, DeviceRequest, DeviceResponse, Error, SessionTranscript, verify,
};
use coffret_reader::{Answer, Ask, Outcome, Rejection, Source, Verdict};
use coffret_trust::{Certificate, Chain, Purpose, ReaderSigned, ReaderVerdict, Trust};
use data_encoding::HEXLOWER;
use serde_json::Value as Json;

/// The names of the rules that a verdict gives.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Found<'a> {
    /// Those broken.
    pub codes: Vec<&'a str>,
    /// Those that do no harm.
    pub warnings: Vec<&'a str>,
}

impl From<Code> for Found<'_> {
    /// Of what cannot be read: one rule.
    fn from(code: Code) -> Self {
        Found { codes: vec![code.name], warnings: Vec::new() }
    }
}

impl<'a> Found<'a> {
    /// What a vector says is to be found.
    pub fn expected(expect: &'a Json) -> Found<'a> {
        Found { codes: list(&expect["codes"]), warnings: list(&expect["warnings"]) }
    }
}

/// The cases of a file: those members of an input that a case leaves out are the common ones.
pub fn cases(text: &str) -> Vec<Json> {
    let json: Json = serde_json::from_str(text).unwrap();
    let mut cases = json["cases"].as_array().unwrap().clone();
    for case in &mut cases {
        for (member, value) in json["common"].as_object().unwrap() {
            let input = case["input"].as_object_mut().unwrap();
            input.entry(member.clone()).or_insert_with(|| value.clone());
        }
    }
    cases
}

/// What the core finds in a case of this file. Whatever else the case expects is asserted.
pub fn judge(file: &str, case: &Json) -> Found<'static> {
    let (input, expect) = (&case["input"], &case["expect"]);
    match file {
        "cbor.json" => cbor(input, expect),
        "cose.json" => cose(input),
        "certificates.json" => {
            judge_chain(input, expect).unwrap_or_else(|error| error.code().into())
        }
        "registries.json" => {
            judge_registry(input, expect).unwrap_or_else(|error| error.code().into())
        }
        "documents.json" => {
            judge_document(input, expect).unwrap_or_else(|error| error.code().into())
        }
        "requests.json" => judge_request(input, expect).unwrap_or_else(|error| error.code().into()),
        "sessions.json" => proximity::session(input, expect),
        "qr-link.json" => proximity::qr_link(input, expect),
        other => panic!("file {other}?"),
    }
}

/// Every file.
pub const FILES: [&str; 8] = [
    "cbor.json",
    "cose.json",
    "certificates.json",
    "registries.json",
    "documents.json",
    "requests.json",
    "sessions.json",
    "qr-link.json",
];

fn hex(json: &Json) -> Vec<u8> {
    decode(json.as_str().unwrap())
}

fn decode(hex: &str) -> Vec<u8> {
    HEXLOWER.decode(hex.as_bytes()).unwrap()
}

fn list(json: &Json) -> Vec<&str> {
    let list = json.as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter().map(|text| text.as_str().unwrap()).collect()
}

fn names(rules: &[coffret_trust::Error]) -> Vec<&'static str> {
    rules.iter().map(|rule| rule.code().name).collect()
}

fn certificates(json: &Json) -> impl Iterator<Item = Certificate> {
    json.as_array().unwrap().iter().map(|der| Certificate::parse(&hex(der)).unwrap())
}

fn now(input: &Json) -> Timestamp {
    Timestamp::parse(input["now"].as_str().unwrap()).unwrap()
}

fn cbor(input: &Json, expect: &Json) -> Found<'static> {
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
        Err(error) => return error.code().into(),
    }
    Found::default()
}

fn cose(input: &Json) -> Found<'static> {
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
    let judged: Result<(), coffret_crypto::Error> = judge();
    judged.map_or_else(|error| error.code().into(), |()| Found::default())
}

fn judge_chain(input: &Json, expect: &Json) -> Result<Found<'static>, coffret_trust::Error> {
    let purpose = match input["role"].as_str().unwrap() {
        "document-signer" => Purpose::Issuer,
        "reader" => Purpose::Reader,
        other => panic!("role {other}?"),
    };
    let mut trust = Trust::new();
    for root in certificates(&input["anchors"]) {
        // A root that cannot be used disables itself only.
        let _ = trust.add_anchor(root, purpose);
    }
    for root in certificates(&input["specimens"]) {
        trust.add_anchor(root, Purpose::Specimen)?;
    }
    certificates(&input["signers"]).for_each(|signer| trust.add_signer(signer));
    let mut crls: Vec<_> = list(&input["crls"]).into_iter().map(decode).collect();
    if let (Some(last), Some(repeat)) = (crls.last_mut(), input["repeat"].as_u64()) {
        last.resize(last.len() + repeat as usize, 0x30);
    }
    crls.iter().try_for_each(|crl| trust.add_crl(crl))?;
    let chain: Vec<_> = list(&input["chain"]).into_iter().map(decode).collect();
    let chain: Vec<_> = chain.iter().map(Vec::as_slice).collect();
    if purpose == Purpose::Reader {
        return Ok(judge_reader(&trust, &chain, input));
    }
    let doc_type = input["docType"].as_str().unwrap_or_default();
    let verdict = trust.signer(&Chain::parse(chain)?, doc_type, now(input));
    assert_eq!(verdict.trusted_by.is_some(), verdict.errors.is_empty());
    assert_eq!(verdict.specimen, expect["specimen"].as_bool().unwrap_or_default());
    Ok(Found { codes: names(&verdict.errors), warnings: names(&verdict.warnings) })
}

/// A reader is judged by what it signs.
fn judge_reader(trust: &Trust, chain: &[&[u8]], input: &Json) -> Found<'static> {
    let key = PrivateKey::from_jwk(&input["key"]).unwrap();
    let algorithm = key.public_key().curve().algorithm().unwrap();
    let payload = b"ReaderAuthenticationBytes";
    let unsigned = Unsigned::new(algorithm, chain, Payload::Detached(payload), &[]);
    let signature = unsigned.sign(&key).unwrap();
    let signed = Some(ReaderSigned { signature: &signature, payload });
    match trust.reader(&[signed], now(input)) {
        ReaderVerdict::None => panic!("it has signed"),
        ReaderVerdict::Untrusted { warnings, .. } => {
            Found { codes: vec!["untrusted-issuer"], warnings: names(&warnings) }
        }
        ReaderVerdict::Verified(reader) => {
            Found { warnings: names(&reader.warnings), ..Found::default() }
        }
        ReaderVerdict::Invalid { errors } => Found { codes: names(&errors), ..Found::default() },
    }
}

fn judge_registry(input: &Json, expect: &Json) -> Result<Found<'static>, coffret_trust::Error> {
    let mut trust = Trust::new();
    for registrar in certificates(&input["registrars"]) {
        trust.add_anchor(registrar, Purpose::Registry)?;
    }
    if input["held"].is_string() {
        trust.add_registry(&hex(&input["held"]), now(input)).unwrap();
    }
    let added = trust.add_registry(&hex(&input["registry"]), now(input))?;
    let unusable: Vec<_> = added.unusable.iter().map(|(_, rule)| rule.code().name).collect();
    assert_eq!(unusable, list(&expect["unusable"]));
    Ok(Found::default())
}

fn judge_document(input: &Json, expect: &Json) -> Result<Found<'static>, Error> {
    checked(input, |check| match asked(input, check) {
        Some(outcome) => Ok(answered(outcome, expect)),
        None => {
            let response = DeviceResponse::parse(&hex(&input["response"]))?;
            Ok(judged(&verify(&response, check), expect))
        }
    })?
}

/// What a reader finds in a case of `documents.json` that asks for a purpose or for elements; none of a
/// case that judges documents alone.
pub fn outcome(input: &Json) -> Option<Outcome> {
    checked(input, |check| asked(input, check)).ok().flatten()
}

/// Does something with what a response is judged against.
fn checked<T>(input: &Json, judge: impl FnOnce(&Check<'_>) -> T) -> Result<T, Error> {
    let mut trust = Trust::new();
    for (member, purpose) in [("issuers", Purpose::Issuer), ("specimens", Purpose::Specimen)] {
        let grant = match &input["docTypes"] {
            Json::Null => purpose.into(),
            types => purpose.limited_to(list(types)),
        };
        for certificate in certificates(&input[member]) {
            trust.add_anchor(certificate, grant.clone())?;
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
    Ok(judge(&check))
}

fn asked(input: &Json, check: &Check<'_>) -> Option<Outcome> {
    let free = input["free"].as_bool().unwrap().then(|| {
        let requests = check.request.unwrap().doc_requests().iter();
        Ask::Items(requests.map(|request| request.items().clone()).collect())
    });
    let purpose = input["purpose"].as_str().map(|purpose| Ask::purpose(purpose).unwrap());
    let ask = purpose.or(free)?;
    Some(coffret_reader::judge(&hex(&input["response"]), &ask, check))
}

/// What is found where the documents alone are judged.
fn judged(verdict: &coffret_mdoc::Verdict, expect: &Json) -> Found<'static> {
    let findings = |findings: &[coffret_mdoc::Finding]| -> Vec<&'static str> {
        findings.iter().map(|finding| finding.rule.code().name).collect()
    };
    let documents = || verdict.documents.iter();
    let specimens = documents().filter(|document| document.issuer().specimen);
    let specimens: Vec<_> = specimens.map(|document| document.doc_type()).collect();
    assert_eq!(specimens, list(&expect["specimens"]));
    let mut codes = findings(&verdict.errors);
    codes.extend(documents().flat_map(|document| findings(document.errors())));
    let warnings = documents().flat_map(|document| findings(document.warnings())).collect();
    Found { codes, warnings }
}

/// What a reader finds who asked for a purpose, or for elements.
fn answered(outcome: Outcome, expect: &Json) -> Found<'static> {
    let Outcome::Read { verdict, answers } = outcome else { panic!("no answer") };
    let kind = match verdict {
        Verdict::Accepted(_) => "accepted",
        Verdict::Unjudged(_) => "unjudged",
        Verdict::Specimen(_) => "specimen",
        Verdict::Rejected(_) => "rejected",
    };
    let usual = if expect["codes"].is_array() { "rejected" } else { "accepted" };
    assert_eq!(kind, expect["verdict"].as_str().unwrap_or(usual));
    if let Some(expected) = expect["answers"].as_array() {
        let answers: Vec<_> = answers.iter().map(|answer| Json::from(given(answer))).collect();
        assert_eq!(answers, *expected);
    }
    let names = |findings: &[coffret_mdoc::Finding]| -> Vec<&'static str> {
        findings.iter().map(|finding| finding.rule.code().name).collect()
    };
    match verdict {
        Verdict::Accepted(documents)
        | Verdict::Unjudged(documents)
        | Verdict::Specimen(documents) => Found {
            warnings: documents.iter().flat_map(|document| names(document.warnings())).collect(),
            ..Found::default()
        },
        Verdict::Rejected(Rejection { documents, errors }) => {
            let whole = errors.iter().map(|finding| finding.rule.code().name);
            let codes = whole.chain(documents.iter().flat_map(|document| names(document.errors())));
            let warnings = documents.iter().flat_map(|document| names(document.warnings()));
            Found { codes: codes.collect(), warnings: warnings.collect() }
        }
    }
}

/// The place of a document, what it shows, and what is to be said of it besides.
fn given(answer: &Answer) -> Option<String> {
    let given = answer.given.as_ref()?;
    let no = if given.is_no { " no" } else { "" };
    let by = if given.by == Source::Device { " by the device" } else { "" };
    Some(format!("{} {}{no}{by}", given.document, given.name.identifier))
}

fn judge_request(input: &Json, expect: &Json) -> Result<Found<'static>, Error> {
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
    let (standing, warnings, codes) = match request.reader(&transcript, &trust, now(input)) {
        ReaderVerdict::None => ("none", Vec::new(), Vec::new()),
        ReaderVerdict::Untrusted { warnings, .. } => ("untrusted", warnings, Vec::new()),
        ReaderVerdict::Verified(reader) => match reader.registration {
            Some(_) => ("registered", reader.warnings, Vec::new()),
            None => ("verified", reader.warnings, Vec::new()),
        },
        ReaderVerdict::Invalid { errors } => ("invalid", Vec::new(), errors),
    };
    assert_eq!(standing, expect["reader"]);
    Ok(Found { codes: names(&codes), warnings: names(&warnings) })
}

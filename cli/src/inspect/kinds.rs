//! What a CBOR item is, by its form, and the rules that it breaks.

use coffret_cbor::{Decode, Item, Kind as Major, Received, TAG_EMBEDDED};
use coffret_crypto::PublicKey;
use coffret_crypto::cose::{Mac0, Sign1};
use coffret_mdoc::{
    Binding, Check, DeviceRequest, DeviceResponse, Document, Error as Mdoc, Finding, IssuerSigned,
    ItemsRequest, MobileSecurityObject, SessionTranscript, Verdict,
};
use coffret_proximity::{DeviceEngagement, ReaderCode, SessionData};
use coffret_trust::{Chain, Error as Trusting, Profile, Registry, Trust};

use super::{Fact, Findings};
use crate::Context;
use crate::error::{About, Error, Reason};
use crate::verify::Credentials;

/// A kind of thing: its name, where it is specified, how it is known, which rules it is held to.
struct Kind {
    name: &'static str,
    clause: &'static str,
    is: fn(Item<'_>) -> bool,
    judge: fn(Item<'_>, Findings, Context) -> Findings,
}

/// In order: the first whose form fits is it, and the last fits all.
const KINDS: [Kind; 21] = [
    Kind {
        name: "DeviceResponse",
        clause: "ISO 18013-5 §8.3.2.1.2.2",
        is: |item| has(item, &["version", "status"]),
        judge: device_response,
    },
    Kind {
        name: "DeviceRequest",
        clause: "ISO 18013-5 §8.3.2.1.2.1",
        is: |item| has(item, &["docRequests"]),
        judge: device_request,
    },
    Kind {
        name: "IssuerSigned",
        clause: "ISO 18013-5 §8.3.2.1.2.2",
        is: |item| has(item, &["issuerAuth"]),
        judge: credentials,
    },
    Kind {
        name: "Document",
        clause: "ISO 18013-5 §8.3.2.1.2.2",
        is: |item| has(item, &["issuerSigned", "deviceSigned"]),
        judge: credentials,
    },
    Kind {
        name: "credential",
        clause: "Coffret command line §4",
        is: |item| Credentials::find(item).is_some(),
        judge: credentials,
    },
    Kind {
        name: "MobileSecurityObject",
        clause: "ISO 18013-5 §9.1.2.4",
        is: |item| has(item, &["valueDigests"]),
        judge: |item, findings, _| findings.judged(MobileSecurityObject::decode(item)),
    },
    Kind {
        name: "MobileSecurityObjectBytes",
        clause: "ISO 18013-5 §9.1.2.4",
        is: |item| inside(item, |inner| has(inner, &["valueDigests"])),
        judge: |item, findings, _| {
            findings.judged(Received::<MobileSecurityObject>::embedded(item))
        },
    },
    Kind {
        name: "ItemsRequest",
        clause: "ISO 18013-5 §8.3.2.1.2.1",
        is: |item| has(item, &["docType", "nameSpaces"]),
        judge: |item, findings, _| findings.judged(ItemsRequest::decode(item)),
    },
    Kind {
        name: "SessionTranscript",
        clause: "ISO 18013-5 §9.1.5.1",
        is: is_transcript,
        judge: |item, findings, _| findings.judged(SessionTranscript::parse(item.bytes())),
    },
    Kind {
        name: "SessionEstablishment",
        clause: "ISO 18013-5 §9.1.1.4",
        is: |item| has(item, &["eReaderKey", "data"]),
        judge: |item, findings, _| findings.judged(e_reader_key(item)),
    },
    Kind {
        name: "SessionData",
        clause: "ISO 18013-5 §9.1.1.4",
        is: |item| only(item, &["data", "status"]),
        judge: |item, findings, _| findings.judged(SessionData::read(item)),
    },
    Kind {
        name: "reader's code",
        clause: "Coffret QR link §2",
        is: |item| {
            parts(item).is_some_and(|[hello, request]| {
                inside(hello, is_hello) && inside(request, |item| has(item, &["docRequests"]))
            })
        },
        judge: readers_code,
    },
    Kind {
        name: "answer to a reader's code",
        clause: "Coffret QR link §3",
        is: |item| {
            parts(item).is_some_and(|[engagement, data]| {
                inside(engagement, is_engagement) && only(data, &["data", "status"])
            })
        },
        judge: |item, findings, _| findings.judged(answering(item)),
    },
    Kind {
        name: "wallet export",
        clause: "Coffret export §1",
        is: |item| {
            parts(item).is_some_and(|[header, _]| {
                let header = header.byte_string().unwrap_or_default();
                Item::parse(&header).is_ok_and(|header| has(header, &["format", "memory"]))
            })
        },
        judge: |_, findings, _| findings,
    },
    Kind {
        name: "reader registry",
        clause: "Coffret registry of readers §1",
        is: is_registry,
        judge: registry,
    },
    Kind {
        name: "COSE_Mac0",
        clause: "RFC 9052 §6.2",
        is: |item| is_tagged(item, 17) || is_message(item) && is_by_hmac(item),
        judge: |item, findings, _| findings.judged(Mac0::decode(item)),
    },
    Kind {
        name: "COSE_Sign1",
        clause: "RFC 9052 §4.2",
        is: |item| is_tagged(item, 18) || is_message(item),
        judge: sign1,
    },
    Kind {
        name: "COSE_Key",
        clause: "RFC 9052 §7",
        is: is_key,
        judge: |item, findings, _| findings.judged(PublicKey::from_cose(item)),
    },
    Kind {
        name: "ReaderHello",
        clause: "Coffret QR link §2",
        is: is_hello,
        judge: |_, findings, _| findings,
    },
    Kind {
        name: "DeviceEngagement",
        clause: "ISO 18013-5 §8.2.1.1",
        is: is_engagement,
        judge: |item, findings, _| findings.judged(DeviceEngagement::parse(item.bytes())),
    },
    Kind { name: "CBOR", clause: "RFC 8949", is: |_| true, judge: |_, findings, _| findings },
];

pub(super) fn findings(item: Item<'_>, context: Context) -> Findings {
    let [.., any] = &KINDS;
    let kind = KINDS.iter().find(|kind| (kind.is)(item)).unwrap_or(any);
    (kind.judge)(item, Findings::new(kind.name, kind.clause), context)
}

fn has(item: Item<'_>, keys: &[&str]) -> bool {
    item.map().is_ok_and(|map| keys.iter().all(|key| map.get(*key).is_some()))
}

fn only(item: Item<'_>, keys: &[&str]) -> bool {
    let mut members = item.map().into_iter().flatten().peekable();
    let is_key = |key: Item<'_>| key.text().is_ok_and(|key| keys.contains(&key.as_ref()));
    members.peek().is_some() && members.all(|(key, _)| is_key(key))
}

fn numbered(item: Item<'_>, label: i64) -> Option<Item<'_>> {
    item.map().ok()?.get(label)
}

fn is_tagged(item: Item<'_>, number: u64) -> bool {
    item.tagged(number).is_ok()
}

/// Whether what is embedded is as `is` says.
fn inside(item: Item<'_>, is: fn(Item<'_>) -> bool) -> bool {
    item.embedded().is_ok_and(|bytes| Item::parse(&bytes).is_ok_and(is))
}

fn is_transcript(item: Item<'_>) -> bool {
    let is_array = |item: Item<'_>| {
        let parts = item.array().and_then(|array| array.exactly());
        let is_part = |part: Item<'_>| part.is_null() || is_tagged(part, TAG_EMBEDDED);
        parts.is_ok_and(|[engagement, key, _]| is_part(engagement) && is_part(key))
    };
    is_array(item) || inside(item, is_array)
}

/// A key says its type by a number or a name. An engagement may have a member -1 as well, of its
/// maker's own, and its member 1 is an array.
fn is_key(item: Item<'_>) -> bool {
    numbered(item, 1).is_some_and(|kind| kind.integer().is_ok() || kind.text().is_ok())
        && numbered(item, -1).is_some()
}

fn is_engagement(item: Item<'_>) -> bool {
    numbered(item, 0).is_some_and(|version| version.text().is_ok())
        && numbered(item, 1).is_some_and(|security| security.array().is_ok())
}

fn is_hello(item: Item<'_>) -> bool {
    is_engagement(item) && numbered(item, 2).is_some_and(|expires| expires.unsigned().is_ok())
}

/// The parts of an array of two.
fn parts(item: Item<'_>) -> Option<[Item<'_>; 2]> {
    item.array().ok()?.exactly().ok()
}

/// The four parts of a COSE_Sign1 or COSE_Mac0.
fn message(item: Item<'_>) -> Option<[Item<'_>; 4]> {
    let item = if item.kind() == Major::Tag { item.tag().ok()?.1 } else { item };
    item.array().ok()?.exactly().ok()
}

fn is_message(item: Item<'_>) -> bool {
    item.kind() == Major::Array
        && message(item).is_some_and(|[protected, unprotected, payload, proof]| {
            protected.kind() == Major::Bytes
                && unprotected.kind() == Major::Map
                && (payload.is_null() || payload.kind() == Major::Bytes)
                && proof.kind() == Major::Bytes
        })
}

/// HMAC, by its identifiers 4 to 7 (RFC 9053 §3.1).
fn is_by_hmac(item: Item<'_>) -> bool {
    let algorithm = message(item).and_then(|[protected, ..]| {
        let protected = protected.byte_string().ok()?;
        let header = Item::parse(&protected).ok()?;
        numbered(header, 1)?.integer().ok()
    });
    algorithm.is_some_and(|id| (4..=7).contains(&id))
}

fn is_registry(item: Item<'_>) -> bool {
    message(item).is_some_and(|[_, _, payload, _]| {
        let payload = payload.byte_string().unwrap_or_default();
        Item::parse(&payload).is_ok_and(|payload| has(payload, &["readers", "anchors"]))
    })
}

fn sign1(item: Item<'_>, findings: Findings, _: Context) -> Findings {
    match Sign1::decode(item) {
        Ok(signed) => signed_by_leaf(&signed, findings),
        read => findings.judged(read),
    }
}

/// Where certificate and payload are in the message, its signature can be verified.
fn signed_by_leaf(signed: &Sign1, findings: Findings) -> Findings {
    if signed.x5chain().is_empty() || signed.payload().is_none() {
        return findings.judged(signed.algorithm());
    }
    findings.judged(chain(signed).and_then(|chain| {
        signed.verify(chain.leaf().public_key()?, &[])?;
        Ok(())
    }))
}

fn chain(signed: &Sign1) -> Result<Chain, Error> {
    Ok(Chain::parse(signed.x5chain().iter().map(Vec::as_slice))?)
}

fn registry(item: Item<'_>, findings: Findings, context: Context) -> Findings {
    let signed = match Sign1::decode(item) {
        Ok(signed) => signed,
        read => return findings.judged(read),
    };
    let findings = signed_by_leaf(&signed, findings);
    let registry = Item::parse(signed.payload().unwrap_or_default()).map_err(Trusting::from);
    match registry.and_then(Registry::decode) {
        Ok(registry) => {
            let is_stale = registry.next_update <= context.now;
            warned(findings, is_stale.then_some(Trusting::RegistryStale))
        }
        read => findings.judged(read),
    }
}

/// The reader's ephemeral key in a `SessionEstablishment`.
fn e_reader_key(item: Item<'_>) -> Result<PublicKey, Error> {
    let key = item.map()?.require("eReaderKey")?.embedded()?;
    Ok(PublicKey::from_cose(Item::parse(&key)?)?)
}

fn answering(item: Item<'_>) -> Result<DeviceEngagement, Error> {
    let [engagement, data] = item.array()?.exactly()?;
    SessionData::read(data)?;
    Ok(DeviceEngagement::parse(&engagement.embedded()?)?)
}

const EXPIRES: Fact = Fact::new("expires", "Expire", "Expires");

fn readers_code(item: Item<'_>, findings: Findings, context: Context) -> Findings {
    let code = match ReaderCode::parse(item.bytes()) {
        Ok(code) => code,
        read => return findings.judged(read),
    };
    let findings = findings.fact(EXPIRES, code.expires().to_string());
    match Item::parse(code.request()) {
        Ok(request) => device_request(request, findings, context),
        read => findings.judged(read),
    }
}

fn device_request(item: Item<'_>, findings: Findings, _: Context) -> Findings {
    let requests = item.map().ok().and_then(|map| map.get("docRequests")?.array().ok());
    let signatures = requests.into_iter().flatten().filter_map(|request| {
        let auth = request.map().ok()?.get("readerAuth")?;
        Sign1::decode(auth).ok()
    });
    let mut findings = findings.judged(DeviceRequest::parse(item.bytes()));
    for signature in signatures {
        findings = match chain(&signature) {
            Ok(chain) => warned(findings, chain.leaf().deviations(Profile::Reader)),
            read => findings.judged(read),
        };
    }
    findings
}

fn device_response(item: Item<'_>, findings: Findings, context: Context) -> Findings {
    let documents = item.map().ok().and_then(|map| map.get("documents")?.array().ok());
    let (trust, findings) = signers(documents.into_iter().flatten(), findings);
    match DeviceResponse::parse(item.bytes()) {
        Ok(response) => judged_alone(&response, &trust, findings, context),
        read => findings.judged(read),
    }
}

fn credentials(item: Item<'_>, mut findings: Findings, context: Context) -> Findings {
    for document in Credentials::find(item).into_iter().flat_map(Credentials::documents) {
        findings = match document {
            Ok(document) => credential(document, findings, context),
            read => findings.judged(read),
        };
    }
    findings
}

fn credential(document: Document, findings: Findings, context: Context) -> Findings {
    let encoded = coffret_cbor::Encoded::from(&document);
    let (trust, findings) = signers([encoded.as_item()], findings);
    judged_alone(&DeviceResponse::new(vec![document]), &trust, findings, context)
}

/// The documents' own signers, taken as trusted: whether they are is not asked here.
fn signers<'b>(
    documents: impl IntoIterator<Item = Item<'b>>,
    mut findings: Findings,
) -> (Trust, Findings) {
    let mut trust = Trust::new();
    for document in documents {
        let issuer_signed = document.map().ok().and_then(|map| map.get("issuerSigned"));
        let signed = issuer_signed.and_then(|item| IssuerSigned::decode(item).ok());
        if let Some(signed) = signed {
            let leaf = signed.chain().leaf();
            findings = warned(findings, leaf.deviations(Profile::DocumentSigner));
            trust.add_signer(leaf.clone());
        }
    }
    (trust, findings)
}

fn judged_alone(
    response: &DeviceResponse,
    trust: &Trust,
    findings: Findings,
    context: Context,
) -> Findings {
    let check = Check { trust, now: context.now, binding: Binding::IssuerOnly, request: None };
    let Verdict { documents, errors } = coffret_mdoc::verify(response, &check);
    let found = documents.iter().flat_map(|document| document.errors()).chain(&errors);
    let (passing, broken): (Vec<&Finding>, Vec<&Finding>) =
        found.partition(|finding| PASSING.contains(&finding.rule));
    let warnings = documents.iter().flat_map(|document| document.warnings()).chain(passing);
    let mut findings = findings;
    findings.errors.extend(broken.into_iter().map(Reason::from));
    findings.warnings.extend(warnings.map(Reason::from));
    findings
}

/// What says nothing against the thing itself: the hour, and that there is nothing in it that is
/// read here.
const PASSING: [Mdoc; 9] = [
    Mdoc::NotYetValid,
    Mdoc::Expired,
    Mdoc::ExpiryPassed,
    Mdoc::DateAhead,
    Mdoc::Status,
    Mdoc::NoDocuments,
    Mdoc::FormNotSupported,
    Mdoc::Trust(Trusting::NotYetValid),
    Mdoc::Trust(Trusting::Expired),
];

fn warned(mut findings: Findings, rules: impl IntoIterator<Item = Trusting>) -> Findings {
    let reasons = rules.into_iter().map(|rule| Reason::new(rule.code(), About::Whole));
    findings.warnings.extend(reasons);
    findings
}

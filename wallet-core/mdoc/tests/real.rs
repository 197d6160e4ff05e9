//! Credentials and presentations that other people's software made, production licences among them.

#![cfg(test)]

use coffret_cbor::Timestamp;
use coffret_mdoc::{
    Binding, Check, DeviceResponse, Document, Error, Finding, IssuerSigned, SessionTranscript,
    Verdict, verify,
};
use coffret_published::hex;
use coffret_trust::{Certificate, Trust, TrustedBy};
use serde_json::Value;

/// Samples whose signature is dated before their signer's certificate, by the number that begins
/// their description.
const SIGNED_TOO_EARLY: [&str; 7] = ["5", "9", "15", "16", "17", "19", "20"];

fn rules(findings: &[Finding]) -> Vec<Error> {
    findings.iter().map(|finding| finding.rule).collect()
}

/// Judged with the leaf of its own chain as the trusted signer.
fn judge(
    response: &DeviceResponse,
    signer: Certificate,
    now: &str,
    binding: Binding<'_>,
) -> Verdict {
    let mut trust = Trust::new();
    trust.add_signer(signer);
    let now = Timestamp::parse(now).unwrap();
    verify(response, &Check { trust: &trust, now, binding, request: None })
}

fn leaf(response: &[u8]) -> Certificate {
    use coffret_cbor::Item;
    let map = Item::parse(response).unwrap().map().unwrap();
    let document = map.require("documents").unwrap().array().unwrap().next().unwrap();
    let signed = document.map().unwrap().require("issuerSigned").unwrap();
    IssuerSigned::parse(signed.bytes()).unwrap().chain().leaf().clone()
}

#[test]
fn the_longfellow_samples() {
    let Some(samples) = coffret_published::json("mdoc_real/longfellow_device_responses.json")
    else {
        return;
    };
    let samples = samples.as_array().unwrap();
    assert_eq!(samples.len(), 17);
    for sample in samples {
        let description = sample["description"].as_str().unwrap();
        let number = description.split_whitespace().next().unwrap();
        let bytes = hex(&sample["device_response"]);
        let transcript = SessionTranscript::parse(&hex(&sample["session_transcript"])).unwrap();
        let response = DeviceResponse::parse(&bytes).unwrap();
        let binding = Binding::Session { transcript: Some(&transcript), e_reader_key: None };
        let now = sample["now"].as_str().unwrap();
        let verdict = judge(&response, leaf(&bytes), now, binding);
        let [document] = &verdict.documents[..] else { panic!("{description}: one document") };
        let expected: &[Error] =
            if SIGNED_TOO_EARLY.contains(&number) { &[Error::SignedOutsideSigner] } else { &[] };
        assert_eq!(rules(document.errors()), expected, "{description}");
        assert_eq!(document.issuer().trusted_by, Some(TrustedBy::Signer), "{description}");
        assert!(document.device_auth_checked(), "{description}");
        let (elements, _) = document.claims();
        let listed: Vec<_> = elements.iter().map(|(ns, id, _)| [ns, id]).collect();
        assert_eq!(serde_json::json!(listed), sample["elements"], "{description}");
    }
}

#[test]
fn other_wallets_examples() {
    let Some(samples) = coffret_published::json("mdoc_real/mdoc_ts_examples.json") else { return };
    let pem = |sample: &Value, member: &str| {
        let pem = sample[member].as_str().unwrap();
        Certificate::parse_file(pem).unwrap().remove(0)
    };

    let bdr = &samples["bdr"];
    let issued = IssuerSigned::parse(&hex(&bdr["issuerSigned"])).unwrap();
    let issued = Document::issued("org.iso.18013.5.1.mDL", issued);
    let response = DeviceResponse::new(vec![issued]);
    let signer = pem(bdr, "issuerCertificate");
    let verdict = judge(&response, signer, "2025-03-01T00:00:00Z", Binding::IssuerOnly);
    assert!(verdict.is_valid(), "{verdict:?}");

    for (name, signer, now) in [
        ("google", "signingCertificate", "2025-03-01T00:00:00Z"),
        ("ubique", "issuerCertificate", "2025-02-01T00:00:00Z"),
    ] {
        let sample = &samples[name];
        let transcript = SessionTranscript::parse(&hex(&sample["session_transcript"])).unwrap();
        let response = DeviceResponse::parse(&hex(&sample["deviceResponse"])).unwrap();
        let binding = Binding::Session { transcript: Some(&transcript), e_reader_key: None };
        let verdict = judge(&response, pem(sample, signer), now, binding);
        assert!(verdict.is_valid(), "{name}: {verdict:?}");
    }
}

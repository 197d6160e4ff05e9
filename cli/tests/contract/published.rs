//! Other people's presentations, and ISO 18013-5 Annex D, through the program.

use coffret_cbor::{Decode, Item};
use coffret_mdoc::IssuerSigned;
use coffret_published::hex;
use data_encoding::BASE64;
use serde_json::json;

use crate::program::{Folder, codes};

fn pem(der: &[u8]) -> String {
    let body = BASE64.encode(der);
    let lines: Vec<_> = body.as_bytes().chunks(64).map(String::from_utf8_lossy).collect();
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
}

/// The signer's certificate of the first document, in PEM.
fn signer(response: &[u8]) -> String {
    let response = Item::parse(response).unwrap().map().unwrap();
    let document = response.require("documents").unwrap().array().unwrap().next().unwrap();
    let issuer_signed = document.map().unwrap().require("issuerSigned").unwrap();
    pem(IssuerSigned::decode(issuer_signed).unwrap().chain().leaf().der())
}

/// The number that begins a description, and the one rule that the sample breaks.
const LONGFELLOW: [(&str, Option<&str>); 17] = [
    ("0", None),
    ("1", None),
    ("3", None),
    ("5", Some("signed-outside-signer")),
    ("6", None),
    ("8", None),
    ("9", Some("signed-outside-signer")),
    ("12", None),
    ("13", None),
    ("15", Some("signed-outside-signer")),
    ("16", Some("signed-outside-signer")),
    ("17", Some("signed-outside-signer")),
    ("19", Some("signed-outside-signer")),
    ("20", Some("signed-outside-signer")),
    ("21", None),
    ("23", None),
    ("24", None),
];

#[test]
fn longfellow_samples() {
    let Some(samples) = coffret_published::json("mdoc_real/longfellow_device_responses.json")
    else {
        return;
    };
    let samples = samples.as_array().unwrap();
    assert_eq!(samples.len(), LONGFELLOW.len());
    let folder = Folder::new();
    for (sample, (number, rule)) in samples.iter().zip(LONGFELLOW) {
        let description = sample["description"].as_str().unwrap();
        assert_eq!(description.split(' ').next(), Some(number));
        folder.write("signer.pem", signer(&hex(&sample["device_response"])));
        folder.write("transcript", sample["session_transcript"].as_str().unwrap());
        folder.write("response", sample["device_response"].as_str().unwrap());
        let now = sample["now"].as_str().unwrap();
        let arguments = ["verify", "--signer", "signer.pem", "--transcript", "transcript"];
        let ran = folder.json(&[&arguments[..], &["--now", now, "response"]].concat());
        let ran = ran.ends(i32::from(rule.is_some()));
        let document = ran.json()["documents"][0].take();
        let expected: Vec<String> = rule.into_iter().map(str::to_owned).collect();
        assert_eq!(codes(&document["errors"]), expected, "{description}");
        assert_eq!(document["deviceAuthChecked"], true, "{description}");
        assert_eq!(document["docType"], sample["doc_type"], "{description}");
        if rule.is_none() {
            for element in sample["elements"].as_array().unwrap() {
                let (namespace, id) = (element[0].as_str().unwrap(), element[1].as_str().unwrap());
                assert!(!document["elements"][namespace][id].is_null(), "{description} {id}");
            }
        }
    }
    println!("{} presentations", samples.len());
}

#[test]
fn mdoc_ts_samples() {
    let Some(samples) = coffret_published::json("mdoc_real/mdoc_ts_examples.json") else { return };
    let folder = Folder::new();
    for (name, now) in [("google", "2025-02-20T00:00:00Z"), ("ubique", "2025-01-31T00:00:00Z")] {
        let sample = &samples[name];
        folder.write("signer.pem", signer(&hex(&sample["deviceResponse"])));
        folder.write("transcript", sample["session_transcript"].as_str().unwrap());
        folder.write("response", sample["deviceResponse"].as_str().unwrap());
        let arguments = ["verify", "--signer", "signer.pem", "--transcript", "transcript"];
        let ran = folder.json(&[&arguments[..], &["--now", now, "response"]].concat()).ends(0);
        assert_eq!(ran.json()["documents"][0]["deviceAuth"], "signature", "{name}");
    }
    // No presentation: the issuer's part alone.
    folder.write("signer.pem", samples["bdr"]["issuerCertificate"].as_str().unwrap());
    folder.write("issued", samples["bdr"]["issuerSigned"].as_str().unwrap());
    let arguments = ["verify", "--signer", "signer.pem", "--issuer-only", "issued"];
    let ran = folder.json(&[&arguments[..], &["--now", "2025-02-05T00:00:00Z"]].concat()).ends(0);
    assert_eq!(ran.json()["documents"][0]["docType"], "org.iso.18013.5.1.mDL");
}

#[test]
fn annex_d() {
    let Some(annex) = coffret_published::json("annex_d/annex_d.json") else { return };
    let folder = Folder::new();
    folder.write("iaca.pem", pem(&hex(&annex["iaca_root_cert"])));
    folder.write("response", annex["device_response"].as_str().unwrap());
    folder.write("request", annex["device_request"].as_str().unwrap());
    folder.write("transcript", annex["session_transcript_bytes"].as_str().unwrap());
    let coordinate = |name: &str| {
        data_encoding::BASE64URL_NOPAD.encode(&hex(&annex[format!("ephemeral_reader_key_{name}")]))
    };
    let (x, y, d) = (coordinate("x"), coordinate("y"), coordinate("d"));
    let key = json!({"kty": "EC", "crv": "P-256", "x": x, "y": y, "d": d});
    folder.write("reader.jwk", key.to_string());

    let now = ["--now", "2020-10-15T00:00:00Z"];
    let session = ["--transcript", "transcript", "--reader-key", "reader.jwk", "response"];
    let verified = ["verify", "--trust", "iaca.pem", "--request", "request"];
    let ran = folder.json(&[&verified[..], &session, &now].concat()).ends(0);
    let document = ran.json()["documents"][0].take();
    assert_eq!(document["deviceAuth"], "mac");
    assert_eq!(document["deviceAuthChecked"], true);
    assert_eq!(document["issuer"]["trustedBy"], "root");
    let elements = &document["elements"]["org.iso.18013.5.1"];
    assert_eq!(elements["family_name"], "Doe");
    assert_eq!(elements["issue_date"], "2019-10-20");
    let portrait = &elements["portrait"]["bytes"];
    let expected = hex(&annex["device_response_portrait_data"]);
    assert_eq!(*portrait, data_encoding::BASE64URL_NOPAD.encode(&expected));

    let said = [&verified[..], &session, &now, &["--lang", "fr"]].concat();
    let said = folder.run_with(&said, &[("TZ", "XXX5")], b"").ends(0).stdout;
    let validity = "1er octobre 2020, 8\u{a0}h\u{a0}30 → 1er octobre 2021, 8\u{a0}h\u{a0}30\n";
    assert!(said.contains(validity), "in local time: {said}");

    let uri = annex["device_engagement_qr_uri"].as_str().unwrap();
    assert_eq!(folder.json(&["inspect", uri]).ends(0).json()["kind"], "DeviceEngagement");
    for (file, kind) in [
        ("request", "DeviceRequest"),
        ("response", "DeviceResponse"),
        ("transcript", "SessionTranscript"),
    ] {
        let ran = folder.json(&[&["inspect", file], &now[..]].concat()).ends(0);
        assert_eq!(ran.json()["kind"], kind);
    }
}

use coffret_mdoc::{DeviceRequest, DeviceResponse, SessionTranscript};
use coffret_proximity::{Collected, Collector, ReaderCode};
use coffret_test_vectors::judge;
use coffret_trust::{Certificate, Purpose, ReaderVerdict, Trust};
use data_encoding::HEXLOWER;
use serde_json::Value as Json;

use super::*;

fn bytes(hex: &Json) -> Vec<u8> {
    HEXLOWER.decode(hex.as_str().unwrap().as_bytes()).unwrap()
}

/// The cases of the file in which a code is answered.
fn codes() -> Vec<Json> {
    let mut cases = judge::cases(include_str!("../../qr-link.json"));
    cases.retain(|case| case["input"]["kind"] == "code" && case["expect"]["valid"] == true);
    cases
}

#[test]
fn every_code_is_scanned_from_its_frames() {
    for case in codes() {
        let mut collector = Collector::of_codes();
        let frames = case["expect"]["codeFrames"].as_array().unwrap();
        let mut seen = frames.iter().map(|frame| collector.receive(frame.as_str().unwrap()));
        let whole = seen.find_map(|seen| match seen.unwrap() {
            Collected::Whole(code) => Some(code),
            _ => None,
        });
        assert_eq!(whole, Some(bytes(&case["input"]["code"])), "{}", case["name"]);
    }
}

#[test]
fn a_reader_signs_without_an_engagement() {
    let mut cases = codes();
    cases.retain(|case| case["expect"]["reader"] == "verified");
    let [case] = cases.as_slice() else { panic!("one case") };
    let mut trust = Trust::new();
    for root in case["input"]["authorities"].as_array().unwrap() {
        let root = Certificate::parse(&bytes(root)).unwrap();
        trust.add_anchor(root, Purpose::Reader).unwrap();
    }
    let now = Timestamp::parse(case["input"]["now"].as_str().unwrap()).unwrap();
    let code = ReaderCode::parse(&bytes(&case["input"]["code"])).unwrap();
    let request = DeviceRequest::parse(code.request()).unwrap();
    let reader = request.reader(code.transcript(), &trust, now);
    assert!(matches!(reader, ReaderVerdict::Verified(_)));
    let answer = SessionTranscript::parse(&bytes(&case["expect"]["transcript"])).unwrap();
    let reader = request.reader(&answer, &trust, now);
    assert!(matches!(reader, ReaderVerdict::Invalid { .. }));
}

#[test]
fn a_refusal_is_a_response_without_documents() {
    assert_eq!(DeviceResponse::new(Vec::new()).encoded().as_bytes(), REFUSAL);
}

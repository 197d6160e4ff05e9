mod lists;

use coffret_cbor::{Encoded, Timestamp, Value as Cbor};
use coffret_crypto::{Curve, PrivateKey};
use coffret_mdoc::DeviceAuthMethod;
use coffret_proximity::{
    Answering, Collected, Collector, DeviceEngagement, Engaged, Establishing, Inviting, ReaderCode,
};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::{Value, json};

use crate::program::{Folder, NOW, Ran, Session, codes, edited, member};

fn inspect(folder: &Folder, subject: &str) -> Ran {
    folder.json(&["inspect", subject])
}

#[test]
fn every_kind_is_known_by_its_form() {
    let folder = Folder::with_pki();
    let mut session = Session::new();
    session.save(&folder);
    let (issuer_signed, key) = folder.credential();
    let bare = Encoded::from(&issuer_signed);
    folder.write("bare", bare.as_bytes());
    let issuer_auth = bare.as_item().map().unwrap().require("issuerAuth").unwrap();
    folder.write("signature", issuer_auth.bytes());
    let [_, _, mso, _] = issuer_auth.array().unwrap().exactly().unwrap();
    let mso = mso.byte_string().unwrap();
    folder.write("tagged-mso", &mso);
    folder.write("mso", coffret_cbor::Item::parse(&mso).unwrap().embedded().unwrap());
    folder.write("key", key.public_key().to_cose().as_bytes());
    folder.write("public.jwk", key.public_key().to_jwk().to_string());
    folder.write("response", session.present((issuer_signed, key), DeviceAuthMethod::Mac));
    let mac = [&b"\xd1\x84\x43\xa1\x01\x05\xa0\xf6\x58\x20"[..], &[7; 32]].concat();
    folder.write("mac", &mac);
    folder.write("untagged-mac", &mac[1..]);

    for (subject, kind) in [
        ("response", "DeviceResponse"),
        ("bare", "IssuerSigned"),
        ("card.cbor", "credential"),
        ("mso", "MobileSecurityObject"),
        ("tagged-mso", "MobileSecurityObjectBytes"),
        ("transcript", "SessionTranscript"),
        ("83f6f6f6", "SessionTranscript"),
        ("signature", "COSE_Sign1"),
        ("mac", "COSE_Mac0"),
        ("untagged-mac", "COSE_Mac0"),
        ("key", "COSE_Key"),
        ("pki/readers.cose", "reader registry"),
        ("pki/reader.pem", "certificate"),
        ("pki/reader.key", "private key"),
        ("reader.jwk", "private key"),
        ("public.jwk", "JWK"),
        ("a1667374617475730b", "SessionData"),
        ("ur:x-mdoc-0123456789abcdef/1-9/lpad", "UR part"),
        ("a0", "CBOR"),
        ("1863", "CBOR"),
    ] {
        let ran = inspect(&folder, subject).ends(0);
        assert_eq!(ran.json()["kind"], kind, "{subject}");
        assert_eq!(ran.stderr, "");
        let people = folder.run(&["inspect", subject]).ends(0);
        assert!(people.stdout.starts_with(kind), "{}", people.stdout);
    }
}

#[test]
fn a_picture_and_pem_are_named_where_bytes_are_expected() {
    let folder = Folder::with_pki();
    folder.write("code.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    folder.write("code.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF");
    for command in [&["inspect"][..], &["verify"], &["add"], &["trust", "add"]] {
        for picture in ["code.png", "code.jpg"] {
            let ran = folder.json(&[command, &[picture]].concat()).ends(2);
            assert_eq!(ran.codes(), ["file-is-picture"], "{command:?} {picture}");
        }
    }
    for command in ["verify", "add"] {
        let ran = folder.json(&[command, "pki/iaca.pem"]).ends(2);
        assert_eq!(ran.codes(), ["file-is-pem"], "{command}");
    }
    let ran = folder.json(&["verify", "--raw", "pki/iaca.pem"]).ends(2);
    assert_eq!(ran.codes(), ["cbor-trailing-bytes"], "as it is");
}

#[test]
fn what_a_session_exchanges_is_known_by_its_form() {
    let folder = Folder::new();
    let mut rng = ChaCha20Rng::from_seed([8; 32]);
    let now = Timestamp::parse(NOW).unwrap();
    // {"version": "1.0", "docRequests": []}, which no reader sends, and a form all the same.
    let request = b"\xa2gversionc1.0kdocRequests\x80";

    let holder = Engaged::new(&mut rng).unwrap();
    let uri = holder.engagement().to_uri();
    let engagement = DeviceEngagement::from_uri(&uri).unwrap();
    let (_, sent) = Establishing::new(&engagement, &mut rng).unwrap().establish(request).unwrap();
    folder.write("establishment", &sent);
    let (mut session, _) = holder.establish(&sent).unwrap();
    folder.write("data", session.seal(b"an answer").unwrap());

    let (reader, mut frames) = Inviting::new(now, &mut rng).unwrap().invite(request).unwrap();
    let frame = frames.next().unwrap();
    let code = whole(Collector::of_codes(), &frame);
    folder.write("code", &code);
    let code = ReaderCode::parse(&code).unwrap();
    let answer = Answering::new(&code, now, &mut rng).unwrap().answer(b"an answer").unwrap();
    folder.write("answer", whole(reader.collector(), &{ answer }.next().unwrap()));

    for (subject, kind, exit) in [
        (uri.as_str(), "DeviceEngagement", 0),
        ("mdoc:ogBjMS4wAYIBAA", "DeviceEngagement", 1),
        ("establishment", "SessionEstablishment", 0),
        ("a26a655265616465724b6579d81841a0646461746140", "SessionEstablishment", 1),
        ("data", "SessionData", 0),
        (&frame, "UR part", 0),
        (&frame[..frame.len() - 1], "UR part", 1),
        ("code", "reader's code", 1),
        ("answer", "answer to a reader's code", 0),
    ] {
        let ran = inspect(&folder, subject).ends(exit);
        assert_eq!(ran.json()["kind"], kind, "{subject}");
    }
    let code = inspect(&folder, "code").json();
    assert_eq!(code["facts"]["expires"], "2026-11-22T12:02:00Z");
    assert_eq!(codes(&code["errors"]), ["mdoc-empty"]);
}

fn whole(mut collector: Collector, frame: &str) -> Vec<u8> {
    match collector.receive(frame).unwrap() {
        Collected::Whole(message) => message,
        other => panic!("not in one frame: {other:?}"),
    }
}

#[test]
fn a_value_is_shown_in_two_forms() {
    let folder = Folder::new();
    let ran = inspect(&folder, "b90001616143a10126").ends(0);
    let json = ran.json();
    assert_eq!(json["length"], 9);
    assert_eq!(json["diagnostic"], "{_1 \"a\": <<{1: -7}>>}");
    assert_eq!(json["value"], json!({"a": {"bytes": "oQEm"}}));
}

#[test]
fn a_private_key_is_not_shown() {
    let folder = Folder::with_pki();
    let session = Session::new();
    session.save(&folder);
    let reader_key: Value = session.reader_key.to_jwk().parse().unwrap();
    let secret = reader_key["d"].as_str().unwrap();
    for subject in ["reader.jwk", "pki/ds.key"] {
        for ran in [inspect(&folder, subject), folder.run(&["inspect", subject])] {
            let said = ran.ends(0).stdout;
            assert!(!said.contains(secret) && !said.contains("-----"), "{said}");
        }
    }
}

#[test]
fn long_byte_strings_are_shortened_for_people_unless_asked() {
    let folder = Folder::new();
    let hex = HEXLOWER.encode(Encoded::bytes(&[0xab; 100]).as_bytes());
    let shortened = folder.run(&["inspect", &hex]).ends(0).stdout;
    assert!(shortened.contains("…' / 100 bytes /"), "{shortened}");
    let whole = folder.run(&["inspect", "--full", &hex]).ends(0).stdout;
    assert!(whole.contains(&"ab".repeat(100)), "{whole}");
}

#[test]
fn a_broken_rule_is_named() {
    let folder = Folder::with_pki();
    let mut session = Session::new();
    let response = session.present(folder.credential(), DeviceAuthMethod::Signature);

    let at = response.windows(7).position(|part| part == "Émilie".as_bytes()).unwrap();
    let mut altered = response.clone();
    altered[at + 2] = b'n';
    folder.write("altered", altered);
    assert_eq!(inspect(&folder, "altered").ends(1).codes(), ["digest-mismatch"]);

    let version = edited(&response, |pairs| *member(pairs, "version") = "2.0".into());
    folder.write("version", version);
    assert_eq!(inspect(&folder, "version").ends(1).codes(), ["mdoc-version"]);

    let mut registry = folder.read("pki/readers.cose");
    *registry.last_mut().unwrap() ^= 1;
    folder.write("registry", registry);
    assert_eq!(inspect(&folder, "registry").ends(1).codes(), ["signature-invalid"]);

    folder.write("key", b"\xa3\x01\x02\x20\x01\x21\x41\x00");
    assert_eq!(inspect(&folder, "key").ends(1).codes(), ["key-malformed"]);

    folder.write("transcript", b"\x83\xd8\x18\x00\xf6\xf6");
    assert_eq!(inspect(&folder, "transcript").ends(1).codes(), ["transcript-form"]);

    let people = folder.run(&["inspect", "key"]).ends(1);
    assert!(people.stdout.contains("CW-205 key-malformed"), "{}", people.stdout);
}

#[test]
fn the_hour_and_annex_b_are_warnings() {
    let folder = Folder::with_pki();
    folder.credential();
    let late = ["inspect", "card.cbor", "--now", "2029-01-01T00:00:00Z"];
    let ran = folder.json(&late).ends(0);
    assert_eq!(codes(&ran.json()["warnings"]), ["certificate-expired", "document-expired"]);
    let late = ["inspect", "pki/readers.cose", "--now", "2029-01-01T00:00:00Z"];
    assert_eq!(codes(&folder.json(&late).ends(0).json()["warnings"]), ["registry-stale"]);
    let late = ["inspect", "pki/ds.pem", "--now", "2029-01-01T00:00:00Z"];
    assert_eq!(codes(&folder.json(&late).ends(0).json()["warnings"]), ["certificate-expired"]);
}

/// Responses of the vectors, by their names.
fn vector(name: &str) -> String {
    let path =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../test-vectors/documents.json");
    let file: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut cases = file["cases"].as_array().unwrap().iter();
    let case = cases.find(|case| case["name"] == name).unwrap();
    case["input"]["response"].as_str().unwrap().to_owned()
}

#[test]
fn dates_that_are_none_or_written_otherwise_are_warnings() {
    let folder = Folder::new();
    for (name, code) in [
        ("a birth date that is no day", "mdoc-date-unreadable"),
        ("an expiry date as bare text", "mdoc-date-form"),
    ] {
        let ran = inspect(&folder, &folder.write("response.hex", vector(name))).ends(0);
        assert_eq!(codes(&ran.json()["warnings"]), [code]);
    }
}

#[test]
fn a_refusal_breaks_no_rule() {
    let folder = Folder::new();
    let refusal = Encoded::map([("version", "1.0".into()), ("status", Encoded::from(0u64))]);
    let ran = inspect(&folder, &HEXLOWER.encode(refusal.as_bytes())).ends(0);
    assert_eq!(codes(&ran.json()["warnings"]), ["mdoc-no-documents"]);
}

/// Negative keys are for applications (ISO 18013-5 §8.2.1.1): a key of COSE has one as well.
#[test]
fn an_engagement_with_members_of_its_maker_s_own_is_one() {
    let folder = Folder::new();
    let engagement = |more: &[(i64, Encoded)]| {
        let key = PrivateKey::generate(Curve::P256, &mut ChaCha20Rng::from_seed([1; 32]));
        let key = Encoded::embedded(&key.public_key().to_cose());
        let good = [(0i64, "1.0".into()), (1, Encoded::array([1u64.into(), key]))];
        Encoded::map(good.into_iter().chain(more.iter().cloned()))
    };
    for more in [
        vec![(-1, Encoded::from("x"))],
        vec![(-1, Encoded::from(1u64)), (-2, Encoded::bytes(&[1; 32])), (-3, Encoded::null())],
        vec![(3, Encoded::from(-7i64)), (-1, Encoded::from(1u64))],
    ] {
        let bytes = engagement(&more);
        let uri = format!("mdoc:{}", BASE64URL_NOPAD.encode(bytes.as_bytes()));
        for subject in [HEXLOWER.encode(bytes.as_bytes()), uri] {
            let ran = inspect(&folder, &subject).ends(0);
            assert_eq!(ran.json()["kind"], "DeviceEngagement", "{more:?}");
        }
    }
}

/// Whoever could not read or decrypt has nothing to answer.
#[test]
fn an_error_of_a_session_has_no_data_beside() {
    let folder = Folder::new();
    let message = |members: &[(&'static str, Encoded)]| Encoded::map(members.iter().cloned());
    let data = || ("data", Encoded::bytes(&[7]));
    let status = |number: u64| ("status", Encoded::from(number));
    let key = PrivateKey::generate(Curve::P256, &mut ChaCha20Rng::from_seed([1; 32]));
    let key = Encoded::embedded(&key.public_key().to_cose());
    let security = Encoded::array([1u64.into(), key]);
    let engagement = Encoded::embedded(&Encoded::map([(0i64, "1.0".into()), (1, security)]));
    for (sent, codes) in [
        (message(&[data(), status(20)]), &[][..]),
        (message(&[status(10)]), &[]),
        (message(&[data(), status(10)]), &["session-error-with-data"]),
        (message(&[data(), status(11)]), &["session-error-with-data"]),
        (message(&[data(), status(12)]), &["session-status"]),
    ] {
        let answer = Encoded::array([engagement.clone(), sent.clone()]);
        for (thing, kind) in [(sent, "SessionData"), (answer, "answer to a reader's code")] {
            let ran = inspect(&folder, &HEXLOWER.encode(thing.as_bytes()));
            let ran = ran.ends(if codes.is_empty() { 0 } else { 1 });
            assert_eq!(ran.json()["kind"], kind);
            assert_eq!(self::codes(&ran.json()["errors"]), codes, "{kind}");
        }
    }
}

#[test]
fn several_certificates_are_several_things() {
    let folder = Folder::with_pki();
    let both = folder.text("pki/iaca.pem") + &folder.text("pki/ds.pem");
    folder.write("both.pem", both);
    let things = inspect(&folder, "both.pem").ends(0).json()["things"].take();
    let profiles: Vec<_> =
        things.as_array().unwrap().iter().map(|t| &t["facts"]["profile"]).collect();
    assert_eq!(profiles.len(), 2);
    assert!(profiles[0].as_str().unwrap().starts_with("IACA"), "{things}");
}

#[test]
fn what_is_not_well_formed_is_unreadable() {
    let folder = Folder::new();
    folder.write("pem", "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n");
    for (subject, code) in [
        ("a1", "cbor-truncated"),
        ("0000", "cbor-trailing-bytes"),
        ("a201000100", "cbor-duplicate-key"),
        ("1c", "cbor-reserved-value"),
        ("abc", "hex-odd"),
        ("no such file", "file-unreadable"),
        ("no/such/file.cbor", "file-unreadable"),
        ("mdoc:?", "base64url-malformed"),
        ("pem", "certificate-malformed"),
    ] {
        let ran = inspect(&folder, subject).ends(2);
        assert_eq!(ran.codes(), [code], "{subject}");
        assert_eq!(ran.json()["errors"][0]["given"], subject);
    }
}

#[test]
fn text_that_was_received_moves_no_cursor() {
    let folder = Folder::new();
    let value = Encoded::from(&Cbor::Text("\u{1b}[2J\u{202e}".to_owned()));
    folder.write("text", value.as_bytes());
    let said = folder.run(&["inspect", "--raw", "text"]).ends(0).stdout;
    assert!(!said.contains('\u{1b}') && !said.contains('\u{202e}'), "{said:?}");
}

use coffret_cbor::{Encoded, Item, Value as Cbor};
use coffret_crypto::{Algorithm, Curve, PrivateKey};
use coffret_issuer::Identity;
use coffret_mdoc::DeviceAuthMethod;
use coffret_test_vectors::forge::{
    AUTHORITY_KEY, COMMON_NAME, COUNTRY, List, STATE, authority_key,
};
use coffret_trust::Certificate;
use data_encoding::{BASE64, BASE64URL, BASE64URL_NOPAD, HEXLOWER};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::json;

use crate::program::{CARD, Folder, Ran, Session, card, codes, edited, list_pem, member};

const ROOT: [&str; 2] = ["--trust", "pki/iaca.pem"];

/// A folder with a PKI, a session and a response in it.
fn presented(method: DeviceAuthMethod) -> Folder {
    let folder = Folder::with_pki();
    let mut session = Session::new();
    session.save(&folder);
    folder.write("response", session.present(folder.credential(), method));
    folder
}

fn verify(folder: &Folder, arguments: &[&str]) -> Ran {
    folder.json(&[&["verify"], arguments].concat())
}

/// The codes of the one document.
fn document_codes(ran: &Ran) -> Vec<String> {
    let documents = ran.json()["documents"].take();
    assert_eq!(documents.as_array().unwrap().len(), 1, "{documents}");
    codes(&documents[0]["errors"])
}

#[test]
fn a_good_presentation_is_valid() {
    for (method, said) in
        [(DeviceAuthMethod::Signature, "signature"), (DeviceAuthMethod::Mac, "mac")]
    {
        let folder = presented(method);
        let session = ["--transcript", "transcript", "--reader-key", "reader.jwk", "response"];
        let ran = verify(&folder, &[&ROOT[..], &session].concat()).ends(0);
        assert_eq!(ran.stderr, "");
        assert_eq!(
            ran.json(),
            json!({
                "valid": true,
                "documents": [{
                    "docType": CARD,
                    "valid": true,
                    "specimen": false,
                    "issuer": {
                        "country": "CA",
                        "state": "CA-QC",
                        "name": "Coffret test document signer",
                        "authority": "Coffret test IACA",
                        "trusted": true,
                        "trustedBy": "root",
                    },
                    "validity": {
                        "signed": "2026-11-22T00:00:00Z",
                        "from": "2026-11-22T00:00:00Z",
                        "until": "2027-11-22T00:00:00Z",
                    },
                    "deviceAuth": said,
                    "deviceAuthChecked": true,
                    "elements": {CARD: {"given_name": "Émilie"}},
                    "deviceElements": {},
                    "errors": [],
                    "warnings": [],
                }],
                "errors": [],
                "warnings": [],
            })
        );
    }
}

#[test]
fn a_file_is_read_in_every_form() {
    let folder = presented(DeviceAuthMethod::Signature);
    let bytes = folder.read("response");
    let hex = HEXLOWER.encode(&bytes);
    let (first, rest) = hex.split_at(101);
    folder.write("hex", format!(" {first}\n{rest}\n"));
    folder.write("base64url", BASE64URL_NOPAD.encode(&bytes));
    folder.write("padded", BASE64URL.encode(&bytes));
    let base64 = BASE64.encode(&bytes);
    let (first, rest) = base64.split_at(76);
    folder.write("base64", format!("{first}\n{rest}\n"));
    for file in ["response", "hex", "base64url", "padded", "base64"] {
        verify(&folder, &[&ROOT[..], &["--transcript", "transcript", file]].concat()).ends(0);
    }
    let arguments = ["--json", "verify", "--trust", "pki/iaca.pem"];
    let session = ["--transcript", "transcript", "-"];
    let english = [("LC_ALL", "en_CA.UTF-8")];
    folder.run_with(&[&arguments[..], &session].concat(), &english, &bytes).ends(0);

    // CBOR that looks like hexadecimal is itself when it is said to be.
    folder.write("looks", "a0");
    assert_eq!(verify(&folder, &["looks"]).ends(2).codes(), ["cbor-missing-key"]);
    assert_eq!(verify(&folder, &["--raw", "looks"]).ends(2).codes(), ["cbor-wrong-type"]);
}

#[test]
fn a_transcript_is_bare_or_embedded() {
    let folder = presented(DeviceAuthMethod::Mac);
    let embedded = folder.read("transcript");
    let bare = Item::parse(&embedded).unwrap().embedded().unwrap().into_owned();
    folder.write("bare", bare);
    let session = ["--transcript", "bare", "--reader-key", "reader.jwk", "response"];
    verify(&folder, &[&ROOT[..], &session].concat()).ends(0);
}

#[test]
fn nobody_is_trusted_unless_named() {
    let folder = presented(DeviceAuthMethod::Signature);
    let ran = verify(&folder, &["--transcript", "transcript", "response"]).ends(1);
    assert_eq!(document_codes(&ran), ["untrusted-issuer"]);
    assert_eq!(ran.json()["documents"][0]["issuer"]["trustedBy"], json!(null));
    let other = Folder::with_pki();
    folder.write("other.pem", other.read("pki/iaca.pem"));
    let session = ["--trust", "other.pem", "--transcript", "transcript", "response"];
    let codes = document_codes(&verify(&folder, &session).ends(1));
    assert!(codes.contains(&"untrusted-issuer".to_owned()), "{codes:?}");
}

#[test]
fn an_authority_may_be_trusted_for_some_types_only() {
    let folder = presented(DeviceAuthMethod::Signature);
    let under = |types: &str| {
        let trust = ["--trust-for", types, "pki/iaca.pem", "--transcript", "transcript"];
        verify(&folder, &[&trust[..], &["response"]].concat())
    };
    let ran = under("org.iso.18013.5.1.mDL").ends(1);
    assert_eq!(document_codes(&ran), ["authority-not-for-type"]);
    assert_eq!(ran.json()["documents"][0]["issuer"]["trusted"], json!(false));
    under(CARD).ends(0);
    under(&format!("org.iso.18013.5.1.mDL, {CARD}")).ends(0);
    let both = ["--trust-for", "org.iso.18013.5.1.mDL", "pki/iaca.pem", "--trust-for", CARD];
    let both = [&both[..], &["pki/iaca.pem", "--transcript", "transcript", "response"]].concat();
    verify(&folder, &both).ends(0);
    let again = ["--trust", "pki/iaca.pem", "--trust-for", "org.iso.18013.5.1.mDL", "pki/iaca.pem"];
    let again = [&again[..], &["--transcript", "transcript", "response"]].concat();
    let codes = document_codes(&verify(&folder, &again).ends(1));
    assert_eq!(codes, ["authority-not-for-type"], "a limit holds beside the same without one");
}

#[test]
fn a_signer_is_trusted_by_its_certificate() {
    let folder = presented(DeviceAuthMethod::Signature);
    let session = ["--signer", "pki/ds.pem", "--transcript", "transcript", "response"];
    let ran = verify(&folder, &session).ends(0);
    assert_eq!(ran.json()["documents"][0]["issuer"]["trustedBy"], "signer");

    let late = [&session[..], &["--now", "2029-01-01T00:00:00Z"]].concat();
    let ran = verify(&folder, &late).ends(1);
    assert_eq!(document_codes(&ran), ["certificate-expired", "document-expired"]);
    let other = ["--signer", "pki/ds-es384.pem", "--transcript", "transcript", "response"];
    assert_eq!(document_codes(&verify(&folder, &other).ends(1)), ["untrusted-issuer"]);
}

#[test]
fn a_presentation_needs_its_session() {
    let folder = presented(DeviceAuthMethod::Signature);
    let ran = verify(&folder, &[&ROOT[..], &["response"]].concat()).ends(1);
    assert_eq!(document_codes(&ran), ["transcript-missing"]);

    let ran = verify(&folder, &[&ROOT[..], &["--issuer-only", "response"]].concat()).ends(0);
    assert_eq!(ran.json()["documents"][0]["deviceAuth"], "signature");
    assert_eq!(ran.json()["documents"][0]["deviceAuthChecked"], false);

    let key = PrivateKey::generate(Curve::P256, &mut ChaCha20Rng::from_seed([8; 32]));
    let other = Encoded::embedded(&key.public_key().to_cose());
    let other = Encoded::array([Encoded::null(), other, Encoded::null()]);
    folder.write("other", other.as_bytes());
    let session = ["--transcript", "other", "response"];
    let ran = verify(&folder, &[&ROOT[..], &session].concat()).ends(1);
    assert_eq!(document_codes(&ran), ["device-signature"]);
}

#[test]
fn a_mac_needs_the_reader_s_key() {
    let folder = presented(DeviceAuthMethod::Mac);
    let session = ["--transcript", "transcript", "response"];
    let ran = verify(&folder, &[&ROOT[..], &session].concat()).ends(1);
    assert_eq!(document_codes(&ran), ["reader-key-missing"]);
    assert_eq!(ran.json()["documents"][0]["deviceAuthChecked"], false);

    let other = PrivateKey::generate(Curve::P256, &mut ChaCha20Rng::from_seed([8; 32]));
    folder.write("other.jwk", other.to_jwk());
    let session = ["--transcript", "transcript", "--reader-key", "other.jwk", "response"];
    let ran = verify(&folder, &[&ROOT[..], &session].concat()).ends(1);
    assert_eq!(document_codes(&ran), ["reader-key-mismatch"]);
}

#[test]
fn what_was_not_asked_is_refused_where_the_request_is_known() {
    let folder = presented(DeviceAuthMethod::Signature);
    let request = |id: &str| {
        let elements = Encoded::map([(id, Encoded::from(false))]);
        let items = Encoded::map([
            ("docType", Encoded::from(CARD)),
            ("nameSpaces", Encoded::map([(CARD, elements)])),
        ]);
        let request = Encoded::map([("itemsRequest", Encoded::embedded(&items))]);
        Encoded::map([
            ("version", Encoded::from("1.0")),
            ("docRequests", Encoded::array([request])),
        ])
    };
    let session = ["--transcript", "transcript", "--request", "request", "response"];
    folder.write("request", request("given_name").as_bytes());
    let judged = verify(&folder, &[&ROOT[..], &session].concat()).ends(0).json()["judged"].take();
    assert_eq!(judged, "free", "no purpose is known here");
    folder.write("request", request("sex").as_bytes());
    let ran = verify(&folder, &[&ROOT[..], &session].concat()).ends(1);
    assert_eq!(document_codes(&ran), ["element-not-requested"]);
    let error = &ran.json()["documents"][0]["errors"][0];
    assert_eq!(error["element"], format!("{CARD}/given_name"));
}

#[test]
fn elements_of_an_invalid_document_are_not_printed() {
    let folder = presented(DeviceAuthMethod::Signature);
    for arguments in [&["--transcript", "transcript", "response"][..], &["response"]] {
        let ran = verify(&folder, arguments).ends(1);
        assert!(!ran.stdout.contains("milie") && !ran.stderr.contains("milie"));
        let people = folder.run(&[&["verify"], arguments].concat()).ends(1);
        assert!(!people.stdout.contains("milie"), "{}", people.stdout);
    }
    let shown = ["--show-invalid", "--transcript", "transcript", "response"];
    let ran = verify(&folder, &shown).ends(1);
    assert_eq!(ran.json()["documents"][0]["elements"], json!({CARD: {"given_name": "Émilie"}}));
    let people = folder.run(&[&["verify"], &shown[..]].concat()).ends(1);
    assert!(people.stdout.contains("Nothing of what follows is proven."), "{}", people.stdout);
}

#[test]
fn an_altered_element_is_found() {
    let folder = presented(DeviceAuthMethod::Signature);
    let mut bytes = folder.read("response");
    let at = bytes.windows(7).position(|part| part == "Émilie".as_bytes()).unwrap();
    bytes[at + 2] = b'n';
    folder.write("response", bytes);
    let session = ["--transcript", "transcript", "response"];
    let ran = verify(&folder, &[&ROOT[..], &session].concat()).ends(1);
    assert_eq!(document_codes(&ran), ["digest-mismatch"]);
}

#[test]
fn every_document_is_judged() {
    let folder = presented(DeviceAuthMethod::Signature);
    let response = folder.read("response");
    let second = edited(&response, |pairs| {
        let Cbor::Array(documents) = member(pairs, "documents") else { panic!("no documents") };
        documents.push(Cbor::Map(vec![("docType".into(), CARD.into())]));
    });
    folder.write("two", second);
    let session = ["--transcript", "transcript", "two"];
    let ran = verify(&folder, &[&ROOT[..], &session].concat()).ends(1);
    assert_eq!(ran.codes(), ["cbor-missing-key"]);
    assert_eq!(ran.json()["documents"][0]["valid"], true);
    assert_eq!(ran.json()["valid"], false);
}

#[test]
fn a_response_that_is_an_error_is_not_valid() {
    let folder = presented(DeviceAuthMethod::Signature);
    let response = folder.read("response");
    let session = [&ROOT[..], &["--transcript", "transcript", "edited"]].concat();
    let change = |key: &'static str, value: Cbor| {
        folder.write("edited", edited(&response, |pairs| *member(pairs, key) = value));
        verify(&folder, &session)
    };
    assert_eq!(change("status", Cbor::Unsigned(10)).ends(1).codes(), ["mdoc-response-status"]);
    assert_eq!(change("version", "2.0".into()).ends(1).codes(), ["mdoc-version"]);
    assert_eq!(change("documents", Cbor::Array(vec![])).ends(1).codes(), ["mdoc-empty"]);
    let none = Encoded::map([("version", "1.0".into()), ("status", Encoded::from(0u64))]);
    folder.write("edited", none.as_bytes());
    assert_eq!(verify(&folder, &session).ends(1).codes(), ["mdoc-no-documents"]);
}

#[test]
fn a_credential_is_verified_on_request() {
    let folder = Folder::with_pki();
    let (issuer_signed, _) = folder.credential();
    folder.write("bare", Encoded::from(&issuer_signed).as_bytes());
    for file in ["card.cbor", "bare"] {
        let ran = verify(&folder, &[&ROOT[..], &["--issuer-only", file]].concat()).ends(0);
        assert_eq!(ran.json()["documents"][0]["deviceAuth"], "none");
        assert_eq!(ran.json()["documents"][0]["elements"], card());
        let ran = verify(&folder, &[&ROOT[..], &[file]].concat()).ends(2);
        assert_eq!(ran.codes(), ["issuer-only-missing"]);
    }
    let other_type = edited(&folder.read("card.cbor"), |pairs| {
        *member(pairs, "docType") = "org.iso.18013.5.1.mDL".into();
    });
    folder.write("other", other_type);
    let ran = verify(&folder, &[&ROOT[..], &["--issuer-only", "other"]].concat()).ends(1);
    assert_eq!(document_codes(&ran), ["doc-type-mismatch"]);
}

#[test]
fn people_see_copies_as_one_card() {
    let folder = Folder::with_pki();
    folder.device_keys(3);
    folder.issue(&card(), &[]).ends(0);
    let arguments = [&ROOT[..], &["--issuer-only", "card.cbor"]].concat();
    let ran = verify(&folder, &arguments).ends(0);
    assert_eq!(ran.json()["documents"].as_array().unwrap().len(), 3);
    let told = folder.run(&[&["verify", "--lang", "fr"], &arguments[..]].concat()).ends(0).stdout;
    assert_eq!(told.matches("VALIDE").count(), 1, "{told}");
    assert!(told.contains("3 exemplaires"), "{told}");
}

/// As their issuers hand them out: in PEM, or the DER of one.
#[test]
fn certificates_are_taken_in_der_too() {
    let folder = Folder::with_pki();
    folder.credential();
    for name in ["iaca", "ds"] {
        let pem = folder.read(&format!("pki/{name}.pem"));
        let certificate = coffret_trust::Certificate::parse_file(&pem).unwrap().remove(0);
        folder.write(&format!("{name}.der"), certificate.der());
    }
    for (trusted, by) in [(["--trust", "iaca.der"], "root"), (["--signer", "ds.der"], "signer")] {
        let ran = verify(&folder, &[&trusted[..], &["--issuer-only", "card.cbor"]].concat());
        assert_eq!(ran.ends(0).json()["documents"][0]["issuer"]["trustedBy"], by);
    }
    for trusted in ["--trust", "--signer"] {
        let ran = verify(&folder, &[trusted, "pki/ds-revoked.crl", "--issuer-only", "card.cbor"]);
        assert_eq!(ran.ends(2).codes(), ["certificate-missing"]);
    }
}

#[test]
fn a_specimen_is_never_green() {
    let folder = Folder::with_pki();
    let mut rng = ChaCha20Rng::from_seed([1; 32]);
    let now = coffret_cbor::Timestamp::parse(crate::program::NOW).unwrap();
    let root = Identity::specimen_root().unwrap();
    let signer = root.document_signer("Specimens", Algorithm::Es256, now, &mut rng).unwrap();
    folder.write("pki/ds.pem", signer.certificate_pem().unwrap());
    folder.write("pki/ds.key", signer.key_pem().as_bytes());
    folder.write("specimen.pem", root.certificate_pem().unwrap());
    folder.credential();

    for trusted in [["--trust", "specimen.pem"], ["--signer", "pki/ds.pem"]] {
        let arguments = [&trusted[..], &["--issuer-only", "card.cbor"]].concat();
        let ran = verify(&folder, &arguments).ends(0);
        assert_eq!(ran.json()["documents"][0]["specimen"], true);
        assert_eq!(ran.json()["specimen"], true, "beside `valid`, for who reads no further");
        let people = folder.run(&[&["verify"], &arguments[..]].concat()).ends(0);
        assert!(people.stdout.contains("SPECIMEN, without value"), "{}", people.stdout);
        assert!(!people.stdout.contains("VALID "), "{}", people.stdout);
    }
}

#[test]
fn unreadable_input_is_said_to_be() {
    let folder = presented(DeviceAuthMethod::Signature);
    folder.write("text", "neither, nor");
    folder.write("odd", "a10");
    folder.write("bits", "oQF");
    for (arguments, code, given) in [
        (&["missing"][..], "file-unreadable", "missing"),
        (&["odd"], "hex-odd", "odd"),
        (&["bits"], "base64url-malformed", "bits"),
        (&["text"], "cbor-truncated", "text"),
        (&["--trust", "text", "response"], "certificate-missing", "text"),
        (&["--signer", "text", "response"], "certificate-missing", "text"),
        (&["--trust", "response", "response"], "certificate-missing", "response"),
        (&["--crl", "response", "response"], "crl-malformed", "response"),
        (&["--crl", "pki/iaca.pem", "response"], "crl-missing", "pki/iaca.pem"),
        (&["--transcript", "response", "response"], "transcript-form", "response"),
        (&["--reader-key", "text", "response"], "json-malformed", "text"),
        (&["--request", "response", "response"], "cbor-missing-key", "response"),
        (&["--transcript", "-", "-"], "standard-input-twice", "-"),
    ] {
        let ran = verify(&folder, arguments).ends(2);
        assert_eq!(ran.codes(), [code], "{arguments:?}");
        let json = ran.json();
        assert_eq!(json["errors"][0]["given"], given);
        assert_eq!((&json["valid"], &json["documents"]), (&json!(false), &json!([])));
        assert!(ran.stderr.contains(code), "{}", ran.stderr);
    }
}

#[test]
fn revocation_lists_count_in_any_order_and_form() {
    let folder = presented(DeviceAuthMethod::Signature);
    let root = PrivateKey::from_pkcs8_pem(&folder.text("pki/iaca.key")).unwrap();
    let signer = Certificate::parse_file(folder.text("pki/ds.pem")).unwrap().remove(0);
    let issuer = vec![(COUNTRY, "CA"), (STATE, "CA-QC"), (COMMON_NAME, "Coffret test IACA")];
    let list = |number, revoked: &[&[u8]]| {
        List { issuer: issuer.clone(), ..List::of_issuer_root(revoked) }
            .with(AUTHORITY_KEY, false, authority_key(&root))
            .numbered(&[number])
            .der(&root)
    };
    folder.write("old.crl", list(1, &[]));
    folder.write("new.crl", list(2, &[signer.serial()]));
    folder.write("new.pem", list_pem(&list(2, &[signer.serial()])));
    folder.write("new.hex", HEXLOWER.encode(&list(2, &[signer.serial()])));
    folder.write("other.crl", List::of_issuer_root(&[]).der(&root));

    let judged = |trusted: [&str; 2], lists: &[&str], exit| {
        let mut arguments = vec!["--issuer-only", "response", trusted[0], trusted[1]];
        lists.iter().for_each(|list| arguments.extend(["--crl", list]));
        let ran = verify(&folder, &arguments).ends(exit);
        let document = ran.json()["documents"][0].take();
        (codes(&document["errors"]), codes(&document["warnings"]))
    };
    let revoked = (vec!["certificate-revoked".to_owned()], vec![]);
    for trusted in [ROOT, ["--signer", "pki/ds.pem"]] {
        for new in ["new.crl", "new.pem", "new.hex"] {
            for lists in [[new, "old.crl"], ["old.crl", new]] {
                let (errors, _) = judged(trusted, &lists, 1);
                assert_eq!(errors, revoked.0, "{trusted:?} {lists:?}");
            }
        }
    }
    assert_eq!(judged(ROOT, &["new.crl"], 1), revoked);
    assert_eq!(judged(ROOT, &["old.crl"], 0), (vec![], vec![]));
    let unknown = ["revocation-unknown", "crl-unproven"].map(str::to_owned).to_vec();
    assert_eq!(judged(ROOT, &["other.crl"], 0), (vec![], unknown));
}

#[test]
fn a_list_in_the_file_of_its_authority_counts() {
    let folder = presented(DeviceAuthMethod::Signature);
    let (root, list) = (folder.text("pki/iaca.pem"), folder.read("pki/ds-revoked.crl"));
    folder.write("both.pem", list_pem(&list) + &root);
    folder.write("cut.pem", root + &list_pem(&list[..40]));
    for trusted in [&["--trust", "both.pem"][..], &["--trust-for", CARD, "both.pem"]] {
        let ran = verify(&folder, &[&["--issuer-only", "response"], trusted].concat()).ends(1);
        let errors = ran.json()["documents"][0]["errors"].take();
        assert_eq!(codes(&errors), ["certificate-revoked"], "{trusted:?}");
    }
    folder.write("signer.pem", folder.text("pki/ds.pem") + &list_pem(&list));
    let signer = [&["--issuer-only", "response", "--signer", "signer.pem"], &ROOT[..]].concat();
    let errors = verify(&folder, &signer).ends(1).json()["documents"][0]["errors"].take();
    assert_eq!(codes(&errors), ["certificate-revoked"]);
    let lists_only = ["--issuer-only", "response", "--crl", "both.pem"];
    let errors = verify(&folder, &lists_only).ends(1).json()["documents"][0]["errors"].take();
    assert_eq!(codes(&errors), ["untrusted-issuer"], "a file of lists makes nobody trusted");
    let ran = verify(&folder, &["--issuer-only", "response", "--trust", "cut.pem"]).ends(2);
    assert_eq!(ran.codes(), ["crl-malformed"]);
    assert_eq!(ran.json()["errors"][0]["given"], "cut.pem");
}

#[test]
fn the_test_signer_is_revoked_by_the_list_beside_it() {
    let folder = presented(DeviceAuthMethod::Signature);
    let arguments = ["--issuer-only", "response", ROOT[0], ROOT[1], "--crl", "pki/ds-revoked.crl"];
    assert_eq!(document_codes(&verify(&folder, &arguments).ends(1)), ["certificate-revoked"]);
}

#[test]
fn an_unusable_root_disables_itself_only() {
    let folder = presented(DeviceAuthMethod::Signature);
    let roots = format!(
        "{}-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n",
        folder.text("pki/iaca.pem")
    );
    folder.write("roots.pem", roots);
    let session = ["--trust", "roots.pem", "--transcript", "transcript", "response"];
    let ran = verify(&folder, &session).ends(0);
    assert_eq!(codes(&ran.json()["warnings"]), ["certificate-malformed"]);
    assert_eq!(ran.json()["warnings"][0]["given"], "roots.pem (2)");
}

#[test]
fn people_see_a_card() {
    let folder = presented(DeviceAuthMethod::Signature);
    let arguments = ["verify", "--trust", "pki/iaca.pem", "--transcript", "transcript", "response"];
    let ran = folder.run(&arguments).ends(0);
    for line in [
        "VALID  Health insurance card",
        "Coffret test document signer (Québec, Canada), trusted by its root",
        "November 22, 2026 → November 22, 2027",
        "signature verified",
        "Émilie",
    ] {
        assert!(ran.stdout.contains(line), "{line}: {}", ran.stdout);
    }
    assert!(!ran.stdout.contains('\x1b'), "no colour but on a terminal");
}

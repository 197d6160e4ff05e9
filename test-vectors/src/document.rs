//! Responses: each valid one, and each rule broken alone.

mod data;
mod territory;

use coffret_cbor::{Encoded, Item, Simple, Timestamp, Value};
use coffret_crypto::{Curve, Hash, PrivateKey};
use coffret_issuer::Identity;
use coffret_trust::Certificate;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::json;

use crate::case::{Case, File, hex, jwk};
use crate::plan::{
    MDL, NAMESPACE, Plan, Proof, embedded, inside, map, member, moment, nth, remove, set, tdate,
};
use crate::world::World;

pub(crate) fn file(world: &World) -> File {
    let valid = VALID.iter().chain(&data::VALID).map(|(name, expect, stage)| {
        let mut case = Case::valid(name);
        if let Some((member, value)) = expect {
            case = case.expect(member, json!(value));
        }
        Scene::play(world, case, *stage)
    });
    let refused = REFUSED.iter().chain(&data::REFUSED).map(|(codes, name, stage)| {
        Scene::play(world, Case::refused(&format!("{}: {name}", codes[0]), codes), *stage)
    });
    File {
        name: "documents.json",
        about: "A DeviceResponse, judged at a time, under anchors, in a session.",
        cases: valid.chain(refused).chain(territory::cases(world)).collect(),
    }
}

/// A response and everything it is judged against.
struct Scene<'w> {
    plan: Plan<'w>,
    now: String,
    issuers: Vec<&'w Certificate>,
    specimens: Vec<&'w Certificate>,
    /// What issuers and specimens are trusted for, where it is not any type.
    doc_types: Option<Vec<&'static str>>,
    signers: Vec<&'w Certificate>,
    transcript: Option<Vec<u8>>,
    reader_key: Option<serde_json::Value>,
    issuer_only: bool,
    request: Option<Value>,
    purpose: Option<&'static str>,
    /// What a refused case warns of besides.
    warned: &'static [&'static str],
    /// An edit of the finished bytes.
    bytes: fn(&mut Vec<u8>),
}

type Stage = for<'w> fn(&mut Scene<'w>, &'w World);

impl<'w> Scene<'w> {
    fn play(world: &World, case: Case, stage: Stage) -> Case {
        let mut scene = Scene {
            plan: Plan::good(world),
            now: world.now.to_string(),
            issuers: vec![world.pki.issuer.certificate()],
            specimens: Vec::new(),
            doc_types: None,
            signers: Vec::new(),
            transcript: Some(world.transcript().into_bytes()),
            reader_key: None,
            issuer_only: false,
            request: None,
            purpose: None,
            warned: &[],
            bytes: |_| {},
        };
        stage(&mut scene, world);
        let mut response = scene.plan.response(world).expect("a response");
        (scene.bytes)(&mut response);
        let ders = |certificates: &[&Certificate]| -> Vec<String> {
            certificates.iter().map(|certificate| hex(certificate.der())).collect()
        };
        let case = match scene.warned {
            [] => case,
            warned => case.expect("warnings", warned),
        };
        let request = scene.request.as_ref().map(|request| hex(Encoded::from(request).as_bytes()));
        case.input("response", hex(&response))
            .input("now", scene.now)
            .input("issuers", ders(&scene.issuers))
            .input("specimens", ders(&scene.specimens))
            .input("docTypes", scene.doc_types)
            .input("signers", ders(&scene.signers))
            .input("transcript", scene.transcript.as_deref().map(hex))
            .input("readerKey", scene.reader_key)
            .input("issuerOnly", scene.issuer_only)
            .input("request", request)
            .input("purpose", scene.purpose)
    }

    fn mac(&mut self, world: &World) {
        self.plan.proof = Proof::Mac;
        self.reader_key = Some(jwk(&world.e_reader_key));
    }

    /// Asks for these elements of the licence.
    fn asks(&mut self, elements: &[&str]) {
        self.asks_each(&[elements]);
    }

    /// Asks for the licence as many times, for these elements each time.
    fn asks_each(&mut self, requests: &[&[&str]]) {
        let request = |elements: &&[&str]| {
            let elements = elements.iter().map(|id| (Value::from(*id), Value::Bool(false)));
            let items = map([
                ("docType", MDL.into()),
                ("nameSpaces", map([(NAMESPACE, Value::Map(elements.collect()))])),
            ]);
            map([("itemsRequest", embedded(&items))])
        };
        let requests = Value::Array(requests.iter().map(request).collect());
        self.request = Some(map([("version", "1.0".into()), ("docRequests", requests)]));
    }
}

type Expected = Option<(&'static str, &'static [&'static str])>;

const UNCHECKED: Expected = Some(("warnings", &["status-not-checked"]));

/// Name, what else the verdict says, how the scene differs from the plainest.
const VALID: [(&str, Expected, Stage); 38] = [
    ("a signature by the device", None, |_, _| {}),
    ("a MAC by the device", None, |scene, world| scene.mac(world)),
    ("a signer on P-384", None, |scene, world| signed_by(scene, &world.signer_p384)),
    ("a signer on Ed25519", None, |scene, world| signed_by(scene, &world.signer_ed25519)),
    ("SHA-384", None, |scene, _| scene.plan.hash = (Hash::Sha384, "SHA-384")),
    ("SHA-512", None, |scene, _| scene.plan.hash = (Hash::Sha512, "SHA-512")),
    ("a specimen", Some(("specimens", &[MDL])), |scene, world| {
        signed_by(scene, &world.specimen_signer);
        scene.specimens = vec![&world.specimen_root];
    }),
    ("trusted by its signer alone", None, |scene, world| {
        scene.issuers.clear();
        scene.signers = vec![world.pki.document_signer.certificate()];
    }),
    ("the issuer's part alone", None, |scene, _| {
        scene.transcript = None;
        scene.issuer_only = true;
    }),
    ("handed over by the issuer", None, |scene, _| {
        scene.plan.document = |document| remove(document, "deviceSigned");
        scene.transcript = None;
        scene.issuer_only = true;
    }),
    ("an array of one certificate", None, |scene, _| {
        scene.plan.issuer_auth = |auth| {
            let chain = member(nth(auth, 1), Value::Unsigned(33));
            *chain = Value::Array(vec![chain.clone()]);
        };
    }),
    ("two documents", None, |scene, _| scene.plan.response = twice),
    ("the first moment", None, |scene, world| scene.now = world.today().start().to_string()),
    ("a second before", Some(("warnings", &["clock-skew"])), |scene, world| {
        scene.now = before(world, 1);
    }),
    ("two minutes before", Some(("warnings", &["clock-skew"])), |scene, world| {
        scene.now = before(world, 120);
    }),
    ("the last moment", None, |scene, world| {
        scene.now = world.today().start().plus_days(30).to_string();
    }),
    ("members that are not known", None, |scene, _| {
        scene.plan.response = |response| set(response, "ofTheFuture", Value::Null);
        scene.plan.document = |document| set(document, "ofTheFuture", Value::Null);
    }),
    ("why something was not returned", None, |scene, _| {
        scene.plan.response = |response| {
            let errors = vec![map([("ca.coffret.other", Value::Unsigned(0))])];
            set(response, "documentErrors", Value::Array(errors));
        };
        scene.plan.document = |document| {
            let errors = map([("portrait", Value::Unsigned(0)), ("sex", Value::Negative(4))]);
            set(document, "errors", map([(NAMESPACE, errors)]));
        };
    }),
    ("nothing of it", Some(("warnings", &["mdoc-no-elements"])), |scene, _| {
        scene.plan.issuer_signed = |signed| remove(signed, "nameSpaces");
    }),
    ("a misspelt nameSpaces", Some(("warnings", &["mdoc-no-elements"])), |scene, _| {
        scene.plan.issuer_signed = |signed| {
            let elements = member(signed, "nameSpaces").clone();
            remove(signed, "nameSpaces");
            set(signed, "namespaces", elements);
        };
    }),
    ("two documents of one type, each by its own request", None, |scene, _| {
        let all: &[&str] = &["family_name", "given_name", "age_over_18"];
        scene.asks_each(&[all, all]);
        scene.plan.response = twice;
    }),
    ("the second request, the first unanswered", None, |scene, _| {
        scene.asks_each(&[&["portrait"], &["family_name", "given_name", "age_over_18"]]);
    }),
    ("documents in another order than their requests", None, |scene, _| {
        scene.asks_each(&[
            &["family_name", "given_name", "age_over_18", "portrait"],
            &["family_name", "given_name", "age_over_18"],
        ]);
        scene.plan.response = twice;
    }),
    ("a form that is not known, beside a document", None, |scene, _| {
        scene.plan.response = |response| {
            set(response, "zkDocuments", Value::Array(vec![map([])]));
        };
    }),
    ("an age that is false", None, |scene, _| {
        scene.asks(&["family_name", "given_name", "age_over_18", "age_over_25"]);
        scene.plan.elements.push(("age_over_21", Value::Bool(false)));
    }),
    ("items with longer heads", None, |scene, _| scene.plan.longer_heads = true),
    ("SessionTranscriptBytes", None, |scene, world| {
        scene.transcript = Some(Encoded::embedded(&world.transcript()).into_bytes());
    }),
    ("a transcript of OpenID4VP", None, |scene, _| {
        let handover = Encoded::array(["OpenID4VPHandover".into(), Encoded::bytes(&[7; 32])]);
        let parts = [Encoded::null(), Encoded::null(), handover];
        scene.plan.transcript = Encoded::array(parts);
        scene.transcript = Some(scene.plan.transcript.as_bytes().to_vec());
    }),
    ("an element by an authorised device", None, |scene, _| {
        scene.plan.mso = |mso| {
            let authorised = map([("nameSpaces", Value::Array(vec!["ca.coffret.test".into()]))]);
            set(member(mso, "deviceKeyInfo"), "keyAuthorizations", authorised);
        };
        scene.plan.device_elements = own_element;
    }),
    ("a place in a status list", UNCHECKED, |scene, _| {
        scene.plan.mso = |mso| {
            let place =
                map([("idx", Value::Unsigned(7)), ("uri", "https://example.ca/status".into())]);
            set(mso, "status", map([("status_list", place)]));
        };
    }),
    ("a name in a list of identifiers", UNCHECKED, |scene, _| {
        scene.plan.mso = |mso| {
            let name =
                map([("id", Value::Bytes(vec![7; 16])), ("uri", "https://example.ca/ids".into())]);
            set(mso, "status", map([("identifier_list", name)]));
        };
    }),
    ("a status of a form that is not known", UNCHECKED, |scene, _| {
        scene.plan.mso = |mso| set(mso, "status", Value::Null);
    }),
    ("a status, the issuer's part alone", UNCHECKED, |scene, _| {
        scene.plan.mso = |mso| set(mso, "status", map([("status_list", map([]))]));
        scene.transcript = None;
        scene.issuer_only = true;
    }),
    ("what was asked", None, |scene, _| {
        scene.asks(&["family_name", "given_name", "age_over_18", "portrait"]);
    }),
    ("an age that answers another", None, |scene, _| {
        scene.asks(&["family_name", "given_name", "age_over_16"]);
    }),
    ("a random of 15 bytes", Some(("warnings", &["random-too-short"])), |scene, _| {
        scene.plan.item = |item| set(item, "random", Value::Bytes(vec![1; 15]));
    }),
    ("a date with a fraction", Some(("warnings", &["mdoc-date-form"])), |scene, _| {
        scene.plan.mso = |mso| {
            set(member(mso, "validityInfo"), "signed", tdate("2026-11-22T00:00:00.5Z"));
            set(member(mso, "validityInfo"), "validFrom", tdate("2026-11-22T00:00:00.5Z"));
        };
    }),
    ("a map of longer heads up to a break", None, |scene, _| {
        scene.bytes = |bytes| {
            bytes[0] = 0xbf;
            bytes.push(0xff);
        };
    }),
];

fn signed_by<'w>(scene: &mut Scene<'w>, signer: &'w Identity) {
    scene.plan.signer = signer;
    scene.plan.certificate = signer;
}

/// So many seconds before the document is valid.
fn before(world: &World, seconds: i64) -> String {
    let start = world.today().start().unix();
    Timestamp::from_unix(start - seconds).expect("in range").to_string()
}

fn twice(response: &mut Value) {
    let Value::Array(documents) = member(response, "documents") else { panic!("not an array") };
    documents.extend(documents.clone());
}

fn own_element(elements: &mut Value) {
    set(elements, "ca.coffret.test", map([("note", "ici".into())]));
}

/// The codes, what is done, how.
const REFUSED: [(&[&str], &str, Stage); 102] = [
    (&["mdoc-version"], "the response's", |scene, _| {
        scene.plan.response = |response| set(response, "version", "2.0");
    }),
    (&["mdoc-version"], "the signed object's", |scene, _| {
        scene.plan.mso = |mso| set(mso, "version", "2.0");
    }),
    (&["mdoc-response-status", "mdoc-response-status"], "a general error", |scene, _| {
        scene.plan.response = |response| set(response, "status", Value::Unsigned(10));
    }),
    (&["mdoc-no-documents"], "a refusal", |scene, _| {
        scene.plan.response = |response| remove(response, "documents");
    }),
    (&["mdoc-too-many-documents"], "17 of them", |scene, _| {
        scene.plan.response = |response| {
            let Value::Array(documents) = member(response, "documents") else { return };
            *documents = documents.iter().cycle().take(17).cloned().collect();
        };
    }),
    (&["mdoc-empty"], "no digests", |scene, _| {
        scene.plan.mso = |mso| set(mso, "valueDigests", Value::Map(Vec::new()));
    }),
    (&["mdoc-empty"], "a namespace without digests", |scene, _| {
        scene.plan.mso = |mso| {
            set(member(mso, "valueDigests"), NAMESPACE, Value::Map(Vec::new()));
        };
    }),
    (&["mdoc-empty"], "an empty array of documents", |scene, _| {
        scene.plan.response = |response| set(response, "documents", Value::Array(Vec::new()));
    }),
    (&["mdoc-empty"], "an empty array of errors", |scene, _| {
        scene.plan.response = |response| set(response, "documentErrors", Value::Array(Vec::new()));
    }),
    (&["mdoc-empty"], "an error of no document", |scene, _| {
        scene.plan.response =
            |response| set(response, "documentErrors", Value::Array(vec![map([])]));
    }),
    (&["cbor-wrong-type"], "an error in words", |scene, _| {
        scene.plan.response = |response| {
            let errors = vec![map([("ca.coffret.other", "absent".into())])];
            set(response, "documentErrors", Value::Array(errors));
        };
    }),
    (&["cbor-wrong-type"], "errors of documents by name", |scene, _| {
        scene.plan.response =
            |response| set(response, "documentErrors", map([(MDL, Value::Unsigned(0))]));
    }),
    (&["mdoc-empty"], "no errors of elements", |scene, _| {
        scene.plan.document = |document| set(document, "errors", map([]));
    }),
    (&["mdoc-empty"], "no errors of a namespace", |scene, _| {
        scene.plan.document = |document| set(document, "errors", map([(NAMESPACE, map([]))]));
    }),
    (&["cbor-wrong-type"], "an element's error in words", |scene, _| {
        scene.plan.document = |document| {
            let errors = map([("portrait", "absent".into())]);
            set(document, "errors", map([(NAMESPACE, errors)]));
        };
    }),
    (&["mdoc-empty"], "no namespace", |scene, _| {
        scene.plan.issuer_signed = |signed| set(signed, "nameSpaces", map([]));
    }),
    (&["mdoc-empty"], "a namespace without elements", |scene, _| {
        scene.plan.issuer_signed = |signed| {
            set(member(signed, "nameSpaces"), "ca.coffret.test", Value::Array(Vec::new()));
        };
    }),
    (&["mdoc-empty"], "a namespace without elements by the device", |scene, _| {
        scene.plan.device_elements = |elements| set(elements, "ca.coffret.test", map([]));
    }),
    (&["mdoc-empty"], "an authorisation of no namespace", |scene, _| {
        scene.plan.mso = |mso| {
            let authorised = map([("nameSpaces", Value::Array(Vec::new()))]);
            set(member(mso, "deviceKeyInfo"), "keyAuthorizations", authorised);
        };
    }),
    (&["mdoc-empty"], "an authorisation of no element", |scene, _| {
        scene.plan.mso = |mso| {
            let none = map([(NAMESPACE, Value::Array(Vec::new()))]);
            let authorised = map([("dataElements", none)]);
            set(member(mso, "deviceKeyInfo"), "keyAuthorizations", authorised);
        };
    }),
    (&["mdoc-empty"], "authorisations of elements, and none", |scene, _| {
        scene.plan.mso = |mso| {
            let authorised = map([("dataElements", map([]))]);
            set(member(mso, "deviceKeyInfo"), "keyAuthorizations", authorised);
        };
    }),
    (&["mdoc-form-not-supported"], "a zero-knowledge proof alone", |scene, _| {
        scene.plan.response = |response| {
            remove(response, "documents");
            set(response, "zkDocuments", Value::Array(vec![map([])]));
        };
    }),
    (&["mdoc-form-not-supported"], "documents encrypted for another", |scene, _| {
        scene.plan.response = |response| {
            remove(response, "documents");
            set(response, "encryptedDocuments", Value::Array(vec![map([])]));
        };
    }),
    (&["mdoc-response-status"], "an error and no document", |scene, _| {
        scene.plan.response = |response| {
            remove(response, "documents");
            set(response, "status", Value::Unsigned(12));
        };
    }),
    (&["mdoc-version"], "of four digits", |scene, _| {
        scene.plan.response = |response| set(response, "version", "1.0000");
    }),
    (&["mdoc-version"], "of three numbers", |scene, _| {
        scene.plan.response = |response| set(response, "version", "1.0.1");
    }),
    (&["element-not-requested"], "one document for two requests", |scene, _| {
        scene.asks_each(&[&["family_name", "given_name"], &["age_over_18"]]);
    }),
    (&["document-not-requested"], "another type, beside what was asked", |scene, _| {
        scene.asks(&["family_name", "given_name", "age_over_18"]);
        scene.plan.response = |response| {
            twice(response);
            set(nth(member(response, "documents"), 1), "docType", "ca.coffret.other");
        };
    }),
    (&["document-not-requested"], "16 where one was asked", |scene, _| {
        scene.asks(&["family_name", "given_name", "age_over_18"]);
        scene.plan.response = |response| {
            let Value::Array(documents) = member(response, "documents") else { return };
            *documents = documents.iter().cycle().take(16).cloned().collect();
        };
    }),
    (
        &["document-not-requested"],
        "one of two that cannot be read, where one was asked",
        |scene, _| {
            scene.asks(&["family_name", "given_name", "age_over_18"]);
            scene.plan.response = |response| {
                twice(response);
                remove(nth(member(response, "documents"), 1), "issuerSigned");
            };
        },
    ),
    (&["mdoc-too-many-elements"], "2,049 authorisations", |scene, _| {
        scene.plan.mso = |mso| {
            let names = Value::Array(vec!["a".into(); 2049]);
            let authorised = map([("nameSpaces", names)]);
            set(member(mso, "deviceKeyInfo"), "keyAuthorizations", authorised);
        };
    }),
    (&["mdoc-version"], "of no number", |scene, _| {
        scene.plan.response = |response| set(response, "version", "1.");
    }),
    (&["element-repeated"], "an element by issuer and device", |scene, _| {
        scene.plan.mso = |mso| {
            let authorised = map([("nameSpaces", Value::Array(vec![NAMESPACE.into()]))]);
            set(member(mso, "deviceKeyInfo"), "keyAuthorizations", authorised);
        };
        scene.plan.device_elements =
            |elements| set(elements, NAMESPACE, map([("family_name", "Gagnon".into())]));
    }),
    (&["element-not-requested"], "an age that the device answers", |scene, _| {
        scene.asks(&["family_name", "given_name", "age_over_18", "age_over_21"]);
        scene.plan.mso = |mso| {
            let authorised = map([("nameSpaces", Value::Array(vec![NAMESPACE.into()]))]);
            set(member(mso, "deviceKeyInfo"), "keyAuthorizations", authorised);
        };
        scene.plan.device_elements =
            |elements| set(elements, NAMESPACE, map([("age_over_25", Value::Bool(true))]));
    }),
    (&["document-not-requested"], "one more than was asked", |scene, _| {
        scene.asks(&["family_name", "given_name", "age_over_18"]);
        scene.plan.response = twice;
    }),
    (&["mdoc-digest-algorithm"], "SHA-1", |scene, _| {
        scene.plan.mso = |mso| set(mso, "digestAlgorithm", "SHA-1");
    }),
    (&["mdoc-digest-length"], "a digest of 31 bytes", |scene, _| {
        scene.plan.mso = |mso| {
            let digests = member(member(mso, "valueDigests"), NAMESPACE);
            *member(digests, Value::Unsigned(0)) = Value::Bytes(vec![0; 31]);
        };
    }),
    (&["issuer-signature"], "a flipped bit", |scene, _| {
        scene.plan.issuer_auth = |auth| flip(nth(auth, 3));
    }),
    (&["issuer-signature"], "another key than the certificate's", |scene, world| {
        scene.plan.signer = &world.stranger.document_signer;
    }),
    (&["issuer-signature"], "a longer validity", |scene, _| {
        scene.plan.issuer_auth = |auth| {
            let Value::Bytes(payload) = nth(auth, 2) else { return };
            let mso = Item::parse(payload).map(|item| item.value());
            let mut mso = mso.expect("well-formed");
            inside(&mut mso, |mso| {
                set(member(mso, "validityInfo"), "validUntil", tdate("2036-11-22T00:00:00Z"));
            });
            *payload = Encoded::from(&mso).into_bytes();
        };
    }),
    (&["doc-type-mismatch"], "another type was signed", |scene, _| {
        scene.plan.mso = |mso| set(mso, "docType", "org.iso.18013.5.1.mDL.other");
    }),
    (&["digest-mismatch"], "another value", |scene, _| {
        scene.plan.altered = |item| set(item, "elementValue", "Gagnon");
    }),
    (&["digest-mismatch"], "another name", |scene, _| {
        scene.plan.altered = |item| set(item, "elementIdentifier", "family_name_birth");
    }),
    (&["digest-mismatch"], "another random", |scene, _| {
        scene.plan.altered = |item| set(item, "random", Value::Bytes(vec![9; 32]));
    }),
    (&["digest-mismatch"], "one more member", |scene, _| {
        scene.plan.altered = |item| set(item, "note", "");
    }),
    (&["digest-missing"], "an id that was not signed", |scene, _| {
        scene.plan.altered = |item| set(item, "digestID", Value::Unsigned(99));
    }),
    (&["digest-missing", "digest-missing", "digest-missing"], "another namespace", |scene, _| {
        scene.plan.issuer_signed = |signed| {
            let elements = member(member(signed, "nameSpaces"), NAMESPACE).clone();
            set(signed, "nameSpaces", map([("ca.coffret.test", elements)]));
        };
    }),
    (&["element-repeated"], "the same item twice", |scene, _| {
        scene.plan.issuer_signed = |signed| {
            let items = member(member(signed, "nameSpaces"), NAMESPACE);
            let first = nth(items, 0).clone();
            if let Value::Array(items) = items {
                items.push(first);
            }
        };
    }),
    (&["signed-outside-signer"], "two days before its signer", |scene, _| {
        scene.plan.mso = |mso| {
            set(member(mso, "validityInfo"), "signed", tdate("2026-11-20T00:00:00Z"));
        };
    }),
    (&["validity-order"], "valid before it is signed", |scene, _| {
        scene.plan.mso = |mso| {
            set(member(mso, "validityInfo"), "signed", tdate("2026-11-22T01:00:00Z"));
        };
    }),
    (&["document-not-yet-valid"], "from tomorrow", |scene, _| {
        scene.plan.mso = |mso| {
            set(member(mso, "validityInfo"), "validFrom", tdate("2026-11-23T00:00:00Z"));
        };
    }),
    (&["document-not-yet-valid"], "two minutes and a second before", |scene, world| {
        scene.now = before(world, 121);
    }),
    (&["document-expired"], "a second after", |scene, world| {
        let end = world.today().start().plus_days(30);
        let Value::Tag(_, text) = moment(end, 1) else { return };
        let Value::Text(text) = *text else { return };
        scene.now = text;
    }),
    (&["device-auth-missing"], "none", |scene, _| {
        scene.plan.document = |document| remove(document, "deviceSigned");
    }),
    (&["device-auth-form"], "neither signature nor MAC", |scene, _| {
        scene.plan.device_signed = |signed| set(signed, "deviceAuth", Value::Map(Vec::new()));
    }),
    (&["device-auth-form"], "a signature and a MAC", |scene, _| {
        scene.plan.device_signed = |signed| {
            let auth = member(signed, "deviceAuth");
            let signature = member(auth, "deviceSignature").clone();
            set(auth, "deviceMac", signature);
        };
    }),
    (&["transcript-missing"], "nothing to check it against", |scene, _| scene.transcript = None),
    (&["transcript-form"], "an array of two", |scene, _| {
        scene.transcript = Some(Encoded::array([Encoded::null(), Encoded::null()]).into_bytes());
    }),
    (&["transcript-form"], "an engagement that is not embedded", |scene, _| {
        let parts = ["engagement".into(), Encoded::null(), Encoded::null()];
        scene.transcript = Some(Encoded::array(parts).into_bytes());
    }),
    (&["device-signature"], "another session", |scene, _| {
        let parts = [Encoded::null(), Encoded::null(), Encoded::null()];
        scene.transcript = Some(Encoded::array(parts).into_bytes());
    }),
    (&["device-signature"], "another device", |scene, world| {
        scene.plan.device_key = &world.e_device_key;
    }),
    (&["device-signature"], "an element added by another", |scene, _| {
        scene.plan.mso = |mso| {
            let authorised = map([("nameSpaces", Value::Array(vec!["ca.coffret.test".into()]))]);
            set(member(mso, "deviceKeyInfo"), "keyAuthorizations", authorised);
        };
        scene.plan.device_signed = |signed| inside(member(signed, "nameSpaces"), own_element);
    }),
    (&["device-mac"], "a flipped bit", |scene, world| {
        scene.mac(world);
        scene.plan.device_signed =
            |signed| flip(nth(member(member(signed, "deviceAuth"), "deviceMac"), 3));
    }),
    (&["device-mac"], "another session", |scene, world| {
        scene.mac(world);
        let parts = [Encoded::null(), Encoded::null(), Encoded::null()];
        scene.transcript = Some(Encoded::array(parts).into_bytes());
    }),
    (&["device-mac"], "a tag of 31 bytes", |scene, world| {
        scene.mac(world);
        scene.plan.device_signed = |signed| {
            let mac = nth(member(member(signed, "deviceAuth"), "deviceMac"), 3);
            *mac = Value::Bytes(vec![0; 31]);
        };
    }),
    (&["reader-key-missing"], "a MAC without the reader's key", |scene, _| {
        scene.plan.proof = Proof::Mac;
    }),
    (&["reader-key-mismatch"], "another reader's key", |scene, world| {
        scene.mac(world);
        scene.reader_key = Some(jwk(&world.e_device_key));
    }),
    (&["device-key-not-authorised"], "an element of its own", |scene, _| {
        scene.plan.device_elements = own_element;
    }),
    (&["document-not-requested"], "another document was asked", |scene, _| {
        scene.asks(&["family_name", "given_name", "age_over_18"]);
        let Some(request) = &mut scene.request else { return };
        let items = member(nth(member(request, "docRequests"), 0), "itemsRequest");
        inside(items, |items| set(items, "docType", "ca.qc.gouv.ramq.cam.1"));
    }),
    (&["element-not-requested"], "a given name", |scene, _| {
        scene.asks(&["family_name", "age_over_18"]);
    }),
    (&["element-not-requested"], "an age that answers nothing", |scene, _| {
        scene.asks(&["family_name", "given_name", "age_over_21"]);
    }),
    (&["untrusted-issuer"], "no anchor", |scene, _| scene.issuers.clear()),
    (&["untrusted-issuer"], "another of its name", |scene, world| {
        scene.issuers = vec![world.stranger.issuer.certificate()];
    }),
    (&["untrusted-issuer"], "an authority of readers", |scene, world| {
        scene.issuers = vec![world.pki.reader_authority.certificate()];
    }),
    (&["certificate-missing"], "no x5chain", |scene, _| {
        scene.plan.issuer_auth = |auth| *nth(auth, 1) = Value::Map(Vec::new());
    }),
    (&["certificate-malformed"], "bytes after the certificate", |scene, _| {
        scene.plan.issuer_auth = |auth| {
            if let Value::Bytes(certificate) = member(nth(auth, 1), Value::Unsigned(33)) {
                certificate.push(0);
            }
        };
    }),
    (&["unsupported-curve"], "a device key on secp256k1", |scene, _| {
        scene.plan.mso = |mso| *device_key(mso, -1) = Value::Unsigned(8);
    }),
    (&["unsupported-key-type"], "a symmetric device key", |scene, _| {
        scene.plan.mso = |mso| *device_key(mso, 1) = Value::Unsigned(4);
    }),
    (&["key-malformed"], "a coordinate of 31 bytes", |scene, _| {
        scene.plan.mso = |mso| *device_key(mso, -2) = Value::Bytes(vec![1; 31]);
    }),
    (&["point-not-on-curve"], "a coordinate changed", |scene, _| {
        scene.plan.mso = |mso| flip(device_key(mso, -2));
    }),
    (&["private-key-exposed"], "a device key with its d", |scene, _| {
        scene.plan.mso = |mso| *device_key(mso, -4) = Value::Bytes(vec![1; 32]);
    }),
    (&["unsupported-algorithm"], "RS256", |scene, _| {
        scene.plan.issuer_auth =
            |auth| *nth(auth, 0) = Value::Bytes(b"\xa1\x01\x39\x01\x00".into());
    }),
    (&["algorithm-key-mismatch"], "ES384 with a key on P-256", |scene, _| {
        scene.plan.issuer_auth = |auth| *nth(auth, 0) = Value::Bytes(b"\xa1\x01\x38\x22".into());
    }),
    (&["cose-malformed"], "an array of three", |scene, _| {
        scene.plan.issuer_auth = |auth| {
            if let Value::Array(members) = auth {
                members.pop();
            }
        };
    }),
    (&["cose-header-malformed"], "an array for a header", |scene, _| {
        scene.plan.issuer_auth = |auth| *nth(auth, 1) = Value::Array(Vec::new());
    }),
    (&["cose-header-in-both"], "alg in both headers", |scene, _| {
        scene.plan.issuer_auth =
            |auth| *member(nth(auth, 1), Value::Unsigned(1)) = Value::Negative(6);
    }),
    (&["cose-critical-unknown"], "a critical label 99", |scene, _| {
        scene.plan.issuer_auth = |auth| {
            let protected = b"\xa3\x01\x26\x02\x81\x18\x63\x18\x63\xf5";
            *nth(auth, 0) = Value::Bytes(protected.into());
        };
    }),
    (&["cose-algorithm-not-protected"], "alg moved out", |scene, _| {
        scene.plan.issuer_auth = |auth| {
            *nth(auth, 0) = Value::Bytes(Vec::new());
            *member(nth(auth, 1), Value::Unsigned(1)) = Value::Negative(6);
        };
    }),
    (&["cose-x5chain-malformed"], "an array of none", |scene, _| {
        scene.plan.issuer_auth = |auth| {
            *member(nth(auth, 1), Value::Unsigned(33)) = Value::Array(Vec::new());
        };
    }),
    (&["cose-payload-detached"], "nil for what was signed", |scene, _| {
        scene.plan.issuer_auth = |auth| *nth(auth, 2) = Value::Null;
    }),
    (&["cose-payload-embedded"], "a payload in the device's", |scene, _| {
        scene.plan.device_signed = |signed| {
            let signature = member(member(signed, "deviceAuth"), "deviceSignature");
            *nth(signature, 2) = Value::Bytes(b"payload".into());
        };
    }),
    (&["agreement-mismatch"], "a MAC with a key on P-384", |scene, world| {
        scene.mac(world);
        scene.plan.mso = |mso| {
            let mut rng = ChaCha20Rng::from_seed([3; 32]);
            let key = PrivateKey::generate(Curve::P384, &mut rng).public_key();
            set(member(mso, "deviceKeyInfo"), "deviceKey", key.to_cose().as_item().value());
        };
    }),
    (&["shared-secret-zero"], "a device key of small order", |scene, world| {
        let mut rng = ChaCha20Rng::from_seed([4; 32]);
        let key = PrivateKey::generate(Curve::X25519, &mut rng);
        scene.mac(world);
        scene.reader_key = Some(jwk(&key));
        let key = Encoded::embedded(&key.public_key().to_cose());
        scene.transcript =
            Some(Encoded::array([Encoded::null(), key, Encoded::null()]).into_bytes());
        scene.plan.mso = |mso| {
            let mut key = Value::Map(Vec::new());
            *member(&mut key, Value::Unsigned(1)) = Value::Unsigned(1);
            *member(&mut key, Value::Negative(0)) = Value::Unsigned(4);
            *member(&mut key, Value::Negative(1)) = Value::Bytes(vec![0; 32]);
            set(member(mso, "deviceKeyInfo"), "deviceKey", key);
        };
    }),
    (&["key-pair-mismatch"], "a reader's key whose halves differ", |scene, world| {
        scene.mac(world);
        let mut key = jwk(&world.e_reader_key);
        key["d"] = jwk(&world.e_device_key)["d"].clone();
        scene.reader_key = Some(key);
    }),
    (&["cbor-wrong-type"], "an element's name in bytes", |scene, _| {
        scene.plan.item = |item| set(item, "elementIdentifier", Value::Bytes(vec![1]));
    }),
    (&["cbor-wrong-tag"], "an item that is not embedded", |scene, _| {
        scene.plan.issuer_signed = |signed| {
            let items = member(member(signed, "nameSpaces"), NAMESPACE);
            *nth(items, 0) = Value::Map(Vec::new());
        };
    }),
    (&["cbor-wrong-tag"], "a date without its tag", |scene, _| {
        scene.plan.mso = |mso| set(member(mso, "validityInfo"), "signed", "2026-11-22T00:00:00Z");
    }),
    (&["cbor-missing-key"], "no digestID", |scene, _| {
        scene.plan.item = |item| remove(item, "digestID");
    }),
    (&["cbor-simple-value"], "an undefined element", |scene, _| {
        scene.plan.item = |item| set(item, "elementValue", Value::Simple(Simple::UNDEFINED));
    }),
    (&["cbor-invalid-tdate"], "a day for a moment", |scene, _| {
        scene.plan.mso = |mso| set(member(mso, "validityInfo"), "signed", tdate("2026-11-22"));
    }),
    (&["cbor-trailing-bytes"], "a byte after the response", |scene, _| {
        scene.bytes = |bytes| bytes.push(0);
    }),
    (&["cbor-truncated"], "a byte less", |scene, _| {
        scene.bytes = |bytes| {
            bytes.pop();
        };
    }),
];

fn device_key(mso: &mut Value, label: i64) -> &mut Value {
    let label = Encoded::from(label).as_item().value();
    member(member(member(mso, "deviceKeyInfo"), "deviceKey"), label)
}

fn flip(bytes: &mut Value) {
    if let Value::Bytes(bytes) = bytes {
        bytes[0] ^= 1;
    }
}

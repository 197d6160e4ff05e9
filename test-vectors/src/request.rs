//! Requests: who asks, judged.

use coffret_cbor::{Encoded, Value};
use coffret_crypto::cose::{Payload, Unsigned};
use coffret_issuer::Identity;
use serde_json::json;

use crate::Result;
use crate::case::{Case, File, hex};
use crate::plan::{Edit, MDL, NAMESPACE, embedded, map, member, nth, remove, set};
use crate::world::World;

pub(crate) fn file(world: &World) -> File {
    let judged = JUDGED.iter().map(|(reader, codes, name, stage)| {
        let case = match (*reader, *codes) {
            ("invalid", codes) => Case::refused(&format!("{}: {name}", codes[0]), codes),
            (_, []) => Case::valid(name),
            (_, warnings) => Case::valid(name).expect("warnings", warnings),
        };
        Scene::play(world, case.expect("reader", *reader), *stage)
    });
    let unreadable = UNREADABLE.iter().map(|(code, name, stage)| {
        Scene::play(world, Case::refused(&format!("{code}: {name}"), &[code]), *stage)
    });
    File {
        name: "requests.json",
        about: "A DeviceRequest in a session: readable, and who asks.",
        cases: judged.chain(unreadable).collect(),
    }
}

struct Scene<'w> {
    /// Who signs each document's request, if anybody.
    readers: Vec<Option<&'w Identity>>,
    now: String,
    authorities: Vec<&'w Identity>,
    /// Whether the registry and its registrar are known.
    registry: bool,
    transcript: Encoded,
    items: Edit,
    auth: Edit,
    request: Edit,
}

type Stage = for<'w> fn(&mut Scene<'w>, &'w World);

impl<'w> Scene<'w> {
    fn play(world: &'w World, case: Case, stage: Stage) -> Case {
        let mut scene = Scene {
            readers: vec![Some(&world.pki.reader)],
            now: world.now.to_string(),
            authorities: vec![&world.pki.reader_authority],
            registry: false,
            transcript: world.transcript(),
            items: |_| {},
            auth: |_| {},
            request: |_| {},
        };
        stage(&mut scene, world);
        let request = scene.request().expect("a request");
        let authorities: Vec<_> =
            scene.authorities.iter().map(|root| hex(root.certificate().der())).collect();
        let registry = scene.registry.then(|| {
            json!({
                "registrar": hex(world.pki.registrar.certificate().der()),
                "readers": hex(&world.pki.readers),
            })
        });
        case.input("request", hex(&request))
            .input("now", scene.now)
            .input("authorities", authorities)
            .input("registry", registry)
            .input("transcript", hex(world.transcript().as_bytes()))
    }

    fn request(&self) -> Result<Vec<u8>> {
        let mut doc_requests = Vec::new();
        for reader in &self.readers {
            let mut items = map([
                ("docType", MDL.into()),
                ("nameSpaces", map([(NAMESPACE, map([("age_over_18", Value::Bool(false))]))])),
            ]);
            (self.items)(&mut items);
            let items = embedded(&items);
            let mut doc_request = map([("itemsRequest", items.clone())]);
            if let Some(reader) = reader {
                let payload = Encoded::embedded(&Encoded::array([
                    "ReaderAuthentication".into(),
                    self.transcript.clone(),
                    (&items).into(),
                ]));
                let algorithm = reader.key().public_key().curve().algorithm();
                let unsigned = Unsigned::new(
                    algorithm?,
                    &[reader.certificate().der()],
                    Payload::Detached(payload.as_bytes()),
                    &[],
                );
                let mut auth = Encoded::from(&unsigned.sign(reader.key())?).as_item().value();
                (self.auth)(&mut auth);
                set(&mut doc_request, "readerAuth", auth);
            }
            doc_requests.push(doc_request);
        }
        let mut request =
            map([("version", "1.0".into()), ("docRequests", Value::Array(doc_requests))]);
        (self.request)(&mut request);
        Ok(Encoded::from(&request).into_bytes())
    }
}

/// The reader's standing, the codes (of warnings, unless it is invalid), what is done, how.
const JUDGED: [(&str, &[&str], &str, Stage); 13] = [
    ("verified", &[], "a reader under its authority", |_, _| {}),
    ("registered", &[], "a reader in the registry", |scene, _| {
        scene.authorities.clear();
        scene.registry = true;
    }),
    ("registered", &["registry-stale"], "a registry past its next update", |scene, _| {
        scene.authorities.clear();
        scene.registry = true;
        scene.now = "2027-03-01T00:00:00Z".to_owned();
    }),
    ("none", &[], "nobody signs", |scene, _| scene.readers = vec![None, None]),
    ("untrusted", &[], "no authority known", |scene, _| scene.authorities.clear()),
    ("verified", &[], "two documents, one reader", |scene, world| {
        scene.readers = vec![Some(&world.pki.reader); 2];
    }),
    ("invalid", &["reader-signature-invalid"], "another session", |scene, _| {
        let parts = [Encoded::null(), Encoded::null(), Encoded::null()];
        scene.transcript = Encoded::array(parts);
    }),
    ("invalid", &["reader-signature-invalid"], "a flipped bit", |scene, _| {
        scene.auth = |auth| {
            if let Value::Bytes(signature) = nth(auth, 3) {
                signature[0] ^= 1;
            }
        };
    }),
    ("invalid", &["certificate-expired"], "a reader of years ago", |scene, _| {
        scene.now = "2031-11-22T12:00:00Z".to_owned();
    }),
    (
        "invalid",
        &["reader-signature-missing"],
        "signed for the first document only",
        |scene, world| {
            scene.readers = vec![Some(&world.pki.reader), None];
        },
    ),
    ("invalid", &["reader-signature-missing"], "signed for the second only", |scene, world| {
        scene.readers = vec![None, Some(&world.pki.reader)];
    }),
    ("invalid", &["certificate-missing"], "a signature without a certificate", |scene, _| {
        scene.auth = |auth| *nth(auth, 1) = map([]);
    }),
    ("invalid", &["several-readers"], "two readers", |scene, world| {
        scene.readers = vec![Some(&world.pki.reader), Some(&world.stranger.reader)];
    }),
];

/// The rule that the form breaks, what is done, how.
const UNREADABLE: [(&str, &str, Stage); 9] = [
    ("mdoc-name", "a type of Québec in Cyrillic letters", |scene, _| {
        scene.items = |items| set(items, "docType", "\u{441}\u{430}.qc.gouv.ramq.cam.1");
    }),
    ("mdoc-name", "an element with a space of no width", |scene, _| {
        scene.items = |items| {
            let elements = map([("age_over_18\u{200b}", Value::Bool(false))]);
            *member(items, "nameSpaces") = map([(NAMESPACE, elements)]);
        };
    }),
    ("mdoc-version", "2.0", |scene, _| {
        scene.request = |request| set(request, "version", "2.0");
    }),
    ("mdoc-empty", "no document", |scene, _| {
        scene.request = |request| set(request, "docRequests", Value::Array(Vec::new()));
    }),
    ("mdoc-empty", "no element", |scene, _| {
        scene.items = |items| *member(items, "nameSpaces") = map([(NAMESPACE, map([]))]);
    }),
    ("mdoc-too-many-documents", "17 of them", |scene, _| scene.readers = vec![None; 17]),
    ("request-too-large", "513 elements", |scene, _| {
        scene.items = |items| {
            let ids = (0..513).map(|number: u32| number.to_string());
            let elements = ids.map(|id| (Value::from(id.as_str()), Value::Bool(false)));
            *member(items, "nameSpaces") = map([(NAMESPACE, Value::Map(elements.collect()))]);
        };
    }),
    ("request-too-large", "more than 32 KiB", |scene, _| {
        scene.items = |items| set(items, "docType", "x".repeat(32 << 10).as_str());
    }),
    ("cbor-missing-key", "no itemsRequest", |scene, _| {
        scene.request = |request| remove(nth(member(request, "docRequests"), 0), "itemsRequest");
    }),
];

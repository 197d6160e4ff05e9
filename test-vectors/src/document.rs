//! Responses: each valid one, and each rule broken alone.

mod data;
mod device;
mod form;
mod free;
mod issuer;
mod response;
mod territory;
mod valid;

use coffret_cbor::{Encoded, Timestamp, Value};
use coffret_issuer::Identity;
use coffret_trust::Certificate;
use serde_json::json;

use crate::case::{Case, File, hex, jwk};
use crate::plan::{MDL, NAMESPACE, Plan, Proof, embedded, map, member, set};
use crate::world::World;

pub(crate) fn file(world: &World) -> File {
    let valid = valid::VALID.iter().chain(&data::VALID).map(|(name, expect, stage)| {
        let mut case = Case::valid(name);
        if let Some((member, value)) = expect {
            case = case.expect(member, json!(value));
        }
        Scene::play(world, case, *stage)
    });
    let refused = response::REFUSED.iter().chain(&issuer::REFUSED).chain(&device::REFUSED);
    let refused =
        refused.chain(&form::REFUSED).chain(&data::REFUSED).map(|(codes, name, stage)| {
            Scene::play(world, Case::refused(&format!("{}: {name}", codes[0]), codes), *stage)
        });
    File {
        name: "documents.json",
        about: "A DeviceResponse, judged at a time, under anchors, in a session.",
        cases: valid
            .chain(refused)
            .chain(territory::cases(world))
            .chain(free::cases(world))
            .collect(),
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
    /// Whether the request is one of the person's own, which no purpose judges.
    free: bool,
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
            free: false,
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
            .input("free", scene.free)
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

/// Says what the device may sign.
fn authorise(mso: &mut Value, authorised: Value) {
    set(member(mso, "deviceKeyInfo"), "keyAuthorizations", authorised);
}

/// Lets the device sign every element of a namespace.
fn authorise_all_of(mso: &mut Value, namespace: &str) {
    authorise(mso, map([("nameSpaces", Value::Array(vec![namespace.into()]))]));
}

fn own_element(elements: &mut Value) {
    set(elements, "ca.coffret.test", map([("note", "ici".into())]));
}

fn flip(bytes: &mut Value) {
    if let Value::Bytes(bytes) = bytes {
        bytes[0] ^= 1;
    }
}

//! What the device proves in the session, and what it was asked.

use coffret_cbor::{Encoded, Value};

use super::{Stage, authorise_all_of, flip, own_element};
use crate::case::jwk;
use crate::plan::{Proof, inside, member, nth, remove, set};

/// The codes, what is done, how.
pub(super) const REFUSED: [(&[&str], &str, Stage); 19] = [
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
        scene.plan.mso = |mso| authorise_all_of(mso, "ca.coffret.test");
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
    (&["element-not-requested"], "a given name, beside another type unanswered", |scene, _| {
        scene.asks_each(&[&["portrait"], &["family_name", "age_over_18"]]);
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
];

//! Every form that a valid response may have.

use coffret_cbor::{Encoded, Value};
use coffret_crypto::Hash;

use super::{Expected, Stage, authorise_all_of, before, own_element, signed_by, twice};
use crate::plan::{MDL, NAMESPACE, map, member, nth, remove, set, tdate};

const UNCHECKED: Expected = Some(("warnings", &["status-not-checked"]));

/// Name, what else the verdict says, how the scene differs from the plainest.
pub(super) const VALID: [(&str, Expected, Stage); 38] = [
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
        scene.plan.mso = |mso| authorise_all_of(mso, "ca.coffret.test");
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

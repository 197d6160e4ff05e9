//! What a response is as a whole, and whether it answers what was asked.

use coffret_cbor::Value;

use super::{Stage, authorise, authorise_all_of, twice};
use crate::plan::{MDL, NAMESPACE, map, member, nth, remove, set};

/// The codes, what is done, how.
pub(super) const REFUSED: [(&[&str], &str, Stage); 37] = [
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
    (&["cbor-wrong-type"], "an error of a document without a name", |scene, _| {
        scene.plan.response = |response| {
            let errors = Value::Map(vec![(Value::Unsigned(1), Value::Unsigned(0))]);
            set(response, "documentErrors", Value::Array(vec![errors]));
        };
    }),
    (&["cbor-wrong-type"], "errors of a namespace without a name", |scene, _| {
        scene.plan.document = |document| {
            let errors = map([("portrait", Value::Unsigned(0))]);
            set(document, "errors", Value::Map(vec![(Value::Unsigned(1), errors)]));
        };
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
            authorise(mso, authorised);
        };
    }),
    (&["mdoc-empty"], "an authorisation of no element", |scene, _| {
        scene.plan.mso = |mso| {
            let none = map([(NAMESPACE, Value::Array(Vec::new()))]);
            let authorised = map([("dataElements", none)]);
            authorise(mso, authorised);
        };
    }),
    (&["mdoc-empty"], "authorisations of elements, and none", |scene, _| {
        scene.plan.mso = |mso| {
            let authorised = map([("dataElements", map([]))]);
            authorise(mso, authorised);
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
            authorise(mso, authorised);
        };
    }),
    (&["mdoc-version"], "of no number", |scene, _| {
        scene.plan.response = |response| set(response, "version", "1.");
    }),
    (&["element-repeated"], "an element by issuer and device", |scene, _| {
        scene.plan.mso = |mso| authorise_all_of(mso, NAMESPACE);
        scene.plan.device_elements =
            |elements| set(elements, NAMESPACE, map([("family_name", "Gagnon".into())]));
    }),
    (&["element-not-requested"], "an age that the device answers", |scene, _| {
        scene.asks(&["family_name", "given_name", "age_over_18", "age_over_21"]);
        scene.plan.mso = |mso| authorise_all_of(mso, NAMESPACE);
        scene.plan.device_elements =
            |elements| set(elements, NAMESPACE, map([("age_over_25", Value::Bool(true))]));
    }),
    (&["document-not-requested"], "one more than was asked", |scene, _| {
        scene.asks(&["family_name", "given_name", "age_over_18"]);
        scene.plan.response = twice;
    }),
];

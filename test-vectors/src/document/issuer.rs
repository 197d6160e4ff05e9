//! What the issuer signed, and for how long.

use coffret_cbor::{Encoded, Item, Value};

use super::{Stage, before, flip};
use crate::plan::{NAMESPACE, inside, map, member, moment, nth, set, tdate};

/// The codes, what is done, how.
pub(super) const REFUSED: [(&[&str], &str, Stage); 18] = [
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
];

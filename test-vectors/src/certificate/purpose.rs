//! What the keys of signers are for, by the type of what they sign.

use coffret_test_vectors::forge::*;

use super::{Judged, Scene, long_root, refused, root, signer, signer_below, signer_under, valid};

pub(super) const TABLES: [&[Judged]; 1] = [PURPOSES];

const PID: &str = "eu.europa.ec.eudi.pid.1";
const AGE: &str = "eu.europa.ec.av.1";
const VEHICLE: &str = "org.iso.7367.1.mVRC";
const PHOTO: &str = "org.iso.23220.photoID.1";
const HEALTH: &str = "ca.qc.gouv.ramq.cam.1";
const BIRTH: &str = "ca.qc.gouv.etatcivil.naissance.1";

const MDL_SIGNER: &str = "1.0.18013.5.1.2";
const MDOC_SIGNER: &str = "1.0.23220.4.1.2";
const PID_SIGNER: &str = "1.3.130.2.0.0.1.2";
const TLS_SERVER: &str = "1.3.6.1.5.5.7.3.1";

/// A signer whose key is for these, of a document of this type.
fn signing(doc_type: &'static str, oids: &[&str]) -> Scene {
    let signer = signer().with(EXTENDED_KEY_USAGE, true, purposes(oids));
    Scene { doc_type, ..signer_under(&root(), signer) }
}

/// The same, for nothing that it says.
fn unsaid(doc_type: &'static str) -> Scene {
    Scene { doc_type, ..signer_under(&root(), signer().without(EXTENDED_KEY_USAGE)) }
}

const PURPOSES: &[Judged] = &[
    valid("the licence's purpose, of a PID", || signing(PID, &[MDL_SIGNER])),
    valid("its own purpose, of a PID", || signing(PID, &[PID_SIGNER])),
    valid("that of any mdoc, of a PID", || signing(PID, &[MDOC_SIGNER, TLS_SERVER])),
    valid("that of any mdoc, of a photo ID", || signing(PHOTO, &[MDOC_SIGNER])),
    valid("that of any mdoc, of a health card", || signing(HEALTH, &[MDOC_SIGNER]))
        .warned(&["extended-key-usage-profile"]),
    valid("another purpose, of a PID", || signing(PID, &[TLS_SERVER]))
        .warned(&["key-purpose-unknown"]),
    valid("no purpose, of a PID", || unsaid(PID)).warned(&["key-purpose-unknown"]),
    valid("no purpose, of an age proof", || unsaid(AGE)).warned(&["key-purpose-unknown"]),
    valid("no purpose, of a vehicle", || unsaid(VEHICLE)).warned(&["key-purpose-unknown"]),
    valid("no purpose, of a type that nobody knows", || unsaid("org.example.1"))
        .warned(&["key-purpose-unknown"]),
    valid("an authority with another purpose, of a PID", || {
        let between = Draft::between().with(EXTENDED_KEY_USAGE, false, purposes(&[TLS_SERVER]));
        Scene { doc_type: PID, ..signer_below(&long_root(), between) }
    })
    .warned(&["basic-constraints-profile", "key-purpose-unknown"]),
    refused(&["extended-key-usage-missing"], "no purpose, of a health card", || unsaid(HEALTH))
        .warned(&["extended-key-usage-profile"]),
    refused(&["extended-key-usage-missing"], "another purpose, of a birth certificate", || {
        signing(BIRTH, &[PID_SIGNER])
    })
    .warned(&["extended-key-usage-profile"]),
    refused(&["extended-key-usage-missing"], "a PID's purpose, of a licence", || {
        signing(super::MDL, &[PID_SIGNER])
    })
    .warned(&["extended-key-usage-profile"]),
    refused(&["extended-key-usage-missing"], "a reader of licences signs a PID", || {
        signing(PID, &["1.0.18013.5.1.6"])
    }),
    refused(&["extended-key-usage-missing"], "a reader of mdocs signs an age proof", || {
        signing(AGE, &["1.0.23220.4.1.6"])
    }),
    refused(&["extended-key-usage-missing"], "a reader of PIDs signs one", || {
        signing(PID, &["1.3.130.2.0.0.1.6"])
    }),
];

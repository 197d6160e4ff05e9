//! Which profile a certificate claims, and deviations that no verdict shows because they cost the
//! path as well. The others are in `test-vectors/certificates.json`.

#![cfg(test)]

use coffret_test_vectors::forge::*;
use coffret_trust::{Error, Profile};

fn drafts() -> [(Profile, Draft); 4] {
    [
        (Profile::IssuerRoot, Draft::issuer_root()),
        (Profile::DocumentSigner, Draft::document_signer()),
        (Profile::ReaderRoot, Draft::reader_root()),
        (Profile::Reader, Draft::reader()),
    ]
}

#[test]
fn the_drafts_follow_their_profiles() {
    for (profile, draft) in drafts() {
        let certificate = draft.certificate(&key(ROOT));
        assert_eq!(certificate.deviations(profile), [], "{profile:?}");
        assert_eq!(certificate.profile(), Some(profile));
    }
    let none = Draft { extensions: vec![], ..Draft::reader() };
    assert_eq!(none.certificate(&key(ROOT)).profile(), None);
}

#[test]
fn the_version_is_3() {
    for (profile, draft) in drafts() {
        let second = Draft { version: 2, ..draft }.certificate(&key(ROOT));
        assert_eq!(second.deviations(profile), [Error::Version], "{profile:?}");
    }
}

//! Which profile a certificate claims, and deviations that no verdict shows because they cost the
//! path as well. The others are in `test-vectors/certificates.json`.

#![cfg(test)]

use coffret_test_vectors::forge::*;
use coffret_trust::{Certificate, Error, Profile};

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

/// What cannot be verified is not said to be false.
#[test]
fn a_root_that_cannot_be_verified_is_not_said_to_be_signed_by_another() {
    for (profile, root) in
        [(Profile::IssuerRoot, Draft::issuer_root()), (Profile::ReaderRoot, Draft::reader_root())]
    {
        let unknown_curve = root.clone().on_unknown_curve().certificate(&key(ROOT));
        assert_eq!(unknown_curve.deviations(profile), []);
        let unsupported = Error::Crypto(coffret_crypto::Error::UnsupportedCurve);
        assert_eq!(unknown_curve.public_key(), Err(unsupported));

        // ecdsa-with-SHA256 and ecdsa-with-SHA224, in the certificate and outside.
        const SHA256: &[u8] = b"\x2a\x86\x48\xce\x3d\x04\x03\x02";
        let mut der = root.der(&key(ROOT));
        while let Some(at) = der.windows(SHA256.len()).position(|bytes| bytes == SHA256) {
            der[at + SHA256.len() - 1] = 1;
        }
        let unknown_algorithm = Certificate::parse(&der).unwrap();
        assert_eq!(unknown_algorithm.deviations(profile), [Error::SignatureAlgorithm]);

        let by_another = root.certificate(&key(OTHER));
        assert_eq!(by_another.deviations(profile), [Error::NotSelfSigned]);
    }
}

#[test]
fn the_version_is_3() {
    for (profile, draft) in drafts() {
        let second = Draft { version: 2, ..draft }.certificate(&key(ROOT));
        assert_eq!(second.deviations(profile), [Error::Version], "{profile:?}");
    }
}

//! The rules of a path: each has a chain that breaks it alone.

#![cfg(test)]

mod forge;

use coffret_crypto::Curve;
use coffret_trust::{Certificate, Chain, Error, Purpose, SignerVerdict, Trust, TrustedBy};
use forge::*;

/// The signer under the root, both as drafted.
fn judge(root: &Draft, signer: &Draft) -> SignerVerdict {
    let mut trust = Trust::new();
    trust.add_anchor(root.certificate(&key(ROOT)), Purpose::Issuer).unwrap();
    trust.signer(&chain(&[signer.der(&key(ROOT))]), now())
}

/// The same under an authority between, for the rules that a root of length 0 hides.
fn judge_between(root: &Draft, between: &Draft) -> SignerVerdict {
    let mut trust = Trust::new();
    trust.add_anchor(root.certificate(&key(ROOT)), Purpose::Issuer).unwrap();
    let signer = Draft::document_signer().under_between();
    trust.signer(&chain(&[signer.der(&key(BETWEEN)), between.der(&key(ROOT))]), now())
}

fn chain(certificates: &[Vec<u8>]) -> Chain {
    Chain::parse(certificates.iter().map(Vec::as_slice)).unwrap()
}

fn root() -> Draft {
    Draft::issuer_root()
}

/// A root that allows authorities below.
fn long_root() -> Draft {
    root().with(BASIC_CONSTRAINTS, true, authority(None))
}

fn between() -> Draft {
    Draft { issuer: root().subject, ..Draft::between() }
}

fn signer() -> Draft {
    Draft::document_signer()
}

#[test]
fn a_good_path_is_trusted_without_a_warning() {
    let verdict = judge(&root(), &signer());
    assert_eq!((verdict.errors, verdict.warnings), (vec![], vec![]));
    assert_eq!(verdict.trusted_by, Some(TrustedBy::Root));
    assert_eq!(verdict.country.as_deref(), Some("CA"));
    assert_eq!(verdict.state.as_deref(), Some("CA-QC"));
    assert_eq!(verdict.name.as_deref(), Some("Test signer"));
    assert!(!verdict.specimen);
    assert_eq!(judge_between(&long_root(), &between()).errors, []);
}

#[test]
fn without_a_path_the_issuer_is_untrusted() {
    let chain = chain(&[signer().der(&key(ROOT))]);
    assert_eq!(Trust::new().signer(&chain, now()).errors, [Error::UntrustedIssuer]);

    // An anchor of another purpose is none.
    for purpose in [Purpose::Reader, Purpose::Registry] {
        let mut trust = Trust::new();
        trust.add_anchor(root().certificate(&key(ROOT)), purpose).unwrap();
        let verdict = trust.signer(&chain, now());
        assert_eq!((verdict.errors, verdict.trusted_by), (vec![Error::UntrustedIssuer], None));
    }
}

#[test]
fn the_signature_is_the_issuers() {
    let mut trust = Trust::new();
    trust.add_anchor(root().certificate(&key(ROOT)), Purpose::Issuer).unwrap();
    let forged = chain(&[signer().der(&key(OTHER))]);
    let errors = trust.signer(&forged, now()).errors;
    assert_eq!(errors, [Error::CertificateSignature, Error::UntrustedIssuer]);
}

#[test]
fn signatures_by_any_algorithm_in_use() {
    for curve in [Curve::P256, Curve::P384, Curve::P521, Curve::Ed25519] {
        let key = key_on(curve, ROOT);
        let root = Draft { spki: key.public_key().to_spki(), ..root() }.without(SUBJECT_KEY);
        let mut trust = Trust::new();
        trust.add_anchor(root.certificate(&key), Purpose::Issuer).unwrap();
        let verdict = trust.signer(&chain(&[signer().without(AUTHORITY_KEY).der(&key)]), now());
        assert_eq!(verdict.errors, [], "{curve:?}");
        assert!(!verdict.warnings.contains(&Error::NotSelfSigned), "{curve:?}");
    }
}

#[test]
fn the_algorithm_is_one_in_use() {
    let mut der = signer().der(&key(ROOT));
    let (sha256, other) =
        (b"\x06\x08\x2a\x86\x48\xce\x3d\x04\x03\x02", b"\x2a\x86\x48\xce\x3d\x04\x01");
    while let Some(at) = der.windows(10).position(|bytes| bytes == sha256) {
        // An identifier of the same length, that names no algorithm of ours.
        der[at + 2..at + 9].copy_from_slice(other);
    }
    let mut trust = Trust::new();
    trust.add_anchor(root().certificate(&key(ROOT)), Purpose::Issuer).unwrap();
    let errors = trust.signer(&chain(&[der]), now()).errors;
    assert_eq!(errors, [Error::SignatureAlgorithm, Error::UntrustedIssuer]);
}

#[test]
fn the_signer_is_valid_at_the_time() {
    let early = Draft { not_before: time("2026-11-22T12:00:01Z"), ..signer() };
    assert_eq!(judge(&root(), &early).errors, [Error::NotYetValid]);
    let late = Draft { not_after: time("2026-11-22T11:59:59Z"), ..signer() };
    assert_eq!(judge(&root(), &late).errors, [Error::Expired]);
    let just = Draft { not_before: now(), not_after: now(), ..signer() };
    assert_eq!(judge(&root(), &just).errors, []);
}

#[test]
fn issuers_are_valid_at_the_time() {
    let late = Draft { not_after: time("2026-11-22T11:59:59Z"), ..root() };
    assert_eq!(judge(&late, &signer()).errors, [Error::IssuerNotValid]);
    let early = Draft { not_before: time("2026-11-22T12:00:01Z"), ..root() };
    assert_eq!(judge(&early, &signer()).errors, [Error::IssuerNotValid]);
    let late = Draft { not_after: time("2026-11-22T11:59:59Z"), ..between() };
    let errors = judge_between(&long_root(), &late).errors;
    assert_eq!(errors, [Error::IssuerNotValid, Error::UntrustedIssuer]);
}

#[test]
fn issuers_are_authorities() {
    let absent = root().without(BASIC_CONSTRAINTS);
    assert_eq!(judge(&absent, &signer()).errors, [Error::NotAuthority]);
    let denied = root().with(BASIC_CONSTRAINTS, true, sequence(&[]));
    assert_eq!(judge(&denied, &signer()).errors, [Error::NotAuthority]);
    let errors = judge_between(&long_root(), &between().without(BASIC_CONSTRAINTS)).errors;
    assert_eq!(errors, [Error::NotAuthority, Error::UntrustedIssuer]);
}

#[test]
fn a_signer_is_no_authority() {
    let authority = signer().with(BASIC_CONSTRAINTS, true, authority(None));
    let errors = judge(&root(), &authority).errors;
    assert_eq!(errors, [Error::AuthorityAsSigner, Error::UntrustedIssuer]);
}

#[test]
fn the_path_is_no_longer_than_allowed() {
    assert_eq!(judge_between(&root(), &between()).errors, [Error::PathLength]);

    // An authority between that allows none below it.
    let mut trust = Trust::new();
    trust.add_anchor(long_root().certificate(&key(ROOT)), Purpose::Issuer).unwrap();
    let second = Draft {
        issuer: between().subject,
        subject: vec![(COMMON_NAME, "Second")],
        spki: key(OTHER).public_key().to_spki(),
        ..between()
    };
    let second =
        second.with(AUTHORITY_KEY, false, authority_key(&key(BETWEEN))).without(SUBJECT_KEY);
    let signer = Draft { issuer: vec![(COMMON_NAME, "Second")], ..signer() }.without(AUTHORITY_KEY);
    let certificates =
        [signer.der(&key(OTHER)), second.der(&key(BETWEEN)), between().der(&key(ROOT))];
    let errors = trust.signer(&chain(&certificates), now()).errors;
    assert_eq!(errors, [Error::PathLength, Error::UntrustedIssuer]);
}

#[test]
fn issuers_keys_sign_certificates() {
    let lists_only = root().with(KEY_USAGE, true, usage(0b0000_0010, 1));
    assert_eq!(judge(&lists_only, &signer()).errors, [Error::IssuerKeyUsage]);
    assert_eq!(judge(&root().without(KEY_USAGE), &signer()).errors, [Error::IssuerKeyUsage]);
    let messages_only = between().with(KEY_USAGE, true, usage(0b1000_0000, 7));
    assert_eq!(judge_between(&long_root(), &messages_only).errors, [Error::IssuerKeyUsage]);
}

#[test]
fn the_signers_key_signs_messages() {
    let agreement_only = signer().with(KEY_USAGE, true, usage(0b0000_1000, 3));
    assert_eq!(judge(&root(), &agreement_only).errors, [Error::SignerKeyUsage]);
    let unsaid = signer().without(KEY_USAGE);
    assert_eq!(judge(&root(), &unsaid).errors, [Error::SignerKeyUsage]);
}

#[test]
fn the_purpose_is_named() {
    let server = purposes(&["1.3.6.1.5.5.7.3.1"]);
    let other = signer().with(EXTENDED_KEY_USAGE, true, server.clone());
    assert_eq!(judge(&root(), &other).errors, [Error::ExtendedKeyUsage]);
    let none = signer().without(EXTENDED_KEY_USAGE);
    assert_eq!(judge(&root(), &none).errors, [Error::ExtendedKeyUsage]);
    let reader = signer().with(EXTENDED_KEY_USAGE, true, purposes(&["1.0.18013.5.1.6"]));
    assert_eq!(judge(&root(), &reader).errors, [Error::ExtendedKeyUsage]);
    let between = between().with(EXTENDED_KEY_USAGE, false, server);
    assert_eq!(judge_between(&long_root(), &between).errors, [Error::ExtendedKeyUsage]);
}

#[test]
fn a_purpose_that_is_not_critical_is_a_warning() {
    let purpose = purposes(&["1.0.18013.5.1.2"]);
    let verdict = judge(&root(), &signer().with(EXTENDED_KEY_USAGE, false, purpose));
    assert_eq!(verdict.trusted_by, Some(TrustedBy::Root));
    assert_eq!(verdict.warnings, [Error::ExtendedKeyUsageProfile]);
}

#[test]
fn what_the_root_does_not_follow_is_a_warning() {
    let verdict = judge(&root().without(ISSUER_ALTERNATIVE_NAME), &signer());
    assert_eq!(verdict.trusted_by, Some(TrustedBy::Root));
    assert_eq!(verdict.warnings, [Error::IssuerAlternativeName]);
}

#[test]
fn key_identifiers_match_where_both_are() {
    let other = signer().with(AUTHORITY_KEY, false, authority_key(&key(OTHER)));
    assert_eq!(judge(&root(), &other).errors, [Error::KeyIdentifierMismatch]);
    assert_eq!(judge(&root().without(SUBJECT_KEY), &other).errors, []);
    assert_eq!(judge(&root(), &signer().without(AUTHORITY_KEY)).errors, []);
}

#[test]
fn critical_extensions_are_understood() {
    let unknown = signer().with("1.3.6.1.4.1.32473.1", true, tlv(5, &[]));
    let errors = judge(&root(), &unknown).errors;
    assert_eq!(errors, [Error::UnknownCritical, Error::UntrustedIssuer]);
    let known = signer().with("1.3.6.1.4.1.32473.1", false, tlv(5, &[]));
    assert_eq!(judge(&root(), &known).errors, []);
}

#[test]
fn the_version_is_3() {
    let errors = judge(&root(), &Draft { version: 2, ..signer() }).errors;
    assert_eq!(errors, [Error::Version, Error::UntrustedIssuer]);
}

#[test]
fn extensions_read_as_what_they_are() {
    let broken = signer().with(AUTHORITY_KEY, false, octets(b"?"));
    assert_eq!(judge(&root(), &broken).errors, [Error::MalformedExtension]);
    let broken = signer().with(KEY_USAGE, true, octets(b"?"));
    assert_eq!(judge(&root(), &broken).errors, [Error::MalformedExtension]);
}

#[test]
fn names_are_within_the_constraints_above() {
    // Permitted: DNS names of example.com.
    let permitted = tlv(0xa0, &sequence(&[tlv(0x82, b"example.com")]));
    let root = root().with(NAME_CONSTRAINTS, true, sequence(&[permitted]));
    let inside = signer().with(SUBJECT_ALTERNATIVE_NAME, false, general_names(2, "ds.example.com"));
    assert_eq!(judge(&root, &inside).errors, []);
    let outside =
        signer().with(SUBJECT_ALTERNATIVE_NAME, false, general_names(2, "ds.example.org"));
    assert_eq!(judge(&root, &outside).errors, [Error::NameConstraint, Error::UntrustedIssuer]);
}

#[test]
fn country_and_state_are_the_roots() {
    let subject = |country, state| vec![(COUNTRY, country), (STATE, state), (COMMON_NAME, "DS")];
    let elsewhere = Draft { subject: subject("US", "CA-QC"), ..signer() };
    assert_eq!(judge(&root(), &elsewhere).errors, [Error::CountryMismatch]);
    let elsewhere = Draft { subject: subject("CA", "CA-ON"), ..signer() };
    assert_eq!(judge(&root(), &elsewhere).errors, [Error::StateMismatch]);
    let unsaid = Draft { subject: vec![(COUNTRY, "CA"), (COMMON_NAME, "DS")], ..signer() };
    assert_eq!(judge(&root(), &unsaid).errors, [Error::StateMismatch]);
    let small = Draft { subject: subject("ca", "CA-QC"), ..signer() };
    assert_eq!(judge(&root(), &small).errors, []);
}

#[test]
fn every_reason_is_found() {
    let bad = Draft {
        not_after: time("2026-11-22T00:00:00Z"),
        subject: vec![(COUNTRY, "US"), (COMMON_NAME, "DS")],
        ..signer()
    };
    let bad = bad.without(KEY_USAGE).without(EXTENDED_KEY_USAGE).with(
        AUTHORITY_KEY,
        false,
        authority_key(&key(OTHER)),
    );
    let late = Draft { not_after: time("2026-11-22T00:00:00Z"), ..root().without(KEY_USAGE) };
    let found = [
        Error::Expired,
        Error::SignerKeyUsage,
        Error::ExtendedKeyUsage,
        Error::IssuerNotValid,
        Error::IssuerKeyUsage,
        Error::KeyIdentifierMismatch,
        Error::CountryMismatch,
        Error::StateMismatch,
    ];
    assert_eq!(judge(&late, &bad).errors, found);
}

#[test]
fn a_root_renewed_under_the_same_key_is_found_beside_the_old_one() {
    let old = Draft { not_after: time("2026-11-22T00:00:00Z"), ..root() };
    let mut trust = Trust::new();
    for root in [old, root()] {
        trust.add_anchor(root.certificate(&key(ROOT)), Purpose::Issuer).unwrap();
    }
    assert_eq!(trust.signer(&chain(&[signer().der(&key(ROOT))]), now()).errors, []);
}

#[test]
fn an_impostor_of_the_same_name_does_not_hide_the_root() {
    let impostor = Draft { spki: key(OTHER).public_key().to_spki(), ..root() };
    let mut trust = Trust::new();
    trust.add_anchor(impostor.certificate(&key(OTHER)), Purpose::Issuer).unwrap();
    trust.add_anchor(root().certificate(&key(ROOT)), Purpose::Issuer).unwrap();
    assert_eq!(trust.signer(&chain(&[signer().der(&key(ROOT))]), now()).errors, []);
}

#[test]
fn a_trusted_signer_needs_no_path_and_no_profile() {
    let bare = Draft { extensions: vec![], serial: vec![0x11; 32], ..signer() };
    let certificate = bare.certificate(&key(OTHER));
    let chain = Chain::parse([certificate.der()]).unwrap();
    let mut trust = Trust::new();
    assert_eq!(trust.signer(&chain, now()).trusted_by, None);
    trust.add_signer(certificate.clone());
    let verdict = trust.signer(&chain, now());
    assert_eq!(verdict.trusted_by, Some(TrustedBy::Signer));
    assert_eq!((verdict.errors, verdict.warnings), (vec![], vec![]));

    let before = trust.signer(&chain, time("2026-10-31T23:59:59Z"));
    assert_eq!((before.errors, before.trusted_by), (vec![Error::NotYetValid], None));
    let after = trust.signer(&chain, time("2027-11-01T00:00:01Z"));
    assert_eq!((after.errors, after.trusted_by), (vec![Error::Expired], None));

    // Byte for byte: the same contents under another signature are another certificate.
    let again = Chain::parse([bare.certificate(&key(ROOT)).der()]).unwrap();
    assert_eq!(trust.signer(&again, now()).trusted_by, None);
}

#[test]
fn specimens_stay_specimens_under_any_purpose() {
    let root: Certificate = root().certificate(&key(ROOT));
    let signer = signer().certificate(&key(ROOT));
    let chain = Chain::parse([signer.der()]).unwrap();
    let mut trust = Trust::new();
    trust.add_anchor(root.clone(), Purpose::Issuer).unwrap();
    assert!(!trust.signer(&chain, now()).specimen);
    trust.add_anchor(root, Purpose::Specimen).unwrap();
    let verdict = trust.signer(&chain, now());
    assert_eq!((verdict.specimen, verdict.trusted_by), (true, Some(TrustedBy::Root)));
    trust.add_signer(signer);
    let verdict = trust.signer(&chain, now());
    assert_eq!((verdict.specimen, verdict.trusted_by), (true, Some(TrustedBy::Signer)));
}

#[test]
fn a_path_found_is_found_again_and_forgotten_in_time() {
    let mut trust = Trust::new();
    trust.add_anchor(long_root().certificate(&key(ROOT)), Purpose::Issuer).unwrap();
    let signer = signer().under_between();
    let whole = chain(&[signer.der(&key(BETWEEN)), between().der(&key(ROOT))]);
    for _ in 0..2 {
        assert_eq!(trust.signer(&whole, now()).errors, []);
    }
    // The signer alone is another chain; the time is looked at again; another trust is empty.
    let alone = chain(&[signer.der(&key(BETWEEN))]);
    assert_eq!(trust.signer(&alone, now()).errors, [Error::UntrustedIssuer]);
    assert_eq!(trust.signer(&whole, time("2027-11-02T00:00:00Z")).errors[0], Error::Expired);
    let mut copy = trust.clone();
    let list = List::of_issuer_root(&[&between().serial]).der(&key(ROOT));
    copy.add_crl(&list).unwrap();
    assert_eq!(copy.signer(&whole, now()).errors, [Error::Revoked]);
    assert_eq!(trust.signer(&whole, now()).errors, []);
    trust.add_crl(&list).unwrap();
    assert_eq!(trust.signer(&whole, now()).errors, [Error::Revoked]);
}

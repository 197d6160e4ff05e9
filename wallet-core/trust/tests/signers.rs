//! Verdicts on document signers: what they say, and what they remember. The rules of a path are in
//! `test-vectors/certificates.json`.

#![cfg(test)]

use coffret_test_vectors::forge::*;
use coffret_trust::{Certificate, Chain, Crl, Error, Grant, Purpose, Trust, TrustedBy};

const MDL: &str = "org.iso.18013.5.1.mDL";

fn chain(certificates: &[Vec<u8>]) -> Chain {
    Chain::parse(certificates.iter().map(Vec::as_slice)).unwrap()
}

fn root() -> Draft {
    Draft::issuer_root()
}

fn signer() -> Draft {
    Draft::document_signer()
}

#[test]
fn a_path_is_not_remembered_with_a_warning_that_has_passed() {
    let mut trust = Trust::new();
    trust.add_anchor(root().certificate(&key(ROOT)), Purpose::Issuer).unwrap();
    let chain = chain(&[signer().der(&key(ROOT))]);
    let soon = trust.signer(&chain, MDL, time("2026-10-31T23:58:00Z"));
    assert_eq!((soon.errors, soon.warnings), (vec![], vec![Error::ClockSkew]));
    assert_eq!(trust.signer(&chain, MDL, now()).warnings, []);
}

#[test]
fn a_path_is_remembered_for_the_type_it_was_found_for() {
    let mut trust = Trust::new();
    trust.add_anchor(root().certificate(&key(ROOT)), Purpose::Issuer.limited_to([MDL])).unwrap();
    let chain = chain(&[signer().der(&key(ROOT))]);
    assert_eq!(trust.signer(&chain, MDL, now()).errors, []);
    assert!(trust.signer(&chain, "another", now()).errors.contains(&Error::NotForType));
}

#[test]
fn a_path_that_breaks_a_rule_is_found_anew_at_another_moment() {
    let mut trust = Trust::new();
    trust.add_anchor(root().certificate(&key(ROOT)), Purpose::Issuer.limited_to([MDL])).unwrap();
    let renewed = Draft { not_before: time("2026-11-23T00:00:00Z"), ..root() };
    trust.add_anchor(renewed.certificate(&key(ROOT)), Purpose::Issuer).unwrap();
    let chain = chain(&[signer().der(&key(ROOT))]);
    let at = |time| trust.signer(&chain, "another", time).errors;
    assert_eq!(at(now()), [Error::NotForType]);
    assert_eq!(at(time("2026-11-24T00:00:00Z")), []);
}

#[test]
fn a_root_that_is_trusted_twice_is_trusted_for_both() {
    let mut trust = Trust::new();
    for doc_type in [MDL, "another"] {
        let grant = Purpose::Issuer.limited_to([doc_type]);
        trust.add_anchor(root().certificate(&key(ROOT)), grant).unwrap();
    }
    let chain = chain(&[signer().der(&key(ROOT))]);
    for doc_type in [MDL, "another"] {
        let errors = trust.signer(&chain, doc_type, now()).errors;
        assert!(!errors.contains(&Error::NotForType), "{doc_type}");
    }
}

#[test]
fn a_limit_outlasts_the_same_certificate_without_one() {
    let limited = || Purpose::Issuer.limited_to([MDL]);
    let grants: [[Grant; 2]; 2] =
        [[limited(), Purpose::Issuer.into()], [Purpose::Issuer.into(), limited()]];
    let chain = chain(&[signer().der(&key(ROOT))]);
    for grants in grants {
        let mut trust = Trust::new();
        for grant in grants {
            trust.add_anchor(root().certificate(&key(ROOT)), grant).unwrap();
        }
        assert_eq!(trust.signer(&chain, MDL, now()).errors, []);
        assert_eq!(trust.signer(&chain, "another", now()).errors, [Error::NotForType]);
    }
}

#[test]
fn a_limit_of_one_certificate_or_purpose_is_none_of_another() {
    let mut trust = Trust::new();
    let other = Draft { serial: vec![99], ..root() };
    trust.add_anchor(other.certificate(&key(ROOT)), Purpose::Issuer.limited_to([MDL])).unwrap();
    trust.add_anchor(root().certificate(&key(ROOT)), Purpose::Specimen.limited_to([MDL])).unwrap();
    trust.add_anchor(root().certificate(&key(ROOT)), Purpose::Issuer).unwrap();
    let chain = chain(&[signer().der(&key(ROOT))]);
    assert!(!trust.signer(&chain, "another", now()).errors.contains(&Error::NotForType));
}

#[test]
fn a_list_says_whose_it_is_in_a_name_that_can_be_shown() {
    let shown =
        |list: List| Crl::parse_file(&list.der(&key(ROOT))).unwrap()[0].issuer_common_name();
    let list = || List::of_issuer_root(&[]);
    assert_eq!(shown(list()).as_deref(), Some("Test root"));
    let disguised = List { issuer: vec![(COMMON_NAME, "Test\u{202e}root\n")], ..list() };
    assert_eq!(shown(disguised).as_deref(), Some("Testroot"));
    assert_eq!(shown(List { issuer: vec![(COUNTRY, "CA")], ..list() }), None);
}

#[test]
fn a_verdict_names_the_signer_and_why_it_is_trusted() {
    let mut trust = Trust::new();
    trust.add_anchor(root().certificate(&key(ROOT)), Purpose::Issuer).unwrap();
    let verdict = trust.signer(&chain(&[signer().der(&key(ROOT))]), MDL, now());
    assert_eq!((verdict.errors, verdict.warnings), (vec![], vec![]));
    assert_eq!(verdict.trusted_by, Some(TrustedBy::Root));
    assert_eq!(verdict.country.as_deref(), Some("CA"));
    assert_eq!(verdict.state.as_deref(), Some("CA-QC"));
    assert_eq!(verdict.name.as_deref(), Some("Test signer"));
    assert!(!verdict.specimen);
}

#[test]
fn an_anchor_of_another_purpose_is_none() {
    for purpose in [Purpose::Reader, Purpose::Registry] {
        let mut trust = Trust::new();
        trust.add_anchor(root().certificate(&key(ROOT)), purpose).unwrap();
        let verdict = trust.signer(&chain(&[signer().der(&key(ROOT))]), MDL, now());
        assert_eq!((verdict.errors, verdict.trusted_by), (vec![Error::UntrustedIssuer], None));
    }
}

#[test]
fn a_trusted_signer_needs_no_path_and_no_profile() {
    let bare = Draft { extensions: vec![], serial: vec![0x11; 32], ..signer() };
    let certificate = bare.certificate(&key(OTHER));
    let chain = Chain::parse([certificate.der()]).unwrap();
    let mut trust = Trust::new();
    assert_eq!(trust.signer(&chain, MDL, now()).trusted_by, None);
    trust.add_signer(certificate.clone());
    let verdict = trust.signer(&chain, MDL, now());
    assert_eq!(verdict.trusted_by, Some(TrustedBy::Signer));
    assert_eq!((verdict.errors, verdict.warnings), (vec![], vec![]));

    let soon = trust.signer(&chain, MDL, time("2026-10-31T23:58:00Z"));
    assert_eq!((soon.errors, soon.warnings), (vec![], vec![Error::ClockSkew]));
    let before = trust.signer(&chain, MDL, time("2026-10-31T23:57:59Z"));
    assert_eq!((before.errors, before.trusted_by), (vec![Error::NotYetValid], None));
    let after = trust.signer(&chain, MDL, time("2027-11-01T00:00:01Z"));
    assert_eq!((after.errors, after.trusted_by), (vec![Error::Expired], None));

    // Byte for byte: the same contents under another signature are another certificate.
    let again = Chain::parse([bare.certificate(&key(ROOT)).der()]).unwrap();
    assert_eq!(trust.signer(&again, MDL, now()).trusted_by, None);
}

#[test]
fn specimens_stay_specimens_under_any_purpose() {
    let root: Certificate = root().certificate(&key(ROOT));
    let signer = signer().certificate(&key(ROOT));
    let chain = Chain::parse([signer.der()]).unwrap();
    let mut trust = Trust::new();
    trust.add_anchor(root.clone(), Purpose::Issuer).unwrap();
    assert!(!trust.signer(&chain, MDL, now()).specimen);
    trust.add_anchor(root, Purpose::Specimen).unwrap();
    let verdict = trust.signer(&chain, MDL, now());
    assert_eq!((verdict.specimen, verdict.trusted_by), (true, Some(TrustedBy::Root)));
    trust.add_signer(signer);
    let verdict = trust.signer(&chain, MDL, now());
    assert_eq!((verdict.specimen, verdict.trusted_by), (true, Some(TrustedBy::Signer)));
}

#[test]
fn an_authority_that_leads_to_a_specimen_root_signs_specimens_whatever_it_is_added_as() {
    const SECOND: &[(&str, &str)] = &[(COUNTRY, "CA"), (STATE, "CA-QC"), (COMMON_NAME, "Second")];
    let specimens = long_root().certificate(&key(ROOT));
    let first = Draft { issuer: root().subject, ..Draft::between() };
    let second = Draft { subject: SECOND.to_vec(), ..Draft::between().under_between() }
        .of(&key(OTHER).public_key())
        .certificate(&key(BETWEEN));
    let by_first = Draft { subject: SECOND.to_vec(), ..signer().under_between() };
    let by_first = by_first.certificate(&key(BETWEEN));
    let by_second = Draft { issuer: SECOND.to_vec(), ..signer() };
    let by_second = by_second.with(AUTHORITY_KEY, false, authority_key(&key(OTHER)));
    let by_second = by_second.certificate(&key(OTHER));
    // Of its own name, or of one that is not the specimens'.
    let stranger = Draft { issuer: vec![(COMMON_NAME, "Someone")], ..first.clone() };
    let [first, stranger] = [first, stranger].map(|one| one.certificate(&key(ROOT)));

    let specimen = |anchors: &[&Certificate], chain: &[&Certificate], own: Option<&Certificate>| {
        let mut trust = Trust::new();
        anchors.iter().for_each(|anchor| {
            trust.add_anchor(Certificate::clone(anchor), Purpose::Issuer).unwrap();
        });
        trust.add_anchor(specimens.clone(), Purpose::Specimen).unwrap();
        own.into_iter().for_each(|signer| trust.add_signer(signer.clone()));
        let chain = Chain::parse(chain.iter().map(|certificate| certificate.der())).unwrap();
        trust.signer(&chain, MDL, now()).specimen
    };
    assert!(specimen(&[&first], &[&by_first], None));
    assert!(specimen(&[&stranger], &[&by_first], None));
    assert!(specimen(&[&second, &first], &[&by_second], None), "by another anchor");
    assert!(specimen(&[&second], &[&by_second, &first], None), "by what came along");
    assert!(specimen(&[&first], &[&by_second, &second], None), "by a path");
    assert!(specimen(&[], &[&by_first, &first], Some(&by_first)));
    let cross_signed = root().certificate(&key(OTHER));
    let by_key = signer().certificate(&key(ROOT));
    assert!(specimen(&[&cross_signed], &[&by_key], None), "of the specimens' key itself");
    assert!(!specimen(&[&second], &[&by_second], None), "nothing says so");

    let real = Draft { issuer: root().subject, ..Draft::between() }.certificate(&key(OTHER));
    assert!(!specimen(&[&real], &[&by_first], None), "by a namesake of the specimens");
}

/// A root that allows authorities below it.
fn long_root() -> Draft {
    root().with(BASIC_CONSTRAINTS, true, authority(None))
}

#[test]
fn a_path_found_is_found_again_and_forgotten_in_time() {
    let mut trust = Trust::new();
    let root = long_root();
    let between = Draft { issuer: root.subject.clone(), ..Draft::between() };
    trust.add_anchor(root.certificate(&key(ROOT)), Purpose::Issuer).unwrap();
    let signer = signer().under_between();
    let whole = chain(&[signer.der(&key(BETWEEN)), between.der(&key(ROOT))]);
    for _ in 0..2 {
        assert_eq!(trust.signer(&whole, MDL, now()).errors, []);
    }
    // The signer alone is another chain; the time is looked at again; another trust is empty.
    let alone = chain(&[signer.der(&key(BETWEEN))]);
    assert_eq!(trust.signer(&alone, MDL, now()).errors, [Error::UntrustedIssuer]);
    assert_eq!(trust.signer(&whole, MDL, time("2027-11-02T00:00:00Z")).errors[0], Error::Expired);
    let mut copy = trust.clone();
    let list = List::of_issuer_root(&[&between.serial]).der(&key(ROOT));
    copy.add_crl(&list).unwrap();
    assert_eq!(copy.signer(&whole, MDL, now()).errors, [Error::Revoked]);
    assert_eq!(trust.signer(&whole, MDL, now()).errors, []);
    trust.add_crl(&list).unwrap();
    assert_eq!(trust.signer(&whole, MDL, now()).errors, [Error::Revoked]);
}

#[test]
fn a_path_found_is_forgotten_when_a_list_turns() {
    let mut trust = Trust::new();
    let early = |draft| Draft { not_before: time("2026-10-01T00:00:00Z"), ..draft };
    trust.add_anchor(early(root()).certificate(&key(ROOT)), Purpose::Issuer).unwrap();
    trust.add_crl(&List::of_issuer_root(&[]).der(&key(ROOT))).unwrap();
    let chain = chain(&[early(signer()).der(&key(ROOT))]);
    let future = vec![Error::CrlNotYetIssued, Error::RevocationUnknown];
    for (at, warnings) in [
        ("2026-12-30T23:59:59Z", vec![]),
        ("2026-12-31T00:00:00Z", vec![Error::CrlStale]),
        ("2026-12-30T23:59:59Z", vec![]),
        ("2026-11-01T00:00:00Z", vec![]),
    ] {
        assert_eq!(trust.signer(&chain, MDL, time(at)).warnings, warnings, "{at}");
    }
    assert_eq!(trust.signer(&chain, MDL, time("2026-10-31T23:59:59Z")).warnings, future);
}

#[test]
fn a_list_that_is_given_twice_is_held_once() {
    let mut trust = Trust::new();
    let list = List::of_issuer_root(&[]).der(&key(ROOT));
    for _ in 0..2 {
        trust.add_crl(&list).unwrap();
    }
    assert!(format!("{trust:?}").contains("crls: 1"), "{trust:?}");
}

#[test]
fn a_file_with_a_list_that_cannot_be_used_changes_nothing() {
    let mut trust = Trust::new();
    trust.add_anchor(root().certificate(&key(ROOT)), Purpose::Issuer).unwrap();
    let section = |der: &[u8]| {
        let base64 = data_encoding::BASE64.encode(der);
        format!("-----BEGIN X509 CRL-----\n{base64}\n-----END X509 CRL-----\n")
    };
    let list = List::of_issuer_root(&[&signer().serial]).der(&key(ROOT));
    let file = section(&list) + &section(b"?");
    assert_eq!(trust.add_crl(file.as_bytes()), Err(Error::MalformedCrl));
    let chain = chain(&[signer().der(&key(ROOT))]);
    assert_eq!(trust.signer(&chain, MDL, now()).errors, []);
    trust.add_crl(section(&list).as_bytes()).unwrap();
    assert_eq!(trust.signer(&chain, MDL, now()).errors, [Error::Revoked]);
}

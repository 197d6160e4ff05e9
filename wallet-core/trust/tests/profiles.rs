//! The profiles of Annex B: each rule has a certificate that does not follow it alone.

#![cfg(test)]

mod forge;

use coffret_trust::{Error, Profile};
use forge::*;

type Change = fn(Draft) -> Draft;

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

/// Every certificate in `profiles` deviates by `rule`, and by nothing else, after the change.
fn breaks(rule: Error, profiles: &[Profile], change: Change) {
    for (profile, draft) in drafts() {
        let certificate = change(draft).certificate(&key(ROOT));
        let expected = if profiles.contains(&profile) { vec![rule] } else { vec![] };
        assert_eq!(certificate.deviations(profile), expected, "{profile:?}");
    }
}

const ALL: &[Profile] =
    &[Profile::IssuerRoot, Profile::DocumentSigner, Profile::ReaderRoot, Profile::Reader];
const ISSUERS: &[Profile] = &[Profile::IssuerRoot, Profile::DocumentSigner];
const LEAVES: &[Profile] = &[Profile::DocumentSigner, Profile::Reader];
const ROOTS: &[Profile] = &[Profile::IssuerRoot, Profile::ReaderRoot];
const ANNEX_B: &[Profile] = &[Profile::IssuerRoot, Profile::DocumentSigner, Profile::Reader];

#[test]
fn version() {
    breaks(Error::Version, ALL, |draft| Draft { version: 2, ..draft });
}

#[test]
fn serial_number() {
    let serials: [Change; 4] = [
        |draft| Draft { serial: vec![0], ..draft },
        |draft| Draft { serial: vec![0xff], ..draft },
        |draft| Draft { serial: vec![1; 21], ..draft },
        |draft| Draft { serial: vec![1; 32], ..draft },
    ];
    for change in serials {
        breaks(Error::SerialNumber, ALL, change);
    }
    let longest = Draft { serial: vec![1; 20], ..Draft::reader() };
    assert_eq!(longest.certificate(&key(ROOT)).deviations(Profile::Reader), []);
}

#[test]
fn validity() {
    fn days(days: i32) -> impl Fn(Draft) -> Draft {
        move |draft| Draft { not_after: draft.not_before.plus_days(days), ..draft }
    }
    for (profile, draft) in drafts() {
        let longest = match profile {
            Profile::IssuerRoot => 7305,
            Profile::DocumentSigner => 457,
            Profile::Reader => 1187,
            Profile::ReaderRoot => continue,
        };
        let deviations = |days: &dyn Fn(Draft) -> Draft| {
            days(draft.clone()).certificate(&key(ROOT)).deviations(profile)
        };
        assert_eq!(deviations(&days(longest)), []);
        assert_eq!(deviations(&days(longest + 1)), [Error::ValidityTooLong], "{profile:?}");
    }
}

#[test]
fn subject() {
    breaks(Error::SubjectCountry, ISSUERS, |draft| Draft {
        subject: vec![(COMMON_NAME, "Nowhere")],
        ..draft
    });
    breaks(Error::SubjectCountry, ISSUERS, |draft| Draft {
        subject: vec![(COUNTRY, "ca"), (COMMON_NAME, "Small")],
        ..draft
    });
    breaks(Error::SubjectCommonName, ALL, |draft| Draft {
        subject: vec![(COUNTRY, "CA")],
        ..draft
    });
}

#[test]
fn key_identifiers() {
    breaks(Error::SubjectKeyIdentifier, ALL, |draft| draft.without(SUBJECT_KEY));
    breaks(Error::SubjectKeyIdentifier, ALL, |draft| {
        draft.with(SUBJECT_KEY, false, octets(&[7; 20]))
    });
    breaks(Error::AuthorityKeyIdentifier, LEAVES, |draft| draft.without(AUTHORITY_KEY));
    breaks(Error::AuthorityKeyIdentifier, LEAVES, |draft| {
        draft.with(AUTHORITY_KEY, false, sequence(&[]))
    });
}

#[test]
fn key_usage() {
    breaks(Error::KeyUsageProfile, ANNEX_B, |draft| draft.without(KEY_USAGE));
    // Everything allowed.
    breaks(Error::KeyUsageProfile, ANNEX_B, |draft| draft.with(KEY_USAGE, true, usage(0xff, 0)));
    let not_critical = Draft::reader().with(KEY_USAGE, false, usage(0b1000_0000, 7));
    let deviations = not_critical.certificate(&key(ROOT)).deviations(Profile::Reader);
    assert_eq!(deviations, [Error::KeyUsageProfile]);
}

#[test]
fn extended_key_usage() {
    breaks(Error::ExtendedKeyUsageProfile, LEAVES, |draft| draft.without(EXTENDED_KEY_USAGE));
    breaks(Error::ExtendedKeyUsageProfile, LEAVES, |draft| {
        draft.with(EXTENDED_KEY_USAGE, true, purposes(&["1.0.18013.5.1.2", "1.0.18013.5.1.6"]))
    });
    let purpose = purposes(&["1.0.18013.5.1.6"]);
    let not_critical = Draft::reader().with(EXTENDED_KEY_USAGE, false, purpose);
    let deviations = not_critical.certificate(&key(ROOT)).deviations(Profile::Reader);
    assert_eq!(deviations, [Error::ExtendedKeyUsageProfile]);
}

#[test]
fn issuer_alternative_name() {
    breaks(Error::IssuerAlternativeName, ISSUERS, |draft| draft.without(ISSUER_ALTERNATIVE_NAME));
    breaks(Error::IssuerAlternativeName, ISSUERS, |draft| {
        draft.with(ISSUER_ALTERNATIVE_NAME, false, general_names(2, "root.example"))
    });
    breaks(Error::IssuerAlternativeName, ISSUERS, |draft| {
        draft.with(ISSUER_ALTERNATIVE_NAME, false, octets(b"?"))
    });
}

#[test]
fn crl_distribution_point() {
    breaks(Error::CrlDistributionPoint, ANNEX_B, |draft| draft.without(CRL_POINTS));
    breaks(Error::CrlDistributionPoint, ANNEX_B, |draft| {
        draft.with(CRL_POINTS, false, crl_points(2, "root.example"))
    });
    breaks(Error::CrlDistributionPoint, ANNEX_B, |draft| {
        draft.with(CRL_POINTS, false, sequence(&[]))
    });
    // With reasons, with another issuer, with neither.
    const FULL_NAME: &[u8] = b"\xa0\x13\xa0\x11\x86\x0fhttps://crl.exa";
    for more in [tlv(0x81, &[1, 2]), tlv(0xa2, &tlv(0x82, b"other.example"))] {
        let point = sequence(&[sequence(&[FULL_NAME.to_vec(), more])]);
        let reader = Draft::reader().with(CRL_POINTS, false, point).certificate(&key(ROOT));
        assert_eq!(reader.deviations(Profile::Reader), [Error::CrlDistributionPoint]);
    }
    let plain = sequence(&[sequence(&[FULL_NAME.to_vec()])]);
    let reader = Draft::reader().with(CRL_POINTS, false, plain).certificate(&key(ROOT));
    assert_eq!(reader.deviations(Profile::Reader), []);
}

#[test]
fn basic_constraints() {
    breaks(Error::BasicConstraintsProfile, &[Profile::IssuerRoot], |draft| {
        draft.with(BASIC_CONSTRAINTS, true, authority(Some(1)))
    });
    breaks(Error::BasicConstraintsProfile, &[Profile::IssuerRoot], |draft| {
        draft.with(BASIC_CONSTRAINTS, true, authority(None))
    });
    breaks(Error::BasicConstraintsProfile, &[Profile::IssuerRoot], |draft| {
        draft.with(BASIC_CONSTRAINTS, false, authority(Some(0)))
    });
}

#[test]
fn forbidden_extensions() {
    let changes: [Change; 5] = [
        |draft| draft.with("2.5.29.33", true, sequence(&[])),
        |draft| draft.with("2.5.29.30", true, sequence(&[])),
        |draft| draft.with("2.5.29.36", true, sequence(&[])),
        |draft| draft.with("2.5.29.54", true, sequence(&[])),
        |draft| draft.with("2.5.29.46", false, sequence(&[])),
    ];
    for change in changes {
        breaks(Error::ForbiddenExtension, ALL, change);
    }
}

#[test]
fn roots_sign_themselves() {
    for (profile, draft) in drafts() {
        let certificate = draft.certificate(&key(OTHER));
        let expected = if ROOTS.contains(&profile) { vec![Error::NotSelfSigned] } else { vec![] };
        assert_eq!(certificate.deviations(profile), expected, "{profile:?}");
    }
    // The names do not tell.
    let renamed = Draft { issuer: vec![(COMMON_NAME, "Renamed")], ..Draft::issuer_root() };
    assert_eq!(renamed.certificate(&key(ROOT)).deviations(Profile::IssuerRoot), []);
}

//! The profiles of ISO 18013-5 Annex B: each rule with a certificate that does not follow it alone,
//! and is trusted none the less.

use coffret_test_vectors::forge::*;

use super::{Scene, reader_under, signer_under};
use crate::case::Case;

pub(super) fn cases() -> impl Iterator<Item = Case> {
    let followed = FOLLOWED.iter().map(|(name, whose, change)| {
        whose.scene(*change).play(Case::valid(&format!("{}, {name}", whose.name())), &[])
    });
    let deviations = DEVIATIONS.iter().flat_map(|(rule, name, whose, change)| {
        whose.iter().map(move |whose| {
            let case = Case::valid(&format!("{rule}: {}, {name}", whose.name()));
            whose.scene(*change).play(case, &[rule])
        })
    });
    followed.chain(deviations)
}

/// Whose certificate is changed.
#[derive(Clone, Copy)]
enum Whose {
    Root,
    Signer,
    ReaderRoot,
    Reader,
}
use Whose::{Reader, ReaderRoot, Root, Signer};

impl Whose {
    fn name(self) -> &'static str {
        match self {
            Root => "a root",
            Signer => "a document signer",
            ReaderRoot => "a reader's root",
            Reader => "a reader",
        }
    }

    fn scene(self, change: Change) -> Scene {
        let (root, signer) = (Draft::issuer_root(), Draft::document_signer());
        let (reader_root, reader) = (Draft::reader_root(), Draft::reader());
        match self {
            Root => signer_under(&change(root), signer),
            Signer => signer_under(&root, change(signer)),
            ReaderRoot => reader_under(&change(reader_root), reader),
            Reader => reader_under(&reader_root, change(reader)),
        }
    }
}

type Change = fn(Draft) -> Draft;

const ALL: &[Whose] = &[Root, Signer, ReaderRoot, Reader];
const SIGNERS: &[Whose] = &[Signer, Reader];
const ISSUING: &[Whose] = &[Root, Signer];
const ANNEX_B: &[Whose] = &[Root, Signer, Reader];

/// As far as a rule allows: what is done, whose certificate, how.
const FOLLOWED: &[(&str, Whose, Change)] = &[
    ("7305 days", Root, |draft| lasting(draft, 7305)),
    ("457 days", Signer, |draft| lasting(draft, 457)),
    ("1187 days", Reader, |draft| lasting(draft, 1187)),
    ("a serial number of 20 octets", Reader, |draft| Draft { serial: vec![1; 20], ..draft }),
    ("a point with a name and no more", Reader, |draft| {
        draft.with(CRL_POINTS, false, crl_point_and(Vec::new()))
    }),
];

/// The rule, what is done, whose certificate does not follow it then, how.
const DEVIATIONS: &[(&str, &str, &[Whose], Change)] = &[
    ("certificate-serial-number", "0", ALL, |draft| Draft { serial: vec![0], ..draft }),
    ("certificate-serial-number", "-1", ALL, |draft| Draft { serial: vec![0xff], ..draft }),
    ("certificate-serial-number", "21 octets", ALL, |draft| Draft { serial: vec![1; 21], ..draft }),
    ("certificate-validity-too-long", "7306 days", &[Root], |draft| lasting(draft, 7306)),
    ("certificate-validity-too-long", "458 days", &[Signer], |draft| lasting(draft, 458)),
    ("certificate-validity-too-long", "1188 days", &[Reader], |draft| lasting(draft, 1188)),
    ("subject-country", "in small letters", ISSUING, |draft| {
        named(draft, &[(COUNTRY, "ca"), (STATE, "CA-QC"), (COMMON_NAME, "Small")])
    }),
    ("subject-common-name", "none", ALL, |draft| {
        named(draft, &[(COUNTRY, "CA"), (STATE, "CA-QC")])
    }),
    ("subject-key-identifier", "none", ALL, |draft| draft.without(SUBJECT_KEY)),
    ("subject-key-identifier", "not the key's SHA-1", SIGNERS, |draft| {
        draft.with(SUBJECT_KEY, false, octets(&[7; 20]))
    }),
    ("authority-key-identifier", "none", SIGNERS, |draft| draft.without(AUTHORITY_KEY)),
    ("authority-key-identifier", "without a key identifier", SIGNERS, |draft| {
        draft.with(AUTHORITY_KEY, false, sequence(&[]))
    }),
    ("key-usage-profile", "everything allowed", ANNEX_B, |draft| {
        draft.with(KEY_USAGE, true, usage(0xff, 0))
    }),
    ("key-usage-profile", "not critical", SIGNERS, |draft| {
        draft.with(KEY_USAGE, false, usage(0b1000_0000, 7))
    }),
    ("extended-key-usage-profile", "two purposes", SIGNERS, |draft| {
        draft.with(EXTENDED_KEY_USAGE, true, purposes(&["1.0.18013.5.1.2", "1.0.18013.5.1.6"]))
    }),
    ("extended-key-usage-profile", "not critical", &[Signer], |draft| {
        draft.with(EXTENDED_KEY_USAGE, false, purposes(&["1.0.18013.5.1.2"]))
    }),
    ("extended-key-usage-profile", "not critical", &[Reader], |draft| {
        draft.with(EXTENDED_KEY_USAGE, false, purposes(&["1.0.18013.5.1.6"]))
    }),
    ("issuer-alternative-name", "none", ISSUING, |draft| draft.without(ISSUER_ALTERNATIVE_NAME)),
    ("issuer-alternative-name", "a DNS name", ISSUING, |draft| {
        draft.with(ISSUER_ALTERNATIVE_NAME, false, general_names(2, "root.example"))
    }),
    ("issuer-alternative-name", "no names at all", ISSUING, |draft| {
        draft.with(ISSUER_ALTERNATIVE_NAME, false, octets(b"?"))
    }),
    ("crl-distribution-point", "none", ANNEX_B, |draft| draft.without(CRL_POINTS)),
    ("crl-distribution-point", "a DNS name", ANNEX_B, |draft| {
        draft.with(CRL_POINTS, false, crl_points(2, "root.example"))
    }),
    ("crl-distribution-point", "an empty list", ANNEX_B, |draft| {
        draft.with(CRL_POINTS, false, sequence(&[]))
    }),
    ("crl-distribution-point", "with reasons", ANNEX_B, |draft| {
        draft.with(CRL_POINTS, false, crl_point_and(tlv(0x81, &[1, 2])))
    }),
    ("crl-distribution-point", "with another issuer", ANNEX_B, |draft| {
        let issuer = tlv(0xa2, &tlv(0x82, b"other.example"));
        draft.with(CRL_POINTS, false, crl_point_and(issuer))
    }),
    ("basic-constraints-profile", "one authority below", &[Root], |draft| {
        draft.with(BASIC_CONSTRAINTS, true, authority(Some(1)))
    }),
    ("basic-constraints-profile", "any number below", &[Root], |draft| {
        draft.with(BASIC_CONSTRAINTS, true, authority(None))
    }),
    ("basic-constraints-profile", "not critical", &[Root], |draft| {
        draft.with(BASIC_CONSTRAINTS, false, authority(Some(0)))
    }),
    ("certificate-extension-forbidden", "policy mappings", ALL, |draft| {
        draft.with("2.5.29.33", false, sequence(&[]))
    }),
    ("certificate-extension-forbidden", "name constraints", ALL, |draft| {
        draft.with(NAME_CONSTRAINTS, false, sequence(&[]))
    }),
    ("certificate-extension-forbidden", "policy constraints", ALL, |draft| {
        draft.with("2.5.29.36", false, sequence(&[]))
    }),
    ("certificate-extension-forbidden", "inhibit any policy", ALL, |draft| {
        draft.with("2.5.29.54", false, tlv(2, &[0]))
    }),
    ("certificate-extension-forbidden", "a freshest CRL", ALL, |draft| {
        draft.with("2.5.29.46", false, crl_points(6, "https://root.example/delta"))
    }),
];

fn lasting(draft: Draft, days: i32) -> Draft {
    Draft { not_after: draft.not_before.plus_days(days), ..draft }
}

/// A root stays its own issuer; what is under a root takes its name from there.
fn named(draft: Draft, subject: &[(&'static str, &'static str)]) -> Draft {
    Draft { issuer: subject.to_vec(), subject: subject.to_vec(), ..draft }
}

/// A distribution point of a URI and more.
fn crl_point_and(more: Vec<u8>) -> Vec<u8> {
    let full_name = tlv(0xa0, &tlv(0xa0, &tlv(0x86, b"https://root.example/crl")));
    sequence(&[sequence(&[full_name, more])])
}

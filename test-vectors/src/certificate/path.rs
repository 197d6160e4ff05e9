//! Paths from a signer to a root: whole, or cut by one thing.

use coffret_crypto::Curve;
use coffret_test_vectors::forge::*;

use super::name::{SECOND, by};
use super::{
    Judged, Scene, long_root, reader_under, refused, root, scene, signer, signer_below,
    signer_under, valid,
};

pub(super) const TABLES: [&[Judged]; 6] = [VALID, FORM, SIGNER, ISSUER, BETWEEN_THEM, READER];

/// A signer under a root whose key is on this curve.
fn signer_under_curve(curve: Curve) -> Scene {
    let issuer = key_on(curve, ROOT);
    let signer = signer().with(AUTHORITY_KEY, false, authority_key(&issuer));
    let anchors = vec![root().of(&issuer.public_key()).der(&issuer)];
    Scene { anchors, ..scene("document-signer", &root(), vec![signer.der(&issuer)]) }
}

fn late(draft: Draft) -> Draft {
    Draft { not_after: time("2026-11-22T11:59:59Z"), ..draft }
}

fn early(draft: Draft) -> Draft {
    Draft { not_before: time("2026-11-22T12:02:01Z"), ..draft }
}

/// As far ahead as clocks may differ.
fn soon(draft: Draft) -> Draft {
    Draft { not_before: time("2026-11-22T12:02:00Z"), ..draft }
}

fn in_territory(country: &'static str, state: &'static str) -> Draft {
    Draft { subject: vec![(COUNTRY, country), (STATE, state), (COMMON_NAME, "DS")], ..signer() }
}

const UNKNOWN: &str = "1.3.6.1.4.1.32473.1";
const TLS_SERVER: &str = "1.3.6.1.5.5.7.3.1";
const ANY_PURPOSE: &str = "2.5.29.37.0";
const MDL_READER: &str = "1.0.18013.5.1.6";
const MDL_SIGNER: &str = "1.0.18013.5.1.2";

const VALID: &[Judged] = &[
    valid("a document signer under its root", || signer_under(&root(), signer())),
    valid("a reader under its root", || reader_under(&Draft::reader_root(), Draft::reader())),
    valid("a reader under an authority under the root", || {
        let chain =
            [Draft::reader().under_between().der(&key(BETWEEN)), Draft::between().der(&key(ROOT))];
        scene("reader", &Draft::reader_root(), chain.into())
    }),
    valid("a document signer under an authority", || signer_below(&long_root(), Draft::between()))
        .warned(&["basic-constraints-profile"]),
    valid("a root on P-384", || signer_under_curve(Curve::P384)),
    valid("a root on P-521", || signer_under_curve(Curve::P521)),
    valid("a root on Ed25519", || signer_under_curve(Curve::Ed25519)),
    valid("the only second of its validity", || {
        signer_under(&root(), Draft { not_before: now(), not_after: now(), ..signer() })
    }),
    valid("an unknown extension that is not critical", || {
        signer_under(&root(), signer().with(UNKNOWN, false, tlv(5, &[])))
    }),
    valid("policies that must be understood", || {
        // anyPolicy
        let any = sequence(&[sequence(&[tlv(6, &[0x55, 0x1d, 0x20, 0])])]);
        signer_under(&root(), signer().with(POLICIES, true, any))
    }),
    valid("an authority for any purpose", || {
        let between = Draft::between().with(EXTENDED_KEY_USAGE, false, purposes(&[ANY_PURPOSE]));
        signer_below(&long_root(), between)
    })
    .warned(&["basic-constraints-profile"]),
    valid("an issuer's key named with a serial number of 32 bytes", || {
        let name = tlv(0xa1, &tlv(0xa4, &distinguished_name(&root().subject)));
        let named = [&authority_key(&key(ROOT))[2..], &name, &tlv(0x82, &[0x11; 32])].concat();
        signer_under(&root(), signer().with(AUTHORITY_KEY, false, tlv(0x30, &named)))
    }),
    valid("an issuer's key that the root does not name", || {
        let signer = signer().with(AUTHORITY_KEY, false, authority_key(&key(OTHER)));
        signer_under(&root().without(SUBJECT_KEY), signer)
    })
    .warned(&["subject-key-identifier"]),
    valid("a root that another key signed", || Scene {
        anchors: vec![root().der(&key(OTHER))],
        ..signer_under(&root(), signer())
    })
    .warned(&["root-not-self-signed"]),
    valid("a reader's root that another key signed", || Scene {
        anchors: vec![Draft::reader_root().der(&key(OTHER))],
        ..reader_under(&Draft::reader_root(), Draft::reader())
    })
    .warned(&["root-not-self-signed"]),
    valid("a root that names itself otherwise as issuer", || {
        signer_under(&Draft { issuer: vec![(COMMON_NAME, "Renamed")], ..root() }, signer())
    }),
    valid("a signer that begins in two minutes", || signer_under(&root(), soon(signer())))
        .warned(&["clock-skew"]),
    valid("a root that begins in two minutes", || signer_under(&soon(root()), signer()))
        .warned(&["clock-skew"]),
    valid("an authority between that begins in two minutes", || {
        signer_below(&long_root(), soon(Draft::between()))
    })
    .warned(&["clock-skew", "basic-constraints-profile"]),
    valid("a reader that begins in two minutes", || {
        reader_under(&Draft::reader_root(), soon(Draft::reader()))
    })
    .warned(&["clock-skew"]),
    valid("a country in small letters", || signer_under(&root(), in_territory("ca", "CA-QC")))
        .warned(&["subject-country"]),
    valid("a province by its name, under a root that has its code", || {
        signer_under(&root(), in_territory("CA", "Québec"))
    }),
    valid("a province by its letters, under a root that has its code", || {
        signer_under(&root(), in_territory("CA", "QC"))
    }),
    valid("a root renewed under the same key, after the old one", || {
        let anchors = vec![late(root()).der(&key(ROOT)), root().der(&key(ROOT))];
        Scene { anchors, ..signer_under(&root(), signer()) }
    }),
    valid("an impostor of the same name before the root", || {
        let impostor = root().of(&key(OTHER).public_key()).der(&key(OTHER));
        Scene { anchors: vec![impostor, root().der(&key(ROOT))], ..signer_under(&root(), signer()) }
    }),
    valid("a root that cannot be used before one that can", || {
        let unusable = root().on_unknown_curve().der(&key(ROOT));
        Scene { anchors: vec![unusable, root().der(&key(ROOT))], ..signer_under(&root(), signer()) }
    }),
];

/// The certificates as bytes.
const FORM: &[Judged] = &[
    refused(&["certificate-too-large"], "more than 16 KiB", || {
        signer_under(&root(), signer().with(UNKNOWN, false, octets(&[0; 16 << 10])))
    }),
    refused(&["certificate-malformed"], "a byte follows", || {
        let der = [signer().der(&key(ROOT)), vec![0]].concat();
        scene("document-signer", &root(), vec![der])
    }),
    refused(&["certificate-malformed"], "the last byte is missing", || {
        let mut der = signer().der(&key(ROOT));
        der.pop();
        scene("document-signer", &root(), vec![der])
    }),
    refused(&["certificate-malformed"], "an empty sequence", || {
        scene("document-signer", &root(), vec![sequence(&[])])
    }),
    refused(&["certificate-malformed"], "the second of the chain", || {
        let chain = vec![signer().der(&key(ROOT)), sequence(&[])];
        scene("document-signer", &root(), chain)
    }),
    refused(&["certificate-missing"], "no certificate", || {
        scene("document-signer", &root(), Vec::new())
    }),
    refused(&["certificate-chain-too-long"], "six certificates", || {
        let chain = [vec![signer().der(&key(ROOT))], vec![root().der(&key(ROOT)); 5]];
        scene("document-signer", &root(), chain.concat())
    }),
    refused(&["certificate-extension-malformed"], "an authority key identifier", || {
        signer_under(&root(), signer().with(AUTHORITY_KEY, false, octets(b"?")))
    })
    .warned(&["authority-key-identifier"]),
    refused(&["certificate-extension-malformed"], "a key usage", || {
        signer_under(&root(), signer().with(KEY_USAGE, true, octets(b"?")))
    })
    .warned(&["key-usage-profile"]),
    refused(&["certificate-extension-malformed"], "a key usage twice", || {
        let mut twice = signer();
        twice.extensions.push((KEY_USAGE, true, usage(0b1000_0000, 7)));
        signer_under(&root(), twice)
    })
    .warned(&["key-usage-profile"]),
    refused(&["certificate-extension-malformed"], "distribution points that must be read", || {
        signer_under(&root(), signer().with(CRL_POINTS, true, octets(b"?")))
    })
    .warned(&["crl-distribution-point"]),
    refused(&["certificate-extension-malformed"], "an unknown extension twice", || {
        let mut twice = signer();
        twice.extensions.extend([(UNKNOWN, false, tlv(5, &[])), (UNKNOWN, false, tlv(5, &[]))]);
        signer_under(&root(), twice)
    }),
    refused(
        &["certificate-signature-invalid", "untrusted-issuer"],
        "a bit of the signature that is not used",
        || {
            let signers = (1..).map(|serial| Draft { serial: vec![serial], ..signer() });
            let der = with_unused_bit(signers.map(|signer| signer.der(&key(ROOT))));
            scene("document-signer", &root(), vec![der])
        },
    ),
    refused(&["certificate-algorithm-unsupported", "untrusted-issuer"], "SHA-224", || {
        // ecdsa-with-SHA256 and ecdsa-with-SHA224, in the certificate and outside.
        const SHA256: &[u8] = b"\x2a\x86\x48\xce\x3d\x04\x03\x02";
        let mut der = signer().der(&key(ROOT));
        while let Some(at) = der.windows(SHA256.len()).position(|bytes| bytes == SHA256) {
            der[at + SHA256.len() - 1] = 1;
        }
        scene("document-signer", &root(), vec![der])
    }),
    refused(&["certificate-algorithm-unsupported", "untrusted-issuer"], "two algorithms", || {
        // ecdsa-with-SHA384 outside, where nothing is signed.
        const SHA256: &[u8] = b"\x2a\x86\x48\xce\x3d\x04\x03\x02";
        let mut der = signer().der(&key(ROOT));
        if let Some(at) = der.windows(SHA256.len()).rposition(|bytes| bytes == SHA256) {
            der[at + SHA256.len() - 1] = 3;
        }
        scene("document-signer", &root(), vec![der])
    }),
    refused(&["certificate-version"], "version 2", || {
        signer_under(&root(), Draft { version: 2, ..signer() })
    })
    .warned(&["certificate-version"]),
];

/// The signer's own certificate.
const SIGNER: &[Judged] = &[
    refused(&["untrusted-issuer"], "nobody is trusted", || Scene {
        anchors: Vec::new(),
        ..signer_under(&root(), signer())
    }),
    refused(&["untrusted-issuer"], "an issuer of another name", || {
        scene("document-signer", &Draft { subject: vec![(COMMON_NAME, "Other")], ..root() }, {
            vec![signer().der(&key(ROOT))]
        })
    }),
    refused(&["untrusted-issuer"], "a namesake of the root, or the root under a new key", || {
        Scene {
            anchors: vec![root().of(&key(OTHER).public_key()).der(&key(OTHER))],
            ..signer_under(&root(), signer())
        }
    }),
    refused(&["certificate-signature-invalid", "untrusted-issuer"], "by another key", || {
        scene("document-signer", &root(), vec![signer().der(&key(OTHER))])
    }),
    refused(&["certificate-signature-invalid", "untrusted-issuer"], "a flipped bit", || {
        let mut der = signer().der(&key(ROOT));
        if let Some(last) = der.last_mut() {
            *last ^= 1;
        }
        scene("document-signer", &root(), vec![der])
    }),
    refused(&["certificate-not-yet-valid"], "more than two minutes early", || {
        signer_under(&root(), early(signer()))
    }),
    refused(&["certificate-expired"], "a second late", || signer_under(&root(), late(signer()))),
    refused(&["authority-as-signer"], "a signer that is an authority", || {
        signer_under(&root(), signer().with(BASIC_CONSTRAINTS, true, authority(None)))
    }),
    refused(&["signer-key-usage"], "for key agreement", || {
        signer_under(&root(), signer().with(KEY_USAGE, true, usage(0b0000_1000, 3)))
    })
    .warned(&["key-usage-profile"]),
    refused(&["signer-key-usage"], "not said what for", || {
        signer_under(&root(), signer().without(KEY_USAGE))
    })
    .warned(&["key-usage-profile"]),
    refused(&["extended-key-usage-missing"], "for TLS servers", || {
        signer_under(&root(), signer().with(EXTENDED_KEY_USAGE, true, purposes(&[TLS_SERVER])))
    })
    .warned(&["extended-key-usage-profile"]),
    refused(&["extended-key-usage-missing"], "a reader signs a document", || {
        signer_under(&root(), signer().with(EXTENDED_KEY_USAGE, true, purposes(&[MDL_READER])))
    })
    .warned(&["extended-key-usage-profile"]),
    refused(&["extended-key-usage-missing"], "for nothing", || {
        signer_under(&root(), signer().without(EXTENDED_KEY_USAGE))
    })
    .warned(&["extended-key-usage-profile"]),
    refused(&["key-identifier-mismatch"], "another issuer's key", || {
        signer_under(&root(), signer().with(AUTHORITY_KEY, false, authority_key(&key(OTHER))))
    }),
    refused(&["certificate-critical-unknown"], "an unknown one", || {
        signer_under(&root(), signer().with(UNKNOWN, true, tlv(5, &[])))
    }),
    refused(&["certificate-critical-unknown"], "mappings of policies", || {
        signer_under(&root(), signer().with("2.5.29.33", true, sequence(&[])))
    })
    .warned(&["certificate-extension-forbidden"]),
    refused(&["certificate-critical-unknown"], "constraints of policies", || {
        signer_under(&root(), signer().with("2.5.29.36", true, sequence(&[])))
    })
    .warned(&["certificate-extension-forbidden"]),
    refused(&["certificate-critical-unknown"], "no policy for any other", || {
        signer_under(&root(), signer().with("2.5.29.54", true, tlv(2, &[0])))
    })
    .warned(&["certificate-extension-forbidden"]),
    refused(&["state-mismatch"], "another province, by its name", || {
        signer_under(&root(), in_territory("CA", "Ontario"))
    }),
    refused(&["country-mismatch"], "another country", || {
        signer_under(&root(), in_territory("US", "CA-QC"))
    }),
    refused(&["country-mismatch"], "no country", || {
        let subject = vec![(STATE, "CA-QC"), (COMMON_NAME, "DS")];
        signer_under(&root(), Draft { subject, ..signer() })
    })
    .warned(&["subject-country"]),
    refused(&["state-mismatch"], "another province", || {
        signer_under(&root(), in_territory("CA", "CA-ON"))
    }),
    refused(&["state-mismatch"], "a province, under a root of none", || {
        let root = Draft { subject: vec![(COUNTRY, "CA"), (COMMON_NAME, "Root")], ..root() };
        signer_under(&root, in_territory("CA", "CA-QC"))
    }),
    refused(&["state-mismatch"], "no province, under a province's root", || {
        let subject = vec![(COUNTRY, "CA"), (COMMON_NAME, "DS")];
        signer_under(&root(), Draft { subject, ..signer() })
    }),
    refused(
        &[
            "certificate-expired",
            "signer-key-usage",
            "extended-key-usage-missing",
            "issuer-certificate-not-valid",
            "issuer-key-usage",
            "key-identifier-mismatch",
            "country-mismatch",
            "state-mismatch",
        ],
        "and every other reason",
        || {
            let subject = vec![(COUNTRY, "US"), (COMMON_NAME, "DS")];
            let signer = late(Draft { subject, ..signer() })
                .with(AUTHORITY_KEY, false, authority_key(&key(OTHER)))
                .without(KEY_USAGE)
                .without(EXTENDED_KEY_USAGE);
            signer_under(&late(root()).without(KEY_USAGE), signer)
        },
    )
    .warned(&["key-usage-profile", "extended-key-usage-profile"]),
];

/// The root's.
const ISSUER: &[Judged] = &[
    refused(&["issuer-certificate-not-valid"], "a root of yesterday", || {
        signer_under(&late(root()), signer())
    }),
    refused(&["issuer-certificate-not-valid"], "a root of tomorrow", || {
        signer_under(&early(root()), signer())
    }),
    refused(&["issuer-certificate-not-valid"], "the better of two roots of yesterday", || {
        let worse = late(root()).without(KEY_USAGE).der(&key(ROOT));
        let anchors = vec![late(root()).der(&key(ROOT)), worse];
        Scene { anchors, ..signer_under(&root(), signer()) }
    }),
    refused(&["issuer-not-authority"], "a root that does not say so", || {
        signer_under(&root().without(BASIC_CONSTRAINTS), signer())
    })
    .warned(&["basic-constraints-profile"]),
    refused(&["issuer-not-authority"], "a root that denies it", || {
        signer_under(&root().with(BASIC_CONSTRAINTS, true, sequence(&[])), signer())
    })
    .warned(&["basic-constraints-profile"]),
    refused(&["issuer-key-usage"], "a root's key for lists only", || {
        signer_under(&root().with(KEY_USAGE, true, usage(0b0000_0010, 1)), signer())
    })
    .warned(&["key-usage-profile"]),
    refused(&["issuer-key-usage"], "a root's key, not said what for", || {
        signer_under(&root().without(KEY_USAGE), signer())
    })
    .warned(&["key-usage-profile"]),
    refused(&["certificate-critical-unknown"], "an unknown one of the root", || {
        signer_under(&root().with(UNKNOWN, true, tlv(5, &[])), signer())
    }),
    refused(&["certificate-extension-malformed"], "what a root may certify", || {
        signer_under(&root().with(NAME_CONSTRAINTS, true, octets(b"?")), signer())
    })
    .warned(&["certificate-extension-forbidden"]),
    refused(&["untrusted-issuer"], "a root of version 2", || {
        signer_under(&Draft { version: 2, ..root() }, signer())
    }),
    refused(&["untrusted-issuer"], "a root on a curve that nobody knows", || Scene {
        anchors: vec![root().on_unknown_curve().der(&key(ROOT))],
        ..signer_under(&root(), signer())
    }),
];

/// An authority's between signer and root.
const BETWEEN_THEM: &[Judged] = &[
    refused(&["issuer-certificate-not-valid"], "of yesterday", || {
        signer_below(&long_root(), late(Draft::between()))
    })
    .warned(&["basic-constraints-profile"]),
    refused(&["issuer-not-authority"], "one that does not say so", || {
        signer_below(&long_root(), Draft::between().without(BASIC_CONSTRAINTS))
    })
    .warned(&["basic-constraints-profile"]),
    refused(&["certificate-critical-unknown"], "an unknown one of an authority", || {
        signer_below(&long_root(), Draft::between().with(UNKNOWN, true, tlv(5, &[])))
    })
    .warned(&["basic-constraints-profile"]),
    refused(&["certificate-version"], "an authority of version 2", || {
        signer_below(&long_root(), Draft { version: 2, ..Draft::between() })
    })
    .warned(&["basic-constraints-profile"]),
    refused(&["name-constraint-violated"], "an authority's own name", || {
        let directory = tlv(0xa4, &distinguished_name(&[(COUNTRY, "CA")]));
        let permitted = sequence(&[tlv(0xa0, &sequence(&[directory]))]);
        signer_below(&long_root().with(NAME_CONSTRAINTS, true, permitted), Draft::between())
    })
    .warned(&["basic-constraints-profile", "certificate-extension-forbidden"]),
    refused(&["path-length-exceeded"], "under a root that allows none", || {
        signer_below(&root(), Draft::between())
    }),
    refused(&["path-length-exceeded"], "under one that allows none", || {
        let first = Draft { issuer: root().subject, ..Draft::between() };
        let second = Draft { subject: SECOND.to_vec(), ..Draft::between().under_between() }
            .of(&key(OTHER).public_key());
        let chain = [by(OTHER, SECOND), second.der(&key(BETWEEN)), first.der(&key(ROOT))];
        scene("document-signer", &long_root(), chain.into())
    })
    .warned(&["basic-constraints-profile"]),
    refused(&["issuer-key-usage"], "a key for messages only", || {
        let between = Draft::between().with(KEY_USAGE, true, usage(0b1000_0000, 7));
        signer_below(&long_root(), between)
    })
    .warned(&["basic-constraints-profile"]),
    refused(&["extended-key-usage-missing"], "one that is for TLS servers", || {
        let between = Draft::between().with(EXTENDED_KEY_USAGE, false, purposes(&[TLS_SERVER]));
        signer_below(&long_root(), between)
    })
    .warned(&["basic-constraints-profile"]),
    refused(
        &["issuer-not-authority", "issuer-certificate-not-valid", "untrusted-issuer"],
        "one of yesterday that does not say so, under nobody who is trusted",
        || {
            let between = late(Draft::between()).without(BASIC_CONSTRAINTS);
            Scene { anchors: Vec::new(), ..signer_below(&long_root(), between) }
        },
    ),
    refused(&["untrusted-issuer"], "the better of two, under nobody who is trusted", || {
        let mut scene = signer_below(&long_root(), late(Draft::between()));
        let between = Draft { issuer: long_root().subject, ..Draft::between() };
        let worse = scene.chain[1].clone();
        scene.chain.extend([between.der(&key(ROOT)), worse]);
        Scene { anchors: Vec::new(), ..scene }
    }),
    refused(&["untrusted-issuer"], "one that does not come along", || {
        let mut alone = signer_below(&long_root(), Draft::between());
        alone.chain.truncate(1);
        alone
    }),
];

/// A reader's: the same rules, without territory.
const READER: &[Judged] = &[
    refused(&["untrusted-issuer"], "a reader that nobody trusted knows", || Scene {
        anchors: Vec::new(),
        ..reader_under(&Draft::reader_root(), Draft::reader())
    }),
    refused(&["untrusted-issuer"], "a namesake of the reader's root", || Scene {
        anchors: vec![Draft::reader_root().of(&key(OTHER).public_key()).der(&key(OTHER))],
        ..reader_under(&Draft::reader_root(), Draft::reader())
    }),
    refused(&["certificate-signature-invalid"], "a reader forged", || {
        scene("reader", &Draft::reader_root(), vec![Draft::reader().der(&key(OTHER))])
    }),
    refused(&["certificate-expired"], "a reader, a second late", || {
        reader_under(&Draft::reader_root(), late(Draft::reader()))
    }),
    refused(&["certificate-not-yet-valid"], "a reader, more than two minutes early", || {
        reader_under(&Draft::reader_root(), early(Draft::reader()))
    }),
    refused(&["certificate-expired"], "a reader, a second late, that nobody trusted knows", || {
        let reader = late(Draft::reader());
        Scene { anchors: Vec::new(), ..reader_under(&Draft::reader_root(), reader) }
    }),
    refused(
        &["certificate-not-yet-valid"],
        "a reader, more than two minutes early, that nobody trusted knows",
        || {
            let reader = early(Draft::reader());
            Scene { anchors: Vec::new(), ..reader_under(&Draft::reader_root(), reader) }
        },
    ),
    refused(&["issuer-certificate-not-valid"], "a reader's authority of yesterday", || {
        let between = late(Draft::between()).der(&key(ROOT));
        let chain = vec![Draft::reader().under_between().der(&key(BETWEEN)), between];
        scene("reader", &Draft::reader_root(), chain)
    }),
    refused(
        &["issuer-certificate-not-valid"],
        "a reader's authority of yesterday, that nobody trusted knows",
        || {
            let between = late(Draft::between()).der(&key(ROOT));
            let chain = vec![Draft::reader().under_between().der(&key(BETWEEN)), between];
            Scene { anchors: Vec::new(), ..scene("reader", &Draft::reader_root(), chain) }
        },
    ),
    refused(&["signer-key-usage"], "a reader, not said what for", || {
        reader_under(&Draft::reader_root(), Draft::reader().without(KEY_USAGE))
    }),
    refused(&["extended-key-usage-missing"], "a document signer asks", || {
        let signer = Draft::reader().with(EXTENDED_KEY_USAGE, true, purposes(&[MDL_SIGNER]));
        reader_under(&Draft::reader_root(), signer)
    }),
];

//! Revocation lists, beside a path that is good without them.

use coffret_test_vectors::forge::*;
use data_encoding::BASE64;

use super::name::{ROOT_NAME, link};
use super::{
    Judged, Scene, long_root, reader_under, refused, root, signer, signer_below, signer_under,
    valid,
};

pub(super) const TABLES: [&[Judged]; 8] =
    [LISTS, NEWEST, KEYS, RENEWED, TIMES, SCOPES, SIGNERS, UNREADABLE];

/// The signer under its root, with these lists in this order.
fn with_all(lists: &[Vec<u8>]) -> Scene {
    Scene { crls: lists.to_vec(), ..signer_under(&root(), signer()) }
}

fn with(list: Vec<u8>) -> Scene {
    with_all(&[list])
}

/// These lists, by the root's key.
fn with_lists<const N: usize>(lists: [List; N]) -> Scene {
    with_all(&lists.map(|list| list.der(&key(ROOT))))
}

fn list(revoked: &[&[u8]]) -> List {
    List::of_issuer_root(revoked)
}

fn revoking() -> List {
    list(&[&signer().serial])
}

/// The second list of the root, issued ten days after the first.
fn second(list: List) -> List {
    issued("2026-11-11T00:00:00Z", list).numbered(&[2])
}

fn issued(when: &str, list: List) -> List {
    List { this_update: time(when), ..list }
}

fn until(when: &str, list: List) -> List {
    List { next_update: Some(time(when)), ..list }
}

/// The day after the lists' next update.
fn stale(scene: Scene) -> Scene {
    Scene { now: time("2027-01-01T00:00:00Z"), ..scene }
}

/// A list for a part of the certificates: the content of its issuing distribution point.
fn scoped(scope: Vec<u8>, list: List) -> List {
    list.with(ISSUING_POINT, true, sequence(&[scope]))
}

/// Of the booleans of an issuing distribution point, the one with this tag.
fn only(tag: u8) -> Vec<u8> {
    tlv(0x80 | tag, &[0xff])
}

const USERS: u8 = 1;
const AUTHORITIES: u8 = 2;
const INDIRECT: u8 = 4;
const ATTRIBUTES: u8 = 5;

fn published_at(uri: &str) -> Vec<u8> {
    tlv(0xa0, &tlv(0xa0, &tlv(0x86, uri.as_bytes())))
}

/// The root of the same name under another key.
fn namesake() -> Draft {
    root().of(&key(OTHER).public_key())
}

/// A list of that root.
fn of_namesake(list: List) -> Vec<u8> {
    list.with(AUTHORITY_KEY, false, authority_key(&key(OTHER))).der(&key(OTHER))
}

/// Both roots, and a list of each, that of the other one first.
fn two_roots(scene: Scene, of_other: List) -> Scene {
    let anchors = vec![namesake().der(&key(OTHER)), root().der(&key(ROOT))];
    let crls = vec![of_namesake(of_other), list(&[]).der(&key(ROOT))];
    Scene { anchors, crls, ..scene }
}

/// A signer trusted by its very certificate, under no root.
fn alone(lists: &[Vec<u8>]) -> Scene {
    let signers = vec![signer().der(&key(ROOT))];
    Scene { anchors: Vec::new(), signers, ..with_all(lists) }
}

fn pem(label: &str, der: &[u8]) -> String {
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", BASE64.encode(der))
}

fn pem_list(list: List) -> String {
    pem("X509 CRL", &list.der(&key(ROOT)))
}

const LISTS: &[Judged] = &[
    valid("an empty list", || with(list(&[]).der(&key(ROOT)))),
    valid("a list of others", || with(list(&[&[1], &[2, 3]]).der(&key(ROOT)))),
    refused(&["certificate-revoked"], "the signer", || with(revoking().der(&key(ROOT)))),
    refused(&["certificate-revoked"], "a reader", || {
        let list = List::of_reader_root(&[&Draft::reader().serial]).der(&key(ROOT));
        Scene { crls: vec![list], ..reader_under(&Draft::reader_root(), Draft::reader()) }
    }),
    refused(&["certificate-revoked"], "an authority above the signer", || {
        let list = list(&[&Draft::between().serial]).der(&key(ROOT));
        Scene { crls: vec![list], ..signer_below(&long_root(), Draft::between()) }
    })
    .warned(&["basic-constraints-profile", "revocation-unknown"]),
    refused(&["certificate-revoked"], "by a list of version 1", || {
        with(List { version: 1, extensions: Vec::new(), ..revoking() }.der(&key(ROOT)))
    }),
    refused(&["certificate-revoked"], "with a reason", || {
        let reason = ("2.5.29.21", false, tlv(10, &[6]));
        with(List { entry_extensions: vec![reason], ..revoking() }.der(&key(ROOT)))
    }),
    refused(&["certificate-revoked"], "by the second list of a PEM file", || {
        let file = ["Two lists\n".into(), pem_list(list(&[])), pem_list(second(revoking()))];
        with(file.concat().into_bytes())
    }),
    refused(&["crl-signature-invalid"], "by another key", || with(list(&[]).der(&key(OTHER))))
        .warned(&["revocation-unknown", "crl-unproven"]),
    refused(&["crl-signature-invalid"], "altered, beside a good one", || {
        with_all(&[list(&[]).der(&key(ROOT)), second(revoking()).der(&key(OTHER))])
    })
    .warned(&["crl-unproven"]),
    refused(&["crl-issuer-key-usage"], "by a key for certificates only", || {
        let root = root().with(KEY_USAGE, true, usage(0b0000_0100, 2));
        Scene { crls: vec![list(&[]).der(&key(ROOT))], ..signer_under(&root, signer()) }
    })
    .warned(&["key-usage-profile"]),
];

/// Several lists of one key: the newest counts, in whatever order they come.
const NEWEST: &[Judged] = &[
    refused(&["certificate-revoked"], "by the newer list, given last", || {
        with_lists([list(&[]), second(revoking())])
    }),
    refused(&["certificate-revoked"], "by the newer list, given first", || {
        with_lists([second(revoking()), list(&[])])
    }),
    refused(&["certificate-revoked"], "by the newer list, after one that is out of date", || {
        with_lists([until("2026-11-11T00:00:00Z", list(&[])), second(revoking())])
    }),
    valid("on hold by the older list, released by the newer", || {
        with_lists([revoking(), second(list(&[]))])
    }),
    valid("on hold by the older list, given last", || with_lists([second(list(&[])), revoking()])),
    refused(&["certificate-revoked"], "by the greater number, whatever the dates", || {
        with_lists([revoking().numbered(&[2]), second(list(&[])).numbered(&[1])])
    }),
    refused(&["certificate-revoked"], "by the later list, whose numbers start again", || {
        with_lists([list(&[]).numbered(&[9]), second(revoking()).numbered(&[1])])
    }),
    refused(&["certificate-revoked"], "by number 256, after number 9", || {
        with_lists([second(list(&[])).numbered(&[9]), second(revoking()).numbered(&[1, 0])])
    }),
    refused(&["certificate-revoked"], "by the later of two with one number", || {
        with_lists([list(&[]), second(revoking()).numbered(&[1])])
    }),
    valid("on hold by the earlier of two with one number, released by the later", || {
        with_lists([second(list(&[])).numbered(&[1]), revoking()])
    }),
    refused(&["certificate-revoked"], "by the later of two without a number", || {
        with_lists([list(&[]), second(revoking())].map(|list| list.without(CRL_NUMBER)))
    }),
    refused(&["certificate-revoked"], "by one without a number, beside one with", || {
        with_lists([second(list(&[])), revoking().without(CRL_NUMBER)])
    }),
    refused(&["certificate-revoked"], "by one of two issued at once", || {
        with_lists([list(&[]), revoking()])
    }),
];

/// Whose list it is: the one of the key that signed it.
const KEYS: &[Judged] = &[
    valid("two roots of one name, and a list of each", || {
        two_roots(signer_under(&root(), signer()), list(&[]))
    }),
    valid("a signer of the other of the two roots", || {
        let signer = signer().with(AUTHORITY_KEY, false, authority_key(&key(OTHER)));
        let scene = Scene { chain: vec![signer.der(&key(OTHER))], ..signer_under(&root(), signer) };
        two_roots(scene, list(&[]))
    }),
    valid("the same number on the list of the root's namesake", || {
        two_roots(signer_under(&root(), signer()), revoking())
    }),
    refused(&["certificate-revoked"], "by a list that names no key", || {
        with_lists([revoking().without(AUTHORITY_KEY)])
    }),
    refused(&["certificate-revoked"], "by a list that names another key", || {
        with_lists([revoking().with(AUTHORITY_KEY, false, authority_key(&key(OTHER)))])
    }),
    refused(&["certificate-revoked"], "by a list with another kind of string in its name", || {
        with_lists([List { issuer_strings: PRINTABLE, ..revoking() }])
    }),
    valid("another issuer's list, of the same number", || {
        let issuer = vec![(COMMON_NAME, "Other")];
        with(List { issuer, ..revoking() }.der(&key(OTHER)))
    })
    .warned(&["revocation-unknown", "crl-unproven"]),
    valid("the list of a namesake that nobody trusts", || with(of_namesake(revoking())))
        .warned(&["revocation-unknown", "crl-unproven"]),
    valid("a list of the issuer, by an algorithm that is not known", || {
        // ecdsa-with-SHA256 and ecdsa-with-SHA224, in the list and outside.
        const SHA256: &[u8] = b"\x2a\x86\x48\xce\x3d\x04\x03\x02";
        let mut der = list(&[]).der(&key(ROOT));
        while let Some(at) = der.windows(SHA256.len()).position(|bytes| bytes == SHA256) {
            der[at + SHA256.len() - 1] = 1;
        }
        with(der)
    })
    .warned(&["revocation-unknown", "crl-unproven"]),
    valid("a list by another key, that names none", || {
        with(revoking().without(AUTHORITY_KEY).der(&key(OTHER)))
    })
    .warned(&["revocation-unknown", "crl-unproven"]),
    valid("a list of the issuer, and one of nobody", || {
        let issuer = vec![(COMMON_NAME, "Other")];
        with_all(&[list(&[]).der(&key(ROOT)), List { issuer, ..list(&[]) }.der(&key(OTHER))])
    })
    .warned(&["crl-unproven"]),
    valid("a list of another root that is trusted", || {
        let name = vec![(COMMON_NAME, "Other")];
        let other = Draft { subject: name.clone(), ..namesake() };
        let list = of_namesake(List { issuer: name, ..list(&[]) });
        let anchors = vec![root().der(&key(ROOT)), other.der(&key(OTHER))];
        Scene { anchors, ..with(list) }
    })
    .warned(&["revocation-unknown"]),
];

/// Lists by another key of the same issuer, which a self-issued certificate links to the first.
const RENEWED: &[Judged] = &[
    refused(&["certificate-revoked"], "by the issuer's new key, which is trusted too", || Scene {
        anchors: vec![root().der(&key(ROOT)), link(OTHER).der(&key(ROOT))],
        ..with(of_namesake(revoking()))
    })
    .warned(&["revocation-unknown"]),
    refused(&["certificate-revoked"], "by the issuer's new key, which came along", || {
        let mut scene = with(of_namesake(revoking()));
        scene.chain.push(link(OTHER).der(&key(ROOT)));
        scene
    })
    .warned(&["revocation-unknown", "crl-unproven"]),
    refused(&["certificate-revoked"], "by the issuer's new key, which certifies the first", || {
        let mut scene = with(of_namesake(revoking()));
        scene.anchors.push(namesake().der(&key(OTHER)));
        scene.chain.push(by_other().der(&key(OTHER)));
        scene
    })
    .warned(&["revocation-unknown"]),
    refused(&["certificate-revoked"], "by the issuer's first key", || {
        let signer = Draft { serial: vec![0x22; 16], issuer: ROOT_NAME.to_vec(), ..signer() };
        let signer = signer.with(AUTHORITY_KEY, false, authority_key(&key(OTHER)));
        let chain = vec![signer.der(&key(OTHER)), link(OTHER).der(&key(ROOT))];
        Scene { chain, ..with(list(&[&[0x22; 16]]).der(&key(ROOT))) }
    })
    .warned(&["revocation-unknown"]),
    refused(&["certificate-revoked"], "by the issuer's first key but one", || {
        let by_between =
            |draft: Draft| draft.with(AUTHORITY_KEY, false, authority_key(&key(BETWEEN)));
        let signer = Draft { serial: vec![0x22; 16], issuer: ROOT_NAME.to_vec(), ..signer() };
        let signer = signer.with(AUTHORITY_KEY, false, authority_key(&key(OTHER)));
        let second = by_between(link(OTHER)).der(&key(BETWEEN));
        let chain = vec![signer.der(&key(OTHER)), second, link(BETWEEN).der(&key(ROOT))];
        Scene { chain, ..with(list(&[&[0x22; 16]]).der(&key(ROOT))) }
    })
    .warned(&["revocation-unknown"]),
    valid("a key that certifies the issuer's, and that nobody trusts", || {
        let mut scene = with(of_namesake(revoking()));
        scene.chain.extend([namesake().der(&key(OTHER)), by_other().der(&key(OTHER))]);
        scene
    })
    .warned(&["revocation-unknown", "crl-unproven"]),
];

/// The root, as its namesake certifies it.
fn by_other() -> Draft {
    let root = Draft { issuer: ROOT_NAME.to_vec(), ..root() };
    root.with(AUTHORITY_KEY, false, authority_key(&key(OTHER)))
}

const TIMES: &[Judged] = &[
    valid("a list past its next update", || stale(with(list(&[]).der(&key(ROOT)))))
        .warned(&["crl-stale"]),
    valid("a list at the second of its next update", || {
        with_lists([until("2026-11-22T12:00:00Z", list(&[]))])
    })
    .warned(&["crl-stale"]),
    refused(&["certificate-revoked"], "the signer, past the list's next update", || {
        stale(with(revoking().der(&key(ROOT))))
    })
    .warned(&["crl-stale"]),
    valid("a list that names no next update", || {
        with_lists([List { next_update: None, ..list(&[]) }])
    })
    .warned(&["crl-next-update-missing"]),
    refused(&["certificate-revoked"], "by a list that names no next update", || {
        with_lists([List { next_update: None, ..revoking() }])
    })
    .warned(&["crl-next-update-missing"]),
    valid("a list from the future", || with_lists([issued("2026-11-22T12:00:01Z", list(&[]))]))
        .warned(&["crl-not-yet-issued", "revocation-unknown"]),
    refused(&["certificate-revoked"], "by a list from the future", || {
        with_lists([issued("2026-11-22T12:00:01Z", revoking())])
    })
    .warned(&["crl-not-yet-issued", "revocation-unknown"]),
    refused(&["certificate-revoked"], "by the list of today, before one from the future", || {
        with_lists([issued("2026-11-22T12:00:01Z", list(&[])).numbered(&[2]), revoking()])
    })
    .warned(&["crl-not-yet-issued"]),
];

/// Lists for a part of the certificates.
const SCOPES: &[Judged] = &[
    valid("a list of all but authorities", || with_lists([scoped(only(USERS), list(&[]))])),
    refused(&["certificate-revoked"], "by a list of all but authorities", || {
        with_lists([scoped(only(USERS), revoking())])
    }),
    refused(&["certificate-revoked"], "by an older list of another scope", || {
        with_lists([revoking(), scoped(only(USERS), second(list(&[])))])
    }),
    valid("an authority, on a list of all but authorities", || {
        let list = scoped(only(USERS), list(&[&Draft::between().serial])).der(&key(ROOT));
        Scene { crls: vec![list], ..signer_below(&long_root(), Draft::between()) }
    })
    .warned(&["basic-constraints-profile", "revocation-unknown"]),
    valid("a list of authorities only", || with_lists([scoped(only(AUTHORITIES), list(&[]))]))
        .warned(&["revocation-unknown"]),
    valid("the number of an authority", || with_lists([scoped(only(AUTHORITIES), revoking())]))
        .warned(&["revocation-unknown"]),
    refused(&["certificate-revoked"], "an authority, by a list of authorities only", || {
        let list = scoped(only(AUTHORITIES), list(&[&Draft::between().serial])).der(&key(ROOT));
        Scene { crls: vec![list], ..signer_below(&long_root(), Draft::between()) }
    })
    .warned(&["basic-constraints-profile", "revocation-unknown"]),
    valid("the number of an attribute certificate", || {
        with_lists([scoped(only(ATTRIBUTES), revoking())])
    })
    .warned(&["revocation-unknown", "crl-unproven"]),
    valid("a list of the signer's distribution point", || {
        with_lists([scoped(published_at("https://root.example/crl"), list(&[]))])
    }),
    valid("a list of another distribution point", || {
        with_lists([scoped(published_at("https://root.example/2"), list(&[]))])
    })
    .warned(&["revocation-unknown"]),
    refused(&["certificate-revoked"], "by a list of another distribution point", || {
        with_lists([scoped(published_at("https://root.example/2"), revoking())])
    })
    .warned(&["revocation-unknown"]),
    valid("a list of some reasons", || {
        with_lists([scoped(tlv(0x83, &[6, 0b0100_0000]), list(&[]))])
    })
    .warned(&["revocation-unknown"]),
];

/// Signers that are trusted by their very certificates: a list counts for them too.
const SIGNERS: &[Judged] = &[
    valid("a trusted signer, not on the list of its root", || {
        let signers = vec![signer().der(&key(ROOT))];
        Scene { signers, ..with_lists([list(&[])]) }
    }),
    refused(&["certificate-revoked"], "a trusted signer, by its root", || {
        let signers = vec![signer().der(&key(ROOT))];
        Scene { signers, ..with_lists([list(&[]), second(revoking())]) }
    }),
    refused(&["certificate-revoked"], "a trusted signer, by a list that nothing proves", || {
        alone(&[revoking().der(&key(ROOT))])
    })
    .warned(&["crl-unproven"]),
    refused(&["certificate-revoked"], "a trusted signer, whatever comes with it", || {
        let mut scene = alone(&[revoking().der(&key(ROOT))]);
        scene.chain.push(namesake().der(&key(OTHER)));
        scene
    })
    .warned(&["crl-unproven"]),
    valid("a trusted signer, by a list that its root did not sign", || {
        let signers = vec![signer().der(&key(ROOT))];
        Scene { signers, ..with(revoking().without(AUTHORITY_KEY).der(&key(OTHER))) }
    })
    .warned(&["revocation-unknown", "crl-unproven"]),
    refused(&["certificate-revoked"], "a trusted signer, before a newer list of nobody", || {
        let newer = second(list(&[])).without(AUTHORITY_KEY).der(&key(OTHER));
        alone(&[revoking().der(&key(ROOT)), newer])
    })
    .warned(&["crl-unproven"]),
    valid("a trusted signer, by a list of another key", || alone(&[of_namesake(revoking())]))
        .warned(&["revocation-unknown", "crl-unproven"]),
    valid("a trusted signer, without lists", || alone(&[])),
];

const UNREADABLE: &[Judged] = &[
    refused(&["crl-malformed"], "an empty sequence", || with(sequence(&[]))),
    refused(&["crl-malformed"], "a byte follows", || {
        with([list(&[]).der(&key(ROOT)), vec![0]].concat())
    }),
    refused(&["crl-malformed"], "a certificate", || with(root().der(&key(ROOT)))),
    refused(&["crl-malformed"], "the second of a PEM file", || {
        with([pem_list(list(&[])), pem("X509 CRL", b"?")].concat().into_bytes())
    }),
    refused(&["crl-missing"], "a certificate in PEM", || {
        with(pem("CERTIFICATE", &root().der(&key(ROOT))).into_bytes())
    }),
    refused(&["crl-malformed"], "version 3", || with_lists([List { version: 3, ..list(&[]) }])),
    refused(&["crl-malformed"], "two numbers", || {
        let mut twice = list(&[]);
        twice.extensions.push((CRL_NUMBER, false, tlv(2, &[2])));
        with_lists([twice])
    }),
    refused(&["crl-malformed"], "a bit of the signature that is not used", || {
        let lists = (1..).map(|number| list(&[]).numbered(&[number]).der(&key(ROOT)));
        with(with_unused_bit(lists))
    }),
    refused(&["crl-critical-unknown"], "the number of an entry", || {
        let number = (CRL_NUMBER, true, tlv(2, &[9]));
        with_lists([List { entry_extensions: vec![number], ..revoking() }])
    }),
    refused(&["crl-delta"], "what changed since list 1", || {
        with_lists([list(&[]).with("2.5.29.27", true, tlv(2, &[1]))])
    }),
    refused(&["crl-indirect"], "a list of several issuers", || {
        with_lists([scoped(only(INDIRECT), list(&[]))])
    }),
    refused(&["crl-indirect"], "an entry of another issuer", || {
        let issuer = ("2.5.29.29", true, general_names(6, "https://other.example"));
        with_lists([List { entry_extensions: vec![issuer], ..revoking() }])
    }),
    refused(&["crl-critical-unknown"], "of the list", || {
        with_lists([list(&[]).with("1.3.6.1.4.1.32473.1", true, tlv(5, &[]))])
    }),
    refused(&["crl-critical-unknown"], "of an entry", || {
        let unknown = ("1.3.6.1.4.1.32473.1", true, tlv(5, &[]));
        with_lists([List { entry_extensions: vec![unknown], ..revoking() }])
    }),
    refused(&["crl-too-large"], "1 MiB and a byte", || Scene {
        repeat: 1 << 20,
        ..with(vec![0x30])
    }),
];

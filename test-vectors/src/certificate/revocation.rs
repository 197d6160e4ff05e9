//! Revocation lists, beside a path that is good without them.

use coffret_test_vectors::forge::*;

use super::{
    Judged, Scene, long_root, reader_under, refused, root, signer, signer_below, signer_under,
    valid,
};

pub(super) const TABLES: [&[Judged]; 2] = [LISTS, UNREADABLE];

/// The signer under its root, with this list.
fn with(list: Vec<u8>) -> Scene {
    Scene { crls: vec![list], ..signer_under(&root(), signer()) }
}

fn list(revoked: &[&[u8]]) -> List {
    List::of_issuer_root(revoked)
}

fn revoking() -> List {
    list(&[&signer().serial])
}

/// The day after the lists' next update.
fn stale(scene: Scene) -> Scene {
    Scene { now: time("2027-01-01T00:00:00Z"), ..scene }
}

const LISTS: &[Judged] = &[
    valid("an empty list", || with(list(&[]).der(&key(ROOT)))),
    valid("a list of others", || with(list(&[&[1], &[2, 3]]).der(&key(ROOT)))),
    valid("another issuer's list, of the same number", || {
        let issuer = vec![(COMMON_NAME, "Other")];
        with(List { issuer, ..revoking() }.der(&key(OTHER)))
    }),
    valid("a list past its next update", || stale(with(list(&[]).der(&key(ROOT)))))
        .warned(&["crl-stale"]),
    refused(&["certificate-revoked"], "the signer", || with(revoking().der(&key(ROOT)))),
    refused(&["certificate-revoked"], "the signer, past the list's next update", || {
        stale(with(revoking().der(&key(ROOT))))
    })
    .warned(&["crl-stale"]),
    refused(&["certificate-revoked"], "a reader", || {
        let list = List::of_reader_root(&[&Draft::reader().serial]).der(&key(ROOT));
        Scene { crls: vec![list], ..reader_under(&Draft::reader_root(), Draft::reader()) }
    }),
    refused(&["certificate-revoked"], "an authority above the signer", || {
        let list = list(&[&Draft::between().serial]).der(&key(ROOT));
        Scene { crls: vec![list], ..signer_below(&long_root(), Draft::between()) }
    })
    .warned(&["basic-constraints-profile"]),
    refused(&["crl-signature-invalid"], "by another key", || with(list(&[]).der(&key(OTHER)))),
    refused(&["crl-issuer-key-usage"], "by a key for certificates only", || {
        let root = root().with(KEY_USAGE, true, usage(0b0000_0100, 2));
        Scene { crls: vec![list(&[]).der(&key(ROOT))], ..signer_under(&root, signer()) }
    })
    .warned(&["key-usage-profile"]),
];

const UNREADABLE: &[Judged] = &[
    refused(&["crl-malformed"], "an empty sequence", || with(sequence(&[]))),
    refused(&["crl-malformed"], "a byte follows", || {
        with([list(&[]).der(&key(ROOT)), vec![0]].concat())
    }),
    refused(&["crl-malformed"], "no next update", || {
        with(List { next_update: None, ..list(&[]) }.der(&key(ROOT)))
    }),
    refused(&["crl-malformed"], "a delta list", || {
        let mut delta = list(&[]);
        delta.extensions.push(("2.5.29.27", true, tlv(2, &[1])));
        with(delta.der(&key(ROOT)))
    }),
    refused(&["crl-too-large"], "1 MiB and a byte", || Scene {
        repeat: 1 << 20,
        ..with(vec![0x30])
    }),
];

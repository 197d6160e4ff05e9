//! Signers of specimens, whose root's key is published: whatever leads to it is no more than that.

use coffret_test_vectors::forge::*;

use super::name::by;
use super::{Judged, Scene, long_root, root, scene, signer, signer_below, signer_under, valid};

pub(super) const TABLES: [&[Judged]; 1] = [SPECIMENS];

type Name = [(&'static str, &'static str); 3];

const FIRST: Name = [(COUNTRY, "CA"), (STATE, "CA-QC"), (COMMON_NAME, "First")];
const SECOND: Name = [(COUNTRY, "CA"), (STATE, "CA-QC"), (COMMON_NAME, "Second")];

/// An authority that the specimens' key certifies, and whose own key is not published.
fn first() -> Draft {
    Draft { issuer: root().subject, subject: FIRST.to_vec(), ..Draft::between() }
}

/// An authority under that authority.
fn second() -> Vec<u8> {
    let second = Draft { subject: SECOND.to_vec(), issuer: FIRST.to_vec(), ..Draft::between() };
    let second = second.with(AUTHORITY_KEY, false, authority_key(&key(BETWEEN)));
    second.of(&key(OTHER).public_key()).der(&key(BETWEEN))
}

/// A signer of the first authority, with these trusted as issuers and the root as that of specimens.
fn under_first(anchors: &[Vec<u8>]) -> Scene {
    let specimens = vec![long_root().der(&key(ROOT))];
    let chain = vec![by(BETWEEN, &FIRST)];
    Scene { anchors: anchors.to_vec(), specimens, ..scene("document-signer", &root(), chain) }
}

/// The same of the second, with what else comes with the signature.
fn under_second(anchors: &[Vec<u8>], others: &[Vec<u8>]) -> Scene {
    let chain = [vec![by(OTHER, &SECOND)], others.to_vec()].concat();
    Scene { chain, ..under_first(anchors) }
}

/// The number of the key of the second authority, where the specimens have that of [`OTHER`].
const SECOND_KEY: u8 = 5;

/// With specimens of another name and key, and this authority as they certify it behind the chain.
fn beside(scene: Scene, forged: Draft) -> Scene {
    let name = vec![(COUNTRY, "CA"), (STATE, "CA-QC"), (COMMON_NAME, "Specimens")];
    let specimens = Draft { subject: name.clone(), issuer: name.clone(), ..long_root() };
    let specimens = specimens.of(&key(OTHER).public_key()).der(&key(OTHER));
    let forged = Draft { issuer: name, ..forged };
    let forged = forged.with(AUTHORITY_KEY, false, authority_key(&key(OTHER))).der(&key(OTHER));
    let chain = [scene.chain, vec![forged]].concat();
    Scene { chain, specimens: vec![specimens], ..scene }
}

const SPECIMENS: &[Judged] = &[
    valid("a signer under the root of specimens", || Scene {
        anchors: Vec::new(),
        specimens: vec![root().der(&key(ROOT))],
        ..signer_under(&root(), signer())
    })
    .specimen(),
    valid("the root of specimens, added as an issuer too", || Scene {
        specimens: vec![root().der(&key(ROOT))],
        ..signer_under(&root(), signer())
    })
    .specimen(),
    valid("a signer under an authority under the root of specimens", || Scene {
        anchors: Vec::new(),
        specimens: vec![long_root().der(&key(ROOT))],
        ..signer_below(&long_root(), Draft::between())
    })
    .specimen()
    .warned(&["basic-constraints-profile"]),
    valid("an authority that the specimens' key certifies, added as an issuer", || {
        under_first(&[first().der(&key(ROOT))])
    })
    .specimen()
    .warned(AUTHORITY),
    valid("the same, under a name that is not the specimens'", || {
        let issuer = vec![(COMMON_NAME, "Someone")];
        under_first(&[Draft { issuer, ..first() }.der(&key(ROOT))])
    })
    .specimen()
    .warned(AUTHORITY),
    valid("an authority under that authority, both added as issuers", || {
        under_second(&[second(), first().der(&key(ROOT))], &[])
    })
    .specimen()
    .warned(AUTHORITY),
    valid("an authority under that authority, which came with the signature", || {
        under_second(&[second()], &[first().der(&key(ROOT))])
    })
    .specimen()
    .warned(AUTHORITY),
    valid("a signer that the specimens' key certifies, trusted by its certificate", || Scene {
        anchors: Vec::new(),
        signers: vec![signer().der(&key(ROOT))],
        specimens: vec![root().der(&key(ROOT))],
        ..signer_under(&root(), signer())
    })
    .specimen(),
    valid("the key of specimens, written in another way and certified by another", || Scene {
        anchors: vec![root().compressed().der(&key(OTHER))],
        specimens: vec![root().der(&key(ROOT))],
        ..signer_under(&root(), signer())
    })
    .specimen()
    .warned(&["subject-key-identifier", "root-not-self-signed"]),
    valid("a real document, and its root as the specimens' key certifies it", || {
        beside(signer_under(&root(), signer()), root())
    }),
    valid("the same, of a root that names itself otherwise as issuer", || {
        const RENAMED: &[(&str, &str)] = &[(COMMON_NAME, "Renamed")];
        let real = Draft { issuer: RENAMED.to_vec(), ..root() };
        let forged = Draft { subject: RENAMED.to_vec(), ..root() };
        beside(signer_under(&real, signer()), forged)
    }),
    valid("a real document, and an authority above it as the specimens' key certifies it", || {
        beside(signer_below(&long_root(), Draft::between()), Draft::between())
    })
    .warned(&["basic-constraints-profile"]),
    valid("the same, before the real one", || {
        let mut scene = beside(signer_below(&long_root(), Draft::between()), Draft::between());
        scene.chain.swap(1, 2);
        scene
    })
    .warned(&["basic-constraints-profile"]),
    valid("the same of an authority above an authority", || {
        let first = Draft { issuer: root().subject, subject: FIRST.to_vec(), ..Draft::between() };
        let first = first.with(BASIC_CONSTRAINTS, true, authority(None));
        let second = Draft { subject: SECOND.to_vec(), issuer: FIRST.to_vec(), ..Draft::between() };
        let second = second.with(AUTHORITY_KEY, false, authority_key(&key(BETWEEN)));
        let second = second.of(&key(SECOND_KEY).public_key()).der(&key(BETWEEN));
        let chain = vec![by(SECOND_KEY, &SECOND), second, first.der(&key(ROOT))];
        beside(scene("document-signer", &long_root(), chain), first)
    })
    .warned(&["basic-constraints-profile"]),
    valid("an authority between that has the key of specimens", || {
        let between = first().of(&key(OTHER).public_key()).der(&key(ROOT));
        let chain = vec![by(OTHER, &FIRST), between];
        beside(scene("document-signer", &long_root(), chain), Draft::between())
    })
    .specimen()
    .warned(&["basic-constraints-profile"]),
    valid("a trusted signer, and its root as the specimens' key certifies it", || {
        let signers = vec![signer().der(&key(ROOT))];
        beside(Scene { signers, ..signer_under(&root(), signer()) }, root())
    }),
    valid("an authority that another key of the same name certifies", || {
        under_first(&[first().der(&key(OTHER))])
    })
    .warned(AUTHORITY),
];

/// What an authority between does not follow of the profile of a root.
const AUTHORITY: &[&str] =
    &["issuer-alternative-name", "crl-distribution-point", "root-not-self-signed"];

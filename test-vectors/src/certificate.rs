//! Certificates: what leads from a signer to a trusted root, and what cuts the way.

mod constraint;
mod name;
mod path;
mod profile;
mod purpose;
mod revocation;
mod specimen;

use coffret_cbor::Timestamp;
use coffret_test_vectors::forge::*;

use crate::case::{Case, File, hex, jwk};

pub(crate) fn file() -> File {
    let tables = path::TABLES
        .into_iter()
        .chain(name::TABLES)
        .chain(purpose::TABLES)
        .chain(specimen::TABLES)
        .chain(revocation::TABLES);
    let judged = tables.flatten().map(Judged::case);
    File {
        name: "certificates.json",
        about: "A signer's certificates, judged at a time, under anchors, with revocation lists.",
        cases: judged.chain(constraint::cases()).chain(profile::cases()).collect(),
    }
}

/// A case, before it is played.
struct Judged {
    codes: &'static [&'static str],
    warnings: &'static [&'static str],
    /// Whether the signer signs specimens.
    specimen: bool,
    name: &'static str,
    scene: fn() -> Scene,
}

impl Judged {
    fn case(&self) -> Case {
        let case = match self.codes {
            [] => Case::valid(self.name),
            [first, ..] => Case::refused(&format!("{first}: {}", self.name), self.codes),
        };
        let case = if self.specimen { case.expect("specimen", true) } else { case };
        (self.scene)().play(case, self.warnings)
    }

    const fn specimen(self) -> Judged {
        Judged { specimen: true, ..self }
    }

    const fn warned(self, warnings: &'static [&'static str]) -> Judged {
        Judged { warnings, ..self }
    }
}

const fn valid(name: &'static str, scene: fn() -> Scene) -> Judged {
    Judged { codes: &[], warnings: &[], specimen: false, name, scene }
}

const fn refused(
    codes: &'static [&'static str],
    name: &'static str,
    scene: fn() -> Scene,
) -> Judged {
    Judged { codes, warnings: &[], specimen: false, name, scene }
}

/// Everything that a verdict is given on.
struct Scene {
    role: &'static str,
    /// Of what a document signer signs.
    doc_type: &'static str,
    chain: Vec<Vec<u8>>,
    anchors: Vec<Vec<u8>>,
    /// Roots of specimens.
    specimens: Vec<Vec<u8>>,
    /// Trusted by their very certificates.
    signers: Vec<Vec<u8>>,
    crls: Vec<Vec<u8>>,
    /// How many bytes `30` follow the last list.
    repeat: usize,
    now: Timestamp,
}

impl Scene {
    fn play(self, case: Case, warnings: &[&str]) -> Case {
        let ders = |ders: &[Vec<u8>]| ders.iter().map(|der| hex(der)).collect::<Vec<_>>();
        let case = case
            .input("role", self.role)
            .input("docType", self.doc_type)
            .input("chain", ders(&self.chain))
            .input("key", jwk(&key(LEAF)))
            .input("anchors", ders(&self.anchors))
            .input("specimens", ders(&self.specimens))
            .input("signers", ders(&self.signers))
            .input("crls", ders(&self.crls))
            .input("now", self.now.to_string());
        let case = match self.repeat {
            0 => case,
            repeat => case.input("repeat", repeat),
        };
        if warnings.is_empty() { case } else { case.expect("warnings", warnings) }
    }
}

const MDL: &str = "org.iso.18013.5.1.mDL";

/// A document signer and its root, as drafted, each signed by the root's key.
fn signer_under(root: &Draft, signer: Draft) -> Scene {
    under("document-signer", root, signer)
}

/// The same of a reader.
fn reader_under(root: &Draft, reader: Draft) -> Scene {
    under("reader", root, reader)
}

fn under(role: &'static str, root: &Draft, leaf: Draft) -> Scene {
    let leaf = Draft { issuer: root.subject.clone(), ..leaf };
    scene(role, root, vec![leaf.der(&key(ROOT))])
}

fn scene(role: &'static str, root: &Draft, chain: Vec<Vec<u8>>) -> Scene {
    let anchors = vec![root.der(&key(ROOT))];
    let (specimens, signers, crls) = (Vec::new(), Vec::new(), Vec::new());
    Scene { role, doc_type: MDL, chain, anchors, specimens, signers, crls, repeat: 0, now: now() }
}

/// A document signer under an authority under the root.
fn signer_below(root: &Draft, between: Draft) -> Scene {
    let between = Draft { issuer: root.subject.clone(), ..between };
    let chain = [signer().under_between().der(&key(BETWEEN)), between.der(&key(ROOT))];
    scene("document-signer", root, chain.into())
}

fn root() -> Draft {
    Draft::issuer_root()
}

fn signer() -> Draft {
    Draft::document_signer()
}

/// A root that allows authorities below it, which Annex B does not.
fn long_root() -> Draft {
    root().with(BASIC_CONSTRAINTS, true, authority(None))
}

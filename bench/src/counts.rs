//! Six paths whose instructions are counted: they are the same on every machine of one kind, as times are not.

use std::hint::black_box;
use std::path::Path;

use coffret_mdoc::IssuerSigned;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::licence::{Licence, PORTRAIT, TEXT, names};
use crate::ours;
use crate::wallet::{Met, Place, now};

/// The documents of the wallet here, whose log is empty.
pub const DOCUMENTS: usize = 1_000;

/// Their names, in `bench/instructions.toml` too.
pub const PATHS: [&str; 6] =
    ["verify-text", "verify-portrait", "present-text", "issue", "consent", "unlock"];

/// Does what one of [`PATHS`] says, counted; `wallets` is where there is one of [`DOCUMENTS`].
pub fn run(path: &str, wallets: &Path) {
    let licence = Licence::new(now());
    let mut rng = ChaCha20Rng::from_seed([18; 32]);
    match path {
        "verify-text" => verify(&licence, &TEXT),
        "verify-portrait" => verify(&licence, &PORTRAIT),
        "present-text" => {
            let (issued, approved) = (IssuerSigned::parse(&licence.issued).unwrap(), names(&TEXT));
            let (transcript, key) = (&licence.transcript, &licence.device_key);
            counted(&mut || drop(black_box(ours::present(&issued, &approved, transcript, key))));
        }
        "issue" => {
            let signer = &licence.pki.document_signer;
            let (certificate, key) = (signer.certificate_pem().unwrap(), signer.key_pem());
            counted(&mut || {
                let elements = &licence.elements;
                drop(black_box(ours::issue(&certificate, &key, elements, now(), &mut rng)));
            });
        }
        "consent" => {
            let mut wallet = Place::of(wallets, DOCUMENTS).unlock();
            let mut met = Met::new(&mut wallet, &mut rng);
            counted(&mut || assert!(met.ask(&mut wallet, &mut rng) > 0));
        }
        "unlock" => counted(&mut || drop(black_box(Place::of(wallets, DOCUMENTS).unlock()))),
        _ => panic!("no path is called {path}"),
    }
}

fn verify(licence: &Licence, ids: &[&str]) {
    let (answer, trust) = (licence.answer(ids), licence.trust());
    counted(&mut || drop(black_box(ours::verify(licence, &answer, &trust))));
}

/// What valgrind counts, by this name.
#[inline(never)]
fn counted(path: &mut dyn FnMut()) {
    path();
}

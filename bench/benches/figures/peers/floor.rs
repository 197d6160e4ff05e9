//! What nobody can leave out: signatures, keys and hashes, and nothing around them.
//!
//! The messages are as long as the real ones, and signed anew: what arithmetic costs does not depend on them.

use std::hint::black_box;

use coffret_bench::licence::Licence;
use coffret_cbor::Item;

use super::backend::{AsOurs, Backend, Graviola, P256, P256Peer};

/// The work of each row, whoever does the arithmetic.
pub(crate) trait Work {
    /// So many signatures, and every element's digest.
    fn verify(&self, signatures: usize);
    fn present(&self);
    fn issue(&self);
    /// New keys at both ends, which agree; then an answer and its verdict.
    fn round_trip(&self);
    fn new_key(&self);
    fn agree(&self);
    fn verify_one(&self);
    fn hash_portrait(&self);
}

/// The floor of the program, then each crate by itself.
pub(crate) fn floors(licence: &Licence, response: &[u8]) -> Vec<(&'static str, Box<dyn Work>)> {
    let portable = Box::new(Floor::<P256>::new(licence, response));
    let peer = Box::new(Floor::<P256Peer>::new(licence, response));
    if graviola::util::is_cpu_supported() {
        vec![
            ("floor", Box::new(Floor::<AsOurs>::new(licence, response))),
            ("graviola", Box::new(Floor::<Graviola>::new(licence, response))),
            ("p256", portable),
            ("p256-peer", peer),
        ]
    } else {
        vec![("floor", portable), ("p256-peer", peer)]
    }
}

/// What there is to sign, to verify and to hash.
struct Floor<B: Backend> {
    key: B::Key,
    public: B::Public,
    /// The signer's certificate, the security object, the device's authentication; each with its signature.
    signed: [(Vec<u8>, [u8; 64]); 3],
    /// The elements that are shown, and all of the document's, as they are hashed.
    shown: Vec<Vec<u8>>,
    all: Vec<Vec<u8>>,
}

impl<B: Backend> Floor<B> {
    fn new(licence: &Licence, response: &[u8]) -> Floor<B> {
        let (key, public) = B::generate();
        let issued = Item::parse(&licence.issued).unwrap();
        let issuer_auth = issued.map().unwrap().require("issuerAuth").unwrap();
        let [_, _, security_object, _] = issuer_auth.array().unwrap().exactly().unwrap();
        let lengths = [
            licence.pki.document_signer.certificate().der().len(),
            security_object.bytes().len(),
            licence.transcript.tagged().as_bytes().len(),
        ];
        let signed = lengths.map(|length| {
            let message = vec![1; length];
            let signature = B::sign(&key, &message);
            (message, signature)
        });
        let response = Item::parse(response).unwrap().map().unwrap();
        let [document] = response.require("documents").unwrap().array().unwrap().exactly().unwrap();
        let shown = items(document.map().unwrap().require("issuerSigned").unwrap());
        Floor { key, public, signed, shown, all: items(issued) }
    }
}

impl<B: Backend> Work for Floor<B> {
    fn verify(&self, signatures: usize) {
        for (message, signature) in self.signed.iter().rev().take(signatures) {
            assert!(B::verify(&self.public, message, signature));
        }
        self.shown.iter().for_each(|item| B::hash(item));
    }

    fn present(&self) {
        let [.., (message, _)] = &self.signed;
        black_box(B::sign(&self.key, message));
    }

    fn issue(&self) {
        self.new_key();
        let [_, (message, _), _] = &self.signed;
        black_box(B::sign(&self.key, message));
        self.all.iter().for_each(|item| B::hash(item));
    }

    fn round_trip(&self) {
        let (holder, holder_public) = B::ephemeral();
        let (reader, reader_public) = B::ephemeral();
        B::agree(holder, &reader_public);
        B::agree(reader, &holder_public);
        self.present();
        self.verify(3);
    }

    fn new_key(&self) {
        black_box(B::generate());
    }

    fn agree(&self) {
        let (secret, public) = B::ephemeral();
        B::agree(secret, &public);
    }

    fn verify_one(&self) {
        let [.., (message, signature)] = &self.signed;
        assert!(B::verify(&self.public, message, signature));
    }

    fn hash_portrait(&self) {
        self.all.iter().max_by_key(|item| item.len()).into_iter().for_each(|item| B::hash(item));
    }
}

/// `IssuerSignedItemBytes`, which are hashed.
fn items(issuer_signed: Item<'_>) -> Vec<Vec<u8>> {
    let namespaces = issuer_signed.map().unwrap().require("nameSpaces").unwrap().map().unwrap();
    let items = namespaces.flat_map(|(_, items)| items.array().unwrap());
    items.map(|item| item.bytes().to_vec()).collect()
}

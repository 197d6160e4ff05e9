//! The wallet: documents, consent, presentation, log. Events in, effects out.
//!
//! A [`Wallet`] is what an open [store](coffret_store) holds. It is synchronous and knows neither
//! clock nor radio nor screen: time and randomness are arguments, what private keys are to do
//! leaves as key tasks, and a presentation is a machine that takes events and gives effects.
//!
//! # The rules of a wallet
//! The errors cite these sections.
//!
//! 1. *Records.* What the wallet holds is sealed records, each of a form that its type documents. A
//!    listing reads small ones only. A change is whole and durable when its call returns, or it is
//!    not made.
//! 2. *People.* Each document belongs to one person; the first person is the wallet's own holder. A
//!    new document belongs to the one person of its names and birth date, whatever the case, the
//!    diacritics and the hyphens, else to someone new; the holder may say otherwise of either. The
//!    people of specimens are invented: none is the holder. A person goes with the last document.
//! 3. *Keys.* A device key is made for one credential and used for no other. It waits for it
//!    however often the wallet is closed. Each that the keystore may have is known here before it is
//!    made, until it is destroyed: none is left behind.
//! 4. *Adding.* What an issuer hands over is judged as a reader would judge it, all of it or none.
//!    Copies by which one authority says the same are one document: one-time copies are shown once
//!    each, reusable ones in turn. A copy that is shown no more goes, unless the document could not
//!    be read without it.
//! 5. *Trust.* Trust data is kept as it came, with its source and the time; it is judged as of
//!    then. What cannot be used, or not be read, disables itself only, and is listed.
//! 6. *Locking.* The delay after which an open wallet is locked runs on the boot clock.
//!
//! ```
//! use coffret_cbor::Timestamp;
//! use coffret_crypto::{Curve, KeyPolicy};
//! use coffret_holder::{TrustData, Wallet};
//! use coffret_store::{Cost, MemorySecrets, Opened, Pin};
//! use coffret_trust::{Purpose, SPECIMEN_ROOT};
//! # use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
//! # let mut rng = ChaCha20Rng::from_seed([0; 32]);
//! # let folder = std::env::temp_dir().join(format!("coffret-holder-{}", std::process::id()));
//! # let _ = std::fs::remove_dir_all(&folder);
//! # let now = Timestamp::parse("2026-11-22T12:00:00Z")?;
//! let opened = coffret_store::open(&folder, Box::new(MemorySecrets::default()))?;
//! let Opened::New(blank) = opened else { unreachable!() };
//! let mut wallet = Wallet::open(blank.create(&Pin::chosen("190673")?, Cost::MIN, &mut rng)?)?;
//! wallet.import_trust(TrustData::Anchors(SPECIMEN_ROOT.as_bytes(), Purpose::Specimen), "", now, &mut rng)?;
//!
//! // Keys for an issuer to bind a document to. Here the wallet is its own keystore.
//! let tasks = wallet.new_keys(1, KeyPolicy { curve: Curve::P256 }, &mut rng)?;
//! let made = tasks.iter().map(|task| wallet.perform(task, &mut rng)).collect::<Result<_, _>>()?;
//! let keys = wallet.keys_ready(made, &mut rng)?;
//! # let credentials = specimen(&keys, now, &mut rng);
//! // What comes back from the issuer is judged, and kept.
//! wallet.add(&credentials, now, &mut rng)?;
//! let cards = wallet.documents(now)?;
//! assert_eq!(cards[0].doc_type, "ca.qc.gouv.ramq.cam.1");
//! assert!(cards[0].specimen);
//! # wallet.erase()?;
//! # fn specimen(
//! #     keys: &[coffret_crypto::PublicKey],
//! #     now: Timestamp,
//! #     rng: &mut ChaCha20Rng,
//! # ) -> Vec<u8> {
//! #     use coffret_issuer::{Draft, Identity};
//! #     use coffret_mdoc::{Days, DocumentSigner};
//! #     let root = Identity::specimen_root().unwrap();
//! #     let signer = root
//! #         .document_signer("SPÉCIMEN", coffret_crypto::Algorithm::Es256, now, rng)
//! #         .unwrap();
//! #     let card = &coffret_catalogue::specimen("enfant").unwrap().documents[0];
//! #     let today = now.date();
//! #     let days = Days { signed: today, from: today, until: now.plus_days(30).date() };
//! #     let elements = card.elements().collect();
//! #     let draft = Draft::new(card.doc_type, &elements, signer.certificate(), days).unwrap();
//! #     let signer = DocumentSigner { key: signer.key(), certificate: signer.certificate() };
//! #     let signed = draft.sign(keys, signer, rng).unwrap();
//! #     coffret_cbor::Encoded::from(&signed[0]).into_bytes()
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod add;
mod consent;
mod credential;
mod documents;
mod error;
mod excerpt;
pub mod export;
mod keys;
pub mod log;
mod notices;
mod person;
mod presentation;
mod ranking;
mod records;
mod trust;
mod unreadable;
mod wallet;

pub use add::{AddError, Refusal};
pub use consent::{
    Approval, Candidate, Choice, Consent, DocumentConsent, ElementConsent, Lapsed, Need, NumberEnd,
    Risk,
};
pub use credential::check_issuance;
pub use documents::{Card, Copies, Document, State, Whose};
pub use error::Error;
pub use notices::{Notice, Within, notices};
pub use person::Person;
pub use presentation::{Effect, Engage, Event, Outcome, Presentation};
pub use records::{DocumentId, Issuer, PersonId, Reuse, TrustId, Validity};
pub use trust::{TrustData, TrustEntry, TrustKind};
pub use unreadable::{RecordKind, Unreadable};
pub use wallet::{AutoLock, Wallet};

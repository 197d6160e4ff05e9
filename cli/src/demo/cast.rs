use coffret_catalogue::{Label, purpose, specimen};
use coffret_cbor::{Timestamp, Value};
use coffret_crypto::PublicKey;
use coffret_holder::Reuse;
use coffret_issuer::{Draft, Identity, Pki};
use coffret_mdoc::{Days, DocumentSigner};
use coffret_reader::Ask;
use coffret_trust::{
    Purpose, ReaderSubject, RegisteredReader, Registration, Registry, Retention, Trust,
};
use rand_core::CryptoRng;

use super::astray;
use crate::error::{About, Error, Failure};
use crate::issue::credentials;
use crate::read::Desk;

/// Whose documents they are.
const PERSON: &str = "adulte";
/// It marks what has no value; here the documents are accepted, and the story says itself that it is
/// invented.
const MARK: &str = " SPÉCIMEN";

/// The person's documents, and the copies of each: a licence is shown too often for one signature
/// to be seen twice.
const DOCUMENTS: [(&str, usize, Reuse); 3] = [
    ("org.iso.18013.5.1.mDL", 3, Reuse::OneTime),
    ("ca.qc.gouv.ramq.cam.1", 1, Reuse::Reusable),
    ("ca.qc.gouv.etatcivil.naissance.1", 1, Reuse::Reusable),
];
/// The keys that they are bound to.
pub(super) const KEYS: u8 = 5;

/// Who asks, by the purpose that each is registered for.
const READERS: [(&str, Label); 3] = [
    ("age-18", Label { fr: "Dépanneur du coin", en: "Corner Shop" }),
    ("pharmacy", Label { fr: "Pharmacie du village", en: "Village Pharmacy" }),
    ("school-enrolment", Label { fr: "École du quartier", en: "Neighbourhood School" }),
];

/// Days that the documents are valid, and days until there is another registry.
const DAYS: i32 = 365;
const REGISTRY_DAYS: i32 = 90;

/// Everybody but the person: an authority with its own certificates, readers, and their registry.
pub(super) struct Cast {
    pub(super) pki: Pki,
    pub(super) registry: Vec<u8>,
    /// By purpose.
    readers: Vec<(&'static str, Identity)>,
}

/// A reader, and what it asks.
pub(super) struct Counter<'c> {
    pub(super) desk: Desk<'c>,
    pub(super) ask: Ask,
}

impl Cast {
    pub(super) fn gather(now: Timestamp, rng: &mut dyn CryptoRng) -> Result<Cast, Failure> {
        let registration = |(purpose, name): (&str, Label)| Registration {
            name_fr: name.fr.to_owned(),
            name_en: name.en.to_owned(),
            purposes: vec![purpose.to_owned()],
            retention: Retention::NotKept,
            privacy: None,
        };
        let [first, ..] = READERS;
        let pki = Pki::generate(registration(first), now, rng).map_err(refused)?;
        let (mut readers, mut registered) = (Vec::new(), Vec::new());
        for (purpose, name) in READERS {
            let reader = pki.reader_authority.reader(name.fr, now, rng).map_err(refused)?;
            registered.push(RegisteredReader {
                authority: pki.reader_authority.certificate().clone(),
                subject: ReaderSubject::of(reader.certificate()).map_err(refused)?,
                registration: registration((purpose, name)),
            });
            readers.push((purpose, reader));
        }
        let issued = now.date().start();
        let next_update = issued.plus_days(REGISTRY_DAYS);
        let registry = Registry { issued, next_update, readers: registered };
        let registry = registry.sign(pki.registrar.certificate(), pki.registrar.key());
        Ok(Cast { registry: registry.map_err(refused)?, pki, readers })
    }

    /// Each of the person's documents as `coffret issue` writes it, by its type.
    pub(super) fn issue(
        &self,
        mut keys: &[PublicKey],
        now: Timestamp,
        rng: &mut dyn CryptoRng,
    ) -> Result<Vec<(&'static str, Vec<u8>)>, Failure> {
        let today = now.date();
        let days = Days { signed: today, from: today, until: now.plus_days(DAYS).date() };
        let certificate = self.pki.document_signer.certificate();
        let mut issued = Vec::new();
        for (doc_type, copies, reuse) in DOCUMENTS {
            let (own, rest) = keys.split_at_checked(copies).ok_or_else(astray)?;
            keys = rest;
            let elements = elements(doc_type)?.into_iter().collect();
            let draft = Draft::new(doc_type, &elements, certificate, days).map_err(|_| astray())?;
            let signer = DocumentSigner { key: self.pki.document_signer.key(), certificate };
            let copies = draft.sign(own, signer, rng).map_err(refused)?;
            issued.push((doc_type, credentials(doc_type, reuse, &copies).into_bytes()));
        }
        Ok(issued)
    }

    /// The reader that is registered for a purpose.
    pub(super) fn counter(
        &self,
        id: &str,
        rng: &mut dyn CryptoRng,
    ) -> Result<Counter<'_>, Failure> {
        let (_, identity) =
            self.readers.iter().find(|(purpose, _)| *purpose == id).ok_or_else(astray)?;
        let mut trust = Trust::new();
        let root = self.pki.issuer.certificate().clone();
        trust.add_anchor(root, Purpose::Issuer).map_err(refused)?;
        let ask = Ask::Purpose(purpose(id).ok_or_else(astray)?);
        Ok(Counter { desk: Desk::new(trust, Some(identity), rng), ask })
    }
}

/// What names the person's documents and what they say: none of it is to be found in clear.
pub(super) fn secrets() -> Result<Vec<Vec<u8>>, Failure> {
    let mut secrets = Vec::new();
    for (doc_type, ..) in DOCUMENTS {
        secrets.push(doc_type.as_bytes().to_vec());
        for (_, id, value) in elements(doc_type)? {
            secrets.push(id.as_bytes().to_vec());
            secrets.extend(match value {
                Value::Text(text) => Some(text.into_bytes()),
                Value::Bytes(bytes) => Some(bytes),
                _ => None,
            });
        }
    }
    Ok(secrets)
}

/// What the person's document says: namespace, identifier, value.
fn elements(doc_type: &str) -> Result<Vec<(&'static str, &'static str, Value)>, Failure> {
    let person = specimen(PERSON).ok_or_else(astray)?;
    let document = person.documents.iter().find(|document| document.doc_type == doc_type);
    let elements = document.ok_or_else(astray)?.elements();
    Ok(elements.map(|(namespace, id, value)| (namespace, id, unmarked(value))).collect())
}

fn unmarked(value: Value) -> Value {
    match value {
        Value::Text(text) => Value::Text(text.replace(MARK, "")),
        Value::Array(items) => Value::Array(items.into_iter().map(unmarked).collect()),
        Value::Map(pairs) => {
            Value::Map(pairs.into_iter().map(|(key, value)| (key, unmarked(value))).collect())
        }
        value => value,
    }
}

fn refused(error: impl Into<Error>) -> Failure {
    Failure::refused(error, About::Whole)
}

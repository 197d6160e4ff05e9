use std::fmt;

use coffret_catalogue::{DocumentType, Name, document_type};
use coffret_cbor::Value;
use coffret_crypto::{Hash, PublicKey};
use coffret_mdoc::{
    Days, DigestAlgorithm, DocumentSigner, ElementName, Issuance, IssuerSigned, KeyAuthorizations,
    NameSpaces,
};
use coffret_trust::Certificate;
use rand_core::CryptoRng;

use crate::Error;

/// What an issuer has found fit to sign: elements of the types that the catalogue gives them.
#[derive(Debug, Clone)]
pub struct Draft {
    doc_type: String,
    elements: NameSpaces<Value>,
    warnings: Vec<Fault>,
}

/// What is wrong with the data of a document, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The rule.
    pub rule: Error,
    /// The element that breaks it, or is missing.
    pub element: ElementName,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.element, self.rule)
    }
}

impl Draft {
    /// Reads the data of a document that `authority` is to issue. A text where the catalogue has a
    /// date becomes that date; types and elements that the catalogue does not know stay as they are.
    ///
    /// # Errors
    /// Every fault: a value of another type or form than the catalogue's, a mandatory element that
    /// is missing, a country or jurisdiction other than the authority's.
    pub fn new(
        doc_type: &str,
        data: &NameSpaces<Value>,
        authority: &Certificate,
    ) -> Result<Draft, Vec<Fault>> {
        let known = document_type(doc_type);
        let (mut faults, mut warnings) = (Vec::new(), Vec::new());
        let mut elements = Vec::new();
        for (namespace, id, value) in data.iter() {
            let mut value = value.clone();
            let fault = |rule| Fault { rule, element: ElementName::new(namespace, id) };
            if let Some(element) = known.and_then(|known| known.element(namespace, id)) {
                value = element.kind.read(value);
                faults.extend(element.check(&value).err().map(|rule| fault(rule.into())));
                warnings.extend(element.warning(&value).map(|rule| fault(rule.into())));
            }
            faults.extend(misplaced(id, &value, authority).map(fault));
            elements.push((namespace, id, value));
        }
        faults.extend(known.into_iter().flat_map(|known| missing(known, data)));
        if !faults.is_empty() {
            return Err(faults);
        }
        let elements = elements.into_iter().collect();
        Ok(Draft { doc_type: doc_type.to_owned(), elements, warnings })
    }

    /// What an issuer had better look at, and may sign all the same.
    pub fn warnings(&self) -> &[Fault] {
        &self.warnings
    }

    /// One document for each device key. Nothing but their elements and days is common to two, so
    /// that presentations of them cannot be linked.
    ///
    /// # Errors
    /// [`Error::RepeatedKey`], and those of [`Issuance::sign`].
    pub fn sign(
        &self,
        device_keys: &[PublicKey],
        days: Days,
        signer: DocumentSigner<'_>,
        rng: &mut dyn CryptoRng,
    ) -> Result<Vec<IssuerSigned>, Error> {
        let mut rest = device_keys;
        while let Some((key, others)) = rest.split_first() {
            if others.contains(key) {
                return Err(Error::RepeatedKey);
            }
            rest = others;
        }
        let documents = device_keys.iter().map(|device_key| {
            let issuance = Issuance {
                doc_type: self.doc_type.clone(),
                elements: self.elements.clone(),
                device_key: device_key.clone(),
                key_authorizations: KeyAuthorizations::default(),
                digest_algorithm: DigestAlgorithm(Hash::Sha256),
                days,
                status: None,
            };
            Ok(issuance.sign(signer, rng)?)
        });
        documents.collect()
    }
}

/// Elements that must say what the signer's certificate says (ISO 18013-5 §7.2.1, Table 5).
type Place = (&'static str, Error, fn(&Certificate) -> Option<&str>);
const PLACES: [Place; 2] = [
    ("issuing_country", Error::CountryMismatch, Certificate::country),
    ("issuing_jurisdiction", Error::JurisdictionMismatch, Certificate::state),
];

fn misplaced(id: &str, value: &Value, authority: &Certificate) -> Option<Error> {
    let (_, rule, place) = PLACES.iter().find(|(known, ..)| *known == id)?;
    let is_there = |place: &str| matches!(value, Value::Text(text) if text == place);
    place(authority).is_some_and(|place| !is_there(place)).then_some(*rule)
}

fn missing(known: &DocumentType, data: &NameSpaces<Value>) -> Vec<Fault> {
    let missing = known.missing(|namespace, id| data.get(namespace, id).is_some());
    let named = missing.into_iter().filter_map(|(namespace, element)| match element.name {
        Name::One(id) => Some(ElementName::new(namespace, id)),
        Name::Numbered(_) | Name::Suffixed(_) => None,
    });
    named.map(|element| Fault { rule: Error::MissingElement, element }).collect()
}

use std::fmt;

use coffret_catalogue::Error::NotADate;
use coffret_catalogue::{
    Dated, DocumentType, Force, Meaning, Name, dated, dates, document_type, force,
};
use coffret_cbor::Value;
use coffret_crypto::{Hash, PublicKey};
use coffret_mdoc::{
    Days, DigestAlgorithm, DocumentSigner, ElementName, Issuance, IssuerSigned, KeyAuthorizations,
    NameSpaces, contradiction,
};
use coffret_trust::Certificate;
use rand_core::CryptoRng;

use crate::Error;

/// What an issuer has found fit to sign: elements of the types that the catalogue gives them.
#[derive(Debug, Clone)]
pub struct Draft {
    doc_type: String,
    elements: NameSpaces<Value>,
    days: Days,
    warnings: Vec<Fault>,
}

/// What is wrong with the data of a document, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The rule.
    pub rule: Error,
    /// The element that breaks it, or is missing; none where the document as a whole breaks it.
    pub element: Option<ElementName>,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.element {
            Some(element) => write!(f, "{element}: {}", self.rule),
            None => self.rule.fmt(f),
        }
    }
}

impl Draft {
    /// Reads the data of a document that `authority` is to issue on these days. A text where the
    /// catalogue has a date becomes that date; types and elements that the catalogue does not know stay
    /// as they are.
    ///
    /// # Errors
    /// Every fault: a value of another type or form than the catalogue's, a mandatory element that
    /// is missing, a country or jurisdiction other than the authority's, a type or a namespace that is
    /// reserved to another territory, dates that have passed or are yet to come, ages that contradict each
    /// other.
    pub fn new(
        doc_type: &str,
        data: &NameSpaces<Value>,
        authority: &Certificate,
        days: Days,
    ) -> Result<Draft, Vec<Fault>> {
        let known = document_type(doc_type);
        let (mut faults, mut warnings) = (Vec::new(), Vec::new());
        // Every verifier would refuse it, so nobody is handed it.
        let mut names = [doc_type].into_iter().chain(data.iter().map(|(namespace, ..)| namespace));
        if !names.all(|name| authority.territory().may_sign(name)) {
            faults.push(Fault { rule: Error::Reserved, element: None });
        }
        let mut elements = Vec::new();
        for (namespace, id, value) in data.iter() {
            let mut value = value.clone();
            let fault = |rule| Fault { rule, element: Some(ElementName::new(namespace, id)) };
            let row = known.and_then(|known| known.element(namespace, id));
            let checked = match row {
                Some(row) => {
                    value = row.kind.read(value);
                    warnings.extend(row.warning(&value).map(|rule| fault(rule.into())));
                    row.check(&value)
                }
                None => Ok(()),
            };
            let dates = dates(dated(doc_type, namespace, id), &value);
            let unreadable = dates.iter().any(|date| date.span.is_none());
            let checked = checked.and(if unreadable { Err(NotADate) } else { Ok(()) });
            faults.extend(checked.err().map(|rule| fault(rule.into())));
            faults.extend(dates.iter().filter_map(|date| untimely(date, days)).map(fault));
            let lapsed = row.and_then(|row| force(row, &value, days.signed.start()));
            if lapsed == Some(Force::Nothing) && !dates.is_empty() {
                faults.push(fault(Error::NothingInForce));
            }
            if dates.iter().any(|date| is_outlived(date, days)) {
                warnings.push(fault(Error::OutlivesExpiry));
            }
            faults.extend(misplaced(id, &value, authority).map(fault));
            elements.push((namespace, id, value));
        }
        faults.extend(known.into_iter().flat_map(|known| missing(known, data)));
        let elements: NameSpaces<Value> = elements.into_iter().collect();
        let signed = days.signed.start();
        let contradiction = contradiction(doc_type, elements.iter(), signed, signed);
        let contradiction =
            contradiction.map(|name| Fault { rule: Error::AgesContradict, element: Some(name) });
        faults.extend(contradiction);
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Draft { doc_type: doc_type.to_owned(), elements, days, warnings })
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
                days: self.days,
                status: None,
            };
            Ok(issuance.sign(signer, rng)?)
        });
        documents.collect()
    }
}

/// Whether the document would be refused for this date on the day that it is signed. An expiry date has
/// no day of grace here: nobody signs what ended yesterday.
fn untimely(date: &Dated, days: Days) -> Option<Error> {
    match (date.meaning?, date.span?) {
        (Meaning::Expires, span) if span.last_day() < days.signed => Some(Error::ExpiryPassed),
        (Meaning::Issued | Meaning::Born, span) if span.is_ahead(days.signed.start()) => {
            Some(Error::DateAhead)
        }
        _ => None,
    }
}

/// Whether the signature would still be valid after the document has expired.
fn is_outlived(date: &Dated, days: Days) -> bool {
    let expires = date.meaning == Some(Meaning::Expires);
    expires && date.span.is_some_and(|span| span.last_day() < days.until)
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
    named.map(|name| Fault { rule: Error::MissingElement, element: Some(name) }).collect()
}

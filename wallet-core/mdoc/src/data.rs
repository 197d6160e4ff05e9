//! What the elements of a document say about time, held against the clock and each other.
//!
//! An MSO's validity is that of a copy in a phone, often renewed; the licence itself may have ended.

use coffret_catalogue::{Force, Form, Meaning, dated, dates, element, force};
use coffret_cbor::{Item, Timestamp};

use crate::{Error, Finding, age};

/// What is wrong with the elements, and what deviates.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) errors: Vec<Finding>,
    pub(crate) warnings: Vec<Finding>,
}

/// Judges what a document shows, by an issuer that signed at `signed`. The grace for time zones is that
/// of the catalogue.
pub(crate) fn judge<'d>(
    doc_type: &str,
    elements: impl Iterator<Item = (&'d str, &'d str, Item<'d>)>,
    signed: Timestamp,
    now: Timestamp,
) -> Found {
    let mut found = Found::default();
    let elements: Vec<_> = elements.map(|(ns, id, value)| (ns, id, value.value())).collect();
    for (namespace, id, value) in &elements {
        let row = element(doc_type, namespace, id);
        let dates = dates(dated(doc_type, namespace, id), value);
        let at = |rule| Finding::at(rule, namespace, id);
        let errors = dates.iter().filter_map(|date| match (date.meaning?, date.span?) {
            (Meaning::Expires, span) if span.is_over(now) => Some(Error::ExpiryPassed),
            (Meaning::Issued | Meaning::Born, span) if span.is_ahead(now) => Some(Error::DateAhead),
            _ => None,
        });
        found.errors.extend(errors.map(at));
        if row.and_then(|row| force(row, value, now)).is_some_and(|force| force != Force::All) {
            found.warnings.push(at(Error::NotInForce));
        }
        if dates.iter().any(|date| date.span.is_none()) {
            found.warnings.push(at(Error::DateUnreadable));
        } else if dates.iter().any(|date| date.form == Form::Improper) {
            found.warnings.push(at(Error::DateForm));
        }
    }
    let elements = elements.iter().map(|(namespace, id, value)| (*namespace, *id, value));
    if let Some(name) = age::contradiction(doc_type, elements, signed, now) {
        found.errors.push(Finding { rule: Error::AgesContradict, element: Some(name) });
    }
    found
}

use coffret_cbor::Value;

use crate::{Label, document_type};

mod people;

/// An invented person and the documents that the person holds, plainly marked SPÉCIMEN.
#[derive(Debug, Clone, Copy)]
pub struct Specimen {
    /// What the command line and tests call it.
    pub id: &'static str,
    /// Whom it stands for.
    pub label: Label,
    /// One document of a type at most.
    pub documents: &'static [SpecimenDocument],
}

/// A document of an invented person.
#[derive(Debug, Clone, Copy)]
pub struct SpecimenDocument {
    /// Its type, one of the catalogue's.
    pub doc_type: &'static str,
    rows: &'static [(&'static str, &'static str, Datum)],
}

impl SpecimenDocument {
    /// Its elements as an issuer signs them: namespace, identifier, value.
    pub fn elements(&self) -> impl Iterator<Item = (&'static str, &'static str, Value)> {
        let doc_type = document_type(self.doc_type);
        self.rows.iter().map(move |(namespace, id, datum)| {
            let element = doc_type.and_then(|doc_type| doc_type.element(namespace, id));
            let value = datum.value();
            let value = match element {
                Some(element) => element.kind.read(value),
                None => value,
            };
            (*namespace, *id, value)
        })
    }
}

/// The invented person of this id.
pub fn specimen(id: &str) -> Option<&'static Specimen> {
    people::PEOPLE.iter().find(|specimen| specimen.id == id)
}

/// Every invented person.
pub fn specimens() -> &'static [Specimen] {
    people::PEOPLE
}

/// A value as a row can hold it; the catalogue's types turn text into dates.
#[derive(Debug, Clone, Copy)]
enum Datum {
    Text(&'static str),
    Unsigned(u64),
    Bool(bool),
    Bytes(&'static [u8]),
    List(&'static [Datum]),
    Record(&'static [(&'static str, Datum)]),
}

impl Datum {
    fn value(&self) -> Value {
        match self {
            Datum::Text(text) => (*text).into(),
            Datum::Unsigned(number) => Value::Unsigned(*number),
            Datum::Bool(truth) => Value::Bool(*truth),
            Datum::Bytes(bytes) => Value::Bytes(bytes.to_vec()),
            Datum::List(items) => Value::Array(items.iter().map(Datum::value).collect()),
            Datum::Record(pairs) => Value::Map(
                pairs.iter().map(|(key, datum)| ((*key).into(), datum.value())).collect(),
            ),
        }
    }
}

#[cfg(test)]
mod tests;

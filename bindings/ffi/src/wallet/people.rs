//! Whose the documents are.

use coffret_holder as holder;

use super::Wallet;
use super::documents::document_id;
use crate::call::randomness;
use crate::documents::Person;
use crate::error::Result;
use crate::words::{DocumentId, PersonId};

#[uniffi::export]
impl Wallet {
    /// The people whose documents are here, the wallet's own holder first.
    ///
    /// # Errors
    /// It is not open.
    pub fn people(&self) -> Result<Vec<Person>> {
        self.with(|wallet| Ok(wallet.people()?.into_iter().map(Person::from).collect()))
    }

    /// Calls a person by another name here; no document changes.
    ///
    /// # Errors
    /// There is none of this id; the name is empty or longer than 150 characters.
    pub fn rename_person(&self, person: PersonId, name: String) -> Result<()> {
        self.with(|wallet| {
            Ok(wallet.rename_person(person_id(&person)?, &name, &mut randomness())?)
        })
    }

    /// Makes one person of two: the documents of `person` are the other's from then on.
    ///
    /// # Errors
    /// There is none of one of these ids; one is real and the other invented, of specimens.
    pub fn merge_people(&self, person: PersonId, other: PersonId) -> Result<()> {
        self.with(|wallet| {
            let (person, other) = (person_id(&person)?, person_id(&other)?);
            Ok(wallet.merge_people(person, other, &mut randomness())?)
        })
    }

    /// Forgets a person without documents.
    ///
    /// # Errors
    /// There is none of this id; the person has documents, or is the wallet's own holder while there
    /// are other people.
    pub fn delete_person(&self, person: PersonId) -> Result<()> {
        self.with(|wallet| Ok(wallet.delete_person(person_id(&person)?, &mut randomness())?))
    }

    /// A person whom no document has named yet.
    ///
    /// # Errors
    /// The name is empty or longer than 150 characters.
    pub fn add_person(&self, name: String) -> Result<PersonId> {
        self.with(|wallet| Ok(PersonId::of(wallet.add_person(&name, &mut randomness())?)))
    }

    /// Says who the wallet's own holder is.
    ///
    /// # Errors
    /// There is none of this id; all documents of theirs are specimens.
    pub fn set_holder(&self, person: PersonId) -> Result<()> {
        self.with(|wallet| Ok(wallet.set_holder(person_id(&person)?, &mut randomness())?))
    }

    /// Says whose a document is, where the wallet has guessed wrong. Who has no document left goes.
    ///
    /// # Errors
    /// There is no such document, or person; a specimen is given to a real person, or a real document
    /// to an invented one.
    pub fn assign(&self, document: DocumentId, person: PersonId) -> Result<()> {
        self.with(|wallet| {
            let (document, person) = (document_id(&document)?, person_id(&person)?);
            Ok(wallet.assign(document, person, &mut randomness())?)
        })
    }
}

/// What is nobody's id is unknown.
fn person_id(id: &PersonId) -> Result<holder::PersonId> {
    Ok(id.bytes().ok_or(holder::Error::UnknownPerson)?.into())
}

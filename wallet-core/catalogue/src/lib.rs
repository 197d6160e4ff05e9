//! Document types, elements, labels, purposes and sentences, in French and English, as data.
//!
//! Everything that the product says about a document is a row here: what its elements are called,
//! which are mandatory, how a value is checked when it is issued and written when it is shown, what
//! a purpose justifies, and the two sentences of every error code. To add a document type, add a
//! file of rows beside the others in `types/` and name it in [`document_types`].
//!
//! It reads no credential and judges none: a type that is not here is shown by its raw names.
//!
//! ```
//! use coffret_catalogue::{Lang, document_type};
//!
//! let card = document_type("ca.qc.gouv.ramq.cam.1").unwrap();
//! assert_eq!(card.label.text(Lang::French), "Carte d’assurance maladie");
//!
//! let id = "health_insurance_number";
//! let number = card.element("ca.qc.gouv.ramq.cam.1", id).unwrap();
//! assert_eq!(number.label(id, Lang::French), "Numéro d’assurance maladie");
//! assert_eq!(number.show(&"TREM04121925".into(), Lang::French), "TREM 0412 1925");
//! ```

mod check;
mod error;
pub mod nam;
mod purpose;
mod sentence;
mod show;
mod specimen;
mod types;

pub use error::Error;
pub use purpose::{Asker, ElementId, Need, Purpose, purpose, purposes};
pub use sentence::{Said, Sentence, sentence};
pub use specimen::{Specimen, SpecimenDocument, specimen, specimens};
pub use types::{
    Choice, DocumentType, Element, ElementType, Exposure, Field, Group, Issuing, Name, Namespace,
    Presence, SMALL_IMAGE_LIMIT, Shape, TEXT_LIMIT, document_type, document_types,
};

/// A language that the product speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// French, as written in Québec: the first language and the default.
    #[default]
    French,
    /// English, by choice.
    English,
}

/// Words in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    /// In French.
    pub fr: &'static str,
    /// In English.
    pub en: &'static str,
}

impl Label {
    /// The words in `lang`.
    pub const fn text(self, lang: Lang) -> &'static str {
        match lang {
            Lang::French => self.fr,
            Lang::English => self.en,
        }
    }
}

#[cfg(test)]
mod words;

//! Document types, elements, labels, purposes and sentences, in French and English, as data.
//!
//! Everything that the product says about a document is a row here: what its elements are called,
//! which are mandatory, how a value is checked when it is issued and written when it is shown, what
//! a purpose justifies, and the two sentences of every error code. To add a document type, add a
//! file of rows beside the others in `types/` and name it in [`document_types`].
//!
//! It reads no credential and judges none: a type that is not here is shown by its raw names.
//!
//! # The rules of a value
//! What [`Element::check`] asks of a value that is to be signed; the errors cite these sections.
//!
//! 1. *Types.* The CBOR type of its row, which for the licence is that of ISO 18013-5 §7.2.1.
//! 2. *Codes.* One of the row's list, where the list is closed.
//! 3. *Dates and times.* A `full-date` is a day of the calendar (RFC 8943 §1.1); a `tdate` has
//!    neither a fraction of a second nor an offset (ISO 18013-5 §7.1); a time is `HH:MM`.
//! 4. *Texts.* At most [`TEXT_LIMIT`] characters, in the shape of its row.
//! 5. *Structures.* Every mandatory field.
//! 6. *Images.* JPEG or JPEG 2000, whole (ISO 18013-5 §7.2.2); a JPEG 2000 claims no more than
//!    [`codestream`] takes; the small portrait is a JPEG of at most
//!    [`SMALL_IMAGE_LIMIT`] bytes.
//!
//! # Who may sign
//! The rules of types and namespaces, which the errors of documents cite.
//!
//! 7. *Territories.* A name that is [reserved](Territory::may_sign) to a territory is signed by an issuer
//!    whose certificate names that country and that state or province, and by no other.
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

mod caution;
mod check;
mod dates;
mod error;
mod meets;
pub mod nam;
mod picture;
mod purpose;
mod sentence;
mod show;
mod specimen;
mod territory;
mod types;

pub use caution::{Caution, is_portrait, sent, stranger};
pub use dates::{Dated, Force, Form, Meaning, Span, dates, force};
pub use error::Error;
pub use picture::codestream;
pub use purpose::{Asker, ElementId, Need, Purpose, purpose, purposes};
pub use sentence::{Said, Sentence, sentence, sentences};
pub use show::show_date;
pub use specimen::{Specimen, SpecimenDocument, specimen, specimens};
pub use territory::{Likeness, Territory};
pub use types::{
    Choice, DocumentType, Element, ElementType, Exposure, Field, Group, KeyPurposes, MDL_READER,
    MDL_SIGNER, Name, Namespace, Presence, READER_PURPOSES, SMALL_IMAGE_LIMIT, Shape, TEXT_LIMIT,
    dated, document_type, document_types, element,
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

/// Said of an element that the device says and the issuer does not, wherever it is shown: it proves
/// nothing of its holder.
pub const SAID_BY_DEVICE: Label = Label { fr: "Dit par l’appareil", en: "Said by the device" };

#[cfg(test)]
mod words;

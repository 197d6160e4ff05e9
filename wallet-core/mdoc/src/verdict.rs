use std::fmt;
use std::ops::Deref;

use coffret_cbor::{Encoded, Value};
use coffret_trust::SignerVerdict;

use crate::{DeviceAuthMethod, ElementName, Error, NameSpaces, ValidityInfo};

/// The judgement of a response: of each document, every reason.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// One for each document that could be read, in order.
    pub documents: Vec<DocumentVerdict>,
    /// What is wrong with the response as a whole, or with a document that cannot be read.
    pub errors: Vec<Finding>,
}

impl Verdict {
    /// Whether there is a document, and nothing wrong with any, nor with the whole.
    pub fn is_valid(&self) -> bool {
        !self.documents.is_empty()
            && self.errors.is_empty()
            && self.documents.iter().all(|document| document.errors.is_empty())
    }
}

/// A rule that was broken, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: Error,
    /// The element that breaks it, where it is one's.
    pub element: Option<ElementName>,
}

impl Finding {
    pub(crate) fn at(rule: Error, namespace: &str, identifier: &str) -> Finding {
        Finding { rule, element: Some(ElementName::new(namespace, identifier)) }
    }
}

impl From<Error> for Finding {
    fn from(rule: Error) -> Self {
        Finding { rule, element: None }
    }
}

/// What is found of one document, its values left out.
#[derive(Debug, Clone)]
pub struct Judgement {
    pub(crate) doc_type: String,
    pub(crate) issuer: SignerVerdict,
    pub(crate) validity: ValidityInfo,
    pub(crate) device_auth: Option<DeviceAuthMethod>,
    pub(crate) device_auth_checked: bool,
    pub(crate) request: Option<usize>,
    pub(crate) errors: Vec<Finding>,
    pub(crate) warnings: Vec<Finding>,
}

impl Judgement {
    /// The document's type.
    pub fn doc_type(&self) -> &str {
        &self.doc_type
    }

    /// Who signed it, and whether they are trusted.
    pub fn issuer(&self) -> &SignerVerdict {
        &self.issuer
    }

    /// From when to when it says it is valid.
    pub fn validity(&self) -> &ValidityInfo {
        &self.validity
    }

    /// How the device proved its key, or claims to.
    pub fn device_auth(&self) -> Option<DeviceAuthMethod> {
        self.device_auth
    }

    /// Whether that proof was judged: not so where only the issuer's part is, nor where what it
    /// takes is missing.
    pub fn device_auth_checked(&self) -> bool {
        self.device_auth_checked
    }

    /// The place of the request that it answers, where what was asked is known. No two documents of
    /// a response answer one.
    pub fn request(&self) -> Option<usize> {
        self.request
    }

    /// Why it is not valid.
    pub fn errors(&self) -> &[Finding] {
        &self.errors
    }

    /// Deviations that do no harm.
    pub fn warnings(&self) -> &[Finding] {
        &self.warnings
    }
}

/// The judgement of one document, with the values that it claims.
#[derive(Debug, Clone)]
pub struct DocumentVerdict {
    pub(crate) judgement: Judgement,
    pub(crate) elements: NameSpaces<Encoded>,
    pub(crate) device_elements: NameSpaces<Encoded>,
}

impl DocumentVerdict {
    /// The document, when nothing is wrong with it.
    ///
    /// # Errors
    /// The same verdict, when something is.
    pub fn into_verified(self) -> Result<VerifiedDocument, Box<DocumentVerdict>> {
        if !self.errors.is_empty() {
            return Err(Box::new(self));
        }
        let (elements, mut device_elements) = self.claims();
        if !self.device_auth_checked {
            device_elements = NameSpaces::default();
        }
        Ok(VerifiedDocument { judgement: self.judgement, elements, device_elements })
    }

    /// What issuer and device are said to say, for someone who looks for the fault: nothing of it
    /// is proven.
    pub fn claims(&self) -> (NameSpaces<Value>, NameSpaces<Value>) {
        let value = |element: &Encoded| element.as_item().value();
        (self.elements.map(value), self.device_elements.map(value))
    }
}

impl Deref for DocumentVerdict {
    type Target = Judgement;

    fn deref(&self) -> &Judgement {
        &self.judgement
    }
}

/// A document with which nothing is wrong: only what [`verify`](crate::verify) judged becomes one.
#[derive(Clone)]
pub struct VerifiedDocument {
    judgement: Judgement,
    elements: NameSpaces<Value>,
    device_elements: NameSpaces<Value>,
}

impl VerifiedDocument {
    /// What the issuer says of the holder.
    pub fn elements(&self) -> &NameSpaces<Value> {
        &self.elements
    }

    /// What the device says, where the issuer authorised it and its proof was judged.
    pub fn device_elements(&self) -> &NameSpaces<Value> {
        &self.device_elements
    }
}

impl Deref for VerifiedDocument {
    type Target = Judgement;

    fn deref(&self) -> &Judgement {
        &self.judgement
    }
}

impl fmt::Debug for VerifiedDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.judgement.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::Verdict;

    #[test]
    fn no_document_is_no_valid_one() {
        assert!(!Verdict { documents: Vec::new(), errors: Vec::new() }.is_valid());
    }
}

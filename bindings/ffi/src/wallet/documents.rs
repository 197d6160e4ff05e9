//! What the wallet holds.

use std::time::SystemTime;

use coffret_holder as holder;

use super::Wallet;
use crate::call::randomness;
use crate::documents::{Added, Card, Document, Notice, Refusal, UnreadableRecord};
use crate::error::Result;
use crate::words::{DocumentId, timestamp};

#[uniffi::export]
impl Wallet {
    /// What there is to know of each document without reading it, in the order of adding.
    ///
    /// # Errors
    /// It is not open.
    pub fn documents(&self, now: SystemTime) -> Result<Vec<Card>> {
        self.with(|wallet| {
            let cards = wallet.documents(timestamp(now)?)?.into_iter();
            cards.map(|card| Card::new(card, now)).collect()
        })
    }

    /// A document and what it says, judged anew.
    ///
    /// # Errors
    /// There is none of this id.
    pub fn document(&self, document: DocumentId, now: SystemTime) -> Result<Document> {
        self.with(|wallet| {
            let found = wallet.document(document_id(&document)?, timestamp(now)?)?;
            Document::new(found, now)
        })
    }

    /// Removes a document. Its keys are among [`Wallet::abandoned_keys`] then.
    ///
    /// # Errors
    /// There is none of this id.
    pub fn remove(&self, document: DocumentId) -> Result<()> {
        self.with(|wallet| Ok(wallet.remove(document_id(&document)?, &mut randomness())?))
    }

    /// The records that do not read: the wallet is as without them, and they stay until they are removed.
    ///
    /// # Errors
    /// It is not open.
    pub fn unreadable(&self) -> Result<Vec<UnreadableRecord>> {
        self.with(|wallet| {
            Ok(wallet.unreadable()?.into_iter().map(UnreadableRecord::from).collect())
        })
    }

    /// What there is to be said now, of documents and of trust data.
    ///
    /// # Errors
    /// It is not open.
    pub fn notices(&self, now: SystemTime) -> Result<Vec<Notice>> {
        self.with(|wallet| {
            let notices = wallet.notices(timestamp(now)?)?;
            Ok(notices.into_iter().map(Notice::from).collect())
        })
    }

    /// Takes what an issuer hands over, one credential or several: all of them or none.
    ///
    /// # Errors
    /// They cannot be read at all.
    pub fn add(&self, credentials: Vec<u8>, now: SystemTime) -> Result<Added> {
        self.with(|wallet| match wallet.add(&credentials, timestamp(now)?, &mut randomness()) {
            Ok(documents) => {
                let documents = documents.into_iter().map(DocumentId::of).collect();
                Ok(Added::Held { documents })
            }
            Err(holder::AddError::Refused(refusals)) => {
                let refusals = refusals.into_iter().map(Refusal::from).collect();
                Ok(Added::Refused { refusals })
            }
            Err(holder::AddError::Failed(error)) => Err(error.into()),
        })
    }
}

/// What is nobody's id is unknown.
pub(super) fn document_id(id: &DocumentId) -> Result<holder::DocumentId> {
    Ok(id.bytes().ok_or(holder::Error::UnknownDocument)?.into())
}

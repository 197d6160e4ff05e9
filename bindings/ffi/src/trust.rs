use std::time::SystemTime;

use coffret_holder as holder;
use coffret_trust as trust;

use crate::words::{TrustId, code_names, system_time};

/// What trust data is. Of a file of certificates, PEM or the DER of one, the revocation lists count too,
/// whatever it is brought for; where the one or the other is refused, none is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum TrustKind {
    /// A file of certificates, whose document signers sign real documents.
    Issuers,
    /// A file of certificates, whose readers are who they say.
    Readers,
    /// A file of certificates, whose document signers sign specimens.
    Specimens,
    /// A file of certificates that sign the registry of readers.
    Registrars,
    /// The signed registry of readers. There is one: the newest.
    Registry,
    /// A revocation list in DER, or those of a PEM file, of issuers and of readers' authorities alike.
    /// Each is kept; for each certificate the newest of its issuer's key and scope counts. Certificates
    /// in the file are passed over.
    RevocationLists,
}

impl From<holder::TrustKind> for TrustKind {
    fn from(kind: holder::TrustKind) -> Self {
        match kind {
            holder::TrustKind::Anchors(trust::Purpose::Issuer) => TrustKind::Issuers,
            holder::TrustKind::Anchors(trust::Purpose::Reader) => TrustKind::Readers,
            holder::TrustKind::Anchors(trust::Purpose::Specimen) => TrustKind::Specimens,
            holder::TrustKind::Anchors(trust::Purpose::Registry) => TrustKind::Registrars,
            holder::TrustKind::Registry => TrustKind::Registry,
            holder::TrustKind::RevocationLists => TrustKind::RevocationLists,
        }
    }
}

impl TrustKind {
    /// What the certificates are trusted for; nothing for what is no certificates.
    fn purpose(self) -> Option<trust::Purpose> {
        match self {
            TrustKind::Issuers => Some(trust::Purpose::Issuer),
            TrustKind::Readers => Some(trust::Purpose::Reader),
            TrustKind::Specimens => Some(trust::Purpose::Specimen),
            TrustKind::Registrars => Some(trust::Purpose::Registry),
            TrustKind::Registry | TrustKind::RevocationLists => None,
        }
    }
}

/// Trust data, of whatever kind.
#[derive(Debug, Clone, uniffi::Record)]
pub struct TrustData {
    /// What it is.
    pub kind: TrustKind,
    /// A file in PEM or DER, or the COSE_Sign1 of a registry.
    pub content: Vec<u8>,
    /// The types of the documents that issuers and specimens' issuers are trusted to sign; where it is
    /// empty, of any type, unless the same certificates are there already with a limit: that one stays
    /// until they are removed. Readers and registrars sign none.
    #[uniffi(default = [])]
    pub doc_types: Vec<String>,
}

impl TrustData {
    pub(crate) fn read(&self) -> holder::TrustData<'_> {
        let file = self.content.as_slice();
        match self.kind.purpose() {
            Some(purpose) if self.doc_types.is_empty() => holder::TrustData::Anchors(file, purpose),
            Some(purpose) => holder::TrustData::AnchorsFor(file, purpose, &self.doc_types),
            None if self.kind == TrustKind::Registry => holder::TrustData::Registry(file),
            None => holder::TrustData::RevocationLists(file),
        }
    }
}

/// Trust data that the wallet holds.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct TrustEntry {
    /// Its id.
    pub id: TrustId,
    /// What it is; nothing where its record cannot be read.
    pub kind: Option<TrustKind>,
    /// Where it came from, as told.
    pub source: String,
    /// When it came; nothing where its record cannot be read.
    pub added: Option<SystemTime>,
    /// The common names: of certificates, and of the issuers of revocation lists.
    pub names: Vec<String>,
    /// The types of the documents that they are trusted to sign; where it is empty, of any type.
    pub doc_types: Vec<String>,
    /// From when on it is old: a certificate has expired, a newer registry or list is due.
    pub until: Option<SystemTime>,
    /// How many anchors it brought.
    pub anchors: u64,
    /// The names of the codes of what could not be used, which disables itself only.
    pub unusable: Vec<String>,
}

impl From<&holder::TrustEntry> for TrustEntry {
    fn from(entry: &holder::TrustEntry) -> Self {
        let unusable: Vec<_> = entry.brought.unusable.iter().map(|(_, rule)| *rule).collect();
        TrustEntry {
            id: TrustId::of(entry.id),
            kind: entry.kind.map(TrustKind::from),
            source: entry.source.clone(),
            added: entry.added.map(system_time),
            names: entry.names.clone(),
            doc_types: entry.doc_types.clone().unwrap_or_default(),
            until: entry.until.map(system_time),
            anchors: entry.brought.anchors as u64,
            unusable: code_names(&unusable),
        }
    }
}

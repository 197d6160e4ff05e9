use std::collections::HashSet;
use std::fmt;

use coffret_cbor::{Encoded, Timestamp};
use coffret_crypto::{Hash, KeyRef};
use coffret_mdoc::{ElementName, VerifiedDocument};
use coffret_store::Changes;
use rand_core::CryptoRng;

use crate::credential::Credential;
use crate::excerpt::Excerpt;
use crate::person::People;
use crate::records::{self, CopyId, CopyRecord, DocumentRecord, readable, table};
use crate::{DocumentId, Error, Issuer, PersonId, Reuse, Wallet};

/// Why credentials were not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AddError {
    /// They are not fit to be held: every reason.
    Refused(Vec<Refusal>),
    /// They cannot be read at all, or not be stored.
    Failed(Error),
}

/// A rule that one credential breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The credential's place among those given, from 0.
    pub credential: usize,
    /// The rule.
    pub rule: Error,
    /// The element that breaks it, where it is one's.
    pub element: Option<ElementName>,
}

impl<E: Into<Error>> From<E> for AddError {
    fn from(error: E) -> Self {
        AddError::Failed(error.into())
    }
}

impl fmt::Display for AddError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AddError::Refused(refusals) => {
                let rules = refusals.iter().map(|refusal| refusal.rule.to_string());
                f.write_str(&rules.collect::<Vec<_>>().join("; "))
            }
            AddError::Failed(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for AddError {}

/// The copies of one document that may be shown: what is left of one lot, and the next of as many
/// as are handed over at once. A listing reads 150 bytes of each.
const MAX_COPIES: usize = 512;

/// A credential with which nothing is wrong.
struct Accepted {
    /// Its place among those given.
    place: usize,
    credential: Credential,
    document: VerifiedDocument,
    key: KeyRef,
}

impl Wallet {
    /// Takes what an issuer hands over, one credential or several: all of them or none.
    ///
    /// Each is judged as a reader that trusts whom the wallet trusts would judge it, and has to be
    /// bound to a device key of this wallet that no other is bound to. Several of one type by which
    /// one authority says the same are copies of one document, which may be held already. The
    /// documents are returned in the order given, each once.
    ///
    /// # Errors
    /// [`AddError::Refused`] with [`Error::ForeignKey`], [`Error::UsedKey`],
    /// [`Error::AlreadyHeld`] and what [`coffret_mdoc::verify`] finds, or with
    /// [`Error::TooManyCopies`]; [`AddError::Failed`] with [`Error::CredentialForm`],
    /// [`Error::TooManyCredentials`], [`Error::Cbor`], [`Error::Store`]
    pub fn add(
        &mut self,
        credentials: &[u8],
        now: Timestamp,
        rng: &mut dyn CryptoRng,
    ) -> Result<Vec<DocumentId>, AddError> {
        let mut alike: Vec<(Vec<u8>, Vec<Accepted>)> = Vec::new();
        for accepted in self.accepted(credentials, now)? {
            let fingerprint = accepted.fingerprint();
            match alike.iter_mut().find(|(known, _)| *known == fingerprint) {
                Some((_, copies)) => copies.push(accepted),
                None => alike.push((fingerprint, vec![accepted])),
            }
        }
        let mut people = People::readable(&self.store)?;
        let (mut changes, mut documents) = (Changes::default(), Vec::new());
        let mut refusals = Vec::new();
        for (fingerprint, copies) in alike {
            let Some(first) = copies.first() else { continue };
            let (id, mut record) = match self.known(&fingerprint)? {
                Some(known) => known,
                None => {
                    let person = people.whose(
                        first.document.elements(),
                        first.document.issuer().specimen,
                        rng,
                    );
                    (DocumentId::random(rng), first.record(fingerprint, person))
                }
            };
            record.expire_copies(now);
            record.excerpt = Some(Excerpt::of(&record.doc_type, &first.credential.issuer_signed));
            for Accepted { place, credential, document, key } in copies {
                if record.left() >= MAX_COPIES {
                    let rule = Error::TooManyCopies;
                    refusals.push(Refusal { credential: place, rule, element: None });
                }
                let copy = CopyRecord {
                    id: CopyId::random(rng),
                    key,
                    uses: 0,
                    lost: false,
                    validity: document.validity().into(),
                };
                let term = device_key(&credential);
                changes = changes.delete(table::UNUSED_KEYS, records::of_key(key)).put(
                    table::COPIES,
                    copy.id.record(),
                    Some(term.as_bytes()),
                    credential.bytes,
                );
                record.give_copy(copy);
            }
            changes = record.put(changes, id);
            documents.push(id);
        }
        if !refusals.is_empty() {
            return Err(AddError::Refused(refusals));
        }
        self.commit(people.put(changes), rng)?;
        Ok(documents)
    }

    /// The credentials, if nothing is wrong with any.
    fn accepted(&self, bytes: &[u8], now: Timestamp) -> Result<Vec<Accepted>, AddError> {
        let (mut accepted, mut refusals) = (Vec::new(), Vec::new());
        let mut keys = HashSet::new();
        for (place, credential) in Credential::read_all(bytes)?.into_iter().enumerate() {
            let mut refuse = |rule: Error, element| {
                refusals.push(Refusal { credential: place, rule, element });
            };
            let credential = match credential {
                Ok(credential) => credential,
                Err(rule) => {
                    refuse(rule.into(), None);
                    continue;
                }
            };
            let key = self
                .key_of(&credential)?
                .and_then(|key| if keys.insert(key) { Ok(key) } else { Err(Error::UsedKey) });
            let key = key.map_err(|rule| refuse(rule, None));
            let verdict = self.judge(&credential.doc_type, &credential.issuer_signed, now)?;
            let document = verdict.into_verified().map_err(|verdict| {
                for finding in verdict.errors() {
                    refuse(finding.rule.into(), finding.element.clone());
                }
            });
            if let (Ok(key), Ok(document)) = (key, document) {
                accepted.push(Accepted { place, credential, document, key });
            }
        }
        if refusals.is_empty() { Ok(accepted) } else { Err(AddError::Refused(refusals)) }
    }

    /// The device key that a credential is bound to, if it is one of this wallet's that waits for
    /// a credential.
    fn key_of(&self, credential: &Credential) -> Result<Result<KeyRef, Error>, Error> {
        let public = device_key(credential);
        if let Some(key) = self.store.find(table::UNUSED_KEYS, public.as_bytes()).first() {
            return Ok(Ok(KeyRef::from(*key.as_bytes())));
        }
        let Some(copy) = self.store.find(table::COPIES, public.as_bytes()).first().copied() else {
            return Ok(Err(Error::ForeignKey));
        };
        let held = self.store.read(table::COPIES, copy).map_err(records::sealed);
        let same = readable(held)?.is_some_and(|held| *held == credential.bytes);
        Ok(Err(if same { Error::AlreadyHeld } else { Error::UsedKey }))
    }

    /// The document held that says the same. Beside one whose record does not read, another is made.
    fn known(&self, fingerprint: &[u8]) -> Result<Option<(DocumentId, DocumentRecord)>, Error> {
        for id in self.store.find(table::DOCUMENTS, fingerprint) {
            if let Some(record) = readable(records::read(&self.store, id))? {
                return Ok(Some((id.into(), record)));
            }
        }
        Ok(None)
    }
}

impl Accepted {
    /// What copies of one document have in common, and other documents have not.
    ///
    /// ```cddl
    /// fingerprint = SHA-256(bytes .cbor [docType: tstr, authority: tstr, oneTime: bool,
    ///                                    specimen: bool,
    ///                                    { * namespace => { * identifier => value } }])
    /// ```
    ///
    /// The authority is the one that the signer's certificate names as its issuer, as RFC 4514
    /// writes it: a signer and its name last for a year or two, those of its authority stay (ISO
    /// 18013-5 §B.1.2).
    fn fingerprint(&self) -> Vec<u8> {
        let namespaces = self.document.elements().namespaces().iter();
        let elements = namespaces.map(|(namespace, elements)| {
            let elements = elements.iter().map(|(id, value)| (id.as_str(), value.into()));
            (namespace.as_str(), Encoded::map(elements))
        });
        let alike = Encoded::array([
            self.document.doc_type().into(),
            self.credential.issuer_signed.chain().leaf().issuer().as_str().into(),
            (self.credential.reuse == Reuse::OneTime).into(),
            self.document.issuer().specimen.into(),
            Encoded::map(elements),
        ]);
        Hash::Sha256.digest(alike.as_bytes())
    }

    /// A document without copies.
    fn record(&self, fingerprint: Vec<u8>, person: PersonId) -> DocumentRecord {
        let issuer = self.document.issuer();
        DocumentRecord {
            doc_type: self.document.doc_type().to_owned(),
            person,
            fingerprint,
            specimen: issuer.specimen,
            reuse: self.credential.reuse,
            issuer: Issuer {
                country: issuer.country.clone(),
                state: issuer.state.clone(),
                name: issuer.name.clone(),
                authority: issuer.authority.clone(),
            },
            given: 0,
            uses: 0,
            copies: Vec::new(),
            excerpt: None,
        }
    }
}

fn device_key(credential: &Credential) -> Encoded {
    credential.issuer_signed.mso().device_key.to_cose()
}

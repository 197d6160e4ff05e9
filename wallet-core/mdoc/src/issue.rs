use std::collections::BTreeMap;

use coffret_cbor::{Encoded, FullDate, Received, Value};
use coffret_crypto::cose::{Payload, Unsigned};
use coffret_crypto::{PrivateKey, PublicKey};
use coffret_trust::Certificate;
use rand_core::CryptoRng;

use crate::issuer_signed::IssuerSignedItem;
use crate::{
    DigestAlgorithm, Error, IssuerSigned, KeyAuthorizations, MobileSecurityObject, NameSpaces,
    ValidityInfo,
};

/// Bytes of randomness in each element: twice the least that ISO 18013-5 §9.1.2.5 sets.
const RANDOM: usize = 32;

/// A document to be signed for one device key.
#[derive(Debug, Clone)]
pub struct Issuance {
    /// The document's type.
    pub doc_type: String,
    /// Its elements.
    pub elements: NameSpaces<Value>,
    /// The key that the document is bound to.
    pub device_key: PublicKey,
    /// What the device may sign by itself.
    pub key_authorizations: KeyAuthorizations,
    /// What digests are made with.
    pub digest_algorithm: DigestAlgorithm,
    /// The days that the document is signed on, valid from, and valid until.
    pub days: Days,
    /// Where to ask whether the document was revoked.
    pub status: Option<Value>,
}

/// The days that a document is signed on, valid from, and valid until. They tell apart no two people
/// who were served the same day, as moments would.
#[derive(Debug, Clone, Copy)]
pub struct Days {
    /// The day of signing.
    pub signed: FullDate,
    /// The first day of validity.
    pub from: FullDate,
    /// The day at whose beginning, in UTC, validity ends.
    pub until: FullDate,
}

/// The issuer's key and its certificate.
#[derive(Debug, Clone, Copy)]
pub struct DocumentSigner<'a> {
    /// The key.
    pub key: &'a PrivateKey,
    /// Its certificate, sent along.
    pub certificate: &'a Certificate,
}

impl Issuance {
    /// Signs the document.
    ///
    /// Digest ids are a random order of 0 to n − 1 in each namespace: they say nothing of how the
    /// elements were listed, nor of which are left out later.
    ///
    /// # Errors
    /// [`Error::Empty`], [`Error::IssuerSignature`] for a key that is not the certificate's,
    /// [`Error::ValidityOrder`], [`Error::SignedOutsideSigner`], or a key that does not sign.
    pub fn sign(
        &self,
        signer: DocumentSigner<'_>,
        rng: &mut dyn CryptoRng,
    ) -> Result<IssuerSigned, Error> {
        if self.elements.is_empty() {
            return Err(Error::Empty);
        }
        if *signer.certificate.public_key()? != signer.key.public_key() {
            return Err(Error::IssuerSignature);
        }
        let validity = ValidityInfo::whole_days(self.days);
        if !validity.is_in_order() {
            return Err(Error::ValidityOrder);
        }
        if !signer.certificate.is_valid_at(validity.signed) {
            return Err(Error::SignedOutsideSigner);
        }
        let mut name_spaces = Vec::new();
        let mut value_digests = BTreeMap::new();
        for (namespace, elements) in self.elements.namespaces() {
            let items = shuffled(elements.len() as u64, rng)
                .into_iter()
                .zip(elements)
                .map(|(digest_id, (identifier, value))| {
                    let mut random = vec![0; RANDOM];
                    rng.fill_bytes(&mut random);
                    let item = IssuerSignedItem {
                        digest_id,
                        random,
                        element_identifier: identifier.clone(),
                        element_value: value.into(),
                    };
                    Received::embedded(Encoded::embedded(&Encoded::from(&item)).as_item())
                })
                .collect::<Result<Vec<Received<IssuerSignedItem>>, Error>>()?;
            let digest = |item: &Received<IssuerSignedItem>| {
                (item.digest_id, self.digest_algorithm.0.digest(item.bytes()))
            };
            value_digests.insert(namespace.clone(), items.iter().map(digest).collect());
            name_spaces.push((namespace.clone(), items));
        }
        let mso = MobileSecurityObject {
            digest_algorithm: self.digest_algorithm,
            value_digests,
            device_key: self.device_key.clone(),
            key_authorizations: self.key_authorizations.clone(),
            doc_type: self.doc_type.clone(),
            validity,
            status: self.status.clone(),
        };
        let payload = Encoded::embedded(&Encoded::from(&mso));
        let payload = Payload::Embedded(payload.as_bytes());
        let chain = [signer.certificate.der()];
        let algorithm = signer.key.public_key().curve().algorithm()?;
        let issuer_auth = Unsigned::new(algorithm, &chain, payload, &[]).sign(signer.key)?;
        IssuerSigned::new(name_spaces, Received::item(Encoded::from(&issuer_auth).as_item())?)
    }
}

/// 0 to n − 1 in a random order (Fisher and Yates).
fn shuffled(n: u64, rng: &mut dyn CryptoRng) -> Vec<u64> {
    let mut ids: Vec<u64> = (0..n).collect();
    for last in (1..ids.len()).rev() {
        // The bias of the remainder is below 2⁻⁵⁰ for any number of elements that is encoded here.
        ids.swap(last, (rng.next_u64() % (last as u64 + 1)) as usize);
    }
    ids
}

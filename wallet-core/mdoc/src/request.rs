use coffret_cbor::{Decode, Encoded, Item, Received, Timestamp};
use coffret_crypto::cose::{self, Payload, Sign1};
use coffret_crypto::{KeyOutcome, KeyRef, KeyTask, PublicKey};
use coffret_trust::{Certificate, ReaderSigned, ReaderVerdict, Trust};

use crate::elements::{check_version, name, one_or_more};
use crate::{Error, MAX_DOCUMENTS, NameSpaces, SessionTranscript, age};

/// The bytes of a request: it asks for names, and each document's part may be signed, with a chain
/// of certificates of 1 KB each.
const MAX_BYTES: usize = 32 << 10;

/// The elements of a request: a licence has under 100, and no person reads a longer consent.
const MAX_ELEMENTS: usize = 512;

/// What a reader asks for.
///
/// ```cddl
/// DeviceRequest = { "version": tstr, "docRequests": [ + DocRequest ] }
/// ```
/// ISO 18013-5 §8.3.2.1.2.1
#[derive(Debug, Clone)]
pub struct DeviceRequest {
    doc_requests: Vec<DocRequest>,
}

impl DeviceRequest {
    /// Reads a request.
    ///
    /// # Errors
    /// The rule of the form that is broken; [`Error::RequestTooLarge`] for more than 32 KiB, or more
    /// than 512 elements. No signature is checked: see [`DeviceRequest::reader`].
    pub fn parse(bytes: &[u8]) -> Result<DeviceRequest, Error> {
        if bytes.len() > MAX_BYTES {
            return Err(Error::RequestTooLarge);
        }
        let map = Item::parse(bytes)?.map()?;
        check_version(map)?;
        let doc_requests = one_or_more(map.require("docRequests")?)?;
        if doc_requests.count() > MAX_DOCUMENTS {
            return Err(Error::TooManyDocuments);
        }
        let doc_requests: Vec<_> =
            doc_requests.map(DocRequest::decode).collect::<Result<_, Error>>()?;
        let elements = doc_requests.iter().map(|request| request.items.name_spaces.iter().count());
        if elements.sum::<usize>() > MAX_ELEMENTS {
            return Err(Error::RequestTooLarge);
        }
        Ok(DeviceRequest { doc_requests })
    }

    /// A request for documents.
    pub fn new(doc_requests: Vec<DocRequest>) -> DeviceRequest {
        DeviceRequest { doc_requests }
    }

    /// What is asked of each document.
    pub fn doc_requests(&self) -> &[DocRequest] {
        &self.doc_requests
    }

    /// What to send.
    pub fn encoded(&self) -> Encoded {
        let doc_requests = self.doc_requests.iter().map(|request| {
            let auth = request.reader_auth.as_ref().map(|auth| ("readerAuth", auth.encoded()));
            let items = Some(("itemsRequest", request.items.encoded()));
            Encoded::map(items.into_iter().chain(auth))
        });
        Encoded::map([("version", "1.0".into()), ("docRequests", Encoded::array(doc_requests))])
    }

    /// Who asks: the judgement of every signature in the request, each over its own documents and
    /// this session.
    pub fn reader(
        &self,
        transcript: &SessionTranscript,
        trust: &Trust,
        now: Timestamp,
    ) -> ReaderVerdict {
        let signed = self.doc_requests.iter().map(|request| {
            let auth = request.reader_auth.as_deref()?;
            Some((auth, reader_authentication(transcript, &request.items)))
        });
        let signed: Vec<_> = signed.collect();
        let signed = signed.iter().map(|signed| {
            let (signature, payload) = signed.as_ref()?;
            Some(ReaderSigned { signature, payload: payload.as_bytes() })
        });
        trust.reader(&signed.collect::<Vec<_>>(), now)
    }
}

/// What a reader asks of one document, signed or not.
///
/// ```cddl
/// DocRequest = { "itemsRequest": #6.24(bstr .cbor ItemsRequest), ? "readerAuth": COSE_Sign1 }
/// ```
/// ISO 18013-5 §8.3.2.1.2.1
#[derive(Debug, Clone)]
pub struct DocRequest {
    items: Received<ItemsRequest>,
    reader_auth: Option<Received<Sign1>>,
}

impl DocRequest {
    /// A request by a reader that does not say who it is.
    ///
    /// # Errors
    /// [`Error::Empty`]
    pub fn unsigned(items: &ItemsRequest) -> Result<DocRequest, Error> {
        let items = Encoded::embedded(&items.into());
        Ok(DocRequest { items: Received::embedded(items.as_item())?, reader_auth: None })
    }

    /// What is asked.
    pub fn items(&self) -> &ItemsRequest {
        &self.items
    }

    fn decode(item: Item<'_>) -> Result<DocRequest, Error> {
        let map = item.map()?;
        let reader_auth = map.get("readerAuth").map(Received::item).transpose()?;
        Ok(DocRequest { items: Received::embedded(map.require("itemsRequest")?)?, reader_auth })
    }
}

/// What a reader asks of one document before its key has signed it.
///
/// The use of the key leaves as a [`KeyTask`] and comes back as a [`KeyOutcome`], as a device's does
/// in [`Unauthenticated`](crate::Unauthenticated).
#[derive(Debug, Clone)]
pub struct UnsignedRequest {
    items: Received<ItemsRequest>,
    key: PublicKey,
    auth: cose::Unsigned,
}

impl UnsignedRequest {
    /// What the reader of this certificate asks in one session.
    ///
    /// # Errors
    /// [`Error::Empty`], or a certificate whose key does not sign.
    pub fn new(
        items: &ItemsRequest,
        transcript: &SessionTranscript,
        certificate: &Certificate,
    ) -> Result<UnsignedRequest, Error> {
        let DocRequest { items, .. } = DocRequest::unsigned(items)?;
        let key = certificate.public_key()?.clone();
        let payload = reader_authentication(transcript, &items);
        let detached = Payload::Detached(payload.as_bytes());
        let chain = [certificate.der()];
        let auth = cose::Unsigned::new(key.curve().algorithm()?, &chain, detached, &[]);
        Ok(UnsignedRequest { items, key, auth })
    }

    /// What is asked of the reader's key.
    pub fn task(&self, key: KeyRef) -> KeyTask {
        KeyTask::Sign { key, message: self.auth.to_be_signed().to_vec() }
    }

    /// The request, once the key has been used. An error uses nothing up: the task may be done
    /// again.
    ///
    /// # Errors
    /// [`Error::KeyOutcome`] for an outcome of another task, a key that was declined or is gone, or
    /// a signature by another key than the certificate's; [`Error::Crypto`] for a key that failed.
    pub fn sign(&self, outcome: KeyOutcome) -> Result<DocRequest, Error> {
        let auth = match outcome {
            KeyOutcome::Signature(signature) => {
                let signed = self.auth.clone().signed(&self.key, signature);
                signed.map_err(|_| Error::KeyOutcome)?
            }
            KeyOutcome::Failed(error) => return Err(error.into()),
            _ => return Err(Error::KeyOutcome),
        };
        let auth = Received::item(Encoded::from(&auth).as_item())?;
        Ok(DocRequest { items: self.items.clone(), reader_auth: Some(auth) })
    }
}

/// `ReaderAuthenticationBytes` (ISO 18013-5 §9.1.4.5).
///
/// ```cddl
/// ReaderAuthentication = ["ReaderAuthentication", SessionTranscript, ItemsRequestBytes]
/// ```
fn reader_authentication(
    transcript: &SessionTranscript,
    items: &Received<ItemsRequest>,
) -> Encoded {
    transcript.authentication("ReaderAuthentication", [items.encoded()])
}

/// The elements that are asked of one document, and whether the reader means to keep each.
///
/// ```cddl
/// ItemsRequest = { "docType": DocType,
///                  "nameSpaces": { + NameSpace => { + DataElementIdentifier => IntentToRetain } },
///                  ? "requestInfo": { * tstr => any } }
/// IntentToRetain = bool
/// ```
/// ISO 18013-5 §8.3.2.1.2.1; `requestInfo` is read past.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemsRequest {
    /// The document's type.
    pub doc_type: String,
    /// The elements.
    pub name_spaces: NameSpaces<IntentToRetain>,
}

/// Whether a reader means to keep an element beyond the reading (`IntentToRetain`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntentToRetain {
    /// It means to.
    Retained,
    /// It does not.
    NotRetained,
}

impl ItemsRequest {
    /// A request for the elements of one document type.
    pub fn new<'a>(
        doc_type: &str,
        elements: impl IntoIterator<Item = (&'a str, &'a str, IntentToRetain)>,
    ) -> ItemsRequest {
        let name_spaces = elements.into_iter().collect();
        ItemsRequest { doc_type: doc_type.to_owned(), name_spaces }
    }

    /// How many `age_over_NN` are asked: of one holder, a reader asks two at most
    /// (ISO 18013-5 §7.2.5).
    pub fn ages(&self) -> usize {
        self.name_spaces.iter().filter(|(_, id, _)| age::over(id).is_some()).count()
    }
}

impl Decode for ItemsRequest {
    type Error = Error;

    fn decode(item: Item<'_>) -> Result<Self, Error> {
        let map = item.map()?;
        let name_spaces = NameSpaces::read(map.require("nameSpaces")?, |intent| {
            Ok(if intent.boolean()? {
                IntentToRetain::Retained
            } else {
                IntentToRetain::NotRetained
            })
        })?;
        if name_spaces.is_empty() {
            return Err(Error::Empty);
        }
        Ok(ItemsRequest { doc_type: name(map.require("docType")?)?, name_spaces })
    }
}

impl From<&ItemsRequest> for Encoded {
    fn from(request: &ItemsRequest) -> Encoded {
        let intent = |retention: &IntentToRetain| (*retention == IntentToRetain::Retained).into();
        Encoded::map([
            ("docType", request.doc_type.as_str().into()),
            ("nameSpaces", request.name_spaces.write(intent)),
        ])
    }
}

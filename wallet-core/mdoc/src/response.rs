use coffret_cbor::{Decode, Encoded, Error as Malformed, Item, Received};
use coffret_crypto::cose::{Mac0, Sign1};

use crate::elements::{check_version, members, name, one_or_more, text};
use crate::{Error, IssuerSigned, MAX_DOCUMENTS, NameSpaces};

/// What a holder answers, not yet verified: see [`verify`](crate::verify).
///
/// ```cddl
/// DeviceResponse = { "version": tstr, ? "documents": [ + Document ],
///                    ? "documentErrors": [ + { DocType => ErrorCode } ], "status": uint }
/// ErrorCode = int
/// ```
/// ISO 18013-5 §8.3.2.1.2.2. `documentErrors` and the `errors` of a document are held to their form
/// and not kept: a holder need not explain what it does not return, and may say anything.
#[derive(Debug, Clone)]
pub struct DeviceResponse {
    pub(crate) status: u64,
    /// A document that cannot be read does not hide the others.
    pub(crate) documents: Vec<Result<Document, Error>>,
    /// Whether there are documents in a form that is not read here.
    pub(crate) has_other_forms: bool,
}

/// Where the second edition puts documents of other forms: as zero-knowledge proofs, and encrypted
/// for somebody else than the reader.
const OTHER_FORMS: [&str; 2] = ["zkDocuments", "encryptedDocuments"];

impl DeviceResponse {
    /// The status of a response that is no error (ISO 18013-5 §8.3.2.1.2.3).
    pub(crate) const OK: u64 = 0;

    /// What a holder answers to a request that it does not take, by the rule that the request breaks
    /// (ISO 18013-5 §8.3.2.1.2.3, Table 8): 11 where it is not CBOR, 12 where it is not the
    /// structure that is specified, and 10 for the rest, such as a version, a size, or a fault of
    /// the holder's own, which breaks no rule.
    pub fn refusing(rule: Option<Error>) -> DeviceResponse {
        let status = match rule {
            Some(Error::Cbor(
                Malformed::Truncated
                | Malformed::TrailingBytes
                | Malformed::Reserved
                | Malformed::ReservedSimple
                | Malformed::UnexpectedBreak
                | Malformed::WrongChunk,
            )) => 11,
            Some(Error::Cbor(
                Malformed::TooDeep
                | Malformed::TooManyItems
                | Malformed::StringTooLong
                | Malformed::TooLarge,
            )) => 10,
            Some(Error::Cbor(_) | Error::Crypto(_) | Error::Empty) => 12,
            _ => 10,
        };
        DeviceResponse { status, documents: Vec::new(), has_other_forms: false }
    }

    /// Reads a response.
    ///
    /// # Errors
    /// The rule of the form that is broken, outside the documents: what a document breaks is in
    /// its verdict.
    pub fn parse(bytes: &[u8]) -> Result<DeviceResponse, Error> {
        let map = Item::parse(bytes)?.map()?;
        check_version(map)?;
        let status = map.require("status")?.unsigned()?;
        if let Some(errors) = map.get("documentErrors") {
            one_or_more(errors)?.try_for_each(check_codes)?;
        }
        let documents = map.get("documents").map(one_or_more).transpose()?;
        if documents.is_some_and(|documents| documents.count() > MAX_DOCUMENTS) {
            return Err(Error::TooManyDocuments);
        }
        let documents = documents.into_iter().flatten().map(Document::decode).collect();
        let has_other_forms = OTHER_FORMS.iter().any(|form| map.get(*form).is_some());
        Ok(DeviceResponse { status, documents, has_other_forms })
    }

    /// A response with these documents; without any, what a refusal sends.
    pub fn new(documents: Vec<Document>) -> DeviceResponse {
        DeviceResponse {
            status: DeviceResponse::OK,
            documents: documents.into_iter().map(Ok).collect(),
            has_other_forms: false,
        }
    }

    /// What to send.
    pub fn encoded(&self) -> Encoded {
        let documents: Vec<_> = self.documents.iter().flatten().map(Encoded::from).collect();
        let documents = Some(documents).filter(|documents| !documents.is_empty());
        let documents = documents.map(|documents| ("documents", Encoded::array(documents)));
        let rest = [("version", "1.0".into()), ("status", self.status.into())];
        Encoded::map(rest.into_iter().chain(documents))
    }
}

/// One document of a response.
///
/// ```cddl
/// Document = { "docType": DocType, "issuerSigned": IssuerSigned,
///              "deviceSigned": DeviceSigned, ? "errors": Errors }
/// Errors = { + NameSpace => { + DataElementIdentifier => ErrorCode } }
/// ```
/// ISO 18013-5 §8.3.2.1.2.2. `deviceSigned` is absent from what an issuer hands over.
#[derive(Debug, Clone)]
pub struct Document {
    pub(crate) doc_type: String,
    pub(crate) issuer_signed: IssuerSigned,
    pub(crate) device_signed: Option<DeviceSigned>,
}

impl Document {
    /// A document as the issuer hands it over; its type is the one it is said to have.
    pub fn issued(doc_type: &str, issuer_signed: IssuerSigned) -> Document {
        Document { doc_type: doc_type.to_owned(), issuer_signed, device_signed: None }
    }
}

impl Decode for Document {
    type Error = Error;

    fn decode(item: Item<'_>) -> Result<Self, Error> {
        let map = item.map()?;
        if let Some(errors) = map.get("errors") {
            members(errors)?.try_for_each(|(namespace, codes)| {
                text(namespace)?;
                check_codes(codes)
            })?;
        }
        Ok(Document {
            doc_type: name(map.require("docType")?)?,
            issuer_signed: IssuerSigned::decode(map.require("issuerSigned")?)?,
            device_signed: map.get("deviceSigned").map(DeviceSigned::decode).transpose()?,
        })
    }
}

/// `{ + tstr => ErrorCode }`
fn check_codes(codes: Item<'_>) -> Result<(), Error> {
    members(codes)?.try_for_each(|(name, code)| {
        text(name)?;
        code.integer()?;
        Ok(())
    })
}

impl From<&Document> for Encoded {
    fn from(document: &Document) -> Encoded {
        let device_signed = document.device_signed.as_ref();
        let device_signed = device_signed.map(|signed| ("deviceSigned", signed.into()));
        let rest = [
            ("docType", document.doc_type.as_str().into()),
            ("issuerSigned", (&document.issuer_signed).into()),
        ];
        Encoded::map(rest.into_iter().chain(device_signed))
    }
}

/// What the device signed: elements of its own, and the session.
///
/// ```cddl
/// DeviceSigned = { "nameSpaces": #6.24(bstr .cbor DeviceNameSpaces), "deviceAuth": DeviceAuth }
/// DeviceNameSpaces = { * NameSpace => { + DataElementIdentifier => any } }
/// ```
/// ISO 18013-5 §8.3.2.1.2.2
#[derive(Debug, Clone)]
pub(crate) struct DeviceSigned {
    pub(crate) name_spaces: Received<NameSpaces<Encoded>>,
    pub(crate) device_auth: DeviceAuth,
}

impl Decode for DeviceSigned {
    type Error = Error;

    fn decode(item: Item<'_>) -> Result<Self, Error> {
        let map = item.map()?;
        Ok(DeviceSigned {
            name_spaces: Received::embedded(map.require("nameSpaces")?)?,
            device_auth: DeviceAuth::decode(map.require("deviceAuth")?)?,
        })
    }
}

impl From<&DeviceSigned> for Encoded {
    fn from(signed: &DeviceSigned) -> Encoded {
        let auth = match &signed.device_auth {
            DeviceAuth::Signature(signature) => ("deviceSignature", signature.encoded()),
            DeviceAuth::Mac(mac) => ("deviceMac", mac.encoded()),
        };
        Encoded::map([
            ("nameSpaces", signed.name_spaces.encoded()),
            ("deviceAuth", Encoded::map([auth])),
        ])
    }
}

/// How the device proves its key.
///
/// ```cddl
/// DeviceAuth = { "deviceSignature": COSE_Sign1 // "deviceMac": COSE_Mac0 }
/// ```
/// ISO 18013-5 §9.1.3
#[derive(Debug, Clone)]
pub(crate) enum DeviceAuth {
    /// A signature, its payload detached.
    Signature(Received<Sign1>),
    /// A MAC under a key that only the device and the reader know, its payload detached.
    Mac(Received<Mac0>),
}

impl DeviceAuth {
    fn decode(item: Item<'_>) -> Result<DeviceAuth, Error> {
        let map = item.map()?;
        match (map.get("deviceSignature"), map.get("deviceMac")) {
            (Some(signature), None) => Ok(DeviceAuth::Signature(Received::item(signature)?)),
            (None, Some(mac)) => Ok(DeviceAuth::Mac(Received::item(mac)?)),
            _ => Err(Error::DeviceAuthForm),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is only more than is read here is 10: whoever is told 11 or 12 looks for a fault in what
    /// was sent, and there is none.
    #[test]
    fn a_request_is_refused_by_the_status_of_what_is_wrong_with_it() {
        for (status, rules) in [
            (10, &[Malformed::TooDeep, Malformed::TooManyItems][..]),
            (10, &[Malformed::StringTooLong, Malformed::TooLarge]),
            (11, &[Malformed::Truncated, Malformed::TrailingBytes, Malformed::Reserved]),
            (11, &[Malformed::ReservedSimple, Malformed::UnexpectedBreak, Malformed::WrongChunk]),
            (12, &[Malformed::DuplicateKey, Malformed::WrongType, Malformed::MissingKey]),
        ] {
            for rule in rules {
                let response = DeviceResponse::refusing(Some(Error::Cbor(*rule)));
                assert_eq!(response.status, status, "{rule:?}");
            }
        }
        assert_eq!(DeviceResponse::refusing(Some(Error::Empty)).status, 12);
        assert_eq!(DeviceResponse::refusing(Some(Error::RequestTooLarge)).status, 10);
        assert_eq!(DeviceResponse::refusing(None).status, 10);
    }
}

use coffret_cbor::{Decode, Item, Kind, Limits};
use coffret_mdoc::{self as mdoc, IssuerSigned};

use crate::{Error, Reuse};

/// What an issuer hands over for one device key.
///
/// ```cddl
/// Credentials = Credential / [+ Credential] / IssuerSigned
/// Credential  = { "docType": tstr, "issuerSigned": IssuerSigned, ? "oneTime": bool, * tstr => any }
/// ```
pub(crate) struct Credential {
    pub(crate) doc_type: String,
    pub(crate) issuer_signed: IssuerSigned,
    /// As received.
    pub(crate) bytes: Vec<u8>,
    pub(crate) reuse: Reuse,
}

/// Credentials at once: as many as keys are asked for at once.
const MAX_CREDENTIALS: usize = 255;

/// What an issuer may hand over at once: 255 copies of 64 kB, a portrait in each. A single one is
/// within [`Limits::MESSAGE`], or it could not be presented.
const LIMITS: Limits = Limits { items: 1 << 20, total: 16 << 20, ..Limits::MESSAGE };

/// That a wallet would take as much at once: what an issuer asks before it hands it over.
///
/// # Errors
/// [`Error::TooManyCredentials`], [`Error::CredentialForm`], [`Error::Mdoc`], [`Error::Cbor`]
pub fn check_issuance(credentials: &[u8]) -> Result<(), Error> {
    for credential in Credential::read_all(credentials)? {
        credential?;
    }
    Ok(())
}

impl Credential {
    /// Each credential, or the rule of its form that it breaks.
    ///
    /// # Errors
    /// [`Error::CredentialForm`], [`Error::TooManyCredentials`], [`Error::Cbor`]
    pub(crate) fn read_all(bytes: &[u8]) -> Result<Vec<Result<Credential, mdoc::Error>>, Error> {
        if bytes.len() > LIMITS.total {
            return Err(Error::TooManyCredentials);
        }
        let item = Item::parse_within(bytes, &LIMITS)?;
        if item.map().is_ok_and(|map| map.get("issuerAuth").is_some()) {
            return Ok(vec![Credential::bare(item)]);
        }
        let items = match item.kind() {
            Kind::Array => item.array()?.collect(),
            _ => vec![item],
        };
        if items.len() > MAX_CREDENTIALS {
            return Err(Error::TooManyCredentials);
        }
        let is_credential =
            |item: &Item<'_>| item.map().is_ok_and(|map| map.get("issuerSigned").is_some());
        if items.is_empty() || !items.iter().all(is_credential) {
            return Err(Error::CredentialForm);
        }
        Ok(items.into_iter().map(Credential::decode).collect())
    }

    /// Its type is the signed one.
    fn bare(item: Item<'_>) -> Result<Credential, mdoc::Error> {
        let issuer_signed = IssuerSigned::decode(Item::parse(item.bytes())?)?;
        Ok(Credential {
            doc_type: issuer_signed.mso().doc_type.clone(),
            issuer_signed,
            bytes: item.bytes().to_vec(),
            reuse: Reuse::Reusable,
        })
    }
}

impl Decode for Credential {
    type Error = mdoc::Error;

    fn decode(item: Item<'_>) -> Result<Credential, mdoc::Error> {
        let map = item.map()?;
        let one_time = map.get("oneTime").map(Item::boolean).transpose()?.unwrap_or_default();
        Ok(Credential {
            doc_type: map.require("docType")?.text()?.into_owned(),
            reuse: if one_time { Reuse::OneTime } else { Reuse::Reusable },
            ..Credential::bare(map.require("issuerSigned")?)?
        })
    }
}

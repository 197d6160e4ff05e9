use std::sync::Arc;

use coffret_cbor::Timestamp;
use der::Decode;
use webpki::{CertRevocationList, OwnedCertRevocationList};
use x509_cert::certificate::Raw;
use x509_cert::crl::CertificateList;

use crate::certificate::moment;
use crate::{Error, MAX_CRL};

/// A revocation list, not yet known to be its issuer's: the signature is verified beside each path.
#[derive(Clone)]
pub(crate) struct Crl {
    list: Arc<CertRevocationList<'static>>,
    next_update: Timestamp,
}

impl Crl {
    /// Reads a complete, direct list (RFC 5280 §5) of version 2 that says when the next one comes.
    pub(crate) fn parse(der: &[u8]) -> Result<Crl, Error> {
        if der.len() > MAX_CRL {
            return Err(Error::CrlTooLarge);
        }
        let list = OwnedCertRevocationList::from_der(der).map_err(|_| Error::MalformedCrl)?;
        let next_update = next_update(der).ok_or(Error::MalformedCrl)?;
        Ok(Crl { list: Arc::new(list.into()), next_update })
    }

    pub(crate) fn list(&self) -> &CertRevocationList<'static> {
        &self.list
    }

    pub(crate) fn next_update(&self) -> Timestamp {
        self.next_update
    }
}

fn next_update(der: &[u8]) -> Option<Timestamp> {
    let list = CertificateList::<Raw>::from_der(der).ok()?;
    moment(list.tbs_cert_list.next_update?).ok()
}

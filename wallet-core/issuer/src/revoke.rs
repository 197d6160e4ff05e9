use coffret_cbor::Timestamp;
use coffret_trust::Certificate;
use der::asn1::BitString;
use der::referenced::OwnedToRef;
use der::{Decode, Encode};
use x509_cert::Certificate as Encoded;
use x509_cert::Version;
use x509_cert::crl::{CertificateList, RevokedCert, TbsCertList};
use x509_cert::ext::pkix::{AuthorityKeyIdentifier, CrlNumber};
use x509_cert::serial_number::SerialNumber;

use crate::certify::{algorithm_identifier, key_info, whole_days};
use crate::pki::extension;
use crate::{Error, Identity};

impl Identity {
    /// The revocation list of this authority that revokes these of its certificates, in DER: complete,
    /// and valid for `days` days from the first second of `first` (RFC 5280 §5).
    ///
    /// # Errors
    /// [`Error::Trust`] for a certificate whose serial number no list can name.
    pub fn revocation_list(
        &self,
        revoked: &[&Certificate],
        number: u32,
        first: Timestamp,
        days: i32,
    ) -> Result<Vec<u8>, Error> {
        let validity = whole_days(first, days)?;
        let algorithm = self.key().public_key().curve().algorithm()?;
        let signature_algorithm = algorithm_identifier(algorithm);
        let key = key_info(&self.key().public_key())?;
        let authority = AuthorityKeyIdentifier::try_from(key.owned_to_ref())?;
        let entry = |certificate: &&Certificate| -> Result<RevokedCert, Error> {
            Ok(RevokedCert {
                serial_number: SerialNumber::new(certificate.serial())?,
                revocation_date: validity.not_before,
                crl_entry_extensions: None,
            })
        };
        let entries = revoked.iter().map(entry).collect::<Result<Vec<_>, _>>()?;
        let tbs_cert_list = TbsCertList {
            version: Version::V2,
            signature: signature_algorithm.clone(),
            issuer: Encoded::from_der(self.certificate().der())?
                .tbs_certificate()
                .subject()
                .clone(),
            this_update: validity.not_before,
            next_update: Some(validity.not_after),
            // An empty SEQUENCE may not be written (RFC 5280 §5.1.2.6).
            revoked_certificates: (!entries.is_empty()).then_some(entries),
            crl_extensions: Some(vec![
                extension(false, &authority)?,
                extension(false, &CrlNumber::try_from(number)?)?,
            ]),
        };
        let signature = self.key().sign_x509(algorithm, &tbs_cert_list.to_der()?)?;
        let signature = BitString::from_bytes(&signature)?;
        Ok(CertificateList { tbs_cert_list, signature_algorithm, signature }.to_der()?)
    }
}

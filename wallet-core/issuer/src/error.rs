coffret_code::rules! {
    /// What issuing, or a public key infrastructure to issue with, can break.
    pub enum Error {
        /// A mandatory element that is not among the data.
        MissingElement = (601, "element-missing", "ISO 18013-5 §7.2.1"),
        /// A country other than that of the signer's certificate.
        CountryMismatch = (602, "issuing-country-mismatch", "ISO 18013-5 §7.2.1"),
        /// A jurisdiction other than that of the signer's certificate.
        JurisdictionMismatch = (603, "issuing-jurisdiction-mismatch", "ISO 18013-5 §7.2.1"),
        /// Two documents for one device key: presentations of them could be linked.
        RepeatedKey = (604, "device-key-repeated", "ISO 18013-5 Annex E"),
        /// A common name that is empty or longer than 64 characters.
        CommonName = (651, "pki-common-name", "RFC 5280 §A.1"),
        /// A private key beside another key's certificate.
        KeyMismatch = (652, "pki-key-mismatch", "ISO 18013-5 §B.1"),
        ..
        /// A key.
        Crypto(coffret_crypto::Error),
        /// A certificate.
        Trust(coffret_trust::Error),
        /// An element's value.
        Catalogue(coffret_catalogue::Error),
        /// A document.
        Mdoc(coffret_mdoc::Error),
    }
}

impl From<der::Error> for Error {
    /// A certificate that cannot be written.
    fn from(_: der::Error) -> Self {
        Error::Trust(coffret_trust::Error::MalformedCertificate)
    }
}

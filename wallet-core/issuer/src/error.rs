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
        /// An expiry date that has passed on the day of the signature.
        ExpiryPassed = (605, "issue-expiry-passed", "ISO 18013-5 §7.2.1"),
        /// A date of issue or of birth that is yet to come.
        DateAhead = (606, "issue-date-in-future", "ISO 18013-5 §7.2.1"),
        /// Ages that contradict each other, or the date of birth.
        AgesContradict = (607, "issue-ages-contradict", "ISO 18013-5 §7.2.5"),
        /// Nothing of what the document would permit is in force.
        NothingInForce = (608, "issue-nothing-in-force", "ISO 18013-5 §7.2.4"),
        /// The signature is valid after the expiry date in the document: a warning.
        OutlivesExpiry = (609, "validity-outlives-expiry", "ISO 18013-5 §9.1.2.4"),
        /// A type or a namespace that is reserved to another territory than the signer's.
        Reserved = (610, "issue-reserved-to-another-territory", "Coffret catalogue §7"),
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

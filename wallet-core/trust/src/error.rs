coffret_code::rules! {
    /// What a certificate, a path, a revocation list or the registry of readers can break.
    ///
    /// The same rules are collected as errors, which withhold trust, and as warnings, which do not.
    pub enum Error {
        /// A certificate above [`MAX_CERTIFICATE`](crate::MAX_CERTIFICATE).
        CertificateTooLarge = (301, "certificate-too-large", "RFC 5280 §4.1"),
        /// Not the DER of an X.509 certificate, or bytes follow it.
        MalformedCertificate = (302, "certificate-malformed", "RFC 5280 §4.1"),
        /// An extension that cannot be read, or that occurs twice.
        MalformedExtension = (303, "certificate-extension-malformed", "RFC 5280 §4.2"),
        /// A file or a chain without a certificate.
        NoCertificate = (304, "certificate-missing", "RFC 9360 §2"),
        /// More certificates than [`MAX_CHAIN`](crate::MAX_CHAIN), or too many names to compare.
        ChainTooLong = (305, "certificate-chain-too-long", "RFC 5280 §6.1"),
        /// A signature on a certificate by an algorithm that the product does not use.
        SignatureAlgorithm = (306, "certificate-algorithm-unsupported", "ISO 18013-5 §B.1.1"),

        /// No path to an anchor of the purpose, and not a trusted signer either.
        UntrustedIssuer = (310, "untrusted-issuer", "ISO 18013-5 §9.3.3"),
        /// A certificate that its issuer's key did not sign.
        CertificateSignature = (311, "certificate-signature-invalid", "RFC 5280 §6.1.3"),
        /// The signer's certificate is not valid yet.
        NotYetValid = (312, "certificate-not-yet-valid", "RFC 5280 §6.1.3"),
        /// The signer's certificate is no longer valid.
        Expired = (313, "certificate-expired", "RFC 5280 §6.1.3"),
        /// A certificate above the signer's that is not valid at the time.
        IssuerNotValid = (314, "issuer-certificate-not-valid", "RFC 5280 §6.1.3"),
        /// A certificate issued by one that is no certification authority.
        NotAuthority = (315, "issuer-not-authority", "RFC 5280 §6.1.4"),
        /// A certification authority that signs as a document signer or a reader.
        AuthorityAsSigner = (316, "authority-as-signer", "RFC 5280 §4.2.1.9"),
        /// More authorities below one than it allows.
        PathLength = (317, "path-length-exceeded", "RFC 5280 §6.1.4"),
        /// An issuer's key that is not for signing certificates.
        IssuerKeyUsage = (318, "issuer-key-usage", "RFC 5280 §6.1.4"),
        /// A signer's key that is not for digital signatures.
        SignerKeyUsage = (319, "signer-key-usage", "ISO 18013-5 §B.1.4"),
        /// A signer's certificate, or one above it that names purposes, without the purpose.
        ExtendedKeyUsage = (320, "extended-key-usage-missing", "ISO 18013-5 §B.1.4"),
        /// An authority key identifier that is not the issuer's subject key identifier.
        KeyIdentifierMismatch = (321, "key-identifier-mismatch", "RFC 5280 §4.2.1.1"),
        /// A critical extension that is not understood.
        UnknownCritical = (322, "certificate-critical-unknown", "RFC 5280 §4.2"),
        /// A name that an authority above may not certify.
        NameConstraint = (323, "name-constraint-violated", "RFC 5280 §6.1.3"),
        /// A document signer of another country than its authority.
        CountryMismatch = (324, "country-mismatch", "ISO 18013-5 §B.1.4"),
        /// A document signer of another state or province than its authority.
        StateMismatch = (325, "state-mismatch", "ISO 18013-5 §B.1.4"),
        /// The issuer has revoked the certificate.
        Revoked = (326, "certificate-revoked", "ISO 18013-5 §9.3.3"),
        /// A revocation list above [`MAX_CRL`](crate::MAX_CRL).
        CrlTooLarge = (327, "crl-too-large", "RFC 5280 §5.1"),
        /// Not the DER of an X.509 revocation list.
        MalformedCrl = (328, "crl-malformed", "RFC 5280 §5.1"),
        /// A revocation list that the issuer's key did not sign.
        CrlSignature = (329, "crl-signature-invalid", "RFC 5280 §6.3.3"),
        /// A revocation list of an issuer whose key is not for signing any.
        CrlKeyUsage = (330, "crl-issuer-key-usage", "RFC 5280 §6.3.3"),
        /// A revocation list past its next update: what it revokes stays revoked.
        CrlStale = (331, "crl-stale", "RFC 5280 §5.1.2.5"),

        /// A file without a revocation list.
        NoCrl = (332, "crl-missing", "RFC 5280 §5.1"),
        /// A list of what changed since another one: it says nothing of those that it does not name.
        CrlDelta = (333, "crl-delta", "RFC 5280 §5.2.4"),
        /// A list that may name certificates of other issuers than the one that signed it.
        CrlIndirect = (334, "crl-indirect", "RFC 5280 §5.2.5"),

        /// An authority that is trusted, but not for documents of this type.
        NotForType = (359, "authority-not-for-type", "ISO 18013-5 §C.1.7.1"),

        /// A reader's signature that its key did not make over the request, or that names none.
        ReaderSignature = (335, "reader-signature-invalid", "ISO 18013-5 §9.1.4.4"),
        /// The signatures of one request are of several readers.
        SeveralReaders = (336, "several-readers", "ISO 18013-5 §9.1.4.4"),
        /// Some of a request's documents are signed for and some are not: whose are those?
        PartlySigned = (337, "reader-signature-missing", "ISO 18013-5 §9.1.4.1"),

        /// A critical extension of a list, or of an entry on it, that is not understood.
        CrlCriticalUnknown = (338, "crl-critical-unknown", "RFC 5280 §5.2"),
        /// A revocation list that does not say when the next one comes.
        CrlNextUpdate = (339, "crl-next-update-missing", "RFC 5280 §5.1.2.5"),
        /// A revocation list issued after the time given: it replaces none, what it revokes is revoked.
        CrlNotYetIssued = (340, "crl-not-yet-issued", "RFC 5280 §5.1.2.4"),

        /// Another version than 3.
        Version = (341, "certificate-version", "ISO 18013-5 §B.1.1"),
        /// A serial number that is not positive or takes more than 20 octets.
        SerialNumber = (342, "certificate-serial-number", "ISO 18013-5 §B.1.1"),
        /// Valid for longer than the profile allows.
        ValidityTooLong = (343, "certificate-validity-too-long", "ISO 18013-5 §B.1"),
        /// A subject without a country of two capital letters.
        SubjectCountry = (344, "subject-country", "ISO 18013-5 §B.1"),
        /// A subject without a common name.
        SubjectCommonName = (345, "subject-common-name", "ISO 18013-5 §B.1"),
        /// No subject key identifier, or not the SHA-1 of the key.
        SubjectKeyIdentifier = (346, "subject-key-identifier", "ISO 18013-5 §B.1"),
        /// No authority key identifier, or one without a key identifier.
        AuthorityKeyIdentifier = (347, "authority-key-identifier", "ISO 18013-5 §B.1"),
        /// A key usage that is not critical, or allows more than the profile.
        KeyUsageProfile = (348, "key-usage-profile", "ISO 18013-5 §B.1"),
        /// An extended key usage that is not critical, or names more than the one purpose.
        ExtendedKeyUsageProfile = (349, "extended-key-usage-profile", "ISO 18013-5 §B.1"),
        /// No issuer alternative name that is an e-mail address or a URI.
        IssuerAlternativeName = (350, "issuer-alternative-name", "ISO 18013-5 §B.1"),
        /// No CRL distribution point, or one that is more or less than a URI.
        CrlDistributionPoint = (351, "crl-distribution-point", "ISO 18013-5 §B.1"),
        /// Basic constraints that are not critical, or allow further authorities below.
        BasicConstraintsProfile = (352, "basic-constraints-profile", "ISO 18013-5 §B.1.2"),
        /// Policy mappings, name or policy constraints, inhibit-any-policy or a freshest CRL.
        ForbiddenExtension = (353, "certificate-extension-forbidden", "ISO 18013-5 §B.1.1"),
        /// A root whose own key does not verify its signature.
        NotSelfSigned = (354, "root-not-self-signed", "ISO 18013-5 §B.1.2"),
        /// A revocation list that no trusted authority signed: nothing proves what it says.
        CrlUnproven = (355, "crl-unproven", "RFC 5280 §6.3.3"),
        /// No list at hand says whether this certificate is revoked, though some were given.
        RevocationUnknown = (356, "revocation-unknown", "RFC 5280 §6.3.3"),
        /// A signer's certificate without a purpose that signers of such a document are known to have.
        KeyPurposeUnknown = (357, "key-purpose-unknown", "RFC 5280 §4.2.1.12"),

        /// What begins up to [`CLOCK_SKEW`](crate::CLOCK_SKEW) after the time given: a warning.
        ClockSkew = (358, "clock-skew", "RFC 5280 §6.1.3"),

        /// A registry in another form than that of [`Registry`](crate::Registry).
        MalformedRegistry = (361, "registry-malformed", "Coffret registry of readers §1"),
        /// A registry that a trusted registrar did not sign.
        UntrustedRegistry = (362, "registry-untrusted", "Coffret registry of readers §2"),
        /// A registry issued after the time given.
        RegistryNotYetIssued = (363, "registry-not-yet-issued", "Coffret registry of readers §2"),
        /// A registry issued before the one already held.
        RegistryOlder = (364, "registry-older", "Coffret registry of readers §2"),
        /// A registry past its next update.
        RegistryStale = (365, "registry-stale", "Coffret registry of readers §2"),
        ..
        /// The CBOR of a registry.
        Cbor(coffret_cbor::Error),
        /// A key or a signature.
        Crypto(coffret_crypto::Error),
    }
}

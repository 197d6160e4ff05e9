coffret_code::rules! {
    /// What a document, a request or their exchange can break.
    pub enum Error {
        /// A version other than 1.x.
        Version = (501, "mdoc-version", "ISO 18013-5 §8.3.2.1"),
        /// The response says that it is an error.
        Status = (502, "mdoc-response-status", "ISO 18013-5 §8.3.2.1.2.3"),
        /// The response holds no document.
        NoDocuments = (503, "mdoc-no-documents", "ISO 18013-5 §8.3.2.1.2.2"),
        /// More documents or document requests than 16.
        TooManyDocuments = (504, "mdoc-too-many-documents", "ISO 18013-5 §8.3.2.1"),
        /// An array or map that the specification wants non-empty is empty.
        Empty = (505, "mdoc-empty", "ISO 18013-5 §8.3.2.1"),
        /// A document that shows nothing: a warning in a verdict.
        NoElements = (506, "mdoc-no-elements", "Coffret verdict §1"),
        /// More elements, digests or authorisations than 2,048.
        TooManyElements = (507, "mdoc-too-many-elements", "ISO 18013-5 §8.3.2.1"),
        /// A request of more than 32 KiB, or for more than 512 elements.
        RequestTooLarge = (508, "request-too-large", "ISO 18013-5 §8.3.2.1"),
        /// A document type, a namespace or an element's identifier with anything but printable ASCII, of
        /// which only the last may have spaces, between words.
        Name = (561, "mdoc-name", "ISO 18013-5 §7.1"),
        /// Documents in a form that is not read here, and no others.
        FormNotSupported = (509, "mdoc-form-not-supported", "Coffret verdict §2"),

        /// A digest algorithm other than SHA-256, SHA-384 and SHA-512.
        DigestAlgorithm = (510, "mdoc-digest-algorithm", "ISO 18013-5 §9.1.2.5"),
        /// A digest of another length than its algorithm's.
        DigestLength = (511, "mdoc-digest-length", "ISO 18013-5 §9.1.2.5"),
        /// The key that signs the document is not the one in its certificate, or it was altered.
        IssuerSignature = (512, "issuer-signature", "ISO 18013-5 §9.3.1"),
        /// The signed document type is not the document's.
        DocTypeMismatch = (513, "doc-type-mismatch", "ISO 18013-5 §9.3.1"),
        /// An element whose digest differs from the signed one.
        DigestMismatch = (514, "digest-mismatch", "ISO 18013-5 §9.3.1"),
        /// An element without a signed digest.
        DigestMissing = (515, "digest-missing", "ISO 18013-5 §9.3.1"),
        /// The same element or digest id twice, or an element by issuer and device.
        Repeated = (516, "element-repeated", "ISO 18013-5 §9.1.2.5"),
        /// The issuing country or jurisdiction is not that of the signer's certificate.
        TerritoryMismatch = (523, "issuing-territory-mismatch", "ISO 18013-5 Annex B"),
        /// The signer's certificate does not name the country or the state or province that the document
        /// names or depends on: a warning.
        TerritoryUnproven = (529, "issuing-territory-unproven", "ISO 18013-5 Annex B"),
        /// A document type or namespace that is reserved to the issuers of another territory.
        Reserved = (560, "reserved-to-another-territory", "Coffret catalogue §7"),
        /// Signed outside the validity of the signer's certificate.
        SignedOutsideSigner = (517, "signed-outside-signer", "ISO 18013-5 §9.3.1"),
        /// Not signed ≤ from ≤ until.
        ValidityOrder = (518, "validity-order", "ISO 18013-5 §9.1.2.4"),
        /// Before the document's validity, or before it was signed.
        NotYetValid = (519, "document-not-yet-valid", "ISO 18013-5 §9.3.1"),
        /// After the document's validity.
        Expired = (520, "document-expired", "ISO 18013-5 §9.3.1"),
        /// A random value of less than 16 bytes: others could guess an element from its digest.
        ShortRandom = (521, "random-too-short", "ISO 18013-5 §9.1.2.5"),
        /// A date with a fraction of a second or an offset from UTC; in an element, also one of another
        /// type than its specification's, such as bare text.
        DateForm = (522, "mdoc-date-form", "ISO 18013-5 §9.1.2.4"),
        /// A date in an element that is no day of the calendar, or cannot be read as one.
        DateUnreadable = (524, "mdoc-date-unreadable", "ISO 18013-5 §7.2.1"),
        /// The expiry date in the document has passed, whatever the signature's validity says.
        ExpiryPassed = (525, "expiry-date-passed", "ISO 18013-5 §7.2.1"),
        /// A date of issue or of birth that is yet to come.
        DateAhead = (526, "date-in-future", "ISO 18013-5 §7.2.1"),
        /// Ages that contradict each other, or a date of birth.
        AgesContradict = (527, "ages-contradict", "ISO 18013-5 §7.2.5"),
        /// Something that the document permits has lapsed or has not begun.
        NotInForce = (528, "permission-not-in-force", "ISO 18013-5 §7.2.4"),

        /// The issuer says where to ask whether the document was revoked, and nobody asked.
        StatusNotChecked = (545, "status-not-checked", "ISO 18013-5:2025 §12.3.6"),

        /// A document without device authentication.
        DeviceAuthMissing = (530, "device-auth-missing", "ISO 18013-5 §9.1.3"),
        /// Neither a signature nor a MAC, or both.
        DeviceAuthForm = (531, "device-auth-form", "ISO 18013-5 §8.3.2.1.2.2"),
        /// Nothing to check device authentication against.
        TranscriptMissing = (532, "transcript-missing", "ISO 18013-5 §9.1.3.4"),
        /// The device's signature is not over this session and these elements.
        DeviceSignature = (533, "device-signature", "ISO 18013-5 §9.1.3.6"),
        /// The device's MAC is not over this session and these elements.
        DeviceMac = (534, "device-mac", "ISO 18013-5 §9.1.3.5"),
        /// A MAC can be checked only with the reader's private key.
        ReaderKeyMissing = (535, "reader-key-missing", "ISO 18013-5 §9.1.3.5"),
        /// The reader's private key is not the transcript's.
        ReaderKeyMismatch = (536, "reader-key-mismatch", "ISO 18013-5 §9.1.3.5"),
        /// The device signed an element that the issuer did not authorise its key for.
        DeviceKeyNotAuthorised = (537, "device-key-not-authorised", "ISO 18013-5 §9.1.2.4"),
        /// The device's key and the reader's are on different curves, or cannot agree.
        MacNotPossible = (538, "mac-not-possible", "ISO 18013-5 §9.1.3.5"),
        /// The outcome of a key task is not the one the task asked for.
        KeyOutcome = (539, "key-outcome", "ISO 18013-5 §9.1.3.4"),

        /// A document that was not requested.
        DocumentNotRequested = (540, "document-not-requested", "ISO 18013-5 §8.3.2.1.2.2"),
        /// An element that was not requested, or an age that answers no requested one.
        ElementNotRequested = (541, "element-not-requested", "ISO 18013-5 §8.3.2.1.2.2"),
        /// An approved element that the document does not hold.
        ElementNotHeld = (542, "element-not-held", "ISO 18013-5 §8.3.2.1.2.2"),

        /// Neither a `SessionTranscript` nor `SessionTranscriptBytes`.
        Transcript = (550, "transcript-form", "ISO 18013-5 §9.1.5.1"),
        ..
        /// Not the CBOR that the specification describes.
        Cbor(coffret_cbor::Error),
        /// A key, a signature or a COSE message.
        Crypto(coffret_crypto::Error),
        /// The signer's certificate and its path.
        Trust(coffret_trust::Error),
    }
}

impl Error {
    /// Whether a warning leaves open what whoever reads the document believes: that it was not
    /// revoked, that its dates were compared with today's, that what it permits is in force, that it
    /// is of the place it names. It stands beside the verdict; other warnings are deviations for the
    /// issuer to mend.
    pub const fn leaves_open(&self) -> bool {
        use coffret_trust::Error as Trust;
        matches!(
            self,
            Error::StatusNotChecked
                | Error::DateUnreadable
                | Error::NotInForce
                | Error::TerritoryUnproven
                | Error::Trust(
                    Trust::CrlStale
                        | Trust::CrlNextUpdate
                        | Trust::CrlNotYetIssued
                        | Trust::CrlUnproven
                        | Trust::RevocationUnknown
                )
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a clerk must see, and what is for the issuer to mend.
    #[test]
    fn a_warning_is_for_the_reader_or_for_the_issuer() {
        use coffret_trust::Error as Trust;
        let open = [Error::DateUnreadable, Error::NotInForce, Error::TerritoryUnproven];
        assert!(open.iter().all(Error::leaves_open));
        let lists = [Trust::CrlStale, Trust::CrlNextUpdate, Trust::CrlNotYetIssued];
        let unknown = [Trust::CrlUnproven, Trust::RevocationUnknown];
        assert!(lists.into_iter().chain(unknown).map(Error::Trust).all(|rule| rule.leaves_open()));
        assert!(Error::StatusNotChecked.leaves_open());
        assert!(!Error::DateForm.leaves_open() && !Error::Trust(Trust::ClockSkew).leaves_open());
    }
}

coffret_code::rules! {
    /// What a wallet refuses.
    pub enum Error {
        /// No document of this id.
        UnknownDocument = (1001, "document-unknown", "Coffret wallet §1"),
        /// No person of this id.
        UnknownPerson = (1002, "person-unknown", "Coffret wallet §1"),
        /// No trust data of this id.
        UnknownTrust = (1003, "trust-data-unknown", "Coffret wallet §5"),
        /// A sealed record in a form that a later version writes.
        RecordForm = (1004, "wallet-record-form", "Coffret wallet §1"),
        /// A name that is empty or longer than 150 characters.
        PersonName = (1005, "person-name", "Coffret wallet §2"),
        /// A delay before the wallet locks itself that is under 15 seconds or over an hour.
        AutoLock = (1006, "auto-lock-delay", "Coffret wallet §6"),
        /// Trust data of more than 4 MiB.
        TrustTooLarge = (1007, "trust-data-too-large", "Coffret wallet §5"),
        /// A sealed record that says what no version writes.
        RecordDamaged = (1009, "wallet-record-damaged", "Coffret wallet §1"),

        /// Neither a credential, nor several, nor an `IssuerSigned`.
        CredentialForm = (1011, "credential-form", "Coffret wallet §4"),
        /// More at once than 255 credentials, the most keys that are asked for at once, or 16 MiB.
        TooManyCredentials = (1012, "credential-too-many", "Coffret wallet §4"),
        /// A credential for a device key that this wallet has not.
        ForeignKey = (1013, "credential-key-foreign", "Coffret wallet §4"),
        /// A credential for a device key that another already has.
        UsedKey = (1014, "credential-key-used", "Coffret wallet §4"),
        /// A credential that the wallet holds.
        AlreadyHeld = (1015, "credential-already-held", "Coffret wallet §4"),
        /// A copy more than 512 of one document.
        TooManyCopies = (1016, "credential-copies-too-many", "Coffret wallet §4"),

        /// Outcomes of other key tasks than those that are waited for.
        KeyTasks = (1021, "key-tasks-mismatch", "Coffret wallet §3"),
        /// The keystore made none of the keys, or the person would not.
        NoKeys = (1022, "key-not-made", "Coffret wallet §3"),

        /// A passphrase of fewer than 12 characters.
        ShortPassphrase = (1031, "export-passphrase-short", "Coffret export §2"),
        /// Not an export, or one of a later version.
        ExportForm = (1032, "export-form", "Coffret export §1"),
        /// Another passphrase than the one it was sealed with, or it was altered.
        ExportSealed = (1033, "export-sealed", "Coffret export §2"),

        /// A person who has documents cannot be deleted.
        PersonHasDocuments = (1041, "person-has-documents", "Coffret wallet §2"),
        /// The wallet's own holder cannot be deleted while there are other people.
        PersonIsHolder = (1042, "person-is-holder", "Coffret wallet §2"),
        /// A person whose documents are specimens is invented: never the wallet's own holder, and
        /// never one with a real person.
        SpecimenPerson = (1043, "person-of-specimens", "Coffret wallet §2"),

        /// An approval of what the consent did not offer.
        NotOffered = (1051, "approval-not-offered", "Coffret presentation §2"),
        /// An approval for a reader whose proof is not good.
        InvalidReader = (1052, "reader-invalid", "Coffret presentation §2"),
        /// An event that the presentation does not wait for.
        NotNow = (1053, "event-unexpected", "Coffret presentation §1"),
        /// Outcomes of other key tasks than those of the presentation.
        PresentationKeys = (1054, "presentation-keys-mismatch", "Coffret presentation §3"),
        /// A document of which no copy is left to show.
        NoCopyLeft = (1055, "document-no-copy-left", "Coffret presentation §3"),
        /// An answer that did not leave, though the log may have it and a copy may be used up.
        NotSent = (1057, "answer-not-sent", "Coffret presentation §3"),

        /// No entry of the log of this number.
        UnknownEntry = (1061, "log-entry-unknown", "Coffret log §1"),
        /// Not a log, or one of a later version.
        LogForm = (1062, "log-form", "Coffret log §1"),
        /// An entry that was altered, removed, added or moved.
        LogChain = (1063, "log-chain-broken", "Coffret log §2"),
        /// A log that is shorter or longer than its head says.
        LogLength = (1064, "log-length", "Coffret log §2"),
        /// A head that the log's key did not sign.
        LogSignature = (1065, "log-signature", "Coffret log §3"),
        /// An entry that says of a reader or its request other than their own bytes do.
        LogEvidence = (1066, "log-evidence-mismatch", "Coffret log §3"),
        ..
        /// The sealed store.
        Store(coffret_store::Error),
        /// A document.
        Mdoc(coffret_mdoc::Error),
        /// Trust data.
        Trust(coffret_trust::Error),
        /// A key, or the sealing of an export.
        Crypto(coffret_crypto::Error),
        /// A session with a reader.
        Proximity(coffret_proximity::Error),
        /// The CBOR of what was given.
        Cbor(coffret_cbor::Error),
    }
}

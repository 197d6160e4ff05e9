use crate::Status;

coffret_code::rules! {
    /// What an engagement, a session or the frames of the QR link can break.
    pub enum Error {
        /// An engagement or a reader's code of a version other than 1.x.
        Version = (801, "engagement-version", "ISO 18013-5 §8.2.1.1"),
        /// A cipher suite other than 1.
        CipherSuite = (802, "cipher-suite", "ISO 18013-5 §9.1.5.2"),
        /// Not `mdoc:` and base64url.
        EngagementUri = (803, "engagement-uri", "ISO 18013-5 §8.2.2.3"),

        /// A session that has ended, by either side or by an error.
        SessionOver = (810, "session-over", "ISO 18013-5 §9.1.1.4"),
        /// A status other than 10, 11 and 20.
        SessionStatus = (811, "session-status", "ISO 18013-5 §9.1.1.4"),
        /// A message with neither data nor status.
        SessionDataEmpty = (812, "session-data-empty", "ISO 18013-5 §9.1.1.4"),
        /// A message that says that something went wrong, with data beside.
        SessionErrorWithData = (813, "session-error-with-data", "ISO 18013-5 §9.1.1.4"),

        /// A reader's code after its time or long before, or an answer to one.
        CodeExpired = (820, "reader-code-expired", "QR link §2"),
        /// A frame that is no part of a message, or was misread.
        FrameMalformed = (830, "frame-malformed", "QR link §4"),
        /// A message of no bytes, or of more than one side can take.
        MessageSize = (831, "frames-message-size", "QR link §4"),
        /// A message in more than 1,024 fragments.
        TooManyFragments = (832, "frames-too-many-fragments", "QR link §4"),
        /// Fragments that are not those of the message announced.
        MessageCorrupt = (833, "frames-message-corrupt", "QR link §4"),
        ..
        /// Not the CBOR that the specification describes.
        Cbor(coffret_cbor::Error),
        /// A key, or what was encrypted under one.
        Crypto(coffret_crypto::Error),
        /// The session's transcript.
        Mdoc(coffret_mdoc::Error),
    }
}

impl Error {
    /// What the other side of a session is told of it; nothing when the session is over already, or
    /// when nothing can be sent back.
    pub const fn status(&self) -> Option<Status> {
        match self {
            Error::SessionStatus
            | Error::SessionDataEmpty
            | Error::Cbor(_)
            | Error::Crypto(coffret_crypto::Error::Cbor(_)) => Some(Status::Decoding),
            Error::Crypto(_) | Error::Mdoc(_) => Some(Status::Encryption),
            _ => None,
        }
    }
}

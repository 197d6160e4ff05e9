use std::fmt;

use coffret_cbor::{Encoded, Item, Kind};
use coffret_crypto::PublicKey;

use crate::Error;

/// What binds a response to one session, kept as received.
///
/// ```cddl
/// SessionTranscript = [DeviceEngagementBytes / null, EReaderKeyBytes / null, Handover]
/// SessionTranscriptBytes = #6.24(bstr .cbor SessionTranscript)
/// ```
/// ISO 18013-5 §9.1.5.1; other specifications leave the first two null.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionTranscript {
    /// The array, as it enters what is signed.
    array: Encoded,
    /// `SessionTranscriptBytes`, as received where it was.
    tagged: Encoded,
    e_reader_key: Option<PublicKey>,
    handover: Handover,
}

impl SessionTranscript {
    /// Reads a `SessionTranscript` or `SessionTranscriptBytes`.
    ///
    /// # Errors
    /// [`Error::Transcript`], or what is wrong with the reader's key.
    pub fn parse(bytes: &[u8]) -> Result<SessionTranscript, Error> {
        let item = Item::parse(bytes)?;
        match item.kind() {
            Kind::Tag => {
                let inner = item.embedded()?;
                let array = Item::parse(&inner)?;
                SessionTranscript::read(array, item.into())
            }
            _ => SessionTranscript::read(item, Encoded::embedded(&item.into())),
        }
    }

    /// The transcript of a session: the engagement and the reader's key as they were sent, each
    /// `#6.24(bstr)`, where the session has them.
    ///
    /// # Errors
    /// As [`SessionTranscript::parse`].
    pub fn new(
        device_engagement: Option<Encoded>,
        e_reader_key: Option<Encoded>,
        handover: &Handover,
    ) -> Result<SessionTranscript, Error> {
        let parts = [device_engagement, e_reader_key].map(|part| part.unwrap_or(Encoded::null()));
        let array = Encoded::array(parts.into_iter().chain([handover.into()]));
        SessionTranscript::parse(array.as_bytes())
    }

    fn read(array: Item<'_>, tagged: Encoded) -> Result<SessionTranscript, Error> {
        let [engagement, e_reader_key, handover] =
            array.array().and_then(|array| array.exactly()).map_err(|_| Error::Transcript)?;
        let embedded = |item: Item<'_>| item.is_null() || item.embedded().is_ok();
        if !embedded(engagement) || !embedded(e_reader_key) {
            return Err(Error::Transcript);
        }
        let e_reader_key = match e_reader_key.is_null() {
            true => None,
            false => Some(PublicKey::from_cose(Item::parse(&e_reader_key.embedded()?)?)?),
        };
        Ok(SessionTranscript {
            array: array.into(),
            tagged,
            e_reader_key,
            handover: Handover::read(handover),
        })
    }

    /// `EReaderKey`, where the session has one.
    pub fn e_reader_key(&self) -> Option<&PublicKey> {
        self.e_reader_key.as_ref()
    }

    /// How the two sides met.
    pub fn handover(&self) -> &Handover {
        &self.handover
    }

    /// `SessionTranscriptBytes`, the salt of session and MAC keys.
    pub fn tagged(&self) -> &Encoded {
        &self.tagged
    }

    /// `#6.24(bstr .cbor [context, SessionTranscript, …])`, which devices and readers sign.
    pub(crate) fn authentication(
        &self,
        context: &str,
        rest: impl IntoIterator<Item = Encoded>,
    ) -> Encoded {
        let head = [context.into(), self.array.clone()];
        Encoded::embedded(&Encoded::array(head.into_iter().chain(rest)))
    }
}

/// How the two sides met: the last part of a [`SessionTranscript`].
///
/// ```cddl
/// Handover = QRHandover / NFCHandover / QRLinkHandover / any
/// QRHandover = null
/// NFCHandover = [bstr, bstr / null]
/// QRLinkHandover = ["coffret-qr", bstr .size 32]
/// ```
/// ISO 18013-5 §9.1.5.1
#[derive(Clone, PartialEq, Eq)]
pub enum Handover {
    /// By the holder's code.
    Qr,
    /// By NFC: the Handover Select message, and the Handover Request when negotiated.
    Nfc {
        /// The Handover Select message.
        select: Vec<u8>,
        /// The Handover Request message.
        request: Option<Vec<u8>>,
    },
    /// By the reader's code: the SHA-256 digest of all of it, or of `ReaderHelloBytes` for what the reader
    /// signs, since its request is part of the code.
    QrLink([u8; 32]),
    /// By another specification's way.
    Other(Encoded),
}

impl Handover {
    const QR_LINK: &str = "coffret-qr";

    fn read(item: Item<'_>) -> Handover {
        Handover::known(item).unwrap_or_else(|| Handover::Other(item.into()))
    }

    fn known(item: Item<'_>) -> Option<Handover> {
        if item.is_null() {
            return Some(Handover::Qr);
        }
        let [first, second] = item.array().ok()?.exactly().ok()?;
        let bytes = |item: Item<'_>| item.byte_string().map(|bytes| bytes.into_owned()).ok();
        if first.text().is_ok_and(|name| name == Handover::QR_LINK) {
            return Some(Handover::QrLink(bytes(second)?.try_into().ok()?));
        }
        let request = if second.is_null() { None } else { Some(bytes(second)?) };
        Some(Handover::Nfc { select: bytes(first)?, request })
    }
}

impl From<&Handover> for Encoded {
    fn from(handover: &Handover) -> Encoded {
        match handover {
            Handover::Qr => Encoded::null(),
            Handover::Nfc { select, request } => {
                let request = request.as_deref().map_or(Encoded::null(), Encoded::bytes);
                Encoded::array([Encoded::bytes(select), request])
            }
            Handover::QrLink(digest) => {
                Encoded::array([Handover::QR_LINK.into(), Encoded::bytes(digest)])
            }
            Handover::Other(other) => other.clone(),
        }
    }
}

impl fmt::Debug for Handover {
    /// The way, not the messages: they tell one session from all others.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Handover::Qr => "Qr",
            Handover::Nfc { .. } => "Nfc",
            Handover::QrLink(_) => "QrLink",
            Handover::Other(_) => "Other",
        })
    }
}

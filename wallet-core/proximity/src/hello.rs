use std::fmt;
use std::num::NonZeroUsize;

use coffret_cbor::{Encoded, Item, Received, Timestamp};
use coffret_crypto::{Hash, PublicKey};
use coffret_mdoc::{Handover, SessionTranscript};

use crate::{Error, engagement};

/// What a reader's code says: who may answer, until when, and what is asked.
///
/// ```cddl
/// ReaderCode = [ReaderHelloBytes, #6.24(bstr .cbor DeviceRequest)]
/// ReaderHelloBytes = #6.24(bstr .cbor ReaderHello)
/// ReaderHello = {
///     0: tstr,                         ; version, 1.x
///     1: [1, EReaderKeyBytes, * any],  ; cipher suite, key
///     2: uint,                         ; when it expires, Unix seconds
///     ? 3: { ? 0: uint,                ; bytes in a fragment of the answer, at most
///            ? 1: uint,                ; bytes in the answer, at most
///            * int => any },
///     * int => any
/// }
/// EReaderKeyBytes = #6.24(bstr .cbor COSE_Key)
/// ```
/// QR link §2
pub struct ReaderCode {
    hello: ReaderHello,
    transcript: SessionTranscript,
    request: Vec<u8>,
}

impl ReaderCode {
    /// Reads a code that a [`Collector`](crate::Collector) has put together.
    ///
    /// # Errors
    /// [`Error::Version`], [`Error::CipherSuite`], or what is wrong with the form or the key.
    pub fn parse(bytes: &[u8]) -> Result<ReaderCode, Error> {
        let [hello, request] = Item::parse(bytes)?.array()?.exactly()?;
        let hello = ReaderHello::embedded(hello)?;
        let transcript = hello.transcript(None)?;
        Ok(ReaderCode { hello, transcript, request: request.embedded()?.into_owned() })
    }

    /// The `DeviceRequest`, in the clear: it says nothing of the holder.
    pub fn request(&self) -> &[u8] {
        &self.request
    }

    /// What reader authentication signs: the answer's transcript without an engagement, of which
    /// there is none yet.
    ///
    /// ```cddl
    /// [null, EReaderKeyBytes, ["coffret-qr", SHA-256(ReaderHelloBytes)]]
    /// ```
    /// QR link §3
    pub fn transcript(&self) -> &SessionTranscript {
        &self.transcript
    }

    /// The moment from which it is not answered.
    pub fn expires(&self) -> Timestamp {
        self.hello.expires
    }

    pub(crate) fn hello(&self) -> &ReaderHello {
        &self.hello
    }
}

impl fmt::Debug for ReaderCode {
    /// When it expires.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReaderCode({}, […])", self.hello.expires)
    }
}

/// See [`ReaderCode`].
#[derive(Debug, Clone)]
pub(crate) struct ReaderHello {
    pub(crate) e_reader_key: Received<PublicKey>,
    pub(crate) expires: Timestamp,
    /// Bytes that the reader takes in a fragment of the answer.
    pub(crate) max_fragment: Option<NonZeroUsize>,
    /// Bytes that it takes in the answer.
    pub(crate) max_message: Option<NonZeroUsize>,
    /// `ReaderHelloBytes`, as received.
    tagged: Encoded,
}

impl ReaderHello {
    /// A hello without options.
    pub(crate) fn new(e_reader_key: &PublicKey, expires: Timestamp) -> Result<ReaderHello, Error> {
        let key = Encoded::embedded(&e_reader_key.to_cose());
        let hello = Encoded::map([
            (0i64, "1.0".into()),
            (1, engagement::security(&key)),
            (2, expires.unix().into()),
        ]);
        ReaderHello::embedded(Encoded::embedded(&hello).as_item())
    }

    /// Reads `ReaderHelloBytes`.
    fn embedded(item: Item<'_>) -> Result<ReaderHello, Error> {
        let inner = item.embedded()?;
        let map = Item::parse(&inner)?.map()?;
        let e_reader_key = engagement::key(map)?;
        let expires = i64::try_from(map.require(2)?.unsigned()?).ok();
        let expires = expires.and_then(Timestamp::from_unix).ok_or(OUT_OF_RANGE)?;
        let options = map.get(3).map(Item::map).transpose()?;
        let limit = |key| options.and_then(|options| options.get(key)).map(limit).transpose();
        let (max_fragment, max_message) = (limit(0)?, limit(1)?);
        Ok(ReaderHello { e_reader_key, expires, max_fragment, max_message, tagged: item.into() })
    }

    pub(crate) fn tagged(&self) -> &Encoded {
        &self.tagged
    }

    /// The session's transcript: with the engagement that answers, or before there is one.
    pub(crate) fn transcript(
        &self,
        engagement: Option<Encoded>,
    ) -> Result<SessionTranscript, Error> {
        let handover = Handover::QrLink(Hash::sha256(self.tagged.as_bytes()));
        Ok(SessionTranscript::new(engagement, Some(self.e_reader_key.encoded()), &handover)?)
    }

    /// What the type of the answer's frames says of the session (QR link §4).
    pub(crate) fn ident(&self) -> [u8; 8] {
        coffret_crypto::ident(self.e_reader_key.bytes(), b"QRIdent")
    }

    /// # Errors
    /// [`Error::CodeExpired`]
    pub(crate) fn check_time(&self, now: Timestamp) -> Result<(), Error> {
        let left = self.expires.unix().saturating_sub(now.unix());
        if (1..=MAX_LEFT).contains(&left) { Ok(()) } else { Err(Error::CodeExpired) }
    }
}

/// Seconds that a code may have left: two minutes, and what clocks that nobody sets differ by. A
/// code that is good for longer could be printed, and be answered with no reader there.
const MAX_LEFT: i64 = 600;

/// None of the reader's limits is 0; one beyond what there can be here is none.
fn limit(limit: Item<'_>) -> Result<NonZeroUsize, Error> {
    let limit = usize::try_from(limit.unsigned()?).unwrap_or(usize::MAX);
    NonZeroUsize::new(limit).ok_or(OUT_OF_RANGE)
}

const OUT_OF_RANGE: Error = Error::Cbor(coffret_cbor::Error::OutOfRange);

use std::fmt;
use std::num::NonZeroUsize;

use coffret_cbor::{Encoded, Item, Received, Timestamp};
use coffret_crypto::{Hash, PublicKey};
use coffret_mdoc::{Handover, SessionTranscript};

use crate::{DeviceEngagement, Error, engagement};

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
#[derive(Clone)]
pub struct ReaderCode {
    hello: ReaderHello,
    transcript: SessionTranscript,
    request: Vec<u8>,
    /// SHA-256 of the whole of it, as received.
    digest: [u8; 32],
}

impl ReaderCode {
    /// Reads a code that a [`Collector`](crate::Collector) has put together.
    ///
    /// # Errors
    /// [`Error::Version`], [`Error::CipherSuite`], or what is wrong with the form or the key.
    pub fn parse(bytes: &[u8]) -> Result<ReaderCode, Error> {
        let [hello, request] = Item::parse(bytes)?.array()?.exactly()?;
        let hello = ReaderHello::embedded(hello)?;
        let transcript = hello.reader_transcript()?;
        let digest = Hash::sha256(bytes);
        Ok(ReaderCode { hello, transcript, request: request.embedded()?.into_owned(), digest })
    }

    /// The `DeviceRequest`, in the clear: it says nothing of the holder.
    pub fn request(&self) -> &[u8] {
        &self.request
    }

    /// What reader authentication signs. The signatures are part of the request, so that this
    /// transcript binds the hello alone; each signature covers what its reader asks.
    ///
    /// ```cddl
    /// [null, EReaderKeyBytes, ["coffret-qr", SHA-256(ReaderHelloBytes)]]
    /// ```
    /// QR link §3
    pub fn transcript(&self) -> &SessionTranscript {
        &self.transcript
    }

    /// What the answer is bound to: both keys, and the code to its last byte. A holder that was shown
    /// another request, or another reader's signature over it, has other session keys.
    ///
    /// ```cddl
    /// [DeviceEngagementBytes, EReaderKeyBytes, ["coffret-qr", SHA-256(ReaderCode)]]
    /// ```
    /// QR link §3
    pub(crate) fn answered_by(
        &self,
        engagement: &DeviceEngagement,
    ) -> Result<SessionTranscript, Error> {
        self.hello.transcript(Some(engagement.tagged().clone()), self.digest)
    }

    /// When it expires, by the reader's clock.
    pub fn expires(&self) -> Timestamp {
        self.hello.expires
    }

    /// Until when a holder that scans it now may answer: it has been good for two minutes at most, of
    /// which the holder's clock, which may be wrong by as much, cannot tell what is left.
    ///
    /// # Errors
    /// [`Error::CodeExpired`] for a code whose time is further away than clocks differ.
    pub fn answerable(&self, now: Timestamp) -> Result<Timestamp, Error> {
        let left = self.hello.expires.unix().saturating_sub(now.unix());
        if !(1 - LIFETIME..=2 * LIFETIME).contains(&left) {
            return Err(Error::CodeExpired);
        }
        let until = now.unix() + LIFETIME.min(left + LIFETIME);
        Ok(Timestamp::from_unix(until).unwrap_or(now))
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

    /// See [`ReaderCode::transcript`].
    pub(crate) fn reader_transcript(&self) -> Result<SessionTranscript, Error> {
        self.transcript(None, Hash::sha256(self.tagged.as_bytes()))
    }

    fn transcript(
        &self,
        engagement: Option<Encoded>,
        digest: [u8; 32],
    ) -> Result<SessionTranscript, Error> {
        let handover = Handover::QrLink(digest);
        Ok(SessionTranscript::new(engagement, Some(self.e_reader_key.encoded()), &handover)?)
    }

    /// What the type of the answer's frames says of the session (QR link §4).
    pub(crate) fn ident(&self) -> [u8; 8] {
        coffret_crypto::ident(self.e_reader_key.bytes(), b"QRIdent")
    }
}

/// Seconds that a code is good for: time to scan, read the consent, decide and scan back.
///
/// A holder's clock may be wrong by as much, either way. More would let a printed code be answered
/// for longer, with no reader there; less would refuse phones whose clocks nobody sets.
pub(crate) const LIFETIME: i64 = 120;

/// None of the reader's limits is 0; one beyond what there can be here is none.
fn limit(limit: Item<'_>) -> Result<NonZeroUsize, Error> {
    let limit = usize::try_from(limit.unsigned()?).unwrap_or(usize::MAX);
    NonZeroUsize::new(limit).ok_or(OUT_OF_RANGE)
}

const OUT_OF_RANGE: Error = Error::Cbor(coffret_cbor::Error::OutOfRange);

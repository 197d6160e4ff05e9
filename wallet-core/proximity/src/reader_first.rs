use std::fmt;

use coffret_cbor::{Encoded, Item, Timestamp};
use coffret_crypto::{Curve, PrivateKey, Wiped};
use coffret_mdoc::SessionTranscript;
use rand_core::CryptoRng;

use crate::channel::{Channel, Side};
use crate::hello::{LIFETIME, ReaderHello};
use crate::session::{SessionData, data_message};
use crate::{Collector, DeviceEngagement, Error, Frames, ReaderCode};

/// A reader that is about to show its code (QR link §3): its request is signed for this transcript.
pub struct Inviting {
    e_reader_key: PrivateKey,
    hello: ReaderHello,
    transcript: SessionTranscript,
}

impl Inviting {
    /// With a new key on P-256, for 120 seconds.
    ///
    /// # Errors
    /// [`Error::Cbor`] before 1970.
    pub fn new(now: Timestamp, rng: &mut dyn CryptoRng) -> Result<Inviting, Error> {
        let e_reader_key = PrivateKey::generate(Curve::P256, rng);
        let expires = Timestamp::from_unix(now.unix() + LIFETIME).unwrap_or(now);
        let hello = ReaderHello::new(&e_reader_key.public_key(), expires)?;
        let transcript = hello.reader_transcript()?;
        Ok(Inviting { e_reader_key, hello, transcript })
    }

    /// What the reader signs its request for.
    pub fn transcript(&self) -> &SessionTranscript {
        &self.transcript
    }

    /// The moment from which no answer is taken.
    pub fn expires(&self) -> Timestamp {
        self.hello.expires
    }

    /// The code that asks for `request`, a `DeviceRequest`, and who waits for its answer.
    ///
    /// # Errors
    /// [`Error::MessageSize`]
    pub fn invite(self, request: &[u8]) -> Result<(Invited, Frames), Error> {
        let request = Encoded::tag(coffret_cbor::TAG_EMBEDDED, Encoded::bytes(request));
        let code = Encoded::array([self.hello.tagged().clone(), request]);
        let frames = Frames::of_code(code.as_bytes())?;
        // Read as a holder reads it: both hash the same bytes.
        let code = ReaderCode::parse(code.as_bytes())?;
        Ok((Invited { e_reader_key: self.e_reader_key, code }, frames))
    }
}

impl fmt::Debug for Inviting {
    /// When its code expires.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Inviting({}, […])", self.expires())
    }
}

/// A reader that shows its code and waits for an answer.
///
/// Its keys are wiped when it is dropped, which is for the caller to do when the code expires.
pub struct Invited {
    e_reader_key: PrivateKey,
    code: ReaderCode,
}

impl Invited {
    /// The moment from which no answer is taken.
    pub fn expires(&self) -> Timestamp {
        self.code.expires()
    }

    /// What puts the frames of answers together.
    pub fn collector(&self) -> Collector {
        Collector::of_answers(self.code.hello())
    }

    /// The transcript and the `DeviceResponse` of an answer. An answer that is none, or another's,
    /// is an error that ends nothing: the next may be good.
    ///
    /// ```cddl
    /// Answer = [DeviceEngagementBytes, SessionData]
    /// ```
    ///
    /// # Errors
    /// [`Error::CodeExpired`], what does not decrypt, or what is wrong with the form or the key.
    pub fn open(&self, answer: &[u8], now: Timestamp) -> Result<(SessionTranscript, Wiped), Error> {
        if now >= self.expires() {
            return Err(Error::CodeExpired);
        }
        let [engagement, session_data] = Item::parse(answer)?.array()?.exactly()?;
        let engagement = DeviceEngagement::embedded(engagement)?;
        let data = SessionData::read(session_data)?.data;
        let data = data.ok_or(coffret_cbor::Error::MissingKey)?;
        let transcript = self.code.answered_by(&engagement)?;
        let peer = engagement.e_device_key();
        let mut channel = Channel::new(Side::Reader, &self.e_reader_key, peer, &transcript)?;
        let response = channel.open(&data)?;
        Ok((transcript, response))
    }

    /// What a device's MAC is checked with.
    pub fn e_reader_key(&self) -> &PrivateKey {
        &self.e_reader_key
    }
}

impl fmt::Debug for Invited {
    /// When its code expires.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Invited({}, […])", self.expires())
    }
}

/// A holder that has read a reader's code and is about to answer, once.
pub struct Answering {
    hello: ReaderHello,
    until: Timestamp,
    engagement: DeviceEngagement,
    transcript: SessionTranscript,
    channel: Channel,
}

impl Answering {
    /// With a new key on the curve of the reader's.
    ///
    /// # Errors
    /// [`Error::CodeExpired`], or [`Error::Crypto`] for a reader's key that does not agree on
    /// secrets.
    pub fn new(
        code: &ReaderCode,
        now: Timestamp,
        rng: &mut dyn CryptoRng,
    ) -> Result<Answering, Error> {
        let until = code.answerable(now)?;
        let hello = code.hello();
        let key = PrivateKey::generate(hello.e_reader_key.curve(), rng);
        let engagement = DeviceEngagement::new(&key.public_key())?;
        let transcript = code.answered_by(&engagement)?;
        let channel = Channel::new(Side::Device, &key, &hello.e_reader_key, &transcript)?;
        Ok(Answering { hello: hello.clone(), until, engagement, transcript, channel })
    }

    /// The moment from which the answer is not shown, by the clock of `now`. The reader takes none after
    /// its own.
    pub fn until(&self) -> Timestamp {
        self.until
    }

    /// What documents are bound to.
    pub fn transcript(&self) -> &SessionTranscript {
        &self.transcript
    }

    /// The answer that carries `response`, a `DeviceResponse`, encrypted.
    ///
    /// # Errors
    /// [`Error::MessageSize`], [`Error::TooManyFragments`]: the link, or this reader, does not take
    /// so long an answer.
    pub fn answer(mut self, response: &[u8]) -> Result<Frames, Error> {
        let sealed = self.channel.seal(response)?;
        let answer = Encoded::array([self.engagement.tagged().clone(), data_message(&sealed)]);
        Frames::of_answer(&self.hello, answer.as_bytes())
    }
}

impl fmt::Debug for Answering {
    /// Until when it answers.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Answering({}, […])", self.until)
    }
}

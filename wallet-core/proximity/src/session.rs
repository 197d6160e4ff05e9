use std::borrow::Cow;
use std::fmt;

use coffret_cbor::{Encoded, Item};
use coffret_crypto::{PrivateKey, Wiped};
use coffret_mdoc::SessionTranscript;

use crate::Error;
use crate::channel::Channel;

#[cfg(test)]
mod tests;

/// One side of an established session: what it sends, what it receives, until either side ends it.
///
/// One error ends it: its keys are wiped, and whatever follows is [`Error::SessionOver`]. Each
/// message is sealed once; to send it again, keep its bytes.
pub struct Session {
    transcript: SessionTranscript,
    e_reader_key: Option<PrivateKey>,
    /// Until the session ends.
    channel: Option<Channel>,
}

impl Session {
    pub(crate) fn new(
        transcript: SessionTranscript,
        e_reader_key: Option<PrivateKey>,
        channel: Channel,
    ) -> Session {
        Session { transcript, e_reader_key, channel: Some(channel) }
    }

    /// What documents and requests are bound to.
    pub fn transcript(&self) -> &SessionTranscript {
        &self.transcript
    }

    /// On the reader's side, the key that a device's MAC is checked with; it outlives the session's
    /// end.
    pub fn e_reader_key(&self) -> Option<&PrivateKey> {
        self.e_reader_key.as_ref()
    }

    /// The `SessionData` that carries `data`, encrypted.
    ///
    /// # Errors
    /// [`Error::SessionOver`]
    pub fn seal(&mut self, data: &[u8]) -> Result<Vec<u8>, Error> {
        Ok(data_message(&self.encrypt(data)?).into_bytes())
    }

    /// Reads a [`SessionData`] and decrypts what is in it.
    ///
    /// # Errors
    /// Those of [`SessionData::read`], and what does not decrypt; [`Error::status`] says what to
    /// [`Session::end`] with.
    pub fn open(&mut self, session_data: &[u8]) -> Result<Message, Error> {
        // Taken out, so that whatever fails wipes it.
        let mut channel = self.channel.take().ok_or(Error::SessionOver)?;
        let SessionData { data, status } = SessionData::read(Item::parse(session_data)?)?;
        let data = data.map(|data| channel.open(&data)).transpose()?;
        self.channel = Some(channel).filter(|_| status.is_none());
        Ok(Message { data, status })
    }

    /// The `SessionData` that carries `data`, encrypted, and says that nothing follows: the keys are
    /// wiped.
    ///
    /// # Errors
    /// [`Error::SessionOver`]
    pub fn seal_last(&mut self, data: &[u8]) -> Result<Vec<u8>, Error> {
        let sealed = self.encrypt(data)?;
        self.channel = None;
        let status = Encoded::from(Status::Termination as u64);
        Ok(Encoded::map([("data", Encoded::bytes(&sealed)), ("status", status)]).into_bytes())
    }

    /// Ends the session: the keys are wiped, and the `SessionData` that says so is for the other
    /// side.
    pub fn end(&mut self, status: Status) -> Vec<u8> {
        self.channel = None;
        status.message()
    }

    pub(crate) fn encrypt(&mut self, data: &[u8]) -> Result<Vec<u8>, Error> {
        let mut channel = self.channel.take().ok_or(Error::SessionOver)?;
        let sealed = channel.seal(data)?;
        self.channel = Some(channel);
        Ok(sealed)
    }
}

impl fmt::Debug for Session {
    /// Whether it is open.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.channel.is_some() { "Session(open)" } else { "Session(over)" })
    }
}

/// What goes over a session, before it is decrypted (ISO 18013-5 §9.1.1.4).
///
/// ```cddl
/// SessionData = { ? "data": bstr, ? "status": uint, * tstr => any }
/// ```
pub struct SessionData<'b> {
    /// Encrypted.
    pub data: Option<Cow<'b, [u8]>>,
    /// With which the session ends.
    pub status: Option<Status>,
}

impl<'b> SessionData<'b> {
    /// Data go with the end of a session, never with an error: who could not decrypt or read has
    /// nothing to answer, so one of the two is not true.
    ///
    /// # Errors
    /// [`Error::SessionDataEmpty`], [`Error::SessionStatus`], [`Error::SessionErrorWithData`], or what
    /// is wrong with the form.
    pub fn read(item: Item<'b>) -> Result<SessionData<'b>, Error> {
        let map = item.map()?;
        let status = map.get("status").map(Status::read).transpose()?;
        let data = map.get("data").map(Item::byte_string).transpose()?;
        match (&data, status) {
            (None, None) => Err(Error::SessionDataEmpty),
            (Some(_), Some(Status::Encryption | Status::Decoding)) => {
                Err(Error::SessionErrorWithData)
            }
            _ => Ok(SessionData { data, status }),
        }
    }
}

impl fmt::Debug for SessionData<'_> {
    /// The status: the data say how much is shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SessionData({:?}, […])", self.status)
    }
}

/// `SessionData` with data alone.
pub(crate) fn data_message(sealed: &[u8]) -> Encoded {
    Encoded::map([("data", Encoded::bytes(sealed))])
}

/// What one [`Session::open`] yields: data, a status, or both.
pub struct Message {
    /// A `DeviceRequest` or `DeviceResponse`.
    pub data: Option<Wiped>,
    /// With which the other side has ended the session.
    pub status: Option<Status>,
}

impl fmt::Debug for Message {
    /// The status: the data are personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Message({:?}, […])", self.status)
    }
}

/// Why a session ends (ISO 18013-5 §9.1.1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// A message could not be decrypted.
    Encryption = 10,
    /// A message could not be read.
    Decoding = 11,
    /// Nothing more is to be said.
    Termination = 20,
}

impl Status {
    /// The `SessionData` that says so, from a side that has no session yet.
    pub fn message(self) -> Vec<u8> {
        Encoded::map([("status", Encoded::from(self as u64))]).into_bytes()
    }

    fn read(item: Item<'_>) -> Result<Status, Error> {
        let statuses = [Status::Encryption, Status::Decoding, Status::Termination];
        let number = item.unsigned()?;
        statuses.into_iter().find(|status| *status as u64 == number).ok_or(Error::SessionStatus)
    }
}

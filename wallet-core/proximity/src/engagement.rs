use coffret_cbor::{Encoded, Item, Map, Received};
use coffret_crypto::PublicKey;
use coffret_mdoc::is_version_1;
use data_encoding::BASE64URL_NOPAD;

use crate::Error;

/// What a holder shows for a reader to begin, kept as received.
///
/// ```cddl
/// DeviceEngagement = {
///     0: tstr,                         ; version, 1.x
///     1: [1, EDeviceKeyBytes, * any],  ; cipher suite, key
///     ? 2: [+ DeviceRetrievalMethod],
///     * int => any
/// }
/// EDeviceKeyBytes = #6.24(bstr .cbor COSE_Key)
/// DeviceEngagementBytes = #6.24(bstr .cbor DeviceEngagement)
/// ```
/// ISO 18013-5 §8.2.1.1. Retrieval methods and members that are not known stay in the bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceEngagement {
    e_device_key: Received<PublicKey>,
    tagged: Encoded,
}

impl DeviceEngagement {
    const SCHEME: &str = "mdoc:";

    /// Reads a `DeviceEngagement`.
    ///
    /// # Errors
    /// [`Error::Version`], [`Error::CipherSuite`], or what is wrong with the form or the key.
    pub fn parse(bytes: &[u8]) -> Result<DeviceEngagement, Error> {
        let item = Item::parse(bytes)?;
        DeviceEngagement::read(item, Encoded::embedded(&item.into()))
    }

    /// Reads the text of a QR code: `mdoc:` and base64url without padding (ISO 18013-5 §8.2.2.3).
    ///
    /// # Errors
    /// [`Error::EngagementUri`], or as [`DeviceEngagement::parse`].
    pub fn from_uri(uri: &str) -> Result<DeviceEngagement, Error> {
        let (scheme, content) =
            uri.split_at_checked(Self::SCHEME.len()).ok_or(Error::EngagementUri)?;
        if !scheme.eq_ignore_ascii_case(Self::SCHEME) {
            return Err(Error::EngagementUri);
        }
        let bytes = BASE64URL_NOPAD.decode(content.as_bytes());
        DeviceEngagement::parse(&bytes.map_err(|_| Error::EngagementUri)?)
    }

    /// What [`DeviceEngagement::from_uri`] reads.
    pub fn to_uri(&self) -> String {
        let bytes = self.tagged.as_item().embedded().unwrap_or_default();
        format!("{}{}", Self::SCHEME, BASE64URL_NOPAD.encode(&bytes))
    }

    /// An engagement without retrieval methods: the link is agreed on already.
    pub(crate) fn new(e_device_key: &PublicKey) -> Result<DeviceEngagement, Error> {
        let members =
            [(0i64, "1.0".into()), (1, security(&Encoded::embedded(&e_device_key.to_cose())))];
        DeviceEngagement::parse(Encoded::map(members).as_bytes())
    }

    /// Reads `DeviceEngagementBytes`.
    pub(crate) fn embedded(item: Item<'_>) -> Result<DeviceEngagement, Error> {
        DeviceEngagement::read(Item::parse(&item.embedded()?)?, item.into())
    }

    fn read(item: Item<'_>, tagged: Encoded) -> Result<DeviceEngagement, Error> {
        let map = item.map()?;
        let e_device_key = key(map)?;
        if let Some(methods) = map.get(RETRIEVAL_METHODS)
            && methods.array()?.count() == 0
        {
            return Err(coffret_mdoc::Error::Empty.into());
        }
        Ok(DeviceEngagement { e_device_key, tagged })
    }

    pub(crate) fn e_device_key(&self) -> &PublicKey {
        &self.e_device_key
    }

    /// `DeviceEngagementBytes`, for the transcript.
    pub(crate) fn tagged(&self) -> &Encoded {
        &self.tagged
    }
}

/// The ephemeral key of an engagement or a reader's hello, which both begin in the same way.
pub(crate) fn key(map: Map<'_>) -> Result<Received<PublicKey>, Error> {
    if !is_version_1(&map.require(0)?.text()?) {
        return Err(Error::Version);
    }
    let mut security = map.require(1)?.array()?;
    let suite = security.next().ok_or(coffret_cbor::Error::WrongType)?;
    if suite.integer()? != CIPHER_SUITE {
        return Err(Error::CipherSuite);
    }
    let key = security.next().ok_or(coffret_cbor::Error::WrongType)?;
    Ok(Received::embedded(key)?)
}

/// `[cipher suite, #6.24(bstr .cbor COSE_Key)]`
pub(crate) fn security(key: &Encoded) -> Encoded {
    Encoded::array([CIPHER_SUITE.into(), key.clone()])
}

/// The member of the retrieval methods, which is left out where there are none.
const RETRIEVAL_METHODS: i64 = 2;

/// ECDH on the key's curve, HKDF with SHA-256, AES-256-GCM (ISO 18013-5 §9.1.5.2).
const CIPHER_SUITE: i64 = 1;

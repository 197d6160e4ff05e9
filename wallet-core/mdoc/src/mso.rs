use std::collections::BTreeMap;
use std::fmt;

use coffret_cbor::{Decode, Encoded, Item, Timestamp, Value};
use coffret_crypto::{Hash, PublicKey};

use crate::elements::{Count, check_version, identifier, members, name, one_or_more};
use crate::{Days, Error, NameSpaces};

/// What the issuer signs: digests of the elements, the device's key, the validity.
///
/// ```cddl
/// MobileSecurityObject = {
///   "version": tstr, "digestAlgorithm": tstr,
///   "valueDigests": { + NameSpace => { + DigestID => Digest } },
///   "deviceKeyInfo": DeviceKeyInfo, "docType": DocType, "validityInfo": ValidityInfo,
///   ? "status": any
/// }
/// ```
/// ISO 18013-5 §9.1.2.4
#[derive(Clone, PartialEq)]
pub struct MobileSecurityObject {
    /// What the digests are made with.
    pub digest_algorithm: DigestAlgorithm,
    /// The digest of each element, by namespace and digest id.
    pub value_digests: BTreeMap<String, BTreeMap<u64, Vec<u8>>>,
    /// The key that the document is bound to.
    pub device_key: PublicKey,
    /// What the device may sign by itself.
    pub key_authorizations: KeyAuthorizations,
    /// The document's type.
    pub doc_type: String,
    /// From when to when.
    pub validity: ValidityInfo,
    /// Where to ask whether the document was revoked, as signed.
    pub status: Option<Value>,
}

impl Decode for MobileSecurityObject {
    type Error = Error;

    fn decode(item: Item<'_>) -> Result<Self, Error> {
        let map = item.map()?;
        check_version(map)?;
        let digest_algorithm = DigestAlgorithm::decode(map.require("digestAlgorithm")?)?;
        let length = digest_algorithm.0.digest(&[]).len();
        let (mut value_digests, mut count) = (BTreeMap::new(), Count::default());
        for (namespace, digests) in members(map.require("valueDigests")?)? {
            let digests = members(digests)?.map(|(id, digest)| {
                count.one_more()?;
                let digest = digest.byte_string()?.into_owned();
                if digest.len() == length {
                    Ok((id.unsigned()?, digest))
                } else {
                    Err(Error::DigestLength)
                }
            });
            value_digests.insert(name(namespace)?, digests.collect::<Result<BTreeMap<_, _>, _>>()?);
        }
        let device_key_info = map.require("deviceKeyInfo")?.map()?;
        Ok(MobileSecurityObject {
            digest_algorithm,
            value_digests,
            device_key: PublicKey::from_cose(device_key_info.require("deviceKey")?)?,
            key_authorizations: match device_key_info.get("keyAuthorizations") {
                Some(item) => KeyAuthorizations::decode(item)?,
                None => KeyAuthorizations::default(),
            },
            doc_type: name(map.require("docType")?)?,
            validity: ValidityInfo::decode(map.require("validityInfo")?)?,
            status: map.get("status").map(Value::decode).transpose()?,
        })
    }
}

impl From<&MobileSecurityObject> for Encoded {
    fn from(mso: &MobileSecurityObject) -> Encoded {
        let digests = mso.value_digests.iter().map(|(namespace, digests)| {
            let digests = digests.iter().map(|(id, digest)| (*id, Encoded::bytes(digest)));
            (namespace.as_str(), Encoded::map(digests))
        });
        let mut device_key_info = vec![("deviceKey", mso.device_key.to_cose())];
        if mso.key_authorizations != KeyAuthorizations::default() {
            device_key_info.push(("keyAuthorizations", (&mso.key_authorizations).into()));
        }
        let mut map = vec![
            ("version", "1.0".into()),
            ("digestAlgorithm", mso.digest_algorithm.name().into()),
            ("valueDigests", Encoded::map(digests)),
            ("deviceKeyInfo", Encoded::map(device_key_info)),
            ("docType", mso.doc_type.as_str().into()),
            ("validityInfo", (&mso.validity).into()),
        ];
        map.extend(mso.status.as_ref().map(|status| ("status", status.into())));
        Encoded::map(map)
    }
}

impl fmt::Debug for MobileSecurityObject {
    /// The type and the validity: digests and key tell one document from all others.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MobileSecurityObject({}, {:?}, […])", self.doc_type, self.validity)
    }
}

/// `"SHA-256"`, `"SHA-384"` or `"SHA-512"` (ISO 18013-5 §9.1.2.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DigestAlgorithm(pub Hash);

impl DigestAlgorithm {
    const NAMES: [(&str, Hash); 3] =
        [("SHA-256", Hash::Sha256), ("SHA-384", Hash::Sha384), ("SHA-512", Hash::Sha512)];

    fn decode(item: Item<'_>) -> Result<Self, Error> {
        let name = item.text()?;
        let known = Self::NAMES.iter().find(|(known, _)| *known == name);
        known.map(|(_, hash)| DigestAlgorithm(*hash)).ok_or(Error::DigestAlgorithm)
    }

    fn name(self) -> &'static str {
        let known = Self::NAMES.iter().find(|(_, hash)| *hash == self.0);
        known.map_or("", |(name, _)| name)
    }
}

/// What the issuer lets the device sign.
///
/// ```cddl
/// KeyAuthorizations = { ? "nameSpaces": [ + NameSpace ],
///                       ? "dataElements": { + NameSpace => [ + DataElementIdentifier ] } }
/// ```
/// ISO 18013-5 §9.1.2.4
#[derive(Debug, Clone, Default, PartialEq)]
pub struct KeyAuthorizations {
    /// Any element of these namespaces.
    pub name_spaces: Vec<String>,
    /// These elements.
    pub data_elements: NameSpaces<()>,
}

impl KeyAuthorizations {
    /// Whether the device may sign the element.
    pub fn allow(&self, namespace: &str, identifier: &str) -> bool {
        self.name_spaces.iter().any(|name| name == namespace)
            || self.data_elements.get(namespace, identifier).is_some()
    }

    fn decode(item: Item<'_>) -> Result<Self, Error> {
        let map = item.map()?;
        let mut count = Count::default();
        let name_spaces = map.get("nameSpaces").map(one_or_more).transpose()?;
        let name_spaces = name_spaces.into_iter().flatten();
        let name_spaces = name_spaces.map(|item| count.one_more().and_then(|()| name(item)));
        let name_spaces = name_spaces.collect::<Result<_, _>>()?;
        let mut data_elements = Vec::new();
        for (namespace, identifiers) in
            map.get("dataElements").map(members).transpose()?.into_iter().flatten()
        {
            for item in one_or_more(identifiers)? {
                count.one_more()?;
                data_elements.push((name(namespace)?, identifier(item)?, ()));
            }
        }
        Ok(KeyAuthorizations { name_spaces, data_elements: data_elements.into_iter().collect() })
    }
}

impl From<&KeyAuthorizations> for Encoded {
    fn from(authorized: &KeyAuthorizations) -> Encoded {
        let mut map = Vec::new();
        if !authorized.name_spaces.is_empty() {
            let names = authorized.name_spaces.iter().map(|name| name.as_str().into());
            map.push(("nameSpaces", Encoded::array(names)));
        }
        if !authorized.data_elements.is_empty() {
            let elements = authorized.data_elements.namespaces().iter().map(|(name, elements)| {
                let identifiers = elements.iter().map(|(id, ())| id.as_str().into());
                (name.as_str(), Encoded::array(identifiers))
            });
            map.push(("dataElements", Encoded::map(elements)));
        }
        Encoded::map(map)
    }
}

/// From when to when a document is valid.
///
/// ```cddl
/// ValidityInfo = { "signed": tdate, "validFrom": tdate, "validUntil": tdate,
///                  ? "expectedUpdate": tdate }
/// ```
/// ISO 18013-5 §9.1.2.4
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValidityInfo {
    /// When the issuer signed.
    pub signed: Timestamp,
    /// The first moment of validity.
    pub from: Timestamp,
    /// The last moment of validity.
    pub until: Timestamp,
    /// When the issuer expects to sign anew.
    pub expected_update: Option<Timestamp>,
    /// Whether every date has the form that the specification sets: no fraction, no offset.
    pub(crate) plain_dates: bool,
}

impl ValidityInfo {
    /// Each from the beginning of its day in UTC.
    pub(crate) fn whole_days(days: Days) -> ValidityInfo {
        ValidityInfo {
            signed: days.signed.start(),
            from: days.from.start(),
            until: days.until.start(),
            expected_update: None,
            plain_dates: true,
        }
    }

    /// Signed ≤ from ≤ until.
    pub(crate) fn is_in_order(&self) -> bool {
        self.signed <= self.from && self.from <= self.until
    }

    fn decode(item: Item<'_>) -> Result<Self, Error> {
        let map = item.map()?;
        let mut plain_dates = true;
        let mut date = |item: Item<'_>| -> Result<Timestamp, Error> {
            let time = Timestamp::decode(item)?;
            plain_dates &=
                Encoded::from(time).as_item().tag()?.1.text()? == item.tag()?.1.text()?;
            Ok(time)
        };
        Ok(ValidityInfo {
            signed: date(map.require("signed")?)?,
            from: date(map.require("validFrom")?)?,
            until: date(map.require("validUntil")?)?,
            expected_update: map.get("expectedUpdate").map(&mut date).transpose()?,
            plain_dates,
        })
    }
}

impl From<&ValidityInfo> for Encoded {
    fn from(validity: &ValidityInfo) -> Encoded {
        let mut map = vec![
            ("signed", validity.signed.into()),
            ("validFrom", validity.from.into()),
            ("validUntil", validity.until.into()),
        ];
        map.extend(validity.expected_update.map(|date| ("expectedUpdate", date.into())));
        Encoded::map(map)
    }
}

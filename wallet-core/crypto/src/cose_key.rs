//! Keys as COSE_Key: RFC 9052 §7, RFC 9053 §7.

use std::borrow::Cow;

use coffret_cbor::{Decode, Encoded, Item};

use crate::Error;
use crate::algorithm::{Curve, KeyType};
use crate::key::{PublicKey, Y};

const LABEL_KTY: i64 = 1;
const LABEL_CRV: i64 = -1;
const LABEL_X: i64 = -2;
const LABEL_Y: i64 = -3;
const LABEL_D: i64 = -4;

const KTY_OKP: i64 = 1;
const KTY_EC2: i64 = 2;

impl PublicKey {
    /// Reads a COSE_Key; members that say nothing of the point are passed over.
    ///
    /// ```cddl
    /// COSE_Key = { 1 => 2, -1 => int, -2 => bstr, -3 => bstr / bool, * label => any }  ; EC2
    ///          / { 1 => 1, -1 => int, -2 => bstr, * label => any }                     ; OKP
    /// ```
    ///
    /// # Errors
    /// [`Error::PrivateKeyExposed`] where there is a member `d`; [`Error::MalformedKey`],
    /// [`Error::UnsupportedKeyType`], [`Error::UnsupportedCurve`], [`Error::NotOnCurve`]
    pub fn from_cose(item: Item<'_>) -> Result<PublicKey, Error> {
        let map = item.map().map_err(|_| Error::MalformedKey)?;
        let member = |label: i64| map.get(label).ok_or(Error::MalformedKey);
        if map.get(LABEL_D).is_some() {
            return Err(Error::PrivateKeyExposed);
        }
        let key_type = match member(LABEL_KTY)?.integer() {
            Ok(KTY_OKP) => KeyType::Okp,
            Ok(KTY_EC2) => KeyType::Ec2,
            _ => return Err(Error::UnsupportedKeyType),
        };
        let crv = member(LABEL_CRV)?.integer().map_err(|_| Error::UnsupportedCurve)?;
        let curve = Curve::find(key_type, |names| names.cose == crv)?;
        let x = coordinate(member(LABEL_X)?)?;
        let Some(y) = map.get(LABEL_Y) else {
            return PublicKey::from_coordinates(curve, &x, None);
        };
        match y.boolean() {
            Ok(true) => PublicKey::from_coordinates(curve, &x, Some(Y::Odd)),
            Ok(false) => PublicKey::from_coordinates(curve, &x, Some(Y::Even)),
            Err(_) => PublicKey::from_coordinates(curve, &x, Some(Y::Coordinate(&coordinate(y)?))),
        }
    }

    /// The members that make the point, and no others; y in full.
    pub fn to_cose(&self) -> Encoded {
        let (x, y) = self.coordinates();
        let kty = match self.curve().key_type() {
            KeyType::Okp => KTY_OKP,
            KeyType::Ec2 => KTY_EC2,
        };
        let members = [
            (LABEL_KTY, kty.into()),
            (LABEL_CRV, self.curve().names().cose.into()),
            (LABEL_X, Encoded::bytes(&x)),
        ];
        Encoded::map(members.into_iter().chain(y.map(|y| (LABEL_Y, Encoded::bytes(&y)))))
    }
}

impl Decode for PublicKey {
    type Error = Error;

    fn decode(item: Item<'_>) -> Result<PublicKey, Error> {
        PublicKey::from_cose(item)
    }
}

fn coordinate(item: Item<'_>) -> Result<Cow<'_, [u8]>, Error> {
    item.byte_string().map_err(|_| Error::MalformedKey)
}

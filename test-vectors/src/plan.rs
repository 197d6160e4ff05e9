//! How a response is put together, and where one thing goes wrong in it.

use coffret_cbor::{Encoded, Timestamp, Value};
use coffret_crypto::cose::{Mac0, Payload, Unsigned};
use coffret_crypto::{Hash, PrivateKey};
use coffret_issuer::Identity;

use crate::Result;
use crate::world::World;

pub(crate) const MDL: &str = "org.iso.18013.5.1.mDL";
pub(crate) const NAMESPACE: &str = "org.iso.18013.5.1";

/// An edit of one part; nothing unless a case says so.
pub(crate) type Edit = fn(&mut Value);

/// The parts of a response from the innermost out, with an edit of each at the moment before it is
/// digested, signed or wrapped: what is wrong is always one thing.
pub(crate) struct Plan<'w> {
    pub(crate) doc_type: &'static str,
    /// The issuer's.
    pub(crate) namespace: &'static str,
    pub(crate) hash: (Hash, &'static str),
    pub(crate) elements: Vec<(&'static str, Value)>,
    /// Whether items are written with heads of two bytes more than they need (`b90003…`).
    pub(crate) longer_heads: bool,
    /// The first element, before its digest.
    pub(crate) item: Edit,
    /// The first element, after its digest.
    pub(crate) altered: Edit,
    pub(crate) mso: Edit,
    pub(crate) signer: &'w Identity,
    /// Whose certificate goes along.
    pub(crate) certificate: &'w Identity,
    /// `issuerAuth`, after it was signed.
    pub(crate) issuer_auth: Edit,
    pub(crate) issuer_signed: Edit,
    /// `DeviceNameSpaces`, before they are signed.
    pub(crate) device_elements: Edit,
    pub(crate) proof: Proof,
    pub(crate) device_key: &'w PrivateKey,
    /// The transcript that the device signs.
    pub(crate) transcript: Encoded,
    pub(crate) device_signed: Edit,
    pub(crate) document: Edit,
    pub(crate) response: Edit,
}

/// How the device proves its key.
#[derive(Clone, Copy)]
pub(crate) enum Proof {
    Signature,
    Mac,
}

fn nothing(_: &mut Value) {}

impl<'w> Plan<'w> {
    pub(crate) fn good(world: &'w World) -> Plan<'w> {
        Plan {
            doc_type: MDL,
            namespace: NAMESPACE,
            hash: (Hash::Sha256, "SHA-256"),
            elements: vec![
                ("family_name", "Tremblay".into()),
                ("given_name", "Émilie".into()),
                ("age_over_18", Value::Bool(true)),
            ],
            longer_heads: false,
            item: nothing,
            altered: nothing,
            mso: nothing,
            signer: &world.pki.document_signer,
            certificate: &world.pki.document_signer,
            issuer_auth: nothing,
            issuer_signed: nothing,
            device_elements: nothing,
            proof: Proof::Signature,
            device_key: &world.device_key,
            transcript: world.transcript(),
            device_signed: nothing,
            document: nothing,
            response: nothing,
        }
    }

    pub(crate) fn response(&self, world: &World) -> Result<Vec<u8>> {
        let document = self.document(world)?;
        let response = map([
            ("version", "1.0".into()),
            ("documents", Value::Array(vec![document])),
            ("status", Value::Unsigned(0)),
        ]);
        Ok(Encoded::from(&edited(response, self.response)).into_bytes())
    }

    fn document(&self, world: &World) -> Result<Value> {
        let issuer_signed = self.issuer_signed(world)?;
        let device_signed = self.device_signed(world)?;
        let document = map([
            ("docType", self.doc_type.into()),
            ("issuerSigned", issuer_signed),
            ("deviceSigned", device_signed),
        ]);
        Ok(edited(document, self.document))
    }

    fn issuer_signed(&self, world: &World) -> Result<Value> {
        let (mut items, mut digests) = (Vec::new(), Vec::new());
        for (id, (identifier, value)) in (0u64..).zip(&self.elements) {
            let item = map([
                ("digestID", Value::Unsigned(id)),
                ("random", Value::Bytes(vec![id as u8; 32])),
                ("elementIdentifier", (*identifier).into()),
                ("elementValue", value.clone()),
            ]);
            let (before, after): (Edit, Edit) =
                if id == 0 { (self.item, self.altered) } else { (nothing, nothing) };
            let item = edited(item, before);
            let digest = self.hash.0.digest(Encoded::from(&self.embedded(&item)).as_bytes());
            digests.push((Value::Unsigned(id), Value::Bytes(digest)));
            items.push(self.embedded(&edited(item, after)));
        }
        let mso = edited(self.mso(world, digests), self.mso);
        let payload = Encoded::from(&embedded(&mso));
        let algorithm = self.signer.key().public_key().curve().algorithm();
        let issuer_auth = Unsigned::new(
            algorithm?,
            &[self.certificate.certificate().der()],
            Payload::Embedded(payload.as_bytes()),
            &[],
        );
        let issuer_auth = Encoded::from(&issuer_auth.sign(self.signer.key())?).as_item().value();
        let issuer_signed = map([
            ("nameSpaces", map([(self.namespace, Value::Array(items))])),
            ("issuerAuth", edited(issuer_auth, self.issuer_auth)),
        ]);
        Ok(edited(issuer_signed, self.issuer_signed))
    }

    /// `#6.24(bstr .cbor IssuerSignedItem)`
    fn embedded(&self, item: &Value) -> Value {
        let mut bytes = Encoded::from(item).into_bytes();
        if self.longer_heads {
            let pairs = bytes[0] & 0x1f;
            bytes.splice(..1, [0xb9, 0, pairs]);
        }
        Value::Tag(24, Box::new(Value::Bytes(bytes)))
    }

    fn mso(&self, world: &World, digests: Vec<(Value, Value)>) -> Value {
        let day = |days| tdate(&world.today().start().plus_days(days).to_string());
        let device_key = world.device_key.public_key().to_cose().as_item().value();
        map([
            ("version", "1.0".into()),
            ("digestAlgorithm", self.hash.1.into()),
            ("valueDigests", map([(self.namespace, Value::Map(digests))])),
            ("deviceKeyInfo", map([("deviceKey", device_key)])),
            ("docType", self.doc_type.into()),
            (
                "validityInfo",
                map([("signed", day(0)), ("validFrom", day(0)), ("validUntil", day(30))]),
            ),
        ])
    }

    fn device_signed(&self, world: &World) -> Result<Value> {
        let name_spaces = embedded(&edited(Value::Map(Vec::new()), self.device_elements));
        let payload = Encoded::embedded(&Encoded::array([
            "DeviceAuthentication".into(),
            self.transcript.clone(),
            self.doc_type.into(),
            (&name_spaces).into(),
        ]));
        let payload = Payload::Detached(payload.as_bytes());
        let auth = match self.proof {
            Proof::Signature => {
                let algorithm = self.device_key.public_key().curve().algorithm();
                let unsigned = Unsigned::new(algorithm?, &[], payload, &[]);
                ("deviceSignature", Encoded::from(&unsigned.sign(self.device_key)?))
            }
            Proof::Mac => {
                let salt = Hash::Sha256.digest(Encoded::embedded(&self.transcript).as_bytes());
                let secret = self.device_key.agree(&world.e_reader_key.public_key())?;
                let mac = Mac0::new(&secret.derive(&salt, b"EMacKey"), payload, &[]);
                ("deviceMac", Encoded::from(&mac))
            }
        };
        let auth = map([(auth.0, auth.1.as_item().value())]);
        let device_signed = map([("nameSpaces", name_spaces), ("deviceAuth", auth)]);
        Ok(edited(device_signed, self.device_signed))
    }
}

pub(crate) fn edited(mut value: Value, edit: Edit) -> Value {
    edit(&mut value);
    value
}

pub(crate) fn map<const N: usize>(members: [(&str, Value); N]) -> Value {
    Value::Map(members.map(|(key, value)| (key.into(), value)).into())
}

pub(crate) fn embedded(value: &Value) -> Value {
    Value::Tag(24, Box::new(Value::Bytes(Encoded::from(value).into_bytes())))
}

pub(crate) fn tdate(text: &str) -> Value {
    Value::Tag(0, Box::new(text.into()))
}

/// A moment some days and seconds from another, as a tdate.
pub(crate) fn moment(from: Timestamp, seconds: i64) -> Value {
    tdate(&Timestamp::from_unix(from.unix() + seconds).unwrap_or(from).to_string())
}

/// The member of a map: a new one where there is none.
pub(crate) fn member(value: &mut Value, key: impl Into<Value>) -> &mut Value {
    let (key, Value::Map(members)) = (key.into(), value) else { panic!("not a map") };
    let at = members.iter().position(|(found, _)| *found == key).unwrap_or_else(|| {
        members.push((key, Value::Null));
        members.len() - 1
    });
    &mut members[at].1
}

pub(crate) fn set(value: &mut Value, key: &str, new: impl Into<Value>) {
    *member(value, key) = new.into();
}

pub(crate) fn remove(value: &mut Value, key: &str) {
    let Value::Map(members) = value else { panic!("not a map") };
    members.retain(|(found, _)| *found != key.into());
}

/// An item of an array.
pub(crate) fn nth(value: &mut Value, at: usize) -> &mut Value {
    let Value::Array(items) = value else { panic!("not an array") };
    &mut items[at]
}

/// Edits what is inside `#6.24(bstr)`.
pub(crate) fn inside(value: &mut Value, edit: Edit) {
    let Value::Tag(24, inner) = value else { panic!("not embedded") };
    let Value::Bytes(bytes) = inner.as_mut() else { panic!("not embedded") };
    let item = coffret_cbor::Item::parse(bytes).expect("well-formed");
    *bytes = Encoded::from(&edited(item.value(), edit)).into_bytes();
}

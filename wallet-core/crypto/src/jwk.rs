//! Keys as JWK: RFC 7517, RFC 7518 §6.2, RFC 8037 §2.

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use crate::Error;
use crate::algorithm::{Curve, KeyType};
use crate::key::{PrivateKey, PublicKey, Y};

impl PublicKey {
    /// Reads a JWK.
    ///
    /// # Errors
    /// [`Error::PrivateKeyExposed`] where there is a member `d`; [`Error::MalformedKey`],
    /// [`Error::UnsupportedKeyType`], [`Error::UnsupportedCurve`], [`Error::NotOnCurve`]
    pub fn from_jwk(jwk: &Value) -> Result<PublicKey, Error> {
        match jwk.get("d") {
            Some(_) => Err(Error::PrivateKeyExposed),
            None => public(jwk),
        }
    }

    /// `kty`, `crv`, `x` and, where there is one, `y`.
    pub fn to_jwk(&self) -> Value {
        let (x, y) = self.coordinates();
        let (kty, crv) = (kty(self.curve().key_type()), self.curve().names().jwk);
        let x = BASE64URL_NOPAD.encode(&x);
        match y {
            Some(y) => json!({"kty": kty, "crv": crv, "x": x, "y": BASE64URL_NOPAD.encode(&y)}),
            None => json!({"kty": kty, "crv": crv, "x": x}),
        }
    }
}

impl PrivateKey {
    /// Reads a JWK with a member `d`.
    ///
    /// # Errors
    /// Those of [`PublicKey::from_jwk`] but the first; [`Error::KeyPairMismatch`]
    pub fn from_jwk(jwk: &Value) -> Result<PrivateKey, Error> {
        let public = public(jwk)?;
        let d = Zeroizing::new(bytes(jwk, "d")?);
        PrivateKey::from_bytes(public.curve(), &d)?.paired_with(&public)
    }

    /// The public JWK with `d` beside it, in JSON.
    pub fn to_jwk(&self) -> Zeroizing<String> {
        let d = Zeroizing::new(BASE64URL_NOPAD.encode(&self.to_bytes()));
        let public = self.public_key().to_jwk().to_string();
        // Joined at once: a string that grew would leave parts of `d` behind.
        Zeroizing::new([public.trim_end_matches('}'), r#","d":""#, &d, r#""}"#].concat())
    }
}

fn public(jwk: &Value) -> Result<PublicKey, Error> {
    let key_type = match text(jwk, "kty")? {
        "EC" => KeyType::Ec2,
        "OKP" => KeyType::Okp,
        _ => return Err(Error::UnsupportedKeyType),
    };
    let crv = text(jwk, "crv")?;
    let curve = Curve::find(key_type, |names| names.jwk == crv)?;
    let x = bytes(jwk, "x")?;
    let y = jwk.get("y").map(|_| bytes(jwk, "y")).transpose()?;
    PublicKey::from_coordinates(curve, &x, y.as_deref().map(Y::Coordinate))
}

fn kty(key_type: KeyType) -> &'static str {
    match key_type {
        KeyType::Ec2 => "EC",
        KeyType::Okp => "OKP",
    }
}

fn text<'j>(jwk: &'j Value, member: &str) -> Result<&'j str, Error> {
    jwk.get(member).and_then(Value::as_str).ok_or(Error::MalformedKey)
}

fn bytes(jwk: &Value, member: &str) -> Result<Vec<u8>, Error> {
    let encoded = text(jwk, member)?;
    BASE64URL_NOPAD.decode(encoded.as_bytes()).map_err(|_| Error::MalformedKey)
}

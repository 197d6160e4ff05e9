//! The COSE working group's examples. Of every file, the parts that we have code for are checked,
//! whatever message they are in; the counts are printed and fixed, and [`FOLDERS`] says why a file
//! has no such part.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use coffret_cbor::{Decode, Encoded, Item};
use coffret_crypto::aead::open;
use coffret_crypto::cose::{Mac0, Sign1};
use coffret_crypto::{Curve, Error, PrivateKey, PublicKey, SharedSecret, SymmetricKey, verify};
use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};

/// Each folder's files: how many have a part that is checked, how many have none, and why.
const FOLDERS: [(&str, usize, usize, &str); 21] = [
    ("RFC8152", 11, 6, "AES-CCM, AES-CBC-MAC, AES-GCM with 128 bits"),
    ("X25519-tests", 2, 0, ""),
    ("aes-ccm-examples", 0, 16, "AES-CCM"),
    ("aes-gcm-examples", 2, 7, "AES-GCM with 128 and 192 bits"),
    ("aes-wrap-examples", 0, 15, "AES-CBC-MAC, HMAC with SHA-512, AES-GCM with 128 and 192 bits"),
    ("cbc-mac-examples", 4, 4, "AES-CBC-MAC in COSE_Mac"),
    ("chacha-poly-examples", 0, 2, "ChaCha20-Poly1305"),
    ("countersign", 9, 5, "AES-GCM with 128 bits"),
    ("countersign1", 5, 3, "AES-GCM with 128 bits"),
    ("ecdh-direct-examples", 24, 0, ""),
    ("ecdh-wrap-examples", 36, 0, ""),
    ("ecdsa-examples", 7, 0, ""),
    ("eddsa-examples", 4, 0, ""),
    ("encrypted-tests", 0, 10, "AES-GCM with 128 bits"),
    ("enveloped-tests", 0, 10, "AES-GCM with 128 bits"),
    ("hkdf-aes-examples", 2, 26, "AES-CCM, HMAC with SHA-512"),
    ("hkdf-hmac-sha-examples", 3, 25, "AES-CCM, HMAC with SHA-512, HKDF to keys of 128 bits"),
    ("hmac-examples", 7, 3, "COSE_Mac by HMAC with SHA-384, SHA-512 or a tag cut short"),
    ("mac-tests", 8, 2, "an unknown algorithm in COSE_Mac"),
    ("sign-tests", 9, 1, "another tag on COSE_Sign"),
    ("sign1-tests", 3, 0, ""),
];

#[test]
fn examples() {
    let Some(folder) = coffret_published::path("cose_wg") else { return };
    let mut parts = BTreeMap::<_, usize>::new();
    let mut folders = Vec::new();
    for (name, _, _, why) in FOLDERS {
        let (mut checked, mut not) = (0, 0);
        for file in json_files(&folder.join(name)) {
            let found = Example::load(&file).check();
            *(if found.is_empty() { &mut not } else { &mut checked }) += 1;
            found.into_iter().for_each(|part| *parts.entry(part).or_default() += 1);
        }
        println!("{name}: {checked} files checked, {not} not: {why}");
        folders.push((name, checked, not, why));
    }
    parts.iter().for_each(|(part, count)| println!("{count:4} {part}"));
    assert_eq!(folders, FOLDERS);
    assert!(FOLDERS.iter().all(|(_, _, not, why)| (*not == 0) == why.is_empty()));
    let folders =
        fs::read_dir(&folder).unwrap().filter(|entry| entry.as_ref().unwrap().path().is_dir());
    assert_eq!(folders.count(), FOLDERS.len());
}

fn json_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.extension().is_some_and(|extension| extension == "json")).collect()
}

struct Example {
    name: String,
    json: Value,
    message: Vec<u8>,
}

impl Example {
    fn load(path: &Path) -> Example {
        let json = coffret_published::read(path);
        let message = coffret_published::hex(&json["output"]["cbor"]);
        Example { name: path.file_stem().unwrap().to_str().unwrap().to_owned(), json, message }
    }

    /// The parts that were found and are as they should be.
    fn check(&self) -> Vec<&'static str> {
        let input = self.json["input"].as_object().unwrap();
        let kind = ["sign0", "mac0", "sign", "mac", "enveloped", "encrypted"]
            .into_iter()
            .find(|kind| input.contains_key(*kind))
            .unwrap();
        let input = &input[kind];
        let external = input.get("external").map(coffret_published::hex).unwrap_or_default();
        let content = match kind {
            "sign0" => self.sign1(&input["key"], &external),
            "mac0" => self.mac0(&external),
            "sign" => self.signers(input),
            "mac" => self.mac(&external),
            "enveloped" => self.encrypted("Encrypt", &external),
            _ => self.encrypted("Encrypt0", &external),
        };
        content.into_iter().chain(self.recipients(input)).collect()
    }

    fn sign1(&self, key: &Value, external: &[u8]) -> Option<&'static str> {
        let signed = Sign1::decode(self.item()).unwrap();
        let verified = public(key).and_then(|key| signed.verify(&key, external));
        let expected = match self.name.as_str() {
            // The algorithm is in the unprotected header, which ISO 18013-5 does not allow.
            "sign-pass-01" => Err(Error::AlgorithmNotProtected),
            // Ed448.
            "eddsa-sig-02" => Err(Error::UnsupportedCurve),
            _ => Ok(()),
        };
        assert_eq!(verified, expected, "{}", self.name);
        Some("COSE_Sign1")
    }

    fn mac0(&self, external: &[u8]) -> Option<&'static str> {
        let mac = Mac0::decode(self.item()).unwrap();
        let Some(key) = self.content_key().filter(|_| self.protected_algorithm() == Some(HS256))
        else {
            let verified = mac.verify(&SymmetricKey::from([0; 32]), external);
            assert_eq!(verified, Err(Error::UnsupportedAlgorithm), "{}", self.name);
            return Some("COSE_Mac0 by another algorithm, refused");
        };
        let expected = if self.must_fail() { Err(Error::InvalidMac) } else { Ok(()) };
        assert_eq!(mac.verify(&key, external), expected, "{}", self.name);
        Some("COSE_Mac0")
    }

    /// The signatures of a COSE_Sign, each read as if it were the one of a COSE_Sign1, and verified
    /// over the COSE_Sign's own Sig_structure.
    fn signers(&self, input: &Value) -> Option<&'static str> {
        let [body, _, payload, signatures] = self.members()?;
        for (signature, signer) in signatures.array().unwrap().zip(input["signers"].as_array()?) {
            let [protected, unprotected, signature] = signature.array().unwrap().exactly().unwrap();
            let sign1 =
                Encoded::array([protected, unprotected, payload, signature].map(Encoded::from));
            let algorithm = Sign1::decode(sign1.as_item()).unwrap().algorithm();
            let external = signer.get("external").map(coffret_published::hex).unwrap_or_default();
            let strings = [&header(body), &header(protected), &external[..], &bytes(payload)];
            let structure = structure("Signature", &strings);
            let verified = public(&signer["key"])
                .and_then(|key| verify(&key, algorithm?, &structure, &bytes(signature)));
            let expected = match self.name.as_str() {
                "sign-fail-02" | "sign-fail-06" | "sign-fail-07" => Err(Error::InvalidSignature),
                "sign-fail-03" | "sign-fail-04" => Err(Error::UnsupportedAlgorithm),
                // SHA-512 on P-256.
                "ecdsa-04" => Err(Error::AlgorithmMismatch),
                // Ed448.
                "eddsa-02" => Err(Error::UnsupportedCurve),
                _ => Ok(()),
            };
            assert_eq!(verified, expected, "{}", self.name);
        }
        Some("a signature in COSE_Sign, by verify")
    }

    /// The tag of a COSE_Mac by HMAC 256/256.
    fn mac(&self, external: &[u8]) -> Option<&'static str> {
        if self.name == "mac-fail-01" {
            assert_eq!(Mac0::decode(self.item()), Err(Error::MalformedCose));
            return Some("COSE_Mac under the tag of COSE_Mac0, refused");
        }
        let [protected, unprotected, payload, tag, _] = self.members()?;
        let id = algorithm(&header(protected)).or(algorithm(unprotected.bytes()));
        let key = self.content_key().filter(|_| id == Some(HS256))?;
        let structure = structure("MAC", &[&header(protected), external, &bytes(payload)]);
        assert_eq!(key.tag(&structure) != *bytes(tag), self.must_fail(), "{}", self.name);
        Some("a tag in COSE_Mac, by SymmetricKey::tag")
    }

    /// The ciphertext of a COSE_Encrypt or COSE_Encrypt0 by AES-256-GCM.
    fn encrypted(&self, context: &str, external: &[u8]) -> Option<&'static str> {
        const IV: i64 = 5;
        let members: Vec<_> = untagged(self.item()).array().ok()?.collect();
        let [protected, unprotected, ciphertext, ..] = members[..] else { return None };
        let key = self.content_key().filter(|_| algorithm(&header(protected)) == Some(A256GCM))?;
        let nonce = bytes(unprotected.map().unwrap().get(IV)?).try_into().unwrap();
        let aad = structure(context, &[&header(protected), external]);
        let expected = self.json["input"]["plaintext"].as_str().unwrap().as_bytes();
        let opened = open(&key, &nonce, &aad, &bytes(ciphertext));
        assert_eq!(opened.as_ref().map(|plaintext| &plaintext[..]), Ok(expected), "{}", self.name);
        Some("a ciphertext in COSE_Encrypt, by aead::open")
    }

    /// The secrets and keys that recipients come to.
    fn recipients(&self, input: &Value) -> Vec<&'static str> {
        let mut parts = Vec::new();
        let Some(given) = input.get("recipients").and_then(Value::as_array) else { return parts };
        let received = untagged(self.item()).array().unwrap().last().unwrap();
        let Ok(received) = received.array() else { return parts };
        let intermediates = self.json["intermediates"]["recipients"].as_array().unwrap();
        for ((received, given), steps) in received.zip(given).zip(intermediates) {
            let Some([protected, unprotected]) = received.array().ok().and_then(first_two) else {
                continue;
            };
            let secret = match steps.get("Secret_hex").map(coffret_published::hex) {
                Some(expected) => {
                    let own = PrivateKey::from_jwk(&jwk(&given["key"])).unwrap();
                    let peer = sender(unprotected).unwrap_or_else(|| public(&given["sender_key"]));
                    let secret = own.agree(&peer.unwrap()).unwrap();
                    let expected = SharedSecret::new(own.public_key().curve(), expected);
                    assert_eq!(secret, expected.unwrap(), "{}", self.name);
                    parts.push("a secret agreed on, by PrivateKey::agree");
                    secret
                }
                None => match known_beforehand(&given["key"]) {
                    Some(secret) => secret,
                    None => continue,
                },
            };
            let expected = steps.get("KEK_hex").unwrap_or(&self.json["intermediates"]["CEK_hex"]);
            let expected = <[u8; 32]>::try_from(coffret_published::hex(expected));
            if let (Ok(expected), Some(context)) = (expected, steps.get("Context_hex"))
                && algorithm(&header(protected)).is_some_and(|id| HKDF_SHA256.contains(&id))
            {
                const SALT: i64 = -20;
                let salt = unprotected.map().unwrap().get(SALT).map(bytes).unwrap_or_default();
                let derived = secret.derive(&salt, &coffret_published::hex(context));
                assert_eq!(derived, SymmetricKey::from(expected), "{}", self.name);
                parts.push("a key derived, by SharedSecret::derive");
            }
        }
        parts
    }

    fn item(&self) -> Item<'_> {
        Item::parse(&self.message).unwrap()
    }

    fn members<const N: usize>(&self) -> Option<[Item<'_>; N]> {
        const TAGS: [u64; 2] = [97, 98];
        match self.item().tag() {
            Ok((tag, _)) if !TAGS.contains(&tag) => None,
            _ => untagged(self.item()).array().ok()?.exactly().ok(),
        }
    }

    fn must_fail(&self) -> bool {
        self.json.get("fail").is_some()
    }

    fn protected_algorithm(&self) -> Option<i64> {
        algorithm(&header(untagged(self.item()).array().ok()?.next()?))
    }

    /// The key that the content is encrypted or authenticated by, if it is of our length.
    fn content_key(&self) -> Option<SymmetricKey> {
        let key = coffret_published::hex(&self.json["intermediates"]["CEK_hex"]);
        <[u8; 32]>::try_from(key).ok().map(SymmetricKey::from)
    }
}

const HS256: i64 = 5;
const A256GCM: i64 = 3;
/// direct+HKDF-SHA-256, ECDH-ES and ECDH-SS with HKDF-256, and the same with A256KW.
const HKDF_SHA256: [i64; 5] = [-10, -25, -27, -31, -34];

fn untagged(item: Item<'_>) -> Item<'_> {
    item.tag().map_or(item, |(_, inner)| inner)
}

fn first_two(mut items: coffret_cbor::Array<'_>) -> Option<[Item<'_>; 2]> {
    Some([items.next()?, items.next()?])
}

fn bytes(item: Item<'_>) -> Vec<u8> {
    item.byte_string().unwrap().into_owned()
}

/// A protected header as structures have it: none at all for an empty map.
fn header(protected: Item<'_>) -> Vec<u8> {
    let header = bytes(protected);
    if header == b"\xa0" { Vec::new() } else { header }
}

fn algorithm(header: &[u8]) -> Option<i64> {
    const ALG: i64 = 1;
    Item::parse(header).ok()?.map().ok()?.get(ALG)?.integer().ok()
}

/// The ephemeral (-1) or static (-2) key of the sender.
fn sender(unprotected: Item<'_>) -> Option<Result<PublicKey, Error>> {
    let map = unprotected.map().unwrap();
    map.get(-1i64).or(map.get(-2i64)).map(PublicKey::from_cose)
}

/// Sig_structure, MAC_structure or Enc_structure.
fn structure(context: &str, strings: &[&[u8]]) -> Vec<u8> {
    let strings = strings.iter().copied().map(Encoded::bytes);
    Encoded::array([context.into()].into_iter().chain(strings)).into_bytes()
}

/// A JWK of the examples, whose members are base64url or hex.
fn jwk(key: &Value) -> Value {
    let mut jwk = json!({"kty": key["kty"], "crv": key["crv"]});
    for member in ["x", "y", "d", "k"] {
        if let Some(hex) = key.get(format!("{member}_hex")) {
            jwk[member] = BASE64URL_NOPAD.encode(&coffret_published::hex(hex)).into();
        } else if let Some(value) = key.get(member) {
            jwk[member] = value.clone();
        }
    }
    jwk
}

fn public(key: &Value) -> Result<PublicKey, Error> {
    let mut jwk = jwk(key);
    jwk.as_object_mut().unwrap().remove("d");
    PublicKey::from_jwk(&jwk)
}

/// A symmetric key as long as a secret agreed on: every one that HKDF-SHA-256 starts from is.
fn known_beforehand(key: &Value) -> Option<SharedSecret> {
    let key = BASE64URL_NOPAD.decode(jwk(key)["k"].as_str()?.as_bytes()).unwrap();
    SharedSecret::new(Curve::P256, key).ok()
}

use coffret_cbor::Encoded;
use coffret_crypto::{Curve, Error, PrivateKey, PublicKey};
use data_encoding::{BASE64, BASE64URL_NOPAD, HEXLOWER};
use serde_json::{Value, json};

use super::{Breach, key};

pub(super) fn breaches() -> Vec<Breach> {
    [cose_keys(), jwks(), points(), subject_public_key_infos(), key_files()].concat()
}

/// The point (x, y) of a P-256 key.
fn p256() -> ([u8; 32], [u8; 32]) {
    let spki = key(Curve::P256).public_key().to_spki();
    let (_, coordinates) = spki.split_at(spki.len() - 64);
    (coordinates[..32].try_into().unwrap(), coordinates[32..].try_into().unwrap())
}

fn cose_keys() -> Vec<Breach> {
    let (x, y) = p256();
    let [x, y] = [x, y].map(|coordinate| Encoded::bytes(&coordinate));
    let ec2 = |crv: i64, x: Encoded, y: Encoded| {
        Encoded::map([(1i64, 2i64.into()), (-1, crv.into()), (-2, x), (-3, y)])
    };
    let okp = |crv: i64, x: &[u8]| {
        Encoded::map([(1i64, 1i64.into()), (-1, crv.into()), (-2, Encoded::bytes(x))])
    };
    let judge = |key: Encoded| PublicKey::from_cose(key.as_item()).map(drop);
    let private = Encoded::map([
        (1i64, 2i64.into()),
        (-1, 1i64.into()),
        (-2, x.clone()),
        (-3, y.clone()),
        (-4, Encoded::bytes(&[1; 32])),
    ]);
    let text_y = "y".into();
    vec![
        ("no map", Error::MalformedKey, judge(Encoded::array([]))),
        ("no kty", Error::MalformedKey, judge(Encoded::map([(-1i64, 1i64.into())]))),
        ("no crv", Error::MalformedKey, judge(Encoded::map([(1i64, 2i64.into())]))),
        (
            "no x",
            Error::MalformedKey,
            judge(Encoded::map([(1i64, 2i64.into()), (-1, 1i64.into())])),
        ),
        (
            "no y",
            Error::MalformedKey,
            judge(Encoded::map([(1i64, 2i64.into()), (-1, 1i64.into()), (-2, x.clone())])),
        ),
        ("symmetric", Error::UnsupportedKeyType, judge(Encoded::map([(1i64, 4i64.into())]))),
        ("kty as text", Error::UnsupportedKeyType, judge(Encoded::map([(1i64, "EC".into())]))),
        ("secp256k1", Error::UnsupportedCurve, judge(ec2(8, x.clone(), y.clone()))),
        ("brainpoolP256r1", Error::UnsupportedCurve, judge(ec2(256, x.clone(), y.clone()))),
        ("X448", Error::UnsupportedCurve, judge(okp(5, &[9; 56]))),
        ("Ed448", Error::UnsupportedCurve, judge(okp(7, &[9; 57]))),
        ("EC2 on Ed25519", Error::MalformedKey, judge(ec2(6, x.clone(), y.clone()))),
        ("OKP on P-256", Error::MalformedKey, judge(okp(1, &[9; 32]))),
        (
            "OKP on P-256 with y",
            Error::MalformedKey,
            judge(Encoded::map([
                (1i64, 1i64.into()),
                (-1, 1i64.into()),
                (-2, x.clone()),
                (-3, y.clone()),
            ])),
        ),
        (
            "OKP with y",
            Error::MalformedKey,
            judge(Encoded::map([
                (1i64, 1i64.into()),
                (-1, 4i64.into()),
                (-2, x.clone()),
                (-3, y.clone()),
            ])),
        ),
        ("x short", Error::MalformedKey, judge(ec2(1, Encoded::bytes(&[1; 31]), y.clone()))),
        (
            "x long, y short",
            Error::MalformedKey,
            judge(ec2(1, Encoded::bytes(&[1; 33]), Encoded::bytes(&[1; 31]))),
        ),
        (
            "x long, y even",
            Error::MalformedKey,
            judge(ec2(1, Encoded::bytes(&[1; 33]), false.into())),
        ),
        ("x of P-256 on P-384", Error::MalformedKey, judge(ec2(2, x.clone(), y.clone()))),
        ("y as text", Error::MalformedKey, judge(ec2(1, x.clone(), text_y))),
        ("X25519 short", Error::MalformedKey, judge(okp(4, &[9; 31]))),
        ("x twice", Error::NotOnCurve, judge(ec2(1, x.clone(), x))),
        ("with d", Error::PrivateKeyExposed, judge(private)),
    ]
}

fn jwks() -> Vec<Breach> {
    let (own, other) = (key(Curve::P256), key(Curve::P384).public_key());
    let public = own.public_key().to_jwk();
    let private: Value = own.to_jwk().parse().unwrap();
    let with = |jwk: &Value, member: &str, value: Value| {
        let mut jwk = jwk.clone();
        jwk[member] = value;
        jwk
    };
    let judge = |jwk: Value| PublicKey::from_jwk(&jwk).map(drop);
    let judge_private = |jwk: Value| PrivateKey::from_jwk(&jwk).map(drop);
    let zero = "A".repeat(43);
    vec![
        ("no object", Error::MalformedKey, judge(json!("EC"))),
        ("RSA", Error::UnsupportedKeyType, judge(json!({"kty": "RSA", "n": "AQAB", "e": "AQAB"}))),
        ("secp256k1", Error::UnsupportedCurve, judge(with(&public, "crv", "secp256k1".into()))),
        ("EC on Ed25519", Error::MalformedKey, judge(with(&public, "crv", "Ed25519".into()))),
        (
            "x padded",
            Error::MalformedKey,
            judge(with(&public, "x", format!("{}=", public["x"].as_str().unwrap()).into())),
        ),
        (
            "x of another curve",
            Error::MalformedKey,
            judge(with(&public, "x", other.to_jwk()["x"].clone())),
        ),
        ("y as number", Error::MalformedKey, judge(with(&public, "y", 1.into()))),
        ("y of zeros", Error::NotOnCurve, judge(with(&public, "y", zero.clone().into()))),
        ("private as public", Error::PrivateKeyExposed, judge(private.clone())),
        ("public as private", Error::MalformedKey, judge_private(public)),
        ("d of zeros", Error::MalformedKey, judge_private(with(&private, "d", zero.into()))),
        (
            "d a byte short",
            Error::MalformedKey,
            judge_private(with(&private, "d", BASE64URL_NOPAD.encode(&[1; 31]).into())),
        ),
        (
            "another's d",
            Error::KeyPairMismatch,
            judge_private(with(&private, "d", format!("{}E", "A".repeat(42)).into())),
        ),
    ]
}

fn points() -> Vec<Breach> {
    let (x, _) = p256();
    let judge = |curve, bytes: &[u8]| PublicKey::from_point(curve, bytes).map(drop);
    let hex = |text: &str| HEXLOWER.decode(text.as_bytes()).unwrap();
    // The neutral point, one of order 8, and one of large order with y = p + 3.
    let neutral = hex("0100000000000000000000000000000000000000000000000000000000000000");
    let of_order_8 = hex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a");
    let not_reduced = hex("f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
    vec![
        ("empty", Error::MalformedKey, judge(Curve::P256, &[])),
        ("infinity", Error::MalformedKey, judge(Curve::P256, &[0])),
        ("compact", Error::MalformedKey, judge(Curve::P256, &[&[5], &x[..]].concat())),
        ("hybrid", Error::MalformedKey, judge(Curve::P256, &[6; 65])),
        ("cut short", Error::MalformedKey, judge(Curve::P256, &[&[4], &x[..], &x[1..]].concat())),
        (
            "x beyond the field",
            Error::NotOnCurve,
            judge(Curve::P256, &[&[2], &[0xff; 32][..]].concat()),
        ),
        ("no y for x", Error::NotOnCurve, judge(Curve::P256, &[&[2], &[0; 31][..], &[1]].concat())),
        ("Ed25519 neutral", Error::NotOnCurve, judge(Curve::Ed25519, &neutral)),
        ("Ed25519 of order 8", Error::NotOnCurve, judge(Curve::Ed25519, &of_order_8)),
        ("Ed25519 not reduced", Error::NotOnCurve, judge(Curve::Ed25519, &not_reduced)),
        ("Ed25519 long", Error::MalformedKey, judge(Curve::Ed25519, &[9; 33])),
    ]
}

/// Keys that OpenSSL made.
fn subject_public_key_infos() -> Vec<Breach> {
    let judge =
        |spki: &str| PublicKey::from_spki(&BASE64.decode(spki.as_bytes()).unwrap()).map(drop);
    let secp256k1 = "MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAEC2KRUDeTFXoF7/OOkYY69fNM09xVEWhrUoCwuJ+n4/04GD9ND5I/\
         kiVk8PtlanepXwOWmp9060QWlj9GuBTk/g==";
    let brainpool = "MFowFAYHKoZIzj0CAQYJKyQDAwIIAQEHA0IABIiFSzJwJlbmAt1pxXdmsNBtN5Z/E+zUwlCxDhsSNSYuLx0a\
         4Q57ttR3WHUaxCn5HX5kRE4j8SAT1iplUeYFDek=";
    let spelled_out = "MIIBSzCCAQMGByqGSM49AgEwgfcCAQEwLAYHKoZIzj0BAQIhAP////8AAAABAAAAAAAAAAAAAAAA////////\
         ////////MFsEIP////8AAAABAAAAAAAAAAAAAAAA///////////////8BCBaxjXYqjqT57PrvVV2mIa8ZR0G\
         sMxTsPY7zjw+J9JgSwMVAMSdNgiG5wSTamZ44ROdJreBn36QBEEEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg\
         9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9QIhAP////8AAAAA//////////+85vqt\
         pxeehPO5ysL8YyVRAgEBA0IABJfcMTxpcpdmrrlirsF2ORJyFU8tfu1cUHpdn1AIokbDBInVfAScpK9LF27x\
         HS+tD8HtqIydJvJp2M+1LFbl8ZA=";
    let rsa = "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCuEzgAptTQO1FBILNrZcPBROsxDfX6VT1SlRlrzOIbBAy8\
         XiOliVd4A04fqV+KLpb/cypA4RBIOhbMwetULB6I/dnxUMXa+NJi99ZZG6pPu5jqZCVTQwud3lNxQFeytKOu\
         x1TO13AxCDmd6VHayh/2mtvf7POn/Yu09ouoUqyl2wIDAQAB";
    let ed448 = "MEMwBQYDK2VxAzoAfP//bvavY1Po+9S/49087sSioFnAIPBOLqn1JTelBmr7wA2N4bbUCIvcos2nUFVMmMoV\
         FwTZaD8A";
    let x448 = "MEIwBQYDK2VvAzkA/VZFIt8GBWx4AD4BkT0UmcJ6fr29buMDJ/HLof8c35crhHWcWt0f35Z9S9m9/9/cXhwG\
         Icy1t5A=";
    let with_parameters = "MCwwBwYDK2VuBQADIQBrYHQNlkZtBLQfqb0whdJ2xEwYW0fa8hkxVRoVORGXZA==";
    vec![
        ("SPKI secp256k1", Error::UnsupportedCurve, judge(secp256k1)),
        ("SPKI brainpoolP256r1", Error::UnsupportedCurve, judge(brainpool)),
        ("SPKI of P-256 spelled out", Error::UnsupportedCurve, judge(spelled_out)),
        ("SPKI Ed448", Error::UnsupportedCurve, judge(ed448)),
        ("SPKI X448", Error::UnsupportedCurve, judge(x448)),
        ("SPKI RSA", Error::UnsupportedKeyType, judge(rsa)),
        ("SPKI X25519 with parameters", Error::MalformedKey, judge(with_parameters)),
        ("SPKI empty", Error::MalformedKey, judge("")),
    ]
}

/// Files that OpenSSL made, and two that were edited.
fn key_files() -> Vec<Breach> {
    let judge = |label: &str, base64: &str| {
        let pem = format!("-----BEGIN {label}-----\n{base64}\n-----END {label}-----\n");
        PrivateKey::from_pkcs8_pem(&pem).map(drop)
    };
    let sec1 = "MHcCAQEEIPl3K/MKaTCtH4P3CJYo5UyGUUJquazcdvUX4Xi/HlfLoAoGCCqGSM49\n\
        AwEHoUQDQgAEij8U3TA9aA6HimXgQ707j7z71Tn3TvES7iMtFrojdw69AQT09tE4\n\
        Ll928tYHkgzqIgsf05XvmZYwRsdCuil3/g==";
    // The public key of `sec1` beside another private key.
    let mismatched = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg+Xcr8wppMK0fg/cI\n\
        lijlTIZRQmq5rNx29RfheL8eV8yhRANCAASKPxTdMD1oDoeKZeBDvTuPvPvVOfdO\n\
        8RLuIy0WuiN3Dr0BBPT20TguX3by1geSDOoiCx/Tle+ZljBGx0K6KXf+";
    let secp256k1 = "MIGEAgEAMBAGByqGSM49AgEGBSuBBAAKBG0wawIBAQQgJC1nvVn2jRWQe1WGn/WS\n\
        Z0mH+Jri6TxLgsHMfHPgT22hRANCAAQLYpFQN5MVegXv846Rhjr180zT3FURaGtS\n\
        gLC4n6fj/TgYP00Pkj+SJWTw+2Vqd6lfA5aan3TrRBaWP0a4FOT+";
    let two_curves = "MEoCAQAwEwYHKoZIzj0CAQYIKoZIzj0DAQcEMDAuAgEBBCABAQEBAQEBAQEBAQEB\n\
        AQEBAQEBAQEBAQEBAQEBAQEBAaAHBgUrgQQAIg==";
    let ed25519 = "MC4CAQAwBQYDK2VwBCIEIE1iAomZZ7ragkEUDZKAqcOjicotR3n+ZULsFXi0nnf9";
    let not_nested = "MCwCAQAwBQYDK2VwBCBNYgKJmWe62oJBFA2SgKnDo4nKLUd5/mVC7BV4tJ53/Q==";
    let version_2 = "MFECAQEwBQYDK2VwBCIEIE1iAomZZ7ragkEUDZKAqcOjicotR3n+ZULsFXi0nnf9\n\
        gSEAbxz5jBzqrgVaZMU14Sf2iwIzSN9us3JjhLE0u0tlINY=";
    vec![
        (
            "Ed25519 with another's public key",
            Error::KeyPairMismatch,
            judge("PRIVATE KEY", version_2),
        ),
        ("no PEM", Error::MalformedKey, PrivateKey::from_pkcs8_pem("key").map(drop)),
        ("SEC 1 file", Error::MalformedKey, judge("EC PRIVATE KEY", sec1)),
        ("SEC 1 under PKCS #8's label", Error::MalformedKey, judge("PRIVATE KEY", sec1)),
        ("another label", Error::MalformedKey, judge("ENCRYPTED PRIVATE KEY", ed25519)),
        (
            "P-256 with another's public key",
            Error::KeyPairMismatch,
            judge("PRIVATE KEY", mismatched),
        ),
        ("P-384 inside P-256", Error::MalformedKey, judge("PRIVATE KEY", two_curves)),
        ("seed not nested", Error::MalformedKey, judge("PRIVATE KEY", not_nested)),
        ("file of secp256k1", Error::UnsupportedCurve, judge("PRIVATE KEY", secp256k1)),
    ]
}

//! Keys in every form: what OpenSSL made is read, what is written is read again.

use coffret_crypto::{Algorithm, Curve, Error, Hash, PrivateKey, PublicKey, verify, verify_x509};
use data_encoding::BASE64;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::{Value, json};

/// `openssl genpkey`, and `openssl pkey -pubout` of the same key.
const OPENSSL: [(Curve, &str, &str); 5] = [
    (
        Curve::P256,
        "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg+Xcr8wppMK0fg/cI\n\
         lijlTIZRQmq5rNx29RfheL8eV8uhRANCAASKPxTdMD1oDoeKZeBDvTuPvPvVOfdO\n\
         8RLuIy0WuiN3Dr0BBPT20TguX3by1geSDOoiCx/Tle+ZljBGx0K6KXf+",
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEij8U3TA9aA6HimXgQ707j7z71Tn3TvES7iMtFrojdw69AQT0\
         9tE4Ll928tYHkgzqIgsf05XvmZYwRsdCuil3/g==",
    ),
    (
        Curve::P384,
        "MIG2AgEAMBAGByqGSM49AgEGBSuBBAAiBIGeMIGbAgEBBDAopa6/+7sNHlD6ggKH\n\
         ZpOkVYijZVDUOO826VJWWXo2LksKi8XcRxyKCjIc7rDauKChZANiAAQ7BJCVZGep\n\
         Pv2ZYPwUE+lSevUxPYBlJ83LlmmSU/JRtq43PW04ntwECHpgxEFNNHOYcUP7scbU\n\
         mg/lG6L4xfgvDN5IcVwVRwJRnBYDJXV5XMQIJ2wXUasO8RrnddW69qk=",
        "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEOwSQlWRnqT79mWD8FBPpUnr1MT2AZSfNy5ZpklPyUbauNz1tOJ7c\
         BAh6YMRBTTRzmHFD+7HG1JoP5Rui+MX4LwzeSHFcFUcCUZwWAyV1eVzECCdsF1GrDvEa53XVuvap",
    ),
    (
        Curve::P521,
        "MIHuAgEAMBAGByqGSM49AgEGBSuBBAAjBIHWMIHTAgEBBEIAU++mwTW1m8aMOBS8\n\
         BaXWKEEKVvCa15Q5QZkt3qdux42CpCh9S2bSVVocLROEmoHjxtcUlGXOIbhPx3Ha\n\
         ZGO2IRKhgYkDgYYABADsFr0KeZoKV7mttiBMaw+AXA3UT3c5AkgtehS8bMqU1b3E\n\
         Ycmh5wjai8s7a55pJ3GVHfwzcr5pZciUMIHe5y3q/AFnSfSrZYjy9Ro8WHV9xyXW\n\
         jk83W+PEqmKdInEFOHezbtK1UB0E7H9z8XIZdTkf1fqpVPQ16dfkebqZrcKZjoCy\n\
         zQ==",
        "MIGbMBAGByqGSM49AgEGBSuBBAAjA4GGAAQA7Ba9CnmaCle5rbYgTGsPgFwN1E93OQJILXoUvGzKlNW9xGHJ\
         oecI2ovLO2ueaSdxlR38M3K+aWXIlDCB3uct6vwBZ0n0q2WI8vUaPFh1fccl1o5PN1vjxKpinSJxBTh3s27S\
         tVAdBOx/c/FyGXU5H9X6qVT0NenX5Hm6ma3CmY6Ass0=",
    ),
    (
        Curve::Ed25519,
        "MC4CAQAwBQYDK2VwBCIEIE1iAomZZ7ragkEUDZKAqcOjicotR3n+ZULsFXi0nnf9",
        "MCowBQYDK2VwAyEA7nt/WXxc8VjAX28apECId5RYvPOsL1i1swdfgHYJWDU=",
    ),
    (
        Curve::X25519,
        "MC4CAQAwBQYDK2VuBCIEIDATxuzeTpiFwmtjLPf8NEUdAsJhu9JaFs1nRfCqQVdW",
        "MCowBQYDK2VuAyEAa2B0DZZGbQS0H6m9MIXSdsRMGFtH2vIZMVUaFTkRl2Q=",
    ),
];

fn pem(base64: &str) -> String {
    format!("-----BEGIN PRIVATE KEY-----\n{base64}\n-----END PRIVATE KEY-----\n")
}

#[test]
fn keys_of_openssl() {
    for (curve, private, public) in OPENSSL {
        let own = PrivateKey::from_pkcs8_pem(&pem(private)).unwrap();
        let public = BASE64.decode(public.as_bytes()).unwrap();
        assert_eq!(own.public_key().curve(), curve);
        assert_eq!(own.public_key().to_spki(), public);
        assert_eq!(PublicKey::from_spki(&public), Ok(own.public_key()));
        assert_eq!(*own.to_pkcs8_pem(), pem(private));
    }
}

/// RFC 8410 §10.3 has the public key in the file too.
#[test]
fn version_2_of_pkcs8() {
    let pem = pem("MHICAQEwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n\
                   oB8wHQYKKoZIhvcNAQkJFDEPDA1DdXJkbGUgQ2hhaXJzgSEAGb9ECWmEzf6FQbrB\n\
                   Z9w7lshQhqowtrbLDFw4rXAxZuE=");
    let spki = "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=";
    let own = PrivateKey::from_pkcs8_pem(&pem).unwrap();
    assert_eq!(own.public_key().to_spki(), BASE64.decode(spki.as_bytes()).unwrap());
}

/// The curve may be said again inside (RFC 5915 §3).
#[test]
fn curve_said_twice() {
    let base64 = "ME0CAQAwEwYHKoZIzj0CAQYIKoZIzj0DAQcEMzAxAgEBBCABAQEBAQEBAQEBAQEB
\
                  AQEBAQEBAQEBAQEBAQEBAQEBAaAKBggqhkjOPQMBBw==";
    let own = PrivateKey::from_pkcs8_pem(&pem(base64)).unwrap();
    assert_eq!(own.public_key().curve(), Curve::P256);
}

#[test]
fn compressed_points() {
    let compressed =
        "MDkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDIgACij8U3TA9aA6HimXgQ707j7z71Tn3TvES7iMtFrojdw4=";
    let read = PublicKey::from_spki(&BASE64.decode(compressed.as_bytes()).unwrap()).unwrap();
    let (_, _, public) = OPENSSL[0];
    assert_eq!(read.to_spki(), BASE64.decode(public.as_bytes()).unwrap());
}

/// RFC 7517 Appendix A.2.
#[test]
fn jwk_of_rfc_7517() {
    let jwk = json!({
        "kty": "EC",
        "crv": "P-256",
        "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
        "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
        "d": "870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE",
    });
    let own = PrivateKey::from_jwk(&jwk).unwrap();
    assert_eq!(own.to_jwk().parse::<Value>().unwrap(), jwk);
    let mut public = jwk;
    public.as_object_mut().unwrap().remove("d");
    assert_eq!(own.public_key().to_jwk(), public);
}

/// RFC 8037 Appendix A.1 to A.5.
#[test]
fn jwk_of_rfc_8037() {
    let jwk = json!({
        "kty": "OKP",
        "crv": "Ed25519",
        "d": "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
        "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
    });
    let own = PrivateKey::from_jwk(&jwk).unwrap();
    assert_eq!(own.to_jwk().parse::<Value>().unwrap(), jwk);
    let signature =
        own.sign(Algorithm::EdDsa, b"eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc");
    let expected =
        "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
    assert_eq!(data_encoding::BASE64URL_NOPAD.encode(&signature.unwrap()), expected);
}

#[test]
fn signatures_of_both_forms() {
    let hashes = [Hash::Sha256, Hash::Sha384, Hash::Sha512, Hash::Sha512];
    let mut rng = ChaCha20Rng::from_seed([1; 32]);
    for ((curve, ..), hash) in OPENSSL.into_iter().zip(hashes) {
        let (own, algorithm) = (PrivateKey::generate(curve, &mut rng), curve.algorithm().unwrap());
        let (public, message) = (own.public_key(), b"message");
        let signature = own.sign(algorithm, message).unwrap();
        assert_eq!(own.sign(algorithm, message).unwrap(), signature, "the same each time");
        verify(&public, algorithm, message, &signature).unwrap();
        verify_x509(&public, hash, message, &own.sign_x509(algorithm, message).unwrap()).unwrap();
    }
}

/// `openssl dgst -sign` over "Bonjour": the pairs of a curve and a hash that certificates have and
/// Wycheproof has not.
#[test]
fn certificates_signatures_of_openssl() {
    for (hash, public, signature) in [
        (
            Hash::Sha384,
            "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEfMqZowGwlIGD2wphliZWGi0LVsE2dfLrrJxsP12isXhYrpzJ\
             2quER511ioWvahCuUM164tKUFBWFSWHRd7qp8A==",
            "MEYCIQD3Ko9qaXVCMCbcqWmOHflDGYuq85pyAmjz7rLXOrQAGgIhAOzUJfLYaynnl+yDVjpXKr+FThPQGJMT\
             g/xTRQeU8FDL",
        ),
        (
            Hash::Sha256,
            "MIGbMBAGByqGSM49AgEGBSuBBAAjA4GGAAQATdSdP38XDXqZ9d/7d//Cda/BLuEYDFi3ZT0IW6ym1QYYwAfR\
             33s4/gfJpG2jli3RUma04yhH4zgOF8VAV6iDUJ8Bqrsb+eQ86XtCUIkBuBLokscW/wMyFPDvETFFXaUXBnOu\
             hKj62Q4ofyyPLN+ziE6S/Q+NAOzgiUi0WKfMiWYEXzk=",
            "MIGHAkEB74qAwiqxbeUQz3Z0JkI/vBfqbEq+m17aQvOqMSG2J9jEydWEpvj2mLx4AOehnzCP+WqnNNhgVyDB\
             o2bEmNtHfQJCAIzYpED+5e9etEqfieDEjlsBPbHYfPXyhrBN5cyaCYW7H4tHll1y6MnPJOcTs03JrVmYBrYJ\
             eTgrVyNYUC3h7kgH",
        ),
        (
            Hash::Sha384,
            "MIGbMBAGByqGSM49AgEGBSuBBAAjA4GGAAQATVc/lN5fWFRGHONesEG8KYV4Ph8+ENB+DPTI0ev+VkjyQAbX\
             UhjYF0crjpT2WWX+d6GX7Cs3W8MhB7UyUznajdgB5tFlf1ZdsJVtYte6ZP1E6NVBS2C982+H68ZNhW0PiSq0\
             PjoEUMTStzllS/98b9UKMdtKpy5xhZmqJuNQq+AXaRE=",
            "MIGIAkIBl2UZTHbxcJM8g8NucgCGr34cvf7PFjiJe5AcZhqLMLWNiDFq391ITfL+dGJuTAFTQM+pGKF7lUIW\
             hyT4DlLrjF8CQgFla/oq+FkJBrhAuL2Hrq5II6dLVAivsoPMX9Tn9dmmxoNBTJvS13yRTobsCKf0XP9ZG8F1\
             PeYgI3Hv1qU2Ga6SBg==",
        ),
    ] {
        let [public, signature] =
            [public, signature].map(|base64| BASE64.decode(base64.as_bytes()).unwrap());
        let public = PublicKey::from_spki(&public).unwrap();
        for tried in [Hash::Sha256, Hash::Sha384, Hash::Sha512] {
            let expected = if tried == hash { Ok(()) } else { Err(Error::InvalidSignature) };
            assert_eq!(verify_x509(&public, tried, b"Bonjour", &signature), expected);
        }
        let altered = verify_x509(&public, hash, b"Bonsoir", &signature);
        assert_eq!(altered, Err(Error::InvalidSignature));
    }
}

/// As different as the seeds they come from.
#[test]
fn generated_keys() {
    for (curve, ..) in OPENSSL {
        let generate = |seed| {
            PrivateKey::generate(curve, &mut ChaCha20Rng::from_seed([seed; 32])).public_key()
        };
        assert_eq!(generate(1), generate(1));
        assert_ne!(generate(1), generate(2));
    }
}

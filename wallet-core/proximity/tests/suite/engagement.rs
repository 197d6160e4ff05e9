use coffret_cbor::Encoded;
use coffret_crypto::{Curve, Error as Crypto, PrivateKey};
use coffret_mdoc::Handover;
use coffret_proximity::{DeviceEngagement, Engaged, Error, Establishing};

use crate::pair::{met, rng};

fn key(curve: Curve) -> Encoded {
    Encoded::embedded(&PrivateKey::generate(curve, &mut rng(1)).public_key().to_cose())
}

/// An engagement with these members, and one of the future.
fn engagement(version: &str, security: impl IntoIterator<Item = Encoded>) -> Encoded {
    Encoded::map([
        (0i64, version.into()),
        (1, Encoded::array(security)),
        (2, Encoded::array([Encoded::array([99u64.into(), 1u64.into(), Encoded::null()])])),
        (5, "of the future".into()),
    ])
}

fn parse(engagement: &Encoded) -> Result<DeviceEngagement, Error> {
    DeviceEngagement::parse(engagement.as_bytes())
}

#[test]
fn annex_d_is_read_and_written_back() {
    let Some(annex_d) = coffret_published::json("annex_d/annex_d.json") else { return };
    let uri = annex_d["device_engagement_qr_uri"].as_str().unwrap();
    let engagement = DeviceEngagement::from_uri(uri).unwrap();
    assert_eq!(engagement.to_uri(), uri);
    let bytes = coffret_published::hex(&annex_d["device_engagement"]);
    assert_eq!(DeviceEngagement::parse(&bytes), Ok(engagement));
}

#[test]
fn what_is_not_known_stays() {
    for version in ["1.0", "1.1", "1.27"] {
        let sent = engagement(version, [1u64.into(), key(Curve::P256)]);
        let received = parse(&sent).unwrap();
        assert_eq!(DeviceEngagement::from_uri(&received.to_uri()), Ok(received.clone()));
        let transcript = Establishing::new(&received, &mut rng(2)).unwrap();
        let transcript = transcript.transcript().tagged().as_bytes().to_vec();
        assert!(transcript.windows(sent.as_bytes().len()).any(|part| part == sent.as_bytes()));
    }
}

#[test]
fn version_is_1() {
    for version in ["", "1", "1.", "2.0", "1.x", "10.0", "1.0.0"] {
        let sent = engagement(version, [1u64.into(), key(Curve::P256)]);
        assert_eq!(parse(&sent), Err(Error::Version), "{version}");
    }
}

#[test]
fn cipher_suite_is_1() {
    for suite in [Encoded::from(0u64), 2u64.into(), (-1i64).into()] {
        assert_eq!(parse(&engagement("1.0", [suite, key(Curve::P256)])), Err(Error::CipherSuite));
    }
}

#[test]
fn security_is_whole() {
    let wrong = Err(Error::Cbor(coffret_cbor::Error::WrongType));
    assert_eq!(parse(&engagement("1.0", [])), wrong);
    assert_eq!(parse(&engagement("1.0", [1u64.into()])), wrong);
    assert!(parse(&engagement("1.0", [1u64.into(), key(Curve::P256), Encoded::null()])).is_ok());
    let bare = PrivateKey::generate(Curve::P256, &mut rng(1)).public_key().to_cose();
    let untagged = Err(Error::Crypto(Crypto::Cbor(coffret_cbor::Error::WrongTag)));
    assert_eq!(parse(&engagement("1.0", [1u64.into(), bare])), untagged);
    let missing = Err(Error::Cbor(coffret_cbor::Error::MissingKey));
    assert_eq!(parse(&Encoded::map([(0i64, "1.0".into())])), missing);
}

#[test]
fn uri_is_mdoc_and_base64url() {
    let good = Engaged::new(&mut rng(1)).unwrap().engagement().to_uri();
    let content = good.strip_prefix("mdoc:").unwrap();
    assert!(DeviceEngagement::from_uri(&format!("MDOC:{content}")).is_ok());
    let of_other_schemes = ["mdow:", "http:", ""].map(|scheme| format!("{scheme}{content}"));
    let not_base64url = ["=", "!", "+"].map(|end| format!("{good}{end}"));
    let short = ["", "mdoc", "é€é€"].map(str::to_owned);
    for uri in of_other_schemes.iter().chain(&not_base64url).chain(&short) {
        assert_eq!(DeviceEngagement::from_uri(uri), Err(Error::EngagementUri), "{uri}");
    }
    assert_eq!(
        DeviceEngagement::from_uri("mdoc:"),
        Err(Error::Cbor(coffret_cbor::Error::Truncated))
    );
}

/// The reader takes the curve of the engagement's key.
#[test]
fn every_curve_that_agrees() {
    for curve in [Curve::P256, Curve::P384, Curve::P521, Curve::X25519] {
        let engagement = parse(&engagement("1.0", [1u64.into(), key(curve)])).unwrap();
        let reader = Establishing::new(&engagement, &mut rng(2)).unwrap();
        assert_eq!(reader.transcript().e_reader_key().unwrap().curve(), curve);
        assert_eq!(*reader.transcript().handover(), Handover::Qr);
    }
    let engagement = parse(&engagement("1.0", [1u64.into(), key(Curve::Ed25519)])).unwrap();
    let refused = Establishing::new(&engagement, &mut rng(2)).unwrap_err();
    assert_eq!(refused, Error::Crypto(Crypto::AgreementMismatch));
}

#[test]
fn keys_are_new_each_time() {
    let one = Engaged::new(&mut rng(1)).unwrap();
    let other = Engaged::new(&mut rng(2)).unwrap();
    assert_ne!(one.engagement(), other.engagement());
    assert_ne!(met(&one, 1).transcript(), met(&one, 2).transcript());
}

//! A record of each form so far, as it was written then (`tests/records`). A change of an encoding
//! without another form fails here; so does a form that is not read any more.

use std::fs;
use std::path::PathBuf;

use coffret_crypto::{Curve, PrivateKey};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use super::*;
use crate::AutoLock;
use crate::person::People;
use crate::trust::TrustRecord;

fn path(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests/records", name].iter().collect()
}

/// A file that is kept.
pub(crate) fn file(name: &str) -> Vec<u8> {
    fs::read(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Writes what is to be kept.
pub(crate) fn keep(name: &str, bytes: &[u8]) {
    fs::write(path(name), bytes).unwrap();
}

/// The value of a form by itself.
fn value(form: u64, bytes: &[u8]) -> Encoded {
    let item = Item::parse(bytes).unwrap();
    match form {
        0 => item.into(),
        _ => {
            let [number, value] = item.array().unwrap().exactly().unwrap();
            assert_eq!(number.unsigned().unwrap(), form);
            value.into()
        }
    }
}

/// Every form of a kind is read, and loses nothing of what it says when it is written again.
pub(crate) fn every_form<R: Numbered>(kind: &str) {
    every_form_without::<R>(kind, |_, value| value);
}

/// The same, but for what `without` takes from an earlier form, which is known otherwise now.
fn every_form_without<R: Numbered>(kind: &str, without: fn(u64, Encoded) -> Encoded) {
    for form in 0..=R::FORM {
        let name = format!("{kind}-{form}");
        let kept = file(&name);
        let read = opened::<R>(&kept).unwrap_or_else(|error| panic!("{name}: {error}"));
        let again = Encoded::array([R::FORM.into(), without(form, value(form, &kept))]);
        assert!(read.numbered() == again.as_bytes(), "{name}: what is written has changed");
    }
    assert!(
        !path(&format!("{kind}-{}", R::FORM + 1)).exists(),
        "{kind}: a form that nobody writes"
    );
}

#[test]
fn records_of_every_form_are_read() {
    every_form::<AutoLock>("settings");
    every_form::<People>("people");
    // A copy says when the document ends.
    every_form_without::<DocumentRecord>("document", |form, value| match form {
        2 => {
            let members = value.as_item().map().unwrap();
            let members = members.map(|(key, value)| (key.text().unwrap(), Encoded::from(value)));
            let left: Vec<_> = members.filter(|(key, _)| key != "ends").collect();
            Encoded::map(left.iter().map(|(key, value)| (key.as_ref(), value.clone())))
        }
        _ => value,
    });
    every_form::<TrustRecord>("trust");
}

/// Trust data of each kind, by the names that they are kept under.
#[test]
fn trust_data_of_every_kind_is_read() {
    for kind in ["issuer", "reader", "specimen", "registry", "readers", "revoked"] {
        let record = Encoded::map([
            ("kind", kind.into()),
            ("source", "".into()),
            ("added", Timestamp::from_unix(864_000).unwrap().into()),
            ("data", Encoded::bytes(b"-----BEGIN")),
        ]);
        let kept = Encoded::array([TrustRecord::FORM.into(), record]).into_bytes();
        let read = opened::<TrustRecord>(&kept).unwrap_or_else(|error| panic!("{kind}: {error}"));
        assert!(read.numbered() == kept, "{kind}");
    }
}

/// Keys have no form of ours: they are written as others have specified.
#[test]
fn keys_are_read_as_they_were_written() {
    let pem = String::from_utf8(file("private-key")).unwrap();
    let key = PrivateKey::from_pkcs8_pem(&pem).unwrap();
    assert!(*key.to_pkcs8_pem() == pem);
    assert_eq!(key.public_key().to_cose().as_bytes(), file("public-key"));
}

/// One of each kind with every member that there may be, in the words of its specification and not by
/// the code that is tested.
fn today() -> Vec<(&'static str, u64, Encoded)> {
    let birth = Encoded::tag(coffret_cbor::TAG_FULL_DATE, "1990-03-01".into());
    let about = [("family", "Tremblay".into()), ("given", "Rose".into()), ("birth", birth)];
    let holder =
        [("id", Encoded::bytes(&[1; 16])), ("name", "Moi".into()), ("about", Encoded::map(about))];
    let trust = [
        ("kind", "issuer".into()),
        ("source", "iaca.pem".into()),
        ("added", Timestamp::from_unix(864_000).unwrap().into()),
        ("data", Encoded::bytes(b"-----BEGIN CERTIFICATE-----")),
        ("docTypes", Encoded::array(["org.iso.18013.5.1.mDL".into()])),
    ];
    let nobody = Encoded::map([("id", Encoded::bytes(&[2; 16]))]);
    vec![
        ("settings", AutoLock::FORM, Encoded::map([("autoLock", 60u64.into())])),
        ("people", People::FORM, Encoded::array([Encoded::map(holder), nobody])),
        ("trust", TrustRecord::FORM, Encoded::map(trust)),
        ("document", DocumentRecord::FORM, tests::sample().encoded()),
    ]
}

#[test]
#[ignore = "keeps what the tests above read: once a form, before it is released"]
fn keep_records_of_today() {
    for (kind, form, value) in today() {
        let numbered = Encoded::array([form.into(), value]).into_bytes();
        keep(&format!("{kind}-{form}"), &numbered);
    }
    let key = PrivateKey::generate(Curve::P256, &mut ChaCha20Rng::from_seed([3; 32]));
    keep("private-key", key.to_pkcs8_pem().as_bytes());
    keep("public-key", key.public_key().to_cose().as_bytes());
}

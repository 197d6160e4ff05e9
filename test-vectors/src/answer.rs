//! Answers that no wallet of ours gives, to the code of a reader that looks at pictures: for tests of
//! whoever scans them.

use std::io::{BufRead, stdin};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use coffret_catalogue::specimen;
use coffret_cbor::{Timestamp, Value};
use coffret_crypto::{Algorithm, Curve, Hash, KeyRef, PrivateKey, PublicKey};
use coffret_issuer::{Draft, Identity};
use coffret_mdoc::{
    Approved, Days, DeviceAuthMethod, DeviceRequest, DeviceResponse, DigestAlgorithm,
    DocumentSigner, Issuance, KeyAuthorizations, NameSpaces, Unauthenticated,
};
use coffret_proximity::{Answering, Collected, Collector, ReaderCode};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::Result;
use crate::plan::{MDL, NAMESPACE, map};

/// One that is not as it should be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Oddity {
    /// Signed under the published root, whatever `issuer` is.
    Specimen,
    /// Signed for somebody who is too young, and said to be for somebody old enough.
    Altered,
    /// Whose age and portrait only the device says, as the issuer lets it.
    Device,
    /// Valid, and yet: one category has lapsed, a date is in no calendar, and its issuer keeps a list
    /// of what it has revoked.
    Open,
}

/// The frames of an answer to the code whose frames are on standard input, a line each.
///
/// The licence is a specimen's, signed by the document signer in `issuer`, a folder of `coffret pki`.
pub(crate) fn answer(oddity: &str, issuer: &Path) -> Result<Vec<String>> {
    let oddity = match oddity {
        "specimen" => Oddity::Specimen,
        "altered" => Oddity::Altered,
        "device" => Oddity::Device,
        "open" => Oddity::Open,
        _ => return Err("specimen, altered, device or open".into()),
    };
    let message = message()?;
    let code = ReaderCode::parse(&message)?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let now = Timestamp::from_unix(i64::try_from(now)?).ok_or("a time")?;
    // The reader's key is new each time, and so are ours.
    let rng = &mut ChaCha20Rng::from_seed(Hash::sha256(&message));

    let signer = match oddity {
        Oddity::Specimen => {
            let root = Identity::specimen_root()?;
            root.document_signer("SPÉCIMEN", Algorithm::Es256, now, rng)?
        }
        Oddity::Altered | Oddity::Device | Oddity::Open => {
            let read = |name: &str| std::fs::read_to_string(issuer.join(name));
            Identity::from_pem(&read("ds.pem")?, &read("ds.key")?)?
        }
    };
    let device_key = PrivateKey::generate(Curve::P256, rng);
    let child = now.plus_days(-10 * 365).date().to_string();
    let licence = specimen("adulte").ok_or("a person")?.documents.iter();
    let licence = licence.filter(|document| document.doc_type == MDL).flat_map(|licence| {
        licence.elements().map(|(namespace, id, value)| match (oddity, value) {
            (Oddity::Altered, Value::Bool(_)) => (namespace, id, Value::Bool(false)),
            // An issuer signs no age that the birth date contradicts.
            (Oddity::Altered, _) if id == "birth_date" => (namespace, id, child.as_str().into()),
            (_, value) => (namespace, id, value),
        })
    });
    let licence: NameSpaces<Value> = licence.collect();
    let days = Days { signed: now.date(), from: now.date(), until: now.plus_days(30).date() };
    let draft = Draft::new(MDL, &licence, signer.certificate(), days).map_err(|_| "a licence")?;
    let by = DocumentSigner { key: signer.key(), certificate: signer.certificate() };
    let issued = match oddity {
        Oddity::Specimen | Oddity::Altered => {
            draft.sign(&[device_key.public_key()], by, rng)?.remove(0)
        }
        Oddity::Device => silent(device_key.public_key(), days).sign(by, rng)?,
        Oddity::Open => open(device_key.public_key(), days).sign(by, rng)?,
    };

    let request = DeviceRequest::parse(code.request())?;
    let asked = request.doc_requests().iter();
    let held = asked.flat_map(|asked| issued.answering(&asked.items().name_spaces));
    let device_signed = match oddity {
        Oddity::Specimen | Oddity::Altered | Oddity::Open => NameSpaces::default(),
        Oddity::Device => {
            let is_asked = |id| {
                let mut asked = request.doc_requests().iter();
                asked.any(|asked| asked.items().name_spaces.get(NAMESPACE, id).is_some())
            };
            let said = BY_DEVICE.into_iter().filter(|id| is_asked(id));
            let said = said.filter_map(|id| Some((NAMESPACE, id, licence.get(NAMESPACE, id)?)));
            said.map(|(namespace, id, value)| (namespace, id, value.clone())).collect()
        }
    };
    let approved = Approved { elements: held.collect(), device_signed };
    let answering = Answering::new(&code, now, rng)?;
    let document = Unauthenticated::new(
        &issued,
        &approved,
        answering.transcript(),
        DeviceAuthMethod::Signature,
    )?;
    let task = document.task(KeyRef::random(rng));
    let document = document.authenticate(device_key.perform(&task))?;
    let mut response = DeviceResponse::new(vec![document]).encoded().into_bytes();
    if oddity == Oddity::Altered {
        say_yes(&mut response);
    }
    Ok(answering.answer(&response)?.round().collect())
}

/// What the device says, where it is asked.
const BY_DEVICE: [&str; 2] = ["age_over_18", "portrait"];

/// A licence that says no age and has no portrait, and lets the device say both.
fn silent(device_key: PublicKey, days: Days) -> Issuance {
    let data_elements = BY_DEVICE.into_iter().map(|id| (NAMESPACE, id, ())).collect();
    Issuance {
        doc_type: MDL.to_owned(),
        elements: [(NAMESPACE, "family_name", "Muet-Spécimen".into())].into_iter().collect(),
        device_key,
        key_authorizations: KeyAuthorizations { data_elements, ..KeyAuthorizations::default() },
        digest_algorithm: DigestAlgorithm(Hash::Sha256),
        days,
        status: None,
    }
}

/// A licence that is valid and leaves much open.
fn open(device_key: PublicKey, days: Days) -> Issuance {
    let day = |text: &str| Value::Tag(1004, Box::new(text.into()));
    let category =
        |until| map([("vehicle_category_code", "B".into()), ("expiry_date", day(until))]);
    let categories = Value::Array(vec![category("2020-01-31"), category("2099-01-31")]);
    let elements = [("driving_privileges", categories), ("issue_date", day("14 mars 2025"))];
    Issuance {
        elements: elements.into_iter().map(|(id, value)| (NAMESPACE, id, value)).collect(),
        status: Some(map([("status_list", map([]))])),
        ..silent(device_key, days)
    }
}

/// What the reader's code says.
fn message() -> Result<Vec<u8>> {
    let mut collector = Collector::of_codes();
    for frame in stdin().lock().lines() {
        if let Collected::Whole(message) = collector.receive(frame?.trim())? {
            return Ok(message);
        }
    }
    Err("the reader's code is not whole".into())
}

/// Every element that is `false` becomes `true`.
fn say_yes(response: &mut [u8]) {
    let (no, yes) = (b"elementValue\xf4", b"elementValue\xf5");
    let said = |place: &usize| response[*place..].starts_with(no);
    let places: Vec<_> = (0..response.len()).filter(said).collect();
    for place in places {
        response[place..][..yes.len()].copy_from_slice(yes);
    }
}

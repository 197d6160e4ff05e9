//! Data becomes a document by the catalogue, or every fault is named.

#![cfg(test)]

use coffret_catalogue::{Error as Catalogue, specimens};
use coffret_cbor::{Encoded, TAG_FULL_DATE, Timestamp, Value};
use coffret_crypto::{Algorithm, Curve, PrivateKey, PublicKey};
use coffret_issuer::{Draft, Error, Fault, Identity};
use coffret_mdoc::{Days, DocumentSigner, ElementName, IssuerSigned};
use coffret_test_vectors::forge;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

const CARD: &str = "ca.qc.gouv.ramq.cam.1";
const MDL: &str = "org.iso.18013.5.1.mDL";
const ISO: &str = "org.iso.18013.5.1";

fn now() -> Timestamp {
    Timestamp::parse("2026-11-22T12:00:00Z").unwrap()
}

fn rng() -> ChaCha20Rng {
    ChaCha20Rng::from_seed([9; 32])
}

fn signer() -> Identity {
    let root = Identity::specimen_root().unwrap();
    root.document_signer("Signer", Algorithm::Es256, now(), &mut rng()).unwrap()
}

fn days() -> Days {
    let today = now().date();
    Days { signed: today, from: today, until: now().plus_days(30).date() }
}

/// A health card as a person types it: its dates are text.
fn card() -> Vec<(&'static str, &'static str, Value)> {
    vec![
        (CARD, "health_insurance_number", "TREM04121925".into()),
        (CARD, "family_name_birth", "Tremblay".into()),
        (CARD, "given_name", "Marie".into()),
        (CARD, "birth_date", "2004-12-19".into()),
        (CARD, "sex", Value::Unsigned(2)),
        (CARD, "expiry_date", "2030-12-31".into()),
        (CARD, "issuing_authority", "RAMQ".into()),
        (CARD, "issuing_country", "CA".into()),
        (CARD, "issuing_jurisdiction", "CA-QC".into()),
    ]
}

fn with(id: &'static str, value: Value) -> Vec<(&'static str, &'static str, Value)> {
    let others = card().into_iter().filter(|(_, known, _)| *known != id);
    others.chain([(CARD, id, value)]).collect()
}

fn draft(
    doc_type: &str,
    data: Vec<(&'static str, &'static str, Value)>,
) -> Result<Draft, Vec<Fault>> {
    Draft::new(doc_type, &data.into_iter().collect(), signer().certificate(), days())
}

fn sign(draft: &Draft, keys: &[PublicKey]) -> Result<Vec<IssuerSigned>, Error> {
    let identity = signer();
    let signer = DocumentSigner { key: identity.key(), certificate: identity.certificate() };
    draft.sign(keys, signer, &mut rng())
}

fn device_keys(count: usize) -> Vec<PublicKey> {
    let mut rng = rng();
    (0..count).map(|_| PrivateKey::generate(Curve::P256, &mut rng).public_key()).collect()
}

fn fault(rule: impl Into<Error>, id: &str) -> Fault {
    Fault { rule: rule.into(), element: Some(ElementName::new(CARD, id)) }
}

#[test]
fn text_becomes_the_catalogue_s_date() {
    let issued = sign(&draft(CARD, card()).unwrap(), &device_keys(1)).unwrap().remove(0);
    let sent = Encoded::from(&issued);
    let date = Encoded::tag(TAG_FULL_DATE, "2004-12-19".into());
    let is_there = |part: &Encoded| {
        sent.as_bytes().windows(part.as_bytes().len()).any(|window| window == part.as_bytes())
    };
    assert!(is_there(&date));
    assert_eq!(issued.mso().doc_type, CARD);
    assert_eq!(issued.mso().validity.until, days().until.start());
}

#[test]
fn a_missing_mandatory_element_is_named() {
    let mut data = card();
    data.retain(|(_, id, _)| *id != "sex" && *id != "birth_date");
    let faults = draft(CARD, data).unwrap_err();
    let missing = |id| fault(Error::MissingElement, id);
    assert_eq!(faults, [missing("birth_date"), missing("sex")]);
}

#[test]
fn a_value_is_of_the_catalogue_s_type() {
    for (id, value, rule) in [
        ("given_name", Value::Unsigned(1), Catalogue::WrongType),
        ("birth_date", "2004-02-30".into(), Catalogue::NotADate),
        ("sex", Value::Unsigned(7), Catalogue::UnknownCode),
    ] {
        assert_eq!(draft(CARD, with(id, value)).unwrap_err(), [fault(rule, id)], "{id}");
    }
}

/// A licence's elements that say something about time, and nothing that an authority would sign.
fn timely(elements: &[(&'static str, Value)]) -> Vec<Fault> {
    let elements = elements.iter().cloned().map(|(id, value)| (ISO, id, value));
    let faults = draft(MDL, elements.collect()).unwrap_err();
    faults.into_iter().filter(|fault| fault.rule != Error::MissingElement).collect()
}

#[test]
fn dates_that_have_passed_or_are_to_come_are_refused() {
    for (id, text, rule) in [
        ("expiry_date", "2026-11-21", Some(Error::ExpiryPassed)),
        ("expiry_date", "2026-11-22", None),
        ("expiry_date", "2026-11-21T23:59:59Z", Some(Error::ExpiryPassed)),
        ("issue_date", "2026-11-24", Some(Error::DateAhead)),
        ("issue_date", "2026-11-23", None),
        ("issue_date", "2027-01-01T00:00:00Z", Some(Error::DateAhead)),
        ("birth_date", "2062-01-01", Some(Error::DateAhead)),
        ("portrait_capture_date", "2020-01-01", Some(Catalogue::NotADate.into())),
        ("portrait_capture_date", "2020-01-01T00:00:00Z", None),
    ] {
        let element = Some(ElementName::new(ISO, id));
        let expected: Vec<_> = rule.map(|rule| Fault { rule, element }).into_iter().collect();
        assert_eq!(timely(&[(id, text.into())]), expected, "{id} {text}");
    }
}

#[test]
fn permissions_that_have_all_lapsed_are_refused() {
    let until = |dates: &[&str]| {
        let one = |date: &&str| {
            let category = ("vehicle_category_code".into(), "B".into());
            Value::Map(vec![category, ("expiry_date".into(), (*date).into())])
        };
        ("driving_privileges", Value::Array(dates.iter().map(one).collect()))
    };
    let element = Some(ElementName::new(ISO, "driving_privileges"));
    let refused = Fault { rule: Error::NothingInForce, element };
    assert_eq!(timely(&[until(&["2020-01-01", "2021-01-01"])]), [refused]);
    assert_eq!(timely(&[until(&["2020-01-01", "2031-01-01"])]), []);
    assert_eq!(timely(&[until(&[])]), [], "a licence may permit nothing yet");
}

#[test]
fn ages_that_contradict_the_birth_date_are_refused() {
    let born = ("birth_date", "2015-01-01".into());
    let element = Some(ElementName::new(ISO, "age_over_18"));
    let refused = Fault { rule: Error::AgesContradict, element };
    assert_eq!(timely(&[born.clone(), ("age_over_18", Value::Bool(true))]), [refused]);
    assert_eq!(timely(&[born, ("age_over_18", Value::Bool(false))]), []);
}

#[test]
fn a_signature_that_outlives_the_document_is_a_warning() {
    let draft = |text: &str| draft(CARD, with("expiry_date", text.into())).unwrap();
    let expected = [fault(Error::OutlivesExpiry, "expiry_date")];
    assert_eq!(draft("2026-12-21").warnings(), expected);
    assert_eq!(draft("2026-12-22").warnings(), [], "the last day of both");
}

#[test]
fn a_date_that_is_none_is_refused_wherever_it_stands() {
    let date = Value::Tag(TAG_FULL_DATE, Box::new("2023-02-29".into()));
    let faults = draft("a.type.1", vec![("a.1", "date", date)]).unwrap_err();
    let element = Some(ElementName::new("a.1", "date"));
    assert_eq!(faults, [Fault { rule: Catalogue::NotADate.into(), element }]);
}

#[test]
fn another_country_is_refused() {
    let faults = draft(CARD, with("issuing_country", "FR".into())).unwrap_err();
    assert!(faults.contains(&fault(Error::CountryMismatch, "issuing_country")), "{faults:?}");
}

#[test]
fn another_jurisdiction_is_refused() {
    let faults = draft(CARD, with("issuing_jurisdiction", "CA-ON".into())).unwrap_err();
    let expected = fault(Error::JurisdictionMismatch, "issuing_jurisdiction");
    assert!(faults.contains(&expected), "{faults:?}");
}

#[test]
fn what_is_reserved_to_quebec_is_issued_by_quebec_alone() {
    let issued_by = |country, state, doc_type, namespace| {
        let draft = forge::Draft {
            subject: vec![(forge::COUNTRY, country), (forge::STATE, state)],
            ..forge::Draft::document_signer()
        };
        let certificate = draft.certificate(&forge::key(forge::ROOT));
        let data = [(namespace, "any", Value::Bool(true))].into_iter().collect();
        Draft::new(doc_type, &data, &certificate, days()).err().unwrap_or_default()
    };
    let reserved = [Fault { rule: Error::Reserved, element: None }];
    for (doc_type, namespace) in
        [("ca.qc.gouv.x.1", "a.1"), ("a.type.1", "ca.qc.gouv.x.1"), ("CA.QC.GOUV.x.1", "a.1")]
    {
        for (country, state) in [("US", "US-UT"), ("CA", "CA-ON"), ("US", "CA-QC")] {
            assert_eq!(
                issued_by(country, state, doc_type, namespace),
                reserved,
                "{doc_type} {state}"
            );
        }
        assert_eq!(issued_by("CA", "CA-QC", doc_type, namespace), [], "{doc_type}");
        assert_eq!(issued_by("CA", "Québec", doc_type, namespace), [], "{doc_type}");
    }
    assert_eq!(issued_by("US", "US-UT", "ca.qc.gouvernement.1", "a.1"), []);
}

#[test]
fn two_documents_for_one_key_are_refused() {
    let draft = draft(CARD, card()).unwrap();
    let [first, second] = <[PublicKey; 2]>::try_from(device_keys(2)).unwrap();
    assert_eq!(sign(&draft, &[first.clone(), second.clone()]).unwrap().len(), 2);
    let keys = [first.clone(), second, first];
    assert_eq!(sign(&draft, &keys).err(), Some(Error::RepeatedKey));
}

#[test]
fn a_doubtful_value_is_a_warning() {
    let draft = draft(CARD, with("health_insurance_number", "TREM04121935".into())).unwrap();
    let rule = coffret_catalogue::Error::NamCheckDigit;
    assert_eq!(draft.warnings(), [fault(rule, "health_insurance_number")]);
}

#[test]
fn what_the_catalogue_does_not_know_stays_as_it_is() {
    let data = vec![("a.1", "date", "2020-01-01".into()), ("a.1", "any", Value::Null)];
    let issued = sign(&draft("a.type.1", data).unwrap(), &device_keys(1)).unwrap();
    assert_eq!(issued[0].names().count(), 2);
}

#[test]
fn every_specimen_can_be_issued() {
    let mut count = 0;
    for document in specimens().iter().flat_map(|specimen| specimen.documents) {
        let data = document.elements().collect();
        let draft = Draft::new(document.doc_type, &data, signer().certificate(), days()).unwrap();
        assert_eq!(sign(&draft, &device_keys(2)).unwrap().len(), 2);
        count += 1;
    }
    println!("{count} documents of specimens");
}

#[test]
fn a_fault_names_the_element_and_no_value() {
    let shown = fault(Error::MissingElement, "sex").to_string();
    let expected = "ca.qc.gouv.ramq.cam.1/sex: element-missing (CW-601, ISO 18013-5 §7.2.1)";
    assert_eq!(shown, expected);
    let draft = draft(CARD, card()).unwrap();
    assert!(!format!("{draft:?}").contains("TREM"));
}

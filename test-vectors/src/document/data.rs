//! What documents say about time, in good order and not; what a purpose needs of them.

use coffret_cbor::Value;

use super::{Expected, Scene, Stage, authorise_all_of};
use crate::plan::{NAMESPACE, map, remove, set, tdate};

/// As the cases of the file itself.
pub(super) const VALID: [(&str, Expected, Stage); 24] = [
    ("dates in good order", None, |scene, _| {
        says(scene, [("issue_date", day("2026-11-22")), ("expiry_date", day("2026-11-22"))]);
        says(scene, [("birth_date", day("1990-02-28")), ("portrait_capture_date", photographed())]);
    }),
    ("an expiry date of yesterday: a day's grace", None, |scene, _| {
        says(scene, [("expiry_date", day("2026-11-21"))]);
    }),
    ("an expiry moment of yesterday", None, |scene, _| {
        says(scene, [("expiry_date", tdate("2026-11-21T12:00:00Z"))]);
    }),
    ("issued tomorrow: a day's grace", None, |scene, _| {
        says(scene, [("issue_date", day("2026-11-23"))]);
    }),
    ("an expiry date as bare text", FORM, |scene, _| {
        says(scene, [("expiry_date", "2030-02-28".into())]);
    }),
    ("an expiry date under the tag of a moment", FORM, |scene, _| {
        says(scene, [("expiry_date", tdate("2030-02-28"))]);
    }),
    ("an expiry moment with an offset", FORM, |scene, _| {
        says(scene, [("expiry_date", tdate("2030-02-28T00:00:00-05:00"))]);
    }),
    ("a birth date that is a moment", FORM, |scene, _| {
        says(scene, [("birth_date", tdate("1990-02-28T00:00:00Z"))]);
    }),
    ("the day of a photo, where a moment is due", FORM, |scene, _| {
        says(scene, [("portrait_capture_date", day("2025-03-14"))]);
    }),
    ("a birth date that is no day", UNREADABLE, |scene, _| {
        says(scene, [("birth_date", day("2023-02-29"))]);
    }),
    ("an expiry date that is no day, as bare text", UNREADABLE, |scene, _| {
        says(scene, [("expiry_date", "2023-02-29".into())]);
    }),
    ("an issue date in words", UNREADABLE, |scene, _| {
        says(scene, [("issue_date", day("14 mars 2025"))]);
    }),
    ("an expiry date that is a number", UNREADABLE, |scene, _| {
        says(scene, [("expiry_date", Value::Unsigned(20_300_228))]);
    }),
    ("a date that is no day in an element that is not known", UNREADABLE, |scene, _| {
        says(scene, [("wings", Value::Array(vec![day("2023-02-30")]))]);
    }),
    ("categories in force", None, |scene, _| {
        says(scene, [("driving_privileges", categories(&[NOW, (None, None)]))]);
    }),
    ("a category that has lapsed", NOT_IN_FORCE, |scene, _| {
        says(scene, [("driving_privileges", categories(&[PAST, NOW]))]);
    }),
    ("a category that has not begun", NOT_IN_FORCE, |scene, _| {
        says(scene, [("driving_privileges", categories(&[NOW, AHEAD]))]);
    }),
    ("categories that have all lapsed, and nobody asks to drive", NOT_IN_FORCE, |scene, _| {
        says(scene, [("driving_privileges", categories(&[PAST]))]);
    }),
    ("ages that agree", None, |scene, _| {
        says(scene, [("birth_date", day("2006-01-01")), ("age_over_21", Value::Bool(false))]);
        says(scene, [("age_in_years", Value::Unsigned(20))]);
        says(scene, [("age_birth_year", Value::Unsigned(2006))]);
    }),
    ("eighteen tomorrow: a day's grace", None, |scene, _| {
        says(scene, [("birth_date", day("2008-11-23"))]);
    }),
    ("age-18: a portrait and the age", None, |scene, _| {
        scene.purpose = Some("age-18");
        says(scene, [("portrait", portrait())]);
    }),
    ("age-18: another age says it", None, |scene, _| {
        scene.purpose = Some("age-18");
        scene.plan.elements.retain(|(id, _)| *id != "age_over_18");
        says(scene, [("portrait", portrait()), ("age_over_21", Value::Bool(true))]);
    }),
    ("traffic-stop: a category in force", None, stopped),
    ("traffic-stop: a category in force beside one that is not", NOT_IN_FORCE, |scene, world| {
        stopped(scene, world);
        replace(scene, "driving_privileges", categories(&[PAST, NOW]));
    }),
];

/// As the cases of the file itself.
pub(super) const REFUSED: [(&[&str], &str, Stage); 42] = [
    (&["expiry-date-passed"], "in a namespace that is not known", |scene, _| {
        scene.plan.namespace = "org.example.1";
        says(scene, [("expiry_date", day("2020-01-31"))]);
    }),
    (&["date-in-future"], "issued in the future, in a namespace that is not known", |scene, _| {
        scene.plan.namespace = "org.example.1";
        says(scene, [("issue_date", day("2036-11-22"))]);
    }),
    (&["ages-contradict"], "18, born too late, in a namespace that is not known", |scene, _| {
        scene.plan.namespace = "org.example.1";
        says(scene, [("birth_date", day("2015-01-01"))]);
    }),
    (&["ages-contradict"], "18, and the device says born in 2015", |scene, _| {
        by_device(scene, |elements| {
            set(elements, NAMESPACE, map([("birth_date", day("2015-01-01"))]))
        });
    }),
    (&["ages-contradict"], "18, and the device says not 16", |scene, _| {
        by_device(scene, |elements| {
            set(elements, NAMESPACE, map([("age_over_16", Value::Bool(false))]))
        });
    }),
    (&["expiry-date-passed"], "as the device says", |scene, _| {
        by_device(scene, |elements| {
            set(elements, NAMESPACE, map([("expiry_date", day("2020-01-31"))]))
        });
    }),
    (&["date-in-future"], "issued in the future, as the device says", |scene, _| {
        by_device(scene, |elements| {
            set(elements, NAMESPACE, map([("issue_date", day("2036-11-22"))]))
        });
    }),
    (&["expiry-date-passed"], "two days ago", |scene, _| {
        says(scene, [("expiry_date", day("2026-11-20"))]);
    }),
    (&["expiry-date-passed"], "a moment", |scene, _| {
        says(scene, [("expiry_date", tdate("2026-11-21T11:59:59Z"))]);
    }),
    (&["expiry-date-passed"], "as bare text", |scene, _| {
        scene.warned = &["mdoc-date-form"];
        says(scene, [("expiry_date", "2020-01-31".into())]);
    }),
    (&["expiry-date-passed"], "under the tag of a moment", |scene, _| {
        scene.warned = &["mdoc-date-form"];
        says(scene, [("expiry_date", tdate("2020-01-31"))]);
    }),
    (&["expiry-date-passed"], "under a type that is not known", |scene, _| {
        says(scene, [("expiry_date", day("2020-01-31"))]);
        of_unknown_type(scene);
    }),
    (&["expiry-date-passed"], "by a signer trusted by its certificate", |scene, world| {
        says(scene, [("expiry_date", day("2020-01-31"))]);
        scene.issuers.clear();
        scene.signers = vec![world.pki.document_signer.certificate()];
    }),
    (&["date-in-future"], "issued in two days", |scene, _| {
        says(scene, [("issue_date", day("2026-11-24"))]);
    }),
    (&["date-in-future"], "issued at a moment to come", |scene, _| {
        says(scene, [("issue_date", tdate("2027-11-22T00:00:00Z"))]);
    }),
    (&["date-in-future"], "issued in the future, as bare text", |scene, _| {
        scene.warned = &["mdoc-date-form"];
        says(scene, [("issue_date", "2036-11-22".into())]);
    }),
    (&["date-in-future", "ages-contradict"], "born in the future", |scene, _| {
        says(scene, [("birth_date", day("2062-11-22"))]);
    }),
    (&["date-in-future"], "born in the future, and no age", |scene, _| {
        scene.plan.elements.retain(|(id, _)| *id != "age_over_18");
        says(scene, [("birth_date", day("2062-11-22"))]);
    }),
    (&["ages-contradict"], "21 and not 18", |scene, _| {
        replace(scene, "age_over_18", Value::Bool(false));
        says(scene, [("age_over_21", Value::Bool(true))]);
    }),
    (&["ages-contradict"], "18 and not 16", |scene, _| {
        says(scene, [("age_over_16", Value::Bool(false))]);
    }),
    (&["ages-contradict"], "18, born too late", |scene, _| {
        says(scene, [("birth_date", day("2008-11-24"))]);
    }),
    (&["ages-contradict"], "18, born too late, as bare text", |scene, _| {
        scene.warned = &["mdoc-date-form"];
        says(scene, [("birth_date", "2015-01-01".into())]);
    }),
    (&["ages-contradict"], "not 65, born in 1950", |scene, _| {
        says(scene, [("birth_date", day("1950-01-01")), ("age_over_65", Value::Bool(false))]);
    }),
    (&["ages-contradict"], "18, aged 17 in years", |scene, _| {
        says(scene, [("age_in_years", Value::Unsigned(17))]);
    }),
    (&["ages-contradict"], "18, born in 2015", |scene, _| {
        says(scene, [("age_birth_year", Value::Unsigned(2015))]);
    }),
    (&["ages-contradict"], "born on two days", |scene, _| {
        says(scene, [("birth_date", day("1990-02-28")), ("age_birth_year", Value::Unsigned(1991))]);
    }),
    (&["not-of-age"], "the age that is asked says no", |scene, _| {
        scene.purpose = Some("age-18");
        replace(scene, "age_over_18", Value::Bool(false));
        says(scene, [("portrait", portrait())]);
    }),
    (&["need-missing", "need-missing"], "another type of the same elements", |scene, _| {
        scene.purpose = Some("age-18");
        says(scene, [("portrait", portrait())]);
        of_unknown_type(scene);
    }),
    (&["need-missing"], "no portrait", |scene, _| scene.purpose = Some("age-18")),
    (&["need-missing"], "an age that says too little", |scene, _| {
        scene.purpose = Some("age-21");
        says(scene, [("portrait", portrait())]);
    }),
    (&["need-unusable"], "an age that is a number", |scene, _| {
        scene.purpose = Some("age-18");
        replace(scene, "age_over_18", Value::Unsigned(1));
        says(scene, [("portrait", portrait())]);
    }),
    (&["need-unusable"], "an age that is a number, beside another", |scene, _| {
        scene.purpose = Some("age-18");
        replace(scene, "age_over_18", Value::Unsigned(1));
        says(scene, [("portrait", portrait()), ("age_over_21", Value::Bool(true))]);
    }),
    (&["need-unusable"], "a portrait of no bytes", |scene, _| {
        scene.purpose = Some("age-18");
        says(scene, [("portrait", Value::Bytes(Vec::new()))]);
    }),
    (&["need-unusable"], "a portrait that only begins as a JPEG", |scene, _| {
        scene.purpose = Some("age-18");
        says(scene, [("portrait", Value::Bytes(b"\xff\xd8\xff\xe0".to_vec()))]);
    }),
    (&["need-unusable"], "a portrait that is cut", |scene, _| {
        scene.purpose = Some("age-18");
        let Value::Bytes(mut cut) = portrait() else { return };
        cut.truncate(cut.len() - 2);
        says(scene, [("portrait", Value::Bytes(cut))]);
    }),
    (&["need-unusable"], "a portrait in text", |scene, _| {
        scene.purpose = Some("age-18");
        says(scene, [("portrait", "photo".into())]);
    }),
    (&["need-unusable"], "a blank name", |scene, _| {
        scene.purpose = Some("identity");
        replace(scene, "given_name", "\u{a0}\u{200b}".into());
        says(scene, [("portrait", portrait()), ("birth_date", day("1990-02-28"))]);
    }),
    (&["need-unusable"], "a birth date that is no day", |scene, _| {
        scene.warned = &["mdoc-date-unreadable"];
        scene.purpose = Some("identity");
        says(scene, [("portrait", portrait()), ("birth_date", day("2023-02-29"))]);
    }),
    (&["need-said-by-device"], "a portrait of the device's", |scene, _| {
        scene.purpose = Some("age-18");
        scene.plan.mso = |mso| authorise_all_of(mso, NAMESPACE);
        scene.plan.device_elements =
            |elements| set(elements, NAMESPACE, map([("portrait", portrait())]));
    }),
    (&["need-said-by-device"], "an age of the device's", |scene, _| {
        scene.purpose = Some("age-18");
        scene.plan.elements.retain(|(id, _)| *id != "age_over_18");
        says(scene, [("portrait", portrait())]);
        scene.plan.mso = |mso| authorise_all_of(mso, NAMESPACE);
        scene.plan.device_elements =
            |elements| set(elements, NAMESPACE, map([("age_over_18", Value::Bool(true))]));
    }),
    (&["nothing-in-force"], "every category has lapsed", |scene, world| {
        scene.warned = &["permission-not-in-force"];
        stopped(scene, world);
        replace(scene, "driving_privileges", categories(&[PAST, AHEAD]));
    }),
    (&["nothing-in-force"], "the last day of every category is no day", |scene, world| {
        scene.warned = &["permission-not-in-force", "mdoc-date-unreadable"];
        stopped(scene, world);
        replace(scene, "driving_privileges", categories(&[(None, Some("2020/01/01"))]));
    }),
];

const FORM: Expected = Some(("warnings", &["mdoc-date-form"]));
const UNREADABLE: Expected = Some(("warnings", &["mdoc-date-unreadable"]));
const NOT_IN_FORCE: Expected = Some(("warnings", &["permission-not-in-force"]));

/// When a permission begins and when it lapses.
pub(super) type Term = (Option<&'static str>, Option<&'static str>);
pub(super) const PAST: Term = (Some("2010-06-01"), Some("2020-06-01"));
const NOW: Term = (Some("2010-06-01"), Some("2030-06-01"));
const AHEAD: Term = (Some("2030-06-01"), None);

fn photographed() -> Value {
    tdate("2025-03-14T10:30:00Z")
}

fn says<const N: usize>(scene: &mut Scene<'_>, elements: [(&'static str, Value); N]) {
    scene.plan.elements.extend(elements);
}

/// The device says this, and the issuer lets it say everything.
fn by_device(scene: &mut Scene<'_>, says: crate::plan::Edit) {
    scene.plan.mso = |mso| authorise_all_of(mso, NAMESPACE);
    scene.plan.device_elements = says;
}

fn replace(scene: &mut Scene<'_>, id: &'static str, value: Value) {
    scene.plan.elements.retain(|(known, _)| *known != id);
    says(scene, [(id, value)]);
}

fn day(text: &str) -> Value {
    Value::Tag(1004, Box::new(text.into()))
}

pub(super) fn categories(terms: &[Term]) -> Value {
    let one = |(from, until): &Term| {
        let mut category = map([("vehicle_category_code", "B".into())]);
        for (id, text) in [("issue_date", from), ("expiry_date", until)] {
            if let Some(text) = text {
                set(&mut category, id, day(text));
            }
        }
        category
    };
    Value::Array(terms.iter().map(one).collect())
}

/// A document of a type that no catalogue knows, with nothing of the device's.
fn of_unknown_type(scene: &mut Scene<'_>) {
    scene.plan.mso = |mso| set(mso, "docType", "org.example.licence.1");
    scene.plan.document = |document| {
        set(document, "docType", "org.example.licence.1");
        remove(document, "deviceSigned");
    };
    scene.transcript = None;
    scene.issuer_only = true;
}

/// What a traffic stop needs.
fn stopped(scene: &mut Scene<'_>, _: &crate::world::World) {
    scene.purpose = Some("traffic-stop");
    says(scene, [("birth_date", day("1990-02-28")), ("portrait", portrait())]);
    says(scene, [("driving_privileges", categories(&[NOW]))]);
    says(scene, [("document_number", "T6541-000000-04".into())]);
    says(scene, [("issue_date", day("2025-03-14")), ("expiry_date", day("2033-02-28"))]);
}

/// A JPEG of one grey pixel (ISO/IEC 10918-1): tables of one code each, and a block of nothing but the
/// mean.
fn portrait() -> Value {
    let code = |class: u8| [&b"\xff\xc4\0\x14"[..], &[class, 1], &[0; 15], &[0]].concat();
    let parts = [
        b"\xff\xd8\xff\xdb\0\x43\0".to_vec(),
        vec![16; 64],
        b"\xff\xc0\0\x0b\x08\0\x01\0\x01\x01\x01\x11\0".to_vec(),
        code(0x00),
        code(0x10),
        b"\xff\xda\0\x08\x01\x01\0\0\x3f\0\x3f\xff\xd9".to_vec(),
    ];
    Value::Bytes(parts.concat())
}

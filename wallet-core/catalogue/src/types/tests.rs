use std::collections::HashSet;

use super::*;

fn elements() -> impl Iterator<Item = (&'static str, &'static str, &'static Element)> {
    document_types().iter().flat_map(|doc_type| {
        doc_type.namespaces.iter().flat_map(move |namespace| {
            namespace.elements.iter().map(move |element| (doc_type.id, namespace.id, element))
        })
    })
}

#[test]
fn identifiers_are_unique() {
    let mut doc_types = HashSet::new();
    for doc_type in document_types() {
        for id in doc_type.aliases.iter().chain([&doc_type.id]) {
            assert!(doc_types.insert(*id), "{id} twice");
            assert_eq!(document_type(id).unwrap().id, doc_type.id);
        }
    }
    let mut names = HashSet::new();
    for (doc_type, namespace, element) in elements() {
        assert!(names.insert((doc_type, namespace, element.name.to_string())), "{}", element.name);
    }
}

#[test]
fn a_type_is_numbered_by_a_text_of_its_own() {
    for doc_type in document_types() {
        let row = doc_type.element(doc_type.number.namespace, doc_type.number.id).unwrap();
        assert!(matches!(row.kind, ElementType::Text(_)), "{}", doc_type.id);
    }
}

/// The contract of `documents.md`, in its own notation.
#[test]
fn quebec_identifiers_are_a_contract() {
    let contract = |namespace: &Namespace| {
        let name = |element: &Element| {
            let presence = if element.presence == Presence::Mandatory { 'M' } else { 'O' };
            format!("{presence} {} {}", element.name, cddl(&element.kind))
        };
        let mut names: Vec<String> = namespace.elements.iter().map(name).collect();
        names.sort();
        names
    };
    let namespace = |doc_type, id| {
        let namespaces = document_type(doc_type).unwrap().namespaces;
        contract(namespaces.iter().find(|namespace| namespace.id == id).unwrap())
    };
    assert_eq!(
        namespace("org.iso.18013.5.1.mDL", "ca.qc.gouv.saaq.1"),
        [
            "O licence_classes [tstr]",
            "O licence_conditions [tstr]",
            "O licence_mentions [tstr]",
            "O licence_type tstr",
            "O portrait_small bstr",
        ]
    );
    assert_eq!(
        namespace("ca.qc.gouv.ramq.cam.1", "ca.qc.gouv.ramq.cam.1"),
        [
            "M birth_date full-date",
            "M expiry_date full-date",
            "M family_name_birth tstr",
            "M given_name tstr",
            "M health_insurance_number tstr",
            "M issuing_authority tstr",
            "M issuing_country tstr",
            "M issuing_jurisdiction tstr",
            "M sex uint",
            "O family_name_spouse tstr",
            "O issue_date full-date",
            "O portrait bstr",
            "O signature_usual_mark bstr",
        ]
    );
    let birth = "ca.qc.gouv.etatcivil.naissance.1";
    assert_eq!(
        namespace(birth, birth),
        [
            "M birth_date full-date",
            "M birth_place tstr",
            "M certificate_number tstr",
            "M family_name tstr",
            "M given_names tstr",
            "M issue_date full-date",
            "M issuing_authority tstr",
            "M issuing_country tstr",
            "M issuing_jurisdiction tstr",
            "M registration_language tstr",
            "M registration_number tstr",
            "M sex uint",
            "O birth_time tstr",
            "O parents [{family_name, given_names}]",
        ]
    );
}

fn cddl(kind: &ElementType) -> String {
    match kind {
        ElementType::Text(_)
        | ElementType::TextChoice(_)
        | ElementType::OpenTextChoice(..)
        | ElementType::Time => "tstr".to_owned(),
        ElementType::Unsigned | ElementType::UnsignedChoice(_) => "uint".to_owned(),
        ElementType::Boolean => "bool".to_owned(),
        ElementType::Bytes | ElementType::Image | ElementType::SmallImage => "bstr".to_owned(),
        ElementType::FullDate => "full-date".to_owned(),
        ElementType::DateTime => "tdate".to_owned(),
        ElementType::FullDateOrDateTime => "tdate / full-date".to_owned(),
        ElementType::List(kind) => format!("[{}]", cddl(kind)),
        ElementType::Record(fields) => {
            let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
            format!("{{{}}}", names.join(", "))
        }
        ElementType::Any => "any".to_owned(),
    }
}

/// An element whose name says that it is an end, a beginning or a birth is judged as one. What is here
/// is not, for the reason given.
#[test]
fn dates_say_what_they_mean() {
    const UNJUDGED: &[(&str, &str)] = &[
        ("portrait_capture_date", "says nothing of the document"),
        ("approval_date_technical_inspection", "the next inspection says until when"),
    ];
    for (doc_type, namespace, element) in elements() {
        let is_date = matches!(
            element.kind,
            ElementType::FullDate | ElementType::DateTime | ElementType::FullDateOrDateTime
        );
        let name = element.name.to_string();
        let unjudged = UNJUDGED.iter().any(|(known, _)| *known == name);
        assert_eq!(
            element.meaning.is_some(),
            is_date && !unjudged,
            "{doc_type} {namespace} {name}"
        );
        if element.meaning.is_some() {
            let expected = match &name {
                name if name == "birth_date" => Meaning::Born,
                name if name == "expiry_date" => Meaning::Expires,
                name if name.contains("expir") => Meaning::Lapses,
                _ => Meaning::Issued,
            };
            assert_eq!(element.meaning, Some(expected), "{namespace} {name}");
        }
    }
}

#[test]
fn a_namespace_means_the_same_under_any_type() {
    let known = element("org.example.licence.1", "org.iso.18013.5.1", "expiry_date").unwrap();
    assert_eq!(known.meaning, Some(Meaning::Expires));
    assert!(element("org.iso.18013.5.1.mDL", "org.example", "expiry_date").is_none());
}

#[test]
fn families_resolve_to_their_row() {
    let mdl = document_type("org.iso.18013.5.1.mDL").unwrap();
    let element = |id| mdl.element("org.iso.18013.5.1", id);
    let age = element("age_over_65").unwrap();
    assert_eq!(age.label("age_over_65", Lang::French), "65 ans et plus");
    assert_eq!(age.label("age_over_65", Lang::English), "65 or over");
    for id in ["age_over_", "age_over_1", "age_over_118", "age_over_1x"] {
        assert!(element(id).is_none(), "{id}");
    }
    let face = element("biometric_template_face").unwrap();
    let palm = element("biometric_template_palm").unwrap();
    assert_eq!(face.name, Name::One("biometric_template_face"));
    assert_eq!(palm.label("biometric_template_palm", Lang::French), "Gabarit biométrique (palm)");
    assert!(element("biometric_template_").is_none());
    assert!(mdl.element("org.example", "portrait").is_none());
    assert!(document_type("org.example.type.1").is_none());
}

#[test]
fn missing_names_what_is_mandatory() {
    let mdl = document_type("org.iso.18013.5.1.mDL").unwrap();
    let names = |held: &[(&str, &str)]| -> Vec<String> {
        let missing = mdl.missing(|namespace, id| held.contains(&(namespace, id)));
        missing
            .into_iter()
            .map(|(namespace, element)| format!("{namespace} {}", element.name))
            .collect()
    };
    let nothing = names(&[]);
    assert_eq!(nothing.len(), 11, "Table 5 has eleven");
    assert!(nothing.iter().all(|name| name.starts_with("org.iso.18013.5.1 ")));
    assert!(!names(&[("org.iso.18013.5.1", "portrait")]).iter().any(|n| n.ends_with("portrait")));
    let aamva = "org.iso.18013.5.1.aamva";
    let more = names(&[(aamva, "organ_donor")]);
    assert!(more.contains(&format!("{aamva} aamva_version")));
}

#[test]
fn text_is_read_as_the_type_says() {
    let privileges = document_type("org.iso.18013.5.1.mDL")
        .and_then(|mdl| mdl.element("org.iso.18013.5.1", "driving_privileges"))
        .unwrap();
    let privilege = |issued| {
        Value::Array(vec![Value::Map(vec![
            ("vehicle_category_code".into(), "B".into()),
            ("issue_date".into(), issued),
            ("note".into(), "2003-05-20".into()),
        ])])
    };
    let date = tagged(TAG_FULL_DATE, "2003-05-20".to_owned());
    assert!(privileges.kind.read(privilege("2003-05-20".into())) == privilege(date));

    let time = "2003-05-20T00:00:00Z";
    let read = |kind: ElementType, text: &str| kind.read(text.into());
    assert!(read(ElementType::FullDateOrDateTime, time) == tagged(TAG_TDATE, time.to_owned()));
    assert!(read(ElementType::DateTime, time) == tagged(TAG_TDATE, time.to_owned()));
    assert!(read(ElementType::Any, time) == time.into());
    let tagged = tagged(TAG_TDATE, time.to_owned());
    assert!(ElementType::FullDate.read(tagged.clone()) == tagged, "a wrong date stays wrong");
}

/// What differs from the published types, and why.
const DEVIATIONS: &[(&str, &str, &str)] = &[
    (
        "org.iso.18013.5.1",
        "portrait_capture_date",
        "a day in the published list, a moment in ISO 18013-5 §7.2.1, Table 5",
    ),
    (
        "org.iso.18013.5.1.aamva",
        "hazmat_endorsement_expiration_date",
        "mandatory in the published list, optional in AAMVA’s guidelines: few drivers have one",
    ),
];

/// The published types, by the namespaces that the catalogue has too.
#[test]
fn published_types_agree() {
    let published = coffret_published::json("data_elements/multipaz_known_types.json");
    let Some(published) = published else { return };
    let (mut agreed, mut deviated) = (0, 0);
    for (name, id) in [
        ("DrivingLicense", "org.iso.18013.5.1.mDL"),
        ("EUPersonalID", "eu.europa.ec.eudi.pid.1"),
        ("PhotoID", "org.iso.23220.photoID.1"),
    ] {
        let doc_type = document_type(id).unwrap();
        for row in published[name]["elements"].as_array().unwrap() {
            // An element of the JSON credential alone has no namespace.
            let Some(namespace) = row["namespace"].as_str() else { continue };
            let id = row["identifier"].as_str().unwrap();
            let element = doc_type
                .element(namespace, id)
                .unwrap_or_else(|| panic!("{namespace} {id} is not in the catalogue"));
            let agrees = fits_published(row["type"].as_str().unwrap(), &element.kind)
                && (element.presence == Presence::Mandatory) == row["mandatory"].as_bool().unwrap();
            let reason = DEVIATIONS.iter().find(|known| (known.0, known.1) == (namespace, id));
            assert_eq!(agrees, reason.is_none(), "{namespace} {id}");
            match reason {
                Some((_, _, reason)) => println!("{namespace} {id}: {reason}"),
                None => agreed += 1,
            }
            deviated += usize::from(!agrees);
        }
    }
    assert_eq!(deviated, DEVIATIONS.len());
    println!("{agreed} published elements agree, {deviated} differ for a reason");
    println!("not applicable: nl.rdw.mekb.1, org.micov, eu.europa.ec.eudi.cor.1: other types");
}

fn fits_published(published: &str, kind: &ElementType) -> bool {
    match published {
        "String" | "StringOptions" => cddl(kind) == "tstr",
        "Number" | "IntegerOptions" => cddl(kind) == "uint",
        "Date" => cddl(kind).ends_with("full-date"),
        "Boolean" => cddl(kind) == "bool",
        "Picture" | "Blob" => cddl(kind) == "bstr",
        "ComplexType" => matches!(kind, ElementType::List(_) | ElementType::Record(_)),
        other => panic!("unknown published type {other}"),
    }
}

#[test]
fn a_date_of_a_name_that_types_use_is_read_in_any_namespace() {
    for (id, meaning) in [
        ("expiry_date", Some(Meaning::Expires)),
        ("issue_date", Some(Meaning::Issued)),
        ("birth_date", Some(Meaning::Born)),
        ("expiry_date_technical_inspection", None),
        ("given_name", None),
    ] {
        let row = dated("org.example.licence.1", "org.example", id);
        assert_eq!(row.and_then(|row| row.meaning), meaning, "{id}");
    }
    let own = dated("org.iso.18013.5.1.mDL", "org.iso.18013.5.1", "portrait");
    assert!(own.is_some_and(|row| row.meaning.is_none()), "its own row, where there is one");
}

//! The document that everybody issues, what is shown of it, and what is asked.

use coffret_mdoc::IntentToRetain;
use serde_json::{Map, Value as Json, json};

use crate::party::Fault;

pub(crate) const DOC_TYPE: &str = "org.iso.18013.5.1.mDL";

const ISO: &str = "org.iso.18013.5.1";
const QUEBEC: &str = "ca.qc.gouv.saaq.1";

/// One of each kind of value.
pub(crate) const DISCLOSED: [(&str, &str); 7] = [
    (ISO, "family_name"),
    (ISO, "birth_date"),
    (ISO, "portrait"),
    (ISO, "driving_privileges"),
    (ISO, "height"),
    (ISO, "age_over_18"),
    (QUEBEC, "licence_type"),
];

pub(crate) const REQUESTED: [(&str, &str, IntentToRetain); 3] = [
    (ISO, "family_name", IntentToRetain::Retained),
    (ISO, "age_over_18", IntentToRetain::NotRetained),
    (QUEBEC, "licence_type", IntentToRetain::NotRetained),
];

/// A value in the document, and another of its length.
pub(crate) const CHANGED_VALUE: [&str; 2] = ["Tremblay", "Tremblaz"];
/// A name in the request, and another of its length.
pub(crate) const CHANGED_NAME: [&str; 2] = ["family_name", "family_nama"];

/// `{namespace: {element: value}}`
pub(crate) fn elements() -> Result<Json, Fault> {
    Ok(serde_json::from_str(include_str!("specimen.json"))?)
}

/// The elements that are shown, with their values.
pub(crate) fn disclosed() -> Result<Json, Fault> {
    let elements = elements()?;
    Ok(nested(DISCLOSED.map(|(namespace, id)| (namespace, id, elements[namespace][id].clone()))))
}

/// The elements that are requested, with their values.
pub(crate) fn requested() -> Result<Json, Fault> {
    let elements = elements()?;
    Ok(nested(REQUESTED.map(|(namespace, id, _)| (namespace, id, elements[namespace][id].clone()))))
}

/// `{namespace: {element: intent to retain}}`
pub(crate) fn intents() -> Json {
    let kept = |retention| json!(retention == IntentToRetain::Retained);
    nested(REQUESTED.map(|(namespace, id, retention)| (namespace, id, kept(retention))))
}

/// `{namespace: [element]}` of what is shown.
pub(crate) fn disclosed_names() -> Json {
    let names = |namespace| DISCLOSED.iter().filter(move |(ns, _)| *ns == namespace);
    [ISO, QUEBEC]
        .into_iter()
        .map(|namespace| (namespace.to_owned(), names(namespace).map(|(_, id)| *id).collect()))
        .collect::<Map<_, _>>()
        .into()
}

pub(crate) fn nested<'a>(elements: impl IntoIterator<Item = (&'a str, &'a str, Json)>) -> Json {
    let mut nested = json!({});
    for (namespace, id, value) in elements {
        nested[namespace][id] = value;
    }
    nested
}

/// The value with each tagged date as its string, which is how the command line prints it.
pub(crate) fn printed(value: &Json) -> Json {
    match value {
        Json::Array(items) => items.iter().map(printed).collect(),
        Json::Object(object) if object.contains_key("tag") => value["value"].clone(),
        Json::Object(object) => {
            object.iter().map(|(name, value)| (name.clone(), printed(value))).collect()
        }
        _ => value.clone(),
    }
}

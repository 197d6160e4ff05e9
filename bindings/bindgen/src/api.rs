//! The surface of a library, from the metadata that UniFFI has put in it.

use std::process::ExitCode;

use uniffi_bindgen::macro_metadata::extract_from_library;
use uniffi_meta::{
    EnumMetadata, EnumShape, FieldMetadata, FnParamMetadata, Metadata, RecordMetadata, Type,
};

/// What the feature `testing` adds: no app has it.
const TESTING: [&str; 5] =
    ["fn fail", "fn judge_vector", "fn live_objects", "object Wallet.panic", "record VectorFound"];

/// One thing that is exported.
struct Item {
    line: String,
    is_documented: bool,
}

/// Prints the items, sorted. Fails when one has no docs.
pub(crate) fn print(library: &str) -> ExitCode {
    let metadata = match extract_from_library(library.as_ref()) {
        Ok(metadata) => metadata,
        Err(error) => {
            eprintln!("{library}: {error}");
            return ExitCode::from(2);
        }
    };
    let is_shipped = |item: &Item| !TESTING.iter().any(|testing| item.line.starts_with(testing));
    let mut items: Vec<Item> = metadata.into_iter().flat_map(items).filter(is_shipped).collect();
    items.sort_by(|one, other| one.line.cmp(&other.line));
    for item in &items {
        println!("{}", item.line);
    }
    let bare: Vec<&Item> = items.iter().filter(|item| !item.is_documented).collect();
    for item in &bare {
        eprintln!("no docs: {}", item.line);
    }
    if bare.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn items(metadata: Metadata) -> Vec<Item> {
    match metadata {
        Metadata::Func(function) => {
            let call = call(&function.inputs, function.return_type.as_ref());
            vec![item(format!("fn {}{call}", function.name), &function.docstring)]
        }
        Metadata::Object(object) => {
            vec![item(format!("object {}", object.name), &object.docstring)]
        }
        Metadata::Constructor(new) => {
            let line = format!("object {}::{}{}", new.self_name, new.name, call(&new.inputs, None));
            vec![item(line, &new.docstring)]
        }
        Metadata::Method(method) => {
            let call = call(&method.inputs, method.return_type.as_ref());
            let line = format!("object {}.{}{call}", method.self_name, method.name);
            vec![item(line, &method.docstring)]
        }
        Metadata::TraitMethod(method) => {
            let call = call(&method.inputs, method.return_type.as_ref());
            let line = format!("object {}.{}{call}", method.trait_name, method.name);
            vec![item(line, &method.docstring)]
        }
        Metadata::CallbackInterface(callback) => {
            vec![item(format!("callback {}", callback.name), &callback.docstring)]
        }
        Metadata::Record(record) => record_items(record),
        Metadata::Enum(of) => enum_items(of),
        // UniFFI drops its docs: each language has a type of its own for it.
        Metadata::CustomType(custom) => {
            let line = format!("type {}: {}", custom.name, spelled(&custom.builtin));
            vec![Item { line, is_documented: true }]
        }
        Metadata::Namespace(_)
        | Metadata::UdlFile(_)
        | Metadata::UniffiTrait(_)
        | Metadata::ObjectTraitImpl(_) => Vec::new(),
    }
}

fn record_items(record: RecordMetadata) -> Vec<Item> {
    let name = format!("record {}", record.name);
    let mut items = fields(&name, &record.fields);
    items.push(item(name, &record.docstring));
    items
}

fn enum_items(of: EnumMetadata) -> Vec<Item> {
    let kind = match of.shape {
        EnumShape::Enum => "enum",
        EnumShape::Error { .. } => "error",
    };
    let name = format!("{kind} {}", of.name);
    let mut items = Vec::new();
    for variant in of.variants {
        let name = format!("{name}::{}", variant.name);
        // Of a flat error, the message travels instead.
        if of.shape == EnumShape::Enum {
            items.extend(fields(&name, &variant.fields));
        }
        items.push(item(name, &variant.docstring));
    }
    items.push(item(name, &of.docstring));
    items
}

fn fields(of: &str, fields: &[FieldMetadata]) -> Vec<Item> {
    let line = |field: &FieldMetadata| format!("{of}.{}: {}", field.name, spelled(&field.ty));
    fields.iter().map(|field| item(line(field), &field.docstring)).collect()
}

fn item(line: String, docs: &Option<String>) -> Item {
    Item { line, is_documented: docs.as_ref().is_some_and(|docs| !docs.trim().is_empty()) }
}

/// Every call can throw, and throws the one error.
fn call(inputs: &[FnParamMetadata], output: Option<&Type>) -> String {
    let input = |input: &FnParamMetadata| format!("{}: {}", input.name, spelled(&input.ty));
    let inputs = inputs.iter().map(input).collect::<Vec<_>>().join(", ");
    output.map_or_else(
        || format!("({inputs})"),
        |output| format!("({inputs}) -> {}", spelled(output)),
    )
}

fn spelled(of: &Type) -> String {
    match of {
        Type::Optional { inner_type } => format!("{}?", spelled(inner_type)),
        Type::Sequence { inner_type } => format!("[{}]", spelled(inner_type)),
        Type::Object { name, .. }
        | Type::Record { name, .. }
        | Type::Enum { name, .. }
        | Type::CallbackInterface { name, .. }
        | Type::Custom { name, .. } => name.clone(),
        plain => format!("{plain:?}"),
    }
}

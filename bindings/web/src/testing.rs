//! What only the tests call.

use coffret_test_vectors::judge::judge;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::{given, thrown};

/// Judges a case, in JSON, of a file of `test-vectors/`, whose input has the common members too: the names
/// of the rules broken and of those that do no harm, `{ codes: string[], warnings: string[] }`.
///
/// # Errors
/// The case is not JSON; whatever else it expects is not so, which is a fault.
#[wasm_bindgen]
pub fn judge_vector(file: &str, json: &str) -> Result<JsValue, JsValue> {
    #[derive(Serialize)]
    struct Found<'a> {
        codes: Vec<&'a str>,
        warnings: Vec<&'a str>,
    }
    let case = serde_json::from_str(json);
    let case = case.map_err(|_| thrown(coffret_cbor::Error::WrongType))?;
    let found = judge(file, &case);
    given(&Found { codes: found.codes, warnings: found.warnings })
}

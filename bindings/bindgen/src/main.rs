//! Writes the Kotlin and the Swift that call the core, and lists what the core exports: the
//! generator of the UniFFI that `coffret-ffi` is built with.
//!
//! ```text
//! coffret-bindgen generate LIBRARY --language kotlin --out-dir FOLDER     and what else UniFFI's has
//! coffret-bindgen api LIBRARY                                             the surface, an item a line
//! ```

mod api;

use std::env;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["api", library] => api::print(library),
        _ => {
            uniffi::uniffi_bindgen_main();
            ExitCode::SUCCESS
        }
    }
}

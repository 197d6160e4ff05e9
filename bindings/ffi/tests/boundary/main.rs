//! The rules of the boundary, from Rust: what the languages stand on, before a language is there.
#![cfg(test)]

mod codes;
mod faults;
mod ids;
mod inside;
mod place;
mod states;
mod threads;
mod times;
mod trust;

use coffret_ffi::CoffretError;

/// The name of the code that a call was refused by.
#[track_caller]
fn refused<T>(result: Result<T, CoffretError>) -> String {
    match result {
        Ok(_) => panic!("it was not refused"),
        Err(error) => error.to_string(),
    }
}

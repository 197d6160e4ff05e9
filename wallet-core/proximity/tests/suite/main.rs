//! The tests of this crate but Annex D's session, whose keys no caller can give.

#![cfg(test)]

mod debug;
mod engagement;
mod frames;
mod pair;
mod properties;
mod reader_first;
mod session;

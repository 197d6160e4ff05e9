//! A wallet shows its documents to readers, and remembers that it did.
#![cfg(test)]

#[path = "../story/mod.rs"]
mod story;

mod code;
mod desk;
mod head;
mod held;
mod keys;
mod log;
mod offered;
mod properties;
mod session;
mod unrecorded;

//! What a wallet keeps, refuses, says and gives away.
#![cfg(test)]

#[path = "../story/mod.rs"]
mod story;

mod adding;
mod behind;
mod debug;
mod documents;
mod ends;
mod export;
mod keys;
mod leaks;
mod notices;
mod people;
mod properties;
mod settings;
mod trust;
mod unreadable;

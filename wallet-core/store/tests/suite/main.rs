//! What a store keeps, what it refuses, and what it survives.
#![cfg(test)]

mod debug;
mod flips;
mod format;
mod leak;
mod life;
mod model;
mod pin;
mod place;
mod platform;
mod states;
mod tampering;

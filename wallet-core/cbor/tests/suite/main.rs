//! What the reader accepts, refuses and keeps, and what is sent.
#![cfg(test)]

mod agreement;
mod appendix_a;
mod dates;
mod debug;
mod properties;
mod received;
mod rules;
mod values;

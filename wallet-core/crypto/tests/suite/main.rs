//! What keys, signatures, secrets and COSE messages are accepted and refused.
#![cfg(test)]

mod annex_d;
mod cose;
mod cose_wg;
mod debug;
mod keys;
mod password;
mod properties;
mod rejections;
mod tasks;

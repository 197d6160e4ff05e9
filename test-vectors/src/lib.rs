//! How bad certificates are made: for the vectors of this folder, and for the tests of
//! `coffret-trust` that no vector can stand for.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "it runs on its own data: what cannot be made must stop it"
)]

pub mod forge;

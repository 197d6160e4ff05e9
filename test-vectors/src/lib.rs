//! How the vectors of this folder are judged, and how bad certificates are made: for the tests of
//! every language, and for those of `coffret-trust` that no vector can stand for.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "it runs on its own data: what cannot be made must stop it"
)]

pub mod forge;
pub mod judge;

//! What is measured: one licence, and what is done with it; wallets of many documents; the QR link.
//!
//! `cargo xtask bench` runs it all. A panic is the right end here: what goes in is this crate’s own, and the
//! figure of a run that went wrong is worse than none.

pub mod counts;
pub mod frames;
pub mod licence;
pub mod ours;
pub mod report;
pub mod wallet;

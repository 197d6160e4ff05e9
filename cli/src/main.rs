//! `coffret`, the command line.
fn main() {}

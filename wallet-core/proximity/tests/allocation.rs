//! Hostile frames cost bounded memory, however many are seen.
#![cfg(test)]

#[path = "../../cbor/tests/counting/mod.rs"]
mod counting;

use coffret_proximity::{Collected, Collector};
use ur::bytewords::{Style, encode};

use crate::counting::peak;

/// A frame of one of the largest messages there may be.
fn frame(sequence: u32, checksum: u32) -> String {
    let mut part = minicbor::Encoder::new(Vec::new());
    let header = part.array(5).unwrap().u32(sequence).unwrap().u32(1024).unwrap();
    header.u32(256 << 10).unwrap().u32(checksum).unwrap().bytes(&[1; 256]).unwrap();
    let body = encode(&part.into_writer(), Style::Minimal);
    format!("ur:x-mdoc-reader/{sequence}-1024/{body}")
}

/// Four messages: their bytes, and which fragments are mixed in each, with room to spare.
#[test]
fn frames_without_end_get_less_than_three_megabytes() {
    let (_, peak) = peak(|| {
        let mut collector = Collector::of_codes();
        // Nine hundred fragments of each are known, and the rest come mixed.
        for sequence in (125..=1024).chain(2000..2100) {
            for checksum in 0..4 {
                let collected = collector.receive(&frame(sequence, checksum));
                assert!(matches!(collected, Ok(Collected::Part { have: 1.., of: 1024 })));
            }
        }
    });
    println!("{} KiB at most", peak >> 10);
    assert!(peak < 3 << 20, "{peak} bytes");
}

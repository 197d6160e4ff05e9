//! A JPEG 2000, drawn in as little memory as is promised: as it is, and as lines of segments whose
//! lengths are right, or wrong by what a line says, under sizes that are worth drawing.
#![no_main]

#[path = "../../wallet-core/cbor/tests/counting/mod.rs"]
mod counting;

use coffret_web::{MOST_MEMORY, bitmap};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for jpeg_2000 in [bytes, &codestream(bytes)] {
        let (_, peak) = counting::peak(|| bitmap(jpeg_2000));
        assert!(peak <= MOST_MEMORY, "{} MiB", peak >> 20);
    }
});

/// Markers by number: SIZ, COD, COC, TLM, PLM, PLT, QCD, QCC, RGN, POC, PPM, PPT, CRG, COM, SOT, EOC.
const MARKERS: [u8; 16] = [
    0x51, 0x52, 0x53, 0x55, 0x57, 0x58, 0x5c, 0x5d, 0x5e, 0x5f, 0x60, 0x61, 0x63, 0x64, 0x90, 0xd9,
];

/// A codestream of a thousand pixels each way, in which a line is a marker, what its length is wrong by
/// and its content; one without a content is SOD.
fn codestream(bytes: &[u8]) -> Vec<u8> {
    let size = [1000_u32, 1000, 0, 0, 1000, 1000, 0, 0].map(u32::to_be_bytes).concat();
    let components = [7, 1, 1].repeat(4);
    let mut written =
        [&[0xff, 0x4f, 0xff, 0x51, 0, 50, 0, 0], &size[..], &[0, 4], &components].concat();
    for line in bytes.split(|byte| *byte == b'\n') {
        let [marker, wrong, content @ ..] = line else {
            written.extend([0xff, 0x93]);
            continue;
        };
        let length = (content.len() as u16 + 2).wrapping_add_signed(i16::from(*wrong as i8));
        written.extend([0xff, MARKERS[usize::from(marker % 16)]]);
        written.extend(length.to_be_bytes());
        written.extend(content);
    }
    written
}

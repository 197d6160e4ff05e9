//! Frames of readers' codes, a line each: as text, and as the place and the bytes of a part.
#![no_main]

use coffret_proximity::{Collected, Collector};
use libfuzzer_sys::fuzz_target;
use ur::bytewords::{Style, encode};

fuzz_target!(|bytes: &[u8]| {
    let mut collector = Collector::of_codes();
    for line in bytes.split(|byte| *byte == b'\n') {
        let text = String::from_utf8_lossy(line);
        let (_, content) = text.split_once('/').unwrap_or_default();
        let (place, part) = line.split_at_checked(2).unwrap_or_default();
        let place: Vec<_> = place.iter().map(u8::to_string).collect();
        let part = format!("{}/{}", place.join("-"), encode(part, Style::Minimal));
        for content in [content, &part] {
            match collector.receive(&format!("ur:x-mdoc-reader/{content}")) {
                Ok(Collected::Part { have, of }) => assert!(have < of && of <= 1024),
                Ok(Collected::Whole(message)) => assert!(message.len() <= 256 << 10),
                Ok(Collected::Foreign) | Err(_) => {}
            }
        }
    }
});

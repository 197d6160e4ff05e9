//! Hostile frames cost bounded memory, however many are seen.
#![expect(unsafe_code, reason = "an allocator that counts")]
#![cfg(test)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use coffret_proximity::{Collected, Collector};
use ur::bytewords::{Style, encode};

/// The system's allocator; each thread knows how much it holds, and the most it held.
struct Counting;

thread_local! {
    static HELD: Cell<isize> = const { Cell::new(0) };
    static PEAK: Cell<isize> = const { Cell::new(0) };
}

fn count(bytes: isize) {
    HELD.set(HELD.get() + bytes);
    PEAK.set(PEAK.get().max(HELD.get()));
}

// SAFETY: every call is passed on to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(-(layout.size() as isize));
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

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
    let before = HELD.get();
    PEAK.set(before);
    let mut collector = Collector::of_codes();
    // Nine hundred fragments of each are known, and the rest come mixed.
    for sequence in (125..=1024).chain(2000..2100) {
        for checksum in 0..4 {
            let collected = collector.receive(&frame(sequence, checksum));
            assert!(matches!(collected, Ok(Collected::Part { have: 1.., of: 1024 })));
        }
    }
    let peak = PEAK.get() - before;
    println!("{} KiB at most", peak >> 10);
    assert!(peak < 3 << 20, "{peak} bytes");
}

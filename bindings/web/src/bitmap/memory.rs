//! What the decoder allocates, whatever the headers of a JPEG 2000 claim.

#[path = "../../../../wallet-core/cbor/tests/counting/mod.rs"]
mod counting;

use coffret_catalogue::codestream;

use super::MOST_MEMORY;
use crate::bitmap;

/// A specimen's portrait, 240 by 308, three components, as OpenJPEG writes it.
const PORTRAIT: &[u8] = include_bytes!("../../tests/portrait.jp2");

const CAP: u16 = 0xff50;
const SIZ: u16 = 0xff51;
const COD: u16 = 0xff52;
const COC: u16 = 0xff53;
const TLM: u16 = 0xff55;
const PLM: u16 = 0xff57;
const PLT: u16 = 0xff58;
const QCD: u16 = 0xff5c;
const QCC: u16 = 0xff5d;
const RGN: u16 = 0xff5e;
const POC: u16 = 0xff5f;
const PPM: u16 = 0xff60;
const PPT: u16 = 0xff61;
const CRG: u16 = 0xff63;
const COM: u16 = 0xff64;
const SOT: u16 = 0xff90;
/// The first of those that nothing follows.
const BARE: u16 = 0xff30;

type Segments = Vec<(u16, Vec<u8>)>;

/// A codestream of one tile, which a test changes.
#[derive(Clone)]
struct Codestream {
    main: Segments,
    /// What follows SOT in the tile's header.
    tile: Segments,
    data: Vec<u8>,
    /// What follows the tile's data.
    after: Vec<u8>,
    /// Added to the length that SOT says; nothing, for a length of 0.
    longer: Option<u32>,
}

impl Codestream {
    fn portrait() -> Codestream {
        let begin = PORTRAIT.windows(4).position(|bytes| bytes == [0xff, 0x4f, 0xff, 0x51]);
        let mut rest = &PORTRAIT[begin.unwrap() + 2..];
        let mut main = Vec::new();
        while rest[..2] != SOT.to_be_bytes() {
            let length = usize::from(u16::from_be_bytes([rest[2], rest[3]]));
            main.push((u16::from_be_bytes([rest[0], rest[1]]), rest[4..2 + length].to_vec()));
            rest = &rest[2 + length..];
        }
        let data = rest[14..rest.len() - 2].to_vec();
        let (tile, after) = (Vec::new(), vec![0xff, 0xd9]);
        Codestream { main, tile, data, after, longer: Some(0) }
    }

    /// The portrait's headers over no data, with other bytes in the first segment of a kind.
    fn with(marker: u16, place: usize, bytes: &[u8]) -> Codestream {
        let mut picture = Codestream { data: Vec::new(), ..Codestream::portrait() };
        picture.content(marker)[place..][..bytes.len()].copy_from_slice(bytes);
        picture
    }

    fn content(&mut self, marker: u16) -> &mut Vec<u8> {
        &mut self.main.iter_mut().find(|(kind, _)| *kind == marker).unwrap().1
    }

    fn adding(marker: u16, content: &[u8]) -> Codestream {
        let mut picture = Codestream::portrait();
        picture.main.push((marker, content.to_vec()));
        picture
    }

    fn written(&self) -> Vec<u8> {
        let mut header = Vec::new();
        self.tile.iter().for_each(|(marker, content)| header.extend(segment(*marker, content)));
        let whole = u32::try_from(12 + header.len() + 2 + self.data.len()).unwrap();
        let length = self.longer.map_or(0, |longer| whole + longer);
        let mut written = vec![0xff, 0x4f];
        self.main.iter().for_each(|(marker, content)| written.extend(segment(*marker, content)));
        written.extend(segment(SOT, &[&[0, 0], &length.to_be_bytes()[..], &[0, 1]].concat()));
        [&written, &header, &[0xff, 0x93][..], &self.data, &self.after].concat()
    }

    /// What is drawn, in as little memory as is promised.
    fn drawn(&self) -> Option<Vec<u8>> {
        let written = self.written();
        let (drawn, peak) = counting::peak(|| bitmap(&written));
        assert!(peak <= MOST_MEMORY, "{} MiB", peak >> 20);
        drawn
    }

    /// Whether the decoder is given it, which then keeps the promise.
    fn is_admitted(&self) -> bool {
        self.drawn();
        codestream(&self.written()).is_some()
    }
}

fn segment(marker: u16, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&marker.to_be_bytes(), &length[..], content].concat()
}

/// A COD whose precincts are a sample wide: hundreds of bytes for each sample, had the decoder read it.
fn costly() -> Vec<u8> {
    segment(COD, &[1, 4, 0, 1, 1, 4, 4, 4, 0, 0, 0x00, 0x11, 0x11, 0x11, 0x11])
}

#[test]
fn what_is_written_is_what_the_decoder_needs() {
    let mut needed = Codestream::portrait();
    needed.main.retain(|(marker, _)| *marker != COM);
    let needed = needed.written();
    assert_eq!(codestream(PORTRAIT).as_ref(), Some(&needed));
    assert_eq!(codestream(&needed).as_ref(), Some(&needed));
}

#[test]
fn a_codestream_written_anew_draws_the_same() {
    assert_eq!(Codestream::portrait().drawn(), bitmap(PORTRAIT));
    assert_eq!(Codestream { longer: None, ..Codestream::portrait() }.drawn(), bitmap(PORTRAIT));
    assert_eq!(Codestream { after: vec![], ..Codestream::portrait() }.drawn(), None, "no end");
    let mut flat = bitmap(PORTRAIT).unwrap();
    flat[54..].fill(0);
    let mut empty = Codestream::with(SIZ, 0, &[]).drawn().unwrap();
    empty[54..].fill(0);
    assert_eq!(empty, flat);
}

#[test]
fn no_header_claims_much() {
    let drawn = |marker, place, bytes: &[u8]| Codestream::with(marker, place, bytes).is_admitted();
    let siz = |place, number: u32| drawn(SIZ, place, &number.to_be_bytes());
    let size = |width: u32, height: u32| {
        let size = [width, height, 0, 0, width, height].map(u32::to_be_bytes).concat();
        drawn(SIZ, 2, &size)
    };
    assert!(size(1000, 1000) && !size(1001, 1000), "pixels");
    assert!(size(4096, 1) && !size(4097, 1), "a row");
    assert!(size(1, 4096) && !size(1, 4097), "a column");
    assert!(siz(18, 4) && !siz(18, 3), "tiles across");
    assert!(siz(22, 5) && !siz(22, 4), "tiles down");
    assert!(siz(18, u32::MAX) && siz(22, u32::MAX), "tiles larger than the image");
    assert!(!siz(18, 0) && !siz(22, 0), "tiles of no size");
    assert!(drawn(SIZ, 37, &[2]) && !drawn(SIZ, 37, &[3]), "less of the resolution");
    assert!(drawn(SIZ, 38, &[2]) && !drawn(SIZ, 38, &[0]), "less of the resolution");
    assert!(drawn(COD, 0, &[6]) && !drawn(COD, 0, &[1]), "precincts");
    assert!(drawn(COD, 2, &[0, 32]) && !drawn(COD, 2, &[0, 33]), "layers");
    assert!(!drawn(COD, 5, &[33]), "decompositions");
    assert!(drawn(COD, 6, &[2, 2]) && !drawn(COD, 6, &[2, 1]), "samples in a code-block");
    assert!(drawn(COD, 6, &[0, 4]) && !drawn(COD, 6, &[0, 3]), "samples in a code-block");
}

#[test]
fn a_fifth_component_is_one_too_many() {
    let with = |count: u8| {
        let mut picture = Codestream::with(SIZ, 35, &[count]);
        picture.content(SIZ).truncate(36);
        picture.content(SIZ).extend([7, 1, 1].repeat(count.into()));
        picture.content(COD)[4] = 0;
        picture.is_admitted()
    };
    assert!(with(1) && with(4) && !with(5));
}

#[test]
fn a_component_claims_no_more_than_all() {
    let drawn = |marker, content: &[u8]| Codestream::adding(marker, content).is_admitted();
    assert!(drawn(COC, &[1, 0, 4, 4, 4, 0, 0]) && drawn(COC, &[2, 0, 4, 2, 2, 0, 0]));
    assert!(!drawn(COC, &[1, 0, 4, 2, 1, 0, 0]), "samples in a code-block");
    assert!(!drawn(COC, &[1, 1, 4, 4, 4, 0, 0]), "precincts");
    assert!(!drawn(COC, &[1, 1, 0, 4, 4, 0, 0, 0]), "precincts");
    assert!(drawn(QCC, &[1, 0x41, 0x6f, 0x20]));
    assert!(drawn(RGN, &[1, 0, 2]));
    let steps = |count: usize| drawn(QCC, &[&[1, 0x40][..], &[0x40].repeat(count)].concat());
    assert!(steps(97) && !steps(98), "steps without bands");
}

/// The decoder reads as many bytes as a segment's content has, and goes on there, whatever length the
/// segment says.
#[test]
fn no_segment_hides_another() {
    let hidden = |marker: u16, content: &[u8]| {
        let content = [content, &costly()].concat();
        assert!(!Codestream::adding(marker, &content).is_admitted(), "{marker:x}");
    };
    assert!(!Codestream::adding(COD, &costly()[4..]).is_admitted(), "in the open");
    hidden(COD, &[0, 4, 0, 1, 1, 4, 4, 4, 0, 0]);
    hidden(COC, &[1, 0, 4, 4, 4, 0, 0]);
    hidden(QCD, &[0x41, 0x6f, 0x20]);
    hidden(QCC, &[1, 0x41, 0x6f, 0x20]);
    hidden(RGN, &[1, 0, 0]);
    // Steps of two bytes each: an odd one is left over, and may be a marker's first byte.
    let mut odd = Codestream::portrait();
    odd.content(QCD).push(0xff);
    assert!(!odd.is_admitted());
    let mut siz = Codestream::portrait();
    siz.content(SIZ).extend(costly());
    assert!(!siz.is_admitted());
    let mut second = Codestream::portrait();
    let content = second.content(SIZ).clone();
    second.main.push((SIZ, content));
    assert!(!second.is_admitted());
}

/// Both pass over these by the length that they say, or do not read them.
#[test]
fn what_the_decoder_does_not_need_it_is_not_given() {
    let portrait = bitmap(PORTRAIT);
    for marker in [COM, TLM, PLM, CRG] {
        assert_eq!(Codestream::adding(marker, &costly()).drawn(), portrait, "{marker:x}");
    }
    for marker in [COM, PLT] {
        let tile = vec![(marker, costly())];
        assert_eq!(Codestream { tile, ..Codestream::portrait() }.drawn(), portrait, "{marker:x}");
    }
    let mut second =
        Codestream { tile: vec![(COD, costly()[4..].to_vec())], ..Codestream::portrait() };
    second.main.clear();
    let after = [&[0xff, 0xd9], &second.written()[2..]].concat();
    assert_eq!(Codestream { after, ..Codestream::portrait() }.drawn(), portrait, "after the end");
}

/// What these change is not bounded here, and no encoder of portraits writes them.
#[test]
fn what_no_portrait_has_is_refused() {
    for (marker, content) in [
        (POC, &[0, 0, 0, 1, 5, 3, 0][..]),
        (PPM, &[0, 0, 0, 0, 0]),
        (BARE, &[]),
        (CAP, &[0, 0, 0, 0]),
    ] {
        assert!(!Codestream::adding(marker, content).is_admitted(), "{marker:x}");
    }
    let plain = Codestream::portrait();
    for (marker, content) in plain.main.iter().cloned().chain([
        (COC, vec![1, 0, 4, 4, 4, 0, 0]),
        (QCC, vec![1, 0x41, 0x6f, 0x20]),
        (RGN, vec![1, 0, 0]),
        (POC, vec![0, 0, 0, 1, 5, 3, 0]),
        (PPT, vec![0]),
        (SOT, vec![0, 0, 0, 0, 0, 12, 0, 1]),
    ]) {
        let is_admitted =
            Codestream { tile: vec![(marker, content)], ..plain.clone() }.is_admitted();
        assert_eq!(is_admitted, marker == COM, "{marker:x}");
    }
}

#[test]
fn a_tile_part_is_as_long_as_it_says() {
    // Another header within SOT's length: the decoder would read it as the tile's.
    let mut hidden = Codestream::portrait().written();
    let sot = hidden.windows(2).position(|bytes| bytes == SOT.to_be_bytes()).unwrap();
    hidden.splice(sot + 12..sot + 12, costly());
    hidden[sot + 3] += u8::try_from(costly().len()).unwrap();
    assert_eq!(bitmap(&hidden), None);
    for beyond in [3, 1 << 31] {
        assert!(!Codestream { longer: Some(beyond), ..Codestream::portrait() }.is_admitted());
    }
    // What its data go on with beyond that is no tile-part.
    let mut shorter = Codestream::portrait();
    shorter.after.splice(0..0, [&segment(COM, &[0; 8])[..], &[0xff, 0x93]].concat());
    assert!(!shorter.is_admitted());
}

/// One packet for a component whose only band has so many code-blocks, each with every pass that there
/// can be, each pass ended, and none with data (ISO/IEC 15444-1 §B.10).
fn packet(across: u32, down: u32) -> Vec<u8> {
    let mut bits = Bits::default();
    bits.push(1, 1);
    let levels = across.max(down).next_power_of_two().ilog2();
    for (x, y) in (0..down).flat_map(|y| (0..across).map(move |x| (x, y))) {
        // Both tag trees say 0 at each node that is new.
        let new = (0..=levels).filter(|level| (x | y).is_multiple_of(1 << level)).count();
        (0..2 * new).for_each(|_| bits.push(1, 1));
        // 37 passes and 54, in lengths of three bits.
        bits.push(0x1ff, 9);
        bits.push(54, 7);
        bits.push(0, 1);
        (0..91).for_each(|_| bits.push(0, 3));
    }
    bits.bytes
}

/// Bits, of which one is left out after each byte of ones.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    left: u32,
}

impl Bits {
    fn push(&mut self, value: u32, count: u32) {
        for place in (0..count).rev() {
            if self.left == 0 {
                self.left = if self.bytes.last() == Some(&0xff) { 7 } else { 8 };
                self.bytes.push(0);
            }
            self.left -= 1;
            *self.bytes.last_mut().unwrap() |= u8::from(value >> place & 1 == 1) << self.left;
        }
    }
}

/// Every header at its limit, and as many passes as the longest answer has room for.
#[test]
fn the_most_that_is_admitted_takes_little() {
    let mut picture = Codestream::portrait();
    let size = [1000_u32, 1000, 0, 0, 1000, 1000, 0, 0].map(u32::to_be_bytes).concat();
    *picture.content(SIZ) = [&[0, 0], &size[..], &[0, 4], &[7, 1, 1].repeat(4)].concat();
    *picture.content(COD) = vec![0, 0, 0, 32, 0, 0, 2, 2, 4, 1];
    *picture.content(QCD) = vec![0x20, 30 << 3];
    picture.data = packet(63, 63).repeat(4);
    picture.data.truncate(256 << 10);
    assert!(picture.is_admitted());
    // As many code-blocks as edges can make, and bands.
    let size = [4096_u32, 244, 0, 0, 4096, 244, 0, 0].map(u32::to_be_bytes).concat();
    picture.content(SIZ)[2..34].copy_from_slice(&size);
    *picture.content(COD) = vec![0, 0, 0, 32, 0, 16, 0, 4, 4, 1];
    *picture.content(QCD) = [&[0x20][..], &[30 << 3; 49]].concat();
    assert!(picture.is_admitted());
}

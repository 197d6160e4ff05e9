//! Whether bytes are a picture that draws, by its structure alone.
//!
//! A clerk compares a face with a portrait, so a portrait of two right bytes and nothing else must not
//! count as one. Segments are walked and nothing is decoded: no memory is taken by what a header claims,
//! and time is linear in the bytes that arrived. Whether the data within the segments draws a face only
//! a decoder can tell.

mod jpeg_2000;

pub use jpeg_2000::codestream;

/// The most pixels of a JPEG. A portrait has under one million; decoders refuse much larger ones.
const MOST_PIXELS: u64 = 25_000_000;

/// A JPEG that common decoders draw (ISO/IEC 10918-1 §B.2): Huffman-coded, of 8 bits, whole.
pub(crate) fn is_jpeg(image: &[u8]) -> bool {
    Bytes(image).jpeg().is_some()
}

/// What is yet to be read. What reads a part gives nothing where it is broken or claims too much.
#[derive(Clone, Copy)]
struct Bytes<'b>(&'b [u8]);

impl<'b> Bytes<'b> {
    fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn u8(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    fn u16(&mut self) -> Option<u16> {
        self.take(2)?.first_chunk().map(|bytes| u16::from_be_bytes(*bytes))
    }

    fn u32(&mut self) -> Option<u32> {
        self.take(4)?.first_chunk().map(|bytes| u32::from_be_bytes(*bytes))
    }

    /// What follows a marker, as long as it says.
    fn segment(&mut self) -> Option<Bytes<'b>> {
        let length = self.u16()?.checked_sub(2)?;
        self.take(length.into()).map(Bytes)
    }

    /// From SOI to EOI, with tables, one frame and a scan of it. Anything may follow.
    fn jpeg(mut self) -> Option<()> {
        let (mut frame, mut quantization, mut huffman, mut scanned) = (false, false, false, false);
        (self.u16()? == 0xffd8).then_some(())?;
        loop {
            match self.jpeg_marker()? {
                // SOF0 to SOF2: baseline, extended and progressive, with Huffman coding.
                0xc0..=0xc2 if !frame => {
                    self.segment()?.frame()?;
                    frame = true;
                }
                // DHT
                0xc4 => {
                    self.segment()?;
                    huffman = true;
                }
                // DQT
                0xdb => {
                    self.segment()?;
                    quantization = true;
                }
                // SOS
                0xda if frame && quantization && huffman => {
                    self.segment()?.scan()?;
                    self.entropy_coded()?;
                    scanned = true;
                }
                // DNL, DRI, APPn, COM
                0xdc | 0xdd | 0xe0..=0xef | 0xfe => {
                    self.segment()?;
                }
                // EOI
                0xd9 => return scanned.then_some(()),
                _ => return None,
            }
        }
    }

    /// A marker, which fill bytes may precede (ISO/IEC 10918-1 §B.1.1.2).
    fn jpeg_marker(&mut self) -> Option<u8> {
        (self.u8()? == 0xff).then_some(())?;
        loop {
            let marker = self.u8()?;
            if marker != 0xff {
                return Some(marker);
            }
        }
    }

    /// SOF: precision, height, width, components.
    fn frame(mut self) -> Option<()> {
        (self.u8()? == 8).then_some(())?;
        let (height, width, components) = (self.u16()?, self.u16()?, self.u8()?);
        let is_whole = self.0.len() == 3 * usize::from(components);
        let pixels = u64::from(height) * u64::from(width);
        (is_whole && matches!(components, 1 | 3 | 4) && (1..=MOST_PIXELS).contains(&pixels))
            .then_some(())
    }

    /// SOS: components, then which coefficients.
    fn scan(mut self) -> Option<()> {
        let components = self.u8()?;
        ((1..=4).contains(&components) && self.0.len() == 2 * usize::from(components) + 3)
            .then_some(())
    }

    /// Data up to the next marker that is neither a stuffed byte nor a restart; there is some.
    fn entropy_coded(&mut self) -> Option<()> {
        let ends = |pair: &[u8]| matches!(pair, [0xff, code] if !matches!(code, 0 | 0xd0..=0xd7));
        let length = self.0.windows(2).position(ends)?;
        self.take(length)?;
        (length > 0).then_some(())
    }
}

/// Pictures that are whole, and as small as they can be: no decoder would see a face in them.
#[cfg(test)]
pub(crate) mod samples {
    /// Grey, one pixel.
    pub(crate) fn jpeg() -> Vec<u8> {
        let segments: [&[u8]; 6] = [
            b"\xff\xe0\0\x07JFIF\0",
            b"\xff\xdb\0\x03\0",
            b"\xff\xc0\0\x0b\x08\0\x01\0\x01\x01\x01\x11\0",
            b"\xff\xc4\0\x03\0",
            b"\xff\xda\0\x08\x01\x01\0\0\x3f\0",
            b"\x3f\xff\0\xff\xd0\x3f\xff\xd9",
        ];
        [b"\xff\xd8", segments.concat().as_slice()].concat()
    }

    /// Grey, one pixel, without a file around it.
    pub(crate) fn codestream() -> Vec<u8> {
        let words = [1_u32, 1, 0, 0, 1, 1, 0, 0].map(u32::to_be_bytes).concat();
        let segments: [&[u8]; 7] = [
            b"\xff\x4f\xff\x51\0\x29\0\0",
            &words,
            b"\0\x01\x07\x01\x01",
            b"\xff\x52\0\x0c\0\0\0\x01\0\0\x04\x04\0\0",
            b"\xff\x5c\0\x04\x20\x20",
            b"\xff\x90\0\x0a\0\0\0\0\0\x10\0\x01\xff\x93\x01\x02",
            b"\xff\xd9",
        ];
        segments.concat()
    }

    /// The same in a file.
    pub(crate) fn jp2() -> Vec<u8> {
        let codestream = codestream();
        let length = u32::try_from(codestream.len() + 8).unwrap().to_be_bytes();
        let other: &[u8] = b"\0\0\0\x14ftypjp2 \0\0\0\0jp2 ";
        [super::jpeg_2000::JP2_SIGNATURE, other, &length, b"jp2c", &codestream].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::samples::{self, jp2, jpeg};
    use super::*;

    fn draws(image: &[u8]) -> bool {
        is_jpeg(image) || codestream(image).is_some()
    }

    /// The picture with other bytes from the first place where `at` stands.
    fn with(image: &[u8], at: &[u8], offset: usize, bytes: &[u8]) -> Vec<u8> {
        let mut image = image.to_vec();
        let place = image.windows(at.len()).position(|found| found == at).unwrap() + offset;
        image[place..][..bytes.len()].copy_from_slice(bytes);
        image
    }

    #[test]
    fn whole_pictures_draw() {
        for image in [jpeg(), samples::codestream(), jp2()] {
            assert!(draws(&image));
        }
        assert!(!is_jpeg(&jp2()) && codestream(&jpeg()).is_none());
        assert!(draws(&[jpeg(), b"and more".to_vec()].concat()), "cameras append previews");
        assert!(draws(&with(&jpeg(), b"\xff\xc0", 1, b"\xc2")), "progressive");
        let to_the_end = with(&samples::codestream(), b"\xff\x90", 6, &[0; 4]);
        assert!(draws(&to_the_end), "a tile to the end of the image");
        let jp2 = jp2();
        let place = jp2.windows(4).position(|found| found == b"jp2c").unwrap() - 4;
        let mut open = jp2.clone();
        open[place..][..4].fill(0);
        assert!(draws(&open), "the last box may have no length");
        let long =
            [&jp2[..place], b"\0\0\0\x01jp2c", &[0; 7], &[samples::codestream().len() as u8 + 16]];
        assert!(draws(&[long.concat(), samples::codestream()].concat()), "a long length");
    }

    #[test]
    fn a_picture_that_is_cut_anywhere_does_not_draw() {
        for image in [jpeg(), samples::codestream(), jp2()] {
            for length in 0..image.len() {
                assert!(!draws(&image[..length]), "{length} of {}", image.len());
            }
        }
    }

    #[test]
    fn what_only_begins_as_a_picture_does_not_draw() {
        for start in [&jpeg()[..4], &samples::codestream()[..4], &jp2()[..12]] {
            for filler in [0, 0xff] {
                let mut image = start.to_vec();
                image.resize(4_000, filler);
                assert!(!draws(&image));
                image.extend(b"\xff\xd9");
                assert!(!draws(&image));
            }
        }
        for other in [&b""[..], b"\x89PNG\r\n\x1a\n", b"GIF89a", b"SPECIMEN", b"\xff\xd8\xff\xd9"] {
            assert!(!draws(other));
        }
    }

    #[test]
    fn a_jpeg_has_a_size_its_tables_and_a_scan() {
        let jpeg = jpeg();
        let frame = b"\xff\xc0";
        for (at, offset, bytes) in [
            (&frame[..], 4, &b"\x0c"[..]),
            (frame, 5, b"\0\0"),
            (frame, 7, b"\0\0"),
            (frame, 5, b"\xff\xff\xff\xff"),
            (frame, 9, b"\x02"),
            (frame, 1, b"\xc3"),
            (frame, 1, b"\xc9"),
            (frame, 1, b"\xfe"),
            (b"\xff\xdb", 1, b"\xfe"),
            (b"\xff\xc4", 1, b"\xfe"),
            (b"\xff\xda", 1, b"\xfe"),
            (b"\xff\xda", 4, b"\0"),
            (b"\xff\xda", 4, b"\x02"),
        ] {
            assert!(!draws(&with(&jpeg, at, offset, bytes)), "{at:?} {offset} {bytes:?}");
        }
        let nothing_scanned = jpeg.len() - 8;
        assert!(!draws(&[&jpeg[..nothing_scanned], b"\xff\xd9"].concat()));
    }

    #[test]
    fn a_jpeg_2000_has_a_size_its_tables_and_a_tile() {
        let codestream = samples::codestream();
        let size = b"\xff\x51";
        for (at, offset, bytes) in [
            (&size[..], 6, &[0_u8; 4][..]),
            (size, 6, &[0xff; 8]),
            (size, 14, &[0, 0, 0, 2]),
            (size, 18, &[0, 0, 0, 2]),
            (size, 22, &[0; 4]),
            (size, 26, &[0; 4]),
            (size, 38, &[0, 0]),
            (size, 38, &[0, 2]),
            (b"\xff\x52", 1, b"\x64"),
            (b"\xff\x5c", 1, b"\x64"),
            (b"\xff\x90", 1, b"\x64"),
            (b"\xff\x90", 9, b"\x01"),
            (b"\xff\x90", 6, b"\xff"),
            (b"\xff\xd9", 1, b"\xd8"),
        ] {
            assert!(!draws(&with(&codestream, at, offset, bytes)), "{at:?} {offset} {bytes:?}");
        }
        let mut none = with(&with(&codestream, size, 3, &[38]), size, 38, &[0, 0]);
        none.drain(42..45);
        assert!(!draws(&none), "no component");
        let mut two = with(&with(&codestream, size, 3, &[44]), size, 38, &[0, 2]);
        two.splice(42..42, [7, 1, 1]);
        assert!(draws(&two), "two components");
    }

    /// The page reads no palette: grey would be drawn in place of colours.
    #[test]
    fn a_jpeg_2000_with_a_palette_does_not_draw() {
        let jp2 = jp2();
        let place = jp2.windows(4).position(|found| found == b"jp2c").unwrap() - 4;
        let with = |header: &[u8]| [&jp2[..place], header, &jp2[place..]].concat();
        assert!(draws(&with(b"\0\0\0\x10jp2h\0\0\0\x08colr")));
        assert!(!draws(&with(b"\0\0\0\x10jp2h\0\0\0\x08pclr")));
    }
}

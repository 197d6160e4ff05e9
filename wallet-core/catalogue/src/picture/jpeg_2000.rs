//! A JPEG 2000 that draws, and what it may make its decoder do.
//!
//! The headers of a codestream claim sizes, and its decoder allocates what they claim: a picture of
//! 5 kB can take gigabytes. To judge the headers and then to hand the same bytes to the decoder is
//! not enough, for two readers of one format disagree somewhere (on what follows a segment's
//! content within its length, on where a tile-part ends, on what follows the end). So the decoder
//! never sees what was received: [`codestream`] writes a codestream anew, out of the segments it has
//! read to their last byte. What it does not write meets no need either, so that a portrait which a
//! verdict calls one is a portrait that the page can draw.
//!
//! A portrait needs few features. What is refused here (precincts, other headers for one tile,
//! packed packet headers, a changing order of progression) is what costs memory or what no camera's
//! software writes for a picture of this size.

use super::Bytes;

// Each of these multiplies what the decoder allocates.

/// Samples, and their wavelet coefficients, are held as 32-bit floats for each component.
const MOST_PIXELS: u32 = 1_000_000;
/// Code-blocks at the edge are counted whole, so that a picture of one row would have too many.
const MOST_ACROSS: u32 = 4096;
/// Red, green, blue and opacity.
const MOST_COMPONENTS: u16 = 4;
/// A tile has its own copy of every component's parameters.
const MOST_TILES: u32 = 64;
/// A code-block has a place for each layer. JJ2000 writes some thirty by default.
const MOST_LAYERS: u16 = 32;
/// The highest number that the standard has (Table A.15).
const MOST_DECOMPOSITIONS: u8 = 32;
/// One for the coarsest band, three for each decomposition.
const MOST_STEPS: usize = 1 + 3 * MOST_DECOMPOSITIONS as usize;
/// The binary logarithm of the samples in a code-block. Encoders use 32 by 32 or 64 by 64; the
/// standard would allow 4 by 4, and a record of some hundred bytes for each.
const LEAST_CODE_BLOCK: u8 = 8;

/// The codestream of a JPEG 2000, a file (ISO/IEC 15444-1 §I) or the codestream alone (§A), written
/// anew; none where it is not whole, or claims much.
pub fn codestream(jpeg_2000: &[u8]) -> Option<Vec<u8>> {
    let received = match jpeg_2000.strip_prefix(JP2_SIGNATURE) {
        Some(boxes) => Bytes(boxes).codestream()?,
        None => Bytes(jpeg_2000),
    };
    received.written()
}

/// The signature box of a JPEG 2000 file (ISO/IEC 15444-1 §I.5.1).
pub(super) const JP2_SIGNATURE: &[u8] = b"\0\0\0\x0cjP  \r\n\x87\n";

fn write(written: &mut Vec<u8>, marker: u16, content: &[u8]) {
    // No content is longer than it was when it was read.
    let length = content.len() as u16 + 2;
    written.extend_from_slice(&marker.to_be_bytes());
    written.extend_from_slice(&length.to_be_bytes());
    written.extend_from_slice(content);
}

const SOC: u16 = 0xff4f;
const SIZ: u16 = 0xff51;
const COD: u16 = 0xff52;
const COC: u16 = 0xff53;
const TLM: u16 = 0xff55;
const PLM: u16 = 0xff57;
const PLT: u16 = 0xff58;
const QCD: u16 = 0xff5c;
const QCC: u16 = 0xff5d;
const RGN: u16 = 0xff5e;
const CRG: u16 = 0xff63;
const COM: u16 = 0xff64;
const SOT: u16 = 0xff90;
const SOD: u16 = 0xff93;
const EOC: u16 = 0xffd9;

/// A marker, and what follows it for as long as it says.
struct Segment<'b> {
    marker: u16,
    content: &'b [u8],
}

/// Precincts of a size of one's own may be as small as a sample.
fn has_no_precincts(style: u8) -> bool {
    style & 1 == 0
}

impl<'b> Bytes<'b> {
    /// The codestream in the boxes of a file: `LBox TBox [XLBox] contents`.
    fn codestream(mut self) -> Option<Bytes<'b>> {
        loop {
            let (length, kind) = (self.u32()?, self.take(4)?);
            let contents = match length {
                0 => self.take(self.0.len())?,
                1 => {
                    let length = u64::from(self.u32()?) << 32 | u64::from(self.u32()?);
                    self.take(usize::try_from(length.checked_sub(16)?).ok()?)?
                }
                length => self.take(usize::try_from(length.checked_sub(8)?).ok()?)?,
            };
            match kind {
                b"jp2c" => return Some(Bytes(contents)),
                // The colours of a palette are in a box, which is not drawn.
                b"jp2h" if contents.windows(4).any(|kind| kind == b"pclr") => return None,
                _ => {}
            }
        }
    }

    /// From SOC to EOC, with SIZ, COD, QCD and the data of a tile. Anything may follow.
    fn written(mut self) -> Option<Vec<u8>> {
        let mut written = Vec::new();
        (self.u16()? == SOC).then_some(())?;
        written.extend_from_slice(&SOC.to_be_bytes());
        let Segment { marker: SIZ, content } = self.marked()? else { return None };
        Bytes(content).size()?;
        write(&mut written, SIZ, content);
        let (mut coding, mut quantization) = (false, false);
        while self.peek()? != SOT {
            let Segment { marker, content } = self.marked()?;
            let mut read = Bytes(content);
            match marker {
                COD => {
                    read.coding()?;
                    coding = true;
                }
                COC => {
                    // Which component, in a byte since there are few.
                    read.take(1)?;
                    has_no_precincts(read.u8()?).then_some(())?;
                    read.transform()?;
                }
                QCD => {
                    read.steps()?;
                    quantization = true;
                }
                QCC => {
                    read.take(1)?;
                    read.steps()?;
                }
                RGN => {
                    read.take(3)?;
                }
                TLM | PLM | CRG | COM => continue,
                _ => return None,
            }
            read.end()?;
            write(&mut written, marker, content);
        }
        (coding && quantization).then_some(())?;
        loop {
            self.tile_part(&mut written)?;
            if self.peek()? == EOC {
                written.extend_from_slice(&EOC.to_be_bytes());
                return Some(written);
            }
        }
    }

    fn peek(mut self) -> Option<u16> {
        self.u16()
    }

    /// A content is read to its end: its reader and the decoder agree on its length.
    fn end(self) -> Option<()> {
        self.0.is_empty().then_some(())
    }

    fn marked(&mut self) -> Option<Segment<'b>> {
        let marker = self.u16()?;
        Some(Segment { marker, content: self.segment()?.0 })
    }

    /// SIZ: the decoder's profile, the grid, the image's place in it, the tiles' size and place, components.
    fn size(mut self) -> Option<()> {
        self.take(2)?;
        let (width, height) = (self.u32()?, self.u32()?);
        let (left, top) = (self.u32()?, self.u32()?);
        let (tile_width, tile_height) = (self.u32()?, self.u32()?);
        let (tile_left, tile_top) = (self.u32()?, self.u32()?);
        let components = self.u16()?;
        for _ in 0..components {
            self.take(1)?;
            // Colours at half the resolution.
            let halved = 1..=2;
            (halved.contains(&self.u8()?) && halved.contains(&self.u8()?)).then_some(())?;
        }
        (tile_width > 0 && tile_height > 0).then_some(())?;
        let across = width.checked_sub(tile_left)?.div_ceil(tile_width);
        let down = height.checked_sub(tile_top)?.div_ceil(tile_height);
        let tiles = across.checked_mul(down)?;
        let bounded = width.max(height) <= MOST_ACROSS
            && width.checked_mul(height)? <= MOST_PIXELS
            && left < width
            && top < height
            && tiles <= MOST_TILES
            && (1..=MOST_COMPONENTS).contains(&components);
        self.end()?;
        bounded.then_some(())
    }

    /// COD: the style, the order of progression, layers, whether components are mixed.
    fn coding(&mut self) -> Option<()> {
        let style = self.u8()?;
        self.take(1)?;
        (has_no_precincts(style) && self.u16()? <= MOST_LAYERS).then_some(())?;
        self.take(1)?;
        self.transform()
    }

    /// COD and COC: decompositions, the size of code-blocks, their style, the wavelet.
    fn transform(&mut self) -> Option<()> {
        let decompositions = self.u8()?;
        // Each is the logarithm of a side, less 2.
        let samples = self.u8()?.checked_add(self.u8()?)?.checked_add(4)?;
        self.take(2)?;
        (decompositions <= MOST_DECOMPOSITIONS && samples >= LEAST_CODE_BLOCK).then_some(())
    }

    /// QCD and QCC: the style, and a step for each band: of a byte, derived from the only one, or of two.
    fn steps(&mut self) -> Option<()> {
        let style = self.u8()? & 0x1f;
        let count = match style {
            0 => self.0.len(),
            1 => 1,
            _ => self.0.len() / 2,
        };
        (count <= MOST_STEPS).then_some(())?;
        self.take(if style == 0 { count } else { 2 * count }).map(|_| ())
    }

    /// SOT, a header of its own with nothing that the decoder needs, and data as far as SOT says: 0
    /// is to EOC, the last two bytes.
    fn tile_part(&mut self, written: &mut Vec<u8>) -> Option<()> {
        let start = self.0;
        let Segment { marker: SOT, content } = self.marked()? else { return None };
        let mut read = Bytes(content);
        let tile = read.take(2)?;
        let length = match read.u32()? {
            0 => start.len().checked_sub(2)?,
            length => length.try_into().ok()?,
        };
        let place = read.take(2)?;
        while self.peek()? != SOD {
            let Segment { marker: PLT | COM, .. } = self.marked()? else { return None };
        }
        self.take(2)?;
        let (part, rest) = start.split_at_checked(length)?;
        let data = part.get(start.len() - self.0.len()..)?;
        self.0 = rest;
        // SOT is 12 bytes and SOD 2.
        let length = u32::try_from(data.len()).ok()?.checked_add(14)?;
        write(written, SOT, &[tile, &length.to_be_bytes(), place].concat());
        written.extend_from_slice(&SOD.to_be_bytes());
        written.extend_from_slice(data);
        Some(())
    }
}

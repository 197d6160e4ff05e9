use hayro_jpeg2000::{DecodeSettings, DecoderContext, Image};

/// BITMAPFILEHEADER and BITMAPINFOHEADER.
const HEADER: u32 = 14 + 40;

/// A JPEG 2000 (ISO/IEC 15444-1) in grey or in colours, as a BMP of 32 bits a pixel.
///
/// Of a JP2 file only the codestream is read. A portrait has no palette, which would be in a box.
pub(crate) fn bmp_of(jpeg_2000: &[u8]) -> Option<Vec<u8>> {
    let begin = jpeg_2000.windows(4).position(|bytes| bytes == BEGINNING)?;
    let codestream = jpeg_2000.get(begin..)?;
    if jpeg_2000.windows(4).any(|bytes| bytes == b"pclr") || !is_bounded(codestream) {
        return None;
    }
    let image = Image::new(codestream, &DecodeSettings::default()).ok()?;
    let (width, height) = (image.width(), image.height());
    let mut context = DecoderContext::default();
    let decoded = image.decode(&mut context).ok()?;
    let channels = decoded.components().len();
    let size = HEADER + 4 * width * height;
    let mut bmp = Vec::with_capacity(size as usize);
    bmp.extend_from_slice(b"BM");
    // Rows from the top: their number is negative.
    let format = 1 | 32 << 16;
    for word in [size, 0, HEADER, 40, width, height.wrapping_neg(), format, 0, 0, 0, 0, 0, 0] {
        bmp.extend_from_slice(&word.to_le_bytes());
    }
    for pixel in decoded.data_u8().chunks_exact(channels.max(1)) {
        let (red, green, blue) = match pixel {
            [grey] | [grey, _] => (*grey, *grey, *grey),
            [red, green, blue] | [red, green, blue, _] => (*red, *green, *blue),
            _ => return None,
        };
        bmp.extend_from_slice(&[blue, green, red, u8::MAX]);
    }
    Some(bmp)
}

/// SOC and SIZ, with which a codestream begins.
const BEGINNING: [u8; 4] = [0xff, 0x4f, 0xff, 0x51];

// What is decoded takes memory by each of these, and a header may claim any number. No portrait has as
// many.
const MOST_PIXELS: u32 = 1_000_000;
const MOST_COMPONENTS: u16 = 4;
const MOST_TILES: u32 = 16;
const MOST_LAYERS: u16 = 16;

/// Whether every header of a codestream, the tiles' too, claims what can be decoded in little memory
/// (ISO/IEC 15444-1 Annex A).
fn is_bounded(codestream: &[u8]) -> bool {
    Bytes(codestream).headers().is_some()
}

/// Precincts of a size of one's own may be as small as a pixel.
fn has_no_precincts(style: u8) -> bool {
    style & 1 == 0
}

/// What is yet to be read. What reads a header gives nothing where it is broken or claims too much.
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

    fn headers(mut self) -> Option<()> {
        self.take(BEGINNING.len())?;
        self.segment()?.size()?;
        let mut part = None;
        loop {
            let start = self.0;
            match self.u16()? {
                // COD
                0xff52 => self.segment()?.coding()?,
                // COC
                0xff53 => self.segment()?.component_coding()?,
                // SOT
                0xff90 => part = Some((start, self.segment()?.tile_part()?)),
                // SOD: data, as far as the tile-part says; 0 is to the end.
                0xff93 => match part.take()? {
                    (_, 0) => return Some(()),
                    (start, length) => self.0 = start.get(length..)?,
                },
                // EOC
                0xffd9 => return Some(()),
                // CAP, TLM, PLM, PLT, QCD, QCC, RGN, POC, PPM, PPT, CRG, COM
                0xff50 | 0xff55 | 0xff57 | 0xff58 | 0xff5c..=0xff61 | 0xff63 | 0xff64 => {
                    self.segment()?;
                }
                _ => return None,
            }
        }
    }

    /// SIZ: Rsiz, the grid, the image's place in it, the tiles' size and place, components.
    fn size(mut self) -> Option<()> {
        self.take(2)?;
        let (width, height) = (self.u32()?, self.u32()?);
        self.take(8)?;
        let (tile_width, tile_height) = (self.u32()?, self.u32()?);
        self.take(8)?;
        let components = self.u16()?;
        let pixels = width.checked_mul(height)?;
        // A grid of tiles that begins elsewhere has one row and one column more.
        let across = (width.checked_div(tile_width)?).checked_add(2)?;
        let tiles = (height.checked_div(tile_height)?).checked_add(2)?.checked_mul(across)?;
        let mut bounded =
            pixels <= MOST_PIXELS && tiles <= MOST_TILES && components <= MOST_COMPONENTS;
        for _ in 0..components {
            self.take(1)?;
            // Colours at half the resolution.
            bounded &= (1..=2).contains(&self.u8()?) && (1..=2).contains(&self.u8()?);
        }
        bounded.then_some(())
    }

    /// COD: the style, the order, layers.
    fn coding(mut self) -> Option<()> {
        let style = self.u8()?;
        self.take(1)?;
        (has_no_precincts(style) && self.u16()? <= MOST_LAYERS).then_some(())
    }

    /// COC: which component, in a byte since there are few, and the style.
    fn component_coding(mut self) -> Option<()> {
        self.take(1)?;
        has_no_precincts(self.u8()?).then_some(())
    }

    /// SOT: the tile, and the length of this part of it.
    fn tile_part(mut self) -> Option<usize> {
        self.take(2)?;
        self.u32()?.try_into().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::{BEGINNING, bmp_of, is_bounded};

    /// A specimen's portrait, 240 by 308, as OpenJPEG writes it.
    const PORTRAIT: &[u8] = include_bytes!("../tests/portrait.jp2");

    /// The portrait's codestream, with other bytes so far behind a marker.
    fn codestream(marker: [u8; 2], place: usize, bytes: &[u8]) -> Vec<u8> {
        let at = |these: &[u8]| PORTRAIT.windows(these.len()).position(|bytes| bytes == these);
        let begin = at(&BEGINNING).expect("a codestream");
        let mut codestream = PORTRAIT[begin..].to_vec();
        let marker = at(&marker).expect("a marker") - begin;
        codestream[marker + place..][..bytes.len()].copy_from_slice(bytes);
        codestream
    }

    const SIZ: [u8; 2] = [0xff, 0x51];
    const COD: [u8; 2] = [0xff, 0x52];

    #[test]
    fn a_portrait_is_drawn() {
        let bmp = bmp_of(PORTRAIT).expect("what OpenJPEG writes");
        assert_eq!(bmp.len(), 54 + 240 * 308 * 4);
        assert_eq!(bmp[18..22], 240_u32.to_le_bytes());
        assert_eq!(bmp[22..26], (-308_i32).to_le_bytes());
    }

    #[test]
    fn a_bare_codestream_is_drawn() {
        assert_eq!(bmp_of(&codestream(SIZ, 0, &SIZ)), bmp_of(PORTRAIT));
    }

    #[test]
    fn what_is_none_is_not() {
        assert_eq!(bmp_of(b"\xff\xd8\xff\xe0 a JPEG"), None);
        assert_eq!(bmp_of(&PORTRAIT[..200]), None);
        assert_eq!(bmp_of(&[b"pclr", PORTRAIT].concat()), None);
    }

    #[test]
    fn no_header_claims_much_memory() {
        let four = |number: u32| number.to_be_bytes();
        let bounded = |marker, place, bytes: &[u8]| is_bounded(&codestream(marker, place, bytes));
        assert!(bounded(SIZ, 6, &four(900)), "width");
        assert!(!bounded(SIZ, 6, &four(4000)), "width");
        assert!(!bounded(SIZ, 10, &four(5000)), "height");
        assert!(bounded(SIZ, 22, &four(120)), "tiles across");
        assert!(!bounded(SIZ, 22, &four(40)), "tiles across");
        assert!(!bounded(SIZ, 26, &four(0)), "tiles of no height");
        assert!(bounded(SIZ, 41, &[2]), "half the resolution");
        assert!(!bounded(SIZ, 41, &[255]), "less of it");
        assert!(!bounded(COD, 4, &[1]), "precincts");
        assert!(bounded(COD, 6, &16_u16.to_be_bytes()), "layers");
        assert!(!bounded(COD, 6, &17_u16.to_be_bytes()), "layers");
        assert!(!bounded(COD, 0, &[0xff, 0x30]), "a marker that is not known");
    }

    /// The headers of an image of so many components, and one tile whose own header has this.
    fn headers(components: u8, header: &[u8]) -> Vec<u8> {
        let size = [240_u32, 308, 0, 0, 240, 308, 0, 0].map(u32::to_be_bytes).concat();
        let size = [&[0, 38 + 3 * components, 0, 0], &size[..], &[0, components]].concat();
        let main = [&BEGINNING[..], &size, &[7, 1, 1].repeat(components.into())].concat();
        let length = u8::try_from(14 + header.len()).expect("a short header");
        let tile = [0xff, 0x90, 0, 10, 0, 0, 0, 0, 0, length, 0, 1];
        [&main, &tile[..], header, &[0xff, 0x93, 0xff, 0xd9]].concat()
    }

    fn tile(header: &[u8]) -> Vec<u8> {
        headers(1, header)
    }

    #[test]
    fn a_fifth_component_is_one_too_many() {
        assert!(is_bounded(&headers(4, &[])));
        assert!(!is_bounded(&headers(5, &[])));
    }

    #[test]
    fn nor_does_a_tiles_own() {
        let coding = |style, layers| [0xff, 0x52, 0, 12, style, 0, 0, layers, 0, 5, 4, 4, 0, 0];
        assert!(is_bounded(&tile(&[])));
        assert!(is_bounded(&tile(&coding(0, 16))));
        assert!(!is_bounded(&tile(&coding(1, 1))));
        assert!(!is_bounded(&tile(&coding(0, 17))));
        let component = |style| [0xff, 0x53, 0, 9, 0, style, 5, 4, 4, 0, 0];
        assert!(is_bounded(&tile(&component(0))));
        assert!(!is_bounded(&tile(&component(1))));
        let mut beyond = tile(&[]);
        let place = beyond.len() - 7;
        beyond[place] = 200;
        assert!(!is_bounded(&beyond), "a tile that is longer than there is");
    }
}

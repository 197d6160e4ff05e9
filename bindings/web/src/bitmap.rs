use hayro_jpeg2000::{DecodeSettings, DecoderContext, Image};

/// No portrait has as many, and a header may claim any number.
const MOST_PIXELS: u64 = 2_000_000;

/// Red, green, blue and what is transparent.
const MOST_COMPONENTS: u16 = 4;

/// SOC and SIZ, with which a codestream begins (ISO/IEC 15444-1 §A.2).
const BEGINNING: [u8; 4] = [0xff, 0x4f, 0xff, 0x51];

/// BITMAPFILEHEADER and BITMAPINFOHEADER.
const HEADER: u32 = 14 + 40;

/// A JPEG 2000 (ISO/IEC 15444-1) in grey or in colours, as a BMP of 32 bits a pixel.
pub(crate) fn bmp_of(jpeg_2000: &[u8]) -> Option<Vec<u8>> {
    // What is decoded takes memory by the component, and nobody else bounds them.
    if !component_counts(jpeg_2000).all(|count| count <= MOST_COMPONENTS) {
        return None;
    }
    let image = Image::new(jpeg_2000, &DecodeSettings::default()).ok()?;
    let (width, height) = (image.width(), image.height());
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return None;
    }
    let colours = image.color_space().num_channels();
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
        let (red, green, blue) = match (colours, pixel) {
            (1, [grey, ..]) => (*grey, *grey, *grey),
            (3, [red, green, blue, ..]) => (*red, *green, *blue),
            _ => return None,
        };
        bmp.extend_from_slice(&[blue, green, red, u8::MAX]);
    }
    Some(bmp)
}

/// What each codestream says, wherever it is: Csiz (ISO/IEC 15444-1 §A.5.1).
fn component_counts(jpeg_2000: &[u8]) -> impl Iterator<Item = u16> {
    let begins = jpeg_2000.windows(42).filter(|bytes| bytes.starts_with(&BEGINNING));
    begins.filter_map(|header| header.last_chunk()).map(|count| u16::from_be_bytes(*count))
}

#[cfg(test)]
mod tests {
    use super::{BEGINNING, bmp_of};

    /// A specimen's portrait, 240 by 308, as OpenJPEG writes it.
    const PORTRAIT: &[u8] = include_bytes!("../tests/portrait.jp2");

    /// The codestream alone, with other bytes at a place of its header.
    fn codestream(place: usize, bytes: &[u8]) -> Vec<u8> {
        let begin = PORTRAIT.windows(4).position(|bytes| bytes == BEGINNING).expect("a codestream");
        let mut codestream = PORTRAIT[begin..].to_vec();
        codestream[place..][..bytes.len()].copy_from_slice(bytes);
        codestream
    }

    #[test]
    fn a_portrait_is_drawn() {
        let bmp = bmp_of(PORTRAIT).expect("what OpenJPEG writes");
        assert_eq!(bmp.len(), 54 + 240 * 308 * 4);
        assert_eq!(bmp[18..22], 240_u32.to_le_bytes());
        assert_eq!(bmp[22..26], (-308_i32).to_le_bytes());
    }

    #[test]
    fn a_bare_codestream_is_drawn() {
        assert_eq!(bmp_of(&codestream(0, &[])), bmp_of(PORTRAIT));
    }

    #[test]
    fn what_is_none_is_not() {
        assert_eq!(bmp_of(b"\xff\xd8\xff\xe0 a JPEG"), None);
        assert_eq!(bmp_of(&PORTRAIT[..200]), None);
    }

    /// Each is drawn with the portrait's pixels where the claim is within bounds.
    #[test]
    fn what_would_take_much_memory_is_not_drawn() {
        let size = |side: u32| [side.to_be_bytes(), side.to_be_bytes()].concat();
        assert!(bmp_of(&codestream(8, &size(1_000))).is_some());
        assert_eq!(bmp_of(&codestream(8, &size(2_000))), None, "width and height");
        assert_eq!(bmp_of(&codestream(40, &250_u16.to_be_bytes())), None, "components");
        let hidden = [PORTRAIT, &codestream(40, &250_u16.to_be_bytes())].concat();
        assert_eq!(bmp_of(&hidden), None, "components of another codestream");
    }
}

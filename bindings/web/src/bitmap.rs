use coffret_catalogue::codestream;
use hayro_jpeg2000::{DecodeSettings, DecoderContext, Image};

/// Bytes that a picture takes at most while it is drawn, in an answer as long as the link carries. The
/// catalogue bounds what a codestream claims; tests and a fuzz target hold [`bitmap`](crate::bitmap) to
/// this.
pub const MOST_MEMORY: usize = 96 << 20;

/// BITMAPFILEHEADER and BITMAPINFOHEADER.
const HEADER: u32 = 14 + 40;

/// A JPEG 2000 (ISO/IEC 15444-1) in grey or in colours, as a BMP of 32 bits a pixel.
pub(crate) fn bmp_of(jpeg_2000: &[u8]) -> Option<Vec<u8>> {
    let codestream = codestream(jpeg_2000)?;
    let image = Image::new(&codestream, &DecodeSettings::default()).ok()?;
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

#[cfg(test)]
mod memory;

#[cfg(test)]
mod tests {
    use super::bmp_of;

    /// A specimen's portrait, 240 by 308, as OpenJPEG writes it.
    const PORTRAIT: &[u8] = include_bytes!("../tests/portrait.jp2");

    #[test]
    fn a_portrait_is_drawn() {
        let bmp = bmp_of(PORTRAIT).expect("what OpenJPEG writes");
        assert_eq!(bmp.len(), 54 + 240 * 308 * 4);
        assert_eq!(bmp[18..22], 240_u32.to_le_bytes());
        assert_eq!(bmp[22..26], (-308_i32).to_le_bytes());
    }

    #[test]
    fn what_is_none_is_not() {
        assert_eq!(bmp_of(b"\xff\xd8\xff\xe0 a JPEG"), None);
        assert_eq!(bmp_of(&PORTRAIT[..200]), None);
    }
}

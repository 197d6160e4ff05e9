//! A text as a QR code in a PNG picture, drawn and read back.
//!
//! What is read may be a photograph: larger, turned, in colour, with more than the code in it.

use std::{io::Cursor, iter};

use png::{BitDepth, ColorType, Decoder, Encoder, Transformations};
use qrcode::{Color, EcLevel, QrCode};
use quircs::Quirc;

use crate::error::Error;

/// Pixels of a module: enough for a camera, and for a screen that makes it smaller.
const MODULE: usize = 6;
/// Modules of white on each side (ISO/IEC 18004 §9.1).
const QUIET_ZONE: usize = 4;
/// The longest side that a code is looked for in: beyond, the decoder's arithmetic is too small,
/// and a code that fills a screen loses nothing by being halved.
const MAX_SIDE: usize = 2048;
/// Bytes that a picture may take in memory: 48 megapixels in colour.
const MAX_MEMORY: usize = 144 << 20;

/// The picture of a text. Upper-case letters, digits, `-`, `/` and `:` take the least room.
///
/// # Errors
/// [`Error::CodeTooLong`]
pub(crate) fn draw(text: &str) -> Result<Vec<u8>, Error> {
    // Lost pictures are made up for by others of the sequence, not within one.
    let code = QrCode::with_error_correction_level(text, EcLevel::L);
    let code = code.map_err(|_| Error::CodeTooLong)?;
    let modules = code.width();
    let side = (modules + 2 * QUIET_ZONE) * MODULE;
    let colours = code.to_colors();
    let white_row = vec![u8::MAX; side.div_ceil(8)];
    let quiet = iter::repeat_n(&white_row, QUIET_ZONE * MODULE);
    let rows: Vec<Vec<u8>> = colours.chunks(modules).map(row).collect();
    let drawn = rows.iter().flat_map(|row| iter::repeat_n(row, MODULE));
    let pixels: Vec<u8> = quiet.clone().chain(drawn).chain(quiet).flatten().copied().collect();
    encoded(side, &pixels).ok_or(Error::CodeTooLong)
}

/// A row of modules with the quiet zone beside it.
fn row(modules: &[Color]) -> Vec<u8> {
    let quiet = iter::repeat_n(Color::Light, QUIET_ZONE);
    let modules = quiet.clone().chain(modules.iter().copied()).chain(quiet);
    let pixels: Vec<Color> = modules.flat_map(|module| iter::repeat_n(module, MODULE)).collect();
    let bit = |bits: u8, pixel: &Color| bits << 1 | u8::from(*pixel == Color::Light);
    pixels.chunks(8).map(|eight| eight.iter().fold(0, bit) << (8 - eight.len())).collect()
}

/// One bit a pixel, 1 for white.
fn encoded(side: usize, pixels: &[u8]) -> Option<Vec<u8>> {
    let mut png = Vec::new();
    let length = u32::try_from(side).ok()?;
    let mut encoder = Encoder::new(&mut png, length, length);
    encoder.set_color(ColorType::Grayscale);
    encoder.set_depth(BitDepth::One);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(pixels).ok()?;
    writer.finish().ok()?;
    Some(png)
}

/// The texts of the codes in a picture; none where it is no picture.
pub(crate) fn texts(png: &[u8]) -> Vec<String> {
    let Some(mut grey) = Grey::decode(png) else { return Vec::new() };
    while grey.width.max(grey.height()) > MAX_SIDE {
        grey = grey.halved();
    }
    let mut decoder = Quirc::default();
    let codes = decoder.identify(grey.width, grey.height(), &grey.pixels);
    let texts = codes.filter_map(|code| String::from_utf8(code.ok()?.decode().ok()?.payload).ok());
    texts.collect()
}

/// A picture without its colours, row by row, 0 for black.
struct Grey {
    width: usize,
    pixels: Vec<u8>,
}

impl Grey {
    fn decode(png: &[u8]) -> Option<Grey> {
        let mut decoder = Decoder::new(Cursor::new(png));
        decoder.set_transformations(Transformations::normalize_to_color8());
        let mut reader = decoder.read_info().ok()?;
        let mut pixels = vec![0; reader.output_buffer_size().filter(|size| *size <= MAX_MEMORY)?];
        let frame = reader.next_frame(&mut pixels).ok()?;
        pixels.truncate(frame.buffer_size());
        let width = usize::try_from(frame.width).ok()?;
        let (colours, channels) = match frame.color_type {
            ColorType::Rgb => (3, 3),
            ColorType::Rgba => (3, 4),
            ColorType::GrayscaleAlpha => (1, 2),
            ColorType::Grayscale | ColorType::Indexed => (1, 1),
        };
        let grey = |pixel: &[u8]| {
            let (colours, alpha) = pixel.split_at_checked(colours).unwrap_or((pixel, &[]));
            let sum: usize = colours.iter().map(|colour| usize::from(*colour)).sum();
            let alpha = alpha.first().map_or(255, |alpha| usize::from(*alpha));
            // On white paper.
            let grey = (sum / colours.len() * alpha + 255 * (255 - alpha)) / 255;
            u8::try_from(grey).unwrap_or(u8::MAX)
        };
        Some(Grey { width, pixels: pixels.chunks_exact(channels).map(grey).collect() })
    }

    fn height(&self) -> usize {
        self.pixels.len() / self.width
    }

    /// Each pixel the mean of four.
    fn halved(&self) -> Grey {
        let width = self.width / 2;
        let at =
            |x: usize, y: usize| self.pixels.get(y * self.width + x).copied().map_or(0, u16::from);
        let mean =
            |x: usize, y: usize| (at(x, y) + at(x + 1, y) + at(x, y + 1) + at(x + 1, y + 1)) / 4;
        let rows = (0..self.height() / 2).flat_map(|y| (0..width).map(move |x| (2 * x, 2 * y)));
        let pixels = rows.map(|(x, y)| u8::try_from(mean(x, y)).unwrap_or(u8::MAX));
        Grey { width, pixels: pixels.collect() }
    }
}

#[cfg(test)]
mod tests;

use std::f64::consts::PI;

use proptest::prelude::*;
use rxing::common::HybridBinarizer;
use rxing::qrcode::cpp_port::QrReader;
use rxing::{BinaryBitmap, Luma8LuminanceSource, Reader};

use super::*;

/// As a frame of the QR link is.
const FRAME: &str =
    "UR:X-MDOC-READER/1-4/LPADAACFAXDKCYSWWLSAGUHDLTAEAELFLYFPONISINKPJSINGHJYINJLJTCXJYJLCX";

/// A decoder that shares nothing with ours.
fn second(grey: &Grey) -> Option<String> {
    let (width, height) = (grey.width as u32, grey.height() as u32);
    let source = Luma8LuminanceSource::new(grey.pixels.clone(), width, height).unwrap();
    let found = QrReader.decode(&mut BinaryBitmap::new(HybridBinarizer::new(source)));
    found.ok().map(|found| found.getText().to_owned())
}

/// What a camera may make of a picture: another size, turned by some degrees, grey on grey.
fn photographed(png: &[u8], scale: f64, degrees: f64) -> Grey {
    let picture = Grey::decode(png).unwrap();
    let angle = degrees * PI / 180.0;
    let width = (picture.width as f64 * scale * 1.5) as usize;
    let at = |x: f64, y: f64| {
        let (x, y) = (x - width as f64 / 2.0, y - width as f64 / 2.0);
        let turned = (x * angle.cos() + y * angle.sin(), y * angle.cos() - x * angle.sin());
        let place = |along: f64| (along / scale + picture.width as f64 / 2.0).floor();
        let (x, y) = (place(turned.0), place(turned.1));
        let is_in = |along: f64| along >= 0.0 && along < picture.width as f64;
        let white = !(is_in(x) && is_in(y))
            || picture.pixels[y as usize * picture.width + x as usize] > 127;
        if white { 210 } else { 40 }
    };
    let places = (0..width * width).map(|place| (place % width, place / width));
    let pixels = places.map(|(x, y)| at(x as f64 + 0.5, y as f64 + 0.5)).collect();
    Grey { width, pixels }
}

/// The same as a file.
fn file(grey: &Grey, colour: ColorType) -> Vec<u8> {
    let mut png = Vec::new();
    let mut encoder = Encoder::new(&mut png, grey.width as u32, grey.height() as u32);
    encoder.set_color(colour);
    let pixels = grey.pixels.iter().flat_map(|pixel| match colour {
        ColorType::Rgba => vec![*pixel, *pixel, *pixel, 255],
        ColorType::Rgb => vec![*pixel; 3],
        // Black ink, where there is any.
        ColorType::GrayscaleAlpha => vec![0, 255 - *pixel],
        _ => vec![*pixel],
    });
    let pixels: Vec<u8> = pixels.collect();
    encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
    png
}

#[test]
fn a_second_decoder_reads_what_is_drawn() {
    for length in [20, 200, 1100, 4000] {
        let text = FRAME.chars().cycle().take(length).collect::<String>();
        let png = draw(&text).unwrap();
        assert_eq!(texts(&png), [text.as_str()]);
        assert_eq!(second(&Grey::decode(&png).unwrap()), Some(text));
    }
}

#[test]
fn upper_case_takes_two_thirds_of_the_room() {
    let width = |text: &str| Grey::decode(&draw(text).unwrap()).unwrap().width;
    assert!(width(&FRAME.repeat(8)) * 5 < width(&FRAME.to_lowercase().repeat(8)) * 4 + 400);
    assert!(width(FRAME) < width(&FRAME.to_lowercase()));
}

/// ISO/IEC 18004 §9.1
#[test]
fn the_quiet_zone_is_white() {
    let picture = Grey::decode(&draw(FRAME).unwrap()).unwrap();
    let zone = 4 * MODULE;
    let inner = zone..picture.width - zone;
    for (place, pixel) in picture.pixels.iter().enumerate() {
        let (x, y) = (place % picture.width, place / picture.width);
        assert!(*pixel == 255 || (inner.contains(&x) && inner.contains(&y)), "{x} {y}");
    }
}

#[test]
fn photographs_are_read() {
    let text = FRAME.repeat(3);
    let png = draw(&text).unwrap();
    for (scale, degrees) in [(0.5, 0.0), (0.8, 4.0), (1.3, 12.0), (2.0, 90.0), (1.1, 180.0)] {
        let photograph = photographed(&png, scale, degrees);
        for colour in [ColorType::Rgb, ColorType::Rgba, ColorType::GrayscaleAlpha] {
            assert_eq!(texts(&file(&photograph, colour)), [text.as_str()], "{scale} {degrees}");
        }
    }
}

/// As it is, the decoder makes nothing of it.
#[test]
fn a_picture_too_large_for_the_decoder_is_halved() {
    let text = FRAME.repeat(12);
    let photograph = photographed(&draw(&text).unwrap(), 4.5, 5.0);
    assert!(photograph.width > MAX_SIDE);
    assert_eq!(texts(&file(&photograph, ColorType::Grayscale)), [text]);
}

#[test]
fn a_picture_that_would_fill_the_memory_is_none() {
    let mut png = draw(FRAME).unwrap();
    // The width and height of the header (PNG §11.2.2); its checksum is made good.
    png[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
    let checksum = crc32(&png[12..29]);
    png[29..33].copy_from_slice(&checksum.to_be_bytes());
    assert!(texts(&png).is_empty());
}

/// ISO 3309, as PNG uses it.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 }
        })
    })
}

#[test]
fn what_is_no_picture_has_no_text() {
    assert!(texts(b"").is_empty());
    assert!(texts(FRAME.as_bytes()).is_empty());
    let png = draw(FRAME).unwrap();
    assert!(texts(&png[..png.len() / 2]).is_empty(), "half a picture");
}

#[test]
fn no_code_is_long_enough() {
    assert_eq!(draw(&"A".repeat(4296)).map(|_| ()), Ok(()));
    assert_eq!(draw(&"A".repeat(4297)).map(|_| ()), Err(Error::CodeTooLong));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn what_is_drawn_is_read(text in "[A-Z0-9:/-]{1,600}") {
        prop_assert_eq!(texts(&draw(&text).unwrap()), [text]);
    }

    /// Whatever is done to a picture, it is read or not.
    #[test]
    fn a_damaged_picture_is_no_harm(damage in prop::collection::vec((0usize..200, 0usize..200), 0..400)) {
        let mut picture = Grey::decode(&draw(FRAME).unwrap()).unwrap();
        for (x, y) in damage {
            let place = (y * picture.width + x) % picture.pixels.len();
            picture.pixels[place] = 255 - picture.pixels[place];
        }
        let _ = texts(&file(&picture, ColorType::Grayscale));
    }
}

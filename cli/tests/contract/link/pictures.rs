use std::path::{Path, PathBuf};

use coffret_cbor::{Encoded, Timestamp};
use coffret_crypto::{Curve, PrivateKey};
use coffret_mdoc::{DeviceRequest, DocRequest, IntentToRetain, ItemsRequest};
use qrcode::{Color, QrCode};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use rxing::common::HybridBinarizer;
use rxing::qrcode::cpp_port::QrReader;
use rxing::{BinaryBitmap, Luma8LuminanceSource, Reader};
use ur::bytewords::{Style, encode};

use super::*;
use crate::program::NOW;

/// The pictures of a folder, in the order of their names.
pub(crate) fn pictures(folder: &Path, side: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let paths = entries.map(|entry| entry.unwrap().path());
    let is_one = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy();
        name.starts_with(side) && name.ends_with(".png")
    };
    let mut pictures: Vec<_> = paths.filter(is_one).collect();
    pictures.sort();
    pictures
}

/// A picture, one byte a pixel, and its width.
fn pixels(path: &Path) -> (Vec<u8>, usize) {
    let mut decoder = png::Decoder::new(BufReader::new(fs::File::open(path).unwrap()));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut pixels).unwrap();
    (pixels, frame.width as usize)
}

/// By a decoder that shares nothing with the program's.
pub(crate) fn second_decoder(path: &Path) -> String {
    let (pixels, width) = pixels(path);
    let height = pixels.len() / width;
    let source = Luma8LuminanceSource::new(pixels, width as u32, height as u32).unwrap();
    let found = QrReader.decode(&mut BinaryBitmap::new(HybridBinarizer::new(source)));
    found.unwrap().getText().to_owned()
}

/// A picture of a picture: larger, turned by some degrees, dark grey on light.
fn photograph(from: &Path, to: &Path) {
    let (picture, side) = pixels(from);
    let (scale, (sin, cos)) = (1.2_f64, 0.07_f64.sin_cos());
    let width = (side as f64 * scale * 1.2) as usize;
    let pixel = |place: usize| {
        let centred = |at: usize| at as f64 + 0.5 - width as f64 / 2.0;
        let (x, y) = (centred(place % width), centred(place / width));
        let back = |at: f64| (at / scale + side as f64 / 2.0).floor();
        let (x, y) = (back(x * cos + y * sin), back(y * cos - x * sin));
        let is_in = |at: f64| at >= 0.0 && at < side as f64;
        let is_dark = is_in(x) && is_in(y) && picture[y as usize * side + x as usize] < 128;
        if is_dark { 50 } else { 220 }
    };
    save(&(0..width * width).map(pixel).collect::<Vec<u8>>(), width, to);
}

/// A square picture, there whole or not at all.
fn save(pixels: &[u8], width: usize, to: &Path) {
    let unseen = to.with_extension("new");
    let mut encoder =
        png::Encoder::new(fs::File::create(&unseen).unwrap(), width as u32, width as u32);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.write_header().unwrap().write_image_data(pixels).unwrap();
    fs::rename(unseen, to).unwrap();
}

/// The code of another reader than ours, whose key is on `curve`: it asks for the card's `sex`.
fn code_of_another(curve: Curve, to: &Path) {
    let key = PrivateKey::generate(curve, &mut ChaCha20Rng::from_seed([9; 32])).public_key();
    let suite = Encoded::array([1u64.into(), Encoded::embedded(&key.to_cose())]);
    let expires = Timestamp::parse(NOW).unwrap().unix() + 60;
    let hello = Encoded::map([(0u64, Encoded::from("1.0")), (1, suite), (2, expires.into())]);
    let items = ItemsRequest::new(CARD, [(CARD, "sex", IntentToRetain::NotRetained)]);
    let request = DeviceRequest::new(vec![DocRequest::unsigned(&items).unwrap()]);
    let parts = [&hello, &request.encoded()].map(Encoded::embedded);
    let body = encode(Encoded::array(parts).as_bytes(), Style::Minimal);
    let code = QrCode::new(format!("UR:X-MDOC-READER/{}", body.to_uppercase())).unwrap();
    let (scale, quiet) = (6, 4);
    let width = (code.width() + 2 * quiet) * scale;
    let pixel = |place: usize| {
        let module = |at: usize| (at / scale).checked_sub(quiet).filter(|at| *at < code.width());
        let at = module(place % width).zip(module(place / width));
        if at.is_some_and(|at| code[at] == Color::Dark) { 0 } else { 255 }
    };
    save(&(0..width * width).map(pixel).collect::<Vec<u8>>(), width, to);
}

/// Until the pictures of a side are all there: they are as many as each says.
fn wait_for(folder: &Path, side: &str) -> Vec<PathBuf> {
    loop {
        let found = pictures(folder, side);
        let Some(first) = found.first() else {
            thread::yield_now();
            continue;
        };
        // `…/1-9/…`: 9 fragments, each and as many again; a message of one has no numbers.
        let text = second_decoder(first);
        let place = text.split('/').nth(1).unwrap();
        let fragments = place.split_once('-').and_then(|(_, of)| of.parse::<usize>().ok());
        if found.len() == fragments.map_or(1, |fragments| 2 * fragments) {
            return found;
        }
    }
}

/// The code of a reader that was killed, in `pictures`: one that ends takes it away.
pub(crate) fn left(folder: &Folder, more: &[&str]) -> Vec<PathBuf> {
    let place = folder.path("pictures");
    for picture in pictures(&place, "reader-") {
        fs::remove_file(picture).unwrap();
    }
    let mut reader = folder.spawn(&read(&[&["--link", "qr:pictures"], more].concat()), &[]);
    let code = wait_for(&place, "reader-");
    reader.kill().unwrap();
    reader.wait().unwrap();
    code
}

#[test]
fn a_reader_and_a_wallet_meet_by_pictures() {
    let folder = equipped();
    let read = read(&["--purpose", "age-18", "--reader-pki", "pki", "--link", "qr:pictures"]);
    let present = present(&["--link", "qr:pictures", "--approve", "required"]);
    let reader = folder.spawn(&read, &[]);
    for path in wait_for(&folder.path("pictures"), "reader-") {
        assert!(second_decoder(&path).starts_with("UR:X-MDOC-READER/"), "{path:?}");
    }
    let wallet = folder.spawn(&present, &[]);
    let (wallet, reader) = (Ran::of(wallet).ends(0), Ran::of(reader).ends(0));
    assert_eq!(wallet.json()["sent"], true);
    assert_eq!(shown(&wallet.json()), ["age_over_18", "portrait"]);
    assert_eq!(reader.json()["valid"], true);
    assert_eq!(elements(&reader.json()["documents"])[ISO]["age_over_18"], true);

    let folder = folder.path("pictures");
    assert!(pictures(&folder, "reader-").is_empty(), "nobody reads another answer");
    let answers: Vec<_> =
        pictures(&folder, "wallet-").iter().map(|path| second_decoder(path)).collect();
    assert!(answers.len() > 4);
    let (kind, _) = answers[0].rsplit_once('/').unwrap().0.rsplit_once('/').unwrap();
    assert!(kind.starts_with("UR:X-MDOC-") && kind.len() == "UR:X-MDOC-".len() + 16, "{kind}");
    assert!(answers.iter().all(|text| text.starts_with(kind)));
    let strangers = fs::read_dir(&folder)
        .unwrap()
        .filter(|entry| !entry.as_ref().unwrap().file_name().to_string_lossy().ends_with(".png"));
    assert_eq!(strangers.count(), 0, "nothing but pictures is left");
}

/// As two people would: photographs, the last first. One that cannot be read does no harm.
#[test]
fn photographs_will_do_in_any_order() {
    let folder = equipped();
    let read = read(&["--purpose", "age-18", "--reader-pki", "pki", "--link", "qr:desk"]);
    let present = present(&["--link", "qr:phone", "--approve", "required"]);
    let (reader, wallet) = (folder.spawn(&read, &[]), folder.spawn(&present, &[]));
    let (desk, phone) = (folder.path("desk"), folder.path("phone"));
    fs::create_dir_all(&phone).unwrap();
    for path in wait_for(&desk, "reader-") {
        photograph(&path, &phone.join(path.file_name().unwrap()));
    }
    let answers = wait_for(&phone, "wallet-");
    for path in answers.iter().rev() {
        photograph(path, &desk.join(path.file_name().unwrap()));
    }
    Ran::of(wallet).ends(0);
    assert_eq!(Ran::of(reader).ends(0).json()["valid"], true);
}

#[test]
fn a_mac_needs_keys_on_one_curve() {
    let folder = equipped();
    fs::create_dir_all(folder.path("pictures")).unwrap();
    code_of_another(Curve::P384, &folder.path("pictures/reader-0001.png"));
    let approve = ["--link", "qr:pictures", "--wait", "0", "--approve", "all"];
    let mac = present(&[&approve[..], &["--device-auth", "mac"]].concat());
    let ran = folder.run(&mac).ends(1);
    assert_eq!(
        (ran.codes(), &ran.json()["sent"]),
        (vec!["mac-not-possible".to_owned()], &false.into())
    );
    let ran = folder.run(&present(&approve)).ends(0);
    assert_eq!(shown(&ran.json()), ["sex"], "a signature is none of the reader's key");
}

#[test]
fn nobody_at_the_other_end() {
    let folder = equipped();
    let silent = ["--link", "qr:pictures", "--wait", "0"];
    let ran = folder.run(&read(&[&silent[..], &["--purpose", "age-18"]].concat())).ends(1);
    assert_eq!(ran.codes(), ["link-silent"]);
    assert_eq!((&ran.json()["valid"], &ran.json()["documents"]), (&json!(false), &json!([])));
    assert!(pictures(&folder.path("pictures"), "reader-").is_empty(), "nor will anybody answer");
    let approve = ["--approve", "all"];
    assert_eq!(
        folder.run(&present(&[&silent[..], &approve].concat())).ends(1).codes(),
        ["link-silent"]
    );
    left(&folder, &["--purpose", "age-18"]);
    let late = [&silent[..], &approve, &["--now", "2026-11-22T12:04:00Z"]].concat();
    assert_eq!(folder.run(&present(&late)).ends(1).codes(), ["link-silent"], "it has expired");
    let elsewhere = ["--link", "qr:elsewhere", "--wait", "0", "--approve", "all"];
    assert_eq!(folder.run(&present(&elsewhere)).ends(1).codes(), ["link-silent"]);
}

/// As Ctrl-C, the system and a closed window do, some of them twice at once.
#[test]
#[cfg(unix)]
fn a_reader_that_is_stopped_takes_its_code_away() {
    for signal in ["INT", "TERM", "HUP"] {
        let folder = Folder::new();
        let read = ["--json", "read", "--purpose", "age-18", "--link", "qr:pictures"];
        let reader = folder.spawn(&read, &[]);
        assert!(!wait_for(&folder.path("pictures"), "reader-").is_empty());
        crate::program::signal(&reader, signal);
        crate::program::signal(&reader, signal);
        assert_eq!(Ran::of(reader).ends(130).codes(), ["interrupted"], "{signal}");
        assert!(pictures(&folder.path("pictures"), "reader-").is_empty(), "{signal}");
    }
}

#[test]
fn pictures_of_something_else_are_passed_over() {
    let folder = equipped();
    let silent = ["--link", "qr:pictures", "--wait", "0"];
    let pictures_of = folder.path("pictures");
    // An earlier answer, a text, and nothing at all.
    let code = left(&folder, &["--purpose", "age-18"]).remove(0);
    fs::copy(&code, pictures_of.join("wallet-0001.png")).unwrap();
    fs::write(pictures_of.join("wallet-0002.png"), b"no picture").unwrap();
    fs::write(pictures_of.join("wallet-0003.png"), b"").unwrap();
    let ran = folder.run(&read(&[&silent[..], &["--purpose", "age-18"]].concat())).ends(1);
    assert_eq!(ran.codes(), ["link-silent"]);
}

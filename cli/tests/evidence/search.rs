//! Where a value stands in bytes, in any of the forms in which software writes values.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD, Encoding, HEXLOWER, HEXUPPER};

/// Values of fewer bytes stand everywhere by chance.
const SHORTEST: usize = 5;
/// What is enough of a picture to know it.
const LONGEST: usize = 48;
const PREFIX: usize = 4;

/// What is looked for, by the first bytes of each of its forms.
#[derive(Default)]
pub(crate) struct Search {
    forms: HashMap<[u8; PREFIX], Vec<Form>>,
}

struct Form {
    bytes: Vec<u8>,
    of: String,
}

impl Search {
    /// Looks for a text in each of its forms, unless it is too short for any to be its own.
    pub(crate) fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes(), text);
        if text.len() >= SHORTEST {
            let utf_16: Vec<u16> = text.encode_utf16().collect();
            self.form(utf_16.iter().flat_map(|unit| unit.to_le_bytes()).collect(), text);
            self.form(utf_16.iter().flat_map(|unit| unit.to_be_bytes()).collect(), text);
        }
    }

    /// Looks for bytes: as they are (so also in CBOR), in decimal as Rust prints them, in
    /// hexadecimal, in base64.
    pub(crate) fn bytes(&mut self, bytes: &[u8], of: &str) {
        let middle = bytes.len().saturating_sub(LONGEST) / 2;
        let bytes = &bytes[middle..bytes.len().min(middle + LONGEST)];
        if bytes.len() < SHORTEST {
            return;
        }
        self.form(bytes.to_vec(), of);
        self.form(format!("{bytes:?}").trim_matches(['[', ']']).into(), of);
        for hex in [HEXLOWER, HEXUPPER] {
            self.form(hex.encode(bytes).into_bytes(), of);
        }
        for base64 in [BASE64_NOPAD, BASE64URL_NOPAD] {
            for before in 0..3 {
                self.form(within(&base64, bytes, before), of);
            }
        }
    }

    fn form(&mut self, bytes: Vec<u8>, of: &str) {
        let prefix = *bytes.first_chunk().unwrap();
        let forms = self.forms.entry(prefix).or_default();
        if forms.iter().all(|form| form.bytes != bytes) {
            forms.push(Form { bytes, of: of.to_owned() });
        }
    }

    /// What stands in the bytes.
    pub(crate) fn found_in(&self, bytes: &[u8]) -> Vec<&str> {
        let mut found: Vec<&str> = (0..bytes.len())
            .filter_map(|at| Some((at, self.forms.get(bytes[at..].first_chunk()?)?)))
            .flat_map(|(at, forms)| {
                forms.iter().filter(move |form| bytes[at..].starts_with(&form.bytes))
            })
            .map(|form| form.of.as_str())
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// What base64 makes of the bytes behind some others, without the characters that they share.
fn within(base64: &Encoding, bytes: &[u8], before: usize) -> Vec<u8> {
    let padded = [&[0][..].repeat(before), bytes].concat();
    let shared = [0, 2, 3][before];
    let whole = padded.len() * 8 / 6;
    base64.encode(&padded).into_bytes()[shared..whole].to_vec()
}

/// Every file of a folder, and of its folders.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn a_value_is_found_in_each_of_its_forms() {
    let value = "Marie-Ève Tremblay";
    let mut search = Search::default();
    search.text(value);
    let noise: Vec<u8> = (0..=255).rev().collect();
    let utf_16 = |of: fn(u16) -> [u8; 2]| value.encode_utf16().flat_map(of).collect::<Vec<u8>>();
    let mut forms = vec![
        value.as_bytes().to_vec(),
        utf_16(u16::to_le_bytes),
        utf_16(u16::to_be_bytes),
        coffret_cbor::Encoded::from(value).into_bytes(),
        format!("{:?}", format!("à {value}").as_bytes()).into_bytes(),
        HEXLOWER.encode(value.as_bytes()).into_bytes(),
        HEXUPPER.encode(value.as_bytes()).into_bytes(),
    ];
    for before in ["", "à", "a", "ab"] {
        let sentence = format!("{before}{value}, SPÉCIMEN");
        forms.push(BASE64URL_NOPAD.encode(sentence.as_bytes()).into_bytes());
        forms.push(BASE64_NOPAD.encode(sentence.as_bytes()).into_bytes());
    }
    for form in forms {
        let hidden = [&noise[..], &form, &noise].concat();
        assert_eq!(search.found_in(&hidden), [value], "{form:?}");
    }
    assert!(search.found_in(&noise).is_empty());
}

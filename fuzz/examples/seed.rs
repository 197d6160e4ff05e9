//! Fills `corpus/<target>/` from the vectors of the project and those beside it: every string of a
//! JSON file that is hex, base64url, PEM or the text of a QR code, every other file, and the parts of
//! what is CBOR; and every object of a JSON file, for the command line's JSON form.
//!
//! Every target gets all of it; libFuzzer keeps what leads somewhere new.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use coffret_cbor::{Item, Kind};
use data_encoding::{BASE64_MIME_PERMISSIVE, BASE64URL_NOPAD, HEXLOWER_PERMISSIVE};
use serde_json::Value;

/// Longer inputs only slow the fuzzer down.
const LONGEST: usize = 16 << 10;

fn main() -> io::Result<()> {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut seeds = Seeds::default();
    for folder in ["../test-vectors", "../cli/examples", "../bindings/web/tests"].map(|folder| fuzz.join(folder)) {
        seeds.folder(&folder)?;
    }
    for folder in coffret_published::path("") {
        seeds.folder(&folder)?;
    }
    for target in fs::read_dir(fuzz.join("fuzz_targets"))? {
        let target = target?.path().with_extension("");
        let corpus = fuzz.join("corpus").join(target.file_name().unwrap_or_default());
        fs::create_dir_all(&corpus)?;
        for (number, seed) in seeds.0.iter().enumerate() {
            fs::write(corpus.join(format!("seed-{number:05}")), seed)?;
        }
        println!("{}: {} seeds", corpus.display(), seeds.0.len());
    }
    Ok(())
}

#[derive(Default)]
struct Seeds(BTreeSet<Vec<u8>>);

impl Seeds {
    fn folder(&mut self, folder: &Path) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                self.folder(&path)?;
                continue;
            }
            let content = fs::read(&path)?;
            match serde_json::from_slice(&content) {
                Ok(json) => self.json(&json),
                Err(_) => self.text(&String::from_utf8_lossy(&content)),
            }
            self.add(&content);
        }
        Ok(())
    }

    fn json(&mut self, json: &Value) {
        match json {
            Value::String(text) => self.text(text),
            Value::Array(items) => items.iter().for_each(|item| self.json(item)),
            Value::Object(members) => {
                self.add(json.to_string().as_bytes());
                members.values().for_each(|member| self.json(member));
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Ok(bytes) = HEXLOWER_PERMISSIVE.decode(text.as_bytes()) {
            self.cbor(&bytes);
        } else if let Ok(bytes) = BASE64URL_NOPAD.decode(text.as_bytes()) {
            self.cbor(&bytes);
        }
        if ["mdoc:", "ur:", "UR:"].iter().any(|scheme| text.starts_with(scheme)) {
            self.add(text.as_bytes());
        }
        for pem in text.split("-----BEGIN ").skip(1) {
            let body = pem.split("-----").nth(1).unwrap_or_default();
            if let Ok(der) = BASE64_MIME_PERMISSIVE.decode(body.trim().as_bytes()) {
                self.add(&der);
            }
        }
    }

    /// The bytes, and if they are CBOR whatever has structure inside.
    fn cbor(&mut self, bytes: &[u8]) {
        self.add(bytes);
        if let Ok(item) = Item::parse(bytes) {
            self.parts(item);
        }
    }

    fn parts(&mut self, item: Item<'_>) {
        match item.kind() {
            Kind::Array => item.array().into_iter().flatten().for_each(|item| self.part(item)),
            Kind::Map => item.map().into_iter().flatten().for_each(|(_, value)| self.part(value)),
            Kind::Tag => item.tag().into_iter().for_each(|(_, inner)| self.part(inner)),
            Kind::Bytes => item.byte_string().into_iter().for_each(|inner| self.cbor(&inner)),
            _ => {}
        }
    }

    fn part(&mut self, item: Item<'_>) {
        if !matches!(item.kind(), Kind::Unsigned | Kind::Negative | Kind::Bool | Kind::Null) {
            self.add(item.bytes());
        }
        self.parts(item);
    }

    fn add(&mut self, bytes: &[u8]) {
        if !bytes.is_empty() && bytes.len() <= LONGEST {
            self.0.insert(bytes.to_vec());
        }
    }
}

//! The program, a folder to run it in, and what it says.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use coffret_cbor::{Encoded, Item, Value as Cbor};
use coffret_crypto::{Curve, PrivateKey, SoftwareKeys};
use coffret_mdoc::{
    Approved, DeviceAuthMethod, DeviceResponse, ElementName, Handover, IssuerSigned,
    SessionTranscript, Unauthenticated,
};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::{Value as Json, json};

pub(crate) const NOW: &str = "2026-11-22T12:00:00Z";
pub(crate) const CARD: &str = "ca.qc.gouv.ramq.cam.1";

/// Sends it a signal, `INT` say.
#[cfg(unix)]
pub(crate) fn signal(child: &Child, signal: &str) {
    let sent = Command::new("kill").args(["-s", signal, &child.id().to_string()]).status();
    assert!(sent.unwrap().success());
}

/// A folder of its own, removed at the end.
pub(crate) struct Folder(PathBuf);

/// What the program did.
pub(crate) struct Ran {
    pub(crate) exit: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    /// Once it has ended.
    pub(crate) fn of(child: Child) -> Ran {
        let output = child.wait_with_output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ran {
            exit: output.status.code().unwrap(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }

    /// The one object on standard output.
    pub(crate) fn json(&self) -> Json {
        let json: Json = serde_json::from_str(&self.stdout)
            .unwrap_or_else(|_| panic!("not one JSON object: {}", self.stdout));
        assert!(json.is_object());
        json
    }

    /// The codes of the reasons at the top.
    pub(crate) fn codes(&self) -> Vec<String> {
        codes(&self.json()["errors"])
    }

    #[track_caller]
    pub(crate) fn ends(self, exit: i32) -> Ran {
        assert_eq!(self.exit, exit, "{}\n{}", self.stdout, self.stderr);
        self
    }
}

pub(crate) fn codes(reasons: &Json) -> Vec<String> {
    let reasons = reasons.as_array().unwrap();
    for reason in reasons {
        for member in ["code", "number", "clause", "message"] {
            assert!(reason[member].as_str().is_some_and(|text| !text.is_empty()), "{reason}");
        }
    }
    reasons.iter().map(|reason| reason["code"].as_str().unwrap().to_owned()).collect()
}

impl Folder {
    pub(crate) fn new() -> Folder {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("contract-{}-{count}", std::process::id());
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    /// A folder with a PKI in `pki`.
    pub(crate) fn with_pki() -> Folder {
        let folder = Folder::new();
        folder.run(&["pki", "pki"]).ends(0);
        folder
    }

    /// Another with the same in it.
    pub(crate) fn copy(&self) -> Folder {
        let folder = Folder::new();
        copy(&self.0, &folder.0);
        folder
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        fs::write(self.path(name), content).unwrap();
        name.to_owned()
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    pub(crate) fn text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).unwrap()
    }

    /// For people, in English, at [`NOW`] unless the arguments say otherwise.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, &[], b"")
    }

    /// For programs.
    pub(crate) fn json(&self, arguments: &[&str]) -> Ran {
        self.run(&[&["--json"], arguments].concat())
    }

    pub(crate) fn run_with(
        &self,
        arguments: &[&str],
        variables: &[(&str, &str)],
        input: &[u8],
    ) -> Ran {
        let mut child = self.spawn(arguments, variables);
        // The program may end without reading.
        let _ = child.stdin.take().unwrap().write_all(input);
        Ran::of(child)
    }

    /// The program as it runs, all its streams in pipes.
    pub(crate) fn spawn(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Child {
        let mut command = Command::new(env!("CARGO_BIN_EXE_coffret"));
        command.args(arguments).current_dir(&self.0).envs(variables.iter().copied());
        if variables.is_empty() {
            command.env("LC_ALL", "en_CA.UTF-8");
        }
        if !arguments.contains(&"--now") {
            command.args(["--now", NOW]);
        }
        let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        pipes.spawn().unwrap()
    }

    /// Device keys, their public halves in `keys.json`.
    pub(crate) fn device_keys(&self, count: usize) -> Vec<PrivateKey> {
        let mut rng = ChaCha20Rng::from_seed([3; 32]);
        let keys: Vec<_> =
            (0..count).map(|_| PrivateKey::generate(Curve::P256, &mut rng)).collect();
        let public = keys.iter().map(|key| key.public_key().to_jwk()).collect::<Json>();
        self.write("keys.json", json!({"keys": public}).to_string());
        keys
    }

    /// `issue` of a health card for the keys in `keys.json`, with more arguments. An earlier one is
    /// removed.
    pub(crate) fn issue(&self, data: &Json, more: &[&str]) -> Ran {
        self.write("data.json", data.to_string());
        let _ = fs::remove_file(self.path("card.cbor"));
        let arguments = ["issue", "--type", CARD, "--data", "data.json", "--pki", "pki"];
        let files = ["--keys", "keys.json", "--out", "card.cbor"];
        self.json(&[&arguments, &files[..], more].concat())
    }

    /// A credential for one key, and the key.
    pub(crate) fn credential(&self) -> (IssuerSigned, PrivateKey) {
        let key = self.device_keys(1).remove(0);
        self.issue(&card(), &[]).ends(0);
        let bytes = self.read("card.cbor");
        let credential = Item::parse(&bytes).unwrap().map().unwrap();
        let issuer_signed = credential.require("issuerSigned").unwrap();
        (IssuerSigned::parse(issuer_signed.bytes()).unwrap(), key)
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A revocation list in PEM.
pub(crate) fn list_pem(der: &[u8]) -> String {
    let base64 = data_encoding::BASE64.encode(der);
    format!("-----BEGIN X509 CRL-----\n{base64}\n-----END X509 CRL-----\n")
}

/// A health card as a person writes it.
pub(crate) fn card() -> Json {
    json!({CARD: {
        "health_insurance_number": "TREM04121925",
        "family_name_birth": "Tremblay",
        "given_name": "Émilie",
        "birth_date": "2004-12-19",
        "sex": 2,
        "expiry_date": "2030-12-31",
        "issuing_authority": "RAMQ",
        "issuing_country": "CA",
        "issuing_jurisdiction": "CA-QC",
    }})
}

/// The same with one element changed.
pub(crate) fn card_with(id: &str, value: Json) -> Json {
    let mut card = card();
    card[CARD][id] = value;
    card
}

/// A session with a reader: its ephemeral key, the transcript.
pub(crate) struct Session {
    pub(crate) reader_key: PrivateKey,
    pub(crate) transcript: SessionTranscript,
    rng: ChaCha20Rng,
}

impl Session {
    pub(crate) fn new() -> Session {
        let mut rng = ChaCha20Rng::from_seed([5; 32]);
        let reader_key = PrivateKey::generate(Curve::P256, &mut rng);
        let key = Some(Encoded::embedded(&reader_key.public_key().to_cose()));
        let transcript = SessionTranscript::new(None, key, &Handover::Qr).unwrap();
        Session { reader_key, transcript, rng }
    }

    /// The reader's key in `reader.jwk`, `SessionTranscriptBytes` in `transcript`.
    pub(crate) fn save(&self, folder: &Folder) {
        folder.write("reader.jwk", self.reader_key.to_jwk());
        folder.write("transcript", self.transcript.tagged().as_bytes());
    }

    /// A response with the card's name and nothing else.
    pub(crate) fn present(
        &mut self,
        (issued, key): (IssuerSigned, PrivateKey),
        method: DeviceAuthMethod,
    ) -> Vec<u8> {
        let approved = Approved {
            elements: vec![ElementName::new(CARD, "given_name")],
            ..Approved::default()
        };
        let document = Unauthenticated::new(&issued, &approved, &self.transcript, method).unwrap();
        let mut keys = SoftwareKeys::default();
        let name = keys.insert(key, &mut self.rng);
        let outcome = keys.execute(&document.task(name), &mut self.rng);
        let document = document.authenticate(outcome).unwrap();
        DeviceResponse::new(vec![document]).encoded().into_bytes()
    }
}

/// A message with a part of it changed.
pub(crate) fn edited(bytes: &[u8], edit: impl FnOnce(&mut Vec<(Cbor, Cbor)>)) -> Vec<u8> {
    let Cbor::Map(mut pairs) = Item::parse(bytes).unwrap().value() else { panic!("no map") };
    edit(&mut pairs);
    Encoded::from(&Cbor::Map(pairs)).into_bytes()
}

/// The member of a map.
pub(crate) fn member<'v>(pairs: &'v mut [(Cbor, Cbor)], key: &str) -> &'v mut Cbor {
    let pair = pairs.iter_mut().find(|(name, _)| *name == key.into());
    &mut pair.unwrap().1
}

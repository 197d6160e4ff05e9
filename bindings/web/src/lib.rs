//! The reader for the browser: `coffret-reader` as it is, through `wasm-bindgen`.
//!
//! A page makes a [`Reader`], has it ask, shows the code, gives it what the camera sees, and draws the
//! outcome. Requests, sessions, verification and words are here; the camera, the screen and the reader's
//! private key, which signs elsewhere, are the page's. There is no store and no network, and nothing
//! is remembered of a person once a [`Reading`] is freed.
//!
//! What the page gets is declared in `web.d.ts` beside this file: words in both languages, times in
//! milliseconds since 1970. What is thrown is a `Reason`.

mod bitmap;
mod brought;
mod reading;
mod shown;
#[cfg(feature = "testing")]
mod testing;
mod words;

use coffret_crypto::{Algorithm, KeyRef};
use coffret_mdoc::{IntentToRetain, ItemsRequest};
use coffret_reader::{self as reader, Ask, ReaderIdentity};
use coffret_trust::{Certificate, Grant, Purpose, SPECIMEN_ROOT, Trust};
use getrandom::SysRng;
use js_sys::Uint8Array;
use qrcode::{Color, EcLevel, QrCode};
use rand_core::UnwrapErr;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

pub use crate::bitmap::MOST_MEMORY;
pub use crate::brought::{authorities, revocation_lists};
pub use crate::reading::Reading;
#[cfg(feature = "testing")]
pub use crate::testing::judge_vector;
use crate::words::{Reason, millis, timestamp};

#[wasm_bindgen(typescript_custom_section)]
const DECLARATIONS: &str = include_str!("web.d.ts");

#[wasm_bindgen]
extern "C" {
    /// What `web.d.ts` calls so.
    #[wasm_bindgen(typescript_type = "Purpose[]")]
    pub type Purposes;
    /// What `web.d.ts` calls so.
    #[wasm_bindgen(typescript_type = "DocumentType[]")]
    pub type DocumentTypes;
    /// What `web.d.ts` calls so.
    #[wasm_bindgen(typescript_type = "Authorities")]
    pub type Authorities;
    /// What `web.d.ts` calls so.
    #[wasm_bindgen(typescript_type = "RevocationLists")]
    pub type RevocationLists;
    /// What `web.d.ts` calls so.
    #[wasm_bindgen(typescript_type = "TrustedAuthorities[]")]
    pub type TrustedAuthorities;
    /// What `web.d.ts` calls so.
    #[wasm_bindgen(typescript_type = "Identity")]
    pub type Identity;
    /// What `web.d.ts` calls so.
    #[wasm_bindgen(typescript_type = "Code")]
    pub type Code;
    /// What `web.d.ts` calls so.
    #[wasm_bindgen(typescript_type = "AskedElement[]")]
    pub type AskedElements;
    /// What `web.d.ts` calls so.
    #[wasm_bindgen(typescript_type = "Effect[]")]
    pub type Effects;
}

/// The system's randomness. Without it nothing can be done.
pub(crate) fn randomness() -> UnwrapErr<SysRng> {
    UnwrapErr(SysRng)
}

/// A value as the page gets it: objects, `null`, `Uint8Array`.
pub(crate) fn given<T: JsCast>(value: &impl Serialize) -> Result<T, JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::new().serialize_missing_as_null(true);
    Ok(value.serialize(&serializer)?.unchecked_into())
}

/// What is thrown.
pub(crate) fn thrown(reason: impl Into<Reason>) -> JsValue {
    given(&reason.into()).unwrap_or_else(|error| error)
}

/// Every purpose, in the order offered.
///
/// # Errors
/// None.
#[wasm_bindgen]
pub fn purposes() -> Result<Purposes, JsValue> {
    given(&words::purposes())
}

/// What a free request can ask for.
///
/// # Errors
/// None.
#[wasm_bindgen]
pub fn document_types() -> Result<DocumentTypes, JsValue> {
    given(&words::document_types())
}

/// Looks at a reader's certificate, in DER or the first of a PEM file, before it is used.
///
/// # Errors
/// What is wrong with it.
#[wasm_bindgen]
pub fn identity(file: &[u8]) -> Result<Identity, JsValue> {
    #[derive(Serialize)]
    struct Shown {
        pem: String,
        name: String,
        from: f64,
        until: f64,
        curve: &'static str,
        #[serde(with = "serde_bytes")]
        spki: Vec<u8>,
    }
    let certificate = first_certificate(file).map_err(thrown)?;
    let key = certificate.public_key().map_err(thrown)?;
    let algorithm = key.curve().algorithm().map_err(thrown)?;
    given(&Shown {
        pem: certificate.to_pem().map_err(thrown)?,
        name: certificate.common_name().map_or_else(|| certificate.subject(), str::to_owned),
        from: millis(certificate.not_before()),
        until: millis(certificate.not_after()),
        curve: match algorithm {
            Algorithm::Es256 => "P-256",
            Algorithm::Es384 => "P-384",
            Algorithm::Es512 => "P-521",
            Algorithm::EdDsa => "Ed25519",
        },
        spki: key.to_spki(),
    })
}

/// The modules of the QR code of a frame, row by row, 1 for dark, without the quiet zone.
///
/// # Errors
/// The frame is too long for any code.
#[wasm_bindgen]
pub fn code(frame: &str) -> Result<Code, JsValue> {
    #[derive(Serialize)]
    struct Drawn {
        width: usize,
        #[serde(with = "serde_bytes")]
        modules: Vec<u8>,
    }
    // Lost frames are made up for by others, not within one (QR link §4).
    let code = QrCode::with_error_correction_level(frame, EcLevel::L)
        .map_err(|_| thrown(coffret_proximity::Error::MessageSize))?;
    let width = code.width();
    let modules = code.into_colors().into_iter().map(|color| u8::from(color == Color::Dark));
    given(&Drawn { width, modules: modules.collect() })
}

/// An image that browsers do not draw, JPEG 2000, as one that they do: BMP. Nothing where it is neither in
/// grey nor in colours, or broken.
#[wasm_bindgen]
pub fn bitmap(jpeg_2000: &[u8]) -> Option<Vec<u8>> {
    bitmap::bmp_of(jpeg_2000)
}

/// Who reads: whom it trusts, and who it says it is.
#[wasm_bindgen]
pub struct Reader(std::rc::Rc<reader::Reader>);

/// Authorities that issue documents, and of which types, where it is not any.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TrustedAuthority {
    pem: String,
    doc_types: Option<Vec<String>>,
}

impl TrustedAuthority {
    fn grant(&self) -> Grant {
        let limited = |types: &Vec<String>| Purpose::Issuer.limited_to(types);
        self.doc_types.as_ref().map_or_else(|| Purpose::Issuer.into(), limited)
    }
}

/// What a free request asks of one element.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AskedElement {
    doc_type: String,
    namespace: String,
    id: String,
    keep: bool,
}

#[wasm_bindgen]
impl Reader {
    /// A reader that trusts these authorities, heeds the revocation lists of these files, and knows
    /// specimens. With a certificate its requests are signed.
    ///
    /// # Errors
    /// What is wrong with a text of which nothing can be used, with a list, or with the certificate.
    #[wasm_bindgen(constructor)]
    pub fn new(
        issuers: TrustedAuthorities,
        lists: Vec<Uint8Array>,
        certificate: Option<String>,
    ) -> Result<Reader, JsValue> {
        let issuers: Vec<TrustedAuthority> = serde_wasm_bindgen::from_value(issuers.into())?;
        let mut trust = Trust::new();
        trust.add_anchors(SPECIMEN_ROOT, Purpose::Specimen).map_err(thrown)?;
        for issuer in &issuers {
            trust.add_anchors(&issuer.pem, issuer.grant()).map_err(thrown)?;
        }
        for list in &lists {
            trust.add_crl(&list.to_vec()).map_err(thrown)?;
        }
        let identity = certificate.map(|pem| {
            let certificate = first_certificate(pem.as_bytes())?;
            Ok::<_, coffret_trust::Error>(ReaderIdentity {
                key: KeyRef::random(&mut randomness()),
                certificate,
            })
        });
        let identity = identity.transpose().map_err(thrown)?;
        Ok(Reader(reader::Reader::new(trust, identity).into()))
    }

    /// Asks what a purpose needs.
    ///
    /// # Errors
    /// There is no such purpose.
    pub fn ask_purpose(&self, id: &str, now: f64) -> Result<Reading, JsValue> {
        self.ask(&Ask::purpose(id).map_err(thrown)?, now)
    }

    /// Asks for these elements, each for its own sake.
    ///
    /// # Errors
    /// No wallet would read the request.
    pub fn ask_elements(&self, elements: AskedElements, now: f64) -> Result<Reading, JsValue> {
        let asked: Vec<AskedElement> = serde_wasm_bindgen::from_value(elements.into())?;
        let mut requests: Vec<(String, Vec<&AskedElement>)> = Vec::new();
        for element in &asked {
            match requests.iter_mut().find(|(doc_type, _)| *doc_type == element.doc_type) {
                Some((_, elements)) => elements.push(element),
                None => requests.push((element.doc_type.clone(), vec![element])),
            }
        }
        let requests = requests.iter().map(|(doc_type, elements)| {
            let elements = elements.iter().map(|element| {
                let intent = match element.keep {
                    true => IntentToRetain::Retained,
                    false => IntentToRetain::NotRetained,
                };
                (element.namespace.as_str(), element.id.as_str(), intent)
            });
            ItemsRequest::new(doc_type, elements)
        });
        self.ask(&Ask::Items(requests.collect()), now)
    }

    fn ask(&self, ask: &Ask, now: f64) -> Result<Reading, JsValue> {
        Reading::start(&self.0, ask, timestamp(now).map_err(thrown)?)
    }
}

fn first_certificate(file: &[u8]) -> Result<Certificate, coffret_trust::Error> {
    let certificates = Certificate::parse_file(file)?;
    certificates.into_iter().next().ok_or(coffret_trust::Error::NoCertificate)
}

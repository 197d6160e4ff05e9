//! Files that an operator brings, looked at before they are kept.

use coffret_crypto::Hash;
use coffret_trust::{Certificate, Crl, Profile, Purpose, Trust};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::words::{Reason, millis};
use crate::{Authorities, RevocationLists, first_certificate, given, thrown};

/// Looks at certificates in PEM, of authorities that issue documents, before they are trusted.
///
/// # Errors
/// None: why certificates cannot be used is in what is returned.
#[wasm_bindgen]
pub fn authorities(pem: &str) -> Result<Authorities, JsValue> {
    #[derive(Serialize)]
    struct Brought {
        anchors: Vec<Brings>,
        unusable: Vec<Reason>,
    }
    #[derive(Serialize)]
    struct Brings {
        id: String,
        pem: String,
        name: Option<String>,
        until: f64,
    }
    let (mut anchors, mut unusable) = (Vec::new(), Vec::new());
    for section in certificates_in(pem) {
        match authority(section) {
            Ok(certificate) => anchors.push(Brings {
                id: digest(certificate.der()),
                pem: format!("{section}\n"),
                name: certificate.common_name().map(str::to_owned),
                until: millis(certificate.not_after()),
            }),
            Err(rule) => unusable.push(rule),
        }
    }
    if anchors.is_empty() && unusable.is_empty() {
        unusable.push(coffret_trust::Error::NoCertificate);
    }
    let unusable = unusable.into_iter().map(Reason::from).collect();
    given(&Brought { anchors, unusable })
}

/// SHA-256, in hexadecimal.
fn digest(bytes: &[u8]) -> String {
    Hash::sha256(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What a file holds beside certificates, such as a key, is left out.
fn certificates_in(pem: &str) -> impl Iterator<Item = &str> {
    let parts = pem.split_inclusive("-----END CERTIFICATE-----");
    parts.filter_map(|part| part.find("-----BEGIN CERTIFICATE-----").map(|begin| &part[begin..]))
}

/// What documents can be verified with. Of a signer's own certificate, the authority is to be added.
fn authority(pem: &str) -> Result<Certificate, coffret_trust::Error> {
    let certificate = first_certificate(pem)?;
    match certificate.profile() {
        Some(Profile::IssuerRoot | Profile::ReaderRoot) => {
            Trust::new().add_anchor(certificate.clone(), Purpose::Issuer)?;
            Ok(certificate)
        }
        _ => Err(coffret_trust::Error::NotAuthority),
    }
}

/// Looks at a file of revocation lists, in DER or PEM, before they are heeded.
///
/// # Errors
/// Why it cannot be used.
#[wasm_bindgen]
pub fn revocation_lists(file: &[u8]) -> Result<RevocationLists, JsValue> {
    #[derive(Serialize)]
    struct Brought {
        id: String,
        lists: Vec<List>,
    }
    #[derive(Serialize)]
    struct List {
        issuer: Option<String>,
        issued: f64,
        until: Option<f64>,
    }
    let lists = Crl::parse_file(file).map_err(thrown)?.into_iter().map(|list| List {
        issuer: list.issuer_common_name(),
        issued: millis(list.this_update()),
        until: list.next_update().map(millis),
    });
    given(&Brought { id: digest(file), lists: lists.collect() })
}

//! Files that an operator brings, looked at before they are kept.

use coffret_crypto::Hash;
use coffret_trust::{Certificate, Crl, Error, Filed, Profile, Purpose, Trust};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::words::{Reason, millis};
use crate::{Authorities, RevocationLists, given, thrown};

/// Looks at a file of authorities that issue documents, in DER or PEM, before they are trusted, and at
/// the revocation lists in it. What else it holds, such as a key, is left out.
///
/// # Errors
/// Why a revocation list cannot be used. Why certificates cannot be is in what is returned; where none
/// can, the lists are not looked at.
#[wasm_bindgen]
pub fn authorities(file: &[u8]) -> Result<Authorities, JsValue> {
    #[derive(Serialize)]
    struct Brought {
        anchors: Vec<Brings>,
        unusable: Vec<Reason>,
        lists: Option<Lists>,
    }
    #[derive(Serialize)]
    struct Brings {
        id: String,
        pem: String,
        name: Option<String>,
        until: f64,
    }
    let (mut anchors, mut unusable, mut has_lists) = (Vec::new(), Vec::new(), false);
    for thing in Filed::read(file) {
        let Filed::Certificate(certificate) = thing else {
            has_lists = true;
            continue;
        };
        match certificate.and_then(authority) {
            Ok(certificate) => anchors.push(Brings {
                id: digest(certificate.der()),
                pem: certificate.to_pem().map_err(thrown)?,
                name: certificate.common_name().map(str::to_owned),
                until: millis(certificate.not_after()),
            }),
            Err(rule) => unusable.push(rule),
        }
    }
    if anchors.is_empty() && unusable.is_empty() {
        unusable.push(Error::NoCertificate);
    }
    let lists = (has_lists && !anchors.is_empty()).then(|| Lists::of(file).map_err(thrown));
    let unusable = unusable.into_iter().map(Reason::from).collect();
    given(&Brought { anchors, unusable, lists: lists.transpose()? })
}

/// SHA-256, in hexadecimal.
fn digest(bytes: &[u8]) -> String {
    Hash::sha256(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What documents can be verified with. Of a signer's own certificate, the authority is to be added.
fn authority(certificate: Certificate) -> Result<Certificate, Error> {
    match certificate.profile() {
        Some(Profile::IssuerRoot | Profile::ReaderRoot) => {
            Trust::new().add_anchor(certificate.clone(), Purpose::Issuer)?;
            Ok(certificate)
        }
        _ => Err(Error::NotAuthority),
    }
}

/// Looks at the revocation lists of a file, in DER or PEM, before they are heeded. What else it holds is
/// left out.
///
/// # Errors
/// Why they cannot be used.
#[wasm_bindgen]
pub fn revocation_lists(file: &[u8]) -> Result<RevocationLists, JsValue> {
    given(&Lists::of(file).map_err(thrown)?)
}

#[derive(Serialize)]
struct Lists {
    id: String,
    #[serde(with = "serde_bytes")]
    file: Vec<u8>,
    lists: Vec<List>,
}

#[derive(Serialize)]
struct List {
    issuer: Option<String>,
    issued: f64,
    until: Option<f64>,
}

impl Lists {
    fn of(file: &[u8]) -> Result<Lists, Error> {
        let lists = Crl::parse_file(file)?;
        let alone = lists.iter().map(Crl::to_pem).collect::<Result<String, _>>()?.into_bytes();
        let shown = lists.iter().map(|list| List {
            issuer: list.issuer_common_name(),
            issued: millis(list.this_update()),
            until: list.next_update().map(millis),
        });
        Ok(Lists { id: digest(&alone), lists: shown.collect(), file: alone })
    }
}

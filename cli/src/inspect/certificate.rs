//! A certificate, and the rules of ISO 18013-5 Annex B that it does not follow.

use coffret_trust::{Certificate, Error, Profile};
use data_encoding::HEXLOWER;

use super::{CURVE, Fact, Findings, curve};
use crate::Context;
use crate::error::{About, Reason};

const SUBJECT: Fact = Fact::new("subject", "Titulaire", "Subject");
pub(super) const ISSUER: Fact = Fact::new("issuer", "Émetteur", "Issuer");
const SERIAL: Fact = Fact::new("serial", "Numéro de série", "Serial number");
const NOT_BEFORE: Fact = Fact::new("notBefore", "Valide du", "Valid from");
const NOT_AFTER: Fact = Fact::new("notAfter", "Valide au", "Valid until");
const PROFILE: Fact = Fact::new("profile", "Profil", "Profile");
const EXTENSIONS: Fact = Fact::new("extensions", "Extensions", "Extensions");

pub(super) fn findings(certificate: &Certificate, context: Context) -> Findings {
    let extensions: Vec<_> = certificate
        .extensions()
        .map(|extension| match extension.critical {
            true => format!("{} (critical)", extension.oid),
            false => extension.oid,
        })
        .collect();
    let findings = Findings::new("certificate", "RFC 5280")
        .fact(SUBJECT, certificate.subject())
        .fact(ISSUER, certificate.issuer())
        .fact(SERIAL, HEXLOWER.encode(certificate.serial()))
        .fact(NOT_BEFORE, certificate.not_before().to_string())
        .fact(NOT_AFTER, certificate.not_after().to_string())
        .fact(EXTENSIONS, extensions.join(", "));
    let findings = match certificate.profile() {
        Some(profile) => findings.fact(PROFILE, name(profile)),
        None => findings,
    };
    let key = certificate.public_key();
    let findings = match key {
        Ok(key) => findings.fact(CURVE, curve(key)),
        Err(_) => findings,
    };
    let mut warnings: Vec<Error> = key.err().into_iter().collect();
    warnings.extend((context.now < certificate.not_before()).then_some(Error::NotYetValid));
    warnings.extend((context.now > certificate.not_after()).then_some(Error::Expired));
    let profile = certificate.profile();
    warnings.extend(profile.into_iter().flat_map(|profile| certificate.deviations(profile)));
    let warnings = warnings.iter().map(|rule| Reason::new(rule.code(), About::Whole)).collect();
    Findings { warnings, ..findings }
}

fn name(profile: Profile) -> &'static str {
    match profile {
        Profile::IssuerRoot => "IACA root, ISO 18013-5 §B.1.2",
        Profile::DocumentSigner => "document signer, ISO 18013-5 §B.1.4",
        Profile::ReaderRoot => "reader root, ISO 18013-5 §B.1.6",
        Profile::Reader => "reader, ISO 18013-5 §B.1.7",
    }
}

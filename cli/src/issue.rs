//! `coffret issue`: data and device keys become credentials.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use coffret_catalogue::{Label, show_date};
use coffret_cbor::{Encoded, Value};
use coffret_crypto::{Algorithm, PublicKey};
use coffret_holder::{Reuse, check_issuance};
use coffret_issuer::{Draft, Fault, Identity};
use coffret_mdoc::{Days, DocumentSigner, IssuerSigned, NameSpaces};
use serde_json::{Value as Json, json};

use crate::error::{About, Error, Exit, Failure, Reason};
use crate::file::{self, Access};
use crate::json::{Strings, read};
use crate::output::{Colour, Report, Text, done, reasons, reasons_json};
use crate::pki::DOCUMENT_SIGNERS;
use crate::{Context, input, randomness};

#[derive(Args)]
pub(crate) struct Issue {
    #[arg(long = "type", value_name = "DOCTYPE")]
    doc_type: String,
    #[arg(long, value_name = "FILE.json")]
    data: PathBuf,
    #[arg(long, value_name = "DIR")]
    pki: PathBuf,
    #[arg(long, value_name = "FILE")]
    keys: PathBuf,
    #[arg(long, value_name = "ES256|ES384|EdDSA", hide_possible_values = true)]
    alg: Option<Alg>,
    #[arg(long, value_name = "N", default_value_t = 365, value_parser = clap::value_parser!(i32).range(0..=36_525))]
    days: i32,
    #[arg(long)]
    one_time: bool,
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

#[derive(Clone, Copy, ValueEnum)]
enum Alg {
    #[value(name = "ES256")]
    Es256,
    #[value(name = "ES384")]
    Es384,
    #[value(name = "EdDSA")]
    EdDsa,
}

impl From<Alg> for Algorithm {
    fn from(alg: Alg) -> Self {
        match alg {
            Alg::Es256 => Algorithm::Es256,
            Alg::Es384 => Algorithm::Es384,
            Alg::EdDsa => Algorithm::EdDsa,
        }
    }
}

const ISSUED: Label = Label { fr: "Émis", en: "Issued" };
const COPY: Label = Label { fr: "exemplaire", en: "copy" };
const COPIES: Label = Label { fr: "exemplaires", en: "copies" };
const VALID_UNTIL: Label = Label { fr: "valide jusqu’au", en: "valid until" };

impl Issue {
    pub(crate) fn run(&self, Context { lang, now, .. }: Context) -> Result<Report, Failure> {
        let device_keys = self.device_keys()?;
        let data = self.data()?;
        let identity = self.signer()?;
        let certificate = identity.certificate();
        let today = now.date();
        let days = Days { signed: today, from: today, until: now.plus_days(self.days).date() };
        let draft = Draft::new(&self.doc_type, &data, certificate, days)
            .map_err(|faults| Failure { exit: Exit::Refused, reasons: reasons_of(&faults) })?;

        let signer = DocumentSigner { key: identity.key(), certificate };
        let issued = draft
            .sign(&device_keys, signer, &mut randomness()?)
            .map_err(|error| Failure::refused(error, About::Whole))?;
        let warnings = reasons_of(draft.warnings());
        let reuse = if self.one_time { Reuse::OneTime } else { Reuse::Reusable };
        let credentials = credentials(&self.doc_type, reuse, &issued);
        // What no wallet would take is not handed over.
        check_issuance(credentials.as_bytes())
            .map_err(|error| Failure::refused(error, About::Whole))?;
        file::create(&self.out, Access::Everyone, credentials.as_bytes())?;

        let copies = if issued.len() == 1 { COPY } else { COPIES };
        let mut text = Text::default();
        text.add(Colour::Green, ISSUED.text(lang)).line(
            Colour::Plain,
            format!(
                "  {}  {} {}, {} {}  {}",
                self.doc_type,
                issued.len(),
                copies.text(lang),
                VALID_UNTIL.text(lang),
                show_date(days.until, lang),
                self.out.display(),
            ),
        );
        reasons(&mut text, Colour::Orange, &warnings, lang);
        let json = json!({
            "docType": self.doc_type,
            "count": issued.len(),
            "validity": {
                "signed": days.signed.start().to_string(),
                "from": days.from.start().to_string(),
                "until": days.until.start().to_string(),
            },
            "oneTime": self.one_time,
            "out": self.out.display().to_string(),
            "warnings": reasons_json(&warnings, lang),
        });
        Ok(done(text, json))
    }

    fn device_keys(&self) -> Result<Vec<PublicKey>, Failure> {
        let unusable = |error: Error| Failure::unusable(error, self.keys.as_path());
        let json = input::json(&self.keys)?;
        let keys = json.get("keys").and_then(Json::as_array).filter(|keys| !keys.is_empty());
        let keys = keys.ok_or_else(|| unusable(Error::KeysForm))?;
        keys.iter()
            .map(|jwk| PublicKey::from_jwk(jwk).map_err(|error| unusable(error.into())))
            .collect()
    }

    fn data(&self) -> Result<NameSpaces<Value>, Failure> {
        let unusable = |error| Failure::unusable(error, self.data.as_path());
        let json = input::json(&self.data)?;
        let mut data = Vec::new();
        for (namespace, elements) in json.as_object().ok_or_else(|| unusable(Error::DataForm))? {
            for (id, value) in elements.as_object().ok_or_else(|| unusable(Error::DataForm))? {
                let value = read(value, Strings::Text).map_err(unusable)?;
                data.push((namespace.as_str(), id.as_str(), value));
            }
        }
        Ok(data.into_iter().collect())
    }

    /// The document signer that signs with what was asked for; by default that of `ds.pem`.
    fn signer(&self) -> Result<Identity, Failure> {
        let wanted = self.alg.map(Algorithm::from);
        let signer = DOCUMENT_SIGNERS.iter().find(|(algorithm, _)| Some(*algorithm) == wanted);
        let stem = signer.map_or("ds", |(_, stem)| stem);
        let path = self.pki.join(format!("{stem}.pem"));
        let certificate = input::text(&path)?;
        let key = input::text(&path.with_extension("key"))?;
        let identity = Identity::from_pem(&certificate, &key)
            .map_err(|error| Failure::unusable(error, path.as_path()))?;
        let own = identity.key().public_key().curve().algorithm();
        if own.is_ok_and(|own| wanted.is_none_or(|wanted| wanted == own)) {
            Ok(identity)
        } else {
            let mismatch = coffret_crypto::Error::AlgorithmMismatch;
            Err(Failure::unusable(mismatch, path.as_path()))
        }
    }
}

/// `{"docType": tstr, "issuerSigned": IssuerSigned, ? "oneTime": true}`, several in an array.
pub(crate) fn credentials(doc_type: &str, reuse: Reuse, issued: &[IssuerSigned]) -> Encoded {
    let one = |issuer_signed: &IssuerSigned| {
        let one_time = (reuse == Reuse::OneTime).then(|| ("oneTime", Encoded::from(true)));
        let rest = [("docType", doc_type.into()), ("issuerSigned", Encoded::from(issuer_signed))];
        Encoded::map(rest.into_iter().chain(one_time))
    };
    match issued {
        [only] => one(only),
        several => Encoded::array(several.iter().map(one)),
    }
}

fn reasons_of(faults: &[Fault]) -> Vec<Reason> {
    let reason = |fault: &Fault| {
        let about = fault.element.clone().map_or(About::Whole, About::Element);
        Reason::new(fault.rule.code(), about)
    };
    faults.iter().map(reason).collect()
}

//! `coffret verify`: a presentation, or a credential, becomes a verdict.

use std::path::{Path, PathBuf};

use clap::Args;
use coffret_catalogue::Lang;
use coffret_cbor::{Decode, Item, Kind, Value};
use coffret_crypto::PrivateKey;
use coffret_mdoc::{
    Binding, Check, DeviceAuthMethod, DeviceRequest, DeviceResponse, Document, DocumentVerdict,
    Finding, IssuerSigned, Judgement, NameSpaces, SessionTranscript, Verdict, VerifiedDocument,
};
use coffret_trust::TrustedBy;
use serde_json::{Map, Value as Json, json};

use crate::error::{Error, Exit, Failure, Reason};
use crate::input::{self, Form};
use crate::json::write;
use crate::output::{Report, reasons_json};
use crate::trusted::TrustArguments;
use crate::{Context, card};

#[derive(Args)]
pub(crate) struct Verify {
    #[command(flatten)]
    trust: TrustArguments,
    #[arg(long, value_name = "FILE")]
    transcript: Option<PathBuf>,
    #[arg(long, value_name = "JWK-FILE")]
    reader_key: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    request: Option<PathBuf>,
    #[arg(long)]
    issuer_only: bool,
    #[arg(long)]
    show_invalid: bool,
    #[arg(long)]
    raw: bool,
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl Verify {
    pub(crate) fn run(&self, context: Context) -> Result<Report, Failure> {
        let bytes = input::binary(&self.file, self.form())?;
        let (trust, unusable) = self.trust.read()?;
        let transcript =
            self.transcript.as_deref().map(|path| self.transcript(path)).transpose()?;
        let e_reader_key = self.reader_key.as_deref().map(reader_key).transpose()?;
        let request = self.request.as_deref().map(|path| self.request(path)).transpose()?;
        let binding = match self.issuer_only {
            true => Binding::IssuerOnly,
            false => Binding::Session {
                transcript: transcript.as_ref(),
                e_reader_key: e_reader_key.as_ref(),
            },
        };
        let check = Check { trust: &trust, now: context.now, binding, request: request.as_ref() };
        let verdict = self.judge(&bytes, &check)?;
        let shown = if self.show_invalid { Shown::Claimed } else { Shown::Verified };
        let documents = verdict.documents.into_iter().map(|document| Judged::new(document, shown));
        let judged = Response {
            documents: documents.collect(),
            errors: verdict.errors.iter().map(Reason::from).collect(),
            warnings: unusable,
            basis: if request.is_some() { Basis::Free } else { Basis::Documents },
        };
        Ok(Report {
            exit: if judged.is_valid() { Exit::Done } else { Exit::Refused },
            json: judged.to_json(context.lang),
            text: card::response(&judged, context.lang),
        })
    }

    fn form(&self) -> Form {
        if self.raw { Form::Raw } else { Form::Guessed }
    }

    fn transcript(&self, path: &Path) -> Result<SessionTranscript, Failure> {
        let bytes = input::binary(path, self.form())?;
        SessionTranscript::parse(&bytes).map_err(|error| Failure::unusable(error, path))
    }

    fn request(&self, path: &Path) -> Result<DeviceRequest, Failure> {
        let bytes = input::binary(path, self.form())?;
        DeviceRequest::parse(&bytes).map_err(|error| Failure::unusable(error, path))
    }

    fn judge(&self, bytes: &[u8], check: &Check<'_>) -> Result<Verdict, Failure> {
        let unusable = |error: Error| Failure::unusable(error, self.file.as_path());
        let item = Item::parse(bytes).map_err(|error| unusable(error.into()))?;
        match (Credentials::find(item), self.issuer_only) {
            (None, _) => match DeviceResponse::parse(bytes) {
                Ok(response) => Ok(coffret_mdoc::verify(&response, check)),
                // What is readable, and breaks a rule, is judged.
                Err(error @ coffret_mdoc::Error::Cbor(_)) => Err(unusable(error.into())),
                Err(rule) => Err(Failure::refused(rule, self.file.as_path())),
            },
            (Some(_), false) => Err(unusable(Error::IssuerOnlyMissing)),
            (Some(credentials), true) => {
                let mut verdict = Verdict { documents: Vec::new(), errors: Vec::new() };
                for document in credentials.documents() {
                    match document {
                        Ok(document) => {
                            let response = DeviceResponse::new(vec![document]);
                            let one = coffret_mdoc::verify(&response, check);
                            verdict.documents.extend(one.documents);
                            verdict.errors.extend(one.errors);
                        }
                        Err(rule) => verdict.errors.push(Finding::from(rule)),
                    }
                }
                Ok(verdict)
            }
        }
    }
}

fn reader_key(path: &Path) -> Result<PrivateKey, Failure> {
    let jwk = input::json(path)?;
    PrivateKey::from_jwk(&jwk).map_err(|error| Failure::unusable(error, path))
}

/// What an issuer hands over, by its form.
pub(crate) enum Credentials<'b> {
    /// `IssuerSigned`: its document type is the signed one.
    Bare(Item<'b>),
    /// `{"docType": tstr, "issuerSigned": IssuerSigned}`, one or several.
    Typed(Vec<Item<'b>>),
}

impl<'b> Credentials<'b> {
    pub(crate) fn find(item: Item<'b>) -> Option<Credentials<'b>> {
        let has = |item: Item<'b>, key: &str| item.map().is_ok_and(|map| map.get(key).is_some());
        if has(item, "issuerAuth") {
            return Some(Credentials::Bare(item));
        }
        let items = match item.kind() {
            Kind::Array => item.array().ok()?.collect(),
            _ => vec![item],
        };
        let are_typed = !items.is_empty() && items.iter().all(|item| has(*item, "issuerSigned"));
        are_typed.then_some(Credentials::Typed(items))
    }

    pub(crate) fn documents(self) -> Vec<Result<Document, coffret_mdoc::Error>> {
        match self {
            Credentials::Bare(item) => vec![IssuerSigned::decode(item).map(|issuer_signed| {
                let doc_type = issuer_signed.mso().doc_type.clone();
                Document::issued(&doc_type, issuer_signed)
            })],
            Credentials::Typed(items) => items.into_iter().map(Document::decode).collect(),
        }
    }
}

/// Whose elements are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// Those of valid documents.
    Verified,
    /// Those of any document.
    Claimed,
}

/// What a verdict is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Basis {
    /// Documents, whatever was asked.
    Documents,
    /// What a purpose needs.
    Purpose,
    /// Documents that answer a request without a purpose: what they say is for the person who asked
    /// to judge.
    Free,
}

/// A verdict as it is printed.
pub(crate) struct Response {
    pub(crate) documents: Vec<Judged>,
    pub(crate) errors: Vec<Reason>,
    pub(crate) warnings: Vec<Reason>,
    pub(crate) basis: Basis,
}

/// A document's verdict as it is printed.
pub(crate) struct Judged {
    pub(crate) judgement: Judgement,
    /// The issuer's and the device's, where they are shown.
    pub(crate) elements: Option<(NameSpaces<Value>, NameSpaces<Value>)>,
    pub(crate) errors: Vec<Reason>,
    pub(crate) warnings: Vec<Reason>,
}

impl Judged {
    fn new(verdict: DocumentVerdict, shown: Shown) -> Judged {
        match verdict.into_verified() {
            Ok(document) => document.into(),
            Err(verdict) => Judged {
                elements: (shown == Shown::Claimed).then(|| verdict.claims()),
                ..Judgement::clone(&verdict).into()
            },
        }
    }

    pub(crate) fn is_valid(&self) -> bool {
        self.errors.is_empty()
    }

    fn to_json(&self, lang: Lang) -> Json {
        let (issuer, validity) = (self.judgement.issuer(), self.judgement.validity());
        let (elements, device_elements) = self.elements.as_ref().map_or_else(
            || (json!({}), json!({})),
            |(elements, device)| (name_spaces(elements), name_spaces(device)),
        );
        json!({
            "docType": self.judgement.doc_type(),
            "valid": self.is_valid(),
            "specimen": issuer.specimen,
            "issuer": {
                "country": issuer.country,
                "state": issuer.state,
                "name": issuer.name,
                "authority": issuer.authority,
                "trusted": issuer.trusted_by.is_some(),
                "trustedBy": issuer.trusted_by.map(|by| match by {
                    TrustedBy::Root => "root",
                    TrustedBy::Signer => "signer",
                }),
            },
            "validity": {
                "signed": validity.signed.to_string(),
                "from": validity.from.to_string(),
                "until": validity.until.to_string(),
            },
            "deviceAuth": match self.judgement.device_auth() {
                Some(DeviceAuthMethod::Signature) => "signature",
                Some(DeviceAuthMethod::Mac) => "mac",
                None => "none",
            },
            "deviceAuthChecked": self.judgement.device_auth_checked(),
            "elements": elements,
            "deviceElements": device_elements,
            "errors": reasons_json(&self.errors, lang),
            "warnings": reasons_json(&self.warnings, lang),
        })
    }
}

impl From<VerifiedDocument> for Judged {
    fn from(document: VerifiedDocument) -> Judged {
        let elements = (document.elements().clone(), document.device_elements().clone());
        Judged { elements: Some(elements), ..Judgement::clone(&document).into() }
    }
}

impl From<Judgement> for Judged {
    fn from(judgement: Judgement) -> Judged {
        Judged {
            elements: None,
            errors: judgement.errors().iter().map(Reason::from).collect(),
            warnings: judgement.warnings().iter().map(Reason::from).collect(),
            judgement,
        }
    }
}

impl Response {
    pub(crate) fn is_valid(&self) -> bool {
        !self.documents.is_empty()
            && self.errors.is_empty()
            && self.documents.iter().all(Judged::is_valid)
    }

    pub(crate) fn to_json(&self, lang: Lang) -> Json {
        let mut json = json!({
            "valid": self.is_valid(),
            "documents": self.documents.iter().map(|document| document.to_json(lang)).collect::<Json>(),
            "errors": reasons_json(&self.errors, lang),
            "warnings": reasons_json(&self.warnings, lang),
        });
        let judged = match self.basis {
            Basis::Documents => None,
            Basis::Purpose => Some(("judged", "purpose".into())),
            Basis::Free => Some(("judged", "free".into())),
        };
        // A script that looks at `valid` alone sees beside it that this is worth nothing.
        let is_specimen = |document: &Judged| document.judgement.issuer().specimen;
        let specimen = self.documents.iter().any(is_specimen).then_some(("specimen", true.into()));
        if let Json::Object(members) = &mut json {
            let added = judged.into_iter().chain(specimen);
            members.extend(added.map(|(key, value)| (key.to_owned(), value)));
        }
        json
    }
}

pub(crate) fn name_spaces(elements: &NameSpaces<Value>) -> Json {
    let namespaces = elements.namespaces().iter().map(|(namespace, elements)| {
        let elements = elements.iter().map(|(id, value)| (id.clone(), write(value)));
        (namespace.clone(), Json::Object(elements.collect()))
    });
    Json::Object(namespaces.collect::<Map<_, _>>())
}

//! A verdict on a terminal: a card for each document, in the words of the catalogue.

use coffret_catalogue::{
    DocumentType, Exposure, Group, Label, Lang, SAID_BY_DEVICE, document_type,
};
use coffret_cbor::Value;
use coffret_mdoc::{DeviceAuthMethod, Judgement, NameSpaces};
use coffret_trust::TrustedBy;
use serde_json::Value as Json;

use crate::clock::stated;
use crate::json;
use crate::output::{Colour, Text, one_line, reasons};
use crate::verify::{Basis, Judged, Response};

const VALID: Label = Label { fr: "VALIDE", en: "VALID" };
pub(crate) const SPECIMEN: Label =
    Label { fr: "SPÉCIMEN, sans valeur", en: "SPECIMEN, without value" };
const INVALID: Label = Label { fr: "NON VALIDE", en: "NOT VALID" };
const EMPTY: Label = Label { fr: "Aucun document", en: "No document" };
const ISSUER: Label = Label { fr: "Émetteur", en: "Issuer" };
const TRUSTED_BY_ROOT: Label = Label { fr: "reconnu par sa racine", en: "trusted by its root" };
const TRUSTED_BY_SIGNER: Label =
    Label { fr: "reconnu par son certificat", en: "trusted by its certificate" };
const UNTRUSTED: Label = Label { fr: "non reconnu", en: "not trusted" };
const AUTHORITY: Label = Label { fr: "Autorité", en: "Authority" };
const PLACELESS: Label = Label { fr: "provenance inconnue", en: "of unknown origin" };
const NAMELESS: Label = Label { fr: "sans nom", en: "without a name" };
const VALIDITY: Label = Label { fr: "Validité", en: "Validity" };
const DEVICE: Label = Label { fr: "Appareil", en: "Device" };
const SIGNATURE: Label = Label { fr: "signature vérifiée", en: "signature verified" };
const MAC: Label = Label { fr: "code d’authentification vérifié", en: "MAC verified" };
const UNCHECKED: Label = Label { fr: "non vérifié", en: "not checked" };
const UNPROVEN: Label =
    Label { fr: "Rien de ce qui suit n’est prouvé.", en: "Nothing of what follows is proven." };
const OTHERS: Label = Label { fr: "Autres éléments", en: "Other elements" };

/// Those of a document, alike but for what makes each another's.
const COPIES: Label = Label { fr: "exemplaires", en: "copies" };

/// In place of a value that is hidden until touched, whatever its length.
const HIDDEN: &str = "••••••";

/// Columns of the names of a card's head.
const HEAD: usize = 11;

pub(crate) fn response(response: &Response, lang: Lang) -> Text {
    let mut text = Text::default();
    let cards: Vec<_> =
        response.documents.iter().map(|document| card(document, response.basis, lang)).collect();
    for copies in cards.chunk_by(PartialEq::eq) {
        let [card, ..] = copies else { continue };
        text.append(card.clone());
        if copies.len() > 1 {
            let copies = format!("  {} {}", copies.len(), COPIES.text(lang));
            text.line(Colour::Plain, "").line(Colour::Faint, copies);
        }
        text.line(Colour::Plain, "");
    }
    if response.documents.is_empty() {
        text.add(Colour::Red, INVALID.text(lang))
            .line(Colour::Plain, format!("  {}", EMPTY.text(lang)));
    }
    reasons(&mut text, Colour::Red, &response.errors, lang);
    reasons(&mut text, Colour::Orange, &response.warnings, lang);
    text
}

fn card(document: &Judged, basis: Basis, lang: Lang) -> Text {
    let mut card = Text::default();
    let text = &mut card;
    let judgement = &document.judgement;
    let known = document_type(judgement.doc_type());
    let (colour, state) = match (document.is_valid(), judgement.issuer().specimen) {
        (true, false) if basis == Basis::Free => (Colour::Neutral, VALID),
        (true, false) => (Colour::Green, VALID),
        (true, true) => (Colour::Orange, SPECIMEN),
        (false, _) => (Colour::Red, INVALID),
    };
    let name = known.map_or(judgement.doc_type(), |known| known.label.text(lang));
    text.add(colour, state.text(lang))
        .add(Colour::Plain, "  ")
        .line(Colour::Strong, one_line(name));
    text.line(Colour::Faint, one_line(judgement.doc_type()));
    text.line(Colour::Plain, "");
    reasons(text, Colour::Red, &document.errors, lang);
    reasons(text, Colour::Orange, &document.warnings, lang);
    if !document.errors.is_empty() || !document.warnings.is_empty() {
        text.line(Colour::Plain, "");
    }
    head(text, judgement, lang);
    if let Some((elements, device_elements)) = &document.elements {
        if !document.is_valid() {
            text.line(Colour::Plain, "").line(Colour::Red, UNPROVEN.text(lang));
        }
        sections(text, known, elements, Touched::All, lang);
        let device_elements = device_elements.iter();
        Section::of(SAID_BY_DEVICE, device_elements, known, Touched::All, lang).print(text);
    }
    card
}

fn head(text: &mut Text, judgement: &Judgement, lang: Lang) {
    let issuer = judgement.issuer();
    let name = issuer.name.as_deref().unwrap_or(NAMELESS.text(lang));
    let trusted = match issuer.trusted_by {
        Some(TrustedBy::Root) => TRUSTED_BY_ROOT,
        Some(TrustedBy::Signer) => TRUSTED_BY_SIGNER,
        None => UNTRUSTED,
    };
    let place = issuer.territory().label(lang);
    let place = place.unwrap_or_else(|| PLACELESS.text(lang).to_owned());
    let authority = issuer.authority.as_deref().map(|authority| (AUTHORITY, authority));
    let issuer = format!("{name} ({place}), {}", trusted.text(lang));
    let validity = judgement.validity();
    let validity = format!("{} → {}", stated(validity.from, lang), stated(validity.until, lang));
    let device = judgement.device_auth().map(|method| match method {
        _ if !judgement.device_auth_checked() => UNCHECKED,
        DeviceAuthMethod::Signature => SIGNATURE,
        DeviceAuthMethod::Mac => MAC,
    });
    let device = device.map(|device| (DEVICE, device.text(lang)));
    let rows = [(ISSUER, issuer.as_str())].into_iter().chain(authority);
    let rows = rows.chain([(VALIDITY, validity.as_str())]).chain(device);
    rows.for_each(|(name, value)| text.row(2, name.text(lang), HEAD, value));
}

/// Which values are shown of those that are hidden until touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Touched {
    All,
    None,
}

/// The elements of a document under the catalogue's headings.
pub(crate) fn elements(
    text: &mut Text,
    doc_type: &str,
    elements: &NameSpaces<Value>,
    touched: Touched,
    lang: Lang,
) {
    sections(text, document_type(doc_type), elements, touched, lang);
}

/// Elements under a heading, each with its label and its value as people write it.
struct Section {
    heading: &'static str,
    rows: Vec<(String, String)>,
}

impl Section {
    fn of<'a>(
        heading: Label,
        elements: impl Iterator<Item = (&'a str, &'a str, &'a Value)>,
        known: Option<&DocumentType>,
        touched: Touched,
        lang: Lang,
    ) -> Section {
        let rows = elements.map(|(namespace, id, value)| {
            let element = known.and_then(|known| known.element(namespace, id));
            let exposure = element.map_or(Exposure::OnTouch, |element| element.exposure);
            let value = match (exposure, touched, element) {
                (Exposure::OnTouch, Touched::None, _) => HIDDEN.to_owned(),
                (.., Some(element)) => element.show(value, lang),
                (.., None) => raw(value),
            };
            let label = element.map_or(id.into(), |element| element.label(id, lang));
            (label.into_owned(), value)
        });
        Section { heading: heading.text(lang), rows: rows.collect() }
    }

    fn print(&self, text: &mut Text) {
        if self.rows.is_empty() {
            return;
        }
        text.line(Colour::Plain, "").line(Colour::Strong, format!("  {}", self.heading));
        let width = self.rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        for (name, value) in &self.rows {
            text.row(4, name, width, value);
        }
    }
}

/// The elements by the catalogue's groups and in its order; those that it does not know last.
fn sections(
    text: &mut Text,
    known: Option<&DocumentType>,
    elements: &NameSpaces<Value>,
    touched: Touched,
    lang: Lang,
) {
    let rows = known.into_iter().flat_map(|known| known.namespaces).flat_map(|namespace| {
        namespace.elements.iter().map(|element| (namespace.id, element.name, element.group))
    });
    let rows: Vec<_> = rows.collect();
    let place = |namespace: &str, id: &str| {
        rows.iter().position(|(of, name, _)| *of == namespace && name.matches(id))
    };
    let mut sorted: Vec<_> = elements.iter().map(|(ns, id, _)| (place(ns, id), ns, id)).collect();
    sorted.sort_by_key(|(place, ..)| *place);

    let mut groups: Vec<Group> = Vec::new();
    for (_, _, group) in &rows {
        if !groups.contains(group) {
            groups.push(*group);
        }
    }
    for wanted in groups.into_iter().map(Some).chain([None]) {
        let is_wanted = |place: &Option<usize>| {
            place.and_then(|place| rows.get(place)).map(|(_, _, group)| *group) == wanted
        };
        let members = sorted.iter().filter(|(place, ..)| is_wanted(place));
        let members = members.filter_map(|(_, ns, id)| Some((*ns, *id, elements.get(ns, id)?)));
        Section::of(wanted.map_or(OTHERS, Group::label), members, known, touched, lang).print(text);
    }
}

/// A value of which nothing is known but itself.
fn raw(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Bytes(bytes) => format!("h'…' ({})", bytes.len()),
        value => match json::write(value) {
            Json::String(text) => text,
            json => json.to_string(),
        },
    }
}

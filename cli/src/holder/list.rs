//! `coffret list`: the documents, by person.

use clap::Args;
use coffret_catalogue::{Label, Lang, document_type, show_date};
use coffret_cbor::Timestamp;
use coffret_holder::{Card, Copies, DocumentId, PersonId, RecordKind, Reuse, State, Validity};
use serde_json::{Value as Json, json};

use super::{short, unreadable};
use crate::Context;
use crate::card::SPECIMEN;
use crate::clock::day;
use crate::error::{About, Failure, Reason};
use crate::output::{Colour, Report, Text, done, one_line};
use crate::wallet::WalletArguments;

#[derive(Args)]
pub(crate) struct List {
    #[command(flatten)]
    wallet: WalletArguments,
}

const EMPTY: Label = Label { fr: "Aucun document", en: "No document" };
const FIRST: Label = Label {
    fr: "Pour en ajouter un\u{a0}: coffret add FICHIER",
    en: "To add one: coffret add FILE",
};
const NAMELESS: Label = Label { fr: "Sans nom", en: "Without a name" };
const VALID: Label = Label { fr: "Valide jusqu’au {}", en: "Valid until {}" };
const TODAY: Label = Label { fr: "Expire aujourd’hui", en: "Expires today" };
const TOMORROW: Label = Label { fr: "Expire demain", en: "Expires tomorrow" };
const SOON: Label =
    Label { fr: "Expire dans #\u{a0}jours, le {}", en: "Expires in #\u{a0}days, on {}" };
const EXPIRED: Label = Label { fr: "Expiré depuis le {}", en: "Expired since {}" };
const EARLY: Label = Label { fr: "Valide à partir du {}", en: "Valid from {}" };
const ONE_TIME: Label =
    Label { fr: "Exemplaires à usage unique\u{a0}: # sur {}", en: "One-time copies: # of {}" };
const ALL_EXPIRED: Label = Label {
    fr: "Exemplaires expirés sans avoir servi\u{a0}: {}. Demandez-en d’autres à l’émetteur",
    en: "Copies that expired unused: {}. Ask the issuer for more",
};
const USED_UP: Label = Label {
    fr: "Plus d’exemplaire\u{a0}: demandez-en d’autres à l’émetteur",
    en: "No copy left: ask the issuer for more",
};

impl List {
    pub(crate) fn run(&self, context: Context) -> Result<Report, Failure> {
        let refused = |error| self.wallet.failure(error);
        let wallet = self.wallet.unlock(context)?;
        let unreadable = wallet.unreadable().map_err(refused)?;
        let mut cards = wallet.documents(context.now).map_err(refused)?;
        // A card can read where no copy does: what cannot be shown is not listed as valid.
        let is_lost = |id: DocumentId| {
            let documents = unreadable.iter().filter(|found| found.kind == RecordKind::Document);
            documents.map(|found| DocumentId::from(found.id)).any(|lost| lost == id)
        };
        cards.retain(|card| !is_lost(card.id));
        let people = wallet.people().map_err(refused)?;
        let name = |person: PersonId| {
            people.iter().find(|known| known.id == person).and_then(|known| known.name.as_deref())
        };

        let mut text = Text::default();
        for person in &people {
            let mut theirs = cards.iter().filter(|card| card.person == person.id).peekable();
            if theirs.peek().is_some() {
                if text != Text::default() {
                    text.line(Colour::Plain, "");
                }
                let name = person.name.as_deref().unwrap_or(NAMELESS.text(context.lang));
                text.line(Colour::Strong, one_line(name));
                theirs.for_each(|card| print(&mut text, card, context));
            }
        }
        // Whose they are does not read; they are there all the same.
        let is_known = |card: &&Card| people.iter().any(|person| person.id == card.person);
        let mut nobodys = cards.iter().filter(|card| !is_known(card)).peekable();
        if nobodys.peek().is_some() {
            text.line(Colour::Strong, NAMELESS.text(context.lang));
            nobodys.for_each(|card| print(&mut text, card, context));
        }
        for found in &unreadable {
            text.add(Colour::Red, "  ✗ ")
                .add(Colour::Strong, unreadable::label(found.kind).text(context.lang));
            text.line(Colour::Faint, format!("  {}", short(DocumentId::from(found.id))));
            let reason = Reason::new(found.rule.code(), About::Whole);
            for sentence in reason.sentences(context.lang) {
                text.line(Colour::Plain, format!("    {sentence}"));
            }
        }
        if cards.is_empty() && unreadable.is_empty() {
            text.line(Colour::Strong, EMPTY.text(context.lang));
            text.line(Colour::Faint, FIRST.text(context.lang));
        }
        let documents = cards.iter().map(|card| {
            let person = json!({"id": card.person.to_string(), "name": name(card.person)});
            json(card, context.now, [("person", person)])
        });
        let mut json = json!({"documents": documents.collect::<Json>()});
        if let (Some(json), false) = (json.as_object_mut(), unreadable.is_empty()) {
            json.insert("unreadable".to_owned(), unreadable::json(&unreadable));
        }
        Ok(done(text, json))
    }
}

/// `{"id", "docType", "specimen", "state", "days", "issuer", "validity", "copies"}`, and `more`
pub(super) fn json<'n>(
    card: &Card,
    now: Timestamp,
    more: impl IntoIterator<Item = (&'n str, Json)>,
) -> Json {
    let (state, days) = match card.state(now) {
        State::Valid => ("valid", None),
        State::Expiring { days } => ("expiring", Some(days)),
        State::Expired => ("expired", None),
        State::NotYetValid => ("not-yet-valid", None),
    };
    let always = [
        ("id", card.id.to_string().into()),
        ("docType", card.doc_type.as_str().into()),
        ("specimen", card.specimen.into()),
        ("state", state.into()),
        ("days", days.into()),
        (
            "issuer",
            json!({
                "country": card.issuer.country,
                "state": card.issuer.state,
                "name": card.issuer.name,
                "authority": card.issuer.authority,
            }),
        ),
        (
            "validity",
            json!({
                "signed": card.validity.signed.to_string(),
                "from": card.validity.from.to_string(),
                "until": card.validity.until.to_string(),
            }),
        ),
        ("copies", copies_json(card.copies)),
    ];
    always.into_iter().chain(more).map(|(name, value)| (name.to_owned(), value)).collect()
}

/// The card of a document: its name, its state in words, who issued it, what is left of it.
pub(super) fn print(text: &mut Text, card: &Card, Context { lang, now, .. }: Context) {
    let (colour, sign, state) = state(card.state(now), card.validity, lang);
    let known = document_type(&card.doc_type);
    let name = known.map_or(card.doc_type.as_str(), |known| known.label.text(lang));
    text.add(colour, format!("  {sign} "));
    text.add(Colour::Strong, one_line(name)).line(Colour::Faint, format!("  {}", short(card.id)));
    if card.specimen {
        text.line(Colour::Orange, format!("    {}", SPECIMEN.text(lang)));
    }
    text.line(colour, format!("    {state}"));
    let issuer = [card.issuer.name.clone(), card.issuer.territory().label(lang)];
    let issuer = issuer.into_iter().flatten().collect::<Vec<_>>().join(", ");
    text.line(Colour::Faint, format!("    {}", one_line(&issuer)));
    if card.copies.reuse == Reuse::OneTime {
        let colour = if card.copies.left == 0 { Colour::Orange } else { Colour::Faint };
        text.line(colour, format!("    {}", copies(card.copies, lang)));
    }
}

/// By colour, by sign and in words.
pub(crate) fn state(
    state: State,
    validity: Validity,
    lang: Lang,
) -> (Colour, &'static str, String) {
    let on =
        |label: Label, time: Timestamp| label.text(lang).replace("{}", &show_date(day(time), lang));
    let until = validity.until;
    match state {
        State::Valid => (Colour::Green, "✓", on(VALID, until)),
        State::Expiring { days: 0 } => (Colour::Orange, "!", on(TODAY, until)),
        State::Expiring { days: 1 } => (Colour::Orange, "!", on(TOMORROW, until)),
        State::Expiring { days } => {
            (Colour::Orange, "!", on(SOON, until).replace('#', &days.to_string()))
        }
        State::Expired => (Colour::Red, "✗", on(EXPIRED, until)),
        State::NotYetValid => (Colour::Red, "✗", on(EARLY, validity.from)),
    }
}

/// `{"oneTime", "all", "left", "uses", ? "expired"}`
fn copies_json(copies: Copies) -> Json {
    let Copies { reuse, all, left, expired, uses } = copies;
    let one_time = reuse == Reuse::OneTime;
    let mut json = json!({"oneTime": one_time, "all": all, "left": left, "uses": uses});
    if let (1.., Json::Object(members)) = (expired, &mut json) {
        members.insert("expired".to_owned(), expired.into());
    }
    json
}

fn copies(copies: Copies, lang: Lang) -> String {
    let Copies { left, expired, all, .. } = copies;
    if left == 0 {
        let label = if expired > 0 { ALL_EXPIRED } else { USED_UP };
        return label.text(lang).replace("{}", &expired.to_string());
    }
    ONE_TIME.text(lang).replace('#', &left.to_string()).replace("{}", &all.to_string())
}

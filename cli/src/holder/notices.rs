//! `coffret notices`: what to know before standing at a counter.

use clap::Args;
use coffret_catalogue::{Label, Lang, document_type};
use coffret_holder::{Card, DocumentId, Notice, Within};
use serde_json::{Value as Json, json};

use super::short;
use crate::Context;
use crate::error::Failure;
use crate::output::{Colour, Report, Text, done, one_line};
use crate::wallet::WalletArguments;

#[derive(Args)]
pub(crate) struct Notices {
    #[command(flatten)]
    wallet: WalletArguments,
}

const NOTHING: Label = Label { fr: "Rien à signaler.", en: "Nothing to report." };
const TRUST: Label = Label { fr: "Données de confiance", en: "Trust data" };
const TODAY: Label = Label { fr: "expire aujourd’hui", en: "expires today" };
const TOMORROW: Label = Label { fr: "expire demain", en: "expires tomorrow" };
const IN: Label = Label { fr: "expire dans {} jours", en: "expires in {} days" };
const EXPIRED: Label = Label { fr: "est expiré", en: "has expired" };
const NO_COPIES: Label = Label {
    fr: "n’a plus d’exemplaire\u{a0}: demandez-en d’autres à l’émetteur",
    en: "has no copy left: ask the issuer for more",
};
const REUSED: Label = Label {
    fr: "a été montré {} fois du même exemplaire\u{a0}: des vérificateurs pourraient le reconnaître",
    en: "was shown {} times by the same copy: verifiers could recognise it",
};
const OLD: Label = Label {
    fr: "ne sont plus à jour\u{a0}: demandez-en de nouvelles",
    en: "are out of date: ask for newer ones",
};

impl Notices {
    pub(crate) fn run(&self, context: Context) -> Result<Report, Failure> {
        let refused = |error| self.wallet.failure(error);
        let wallet = self.wallet.unlock(context)?;
        let notices = wallet.notices(context.now).map_err(refused)?;
        let cards = wallet.documents(context.now).map_err(refused)?;
        let mut text = Text::default();
        for notice in &notices {
            let (colour, about, words) = said(*notice, &cards, context.lang);
            text.add(colour, "! ").add(Colour::Strong, one_line(&about));
            text.line(Colour::Plain, format!(" {words}"));
        }
        if notices.is_empty() {
            text.line(Colour::Green, NOTHING.text(context.lang));
        }
        let notices = notices.iter().map(|notice| json(*notice, &cards, context.lang));
        Ok(done(text, json!({"notices": notices.collect::<Json>()})))
    }
}

/// How much it presses, what it is about, what there is to say.
fn said(notice: Notice, cards: &[Card], lang: Lang) -> (Colour, String, String) {
    let of = |document: DocumentId| name(document, cards, lang);
    let counted = |label: Label, count: String| label.text(lang).replace("{}", &count);
    let words = |label: Label| label.text(lang).to_owned();
    match notice {
        Notice::Expiring { document, within, days } => {
            let colour = if within == Within::SevenDays { Colour::Red } else { Colour::Orange };
            let words = match days {
                0 => words(TODAY),
                1 => words(TOMORROW),
                days => counted(IN, days.to_string()),
            };
            (colour, of(document), words)
        }
        Notice::Expired { document } => (Colour::Red, of(document), words(EXPIRED)),
        Notice::NoCopies { document } => (Colour::Orange, of(document), words(NO_COPIES)),
        Notice::Reused { document, uses } => {
            (Colour::Orange, of(document), counted(REUSED, uses.to_string()))
        }
        Notice::TrustOld { trust } => {
            let about = format!("{} {}", TRUST.text(lang), short(trust));
            (Colour::Orange, about, words(OLD))
        }
    }
}

fn name(document: DocumentId, cards: &[Card], lang: Lang) -> String {
    let doc_type = cards.iter().find(|card| card.id == document).map(|card| &card.doc_type);
    let label = doc_type.and_then(|doc_type| document_type(doc_type));
    let name = label.map(|known| known.label.text(lang)).or(doc_type.map(String::as_str));
    format!("{} {}", name.unwrap_or_default(), short(document))
}

/// `{"kind", "document" | "trust", ? "days", ? "within", ? "uses", "message"}`
fn json(notice: Notice, cards: &[Card], lang: Lang) -> Json {
    let (kind, id, more) = match notice {
        Notice::Expiring { document, within, days } => {
            let within = match within {
                Within::SixtyDays => 60,
                Within::ThirtyDays => 30,
                Within::SevenDays => 7,
            };
            let more = vec![("days", days.into()), ("within", within.into())];
            ("expiring", ("document", document.to_string()), more)
        }
        Notice::Expired { document } => ("expired", ("document", document.to_string()), vec![]),
        Notice::NoCopies { document } => ("no-copies", ("document", document.to_string()), vec![]),
        Notice::Reused { document, uses } => {
            ("reused", ("document", document.to_string()), vec![("uses", uses.into())])
        }
        Notice::TrustOld { trust } => ("trust-old", ("trust", trust.to_string()), vec![]),
    };
    let (_, about, words) = said(notice, cards, lang);
    let message = format!("{about} {words}");
    let always = [("kind", Json::from(kind)), (id.0, id.1.into())].into_iter();
    let members = always.chain(more).chain([("message", message.into())]);
    members.map(|(name, value)| (name.to_owned(), value)).collect()
}

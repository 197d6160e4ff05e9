//! `coffret show`: a document, and what it says.

use clap::Args;
use coffret_catalogue::Label;
use serde_json::json;

use super::{list, named};
use crate::Context;
use crate::card::{self, Touched};
use crate::error::{Failure, Reason};
use crate::output::{Colour, Report, Text, done, reasons, reasons_json};
use crate::verify::name_spaces;
use crate::wallet::{WalletArguments, failure};

#[derive(Args)]
pub(crate) struct Show {
    #[arg(value_name = "ID")]
    id: String,
    #[arg(long)]
    reveal: bool,
    #[command(flatten)]
    wallet: WalletArguments,
}

const HIDDEN: Label = Label {
    fr: "Pour voir ce qui est caché\u{a0}: --reveal",
    en: "To see what is hidden: --reveal",
};

impl Show {
    pub(crate) fn run(&self, context: Context) -> Result<Report, Failure> {
        let refused = |error| self.wallet.failure(error);
        let wallet = self.wallet.unlock(context)?;
        let cards = wallet.documents(context.now).map_err(refused)?;
        let id = named(&self.id, cards.iter().map(|card| card.id));
        let unknown = || failure(coffret_holder::Error::UnknownDocument, self.id.as_str());
        let document = wallet.document(id.ok_or_else(unknown)?, context.now).map_err(refused)?;
        let verdict = document.verdict();
        let errors: Vec<_> = verdict.errors().iter().map(Reason::from).collect();
        let warnings: Vec<_> = verdict.warnings().iter().map(Reason::from).collect();

        let mut text = Text::default();
        list::print(&mut text, &document.card, context);
        if !errors.is_empty() || !warnings.is_empty() {
            text.line(Colour::Plain, "");
        }
        reasons(&mut text, Colour::Orange, &errors, context.lang);
        reasons(&mut text, Colour::Orange, &warnings, context.lang);
        let touched = if self.reveal { Touched::All } else { Touched::None };
        let elements = document.elements();
        card::elements(&mut text, &document.card.doc_type, elements, touched, context.lang);
        if !self.reveal {
            text.line(Colour::Plain, "").line(Colour::Faint, HIDDEN.text(context.lang));
        }
        let more = [
            ("elements", name_spaces(elements)),
            ("errors", reasons_json(&errors, context.lang)),
            ("warnings", reasons_json(&warnings, context.lang)),
        ];
        let json = list::json(&document.card, context.now, more);
        Ok(done(text, json!({"document": json})))
    }
}

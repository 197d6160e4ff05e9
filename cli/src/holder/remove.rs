//! `coffret remove`: a document less.

use clap::Args;
use coffret_catalogue::Label;
use coffret_holder::{DocumentId, RecordKind};
use serde_json::json;

use super::{list, named, short};
use crate::error::Failure;
use crate::output::{Colour, Report, Text, done};
use crate::prompt::Terminal;
use crate::wallet::{WalletArguments, destroy_keys, failure};
use crate::{Context, randomness};

#[derive(Args)]
pub(crate) struct Remove {
    #[arg(value_name = "ID")]
    id: String,
    #[command(flatten)]
    wallet: WalletArguments,
}

const QUESTION: Label = Label {
    fr: "Retirer ce document du portefeuille?",
    en: "Remove this document from the wallet?",
};
const REMOVED: Label = Label { fr: "Retiré du portefeuille", en: "Removed from the wallet" };

impl Remove {
    pub(crate) fn run(&self, context: Context) -> Result<Report, Failure> {
        let refused = |error| self.wallet.failure(error);
        let mut wallet = self.wallet.unlock(context)?;
        let cards = wallet.documents(context.now).map_err(refused)?;
        let unreadable = wallet.unreadable_of(RecordKind::Document).map_err(refused)?;
        let unreadable = unreadable.into_iter().map(|found| DocumentId::from(found.id));
        let unlisted = unreadable.filter(|id| cards.iter().all(|card| card.id != *id));
        let ids = cards.iter().map(|card| card.id).chain(unlisted);
        let unknown = || failure(coffret_holder::Error::UnknownDocument, self.id.as_str());
        let id = named(&self.id, ids).ok_or_else(unknown)?;
        let mut described = Text::default();
        match cards.iter().find(|card| card.id == id) {
            Some(card) => list::print(&mut described, card, context),
            None => {
                described.line(Colour::Strong, format!("  {}", short(id)));
            }
        }
        if !self.wallet.is_scripted() {
            let mut terminal = Terminal::open(context.lang)?;
            terminal.show(&described);
            terminal.confirm(QUESTION.text(context.lang))?;
        }
        let mut rng = randomness()?;
        wallet.remove(id, &mut rng).map_err(refused)?;
        destroy_keys(&mut wallet, &mut rng);

        let mut text = Text::default();
        text.line(Colour::Green, REMOVED.text(context.lang)).append(described);
        Ok(done(text, json!({"removed": id.to_string()})))
    }
}

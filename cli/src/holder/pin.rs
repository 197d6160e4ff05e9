//! `coffret pin`: another PIN.

use std::path::PathBuf;

use clap::Args;
use coffret_catalogue::Label;
use coffret_store::Cost;
use serde_json::json;

use crate::error::Failure;
use crate::output::{Colour, Report, Text, done};
use crate::wallet::{WalletArguments, chosen_pin};
use crate::{Context, boot, randomness};

#[derive(Args)]
pub(crate) struct NewPin {
    #[arg(long, value_name = "FILE")]
    new_pin_file: Option<PathBuf>,
    #[command(flatten)]
    wallet: WalletArguments,
}

const CHANGED: Label = Label { fr: "Le NIP est changé.", en: "The PIN is changed." };

impl NewPin {
    pub(crate) fn run(&self, context: Context) -> Result<Report, Failure> {
        let (mut wallet, old) = self.wallet.unlock_by(context)?;
        let pin = chosen_pin(self.new_pin_file.as_deref(), context.lang)?;
        let changed =
            wallet.change_pin(&old, &pin, Cost::DESKTOP, boot::time()?, &mut randomness()?);
        changed.map_err(|error| self.wallet.failure(error))?;

        let mut text = Text::default();
        text.line(Colour::Green, CHANGED.text(context.lang));
        Ok(done(text, json!({"wallet": self.wallet.folder()?.display().to_string()})))
    }
}

//! `coffret init`: a new wallet.

use clap::Args;
use coffret_catalogue::Label;
use serde_json::json;

use crate::Context;
use crate::error::Failure;
use crate::output::{Colour, Report, Text, done};
use crate::wallet::WalletArguments;

#[derive(Args)]
pub(crate) struct Init {
    #[command(flatten)]
    wallet: WalletArguments,
}

const MADE: Label = Label { fr: "Portefeuille créé dans", en: "Wallet made in" };
const NEXT: Label = Label {
    fr: "Le NIP ne peut pas être retrouvé. Ensuite\u{a0}: coffret trust add, puis coffret keys --json > cles.json.",
    en: "The PIN cannot be recovered. Next: coffret trust add, then coffret keys --json > keys.json.",
};

impl Init {
    pub(crate) fn run(&self, Context { lang, .. }: Context) -> Result<Report, Failure> {
        let blank = self.wallet.blank()?;
        let pin = self.wallet.chosen_pin(lang)?;
        self.wallet.create(blank, &pin)?;

        let folder = self.wallet.folder()?.display().to_string();
        let mut text = Text::default();
        text.add(Colour::Green, MADE.text(lang)).line(Colour::Plain, format!(" {folder}"));
        text.line(Colour::Faint, NEXT.text(lang));
        Ok(done(text, json!({"wallet": folder})))
    }
}

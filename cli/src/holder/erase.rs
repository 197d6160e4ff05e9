//! `coffret erase`: the end of a wallet.

use clap::Args;
use coffret_catalogue::Label;
use serde_json::json;

use crate::Context;
use crate::error::Failure;
use crate::output::{Colour, Report, Text, done, one_line};
use crate::prompt::Terminal;
use crate::wallet::WalletArguments;

#[derive(Args)]
pub(crate) struct Erase {
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    wallet: WalletArguments,
}

const QUESTION: Label = Label {
    fr: "Effacer le portefeuille de {}, ses documents et son journal, pour toujours?",
    en: "Erase the wallet in {}, its documents and its log, for ever?",
};
const ERASED: Label = Label { fr: "Portefeuille effacé", en: "Wallet erased" };

impl Erase {
    /// Whoever has forgotten the PIN may erase, at the terminal. A script shows that it knows the PIN
    /// while there is one that opens the wallet; where none can any more, `--yes` is enough.
    pub(crate) fn run(&self, context: Context) -> Result<Report, Failure> {
        let lang = context.lang;
        let folder = self.wallet.folder()?.display().to_string();
        if self.wallet.is_scripted() && self.wallet.is_opened_by_a_pin(self.yes)? {
            let wallet = self.wallet.unlock(context)?;
            wallet.erase().map_err(|error| self.wallet.failure(error))?;
            self.wallet.forget()?;
        } else {
            self.wallet.is_there()?;
            if !self.wallet.is_scripted() && !self.yes {
                Terminal::open(lang)?
                    .confirm(&QUESTION.text(lang).replace("{}", &one_line(&folder)))?;
            }
            self.wallet.erase()?;
        }
        let mut text = Text::default();
        text.add(Colour::Green, ERASED.text(lang)).line(Colour::Plain, format!("  {folder}"));
        Ok(done(text, json!({"wallet": folder, "erased": true})))
    }
}

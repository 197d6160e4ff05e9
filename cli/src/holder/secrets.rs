//! `coffret secrets`: the ways out where a wallet's file and its secrets are not both there.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use coffret_catalogue::Label;
use serde_json::json;

use crate::Context;
use crate::error::Failure;
use crate::output::{Colour, Report, Text, done, one_line};
use crate::prompt::Terminal;
use crate::wallet::WalletArguments;

#[derive(Args)]
pub(crate) struct Secrets {
    #[command(flatten)]
    wallet: WalletArguments,
    #[command(subcommand)]
    way_out: WayOut,
}

#[derive(Subcommand)]
enum WayOut {
    Restore {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    Erase {
        #[arg(long)]
        yes: bool,
    },
}

const RESTORED: Label = Label {
    fr: "Les secrets sont restaurés. Le NIP ouvre de nouveau le portefeuille de",
    en: "The secrets are restored. The PIN opens the wallet again, in",
};
const QUESTION: Label = Label {
    fr: "Le fichier du portefeuille de {} n’est pas là. Effacer les secrets qui l’ouvrent? S’il revient, plus rien ne l’ouvrira.",
    en: "The file of the wallet in {} is not there. Erase the secrets that open it? If it comes back, nothing will open it.",
};
const ERASED: Label = Label {
    fr: "Les secrets sont effacés. Un nouveau portefeuille peut être créé dans",
    en: "The secrets are erased. A new wallet can be created in",
};

impl Secrets {
    pub(crate) fn run(&self, context: Context) -> Result<Report, Failure> {
        let lang = context.lang;
        let folder = self.wallet.folder()?.display().to_string();
        let (said, member) = match &self.way_out {
            WayOut::Restore { file } => {
                self.wallet.restore_secrets(file)?;
                (RESTORED, "restored")
            }
            WayOut::Erase { yes } => {
                self.wallet.may_erase_secrets()?;
                if !yes {
                    let question = QUESTION.text(lang).replace("{}", &one_line(&folder));
                    Terminal::open(lang)?.confirm(&question)?;
                }
                self.wallet.erase_secrets()?;
                (ERASED, "erased")
            }
        };
        let mut text = Text::default();
        text.add(Colour::Green, said.text(lang)).line(Colour::Plain, format!(" {folder}"));
        Ok(done(text, json!({"wallet": folder, member: true})))
    }
}

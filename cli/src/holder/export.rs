//! `coffret export`: what the wallet holds, to be read elsewhere.

use std::path::PathBuf;

use clap::Args;
use coffret_catalogue::Label;
use coffret_crypto::password::Cost;
use serde_json::json;

use super::unreadable;
use crate::error::Failure;
use crate::file::{self, Access};
use crate::output::{Colour, Report, Text, done};
use crate::prompt::Terminal;
use crate::wallet::{WalletArguments, failure, first_line};
use crate::{Context, randomness};

#[derive(Args)]
pub(crate) struct Export {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    #[command(flatten)]
    wallet: WalletArguments,
}

const PASSPHRASE: Label = Label {
    fr: "Phrase de passe de l’export, de 12 caractères ou plus",
    en: "Passphrase of the export, of 12 characters or more",
};
const EXPORTED: Label = Label { fr: "Exporté dans", en: "Exported to" };
const NOTICE: Label = Label {
    fr: "Cet export sert à lire vos documents et votre journal; il ne peut pas être présenté.",
    en: "This export is for reading your documents and your log; it cannot be presented.",
};

impl Export {
    pub(crate) fn run(&self, context: Context) -> Result<Report, Failure> {
        let mut wallet = self.wallet.unlock(context)?;
        let passphrase = match &self.passphrase_file {
            Some(path) => first_line(path)?,
            None => Terminal::open(context.lang)?.new_secret(PASSPHRASE)?,
        };
        let unreadable = wallet.unreadable().map_err(|error| self.wallet.failure(error))?;
        let lacks = unreadable::lacks(&unreadable);
        let exported = wallet.export(&passphrase, Cost::DESKTOP, context.now, &mut randomness()?);
        let exported = exported.map_err(|error| failure(error, self.file.as_path()))?;
        file::create(&self.file, Access::Owner, &exported)?;

        let file = self.file.display().to_string();
        let mut text = Text::default();
        text.add(Colour::Green, EXPORTED.text(context.lang))
            .line(Colour::Plain, format!(" {file}"));
        text.line(Colour::Strong, NOTICE.text(context.lang));
        unreadable::print_lacks(&mut text, &lacks, context);
        let json = json!({
            "file": file,
            "presentable": false,
            "notice": NOTICE.text(context.lang),
            "complete": lacks.is_empty(),
            "unreadable": unreadable::json(&unreadable),
        });
        Ok(done(text, json))
    }
}

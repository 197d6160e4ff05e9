//! `coffret add`: what an issuer hands over is checked and kept.

use std::path::{Path, PathBuf};

use clap::Args;
use coffret_catalogue::Label;
use coffret_holder::AddError;
use serde_json::{Value as Json, json};

use super::list;
use crate::error::{About, Exit, Failure, Reason};
use crate::input::{self, Form};
use crate::output::{Colour, Report, Text, reasons, reasons_json};
use crate::wallet::{WalletArguments, failure};
use crate::{Context, randomness};

#[derive(Args)]
pub(crate) struct Add {
    #[arg(required = true, value_name = "FILE")]
    file: Vec<PathBuf>,
    #[arg(long)]
    raw: bool,
    #[command(flatten)]
    wallet: WalletArguments,
}

const ADDED: Label = Label { fr: "Ajouté au portefeuille", en: "Added to the wallet" };

impl Add {
    /// A file is taken whole or not at all, whatever becomes of the others.
    pub(crate) fn run(&self, context: Context) -> Result<Report, Failure> {
        let form = if self.raw { Form::Raw } else { Form::Guessed };
        let files = self.file.iter().map(|path| Ok((path, input::binary(path, form)?)));
        let files: Vec<_> = files.collect::<Result<_, Failure>>()?;
        let mut wallet = self.wallet.unlock(context)?;
        let mut rng = randomness()?;
        let (mut added, mut refused) = (Vec::new(), Vec::new());
        for (path, credentials) in &files {
            match wallet.add(credentials, context.now, &mut rng) {
                Ok(ids) => added.extend(ids),
                Err(error) => refused.push(refusal(error, path)),
            }
        }
        let Failure { exit, reasons: errors } = Failure::all(refused);
        if added.is_empty() {
            return Err(Failure { exit, reasons: errors });
        }

        let cards = wallet.documents(context.now).map_err(|error| self.wallet.failure(error))?;
        let cards: Vec<_> = cards.iter().filter(|card| added.contains(&card.id)).collect();
        let mut text = Text::default();
        text.line(Colour::Green, ADDED.text(context.lang));
        cards.iter().for_each(|card| list::print(&mut text, card, context));
        reasons(&mut text, Colour::Red, &errors, context.lang);
        let json = json!({
            "documents": cards.iter().map(|card| list::json(card, context.now, [])).collect::<Json>(),
            "errors": reasons_json(&errors, context.lang),
        });
        Ok(Report { exit, json, text })
    }
}

fn refusal(error: AddError, path: &Path) -> Failure {
    let reasons = match error {
        AddError::Failed(error) => return failure(error, path),
        AddError::Refused(reasons) => reasons,
    };
    let reasons = reasons.into_iter().map(|reason| {
        let about = reason.element.map_or_else(|| About::from(path), About::Element);
        Reason::new(reason.rule.code(), about)
    });
    // The copies of a document are refused for the same.
    let mut each: Vec<Reason> = Vec::new();
    reasons.for_each(|reason| {
        if !each.contains(&reason) {
            each.push(reason);
        }
    });
    Failure { exit: Exit::Refused, reasons: each }
}

//! `coffret keys`: device keys, for an issuer to bind credentials to.

use clap::Args;
use coffret_catalogue::Label;
use coffret_crypto::{Curve, KeyPolicy};
use serde_json::{Value as Json, json};

use crate::error::Failure;
use crate::output::{COLON, Colour, Report, Text, done};
use crate::progress::Progress;
use crate::wallet::WalletArguments;
use crate::{Context, randomness};

#[derive(Args)]
pub(crate) struct Keys {
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..))]
    count: u8,
    #[command(flatten)]
    wallet: WalletArguments,
}

const MAKING: Label = Label { fr: "Clés", en: "Keys" };
const READY: Label = Label {
    fr: "Clés d’appareil prêtes pour un émetteur",
    en: "Device keys ready for an issuer",
};
const FORM: Label = Label {
    fr: "Avec --json, elles s’écrivent comme «\u{a0}coffret issue --keys\u{a0}» les lit.",
    en: "With --json, they are written as “coffret issue --keys” reads them.",
};

impl Keys {
    pub(crate) fn run(&self, context: Context) -> Result<Report, Failure> {
        let refused = |error| self.wallet.failure(error);
        let mut wallet = self.wallet.unlock(context)?;
        let mut rng = randomness()?;
        let policy = KeyPolicy { curve: Curve::P256 };
        let tasks = wallet.new_keys(self.count, policy, &mut rng).map_err(refused)?;
        let progress = Progress::new();
        let made = (1..).zip(&tasks).map(|(count, task)| {
            progress.counts(MAKING.text(context.lang), count, tasks.len());
            wallet.perform(task, &mut rng)
        });
        let made = made.collect::<Result<_, _>>().map_err(refused)?;
        drop(progress);
        let keys = wallet.keys_ready(made, &mut rng).map_err(refused)?;

        let mut text = Text::default();
        text.add(Colour::Green, READY.text(context.lang))
            .line(Colour::Plain, format!("{} {}", COLON.text(context.lang), keys.len()));
        let keys: Vec<Json> = keys.iter().map(|key| key.to_jwk()).collect();
        for key in &keys {
            text.line(Colour::Plain, key.to_string());
        }
        text.line(Colour::Faint, FORM.text(context.lang));
        Ok(done(text, json!({"keys": keys})))
    }
}

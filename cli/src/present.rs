//! `coffret present`: one presentation, from the wallet to whoever asks.

mod ask;
mod bearer;
mod result;

use std::path::Path;

use clap::{Args, ValueEnum};
use coffret_holder::{Approval, Consent, Effect, Engage, Event, Outcome};
use coffret_mdoc::DeviceAuthMethod;
use coffret_proximity::{Collected, Collector, ReaderCode};

pub(crate) use self::bearer::{Bearer, Decide};
use self::result::Shared;
use crate::error::{About, Error, Failure};
use crate::link::qr::{self, Side, Watch};
use crate::link::{Link, LinkArguments, stdio};
use crate::output::Report;
use crate::progress::{Progress, READING};
use crate::prompt::Terminal;
use crate::wallet::{WalletArguments, failure};
use crate::{Context, randomness};

#[derive(Args)]
pub(crate) struct Present {
    #[arg(
        long,
        value_name = "all|required|none|ask",
        default_value = "ask",
        hide_possible_values = true
    )]
    approve: Approve,
    #[arg(
        long,
        value_name = "signature|mac",
        default_value = "signature",
        hide_possible_values = true
    )]
    device_auth: Proof,
    #[command(flatten)]
    pub(crate) link: LinkArguments,
    #[command(flatten)]
    wallet: WalletArguments,
}

#[derive(Clone, Copy, ValueEnum)]
enum Approve {
    All,
    Required,
    None,
    Ask,
}

#[derive(Clone, Copy, ValueEnum)]
enum Proof {
    Signature,
    Mac,
}

impl From<Proof> for DeviceAuthMethod {
    fn from(proof: Proof) -> Self {
        match proof {
            Proof::Signature => DeviceAuthMethod::Signature,
            Proof::Mac => DeviceAuthMethod::Mac,
        }
    }
}

impl Present {
    pub(crate) fn run(&self, context: Context) -> Result<Report, Failure> {
        let mut terminal = match self.approve {
            Approve::Ask => Some(Terminal::open(context.lang)?),
            Approve::All | Approve::Required | Approve::None => None,
        };
        let mut wallet = self.wallet.unlock(context)?;
        let people = wallet.people().map_err(|error| self.wallet.failure(error))?;
        let decide = |consent: &Consent| match (self.approve, &mut terminal) {
            (Approve::All, _) => Ok(consent.everything()),
            (Approve::Required, _) => Ok(consent.required()),
            (Approve::Ask, Some(terminal)) => ask::ask(terminal, consent, &people, context.lang),
            (Approve::None | Approve::Ask, _) => Ok(Approval::default()),
        };
        let mut rng = randomness()?;
        let mut bearer =
            Bearer::new(&mut wallet, self.device_auth.into(), decide, context.clock, &mut rng);
        let outcome = match &self.link.link {
            Link::Stdio => by_lines(&mut bearer)?,
            Link::Pictures(folder) => {
                let watch = Watch::new(folder, Side::Reader, self.link.wait());
                by_pictures(&mut bearer, folder, watch, context)?
            }
        };
        Ok(Shared::new(outcome, bearer.decided()).report(context.lang))
    }
}

fn by_lines(bearer: &mut Bearer<'_, impl Decide>) -> Result<Outcome, Failure> {
    let mut effects = bearer.engage(Engage::Device)?;
    loop {
        for effect in effects {
            match effect {
                Effect::Show(engagement) => stdio::write(&engagement),
                Effect::Send(message) => stdio::send(&message),
                // Nobody was asked: the first message is at fault.
                Effect::Ended(Outcome::Failed(error)) if bearer.decided().is_none() => {
                    return Err(Failure::unusable(error, About::Whole));
                }
                Effect::Ended(outcome) => return Ok(outcome),
                _ => {}
            }
        }
        effects = bearer.step(stdio::message().map_or(Event::Closed, Event::Received))?;
    }
}

fn by_pictures(
    bearer: &mut Bearer<'_, impl Decide>,
    folder: &Path,
    watch: Watch,
    context: Context,
) -> Result<Outcome, Failure> {
    let code = reader_code(folder, watch, context)?;
    let mut effects = bearer.engage(Engage::Reader(&code))?;
    loop {
        for effect in effects {
            match effect {
                Effect::Animate(mut answer) => drop(qr::show(folder, Side::Wallet, &mut answer)?),
                Effect::Ended(Outcome::Failed(error)) if bearer.decided().is_none() => {
                    return Err(Failure::unusable(error, folder));
                }
                Effect::Ended(outcome) => return Ok(outcome),
                _ => {}
            }
        }
        effects = bearer.step(Event::Closed)?;
    }
}

/// The code in the reader's pictures. One that has expired is another reading's.
fn reader_code(
    folder: &Path,
    mut watch: Watch,
    Context { lang, clock, .. }: Context,
) -> Result<ReaderCode, Failure> {
    let progress = Progress::new();
    let mut collector = Collector::of_codes();
    while let Some(frame) = watch.next() {
        match collector.receive(&frame) {
            Ok(Collected::Part { have, of }) => progress.counts(READING.text(lang), have, of),
            Ok(Collected::Whole(code)) => {
                let code = ReaderCode::parse(&code).map_err(|error| failure(error, folder))?;
                if code.expires() > clock.now()? {
                    return Ok(code);
                }
            }
            Ok(Collected::Foreign) | Err(_) => {}
        }
    }
    Err(Failure::refused(Error::LinkSilent, folder))
}

//! `coffret present`: one presentation, from the wallet to whoever asks.

mod ask;
mod bearer;
mod result;

use std::path::Path;

use clap::{Args, ValueEnum};
use coffret_holder::{
    Approval, Consent, DocumentConsent, Effect, Engage, Event, Lapsed, Outcome, State, Whose,
};
use coffret_mdoc::DeviceAuthMethod;
use coffret_proximity::{Collected, Collector, ReaderCode};

pub(crate) use self::bearer::{Bearer, Decide, Decided};
use self::result::Shared;
use crate::clock::Deadline;
use crate::error::{About, Error, Failure, Reason};
use crate::link::qr::{self, Look, Side, Watch};
use crate::link::stdio::{self, Next};
use crate::link::{Link, LinkArguments};
use crate::output::Report;
use crate::progress::{Progress, READING};
use crate::prompt::Terminal;
use crate::wallet::{WalletArguments, destroy_keys, failure};
use crate::{Context, interrupt, randomness};

#[derive(Args)]
pub(crate) struct Present {
    #[arg(
        long,
        value_name = "all|required|none|ask",
        default_value = "ask",
        hide_possible_values = true
    )]
    approve: Approve,
    #[arg(long)]
    allow_expired: bool,
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
        let decide = |consent: &Consent, until: Deadline| match (self.approve, &mut terminal) {
            (Approve::All, _) => Ok(self.chosen(consent).everything()),
            (Approve::Required, _) => Ok(self.chosen(consent).required()),
            (Approve::Ask, Some(terminal)) => {
                ask::ask(terminal, consent, &people, until, context.lang)
            }
            (Approve::None | Approve::Ask, _) => Ok(Approval::default()),
        };
        let mut rng = randomness()?;
        let mut bearer =
            Bearer::new(&mut wallet, self.device_auth.into(), decide, context.clock, &mut rng);
        interrupt::heed();
        let outcome = match &self.link.link {
            Link::Stdio => by_lines(&mut bearer)?,
            Link::Pictures(folder) => {
                let watch = Watch::new(folder, Side::Reader, self.link.wait());
                by_pictures(&mut bearer, folder, watch, context)?
            }
        };
        let held_back = self.held_back(bearer.decided());
        let report = Shared::new(outcome, bearer.decided(), held_back).report(context.lang);
        destroy_keys(&mut wallet, &mut rng);
        if outcome == Outcome::Unanswered {
            interrupt::check()?;
        }
        Ok(report)
    }

    /// What a script approves of: its owner has chosen beforehand.
    fn chosen(&self, consent: &Consent) -> Consent {
        let lapsed = if self.allow_expired { Lapsed::Sent } else { Lapsed::Kept };
        consent.clone().chosen_beforehand(lapsed)
    }

    /// Why a script has sent nothing of a document that is here.
    fn held_back(&self, decided: Option<&Decided>) -> Vec<Reason> {
        let is_scripted = matches!(self.approve, Approve::All | Approve::Required);
        let asked = decided.filter(|_| is_scripted && !self.allow_expired).into_iter();
        let asked = asked.flat_map(|Decided { consent, approval, .. }| {
            let is_answered =
                |request| approval.choices.iter().any(|choice| choice.request == request);
            let left = consent.documents.iter().enumerate();
            left.filter(move |(request, _)| !is_answered(*request)).map(|(_, asked)| asked)
        });
        let reason = |asked: &DocumentConsent| {
            let mut own = asked.candidates.iter().filter(|each| each.whose != Whose::Other);
            let code = match own.next()?.state {
                State::Expired => coffret_mdoc::Error::Expired.code(),
                State::NotYetValid => coffret_mdoc::Error::NotYetValid.code(),
                State::Valid | State::Expiring { .. } => return None,
            };
            Some(Reason::new(code, asked.doc_type.as_str()))
        };
        asked.filter_map(reason).collect()
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
        effects = bearer.step(match stdio::next() {
            Next::Message(message) => Event::Received(message),
            Next::End => Event::Closed,
            Next::Interrupted => Event::GivenUp,
        })?;
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
    loop {
        interrupt::check()?;
        let frame = match watch.next() {
            Look::Code(frame) => frame,
            Look::Nothing => continue,
            Look::Over => return Err(Failure::refused(Error::LinkSilent, folder)),
        };
        match collector.receive(&frame) {
            Ok(Collected::Part { have, of }) => progress.counts(READING.text(lang), have, of),
            Ok(Collected::Whole(code)) => {
                let code = ReaderCode::parse(&code).map_err(|error| failure(error, folder))?;
                if code.answerable(clock.now()?).is_ok() {
                    return Ok(code);
                }
            }
            Ok(Collected::Foreign) | Err(_) => {}
        }
    }
}

//! `coffret read`: a reader asks, and what it is answered becomes a verdict.

mod desk;
mod result;

use std::path::{Path, PathBuf};

use clap::Args;
use coffret_issuer::Identity;
use coffret_mdoc::{IntentToRetain, ItemsRequest};
use coffret_proximity::DeviceEngagement;
use coffret_reader::{Ask, Effect, Event, Outcome, Start};
use rand_core::CryptoRng;
use serde_json::Value as Json;

pub(crate) use self::desk::Desk;
pub(crate) use self::result::{Reply, Standing};
use crate::error::{About, Error, Failure};
use crate::link::qr::{self, Look, Shown, Side, Watch};
use crate::link::stdio::{self, Next};
use crate::link::{Link, LinkArguments};
use crate::output::Report;
use crate::progress::{Progress, READING};
use crate::trusted::TrustArguments;
use crate::verify::Basis;
use crate::{Context, input, interrupt, randomness};

#[derive(Args)]
pub(crate) struct Read {
    #[arg(
        long,
        value_name = "ID",
        required_unless_present = "request",
        conflicts_with = "request"
    )]
    purpose: Option<String>,
    #[arg(long, value_name = "FILE.json")]
    request: Option<PathBuf>,
    #[arg(long, value_name = "DIR")]
    reader_pki: Option<PathBuf>,
    #[command(flatten)]
    trust: TrustArguments,
    #[command(flatten)]
    pub(crate) link: LinkArguments,
}

impl Read {
    pub(crate) fn run(&self, context: Context) -> Result<Report, Failure> {
        let ask = self.ask()?;
        let (trust, warnings) = self.trust.read()?;
        let identity = self.reader_pki.as_deref().map(identity).transpose()?;
        let mut rng = randomness()?;
        let desk = Desk::new(trust, identity.as_ref(), &mut rng);
        interrupt::heed();
        let outcome = match &self.link.link {
            Link::Stdio => by_lines(&desk, &ask, context, &mut rng)?,
            Link::Pictures(folder) => {
                let watch = Watch::new(folder, Side::Wallet, self.link.wait());
                by_pictures(&desk, &ask, folder, watch, context, &mut rng)?
            }
        };
        if let Outcome::Unanswered(_) = outcome {
            interrupt::check()?;
        }
        Ok(Reply::new(outcome, basis(&ask), warnings).report(context.lang))
    }

    fn ask(&self) -> Result<Ask, Failure> {
        match (&self.purpose, &self.request) {
            (Some(id), _) => {
                Ask::purpose(id).map_err(|error| Failure::unusable(error, id.as_str()))
            }
            (None, Some(path)) => {
                let malformed = || Failure::unusable(Error::RequestForm, path.as_path());
                items(&input::json(path)?).map(Ask::Items).ok_or_else(malformed)
            }
            (None, None) => Err(Failure::unusable(Error::Usage, About::Whole)),
        }
    }
}

pub(crate) fn basis(ask: &Ask) -> Basis {
    match ask {
        Ask::Purpose(_) => Basis::Purpose,
        Ask::Items(_) => Basis::Free,
    }
}

/// `{"docRequests":[{"docType","nameSpaces":{ns:{element:intentToRetain}}}]}`
fn items(json: &Json) -> Option<Vec<ItemsRequest>> {
    let request = |json: &Json| {
        let mut elements = Vec::new();
        for (namespace, of_it) in json.get("nameSpaces")?.as_object()? {
            for (id, retained) in of_it.as_object()? {
                let intent = match retained.as_bool()? {
                    true => IntentToRetain::Retained,
                    false => IntentToRetain::NotRetained,
                };
                elements.push((namespace.as_str(), id.as_str(), intent));
            }
        }
        Some(ItemsRequest::new(json.get("docType")?.as_str()?, elements))
    };
    json.get("docRequests")?.as_array()?.iter().map(request).collect()
}

/// `reader.pem` and `reader.key` of a folder that `coffret pki` has made.
fn identity(folder: &Path) -> Result<Identity, Failure> {
    let path = folder.join("reader.pem");
    let identity =
        Identity::from_pem(&input::text(&path)?, &input::text(&path.with_extension("key"))?);
    identity.map_err(|error| Failure::unusable(error, path.as_path()))
}

fn by_lines(
    desk: &Desk<'_>,
    ask: &Ask,
    Context { clock, .. }: Context,
    rng: &mut dyn CryptoRng,
) -> Result<Outcome, Failure> {
    let line = stdio::line()?.ok_or_else(|| Failure::refused(Error::LinkSilent, About::Whole))?;
    let engagement = DeviceEngagement::from_uri(&line)
        .map_err(|error| Failure::unusable(error, About::Whole))?;
    let how = Start::Engagement(&engagement);
    let (mut reading, mut effects) = desk.start(ask, how, clock.now()?, rng)?;
    loop {
        for effect in effects {
            match effect {
                Effect::Send(message) => stdio::send(&message),
                Effect::Ended(outcome) => return Ok(outcome),
                _ => {}
            }
        }
        let event = match stdio::next() {
            Next::Message(message) => Event::Received(message),
            Next::End => Event::Closed,
            Next::Interrupted => Event::GivenUp,
        };
        effects = desk.step(&mut reading, event, clock.now()?)?;
    }
}

fn by_pictures(
    desk: &Desk<'_>,
    ask: &Ask,
    folder: &Path,
    mut watch: Watch,
    Context { lang, clock, .. }: Context,
    rng: &mut dyn CryptoRng,
) -> Result<Outcome, Failure> {
    let progress = Progress::new();
    let _shown = Shown::new(folder, Side::Reader);
    let (mut reading, mut effects) = desk.start(ask, Start::Code, clock.now()?, rng)?;
    loop {
        for effect in effects {
            match effect {
                Effect::Show(mut code) => drop(qr::show(folder, Side::Reader, &mut code)?),
                Effect::Progress { have, of } => progress.counts(READING.text(lang), have, of),
                Effect::Ended(outcome) => return Ok(outcome),
                // The reading is told the time at every look.
                _ => {}
            }
        }
        interrupt::check()?;
        let event = match watch.next() {
            Look::Code(frame) => Event::Frame(frame),
            Look::Nothing => Event::Tick,
            Look::Over => return Err(Failure::refused(Error::LinkSilent, folder)),
        };
        effects = desk.step(&mut reading, event, clock.now()?)?;
    }
}

#[cfg(test)]
mod tests;

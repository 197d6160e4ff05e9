use std::sync::Arc;
use std::time::SystemTime;

use coffret_holder as holder;
use coffret_mdoc as mdoc;

use crate::call::{Guarded, randomness};
use crate::consent::{Approval, Consent};
use crate::error::{CoffretError, Result};
use crate::frames::{Frames, ReaderCode};
use crate::keys::{self, KeyOutcome, KeyTask};
use crate::wallet::Wallet;
use crate::words::{Label, system_time, timestamp};

/// How holder and reader meet.
#[derive(uniffi::Enum)]
pub enum Engage {
    /// The holder shows its engagement (ISO 18013-5's order).
    Device,
    /// The holder has read the reader's code (QR link).
    Reader {
        /// The code.
        code: Arc<ReaderCode>,
    },
}

/// How the device proves its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum DeviceAuth {
    /// By a signature: a reader can show it to others.
    Signature,
    /// By a MAC, where the keys are on one curve: a reader convinces itself alone.
    Mac,
}

impl From<DeviceAuth> for mdoc::DeviceAuthMethod {
    fn from(method: DeviceAuth) -> Self {
        match method {
            DeviceAuth::Signature => mdoc::DeviceAuthMethod::Signature,
            DeviceAuth::Mac => mdoc::DeviceAuthMethod::Mac,
        }
    }
}

/// What has happened outside a presentation.
#[derive(uniffi::Enum)]
pub enum HolderEvent {
    /// A message of the reader.
    Received {
        /// As it came.
        message: Vec<u8>,
    },
    /// The person lets this go.
    Approved {
        /// A selection of what the consent offered.
        approval: Approval,
    },
    /// The person lets nothing go.
    Refused,
    /// What became of [`HolderEffect::UseKeys`], in order.
    KeysDone {
        /// As many as there were tasks.
        outcomes: Vec<KeyOutcome>,
    },
    /// The link is closed: nothing more is heard of the reader, nor heard by it.
    Closed,
    /// The person leaves. The reader is told, where there is a session.
    GivenUp,
    /// Time has passed.
    Tick,
}

/// What a presentation wants done outside.
#[expect(clippy::large_enum_variant, reason = "it is written to the app's memory at once")]
#[derive(uniffi::Enum)]
pub enum HolderEffect {
    /// Show this engagement as a QR code.
    Show {
        /// `mdoc:` and base64url.
        engagement: String,
    },
    /// Show these frames, in turn, until the end.
    Animate {
        /// The answer.
        frames: Arc<Frames>,
    },
    /// Send this message. To send it again, send the same bytes.
    Send {
        /// As it is to go.
        message: Vec<u8>,
    },
    /// Ask the person.
    Ask {
        /// What.
        consent: Consent,
    },
    /// Have the keystore do this.
    UseKeys {
        /// In order.
        tasks: Vec<KeyTask>,
    },
    /// Give [`HolderEvent::Tick`] then.
    WakeAt {
        /// When.
        time: SystemTime,
    },
    /// It is over.
    Ended {
        /// How it went.
        outcome: HolderOutcome,
    },
}

/// How a presentation ended.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum HolderOutcome {
    /// At least one element was shown.
    Shared,
    /// An answer without a document was given.
    Refused,
    /// It ended before an answer.
    Unanswered,
    /// Something failed before an answer.
    Failed {
        /// The name of its code.
        code: String,
    },
}

/// A presentation that has begun, and what it wants first.
#[derive(uniffi::Record)]
pub struct Begun {
    /// The presentation.
    pub presentation: Arc<Presentation>,
    /// What is to be done.
    pub effects: Vec<HolderEffect>,
}

/// One presentation, from meeting a reader to the end of the session: events in, effects out.
#[derive(uniffi::Object)]
pub struct Presentation {
    wallet: Arc<Wallet>,
    machine: Guarded<holder::Presentation>,
}

impl Presentation {
    pub(crate) fn new(wallet: Arc<Wallet>, machine: holder::Presentation) -> Presentation {
        Presentation { wallet, machine: Guarded::new(machine) }
    }
}

#[uniffi::export]
impl Presentation {
    /// Takes an event. What comes after the end is passed over.
    ///
    /// # Errors
    /// The presentation is then as it was, and may be given another event.
    pub fn step(&self, event: HolderEvent, now: SystemTime) -> Result<Vec<HolderEffect>> {
        self.machine.call(|machine| {
            let now = timestamp(now)?;
            let effects = self.wallet.within(|wallet| {
                Ok(wallet.step(machine, event.try_into()?, now, &mut randomness())?)
            })?;
            Ok(effects.into_iter().map(HolderEffect::from).collect())
        })
    }

    /// What is to be said to the person before this approval is given, while they are asked: of who
    /// asks, and of what would be sent.
    ///
    /// # Errors
    /// Nobody is asked yet, or any more; it is closed.
    pub fn cautions(&self, approval: Approval) -> Result<Vec<Label>> {
        self.machine.call(|machine| {
            let cautions = machine.cautions(&approval.try_into()?)?;
            Ok(cautions.into_iter().map(|caution| caution.label().into()).collect())
        })
    }
}

impl TryFrom<HolderEvent> for holder::Event {
    type Error = CoffretError;

    fn try_from(event: HolderEvent) -> Result<holder::Event> {
        Ok(match event {
            HolderEvent::Received { message } => holder::Event::Received(message),
            HolderEvent::Approved { approval } => holder::Event::Approved(approval.try_into()?),
            HolderEvent::Refused => holder::Event::Refused,
            HolderEvent::KeysDone { outcomes } => {
                holder::Event::KeysDone(keys::outcomes(outcomes)?)
            }
            HolderEvent::Closed => holder::Event::Closed,
            HolderEvent::GivenUp => holder::Event::GivenUp,
            HolderEvent::Tick => holder::Event::Tick,
        })
    }
}

impl From<holder::Effect> for HolderEffect {
    fn from(effect: holder::Effect) -> Self {
        match effect {
            holder::Effect::Show(engagement) => HolderEffect::Show { engagement },
            holder::Effect::Animate(frames) => {
                HolderEffect::Animate { frames: Arc::new(frames.into()) }
            }
            holder::Effect::Send(message) => HolderEffect::Send { message },
            holder::Effect::Ask(consent) => HolderEffect::Ask { consent: (*consent).into() },
            holder::Effect::UseKeys(tasks) => HolderEffect::UseKeys { tasks: keys::tasks(tasks) },
            holder::Effect::WakeAt(time) => HolderEffect::WakeAt { time: system_time(time) },
            holder::Effect::Ended(outcome) => HolderEffect::Ended { outcome: outcome.into() },
        }
    }
}

impl From<holder::Outcome> for HolderOutcome {
    fn from(outcome: holder::Outcome) -> Self {
        match outcome {
            holder::Outcome::Shared => HolderOutcome::Shared,
            holder::Outcome::Refused => HolderOutcome::Refused,
            holder::Outcome::Unanswered => HolderOutcome::Unanswered,
            holder::Outcome::Failed(error) => {
                HolderOutcome::Failed { code: error.code().name.to_owned() }
            }
        }
    }
}

//! What is tried with every peer, as data.

use std::fmt;

use coffret_crypto::Curve::{self, Ed25519, P256, P384, P521};
use coffret_mdoc::DeviceAuthMethod::{self, Mac, Signature};

use crate::party::Carriage::{self, Detached, Embedded};
use crate::party::Side::{self, Ours, Theirs};

/// What passes from one side to the other, and who does what with it.
#[derive(Clone, Copy)]
pub(crate) enum Row {
    /// A document is issued, shown to a reader unless that looks at the issuer's part alone, and
    /// verified.
    Document { issuer: Side, holder: Option<(Side, DeviceAuthMethod)>, verifier: Side },
    /// A reader signs its request; the other side is the holder.
    Request { reader: Side },
    /// A document is issued; a reader meets its holder in a session, and asks for it.
    Session { issuer: Side, holder: Side, method: DeviceAuthMethod },
    /// A COSE message is made; the other side opens it.
    Message { sender: Side, cose: Cose },
    /// A reader's code is shown as frames; the other side scans them.
    Frames { shows: Side, sight: Sight },
}

/// The kind of a COSE message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cose {
    /// By a key on a curve.
    Sign1(Curve, Carriage),
    Mac0,
}

/// What there is to see of a message, or what is seen of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sight {
    /// It is one frame.
    One,
    /// Every frame, until it is whole.
    All,
    /// Every second frame.
    Half,
    /// None of those that are not mixed.
    Mixed,
}

/// What one side does in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    Issue,
    Present(DeviceAuthMethod),
    /// A document, or with a method a presentation.
    Verify(Option<DeviceAuthMethod>),
    Ask,
    Judge,
    /// Ask and verify in a session.
    Read(DeviceAuthMethod),
    Seal(Cose),
    Open(Cose),
    Show(Sight),
    Scan(Sight),
}

/// A table: what it is about, and its rows.
pub(crate) struct Subject {
    pub(crate) title: &'static str,
    pub(crate) rows: &'static [Row],
}

/// All of them, in the order in which they are printed.
pub(crate) const SUBJECTS: [&Subject; 4] = [&DOCUMENTS, &SESSIONS, &MESSAGES, &FRAMES];

/// Every hand-over between the two sides.
pub(crate) const DOCUMENTS: Subject = Subject {
    title: "ISO 18013-5",
    rows: &[
        issued(Theirs, Ours),
        issued(Ours, Theirs),
        presented(Theirs, Theirs, Ours, Signature),
        presented(Theirs, Theirs, Ours, Mac),
        presented(Theirs, Ours, Theirs, Signature),
        presented(Theirs, Ours, Theirs, Mac),
        presented(Theirs, Ours, Ours, Signature),
        presented(Theirs, Ours, Ours, Mac),
        presented(Ours, Ours, Theirs, Signature),
        presented(Ours, Ours, Theirs, Mac),
        presented(Ours, Theirs, Ours, Signature),
        presented(Ours, Theirs, Ours, Mac),
        presented(Ours, Theirs, Theirs, Signature),
        presented(Ours, Theirs, Theirs, Mac),
        Row::Request { reader: Theirs },
        Row::Request { reader: Ours },
    ],
};

/// Sessions, of a device with a reader on the other side.
pub(crate) const SESSIONS: Subject = Subject {
    title: "ISO 18013-5 §9.1.1",
    rows: &[
        session(Theirs, Ours, Signature),
        session(Theirs, Ours, Mac),
        session(Ours, Theirs, Signature),
        session(Ours, Theirs, Mac),
    ],
};

pub(crate) const MESSAGES: Subject = Subject {
    title: "COSE",
    rows: &[
        message(Theirs, Cose::Sign1(P256, Embedded)),
        message(Ours, Cose::Sign1(P256, Embedded)),
        message(Theirs, Cose::Sign1(P384, Embedded)),
        message(Ours, Cose::Sign1(P384, Embedded)),
        message(Theirs, Cose::Sign1(P521, Embedded)),
        message(Ours, Cose::Sign1(P521, Embedded)),
        message(Theirs, Cose::Sign1(Ed25519, Embedded)),
        message(Ours, Cose::Sign1(Ed25519, Embedded)),
        message(Theirs, Cose::Sign1(P256, Detached)),
        message(Ours, Cose::Sign1(P256, Detached)),
        message(Theirs, Cose::Sign1(P384, Detached)),
        message(Ours, Cose::Sign1(P384, Detached)),
        message(Theirs, Cose::Sign1(P521, Detached)),
        message(Ours, Cose::Sign1(P521, Detached)),
        message(Theirs, Cose::Sign1(Ed25519, Detached)),
        message(Ours, Cose::Sign1(Ed25519, Detached)),
        message(Theirs, Cose::Mac0),
        message(Ours, Cose::Mac0),
    ],
};

/// The frames of the QR link.
pub(crate) const FRAMES: Subject = Subject {
    title: "BC-UR",
    rows: &[
        frames(Theirs, Sight::One),
        frames(Ours, Sight::One),
        frames(Theirs, Sight::All),
        frames(Ours, Sight::All),
        frames(Theirs, Sight::Half),
        frames(Ours, Sight::Half),
        frames(Theirs, Sight::Mixed),
        frames(Ours, Sight::Mixed),
    ],
};

const fn issued(issuer: Side, verifier: Side) -> Row {
    Row::Document { issuer, holder: None, verifier }
}

const fn presented(issuer: Side, holder: Side, verifier: Side, method: DeviceAuthMethod) -> Row {
    Row::Document { issuer, holder: Some((holder, method)), verifier }
}

const fn session(issuer: Side, holder: Side, method: DeviceAuthMethod) -> Row {
    Row::Session { issuer, holder, method }
}

const fn message(sender: Side, cose: Cose) -> Row {
    Row::Message { sender, cose }
}

const fn frames(shows: Side, sight: Sight) -> Row {
    Row::Frames { shows, sight }
}

impl Row {
    /// Who does what, in order.
    pub(crate) fn steps(&self) -> Vec<(Side, Step)> {
        match *self {
            Row::Document { issuer, holder, verifier } => {
                let shown = holder.map(|(holder, method)| (holder, Step::Present(method)));
                let verified = (verifier, Step::Verify(holder.map(|(_, method)| method)));
                [(issuer, Step::Issue)].into_iter().chain(shown).chain([verified]).collect()
            }
            Row::Session { issuer, holder, method } => vec![
                (issuer, Step::Issue),
                (holder, Step::Present(method)),
                (holder.other(), Step::Read(method)),
            ],
            Row::Request { reader } => vec![(reader, Step::Ask), (reader.other(), Step::Judge)],
            Row::Message { sender, cose } => {
                vec![(sender, Step::Seal(cose)), (sender.other(), Step::Open(cose))]
            }
            Row::Frames { shows, sight } => {
                vec![(shows, Step::Show(sight)), (shows.other(), Step::Scan(sight))]
            }
        }
    }

    /// What proves it.
    pub(crate) fn means(&self) -> String {
        match self {
            Row::Document { holder: None, .. } => "issuer only".to_owned(),
            Row::Document { holder: Some((_, Mac)), .. } | Row::Session { method: Mac, .. } => {
                "MAC".to_owned()
            }
            Row::Document { holder: Some((_, Signature)), .. }
            | Row::Session { method: Signature, .. }
            | Row::Request { .. } => "signature".to_owned(),
            Row::Frames { sight: Sight::One, .. } => "one frame".to_owned(),
            Row::Frames { sight: Sight::All, .. } => "all frames".to_owned(),
            Row::Frames { sight: Sight::Half, .. } => "every second frame".to_owned(),
            Row::Frames { sight: Sight::Mixed, .. } => "mixed frames alone".to_owned(),
            Row::Message { cose: Cose::Mac0, .. } => "Mac0".to_owned(),
            Row::Message { cose: Cose::Sign1(curve, Embedded), .. } => format!("Sign1 {curve:?}"),
            Row::Message { cose: Cose::Sign1(curve, Detached), .. } => {
                format!("Sign1 {curve:?}, detached")
            }
        }
    }
}

impl fmt::Display for Row {
    /// “they issue and present, we verify”
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut before = None;
        for (side, step) in self.steps() {
            match before {
                Some(before) if before == side => write!(f, " and {step}")?,
                Some(_) => write!(f, ", {side} {step}")?,
                None => write!(f, "{side} {step}")?,
            }
            before = Some(side);
        }
        Ok(())
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Step::Issue => "issue",
            Step::Present(_) => "present",
            Step::Verify(_) | Step::Open(_) => "verify",
            Step::Ask => "ask",
            Step::Judge => "judge",
            Step::Read(_) => "read",
            Step::Seal(Cose::Sign1(..)) => "sign",
            Step::Seal(Cose::Mac0) => "authenticate",
            Step::Show(_) => "show",
            Step::Scan(_) => "scan",
        })
    }
}

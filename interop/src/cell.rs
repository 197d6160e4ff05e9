//! One cell: a row with a peer. What is right is accepted; each alteration of it is refused.

use std::fmt::Debug;

use coffret_crypto::PrivateKey;
use coffret_mdoc::DeviceAuthMethod;
use getrandom::SysRng;
use rand_core::{Rng, UnwrapErr};
use serde_json::Value as Json;

use crate::coffret::Pki;
use crate::ours::{Ours, UNTRUSTED_READER};
use crate::party::{Anchor, Carriage, Exhibit, Fault, Key, Message, Party, Seen, Side};
use crate::row::{Cose, Row, Step};
use crate::session::{Device, Session};
use crate::specimen::{self, CHANGED_NAME, CHANGED_VALUE};
use crate::theirs::Theirs;

mod frames;

/// Who takes part.
pub(crate) struct Sides<'a> {
    pub(crate) ours: Ours<'a>,
    pub(crate) theirs: Theirs,
    /// Whom nobody has a reason to trust.
    pub(crate) strangers: &'a Pki,
}

/// An alteration of what is right.
struct Wrong<T> {
    what: &'static str,
    /// Who is to find it.
    judge: Side,
    /// The rules of which we find one broken; others have their own words.
    rules: &'static [&'static str],
    trial: T,
}

impl Sides<'_> {
    /// # Errors
    /// Who did not do what was right, and why.
    pub(crate) fn run(&mut self, row: Row) -> Result<(), String> {
        match row {
            Row::Document { issuer, holder, verifier } => self.document(issuer, holder, verifier),
            Row::Request { reader } => self.request(reader),
            Row::Session { issuer, holder, method } => self.session(issuer, holder, method),
            Row::Message { sender, cose } => {
                let [key, other] = [(); 2].map(|()| new_key(cose));
                self.message(sender, cose, &key, &other)
            }
            Row::Frames { shows, sight } => self.frames(shows, sight),
        }
    }

    fn of(&mut self, side: Side) -> &mut dyn Party {
        match side {
            Side::Ours => &mut self.ours,
            Side::Theirs => &mut self.theirs,
        }
    }

    fn document(
        &mut self,
        issuer: Side,
        holder: Option<(Side, DeviceAuthMethod)>,
        verifier: Side,
    ) -> Result<(), String> {
        struct Trial<'a> {
            document: &'a [u8],
            session: &'a Session,
            anchor: &'a Anchor,
        }
        let mut device = Device::new(&mut UnwrapErr(SysRng))?;
        let [session, other] = &sessions()?;
        let credential = self.of(issuer).issue(&device.public).by(issuer, Step::Issue)?;
        let stranger = in_place_of(&credential.anchor, self.strangers)?;
        let document = match holder {
            None => &credential.issuer_signed,
            Some((holder, method)) => {
                let response = self.of(holder).present(&credential, &mut device, session, method);
                &response.by(holder, Step::Present(method))?
            }
        };
        let method = holder.map(|(_, method)| method);
        let changed = &replaced(document, CHANGED_VALUE)?;

        let right = Trial { document, session, anchor: &credential.anchor };
        let mut wrong = vec![
            Wrong {
                what: "a changed value",
                judge: verifier,
                rules: &["digest-mismatch"],
                trial: Trial { document: changed, ..right },
            },
            Wrong {
                what: "an unknown issuer",
                judge: verifier,
                rules: &["untrusted-issuer"],
                trial: Trial { anchor: &stranger, ..right },
            },
        ];
        wrong.extend(method.map(|method| Wrong {
            what: "another session",
            judge: verifier,
            rules: match method {
                DeviceAuthMethod::Signature => &["device-signature"],
                DeviceAuthMethod::Mac => &["device-mac"],
            },
            trial: Trial { session: other, ..right },
        }));
        let shown = if method.is_some() { specimen::disclosed() } else { specimen::elements() };
        let expected = expected(&shown?, method);
        let party = self.of(verifier);
        let judgement = |trial: &Trial<'_>| {
            let Trial { document, session, anchor } = *trial;
            let exhibit = match method {
                None => Exhibit::Issued(document),
                Some(method) => Exhibit::Presented { response: document, session, method },
            };
            party.verify(exhibit, anchor).map(as_printed).map_err(|fault| (verifier, fault))
        };
        examine(verifier, &expected, &right, &wrong, judgement)
            .map_err(|(by, fault)| blamed(by, Step::Verify(method), fault))
    }

    fn request(&mut self, reader: Side) -> Result<(), String> {
        struct Trial<'a> {
            request: &'a [u8],
            session: &'a Session,
            root: &'a str,
        }
        let [session, other] = &sessions()?;
        let request = self.of(reader).ask(session).by(reader, Step::Ask)?;
        let changed = &replaced(&request.device_request, CHANGED_NAME)?;
        let stranger = self.strangers.reader_root.as_str();
        let judge = reader.other();

        let right = Trial { request: &request.device_request, session, root: &request.root };
        let wrong = [
            Wrong {
                what: "a changed name",
                judge,
                rules: &["reader-signature-invalid"],
                trial: Trial { request: changed, ..right },
            },
            Wrong {
                what: "another session",
                judge,
                rules: &["reader-signature-invalid"],
                trial: Trial { session: other, ..right },
            },
            Wrong {
                what: "an unknown authority",
                judge,
                // Of another name than the reader's issuer, or of the same.
                rules: &[UNTRUSTED_READER, "certificate-signature-invalid"],
                trial: Trial { root: stranger, ..right },
            },
        ];
        let holder = self.of(judge);
        let judgement = |trial: &Trial<'_>| {
            let judged = holder.judge(trial.request, trial.session, trial.root);
            judged.map_err(|fault| (judge, fault))
        };
        examine(judge, &specimen::intents(), &right, &wrong, judgement)
            .map_err(|(by, fault)| blamed(by, Step::Judge, fault))
    }

    fn session(
        &mut self,
        issuer: Side,
        holder: Side,
        method: DeviceAuthMethod,
    ) -> Result<(), String> {
        struct Trial<'a> {
            request: Carried,
            answer: Carried,
            anchor: &'a Anchor,
        }
        let (present, read) = (Step::Present(method), Step::Read(method));
        let key = self.of(holder).device_key().by(holder, present)?;
        let credential = self.of(issuer).issue(&key).by(issuer, Step::Issue)?;
        let anchor = &credential.anchor.clone();
        let stranger = in_place_of(anchor, self.strangers)?;
        self.of(holder).hold(credential).by(holder, present)?;
        let reader = holder.other();

        let right = Trial { request: Carried::AsSent, answer: Carried::AsSent, anchor };
        let wrong = [
            Wrong {
                what: "a changed request",
                judge: holder,
                rules: &["aead-failed"],
                trial: Trial { request: Carried::Changed, ..right },
            },
            Wrong {
                what: "a changed answer",
                judge: reader,
                rules: &["aead-failed"],
                trial: Trial { answer: Carried::Changed, ..right },
            },
            Wrong {
                what: "an unknown issuer",
                judge: reader,
                rules: &["untrusted-issuer"],
                trial: Trial { anchor: &stranger, ..right },
            },
        ];
        let expected = expected(&specimen::requested()?, Some(method));
        let judgement = |trial: &Trial<'_>| {
            let blame = |side| move |fault| (side, fault);
            let engagement = self.of(holder).engage(method).map_err(blame(holder))?;
            let asked = self.of(reader).establish(&engagement, trial.anchor);
            let asked = trial.request.carry(asked.map_err(blame(reader))?);
            let answer = self.of(holder).answer(&asked).map_err(blame(holder))?;
            let answer = trial.answer.carry(answer);
            let seen = self.of(reader).read(&answer, trial.anchor);
            let (seen, farewell) = seen.map_err(blame(reader))?;
            self.of(holder).part(&farewell).map_err(blame(holder))?;
            Ok(as_printed(seen))
        };
        let step = |side| if side == holder { present } else { read };
        examine(reader, &expected, &right, &wrong, judgement)
            .map_err(|(by, fault)| blamed(by, step(by), fault))
    }

    fn message(&mut self, sender: Side, cose: Cose, key: &Key, other: &Key) -> Result<(), String> {
        struct Trial<'a> {
            key: &'a Key,
            message: Message<'a>,
            aad: &'a [u8],
        }
        const PAYLOADS: [&str; 2] = ["Bonjour", "Bonsoir"];
        const CONTEXTS: [&str; 2] = ["permis", "passeport"];
        let [payload, other_payload] = PAYLOADS.map(str::as_bytes);
        let [aad, other_aad] = CONTEXTS.map(str::as_bytes);
        let (carriage, rules): (_, &[_]) = match cose {
            Cose::Sign1(_, carriage) => (carriage, &["signature-invalid"]),
            Cose::Mac0 => (Carriage::Embedded, &["mac-invalid"]),
        };
        let sealed = self.of(sender).seal(key, carriage, payload, aad);
        let sealed = &sealed.by(sender, Step::Seal(cose))?;
        let changed;
        let (message, changed) = match carriage {
            Carriage::Embedded => {
                changed = replaced(sealed, PAYLOADS)?;
                let embedded = |bytes| Message { bytes, detached: None };
                (embedded(sealed), embedded(&changed))
            }
            Carriage::Detached => {
                let detached = |payload| Message { bytes: sealed, detached: Some(payload) };
                (detached(payload), detached(other_payload))
            }
        };

        let right = Trial { key, message, aad };
        let judge = sender.other();
        let wrong = [
            ("another payload", Trial { message: changed, ..right }),
            ("another context", Trial { aad: other_aad, ..right }),
            ("another key", Trial { key: other, ..right }),
        ]
        .map(|(what, trial)| Wrong { what, judge, rules, trial });
        let receiver = self.of(judge);
        let judgement = |trial: &Trial<'_>| {
            let opened = receiver.open(trial.key, trial.message, trial.aad);
            opened.map_err(|fault| (judge, fault))
        };
        examine(judge, &payload.to_vec(), &right, &wrong, judgement)
            .map_err(|(by, fault)| blamed(by, Step::Open(cose), fault))
    }
}

/// What is right is seen as it is; what is wrong is refused by whom it concerns, by us for the rule
/// that it breaks.
fn examine<T, S: PartialEq + Debug>(
    judge: Side,
    expected: &S,
    right: &T,
    wrong: &[Wrong<T>],
    mut judgement: impl FnMut(&T) -> Result<S, (Side, Fault)>,
) -> Result<(), (Side, Fault)> {
    let seen = judgement(right)?;
    if seen != *expected {
        return Err((judge, Fault::Failed(format!("saw {seen:?}, not {expected:?}"))));
    }
    for Wrong { what, judge, rules, trial } in wrong {
        let is_reason = |why: &str| why.split(", ").any(|code| rules.contains(&code));
        match judgement(trial) {
            Err((by, Fault::Refused(why)))
                if by == *judge && (by == Side::Theirs || is_reason(&why)) => {}
            Err((by, fault)) => return Err((by, Fault::Failed(format!("{what} is {fault}")))),
            Ok(_) => return Err((*judge, Fault::Failed(format!("{what} is accepted")))),
        }
    }
    Ok(())
}

fn expected(elements: &Json, method: Option<DeviceAuthMethod>) -> Seen {
    let device_auth = method.map(|method| match method {
        DeviceAuthMethod::Signature => "signature".to_owned(),
        DeviceAuthMethod::Mac => "mac".to_owned(),
    });
    let elements = specimen::printed(elements);
    Seen { doc_type: specimen::DOC_TYPE.to_owned(), device_auth, elements }
}

/// Peers keep a date's tag, the command line does not.
fn as_printed(seen: Seen) -> Seen {
    Seen { elements: specimen::printed(&seen.elements), ..seen }
}

/// How a message reaches the other side.
#[derive(Clone, Copy)]
enum Carried {
    AsSent,
    /// With another last byte, of its authentication tag.
    Changed,
}

impl Carried {
    fn carry(self, mut message: Vec<u8>) -> Vec<u8> {
        if let (Carried::Changed, Some(last)) = (self, message.last_mut()) {
            *last ^= 1;
        }
        message
    }
}

/// One reader with two devices.
fn sessions() -> Result<[Session; 2], Fault> {
    let rng = &mut UnwrapErr(SysRng);
    let session = Session::new(rng)?;
    let other = session.another(rng)?;
    Ok([session, other])
}

/// A certificate for the same use, of somebody who had no part in it.
fn in_place_of(anchor: &Anchor, strangers: &Pki) -> Result<Anchor, Fault> {
    Ok(match anchor {
        Anchor::Root(_) => Anchor::Root(strangers.root.clone()),
        Anchor::Signer(_) => Anchor::Signer(strangers.signer.certificate_pem()?),
    })
}

fn new_key(cose: Cose) -> Key {
    let rng = &mut UnwrapErr(SysRng);
    match cose {
        Cose::Sign1(curve, _) => Key::Private(PrivateKey::generate(curve, rng)),
        Cose::Mac0 => {
            let mut key = [0; 32];
            rng.fill_bytes(&mut key);
            Key::Shared(key)
        }
    }
}

/// The bytes with one text in place of another of its length.
fn replaced(bytes: &[u8], [from, to]: [&str; 2]) -> Result<Vec<u8>, Fault> {
    let at = bytes.windows(from.len()).position(|window| window == from.as_bytes());
    let (before, after) = at
        .and_then(|at| bytes.split_at_checked(at))
        .ok_or_else(|| Fault::Failed(format!("{from} is not there to be changed")))?;
    Ok([before, to.as_bytes(), after.get(from.len()..).unwrap_or_default()].concat())
}

/// Says whose fault it is.
trait By<T> {
    fn by(self, side: Side, step: Step) -> Result<T, String>;
}

impl<T> By<T> for Result<T, Fault> {
    fn by(self, side: Side, step: Step) -> Result<T, String> {
        self.map_err(|fault| blamed(side, step, fault))
    }
}

fn blamed(side: Side, step: Step, fault: Fault) -> String {
    format!("{side} {step}: {fault}")
}

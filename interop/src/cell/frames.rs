//! A reader's code as frames, shown by one side and scanned by the other.

use coffret_cbor::Timestamp;
use coffret_proximity::{Collected, Collector, Error, Inviting, ReaderCode};
use getrandom::SysRng;
use rand_core::UnwrapErr;
use serde_json::{Value as Json, json};

use super::{By, Sides, Wrong, blamed, examine};
use crate::party::{Fault, Side};
use crate::row::{Sight, Step};
use crate::theirs::{Theirs, hex, unhex};

/// What both sides call a reader's code.
const TYPE: &str = "x-mdoc-reader";

/// More than enough, in whatever order.
const SHOWN: usize = 60;

impl Sides<'_> {
    pub(super) fn frames(&mut self, shows: Side, sight: Sight) -> Result<(), String> {
        let (show, scan) = (Step::Show(sight), Step::Scan(sight));
        let request = vec![b'?'; if sight == Sight::One { 100 } else { 3000 }];
        let (shown, message) = ours(self.ours.now, &request).by(Side::Ours, show)?;
        let shown = match shows {
            Side::Ours => shown,
            Side::Theirs => self.theirs.show(&message).by(shows, show)?,
        };
        let fragments = shown.first().map_or(0, |frame| fragments(frame));
        let seen: Vec<String> = match sight {
            Sight::One | Sight::All => shown,
            Sight::Half => shown.into_iter().step_by(2).collect(),
            Sight::Mixed => shown.into_iter().skip(fragments).collect(),
        };
        let misread = seen.iter().map(|frame| format!("{}AEAE", &frame[..frame.len() - 4]));

        let judge = shows.other();
        let wrong = [Wrong {
            what: "frames of which four letters are misread",
            judge,
            rules: &["frame-malformed"],
            trial: misread.collect::<Vec<_>>(),
        }];
        let judgement = |frames: &Vec<String>| {
            let scanned = match judge {
                Side::Ours => scan_ours(frames),
                Side::Theirs => self.theirs.scan(frames),
            };
            scanned.map_err(|fault| (judge, fault))
        };
        examine(judge, &message, &seen, &wrong, judgement)
            .map_err(|(by, fault)| blamed(by, scan, fault))
    }
}

/// How many a frame says that its message has.
fn fragments(frame: &str) -> usize {
    let place = frame.split('/').nth(1).and_then(|place| place.split_once('-'));
    place.and_then(|(_, fragments)| fragments.parse().ok()).unwrap_or(1)
}

/// The frames of a request, and the message that they are of.
fn ours(now: Timestamp, request: &[u8]) -> Result<(Vec<String>, Vec<u8>), Fault> {
    let (_, frames) = Inviting::new(now, &mut UnwrapErr(SysRng))?.invite(request)?;
    let frames: Vec<_> = frames.take(SHOWN).collect();
    let message = scan_ours(&frames)?;
    if ReaderCode::parse(&message)?.request() == request {
        Ok((frames, message))
    } else {
        Err(Fault::Failed("another request".to_owned()))
    }
}

fn scan_ours(frames: &[String]) -> Result<Vec<u8>, Fault> {
    let mut collector = Collector::of_codes();
    let mut refused = Fault::Refused("not whole".to_owned());
    for frame in frames {
        match collector.receive(frame) {
            Ok(Collected::Whole(message)) => return Ok(message),
            Ok(_) => {}
            Err(error) => refused = Fault::Refused(Error::code(&error).name.to_owned()),
        }
    }
    Err(refused)
}

impl Theirs {
    fn show(&mut self, message: &[u8]) -> Result<Vec<String>, Fault> {
        let question =
            json!({"type": TYPE, "message": hex(message), "fragment": 500, "count": SHOWN});
        let answer = self.driver.ask("show", question)?;
        let frames = answer["frames"].as_array().map(Vec::as_slice).unwrap_or_default();
        Ok(frames.iter().filter_map(Json::as_str).map(str::to_owned).collect())
    }

    fn scan(&mut self, frames: &[String]) -> Result<Vec<u8>, Fault> {
        let answer = self.driver.ask("scan", json!({"type": TYPE, "frames": frames}))?;
        unhex(&answer, "message")
    }
}

//! Whatever comes, in whatever order: nothing panics, and nothing is accepted but what was shown.

use coffret_cbor::Timestamp;
use coffret_crypto::{KeyOutcome, KeyTask};
use coffret_mdoc::NameSpaces;
use coffret_proximity::{Collector, Engaged, Frames, ReaderCode};
use coffret_reader::{Effect, Event, Outcome, Start, Verdict};
use proptest::prelude::*;

use crate::story::{MDL, Order, Signer, Story, ask, collected};

/// What may happen next.
#[derive(Debug, Clone)]
enum Happening {
    /// The answer, or its next frame.
    Answer,
    /// That of another session.
    Stranger,
    Noise(Vec<u8>),
    Signed,
    Declined(usize),
    Closed,
    GivenUp,
    Seconds(i64),
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        8 => Just(Happening::Answer),
        2 => Just(Happening::Stranger),
        2 => proptest::collection::vec(any::<u8>(), 0..40).prop_map(Happening::Noise),
        4 => Just(Happening::Signed),
        1 => (0..3usize).prop_map(Happening::Declined),
        1 => Just(Happening::Closed),
        1 => Just(Happening::GivenUp),
        2 => (0..50i64).prop_map(Happening::Seconds),
    ]
}

/// What the holder sends: messages, or frames without end.
enum Sent {
    Message(Vec<u8>),
    Frames(Frames),
}

impl Sent {
    fn event(&mut self) -> Event {
        match self {
            Sent::Message(message) => Event::Received(message.clone()),
            Sent::Frames(frames) => Event::Frame(frames.next().unwrap()),
        }
    }
}

/// What the holder answers to what the reader has sent or shown.
fn answer(story: &mut Story, holder: &mut Option<Engaged>, effect: Effect) -> Option<Sent> {
    match effect {
        Effect::Send(establishment) => {
            let (mut session, request) = holder.take()?.establish(&establishment).unwrap();
            let response = story.response(&request, session.transcript());
            Some(Sent::Message(session.seal(&response).unwrap()))
        }
        Effect::Show(frames) => {
            let code = ReaderCode::parse(&collected(Collector::of_codes(), frames)).unwrap();
            Some(Sent::Frames(story.answer(&code)))
        }
        _ => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    #[test]
    fn events_in_any_order(
        happenings in proptest::collection::vec(happening(), 1..40),
        order in prop_oneof![Just(Order::Iso), Just(Order::Qr)],
        identified: bool,
    ) {
        let mut story = Story::with("adulte", MDL, Signer::Real);
        let mut stranger = match order {
            Order::Iso => {
                let (_, mut session, _) = story.met(&ask("age-18"));
                Sent::Message(session.seal(b"a response").unwrap())
            }
            Order::Qr => {
                let (_, code) = story.invited(&ask("age-18"));
                Sent::Frames(story.answer(&code))
            }
        };
        if identified {
            story.identify();
        }
        let engaged = Engaged::new(&mut story.rng).unwrap();
        let engagement = engaged.engagement().clone();
        let mut holder = Some(engaged);
        let how = match order {
            Order::Iso => Start::Engagement(&engagement),
            Order::Qr => Start::Code,
        };
        let (mut reading, mut effects) =
            story.reader.start(&ask("age-18"), how, story.now, &mut story.rng).unwrap();
        let begun = story.now;
        let (mut tasks, mut sent): (Vec<KeyTask>, Option<Sent>) = (Vec::new(), None);
        let (mut is_over, mut answered) = (false, false);
        for happening in happenings {
            for effect in effects {
                match effect {
                    Effect::UseKeys(asked) => tasks = asked,
                    Effect::Ended(_) => is_over = true,
                    effect => sent = sent.or_else(|| answer(&mut story, &mut holder, effect)),
                }
            }
            let event = match happening {
                Happening::Answer => match &mut sent {
                    Some(sent) => {
                        answered = true;
                        sent.event()
                    }
                    None => Event::Tick,
                },
                Happening::Stranger => stranger.event(),
                Happening::Noise(noise) if noise.len() % 2 == 0 => Event::Received(noise),
                Happening::Noise(noise) => {
                    Event::Frame(format!("ur:{}", String::from_utf8_lossy(&noise)))
                }
                Happening::Signed => {
                    let done = tasks.iter().map(|task| story.keys.execute(task, &mut story.rng));
                    Event::KeysDone(done.collect())
                }
                Happening::Declined(count) => {
                    Event::KeysDone((0..count).map(|_| KeyOutcome::Declined).collect())
                }
                Happening::Closed => Event::Closed,
                Happening::GivenUp => Event::GivenUp,
                Happening::Seconds(seconds) => {
                    story.now = Timestamp::from_unix(story.now.unix() + seconds).unwrap();
                    Event::Tick
                }
            };
            let before = format!("{reading:?}");
            match story.reader.step(&mut reading, event, story.now) {
                Ok(caused) => effects = caused,
                Err(_) => {
                    prop_assert_eq!(format!("{reading:?}"), before);
                    effects = Vec::new();
                }
            }
            if is_over {
                prop_assert!(effects.is_empty(), "{:?}", effects);
            }
            if let Some(Effect::Ended(outcome)) = effects.last() {
                prop_assert_eq!(format!("{reading:?}"), "Reading(over)");
                if let Outcome::Read { verdict, .. } = outcome {
                    prop_assert!(answered, "{:?}", outcome);
                    prop_assert!(matches!(verdict, Verdict::Accepted(_)), "{:?}", outcome);
                    let late = matches!(order, Order::Qr) && story.now.unix() >= begun.unix() + 120;
                    prop_assert!(!late);
                }
            }
        }
    }

    /// A response with a byte changed or cut is accepted only if it shows the same.
    #[test]
    fn hostile_responses(at in any::<prop::sample::Index>(), byte: u8, cut: bool) {
        let mut story = Story::with("adulte", MDL, Signer::Real);
        let (mut reading, mut session, request) = story.met(&ask("age-18"));
        let mut response = story.response(&request, session.transcript());
        let at = at.index(response.len());
        if cut { response.truncate(at) } else { response[at] = byte }
        let message = session.seal(&response).unwrap();
        let mut effects = story.step(&mut reading, Event::Received(message));
        if let Some(Effect::Ended(Outcome::Read { verdict: Verdict::Accepted(documents), .. })) =
            effects.pop()
        {
            let [document] = documents.as_slice() else { panic!("{documents:?}") };
            let people = coffret_catalogue::specimen("adulte").unwrap().documents.iter();
            let issued: NameSpaces<_> = people
                .filter(|document| document.doc_type == MDL)
                .flat_map(|document| document.elements())
                .collect();
            for (namespace, id, value) in document.elements().iter() {
                prop_assert!(issued.get(namespace, id) == Some(value), "{}", id);
            }
            prop_assert_eq!(document.elements().iter().count(), 3);
        }
    }
}

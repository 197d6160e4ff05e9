//! Engagements, sessions and the QR link.

use coffret_cbor::Timestamp;
use coffret_proximity::{
    Answering, Collected, DeviceEngagement, Engaged, Error, Establishing, Invited, Inviting,
    Message, ReaderCode, Session,
};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use rand_core::{TryCryptoRng, TryRng};
use serde_json::{Value as Json, json};

use super::{Found, hex, list, now};

/// Draws one number: that of a private key on P-256.
struct Drawn(Vec<u8>);

impl Drawn {
    fn new(jwk: &Json) -> Drawn {
        Drawn(BASE64URL_NOPAD.decode(jwk["d"].as_str().unwrap_or_default().as_bytes()).unwrap())
    }
}

impl TryRng for Drawn {
    type Error = std::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        unreachable!("keys are drawn by the byte")
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        unreachable!("keys are drawn by the byte")
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
        bytes.copy_from_slice(&self.0[..bytes.len()]);
        Ok(())
    }
}

impl TryCryptoRng for Drawn {}

fn found(judged: Result<(), Error>) -> Found<'static> {
    judged.map_or_else(|error| error.code().into(), |()| Found::default())
}

pub(super) fn session(input: &Json, expect: &Json) -> Found<'static> {
    found(match input["kind"].as_str().unwrap() {
        "engagement" => engagement(input, expect),
        "uri" => DeviceEngagement::from_uri(input["uri"].as_str().unwrap()).map(|_| ()),
        "holder" => Heard::default().judge(expect, |heard| holder(heard, input, expect)),
        "reader" => Heard::default().judge(expect, |heard| reader(heard, input, expect)),
        other => panic!("kind {other}?"),
    })
}

fn engagement(input: &Json, expect: &Json) -> Result<(), Error> {
    let engagement = DeviceEngagement::parse(&hex(&input["engagement"]))?;
    assert_eq!(engagement.to_uri(), expect["uri"]);
    assert_eq!(DeviceEngagement::from_uri(&engagement.to_uri()), Ok(engagement));
    Ok(())
}

/// What one side has heard of the other.
#[derive(Default)]
struct Heard {
    data: Vec<String>,
    ended: Option<u64>,
}

impl Heard {
    fn judge(
        mut self,
        expect: &Json,
        session: impl FnOnce(&mut Heard) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let judged = session(&mut self);
        let sends = judged.err().and_then(|error| error.status()).map(|status| status as u64);
        assert_eq!(json!(sends), expect["sends"]);
        assert_eq!(json!(self.data), expect["data"]);
        assert_eq!(json!(self.ended), expect["ended"]);
        judged
    }

    fn data(&mut self, data: &[u8]) {
        self.data.push(HEXLOWER.encode(data));
    }

    fn listen(&mut self, session: &mut Session, messages: &[&str]) -> Result<(), Error> {
        for message in messages {
            let Message { data, status } = session.open(&super::decode(message))?;
            data.iter().for_each(|data| self.data(data));
            self.ended = status.map(|status| status as u64);
        }
        Ok(())
    }
}

fn holder(heard: &mut Heard, input: &Json, expect: &Json) -> Result<(), Error> {
    let holder = Engaged::new(&mut Drawn::new(&input["deviceKey"]))?;
    assert_eq!(*holder.engagement(), DeviceEngagement::parse(&hex(&input["engagement"]))?);
    let received = list(&input["received"]);
    let (establishment, messages) = received.split_first().unwrap();
    let (mut session, request) = holder.establish(&super::decode(establishment))?;
    heard.data(&request);
    heard.listen(&mut session, messages)?;
    assert_transcript(session.transcript(), &expect["transcript"]);
    Ok(())
}

fn reader(heard: &mut Heard, input: &Json, expect: &Json) -> Result<(), Error> {
    let engagement = DeviceEngagement::parse(&hex(&input["engagement"]))?;
    let reader = Establishing::new(&engagement, &mut Drawn::new(&input["readerKey"]))?;
    let (mut session, establishment) = reader.establish(&hex(&input["request"]))?;
    heard.listen(&mut session, &list(&input["received"]))?;
    assert_eq!(HEXLOWER.encode(&establishment), expect["establishment"]);
    assert_transcript(session.transcript(), &expect["transcript"]);
    Ok(())
}

fn assert_transcript(transcript: &coffret_mdoc::SessionTranscript, expected: &Json) {
    let expected = coffret_mdoc::SessionTranscript::parse(&hex(expected)).unwrap();
    assert_eq!(*transcript, expected);
}

pub(super) fn qr_link(input: &Json, expect: &Json) -> Found<'static> {
    match input["kind"].as_str().unwrap() {
        "code" => found(code(input, expect)),
        "answer" => found(answer(input, expect)),
        "frames" => frames(input, expect),
        other => panic!("kind {other}?"),
    }
}

fn code(input: &Json, expect: &Json) -> Result<(), Error> {
    let code = ReaderCode::parse(&hex(&input["code"]))?;
    let holder = Answering::new(&code, now(input), &mut Drawn::new(&input["deviceKey"]))?;
    let transcript = holder.transcript().clone();
    let frames = holder.answer(&hex(&input["response"]))?;
    assert_eq!(HEXLOWER.encode(code.request()), expect["request"]);
    assert_transcript(code.transcript(), &expect["readerTranscript"]);
    assert_transcript(&transcript, &expect["transcript"]);
    let expected = list(&expect["frames"]);
    assert_eq!(frames.take(expected.len()).collect::<Vec<_>>(), expected);
    Ok(())
}

fn invited(input: &Json) -> Invited {
    let at = Timestamp::parse(input["invited"].as_str().unwrap()).unwrap();
    let inviting = Inviting::new(at, &mut Drawn::new(&input["readerKey"])).unwrap();
    inviting.invite(&hex(&input["request"])).unwrap().0
}

fn answer(input: &Json, expect: &Json) -> Result<(), Error> {
    let (transcript, response) = invited(input).open(&hex(&input["answer"]), now(input))?;
    assert_eq!(HEXLOWER.encode(&response), expect["response"]);
    assert_transcript(&transcript, &expect["transcript"]);
    Ok(())
}

fn frames(input: &Json, expect: &Json) -> Found<'static> {
    let mut collector = invited(input).collector();
    let mut found = Found::default();
    let seen = list(&input["frames"]).into_iter().map(|frame| match collector.receive(frame) {
        Ok(Collected::Foreign) => "foreign".to_owned(),
        Ok(Collected::Part { have, of }) => format!("{have}/{of}"),
        Ok(Collected::Whole(message)) => {
            assert_eq!(HEXLOWER.encode(&message), expect["message"]);
            "whole".to_owned()
        }
        Err(error) => {
            found.codes.push(error.code().name);
            error.code().name.to_owned()
        }
    });
    assert_eq!(seen.collect::<Vec<_>>(), list(&expect["seen"]));
    found
}

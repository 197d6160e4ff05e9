//! Nothing that is printed tells what is sent, or keys.

use std::fmt::Debug;

use coffret_proximity::{Answering, Collected, Engaged};

use crate::pair::{inviting, met, now, rng, scanned, sessions};

#[test]
fn nothing_is_told() {
    let secret = "Tremblay";
    let says = |value: &dyn Debug, expected: &str| assert_eq!(format!("{value:?}"), expected);

    let holder = Engaged::new(&mut rng(1)).unwrap();
    says(
        &met(&holder, 1),
        "Establishing { e_reader_key: Encoded(Tag, 79 bytes), session: Session(open) }",
    );
    let engagement = "DeviceEngagement { e_device_key: Received(PublicKey(P256, […]), 79 bytes), \
                      tagged: Encoded(Tag, 92 bytes) }";
    says(holder.engagement(), engagement);
    says(
        &holder,
        &format!("Engaged {{ e_device_key: PrivateKey([…]), engagement: {engagement} }}"),
    );
    let (mut holder, mut reader) = sessions(1);
    says(&reader, "Session(open)");
    let message = reader.open(&holder.seal(secret.as_bytes()).unwrap()).unwrap();
    says(&message, "Message(None, […])");
    reader.open(b"").unwrap_err();
    says(&reader, "Session(over)");

    says(&inviting(1), "Inviting(2026-11-18T11:08:40Z, […])");
    let (reader, code) = scanned(1, secret.as_bytes());
    says(&reader, "Invited(2026-11-18T11:08:40Z, […])");
    says(&code, "ReaderCode(2026-11-18T11:08:40Z, […])");
    let answering = Answering::new(&code, now(), &mut rng(1)).unwrap();
    says(&answering, "Answering(2026-11-18T11:08:40Z, […])");
    let mut frames = answering.answer(secret.as_bytes()).unwrap();
    says(&frames, "Frames(1 fragments)");
    let mut collector = reader.collector();
    says(&collector, "Collector(0 messages)");
    assert!(matches!(collector.receive(&frames.next().unwrap()), Ok(Collected::Whole(_))));
}

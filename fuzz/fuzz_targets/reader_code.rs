//! A reader's code, answered; and an answer, opened by a reader that it is not for.
#![no_main]

use coffret_fuzz::{now, rng};
use coffret_proximity::{Answering, Inviting, ReaderCode};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let reader = Inviting::new(now(), &mut rng()).expect("a good clock");
    let (reader, _) = reader.invite(b"request").expect("a short request");
    assert!(reader.open(bytes, now()).is_err());
    let Ok(code) = ReaderCode::parse(bytes) else { return };
    let Ok(holder) = Answering::new(&code, now(), &mut rng()) else { return };
    assert!(now() < holder.until());
    if let Ok(frames) = holder.answer(b"response") {
        assert!((1..=1024).contains(&frames.fragments()));
    }
});

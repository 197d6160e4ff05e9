use std::sync::{Arc, Barrier};
use std::thread;

use coffret_ffi::WalletState;

use crate::place::{Place, now};

const THREADS: usize = 8;

/// Runs it on eight threads at once.
fn together(run: impl Fn(usize) + Sync) {
    let start = Barrier::new(THREADS);
    thread::scope(|scope| {
        for number in 0..THREADS {
            let (run, start) = (&run, &start);
            scope.spawn(move || {
                start.wait();
                run(number);
            });
        }
    });
}

#[test]
fn calls_from_eight_threads_are_made_one_at_a_time() {
    let place = Place::new();
    let wallet = place.made();
    together(|thread| {
        for call in 0..10 {
            wallet.add_person(format!("Personne {thread}-{call}")).unwrap();
            wallet.documents(now()).unwrap();
        }
    });
    assert_eq!(wallet.people().unwrap().len(), THREADS * 10);
}

#[test]
fn closed_under_others_calls_a_wallet_says_so() {
    let place = Place::new();
    let wallet = Arc::new(place.made());
    together(|thread| {
        if thread == 0 {
            wallet.close().unwrap();
        }
        match wallet.state() {
            Ok(state) => assert_eq!(state, WalletState::Open),
            Err(error) => assert_eq!(error.to_string(), "object-closed"),
        }
    });
    assert!(wallet.state().is_err());
}

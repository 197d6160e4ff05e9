//! Every rule, broken once or more: each breach is judged as the rule it breaks, and no rule is
//! without one.

mod keys;
mod messages;
mod uses;

use coffret_crypto::{Curve, Error, PrivateKey};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

/// What was broken, the rule, and what was judged.
type Breach = (&'static str, Error, Result<(), Error>);

#[test]
fn every_rule_has_a_breach() {
    let breaches = [keys::breaches(), uses::breaches(), messages::breaches()].concat();
    for (breach, rule, judged) in &breaches {
        assert_eq!(*judged, Err(*rule), "{breach}");
    }
    for rule in Error::ALL {
        assert!(breaches.iter().any(|(_, broken, _)| broken == rule), "nothing breaks {rule}");
    }
}

fn key(curve: Curve) -> PrivateKey {
    PrivateKey::generate(curve, &mut ChaCha20Rng::from_seed([7; 32]))
}

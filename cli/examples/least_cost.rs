//! For the tests of the verifier's page: see `hash_at_the_least_cost`.
//!
//!     least_cost WALLET SECRETS PIN
//!
//! WALLET is the wallet's folder, SECRETS its key file.

#[path = "../tests/contract/least_cost.rs"]
mod least_cost;

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [wallet, secrets, pin] = arguments.as_slice() else {
        return Err("WALLET SECRETS PIN".into());
    };
    least_cost::hash_at_the_least_cost(wallet.as_ref(), secrets.as_ref(), pin)
}

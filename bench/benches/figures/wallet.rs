//! What many documents cost. `COFFRET_WALLETS` has the wallets that `coffret-bench fill` made.

use std::cell::RefCell;
use std::env;
use std::path::PathBuf;
use std::time::Duration;

use coffret_bench::wallet::{Met, Place, SIZES, log_page, now};
use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

criterion_group! {
    name = many;
    config = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(4));
    targets = wallets
}

fn wallets(criterion: &mut Criterion) {
    let Some(folder) = env::var_os("COFFRET_WALLETS").map(PathBuf::from) else {
        eprintln!("no wallet is measured: COFFRET_WALLETS does not say where they are");
        return;
    };
    for size in SIZES {
        let place = Place::of(&folder, size);
        if !place.exists() {
            continue;
        }
        let mut row = |name: &str, work: &mut dyn FnMut()| {
            let mut group = criterion.benchmark_group(name);
            group.bench_function(BenchmarkId::from_parameter(size), |bencher| {
                bencher.iter(&mut *work)
            });
        };
        row("unlock", &mut || drop(place.unlock()));
        let wallet = place.unlock();
        row("list", &mut || assert_eq!(wallet.documents(now()).unwrap().len(), size));
        row("log-newest", &mut || log_page(&wallet, true));
        row("log-oldest", &mut || log_page(&wallet, false));
        // The meeting before the request is not measured, and needs the wallet too.
        let wallet = RefCell::new((wallet, ChaCha20Rng::from_seed([20; 32])));
        let meet = || {
            let (wallet, rng) = &mut *wallet.borrow_mut();
            Met::new(wallet, rng)
        };
        let ask = |mut met: Met| {
            let (wallet, rng) = &mut *wallet.borrow_mut();
            assert!(met.ask(wallet, rng) > 0);
        };
        let mut group = criterion.benchmark_group("consent");
        group.bench_function(BenchmarkId::from_parameter(size), |bencher| {
            bencher.iter_batched(meet, ask, BatchSize::PerIteration);
        });
    }
}

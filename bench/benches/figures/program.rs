//! How soon the program answers. `COFFRET_PROGRAM` is where it is.

use std::env;
use std::process::Command;
use std::time::Duration;

use criterion::{Criterion, criterion_group};

criterion_group! {
    name = program;
    config = Criterion::default()
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(4));
    targets = start
}

fn start(criterion: &mut Criterion) {
    let Some(program) = env::var_os("COFFRET_PROGRAM") else {
        eprintln!("the program is not measured: COFFRET_PROGRAM does not say where it is");
        return;
    };
    let mut group = criterion.benchmark_group("program");
    group.bench_function("start", |bencher| {
        bencher.iter(|| {
            let output = Command::new(&program).arg("--version").output().unwrap();
            assert!(output.status.success());
        });
    });
}

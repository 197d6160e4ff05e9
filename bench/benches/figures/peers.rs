//! Ours, the peer and the floor, in one run and on the same bytes.

mod backend;
mod floor;
mod peer;

use std::time::{Duration, SystemTime};

use coffret_bench::licence::{Licence, PORTRAIT, TEXT, names};
use coffret_bench::ours;
use coffret_cbor::Timestamp;
use coffret_mdoc::IssuerSigned;
use criterion::measurement::WallTime;
use criterion::{BatchSize, BenchmarkGroup, Criterion, criterion_group};
use getrandom::SysRng;
use getrandom::rand_core::UnwrapErr;

use self::floor::{Work, floors};
use self::peer::Peer;

criterion_group! {
    name = peers;
    config = Criterion::default()
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(4));
    targets = verify, present, issue, round_trip, operations
}

fn licence() -> Licence {
    // The peer asks the clock itself.
    let now = SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs();
    Licence::new(Timestamp::from_unix(now.try_into().unwrap()).unwrap())
}

fn verify(criterion: &mut Criterion) {
    let licence = licence();
    let peer = Peer::new(&licence);
    check_little(&licence, &peer);
    for (row, ids) in [("verify-text", TEXT), ("verify-portrait", PORTRAIT)] {
        let answer = licence.answer(&ids);
        let mut group = criterion.benchmark_group(row);
        group.bench_function("ours", |bencher| {
            let verify = |trust| (ours::verify(&licence, &answer, &trust), trust);
            bencher.iter_batched(|| licence.trust(), verify, BatchSize::SmallInput);
        });
        group.bench_function("isomdl", |bencher| bencher.iter(|| peer.verify(&answer)));
        floor(&mut group, &licence, &answer.response, |floor| floor.verify(3));
    }
    let answer = licence.answer(&TEXT);
    let trust = licence.trust();
    let mut group = criterion.benchmark_group("verify-again");
    group.bench_function("ours", |bencher| {
        bencher.iter(|| ours::verify(&licence, &answer, &trust));
    });
    // It keeps nothing of the answers before.
    group.bench_function("isomdl", |bencher| bencher.iter(|| peer.verify(&answer)));
    floor(&mut group, &licence, &answer.response, |floor| floor.verify(2));
}

/// That `docs/performance.md` is right to say that a changed element passes the peer.
fn check_little(licence: &Licence, peer: &Peer) {
    let mut answer = licence.answer(&TEXT);
    let name = "Marie".as_bytes();
    let place = answer.response.windows(name.len()).position(|bytes| bytes == name).unwrap();
    answer.response[place] = b'V';
    peer.verify(&answer);
    assert!(!ours::judge(licence, &answer, &licence.trust()).is_valid());
}

fn present(criterion: &mut Criterion) {
    let licence = licence();
    let peer = Peer::new(&licence);
    let issued = IssuerSigned::parse(&licence.issued).unwrap();
    for (row, ids) in [("present-text", TEXT), ("present-portrait", PORTRAIT)] {
        let mut group = criterion.benchmark_group(row);
        let approved = names(&ids);
        group.bench_function("ours", |bencher| {
            bencher.iter(|| {
                ours::present(&issued, &approved, &licence.transcript, &licence.device_key)
            });
        });
        group.bench_function("isomdl", |bencher| bencher.iter(|| peer.present(&ids)));
        floor(&mut group, &licence, &licence.answer(&ids).response, |floor| floor.present());
    }
}

fn issue(criterion: &mut Criterion) {
    let licence = licence();
    let peer = Peer::new(&licence);
    let certificate = licence.pki.document_signer.certificate_pem().unwrap();
    let key = licence.pki.document_signer.key_pem();
    let mut rng = UnwrapErr(SysRng);
    let mut group = criterion.benchmark_group("issue");
    group.bench_function("ours", |bencher| {
        bencher.iter(|| ours::issue(&certificate, &key, &licence.elements, licence.now, &mut rng));
    });
    group.bench_function("isomdl", |bencher| {
        // Its builder keeps what it is given: the copy is not counted.
        let issue = |elements| peer::issue(&certificate, &key, elements);
        bencher.iter_batched(|| peer.elements(), issue, BatchSize::SmallInput);
    });
    floor(&mut group, &licence, &licence.answer(&TEXT).response, |floor| floor.issue());
}

fn round_trip(criterion: &mut Criterion) {
    let licence = licence();
    let peer = Peer::new(&licence);
    let issued = IssuerSigned::parse(&licence.issued).unwrap();
    let mut rng = UnwrapErr(SysRng);
    let mut group = criterion.benchmark_group("round-trip");
    group.bench_function("ours", |bencher| {
        let meet = |trust| (ours::round_trip(&licence, &issued, &TEXT, &trust, &mut rng), trust);
        bencher.iter_batched(|| licence.trust(), meet, BatchSize::SmallInput);
    });
    group.bench_function("isomdl", |bencher| bencher.iter(|| peer.round_trip()));
    floor(&mut group, &licence, &licence.answer(&TEXT).response, |floor| floor.round_trip());
}

/// What of a floor’s work is measured.
type Part = fn(&dyn Work);

/// Each crate’s operations, one by one.
fn operations(criterion: &mut Criterion) {
    let licence = licence();
    let response = licence.answer(&TEXT).response;
    let operations: [(&str, Part); 5] = [
        ("raw-verify", |floor| floor.verify_one()),
        ("raw-sign", |floor| floor.present()),
        ("raw-key", |floor| floor.new_key()),
        ("raw-agree", |floor| floor.agree()),
        ("raw-hash", |floor| floor.hash_portrait()),
    ];
    for (row, operation) in operations {
        floor(&mut criterion.benchmark_group(row), &licence, &response, operation);
    }
}

fn floor(group: &mut BenchmarkGroup<'_, WallTime>, licence: &Licence, response: &[u8], work: Part) {
    for (name, floor) in floors(licence, response) {
        group.bench_function(name, |bencher| bencher.iter(|| work(&*floor)));
    }
}

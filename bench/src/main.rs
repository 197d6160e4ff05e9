//! What `cargo xtask bench` runs beside criterion.
//!
//! ```text
//! coffret-bench fill FOLDER                makes the wallets that are measured; --quick: the small ones;
//!                                          --counted: the one whose instructions are counted
//! coffret-bench peak FOLDER SIZE WHAT      does it, and says what memory the process had at most, in bytes
//! coffret-bench paths                      says whose instructions are counted
//! coffret-bench count FOLDER PATH          does what valgrind counts
//! coffret-bench report …                   see its own documentation
//! ```

use std::env;
use std::path::Path;
use std::process::ExitCode;

use coffret_bench::wallet::{Met, Place, SIZES, log_page, now};
use coffret_bench::{counts, report};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["fill", folder] => fill(Path::new(folder), &SIZES),
        ["fill", folder, "--quick"] => fill(Path::new(folder), &SIZES[..2]),
        ["fill", folder, "--counted"] => {
            Place::of(Path::new(folder), counts::DOCUMENTS).fill(counts::DOCUMENTS, 0);
        }
        ["paths"] => counts::PATHS.iter().for_each(|path| println!("{path}")),
        ["peak", folder, size, what] => {
            peak(&Place::of(Path::new(folder), size.parse().unwrap()), what);
        }
        ["count", folder, path] => counts::run(path, Path::new(folder)),
        ["report", rest @ ..] => return report::run(rest),
        _ => {
            eprintln!("run it as `cargo xtask bench`");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

/// As many entries as documents.
fn fill(folder: &Path, sizes: &[usize]) {
    sizes.iter().for_each(|size| Place::of(folder, *size).fill(*size, *size));
}

/// Each does what those before it do: a wallet is unlocked first.
fn peak(place: &Place, what: &str) {
    let mut wallet = place.unlock();
    match what {
        "unlock" => {}
        "list" => drop(wallet.documents(now()).unwrap()),
        "consent" => {
            let mut rng = ChaCha20Rng::from_seed([19; 32]);
            Met::new(&mut wallet, &mut rng).ask(&mut wallet, &mut rng);
        }
        "log" => log_page(&wallet, true),
        _ => panic!("nothing is called {what}"),
    }
    // Linux alone says it.
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.strip_suffix("kB"));
    if let Some(peak) = peak.and_then(|peak| peak.trim().parse::<u64>().ok()) {
        println!("{}", peak * 1024);
    }
}

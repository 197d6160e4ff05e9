//! `cargo xtask bench`: what things cost, beside a peer and the floor; and the instructions of six paths.

use std::{collections::BTreeMap, fmt::Write, fs, path::Path};

use crate::{
    need::{self, VALGRIND},
    report::{Report, Skip},
    shell::{Line, Shell},
};

/// Where the programs of `bench/` are built, and where they find wallets and the command line.
const PLACES: &[(&str, &str)] = &[
    ("CARGO_TARGET_DIR", "{target}/bench"),
    ("COFFRET_PROGRAM", "{target}/release/coffret"),
    ("COFFRET_WALLETS", WALLETS),
];

const WALLETS: &str = "{target}/bench/wallets";
const PROGRAM: &str = "{target}/bench/release/coffret-bench";
const BENCH: [&str; 4] = ["cargo", "bench", "--manifest-path", "{root}/bench/Cargo.toml"];

/// Shows that everything runs: figures of so few rounds say little.
const QUICK: [&str; 6] =
    ["--warm-up-time", "0.1", "--measurement-time", "0.2", "--sample-size", "10"];

/// Nothing when the options are not its own.
pub(crate) fn run(shell: &Shell, options: &[&str]) -> Option<Report> {
    match options {
        [] => Some(measure(shell, &[], &[], &["--write"])),
        ["--quick"] => Some(measure(shell, &["--quick"], &QUICK, &[])),
        ["--instructions"] => Some(instructions(shell, Keep::Write)),
        ["--instructions", "--check"] => Some(instructions(shell, Keep::Check)),
        _ => None,
    }
}

fn measure(shell: &Shell, fill: &[&str], criterion: &[&str], report_as: &[&str]) -> Report {
    let mut report = Report::default();
    let line = |words: &[&[&str]]| shell.run(&words.concat(), PLACES);
    // What another run has measured and this one does not is not to be taken for this one's.
    let _ = fs::remove_dir_all(shell.target().join("bench/criterion"));
    let _ = fs::remove_dir_all(shell.target().join("bench/wallets"));
    report.add(shell, "bench", "programs", || {
        let program: Line = &["cargo", "build", "--release", "--package", "coffret"];
        Ok(shell.run(program, &[]) && line(&[&BENCH, &["--no-run"]]))
    });
    report.add(shell, "bench", "wallets", || Ok(line(&[&[PROGRAM, "fill", WALLETS], fill])));
    report.add(shell, "bench", "figures", || {
        // Times of a busy machine are no times.
        let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
        shell.say(&format!("the load before: {}", load.trim()));
        Ok(line(&[&BENCH, &["--bench", "figures", "--"], criterion]))
    });
    if !report.is_well() {
        return report;
    }
    report.add(shell, "bench", "report", || {
        Ok(line(&[&[PROGRAM, "report", "{target}", "{root}"], report_as]))
    });
    report
}

/// What becomes of the counts.
enum Keep {
    Write,
    Check,
}

/// Where the counts are kept.
const KEPT: &str = "bench/instructions.toml";

const HEAD: &str = "# Instructions of six paths, by `cargo xtask bench --instructions`: callgrind’s, of the release build without
# graviola, on x86-64 with AVX2. `cargo xtask test instructions` fails where one has grown by more than 5 %.
";

/// By how much a path may grow, in hundredths, before somebody has to say so by writing the counts anew.
const GROWTH: u64 = 5;

fn instructions(shell: &Shell, keep: Keep) -> Report {
    let mut report = Report::default();
    report.add(shell, "instructions", "counts", || counts(shell, &keep));
    report
}

fn counts(shell: &Shell, keep: &Keep) -> Result<bool, Skip> {
    need::meet_all(shell, &[&VALGRIND])?;
    let build: Line = &[
        "cargo",
        "build",
        "--release",
        "--manifest-path",
        "{root}/bench/Cargo.toml",
        "--no-default-features",
        "--bin",
        "coffret-bench",
    ];
    let fill: Line = &[PROGRAM, "fill", WALLETS, "--counted"];
    if !shell.all(&[build, fill], PLACES) {
        return Ok(false);
    }
    let paths = shell.output(&[PROGRAM, "paths"]).unwrap_or_default();
    let Some(counts) = paths.lines().map(|path| Some((path, count(shell, path)?))).collect() else {
        return Ok(false);
    };
    let file = shell.root().join(KEPT);
    Ok(match keep {
        Keep::Write => fs::write(file, written(&counts)).is_ok(),
        Keep::Check => check(&counts, &kept(&file)),
    })
}

/// Callgrind's count of one path.
fn count(shell: &Shell, path: &str) -> Option<u64> {
    let file = shell.target().join("bench").join(format!("{path}.callgrind"));
    let out = format!("--callgrind-out-file={}", file.display());
    // The path alone, without what comes before it.
    let counted = "--toggle-collect=*coffret_bench*counts*counted*";
    let line = ["valgrind", "--tool=callgrind", &out, counted, PROGRAM, "count", WALLETS, path];
    if !shell.run(&line, PLACES) {
        return None;
    }
    let counts = fs::read_to_string(file).ok()?;
    let count = counts.lines().find_map(|line| line.strip_prefix("totals: ")?.parse().ok());
    count.filter(|count| *count > 0)
}

fn written(counts: &BTreeMap<&str, u64>) -> String {
    let mut text = HEAD.to_owned();
    for (path, count) in counts {
        let _ = writeln!(text, "{path} = {count}");
    }
    text
}

fn kept(file: &Path) -> BTreeMap<String, u64> {
    let text = fs::read_to_string(file).unwrap_or_default();
    let row = |line: &str| {
        let (path, count) = line.split_once(" = ")?;
        Some((path.to_owned(), count.parse().ok()?))
    };
    text.lines().filter_map(row).collect()
}

/// Says what each path takes, and whether none has grown too much.
fn check(counts: &BTreeMap<&str, u64>, kept: &BTreeMap<String, u64>) -> bool {
    let mut is_well = true;
    for (path, count) in counts {
        let Some(before) = kept.get(*path) else {
            println!("{path:<16} {count:>14} instructions, and none are kept");
            is_well = false;
            continue;
        };
        let change = (*count as f64 / *before as f64 - 1.0) * 100.0;
        println!("{path:<16} {count:>14} instructions, {before} are kept: {change:+.2} %");
        is_well &= count.saturating_mul(100) <= before.saturating_mul(100 + GROWTH);
    }
    if !is_well {
        println!(
            "a path has grown: make it shorter, or say why and run cargo xtask bench --instructions"
        );
    }
    is_well
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A list of versions: `name version`, and what each is built on.
    fn locked(file: &str) -> BTreeMap<String, Vec<String>> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let text = fs::read_to_string(root.join(file)).unwrap();
        let quoted = |line: &str| line.split('"').nth(1).unwrap_or_default().to_owned();
        let package = |text: &str| {
            let of = |key| quoted(text.lines().find(|line| line.starts_with(key)).unwrap());
            let on = text.lines().filter(|line| line.starts_with(" \"")).map(quoted).collect();
            (format!("{} {}", of("name"), of("version")), on)
        };
        text.split("[[package]]").skip(1).map(package).collect()
    }

    #[test]
    fn what_is_measured_is_built_on_what_ships() {
        let (shipped, measured) = (locked("Cargo.lock"), locked("bench/Cargo.lock"));
        // Where there is one version of a package, its name alone stands for it.
        let whole = |name: &String| {
            let is_meant =
                |known: &&String| *known == name || known.starts_with(&format!("{name} "));
            measured.keys().find(is_meant).unwrap().clone()
        };
        let is_core =
            |name: &&String| name.starts_with("coffret-") && !name.starts_with("coffret-bench");
        let mut left: Vec<String> = measured.keys().filter(is_core).cloned().collect();
        let mut seen = Vec::new();
        while let Some(package) = left.pop() {
            if seen.contains(&package) {
                continue;
            }
            // What the product is not built on at all, a feature of the peer's has brought.
            let (name, _) = package.split_once(' ').unwrap();
            let is_ours = shipped.keys().any(|known| known.starts_with(&format!("{name} ")));
            assert!(
                !is_ours || shipped.contains_key(&package),
                "the product has another {package}"
            );
            left.extend(measured[&package].iter().map(whole));
            seen.push(package);
        }
        assert!(seen.iter().any(|package| package.starts_with("crypto-bigint ")));
    }

    #[test]
    fn a_path_may_grow_by_a_twentieth() {
        let now = |count| BTreeMap::from([("issue", count)]);
        let kept = BTreeMap::from([("issue".to_owned(), 1000)]);
        assert!(check(&now(900), &kept));
        assert!(check(&now(1050), &kept));
        assert!(!check(&now(1051), &kept));
        assert!(!check(&now(1000), &BTreeMap::new()), "a path that nobody has counted");
    }

    #[test]
    fn counts_are_read_as_they_are_written() {
        let counts = BTreeMap::from([("issue", 7), ("unlock", 8)]);
        let file = std::env::temp_dir().join(format!("xtask-counts-{}", std::process::id()));
        fs::write(&file, written(&counts)).unwrap();
        let read = kept(&file);
        fs::remove_file(file).unwrap();
        assert!(read.iter().map(|(path, count)| (path.as_str(), *count)).eq(counts));
    }
}

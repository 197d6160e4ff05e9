use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::megabytes;

/// What was measured and built, under the workspace's target folder.
pub(super) struct Figures {
    target: PathBuf,
}

impl Figures {
    pub(super) fn new(target: &Path) -> Figures {
        Figures { target: target.to_owned() }
    }

    /// The wallets that were made.
    pub(super) fn wallets(&self) -> PathBuf {
        self.target.join("bench/wallets")
    }

    /// Criterion's median.
    pub(super) fn micros(&self, row: &str, name: &str) -> Option<f64> {
        let estimates = ["bench/criterion", row, name, "new/estimates.json"];
        let file = fs::read(self.target.join(estimates.iter().collect::<PathBuf>())).ok()?;
        let estimates: Value = serde_json::from_slice(&file).unwrap();
        Some(estimates["median"]["point_estimate"].as_f64().unwrap() / 1000.0)
    }

    /// The most memory that a process had that did `what`.
    pub(super) fn peak(&self, size: usize, what: &str) -> String {
        let program = env::current_exe().unwrap();
        let mut process = Command::new(program);
        process.arg("peak").arg(self.wallets()).arg(size.to_string()).arg(what);
        let output = process.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        megabytes(String::from_utf8(output.stdout).unwrap().trim().parse().ok())
    }

    /// Of the program, of the library on each platform, and of the page.
    pub(super) fn sizes(&self) -> Vec<(String, Option<u64>)> {
        let bytes = |path: &str| fs::metadata(self.target.join(path)).ok().map(|file| file.len());
        let library = |name: &str, folder: &str| {
            let file = format!("{folder}/libcoffret_ffi.so");
            (format!("the library, {name}"), bytes(&file))
        };
        let mut files = Vec::new();
        list(&self.target.join("reader-web/site"), &mut files);
        let page = |size: fn(&Path) -> u64| {
            (!files.is_empty()).then(|| files.iter().map(|file| size(file)).sum())
        };
        vec![
            ("the program".to_owned(), bytes("release/coffret")),
            library("aarch64-linux-android", "aarch64-linux-android/shipped"),
            library("x86_64-linux-android", "x86_64-linux-android/shipped"),
            library("this machine", "shipped"),
            ("the page".to_owned(), page(|file| fs::metadata(file).map_or(0, |file| file.len()))),
            ("the page, each file by gzip -9".to_owned(), page(zipped)),
        ]
    }
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { list(&path, files) } else { files.push(path) }
    }
}

fn zipped(file: &Path) -> u64 {
    let output = Command::new("gzip").args(["-9", "--stdout"]).arg(file).output();
    output.map_or(0, |output| output.stdout.len() as u64)
}

/// What a command says, on one line.
pub(super) fn output(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    output.map_or_else(
        |_| "–".to_owned(),
        |output| String::from_utf8_lossy(&output.stdout).trim().to_owned(),
    )
}

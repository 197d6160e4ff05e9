//! `cargo xtask xcframework`: what the Swift package loads on Apple's platforms. It is made on a Mac.

use std::{fs, io, path::Path, process::ExitCode};

use super::generated;
use crate::{
    lane::BUILD,
    report::Report,
    shell::{Line, Shell},
};

/// The libraries of one platform, which become one.
struct Slice {
    name: &'static str,
    targets: &'static [&'static str],
}

const SLICES: [Slice; 3] = [
    Slice { name: "ios", targets: &["aarch64-apple-ios"] },
    Slice { name: "ios-simulator", targets: &["aarch64-apple-ios-sim", "x86_64-apple-ios"] },
    Slice { name: "macos", targets: &["aarch64-apple-darwin", "x86_64-apple-darwin"] },
];

/// As the package declares.
const OLDEST: [(&str, &str); 2] =
    [("IPHONEOS_DEPLOYMENT_TARGET", "16.0"), ("MACOSX_DEPLOYMENT_TARGET", "13.0")];

const PLACE: &str = "{root}/bindings/swift/CoffretFFI.xcframework";

pub(crate) fn run(shell: &Shell) -> ExitCode {
    if !cfg!(target_os = "macos") || !shell.probe(&["xcodebuild", "-version"]) {
        eprintln!("an XCFramework is made on a Mac, by Xcode: xcodebuild is not here");
        return ExitCode::FAILURE;
    }
    let mut report = Report::default();
    for slice in SLICES {
        report.add(shell, "xcframework", slice.name, || {
            Ok(slice.targets.iter().all(|target| built(shell, target)) && joined(shell, &slice))
        });
    }
    report.add(shell, "xcframework", "headers", || {
        let library = shell.target().join("aarch64-apple-darwin/shipped/libcoffret_ffi.a");
        Ok(shell.run(BUILD, &[])
            && generated::write(shell, &library, generated::TESTED, "swift")
            && headers(shell).inspect_err(|error| eprintln!("{error}")).is_ok())
    });
    report.add(shell, "xcframework", "xcodebuild", || {
        let mut line = vec!["xcodebuild".to_owned(), "-create-xcframework".to_owned()];
        for slice in SLICES {
            let library = library(slice.name);
            line.extend(["-library", &library, "-headers", HEADERS].map(str::to_owned));
        }
        line.extend(["-output", PLACE].map(str::to_owned));
        let line: Vec<&str> = line.iter().map(String::as_str).collect();
        Ok(shell.run(&["rm", "-rf", PLACE], &[]) && shell.run(&line, &[]))
    });
    report.close()
}

const HEADERS: &str = "{tools}/xcframework/headers";

fn library(slice: &str) -> String {
    format!("{{tools}}/xcframework/{slice}/libcoffret_ffi.a")
}

/// A folder of its own in each library's headers: an app may have other module maps.
fn headers(shell: &Shell) -> io::Result<()> {
    let place = shell.tools().join("xcframework/headers/CoffretFFI");
    let from = shell.root().join(generated::TESTED).join("swift");
    let copied = |from: &Path, to: &str| fs::copy(from, place.join(to)).map(drop);
    fs::create_dir_all(&place)?;
    copied(&from.join("CoffretFFI.h"), "CoffretFFI.h")?;
    copied(&from.join("CoffretFFI.modulemap"), "module.modulemap")
}

fn built(shell: &Shell, target: &str) -> bool {
    const RUSTC: Line = &[
        "cargo",
        "rustc",
        "--package",
        "coffret-ffi",
        "--lib",
        "--crate-type",
        "staticlib",
        "--profile",
        "shipped",
        "--target",
    ];
    shell.run(&["rustup", "target", "add", target], &[])
        && shell.run(&[RUSTC, &[target]].concat(), &OLDEST)
}

fn joined(shell: &Shell, slice: &Slice) -> bool {
    let (folder, library) = (format!("{{tools}}/xcframework/{}", slice.name), library(slice.name));
    let of = |target: &&str| format!("{{target}}/{target}/shipped/libcoffret_ffi.a");
    let libraries: Vec<String> = slice.targets.iter().map(of).collect();
    let libraries: Vec<&str> = libraries.iter().map(String::as_str).collect();
    let line = [&["lipo", "-create"], libraries.as_slice(), &["-output", &library]].concat();
    shell.run(&["mkdir", "-p", &folder], &[]) && shell.run(&line, &[])
}

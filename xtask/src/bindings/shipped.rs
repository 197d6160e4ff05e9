//! `cargo xtask bindings --release`: the libraries that apps ship, what they are made of, and whether a phone
//! would load them.

use std::{collections::BTreeSet, fs, path::PathBuf};

use super::{elf::Elf, generated, sizes};
use crate::{
    lane::BUILD,
    need::{self, ANDROID_AARCH64, ANDROID_X86_64, Need, ZIGLANG},
    report::Report,
    shell::{Line, Shell},
};

/// A library for one platform.
struct Shipped {
    name: &'static str,
    needs: &'static [&'static Need],
    build: Line,
    folder: &'static str,
    /// How many bytes an app may pay for it; nothing where no phone loads it.
    most: Option<u64>,
}

const SHIPPED: [Shipped; 3] = [
    Shipped {
        name: "desktop",
        needs: &[],
        build: &[
            "cargo",
            "rustc",
            "--package",
            "coffret-ffi",
            "--lib",
            "--profile",
            "shipped",
            "--crate-type",
            "cdylib,staticlib",
            "--",
            "-Cstrip=symbols",
        ],
        folder: "shipped",
        most: None,
    },
    Shipped {
        name: "aarch64-linux-android",
        needs: &[&ZIGLANG, &ANDROID_AARCH64],
        build: &["sh", ANDROID, "aarch64", ZIG, "{target}"],
        folder: "aarch64-linux-android/shipped",
        most: Some(GOAL),
    },
    Shipped {
        name: "x86_64-linux-android",
        needs: &[&ZIGLANG, &ANDROID_X86_64],
        build: &["sh", ANDROID, "x86_64", ZIG, "{target}"],
        folder: "x86_64-linux-android/shipped",
        // For emulators, which have room. The compiler shares less code there.
        most: Some(GOAL + GOAL / 8),
    },
];

const ANDROID: &str = "{root}/xtask/android/library.sh";
const ZIG: &str = "{tools}/ziglang/ziglang/zig";

/// 3 MB an ABI.
const GOAL: u64 = 3 * 1024 * 1024;

/// Devices with pages of 16 KiB load nothing less.
const PAGE: u64 = 16 * 1024;

/// What Android's libraries have since API level 26, of what may be asked of them.
const BIONIC: &str = include_str!("../../android/bionic.txt");

/// All of them where none is named; nothing where a name is not one of theirs.
pub(super) fn run(shell: &Shell, names: &[&str], report: &mut Report) -> Option<()> {
    if !names.iter().all(|name| SHIPPED.iter().any(|shipped| shipped.name == *name)) {
        return None;
    }
    for shipped in SHIPPED.iter().filter(|one| names.is_empty() || names.contains(&one.name)) {
        report.add(shell, "shipped", shipped.name, || {
            need::meet_all(shell, shipped.needs)?;
            Ok(shipped.build(shell) && shipped.check(shell))
        });
    }
    if names.is_empty() || names.contains(&"desktop") {
        // The names that the generator looks for are stripped from the other one.
        let library = shell.target().join("shipped/libcoffret_ffi.a");
        for language in generated::LANGUAGES {
            report.add(shell, "shipped", language, || {
                Ok(shell.run(BUILD, &[])
                    && generated::write(shell, &library, generated::SHIPPED, language))
            });
        }
    }
    Some(())
}

impl Shipped {
    fn folder(&self, shell: &Shell) -> PathBuf {
        shell.target().join(self.folder)
    }

    /// Beside the library: what is where in it.
    fn map(&self, shell: &Shell) -> PathBuf {
        self.folder(shell).join("coffret_ffi.map")
    }

    fn build(&self, shell: &Shell) -> bool {
        let map = format!("-Clink-arg=-Wl,-Map={}", self.map(shell).display());
        // Apple's linker writes another kind.
        let map: &[&str] = if cfg!(target_os = "macos") { &[] } else { &[&map] };
        let target = shell.target().to_string_lossy();
        let environment = [("CARGO_TARGET_DIR", &*target)];
        fs::create_dir_all(self.folder(shell)).is_ok()
            && shell.run(&[self.build, map].concat(), &environment)
    }

    fn check(&self, shell: &Shell) -> bool {
        let library = match self.most {
            Some(_) => self.folder(shell).join("libcoffret_ffi.so"),
            None => super::library(&self.folder(shell)),
        };
        let Ok(size) = fs::metadata(&library).map(|file| file.len()) else { return false };
        println!("{}: {size} bytes", library.display());
        let parts = sizes::of(&fs::read_to_string(self.map(shell)).unwrap_or_default());
        for (part, bytes) in parts.iter().take(24) {
            println!("{bytes:>9}  {part}");
        }
        let rest: u64 = parts.iter().skip(24).map(|(_, bytes)| bytes).sum();
        println!("{rest:>9}  {} more", parts.len().saturating_sub(24));
        if cfg!(target_os = "macos") {
            return true;
        }
        let Some(elf) = Elf::read(shell, &library) else { return false };
        let mut faults = strangers(&elf);
        if let Some(most) = self.most {
            faults.extend(absent(&elf));
            if size > most {
                faults.push(format!("has {size} bytes: {most} at most"));
            }
            println!("the goal is {GOAL} bytes");
            println!("linked and looked through; it has run on no device here");
        }
        faults.iter().for_each(|fault| println!("{fault}"));
        faults.is_empty()
    }
}

/// What is in it that is nobody's business.
fn strangers(elf: &Elf) -> Vec<String> {
    let own = ["uniffi_coffret_ffi_", "ffi_coffret_ffi_", "UNIFFI_META_"];
    let strange = |name: &&String| !own.iter().any(|start| name.starts_with(start));
    let offers = elf.offered.iter().filter(strange).map(|name| format!("offers {name}"));
    let names = (!elf.is_stripped).then(|| "is not stripped".to_owned());
    offers.chain(names).collect()
}

/// What would keep a phone from loading it.
fn absent(elf: &Elf) -> Vec<String> {
    let had: BTreeSet<&str> = BIONIC.lines().filter(|line| !line.starts_with('#')).collect();
    let libraries = ["libc.so", "libdl.so", "liblog.so", "libm.so"];
    let wanted = elf.wanted.iter().filter(|name| !had.contains(name.as_str()));
    let loads = elf.loads.iter().filter(|name| !libraries.contains(&name.as_str()));
    let mut faults: Vec<String> = wanted.chain(loads).map(|name| format!("wants {name}")).collect();
    if elf.alignment < PAGE {
        faults.push(format!("is aligned to {} bytes: pages may have {PAGE}", elf.alignment));
    }
    faults
}

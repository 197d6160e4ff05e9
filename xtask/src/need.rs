//! What a test needs of the machine, and how it comes there.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    io,
    path::Path,
};

use crate::{
    report::Skip,
    shell::{Line, Shell, unattended},
};

/// Something to have before a test can run.
pub(crate) struct Need {
    pub(crate) name: &'static str,
    pub(crate) first: &'static [&'static Need],
    pub(crate) met: Met,
    pub(crate) by: By,
    /// They bring it; the last is the one that a person is told of.
    pub(crate) commands: &'static [Line],
}

/// How to tell that a need is met.
pub(crate) enum Met {
    /// This succeeds.
    When(Line),
    /// The commands have succeeded since these files and folders of the workspace changed.
    Since(&'static [&'static str]),
}

/// Who may bring it.
pub(crate) enum By {
    Anyone,
    Root,
}

/// What other people have published: no registry has it.
pub(crate) const PUBLISHED: Need = Need {
    name: "published vectors",
    first: &[],
    met: Met::When(&["sh", "-c", "test -d \"${COFFRET_SHARED:-{root}/../shared}/vectors\""]),
    by: By::Anyone,
    commands: &[&["export", "COFFRET_SHARED=FOLDER"]],
};

/// A Secret Service that needs no desktop.
pub(crate) const SECRET_SERVICE: Need = Need {
    name: "gnome-keyring",
    first: &[],
    met: Met::When(&[
        "sh",
        "-c",
        "command -v dbus-run-session dbus-send && gnome-keyring-daemon --version",
    ]),
    by: By::Root,
    commands: &[
        APT_UPDATE,
        &["apt-get", "install", "--yes", "--no-install-recommends", "dbus-daemon", "gnome-keyring"],
    ],
};

/// The node package manager.
pub(crate) const NPM: Need = Need {
    name: "npm",
    first: &[],
    met: Met::When(&["npm", "--version"]),
    by: By::Root,
    commands: &[APT_UPDATE, &["apt-get", "install", "--yes", "nodejs", "npm"]],
};

/// A browser, driven by tests.
pub(crate) const CHROMIUM: Need = Need {
    name: "Chromium",
    first: &[],
    met: Met::When(&["chromium", "--version"]),
    by: By::Root,
    commands: &[
        APT_UPDATE,
        &["apt-get", "install", "--yes", "--no-install-recommends", "chromium"],
    ],
};

/// What the verifier's page is made with.
pub(crate) const READER_WEB: Need = Need {
    name: "packages of reader-web",
    first: &[&NPM],
    met: Met::When(&["npm", "ls", "--prefix", "{root}/reader-web"]),
    by: By::Anyone,
    commands: &[&[
        "npm",
        "ci",
        "--prefix",
        "{root}/reader-web",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
    ]],
};

const VENV: Need = Need {
    name: "python3 with venv",
    first: &[],
    met: Met::When(&["python3", "-c", "import ensurepip, venv"]),
    by: By::Root,
    commands: &[APT_UPDATE, &["apt-get", "install", "--yes", "python3-venv"]],
};

pub(crate) const MAVEN: Need = Need {
    name: "Maven with a JDK",
    first: &[],
    met: Met::When(&["sh", "-c", "javac -version && mvn --version"]),
    by: By::Root,
    commands: &[APT_UPDATE, &["apt-get", "install", "--yes", "default-jdk-headless", "maven"]],
};

const APT_UPDATE: Line = &["apt-get", "update", "--quiet"];

pub(crate) const CARGO_DENY: Need = Need {
    name: "cargo-deny",
    first: &[],
    met: Met::Since(&[]),
    by: By::Anyone,
    commands: &[&cargo_install("cargo-deny@0.20.2")],
};

pub(crate) const CARGO_FUZZ: Need = Need {
    name: "cargo-fuzz",
    first: &[&NIGHTLY],
    met: Met::Since(&[]),
    by: By::Anyone,
    commands: &[&cargo_install("cargo-fuzz@0.13.2")],
};

/// A debug build takes half the time, and works as fast here.
const fn cargo_install(package: &'static str) -> [&'static str; 7] {
    ["cargo", "install", "--debug", "--locked", "--root", "{tools}", package]
}

const NIGHTLY: Need = Need {
    name: "nightly Rust",
    first: &[],
    met: Met::When(&["rustup", "run", "nightly", "rustc", "--version"]),
    by: By::Anyone,
    commands: &[&["rustup", "toolchain", "install", "nightly", "--profile", "minimal"]],
};

/// Linux has them; some systems keep them from people.
pub(crate) const NAMESPACE: Need = Need {
    name: "network namespaces",
    first: &[],
    met: Met::When(&["unshare", "--map-root-user", "--net", "true"]),
    by: By::Root,
    commands: &[&["sysctl", "--write", "kernel.apparmor_restrict_unprivileged_userns=0"]],
};

pub(crate) const WASM32: Need = Need {
    name: "Rust for wasm32",
    first: &[],
    met: Met::When(&[
        "sh",
        "-c",
        "test -d \"$(rustc --print target-libdir --target wasm32-unknown-unknown)\"",
    ]),
    by: By::Anyone,
    commands: &[&["rustup", "target", "add", "wasm32-unknown-unknown"]],
};

/// A linker and a C compiler for Android.
pub(crate) const ZIGLANG: Need = Need {
    name: "ziglang",
    first: &[&VENV],
    met: Met::Since(&[]),
    by: By::Anyone,
    commands: &[
        &["python3", "-m", "venv", "{tools}/ziglang/python"],
        &[
            "{tools}/ziglang/python/bin/pip",
            "install",
            "--quiet",
            "--target",
            "{tools}/ziglang",
            "--upgrade",
            "ziglang==0.17.1",
        ],
    ],
};

pub(crate) const ANDROID_AARCH64: Need = Need {
    name: "Rust for aarch64 Android",
    first: &[],
    met: Met::When(&[
        "sh",
        "-c",
        "test -d \"$(rustc --print target-libdir --target aarch64-linux-android)\"",
    ]),
    by: By::Anyone,
    commands: &[&["rustup", "target", "add", "aarch64-linux-android"]],
};

pub(crate) const ANDROID_X86_64: Need = Need {
    name: "Rust for x86-64 Android",
    first: &[],
    met: Met::When(&[
        "sh",
        "-c",
        "test -d \"$(rustc --print target-libdir --target x86_64-linux-android)\"",
    ]),
    by: By::Anyone,
    commands: &[&["rustup", "target", "add", "x86_64-linux-android"]],
};

/// The machine's own, or Debian's, unpacked.
pub(crate) const SWIFT: Need = Need {
    name: "Swift 6",
    first: &[&NAMESPACE],
    met: Met::When(&[
        "sh",
        "{root}/xtask/swift/run.sh",
        "{tools}/swift",
        "{target}",
        "swift",
        "--version",
    ]),
    by: By::Anyone,
    commands: &[&["sh", "{root}/xtask/swift/setup.sh", "{tools}/swift"]],
};

pub(crate) const JS_PEERS: Need = Need {
    name: "js peers",
    first: &[&NPM],
    met: Met::Since(&["interop/js/package.json", "interop/js/package-lock.json"]),
    by: By::Anyone,
    commands: &[
        &["mkdir", "-p", "{tools}/js"],
        &[
            "cp",
            "{root}/interop/js/package.json",
            "{root}/interop/js/package-lock.json",
            "{tools}/js",
        ],
        // The optional packages are native accelerators, one for each platform.
        &[
            "npm",
            "ci",
            "--prefix",
            "{tools}/js",
            "--omit=optional",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
        ],
    ],
};

pub(crate) const PYTHON_PEERS: Need = Need {
    name: "python peers",
    first: &[&VENV],
    met: Met::Since(&["interop/python/requirements.txt"]),
    by: By::Anyone,
    commands: &[
        &["python3", "-m", "venv", "{tools}/python"],
        &[
            "{tools}/python/bin/pip",
            "install",
            "--quiet",
            "--no-deps",
            "--requirement",
            "{root}/interop/python/requirements.txt",
        ],
    ],
};

pub(crate) const JVM_PEERS: Need = Need {
    name: "jvm peers",
    first: &[&MAVEN],
    met: Met::Since(&["interop/jvm"]),
    by: By::Anyone,
    commands: &[&[
        "mvn",
        "--quiet",
        "--batch-mode",
        "--file",
        "{root}/interop/jvm/pom.xml",
        "-Dinterop.target={tools}/jvm",
        "-Dkotlin.compiler.daemon=false",
        "package",
    ]],
};

/// # Errors
///
/// The first need that is not met and that could not be, as a reason to skip.
pub(crate) fn meet_all(shell: &Shell, needs: &[&Need]) -> Result<(), Skip> {
    needs.iter().try_for_each(|need| meet(shell, need))
}

fn meet(shell: &Shell, need: &Need) -> Result<(), Skip> {
    let stamp = shell.tools().join(need.name.replace(' ', "-")).with_extension("stamp");
    let wanted = fingerprint(shell, need);
    let met = || match need.met {
        Met::When(line) => shell.probe(line),
        Met::Since(_) => fs::read_to_string(&stamp).is_ok_and(|made| made == wanted),
    };
    if met() {
        return Ok(());
    }
    meet_all(shell, need.first)?;
    let prefix: Line = match need.by {
        By::Anyone => &[],
        By::Root if shell.probe(&["sh", "-c", "test $(id -u) = 0"]) => &[],
        By::Root if unattended() => &["sudo", "-n"],
        By::Root => return Err(skip(shell, need, "is not installed")),
    };
    let brought = need.commands.iter().all(|line| shell.run(&[prefix, line].concat(), QUIET));
    if !brought {
        return Err(skip(shell, need, "could not be set up"));
    }
    match need.met {
        Met::When(_) if met() => Ok(()),
        Met::Since(_) if fs::write(&stamp, &wanted).is_ok() => Ok(()),
        _ => Err(skip(shell, need, "was set up, but is not there")),
    }
}

/// Package managers that would ask, do not.
const QUIET: &[(&str, &str)] = &[("DEBIAN_FRONTEND", "noninteractive")];

fn skip(shell: &Shell, need: &Need, why: &str) -> Skip {
    let prefix: Line = match need.by {
        By::Anyone => &[],
        By::Root => &["sudo"],
    };
    let line = [prefix, need.commands.last().copied().unwrap_or_default()].concat();
    Skip { reason: format!("{} {why}", need.name), enable: shell.spell(&line) }
}

/// Of the commands and of the inputs' contents.
fn fingerprint(shell: &Shell, need: &Need) -> String {
    let mut hasher = DefaultHasher::new();
    need.commands.hash(&mut hasher);
    if let Met::Since(inputs) = need.met {
        for input in inputs {
            // An input that cannot be read differs from what any earlier run has seen.
            hash_tree(&shell.root().join(input), &mut hasher)
                .unwrap_or_else(|_| std::process::id().hash(&mut hasher));
        }
    }
    format!("{:016x}", hasher.finish())
}

fn hash_tree(path: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    if !path.is_dir() {
        path.hash(hasher);
        fs::read(path)?.hash(hasher);
        return Ok(());
    }
    let mut entries: Vec<_> =
        fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    entries.sort();
    entries.iter().try_for_each(|entry| hash_tree(entry, hasher))
}

//! What a test needs of the machine, and how it comes there.

use std::{
    fs::{self, File},
    hash::{DefaultHasher, Hash, Hasher},
    io,
    path::{Path, PathBuf},
    sync::Mutex,
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
    /// The commands have succeeded, for these commands and these contents of the workspace's files. What they
    /// make, in `{kept}`, is other people's alone: it is kept in the user's cache, for every clone, and is in
    /// `{tools}` under this name.
    Kept(&'static str, &'static [&'static str]),
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

/// What counts instructions.
pub(crate) const VALGRIND: Need = Need {
    name: "valgrind",
    first: &[],
    met: Met::When(&["valgrind", "--version"]),
    by: By::Root,
    commands: &[
        APT_UPDATE,
        &["apt-get", "install", "--yes", "--no-install-recommends", "valgrind"],
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
    met: Met::Kept("cargo-deny", &[]),
    by: By::Anyone,
    commands: &[&cargo_install("cargo-deny@0.20.2")],
};

pub(crate) const CARGO_FUZZ: Need = Need {
    name: "cargo-fuzz",
    first: &[&NIGHTLY],
    met: Met::Kept("cargo-fuzz", &[]),
    by: By::Anyone,
    commands: &[&cargo_install("cargo-fuzz@0.13.2")],
};

/// A debug build takes half the time, and works as fast here.
const fn cargo_install(package: &'static str) -> [&'static str; 7] {
    ["cargo", "install", "--debug", "--locked", "--root", "{kept}", package]
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
    met: Met::Kept("ziglang", &[]),
    by: By::Anyone,
    commands: &[
        &["python3", "-m", "venv", "{kept}/python"],
        &[
            "{kept}/python/bin/pip",
            "install",
            "--quiet",
            "--target",
            "{kept}",
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
    met: Met::Kept("swift", &["xtask/swift/setup.sh"]),
    by: By::Anyone,
    commands: &[&["sh", "{root}/xtask/swift/setup.sh", "{kept}"]],
};

/// The optional packages are native accelerators, one for each platform.
pub(crate) const JS_PEERS: Need = Need {
    name: "js peers",
    first: &[&NPM],
    met: Met::When(&["npm", "ls", "--prefix", "{root}/interop/js", "--omit=optional"]),
    by: By::Anyone,
    commands: &[&[
        "npm",
        "ci",
        "--prefix",
        "{root}/interop/js",
        "--omit=optional",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
    ]],
};

pub(crate) const PYTHON_PEERS: Need = Need {
    name: "python peers",
    first: &[&VENV],
    met: Met::Kept("python", &["interop/python/requirements.txt"]),
    by: By::Anyone,
    commands: &[
        &["python3", "-m", "venv", "{kept}"],
        &[
            "{kept}/bin/pip",
            "install",
            "--quiet",
            "--no-deps",
            "--requirement",
            "{root}/interop/python/requirements.txt",
        ],
    ],
};

/// # Errors
///
/// The first need that is not met and that could not be, as a reason to skip.
pub(crate) fn meet_all(shell: &Shell, needs: &[&Need]) -> Result<(), Skip> {
    needs.iter().try_for_each(|need| meet(shell, need))
}

fn meet(shell: &Shell, need: &Need) -> Result<(), Skip> {
    match need.met {
        Met::When(line) if shell.probe(line) => Ok(()),
        Met::When(line) => {
            bring(shell, need, Path::new(""))?;
            if shell.probe(line) {
                return Ok(());
            }
            Err(skip(shell, need, "was set up, but is not there"))
        }
        Met::Kept(name, inputs) => {
            let folder = kept(shell, need, name, inputs)
                .unwrap_or_else(|_| Err(skip(shell, need, "could not be kept")))?;
            let link = ["ln", "-sfn", &folder.to_string_lossy(), &format!("{{tools}}/{name}")];
            match shell.probe(&link) {
                true => Ok(()),
                false => Err(skip(shell, need, "was set up, but is not there")),
            }
        }
    }
}

/// The folder of the user's cache in which the need is met: it is made, whole, where it is not there.
fn kept(
    shell: &Shell,
    need: &Need,
    name: &str,
    inputs: &[&str],
) -> io::Result<Result<PathBuf, Skip>> {
    let folder = shell.cache().join(format!("{name}-{}", fingerprint(shell, need, inputs)?));
    fs::create_dir_all(shell.cache())?;
    // Two clones may want it at the same time.
    let lock = File::create(folder.with_extension("lock"))?;
    lock.lock()?;
    let whole = folder.join(".whole");
    if !whole.exists() {
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder)?;
        if let Err(skip) = bring(shell, need, &folder) {
            return Ok(Err(skip));
        }
        fs::write(whole, "")?;
    }
    Ok(Ok(folder))
}

/// Runs what brings the need, after what it stands on.
fn bring(shell: &Shell, need: &Need, folder: &Path) -> Result<(), Skip> {
    /// Package managers let one program work at a time.
    static SYSTEM: Mutex<()> = Mutex::new(());

    meet_all(shell, need.first)?;
    let prefix: Line = match need.by {
        By::Anyone => &[],
        By::Root if shell.probe(&["sh", "-c", "test $(id -u) = 0"]) => &[],
        By::Root if unattended() => &["sudo", "-n"],
        By::Root => return Err(skip(shell, need, "is not installed")),
    };
    let _one = matches!(need.by, By::Root).then(|| SYSTEM.lock());
    let folder = folder.to_string_lossy();
    let is_brought = need.commands.iter().all(|line| {
        let line = line.iter().map(|word| word.replace("{kept}", &folder));
        let line: Vec<String> = prefix.iter().map(|word| (*word).to_owned()).chain(line).collect();
        let line: Vec<&str> = line.iter().map(String::as_str).collect();
        shell.run(&line, QUIET)
    });
    if is_brought { Ok(()) } else { Err(skip(shell, need, "could not be set up")) }
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
fn fingerprint(shell: &Shell, need: &Need, inputs: &[&str]) -> io::Result<String> {
    let mut hasher = DefaultHasher::new();
    need.commands.hash(&mut hasher);
    for input in inputs {
        fs::read(shell.root().join(input))?.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

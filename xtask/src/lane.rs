//! The lanes of `cargo xtask test`, as data.

use std::path::Path;

use crate::{
    need::{
        ANDROID_AARCH64, ANDROID_X86_64, CARGO_DENY, CHROMIUM, JS_PEERS, MAVEN, NAMESPACE, Need,
        PUBLISHED, PYTHON_PEERS, READER_WEB, SECRET_SERVICE, SWIFT, VALGRIND, WASM32, ZIGLANG,
    },
    shell::Line,
};

/// Tests that share what they need.
pub(crate) struct Lane {
    pub(crate) name: &'static str,
    pub(crate) proves: &'static str,
    pub(crate) when: When,
    /// The files and folders that its result depends on, beside [`ALL_READ`].
    reads: &'static [&'static str],
    pub(crate) track: Track,
    /// What must be built before it starts; what several lanes share is built once.
    pub(crate) built: &'static [Build],
    pub(crate) steps: &'static [Step],
}

impl Lane {
    /// Whether its result may depend on a file of the workspace.
    pub(crate) fn reads(&self, file: &str) -> bool {
        ALL_READ.iter().chain(self.reads).any(|read| Path::new(file).starts_with(read))
    }
}

/// When a lane runs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// With all the others too.
    Always,
    /// When it is asked for by name: it builds what no other lane needs, and that takes minutes.
    Named,
}

/// Which lanes may run at the same time.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Track {
    /// Rust is compiled: two such lanes would wait for each other's locks.
    Cargo,
    /// Other languages compile, or tests wait for a browser: beside any other.
    Beside,
}

/// Commands that run before any lane.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Build {
    pub(crate) name: &'static str,
    pub(crate) command: Line,
}

/// One row of the table at the end.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) needs: &'static [&'static Need],
    pub(crate) commands: &'static [Line],
    pub(crate) environment: &'static [(&'static str, &'static str)],
}

/// All of them; those of one track begin in this order, the longest first.
pub(crate) const LANES: &[Lane] = &[
    CORE,
    ANDROID,
    NO_NETWORK,
    KEYRING,
    WEB,
    KOTLIN,
    SWIFT_PACKAGE,
    JVM,
    JS,
    PYTHON,
    INSTRUCTIONS,
];

/// Every lane's result depends on these.
const ALL_READ: &[&str] =
    &[".cargo", "Cargo.lock", "Cargo.toml", "test-vectors", "wallet-core", "xtask"];

/// The tests of the bindings provoke what no app does.
const TESTING: &str = "coffret-ffi/testing,coffret-web/testing";

/// Every program and library of the workspace, with the features that its tests have: cargo turns those of
/// development on only where tests or examples are built, and other features would compile everything again.
pub(crate) const BUILD: Line =
    &["cargo", "build", "--workspace", "--features", TESTING, "--lib", "--bins", "--examples"];

const PROGRAMS: Build = Build { name: "programs", command: BUILD };

/// The generated code, and the library that it loads.
const BINDINGS: Build = Build { name: "bindings", command: &["{target}/debug/xtask", "bindings"] };

const CORE: Lane = Lane {
    name: "core",
    proves: "the Rust workspace: formatting, lints, vectors, tests, surface, documentation, dependencies",
    when: When::Always,
    // Its tests read documentation and examples too.
    reads: &[""],
    track: Track::Cargo,
    built: &[PROGRAMS],
    steps: &[
        step(
            "format",
            &[],
            &[
                &["cargo", "fmt", "--all", "--check"],
                &["cargo", "fmt", "--manifest-path", "{root}/bench/Cargo.toml", "--check"],
            ],
        ),
        step(
            "lints",
            &[],
            &[&[
                "cargo",
                "clippy",
                "--workspace",
                "--all-targets",
                "--features",
                TESTING,
                "--",
                "--deny",
                "warnings",
            ]],
        ),
        step("vectors", &[], &[&[VECTORS, "--check"]]),
        step("tests", &[], &[&["cargo", "test", "--workspace", "--features", TESTING]]),
        // Among the tests above, those that skip without them.
        step("published", &[&PUBLISHED], &[]),
        step("surface", &[], &[&["{target}/debug/xtask", "bindings", "--api", "--check"]]),
        Step {
            environment: &[("RUSTDOCFLAGS", "--deny warnings")],
            ..step(
                "docs",
                &[],
                &[&[
                    "cargo",
                    "doc",
                    "--workspace",
                    "--no-deps",
                    "--features",
                    TESTING,
                    "--lib",
                    "--bins",
                    "--examples",
                ]],
            )
        },
        step(
            "dependencies",
            &[&CARGO_DENY],
            &[&["cargo", "deny", "check", "licenses", "bans", "sources"]],
        ),
    ],
};

const NO_NETWORK: Lane = Lane {
    name: "no-network",
    proves: "the demo and both flows of a presentation, where no network can be reached",
    when: When::Always,
    reads: &["cli"],
    track: Track::Cargo,
    built: &[],
    steps: &[step(
        "flows",
        &[&NAMESPACE],
        &[
            &[
                "cargo",
                "test",
                "--workspace",
                "--features",
                TESTING,
                "--test",
                "evidence",
                "--no-run",
            ],
            &[
                "unshare",
                "--map-root-user",
                "--net",
                "cargo",
                "test",
                "--offline",
                "--workspace",
                "--features",
                TESTING,
                "--test",
                "evidence",
                "no_network::",
                "--",
                "--ignored",
            ],
        ],
    )],
};

const KEYRING: Lane = Lane {
    name: "secret-service",
    proves: "the wallet’s secrets in the Secret Service of a Linux desktop",
    when: When::Always,
    reads: &["cli"],
    track: Track::Cargo,
    built: &[],
    steps: &[Step {
        environment: &[("COFFRET_TEST_KEYRING", "1")],
        ..step(
            "keyring",
            &[&SECRET_SERVICE],
            &[&[
                "sh",
                "{root}/xtask/secret-service.sh",
                "cargo",
                "test",
                "--workspace",
                "--features",
                TESTING,
                "--test",
                "suite",
                "--test",
                "contract",
                "--",
                "platform::",
                "keyring::",
            ]],
        )
    }],
};

const JS: Lane = Lane {
    name: "js",
    proves: "interoperability with @auth0/mdl, @owf/mdoc and @ngraveio/bc-ur",
    when: When::Always,
    reads: &["cli", "interop"],
    track: Track::Beside,
    built: &[PROGRAMS],
    steps: &[step("interop", &[&JS_PEERS], &[&matrix("js")])],
};

const PYTHON: Lane = Lane {
    name: "python",
    proves: "interoperability with pymdoccbor and pycose; an export read without our code",
    when: When::Always,
    reads: &["cli", "interop"],
    track: Track::Beside,
    built: &[PROGRAMS],
    steps: &[
        step("interop", &[&PYTHON_PEERS], &[&matrix("python")]),
        step(
            "export",
            &[&PYTHON_PEERS],
            &[&[
                "{tools}/python/bin/python",
                "{root}/interop/python/export.py",
                "{target}/debug/coffret",
            ]],
        ),
    ],
};

const JVM: Lane = Lane {
    name: "jvm",
    proves: "interoperability with multipaz and authlete",
    when: When::Always,
    reads: &["cli", "interop"],
    track: Track::Beside,
    built: &[PROGRAMS],
    steps: &[step(
        "interop",
        &[&MAVEN],
        &[
            &[
                "mvn",
                "--quiet",
                "--batch-mode",
                "--file",
                "{root}/interop/jvm/pom.xml",
                "-Dinterop.target={tools}/jvm",
                "-Dkotlin.compiler.daemon=false",
                "package",
            ],
            &matrix("jvm"),
        ],
    )],
};

const KOTLIN: Lane = Lane {
    name: "kotlin",
    proves: "the Kotlin library: its tests on the real core, its style, its documentation",
    when: When::Always,
    reads: &["cli", "bindings/ffi", "bindings/bindgen", "bindings/kotlin"],
    track: Track::Beside,
    built: &[PROGRAMS, BINDINGS],
    steps: &[step(
        "tests",
        &[&MAVEN],
        &[&[
            "mvn",
            "--batch-mode",
            "--no-transfer-progress",
            "--file",
            "{root}/bindings/kotlin/pom.xml",
            "-Dcoffret.target={target}/kotlin",
            "-Dnative.dir={target}/debug",
            "-Dcoffret.program={target}/debug/coffret",
            "verify",
        ]],
    )],
};

const SWIFT_PACKAGE: Lane = Lane {
    name: "swift",
    proves: "the Swift package: its tests on the real core, its style",
    when: When::Always,
    reads: &["cli", "bindings/ffi", "bindings/bindgen", "bindings/swift"],
    track: Track::Beside,
    built: &[PROGRAMS, BINDINGS],
    steps: &[Step {
        environment: &[
            ("COFFRET_LIBRARIES", "{target}/debug"),
            ("COFFRET_PROGRAM", "{target}/debug/coffret"),
        ],
        ..step(
            "tests",
            &[&SWIFT],
            &[
                &in_swift([
                    "swift-format",
                    "lint",
                    "--strict",
                    "--recursive",
                    "{root}/bindings/swift/Package.swift",
                    "{root}/bindings/swift/Sources",
                    "{root}/bindings/swift/Tests",
                ]),
                &in_swift([
                    "swift",
                    "test",
                    "--no-parallel",
                    "--package-path={root}/bindings/swift",
                    "--scratch-path={target}/swift",
                    "-Xswiftc",
                    "-use-ld=lld",
                ]),
            ],
        )
    }],
};

const ANDROID: Lane = Lane {
    name: "android",
    proves: "the library that ships links for Android, wants what Android has, is small",
    when: When::Always,
    reads: &["bindings/ffi"],
    track: Track::Cargo,
    built: &[],
    steps: &[
        step("aarch64", &[&ZIGLANG, &ANDROID_AARCH64], &[&shipped("aarch64-linux-android")]),
        step("x86_64", &[&ZIGLANG, &ANDROID_X86_64], &[&shipped("x86_64-linux-android")]),
    ],
};

const WEB: Lane = Lane {
    name: "web",
    proves: "the verifier’s page in a browser whose camera films a wallet’s screen",
    when: When::Always,
    reads: &["cli", "bindings/web", "reader-web"],
    track: Track::Beside,
    built: &[PROGRAMS],
    steps: &[
        step("page", PAGE_NEEDS, PAGE),
        // After the page: both builds of its core have one name.
        step("vectors", &[&WASM32], VECTORS_IN_WASM),
        step("types", &[&READER_WEB], &[&["npm", "run", "--prefix", "{root}/reader-web", "check"]]),
        Step {
            environment: &[
                ("COFFRET_PROGRAM", "{target}/debug/coffret"),
                ("COFFRET_ANSWER", VECTORS),
                ("COFFRET_LEAST_COST", "{target}/debug/examples/least_cost"),
                ("READER_SITE", SITE),
                ("READER_TESTING", WASM_TESTING),
            ],
            ..step(
                "tests",
                &[&READER_WEB, &CHROMIUM],
                &[&["npm", "test", "--prefix", "{root}/reader-web"]],
            )
        },
    ],
};

const INSTRUCTIONS: Lane = Lane {
    name: "instructions",
    proves: "none of six paths takes 5 % more instructions than were last counted",
    when: When::Named,
    reads: &["bench"],
    track: Track::Cargo,
    built: &[],
    steps: &[step(
        "counts",
        &[&VALGRIND],
        &[&["{target}/debug/xtask", "bench", "--instructions", "--check"]],
    )],
};

/// What makes the verifier's page, in [`SITE`], once [`BUILD`] has built its generator.
pub(crate) const PAGE: &[Line] = &[
    &[
        "cargo",
        "build",
        "--package",
        "coffret-web",
        "--profile",
        "shipped",
        "--target",
        "wasm32-unknown-unknown",
    ],
    &[
        "{target}/debug/coffret-web-glue",
        "{target}/wasm32-unknown-unknown/shipped/coffret_web.wasm",
        "{target}/reader-web/wasm",
    ],
    &["node", "{root}/reader-web/build.mjs", SITE, "{target}/reader-web/wasm"],
];

/// The page's core with what its tests call, in [`WASM_TESTING`].
const VECTORS_IN_WASM: &[Line] = &[
    &[
        "cargo",
        "build",
        "--package",
        "coffret-web",
        "--features",
        "testing",
        "--profile",
        "shipped",
        "--target",
        "wasm32-unknown-unknown",
    ],
    &[
        "{target}/debug/coffret-web-glue",
        "{target}/wasm32-unknown-unknown/shipped/coffret_web.wasm",
        WASM_TESTING,
    ],
];

const WASM_TESTING: &str = "{target}/reader-web/testing";

pub(crate) const PAGE_NEEDS: &[&Need] = &[&WASM32, &READER_WEB];

pub(crate) const SITE: &str = "{target}/reader-web/site";

/// The generator of `test-vectors/`.
pub(crate) const VECTORS: &str = "{target}/debug/coffret-test-vectors";

const fn in_swift(command: [&'static str; 7]) -> [&'static str; 11] {
    let [a, b, c, d, e, f, g] = command;
    ["sh", "{root}/xtask/swift/run.sh", "{tools}/swift", "{target}", a, b, c, d, e, f, g]
}

const fn shipped(name: &'static str) -> [&'static str; 4] {
    ["{target}/debug/xtask", "bindings", "--release", name]
}

/// Others' programs against ours, which it finds beside itself.
const fn matrix(lane: &'static str) -> [&'static str; 3] {
    ["{target}/debug/coffret-interop", "{tools}", lane]
}

const fn step(
    name: &'static str,
    needs: &'static [&'static Need],
    commands: &'static [Line],
) -> Step {
    Step { name, needs, commands, environment: &[] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_reaches_the_lanes_that_read_it() {
        let reached = |file| {
            let lanes = LANES.iter().filter(|lane| lane.reads(file));
            lanes.map(|lane| lane.name).collect::<Vec<_>>().join(" ")
        };
        let all = LANES.iter().map(|lane| lane.name).collect::<Vec<_>>().join(" ");
        assert_eq!(reached("wallet-core/mdoc/src/lib.rs"), all);
        assert_eq!(reached("reader-web/src/app.ts"), "core web");
        assert_eq!(reached("bindings/swift/Package.swift"), "core swift");
        assert_eq!(reached("clippy.toml"), "core");
        // Each folder of a row is there: one that was renamed would no longer be seen to change.
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let reads = LANES.iter().flat_map(|lane| lane.reads).chain(ALL_READ);
        assert!(reads.into_iter().all(|read| root.join(read).exists()));
    }
}

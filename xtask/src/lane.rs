//! The lanes of `cargo xtask test`, as data.

use crate::{
    need::{
        ANDROID_AARCH64, ANDROID_X86_64, CARGO_DENY, CHROMIUM, JS_PEERS, JVM_PEERS, MAVEN,
        NAMESPACE, Need, PUBLISHED, PYTHON_PEERS, READER_WEB, SECRET_SERVICE, SWIFT, WASM32,
        ZIGLANG,
    },
    shell::Line,
};

/// Tests that share what they need.
pub(crate) struct Lane {
    pub(crate) name: &'static str,
    pub(crate) proves: &'static str,
    pub(crate) steps: &'static [Step],
}

/// One row of the table at the end.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) needs: &'static [&'static Need],
    pub(crate) commands: &'static [Line],
    pub(crate) environment: &'static [(&'static str, &'static str)],
}

/// All of them, in the order in which they run.
pub(crate) const LANES: &[Lane] =
    &[CORE, NO_NETWORK, KEYRING, JS, PYTHON, JVM, KOTLIN, SWIFT_PACKAGE, ANDROID, WEB];

const CORE: Lane = Lane {
    name: "core",
    proves: "the Rust workspace: formatting, lints, vectors, tests, surface, documentation, dependencies",
    steps: &[
        step("format", &[], &[&["cargo", "fmt", "--all", "--check"]]),
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
        step("vectors", &[], &[&["cargo", "xtask", "vectors", "--check"]]),
        step("tests", &[], &[&["cargo", "test", "--workspace", "--features", TESTING]]),
        // Among the tests above, those that skip without them.
        step("published", &[&PUBLISHED], &[]),
        step("surface", &[], &[API]),
        Step {
            environment: &[("RUSTDOCFLAGS", "--deny warnings")],
            ..step("docs", &[], &[&["cargo", "doc", "--workspace", "--no-deps"]])
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
    steps: &[step(
        "flows",
        &[&NAMESPACE],
        &[
            &["cargo", "test", "--package", "coffret", "--test", "evidence", "--no-run"],
            &[
                "unshare",
                "--map-root-user",
                "--net",
                "cargo",
                "test",
                "--offline",
                "--package",
                "coffret",
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
    steps: &[Step {
        environment: &[("COFFRET_TEST_KEYRING", "1")],
        ..step(
            "keyring",
            &[&SECRET_SERVICE],
            &[
                &[
                    "sh",
                    "{root}/xtask/secret-service.sh",
                    "cargo",
                    "test",
                    "--package",
                    "coffret-store",
                    "--features",
                    "keyring",
                    "--test",
                    "suite",
                    "platform::",
                ],
                &[
                    "sh",
                    "{root}/xtask/secret-service.sh",
                    "cargo",
                    "test",
                    "--package",
                    "coffret",
                    "--test",
                    "contract",
                    "keyring::",
                ],
            ],
        )
    }],
};

const JS: Lane = Lane {
    name: "js",
    proves: "interoperability with @auth0/mdl, @owf/mdoc and @ngraveio/bc-ur",
    steps: &[step(
        "interop",
        &[&JS_PEERS],
        // Modules are looked for beside the program that imports them.
        &[&["cp", "-R", "{root}/interop/js/.", "{tools}/js"], COFFRET, &matrix("js")],
    )],
};

const PYTHON: Lane = Lane {
    name: "python",
    proves: "interoperability with pymdoccbor and pycose; an export read without our code",
    steps: &[
        step("interop", &[&PYTHON_PEERS], &[COFFRET, &matrix("python")]),
        step(
            "export",
            &[&PYTHON_PEERS],
            &[
                COFFRET,
                &[
                    "{tools}/python/bin/python",
                    "{root}/interop/python/export.py",
                    "{tools}/../debug/coffret",
                ],
            ],
        ),
    ],
};

const JVM: Lane = Lane {
    name: "jvm",
    proves: "interoperability with multipaz and authlete",
    steps: &[step("interop", &[&JVM_PEERS], &[COFFRET, &matrix("jvm")])],
};

const KOTLIN: Lane = Lane {
    name: "kotlin",
    proves: "the Kotlin library: its tests on the real core, its style, its documentation",
    steps: &[
        step("library", &[], &[BINDINGS, COFFRET]),
        step(
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
        ),
    ],
};

const SWIFT_PACKAGE: Lane = Lane {
    name: "swift",
    proves: "the Swift package: its tests on the real core, its style",
    steps: &[
        step("library", &[], &[BINDINGS, COFFRET]),
        Step {
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
        },
    ],
};

const ANDROID: Lane = Lane {
    name: "android",
    proves: "the library that ships links for Android, wants what Android has, is small",
    steps: &[
        step("aarch64", &[&ZIGLANG, &ANDROID_AARCH64], &[&shipped("aarch64-linux-android")]),
        step("x86_64", &[&ZIGLANG, &ANDROID_X86_64], &[&shipped("x86_64-linux-android")]),
    ],
};

const WEB: Lane = Lane {
    name: "web",
    proves: "the verifier’s page in a browser whose camera films a wallet’s screen",
    steps: &[
        step("page", PAGE_NEEDS, PAGE),
        step("types", &[&READER_WEB], &[&["npm", "run", "--prefix", "{root}/reader-web", "check"]]),
        Step {
            environment: &[
                ("COFFRET_PROGRAM", "{target}/debug/coffret"),
                ("COFFRET_ANSWER", "{target}/debug/coffret-test-vectors"),
                ("READER_SITE", SITE),
            ],
            ..step(
                "tests",
                &[&READER_WEB, &CHROMIUM],
                &[
                    COFFRET,
                    &["cargo", "build", "--package", "coffret-test-vectors"],
                    &["npm", "test", "--prefix", "{root}/reader-web"],
                ],
            )
        },
    ],
};

/// What makes the verifier's page, in [`SITE`].
pub(crate) const PAGE: &[Line] = &[
    &[
        "cargo",
        "build",
        "--package",
        "coffret-web",
        "--profile",
        "web",
        "--target",
        "wasm32-unknown-unknown",
    ],
    &["cargo", "build", "--package", "coffret-web-glue"],
    &[
        "{target}/debug/coffret-web-glue",
        "{target}/wasm32-unknown-unknown/web/coffret_web.wasm",
        "{target}/reader-web/wasm",
    ],
    &["node", "{root}/reader-web/build.mjs", SITE, "{target}/reader-web/wasm"],
];

pub(crate) const PAGE_NEEDS: &[&Need] = &[&WASM32, &READER_WEB];

pub(crate) const SITE: &str = "{target}/reader-web/site";

const fn in_swift(command: [&'static str; 7]) -> [&'static str; 11] {
    let [a, b, c, d, e, f, g] = command;
    ["sh", "{root}/xtask/swift/run.sh", "{tools}/swift", "{target}", a, b, c, d, e, f, g]
}

/// The tests of the bindings provoke what no app does.
const TESTING: &str = "coffret-ffi/testing";

/// The generated code, and the library that it loads.
const BINDINGS: Line = &["cargo", "xtask", "bindings"];

const API: Line = &["cargo", "xtask", "bindings", "--api", "--check"];

const fn shipped(name: &'static str) -> [&'static str; 5] {
    ["cargo", "xtask", "bindings", "--release", name]
}

/// The generator of `test-vectors/`.
pub(crate) const VECTORS: Line =
    &["cargo", "run", "--quiet", "--package", "coffret-test-vectors", "--"];

/// Our side of the matrix: the program that a stranger would use.
const COFFRET: Line = &["cargo", "build", "--package", "coffret"];

const fn matrix(lane: &'static str) -> [&'static str; 8] {
    ["cargo", "run", "--quiet", "--package", "coffret-interop", "--", "{tools}", lane]
}

const fn step(
    name: &'static str,
    needs: &'static [&'static Need],
    commands: &'static [Line],
) -> Step {
    Step { name, needs, commands, environment: &[] }
}

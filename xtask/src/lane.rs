//! The lanes of `cargo xtask test`, as data.

use crate::{
    need::{CARGO_DENY, JS_PEERS, JVM_PEERS, Need, PUBLISHED, PYTHON_PEERS},
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
pub(crate) const LANES: &[Lane] = &[CORE, JS, PYTHON, JVM];

const CORE: Lane = Lane {
    name: "core",
    proves: "the Rust workspace: formatting, lints, vectors, tests, documentation, dependencies",
    steps: &[
        step("format", &[], &[&["cargo", "fmt", "--all", "--check"]]),
        step(
            "lints",
            &[],
            &[&["cargo", "clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"]],
        ),
        step("vectors", &[], &[&["cargo", "xtask", "vectors", "--check"]]),
        step("tests", &[], &[&["cargo", "test", "--workspace"]]),
        // Among the tests above, those that skip without them.
        step("published", &[&PUBLISHED], &[]),
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

const JS: Lane = Lane {
    name: "js",
    proves: "interoperability with @auth0/mdl and @owf/mdoc",
    steps: &[step(
        "interop",
        &[&JS_PEERS],
        // Modules are looked for beside the program that imports them.
        &[&["cp", "-R", "{root}/interop/js/.", "{tools}/js"], COFFRET, &matrix("js")],
    )],
};

const PYTHON: Lane = Lane {
    name: "python",
    proves: "interoperability with pymdoccbor and pycose",
    steps: &[step("interop", &[&PYTHON_PEERS], &[COFFRET, &matrix("python")])],
};

const JVM: Lane = Lane {
    name: "jvm",
    proves: "interoperability with multipaz and authlete",
    steps: &[step("interop", &[&JVM_PEERS], &[COFFRET, &matrix("jvm")])],
};

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

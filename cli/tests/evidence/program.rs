//! The program, with every trace on, and a folder to run it in.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::Value as Json;

const NOW: &str = "2026-11-22T12:00:00Z";

/// A folder of its own, removed at the end.
pub(crate) struct Folder(PathBuf);

/// What the program did.
pub(crate) struct Ran {
    exit: Option<i32>,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: Vec<u8>,
}

impl Ran {
    #[track_caller]
    pub(crate) fn ends(self, exit: i32) -> Ran {
        let [stdout, stderr] =
            [&self.stdout, &self.stderr].map(|text| String::from_utf8_lossy(text));
        assert_eq!(self.exit, Some(exit), "{stdout}\n{stderr}");
        self
    }
}

impl From<Output> for Ran {
    fn from(Output { status, stdout, stderr }: Output) -> Ran {
        Ran { exit: status.code(), stdout, stderr }
    }
}

impl Folder {
    pub(crate) fn new() -> Folder {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("evidence-{}-{count}", std::process::id());
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path(name), content).unwrap();
    }

    /// The object in a file.
    pub(crate) fn json(&self, name: &str) -> Json {
        serde_json::from_slice(&fs::read(self.path(name)).unwrap()).unwrap()
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.command(arguments).stdin(Stdio::null()).output().unwrap().into()
    }

    /// Two programs at once, each of whose output is the other's input: what the second says of it.
    pub(crate) fn converse(&self, one: &[&str], other: &[&str]) -> [Ran; 2] {
        let streams = || [Stdio::piped(), Stdio::piped(), Stdio::piped()];
        let [input, output, errors] = streams();
        let mut one = self.command(one);
        let mut one = one.stdin(input).stdout(output).stderr(errors).spawn().unwrap();
        let (input, output) = (one.stdin.take().unwrap(), one.stdout.take().unwrap());
        let mut other = self.command(other);
        let other = other.stdin(output).stdout(input).stderr(Stdio::piped()).spawn().unwrap();
        [one, other].map(|program| program.wait_with_output().unwrap().into())
    }

    /// Two programs at once.
    pub(crate) fn both(&self, one: &[&str], other: &[&str]) -> [Ran; 2] {
        let start = |arguments| {
            let mut command = self.command(arguments);
            let command = command.stdin(Stdio::null()).stdout(Stdio::piped());
            command.stderr(Stdio::piped()).spawn().unwrap()
        };
        [start(one), start(other)].map(|program| program.wait_with_output().unwrap().into())
    }

    fn command(&self, arguments: &[&str]) -> Command {
        const TRACES: [(&str, &str); 4] = [
            ("RUST_LOG", "trace"),
            ("RUST_BACKTRACE", "full"),
            ("RUST_LIB_BACKTRACE", "1"),
            ("DEBUG", "*"),
        ];
        let mut command = Command::new(env!("CARGO_BIN_EXE_coffret"));
        command.current_dir(&self.0).args(arguments).args(["--now", NOW]).envs(TRACES);
        command
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

//! Commands as data, run in the workspace's folder.

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// A program and its arguments, in which `{root}` is the workspace, `{target}` the target folder and
/// `{tools}` is `target/tools`.
pub(crate) type Line = &'static [&'static str];

/// Where commands run.
pub(crate) struct Shell {
    root: PathBuf,
    target: PathBuf,
    tools: PathBuf,
    path: OsString,
}

impl Shell {
    /// The workspace that this program was built from, and the target folder that it was built in.
    pub(crate) fn of_this_build() -> Option<Shell> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?.to_path_buf();
        let program = env::current_exe().ok()?;
        let target = program.parent()?.parent()?.to_path_buf();
        let tools = target.join("tools");
        fs::create_dir_all(&tools).ok()?;
        let inherited = env::var_os("PATH").unwrap_or_default();
        let folders = [tools.join("bin")].into_iter().chain(env::split_paths(&inherited));
        let path = env::join_paths(folders).ok()?;
        Some(Shell { root, target, tools, path })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    pub(crate) fn tools(&self) -> &Path {
        &self.tools
    }

    /// The line with its places filled in, as a person would type it.
    pub(crate) fn spell(&self, line: &[&str]) -> String {
        line.iter().map(|word| self.fill(word)).collect::<Vec<_>>().join(" ")
    }

    /// Runs the lines in order, and says whether all succeeded. Stops at the first that did not.
    pub(crate) fn all(&self, lines: &[Line], environment: &[(&str, &str)]) -> bool {
        lines.iter().all(|line| self.run(line, environment))
    }

    pub(crate) fn run(&self, line: &[&str], environment: &[(&str, &str)]) -> bool {
        println!("$ {}", self.spell(line));
        let environment = environment.iter().map(|(name, value)| (name, self.fill(value)));
        self.succeeds(self.command(line).envs(environment))
    }

    /// Runs the line without a word, and says whether it succeeded.
    pub(crate) fn probe(&self, line: &[&str]) -> bool {
        self.succeeds(self.command(line).stdout(Stdio::null()).stderr(Stdio::null()))
    }

    /// What the line prints; nothing where it fails.
    pub(crate) fn output(&self, line: &[&str]) -> Option<String> {
        let output = self.command(line).stderr(Stdio::inherit()).output().ok()?;
        String::from_utf8(output.stdout).ok().filter(|_| output.status.success())
    }

    fn command(&self, line: &[&str]) -> Command {
        let mut words = line.iter().map(|word| self.fill(word));
        let mut command = Command::new(words.next().unwrap_or_default());
        command.args(words).current_dir(&self.root).env("PATH", &self.path).stdin(Stdio::null());
        command
    }

    fn succeeds(&self, command: &mut Command) -> bool {
        command.status().is_ok_and(|status| status.success())
    }

    fn fill(&self, word: &str) -> String {
        let root = self.root.to_string_lossy();
        let target = self.target.to_string_lossy();
        let tools = self.tools.to_string_lossy();
        word.replace("{root}", &root).replace("{target}", &target).replace("{tools}", &tools)
    }
}

/// Whether this is continuous integration: nobody is there to act on a skip.
pub(crate) fn unattended() -> bool {
    env::var_os("CI").is_some_and(|value| value == "true")
}

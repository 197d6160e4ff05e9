//! Commands as data, run in the workspace's folder.

use std::{
    cell::{Cell, RefCell},
    env,
    ffi::OsString,
    fs,
    io::{self, BufRead, BufReader, IsTerminal, Write},
    mem,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::mpsc::{self, RecvTimeoutError},
    thread,
    time::Duration,
};

/// A program and its arguments, in which `{root}` is the workspace, `{target}` the target folder,
/// `{tools}` is `target/tools` and `{kept}` is where a need that is kept is made.
pub(crate) type Line = &'static [&'static str];

/// How long the last words of a command that has ended are waited for.
const LINGER: Duration = Duration::from_secs(2);

/// Where commands run, and where what they print goes.
pub(crate) struct Shell {
    root: PathBuf,
    target: PathBuf,
    tools: PathBuf,
    cache: PathBuf,
    path: OsString,
    /// What was printed since the last [`Shell::told`].
    words: RefCell<Vec<u8>>,
    /// Whether they are held back until then.
    held: bool,
    compilations: Cell<usize>,
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
        let programs = [tools.join("cargo-deny/bin"), tools.join("cargo-fuzz/bin")];
        let path =
            env::join_paths(programs.into_iter().chain(env::split_paths(&inherited))).ok()?;
        let cache = cache().unwrap_or_else(|| target.join("cache"));
        let compilations = Cell::default();
        let words = RefCell::default();
        Some(Shell { root, target, tools, cache, path, words, held: false, compilations })
    }

    /// The same place, for a thread of its own: what is printed there is held back until it is [`Shell::told`].
    pub(crate) fn apart(&self) -> Shell {
        Shell {
            root: self.root.clone(),
            target: self.target.clone(),
            tools: self.tools.clone(),
            cache: self.cache.clone(),
            path: self.path.clone(),
            words: RefCell::default(),
            held: true,
            compilations: Cell::default(),
        }
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

    /// Other people's work, kept between clones: tools and compiled libraries.
    pub(crate) fn cache(&self) -> &Path {
        &self.cache
    }

    /// How many packages cargo compiled, checked or documented since this was last asked.
    pub(crate) fn compilations(&self) -> usize {
        self.compilations.take()
    }

    /// Shows a line, now or with all that is held back.
    pub(crate) fn say(&self, line: &str) {
        self.print(format!("{line}\n").as_bytes());
    }

    /// Shows what was held back, in one piece. Gives all that was printed since this was last asked.
    pub(crate) fn told(&self) -> Vec<u8> {
        let words = self.words.take();
        if self.held {
            let _ = io::stdout().lock().write_all(&words);
        }
        words
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
        self.say(&format!("$ {}", self.spell(line)));
        let environment = environment.iter().map(|(name, value)| (name, self.fill(value)));
        self.shown(self.command(line).envs(environment)).unwrap_or_else(|error| {
            self.say(&format!("{}: {error}", self.spell(line)));
            false
        })
    }

    /// Runs a command whose words go where this shell's go, and says whether it succeeded.
    fn shown(&self, command: &mut Command) -> io::Result<bool> {
        let (words, end) = io::pipe()?;
        if io::stdout().is_terminal() {
            command.env("CARGO_TERM_COLOR", "always");
        }
        let mut child = command.stdout(end.try_clone()?).stderr(end).spawn()?;
        // The command holds the other end of the pipe: without this, its end would never be seen.
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || {
            let mut words = BufReader::new(words);
            let mut line = Vec::new();
            while words.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
                if sender.send(mem::take(&mut line)).is_err() {
                    break;
                }
            }
        });
        let status = loop {
            match lines.recv_timeout(LINGER) {
                Ok(line) => {
                    if is_compilation(&line) {
                        self.compilations.set(self.compilations.get() + 1);
                    }
                    self.print(&line);
                }
                Err(RecvTimeoutError::Disconnected) => break child.wait()?,
                // A process that the command left behind may hold the pipe for ever.
                Err(RecvTimeoutError::Timeout) => {
                    if let Some(status) = child.try_wait()? {
                        break status;
                    }
                }
            }
        };
        Ok(status.success())
    }

    fn print(&self, words: &[u8]) {
        self.words.borrow_mut().extend_from_slice(words);
        if !self.held {
            let _ = io::stdout().write_all(words);
        }
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

/// Whether cargo says here that it compiles a package.
fn is_compilation(line: &[u8]) -> bool {
    let line = String::from_utf8_lossy(line);
    // Cargo puts the verb at the end of a column. In colours, the column begins with a word of its own.
    let mut words = line.split_whitespace().take(2);
    let verbs = ["Compiling", "Checking", "Documenting"];
    line.starts_with([' ', '\u{1b}'])
        && words.any(|word| verbs.iter().any(|verb| word.starts_with(verb)))
}

/// `$XDG_CACHE_HOME/coffret`, or what stands for it on this system.
fn cache() -> Option<PathBuf> {
    let set = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let home = set("XDG_CACHE_HOME").or_else(|| Some(set("HOME")?.join(".cache")))?;
    Some(home.join("coffret"))
}

/// Whether this is continuous integration: nobody is there to act on a skip.
pub(crate) fn unattended() -> bool {
    env::var_os("CI").is_some_and(|value| value == "true")
}

#[cfg(test)]
mod tests {
    use super::{Command, Shell, is_compilation};

    #[test]
    fn a_process_that_a_command_leaves_behind_is_not_waited_for() {
        let shell = Shell::of_this_build().unwrap().apart();
        // Were it waited for, the test would hang.
        assert!(shell.run(&["sh", "-c", "sleep 3600 & echo $! said"], &[]));
        let said = String::from_utf8(shell.told()).unwrap();
        let left = |line: &str| line.strip_suffix(" said")?.parse::<u32>().ok();
        let left = said.lines().find_map(left).unwrap().to_string();
        assert!(Command::new("kill").arg(left).status().unwrap().success());
    }

    #[test]
    fn packages_are_counted_by_what_cargo_says() {
        assert!(is_compilation(b"   Compiling serde v1.0.0\n"));
        assert!(is_compilation(b"\x1b[1m\x1b[92m    Checking\x1b[0m serde v1.0.0\n"));
        assert!(!is_compilation(b"    Finished `dev` profile\n"));
        assert!(!is_compilation(b"Compiling for Android needs ziglang\n"));
    }
}

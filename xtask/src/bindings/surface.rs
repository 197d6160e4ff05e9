//! `cargo xtask bindings --api`: what the core exports, an item a line, in `bindings/api.txt`.

use std::{
    collections::HashSet,
    fs, io,
    path::{Path, PathBuf},
};

use crate::shell::Shell;

/// What becomes of `bindings/api.txt`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    /// It is written anew.
    New,
    /// It is compared, and all that it lists must be in use.
    Old,
}

impl Keep {
    pub(super) fn of(options: &[&str]) -> Option<Keep> {
        match options {
            [] => Some(Keep::New),
            ["--check"] => Some(Keep::Old),
            _ => None,
        }
    }
}

/// Where a language uses the core.
struct Language {
    name: &'static str,
    extension: &'static str,
    tests: &'static str,
    layer: &'static str,
}

const LANGUAGES: [Language; 2] = [
    Language {
        name: "Kotlin",
        extension: "kt",
        tests: "bindings/kotlin/src/test",
        layer: "bindings/kotlin/src/main",
    },
    Language {
        name: "Swift",
        extension: "swift",
        tests: "bindings/swift/Tests",
        layer: "bindings/swift/Sources/Coffret",
    },
];

/// What the layer over the core gives and takes by itself: a test sees what comes of it.
const WITHIN: [&str; 18] = [
    "Begun",
    "BootTime",
    "HolderEffect",
    "HolderEvent",
    "Presentation",
    "Reader.start",
    "ReaderEffect",
    "ReaderEvent",
    "Reading",
    "Started",
    "Wallet.abandon_keys",
    "Wallet.abandoned_keys",
    "Wallet.keys_deleted",
    "Wallet.keys_ready",
    "Wallet.new_keys",
    "erase_secrets",
    "erase_wallet",
    "restore_secrets",
];

pub(super) fn run(shell: &Shell, keep: Keep) -> bool {
    let bindgen = shell.target().join("debug/coffret-bindgen");
    let library = super::library(&shell.target().join("debug"));
    // An item without docs fails there.
    let line = [&bindgen.to_string_lossy(), "api", &library.to_string_lossy()];
    let Some(surface) = shell.output(&line) else { return false };
    let file = shell.root().join("bindings/api.txt");
    if keep == Keep::New {
        return fs::write(file, surface).is_ok();
    }
    let is_same = same(&fs::read_to_string(file).unwrap_or_default(), &surface);
    let is_used = LANGUAGES.iter().map(|language| used(shell, language, &surface));
    is_used.fold(is_same, |all, one| all && one)
}

fn same(kept: &str, surface: &str) -> bool {
    let (old, new): (HashSet<&str>, HashSet<&str>) =
        (kept.lines().collect(), surface.lines().collect());
    for line in kept.lines().filter(|line| !new.contains(line)) {
        println!("- {line}");
    }
    for line in surface.lines().filter(|line| !old.contains(line)) {
        println!("+ {line}");
    }
    if kept != surface {
        println!("the surface has changed; where that is meant: cargo xtask bindings --api");
    }
    kept == surface
}

/// Whether a test of the language uses each item.
fn used(shell: &Shell, language: &Language, surface: &str) -> bool {
    let words = |folder| Words::of(&shell.root().join(folder), language.extension);
    let (Ok(tests), Ok(layer)) = (words(language.tests), words(language.layer)) else {
        println!("{}: no tests", language.name);
        return false;
    };
    let has = |item: &Item| tests.have(item) || item.is_within() && layer.say(item);
    let items: Vec<(&str, Item)> =
        surface.lines().filter_map(|line| Some((line, Item::parse(line)?))).collect();
    // A type need not be named where it is inferred: of a member, or from one that has it.
    let infers = |(line, other): &(&str, Item), item: &Item| {
        let has_it = other.of == item.of || line.ends_with(&format!(" {}", item.of));
        has_it && other.member.is_some() && has(other)
    };
    let is_used = |item: &Item| {
        has(item) || item.member.is_none() && items.iter().any(|other| infers(other, item))
    };
    let unused: Vec<&str> =
        items.iter().filter(|(_, item)| !is_used(item)).map(|(line, _)| *line).collect();
    for line in &unused {
        println!("no test in {} uses: {line}", language.name);
    }
    unused.is_empty()
}

/// An item, by the words that stand for it in a program.
struct Item<'a> {
    /// The type that it is, or belongs to.
    of: &'a str,
    /// The item's own name; nothing for a type.
    member: Option<&'a str>,
}

impl Item<'_> {
    /// Of a line such as `enum KeyTask::Sign.message: Bytes`.
    fn parse(line: &str) -> Option<Item<'_>> {
        let (kind, item) = line.split_once(' ')?;
        let path = item.split(['(', ' ']).next()?.trim_end_matches(':');
        if kind == "fn" {
            return Some(Item { of: "", member: Some(path) });
        }
        let (of, rest) = path.split_at(path.find([':', '.']).unwrap_or(path.len()));
        let member =
            rest.rsplit([':', '.']).next().filter(|name| !name.is_empty() && *name != "new");
        Some(Item { of, member })
    }

    fn is_within(&self) -> bool {
        let path = format!("{}.{}", self.of, self.member.unwrap_or_default());
        WITHIN.contains(&self.of) || WITHIN.contains(&path.trim_start_matches('.'))
    }

    /// The names that UniFFI gives it: `givenUp`, `GivenUp`, `GIVEN_UP`; `CoffretException`.
    fn spellings(&self) -> Vec<String> {
        let Some(member) = self.member else {
            return vec![self.of.to_owned(), self.of.replace("Error", "Exception")];
        };
        let mut parts: Vec<String> = Vec::new();
        for letter in member.chars() {
            match parts.last_mut() {
                Some(part) if !letter.is_uppercase() && letter != '_' => part.push(letter),
                _ => parts.push(letter.to_string().replace('_', "")),
            }
        }
        let upper: String = parts.iter().map(|part| capital(part)).collect();
        let (first, rest) = upper.split_at(1);
        vec![first.to_lowercase() + rest, parts.join("_").to_uppercase(), upper]
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The words of programs.
#[derive(Default)]
struct Words {
    all: HashSet<String>,
    /// Those after a point, or before what gives a value: `.fr`, `fr:`, `fr =`, `fr(`.
    members: HashSet<String>,
}

impl Words {
    fn of(folder: &Path, extension: &str) -> io::Result<Words> {
        let mut words = Words::default();
        for file in files(folder)? {
            if file.extension().is_some_and(|found| found == extension) {
                let text = fs::read_to_string(file)?;
                text.lines().filter(|line| !is_comment(line)).for_each(|line| words.take(line));
            }
        }
        Ok(words)
    }

    fn take(&mut self, line: &str) {
        let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
        let mut rest = line;
        while let Some(start) = rest.find(is_part) {
            let (before, from) = rest.split_at(start);
            let (word, after) =
                from.split_at(from.find(|letter| !is_part(letter)).unwrap_or(from.len()));
            let gives = after.trim_start().starts_with(['(', ':', '=', '{']);
            if before.ends_with(['.', ':']) || gives {
                self.members.insert(word.to_owned());
            }
            self.all.insert(word.to_owned());
            rest = after;
        }
    }

    fn have(&self, item: &Item) -> bool {
        let words = if item.member.is_some() { &self.members } else { &self.all };
        item.spellings().iter().any(|spelling| words.contains(spelling))
    }

    fn say(&self, item: &Item) -> bool {
        item.spellings().iter().any(|spelling| self.all.contains(spelling))
    }
}

fn is_comment(line: &str) -> bool {
    ["//", "/*", "*", "import "].iter().any(|mark| line.trim_start().starts_with(mark))
}

fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        match path.is_dir() {
            true => files.extend(self::files(&path)?),
            false => files.push(path),
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_has_the_names_that_languages_give_it() {
        let names = |line| Item::parse(line).unwrap().spellings().join(" ");
        assert_eq!(names("enum Verdict::NotYetValid"), "notYetValid NOT_YET_VALID NotYetValid");
        assert_eq!(names("object Wallet.new_keys(count: UInt8)"), "newKeys NEW_KEYS NewKeys");
        assert_eq!(names("enum KeyTask::Sign.public_key: Bytes"), "publicKey PUBLIC_KEY PublicKey");
        assert_eq!(names("fn codes() -> [ErrorCode]"), "codes CODES Codes");
        assert_eq!(names("object Reader::new(now: Timestamp)"), "Reader Reader");
        assert_eq!(names("error CoffretError"), "CoffretError CoffretException");
    }

    #[test]
    fn a_use_is_more_than_a_word() {
        let mut words = Words::default();
        words.take("val state = wallet.state(); Label(fr = text)");
        let has = |line| words.have(&Item::parse(line).unwrap());
        assert!(has("object Wallet.state() -> WalletState"));
        assert!(has("record Label") && has("record Label.fr: String"));
        assert!(!has("record Element.text: Label"));
        assert!(is_comment("    // .text"));
    }
}

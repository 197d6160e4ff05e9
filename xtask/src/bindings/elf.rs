//! What a loader will see of a shared library, as readelf tells it.

use std::{collections::BTreeSet, path::Path};

use crate::shell::Shell;

/// One library.
pub(super) struct Elf {
    /// The symbols that others are to have.
    pub(super) wanted: BTreeSet<String>,
    /// The symbols that others can call.
    pub(super) offered: BTreeSet<String>,
    /// The libraries that are loaded with it.
    pub(super) loads: BTreeSet<String>,
    /// Whether the names of what is inside are gone.
    pub(super) is_stripped: bool,
    /// The least alignment of what is mapped.
    pub(super) alignment: u64,
}

impl Elf {
    pub(super) fn read(shell: &Shell, file: &Path) -> Option<Elf> {
        let file = file.to_string_lossy();
        let read = |what| shell.output(&["readelf", "--wide", what, &file]);
        let symbols = read("--dyn-syms")?;
        // Num: Value Size Type Bind Vis Ndx Name
        let symbols = symbols.lines().map(words).filter_map(|row| match row.as_slice() {
            [_, _, _, _, bound @ ("GLOBAL" | "WEAK"), _, section, name, ..] => {
                let name = name.split('@').next().unwrap_or(name).to_owned();
                Some((*bound == "GLOBAL", *section == "UND", name))
            }
            _ => None,
        });
        let (wanted, offered): (Vec<_>, Vec<_>) = symbols.partition(|(_, is_wanted, _)| *is_wanted);
        let loads = read("--dynamic")?;
        let loads = loads.lines().filter(|line| line.contains("(NEEDED)"));
        let loads = loads.filter_map(|line| Some(line.split_once('[')?.1.trim_end_matches(']')));
        let segments = read("--program-headers")?;
        let mapped = segments.lines().map(words).filter(|row| row.first() == Some(&"LOAD"));
        let alignment = mapped.map(|row| {
            let last = row.last().copied().unwrap_or_default();
            u64::from_str_radix(last.trim_start_matches("0x"), 16).unwrap_or_default()
        });
        Some(Elf {
            // What is weak may be missing: it is looked for before it is called.
            wanted: wanted.into_iter().filter(|(must, ..)| *must).map(|(.., name)| name).collect(),
            offered: offered.into_iter().map(|(.., name)| name).collect(),
            is_stripped: !read("--sections")?.contains(" .symtab "),
            loads: loads.map(str::to_owned).collect(),
            alignment: alignment.min().unwrap_or_default(),
        })
    }
}

fn words(line: &str) -> Vec<&str> {
    line.split_whitespace().collect()
}

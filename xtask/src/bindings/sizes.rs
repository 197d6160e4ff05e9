//! What makes up a library, from the map that LLVM's linker writes: nothing of it is left in the library.

use std::collections::BTreeMap;

/// Bytes by crate, SQLite, and what has no owner; the most first.
pub(super) fn of(map: &str) -> Vec<(String, u64)> {
    let mut bytes: BTreeMap<String, u64> = BTreeMap::new();
    for (owner, size) in map.lines().filter_map(input) {
        *bytes.entry(owner).or_default() += size;
    }
    let mut bytes: Vec<(String, u64)> = bytes.into_iter().collect();
    bytes.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
    bytes
}

/// One section that went in: `VMA LMA Size Align FILE:(SECTION)`, the numbers but the last hexadecimal.
fn input(line: &str) -> Option<(String, u64)> {
    let mut words = line.split_whitespace().skip(2);
    let size = u64::from_str_radix(words.next()?, 16).ok()?;
    words.next()?.parse::<u64>().ok()?;
    let (file, section) = words.next()?.split_once(":(")?;
    let section = section.trim_end_matches(')');
    let takes_none = [".bss", ".tbss"].iter().any(|none| section.starts_with(none));
    (!takes_none).then(|| (owner(file, section), size))
}

fn owner(file: &str, section: &str) -> String {
    let plain = [
        (".eh_frame", "(unwinding)"),
        (".rela", "(relocations)"),
        (".dyn", "(symbols)"),
        (".gnu", "(symbols)"),
        (".hash", "(symbols)"),
    ];
    if file.contains("sqlite3.o") {
        return "SQLite".to_owned();
    }
    if let Some((_, owner)) = plain.iter().find(|(start, _)| section.starts_with(start)) {
        return (*owner).to_owned();
    }
    if section.contains("uniffi_") || section.contains("UNIFFI_META") {
        return "(calls across)".to_owned();
    }
    let of_crate = legacy(section).or_else(|| modern(section));
    let constants = section.starts_with(".rodata") || section.starts_with(".data");
    of_crate.unwrap_or_else(|| if constants { "(constants)" } else { "(other)" }.to_owned())
}

/// The crate of a symbol such as `_ZN4core3fmt…`, or `_ZN48_$LT$$RF$T$u20$as$u20$core..fmt…`.
fn legacy(section: &str) -> Option<String> {
    let (_, path) = section.split_once("_ZN")?;
    let length = path.find(|letter: char| !letter.is_ascii_digit())?;
    let (length, name) = path.split_at(length);
    let mut name = name.get(..length.parse().ok()?)?;
    while let Some((mark, rest)) =
        name.trim_start_matches('_').strip_prefix('$').and_then(|name| name.split_once('$'))
    {
        name = rest;
        if !["LT", "RF", "BP", "LP", "u20", "u5b"].contains(&mark) {
            return None;
        }
    }
    let end = name.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    named(name.get(..end.unwrap_or(name.len()))?)
}

/// The crate of a symbol such as `_RNvMs4_NtNtCsduwmD7cSIQq_5gimli4read…`.
fn modern(section: &str) -> Option<String> {
    let (_, path) = section.split_once("_R")?;
    let (_, from) = path.split_once("Cs")?;
    let (_, name) = from.split_once('_')?;
    let length = name.find(|letter: char| !letter.is_ascii_digit())?;
    let (length, name) = name.split_at(length);
    named(name.trim_start_matches('_').get(..length.parse().ok()?)?)
}

fn named(name: &str) -> Option<String> {
    let is_crate = name.starts_with(|letter: char| letter.is_ascii_lowercase());
    (is_crate && name.len() > 1).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_its_crate_s() {
        let of = |section| owner("coffret_ffi.o", section);
        assert_eq!(of(".text._ZN4core3fmt5write17hc221d7f58e9dd9a1E"), "core");
        assert_eq!(of(".text._ZN42_$LT$$RF$T$u20$as$u20$core..fmt..Debug$GT$3fmtE"), "(other)");
        assert_eq!(
            of(".text._ZN50_$LT$coffret_mdoc..Sex$u20$as$u20$core..fmt..Debug$GT$3fmtE"),
            "coffret_mdoc"
        );
        assert_eq!(of(".text._RNvMs4_NtNtCsduwmD7cSIQq_5gimli4read6abbrev"), "gimli");
        assert_eq!(of(".rodata..L__unnamed_1"), "(constants)");
    }

    #[test]
    fn a_map_is_summed() {
        let map = "  VMA   LMA  Size Align Out     In      Symbol\n\
                   \x20 10    10    20    16 .text\n\
                   \x20 10    10    1f    16         /a/x.o:(.text._ZN4core3fmt5write17hc2E)\n\
                   \x20 10    10    1f     1                 core::fmt::write\n\
                   \x20 2f    2f     1     1         /a/x.rlib(1-sqlite3.o):(.text.sqlite3_open)\n";
        assert_eq!(of(map), [("core".to_owned(), 31), ("SQLite".to_owned(), 1)]);
    }
}

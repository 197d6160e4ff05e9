//! The tables of what was measured: printed, and written into `docs/performance.md` with a plot beside it.

mod figures;
mod plot;

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use self::figures::{Figures, output};
use crate::frames::{self, Codes};
use crate::licence::{Licence, PORTRAIT, TEXT};
use crate::wallet::{Place, SIZES, now};

/// What people do, and its name in criterion's folder.
const ROWS: [(&str, &str); 7] = [
    ("verify-text", "verify 5 short elements, first time"),
    ("verify-portrait", "verify 4 and the portrait, first time"),
    ("verify-again", "verify 5, the signer seen before"),
    ("present-text", "present 5 short elements"),
    ("present-portrait", "present 4 and the portrait"),
    ("issue", "issue 20 and the portrait"),
    ("round-trip", "a session, both ends, 5 elements"),
];

/// Single operations.
const OPERATIONS: [(&str, &str); 5] = [
    ("raw-verify", "verify a signature"),
    ("raw-sign", "sign"),
    ("raw-key", "make a key"),
    ("raw-agree", "make a key, agree on a secret"),
    ("raw-hash", "SHA-256 of 30 kB"),
];

/// Whose arithmetic, in criterion's folder and in the table.
const BACKENDS: [(&str, &str); 3] = [
    ("graviola", "graviola 0.4"),
    ("p256", "p256 0.14, with tables"),
    ("p256-peer", "p256 0.13, isomdl’s"),
];

/// Between them stands what this writes.
const BEGIN: &str = "<!-- Written by `cargo xtask bench`: begins -->";
const END: &str = "<!-- Written by `cargo xtask bench`: ends -->";

/// `report TARGET ROOT [--write]`: prints the tables of what is under the workspace's target folder, and with
/// `--write` also puts them into its `docs`.
pub fn run(arguments: &[&str]) -> ExitCode {
    let (target, root, writes) = match arguments {
        [target, root] => (target, root, false),
        [target, root, "--write"] => (target, root, true),
        _ => return ExitCode::from(2),
    };
    let figures = Figures::new(Path::new(target));
    let tables = tables(&figures);
    println!("{tables}");
    if !writes {
        return ExitCode::SUCCESS;
    }
    let docs = Path::new(root).join("docs");
    let page = docs.join("performance.md");
    let before = fs::read_to_string(&page).unwrap();
    let (above, rest) = before.split_once(BEGIN).expect("the mark of the beginning");
    let (_, below) = rest.split_once(END).expect("the mark of the end");
    fs::write(page, format!("{above}{BEGIN}\n{tables}{END}{below}")).unwrap();
    fs::write(docs.join("performance.svg"), plot::svg(&bars(&figures))).unwrap();
    ExitCode::SUCCESS
}

fn tables(figures: &Figures) -> String {
    let parts =
        [head(), beside(figures), operations(figures), wallets(figures), codes(), sizes(figures)];
    parts.join("\n")
}

fn head() -> String {
    let date = output("date", &["--utc", "+%Y-%m-%d"]);
    let rustc = output("rustc", &["--version"]);
    let system = output("uname", &["-srm"]);
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let model = model.map_or("an unknown processor", |(_, model)| model);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!(
        "\n`cargo xtask bench`, {date}: {model}, {cores} cores, {system}, {rustc}; the command line’s release profile.\n\
         The library of a phone is built for size, and without graviola.\n"
    )
}

/// Ours, the peer, the floor.
fn beside(figures: &Figures) -> String {
    let mut table = String::from(
        "## Beside isomdl, and above the floor\n\n\
         A licence of 20 elements and a portrait of 30 kB, on P-256. Medians in µs; isomdl is 0.2.0, and verifies the\n\
         very same bytes. The *floor* is the signatures, keys and digests alone, by the crates that we use for each;\n\
         the last three columns are the same work by one crate. **Bold**: isomdl is faster.\n\n\
         ![Times faster than isomdl, and times the floor](performance.svg)\n\n\
         | | ours | isomdl | times faster | floor | times the floor |",
    );
    BACKENDS.iter().for_each(|(_, title)| write!(table, " {title} |").unwrap());
    table += "\n|---|---|---|---|---|---|---|---|---|\n";
    for (row, title) in ROWS {
        let micros = |name| figures.micros(row, name);
        let (ours, peer, floor) = (micros("ours"), micros("isomdl"), micros("floor"));
        let faster = match ratio(peer, ours) {
            Some(faster) if faster < 1.0 => format!("**{}**", round(faster)),
            faster => shown(faster),
        };
        let above = shown(ratio(ours, floor));
        let cells = [shown(ours), shown(peer), faster, shown(floor), above];
        let backends = BACKENDS.map(|(name, _)| shown(micros(name)));
        let cells: Vec<String> = cells.into_iter().chain(backends).collect();
        writeln!(table, "| {title} | {} |", cells.join(" | ")).unwrap();
    }
    table + CHECKS
}

/// What the peer looks at, and what we do.
const CHECKS: &str = "
The two do not check the same. Both verify the signature, the validity, the extensions, the country and the state of the
signer’s certificate, the issuer’s signature and the device’s; neither is given a revocation list. Ours also compares every
element’s digest with the one that was signed, the document’s type and dates with the clock, what it says with the
catalogue and with the signer’s territory, and the answer with the request. isomdl 0.2.0 does none of these: an element
that was changed on the way passes. It turns every value into JSON instead, a portrait byte by byte.

*Present* signs with a key in memory; a signature that comes from a phone’s keystore is also verified by ours. *Issue*
reads the signer’s certificate and key from PEM, makes a device key and encodes the document; ours also checks every
element against the catalogue, the picture included. A *session* is engagement, key agreement, request, answer and
verdict, without consent and without a store; isomdl reads its own answer back before it sends it. *Seen before* is a
reader that has verified an answer of this signer: isomdl remembers nothing, so its time is that of the first. Both
draw from the system’s randomness.
";

fn operations(figures: &Figures) -> String {
    let mut table = String::from("The single operations, in µs:\n\n| |");
    BACKENDS.iter().for_each(|(_, title)| write!(table, " {title} |").unwrap());
    table += "\n|---|---|---|---|\n";
    for (row, title) in OPERATIONS {
        let cells = BACKENDS.map(|(name, _)| shown(figures.micros(row, name)));
        writeln!(table, "| {title} | {} |", cells.join(" | ")).unwrap();
    }
    table
}

fn wallets(figures: &Figures) -> String {
    let mut table = String::from(
        "## A wallet of many documents\n\n\
         Licences of one type with a portrait of 30 kB each, and as many entries in the log. *Unlock* leaves out what a\n\
         PIN costs by design. *Consent* is from the request to the question, but for the first after unlocking, which\n\
         reads every document's record as a list does. A page of the log is 20 entries. Medians in ms; memory is the most\n\
         that the process had, the wallet unlocked.\n\n\
         | documents | on disk | unlock | list | consent | newest of the log | oldest | memory: unlock | list | consent |\n\
         |---|---|---|---|---|---|---|---|---|---|\n",
    );
    for size in SIZES {
        let place = Place::of(&figures.wallets(), size);
        if !place.exists() {
            continue;
        }
        let name = size.to_string();
        let times = ["unlock", "list", "consent", "log-newest", "log-oldest"].map(|row| {
            figures.micros(row, &name).map_or("–".to_owned(), |micros| round(micros / 1000.0))
        });
        let peaks = ["unlock", "list", "consent"].map(|what| figures.peak(size, what));
        let cells = [
            vec![size.to_string(), megabytes(Some(place.bytes()))],
            times.to_vec(),
            peaks.to_vec(),
        ];
        writeln!(table, "| {} |", cells.concat().join(" | ")).unwrap();
    }
    table
}

fn codes() -> String {
    let licence = Licence::new(now());
    let mut table = format!(
        "## The QR link: codes of an answer\n\n\
         How many codes are shown until the answer is whole, and how many of them were read, when some are lost; means of\n\
         {} answers. How long that takes before a camera stands in the section on the link below.\n\n\
         | answer | bytes | fragments | 0 % lost: shown, read | 10 % | 30 % |\n|---|---|---|---|---|---|\n",
        frames::TRIALS
    );
    for (title, ids) in [("5 short elements", TEXT), ("4 and the portrait", PORTRAIT)] {
        let answer = licence.answer(&ids);
        let lost = [0.0, 0.1, 0.3].map(|lost| frames::shown(&licence, &answer, lost));
        let [Codes { fragments, .. }, ..] = lost;
        let cells = lost.map(|codes| format!("{:.1}, {:.1}", codes.shown, codes.read));
        let bytes = thousands(answer.response.len() as u64);
        writeln!(table, "| {title} | {bytes} | {fragments} | {} |", cells.join(" | ")).unwrap();
    }
    table
}

fn sizes(figures: &Figures) -> String {
    let start = figures.micros("program", "start").map(|micros| round(micros / 1000.0));
    let mut table = format!(
        "## Start and size\n\n\
         `coffret --version` answers in {} ms.\n\n| | bytes |\n|---|---|\n",
        start.unwrap_or("–".to_owned())
    );
    for (title, bytes) in figures.sizes() {
        let bytes = bytes.map_or("not built".to_owned(), thousands);
        writeln!(table, "| {title} | {bytes} |").unwrap();
    }
    table
}

fn bars(figures: &Figures) -> Vec<plot::Bar> {
    let bar = |(row, title): (&str, &'static str)| {
        let of = |name| figures.micros(row, name);
        let ours = of("ours")?;
        Some(plot::Bar { title, faster: of("isomdl")? / ours, floor: ours / of("floor")? })
    };
    ROWS.into_iter().filter_map(bar).collect()
}

fn shown(number: Option<f64>) -> String {
    number.map_or("–".to_owned(), round)
}

fn ratio(more: Option<f64>, less: Option<f64>) -> Option<f64> {
    more.zip(less).map(|(more, less)| more / less)
}

/// Three digits that say something.
fn round(number: f64) -> String {
    match number {
        ..10.0 => format!("{number:.2}"),
        ..100.0 => format!("{number:.1}"),
        _ => thousands(number.round() as u64),
    }
}

fn megabytes(bytes: Option<u64>) -> String {
    bytes.map_or("–".to_owned(), |bytes| format!("{} MB", round(bytes as f64 / 1e6)))
}

fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .map(|group| std::str::from_utf8(group).unwrap_or_default())
        .collect();
    groups.join(",")
}

//! `cargo xtask pictures`: what a terminal shows, drawn as SVG for the README.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::report::Report;
use crate::shell::Shell;

/// One picture: a file of `docs/`, and the commands that a person types. Only the last is shown.
struct Picture {
    file: &'static str,
    commands: &'static [&'static str],
}

const PICTURES: &[Picture] = &[
    Picture { file: "demo.svg", commands: &["coffret demo"] },
    Picture {
        file: "verify.svg",
        commands: &[
            "coffret pki essai",
            "coffret issue --type org.iso.18013.5.1.mDL --data permis.json --pki essai --keys cles.json --out permis.cbor",
            "coffret verify --issuer-only --trust essai/iaca.pem permis.cbor",
        ],
    },
    Picture {
        file: "refused.svg",
        commands: &[
            "coffret pki essai",
            "coffret pki autre",
            "coffret issue --type org.iso.18013.5.1.mDL --data permis.json --pki essai --keys cles.json --out permis.cbor",
            "coffret verify --issuer-only --trust autre/iaca.pem permis.cbor",
        ],
    },
];

/// A day on which the pictures are always drawn.
const NOW: &str = "2026-11-22T12:00:00Z";

pub(crate) fn run(shell: &Shell) -> Report {
    let mut report = Report::default();
    report.add(shell, "pictures", "coffret", || {
        Ok(shell.run(&["cargo", "build", "--quiet", "--release", "--package", "coffret"], &[]))
    });
    for picture in PICTURES {
        report.add(shell, "pictures", picture.file, || {
            Ok(shown(shell, picture).is_some_and(|(command, output)| {
                let path = shell.root().join("docs").join(picture.file);
                fs::write(path, svg(command, &output)).is_ok()
            }))
        });
    }
    report
}

/// The last command, and what it shows on a terminal.
fn shown(shell: &Shell, picture: &Picture) -> Option<(&'static str, String)> {
    let program = shell.tools().parent()?.join("release/coffret");
    let folder = shell.tools().join("picture");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).ok()?;
    for example in ["permis.json", "cles.json"] {
        fs::copy(shell.root().join("cli/examples").join(example), folder.join(example)).ok()?;
    }
    let mut last = None;
    for command in picture.commands {
        let line = command.replacen("coffret", &program.to_string_lossy(), 1);
        last =
            Some((*command, typed(&folder, &format!("{line} --lang fr --now {NOW} 2>/dev/null"))?));
    }
    last
}

/// What a line leaves on a terminal, in French, with its colours: its progress is gone by then.
fn typed(folder: &Path, line: &str) -> Option<String> {
    let mut terminal = Command::new("script");
    terminal.args(["--quiet", "--command", line, "/dev/null"]).current_dir(folder);
    terminal.env("TERM", "xterm-256color").env_remove("NO_COLOR");
    let output = terminal.output().ok()?;
    String::from_utf8(output.stdout).ok()
}

const LINE: usize = 20;
const COLUMN: f32 = 8.43;
const MARGIN: usize = 24;

fn svg(command: &str, output: &str) -> String {
    let prompt = format!("\x1b[2m$\x1b[0m {command}");
    let lines: Vec<&str> =
        [prompt.as_str(), ""].into_iter().chain(output.trim_end().lines()).collect();
    let columns = lines.iter().map(|line| plain(line).chars().count()).max().unwrap_or_default();
    let width = (columns as f32 * COLUMN) as usize + 2 * MARGIN;
    let height = lines.len() * LINE + 2 * MARGIN;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" role=\"img\">\n\
         <title>{}</title>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"10\" fill=\"#16202c\"/>\n\
         <g font-family=\"ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace\" font-size=\"14\" \
         fill=\"#e6edf3\" xml:space=\"preserve\">\n\
         <style>text{{white-space:pre}}</style>\n",
        escaped(command)
    );
    for (row, line) in lines.iter().enumerate() {
        let y = MARGIN + row * LINE + 14;
        let _ = writeln!(svg, "<text x=\"{MARGIN}\" y=\"{y}\">{}</text>", spans(line));
    }
    svg + "</g>\n</svg>\n"
}

/// A line's parts, each after the code that colours it (ECMA-48 §8.3.117).
fn parts(line: &str) -> impl Iterator<Item = (&str, &str)> {
    line.split("\x1b[").enumerate().map(|(place, part)| match place {
        0 => ("0", part),
        _ => part.split_once('m').unwrap_or(("0", part)),
    })
}

fn plain(line: &str) -> String {
    parts(line).map(|(_, text)| text).collect()
}

fn spans(line: &str) -> String {
    let span = |(code, text): (&str, &str)| match (style(code), text) {
        (_, "") => String::new(),
        ("", text) => escaped(text),
        (style, text) => format!("<tspan {style}>{}</tspan>", escaped(text)),
    };
    parts(line).map(span).collect()
}

/// Each has a contrast of 4.5 or more on the ground.
fn style(code: &str) -> &'static str {
    match code {
        "1" => "font-weight=\"700\"",
        "2" => "fill=\"#9fb0c0\"",
        "1;32" => "font-weight=\"700\" fill=\"#56d364\"",
        "1;38;5;208" => "font-weight=\"700\" fill=\"#ff9f43\"",
        "1;31" => "font-weight=\"700\" fill=\"#ff7b72\"",
        _ => "",
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\r', "")
}

//! Two rows of bars.

use std::fmt::Write;

/// One thing that people do.
pub(super) struct Bar {
    pub(super) title: &'static str,
    /// How many times faster than the peer.
    pub(super) faster: f64,
    /// How many times the floor.
    pub(super) floor: f64,
}

const LINE: f64 = 30.0;
const TOP: f64 = 70.0;
const LEFT: f64 = 250.0;
const WIDTH: f64 = 240.0;
const GAP: f64 = 90.0;

/// Both scales are logarithmic and begin at a half, so that a bar of twice and one of half are as long, and 1,
/// where neither wins, is a line.
pub(super) fn svg(bars: &[Bar]) -> String {
    let height = TOP + LINE * bars.len() as f64 + 20.0;
    let width = LEFT + 2.0 * WIDTH + GAP + 60.0;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" role=\"img\">\n\
         <title>Times faster than isomdl 0.2.0, and times the floor</title>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"10\" fill=\"#ffffff\"/>\n\
         <g font-family=\"system-ui,'DejaVu Sans',sans-serif\" font-size=\"13\" fill=\"#16202c\">\n"
    );
    for (row, bar) in bars.iter().enumerate() {
        let y = TOP + LINE * row as f64 + 15.0;
        let x = LEFT - 12.0;
        let _ = writeln!(svg, "<text x=\"{x}\" y=\"{y}\" text-anchor=\"end\">{}</text>", bar.title);
    }
    let faster: Vec<f64> = bars.iter().map(|bar| bar.faster).collect();
    let floor: Vec<f64> = bars.iter().map(|bar| bar.floor).collect();
    svg += &panel(LEFT, "times faster than isomdl", "logarithmic; longer is better", &faster);
    svg += &panel(
        LEFT + WIDTH + GAP,
        "times the floor",
        "logarithmic; 1 is the least there can be",
        &floor,
    );
    svg + "</g>\n</svg>\n"
}

fn panel(left: f64, title: &str, hint: &str, values: &[f64]) -> String {
    let most = values.iter().copied().fold(2.0, f64::max);
    let one = WIDTH / (2.0 * most).log2();
    let at = |value: f64| left + one * (2.0 * value.max(0.5)).log2();
    let bottom = TOP + LINE * values.len() as f64;
    let mut svg = format!(
        "<text x=\"{left}\" y=\"26\" font-weight=\"700\">{title}</text>\n\
         <text x=\"{left}\" y=\"44\" font-size=\"11\" fill=\"#57606a\">{hint}</text>\n"
    );
    for (row, value) in values.iter().enumerate() {
        let y = TOP + LINE * row as f64;
        let (from, to) = (at(value.min(1.0)), at(value.max(1.0)));
        let colour = if *value < 1.0 { "#b3541e" } else { "#2f6f9f" };
        let (width, text) = (to - from, y + 15.0);
        let _ = writeln!(
            svg,
            "<rect x=\"{from:.1}\" y=\"{y}\" width=\"{width:.1}\" height=\"20\" fill=\"{colour}\"/>\n\
             <text x=\"{:.1}\" y=\"{text}\">{value:.2}</text>",
            to + 6.0,
        );
    }
    let line = at(1.0);
    let _ = writeln!(
        svg,
        "<line x1=\"{line:.1}\" y1=\"{}\" x2=\"{line:.1}\" y2=\"{bottom}\" stroke=\"#16202c\"/>\n\
         <text x=\"{line:.1}\" y=\"{}\" font-size=\"11\" text-anchor=\"middle\">1</text>",
        TOP - 6.0,
        bottom + 14.0,
    );
    svg
}

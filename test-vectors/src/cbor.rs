//! CBOR: what a received data item may be, and what it may be read as.

use crate::case::{Case, File};

pub(crate) fn file() -> File {
    let valid = VALID.iter().map(|(name, read_as, cbor, deterministic)| {
        case(Case::valid(name), read_as, cbor).expect("deterministic", *deterministic)
    });
    let refused = REFUSED.iter().map(|(code, read_as, cbor)| {
        let name = format!("{code}: {}", cbor.get(..24).unwrap_or(cbor));
        case(Case::refused(&name, &[code]), read_as, cbor)
    });
    File {
        name: "cbor.json",
        about: "One data item: well-formed within limits, or why not; read as a type, or why not.",
        cases: valid.chain(refused).chain(limits()).collect(),
    }
}

fn case(case: Case, read_as: &str, cbor: &str) -> Case {
    case.input("as", read_as).input("cbor", cbor)
}

/// Name, what it is read as, the bytes received, the bytes to send for the same.
const VALID: [(&str, &str, &str, &str); 8] = [
    ("a longer head", "item", "1a00000001", "01"),
    ("a map with a longer head", "item", "b90001616101", "a1616101"),
    ("chunks of text", "item", "7f61616162ff", "626162"),
    ("an array up to a break", "item", "9f0102ff", "820102"),
    ("keys in another order", "item", "a2616201616102", "a2616102616201"),
    ("undefined", "item", "f7", "f7"),
    ("a full-date", "full-date", "d903ec6a323032342d30322d3239", "d903ec6a323032342d30322d3239"),
    (
        "a tdate with a fraction",
        "tdate",
        "c077323032362d31312d32325431323a30303a30302e35305a",
        "c074323032362d31312d32325431323a30303a30305a",
    ),
];

/// The rule, what it is read as, the bytes received.
const REFUSED: [(&str, &str, &str); 26] = [
    ("cbor-truncated", "item", ""),
    ("cbor-truncated", "item", "1901"),
    ("cbor-truncated", "item", "430102"),
    ("cbor-truncated", "item", "8201"),
    ("cbor-trailing-bytes", "item", "0100"),
    ("cbor-reserved-value", "item", "1c"),
    ("cbor-reserved-value", "item", "1f"),
    ("cbor-reserved-value", "item", "df01"),
    ("cbor-reserved-simple", "item", "f814"),
    ("cbor-unexpected-break", "item", "ff"),
    ("cbor-unexpected-break", "item", "81ff"),
    ("cbor-unexpected-break", "item", "bf01ff"),
    ("cbor-wrong-chunk", "item", "5f6161ff"),
    ("cbor-wrong-chunk", "item", "7f7f6161ffff"),
    ("cbor-invalid-utf8", "item", "61ff"),
    ("cbor-invalid-utf8", "item", "7f61c361a9ff"),
    ("cbor-duplicate-key", "item", "a201020103"),
    ("cbor-duplicate-key", "item", "a20102180103"),
    ("cbor-string-too-long", "item", "5b0000000100000000"),
    ("cbor-wrong-type", "integer", "6161"),
    ("cbor-simple-value", "value", "81f7"),
    ("cbor-out-of-range", "integer", "1bffffffffffffffff"),
    ("cbor-wrong-tag", "full-date", "6a323032342d30322d3239"),
    ("cbor-invalid-full-date", "full-date", "d903ec6a323032332d30322d3239"),
    ("cbor-invalid-full-date", "full-date", "d903ec68323032332d322d39"),
    ("cbor-invalid-tdate", "tdate", "c06a323032342d30322d3239"),
];

/// One more than a message may hold: see the limits in README.md. Long inputs are written as a
/// beginning and how often a byte follows it.
fn limits() -> [Case; 3] {
    let deep = "81".repeat(33) + "01";
    let items = Case::refused("131,073 items", &["cbor-too-many-items"]);
    let bytes = Case::refused("8 MiB and a byte", &["cbor-too-large"]);
    [
        case(Case::refused("an item 33 deep", &["cbor-too-deep"]), "item", &deep),
        case(items, "item", "9a00020000").input("repeat", 1 << 17),
        case(bytes, "item", "9a00800000").input("repeat", (8 << 20) - 4),
    ]
}

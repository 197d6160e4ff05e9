//! Diagnostic notation (RFC 8949 §8), for people who look for a fault: nested CBOR opened as
//! `<<…>>`, heads longer than they need be marked `_0` to `_3`, indefinite lengths `_`, byte
//! strings with their length as a comment.

use coffret_catalogue::{Label, Lang};
use coffret_cbor::{Encoded, Head, Item, Kind, TAG_EMBEDDED, Value};
use coffret_trust::Certificate;
use data_encoding::HEXLOWER;

/// Byte strings opened inside one another: ISO 18013-5 goes 3 deep, and each level is read anew.
const MAX_NESTED: usize = 8;
/// Columns after which a collection takes a line for each member.
const WIDTH: usize = 96;
/// Bytes of a string that are printed when it is shortened.
const SHOWN: usize = 16;
/// The length from which a string is shortened or its length is worth saying: beyond a digest.
const LONG: usize = 64;

const BYTES: Label = Label { fr: "octets", en: "bytes" };

/// How much of a long byte string is printed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum ByteStrings {
    /// Its beginning.
    Shortened,
    /// All of it.
    Whole,
}

pub(crate) fn diagnostic(item: Item<'_>, byte_strings: ByteStrings, lang: Lang) -> String {
    let mut text = String::new();
    Writer { byte_strings, lang }.part(item, 0).render(0, &mut text);
    text
}

/// What is printed on one line if it fits.
enum Part {
    Leaf(String),
    Group { open: String, members: Vec<Member>, close: &'static str, width: usize },
}

struct Member {
    key: Option<Part>,
    value: Part,
}

impl Part {
    fn group(open: String, members: Vec<Member>, close: &'static str) -> Part {
        let inner: usize = members.iter().map(|member| member.width() + 2).sum();
        let width = open.chars().count() + inner + close.len();
        Part::Group { open, members, close, width }
    }

    fn width(&self) -> usize {
        match self {
            Part::Leaf(text) => text.chars().count(),
            Part::Group { width, .. } => *width,
        }
    }

    fn render(&self, indent: usize, text: &mut String) {
        let (open, members, close) = match self {
            Part::Leaf(leaf) => return text.push_str(leaf),
            Part::Group { open, members, close, .. } => (open, members, close),
        };
        text.push_str(open);
        if let ([Member { key: None, value }], ")" | ">>") = (members.as_slice(), *close) {
            value.render(indent, text);
            return text.push_str(close);
        }
        let is_broken = indent + self.width() > WIDTH && !members.is_empty();
        for (place, member) in members.iter().enumerate() {
            match (is_broken, place) {
                (true, 0) => new_line(indent + 2, text),
                (true, _) => {
                    text.push(',');
                    new_line(indent + 2, text);
                }
                (false, 0) => {}
                (false, _) => text.push_str(", "),
            }
            let indent = if is_broken { indent + 2 } else { indent };
            if let Some(key) = &member.key {
                key.render(indent, text);
                text.push_str(": ");
            }
            member.value.render(indent, text);
        }
        if is_broken {
            new_line(indent, text);
        }
        text.push_str(close);
    }
}

impl Member {
    fn width(&self) -> usize {
        self.key.as_ref().map_or(0, |key| key.width() + 2) + self.value.width()
    }
}

fn new_line(indent: usize, text: &mut String) {
    text.push('\n');
    text.extend(std::iter::repeat_n(' ', indent));
}

struct Writer {
    byte_strings: ByteStrings,
    lang: Lang,
}

impl Writer {
    fn part(&self, item: Item<'_>, nested: usize) -> Part {
        let head = item.head();
        let mark = mark(head);
        match item.kind() {
            Kind::Unsigned => Part::Leaf(format!("{}{mark}", head.argument)),
            Kind::Negative => Part::Leaf(format!("{}{mark}", -1 - i128::from(head.argument))),
            Kind::Bytes | Kind::Text if head.is_indefinite() => {
                let chunks = item.chunks().into_iter().flatten();
                let chunks =
                    chunks.map(|chunk| Member { key: None, value: self.part(chunk, nested) });
                Part::group(open(head, '('), chunks.collect(), ")")
            }
            Kind::Bytes => self.byte_string(&item.byte_string().unwrap_or_default(), &mark, nested),
            Kind::Text => {
                let text = item.text().unwrap_or_default();
                Part::Leaf(format!("{}{mark}", serde_json::Value::from(text)))
            }
            Kind::Array => {
                let members = item.array().into_iter().flatten();
                let members =
                    members.map(|member| Member { key: None, value: self.part(member, nested) });
                Part::group(open(head, '['), members.collect(), "]")
            }
            Kind::Map => {
                let members = item.map().into_iter().flatten().map(|(key, value)| Member {
                    key: Some(self.part(key, nested)),
                    value: self.part(value, nested),
                });
                Part::group(open(head, '{'), members.collect(), "}")
            }
            Kind::Tag => match item.tag() {
                Ok((number, inner)) => {
                    let value = match inner.byte_string() {
                        Ok(bytes) if number == TAG_EMBEDDED => self.embedded(&bytes, inner, nested),
                        _ => self.part(inner, nested),
                    };
                    Part::group(format!("{number}{mark}("), vec![Member { key: None, value }], ")")
                }
                Err(_) => Part::Leaf(String::new()),
            },
            Kind::Bool | Kind::Null | Kind::Simple => Part::Leaf(simple(&item.value())),
            Kind::Float => Part::Leaf(float(item, head)),
        }
    }

    /// A byte string that looks like CBOR of its own is opened: a map, or an embedded item.
    fn byte_string(&self, bytes: &[u8], mark: &str, nested: usize) -> Part {
        match Item::parse(bytes) {
            Ok(inner) if nested < MAX_NESTED && mark.is_empty() && is_message(inner) => {
                self.opened(inner, nested)
            }
            _ => Part::Leaf(format!("{}{mark}{}", self.hex(bytes), self.length(bytes))),
        }
    }

    /// A byte string that is tagged as CBOR.
    fn embedded(&self, bytes: &[u8], string: Item<'_>, nested: usize) -> Part {
        let head = string.head();
        match Item::parse(bytes) {
            Ok(inner) if nested < MAX_NESTED && mark(head).is_empty() && !head.is_indefinite() => {
                self.opened(inner, nested)
            }
            _ => self.part(string, MAX_NESTED),
        }
    }

    fn opened(&self, inner: Item<'_>, nested: usize) -> Part {
        let open = match self.length(inner.bytes()) {
            length if length.is_empty() => "<<".to_owned(),
            length => format!("<<{length} "),
        };
        let value = self.part(inner, nested + 1);
        Part::group(open, vec![Member { key: None, value }], ">>")
    }

    fn hex(&self, bytes: &[u8]) -> String {
        match bytes.get(..SHOWN) {
            Some(beginning)
                if self.byte_strings == ByteStrings::Shortened && bytes.len() > LONG =>
            {
                format!("h'{}…'", HEXLOWER.encode(beginning))
            }
            _ => format!("h'{}'", HEXLOWER.encode(bytes)),
        }
    }

    /// The length where it is worth saying, and whose certificate it is where it is one.
    fn length(&self, bytes: &[u8]) -> String {
        if bytes.len() < LONG {
            return String::new();
        }
        let certificate = Certificate::parse(bytes).map(|certificate| certificate.subject());
        // A solidus would end the comment.
        let subject = certificate.map(|subject| format!(", {}", subject.replace('/', " ")));
        let subject = subject.unwrap_or_default();
        format!(" / {} {}{subject} /", bytes.len(), BYTES.text(self.lang))
    }
}

fn is_message(item: Item<'_>) -> bool {
    let is_key = |(key, _): (Item<'_>, Item<'_>)| {
        matches!(key.kind(), Kind::Unsigned | Kind::Negative | Kind::Text)
    };
    match item.kind() {
        Kind::Map => item.map().is_ok_and(|mut map| map.all(is_key)),
        Kind::Tag => item.embedded().is_ok(),
        _ => false,
    }
}

fn simple(value: &Value) -> String {
    match value {
        Value::Bool(value) => value.to_string(),
        Value::Simple(coffret_cbor::Simple::UNDEFINED) => "undefined".to_owned(),
        Value::Simple(simple) => format!("simple({})", simple.number()),
        _ => "null".to_owned(),
    }
}

/// The width is marked where a shorter one would hold the number.
fn float(item: Item<'_>, head: Head) -> String {
    let value = item.value();
    let Value::Float(float) = value else { return String::new() };
    let number = match float {
        _ if float.is_nan() => "NaN".to_owned(),
        f64::INFINITY => "Infinity".to_owned(),
        f64::NEG_INFINITY => "-Infinity".to_owned(),
        _ => format!("{float:?}"),
    };
    match Encoded::from(&value).as_bytes() == item.bytes() {
        true => number,
        false => format!("{number}{}", indicator(head)),
    }
}

/// The encoding indicator of a head that could be shorter.
fn mark(head: Head) -> String {
    if head.is_indefinite() || head.is_shortest() { String::new() } else { indicator(head) }
}

/// The encoding indicator of a head of 1, 2, 4 or 8 bytes more (RFC 8949 §8.1).
fn indicator(head: Head) -> String {
    format!("_{}", head.info.saturating_sub(24))
}

fn open(head: Head, bracket: char) -> String {
    match mark(head) {
        _ if head.is_indefinite() => format!("{bracket}_ "),
        mark if mark.is_empty() => bracket.to_string(),
        mark => format!("{bracket}{mark} "),
    }
}

#[cfg(test)]
mod tests;

use der::asn1::{Any, ObjectIdentifier};
use der::{Tag, Tagged};
use unicode_normalization::UnicodeNormalization;
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::name::{Name, RelativeDistinguishedName};

/// The name of an issuer or a subject, in the form in which RFC 5280 §7.1 compares names.
///
/// The same attribute may be a PrintableString in one certificate and a UTF8String in another, with
/// other capitals or other white space. Issuers must not do that (§4.1.2.4), but some do, because one
/// tool made the root and another makes its signers. Comparing bytes would refuse their documents.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct ComparedName(Vec<Part>);

/// The attributes of one part, sorted: a part is a set.
type Part = Vec<(ObjectIdentifier, Compared)>;

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Compared {
    Text(String),
    /// A value of another kind than a string.
    Bytes(Vec<u8>),
}

impl ComparedName {
    /// Whether this name is in the subtree of `base` (RFC 5280 §4.2.1.10).
    ///
    /// `None` where an attribute is a text in one name and something else in the other: they cannot be
    /// compared, and calling them different would let a name out of an excluded subtree.
    pub(crate) fn is_below(&self, base: &ComparedName) -> Option<bool> {
        if self.0.len() < base.0.len() {
            return Some(false);
        }
        let parts = || self.0.iter().zip(&base.0);
        if parts().any(|(own, base)| own != base && !is_unclear(own, base)) {
            return Some(false);
        }
        parts().all(|(own, base)| own == base).then_some(true)
    }
}

impl From<&Name> for ComparedName {
    fn from(name: &Name) -> ComparedName {
        ComparedName(name.iter_rdn().map(part).collect())
    }
}

/// Whether two parts differ only in attributes of which one value is a text and the other is not.
fn is_unclear(one: &Part, other: &Part) -> bool {
    one.len() == other.len()
        && one.iter().zip(other).all(|((oid, value), (other_oid, other))| {
            let is_text = |value: &Compared| matches!(value, Compared::Text(_));
            oid == other_oid && (value == other || is_text(value) != is_text(other))
        })
}

fn part(part: &RelativeDistinguishedName) -> Part {
    let mut attributes: Part =
        part.iter().map(|attribute| (attribute.oid, compared(attribute))).collect();
    attributes.sort();
    attributes
}

fn compared(attribute: &AttributeTypeAndValue) -> Compared {
    match text(&attribute.value) {
        Some(text) => Compared::Text(prepared(&text)),
        None => Compared::Bytes(attribute.value.value().to_vec()),
    }
}

/// The text of a string of any kind that names are written in, `None` for anything else.
///
/// Real issuers put an `@` or an `é` into a PrintableString, and Latin-1 or UTF-8 into a
/// TeletexString. What is no UTF-8 is read as Latin-1, so that two spellings of one name still
/// compare as text.
pub(crate) fn text(value: &Any) -> Option<String> {
    let bytes = value.value();
    match value.tag() {
        Tag::BmpString => {
            let (units, rest) = bytes.as_chunks::<2>();
            let units = units.iter().map(|unit| u16::from_be_bytes(*unit));
            let text = char::decode_utf16(units).collect::<Result<String, _>>().ok();
            text.filter(|_| rest.is_empty())
        }
        Tag::Utf8String
        | Tag::PrintableString
        | Tag::TeletexString
        | Tag::Ia5String
        | Tag::VisibleString
        | Tag::NumericString
        | Tag::GeneralString => Some(match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().copied().map(char::from).collect(),
        }),
        _ => None,
    }
}

/// Prepares a text for comparison as RFC 4518 §2 does: it removes invisible characters, folds
/// compatible characters and capitals, and leaves one space between words.
fn prepared(text: &str) -> String {
    let seen = text.chars().filter(|sign| !is_unseen(*sign));
    let folded: String = seen.nfkc().flat_map(char::to_lowercase).nfkc().collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What RFC 4518 §2.2 maps to nothing: controls that are no white space, and joiners.
fn is_unseen(sign: char) -> bool {
    let joins = matches!(sign, '\u{ad}' | '\u{34f}' | '\u{1806}' | '\u{180b}'..='\u{180e}'
        | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{fffc}');
    joins || (sign.is_control() && !sign.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_of_any_kind_is_a_text() {
        let text = |tag, bytes: &[u8]| text(&Any::new(tag, bytes).unwrap());
        for (tag, bytes) in [
            (Tag::Utf8String, "Qu\u{e9}bec".as_bytes()),
            (Tag::TeletexString, "Qu\u{e9}bec".as_bytes()),
            (Tag::TeletexString, b"Qu\xe9bec"),
            (Tag::PrintableString, b"Qu\xe9bec"),
            (Tag::Ia5String, b"Qu\xe9bec"),
            (Tag::BmpString, b"\0Q\0u\0\xe9\0b\0e\0c"),
        ] {
            assert_eq!(text(tag, bytes).as_deref(), Some("Qu\u{e9}bec"), "{tag}");
        }
        assert_eq!(text(Tag::BmpString, b"\0Q\0"), None);
        assert_eq!(text(Tag::OctetString, b"Q"), None);
    }
}

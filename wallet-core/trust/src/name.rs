use der::asn1::{Ia5String, ObjectIdentifier};
use unicode_normalization::UnicodeNormalization;
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::ext::pkix::name::DirectoryString;
use x509_cert::name::{Name, RelativeDistinguishedName};

/// The name of an issuer or a subject, in the form in which RFC 5280 §7.1 compares names.
///
/// The same attribute may be a PrintableString in one certificate and a UTF8String in another, with
/// other capitals or other white space. Issuers must not do that (§4.1.2.4), and some do: one tool
/// made the root, another makes its signers. Comparing bytes would refuse their documents.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct ComparedName(Vec<Part>);

/// The attributes of one part, sorted: a part is a set.
type Part = Vec<(ObjectIdentifier, Compared)>;

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Compared {
    Text(String),
    /// What is no text, or of a kind that is compared by its bytes.
    Bytes(Vec<u8>),
}

impl ComparedName {
    /// Whether this name is in the subtree of `base` (RFC 5280 §4.2.1.10).
    pub(crate) fn starts_with(&self, base: &ComparedName) -> bool {
        self.0.starts_with(&base.0)
    }
}

impl From<&Name> for ComparedName {
    fn from(name: &Name) -> ComparedName {
        ComparedName(name.iter_rdn().map(part).collect())
    }
}

fn part(part: &RelativeDistinguishedName) -> Part {
    let mut attributes: Part =
        part.iter().map(|attribute| (attribute.oid, compared(attribute))).collect();
    attributes.sort();
    attributes
}

fn compared(attribute: &AttributeTypeAndValue) -> Compared {
    let value = &attribute.value;
    if let Ok(text) = value.decode_as::<DirectoryString>() {
        Compared::Text(prepared(&text.value()))
    } else if let Ok(text) = value.decode_as::<Ia5String>() {
        // Domain components and e-mail addresses (RFC 5280 §7.3, §7.5).
        Compared::Text(prepared(text.as_str()))
    } else {
        Compared::Bytes(value.value().to_vec())
    }
}

/// As RFC 4518 §2 prepares a text: what is not seen goes, compatible characters are one, capitals
/// are small, and white space is one space between words.
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

use std::fmt;

use coffret_catalogue::document_type;
use coffret_cbor::{Decode, Item};
use coffret_mdoc::IssuerSigned;

use crate::Error;

/// The last characters of a document's number: enough to tell two documents of one person apart, too
/// few to be used as the number.
#[derive(Clone, PartialEq, Eq)]
pub struct NumberEnd(String);

/// As many as people know of a bank card.
const SHOWN: usize = 4;

impl NumberEnd {
    pub(crate) fn of(doc_type: &str, document: &IssuerSigned) -> Option<NumberEnd> {
        let number = document_type(doc_type)?.number;
        let text = document.value(number.namespace, number.id)?.text().ok()?;
        NumberEnd::of_text(&text)
    }

    /// Of a short number half, so that it is never said whole.
    fn of_text(number: &str) -> Option<NumberEnd> {
        let written: Vec<char> = number.chars().filter(|c| c.is_alphanumeric()).collect();
        let shown = SHOWN.min(written.len() / 2);
        let end = written.get(written.len() - shown..)?;
        (!end.is_empty()).then(|| NumberEnd(end.iter().collect()))
    }

    /// The characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Decode for NumberEnd {
    type Error = Error;

    /// As it was noted.
    fn decode(item: Item<'_>) -> Result<Self, Error> {
        Ok(NumberEnd(item.text()?.into_owned()))
    }
}

impl fmt::Debug for NumberEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NumberEnd([…])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_characters_are_said_and_never_the_whole_number() {
        for (number, end) in [
            ("L1531-171274-08", Some("7408")),
            ("TREM 0412 1925", Some("1925")),
            ("ABC", Some("C")),
            ("7", None),
            (" - ", None),
            ("", None),
        ] {
            assert_eq!(NumberEnd::of_text(number).as_ref().map(NumberEnd::as_str), end, "{number}");
        }
        let end = NumberEnd::of_text("L1531-171274-08");
        assert!(!format!("{end:?}").contains("7408"));
    }
}
